"""Charts of what the articles say about deaths: what each number counts, since when, and how sure it is."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..claims.deaths import death_claims
from ..drawing.facts import hatched_key, note_in_words, window_in_words
from ..drawing.finish import finish, or_no_data
from ..drawing.limits import most_reported, notes
from ..drawing.marks import add_figure_mark, add_point, add_span, precision_marker, span_marker
from ..drawing.panels import ROW, label_rows, one_under_the_other, panels, panels_on_a_slide, rows_high
from ..drawing.text import hover, label
from ..drawing.theme import COLOURS
from ..words.cites import sources
from ..words.dates import day
from ..words.missing import NoData
from ..words.numbers import LOWER_BOUNDS

MOST_CLAIMS = 14  # rows that one chart can show


PANELS = {"stock": "Running totals (stock): everybody counted since a start", "flow": "Counts for a period (flow)"}


SIZES = {"stock": "Running totals (stock), people", "flow": "Counts for a period (flow), people a year"}


def claim_hover(claim: pd.Series) -> str:
    """What a mark of a claim says: the figure, what it counts and is not, its window, who says so and where."""
    return hover(
        f"{claim['words']}: {claim['label']}",
        f"Counts {claim['counts']}",
        f"Precision: {claim['precision']}. As of {day(claim['as_of'])}.",
        f"Window: {window_in_words(claim)}.",
        f"Says: {claim['says']}",
        claim["cite"],
        note_in_words(claim),
    )


def claim_rows(claims: pd.DataFrame) -> pd.DataFrame:
    """The rows behind a chart of claims, with the column names that readers see."""
    ours = claims["window_inferred"].map({True: " (our reading)", False: ""})
    return pd.DataFrame(
        {
            "Claim": claims["label"],
            "Figure": claims["words"],
            "What it counts": claims["counts"],
            "Stock or flow": claims["stock_or_flow"],
            "From": claims["window_start"].map(day) + ours,
            "To": claims["window_end"].map(day) + ours,
            "Says": claims["says"],
            "Source": claims["cite"],
        }
    )


def by_stock_and_flow(claims: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The claims of each panel, each numbered from 0: running totals, then counts for a period; none is empty."""
    parts = {kind: claims[claims["stock_or_flow"].eq(kind)].reset_index(drop=True) for kind in PANELS}
    return {kind: part for kind, part in parts.items() if len(part)}


def claim_labels(claims: pd.DataFrame) -> list[str]:
    """The labels of the rows of claims: the figure in bold, and what it is about."""
    return [
        f"<b>{figure}</b>: {label(about, 60)}" for figure, about in zip(claims["words"], claims["label"], strict=True)
    ]


def window_labels(claims: pd.DataFrame) -> list[str]:
    """The labels of claims whose windows are drawn: a line more where the window is our reading."""
    ours = claims["window_inferred"].map({True: "<br>(window: our reading)", False: ""})
    return [text + more for text, more in zip(claim_labels(claims), ours, strict=True)]


@or_no_data
def deaths_counted(facts: pd.DataFrame) -> go.Figure:
    """Every claim about deaths as its counting window on one time axis; running totals and period counts kept apart.

    `facts`: load_facts(). Raises ValueError without claims.
    """
    everything = death_claims(facts)
    claims, limit = most_reported(everything, MOST_CLAIMS)
    parts = by_stock_and_flow(claims)
    titles, heights = [PANELS[kind] for kind in parts], [len(part) for part in parts.values()]
    fig = panels(titles, heights, gap=0.14, shared_xaxes=True)
    for row, part in enumerate(parts.values(), start=1):
        label_rows(fig, window_labels(part), row=row)
        for at, claim in part.iterrows():
            _window(fig, claim, at, row)
    around = pd.Timedelta(days=150)
    fig.update_xaxes(type="date", range=[claims["start"].min() - around, claims["end"].max() + around])
    panels_on_a_slide(fig, one_under_the_other([rows_high(window_labels(part)) for part in parts.values()]))
    fig.update_layout(barmode="overlay", margin={"t": 30, "b": 30, "l": 12, "r": 24})
    lower = claims[claims["precision"].isin(LOWER_BOUNDS) & claims["measures"].eq("killed-in-mexico")]
    return finish(
        fig,
        finding=f"The {len(everything)} figures on deaths count {everything['measures'].nunique()} different things, "
        "over windows of different length",
        measure="Counting window of each claim: from its start to the last day it covers. "
        f"An open arrow marks a lower bound.{hatched_key(claims)}",
        unit="people",
        source=sources(claims["cite"]),
        note=notes(
            f"The {len(lower)} totals for Mexico are lower bounds: their difference means nothing.",
            limit,
        ),
        description=_windows_in_words(claims),
        rows=claim_rows(claims),
        height=ROW * len(claims) + 40 * len(parts),
    )


def _window(fig: go.Figure, claim: pd.Series, at: int, row: int) -> None:
    colour, text, y = COLOURS[claim["measures"]], claim_hover(claim), at + 0.05
    bar = span_marker(colour, hatched=claim["window_inferred"], opacity=0.85)
    add_span(fig, claim["start"], claim["end"], y=y, width=0.22, text=text, marker=bar, row=row, col=1)
    if claim["precision"] in LOWER_BOUNDS:
        arrow = precision_marker(claim["precision"], colour)
        add_point(fig, claim["end"], y, text=text, marker=arrow, row=row, col=1)


def _windows_in_words(claims: pd.DataFrame) -> str:
    parts = [f"{c['words']} ({c['label']}), {window_in_words(c)}" for c in claims.to_dict("records")]
    return "Horizontal bars on a time axis, one for each claim about deaths: " + "; ".join(parts) + "."


@or_no_data
def deaths_by_size(facts: pd.DataFrame) -> go.Figure:
    """The claims by size, totals and period counts on scales of their own."""
    claims, limit = most_reported(death_claims(facts), MOST_CLAIMS)
    parts = by_stock_and_flow(claims)
    fig = panels([SIZES[kind] for kind in parts], [len(part) for part in parts.values()], gap=0.2)
    for row, part in enumerate(parts.values(), start=1):
        label_rows(fig, claim_labels(part), row=row)
        marks_by_size(fig, part, row)
        fig.update_xaxes(range=[0, part["value"].max() * 1.12], tickformat=",d", row=row, col=1)
    fig.update_layout(margin={"t": 30, "b": 34, "l": 16, "r": 24}, barmode="overlay")
    biggest = claims.loc[claims["value"].idxmax()]
    return finish(
        fig,
        finding=f"Size alone misleads: {biggest['words']} is a total since {biggest['start']:%Y}",
        measure="Each claim about deaths by size. Open arrow: a lower bound. Band: numbers that round to it.",
        unit="people",
        source=sources(claims["cite"]),
        note=notes("Running totals and yearly counts have scales of their own and may not be compared.", limit),
        description="Dots and arrows by size: "
        + "; ".join(f"{c.words} ({c.label})" for c in claims.itertuples())
        + ".",
        rows=claim_rows(claims),
        height=ROW * len(claims) + 60 * len(parts),
    )


def marks_by_size(fig: go.Figure, claims: pd.DataFrame, row: int = 1) -> None:
    """Draw each claim as the mark of its precision, in the rows from 0 on."""
    for at, claim in claims.iterrows():
        add_figure_mark(
            fig,
            value=claim["value"],
            precision=claim["precision"],
            y=at + 0.08,
            row=row,
            colour=COLOURS[claim["measures"]],
            text=claim_hover(claim),
        )


def who_counts(facts: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: what each figure about deaths counts, who counted it, and what it is not."""
    try:
        claims = death_claims(facts)
    except NoData:
        claims = facts.head(0).assign(words="")
    return pd.DataFrame(
        {
            "Figure": claims["words"],
            "What one unit is": claims["counts"],
            "Who says so": claims["says"],
            "Window": [window_in_words(claim) for claim in claims.to_dict("records")],
            "What it is not": claims["note"].fillna(""),
            "Source": claims["cite"],
        }
    )
