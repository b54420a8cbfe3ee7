"""Charts with several panels: where each stands and how its title is set."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from .marks import add_left_text
from .stage import on_a_slide
from .theme import INK

ROW = 48  # px of a row with its label above the mark


SLIDE_GAP = 0.12  # of the height of a slide's chart: what the title of a panel needs


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
