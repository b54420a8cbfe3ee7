"""How far the two codings of the passages agree: a chart of alpha, and the passages that were seen differently."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..claims.agreement import ALL_TOPICS, disagreements
from ..drawing.finish import finish, or_no_data
from ..drawing.grid import Grid, frame_grid
from ..drawing.text import hover
from ..drawing.theme import INK, MUTED
from ..words.missing import NoData

TENTATIVE, USUAL = 0.667, 0.8  # the two bars that Krippendorff names


@or_no_data
def agreement_by_topic(agreement: pd.DataFrame) -> go.Figure:
    """Krippendorff's alpha of the two codings, a dot a topic, and the usual bars. `agreement`: coding_agreement()."""
    known = agreement[agreement["alpha"].notna()]
    if known.empty:
        raise NoData("No passage was coded twice, so there is no agreement to measure.", "`first` and `second`")
    grid = Grid.of_lines(list(known["topic"]), ["alpha"])
    fig = go.Figure()
    _bars(fig)
    _alphas(fig, known, grid)
    _alpha_frame(fig, known, grid)
    single = known[known["topic"].ne(ALL_TOPICS)]
    reached = single["alpha"].ge(USUAL).sum()
    whole = agreement[agreement["topic"].eq(ALL_TOPICS)].iloc[0]
    return finish(
        fig,
        finding=f"The two codings reach the usual bar of {USUAL:.2f} on {reached} of {len(single)} topics; "
        f"alpha over all is {whole['alpha']:.2f}",
        measure="Krippendorff's alpha (nominal) of the first and second coding of "
        f"{whole['passages']} passages. 1 is full agreement, 0 is chance.",
        unit="alpha",
        source="two codings of the passages by us, the second blind to the first",
        note="High alpha shows that the codebook can be applied twice with the same result, "
        "not that the codes are right. Alpha of a topic that few passages name hangs on one or two of them.",
        description="Dots by topic: "
        + "; ".join(f"{name} {alpha:.2f}" for name, alpha in zip(known["name"], known["alpha"], strict=True))
        + ".",
        rows=_rows_for_readers(agreement),
        height=grid.height,
    )


def _bars(fig: go.Figure) -> None:
    for bar, text, side in ((TENTATIVE, "0.667 tentative", "left"), (USUAL, "0.80 usual", "right")):
        fig.add_vline(
            x=bar,
            line={"color": MUTED, "dash": "dot", "width": 1},
            annotation={"text": text, "font": {"size": 12, "color": MUTED}, "yanchor": "bottom"},
            annotation_position=f"top {side}",
        )


def _alphas(fig: go.Figure, known: pd.DataFrame, grid: Grid) -> None:
    texts = [
        hover(
            f"{row.name}: alpha {row.alpha:.2f}",
            f"First coding {row.first} passages, second {row.second}, both {row.both}, of {row.passages}",
            f"Interval {row.low:.2f} to {row.high:.2f} when passages are drawn again; Gwet's AC1 {row.ac1:.2f}",
            "Derived by us",
        )
        for row in known.itertuples(index=False)
    ]
    fig.add_scatter(
        x=known["alpha"],
        y=[grid.middle(topic) for topic in known["topic"]],
        mode="markers+text",
        marker={"size": 12, "color": INK},
        hovertext=texts,
        hoverinfo="text",
        text=[f"{alpha:.2f}" for alpha in known["alpha"]],
        textposition="middle right",
    )


def _alpha_frame(fig: go.Figure, known: pd.DataFrame, grid: Grid) -> None:
    frame_grid(fig, grid, names=known["name"], heads=[""])
    fig.update_xaxes(
        range=[min(0.0, float(known["alpha"].min())) - 0.1, 1.17],
        side="bottom",
        tickvals=[0, 0.2, 0.4, 0.6, 0.8, 1],
        ticktext=["0: chance", "0.2", "0.4", "0.6", "0.8", "1: same"],
        showgrid=True,
    )
    fig.update_layout(margin={"t": 26, "b": 40, "l": 14, "r": 24})


def _rows_for_readers(agreement: pd.DataFrame) -> pd.DataFrame:
    titles = {
        "name": "Topic",
        "first": "First coding",
        "second": "Second coding",
        "both": "Both",
        "passages": "Passages",
        "alpha": "Alpha",
        "low": "From",
        "high": "To",
        "ac1": "AC1",
    }
    numbers = ["alpha", "low", "high", "ac1"]
    return agreement.assign(**agreement[numbers].round(2))[[*titles]].rename(columns=titles)


def disagreements_table(passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: the passages that the two codings saw differently, and how and why each was settled."""
    names = topics.set_index("topic")["name"]
    differ = disagreements(passages)
    codes = {
        title: ["; ".join(names[t] for t in ids) or "none" for ids in differ[column]]
        for title, column in (("First", "first"), ("Second", "second"), ("Settled", "settled"))
    }
    return pd.DataFrame(
        {"Passage": differ["gist"], **codes, "Reason": differ["reason"].fillna(""), "Where": differ["cite"]}
    )
