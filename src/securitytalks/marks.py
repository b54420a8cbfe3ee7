"""How a figure's precision is drawn: an open arrow for a bound, a band for "about", a dot for an exact number."""

from __future__ import annotations

import math
from fractions import Fraction

import plotly.graph_objects as go

from .door import INK

LOWER_BOUNDS = ("more than", "at least", "most")
UPPER_BOUNDS = ("up to", "less than")
FRACTIONS = sorted({Fraction(n, d) for d in range(2, 6) for n in range(1, d)})
ROW = 48  # px of a row with its label above the mark


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


def add_figure_mark(
    fig: go.Figure, *, value: float, precision: str, y: float, colour: str, text: str, row: int = 1
) -> None:
    """Draw one printed number at height y of a panel: its band where it is "about", its arrow where it is a bound."""
    if precision == "about":
        low, high = rounding_band(value)
        fig.add_bar(
            x=[high - low],
            base=[low],
            y=[y],
            width=0.3,
            orientation="h",
            marker={"color": colour, "opacity": 0.35},
            hovertext=[text],
            hoverinfo="text",
            row=row,
            col=1,
        )
    fig.add_scatter(
        x=[value],
        y=[y],
        mode="markers",
        hovertext=[text],
        hoverinfo="text",
        row=row,
        col=1,
        marker={"symbol": marker_of(precision), "size": 15, "color": colour, "line": {"width": 2.5, "color": colour}},
    )


def label_rows(fig: go.Figure, texts: list[str], *, row: int = 1, lift: float = 0.14) -> None:
    """Put the label of each row over its mark, at the left edge: it fits a phone, and never collides with a mark."""
    suffix = "" if row == 1 else str(row)
    for at, text in enumerate(texts):
        fig.add_annotation(
            text=text,
            x=0,
            xref=f"x{suffix} domain",
            y=at - lift,
            yref=f"y{suffix}",
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            align="left",
            font={"size": 13, "color": INK},
        )
    fig.update_yaxes(
        range=[len(texts) - 0.55, -0.85], showticklabels=False, showgrid=False, showline=False, row=row, col=1
    )
