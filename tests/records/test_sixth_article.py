"""A sixth article is one new file: every notebook then shows it, with no line of code changed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from kit.lab import copy_project
from kit.notebooks import NOTEBOOKS, execute, figures, outputs, read
from kit.seeds import add_sixth

OUTLET = "The Example Times"
CHECK = """
[[checks]]
id = "killed-young"
fact = "killed-young"
verdicts = ["cannot be checked"]
why = "It is made up."
"""
# What shows records by name, which a further article must leave as they are; then an exercise and a timetable.
OF_NAMED_RECORDS = (
    "Two articles, two routes",
    "One meeting, two articles",
    "8 Oct 2021: the new plan",
    "The fentanyl figures of two articles",
    "Examples, and how each came out",
    "One record, field by field",
    "What moved",
    "Minutes of each part",
    "Our own corrections",
    "4 meetings:",  # with the events before the first of them
)


@pytest.fixture(scope="module")
def with_sixth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a made-up sixth article, its notebooks run."""
    project = copy_project(tmp_path_factory.mktemp("sixth"))
    add_sixth(project / "seeds", more=CHECK)
    execute(project)
    return project


def shown(notebook: dict[str, Any], mime: str) -> list[str]:
    """Give the outputs of one kind, in order, with plain spaces."""
    return [text.replace("\u00a0", " ") for cell in notebook["cells"] for text in outputs(cell, mime)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_chart_shows_the_sixth_article(path: Path, with_sixth: Path) -> None:
    before, after = figures(read(path)), figures(read(with_sixth / "notebooks" / path.name))
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        finding = new["layout"]["meta"]["finding"].replace("\u00a0", " ")
        text = json.dumps(old, ensure_ascii=False)
        # Official counts, alone or around one claim, have a grade in their hovers or their table.
        official = "¶" not in text or re.search(r'"Grade"|Grade( |<br>)[A-D]', text)
        # A chart of agreement names no outlet: there the counts must differ.
        has_it = OUTLET in json.dumps(new) or new["data"] != old["data"]
        named = finding.startswith(OF_NAMED_RECORDS) or finding.endswith("?")  # a guess is at one figure
        assert has_it or named or official, f"without the new article: {finding}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_count_and_table_changes(path: Path, with_sixth: Path) -> None:
    before, after = read(path), read(with_sixth / "notebooks" / path.name)
    counts = [text for text in shown(after, "text/markdown") if text.startswith("As of")]
    assert len(counts) == 1 or not figures(after), "no line that says as of when"
    assert all("15 Jan 2024" in text for text in counts), counts
    tables = ([text for text in shown(notebook, "text/html") if "talks-table" in text] for notebook in (before, after))
    for old, new in zip(*tables, strict=True):
        caption = re.sub(r".*<caption[^>]*>|</caption>.*", "", new, flags=re.DOTALL)
        assert new != old or caption.startswith(OF_NAMED_RECORDS), f"not changed by the new article: {caption[:200]}"
