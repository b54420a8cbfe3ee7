"""What the tests of the notebooks share: where they are, and how to read what stands in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PLOTLY = "application/vnd.plotly.v1+json"
EXECUTE = ["jupyter", "nbconvert", "--execute", "--inplace", "--ExecutePreprocessor.record_timing=False"]


def read(path: Path) -> dict[str, Any]:
    """Read a notebook as it is on disk."""
    return json.loads(path.read_text(encoding="utf-8"))


def source(cell: dict[str, Any]) -> str:
    """Give a cell's text in one piece."""
    return "".join(cell["source"])


def outputs(cell: dict[str, Any], mime: str) -> Iterator[Any]:
    """Give the outputs of a cell that have this type; text comes in one piece."""
    for output in cell.get("outputs", []):
        found = output.get("data", {}).get(mime)
        if found is not None:
            yield "".join(found) if isinstance(found, list) else found


def figures(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """Give every Plotly figure stored in a notebook, in order."""
    return [figure for cell in notebook["cells"] for figure in outputs(cell, PLOTLY)]


def execute(project: Path) -> None:
    """Run all notebooks of a project, each in a fresh kernel, and write them in place, without pictures of charts."""
    command = [sys.executable, "-m", *EXECUTE, "notebooks/*.ipynb"]
    env = os.environ | {"CHROMIUM": ""}
    ran = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
