"""The matrix that says which figures may be compared."""

from __future__ import annotations

import textwrap
from collections import Counter

import pandas as pd
import plotly.graph_objects as go

from ..claims.compare import NO, SIDE_BY_SIDE, VERDICTS, YES
from ..drawing.finish import finish, or_no_data
from ..drawing.grid import Grid, frame_grid
from ..drawing.limits import notes
from ..drawing.text import hover
from ..drawing.theme import GREEN, ORANGE, UNKNOWN
from ..words.missing import NoData

# Three shapes and three colours, so that neither is needed alone.
PAIR_MARKS = {YES: ("circle", GREEN, "●"), SIDE_BY_SIDE: ("diamond", ORANGE, "◆"), NO: ("x-thin-open", UNKNOWN, "×")}


NAMES_OF_COLUMNS = 20  # more columns than this, and only every second has its number over it, on a phone


@or_no_data
def can_i_compare(pairs: pd.DataFrame) -> go.Figure:
    """Every figure against every other: yes, only side by side, or no, and why. `pairs`: comparable(...)."""
    if pairs.empty:
        raise NoData("There are no two figures to compare.", "`value` and `unit`")
    words = dict(zip(pairs["a"], pairs["a_words"], strict=True)) | dict(zip(pairs["b"], pairs["b_words"], strict=True))
    figures = list(dict.fromkeys([*pairs["a"], *pairs["b"]]))
    numbers = {figure: at for at, figure in enumerate(figures, start=1)}
    grid = Grid.of_lines(figures, figures)
    fig = go.Figure()
    both = pd.concat([pairs, pairs.rename(columns={"a": "b", "b": "a", "a_words": "b_words", "b_words": "a_words"})])
    for figure in figures:
        _comparisons(fig, both[both["a"].eq(figure)], numbers, grid)
    frame_grid(
        fig,
        grid,
        names=[_figure_name(numbers[f], words[f], f.startswith("record/")) for f in figures],
        heads=[str(n) for n in numbers.values()],
        letters=50,
    )
    step = 1 if len(figures) <= NAMES_OF_COLUMNS else 2
    fig.update_xaxes(
        range=[0, len(figures)],
        tickvals=[n - 0.5 for n in numbers.values()][::step],
        ticktext=list(numbers.values())[::step],
    )
    fig.update_layout(margin={"t": 30, "b": 8, "l": 14, "r": 8})
    counts = Counter(pairs["verdict"])
    why = Counter(reason for found in pairs["reasons"] for reason in found)
    usual = ", ".join(f"{reason} ({count})" for reason, count in why.most_common(4))
    return finish(
        fig,
        finding=f"Of {len(pairs)} pairs of figures, {counts[YES] or 'none'} can be compared, {counts[SIDE_BY_SIDE]} "
        f"only stand side by side, {counts[NO]} cannot",
        measure="Each figure has a number: find one in the rows and the other in the columns. "
        + ", ".join(f"{PAIR_MARKS[verdict][2]} {verdict}" for verdict in VERDICTS)
        + ". Point at a mark to read why.",
        unit="pairs of figures",
        source="rules of ours, applied to the fields of the records",
        note=notes(
            f"Most frequent reasons: {usual}. Each pair stands twice, so that every row is whole. Long names are cut; "
            "the table has them whole.",
            pairs.attrs.get("limit", ""),
        ),
        description=f"A matrix of {len(figures)} figures against each other. Yes: {_pairs_in_words(pairs, YES)}. "
        f"Only side by side: {_pairs_in_words(pairs, SIDE_BY_SIDE)}. All others: no.",
        rows=pd.DataFrame(
            {
                "Figure": pairs["a_words"],
                "And": pairs["b_words"],
                "Can they be compared?": pairs["verdict"],
                "Why": pairs["reason"],
            }
        ),
        height=grid.height,
    )


def _comparisons(fig: go.Figure, row: pd.DataFrame, numbers: dict[str, int], grid: Grid) -> None:
    """One figure's row: a mark for each other figure."""
    row = row.assign(at=row["b"].map(numbers)).sort_values("at")
    marks = [PAIR_MARKS[verdict] for verdict in row["verdict"]]
    texts = [
        hover(f"{p.verdict.capitalize()}: {numbers[p.a]} and {numbers[p.b]}", p.reason, "Derived by us")
        for p in row.itertuples()
    ]
    fig.add_scatter(
        x=row["at"] - 0.5,
        y=[grid.middle(row["a"].iloc[0])] * len(row),
        mode="markers",
        name=row["a_words"].iloc[0],
        hovertext=texts,
        hoverinfo="text",
        marker={
            "opacity": 1,  # Plotly fades marks of several sizes
            "symbol": [symbol for symbol, _, _ in marks],
            "color": [colour for _, colour, _ in marks],
            "size": [8 if verdict == NO else 11 for verdict in row["verdict"]],
            "line": {
                "width": [1.5 if verdict == NO else 0 for verdict in row["verdict"]],
                "color": [colour for _, colour, _ in marks],
            },
        },
    )


def _figure_name(number: int, words: str, official: bool) -> str:
    """Number, value and label of a figure: the value first, since a long label is cut.

    >>> _figure_name(20, "Homicides in Mexico, by year: INEGI, registered deaths (352,208 deaths)", True)
    '20. Record: 352,208 deaths, Homicides in Mexico, by …'
    """
    name, _, value = words.removesuffix(")").rpartition(" (")
    return textwrap.shorten(f"{number}. {'Record: ' if official else ''}{value}, {name}", 57, placeholder=" …")


def _pairs_in_words(pairs: pd.DataFrame, verdict: str) -> str:
    found = pairs[pairs["verdict"].eq(verdict)]
    return "; ".join(f"{p.a_words} with {p.b_words}" for p in found.itertuples()) or "none"
