"""Measure how loading and charts behave with 5, 50 and 500 made-up articles, and a deck with ours and made-up ones.

    python benchmarks/scale.py 5 50 500
    python benchmarks/scale.py 5 50 --deck
    python benchmarks/scale.py 5000 --no-charts

Times are processor time of this process, each measured once. Loading is also given as a ratio to the standard TOML
parser on the same files, and beside pandas, which reads the same facts from CSV. A chart that raises is named with its
error. The first notebook tells the story of our articles, so its deck is made with ours among the others.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "slides"), str(ROOT / "tests")]

import pandas as pd  # noqa: E402 this project may not be installed
from articles import write_seeds  # noqa: E402
from kit.charts import every_chart, frames_of  # noqa: E402

import helpers  # noqa: E402

Result = TypeVar("Result")


@dataclass
class Drawn:
    """A chart as it was drawn: seconds, bytes of its JSON, and px; or the error that it raised."""

    seconds: float = 0.0
    size: int = 0
    height: float = 0.0
    error: str = ""


@dataclass
class Measured:
    """What some made-up articles cost: seconds of processor time, and megabytes."""

    articles: int
    loading: float
    parser: float
    pandas: float
    memory: float
    frames: float
    charts: dict[str, Drawn] = field(default_factory=dict)
    deck: float = 0.0


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """The processor time of some work, in seconds, and what it gives."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def parse_alone(seeds: Path) -> None:
    """Read the articles with the standard TOML parser, and check nothing."""
    for path in (seeds / "articles").glob("*.toml"):
        tomllib.loads(path.read_text(encoding="utf-8"))


def most_memory() -> float:
    """The most memory that this process has had, in MB."""
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measure(seeds: Path, *, charts: bool, deck: bool) -> Measured:
    """Measure one folder of seeds."""
    helpers.load_articles()  # ours: what a first call imports is not the cost of these articles
    before = most_memory()
    loading, articles = timed(lambda: helpers.load_articles(seeds))
    memory = most_memory() - before
    alone, _ = timed(lambda: parse_alone(seeds))
    frames_time, frames = timed(lambda: frames_of(seeds))
    rows = frames["facts"].to_csv(index=False)
    from_csv, _ = timed(lambda: pd.read_csv(io.StringIO(rows)))
    found = Measured(len(articles), loading, alone, from_csv, memory, frames_time)
    for name, draw in every_chart(frames).items() if charts else ():
        try:
            took, fig = timed(draw)
            found.charts[name] = Drawn(took, len(fig.to_json()), float(fig.layout.height or 0))
        except Exception as error:
            found.charts[name] = Drawn(error=f"{type(error).__name__}: {str(error)[:100]}")
    if deck:
        found.deck = deck_size(seeds) / 1e6
    return found


def report(found: Measured) -> None:
    """Print what was measured."""
    ratio = found.loading / found.parser
    print(f"{found.articles} articles: loaded in {found.loading:.2f} s, {ratio:.2f} of the TOML parser alone")
    print(f"  pandas, the same facts from CSV: {found.pandas:.3f} s; memory: {found.memory:.0f} MB")
    print(f"  all frames: {found.frames:.2f} s")
    for name, one in found.charts.items():
        if one.error:
            print(f"  {name:34} {one.error}")
        else:
            print(f"  {name:34} {one.seconds:6.2f} s  {one.size / 1000:8,.0f} kB  {one.height:6,.0f} px high")
    if found.deck:
        print(f"  deck of the first notebook: {found.deck:.2f} MB")


def deck_size(seeds: Path) -> int:
    """The size, in bytes, of the deck of the first notebook, run on our articles and all of these but as many."""
    from kit.lab import copy_project
    from kit.notebooks import NOTEBOOKS, execute
    from notebook_decks.exporters import export

    project = copy_project(seeds.parent / f"project-{seeds.name}")
    ours = len(list((project / "seeds" / "articles").iterdir()))
    for path in sorted((seeds / "articles").iterdir())[ours:]:
        shutil.copy(path, project / "seeds" / "articles")
    shutil.copy(seeds / "meetings.toml", project / "seeds")
    for path in (project / "notebooks").glob("*.ipynb"):
        if path.name != NOTEBOOKS[0].name:
            path.unlink()
    execute(project)
    return len(export(project / "notebooks" / NOTEBOOKS[0].name, kind="deck").encode())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("counts", type=int, nargs="+", help="how many articles")
    parser.add_argument("--deck", action="store_true", help="also run the first notebook and write its deck")
    parser.add_argument("--no-charts", action="store_true", help="load only")
    parser.add_argument("--json", action="store_true", help="print one line of JSON for each count")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in asked.counts:
            seeds = write_seeds(Path(folder) / str(count), count)
            found = measure(seeds, charts=not asked.no_charts, deck=asked.deck)
            print(json.dumps(asdict(found))) if asked.json else report(found)
