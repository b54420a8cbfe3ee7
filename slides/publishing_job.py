"""One notebook's files, made from start to end; this is what runs beside others of its kind."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from slides import figures, outputs
from slides.cells import is_for, slide_type
from slides.exporting import export
from slides.faults import ExportError
from slides.markup import plain
from slides.publishing_leaks import leak
from slides.publishing_plan import File, Notebook, PublishError
from slides.publishing_run import run
from slides.publishing_versions import is_teachers, key, relinked, student, unfolded, with_lines, worksheet


@dataclass(frozen=True)
class Job:
    """A notebook to make files from."""

    notebook: Notebook
    title: str  # of the whole
    into: Path
    done: str | None  # where the notebook as it was run is at hand; None: run it
    neighbours: dict[str, dict[str, str]]  # by folder
    timeout: int


@dataclass
class Made:
    """What came of it."""

    notebook: Notebook
    ran: bool = False
    figure: dict | None = None  # the first chart that the class sees
    finding: str = ""  # what it says, in plain words
    description: str = ""
    fault: str = ""
    warnings: list[str] = field(default_factory=list)


class Heard(logging.Handler):
    """Keeps what is logged as a warning."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.said.append(" ".join(record.getMessage().split()))


def make(job: Job) -> Made:
    """Make the files of a notebook; what stops it is told in the result."""
    made, heard = Made(job.notebook), Heard()
    logging.getLogger().addHandler(heard)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _make(job, made)
    except PublishError as error:
        made.fault = str(error)
    except ExportError as error:
        made.fault = f"{job.notebook.path.name}: {error}"
    finally:
        logging.getLogger().removeHandler(heard)
    made.warnings = [f"{job.notebook.path.name}: {said}" for said in dict.fromkeys(heard.said)]
    return made


def _make(job: Job, made: Made) -> None:
    source = Path(job.done) if job.done else job.notebook.path
    text = source.read_text(encoding="utf-8")
    if not job.done:
        nb = nbformat.reads(text, as_version=4)
        run(nb, job.notebook.path, job.timeout)
        text, made.ran = nbformat.writes(nb) + "\n", True
    write(job.into / job.notebook.run, text)
    nb = nbformat.reads(text, as_version=4)  # as written, so that what is made now and later is the same to the byte
    for file in job.notebook.files:
        write(job.into / file.path, _written(file, nb, job))
    if job.notebook.kind == "notebook":
        chart = _first_chart(nb)
        if chart:
            made.figure = chart.figure
            made.finding, made.description = (plain(chart.words[k]) for k in ("finding", "description"))


def write(path: Path, text: str) -> None:
    """Write a file, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _exported(nb: NotebookNode, file: File, job: Job, kind: str, audience: str) -> str:
    made = export(nb, kind=kind, audience=audience, folder=str(job.notebook.path.parent))
    return relinked(made, job.neighbours[file.path.split("/")[0]])


@dataclass
class Text:
    """A file's text, the cells that it shows, and those whose words must not be in it."""

    text: str
    shown: list[NotebookNode]
    hidden: list[NotebookNode]


def _whole(kind: str, audience: str) -> Callable[[NotebookNode, File, Job], Text]:
    def maker(nb: NotebookNode, file: File, job: Job) -> Text:
        shown = [c for c in nb.cells if is_for(c, audience)]
        hidden = [c for c in nb.cells if is_teachers(c) and not is_for(c, audience)]
        return Text(_exported(nb, file, job, kind, audience), shown, hidden)

    return maker


def _student(nb: NotebookNode, file: File, job: Job) -> Text:
    own = student(nb)
    return Text(nbformat.writes(own) + "\n", own.cells, [c for c in nb.cells if is_teachers(c)])


def _worksheet(nb: NotebookNode, file: File, job: Job) -> Text:
    own = worksheet(nb, job.title)
    hidden = [c for c in nb.cells if is_teachers(c)]
    return Text(with_lines(_exported(own, file, job, "page", "class")), own.cells, hidden)


def _key(nb: NotebookNode, file: File, job: Job) -> Text:
    own = key(nb, job.title)
    return Text(unfolded(_exported(own, file, job, "page", "teacher")), own.cells, [])


MAKERS = {
    "read": _whole("page", "reader"),
    "class": _whole("deck", "class"),
    "teacher": _whole("deck", "teacher"),
    "student": _student,
    "worksheet": _worksheet,
    "guide": _whole("page", "teacher"),
    "key": _key,
}


def _written(file: File, nb: NotebookNode, job: Job) -> str:
    made = MAKERS[file.version](nb, file, job)
    words = leak(made.text, hidden=made.hidden, shown=made.shown)
    if words:
        raise PublishError(
            f"{job.notebook.path.name}: {file.path} would hold words that are for the teacher alone: {words!r}. "
            "Say them in no cell that this file shows, or take the tag off the cell that hides them."
        )
    return made.text


def _first_chart(nb: NotebookNode) -> figures.Chart | None:
    for cell in nb.cells:
        if is_for(cell, "class") and slide_type(cell) != "skip" and cell.cell_type == "code":
            for output in cell.outputs:
                spec = outputs.figure_in(output)
                if spec:
                    return figures.chart(spec, id="picture", where="")
    return None
