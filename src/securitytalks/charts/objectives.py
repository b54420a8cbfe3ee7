"""The objectives of the 2021 framework against the coverage of each meeting."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import KIND_SYMBOLS, fact_tiles, kind_key
from ..drawing.finish import chart, finish
from ..drawing.grid import Grid, add_tiles, frame_grid, grid_of
from ..drawing.limits import newest
from ..drawing.official import source_of
from ..drawing.stage import on_slide
from ..drawing.text import label
from ..drawing.theme import MUTED_FONT, SHADE
from ..words.cites import articles_in
from ..words.dates import day
from ..words.language import Texts, titled
from ..words.links import places_of

SHORTENED = ("6", "9")  # objectives whose names are too long for a row


@chart
def priorities_against_objectives(facts: pd.DataFrame, objectives: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """The framework's objectives against the coverage of each meeting: a mark a fact whose topics fit the objective.

    `objectives`: load_record("framework-objectives"); which topics fit is coded by us in its column `topics`.
    """
    texts = Texts("priorities_against_objectives")
    objectives = objectives.assign(row=objectives["objective_number"].astype(str))
    cells = _facts_that_fit(facts, objectives, topics)
    newest_facts, limit = newest(facts, "meeting")
    meetings = list(dict.fromkeys(newest_facts["meeting"]))
    tiles, bundles = fact_tiles(cells[cells["column"].isin(meetings)])
    goals = list(dict.fromkeys(objectives["goal"]))
    grid = grid_of(tiles, rows=_rows_under_goals(objectives), columns=meetings, headings=goals)
    fig = go.Figure()
    add_tiles(fig, tiles, grid)
    by_goal = cells.groupby("goal")["fact"].nunique().reindex(goals, fill_value=0)
    names = {goal: texts("goal", name=goal, count=by_goal[goal]) for goal in goals} | _short_names(objectives)
    heads, margin = [f"<b>{day(meeting)}</b>" for meeting in meetings], {"t": 30, "b": 8, "r": 10}
    frame_grid(fig, grid, names=[names[row] for row in grid.rows], heads=heads, margin=margin)
    _goal_bars(fig, grid, {goal: names[goal] for goal in goals})
    for row in objectives.loc[objectives["topics"].isna(), "row"]:
        _say_that_none_fits(fig, grid.first_line_y[row])
    by_objective = cells.groupby("row")["fact"].nunique().reindex(objectives["row"], fill_value=0)
    counts = zip(objectives["objective"], by_objective, strict=True)
    return finish(
        fig,
        **texts.of_chart(
            most=by_goal.idxmax(),
            fewest=by_goal.idxmin(),
            kinds=kind_key(),
            official=source_of(objectives, texts("fact_sheet", day=day(objectives["period"].iloc[0]))),
            cites=articles_in(facts["cite"]),
            outside=facts.loc[~facts["fact"].isin(cells["fact"]), "fact"].nunique(),
            facts=len(facts),
            sample=Texts("topics")("sample"),
            limit=limit,
            bundles=bundles,
            objectives=texts.each("objective", [{"name": name, "count": count} for name, count in counts]),
        ),
        rows=_objective_rows(tiles, objectives),
        height=grid.height,
    )


def _facts_that_fit(facts: pd.DataFrame, objectives: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """One row a fact and objective that one of its topics fits, with the columns of a tile."""
    fits = objectives.assign(topic=objectives["topics"].fillna("").str.split("; ")).explode("topic")
    cells = facts.explode("topics").merge(
        fits[["row", "objective_number", "objective", "topic", "goal"]], left_on="topics", right_on="topic"
    )
    cells = cells.drop_duplicates(["fact", "row"])
    cells = cells.merge(topics[["topic", "colour"]], on="topic", validate="many_to_one")
    return cells.assign(column=cells["meeting"], symbol=cells["kind"].map(KIND_SYMBOLS))


def _rows_under_goals(objectives: pd.DataFrame) -> list[str]:
    """The objectives, each goal as a row above its own."""
    return [row for goal, part in objectives.groupby("goal", sort=False) for row in (goal, *part["row"])]


def _short_names(objectives: pd.DataFrame) -> dict[str, str]:
    texts = Texts("priorities_against_objectives")
    short = {number: texts(f"short.{number}") for number in SHORTENED}
    return {o.row: f"{o.row}. {short.get(o.row, o.objective)}" for o in objectives.itertuples()}


def _goal_bars(fig: go.Figure, grid: Grid, names: dict[str, str]) -> None:
    """A grey ground under the name of each goal, which stays on it on a slide, too."""
    for at, row in enumerate(grid.rows):
        if row not in names:
            continue
        if on_slide():
            text = f"<b>{label(names[row])}</b>"
            fig.layout.annotations[at].update(x=0, xanchor="left", xshift=4, text=text)
        ends = {"y0": grid.edges[at], "y1": grid.edges[at + 1]}
        fig.add_shape(type="rect", x0=0, x1=1, xref="paper", fillcolor=SHADE, line_width=0, layer="below", **ends)


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
