"""Measure what `import helpers` costs, as a ratio to `import pandas`: processor time of fresh processes, by turns.

    python benchmarks/import_time.py --rounds 10

`first chart` also loads the facts and draws a chart, which is when pandas, pydantic and plotly are imported.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

SRC = Path(__file__).resolve().parents[1] / "src"
WORK = {
    "pandas": "import pandas",
    "helpers": "import helpers",
    "first chart": "import helpers; helpers.deaths_counted(helpers.load_facts())",
}
TIMED = "import time; start = time.process_time(); {}; print(time.process_time() - start)"


def measured(work: str) -> float:
    """The processor time, in seconds, of some work in a fresh process."""
    env = os.environ | {"PYTHONPATH": str(SRC)}
    command = [sys.executable, "-c", TIMED.format(work)]
    return float(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)


def medians(rounds: int) -> dict[str, tuple[float, float]]:
    """For each work the median of its processor time, in seconds, and of its ratio to the import of pandas."""
    taken = [{name: measured(work) for name, work in WORK.items()} for _ in range(rounds)]
    return {
        name: (median(times[name] for times in taken), median(times[name] / times["pandas"] for times in taken))
        for name in WORK
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    for name, (seconds, ratio) in medians(parser.parse_args().rounds).items():
        print(f"{name:12} {seconds:5.2f} s, {ratio:.2f} of importing pandas")
