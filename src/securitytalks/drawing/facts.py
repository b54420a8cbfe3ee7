"""A fact as a mark: its symbol by kind, what it says when pointed at, and the matrix it stands in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from ..words.dates import day
from ..words.language import Texts, titled
from ..words.links import place_of, places_of
from ..words.numbers import in_words
from .grid import add_tiles, frame_grid, grid_of
from .limits import and_others, bundled
from .marks import glyph_key
from .text import hover
from .theme import NAMED, OTHER

KIND_SYMBOLS = {"commitment": "circle", "position": "diamond", "event": "triangle-up", "figure": "square"}


def kind_key() -> str:
    """The symbol of each kind of fact, as part of a sentence."""
    names = Texts("facts").table("kinds")
    return glyph_key({names[kind]: symbol for kind, symbol in KIND_SYMBOLS.items()})


def fact_hover(fact: Mapping[str, object]) -> str:
    """What a mark of a fact says: statement, figure with precision and date, who says so, and where."""
    texts, figure = Texts("hover"), ""
    if fact["kind"] == "figure":
        names = texts.table("precisions")
        words = in_words(fact["value"], fact["precision"], fact["unit"])
        figure = texts("figure", words=words, precision=names[str(fact["precision"])], day=day(fact["as_of"]))
    says, record = texts("says", who=fact["says"]), place_of("fact", fact["fact"])
    return hover(fact["statement"], figure, f"{says}; {fact['cite']}", note_in_words(fact), record=record)


def note_in_words(fact: Mapping[str, object]) -> str:
    """The note of a fact as a line of its hover text; empty where it has none."""
    return Texts("hover")("note", note=fact["note"]) if isinstance(fact["note"], str) else ""


def precision_in_words(claim: Mapping[str, object]) -> str:
    """The precision of a figure and the day on which it was stated, as a line of its hover text."""
    texts = Texts("hover")
    return texts("precision", precision=texts.table("precisions")[str(claim["precision"])], day=day(claim["as_of"]))


def window_in_words(fact: Mapping[str, object], *, reading: bool = True) -> str:
    r"""The window of a fact, and (with `reading`) that it is our reading where no article or document gives it.

    >>> window_in_words({"window_start": "2022-03", "window_end": "2023-03", "window_inferred": False})
    'Mar\xa02022 to Mar\xa02023'
    >>> window_in_words({"window_start": "2021", "window_end": "2021", "window_inferred": True})
    '2021, our reading'
    """
    texts, (start, end) = Texts("windows"), (day(fact["window_start"]), day(fact["window_end"]))
    window = start if start == end else texts("span", start=start, end=end)
    return texts("our_reading", window=window) if reading and fact["window_inferred"] else window


def hatched_key(facts: pd.DataFrame) -> str:
    """What a hatched bar means, as a sentence; empty where no window of `facts` is our reading."""
    return Texts("windows")("hatched") if facts["window_inferred"].any() else ""


def fact_cells(facts: pd.DataFrame, topics: pd.DataFrame, *, column: str) -> pd.DataFrame:
    """One row a fact and topic, ready for a matrix of topics by `column`: both frames, row, column and symbol."""
    exploded = facts.explode("topics").rename(columns={"topics": "topic"})
    cells = exploded.merge(topics, on="topic", how="left", validate="many_to_one")
    return cells.assign(
        row=cells["topic"],
        column=cells[column],
        symbol=cells["kind"].map(KIND_SYMBOLS),
    )


def fact_matrix(
    cells: pd.DataFrame,
    topics: pd.DataFrame,
    *,
    columns: Sequence[str],
    heads: Sequence[str],
    margin: Mapping[str, int],
    named: Collection[str],
) -> tuple[go.Figure, int, pd.DataFrame, str]:
    """A matrix of facts: a row for each of `topics`, a column for each of `columns` under its head.

    The topics that the headline has `named` stand out by their colour.

    Gives the figure, the height of its plot, the cells that are drawn and a note. A mark is one fact, or several where
    there are too many; the note then says how many.
    """
    cells, note = fact_tiles(cells[cells["column"].isin(columns)])
    cells = cells.assign(colour=cells["topic"].isin(list(named)).map({True: NAMED, False: OTHER}))
    grid = grid_of(cells, rows=topics["topic"], columns=columns)
    fig = go.Figure()
    add_tiles(fig, cells, grid)
    frame_grid(fig, grid, names=topics["name"], heads=heads, margin=margin)
    return fig, grid.height, cells, note


def fact_tiles(cells: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The marks of a matrix of facts with their hover texts, in bundles where there are too many, and a note."""
    cells, note = bundled(cells, "facts")
    texts = [and_others(fact_hover(fact), fact["others"], "facts") for fact in cells.to_dict("records")]
    return cells.assign(text=texts), note


def topics_of(cells: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """The topics that have a fact, in the order of the codebook."""
    return topics[topics["topic"].isin(cells["topic"])]


def fact_rows(cells: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The rows behind a matrix of facts, with the column names that readers see."""
    rows = titled(cells.assign(kind=cells["kind"].map(Texts("facts").table("kinds")))[[*columns]])
    return rows.set_axis(places_of("fact", cells["fact"]))
