"""Marks and their words: an open arrow for a bound, a band for "about", a dot for an exact number; labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import plotly.graph_objects as go

from ..words.numbers import LOWER_BOUNDS, UPPER_BOUNDS, printed_band
from .theme import INK, SMALL_FONT, TEXT_FONT, WHITE

# How a sentence shows the symbol of a mark.
GLYPHS = {"square": "■", "diamond": "◆", "circle": "●", "triangle-up": "▲", "cross": "✚", "star": "★"}


def menu(name: str, choices: list[dict], **more: object) -> dict:
    """A row of buttons over the plot, at the left; `name` is the label that an export gives the control.

    `more` are attributes of Plotly's updatemenus that differ, such as type="dropdown".
    """
    return {
        "name": name, "type": "buttons", "direction": "right", "buttons": choices, "active": 0,
        "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "pad": {"b": 26},
        "bgcolor": WHITE, "bordercolor": INK, "font": SMALL_FONT, **more,
    }  # fmt: skip


def glyph_key(symbols: Mapping[str, str]) -> str:
    """What each symbol stands for, as part of a sentence.

    >>> glyph_key({"commitment": "circle", "position": "diamond"})
    '● commitment, ◆ position'
    """
    return ", ".join(f"{GLYPHS[symbol]} {name}" for name, symbol in symbols.items())


def marker_of(precision: str) -> str:
    """The symbol of a precision: open arrows point where the true number may lie."""
    if precision in LOWER_BOUNDS:
        return "triangle-right-open"
    return "triangle-left-open" if precision in UPPER_BOUNDS else "circle"


def add_point(
    fig: go.Figure,
    x: object,
    y: float,
    *,
    text: str,
    marker: dict[str, object],
    row: int | None = None,
    col: int | None = None,
) -> None:
    """Draw one mark with its hover text."""
    fig.add_scatter(x=[x], y=[y], mode="markers", hovertext=[text], hoverinfo="text", marker=marker, row=row, col=col)


def add_span(
    fig: go.Figure,
    start: object,
    end: object,
    *,
    y: float,
    width: float,
    text: str,
    marker: dict[str, object],
    row: int | None = None,
    col: int | None = None,
) -> None:
    """Draw a bar from one number to another, or from one time to another, with its hover text."""
    length = end - start
    if isinstance(length, pd.Timedelta):
        length /= pd.Timedelta(milliseconds=1)  # as Plotly measures bars on an axis of dates
    fig.add_bar(
        x=[length],
        base=[start],
        y=[y],
        width=width,
        orientation="h",
        hovertext=[text],
        hoverinfo="text",
        marker=marker,
        row=row,
        col=col,
    )


def span_marker(colour: str, *, hatched: bool, opacity: float = 1) -> dict[str, object]:
    """The look of a bar; hatched where its ends are our reading."""
    if not hatched:
        return {"color": colour, "opacity": opacity}
    pattern = {"shape": "/", "size": 6, "solidity": 0.4}
    return {"color": colour, "pattern": pattern, "line": {"width": 1.5, "color": colour}}


def precision_marker(precision: str, colour: str) -> dict[str, object]:
    """The marker of a figure of this precision."""
    return {"symbol": marker_of(precision), "size": 15, "color": colour, "line": {"width": 2.5, "color": colour}}


def add_figure_mark(fig: go.Figure, *, value: float, precision: str, y: float, colour: str, text: str) -> None:
    """Draw one printed number at height y of the first panel: a band where it is "about", an arrow for a bound."""
    if precision == "about":
        low, high = printed_band(value)
        band = {"color": colour, "opacity": 0.35}
        add_span(fig, low, high, y=y, width=0.3, text=text, marker=band, row=1, col=1)
    add_point(fig, value, y, text=text, marker=precision_marker(precision, colour), row=1, col=1)


def left_text(
    text: str, y: float, *, above: bool = True, small: bool = False, row: int | None = None
) -> dict[str, object]:
    """An annotation at the left edge of the plot, or of a panel of it, above a height or under it."""
    panel = "" if row in {None, 1} else str(row)
    return {
        "text": text,
        "x": 0,
        "xref": "paper" if row is None else f"x{panel} domain",
        "y": y,
        "yref": f"y{panel}",
        "xanchor": "left",
        "yanchor": "bottom" if above else "top",
        "showarrow": False,
        "align": "left",
        "font": SMALL_FONT if small else TEXT_FONT,
    }


def text_in_margin(text: str, y: float) -> dict[str, object]:
    """An annotation in the left margin, beside the plot at a height: where the names of rows stand on a slide."""
    place = {"xanchor": "right", "xshift": -8, "yanchor": "middle"}
    return left_text(text, y, small=True) | place


def add_annotations(fig: go.Figure, annotations: Iterable[dict[str, object]]) -> None:
    """Add many annotations at once: Plotly checks all of a figure again for each that is added alone."""
    fig.layout.annotations = [*fig.layout.annotations, *annotations]
