"""Apostrophes and quotation marks in what readers see: the files of words, of questions and of records."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.notebooks import ROOT

WORDS = [*(ROOT / "src" / "securitytalks").rglob("en.toml"), *(ROOT / "src" / "securitytalks").rglob("questions.toml")]
FILES = [*WORDS, *(ROOT / "seeds").rglob("*.toml")]
AS_WRITTEN = {"as_printed", "headline", "needs"}  # words of the article, fields of a record
STRAIGHT = re.compile(r"[^\W\d_]'|\"")


def texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Give each text of a file with its place."""
    if isinstance(value, str):
        yield place, value
    children = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    for name, child in children:
        if name not in AS_WRITTEN:
            yield from texts(child, f"{place}.{name}".lstrip("."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_apostrophes_and_quotation_marks_are_curly(path: Path) -> None:
    found = [f"{place}: {text}" for place, text in texts(tomllib.loads(path.read_text(encoding="utf-8")))]
    assert [text for text in found if STRAIGHT.search(text)] == []
