"""Plotly figures that a notebook holds in another form than Plotly's own output: in scripts, widgets and frames."""

from __future__ import annotations

import base64
import copy
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import json5
from bs4 import BeautifulSoup, Tag

from notebook_decks.cells import FIGURE
from notebook_decks.files import text_in

CALL = re.compile(r"""\bPlotly\s*(?:\.\s*|\[\s*["'])(?:newPlot|react|plot)(?:["']\s*\])?\s*\(""")
CHANGE = re.compile(  # of a figure that was drawn; to play the figure's own frames is none
    r"\bPlotly\.(addTraces|deleteTraces|(?:extend|prepend)Traces|re(?:layout|style)|update"
    r"|animate(?!\s*\([^,()]*,\s*null\b))\s*\("
)
COMMENT = re.compile(
    r"""(?s)(?P<kept>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|/\*.*?\*/|(?<![:\\/])//[^\n]*"""
)
NAME_IN_VALUE = re.compile(
    r"""(?P<kept>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|`(?P<words>[^`\\$]*)`"""
    r"""|(?<=[\[,:])(?P<space>\s*)(?P<name>[A-Za-z_$][\w$.]*)(?=\s*[,\]}])"""
)
SPREAD = re.compile(r"(?<=[\[{,])\s*\.\.\.\s*([A-Za-z_$][\w$]*)(?=\s*[,\]}])")
QUOTES = ("'", '"', "`")
UNNAMED = "an element without an id"
TYPES = {f"{name}{size}": f"{name[0]}{size // 8}" for name in ("int", "uint", "float") for size in (8, 16, 32, 64)}
NO_NAMES = {"true", "false", "null", "undefined", "NaN", "Infinity"}
MOST_NAMES = 100  # variables inside of values that are read; a script may name one in another without end
FRAMES = re.compile(r"\bPlotly\.addFrames\s*\(\s*[^,()]+,")
LIBRARY = re.compile(r"\* plotly\.js\b[^\n]{0,40} v\d")  # its first lines, where an output carries all of it
SCRIPT = re.compile(r"(?is)<script\b([^>]*)>(.*?)</script\s*>")
WIDGET_DATA = re.compile(r"""data-for\s*=\s*["']([^"']+)["']""")
STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
LARGEST = 60_000_000  # characters of a script that are searched
LARGEST_LITERAL = 2_000_000  # characters of a value that is no JSON and is read as JavaScript


def in_html(page: str) -> tuple[str, list[tuple[str, dict]], list[str], list[str]]:
    """Take the figures out of the scripts of an HTML output.

    Returns:
        The HTML without its scripts; the figures, each with the id of the element that it is drawn in; the ids of
        elements whose figures could not be read; and those of elements whose figures a script changes later.
    """
    figures: list[tuple[str, dict]] = []
    unread: list[str] = []
    changed: list[str] = []
    for attributes, script in SCRIPT.findall(page[:LARGEST]):
        widget = WIDGET_DATA.search(attributes)
        if widget:
            figure = as_figure(_json(script).get("x"))
            if figure and all(isinstance(trace, dict) for trace in figure.get("data", [])):  # a table has lists
                figures.append((widget[1], figure))
            else:
                unread.append(widget[1])
            continue
        calls = [] if LIBRARY.search(script, 0, 3000) else _calls(script)
        if not all(figure and complete for _, figure, complete in calls):
            calls = _calls(COMMENT.sub(lambda found: found["kept"] or " ", script))
        for name, figure, complete in calls:
            if figure:
                figures.append((name, figure))
                changed += [] if complete else [name]
            else:
                unread.append(name)
        changed += _changed(script, dict(figures)) if calls else []
    return SCRIPT.sub("", page), figures, unread, changed


def _calls(script: str) -> list[tuple[str, dict | None, bool]]:
    return [_of_call(script, call.end()) for call in CALL.finditer(script)]


def _changed(script: str, figures: dict[str, dict]) -> list[str]:
    """Add the traces that a script adds to its figures; give the elements whose figures it changes in another way."""
    changed = []
    for call in CHANGE.finditer(script):
        name, *values = (_value(script, written, call.start()) for written in _arguments(script, call.end()))
        added = values[:1] if call[1] == "addTraces" else []
        added = added[0] if added and isinstance(added[0], list) else added
        if name in figures and added and all(isinstance(trace, dict) for trace in added) and len(values) == 1:
            figures[name]["data"] += added
        else:
            changed.append(str(name or UNNAMED))
    return changed


def in_widget(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> tuple[list[dict], bool]:
    """Read a widget from the state that the notebook has stored.

    Returns:
        What it shows, as outputs of a notebook in their order; and whether that is all that it shows.
    """
    stored = ((metadata.get("widgets") or {}).get(STATE) or {}).get("state") or {}
    return _of_model(str((data.get(VIEW) or {}).get("model_id")), stored, ())


def _of_model(name: str, stored: Mapping[str, Any], way: tuple[str, ...]) -> tuple[list[dict], bool]:
    model = stored.get(name) or {}
    state = _with_buffers(model)
    for data, layout in (("_widget_data", "_widget_layout"), ("_data", "_layout")):  # plotly 6 and newer; older
        if figure := as_figure({"data": state.get(data), "layout": state.get(layout) or {}}):
            return [_output({FIGURE: figure})], True
    if isinstance(state.get("outputs"), list):
        return [_output(output.get("data")) if "data" in output else output for output in state["outputs"]], True
    named = [_output({"text/plain": str(state["description"])})] if state.get("description") else []
    if model.get("model_name") in {"HTMLModel", "HTMLMathModel"}:
        return [*named, _output({"text/html": str(state.get("value", ""))})], True
    if model.get("model_name") == "ImageModel" and model.get("buffers"):
        return [_output({f"image/{state.get('format') or 'png'}": model["buffers"][0].get("data", "")})], True
    if model.get("model_name") == "LabelModel":
        return [*named, _output({"text/plain": str(state.get("value", ""))})], True
    children = [str(child).removeprefix("IPY_MODEL_") for child in state.get("children") or []]
    titles = state.get("titles") or list((state.get("_titles") or {}).values())  # of tabs; older versions number them
    parts = [_of_model(child, stored, (*way, name)) for child in children if child not in way]
    shown = [[*(_output({"text/plain": str(t)}) for t in titles[n : n + 1]), *p[0]] for n, p in enumerate(parts)]
    return [output for part in shown for output in part], bool(parts) and all(complete for _, complete in parts)


def _with_buffers(model: Mapping[str, Any]) -> dict[str, Any]:
    """Give the state of a widget with its arrays, which a notebook stores beside it, as a figure packs them."""
    state = copy.deepcopy(dict(model.get("state") or {}))
    for buffer in model.get("buffers") or []:
        try:
            *way, last, _ = buffer["path"]  # the last step is "buffer" or "value", inside an array
            holder: Any = state
            for step in way:
                holder = holder[step]
            array = holder[last]
            kind = TYPES[array["dtype"]]
            shape = ", ".join(str(length) for length in array["shape"])
            holder[last] = {"dtype": kind, "bdata": buffer["data"], "shape": shape}
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            continue  # a buffer of something else, such as a picture
    return state


def _output(data: object) -> dict:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def unframed(page: str) -> str:
    """Put documents that frames bring with them in the places of the frames."""
    if "<iframe" not in page.lower():
        return page
    soup = BeautifulSoup(page, "html.parser")
    for frame in soup.find_all("iframe"):
        document = _document_in(frame)
        if document is None:
            continue
        for advice in soup.find_all("span", string=re.compile("Make this Notebook Trusted")):
            advice.decompose()
        frame.replace_with(BeautifulSoup(document, "html.parser"))
    return str(soup)


def with_first_picture(page: str) -> str:
    """Give a picture without data, which a script was to fill, the first picture of its script.

    >>> with_first_picture('<img id="a"><script>frames[0] = "data:image/png;base64,iVBO"</script>')
    '<img src="data:image/png;base64,iVBO" id="a"><script>frames[0] = "data:image/png;base64,iVBO"</script>'
    """
    empty = re.search(r"(?i)<img(?![^<>]*\ssrc\s*=)(?=[\s>])", page)
    data = empty and re.search(r"""=\s*["'](data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=\\\n]+)["']""", page)
    if not empty or not data:
        return page
    source = data[1].replace("\\\n", "")  # matplotlib breaks the lines of a script's text
    return f'{page[: empty.end()]} src="{source}"{page[empty.end() :]}'


def _document_in(frame: Tag) -> str | None:
    """Give the document that a frame brings with it: as srcdoc, as an address with data, or as folium writes it."""
    if frame.get("srcdoc"):
        return str(frame["srcdoc"])
    head, _, body = str(frame.get("src", "")).partition(",")
    if head.startswith("data:text/html"):
        return _decoded(body) if head.endswith(";base64") else unquote(body)
    return _decoded(str(frame["data-html"])) if frame.get("data-html") else None


def _decoded(packed: str) -> str | None:
    try:
        written = base64.b64decode(packed, validate=True).decode("utf-8")
    except ValueError:
        written = unquote(packed)  # newer versions of folium
    return written if "<" in written else None


def in_frame(page: str, folder: str) -> dict | None:
    """Read the figure of a file beside the notebook that an output shows in a frame."""
    found = re.search(r"""(?is)<iframe\b[^>]*?\bsrc\s*=\s*["']([^"']+)["']""", page)
    if not found or re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", found[1]):
        return None
    try:
        path = Path(folder or ".") / unquote(found[1])
        written = text_in(path) if path.is_file() and path.stat().st_size < LARGEST else ""
    except (OSError, ValueError):
        return None
    figures = in_html(written)[1]
    return figures[0][1] if figures else None


def as_figure(value: object) -> dict | None:
    """Give a figure of Plotly, also one that is written as JSON; None for anything else."""
    value = _json(value) if isinstance(value, str) else value
    if not isinstance(value, dict) or not isinstance(value.get("data"), list):
        return None
    kept = {key: value[key] for key in ("data", "layout", "config", "frames") if value.get(key)}
    layout = kept.get("layout")
    return kept | {"layout": layout if isinstance(layout, dict) else {}}


def _json(text: str) -> dict:
    read = _json_value(text)
    return read if isinstance(read, dict) else {}


def _json_value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _of_call(script: str, at: int) -> tuple[str, dict | None, bool]:
    """Read the arguments of Plotly.newPlot: element, data, layout and config, or one object with all of them.

    Returns:
        The id of the element, the figure, and whether that is all of it.
    """
    arguments = list(_arguments(script, at))
    name = str(_value(script, arguments[0], at) or UNNAMED) if arguments else ""
    values = [_value(script, argument, at) for argument in arguments[1:4]]
    if values and isinstance(values[0], dict):
        return name, as_figure(values[0]), True
    if not values or not isinstance(values[0], list):
        return name, None, True
    complete = isinstance((*values, {}, {})[1], dict) or arguments[2] in {"", "null", "undefined"}
    figure = dict(zip(("data", "layout", "config"), values, strict=False))
    figure = {key: value for key, value in figure.items() if key == "data" or isinstance(value, dict)}
    if frames := FRAMES.search(script, at):
        read = _value(script, next(_arguments(script, frames.end()), ""), at)
        figure |= {"frames": read} if isinstance(read, list) else {}
        complete = complete and isinstance(read, list)
    return name, as_figure(figure), complete


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


def _value(script: str, written: str, at: int) -> object:
    """Read a value: JSON, a literal of JavaScript, or a variable that was given one before the place `at`."""
    written = written.strip()
    if member := re.fullmatch(r"([A-Za-z_$][\w$]*)(?:\.(\w+)|\[['\"](\w+)['\"]\])", written):
        whole = _value(script, member[1], at)
        if isinstance(whole, dict):
            return whole.get(member[2] or member[3])
    if re.fullmatch(r"[A-Za-z_$][\w$.]*", written) and written not in NO_NAMES:
        written = _given_to(script, written, at).strip()
    if parsed := re.fullmatch(r"JSON\.parse\(\s*(.+?)\s*\)", written, re.DOTALL):
        inner = parsed[1] if parsed[1][0] in QUOTES else _given_to(script, parsed[1], at).strip()
        inner = _value(script, inner, at) if inner[:1] in QUOTES else None
        return _json_value(inner) if isinstance(inner, str) else None
    element = re.fullmatch(r"""document\.(?:getElementById|querySelector)\(\s*["'`]#?([^"'`]+)["'`]\s*\)""", written)
    if element:
        return element[1]
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        pass
    if len(written) > LARGEST_LITERAL or not written:
        return None
    try:
        return json5.loads(_with_values_of_names(script, _with_spread_values(script, written, at), at))
    except (ValueError, RecursionError):
        return None


def _given_to(script: str, name: str, at: int) -> str:
    """Give the value that a variable has at a place, as it is written; "" for none, or one whose parts were changed."""
    given = re.compile(rf"(?<![\w$.]){re.escape(name)}\s*=\s*(?![=>])")
    place = at
    while (place := script.rfind(name, 0, place)) >= 0:
        if found := given.match(script, place):
            parts = rf"(?<![\w$.]){re.escape(name)}(?:\.\w+|\[[^\]\n]{{0,100}}\])*"
            changes = rf"Object\.assign\(\s*{parts}|{parts}(?:\.(?:push|unshift|splice|forEach)\(|[.\]]\w*\s*=[^=])"
            return "" if re.compile(changes).search(script, found.end(), at) else _literal(script, found.end())
    found = given.search(script, at)
    return _literal(script, found.end()) if found else ""


def _with_spread_values(script: str, written: str, at: int) -> str:
    """Put what a variable holds in the place where a value spreads it: `[...traces, last]`, `{...usual, width: 9}`."""

    def spread(found: re.Match) -> str:
        given = _given_to(script, found[1], at)[:LARGEST_LITERAL].strip()
        return given[1:-1].strip().rstrip(",") if given[:1] in {"[", "{"} and given[-1] in "]}" else found[0]

    return SPREAD.sub(spread, written)


def _with_values_of_names(script: str, written: str, at: int) -> str:
    """Put the values of variables in their places inside a value: `[trace1, trace2]`."""
    left = MOST_NAMES

    def value(found: re.Match) -> str:
        nonlocal left
        left -= 1
        if found["words"] is not None:
            return json.dumps(found["words"])
        if found["name"] == "undefined":
            return f"{found['space']}null"
        if found["kept"] or found["name"] in NO_NAMES or left < 0:
            return found[0]
        given = _given_to(script, found["name"], at)[:LARGEST_LITERAL]
        return found["space"] + (NAME_IN_VALUE.sub(value, given) or found["name"])

    return NAME_IN_VALUE.sub(value, written)


def _literal(script: str, at: int) -> str:
    """Give the value that starts at a place, up to the end of its statement."""
    for place, letter, depth in _outside_strings(script, at):
        if depth < 0 or (depth == 0 and letter in ";,\n" and script[at:place].strip()):
            return script[at:place]
    return script[at:]
