"""A figure as it stands in a notebook, read into a Chart.

What the chart says about itself is read from `layout.meta` (finding, measure, unit, source, note, description, table,
columns, rows, links, slide, steps, builds_up); a figure without it is named by its title, and described and tabled
from its traces.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from notebook_decks.errors import report
from notebook_decks.figure import maps, rows, steps
from notebook_decks.figure.chart import Chart, Control
from notebook_decks.figure.controls import take
from notebook_decks.figure.layout import join_wrapped_lines, make_readable, make_room, put
from notebook_decks.html.clean import SAFE_LINK
from notebook_decks.html.text import marks, plain, text
from notebook_decks.words import say

PLAIN_FOR_GL = {"scattergl": "scatter", "scatterpolargl": "scatterpolar"}  # the same chart without WebGL
ON_TILES = {  # maps with tiles from the network, and what draws the same marks without tiles
    "choroplethmap": "choropleth",
    "choroplethmapbox": "choropleth",
    "scattermap": "scattergeo",
    "scattermapbox": "scattergeo",
}
NEEDS_TILES = {"densitymap", "densitymapbox"}
NEEDS_EVAL = {"parcoords", "splom"}
REMOVED = {"area": "barpolar", "contourgl": "contour", "heatmapgl": "heatmap", "pointcloud": "scatter"}
ON_OLD_POLAR_AXES = {"bar": "barpolar", "scatter": "scatterpolar"}  # where a trace has r and t in place of x and y
KNOWN = {  # the kinds of trace of plotly.js; it draws any other as a scatter
    "bar", "barpolar", "box", "candlestick", "carpet", "choropleth", "cone", "contour", "contourcarpet", "funnel",
    "funnelarea", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "icicle", "image", "indicator",
    "isosurface", "mesh3d", "ohlc", "parcats", "pie", "quiver", "sankey", "scatter", "scatter3d", "scattercarpet",
    "scattergeo", "scatterpolar", "scattersmith", "scatterternary", "streamtube", "sunburst", "surface", "table",
    "treemap", "violin", "volume", "waterfall", *NEEDS_EVAL, *NEEDS_TILES,
}  # fmt: skip
OLD_TITLES = {"titlefont", "titleoffset", "titleposition", "titleside"}
NO_TITLES = {"customdata", "geojson", "meta"}  # these hold names of the author's own
NAMED = {"scatter", "bar", "pie", "sankey", "heatmap"}  # kinds of trace that a description names in plain words
INSTALL = "npm install it in the folder from which you export"
QUIET = {"showSendToCloud": False, "displaylogo": False, "responsive": False}
WORDS = ("finding", "measure", "hint", "tap", "unit", "source", "note", "description", "table")


class NotDrawn(ValueError):
    """A figure that cannot be drawn, since it has traces of this kind; the message says why.

    `package` is the npm package with which it could be drawn.
    """

    def __init__(self, kind: str, message: str, package: str) -> None:
        super().__init__(message)
        self.kind, self.package = kind, package


def chart(spec: dict, *, id: str, where: str, kind: str = "page", no_outlines: str = "") -> Chart:
    """Read a figure from its Plotly output.

    Args:
        spec: The figure, with `data` and `layout`; it is not changed.
        id: The chart's id in the file.
        where: Its place for messages, such as "Cell 7".
        kind: "page" or "deck". `layout.meta["slide"]` may hold changes for a deck, of the layout or the data, such as
            {"margin.l": 200, "annotations[0].x": 0, "data[2].y": [1, 2]}: there a chart has about 790 x 300 px. A page
            makes the same changes where it is as wide. `layout.meta["deck"]` are the changes of a deck that shows less.
        no_outlines: The npm package with the outlines of maps, where it is not installed.

    Raises:
        NotDrawn: For a figure with nothing that can be drawn without a network and without compiling code.
        ExportError: If the export is strict and the figure can only be drawn in a lesser form.
    """
    figure = copy.deepcopy(dict(spec))
    figure["data"] = _with_titles(_without_nulls(figure.get("data") or []))
    figure["layout"] = _with_titles(_without_nulls(figure.get("layout") or {}))
    if figure.get("frames"):
        figure["frames"] = _with_titles(figure["frames"])
    figure["config"] = (figure.get("config") or {}) | QUIET
    layout = figure["layout"]
    meta = layout.pop("meta", None)
    meta = meta if isinstance(meta, dict) else {}  # it may hold anything: authors use it for ends of their own
    for_slide, for_deck = (v if isinstance(v := meta.get(k), dict) else {} for k in ("slide", "deck"))
    _prepared(figure, where, no_outlines)
    on_slide = copy.deepcopy(figure) if kind == "page" and for_slide else None
    if kind == "deck":
        _fit_to_slide(figure, for_deck or for_slide)
    title = _title(layout)
    columns, lines, left_out = _rows(figure, meta, where)
    words = _words(figure, meta, title, where)
    words["description"] = words["description"] or text(_description(figure, columns, lines, left_out))
    controls = _laid_out(figure)
    made = Chart(id, figure, words, columns, lines, left_out, controls, steps.read(meta.get("steps"), figure, where))
    made.builds_up = bool(meta.get("builds_up")) and bool(made.steps) and not made.steps[-1]["changes"]
    made.page, made.places = _links(meta.get("links"), lines)
    if on_slide:
        _fit_to_slide(on_slide, for_slide)
        _laid_out(on_slide)
        made.wide = _changes(figure, on_slide)
    made.outlines = maps.outlines(figure, [made.steps, made.wide, *(control.steps for control in controls)])
    return made


def _laid_out(figure: dict) -> list[Control]:
    """Make room for what a figure shows in its own box, and give the controls that it had."""
    layout = figure["layout"]
    controls = take(layout)
    make_room(layout, _title(layout))
    make_readable(figure)
    for trace in figure["data"]:
        join_wrapped_lines(trace)
    return controls


def _title(layout: dict) -> dict:
    title = layout.get("title") or {}
    return title if isinstance(title, dict) else {"text": title}


def _links(given: Any, lines: list[list[str]]) -> tuple[str, list[str]]:  # noqa: ANN401 any JSON
    """Read where marks and rows lead: {"page": "records.ipynb", "rows": ["a place on it", ""]}.

    A mark leads to the place that its `customdata` names.
    """
    if not isinstance(given, dict) or not given.get("page") or not SAFE_LINK.match(str(given["page"])):
        return "", []
    places = [str(place) for place in given.get("rows") or []]
    return str(given["page"]).partition("#")[0], places if len(places) == len(lines) else []


def _changes(figure: dict, other: dict) -> dict[str, Any]:
    """Say by which changes a figure becomes another form of itself."""
    layout = {k: v for k, v in other["layout"].items() if k != "height" and v != figure["layout"].get(k)}
    traces = zip(figure["data"], other["data"], strict=True)
    data = {f"data[{n}].{k}": v for n, (here, there) in enumerate(traces) for k, v in there.items() if v != here.get(k)}
    return layout | data


def _without_nulls(value: Any) -> Any:  # noqa: ANN401
    """Leave out attributes that are null, which plotly.js takes for a group where it expects one; lists keep theirs."""
    if isinstance(value, dict):
        return {key: _without_nulls(one) for key, one in value.items() if one is not None}
    groups = isinstance(value, list) and any(isinstance(one, dict) for one in value)
    return [_without_nulls(one) for one in value] if groups else value


def _with_titles(value: Any) -> Any:  # noqa: ANN401
    """Write titles as plotly.js does since version 3: as an object with text, font, side, position and offset.

    >>> _with_titles({"xaxis": {"title": "Year", "titlefont": {"size": 9}}})
    {'xaxis': {'title': {'text': 'Year', 'font': {'size': 9}}}}
    """
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(one, str) for one in value) and value[0].endswith(".title"):
            return [f"{value[0]}.text", value[1]]  # what a button changes
        groups = any(isinstance(one, dict | list) for one in value[:50])
        return [_with_titles(one) for one in value] if groups else value
    if not isinstance(value, dict):
        return value
    done = {k: v if k in NO_TITLES else _with_titles(v) for k, v in value.items()}
    for key in [key for key in done if key == "title" or key.endswith(".title")]:
        if isinstance(done[key], str | int | float):
            done[key] = {"text": str(done[key])}
    for key in [key for key in done if key in OLD_TITLES]:
        old = done.pop(key)
        title = done.setdefault("title", {})
        if isinstance(title, dict):
            title.setdefault(key.removeprefix("title"), old)
    return done


def _fit_to_slide(figure: dict, changes: dict[str, Any]) -> None:
    for place, value in changes.items():
        put(figure if place.startswith("data[") else figure["layout"], place, value)


def _words(figure: dict, meta: dict, title: dict, where: str) -> dict[str, str]:
    words = {k: text(meta.get(k) or "") for k in WORDS}
    named = marks(title.get("text") or "") or text(
        _named_by_axes(figure) or say("chart.unnamed", number=where.rpartition(" ")[2])
    )
    words["finding"] = words["finding"] or named
    words["measure"] = words["measure"] or marks((title.get("subtitle") or {}).get("text") or "")
    return words


def _rows(figure: dict, meta: dict, where: str) -> tuple[list[str], list[list[str]], int]:
    """Give the columns and rows that the figure brings, else those of its traces, and how many rows are left out."""
    columns: Any = meta.get("columns")
    given: Any = meta.get("rows")
    if given and _is_table(columns, given):
        return [str(c) for c in columns], [[rows.cell(v, label=False) for v in row] for row in given], 0
    if given:
        report(
            f"{where}: layout.meta.rows is no list of rows with a value for each of layout.meta.columns; the table has "
            "what the traces hold"
        )
    return rows.table(figure)


def _is_table(columns: Any, given: Any) -> bool:  # noqa: ANN401 any JSON
    if not isinstance(columns, list) or not isinstance(given, list):
        return False
    return all(isinstance(row, list) and len(row) == len(columns) for row in given)


def _prepared(figure: dict, where: str, no_outlines: str) -> None:
    """Replace kinds of trace that cannot be drawn in a file by others that show the same, and leave out the rest.

    Raises:
        NotDrawn: If nothing that can be drawn is left.
    """
    frames = [frame for frame in figure.get("frames") or [] if isinstance(frame, dict)]
    for traces in (figure["data"], *(frame.get("data") or [] for frame in frames)):
        for trace in traces:
            _replace(trace, figure["layout"], where)
    _keep_contained_pictures(figure["layout"], where)
    obstacles = [_obstacle(trace, no_outlines) for trace in figure["data"]]
    refused = {trace.get("type"): said for trace, said in zip(figure["data"], obstacles, strict=True) if said}
    for kind, obstacle in refused.items():
        if len(refused) < len({trace.get("type") for trace in figure["data"]}):
            report(f"{where}: traces of type {kind!r} are left out of a chart: {obstacle}")
    drawn = [trace for trace, said in zip(figure["data"], obstacles, strict=True) if not said]
    if refused and not drawn:
        kind, obstacle = next(iter(refused.items()))
        package = no_outlines if no_outlines in obstacle else ""
        raise NotDrawn(kind, f"{where}: a chart of type {kind!r} is shown as a table: {obstacle}", package)
    figure["data"] = drawn
    if no_outlines and maps.outlines(figure):
        report(
            f"{where}: a map is drawn without coastlines and borders, "
            f"which are in the npm package {no_outlines}: {INSTALL}"
        )
    for name in [name for name in figure["layout"] if re.fullmatch(r"map(box)?\d*", name)]:
        del figure["layout"][name]


def _keep_contained_pictures(layout: dict, where: str) -> None:
    pictures = layout.get("images") or []
    elsewhere = [one for one in pictures if not str(one.get("source") or "").startswith("data:")]
    for picture in elsewhere:
        report(f"{where}: a picture in a chart is on the network ({picture.get('source')}), and is left out")
    if elsewhere:
        layout["images"] = [one for one in pictures if one not in elsewhere]


def _replace(trace: dict, layout: dict, where: str) -> None:
    kind = trace.get("type", "scatter")
    if kind in REMOVED:
        trace["type"] = REMOVED[kind]
        report(f"{where}: plotly.js no longer draws {kind!r}; it is drawn as {trace['type']!r}")
        if kind == "pointcloud":
            trace["mode"] = "markers"
            if "xy" in trace and "x" not in trace:
                pairs = list(trace.pop("xy"))
                trace["x"], trace["y"] = pairs[0::2], pairs[1::2]
        if kind == "area":
            trace["theta"] = trace.pop("t", trace.get("theta"))
    if trace.pop("transforms", None):
        report(f"{where}: plotly.js no longer filters, groups or sorts a trace (transforms); all of its rows are drawn")
    old_axes = {"r", "t"} <= set(trace) and not {"x", "y"} & set(trace)
    if old_axes and kind in ON_OLD_POLAR_AXES:
        trace["type"], trace["theta"] = ON_OLD_POLAR_AXES[kind], trace.pop("t")
        report(f"{where}: plotly.js no longer draws {kind!r} on polar axes; it is drawn as {trace['type']!r}")
    if kind in PLAIN_FOR_GL:
        trace["type"] = PLAIN_FOR_GL[kind]
    if kind in ON_TILES:
        trace["type"] = ON_TILES[kind]
        trace.pop("subplot", None)
        (trace.get("marker") or {}).pop("symbol", None)
        geo = layout.setdefault("geo", {})
        geo.setdefault("fitbounds", "locations")
        report(f"{where}: the map behind {kind!r} is on the network; its marks are drawn without it")
    if trace.get("type") in maps.ON_A_GLOBE:
        layout.setdefault("geo", {})
    if trace.get("type", "scatter") not in KNOWN:
        report(f"{where}: plotly.js has no traces of type {kind!r}; it draws one as 'scatter'")
        trace["type"] = "scatter"


def _obstacle(trace: dict, no_outlines: str) -> str:
    kind = trace.get("type", "scatter")
    if kind in NEEDS_EVAL:
        return "its drawing compiles code while the file is read, which the file forbids"
    if kind in NEEDS_TILES:
        return "its drawing needs map tiles from the network"
    if maps.by_name(trace) and (no_outlines or "geojson" in trace):
        choropleth = kind == "choropleth"
        what = "the outlines of its regions" if choropleth else "the places of its marks"
        give = f"give them in the trace as {'geojson' if choropleth else 'lon and lat'}"
        if "geojson" in trace:
            return f"{what} are on the network; {give}"
        return f"{what} are in the npm package {no_outlines}: {INSTALL}, or {give}"
    if kind == "image" and "source" in trace and not str(trace["source"]).startswith("data:"):
        return f"its picture is on the network ({trace['source']})"
    return ""


def _description(figure: dict, columns: list[str], lines: list[list[str]], left_out: int) -> str:
    types = dict.fromkeys(t.get("type", "scatter") for t in figure["data"])
    kinds = say("described.and").join(say(f"described.{kind}") if kind in NAMED else kind for kind in types)
    kinds = kinds or say("described.nothing")
    names = dict.fromkeys(plain(t["name"]) for t in figure["data"] if t.get("name") and t.get("showlegend", True))
    count = len(lines) + left_out
    said = [say("described.rows", kinds=kinds, count=count, columns=", ".join(columns))] if columns else []
    said = said or [say("described.empty", kinds=kinds)]
    return " ".join([*said, say("described.series", names=", ".join(names))] if len(names) > 1 else said)


def _named_by_axes(figure: dict) -> str:
    """Name a chart without a title by what it shows: "Life expectancy by Year"."""
    layout = figure["layout"]
    x, y = (rows.title((layout.get(f"{k}axis") or {}).get("title")) for k in "xy")
    shade = rows.title(((layout.get("coloraxis") or {}).get("colorbar") or {}).get("title"))
    if shade and x and y:
        return say("chart.by_both", value=shade, y=y, x=x)
    return say("chart.by", y=y, x=x) if x and y else ""
