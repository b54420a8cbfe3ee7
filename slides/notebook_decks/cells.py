"""Which cells a file holds: for whom it is, what stops it, and how a deck's cells form slides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from copy import deepcopy

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Enum, Unicode

from notebook_decks.errors import report
from notebook_decks.plugins import renderer_of
from notebook_decks.settings import Switch

AUDIENCES = ("reader", "class", "teacher")
DEFAULTS = {"page": "reader", "deck": "class"}
NEVER = {  # tags whose cells never reach an audience
    "reader": {"teachers-note", "exercise", "check"},
    "class": {"answer", "teachers-note", "exercise", "check"},
    "teacher": {"check", "exercise"},  # an answer without its exercise would help nobody
}
LESSON_TAGS = {"aim", "answer", "check", "exercise", "hint", "question", "slip", "teachers-note"}
FIGURE = "application/vnd.plotly.v1+json"


def tags(cell: NotebookNode) -> set[str]:
    """Give a cell's tags."""
    return set(cell.metadata.get("tags", []))


def slide_type(cell: NotebookNode) -> str:
    """Give a cell's slide type; "-" where it has none."""
    return (cell.metadata.get("slideshow") or {}).get("slide_type") or "-"


class Audience(Preprocessor):
    """Leaves out the cells that are not for the audience, so that nothing of them is in the file's bytes."""

    kind = Unicode(help="page or deck; set by the template")
    audience = Enum(
        ("", *AUDIENCES), "", help="reader, class or teacher; a page is for readers, a deck for the class"
    ).tag(config=True)

    lesson = Switch(
        False,
        help="whether the tags of a lesson (answer, exercise, hint, question, ...) act; a notebook asks for it with "
        '"notebook_decks": {"lesson": true} in its metadata',
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Keep what the audience may see, and number the cells as they stand in the notebook."""
        nb = deepcopy(nb)
        audience = self.audience or DEFAULTS[self.kind]
        resources["lesson"] = bool(self.lesson or (nb.metadata.get("notebook_decks") or {}).get("lesson"))
        if not (resources["lesson"] or self.audience):
            for cell in nb.cells:
                cell.metadata["tags"] = [tag for tag in cell.metadata.get("tags", []) if tag not in LESSON_TAGS]
        for number, cell in enumerate(nb.cells, 1):
            cell.metadata["where"] = f"Cell {number}"
        kept = [c for c in nb.cells if is_for(c, audience)]
        notes = [cell.metadata["where"] for cell in nb.cells if slide_type(cell) == "notes"]
        if notes and not self.audience:
            window = ", in the speaker's window" if self.kind == "deck" else ""
            self.log.warning(
                "%s: notes for the speaker are left out; --Audience.audience=teacher keeps them%s", notes[0], window
            )
        if self.kind == "deck":
            for cell in kept:
                if slide_type(cell) == "skip" and charts_in(cell):
                    self.log.warning(
                        "%s has a chart and the slide type 'skip': the deck leaves it out", cell.metadata["where"]
                    )
            kept = [c for c in kept if slide_type(c) != "skip"]
        nb.cells = kept
        resources["audience"] = audience
        return nb, resources


def is_for(cell: NotebookNode, audience: str) -> bool:
    """Return whether an audience may see a cell."""
    own = tags(cell)
    if own & NEVER[audience] or own & {"remove-cell", "remove_cell"}:
        return False
    return audience == "teacher" or slide_type(cell) != "notes"


def charts_in(cell: NotebookNode) -> dict[int, NotebookNode]:
    """Give the outputs of a cell that are Plotly charts in Plotly's own type, by their numbers."""
    found = {number: output.get("data", {}) for number, output in enumerate(cell.get("outputs", []))}
    return {n: cell.outputs[n] for n, data in found.items() if FIGURE in data and not renderer_of(data)}


def check(cells: Iterable[NotebookNode], emptied: Set[str] = frozenset()) -> None:
    """Report cells that were not run or that failed; outputs of cells with a tag of `emptied` were removed on purpose.

    Raises:
        ExportError: naming the first such cell, if the export is strict.
    """
    not_run = []
    for cell in cells:
        quiet = emptied | {"skip-execution", "raises-exception"}
        if cell.cell_type != "code" or tags(cell) & quiet or not _does_something(cell):
            continue
        where = cell.metadata["where"]
        if cell.get("execution_count") is None and not cell.outputs:
            not_run.append(where)
        for output in cell.outputs:
            if output.output_type == "error":
                report(
                    f"{where} ended in an error: {output.ename}: {output.evalue}. Correct the cell, or tag it "
                    "raises-exception if the error is meant to be shown."
                )
    do = "Run the notebook (in JupyterLab: Run, Run All Cells) and save it, or add --execute to the command"
    if len(not_run) == 1:
        report(f"{not_run[0]} has not been run, so nothing that it shows is in the file. {do}.")
    elif not_run:
        count, names = len(not_run), ", ".join(not_run)
        report(f"{count} cells have not been run, so nothing that they show is in the file. {do}: {names}")


def _does_something(cell: NotebookNode) -> bool:
    lines = [line.strip() for line in cell.source.splitlines()]
    return any(line and not line.startswith("#") for line in lines)


def grouped(cells: list[NotebookNode]) -> list[list[list[NotebookNode]]]:
    """Form columns of slides from cells: by their slide types, or by headings and charts where no cell has a type."""
    typed = any(slide_type(c) in {"slide", "subslide"} for c in cells)
    columns: list[list[list[NotebookNode]]] = []
    for cell in cells:
        kind = slide_type(cell) if typed else _guessed(cell, columns)
        if kind not in {"slide", "notes"} and "answer" in tags(cell):
            kind = "subslide"  # an answer comes on a slide of its own, so that it is not seen with its question
        if kind == "slide" or not columns:
            columns.append([[cell]])
        elif kind == "subslide":
            columns[-1].append([cell])
        else:
            columns[-1][-1].append(cell)
    return columns


def _guessed(cell: NotebookNode, columns: list) -> str:
    if slide_type(cell) == "notes":
        return "notes"
    heading = re.match(r"\s*(#{1,3})\s", cell.source) if cell.cell_type == "markdown" else None
    if heading:
        return "subslide" if len(heading[1]) == 3 else "slide"
    shows = any(set(o.get("data", {})) - {"text/plain"} for o in cell.get("outputs", []))
    full = columns and any(c.get("outputs") for c in columns[-1][-1])
    return "subslide" if shows and full else "-"
