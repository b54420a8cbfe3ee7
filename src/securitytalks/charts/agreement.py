"""How far the two codings of the passages agree: a chart of alpha, and the passages that were seen differently."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..claims.agreement import ALL_TOPICS, disagreements
from ..drawing.finish import chart, finish
from ..drawing.grid import Grid, grid_of_lines, rule, scale_under
from ..drawing.text import hover
from ..drawing.theme import INK, MUTED, MUTED_FONT, UNKNOWN
from ..words.language import Texts, missing, titled
from ..words.numbers import number

USUAL = 0.8  # the least that Krippendorff asks for firm conclusions
NUMBER_AT = 1.03  # where the numbers stand, to the right of all dots


@chart
def agreement_by_topic(agreement: pd.DataFrame) -> go.Figure:
    """Krippendorff's alpha of the two codings: a dot a topic with its interval, and the usual minimum.

    `agreement`: coding_agreement().
    """
    texts = Texts("agreement_by_topic")
    known = agreement[agreement["alpha"].notna()]
    if known.empty:
        raise missing("second_coding")
    grid = grid_of_lines(list(known["topic"]), [""])
    fig = go.Figure()
    _minimum(fig)
    _alphas(fig, known, grid)
    scale_under(
        fig,
        grid,
        names=known["name"],
        margin={"t": 26, "b": 40, "r": 24},
        range=[min(0.0, known["low"].min()) - 0.1, 1.18],
        ticks={0: texts("chance"), **{at: number(at, "g") for at in (0.2, 0.4, 0.6, 0.8)}, 1: texts("same")},
    )
    if len(known) > 1:  # the row of all topics is the last
        fig.add_shape(rule(grid.edges[-2]) | {"line": {"color": MUTED, "width": 2}})
    single = known[known["topic"].ne(ALL_TOPICS)]
    reached = single[single["alpha"].ge(USUAL)]
    whole = agreement[agreement["topic"].eq(ALL_TOPICS)].iloc[0]
    return finish(
        fig,
        **texts.of_chart(
            usual=USUAL,
            reached=len(reached),
            below=reached["low"].lt(USUAL).sum(),
            topics=len(single),
            passages=whole["passages"],
            alphas=texts.each("topic", known[["name", "alpha"]].to_dict("records")),
        ),
        rows=_rows_for_readers(agreement),
        height=grid.height,
    )


def _minimum(fig: go.Figure) -> None:
    usual = Texts("agreement_by_topic")("usual", alpha=USUAL)
    fig.add_vline(
        x=USUAL,
        line={"color": MUTED, "dash": "dot", "width": 1},
        annotation={"text": usual, "font": MUTED_FONT, "yanchor": "bottom"},
        annotation_position="top left",
    )


def _alphas(fig: go.Figure, known: pd.DataFrame, grid: Grid) -> None:
    texts, heights = Texts("agreement_by_topic"), grid.first_line_y
    hovertexts = [
        hover(
            texts("hover.alpha", name=row["name"], alpha=row["alpha"]),
            texts("hover.counts", **{name: row[name] for name in ("first", "second", "both", "passages")}),
            texts("hover.interval", low=row["low"], high=row["high"], ac1=row["ac1"]),
            Texts("hover")("derived"),
        )
        for row in known.to_dict("records")
    ]
    y = [heights[topic] for topic in known["topic"]]
    fig.add_scatter(
        x=known["alpha"],
        y=y,
        mode="markers",
        marker={"size": 12, "color": INK},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": known["high"] - known["alpha"],
            "arrayminus": known["alpha"] - known["low"],
            "color": UNKNOWN,
            "thickness": 3,
            "width": 0,
        },
        hovertext=hovertexts,
        hoverinfo="text",
    )
    fig.add_scatter(
        x=[NUMBER_AT] * len(known),
        y=y,
        mode="text",
        text=[number(alpha, ".2f") for alpha in known["alpha"]],
        textposition="middle right",
        hoverinfo="skip",
    )


def _rows_for_readers(agreement: pd.DataFrame) -> pd.DataFrame:
    columns = ["name", "first", "second", "both", "passages", "alpha", "low", "high", "ac1"]
    rows = agreement[columns].round(dict.fromkeys(("alpha", "low", "high", "ac1"), 2))
    return titled(rows, {"first": "first_coding", "second": "second_coding", "low": "from", "high": "to"})


def disagreements_table(passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: the passages that the two codings saw differently, and how and why each was settled."""
    names, none = topics.set_index("topic")["name"], Texts("agreement_by_topic")("none")
    table = disagreements(passages)[["gist", "first", "second", "settled", "reason", "cite"]].copy()
    for coding in ("first", "second", "settled"):
        table[coding] = ["; ".join(names[topic] for topic in topics_given) or none for topics_given in table[coding]]
    return titled(table.fillna({"reason": ""}), {"gist": "passage", "cite": "where"})
