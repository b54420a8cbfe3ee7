"""The objectives of the 2021 framework against the coverage of each meeting."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import KIND_KEY, KIND_SYMBOLS, fact_tiles
from ..drawing.finish import finish, or_no_data
from ..drawing.grid import Grid, add_tiles, frame_grid, grid_of
from ..drawing.limits import newest, notes
from ..drawing.official import source_of
from ..drawing.stage import on_a_slide
from ..drawing.text import label
from ..drawing.theme import MUTED
from ..words.cites import articles_in
from ..words.dates import day
from .topics import SAMPLE


@or_no_data
def priorities_against_objectives(facts: pd.DataFrame, objectives: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """The framework's objectives against the coverage of each meeting: a mark a fact whose topics fit the objective.

    `objectives`: load_record("framework-objectives"); which topics fit is coded by us in its column `topics`.
    """
    fits = objectives.assign(topic=objectives["topics"].fillna("").str.split("; ")).explode("topic")
    cells = facts.explode("topics").merge(
        fits[["objective_number", "objective", "topic", "goal"]], left_on="topics", right_on="topic"
    )
    cells = cells.drop_duplicates(["fact", "objective_number"]).merge(
        topics[["topic", "colour"]], on="topic", validate="many_to_one"
    )
    cells = cells.assign(
        row=cells["objective_number"].astype(str),
        column=cells["meeting"],
        symbol=cells["kind"].map(KIND_SYMBOLS),
    )
    drawn, limit = newest(facts, "meeting")
    columns = list(dict.fromkeys(drawn["meeting"]))
    tiles, bundles = fact_tiles(cells[cells["column"].isin(columns)])
    grid = _grid_under_goals(tiles, objectives, columns)
    fig = go.Figure()
    add_tiles(fig, tiles, grid)
    heads = [f"<b>{day(c)}</b>" for c in columns]
    frame_grid(fig, grid, names=_row_names(objectives, grid), heads=heads, letters=28)
    _goal_bars(fig, grid)
    for objective in objectives[objectives["topics"].isna()].itertuples():
        _say_that_none_fits(fig, grid, str(objective.objective_number))
    fig.update_layout(margin={"t": 30, "b": 8, "l": 14, "r": 10})
    counts = cells.groupby("objective_number")["fact"].nunique().reindex(objectives["objective_number"], fill_value=0)
    by_goal = cells.groupby("goal", sort=False)["fact"].nunique().reindex(objectives["goal"].unique(), fill_value=0)
    outside = facts.loc[~facts["fact"].isin(cells["fact"]), "fact"].nunique()
    return finish(
        fig,
        finding=f"In the coverage, the goal “{by_goal.idxmax()}” has {by_goal.max()} facts and “{by_goal.idxmin()}” "
        f"has {by_goal.min()}",
        measure="The framework's objectives under their goals. One mark for each fact whose topics fit the objective: "
        f"{KIND_KEY}.",
        unit="facts",
        source=f"{source_of(objectives, 'fact sheet of ' + day(objectives['period'].iloc[0]))}; "
        + articles_in(facts["cite"]),
        note=notes(
            "Which topics fit an objective is coded by us; topics are wider than objectives (migration is more than "
            f"smuggling). {outside} of {len(facts)} facts fit none. {SAMPLE} Long names are cut; the table has them "
            "whole.",
            limit,
            bundles,
        ),
        description="A matrix of objectives by meeting. "
        + "; ".join(f"{o.objective}: {counts[o.objective_number]} facts" for o in objectives.itertuples())
        + ".",
        rows=_objective_rows(tiles, objectives),
        height=grid.height,
    )


def _grid_under_goals(cells: pd.DataFrame, objectives: pd.DataFrame, columns: list[str]) -> Grid:
    """The objectives as rows, each goal a row without tiles over its own."""
    rows = []
    for goal, part in objectives.groupby("goal", sort=False):
        rows += [str(goal), *part["objective_number"].astype(str)]
    grid = grid_of(cells, rows=rows, columns=columns)
    goals = set(objectives["goal"])
    fullest = [0 if row in goals else tiles for row, tiles in zip(grid.rows, grid.fullest, strict=True)]
    return replace(grid, fullest=fullest)


def _row_names(objectives: pd.DataFrame, grid: Grid) -> list[str]:
    short = {
        str(o.objective_number): f"{o.objective_number}. {textwrap.shorten(o.objective, 50, placeholder=' …')}"
        for o in objectives.itertuples()
    }
    return [short.get(row, f"Goal: {row}") for row in grid.rows]


def _goal_bars(fig: go.Figure, grid: Grid) -> None:
    """A grey ground under the name of each goal, which stays on it on a slide, too."""
    edges, lower = grid.edges, grid.on_slide.edges
    for at, (row, lines) in enumerate(zip(grid.rows, grid.lines, strict=True)):
        if not lines:
            name = {"x": 0, "xanchor": "left", "xshift": 4, "text": f"<b>{label(f'Goal: {row}', 60)}</b>"}
            on_a_slide(fig, {f"annotations[{at}].{key}": value for key, value in name.items()})
            ends = {"y0": lower[at], "y1": lower[at + 1]}
            on_a_slide(fig, {f"shapes[{len(fig.layout.shapes)}].{key}": value for key, value in ends.items()})
            ground = {"fillcolor": "#EBEBEB", "line_width": 0, "layer": "below"}
            fig.add_shape(type="rect", x0=0, x1=1, xref="paper", y0=edges[at], y1=edges[at + 1], **ground)


def _say_that_none_fits(fig: go.Figure, grid: Grid, row: str) -> None:
    on_a_slide(fig, {f"annotations[{len(fig.layout.annotations)}].y": grid.on_slide.middle(row)})
    fig.add_annotation(
        text="no topic of our codebook fits",
        x=0,
        xref="paper",
        y=grid.middle(row),
        xanchor="left",
        showarrow=False,
        font={"size": 12, "color": MUTED},
    )


def _objective_rows(cells: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    rows = cells.sort_values(["objective_number", "meeting"], kind="stable")
    shown = pd.DataFrame(
        {
            "Objective": rows["objective"],
            "Goal": rows["goal"],
            "Meeting": [day(m) for m in rows["meeting"]],
            "Fact": rows["statement"],
            "Says": rows["says"],
            "Source": rows["cite"],
        }
    )
    empty = objectives[~objectives["objective_number"].isin(cells["objective_number"])]
    none = pd.DataFrame(
        {
            "Objective": empty["objective"],
            "Goal": empty["goal"],
            "Meeting": "",
            "Fact": "no fact fits",
            "Says": "",
            "Source": "",
        }
    )
    return pd.concat([shown, none])
