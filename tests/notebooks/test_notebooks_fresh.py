"""The committed notebooks are what a fresh kernel makes of today's records and code, to the last output.

The command tried here is the maintainer's own (README, "After a change"): executed in place, nothing else is needed.
"""

from __future__ import annotations

import base64
import html
import math
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from kit.lab import copy_project
from kit.notebooks import NOTEBOOKS, PLOTLY, execute, figures, read
from nbconvert import HTMLExporter
from notebook_decks.stored import picture_of
from traitlets.config import Config


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project whose notebooks have just been run."""
    project = copy_project(tmp_path_factory.mktemp("fresh"))
    execute(project)
    return project


def comparable(notebook: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is of the machine that ran it: the version of its Python, and the pictures of charts."""
    language = {key: value for key, value in notebook["metadata"]["language_info"].items() if key != "version"}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if output.get("metadata", {}).pop("notebook_decks", None):
                output["data"].pop("text/html")
    return notebook | {"metadata": notebook["metadata"] | {"language_info": language}}


def differences(committed: Any, fresh: Any, where: str = "") -> list[str]:  # noqa: ANN401 any JSON
    """List where two values of JSON differ; numbers may differ in their last digits, as they do between processors.

    >>> differences({"a": [1, 2.0]}, {"a": [1, 2.0000000000000004]})
    []
    >>> differences({"a": [1, "x"]}, {"a": [1, "y"], "b": 0})
    ["[a][1]: committed 'x', fresh 'y'", '[b]: committed nothing, fresh 0']
    """
    if isinstance(committed, dict) and isinstance(fresh, dict):
        keys = [*committed, *(key for key in fresh if key not in committed)]
        pairs = [(f"{where}[{key}]", committed.get(key, ...), fresh.get(key, ...)) for key in keys]
    elif isinstance(committed, list) and isinstance(fresh, list) and len(committed) == len(fresh):
        pairs = [(f"{where}[{at}]", *both) for at, both in enumerate(zip(committed, fresh, strict=True))]
    else:
        numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (committed, fresh))
        same = math.isclose(committed, fresh, rel_tol=1e-12) if numbers else committed == fresh
        said = ["nothing" if value is ... else repr(value)[:200] for value in (committed, fresh)]
        return [] if same else [f"{where}: committed {said[0]}, fresh {said[1]}"]
    return [line for place, old, new in pairs for line in differences(old, new, place)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_committed_outputs_are_fresh(path: Path, executed: Path) -> None:
    found = differences(comparable(read(path)), comparable(read(executed / "notebooks" / path.name)))
    assert not found, (
        "stale; run `python start.py jupyter nbconvert --execute --inplace notebooks/*.ipynb`:\n"
        + "\n".join(found[:20])
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_chart_has_a_small_picture_of_its_present_state(path: Path) -> None:
    """GitHub, nbviewer and Quarto show the picture where they draw no Plotly."""
    outputs = [o for cell in read(path)["cells"] for o in cell.get("outputs", []) if PLOTLY in o.get("data", {})]
    for output in outputs:
        title = output["data"][PLOTLY]["layout"]["meta"]["finding"]
        address = picture_of(output)
        assert address, f"{title}: no picture, or of another state; run the notebooks again where a Chromium is at hand"
        assert len(base64.b64decode(address.split(",")[1])) <= 30_000, title
        page = "".join(output["data"]["text/html"])
        assert html.escape(output["data"][PLOTLY]["layout"]["meta"]["description"]) in page, title


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_exporter_that_knows_nothing_of_us_shows_the_picture_of_each_chart(path: Path) -> None:
    """What `jupyter nbconvert --to html` writes where nothing of ours is configured."""
    page, _ = HTMLExporter(config=Config()).from_notebook_node(nbformat.read(path, as_version=4))
    shown = re.findall(r'<img alt="([^"]+)" src="data:image/png;base64,', page)
    described = [figure["layout"]["meta"]["description"] for figure in figures(read(path))]
    assert [html.unescape(alt) for alt in shown] == described
