"""Outputs of kinds of their own: who turns them into HTML, and which script makes that HTML work.

A module that renders such a kind decorates a function with `renders` and is named in MODULES.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

MODULES: tuple[str, ...] = ("notebook_decks.classroom",)  # modules with renderers


@dataclass(frozen=True)
class Place:
    """Where an output is being written."""

    id: str  # unique in the file and the same in every export
    kind: str  # page or deck
    audience: str  # reader, class or teacher
    where: str  # for messages, such as "Cell 7"


Render = Callable[[dict, Place], str]


@dataclass(frozen=True)
class Renderer:
    """A function that writes an output's HTML (its own, trusted markup), with a script and a style for the whole file.

    The script runs once, after the page is there; it may use what the scripts of slides/static define.
    """

    render: Render
    script: Path | None = None
    style: Path | None = None


_known: dict[str, Renderer] = {}


def renders(mime: str, *, script: Path | None = None, style: Path | None = None) -> Callable[[Render], Render]:
    """Register the decorated function for outputs of this type: it gets their data and their place, and gives HTML."""

    def keep(render: Render) -> Render:
        _known[mime] = Renderer(render, script, style)
        return render

    return keep


@cache
def _load() -> None:
    for name in MODULES:
        import_module(name)


def renderers() -> dict[str, Renderer]:
    """Give all registered renderers by type."""
    _load()
    return _known
