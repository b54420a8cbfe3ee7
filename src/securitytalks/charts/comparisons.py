"""The matrix that says which figures may be compared."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ..claims.compare import NO, SIDE_BY_SIDE, YES
from ..drawing.finish import chart, finish
from ..drawing.grid import NAME_LETTERS, Grid, frame_grid, grid_of_lines
from ..drawing.marks import add_annotations, left_text
from ..drawing.text import hover
from ..drawing.theme import BLUE, GREEN, MUTED_FONT, UNKNOWN
from ..words.language import Texts, missing, titled

# Three shapes and three colours, so that neither is needed alone.
PAIR_MARKS = {YES: ("circle", GREEN, "●"), SIDE_BY_SIDE: ("diamond", BLUE, "◆"), NO: ("x-thin-open", UNKNOWN, "×")}
MOST_REASONS = 4  # that the note names


@chart
def can_i_compare(pairs: pd.DataFrame) -> go.Figure:
    """Every figure against every other: yes, only side by side, or no, and why. `pairs`: comparable(...)."""
    if pairs.empty:
        raise missing("pairs")
    texts, answers = Texts("can_i_compare"), Texts("can_i_compare").table("answers")
    words = dict(zip(pairs["a"], pairs["a_words"], strict=True)) | dict(zip(pairs["b"], pairs["b_words"], strict=True))
    figures = list(dict.fromkeys([*pairs["a"], *pairs["b"]]))
    names = [
        _figure_name(at, words[figure], figure.startswith("record/")) for at, figure in enumerate(figures, start=1)
    ]
    grid = grid_of_lines(figures, figures)
    fig = go.Figure()
    _answers(fig, pairs, grid)
    _frame(fig, grid, names)
    counts = Counter(pairs["verdict"])
    reasons, names_of_reasons = Counter(pairs["reasons"].explode().dropna()), texts.table("reasons")
    return finish(
        fig,
        **texts.of_chart(
            pairs=len(pairs),
            yes=counts[YES] or texts("none"),
            beside=counts[SIDE_BY_SIDE],
            answers=", ".join(f"{PAIR_MARKS[v][2]} {answers[v]}" for v in PAIR_MARKS if counts[v]),
            reasons=", ".join(f"{names_of_reasons[code]} ({n})" for code, n in reasons.most_common(MOST_REASONS)),
            limit=pairs.attrs.get("limit", ""),
            figures=len(figures),
            yes_pairs=_pairs_in_words(pairs, YES),
            beside_pairs=_pairs_in_words(pairs, SIDE_BY_SIDE),
        ),
        rows=_rows_for_readers(pairs, answers),
        height=grid.height,
    )


def _frame(fig: go.Figure, grid: Grid, names: Sequence[str]) -> None:
    """The name of each figure beside its row, and its number where its column begins."""
    frame_grid(fig, grid, names=names, heads=[""], margin={"t": 8, "b": 8, "r": 8})
    fig.update_xaxes(range=[0, len(names)], showticklabels=False)
    numbers = {"xref": "x", "xanchor": "center", "yanchor": "middle", "font": MUTED_FONT}
    heights = enumerate(grid.first_line_y.values(), start=1)
    add_annotations(fig, [left_text(str(at), y) | numbers | {"x": at - 0.5} for at, y in heights])


def pairs_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: the pairs that may only stand side by side, and why nobody may subtract them."""
    texts, found = Texts("side_by_side"), pairs[pairs["verdict"].eq(SIDE_BY_SIDE)]
    table = pd.DataFrame(
        {
            "figure": found["a_words"],
            "second_figure": found["b_words"],
            "to_bear_in_mind": ["; ".join(map(texts, reasons)).capitalize() for reasons in found["reasons"]],
        }
    )
    return titled(table)


def _rows_for_readers(pairs: pd.DataFrame, answers: dict[str, str]) -> pd.DataFrame:
    columns = {"a_words": "figure", "b_words": "and", "verdict": "comparable", "reason": "why"}
    rows = pairs[[*columns]].assign(verdict=pairs["verdict"].map(answers))
    return titled(rows, columns)


def _answers(fig: go.Figure, pairs: pd.DataFrame, grid: Grid) -> None:
    """Each pair once: in the row of its second figure and the column of its first."""
    numbers = {figure: at for at, figure in enumerate(grid.columns, start=1)}
    rows = dict(list(pairs.assign(at=pairs["a"].map(numbers)).groupby("b")))
    for figure, row in rows.items():
        _comparisons(fig, row, numbers[figure], grid.first_line_y[figure])


def _comparisons(fig: go.Figure, row: pd.DataFrame, number: int, y: float) -> None:
    """One figure's row, at height y: a mark for each figure before it."""
    texts, answers = Texts("can_i_compare"), Texts("can_i_compare").table("answers")
    derived = Texts("hover")("derived")
    hovertexts = [
        hover(texts("pair", answer=answers[p.verdict].capitalize(), one=number, other=p.at), p.reason, derived)
        for p in row.itertuples()
    ]
    symbols, colours, _ = zip(*(PAIR_MARKS[verdict] for verdict in row["verdict"]), strict=True)
    fig.add_scatter(
        x=row["at"] - 0.5,
        y=[y] * len(row),
        mode="markers",
        name=row["b_words"].iloc[0],
        hovertext=hovertexts,
        hoverinfo="text",
        marker={
            "opacity": 1,  # Plotly fades marks of several sizes
            "symbol": symbols,
            "color": colours,
            "size": [6 if verdict == NO else 11 for verdict in row["verdict"]],
            "line": {"width": [1 if verdict == NO else 0 for verdict in row["verdict"]], "color": colours},
        },
    )


def _figure_name(number: int, words: str, official: bool) -> str:
    """Number, value and label of a figure: the value first, since a long label is cut.

    >>> _figure_name(20, "Homicides in Mexico, by year: INEGI, registered deaths (352,208 deaths)", True)
    '20. Record: 352,208 deaths, Homicides in Mexico, by …'
    """
    name, _, value = words.removesuffix(")").rpartition(" (")
    text = Texts("can_i_compare")("official" if official else "claim", number=number, value=value, name=name)
    return textwrap.shorten(text, NAME_LETTERS, placeholder=" …")


def _pairs_in_words(pairs: pd.DataFrame, verdict: str) -> str:
    texts, found = Texts("can_i_compare"), pairs[pairs["verdict"].eq(verdict)]
    return texts.each("with", [{"a": p.a_words, "b": p.b_words} for p in found.itertuples()]) or texts("none")
