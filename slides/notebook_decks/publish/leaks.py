"""A last look at every file for the class: does it hold words of a cell that it was to leave out?"""

from __future__ import annotations

import base64
import binascii
import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from nbformat import NotebookNode

from notebook_decks.html.text import unescaped

RUN = 6  # as many words in a row count as copied
FEWEST = 3  # a cell with fewer words than this may be found by chance
PACKED = re.compile(r"[A-Za-z0-9+/]{400,}={0,2}")
LIBRARY = "plotly.js v"


def unpacked(text: str) -> str:
    """Give a file's text with what is packed in it (base64, gzip) opened, and what plotly.js carries left out."""
    opened = []

    def opening(found: re.Match) -> str:
        try:
            raw = base64.b64decode(found[0])
            raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
            inside = raw.decode("utf-8")
        except (binascii.Error, zlib.error, OSError, EOFError, UnicodeDecodeError):
            return " "
        if LIBRARY not in inside[:400]:
            opened.append(inside)
        return " "

    return PACKED.sub(opening, text) + "\n".join(opened)


def spoken(text: str) -> list[str]:
    r"""List the words of HTML, JSON, Markdown or code, marks and escapes aside.

    >>> spoken('<b title="one">Two</b> \u003cthree&amp;four')
    ['two', 'three', 'four', 'one']
    """
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    text = re.sub(r'\\[nrt"]', " ", text)
    # Neither pattern may look through the rest of the text from each of its places: a file can hold one very long word.
    text = re.sub(r"\]\((?:(?!\]\()[^)\s])*\)", " ", text)
    attributes = re.findall(r'(?<=[\w-])="([^"]*)"', text)
    text = unescaped(re.sub(r"<[^<>]*>", " ", text) + "\n" + "\n".join(attributes))
    return re.findall(r"[^\W_]+", text.casefold())


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401 any JSON
    """Give every text in an output."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Give all runs of words that would count as copied."""
    found = set()
    for text in texts:
        spoken_words = spoken(text)
        if FEWEST <= len(spoken_words) < RUN:
            found.add(tuple(spoken_words))
        found.update(zip(*(spoken_words[n:] for n in range(RUN)), strict=False))
    return found


def texts(cells: Iterable[NotebookNode]) -> Iterator[str]:
    """Give all that cells say, in their source and in their outputs."""
    for cell in cells:
        yield cell.source
        for output in cell.get("outputs", []):
            yield from strings(output.get("data") or output.get("text") or [])


def leak(file: str, *, hidden: Iterable[NotebookNode], shown: Iterable[NotebookNode]) -> str:
    """Give words of a hidden cell that stand in a file and in none of the cells it shows; "" if there are none."""
    allowed = " ".join(f" {' '.join(spoken(text))} ." for text in texts(shown))
    secret = {run for run in runs(texts(hidden)) if f" {' '.join(run)} " not in allowed}
    if not secret:
        return ""
    spoken_words = spoken(unpacked(file))
    found = set(zip(*(spoken_words[n:] for n in range(RUN)), strict=False)) & secret
    short = {run for run in secret - found if len(run) < RUN}
    if short:
        whole = f" {' '.join(spoken_words)} "
        found |= {run for run in short if f" {' '.join(run)} " in whole}
    return " ".join(min(found)) if found else ""
