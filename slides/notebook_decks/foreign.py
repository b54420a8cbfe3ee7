"""Plotly figures that a notebook holds in another form than Plotly's own output: in scripts, widgets and frames."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import json5

CALL = re.compile(r"\bPlotly\.(?:newPlot|react|plot)\s*\(")
FRAMES = re.compile(r"\bPlotly\.addFrames\s*\(\s*[^,()]+,")
SCRIPT = re.compile(r"(?is)<script\b([^>]*)>(.*?)</script\s*>")
WIDGET_DATA = re.compile(r"""data-for\s*=\s*["']([^"']+)["']""")
STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
LARGEST = 60_000_000  # characters of a script that are searched
LARGEST_LITERAL = 2_000_000  # characters of a value that is no JSON and is read as JavaScript


def in_html(page: str) -> tuple[str, list[tuple[str, dict]], list[str]]:
    """Take the figures out of the scripts of an HTML output.

    Returns:
        The HTML without its scripts; the figures, each with the id of the element that it is drawn in; and the ids of
        elements whose figures could not be read.
    """
    figures: list[tuple[str, dict]] = []
    unread: list[str] = []
    for attributes, script in SCRIPT.findall(page[:LARGEST]):
        widget = WIDGET_DATA.search(attributes)
        if widget:
            figure = _figure(_json(script).get("x"))
            if figure:
                figures.append((widget[1], figure))
            continue
        for call in CALL.finditer(script):
            name, figure = _of_call(script, call.end())
            if figure:
                figures.append((name, figure))
            else:
                unread.append(name)
    return SCRIPT.sub("", page), figures, unread


def in_widget(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> dict | None:
    """Read the figure of a FigureWidget from the state of the widgets that the notebook has stored."""
    model = (data.get(VIEW) or {}).get("model_id")
    stored = ((metadata.get("widgets") or {}).get(STATE) or {}).get("state") or {}
    state = (stored.get(model) or {}).get("state") or {}
    return _figure({"data": state.get("_data"), "layout": state.get("_layout") or {}})


def in_frame(page: str, folder: str) -> dict | None:
    """Read the figure of a file beside the notebook that an output shows in a frame."""
    found = re.search(r"""(?is)<iframe\b[^>]*?\bsrc\s*=\s*["']([^"']+)["']""", page)
    if not found or re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", found[1]):
        return None
    try:
        path = Path(folder or ".") / unquote(found[1])
        written = path.read_text(encoding="utf-8") if path.is_file() and path.stat().st_size < LARGEST else ""
    except (OSError, ValueError):
        return None
    figures = in_html(written)[1]
    return figures[0][1] if figures else None


def _figure(value: object) -> dict | None:
    if not isinstance(value, dict) or not isinstance(value.get("data"), list):
        return None
    kept = {key: value[key] for key in ("data", "layout", "config", "frames") if value.get(key)}
    layout = kept.get("layout")
    return kept | {"layout": layout if isinstance(layout, dict) else {}}


def _json(text: str) -> dict:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _of_call(script: str, at: int) -> tuple[str, dict | None]:
    """Read the arguments of Plotly.newPlot: element, data, layout and config, or one object with all of them."""
    arguments = list(_arguments(script, at))
    name = str(_value(script, arguments[0])) if arguments else ""
    values = [_value(script, argument) for argument in arguments[1:4]]
    if values and isinstance(values[0], dict):
        return name, _figure(values[0])
    if not values or not isinstance(values[0], list):
        return name, None
    figure = dict(zip(("data", "layout", "config"), values, strict=False))
    figure = {key: value for key, value in figure.items() if key == "data" or isinstance(value, dict)}
    if frames := FRAMES.search(script, at):
        read = _value(script, next(_arguments(script, frames.end()), ""))
        figure |= {"frames": read} if isinstance(read, list) else {}
    return name, _figure(figure)


def _arguments(script: str, at: int) -> Iterator[str]:
    """Give the arguments of a call as they are written, up to its closing bracket."""
    start = at
    for place, letter, depth in _outside_strings(script, at):
        if depth < 0:
            yield script[start:place].strip()
            return
        if letter == "," and depth == 0:
            yield script[start:place].strip()
            start = place + 1


def _outside_strings(script: str, at: int) -> Iterator[tuple[int, str, int]]:
    """Give each letter outside of strings: its place, the letter, and in how many brackets it is, from `at` on."""
    depth, place = 0, at
    while place < len(script):
        letter = script[place]
        if letter in "\"'`":
            place = _after_string(script, place)
            continue
        depth += (letter in "([{") - (letter in ")]}")
        yield place, letter, depth
        place += 1


def _after_string(script: str, place: int) -> int:
    quote = script[place]
    end = place + 1
    while end < len(script) and script[end] != quote:
        end += 2 if script[end] == "\\" else 1
    return end + 1


def _value(script: str, written: str) -> object:
    """Read a value: JSON, a literal of JavaScript, or a variable that was given one."""
    written = written.strip()
    if re.fullmatch(r"[A-Za-z_$][\w$.]*", written) and written not in {"true", "false", "null"}:
        found = re.search(rf"(?<![\w$.]){re.escape(written)}\s*=\s*(?!=)", script)
        if not found:
            return None
        written = _literal(script, found.end())
    element = re.fullmatch(r"""document\.getElementById\(\s*["']([^"']+)["']\s*\)""", written)
    if element:
        return element[1]
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        pass
    if len(written) > LARGEST_LITERAL or not written:
        return None
    try:
        return json5.loads(written)
    except (ValueError, RecursionError):
        return None


def _literal(script: str, at: int) -> str:
    """Give the value that starts at a place, up to the end of its statement."""
    for place, letter, depth in _outside_strings(script, at):
        if depth < 0 or (depth == 0 and letter in ";,\n" and script[at:place].strip()):
            return script[at:place]
    return script[at:]
