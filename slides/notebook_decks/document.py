"""A notebook as one file: the preprocessor that the templates' conf.json names, and which renders the whole file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Dict, Unicode

from notebook_decks import fonts, libraries, outputs
from notebook_decks.cells import charts_in, check, grouped, slide_type, tags
from notebook_decks.errors import ExportError
from notebook_decks.figure.chart import Chart
from notebook_decks.figure.write import written
from notebook_decks.layouts import composed, is_note
from notebook_decks.licences import licences
from notebook_decks.markup import code, markdown, spanish, text
from notebook_decks.plugins import Place, renderers
from notebook_decks.templating import environment

CHART_SCRIPTS = ("library.js", "charts.js", "controls.js", "points.js", "tables.js", "address.js")
SCRIPTS = {
    "page": (*CHART_SCRIPTS, "page.js"),
    "deck": (*CHART_SCRIPTS, "speaker.js", "deck.js"),
}
FIGURE_START = '<figure class="chart" data-chart'
FILLED_IN = re.compile(r'<fieldset\b|role="slider"|type="range"')  # something for the reader to answer with
FOLDS = {"answer": "Answer", "hint": "Hint"}


@dataclass
class View:
    """A cell as it is written into the file."""

    id: str
    kind: str  # text, code or raw
    tags: list[str]
    slide_type: str
    body: str = ""  # Markdown, or a code cell's outputs
    code: str = ""  # coloured source; empty where it is hidden
    charts: int = 0
    form: bool = False  # the reader fills something in
    minutes: dict[str, Any] = field(default_factory=dict)

    @property
    def fold(self) -> str:
        """The words on the fold that hides it, if it is folded."""
        return next((words for tag, words in FOLDS.items() if tag in self.tags), "")

    @property
    def code_label(self) -> str:
        """The words on the fold that hides its code in a page."""
        return "How this chart is made" if self.charts else "How this is made" if self.body else "Code"


class Document(Preprocessor):
    """Turns each cell into the HTML that the template puts in its place, and gives the template what it asks for."""

    kind = Unicode(help="page or deck; set by the template")
    plotly_bundles = Unicode(
        help="folder with npm's plotly.js-basic-dist-min or -cartesian-dist-min; else PLOTLY_BUNDLES or node_modules"
    ).tag(config=True)
    stills = Dict(help="pictures of charts (SVG) by the chart's id, seen until the chart itself is drawn").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Check the notebook, render its cells and hand the result to the template as resources.document."""
        check(nb.cells)
        self._charts: list[Chart] = []
        self._broken = 0
        self._audience = resources["audience"]
        self._folder = (resources.get("metadata") or {}).get("path") or ""
        self._language = nb.metadata.get("kernelspec", {}).get("language") or "python"
        mark = spanish((nb.metadata.get("explainer") or {}).get("spanish", []))
        views = []
        for number, cell in enumerate(nb.cells):
            view = self._view(cell, cell.get("id") or str(number + 1))
            view.body = mark(view.body)
            views.append(view)
        resources["document"] = {
            "kind": self.kind,
            "audience": self._audience,
            "title": title_of(nb, views, (resources.get("metadata") or {}).get("name") or "Notebook"),
            "views": [v for v in views if v.body or v.code],
            "columns": self._columns(nb.cells, views) if self.kind == "deck" else [],
            "contents": contents(views),
            "charts": len(self._charts),
        }
        words = [resources["document"]["title"], *(view.body + view.code for view in views)]
        resources["document"] |= self._assets("".join(words))
        resources["document"]["write"] = self._write
        self._account(nb, resources["document"])
        columns = resources["document"].pop("columns")
        final = columns[-1][-1] if len(columns) > 1 else None
        resources["document"]["columns"] = [
            [composed(cells, last=cells is final) for cells in column] for column in columns
        ]
        return nb, resources

    def _write(self, resources: dict) -> str:
        """Write the file; the installed template calls this, since its settings come after the preprocessors."""
        return environment().get_template(f"{self.kind}.html.j2").render(resources=resources)

    def _view(self, cell: NotebookNode, cell_id: str) -> View:
        view = View(f"cell:{cell_id}", "text", sorted(tags(cell)), slide_type(cell))
        view.minutes = (cell.metadata.get("lesson") or {}).get("minutes") or {}
        where = cell.metadata["where"]
        if cell.cell_type == "markdown":
            view.body = markdown(cell.source, where, attachments=cell.get("attachments"), folder=self._folder)
        elif cell.cell_type == "code":
            self._fill_code(view, cell)
        elif cell.metadata.get("raw_mimetype", "").lower() in {"", "text/html"}:
            view.body = markdown(cell.source, where)
        return view

    def _fill_code(self, view: View, cell: NotebookNode) -> None:
        view.kind = "code"
        if "remove-output" not in view.tags:
            view.body = "\n".join(self._output(o, view, cell, n) for n, o in enumerate(cell.outputs)).strip()
        hidden = "remove-input" in view.tags or (cell.metadata.get("jupyter") or {}).get("source_hidden")
        if self.kind == "deck":
            hidden = hidden or view.charts or "hide-input" in view.tags
        if cell.source.strip() and not hidden:
            view.code = code(cell.source, self._language)

    def _output(self, output: NotebookNode, view: View, cell: NotebookNode, number: int) -> str:
        place = Place(
            chart_id(view.id.removeprefix("cell:"), number), self.kind, self._audience, cell.metadata["where"]
        )
        spec = outputs.figure_in(output)
        if spec is None:
            written_output = outputs.rendered(output, place, self._folder)
            view.form = view.form or FILLED_IN.search(written_output) is not None
            return written_output
        try:
            made = outputs.chart(spec, place)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            self.log.warning("%s: this chart is no valid figure and is not drawn: %r", place.where, error)
            self._broken += 1
            return f'<p class="not-drawn">{text(place.where)}: this chart is no valid figure and is not drawn.</p>'
        self._charts.append(made)
        view.charts += 1
        return written(made, self.kind, self.stills.get(made.id, ""))

    def _columns(self, nb_cells: list[NotebookNode], views: list[View]) -> list[list[list[View]]]:
        by_cell = {id(cell): view for cell, view in zip(nb_cells, views, strict=True)}
        columns = [[[by_cell[id(c)] for c in slide] for slide in column] for column in grouped(nb_cells)]
        shown = [[s for s in column if any((v.body or v.code) and not is_note(v) for v in s)] for column in columns]
        return [column for column in shown if column]

    def _assets(self, body: str) -> dict[str, Any]:
        plugins = renderers().values()
        more = _texts(path for plugin in plugins for path in plugin.scripts)
        script = libraries.scripts(*SCRIPTS[self.kind]).replace("/* more */", more)
        styles = _texts(path for plugin in plugins for path in plugin.styles)
        style = libraries.own("common.css", f"{self.kind}.css") + styles
        found = [script]
        reveal = {}
        if self.kind == "deck":
            reveal = {
                "script": libraries.reveal("reveal.js"),
                "style": libraries.reveal("reset.css") + libraries.reveal("reveal.css"),
            }
            found.append(reveal["script"])
        library = None
        hashes = [libraries.sha256(as_in_page(s)) for s in found]
        if self._charts:
            library = libraries.plotly(set().union(*(c.kinds for c in self._charts)), self.plotly_bundles)
            self.log.info("charts are drawn by %s", library.name)
            hashes.append(library.sha256)
        policy = (
            f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; img-src data: blob:; "
            "font-src data:; base-uri 'none'; form-action 'none'"
        )
        return {
            "script": as_in_page(script),
            "style": fonts.face(body + script) + "\n" + style,
            "speaker_style": libraries.own("speaker.css"),
            "reveal": reveal,
            "library": library,
            "policy": policy,
            "licences": as_in_page(licences(charts=bool(self._charts), deck=self.kind == "deck")),
        }

    def _account(self, nb: NotebookNode, document: dict) -> None:
        """Refuse to give a file with fewer charts than the notebook has."""
        wanted = sum(charts_in(c) for c in nb.cells if "remove-output" not in tags(c)) - self._broken
        placed = "".join(v.body for v in document["views"]) if self.kind == "page" else ""
        placed += "".join(v.body for column in document["columns"] for slide in column for v in slide)
        if placed.count(FIGURE_START) < wanted:
            raise ExportError(f"the notebook has {wanted} charts and the file would have {placed.count(FIGURE_START)}")


def chart_id(cell_id: str, number: int) -> str:
    """Name the chart in a cell's output of this number; the colon keeps our ids apart from the notebook's own.

    >>> chart_id("guess", 0), chart_id("guess", 2)
    ('chart:guess', 'chart:guess:2')
    """
    return f"chart:{cell_id}:{number}" if number else f"chart:{cell_id}"


def _texts(paths: Iterable[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in dict.fromkeys(paths))


def as_in_page(script: str) -> str:
    """Write a script so that it can stand between script tags, and so that its hash is that of the page's own bytes."""
    return re.sub(r"</(script)", r"<\\/\1", script, flags=re.IGNORECASE).replace("<!--", "<\\!--").replace("\r\n", "\n")


def title_of(nb: NotebookNode, views: list[View], name: str) -> str:
    """Name the document: the notebook's title, else its first main heading, else its file."""
    first = next((m for v in views if (m := re.search(r"(?s)<h1[^>]*>(.*?)</h1>", v.body))), None)
    return nb.metadata.get("title") or (html.unescape(re.sub(r"<[^>]*>", "", first[1])).strip() if first else name)


def contents(views: list[View]) -> list[dict[str, str]]:
    """List the headings of the second level with their places."""
    found = re.findall(r'(?s)<h2 id="([^"]+)"[^>]*>(.*?)</h2>', "".join(v.body for v in views))
    return [{"id": place, "words": re.sub(r"</?a\b[^>]*>", "", words)} for place, words in found]
