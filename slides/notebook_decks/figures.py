"""A Plotly figure as a part of a page: caption, description, controls, the chart's own data, and the table behind it.

What the chart says about itself is read from `layout.meta` (finding, measure, source, note, description, columns,
rows); a figure without it is named by its title, and described and tabled from its traces.
"""

from __future__ import annotations

import base64
import copy
import itertools
import json
import math
import re
import textwrap
from dataclasses import dataclass, field
from typing import Any

from notebook_decks.errors import ExportError
from notebook_decks.figure import rows
from notebook_decks.markup import marks, plain, text

LONG_HOVER, WIDE_HOVER = 7, 100  # lines of a hover text that is long on a slide, letters of a line there
SMALLEST_TEXT = 12  # px, as drawn; a deck enlarges the drawing until this is 18
PLAIN_FOR_GL = {"scattergl": "scatter", "scatterpolargl": "scatterpolar"}  # the same chart without WebGL
NEEDS_NETWORK = {"choropleth", "scattergeo"} | {
    f"{kind}{map_}" for kind in ("choropleth", "density", "scatter") for map_ in ("map", "mapbox")
}
NEEDS_EVAL = {"parcoords", "splom"}
KINDS = {"scatter": "points or lines", "bar": "bars", "pie": "a pie", "sankey": "flows", "heatmap": "a grid of colours"}
KEYS = "Arrow keys go from point to point. Enter keeps a point's words in view. Escape leaves."
QUIET = {"showSendToCloud": False, "displaylogo": False, "responsive": False}


@dataclass
class Chart:
    """One figure, ready to be written into a page."""

    id: str
    figure: dict
    words: dict[str, str]  # finding, measure, source, note, description: HTML
    columns: list[str]
    lines: list[list[str]]
    left_out: int = 0
    menus: list[dict] = field(default_factory=list)
    sliders: list[dict] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        """The kinds of trace it draws, in frames too."""
        frames = [t for f in self.figure.get("frames", []) for t in f.get("data", [])]
        return {t.get("type", "scatter") for t in [*self.figure["data"], *frames]}


def chart(spec: dict, *, id: str, where: str, kind: str = "page") -> Chart:
    """Read a figure from its Plotly output; `kind` is page or deck.

    `layout.meta["slide"]` may hold changes for a deck, of the layout or the data, such as {"margin.l": 200,
    "annotations[0].x": 0, "data[2].y": [1, 2]}: there a chart has about 790 x 300 px, wide and low.

    Raises:
        ExportError: for a kind of trace that cannot be drawn without a network or without compiling code while reading.
    """
    figure = copy.deepcopy(dict(spec))
    figure["data"], figure["layout"] = figure.get("data") or [], figure.get("layout") or {}
    _refuse(figure, where)
    layout = figure["layout"]
    meta = layout.get("meta") if isinstance(layout.get("meta"), dict) else {}
    words = {k: text(meta[k]) for k in ("finding", "measure", "source", "note", "description") if meta.get(k)}
    for place, value in (meta.get("slide") or {}).items() if kind == "deck" else ():
        _put(figure if place.startswith("data[") else layout, place, value)
    for trace in figure["data"] if kind == "deck" else ():
        _widen_hovers(trace)
    title = layout.get("title") or {}
    title = title if isinstance(title, dict) else {"text": title}
    words.setdefault(
        "finding", marks(title.get("text") or "") or text(_named_by_axes(figure) or f"Chart of {where.lower()}")
    )
    words.setdefault("measure", marks((title.get("subtitle") or {}).get("text") or ""))
    if meta.get("rows"):
        columns, lines, left_out = (
            list(map(str, meta.get("columns", []))),
            [[rows.cell(v) for v in r] for r in meta["rows"]],
            0,
        )
    else:
        columns, lines, left_out = rows.table(figure)
    words.setdefault("description", text(_description(figure, columns, lines, left_out)))
    made = Chart(id, figure, words, columns, lines, left_out)
    made.menus, made.sliders = _take(layout, "updatemenus", "buttons"), _take(layout, "sliders", "steps")
    _make_room(layout, title)
    _readable(figure)
    figure["config"] = (figure.get("config") or {}) | QUIET
    return made


def _put(layout: dict, place: str, value: Any) -> None:  # noqa: ANN401
    """Set an attribute of a layout or a figure by its Plotly name, such as "annotations[0].font.size".

    >>> layout = {"annotations": [{"x": 1}]}
    >>> _put(layout, "annotations[0].font.size", 14)
    >>> layout
    {'annotations': [{'x': 1, 'font': {'size': 14}}]}
    """
    *way, last = [int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", place)]
    node: Any = layout
    for part in way:
        node = node[part] if isinstance(part, int) else node.setdefault(part, {})
    node[last] = value


def _widen_hovers(trace: dict) -> None:
    """Set the long hover texts of a trace in longer lines: Plotly leaves out a label that is higher than its chart."""
    texts = trace.get("hovertext")
    if isinstance(texts, list):
        trace["hovertext"] = [_widened(t) if isinstance(t, str) and t.count("<br>") >= LONG_HOVER else t for t in texts]


def _widened(hover: str) -> str:
    """Join lines that were broken only because they were full, and break them anew at WIDE_HOVER letters."""
    lines = hover.split("<br>")
    full = max(len(plain(line)) for line in lines)
    paragraphs = lines[:1]
    for before, line in itertools.pairwise(lines):
        if len(plain(before)) + 1 + len(plain(line).split(" ")[0]) > full:
            paragraphs[-1] += f" {line}"
        else:
            paragraphs.append(line)
    return "<br>".join(part for line in paragraphs for part in _broken(line))


def _broken(line: str) -> list[str]:
    """Break a line between words; its entities and marks count as they are written."""
    return textwrap.wrap(line, WIDE_HOVER, break_long_words=False, break_on_hyphens=False) or [line]


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


def _take(layout: dict, name: str, inner: str) -> list[dict]:
    """Take the controls out of the drawing; they are kept, unseen, so that their own commands still find them."""
    taken = []
    for number, control in enumerate(layout.get(name) or []):
        steps = [s for s in control.get(inner) or [] if s.get("visible", True)]
        if control.get("visible", True) and steps:
            prefix = plain((control.get("currentvalue") or {}).get("prefix") or "").rstrip(" :=")
            label = plain(control.get("name") or "") or prefix or ("Step" if name == "sliders" else "Show")
            kept = [{k: s[k] for k in ("method", "args", "args2", "execute") if k in s} for s in steps]
            labels = [plain(s.get("label") or s.get("value") or f"{i + 1}") for i, s in enumerate(steps)]
            look = control.get("type", "dropdown") if name == "updatemenus" else "slider"
            active = control.get("active", 0)
            taken.append(
                {"name": label, "labels": labels, "steps": kept, "look": look, "active": active, "number": number}
            )
        control["visible"] = False
    return taken


def _height(label: str, font: dict, usual: int) -> float:
    """Estimate the height of a label of several lines, in px."""
    return len(re.split(r"<br\s*/?>", label)) * 1.3 * (font.get("size") or usual) if label else 0


def _make_room(layout: dict, title: dict) -> None:
    """Take title and footer out of the drawing, since the caption says them, and give their room to the chart."""
    subtitle = title.get("subtitle") or {}
    above = _height(title.get("text") or "", title.get("font") or {}, 17)
    above += _height(subtitle.get("text") or "", subtitle.get("font") or {}, 13)
    layout["title"] = {**title, "text": "", "subtitle": {**subtitle, "text": ""}}
    below = 0.0
    for note in layout.get("annotations") or []:
        if note.get("name") == "footer":
            note["visible"] = False
            below += _height(note.get("text") or "", note.get("font") or {}, 12) + 6
    for menu in layout.get("updatemenus") or []:
        if (menu.get("y") or 0) >= 1:
            above += 30 + ((menu.get("pad") or {}).get("b") or 0)
    given = layout.get("margin") or {}
    freed = {"t": above + 10 if _something(layout, above=True) else math.inf, "b": below}
    if layout.get("sliders") and not _something(layout, above=False):
        freed["b"] = math.inf
    least = {"t": 26 if _something(layout, above=True) else 16, "b": 16, "l": 16, "r": 16}
    margin = {k: round(max(v, (given.get(k) or 0) - freed.get(k, 0))) for k, v in least.items()}
    if layout.get("height"):
        layout["height"] = round(layout["height"] - sum((given.get(k) or margin[k]) - margin[k] for k in ("t", "b")))
    layout["margin"] = {**given, **margin}
    for key in sorted({"xaxis", "yaxis", *(k for k in layout if re.fullmatch(r"[xy]axis\d*", k))}):
        layout[key] = {"automargin": True, **(layout.get(key) or {})}


def _something(layout: dict, *, above: bool) -> bool:
    """Tell whether words of the figure stand above (or below) its plot, where a margin must stay."""
    notes = [n for n in layout.get("annotations") or [] if n.get("yref") == "paper" and n.get("visible", True)]
    places = [n.get("y") or 0 for n in notes] + [(layout.get("legend") or {}).get("y") or 0.5]
    axes = [v.get("side") for k, v in layout.items() if k.startswith("xaxis") and isinstance(v, dict)]
    return any(y >= 1 for y in places) or "top" in axes if above else any(y <= 0 for y in places)


def _readable(figure: dict) -> None:
    """Raise every text to the smallest size that is read well."""
    layout = figure["layout"]
    if not ((layout.get("template") or {}).get("layout", {}).get("font") or {}).get("size"):
        layout["font"] = {"size": SMALLEST_TEXT, **(layout.get("font") or {})}
    layout.setdefault("uniformtext", {"minsize": SMALLEST_TEXT, "mode": "hide"})  # words that do not fit a mark
    layout["hoverlabel"] = {"namelength": -1, **(layout.get("hoverlabel") or {})}
    for (
        key,
        axis,
    ) in layout.items():  # on a logarithmic axis Plotly writes the small steps at three quarters of the size
        if re.fullmatch(r"[xy]axis\d*", key) and axis.get("type") == "log" and not axis.get("dtick"):
            font = axis.setdefault("tickfont", {})
            font["size"] = max(font.get("size") or 0, SMALLEST_TEXT / 0.75)
    _raise_sizes(figure, "")


def _raise_sizes(node: Any, key: str) -> None:  # noqa: ANN401
    if isinstance(node, dict):
        size = node.get("size")
        if key.endswith("font") and isinstance(size, int | float):
            node["size"] = max(SMALLEST_TEXT, size)
        elif key.endswith("font") and isinstance(size, list):
            node["size"] = [max(SMALLEST_TEXT, s) if isinstance(s, int | float) else s for s in size]
        for name, inner in node.items():
            _raise_sizes(inner, name)
    elif isinstance(node, list):
        for inner in node:
            if isinstance(inner, dict | list):
                _raise_sizes(inner, key)


def smallest_text(node: Any, key: str = "") -> float:  # noqa: ANN401
    """Find the size of the smallest text that is drawn.

    >>> smallest_text({"layout": {"font": {"size": 14}, "annotations": [{"font": {"size": 12}, "visible": False}]}})
    14
    """
    if isinstance(node, list):
        return min((smallest_text(n, key) for n in node if isinstance(n, dict)), default=math.inf)
    if not isinstance(node, dict) or node.get("visible") is False or key in {"title", "meta"}:
        return math.inf
    size = node.get("size") if key.endswith("font") else None
    sizes = size if isinstance(size, list) else [size]
    own = min((s for s in sizes if isinstance(s, int | float)), default=math.inf)
    return min([own, *(smallest_text(inner, name) for name, inner in node.items())])


def data_of(made: Chart) -> str:
    """Write what a script needs to draw the chart, as JSON that can stand in a page."""
    figure = {k: made.figure[k] for k in ("data", "layout", "frames", "config") if made.figure.get(k)}
    if isinstance(figure["layout"].get("meta"), dict):  # its words and rows stand in the page already
        figure["layout"] = {k: v for k, v in figure["layout"].items() if k != "meta"}
    controls = [{"look": c["look"], "active": c["active"], "steps": c["steps"]} for c in (*made.menus, *made.sliders)]
    text_size = min(smallest_text(made.figure), 18)
    written = json.dumps(figure | {"controls": controls, "text": text_size}, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c")


def controls(made: Chart) -> str:
    """Write the chart's menus and sliders as native, labelled controls."""
    parts = [
        {"dropdown": _select, "buttons": _buttons, "slider": _range}[c["look"]](n, c)
        for n, c in enumerate((*made.menus, *made.sliders))
    ]
    return f'<div class="steering">{"".join(parts)}</div>' if parts else ""


def _select(number: int, control: dict) -> str:
    options = "".join(
        f'<option value="{i}"{" selected" if i == control["active"] else ""}>{text(label)}</option>'
        for i, label in enumerate(control["labels"])
    )
    return f'<label>{text(control["name"])} <select data-control="{number}">{options}</select></label>'


def _buttons(number: int, control: dict) -> str:
    pressed = [s.get("method") != "animate" for s in control["steps"]]
    buttons = "".join(
        f'<button type="button" data-control="{number}" data-step="{i}"'
        + (f' aria-pressed="{"true" if i == control["active"] else "false"}"' if pressed[i] else "")
        + f">{text(label)}</button>"
        for i, label in enumerate(control["labels"])
    )
    name = text(control["name"])
    label = f'<span aria-hidden="true">{name}</span>'
    return f'<span class="buttons" role="group" aria-label="{name}">{label} {buttons}</span>'


def _range(number: int, control: dict) -> str:
    at, last = max(0, control["active"]), len(control["labels"]) - 1
    label = text(control["labels"][min(at, last)])
    names = text(json.dumps(control["labels"], ensure_ascii=False))
    about = f'data-control="{number}" aria-valuetext="{label}" data-labels="{names}"'
    slider = f'<input type="range" min="0" max="{last}" step="1" value="{at}" {about}>'
    longest = f'style="--longest: {max(map(len, control["labels"]))}ch"'
    return f"<label>{text(control['name'])} {slider} <output {longest}>{label}</output></label>"


def table(made: Chart) -> str:
    """Write the rows behind the chart, with scoped headers and the chart's finding as caption."""
    head = "".join(f'<th scope="col">{text(c)}</th>' for c in made.columns)
    body = "".join(
        f'<tr><th scope="row">{text(r[0])}</th>{"".join(f"<td>{text(v)}</td>" for v in r[1:])}</tr>'
        for r in made.lines
        if r
    )
    more = f"<p>{made.left_out:,} more rows are in the chart and not in this table.</p>" if made.left_out else ""
    label = text(f"Table: {plain(made.words['finding'])}")
    return (
        f'<div class="table-box" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<caption>{made.words['finding']}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}"
    )


def written(made: Chart, kind: str, still: str = "") -> str:
    """Write the whole chart: caption, controls, the place of the drawing, what is spoken, description and table."""
    spoken = text(plain(made.words["finding"]))
    height = max(280, round(made.figure["layout"].get("height") or 420))
    return f"""<figure class="chart" id="{made.id}" aria-labelledby="{made.id}-name" aria-describedby="{made.id}-about">
{_caption(made)}
{controls(made)}
<div class="plot" style="--height: {height}px" data-plotly-slot data-prevent-swipe>
<div class="walk" role="slider" tabindex="0" aria-label="Points of the chart: {spoken}"
 aria-describedby="{made.id}-keys" aria-valuemin="0" aria-valuemax="0" aria-valuenow="0" aria-valuetext="none chosen">
</div>{_waiting(still)}</div>
<p class="keys" id="{made.id}-keys">{KEYS}</p>
<div class="unseen live" aria-live="polite"></div>
<div class="fact" role="group" aria-label="The chosen point" hidden><p></p><button type="button">Close</button></div>
<details class="rows"><summary>{"Table" if kind == "deck" else "Description and table"}</summary>
<div class="rows-box"><p id="{made.id}-about">{made.words["description"]}</p>
{table(made)}</div></details>
<script type="application/json">{data_of(made)}</script>
</figure>"""


def _caption(made: Chart) -> str:
    words = made.words
    measure = f'<p class="measure">{words["measure"]}</p>' if words.get("measure") else ""
    labels = {"source": "Source", "note": "Note"}
    about = "".join(f'<p class="{k}"><b>{label}:</b> {words[k]}</p>' for k, label in labels.items() if words.get(k))
    finding = f'<p class="finding" id="{made.id}-name">{words["finding"]}</p>'
    return f'<figcaption>{finding}{measure}<div class="about">{about}</div></figcaption>'


def _waiting(still: str) -> str:
    if not still:
        return '<p class="wait">The chart is being drawn.</p>'
    packed = base64.b64encode(still.encode("utf-8")).decode("ascii")
    return f'<img class="wait still" alt="" src="data:image/svg+xml;base64,{packed}">'
