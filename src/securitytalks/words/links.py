"""Where a record stands: on the page that shows all facts, checks and slips, each at a permanent place."""

from __future__ import annotations

import re
from collections.abc import Iterable

RECORDS_PAGE = "07-how-do-we-know.ipynb"  # links name notebooks; an export leads them to its own files


def place_of(kind: str, record: str) -> str:
    """Name the place of a record on the page; `kind` is fact, check or slip.

    >>> place_of("fact", "urdupoint/overdose-deaths")
    'fact:urdupoint/overdose-deaths'
    """
    return f"{kind}:{record}"


def places_of(kind: str, records: Iterable[str]) -> list[str]:
    """Name the places of several records of one kind, as the index of a table of them."""
    return [place_of(kind, record) for record in records]


def linked(words: str, fact: str) -> str:
    """Give words of a fact as a Markdown link to its record.

    >>> linked("about 5", "a/b")
    '[about 5](07-how-do-we-know.ipynb#fact:a/b)'
    """
    return f"[{words}]({RECORDS_PAGE}#{place_of('fact', fact)})"


def without_links(text: str) -> str:
    """Keep the words of the links that `linked` makes.

    >>> without_links("## " + linked("about 5", "a/b"))
    '## about 5'
    """
    return re.sub(rf"\[((?:\\.|[^\]\\])*)\]\({re.escape(RECORDS_PAGE)}#[^)]*\)", r"\1", text)


def at_heading(page: str, heading: str) -> str:
    """Give the address of a heading of a notebook: its words with hyphens between them, as JupyterLab writes it.

    >>> at_heading("01-start-here.ipynb", "Which claims hold?")
    '01-start-here.ipynb#Which-claims-hold?'
    """
    return f"{page}#{heading.replace(' ', '-')}"
