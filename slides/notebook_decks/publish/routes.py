"""Routes: one deck for a whole class, assembled from slides of several notebooks.

The guide's metadata hold them, as `notebook_decks.routes`:

    {"45": {"title": "One class of 45 minutes",
            "parts": [{"part": "Who counted?", "minutes": 8,
                       "slides": [{"slide": "02-deaths#id", "title": "Who counted?", "note": "Ask."}]}]}}

A slide is named by its notebook and the id of its first cell. It takes that cell and those that follow, up to the cell
that starts the next slide. A title replaces the slide's own heading, which may tell what a class is asked. A
part with a `"class"`, such as "Second class", begins a class of its own: the speaker's clock can start there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from notebook_decks.cells import slide_type
from notebook_decks.publish.settings import PublishError
from notebook_decks.words import ENGLISH, language_of, say


def assembled(name: str, route: Mapping[str, Any], notebooks: Mapping[str, NotebookNode]) -> NotebookNode:
    """Assemble the notebook of a route from notebooks that were run.

    Args:
        name: The route's key, such as "45"; it is shown with the minutes of each part.
        route: Its title and its parts.
        notebooks: The notebooks by the names of their files without ending.

    Raises:
        PublishError: naming every slide of the plan that no notebook has.
    """
    cells: list[NotebookNode] = []
    missing = []
    used: set[str] = set()
    numbers = {stem: number for number, stem in enumerate(notebooks, 1)}
    for part in route["parts"]:
        lesson = {"part": part["part"], "minutes": {name: part["minutes"]}, "class": part.get("class", "")}
        for slide in part["slides"]:
            stem, _, first = slide["slide"].partition("#")
            found = _slide(notebooks[stem].cells, first) if stem in notebooks else []
            if not found:
                missing.append(slide["slide"])
                continue
            if slide.get("note"):
                found.insert(1, _note(slide["note"], f"{first}-note"))
            if slide.get("title"):
                _retitle(found[0], slide["title"])
            found[0].metadata["slideshow"] = {"slide_type": "slide"}
            for cell in found:
                cell.metadata.pop("lesson", None)
                if cell["id"] in used:  # else it stays: a class hands in answers by the ids of their cells
                    cell["id"] = f"{numbers[stem]}-{cell['id']}"
                used.add(cell["id"])
            if lesson:
                found[0].metadata["lesson"] = lesson
                lesson = {}
            cells += found
        if cells and (questions := part.get("worksheet")):  # the class writes at the end of the part
            text = say("worksheet.now", count=len(questions), questions=", ".join(map(str, questions)))
            cells.append(_note(text, f"{cells[-1]['id']}-worksheet"))
    if missing:
        raise PublishError(
            f"the plan of route {name} names slides that no notebook has: {', '.join(missing)}. Write the notebook's "
            "name, # and the id of the cell that starts the slide"
        )
    made = new_notebook(cells=cells, metadata=_metadata(notebooks))
    made.metadata["title"] = route["title"]
    return made


def _note(text: str, name: str) -> NotebookNode:
    """Make a cell for the speaker's window."""
    note = new_markdown_cell(text, metadata={"slideshow": {"slide_type": "notes"}})
    note["id"] = name[:60]
    return note


def _retitle(cell: NotebookNode, title: str) -> None:
    """Put a title in the place of the heading that a cell begins with, or that its output begins with."""

    def changed(text: str) -> str:
        return re.sub(r"\A(\s*#+ ).*", lambda found: found[1] + title, text)

    if cell.cell_type == "markdown":
        cell.source = changed(cell.source)
    for output in cell.get("outputs", []):
        if "text/markdown" in output.get("data", {}):
            output["data"]["text/markdown"] = changed(output["data"]["text/markdown"])


def _slide(cells: list[NotebookNode], first: str) -> list[NotebookNode]:
    at = next((n for n, cell in enumerate(cells) if cell.get("id") == first), None)
    if at is None:
        return []
    end = next((n for n in range(at + 1, len(cells)) if slide_type(cells[n]) in {"slide", "subslide"}), len(cells))
    return [deepcopy(cell) for cell in cells[at:end] if slide_type(cell) != "skip"]


def _metadata(notebooks: Mapping[str, NotebookNode]) -> dict[str, Any]:
    """Join what the notebooks say of themselves: their kernel, their language, and the words that are Spanish."""
    languages = [name for one in notebooks.values() if (name := language_of(one.metadata)) != ENGLISH]
    own: dict[str, Any] = {"notebook_decks": {"lesson": True} | ({"language": languages[0]} if languages else {})}
    spanish: dict[str, None] = {}
    for notebook in notebooks.values():
        own |= {key: notebook.metadata[key] for key in ("kernelspec", "language_info") if key in notebook.metadata}
        spanish |= dict.fromkeys((notebook.metadata.get("explainer") or {}).get("spanish") or [])
    return own | {"explainer": {"spanish": list(spanish)}}
