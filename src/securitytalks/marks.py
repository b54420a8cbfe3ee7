"""Marks and their words: an open arrow for a bound, a band for "about", a dot for an exact number; labels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from .door import INK, on_a_slide

LOWER_BOUNDS = ("more than", "at least", "most")
UPPER_BOUNDS = ("up to", "less than")
FRACTIONS = sorted({Fraction(n, d) for d in range(2, 6) for n in range(1, d)})
ROW = 48  # px of a row with its label above the mark
SLIDE_GAP = 0.12  # of the height of a slide's chart: what the title of a panel needs
# How a sentence shows the symbol of a mark.
GLYPHS = {"square": "■", "diamond": "◆", "circle": "●", "triangle-up": "▲", "cross": "✚", "star": "★"}


def glyph_key(symbols: Mapping[str, str]) -> str:
    """What each symbol stands for, as part of a sentence.

    >>> glyph_key({"commitment": "circle", "position": "diamond"})
    '● commitment, ◆ position'
    """
    return ", ".join(f"{GLYPHS[symbol]} {name}" for name, symbol in symbols.items())


def rounding_band(value: float) -> tuple[float, float]:
    """The numbers that round to a printed one: half a step of its last non-zero digit to each side.

    >>> rounding_band(110_000)
    (105000.0, 115000.0)
    >>> rounding_band(3e9)
    (2500000000.0, 3500000000.0)
    """
    digits = f"{int(value)}".rstrip("0")
    half = 10 ** (len(f"{int(value)}") - len(digits)) / 2
    return value - half, value + half


def fraction_band(share: float) -> tuple[float, float]:
    """The shares nearer to a simple fraction (halves to fifths) than to its neighbours.

    >>> low, high = fraction_band(2 / 3)
    >>> f"{low:.3f} to {high:.3f}"
    '0.633 to 0.708'
    """
    at = min(range(len(FRACTIONS)), key=lambda i: abs(FRACTIONS[i] - share))
    low = FRACTIONS[at - 1] if at else Fraction(0)
    high = FRACTIONS[at + 1] if at + 1 < len(FRACTIONS) else Fraction(1)
    return float((low + FRACTIONS[at]) / 2), float((high + FRACTIONS[at]) / 2)


def floor_to(value: float, digits: int = 2) -> float:
    """A number cut down to so many digits, so that a lower bound stays one.

    >>> floor_to(19_023)
    19000
    """
    step = 10 ** (math.floor(math.log10(value)) - digits + 1)
    return math.floor(value / step) * step


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


def add_figure_mark(
    fig: go.Figure, *, value: float, precision: str, y: float, colour: str, text: str, row: int = 1
) -> None:
    """Draw one printed number at height y of a panel: its band where it is "about", its arrow where it is a bound."""
    if precision == "about":
        low, high = fraction_band(value) if value < 1 else rounding_band(value)
        band = {"color": colour, "opacity": 0.35}
        add_span(fig, low, high, y=y, width=0.3, text=text, marker=band, row=row, col=1)
    add_point(fig, value, y, text=text, marker=precision_marker(precision, colour), row=row, col=1)


def add_left_text(
    fig: go.Figure, text: str, y: float, *, above: bool = True, size: int = 13, row: int | None = None
) -> None:
    """Write at the left edge of the plot, or of a panel of it, above a height or under it."""
    suffix = "" if row in {None, 1} else str(row)
    fig.add_annotation(
        text=text,
        x=0,
        xref="paper" if row is None else f"x{suffix} domain",
        y=y,
        yref=f"y{suffix}",
        xanchor="left",
        yanchor="bottom" if above else "top",
        showarrow=False,
        align="left",
        font={"size": size, "color": INK},
    )


def panel_titles_left(fig: go.Figure) -> None:
    """Put the titles of panels at the left edge, over their panels."""
    for title in fig.layout.annotations:
        title.update(x=0, xanchor="left", align="left", font={"size": 13, "color": INK})


def panels(titles: Sequence[str], heights: Sequence[float], *, gap: float, shared_xaxes: bool = False) -> go.Figure:
    """An empty figure with panels one under the other, each with its title in bold at the left."""
    fig = make_subplots(
        rows=len(titles),
        cols=1,
        shared_xaxes=shared_xaxes,
        vertical_spacing=gap,
        row_heights=list(heights),
        subplot_titles=[f"<b>{title}</b>" for title in titles],
    )
    panel_titles_left(fig)
    return fig


def panels_on_a_slide(fig: go.Figure, places: Sequence[tuple[float, float, float, float]]) -> None:
    """Where each panel, with its title, stands on a slide: left, right, lower and upper edge, as parts of the plot."""
    lowest: dict[float, float] = {}
    for left, _, low, _ in places:
        lowest[left] = min(low, lowest.get(left, low))
    changes: dict[str, object] = {"margin.t": 0}
    for at, (left, right, low, high) in enumerate(places):
        number = "" if at == 0 else at + 1
        changes |= {f"xaxis{number}.domain": [left, right], f"yaxis{number}.domain": [low, high]}
        changes |= {f"annotations[{at}].x": left, f"annotations[{at}].y": high}
        if low == lowest[left]:  # else panels that share a scale have it under the last of all
            changes[f"xaxis{number}.showticklabels"] = True
    on_a_slide(fig, changes)


def one_under_the_other(heights: Sequence[float]) -> list[tuple[float, float, float, float]]:
    """The places of panels of such heights, over the whole width of a slide.

    >>> one_under_the_other([1, 1])
    [(0, 1, 0.56, 1.0), (0, 1, 0.0, 0.44)]
    """
    unit = (1 - SLIDE_GAP * (len(heights) - 1)) / sum(heights)
    places, high = [], 1.0
    for height in heights:
        places.append((0, 1, round(max(0.0, high - unit * height), 3), round(high, 3)))
        high -= unit * height + SLIDE_GAP
    return places


def beside(number: int, y: float) -> dict[str, object]:
    """What puts annotation `number` of a chart at the left of its plot, in the margin, at a height."""
    place = {"x": 0, "xanchor": "right", "xshift": -8, "y": y, "yanchor": "middle"}
    return {f"annotations[{number}].{key}": value for key, value in place.items()}


def rows_high(texts: Sequence[str]) -> float:
    """The height of a panel of labelled rows, in rows: more where the first label has two lines."""
    return len(texts) + 0.3 + 0.35 * texts[0].count("<br>")


def label_rows(fig: go.Figure, texts: list[str], *, row: int = 1, lift: float = 0.14) -> None:
    """Put the label of each row over its mark, at the left edge: it fits a phone, and never collides with a mark."""
    for at, text in enumerate(texts):
        add_left_text(fig, text, at - lift, row=row)
    bottom = len(texts) - 0.55
    fig.update_yaxes(
        range=[bottom, round(bottom - rows_high(texts), 2)],
        showticklabels=False,
        showgrid=False,
        showline=False,
        row=row,
        col=1,
    )
