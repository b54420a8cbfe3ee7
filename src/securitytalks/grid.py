"""A matrix of tiles: rows with their names above the tiles, columns with their heads on top, one tile a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import pandas as pd
import plotly.graph_objects as go

from .door import RULE, label
from .marks import add_left_text

PHONE_TILES = 22  # tiles of 11 px that stand side by side, not touching, on a screen of 390 px
PHONE_LETTERS = 54  # bold letters of 12 px that stand side by side on it
COLUMN_WIDTH = 0.84  # of a column; the rest is the gap to the next
SLIDE_LETTERS = 36  # of a row's name that fit beside the tiles on a slide
NAME, LINE = 22, 16  # px: the name of a row, a line of its tiles


@dataclass(frozen=True)
class Grid:
    """Where the tiles go: how many lines of tiles each row has, and how many tiles a line. Heights are in pixels."""

    rows: list[str]
    columns: list[str]
    across: int
    lines: list[int]

    @classmethod
    def of_lines(cls, rows: Sequence[str], columns: Sequence[str]) -> Grid:
        """A grid whose rows are one line each, for marks on a scale."""
        return cls(list(rows), list(columns), 1, [1] * len(rows))

    @property
    def edges(self) -> list[int]:
        """The upper edge of each row, and the lower edge of the last."""
        return [0, *accumulate(NAME + LINE * lines for lines in self.lines)]

    @property
    def height(self) -> int:
        """Pixels that all rows need."""
        return self.edges[-1]

    def middle(self, row: str) -> float:
        """The height at which the first line of a row runs."""
        return self.edges[self.rows.index(row)] + NAME + 4

    def place(self, row: str, column: str, at: int) -> tuple[float, float]:
        """Where the tile number `at` of a cell stands: x, y."""
        x = self.columns.index(column) + (at % self.across + 0.5) * COLUMN_WIDTH / self.across
        return x, self.middle(row) + LINE * (at // self.across)


def grid_of(cells: pd.DataFrame, *, rows: Sequence[str], columns: Sequence[str]) -> Grid:
    """The grid that holds `cells` (columns row, column): tiles apart even on a phone, more lines for a full cell."""
    sizes = cells.groupby(["row", "column"]).size()
    across = min(int(sizes.max()), max(1, PHONE_TILES // len(columns)))
    fullest = sizes.groupby("row").max()
    return Grid(list(rows), list(columns), across, [-(-int(fullest.get(row, 1)) // across) for row in rows])


def add_tiles(fig: go.Figure, cells: pd.DataFrame, grid: Grid) -> None:
    """One mark a row of `cells` (columns row, column, colour, symbol, text); one trace a row of the matrix."""
    for name in grid.rows:
        part = cells[cells["row"].eq(name)]
        order = part.groupby("column").cumcount()
        spots = [grid.place(name, column, at) for column, at in zip(part["column"], order, strict=True)]
        fig.add_scatter(
            x=[x for x, _ in spots],
            y=[y for _, y in spots],
            mode="markers",
            name=name,
            hovertext=part["text"].tolist(),
            hoverinfo="text",
            marker={"symbol": part["symbol"].tolist(), "size": 11, "color": part["colour"].tolist()},
        )


def head(name: str, *lines: str, columns: int) -> str:
    """The head of a column: its name in bold, wrapped so that as many columns fit a phone, and lines under it.

    >>> head("Latin Post (Reuters)", "18 facts", columns=5)
    '<b>Latin Post<br>(Reuters)</b><br>18 facts'
    """
    return "<br>".join([f"<b>{label(name, PHONE_LETTERS // columns)}</b>", *lines])


def frame_grid(fig: go.Figure, grid: Grid, *, names: Sequence[str], heads: Sequence[str]) -> None:
    """Row names over their tiles (on a slide beside them), column heads on top, a thin line between rows."""
    first = len(fig.layout.annotations)
    for edge, name in zip(grid.edges, names, strict=False):
        add_left_text(fig, f"<b>{label(name, 60)}</b>", edge, above=False, size=12)
        fig.add_hline(y=edge, line={"color": RULE, "width": 1}, layer="below")
    fig.update_layout(meta={"slide": _names_at_the_left(grid, names, first)})
    fig.update_yaxes(range=[grid.height, 0], showticklabels=False, showgrid=False, showline=False)
    fig.update_xaxes(
        range=[-0.02, len(grid.columns)],
        side="top",
        showgrid=False,
        showline=False,
        tickangle=0,
        tickfont={"size": 12},
        tickvals=[at + COLUMN_WIDTH / 2 for at in range(len(grid.columns))],
        ticktext=list(heads),
    )


def _names_at_the_left(grid: Grid, names: Sequence[str], first: int) -> dict[str, object]:
    """What changes on a slide, which is wide and low: each name beside its tiles, cut to SLIDE_LETTERS."""
    short = [name if len(name) <= SLIDE_LETTERS else f"{name[: SLIDE_LETTERS - 1].rstrip()}…" for name in names]
    change: dict[str, object] = {"margin.l": 14 + round(6.8 * max(map(len, short)))}
    for at, (name, edge, lines) in enumerate(zip(short, grid.edges, grid.lines, strict=False), start=first):
        middle = edge + NAME + 4 + LINE * (lines - 1) / 2
        place = {"x": 0, "xanchor": "right", "xshift": -8, "y": middle, "yanchor": "middle"}
        change |= {f"annotations[{at}].{key}": value for key, value in place.items()}
        change[f"annotations[{at}].text"] = f"<b>{label(name, 60)}</b>"
    return change
