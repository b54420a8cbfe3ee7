"""What notebooks of other people contain is in the file, or a line in the log names the cell where it is not."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from export_kit import chart, notebook, shown, text
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from notebook_decks.errors import ExportError
from notebook_decks.exporters import export
from notebook_decks.foreign import STATE, VIEW

CASES = json.loads((Path(__file__).parent / "strangers.json").read_text(encoding="utf-8"))


def cell_of(case: dict) -> NotebookNode:
    if "figure" in case:
        return chart(case["figure"])
    if "html" in case:
        return shown({"text/html": case["html"]})
    if "data" in case:
        return shown(case["data"])
    if "widgets" in case:
        return shown({VIEW: {"model_id": "model"}, "text/plain": "VBox()"})
    cell = text(case["markdown"])
    if "attachments" in case:
        cell["attachments"] = case["attachments"]
    return cell


@pytest.mark.parametrize("kind", ["page", "deck"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_it_is_shown_or_reported(case: dict, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        about = {"widgets": {STATE: {"state": case["widgets"]}}} if "widgets" in case else {}
        done = export(notebook(text("# A notebook"), cell_of(case), **about), kind=kind)
    assert done.count('<figure aria-details="chart:') == case.get("charts", 0)
    assert [words for words in case.get("shows", []) if words not in done] == []
    assert [words for words in case.get("hides", []) if words in done.split("data-licences")[0]] == []
    assert [words for words in case.get("logs", []) if words not in caplog.text] == []
    assert "Cell 2" in caplog.text or not case.get("logs")


def test_the_tags_of_a_lesson_act_only_where_a_notebook_asks_for_it() -> None:
    cells = [text("# A"), text("The answer is seven", tags=["answer"])]
    assert "seven" in export(notebook(*cells), kind="deck")
    assert "seven" not in export(notebook(*cells, notebook_decks={"lesson": True}), kind="deck")


@pytest.mark.parametrize("kind", ["page", "deck"])
def test_code_that_jupyterlab_folds_is_there_as_in_nbconvert(kind: str) -> None:
    cells = [text("# A"), new_code_cell("seventh", execution_count=1, metadata={"jupyter": {"source_hidden": True}})]
    assert "seventh" in export(notebook(*cells), kind=kind)
    assert "seventh" not in export(notebook(*cells, notebook_decks={"lesson": True}), kind=kind)


def test_cells_that_were_not_run_are_named_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        export(notebook(text("# A"), new_code_cell("1"), text("B"), new_code_cell("2")), kind="page")
    assert [line for line in caplog.messages if "not been run" in line and "Cell 2, Cell 4" in line] == caplog.messages


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"cells": 5}',
        b'{"cells": [{}], "metadata": {}, "nbformat": 4}',
        b"[" * 5000,
    ],
    ids=["empty", "cut", "list", "null", "no UTF-8", "number", "no cell", "deep"],
)
def test_a_damaged_file_is_named_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "damaged.ipynb"
    path.write_bytes(content)
    with pytest.raises(ExportError, match="damaged"):
        export(path, kind="page")


@pytest.mark.parametrize("source", ["`" * 2000, "$" * 2000, "*" * 2000, "[" * 2000, "\\eqref{" * 500])
def test_long_runs_of_one_mark_do_not_hold_an_export_up(source: str) -> None:
    assert export(notebook(text("# A"), text(source)), kind="page")


def test_each_of_many_charts_in_a_cell_has_a_name_of_its_own() -> None:
    places = "<div id='a'></div><div id='b'></div>"
    script = "<script>Plotly.newPlot('a', [{y: [1]}]); Plotly.newPlot('b', [{y: [2]}])</script>"
    cell = shown({"text/html": places + script})
    cell.outputs += chart().outputs
    page = BeautifulSoup(export(notebook(text("# A"), cell), kind="page"), "html.parser")
    names = [figure["id"] for figure in page.select("figure[data-chart]")]
    assert names == ["chart:c2", "chart:c2:figure-2", "chart:c2:1"]


@pytest.mark.parametrize("kind", ["page", "deck"])
def test_cells_with_the_same_id_keep_a_chart_each(kind: str) -> None:
    source = notebook(text("# A"), chart(), chart(), chart())
    for cell, name in zip(source.cells, ["2", "same", "same", ""], strict=True):
        cell["id"] = name
    source["nbformat_minor"] = 4
    page = BeautifulSoup(export(source, kind=kind), "html.parser")
    assert len({figure["id"] for figure in page.select("figure[data-chart]")}) == 3


def test_a_deck_without_cells_has_a_slide() -> None:
    assert BeautifulSoup(export(notebook(), kind="deck"), "html.parser").select_one(".slides > section")
