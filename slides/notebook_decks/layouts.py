"""How a slide is composed: its layout, chosen from what is on it, its headline, and its cells in groups.

    cover      starts with a main heading
    chart      one or more charts, with at most a headline
    beside     one chart with text: the text stands in a column beside it
    table      a table fills the slide
    form       something that the reader fills in
    statement  a few words, large and centred
    text       everything else

A slide that asks something is tinted, whatever its layout. The last slide of a deck closes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

ASKING = {"question", "exercise"}  # tags of cells that ask the class something
MOST_WORDS = {"statement": 45, "beside": 110}
HEADING = re.compile(r"(?s)\s*(<h([1-3])\b[^>]*>.*?</h\2>)\s*(.*)")
CAPTION = re.compile(r"(?s)<caption(?! class=)([^>]*)>(.*?)</caption>")
NAMES = 5  # letters of the shortest word that names something; "that" and "which" do not


class Cell(Protocol):
    """What a layout needs to know of a cell."""

    tags: list[str]
    slide_type: str
    body: str
    code: str
    charts: int
    form: bool


@dataclass
class Group:
    """Cells that stand together: the charts of a row, or one cell of text; `fragment` groups appear at the next key."""

    cells: list[Cell]
    fragment: bool = False

    @property
    def charts(self) -> int:
        """How many charts the group has."""
        return sum(cell.charts for cell in self.cells)


@dataclass
class Slide:
    """A slide as the template writes it."""

    layout: str
    asks: bool
    headline: str = ""  # HTML of a heading, or empty
    groups: list[Group] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)  # all of them, for their planned minutes

    @property
    def classes(self) -> str:
        """The classes of the slide's element."""
        return f"layout-{self.layout}{' asks' if self.asks else ''}"


def composed(cells: Sequence[Cell], *, last: bool = False) -> Slide:
    """Compose a slide from its cells; `last` closes the deck."""
    notes = [cell for cell in cells if is_note(cell)]
    shown = [cell for cell in cells if not is_note(cell) and (cell.body or cell.code)]
    headline = _take_headline(shown)
    shown = [cell for cell in shown if cell.body or cell.code]
    asks = any(cell.form or ASKING & set(cell.tags) for cell in shown)
    layout = _layout(headline, shown, asks=asks)
    if layout == "table":
        for cell in shown:
            cell.body = _without_repetition(cell.body, headline)
    if last and layout in {"statement", "text"}:
        layout = "closing"
    return Slide(layout, asks, headline, _groups(shown), notes, list(cells))


def is_note(cell: Cell) -> bool:
    """Return whether a cell contains words for the speaker alone."""
    return cell.slide_type == "notes" or "teachers-note" in cell.tags


def _take_headline(shown: list[Cell]) -> str:
    """Take the heading off the first cell, if the slide starts with one."""
    found = HEADING.fullmatch(shown[0].body) if shown and not shown[0].charts and not shown[0].form else None
    if not found or shown[0].slide_type == "fragment":
        return ""
    shown[0].body = found[3].strip()
    return found[1]


def _without_repetition(body: str, headline: str) -> str:
    """Leave captions that say what the headline says to screen readers, for which they name the table.

    >>> _without_repetition("<caption>Figures to compare</caption>", "<h2>Which figures may we compare?</h2>")
    '<caption class="unseen">Figures to compare</caption>'
    """

    def unseen(found: re.Match) -> str:
        named = _names_in(found[2])
        return f'<caption class="unseen"{found[1]}>{found[2]}</caption>' if named and named <= in_headline else found[0]

    in_headline = _names_in(headline)
    return CAPTION.sub(unseen, body)


def _names_in(html: str) -> set[str]:
    words = re.findall(r"\w+", re.sub(r"<[^<>]*>", " ", html).lower())
    return {word for word in words if len(word) >= NAMES}


def _layout(headline: str, shown: Sequence[Cell], *, asks: bool) -> str:
    words = sum(count_words(cell.body) for cell in shown if not cell.charts)
    charts = sum(cell.charts for cell in shown)
    code = any(cell.code for cell in shown)
    if headline.startswith("<h1"):
        return "cover"
    if charts == 1 and 0 < words <= MOST_WORDS["beside"] and not code and not asks:
        return "beside"
    if charts:
        return "chart"
    if any(cell.form for cell in shown):
        return "form"
    if any("<table" in cell.body for cell in shown):
        return "table"
    blocks = sum(len(re.findall(r"<(?:li|pre|img|svg|details)\b", cell.body)) for cell in shown)
    if not code and not blocks and words + count_words(headline) <= MOST_WORDS["statement"]:
        return "statement"
    return "text"


def _groups(shown: Sequence[Cell]) -> list[Group]:
    """Put charts that follow one another side by side; a fragment starts a group of its own."""
    groups: list[Group] = []
    for cell in shown:
        fragment = cell.slide_type == "fragment"
        joins = groups and cell.charts and groups[-1].charts and not fragment and not groups[-1].fragment
        if joins:
            groups[-1].cells.append(cell)
        else:
            groups.append(Group([cell], fragment))
    return groups


def count_words(html: str) -> int:
    """Count the words of an HTML text.

    >>> count_words("<p>Two <b>totals</b>, one start.</p>")
    4
    """
    return len(re.sub(r"<[^<>]*>", " ", html).replace(" ,", ",").split())
