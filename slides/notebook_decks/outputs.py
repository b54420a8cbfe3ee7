"""What a cell has put out, as HTML; nothing is left out in silence."""

from __future__ import annotations

import base64
import json
import re

from nbconvert.filters.ansi import ansi2html
from nbformat import NotebookNode

from notebook_decks.cells import FIGURE
from notebook_decks.errors import ExportError
from notebook_decks.figure import read
from notebook_decks.figure.chart import Chart
from notebook_decks.markup import clean, latex, markdown, tables, text
from notebook_decks.plugins import Place, renderer_of

PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
SCRIPTED = re.compile(r"Plotly\.newPlot\(\s*(?P<name>\"[^\"]+\"|'[^']+'),\s*")
FRAMES = re.compile(r"Plotly\.addFrames\([^,]+,\s*")


def figure_in(output: NotebookNode) -> dict | None:
    """Give the Plotly figure of an output: from its own type, or from the script of Plotly's notebook renderers."""
    data = output.get("data", {})
    if renderer_of(data):
        return None
    if FIGURE in data:
        return data[FIGURE]
    found = SCRIPTED.search(data.get("text/html", ""))
    if not found:
        return None
    page, at, parts = data["text/html"], found.end(), []
    for _ in range(3):
        part, at = json.JSONDecoder().raw_decode(page, at)
        parts.append(part)
        at = re.compile(r"[\s,]*").match(page, at).end()
        if page[at] not in "[{":
            break
    figure = dict(zip(("data", "layout", "config"), parts, strict=False))
    frames = FRAMES.search(page, at)
    if frames:
        figure["frames"] = json.JSONDecoder().raw_decode(page, frames.end())[0]
    return figure


def rendered(output: NotebookNode, place: Place, folder: str) -> str:
    """Write an output that is no chart.

    Raises:
        ExportError: for a type that nothing here can show.
    """
    if output.output_type == "stream":
        return f'<pre class="said">{ansi2html(output.text)}</pre>' if output.text.strip() else ""
    if output.output_type == "error":
        return f'<pre class="said">{ansi2html(chr(10).join(output.traceback))}</pre>'
    data = output.data
    if found := renderer_of(data):
        mime, renderer = found
        return renderer.render(data[mime], place)
    if "text/html" in data:
        return tables(clean(data["text/html"], place.where), place.where)
    if "text/markdown" in data:
        return markdown(data["text/markdown"], place.where, folder=folder)
    if "text/latex" in data:
        return latex(data["text/latex"])
    for mime in PICTURES:
        if mime in data:
            return _picture(mime, data[mime], output.get("metadata", {}), place)
    unknown = sorted(set(data) - {"text/plain"})
    if unknown or "text/plain" not in data:
        raise ExportError(
            f"{place.where}: an output of type {', '.join(unknown) or 'none'} cannot be shown in a file of its own. "
            "Show it as a Plotly figure, a table (text/html), text or a picture."
        )
    return f'<pre class="said">{ansi2html(data["text/plain"])}</pre>'


def _picture(mime: str, data: str, metadata: dict, place: Place) -> str:
    if mime == "image/svg+xml":
        data = base64.b64encode(data.encode("utf-8")).decode("ascii")
    own = {**metadata, **metadata.get(mime, {})} if isinstance(metadata.get(mime, {}), dict) else metadata
    alt = own.get("alt") or f"Picture made by the code of {place.where.lower()}"
    size = "".join(f' {k}="{text(own[k])}"' for k in ("width", "height") if own.get(k))
    return (
        f'<p class="picture"><img src="data:{mime};base64,{text("".join(data.split()))}" alt="{text(alt)}"{size}></p>'
    )


def chart(spec: dict, place: Place) -> Chart:
    """Read a figure of an output."""
    return read.chart(spec, id=place.id, where=place.where, kind=place.kind)
