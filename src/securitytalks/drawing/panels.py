"""Charts with several panels: where each stands on a page and on a slide, and how rows and panels are labelled."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from .marks import add_annotations, left_text
from .stage import on_slide
from .theme import TEXT_FONT

ROW = 48  # px of a row with its label above the mark
LIFT = 0.14  # of a row: from its mark up to its label
SLIDE_GAP = 0.12  # of the height of a slide's chart: what the title of a panel needs

Place = tuple[float, float, float, float]  # of a panel: left, right, lower and upper edge, as parts of the plot


def panels(
    titles: Sequence[str],
    heights: Sequence[float] | None = None,
    *,
    gap: float,
    slide: Sequence[Place] = (),
    shared_xaxes: bool = False,
) -> go.Figure:
    """An empty figure with panels one under the other, each with its title at the left.

    `slide`: the place of each panel, with its title, on a slide; without it, panels stand there as on a page.
    """
    fig = make_subplots(
        rows=len(titles),
        cols=1,
        shared_xaxes=shared_xaxes,
        vertical_spacing=gap,
        row_heights=list(heights) if heights else None,
        subplot_titles=list(titles),
    )
    for title in fig.layout.annotations:
        title.update(x=0, xanchor="left", align="left", font=TEXT_FONT)
    if slide and on_slide():
        _place_on_slide(fig, slide)
    return fig


def _place_on_slide(fig: go.Figure, places: Sequence[Place]) -> None:
    lowest = {left: min(low for other, _, low, _ in places if other == left) for left, *_ in places}
    for title, (left, right, low, high), number in zip(fig.layout.annotations, places, range(1, 10), strict=False):
        suffix = "" if number == 1 else number
        title.update(x=left, y=high)
        fig.layout[f"xaxis{suffix}"].domain = (left, right)
        fig.layout[f"yaxis{suffix}"].domain = (low, high)
        if low == lowest[left]:  # panels that share a scale have it under the last of all
            fig.layout[f"xaxis{suffix}"].showticklabels = True


def one_under_the_other(heights: Sequence[float]) -> list[Place]:
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


def rows_high(texts: Sequence[str]) -> float:
    """The height of a panel of labelled rows, in rows: more where the first label has two lines."""
    return len(texts) + 0.3 + 0.35 * texts[0].count("<br>")


def label_rows(fig: go.Figure, texts: list[str], *, row: int = 1, over: Sequence[object] = ()) -> None:
    """Put the label of each row over its mark, at the left edge: it fits a phone, and never collides with a mark.

    `over`: a place on the axis for each row where its label ends instead; None where it stays at the left edge.
    """
    ends = zip(texts, over or [None] * len(texts), strict=True)
    add_annotations(fig, [_row_label(text, at, end, row) for at, (text, end) in enumerate(ends)])
    bottom = len(texts) - 0.55
    fig.update_yaxes(
        range=[bottom, round(bottom - rows_high(texts), 2)],
        showticklabels=False,
        showgrid=False,
        showline=False,
        row=row,
        col=1,
    )
    fig.update_xaxes(showgrid=False, row=row, col=1)  # a grid line would run through a label


def _row_label(text: str, at: int, end: object, row: int) -> dict[str, object]:
    place = left_text(text, at - LIFT, row=row)
    if end is None:
        return place
    return place | {"x": end, "xref": f"x{'' if row == 1 else row}", "xanchor": "right", "align": "right"}
