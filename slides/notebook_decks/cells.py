"""Which cells a file holds: for whom it is, what stops it, and how a deck's cells form slides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Enum, Unicode

from notebook_decks.errors import ExportError
from notebook_decks.plugins import renderer_of

AUDIENCES = ("reader", "class", "teacher")
DEFAULTS = {"page": "reader", "deck": "class"}
NEVER = {  # tags whose cells never reach an audience
    "reader": {"teachers-note", "exercise", "check"},
    "class": {"answer", "teachers-note", "exercise", "check"},
    "teacher": {"check"},
}
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

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Keep what the audience may see, and number the cells as they stand in the notebook."""
        nb = deepcopy(nb)
        audience = self.audience or DEFAULTS[self.kind]
        for number, cell in enumerate(nb.cells, 1):
            cell.metadata["where"] = f"Cell {number}"
        kept = [c for c in nb.cells if is_for(c, audience)]
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
    """Tell whether an audience may see a cell."""
    own = tags(cell)
    if own & NEVER[audience] or own & {"remove-cell", "remove_cell"}:
        return False
    if audience == "teacher":
        return "exercise" not in own or "answer" in own
    return slide_type(cell) != "notes"


def charts_in(cell: NotebookNode) -> int:
    """Count the Plotly charts among a cell's outputs."""
    found = [output.get("data", {}) for output in cell.get("outputs", [])]
    return sum(FIGURE in data and not renderer_of(data) for data in found)


def check(cells: Iterable[NotebookNode]) -> None:
    """Refuse a notebook that was not run or that failed.

    Raises:
        ExportError: naming the first such cell.
    """
    for cell in cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        if cell.get("execution_count") is None:
            raise ExportError(
                f"{cell.metadata['where']} has not been run. Run the notebook (in JupyterLab: Run, Run All Cells) "
                "and save it, or add --execute to the command."
            )
        for output in cell.outputs:
            if output.output_type == "error" and "raises-exception" not in tags(cell):
                raise ExportError(
                    f"{cell.metadata['where']} ended in an error: {output.ename}: {output.evalue}. Mend the cell, or "
                    "tag it raises-exception if the error is meant to be shown."
                )


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
