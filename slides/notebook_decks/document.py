"""A notebook as one file: the preprocessor that the templates' conf.json names, and which renders the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Dict, Unicode

from notebook_decks import fonts, libraries, words
from notebook_decks.cells import check, grouped, slide_type, tags
from notebook_decks.errors import ExportError, report, strict
from notebook_decks.figure import maps, read, rows
from notebook_decks.figure.chart import Chart
from notebook_decks.figure.write import script_json, written
from notebook_decks.html.clean import is_empty
from notebook_decks.html.formulas import Formulas
from notebook_decks.html.markdown import markdown
from notebook_decks.html.text import code, spanish, text, unescaped
from notebook_decks.layouts import composed, count_words, is_note
from notebook_decks.licences import licences
from notebook_decks.linker import SCRIPTS, linked
from notebook_decks.outputs import Outputs
from notebook_decks.plugins import Place, renderers
from notebook_decks.settings import Switch, given, tags_without_outputs, warn_of_settings
from notebook_decks.stored import drawing_in, picture_of
from notebook_decks.templating import environment

FIGURE_START = '<figure class="chart" data-chart'
FILLED_IN = re.compile(r'<fieldset\b|role="slider"|type="range"')  # something for the reader to answer with
INCLUDES = {"code": "include_code", "raw": "include_raw", "text": "include_markdown"}  # nbconvert's exclude_* settings
LEAST_SUMMARY = 15  # words; a shorter line below a title is a subtitle
MOST_NAMES = 20  # of places in a message
FOLDS = ("answer", "hint")  # tags whose cells are folded away


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
    part: str = ""  # of the lesson, which starts with this cell
    begins: str = ""  # the name of the class that starts with this cell, where a lesson has several
    own_fold: str = ""  # the words on its fold, where they are not those of its tag

    @property
    def fold(self) -> str:
        """The words on the fold that hides it, if it is folded."""
        tag = next((tag for tag in FOLDS if tag in self.tags), "")
        return tag and (self.own_fold or words.say(f"cell.{tag}"))

    @property
    def code_label(self) -> str:
        """The words on the fold that hides its code in a page."""
        return words.say(f"cell.{'chart_code' if self.charts else 'output_code' if self.body else 'code'}")


class Document(Preprocessor):
    """Turns each cell into the HTML that the template puts in its place, and gives the template what it asks for."""

    kind = Unicode(help="page or deck; set by the template")
    plotly_bundles = Unicode(
        help="folder with npm's plotly.js (outlines of maps) or its smaller builds; else PLOTLY_BUNDLES or node_modules"
    ).tag(config=True)
    stills = Dict(help="pictures of charts (SVG) by the chart's id, seen until the chart itself is drawn").tag(
        config=True
    )

    beside = Dict(help="the pages before and after this one in a set: previous and next, each with title and link").tag(
        config=True
    )
    words = Unicode(help="folder with texts of the file itself in further languages, such as es.toml").tag(config=True)
    strict = Switch(False, help="whether an export fails where something could only be shown in a lesser form").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Check the notebook, render its cells and hand the result to the template as resources.document."""
        strict.set(self.strict)
        resources["language_code"] = words.language_of(nb.metadata, resources["language_code"])
        words.choose(resources["language_code"], self.words)
        self._cells = nb.cells
        self._charts: list[Chart] = []
        self._outlines = libraries.outlines(self.plotly_bundles)
        self._audience, self._lesson = resources["audience"], resources["lesson"]
        self._folder = (resources.get("metadata") or {}).get("path") or ""
        self._formulas = Formulas()
        self._outputs = Outputs(self._folder, nb.metadata, self._formulas)
        about = nb.metadata.get("language_info") or {}
        kernel = nb.metadata.get("kernelspec") or {}
        self._language = about.get("pygments_lexer") or about.get("name") or kernel.get("language") or "python"
        mark = spanish((nb.metadata.get("explainer") or {}).get("spanish", []))
        views = []
        ids: set[str] = set()
        for number, cell in enumerate(nb.cells, 1):
            cell_id = str(cell.get("id") or number)
            if cell_id in ids:  # copied by an editor, or equal to a number
                cell_id = f"{cell_id}:cell-{number}"
            ids.add(cell_id)
            try:
                view = self._view(cell, cell_id)
            except ExportError:
                raise
            except Exception as error:  # a cell can be damaged in any way
                said = f"{type(error).__name__}: {error!s:.300}"
                raise ExportError(f"{cell.metadata['where']} is damaged and could not be exported: {said}") from error
            view.body = mark(view.body)
            views.append(view)
        link_headings(views)
        resources["document"] = {
            "kind": self.kind,
            "audience": self._audience,
            "lesson": resources["lesson"],
            "title": title_of(nb, views, (resources.get("metadata") or {}).get("name") or "Notebook"),
            "views": [v for v in views if v.body or v.code],
            "columns": self._columns(nb.cells, views) if self.kind == "deck" else [],
            "contents": contents(views),
            "charts": len(self._charts),
            "terms": terms(nb),
        }
        shown = [resources["document"]["title"], *(view.body + view.code for view in views)]
        resources["document"] |= self._assets("".join(shown))
        resources["document"] |= {"write": self._write, "written": False}
        self._count_charts(resources["document"])
        return nb, resources

    @pass_context
    def _write(self, context: Context, resources: dict) -> str:
        """Write the file; the installed template calls this, since the exporter's settings come after preprocessors."""
        exporter = context.environment.filters["highlight_code"].parent
        resources["document"]["written"] = True
        made = given(exporter)
        warn_of_settings(exporter, made, self.log)
        check(self._cells, emptied=tags_without_outputs(exporter))
        wanted, document = resources["global_content_filter"], resources["document"]
        for view in document["views"]:
            if not wanted[INCLUDES[view.kind]]:
                view.body = view.code = ""
            if not wanted["include_output"] and view.kind == "code":
                view.body = ""
        columns = document["columns"]
        final = columns[-1][-1] if len(columns) > 1 else None
        document |= {"opening": opening(document["views"]), "beside": self.beside} if self.kind == "page" else {}
        document |= {"transition": made.get("reveal_transition", "none"), "number": made.get("reveal_number", "c/t")}
        document["columns"] = [[composed(cells, last=cells is final) for cells in column] for column in columns]
        return environment().get_template(f"{self.kind}.html.j2").render(resources=resources)

    def _view(self, cell: NotebookNode, cell_id: str) -> View:
        view = View(f"cell:{cell_id}", "text", sorted(tags(cell)), slide_type(cell))
        lesson = cell.metadata.get("lesson") or {}
        view.minutes, view.part = lesson.get("minutes") or {}, lesson.get("part") or ""
        view.begins = lesson.get("class") or ""
        view.own_fold = str(lesson.get("fold") or "")
        where = self._formulas.where = cell.metadata["where"]
        if cell.cell_type == "markdown":
            view.body = markdown(
                cell.source, where, attachments=cell.get("attachments"), folder=self._folder, formulas=self._formulas
            )
        elif cell.cell_type == "code":
            self._fill_code(view, cell)
        else:
            self._fill_raw(view, cell)
        return view

    def _fill_raw(self, view: View, cell: NotebookNode) -> None:
        """Show a raw cell that is HTML or Markdown; settings for other programs show nothing."""
        view.kind = "raw"
        kind = str(cell.metadata.get("raw_mimetype") or cell.metadata.get("format") or "").lower()
        where = cell.metadata["where"]
        if re.match(r"\s*---\s*\n.*?\n---\s*$", cell.source, re.DOTALL) or not cell.source.strip():
            return
        if kind in {"", "text/html", "text/markdown"}:
            view.body = markdown(cell.source, where, folder=self._folder, formulas=self._formulas)
            if not view.body.strip() or is_empty(view.body):
                self.log.warning("%s: a raw cell contains nothing that the file can show, and is left out", where)
        else:
            self.log.warning("%s: a raw cell for %s is left out", where, kind)

    def _fill_code(self, view: View, cell: NotebookNode) -> None:
        view.kind = "code"
        if "remove-output" not in view.tags:
            view.body = "\n".join(self._output(o, view, cell, n) for n, o in enumerate(cell.outputs)).strip()
        removed = (cell.metadata.get("transient") or {}).get("remove_source")  # TagRemovePreprocessor sets it
        folded = (cell.metadata.get("jupyter") or {}).get("source_hidden")  # in JupyterLab; nbconvert shows it
        hidden = removed or "remove-input" in view.tags or (self._lesson and folded)
        if self.kind == "deck":
            hidden = hidden or view.charts or "hide-input" in view.tags
        if cell.source.strip() and not hidden:
            view.code = code(cell.source, cell.metadata.get("magics_language") or self._language)

    def _output(self, output: NotebookNode, view: View, cell: NotebookNode, number: int) -> str:
        where = cell.metadata["where"]
        first = chart_id(view.id.removeprefix("cell:"), number)
        parts = self._outputs.parts(output, Place(first, self.kind, self._audience, where))
        shown, figures = [], 0
        for part in parts:
            if isinstance(part, str):
                view.form = view.form or FILLED_IN.search(part) is not None
                shown.append(part)
            else:
                # Not the number alone: that is how the next output's chart is named.
                name = f"{first}:figure-{figures + 1}" if figures else first
                place = Place(name, self.kind, self._audience, where)
                shown.append(self._chart(part, view, place, picture_of(output) or ""))
                figures += 1
        return "\n".join(shown)

    def _chart(self, spec: dict, view: View, place: Place, picture: str) -> str:
        try:
            made = read.chart(spec, id=place.id, where=place.where, kind=place.kind, no_outlines=self._outlines.missing)
        except read.NotDrawn as reason:
            report(str(reason))
            said = words.html("chart.only_table", type=reason.kind)
            if reason.package:
                said = words.html("chart.no_outlines", package=reason.package)
            return f'<p class="missing">{said}</p>{rows.as_html(*rows.table(spec))}'
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            report(f"{place.where}: this chart is no valid figure and is not drawn: {error!r}")
            return f'<p class="not-drawn">{words.html("chart.no_figure")}</p>'
        self._report_places(made, place.where)
        self._charts.append(made)
        view.charts += 1
        still = self.stills.get(made.id, "")
        return written(made, self.kind, still, drawing_in(picture, spec) if picture and not still else "")

    def _report_places(self, made: Chart, where: str) -> None:
        codes = self._outlines.places(made.outlines)
        lost = maps.without_outlines(made.figure, codes) if codes else []
        if not lost:
            return
        more = f" and {len(lost) - MOST_NAMES} more" if len(lost) > MOST_NAMES else ""
        finest = all(name.endswith("_50m") for name in made.outlines)
        report(
            f"{where}: a map does not draw {', '.join(lost[:MOST_NAMES])}{more}, which have no outlines in it"
            f"{'' if finest else '; layout.geo.resolution = 50 has more'}"
        )

    def _columns(self, nb_cells: list[NotebookNode], views: list[View]) -> list[list[list[View]]]:
        by_cell = {id(cell): view for cell, view in zip(nb_cells, views, strict=True)}
        columns = [[[by_cell[id(c)] for c in slide] for slide in column] for column in grouped(nb_cells)]
        shown = [[s for s in column if any((v.body or v.code) and not is_note(v) for v in s)] for column in columns]
        return [column for column in shown if column]

    def _assets(self, body: str) -> dict[str, Any]:
        plugins = renderers().values()
        script = linked([SCRIPTS / f"{self.kind}.js", *(path for plugin in plugins for path in plugin.scripts)])
        styles = _texts(path for plugin in plugins for path in plugin.styles)
        style = libraries.own("theme.css", "common.css", f"{self.kind}.css") + styles
        texts = script_json(words.for_scripts())
        found = [script]
        reveal = {}
        if self.kind == "deck":
            reveal = {
                "before_start": linked([SCRIPTS / "before_start.js"]),
                "script": libraries.reveal("reveal.js"),
                "style": libraries.reveal("reset.css") + libraries.reveal("reveal.css"),
            }
            found += [reveal["before_start"], reveal["script"]]
        library = None
        outlines = self._outlines.packed(set().union(*(c.outlines for c in self._charts)))
        hashes = [libraries.sha256(as_in_page(s)) for s in found]
        if self._charts:
            library = libraries.plotly(set().union(*(c.kinds for c in self._charts)), self.plotly_bundles)
            self.log.info("charts are drawn by %s", library.name)
            hashes.append(library.sha256)
        policy = (
            f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; img-src data: blob:; "
            "font-src data:; media-src data:; base-uri 'none'; form-action 'none'"
        )
        return {
            "script": as_in_page(script),
            "texts": texts,
            "style": fonts.face(body + script + words.letters()) + "\n" + style,
            "speaker_style": libraries.own("theme.css", "speaker.css"),
            "reveal": reveal,
            "library": library,
            "outlines": outlines,
            "policy": policy,
            "licences": as_in_page(
                licences(
                    charts=bool(self._charts),
                    deck=self.kind == "deck",
                    outlines=self._outlines.folder if outlines else None,
                )
            ),
        }

    def _count_charts(self, document: dict) -> None:
        """Refuse to give a file with fewer charts than the notebook has."""
        wanted = len(self._charts)
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


def link_headings(views: list[View]) -> None:
    """Give each heading an id of its own, and let links arrive that write an id in another way than it is here."""
    seen: set[str] = set()

    def unlike(found: re.Match) -> str:
        number, name = 1, found[2]
        while name in seen:
            number += 1
            name = f"{found[2]}-{number}"
        seen.add(name)
        return f"{found[1]}{name}"

    for view in views:
        view.body = re.sub(r'(<h[1-6] id=")([^"]+)', unlike, view.body)
    ids = {found for view in views for found in re.findall(r'\bid="([^"]+)"', view.body)}
    alike = {_alike(name): name for name in sorted(ids, reverse=True)}

    def arrive(found: re.Match) -> str:
        name = unescaped(found[1])
        target = name if name in ids else alike.get(_alike(name), name)
        return f'href="#{text(target)}"'

    for view in views:
        view.body = re.sub(r'href="#([^"]+)"', arrive, view.body)


def _alike(name: str) -> str:
    return re.sub(r"\W+", "-", unquote(name).lower()).strip("-")


def _texts(paths: Iterable[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in dict.fromkeys(paths))


def as_in_page(script: str) -> str:
    """Write a script so that it can stand between script tags, and so that its hash is that of the page's own bytes."""
    return re.sub(r"</(script)", r"<\\/\1", script, flags=re.IGNORECASE).replace("<!--", "<\\!--").replace("\r\n", "\n")


def title_of(nb: NotebookNode, views: list[View], name: str) -> str:
    """Name the document: the notebook's title, else its first main heading, else its file."""
    if title := nb.metadata.get("title"):
        return title
    first = next((m for v in views if (m := re.search(r"(?s)<h1[^>]*>(.*?)</h1>", v.body))), None)
    return unescaped(re.sub(r"<[^>]*>", "", first[1])).strip() if first else name


def terms(nb: NotebookNode) -> dict[str, str]:
    """Give the licence of a notebook's numbers and how to cite it, where its metadata says so."""
    own = nb.metadata.get("notebook_decks") or {}
    return {name: str(own[name]) for name in ("licence", "citation") if own.get(name)}


def opening(views: list[View]) -> dict[str, str]:
    """Take the main heading out of the first cell, and the paragraph below it, which says in short what follows.

    Returns:
        The cell's id, the heading and the paragraph (HTML); nothing where the file does not begin with a heading.
    """
    first = next((view for view in views if view.body or view.code), None)
    found = first and re.match(r"(?s)\s*(<h1\b.*?</h1>)\s*(<p>.*?</p>)?", first.body)
    if not first or not found:
        return {}
    summary = found[2] if count_words(found[2] or "") >= LEAST_SUMMARY else ""
    first.body = first.body[found.end(2 if summary else 1) :].strip()
    return {"id": first.id, "title": found[1], "summary": summary}


def contents(views: list[View]) -> list[dict[str, str]]:
    """List the headings of the second level with their places."""
    found = re.findall(r'(?s)<h2 id="([^"]+)"[^>]*>(.*?)</h2>', "".join(v.body for v in views))
    return [{"id": place, "words": re.sub(r"</?a\b[^>]*>", "", words)} for place, words in found]
