"""A figure as it stands in a notebook, read into a Chart.

What the chart says about itself is read from `layout.meta` (finding, measure, source, note, description, table,
columns, rows, slide, steps); a figure without it is named by its title, and described and tabled from its traces.
"""

from __future__ import annotations

import copy
from typing import Any

from notebook_decks.errors import ExportError
from notebook_decks.figure import rows
from notebook_decks.figure.chart import Chart
from notebook_decks.figure.controls import take
from notebook_decks.figure.layout import make_readable, make_room, put, widen_hovers
from notebook_decks.markup import marks, plain, text

PLAIN_FOR_GL = {"scattergl": "scatter", "scatterpolargl": "scatterpolar"}  # the same chart without WebGL
NEEDS_NETWORK = {"choropleth", "scattergeo"} | {
    f"{kind}{map_}" for kind in ("choropleth", "density", "scatter") for map_ in ("map", "mapbox")
}
NEEDS_EVAL = {"parcoords", "splom"}
KINDS = {"scatter": "points or lines", "bar": "bars", "pie": "a pie", "sankey": "flows", "heatmap": "a grid of colours"}
QUIET = {"showSendToCloud": False, "displaylogo": False, "responsive": False}
WORDS = ("finding", "measure", "source", "note", "description", "table")


def chart(spec: dict, *, id: str, where: str, kind: str = "page") -> Chart:
    """Read a figure from its Plotly output.

    Args:
        spec: The figure, with `data` and `layout`; it is not changed.
        id: The chart's id in the file.
        where: Its place for messages, such as "Cell 7".
        kind: "page" or "deck". `layout.meta["slide"]` may hold changes for a deck, of the layout or the data, such as
            {"margin.l": 200, "annotations[0].x": 0, "data[2].y": [1, 2]}: there a chart has about 790 x 300 px.

    Raises:
        ExportError: For a kind of trace that cannot be drawn without a network or without compiling code while reading.
    """
    figure = copy.deepcopy(dict(spec))
    figure["data"], figure["layout"] = figure.get("data") or [], figure.get("layout") or {}
    figure["config"] = (figure.get("config") or {}) | QUIET
    layout = figure["layout"]
    meta = layout.pop("meta", None)
    meta = meta if isinstance(meta, dict) else {}
    _refuse(figure, where)
    if kind == "deck":
        _fit_to_slide(figure, meta.get("slide") or {})
    title = layout.get("title") or {}
    title = title if isinstance(title, dict) else {"text": title}
    columns, lines, left_out = _rows(figure, meta)
    words = _words(figure, meta, title, where)
    words["description"] = words["description"] or text(_description(figure, columns, lines, left_out))
    controls = take(layout)
    make_room(layout, title)
    make_readable(figure)
    return Chart(id, figure, words, columns, lines, left_out, controls, meta.get("steps") or [])


def _fit_to_slide(figure: dict, changes: dict[str, Any]) -> None:
    for place, value in changes.items():
        put(figure if place.startswith("data[") else figure["layout"], place, value)
    for trace in figure["data"]:
        widen_hovers(trace)


def _words(figure: dict, meta: dict, title: dict, where: str) -> dict[str, str]:
    words = {k: text(meta.get(k) or "") for k in WORDS}
    named = marks(title.get("text") or "") or text(_named_by_axes(figure) or f"Chart of {where.lower()}")
    words["finding"] = words["finding"] or named
    words["measure"] = words["measure"] or marks((title.get("subtitle") or {}).get("text") or "")
    return words


def _rows(figure: dict, meta: dict) -> tuple[list[str], list[list[str]], int]:
    if not meta.get("rows"):
        return rows.table(figure)
    return [str(c) for c in meta.get("columns", [])], [[rows.cell(v) for v in row] for row in meta["rows"]], 0


def _refuse(figure: dict, where: str) -> None:
    for trace in [*figure["data"], *(t for f in figure.get("frames") or [] for t in f.get("data", []))]:
        kind = trace.get("type", "scatter")
        if kind in PLAIN_FOR_GL:
            trace["type"] = PLAIN_FOR_GL[kind]
        if kind in NEEDS_NETWORK:
            raise ExportError(
                f"{where}: a chart of type {kind!r} fetches its map while it is read; draw it without a map"
            )
        if kind in NEEDS_EVAL:
            raise ExportError(
                f"{where}: a chart of type {kind!r} compiles code while it is read, which this file forbids"
            )


def _description(figure: dict, columns: list[str], lines: list[list[str]], left_out: int) -> str:
    kinds = dict.fromkeys(KINDS.get(t.get("type", "scatter"), t.get("type", "")) for t in figure["data"])
    names = [plain(t["name"]) for t in figure["data"] if t.get("name") and t.get("showlegend", True)]
    said = f"A chart with {' and '.join(kinds) or 'nothing in it'}: {len(lines) + left_out} rows"
    said += f" of {', '.join(columns)}." if columns else "."
    return said + (f" Series: {', '.join(dict.fromkeys(names))}." if len(names) > 1 else "")


def _named_by_axes(figure: dict) -> str:
    """Name a chart without a title by what it shows: "Life expectancy by Year"."""
    layout = figure["layout"]
    x, y = (rows.title((layout.get(f"{k}axis") or {}).get("title")) for k in "xy")
    shade = rows.title(((layout.get("coloraxis") or {}).get("colorbar") or {}).get("title"))
    if shade and x and y:
        return f"{shade} by {y} and {x}"
    return f"{y} by {x}" if x and y else ""
