"""A figure's layout fitted to a page or a slide: stored changes for a slide, room for the drawing, readable text."""

from __future__ import annotations

import math
import re
from typing import Any

from notebook_decks.fonts import FAMILY, measure

DETAILS_WIDTHS = {"whole": 1080, "beside": 660}  # px of the details of a point on a slide; beside text it is narrower
SMALLEST_TEXT = 12  # px, as drawn; a deck enlarges the drawing until this is 18


def put(layout: dict, place: str, value: Any) -> None:  # noqa: ANN401
    """Set an attribute of a layout or a figure by its Plotly name, such as "annotations[0].font.size".

    >>> layout = {"annotations": [{"x": 1}]}
    >>> put(layout, "annotations[0].font.size", 14)
    >>> layout
    {'annotations': [{'x': 1, 'font': {'size': 14}}]}
    """
    *way, last = [int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", place)]
    node: Any = layout
    for part in way:
        node = node[part] if isinstance(part, int) else node.setdefault(part, {})
    node[last] = value


def join_wrapped_lines(trace: dict) -> None:
    """Join the lines of hover texts that end with a space: a file breaks them in other places.

    >>> trace = {"hovertext": ["A claim<br>that goes on until the line is full, <br>and then here<br>2 May"]}
    >>> join_wrapped_lines(trace)
    >>> trace["hovertext"]
    ['A claim<br>that goes on until the line is full, and then here<br>2 May']
    """
    texts = trace.get("hovertext")
    if isinstance(texts, list):
        trace["hovertext"] = [text.replace(" <br>", " ") if isinstance(text, str) else text for text in texts]


def _height(label: str, font: dict, usual: int) -> float:
    """Measure the height of a label of several lines, in px."""
    return measure(label, font.get("size") or usual)[1] if label else 0


def make_room(layout: dict, title: dict) -> None:
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
            above += 30 + (0 if menu.get("name") == "steps" else (menu.get("pad") or {}).get("b") or 0)
    given = layout.get("margin") or {}
    beside = {side: min(16, given.get(side, 16)) for side in "lr"}  # a figure may draw closer to its edges
    freed = {"t": above + 10 if _has_text(layout, above=True) else math.inf, "b": below}
    if layout.get("sliders") and not _has_text(layout, above=False):
        freed["b"] = math.inf
    least = {"t": 26 if _has_text(layout, above=True) else 16, "b": 16, **beside}
    margin = {k: round(max(v, (given.get(k) or 0) - freed.get(k, 0))) for k, v in least.items()}
    if layout.get("height"):
        layout["height"] = round(layout["height"] - sum((given.get(k) or margin[k]) - margin[k] for k in ("t", "b")))
    layout["margin"] = {**given, **margin}
    for key in sorted({"xaxis", "yaxis", *(k for k in layout if re.fullmatch(r"[xy]axis\d*", k))}):
        layout[key] = {"automargin": True, **(layout.get(key) or {})}


def _has_text(layout: dict, *, above: bool) -> bool:
    """Return whether words of the figure stand above (or below) its plot, where a margin must stay."""
    notes = [n for n in layout.get("annotations") or [] if n.get("yref") == "paper" and n.get("visible", True)]
    places = [n.get("y") or 0 for n in notes] + [(layout.get("legend") or {}).get("y") or 0.5]
    axes = [v.get("side") for k, v in layout.items() if k.startswith("xaxis") and isinstance(v, dict)]
    return any(y >= 1 for y in places) or "top" in axes if above else any(y <= 0 for y in places)


def make_readable(figure: dict) -> None:
    """Raise every text to the smallest size that is read well, and set it in the typeface of the file."""
    layout = figure["layout"]
    font = layout.get("font") or {}
    layout["font"] = font | {"family": f'"{FAMILY}", {font.get("family") or "sans-serif"}'}
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


def longest_hover(figure: dict, size: float) -> dict[str, int]:
    """Count the lines of the longest text that a point of a figure shows, at each width of the details on a slide.

    >>> longest_hover({"data": [{"hovertext": ["a", "<b>ten</b><br>" + 20 * "tonnes of fruit "]}]}, 18)
    {'whole': 4, 'beside': 5}
    """
    texts = [trace.get("hovertext") or [] for trace in figure["data"]]
    flat = {str(text) for given in texts for text in (given if isinstance(given, list) else [given])}
    measured = [[measure(line, size)[0] for line in text.split("<br>")] for text in flat]
    return {
        place: max((sum(math.ceil(wide / width) for wide in lines) for lines in measured), default=0)
        for place, width in DETAILS_WIDTHS.items()
    }
