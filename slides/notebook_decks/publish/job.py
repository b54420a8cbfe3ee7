"""One notebook's files, made from start to end; this is what runs beside others of its kind."""

from __future__ import annotations

import base64
import logging
import re
import subprocess
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat
from nbformat import NotebookNode

from notebook_decks.cells import FIGURE, charts_in, is_for, slide_type, tags
from notebook_decks.document import chart_id
from notebook_decks.errors import ExportError, one_line
from notebook_decks.exporters import export
from notebook_decks.figure import read
from notebook_decks.figure.chart import Chart
from notebook_decks.given import notebook_in, text_of
from notebook_decks.html.text import plain
from notebook_decks.pictures import Pictures
from notebook_decks.publish import preview
from notebook_decks.publish.leaks import leak
from notebook_decks.publish.plan import DISK_FULL, FIRST_PAGE, File, Notebook, disk_fault, words
from notebook_decks.publish.run import run
from notebook_decks.publish.settings import PublishError
from notebook_decks.publish.versions import (
    answers_as_notes,
    is_teachers,
    key,
    relinked,
    student,
    unfolded,
    with_lines,
    with_page,
    with_routes,
    worksheet,
)
from notebook_decks.stills import stills
from notebook_decks.stored import picture_of
from notebook_decks.words import ENGLISH, choose, language_of

# Where the pages are to which links from the files of a folder lead; a class gets its own, without answers.
PAGES = {"read": "read", "teacher": "read", "phone": "phone", "class": "phone"}
WORDS_A_MINUTE, MINUTES_A_CHART = 200, 1


@dataclass(frozen=True)
class Job:
    """A notebook to make files from."""

    notebook: Notebook
    title: str  # of the whole
    into: Path
    done: str | None  # where the notebook as it was run is at hand; None: run it
    neighbours: dict[str, dict[str, str]]  # by folder
    timeout: int
    beside: dict[str, dict[str, str]] = field(default_factory=dict)  # the reading pages before and after its own
    pictures: dict[str, str] = field(default_factory=dict)  # of its charts, by their ids
    routes: dict[str, Any] = field(default_factory=dict)  # of the lesson; none for a route itself
    site: str | None = None  # where the published folder will be on the web, if that is known
    language: str = ENGLISH  # of a notebook that names none
    words: str = ""  # a folder with what files say themselves in further languages


@dataclass
class Made:
    """What came of it."""

    notebook: Notebook
    ran: bool = False
    has_chart: bool = False
    picture: str = ""  # of a chart in its deck: SVG
    finding: str = ""  # what that chart says, in plain words
    measure: str = ""  # what it measures, and what its colours and marks mean
    description: str = ""
    summary: str = ""  # the paragraph below its title, in plain words
    minutes: int = 1  # to read its page
    lessons: list[int] = field(default_factory=list)  # minutes of the lessons that it plans
    preview: str = ""  # the path of a picture for links to it, where these were asked for
    fault: str = ""
    warnings: list[str] = field(default_factory=list)


class Heard(logging.Handler):
    """Keeps what is logged as a warning."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.messages.append(" ".join(record.getMessage().split()))


def make(job: Job) -> Made:
    """Make the files of a notebook; what stops it stands in the result."""
    made, heard = Made(job.notebook), Heard()
    logging.getLogger().addHandler(heard)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _make(job, made)
    except PublishError as error:
        made.fault = str(error)
    except ExportError as error:
        reason = str(error).replace("add --execute to the command", "publish without --run never")
        made.fault = f"{job.notebook.path.name}: {reason}"
    except OSError as error:
        made.fault = f"{job.notebook.path.name}: {disk_fault(error)}"
    except Exception as error:  # a notebook can be damaged in any way
        made.fault = one_line(f"{job.notebook.path.name}: {type(error).__name__}: {error}")
    finally:
        logging.getLogger().removeHandler(heard)
    made.warnings = [f"{job.notebook.path.name}: {message}" for message in dict.fromkeys(heard.messages)]
    return made


def _make(job: Job, made: Made) -> None:
    source, name = Path(job.done) if job.done else job.notebook.path, job.notebook.path.name
    text = text_of(source)
    if not job.done:
        nb = notebook_in(text, name)
        run(nb, job.notebook.path, job.timeout)
        nb, _ = Pictures().preprocess(nb, {})
        text, made.ran = nbformat.writes(nb) + "\n", True
    if job.notebook.kind != "route":
        write(job.into / job.notebook.run, text)
    nb = notebook_in(text, name)  # as written, so that what is made now and later is the same to the byte
    _name_cells(nb)
    language = language_of(nb.metadata, job.language)
    if language != ENGLISH:
        own = nb.metadata.get("notebook_decks") or {}
        nb.metadata["notebook_decks"] = NotebookNode({**own, "language": language})
    choose(language, job.words)
    _say_what_to_expect(nb, made)
    pictures = _pictures(nb, job) if job.notebook.kind != "guide" else {}
    chart, picture = preview_chart(nb) if job.notebook.kind == "notebook" else (None, None)
    if chart:
        made.has_chart, made.picture = True, pictures.get(chart.id, "")
        made.finding, made.measure, made.description = (
            plain(chart.words[k]) for k in ("finding", "measure", "description")
        )
        if job.site and picture:
            made.preview = f"read/{job.notebook.path.stem}.png"
            (job.into / "read").mkdir(parents=True, exist_ok=True)
            (job.into / made.preview).write_bytes(base64.b64decode(picture.partition(",")[2]))
    for file in job.notebook.files:
        text = _written(file, nb, replace(job, pictures=pictures))
        write(job.into / file.path, _previewed(text, file, job, made) if job.site else text)


def _previewed(text: str, file: File, job: Job, made: Made) -> str:
    """Say in a file what links to it show; no picture leads to a file for the class, which is to guess first."""
    if not file.path.endswith(".html"):
        return text
    pictured, site = made.preview and not file.for_class, job.site or ""
    return preview.described(
        text,
        preview.whole(site, file.path),
        title=job.notebook.title,
        description=made.summary,
        picture=preview.whole(site, made.preview) if pictured else "",
        alt=made.description,
    )


def _say_what_to_expect(nb: NotebookNode, made: Made) -> None:
    shown = [cell for cell in nb.cells if is_for(cell, "reader")]
    texts = [cell.source for cell in shown if cell.cell_type == "markdown"]
    below = re.match(r"\s*# .*\n\s*\n((?:[^\s#>*-].*\n?)+)", texts[0]) if texts else None
    made.summary = words(" ".join(below[1].split())) if below else ""
    charts = sum(len(charts_in(cell)) for cell in shown)
    made.minutes = max(1, round(sum(len(text.split()) for text in texts) / WORDS_A_MINUTE + charts * MINUTES_A_CHART))
    plans = [(cell.metadata.get("lesson") or {}).get("minutes") or {} for cell in nb.cells]
    made.lessons = sorted({int(name) for plan in plans for name in plan if str(name).isdecimal()})


def _name_cells(nb: NotebookNode) -> None:
    """Give cells without an id one: a chart must have one name in all files, or it would get another's picture."""
    for number, cell in enumerate(nb.cells):
        if not cell.get("id"):
            cell["id"] = f"cell-{number:03}"
    nb.nbformat_minor = max(nb.nbformat_minor, 5)


def _pictures(nb: NotebookNode, job: Job) -> dict[str, str]:
    """Draw the charts of a deck, by their ids: seen until each is drawn, and on the first page."""
    if not any(charts_in(cell) for cell in nb.cells):
        return {}
    try:
        deck = export(
            nb, kind="deck", audience="teacher", folder=str(job.notebook.path.parent), words=job.words, strict=True
        )
        drawn = stills(deck)
    except (OSError, subprocess.SubprocessError) as error:
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            raise
        logging.getLogger(__name__).warning("no pictures of its charts, because Chromium failed: %s", error)
        return {}
    return {name: _steady(picture, name) for name, picture in drawn.items()}


def _steady(picture: str, name: str) -> str:
    """Put a name of our own for Plotly's, which is another one each time."""
    by_chance = re.search(r'id="defs-(\w+)"', picture)
    return picture.replace(by_chance[1], name) if by_chance else picture


def write(path: Path, text: str) -> None:
    """Write a file, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _exported(nb: NotebookNode, file: File, job: Job, kind: str, audience: str) -> str:
    pictures = job.pictures if kind == "deck" else {}
    made = export(
        nb,
        kind=kind,
        audience=audience,
        folder=str(job.notebook.path.parent),
        stills=pictures,
        beside=job.beside if file.version in {"read", "phone"} else {},
        words=job.words,
        strict=True,
    )
    folder = file.path.split("/")[0]
    way = "" if PAGES[folder] == folder else f"../{PAGES[folder]}/"
    pages = {name: way + page for name, page in job.neighbours[PAGES[folder]].items()}
    made = relinked(made, job.neighbours[folder] | {FIRST_PAGE: FIRST_PAGE}, pages)
    return with_page(made, _page_beside(file, job.notebook)) if kind == "deck" else made


def _page_beside(file: File, notebook: Notebook) -> str:
    """Name the page that a reader with a small screen opens in the place of a deck."""
    return f"../{'phone' if file.for_class or notebook.kind == 'route' else 'read'}/{quote(notebook.path.stem)}.html"


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
    own = worksheet(nb, job.title, job.notebook.routes.get(file.route))
    hidden = [c for c in nb.cells if is_teachers(c)]
    return Text(with_lines(_exported(own, file, job, "page", "class")), own.cells, hidden)


def _guide(nb: NotebookNode, file: File, job: Job) -> Text:
    made = _whole("page", "teacher")(nb, file, job)
    return replace(made, text=unfolded(made.text))


def _key(nb: NotebookNode, file: File, job: Job) -> Text:
    own = key(nb, job.title)
    return Text(unfolded(_exported(own, file, job, "page", "teacher")), own.cells, [])


def _teacher(nb: NotebookNode, file: File, job: Job) -> Text:
    own = with_routes(answers_as_notes(nb), job.notebook.path.stem, job.routes)
    return _whole("deck", "teacher")(own, file, job)


MAKERS = {
    "read": _whole("page", "reader"),
    "class": _whole("deck", "class"),
    "phone": _whole("page", "class"),
    "teacher": _teacher,
    "student": _student,
    "worksheet": _worksheet,
    "guide": _guide,
    "key": _key,
}


def _written(file: File, nb: NotebookNode, job: Job) -> str:
    made = MAKERS[file.version](nb, file, job)
    leaked = leak(made.text, hidden=made.hidden, shown=made.shown)
    if leaked:
        raise PublishError(
            f"{job.notebook.path.name}: {file.path} would hold words that are for the teacher alone: {leaked!r}. "
            "Say them in no cell that this file shows, or take the tag off the cell that hides them."
        )
    return made.text


def preview_chart(nb: NotebookNode) -> tuple[Chart | None, str | None]:
    """Find the chart that stands for the notebook: one in a cell with the tag `preview`, else the first in its deck.

    A chart after a question comes last, since it may show the answer. With the chart comes the address (data:) of the
    picture that the notebook keeps of it, if it keeps one.
    """
    shown = [c for c in nb.cells if is_for(c, "class") and slide_type(c) != "skip"]
    found = []
    for before, cell in zip([None, *shown], shown, strict=False):
        rank = ("preview" not in tags(cell), before is not None and "question" in tags(before))
        found += [(rank, chart_id(cell.id, number), output) for number, output in charts_in(cell).items()]
    if not found:
        return None, None
    _, name, output = min(found, key=lambda one: one[0])
    return read.chart(output["data"][FIGURE], id=name, where=""), picture_of(output)
