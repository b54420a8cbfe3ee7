"""Plug-ins: who turns outputs of further mime types into HTML, and which script makes that HTML work.

A plug-in is a module with functions decorated by `renders`. A distribution names it in the entry-point group
`notebook_decks.outputs`:

    [project.entry-points."notebook_decks.outputs"]
    quiz = "my_package.quiz"
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

GROUP = "notebook_decks.outputs"
log = logging.getLogger(__name__)


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
    for point in entry_points(group=GROUP):
        try:
            point.load()
        except Exception:  # a plug-in may fail in any way, and a notebook without its outputs needs it not
            log.warning("the plug-in %r (%s) could not be loaded", point.name, point.value, exc_info=True)


def renderers() -> dict[str, Renderer]:
    """Give all registered renderers by type."""
    _load()
    return _known
