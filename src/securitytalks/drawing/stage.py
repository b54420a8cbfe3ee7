"""The stages of a chart, page, slide and deck, and the steps in which a chart is explained."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextvars import ContextVar

import plotly.graph_objects as go
from plotly.io.json import to_json_plotly

from ..words.language import Texts
from .marks import menu

MOST_STEPS = 5
STEP_ROW = 34  # px that the buttons of the steps need over a chart
FAINT = 0.25  # opacity of marks that a step is not about; their numbers stay dark enough to read

# What the exporter sets itself: it gives a slide its height, and says title and footer outside the chart.
NOT_COMPARED = ("meta", "template", "title", "height")

_STAGE = ContextVar("stage", default="page")


def on_slide() -> bool:
    """Return whether a chart is being drawn wide and low, for a slide or a wide page, or for a narrow page."""
    return _STAGE.get() != "page"


def in_deck() -> bool:
    """Return whether a chart is being drawn for a deck alone, where a class reads it from afar and less is more."""
    return _STAGE.get() == "deck"


def drawn_for_each(draw: Callable[[], go.Figure]) -> go.Figure:
    """Draw a chart for each stage; give the page's, with what differs elsewhere in its `layout.meta`.

    `meta["slide"]` is for slides and wide pages, `meta["deck"]` for decks where these have less.

    >>> draw = lambda: go.Figure(layout={"xaxis": {"nticks": 3 if in_deck() else 6 if on_slide() else 12}})
    >>> drawn_for_each(draw).layout.meta
    {'slide': {'xaxis.nticks': 6}, 'deck': {'xaxis.nticks': 3}}
    """
    page = draw()
    slide, deck = (_differences(page, _drawn_on(stage, draw)) for stage in ("slide", "deck"))
    less = {"deck": deck} if deck != slide else {}
    return page.update_layout(meta={**(page.layout.meta or {}), "slide": slide, **less})


def _drawn_on(stage: str, draw: Callable[[], go.Figure]) -> go.Figure:
    token = _STAGE.set(stage)
    try:
        return draw()
    finally:
        _STAGE.reset(token)


def _differences(page: go.Figure, slide: go.Figure) -> dict[str, object]:
    before, after = _compared(page), _compared(slide)
    traces = {"data": before.pop("data")}, {"data": after.pop("data")}
    return _changes(*traces) | _changes(before, after)


def _compared(fig: go.Figure) -> dict[str, object]:
    """The layout of a figure and its data, as JSON writes them."""
    figure = fig.to_dict()
    layout = {name: value for name, value in figure["layout"].items() if name not in NOT_COMPARED}
    return json.loads(to_json_plotly(layout | {"data": figure["data"]}))


def _changes(page: object, slide: object, path: str = "") -> dict[str, object]:
    """A new value for each place, by its Plotly name, that makes the one into the other.

    >>> _changes({"xaxis": {"range": [0, 1]}, "shapes": [{"y": 1}]}, {"xaxis": {"range": [0, 2]}, "shapes": [{"y": 3}]})
    {'xaxis.range': [0, 2], 'shapes[0].y': 3}
    """
    if page == slide or (isinstance(page, dict) and page.get("name") == "footer"):
        return {}
    if isinstance(page, dict) and isinstance(slide, dict) and not any(key == "bdata" or "." in key for key in slide):
        pairs = [(f"{path}.{key}".lstrip("."), page.get(key), slide.get(key)) for key in {**page, **slide}]
    elif _are_objects(page) and _are_objects(slide) and len(page) == len(slide):
        pairs = [(f"{path}[{at}]", *both) for at, both in enumerate(zip(page, slide, strict=True))]
    else:
        return {path: slide}
    return {place: value for where, old, new in pairs for place, value in _changes(old, new, where).items()}


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def in_steps(fig: go.Figure, steps: Sequence[tuple[str, Mapping[str, object]]], *, builds_up: bool = False) -> None:
    """Explain a chart in steps: a sentence for each, and what differs there from the complete chart.

    Of more than five steps the last five are kept. A chart that `builds_up` opens at its first step in a deck. The
    functions below make the changes.
    """
    kept = [{"text": text, "changes": dict(changes)} for text, changes in steps[-MOST_STEPS:]]
    fig.update_layout(meta={**(fig.layout.meta or {}), "steps": kept, **({"builds_up": True} if builds_up else {})})


def add_step_buttons(fig: go.Figure, subtitles: Sequence[str], *, above: int) -> None:
    """Let JupyterLab show the steps without a kernel: a button for the complete chart, then one for each step.

    Each sets all that any step changes, and its sentence as subtitle: `subtitles` are that of the complete chart and
    those of the steps. `above` px lie between the buttons and the plot. An export shows the steps in its own way.
    """
    figure = fig.to_plotly_json()
    changes = [{}, *(step["changes"] for step in fig.layout.meta["steps"])]
    complete = {place: _value(figure, place) for change in changes for place in change}
    names = [Texts("steps")("complete"), *map(str, range(1, len(changes)))]
    buttons = [
        {"label": name, "method": "update", "args": _update(complete | change, subtitle)}
        for name, change, subtitle in zip(names, changes, subtitles, strict=True)
    ]
    shown = menu("steps", buttons, x=1, xanchor="right", pad={"b": above})
    fig.update_layout(updatemenus=[*fig.layout.updatemenus, shown])


def _value(figure: dict, place: str) -> object:
    """What stands at a place of a figure; None where nothing stands, which Plotly reads as its default."""
    node = figure if place.startswith("data[") else figure["layout"]
    for part in re.findall(r"[^.\[\]]+", place):
        node = node[int(part)] if part.isdigit() else (node or {}).get(part)
    return True if node is None and place.endswith(".visible") else node


def _update(values: Mapping[str, object], subtitle: str) -> list[object]:
    """The arguments of Plotly's update: values of the traces, values of the layout, the traces."""
    places = {place: re.fullmatch(r"data\[(\d+)\]\.(.+)", place) for place in values}
    layout = {place: values[place] for place, found in places.items() if not found}
    of_data = [(int(found[1]), found[2], values[place]) for place, found in places.items() if found]
    traces = sorted({at for at, _, _ in of_data})
    data = {name: [None] * len(traces) for _, name, _ in of_data}
    for at, name, value in of_data:
        data[name][traces.index(at)] = value
    return [data, layout | {"title.subtitle.text": subtitle}, traces]


def only_rows(fig: go.Figure, names: Collection[str]) -> dict[str, float]:
    """The changes that leave the marks of some rows of a grid as they are, and make all others faint."""
    return {f"data[{at}].marker.opacity": 1 if trace.name in names else FAINT for at, trace in enumerate(fig.data)}


def hidden(
    *, traces: Iterable[int] = (), annotations: Iterable[int] = (), shapes: Iterable[int] = ()
) -> dict[str, bool]:
    """The changes that hide traces, annotations and shapes, by their number in the figure."""
    kinds = {"data": traces, "annotations": annotations, "shapes": shapes}
    places = [f"{kind}[{at}]" for kind, numbers in kinds.items() for at in numbers]
    return {f"{place}.visible": False for place in places}
