"""The prose of the notebooks: numbers come from the records, sentences are plain, words are of today.

How hard a text is to read is measured by textstat's automated readability index, a US school grade that needs no list
of syllables.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from kit.notebooks import NOTEBOOKS, read, source

HIGHEST_GRADE = 9
FEWEST_WORDS = 25  # the index says nothing about less
LESSONS = [path for path in NOTEBOOKS if read(path)["metadata"].get("explainer", {}).get("kind") != "guide"]
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATE = re.compile(rf"\b(?:\d{{1,2}} )?{MONTH} (?:19|20)\d\d\b|\b(?:19|20)\d\d\b")
WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen half third "
    "thirds quarter quarters twice thrice"
)
NUMBER = re.compile(rf"\b\d[\d.,]*|\b(?:{'|'.join(WORDS.split())})\b", re.IGNORECASE)
# Phrases with a number word that no record could change, and why.
ALLOWED = {
    "two figures": "a pair that the reader chooses",
    "two bounds": "a difference always has a pair",
    "two totals": "the pair of facts that the notebook names and compares",
    "two articles": "the pair that a chart or a quiz puts side by side",
    "two sources": "a rule about any pair of articles",
    "source speaking twice": "a rule about any pair of articles",
    "two codings": "the codebook is always used by a first and a second coder",
    "two passes": "the codebook is always used by a first and a second coder",
    "coded twice": "the codebook is always used by a first and a second coder",
    "used twice": "the codebook is always used by a first and a second coder",
    "compare the two views": "the views of one chart",
    "one of the two is empty": "the pair of columns named before",
    "first two columns": "the place of columns in a chart",
    "two largest topics": "the pair that the exercise is about",
    "half the": "parts of a class",
    "half reads": "parts of a class",
    "the three that follow": "cells of the exercise",
    "twelve months": "the name of a series: deaths in twelve months",
    "passage 20": "the place of a passage in an exercise",
}
# Long words that a student of this subject has to know: each counts as a short one.
TERMS = (
    "Andrés Manuel López Obrador",
    "Antony Blinken",
    "Marcelo Ebrard",
    "Merrick Garland",
    "Merida Initiative",
    "overdose deaths",
    "prosecutors",
    "synthetic opioids",
    "methadone",
)
STRAIGHT = re.compile(r"[^\W\d_]'|\"")
# Words of the old texts that a reader had to read twice.
OLD = ("mend", "nought", "beheld", "thereof", "whereof", "shew", "are told", "is told", "one mark a", "says of", "door")


def plain(text: str) -> str:
    """Give prose without code, headings, targets of links and marks of emphasis; an item of a list is a sentence."""
    text = re.sub(r"```.*?```|`[^`]*`|^#+ .*$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^- (.*?)[.?]?$", r"\1.", text, flags=re.MULTILINE)
    return text.replace("*", "")


def prose(path: Path) -> list[tuple[str, str]]:
    """Give the Markdown cells for students, as (id, plain text)."""
    return [
        (cell["id"], plain(source(cell)))
        for cell in read(path)["cells"]
        if cell["cell_type"] == "markdown" and cell["metadata"].get("slideshow", {}).get("slide_type") != "notes"
    ]


def typed_numbers(text: str) -> list[str]:
    """Find numbers that a sentence should get from the records.

    >>> typed_numbers("In October 2021 two articles printed 300,000, or three of five.")
    ['300,000', 'three', 'five']
    """
    text = DATE.sub("", text)
    for phrase in ALLOWED:
        text = re.sub(rf"\b{re.escape(phrase)}\b", "", text, flags=re.IGNORECASE)
    return [found.group().rstrip(".,") for found in NUMBER.finditer(text)]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_no_number_is_typed_into_prose(path: Path) -> None:
    whole = [(cell["id"], re.sub(r"^#+ ", "", source(cell))) for cell in read(path)["cells"]]
    markdown = {name for name, _ in prose(path)}
    texts = [(name, plain(text)) for name, text in whole if name in markdown]
    found = {name: typed_numbers(text) for name, text in texts if typed_numbers(text)}
    assert not found, f"use helpers.say, or allow the phrase with a reason: {found}"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_students_can_read_every_paragraph(path: Path) -> None:
    textstat = pytest.importorskip("textstat", reason="textstat is not installed: the school grade was not measured")
    hard = {}
    for name, text in prose(path):
        for term in TERMS:
            text = text.replace(term, "word")
        if len(text.split()) >= FEWEST_WORDS and textstat.automated_readability_index(text) > HIGHEST_GRADE:
            hard[name] = round(textstat.automated_readability_index(text), 1)
    assert not hard, f"school grades above {HIGHEST_GRADE}: {hard}"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_words_are_of_today(path: Path) -> None:
    found = [(name, word) for name, text in prose(path) for word in OLD if re.search(rf"\b{word}\b", text.lower())]
    assert not found


def test_every_allowed_phrase_is_used() -> None:
    text = " ".join(plain(re.sub(r"^#+ ", "", source(cell))) for path in LESSONS for cell in read(path)["cells"])
    assert not [phrase for phrase in ALLOWED if phrase not in " ".join(text.lower().split())]


def said(cell: dict) -> str:
    """Give what a cell shows in words: its Markdown, or the sentences in its code, without the names in braces."""
    if cell["cell_type"] == "markdown":
        return re.sub(r"```.*?```|`[^`]*`", "", source(cell), flags=re.DOTALL)
    found = [node.value for node in ast.walk(ast.parse(source(cell))) if isinstance(node, ast.Constant)]
    return re.sub(r"\{[^{}]*\}", "", "\n".join(text for text in found if isinstance(text, str) and " " in text))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_apostrophes_and_quotation_marks_are_curly(path: Path) -> None:
    found = {cell["id"]: STRAIGHT.findall(said(cell)) for cell in read(path)["cells"] if cell["id"] != "set-up"}
    assert {name: marks for name, marks in found.items() if marks} == {}
