"""The rows behind a chart that does not bring them: read from its traces."""

from __future__ import annotations

import base64
import math
import re
from array import array
from itertools import islice, zip_longest
from typing import Any

from notebook_decks.html.text import plain, text
from notebook_decks.words import html, say

LIMIT = 300  # rows of a table made from traces; the rest is counted
CODES = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "f4": "f", "f8": "d", "i8": "q", "u8": "Q"}
CODES |= {"u1c": "B"}  # bytes that stop at 0 and 255, as pictures have
PARTS = {  # what a kind of trace holds for each mark, in reading order; kinds not named have x and y
    "barpolar": ("theta", "r"),
    "candlestick": ("x", "open", "high", "low", "close"),
    **dict.fromkeys(("choropleth", "choroplethmap", "choroplethmapbox"), ("locations", "hovertext", "text", "z")),
    **dict.fromkeys(("densitymap", "densitymapbox"), ("lat", "lon", "hovertext", "text", "z")),
    **dict.fromkeys(("scattergeo", "scattermap", "scattermapbox"), ("locations", "lat", "lon", "hovertext", "text")),
    "funnelarea": ("labels", "values"),
    "icicle": ("labels", "parents", "values"),
    "indicator": ("value",),
    "mesh3d": ("x", "y", "z"),
    "ohlc": ("x", "open", "high", "low", "close"),
    "pie": ("labels", "values"),
    "scatter3d": ("x", "y", "z", "text"),
    "scatterpolar": ("theta", "r"),
    "scatterternary": ("a", "b", "c"),
    "sunburst": ("labels", "parents", "values"),
    "treemap": ("labels", "parents", "values"),
}
VALUES = {"values": "value", "z": "value"}  # parts with the name of another one


def values(data: Any) -> list:  # noqa: ANN401
    """Read an array of a figure, also one that plotly packed.

    >>> values({"dtype": "i2", "bdata": "AQACAAMABAA=", "shape": "2, 2"})
    [[1, 2], [3, 4]]
    """
    if isinstance(data, dict) and "bdata" in data:
        flat = list(
            array(CODES[data["dtype"].lstrip("<|=")], base64.b64decode("".join(data["bdata"].split()), validate=True))
        )
        shape = [int(n) for n in re.findall(r"\d+", str(data.get("shape", len(flat))))]
        return [flat[i : i + shape[-1]] for i in range(0, len(flat), shape[-1])] if len(shape) == 2 else flat
    return list(data) if isinstance(data, list | tuple) else [] if data is None else [data]


class Rounded(str):
    """A number as a table shows it, with thousands separators or rounded, and as it is."""

    exact: str


def cell(value: Any, *, label: bool = True) -> str:  # noqa: ANN401
    """Write one value of a table; a number that is not written as it is comes as Rounded.

    A label may hold Plotly's tags, of which the words are kept; any other text stays as it is.

    >>> cell(2021), cell(109699), cell(0.123456), cell("<b>a</b>"), cell("a < b > c", label=False), cell(None)
    ('2021', '109,699', '0.1235', 'a', 'a < b > c', '')
    >>> cell(109699).exact
    '109699'
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return (
            (plain(value) if label else value)
            if isinstance(value, str)
            else ", ".join(cell(one, label=label) for one in value)
            if isinstance(value, list)
            else str(value)
        )
    if not math.isinf(value) and float(value).is_integer():
        return _rounded(f"{int(value):,}" if abs(value) >= 10_000 else str(int(value)), str(int(value)))
    return _rounded(f"{value:,.1f}" if abs(value) >= 1000 else f"{value:.4g}", str(value))


def _rounded(shown: str, exact: str) -> str:
    marks = {ord(","): say("numbers.thousands"), ord("."): say("numbers.decimal")}
    shown = shown.translate(marks)
    number = Rounded(shown)
    number.exact = exact
    return shown if shown == exact else number


def table(figure: dict) -> tuple[list[str], list[list[str]], int]:
    """Read columns, rows and the number of rows left out from a figure's traces."""
    shown = [t for t in figure.get("data", []) if t.get("visible", True) is True] or figure.get("data", [])
    parts = [
        (plain(t.get("name") or say("columns.series_number", number=i + 1)), *_read(t, figure))
        for i, t in enumerate(shown)
    ]
    parts = [p for p in parts if p[2]]
    columns = list(dict.fromkeys(c for _, names, _ in parts for c in names))
    rows = ((name, names, row) for name, names, found in parts for row in found)
    lines = [
        ([name] if len(parts) > 1 else []) + [cell(dict(zip(names, row, strict=False)).get(c)) for c in columns]
        for name, names, row in islice(rows, LIMIT)  # the cells of all others would be written for nobody
    ]
    left_out = sum(len(found) for _, _, found in parts) - len(lines)
    return ([say("columns.series")] if len(parts) > 1 else []) + columns, lines, left_out


def _read(trace: dict, figure: dict) -> tuple[list[str], list[list]]:
    kind = trace.get("type", "scatter")
    if kind == "sankey":
        return _flows(trace)
    if kind == "table":
        return [plain(_first(h)) for h in values(trace.get("header", {}).get("values"))], _turned(
            values(trace["cells"]["values"])
        )
    if kind in {"parcoords", "splom", "parcats"}:
        dimensions = trace.get("dimensions", [])
        return [plain(d.get("label", "")) for d in dimensions], _turned([values(d.get("values")) for d in dimensions])
    grid = values(trace.get("z"))
    if grid and isinstance(grid[0], list) and kind != "image":
        return _grid(trace, figure, grid)
    keys = [k for k in PARTS.get(kind, ("x", "y", "text")) if values(trace.get(k))]
    if kind not in PARTS and "text" in keys and trace.get("mode", "").find("text") < 0:
        keys.remove("text")
    columns = [values(trace.get(k)) for k in keys]
    if keys == ["y"]:  # a line of y values counts its points
        keys, columns = ["x", "y"], [list(range(len(columns[0]))), columns[0]]
    return [_named(k, trace, figure) for k in keys], _turned(columns)


def _turned(columns: list[list]) -> list[list]:
    return [list(row) for row in zip_longest(*columns)]


def _first(value: Any) -> str:  # noqa: ANN401
    return str(value[0] if isinstance(value, list) and value else value)


def _flows(trace: dict) -> tuple[list[str], list[list]]:
    labels, link = values(trace.get("node", {}).get("label")), trace.get("link", {})
    ends = [[labels[i] if i < len(labels) else i for i in values(link.get(k))] for k in ("source", "target")]
    return [say(f"columns.{name}") for name in ("from", "to", "value")], _turned([*ends, values(link.get("value"))])


def _grid(trace: dict, figure: dict, grid: list[list]) -> tuple[list[str], list[list]]:
    xs, ys = values(trace.get("x")), values(trace.get("y"))
    rows = [
        [ys[j] if j < len(ys) else j, xs[i] if i < len(xs) else i, value]
        for j, line in enumerate(grid)
        for i, value in enumerate(line)
    ]
    return [_named("y", trace, figure), _named("x", trace, figure), _shade(trace, figure)], rows


def _shade(trace: dict, figure: dict) -> str:
    bar = trace.get("colorbar") or (figure["layout"].get("coloraxis") or {}).get("colorbar") or {}
    return title(bar.get("title")) or say("columns.value")


def title(value: Any) -> str:  # noqa: ANN401
    """Read a title that is a text or an object with a text."""
    return plain(value.get("text") or "") if isinstance(value, dict) else plain(value or "")


def _named(key: str, trace: dict, figure: dict) -> str:
    if key == "z" and "locations" in trace:
        return _shade(trace, figure)
    if key not in {"x", "y", "z"} or (key == "z" and trace.get("type") != "scatter3d"):
        return say(f"columns.{VALUES.get(key, key)}")
    layout = figure["layout"]
    if trace.get("type") in {"scatter3d", "mesh3d", "surface"}:
        axis = (layout.get("scene") or {}).get(f"{key}axis")
    else:
        axis = layout.get(f"{key}axis{trace.get(f'{key}axis', key)[1:]}")
    return title((axis or {}).get("title")) or key


def as_html(columns: list[str], lines: list[list[str]], left_out: int) -> str:
    """Write rows as a table, for a figure that cannot be drawn.

    >>> as_html(["a <b>"], [["1"]], 0)
    '<div class="table-box"><table><thead><tr><th scope="col">a &lt;b&gt;</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></div>'
    """  # noqa: E501
    if not lines:
        return ""
    head = "".join(f'<th scope="col">{text(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{text(value)}</td>' for value in line)}</tr>" for line in lines)
    more = f"<p>{html('chart.not_in_table', count=left_out)}</p>" if left_out else ""
    return f'<div class="table-box"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}'
