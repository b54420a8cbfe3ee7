"""Time `publish` for all notebooks: everything run again, and nothing run; one notebook at a time, and two.

    python slides/benchmarks/publishing.py [--rounds 3] [--write]

The ways take turns. Times are medians of whole processes, from command to prompt.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from against_nbconvert import machine
from notebook_decks.browser import chromium
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results-publish.md")
WAYS = {
    "run all, one at a time": ["--run", "all", "--jobs", "1"],
    "run all, two at once": ["--run", "all", "--jobs", "2"],
    "run none, one at a time": ["--run", "never", "--jobs", "1"],
    "run none, two at once": ["--run", "never", "--jobs", "2"],
}


def timed(words: list[str], notebooks: list[str]) -> float:
    """Publish once into a folder of its own; give the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "notebook_decks.publish",
            *notebooks,
            "--to",
            f"{folder}/published",
            *words,
        ]
        began = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        return time.monotonic() - began


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebooks", nargs="*", help="notebooks or folders (default: notebooks)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"write the results into {RESULTS.name}")
    words = parser.parse_args()
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    for number in range(words.rounds):
        for way, options in WAYS.items():
            print(f"{way}, round {number + 1}", file=sys.stderr)
            found[way].append(timed(options, words.notebooks))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        about = machine(browser.version)
        browser.close()
    lines = [f"| {way} | {statistics.median(times):.1f} |" for way, times in found.items()]
    report = "\n".join(["# Publishing all notebooks", "", "Written by `slides/benchmarks/publishing.py`; " + about, ""])
    report += "\n".join([f"\n| way | seconds, median of {words.rounds} |", "|---|--:|", *lines]) + "\n"
    print(report)
    if words.write:
        RESULTS.write_text(report, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
