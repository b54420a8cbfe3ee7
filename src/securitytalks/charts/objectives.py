"""The objectives of the 2021 framework against the coverage of each meeting."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..drawing.finish import chart, finish
from ..drawing.grid import add_bars, frame_grid, grid_of_lines, shade_headings
from ..drawing.limits import newest
from ..drawing.official import source_of
from ..drawing.text import hover
from ..drawing.theme import MUTED_FONT, OTHER
from ..words.cites import articles_in, sources
from ..words.dates import day
from ..words.language import Texts, titled
from ..words.links import place_of, places_of

SHORTENED = ("6", "9")  # objectives whose names are too long for a row


@chart
def priorities_against_objectives(facts: pd.DataFrame, objectives: pd.DataFrame) -> go.Figure:
    """The framework's objectives against the coverage of each meeting: a bar for the facts that fit.

    `objectives`: load_record("framework-objectives"); which topics fit is coded by us in its column `topics`.
    """
    texts = Texts("priorities_against_objectives")
    objectives = objectives.assign(row=objectives["objective_number"].astype(str))
    cells = _facts_that_fit(facts, objectives)
    newest_facts, limit = newest(facts, "meeting")
    meetings = list(dict.fromkeys(newest_facts["meeting"]))
    shown = cells[cells["column"].isin(meetings)]
    goals = list(dict.fromkeys(objectives["goal"]))
    grid = grid_of_lines(_rows_under_goals(objectives), meetings, headings=goals)
    fig = go.Figure()
    add_bars(fig, _sums(shown), grid)
    by_goal = cells.groupby("goal")["fact"].nunique().reindex(goals, fill_value=0)
    names = {goal: texts("goal", name=goal, count=by_goal[goal]) for goal in goals} | _short_names(objectives)
    heads, margin = [f"<b>{day(meeting)}</b>" for meeting in meetings], {"t": 30, "b": 8, "r": 10}
    frame_grid(fig, grid, names=[names[row] for row in grid.rows], heads=heads, margin=margin)
    shade_headings(fig, grid, {goal: names[goal] for goal in goals})
    unfit = objectives.loc[objectives["topics"].isna(), "row"]
    for row in unfit:
        _say_that_none_fits(fig, grid.first_line_y[row])
    by_objective = cells.groupby("row")["fact"].nunique().reindex(objectives["row"], fill_value=0)
    counts = zip(objectives["objective"], by_objective, strict=True)
    return finish(
        fig,
        **texts.of_chart(
            most=by_goal.idxmax(),
            unfit=texts.each("unfit", [{"number": row} for row in unfit], between=""),
            official=source_of(objectives, texts("fact_sheet", day=day(objectives["period"].iloc[0]))),
            cites=articles_in(facts["cite"]),
            outside=facts.loc[~facts["fact"].isin(cells["fact"]), "fact"].nunique(),
            facts=len(facts),
            sample=Texts("topics")("sample"),
            limit=limit,
            objectives=texts.each("objective", [{"name": name, "count": count} for name, count in counts]),
        ),
        rows=_objective_rows(shown, objectives),
        height=grid.height,
    )


def _facts_that_fit(facts: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """One row a fact and objective that one of its topics fits, with the row and column of each."""
    fits = objectives.assign(topic=objectives["topics"].fillna("").str.split("; ")).explode("topic")
    cells = facts.explode("topics").merge(
        fits[["row", "objective_number", "objective", "topic", "goal"]], left_on="topics", right_on="topic"
    )
    cells = cells.drop_duplicates(["fact", "row"])
    return cells.assign(column=cells["meeting"])


def _sums(cells: pd.DataFrame) -> pd.DataFrame:
    """How many facts each meeting has under each objective, ready to be drawn as bars."""
    texts, found = Texts("priorities_against_objectives"), cells.groupby(["row", "column", "objective"], sort=False)
    sums = found.agg(
        value=("cite", "size"), cites=("cite", sources), paragraphs=("cite", "nunique"), fact=("fact", "first")
    ).reset_index()
    hovertexts = [hover(texts("objective", name=s.objective, count=s.value), s.cites) for s in sums.itertuples()]
    # The facts of one paragraph stand together among the records.
    places = [place_of("fact", s.fact) if s.paragraphs == 1 else "" for s in sums.itertuples()]
    return sums.assign(colour=OTHER, text=hovertexts, place=places)


def _rows_under_goals(objectives: pd.DataFrame) -> list[str]:
    """The objectives, each goal as a row above its own."""
    return [row for goal, part in objectives.groupby("goal", sort=False) for row in (goal, *part["row"])]


def _short_names(objectives: pd.DataFrame) -> dict[str, str]:
    texts = Texts("priorities_against_objectives")
    short = {number: texts(f"short.{number}") for number in SHORTENED}
    return {o.row: f"{o.row}. {short.get(o.row, o.objective)}" for o in objectives.itertuples()}


def _say_that_none_fits(fig: go.Figure, y: float) -> None:
    fig.add_annotation(
        text=Texts("priorities_against_objectives")("none_fits"),
        x=0,
        xref="paper",
        y=y,
        xanchor="left",
        showarrow=False,
        font=MUTED_FONT,
    )


def _objective_rows(cells: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """The facts under each objective; an objective without one has a row that says so."""
    columns = ["objective", "goal", "meeting", "statement", "says", "cite"]
    rows = cells.sort_values(["objective_number", "meeting"], kind="stable")
    rows = rows.assign(meeting=rows["meeting"].map(day)).set_axis(places_of("fact", rows["fact"]))
    empty = objectives.loc[~objectives["row"].isin(cells["row"]), ["objective", "goal"]]
    empty = empty.assign(meeting="", statement=Texts("priorities_against_objectives")("no_fact"), says="", cite="")
    return titled(pd.concat([rows[columns], empty]))
