"""The benchmarks run and tell what they measure; how fast anything is, no test asserts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
pytestmark = pytest.mark.browser
CHART = "import plotly.graph_objects as go\nfig = go.Figure(go.Bar(x=['a', 'b'], y=[1, 2]))\nfig.show()"


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook that was run, with a chart and a note."""
    slide, notes = ({"slideshow": {"slide_type": kind}} for kind in ("slide", "notes"))
    cells = [
        new_markdown_cell("# Title", metadata=slide),
        new_code_cell(CHART, metadata=slide),
        new_markdown_cell("Words for the speaker alone", metadata=notes),
        new_markdown_cell("## End", metadata=slide),
    ]
    made = new_notebook(cells=cells)
    NotebookClient(made).execute()
    path = tmp_path_factory.mktemp("benchmark") / "small.ipynb"
    nbformat.write(made, path)
    return path


def run(name: str, *words: str) -> str:
    command = [sys.executable, str(BENCHMARKS / name), "--rounds", "1", *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_decks_are_compared(notebook: Path, browser: object) -> None:
    told = run("against_nbconvert.py", "--notebook", str(notebook), "--patience", "5")
    assert "with 1 charts" in told
    none, at_once, never = re.split(r"## On a? ?n[a-z ]*", told)[1:]
    rows = [re.split(r"\s*\|\s*", line.strip("| ")) for line in none.splitlines() if line.startswith("|")]
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["requests"][1:4:2] == ["0", "0"]
    for name in ("first slide painted, ms", "first chart on its slide, ms", "speaker view, first note, ms"):
        assert by_name[name][0] == "never", "nbconvert's own has no deck without a network"
        assert by_name[name][1].replace(",", "").isdigit(), name
        assert by_name[name][3].replace(",", "").isdigit(), name
    assert by_name["a picture of it, still or live, ms"][3].replace(",", "").isdigit()
    assert "Not measured: a folder of npm packages (--npm) is missing." in at_once
    assert "| first chart on its slide, ms | never |" in never


def test_publishing_is_timed(notebook: Path, browser: object) -> None:
    told = run("publishing.py", str(notebook))
    assert len(re.findall(r"^\| run (?:all|none), (?:one|two) at \w+(?: \w+)? \| \d+\.\d \|$", told, re.MULTILINE)) == 4
