"""Plug-ins: who turns outputs of further mime types into HTML, and which script makes that HTML work; further files.

A plug-in is a module with functions decorated by `renders` or `adds`. A distribution names it in the entry-point group
`notebook_decks.outputs`:

    [project.entry-points."notebook_decks.outputs"]
    quiz = "my_package.quiz"
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
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
    """A function that writes an output's HTML (its own, trusted markup), with scripts and styles for the whole file.

    The scripts are ES modules, which run once, after the exporter's own; they may import those, such as
    "notebook-decks/speak.js".
    """

    render: Render
    scripts: tuple[Path, ...] = ()
    styles: tuple[Path, ...] = ()


_known: dict[str, Renderer] = {}


Files = Path | Iterable[Path]


def renders(mime: str, *, script: Files = (), style: Files = ()) -> Callable[[Render], Render]:
    """Register the decorated function for outputs of this type: it gets their data and their place, and gives HTML.

    `script` and `style` are files; one that several functions name is in the exported file once. An output that has
    this type and others too, even a Plotly figure, is the function's.
    """

    def keep(render: Render) -> Render:
        _known[mime] = Renderer(render, _listed(script), _listed(style))
        return render

    return keep


def _listed(files: Files) -> tuple[Path, ...]:
    return (files,) if isinstance(files, Path) else tuple(files)


@dataclass(frozen=True)
class Addition:
    """A file that `publish` puts among the teacher's."""

    name: str
    label: str
    purpose: str
    make: Callable[[Mapping[str, Mapping]], bytes]


_additions: dict[str, Addition] = {}


def adds(name: str, *, label: str, purpose: str) -> Callable[[Callable], Callable]:
    """Register the decorated function for a file that goes with the teacher's.

    It gets all notebooks as they were run, by the names of their files without ending, and gives the file's bytes; none
    where it has nothing to say on them. Label and purpose are what the first page says of the file.
    """

    def keep(make: Callable[[Mapping[str, Mapping]], bytes]) -> Callable[[Mapping[str, Mapping]], bytes]:
        _additions[name] = Addition(name, label, purpose, make)
        return make

    return keep


def additions() -> list[Addition]:
    """Give all registered files."""
    _load()
    return list(_additions.values())


@cache
def _load() -> None:
    for point in entry_points(group=GROUP):
        try:
            point.load()
        except Exception:  # a plug-in may fail in any way, and a notebook without its outputs does not need it
            log.warning("the plug-in %r (%s) could not be loaded", point.name, point.value, exc_info=True)


def renderers() -> dict[str, Renderer]:
    """Give all registered renderers by type."""
    _load()
    return _known


def renderer_of(data: Mapping[str, object]) -> tuple[str, Renderer] | None:
    """Find the registered renderer for one of an output's types, with that type."""
    return next(((mime, renderer) for mime, renderer in renderers().items() if mime in data), None)
