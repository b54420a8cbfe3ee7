"""What a cell has put out, as figures and as HTML; what can only be shown in a lesser form is reported."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag
from nbconvert.filters.ansi import ansi2html
from nbformat import NotebookNode

from notebook_decks import foreign
from notebook_decks.cells import FIGURE
from notebook_decks.errors import report
from notebook_decks.html.clean import clean, is_empty, svg_picture
from notebook_decks.html.formulas import OF_OURS, Formulas, words_with_formulas
from notebook_decks.html.markdown import markdown
from notebook_decks.html.tables import tables
from notebook_decks.html.text import text
from notebook_decks.plugins import Place, renderer_of
from notebook_decks.words import html, say

PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
BESIDE_TEXT = {"application/vnd.google.colaboratory.intrinsic+json"}  # says how an editor may show a table again
SETS_UP = re.compile(r"application/(javascript|vnd\.\w+_(load|exec)\.v0\+json)")  # these run, and show nothing
TABULAR = r"\begin{tabular"  # a table of LaTeX, which a picture beside it shows better
JAVASCRIPT = "application/javascript"  # it finds the output's place as `element`
PLACES = ["canvas", "div", "p", "span", "svg"]  # where scripts draw
MOST_PLACES = 1000
CANNOT_RUN = "is drawn by a script that this file cannot run, and is left out"
WRITES = re.compile(r"""document\.write\(|\bselect\(\s*["'`]body["'`]\s*\)\s*\.(?:append|insert)\(""")  # into the page
PLACE_OF_FIGURE = re.compile("\ue002(\\d{1,9})\ue003")


class Outputs:
    """Reads the outputs of a notebook's cells.

    Args:
        folder: The notebook's folder, where pictures are looked for.
        metadata: The notebook's metadata, which may hold the state of widgets.
        formulas: The formulas of the notebook, with its macros.
    """

    def __init__(self, folder: str, metadata: Mapping[str, Any], formulas: Formulas) -> None:
        self.folder, self.metadata, self.formulas = folder, metadata, formulas

    def parts(self, output: NotebookNode, place: Place) -> list[str | dict]:
        """Give the parts of an output in their order: HTML as text, Plotly figures as dictionaries."""
        if output.output_type == "stream":
            words = _last_of_each_line(str(output.get("text", "")))
            return [f'<pre class="output">{ansi2html(words)}</pre>'] if words.strip() else []
        if output.output_type == "error":
            lines = output.get("traceback") or [f"{output.get('ename', 'Error')}: {output.get('evalue', '')}"]
            return [f'<pre class="output">{ansi2html(chr(10).join(map(str, lines)))}</pre>']
        data = output.get("data") or {}
        if found := renderer_of(data):
            mime, renderer = found
            return [renderer.render(data[mime], place)]
        figure = foreign.as_figure(data.get(FIGURE)) or foreign.in_frame(str(data.get("text/html", "")), self.folder)
        if figure:
            return [figure]
        shown, complete = foreign.in_widget(data, self.metadata)
        if shown:
            if not complete:
                report(f"{place.where}: parts of a widget need a running program, and are left out")
            return [part for one in shown for part in self.parts(NotebookNode(one), place)]
        return self._shown(data, output.get("metadata") or {}, place)

    def _shown(self, data: dict[str, Any], metadata: Mapping[str, Any], place: Place) -> list[str | dict]:
        """Show the best form that is at hand."""
        if "text/html" in data:
            scripted = any(SETS_UP.fullmatch(mime) for mime in data)
            parts, complete = self._html(str(data["text/html"]), place, scripted=scripted)
            others = [mime for mime in (*PICTURES, "text/markdown") if mime in data]
            if complete or not others:
                return parts
        if "text/markdown" in data:
            return [markdown(str(data["text/markdown"]), place.where, folder=self.folder, formulas=self.formulas)]
        pictures = [mime for mime in PICTURES if mime in data]
        if "text/latex" in data and not ("image/svg+xml" in data or (pictures and TABULAR in str(data["text/latex"]))):
            return [words_with_formulas(str(data["text/latex"]), self.formulas)]
        if pictures:
            return [_picture(pictures[0], str(data[pictures[0]]), metadata, place, self.folder)]
        if "application/json" in data:
            return [
                f'<pre class="output">{text(json.dumps(data["application/json"], indent=2, ensure_ascii=False))}</pre>'
            ]
        unknown = sorted(set(data) - {"text/plain"} - BESIDE_TEXT)
        if unknown and all(SETS_UP.fullmatch(mime) for mime in unknown):
            shows = unknown == [JAVASCRIPT] and re.search(r"\belement\b", str(data[JAVASCRIPT]))
            if shows or any("_exec." in mime for mime in unknown):
                report(f"{place.where}: this output {CANNOT_RUN}")
                return [_drawn_by_script()]
            report(f"{place.where}: a script that the output runs is left out")
            return []
        texts = [mime for mime in unknown if re.match(r"text/|application/(xml|.*(jupyter|notebook)\.std)", mime)]
        words = str(data[texts[0]] if texts else data.get("text/plain") or "")
        if unknown:
            form = "is shown as text" if words.strip() else "cannot be shown"
            report(f"{place.where}: an output of type {', '.join(unknown)} {form}")
            if not words.strip():
                return [f'<p class="missing">{html("cell.unknown_output", type=", ".join(unknown))}</p>']
        return [f'<pre class="output">{ansi2html(words)}</pre>'] if words.strip() else []

    def _html(self, page: str, place: Place, *, scripted: bool) -> tuple[list[str | dict], bool]:
        """Give the parts of an HTML output, and whether everything that it shows is among them.

        `scripted` says that the output has a script beside its HTML.
        """
        unframed = foreign.unframed(OF_OURS.sub("", page))
        page = foreign.with_first_picture(unframed)
        if page != unframed:
            report(f"{place.where}: of pictures that a script shows in turn, the file has the first")
        if "<script" in page.lower():
            scripted = True
            if "DataTable(" in page:
                report(f"{place.where}: a table is shown as it is before a script fills or sorts it")
        scripts = " ".join(script for _, script in foreign.SCRIPT.findall(page))
        page, figures, lost, changed = foreign.in_html(page)
        for name in dict.fromkeys(changed):
            report(
                f"{place.where}: a script computes or changes a part of the figure in {name}; the file shows the rest"
            )
        soup = BeautifulSoup(page, "html.parser") if figures or scripted else None
        places: list[Tag] = []
        if soup is not None:
            for number, (name, _) in enumerate(figures):
                target = soup.find(id=name) if name else None
                mark = f"\ue002{number}\ue003"
                if target is not None:
                    target.replace_with(mark)
                else:
                    soup.append(mark)
            places = [tag for tag in soup.find_all(PLACES) if not tag.find(True) and not tag.get_text(strip=True)]
            lost += [name for tag in places[:MOST_PLACES] if (name := _named_in(scripts, tag)) and name not in lost]
            for name in lost:
                instead = BeautifulSoup(_drawn_by_script(), "html.parser")
                target = soup.find(id=name)
                target.replace_with(instead) if target else soup.append(instead)
            page = str(soup)
        done = self.formulas.in_html(clean(page, place.where, folder=self.folder))
        done = self.formulas.placed(tables(done, place.where))
        drawn_by_script = bool(places) and not figures and is_empty(done) and "<form" not in page
        drawn_by_script = drawn_by_script or WRITES.search(scripts) is not None
        if lost or drawn_by_script:
            what = f"the figure in {', '.join(lost)}" if lost else "this output"
            report(f"{place.where}: {what} {CANNOT_RUN}")
            done += "" if lost else _drawn_by_script()
        parts: list[str | dict] = []
        for number, piece in enumerate(PLACE_OF_FIGURE.split(done)):
            if number % 2:
                parts += [figure for _, figure in figures[int(piece) :][:1]]  # none for a mark that the output wrote
            elif not is_empty(piece) or "<style" in piece:
                parts.append(_balanced(piece) if figures else piece)
        return parts, not (lost or drawn_by_script)


def _drawn_by_script() -> str:
    return f'<p class="missing">{html("cell.script_output")}</p>'


def _named_in(scripts: str, tag: Tag) -> str:
    """Give the id of an element where scripts name it; "" elsewhere."""
    name = str(tag.get("id") or "")
    return name if name and re.search(rf"[\"'`#]{re.escape(name)}(?![\w-])", scripts) else ""


def _balanced(piece: str) -> str:
    return str(BeautifulSoup(piece, "html.parser"))


def _last_of_each_line(words: str) -> str:
    r"""Keep of each line what its last carriage return left standing, as a terminal does.

    >>> _last_of_each_line("10 %\r50 %\r100 %\ndone\r\n")
    '100 %\ndone\n'
    """
    lines = words.replace("\r\n", "\n").split("\n")
    return "\n".join(next((part for part in reversed(line.split("\r")) if part), "") for line in lines)


def _picture(mime: str, data: str, metadata: Mapping[str, Any], place: Place, folder: str) -> str:
    own = metadata.get(mime) if isinstance(metadata.get(mime), dict) else {}
    own = {**metadata, **(own or {})}
    alt = str(own.get("alt") or say("cell.made_picture", number=place.where.rpartition(" ")[2]))
    if mime == "image/svg+xml":
        drawing = svg_picture(data[max(0, data.find("<svg")) :], place.where, folder, alt)
        return f'<p class="picture">{drawing}</p>'
    size = "".join(f' {k}="{text(own[k])}"' for k in ("width", "height") if own.get(k))
    try:
        base64.b64decode("".join(data.split()), validate=True)
    except ValueError:
        report(f"{place.where}: the data of a picture ({mime}) is damaged; the file says so in its place")
        return f'<p class="missing">{html("cell.damaged_picture", name=alt)}</p>'
    return (
        f'<p class="picture"><img src="data:{mime};base64,{text("".join(data.split()))}" alt="{text(alt)}"{size}></p>'
    )
