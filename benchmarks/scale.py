"""Measure how loading, charts and a deck behave with 5, 50 and 500 made-up articles.

    python benchmarks/scale.py 5 50 500
    python benchmarks/scale.py 5 50 --deck

Times are processor time of this process. Loading is also given as a ratio to the standard TOML parser on the same
files. A chart that raises is named with its error.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "slides"), str(ROOT / "tests")]

from articles import write_seeds  # noqa: E402
from kit.charts import every_chart, frames_of  # noqa: E402

import helpers  # noqa: E402

Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """The processor time of some work, in seconds, and what it gives."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def parse_alone(seeds: Path) -> None:
    """Read the articles with the standard TOML parser, and check nothing."""
    for path in (seeds / "articles").glob("*.toml"):
        tomllib.loads(path.read_text(encoding="utf-8"))


def measure(seeds: Path, *, deck: bool) -> None:
    """Print the figures for one folder of seeds."""
    alone, _ = timed(lambda: parse_alone(seeds))
    loading, articles = timed(lambda: helpers.load_articles(seeds))
    print(f"{len(articles)} articles: loaded in {loading:.2f} s, {loading / alone:.2f} of the TOML parser alone")
    frames_time, frames = timed(lambda: frames_of(seeds))
    print(f"  all frames: {frames_time:.2f} s")
    for name, draw in every_chart(frames).items():
        try:
            took, fig = timed(draw)
        except Exception as error:
            print(f"  {name:34} {type(error).__name__}: {str(error)[:100]}")
            continue
        size = len(fig.to_json()) / 1000
        print(f"  {name:34} {took:6.2f} s  {size:8,.0f} kB  {fig.layout.height or 0:6,.0f} px high")
    if deck:
        print(f"  deck of the first notebook: {deck_size(seeds) / 1e6:.2f} MB")


def deck_size(seeds: Path) -> int:
    """The size, in bytes, of the deck of the first notebook, run on these seeds."""
    import shutil

    from kit.lab import copy_project
    from kit.notebooks import NOTEBOOKS, execute
    from notebook_decks.exporters import export

    project = copy_project(seeds.parent / f"project-{seeds.name}")
    shutil.rmtree(project / "seeds")
    shutil.copytree(seeds, project / "seeds")
    execute(project)
    return len(export(project / "notebooks" / NOTEBOOKS[0].name, "deck").encode())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("counts", type=int, nargs="+", help="how many articles")
    parser.add_argument("--deck", action="store_true", help="also run the notebooks and write the first deck")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in asked.counts:
            measure(write_seeds(Path(folder) / str(count), count), deck=asked.deck)
