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


def test_publishing_is_timed(notebook: Path, browser: object) -> None:
    table = run("publishing.py", str(notebook))
    rows = r"^\| run (?:all|none), (?:one|two) at \w+(?: \w+)? \| \d+\.\d \|$"
    assert len(re.findall(rows, table, re.MULTILINE)) == 4
