"""Measure all tables of benchmarks/README.md in one run, and write them there.

    python benchmarks/tables.py                            less than twenty minutes on a quiet machine
    python benchmarks/tables.py --minutes 10               an hour and a half: ten minutes of fuzzing for each family
    python benchmarks/tables.py --to other.md              leaves README.md as it is
    python benchmarks/tables.py --minutes 0 --counts 5 --decks --rounds 1 --to other.md    a minute, to try it

Nothing else should run meanwhile: the times are processor time, which a busy machine raises too.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from fuzz import OUTCOMES, runs
from import_time import medians
from scale import Drawn, Measured

HERE = Path(__file__).resolve().parent
PACKAGES = ("pandas", "pydantic", "rtoml", "plotly", "nbconvert", "hypothesis")
PLACE = re.compile(r"(?s)(<!-- tables -->\n).*(<!-- end of the tables -->)")
MOST_CHARTED = 500  # articles whose charts are drawn


def about() -> str:
    """Say on what was measured: processor, memory and versions, and when."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9 if hasattr(os, "sysconf") else 0
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    machine = f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()} {platform.machine()}"
    return f"Measured on {datetime.now(UTC):%d %B %Y}: {machine}, Python {platform.python_version()}, {versions}."


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Write a Markdown table whose columns but the first are numbers."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def fuzzing(minutes: float, seed: int) -> str:
    """Run every family for some minutes."""
    counts, bad = runs([], minutes, seed)
    rows = [[name, f"{n.total():,}", *(f"{n[outcome]:,}" for outcome in OUTCOMES)] for name, n in counts.items()]
    heads = ["family", "inputs", *OUTCOMES]
    return f"## Fuzzing, {minutes:g} min for each family\n\n{table(heads, rows)}\n\n{bad}".rstrip()


def scale(count: int, *, deck: bool) -> Measured:
    """Measure some articles in a process of their own, so that its memory is theirs."""
    more = ["--deck"] * deck + ["--no-charts"] * (count > MOST_CHARTED)
    command = [sys.executable, str(HERE / "scale.py"), "--json", str(count), *more]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    read = json.loads(done.stdout)
    return Measured(**read | {"charts": {name: Drawn(**one) for name, one in read["charts"].items()}})


def scales(counts: list[int], decks: list[int]) -> str:
    """Measure loading, charts and decks with each number of articles."""
    found = [scale(count, deck=count in decks) for count in counts]
    loading = [
        [
            f"{one.articles:,}",
            f"{one.loading:.2f} s",
            f"{one.parser:.2f} s",
            f"{one.loading / one.parser:.2f}",
            f"{one.pandas:.3f} s",
            f"{one.memory:,.0f} MB",
            f"{one.frames:.2f} s",
        ]
        for one in found
    ]
    heads = ["articles", "load and check", "TOML parser alone", "ratio", "pandas, same rows", "memory", "all frames"]
    parts = [f"## Loading\n\nEach measured once, in a process of its own.\n\n{table(heads, loading)}\n"]
    drawn = [one for one in found if one.charts]
    if drawn:
        heads = ["chart", *(f"{one.articles:,} articles" for one in drawn)]
        rows = [[name, *(_cell(one.charts[name]) for one in drawn)] for name in drawn[0].charts]
        parts.append(f"## Charts: time to draw, size, height\n\nEach drawn once.\n\n{table(heads, rows)}\n")
    sizes = [[f"{one.articles:,}", f"{one.deck:.2f} MB"] for one in found if one.deck]
    if sizes:
        heads, said = ["articles", "size"], "Of ours and made-up ones, of which it shows none."
        parts.append(f"## The deck of the first notebook\n\n{said}\n\n{table(heads, sizes)}\n")
    return "\n".join(parts)


def _cell(one: Drawn) -> str:
    return one.error or f"{one.seconds:.2f} s, {one.size / 1000:,.0f} kB, {one.height:,.0f} px"


def imports(rounds: int) -> str:
    """Measure the import of helpers and a first chart, by turns with the import of pandas."""
    rows = [[name, f"{seconds:.2f} s", f"{ratio:.2f}"] for name, (seconds, ratio) in medians(rounds).items()]
    said = f"Medians of {rounds} fresh processes of each kind, by turns." if rounds > 1 else "Measured once."
    return f"## Import\n\n{said}\n\n{table(['work', 'processor time', 'of importing pandas'], rows)}\n"


def main() -> None:
    """Measure, and put the tables into their place."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1, help="of fuzzing for each family")
    parser.add_argument("--seed", type=int, default=0, help="of fuzzing")
    parser.add_argument("--counts", type=int, nargs="*", default=[5, 50, 500, 5000], help="of articles")
    parser.add_argument("--decks", type=int, nargs="*", default=[5, 50], help="counts for which a deck is made")
    parser.add_argument("--rounds", type=int, default=7, help="of imports")
    parser.add_argument("--to", type=Path, default=HERE / "README.md", help="the file that has the place")
    asked = parser.parse_args()
    parts = [about(), imports(asked.rounds), scales(asked.counts, asked.decks), fuzzing(asked.minutes, asked.seed)]
    tables = "\n\n".join(part.strip() for part in parts)
    text = (HERE / "README.md").read_text(encoding="utf-8")
    asked.to.write_text(PLACE.sub(lambda found: f"{found[1]}{tables}\n{found[2]}", text), encoding="utf-8")
    print(tables)


if __name__ == "__main__":
    main()
