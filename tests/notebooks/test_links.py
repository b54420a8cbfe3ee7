"""Numbers lead to their records: marks, rows and sentences of the notebooks, to places that the page of records has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from kit.notebooks import NOTEBOOKS, figures, outputs, read, source

from securitytalks.lesson.table.table import TABLE
from securitytalks.words.language import shown_at
from securitytalks.words.links import RECORDS_PAGE, at_heading

READ = {path.name: read(path) for path in NOTEBOOKS}
# Counts that say how many records there are, shares of them, and years: no single record has such a number. The
# last slides of the claims and of the records say what was counted.
MOST_COUNTS_IN_SENTENCES = 41
NOT_ON_THE_PAGE = {"passages", "questions by article"}  # units of charts
DATE = re.compile(r"(?:\d{1,2}\s)?[A-Z][a-z]+\s20\d\d")
NUMBER = re.compile(r"\d[\d,.]*")


def tables(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (table for cell in notebook["cells"] for table in outputs(cell, TABLE))


PLACES = {place for table in tables(READ[RECORDS_PAGE]) for place in table["anchors"]}


def headings(page: str) -> set[str]:
    """Give the places of the headings of a notebook that are written as they stand."""
    cells = [cell for cell in READ[page]["cells"] if cell["cell_type"] == "markdown"]
    return {at_heading(page, words) for cell in cells for words in re.findall(r"(?m)^#+ (.+)$", source(cell))}


def marks(figure: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the hover text of each mark and the place that it leads to."""
    for trace in figure["data"]:
        texts = trace.get("hovertext")
        texts = [texts] if isinstance(texts, str) else texts or []
        yield from zip(texts, trace.get("customdata") or [""] * len(texts), strict=True)


def test_every_link_leads_to_a_place_on_the_page_of_records() -> None:
    assert {place.partition(":")[0] for place in PLACES} == {"fact", "check", "slip"}
    named = {place for notebook in READ.values() for f in figures(notebook) for _, place in marks(f)}
    named |= {
        place
        for nb in READ.values()
        for f in figures(nb)
        for place in f["layout"]["meta"].get("links", {}).get("rows", [])
    }
    named |= {place for notebook in READ.values() for table in tables(notebook) for place in table["records"]}
    for notebook in READ.values():
        words = "".join(text for cell in notebook["cells"] for text in outputs(cell, "text/markdown"))
        named |= set(re.findall(rf"\]\({re.escape(RECORDS_PAGE)}#([^)]+)\)", words))
    assert len(named) > 100
    assert named - PLACES - {""} == set()


def test_every_mark_of_a_fact_or_check_leads_to_its_record() -> None:
    """Passages, and the answers to our questions, cite a paragraph and have no record of their own on the page."""
    missing = [
        text
        for notebook in READ.values()
        for figure in figures(notebook)
        if figure["layout"]["meta"]["unit"] not in NOT_ON_THE_PAGE
        for text, place in marks(figure)
        if text.count("¶") == 1 and not place
    ]
    assert missing == []


def test_few_numbers_of_sentences_are_without_a_link() -> None:
    said = [
        text
        for notebook in READ.values()
        for cell in notebook["cells"]
        if "exercise" not in cell["metadata"].get("tags", [])
        for text in outputs(cell, "text/markdown")
        if not text.startswith("As of")
    ]
    # Headings have no links: the sentence below has them.
    words = [re.sub(rf"(?m)^#.*$|\[[^\]]*\]\([^)]*\)|{DATE.pattern}", "", text) for text in said]
    found = [number for text in words for number in NUMBER.findall(text)]
    assert len(found) <= MOST_COUNTS_IN_SENTENCES, found


@pytest.mark.parametrize("name", READ)
def test_links_to_headings_arrive(name: str) -> None:
    """JupyterLab, pages and decks find a heading by its words; a chart stands below its own."""
    text = "\n".join(source(cell) for cell in READ[name]["cells"] if cell["cell_type"] == "markdown")
    targets = re.findall(r"\]\(([\w-]+\.ipynb)#([^)]+)\)", text)
    assert [f"{page}#{place}" for page, place in targets if f"{page}#{place}" not in headings(page)] == []


@pytest.mark.parametrize(("function", "place"), shown_at().items())
def test_a_correction_leads_to_the_heading_of_its_chart(function: str, place: tuple[str, str]) -> None:
    page, heading = place
    assert at_heading(page, heading) in headings(page), f"{function}: correct [shown_at] in words/en.toml"
    assert any(f"helpers.{function}(" in source(cell) for cell in READ[page]["cells"])
