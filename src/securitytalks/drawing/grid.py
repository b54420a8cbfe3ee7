"""A matrix of tiles: rows with their names above the tiles, columns with their heads on top, one tile a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import pandas as pd
import plotly.graph_objects as go

from .marks import add_left_text
from .panels import beside
from .stage import on_a_slide
from .text import label
from .theme import RULE

PHONE_TILES = 22  # tiles of 11 px that stand side by side, not touching, on a screen of 390 px


PHONE_LETTERS = 54  # bold letters of 12 px that stand side by side on it


COLUMN_WIDTH = 0.84  # of a column; the rest is the gap to the next


SLIDE_TILES = 44  # tiles of 11 px that stand side by side on a slide, beside the names of the rows


SLIDE_HEADS = 80  # letters of 12 px that stand side by side there, over the tiles


SLIDE_LETTERS = 34  # of a row's name that fit beside the tiles on a slide


@dataclass(frozen=True)
class Grid:
    """Where the tiles go: how many stand in a line, and how many each row has in its fullest cell. Heights: pixels."""

    rows: list[str]
    columns: list[str]
    across: int
    fullest: list[int]
    above: int = 26  # from the upper edge of a row to the middle of its first line of tiles: its name stands there
    line: int = 16
    below: int = 12  # from the middle of the last line to the lower edge

    @classmethod
    def of_lines(cls, rows: Sequence[str], columns: Sequence[str]) -> Grid:
        """A grid whose rows are one line each, for marks on a scale."""
        return cls(list(rows), list(columns), 1, [1] * len(rows))

    @property
    def on_slide(self) -> Grid:
        """The same grid on a slide: names beside the tiles, more tiles a line, and fewer lines."""
        across = min(max(self.fullest), max(1, SLIDE_TILES // len(self.columns)))
        return replace(self, across=across, fullest=[max(1, n) for n in self.fullest], above=9, line=13, below=9)

    @property
    def lines(self) -> list[int]:
        """How many lines of tiles each row has."""
        return [-(-tiles // self.across) for tiles in self.fullest]

    @property
    def edges(self) -> list[int]:
        """The upper edge of each row, and the lower edge of the last."""
        return [0, *accumulate(self.above + self.line * (lines - 1) + self.below for lines in self.lines)]

    @property
    def height(self) -> int:
        """Pixels that all rows need."""
        return self.edges[-1]

    def middle(self, row: str) -> float:
        """The height at which the first line of a row runs."""
        return self.edges[self.rows.index(row)] + self.above

    @property
    def middles(self) -> list[float]:
        """The height of the middle of all lines, for each row."""
        return [self.middle(row) + self.line * (n - 1) / 2 for row, n in zip(self.rows, self.lines, strict=True)]

    def place(self, row: str, column: str, at: int) -> tuple[float, float]:
        """Where the tile number `at` of a cell stands: x, y."""
        x = self.columns.index(column) + (at % self.across + 0.5) * COLUMN_WIDTH / self.across
        return x, self.middle(row) + self.line * (at // self.across)


def grid_of(cells: pd.DataFrame, *, rows: Sequence[str], columns: Sequence[str]) -> Grid:
    """The grid that holds `cells` (columns row, column): tiles apart even on a phone, more lines for a full cell."""
    sizes = cells.groupby(["row", "column"]).size()
    across = min(int(sizes.max()), max(1, PHONE_TILES // len(columns)))
    fullest = sizes.groupby("row").max()
    return Grid(list(rows), list(columns), across, [int(fullest.get(row, 1)) for row in rows])


def add_tiles(fig: go.Figure, cells: pd.DataFrame, grid: Grid) -> None:
    """One mark a row of `cells` (columns row, column, colour, symbol, text); one trace a row of the matrix."""
    for name in grid.rows:
        part = cells[cells["row"].eq(name)]
        cells_at = list(zip(part["column"], part.groupby("column").cumcount(), strict=True))
        here, there = ([form.place(name, *cell) for cell in cells_at] for form in (grid, grid.on_slide))
        on_a_slide(fig, {f"data[{len(fig.data)}].{axis}": [spot[i] for spot in there] for i, axis in enumerate("xy")})
        fig.add_scatter(
            x=[x for x, _ in here],
            y=[y for _, y in here],
            mode="markers",
            name=name,
            hovertext=part["text"].tolist(),
            hoverinfo="text",
            marker={"symbol": part["symbol"].tolist(), "size": 11, "color": part["colour"].tolist()},
        )


def head(name: str, *lines: str, columns: int, letters: int = PHONE_LETTERS) -> str:
    """The head of a column: its name in bold, wrapped so that as many columns share the letters, and lines under it.

    >>> head("Latin Post (Reuters)", "18 facts", columns=5)
    '<b>Latin Post<br>(Reuters)</b><br>18 facts'
    """
    return "<br>".join([f"<b>{label(name, letters // columns)}</b>", *lines])


def room_for(heads: Sequence[str], least: int) -> int:
    """Pixels over a matrix for its heads: at least so many, and more where a head has more lines.

    >>> room_for(["<b>Merida</b><br>about $3 billion"], 44), room_for(["a<br>b<br>c<br>d"], 44)
    (44, 74)
    """
    return max(least, 16 * (1 + max(head.count("<br>") for head in heads)) + 10)


def frame_grid(
    fig: go.Figure,
    grid: Grid,
    *,
    names: Sequence[str],
    heads: Sequence[str],
    wide_heads: Sequence[str] = (),
    letters: int = SLIDE_LETTERS,
) -> None:
    """Row names over their tiles (on a slide beside them), column heads on top, a thin line between rows.

    On a slide names are cut to so many `letters`, and `wide_heads` are the heads, where they are other there. The marks
    must be drawn before.
    """
    notes, rules = len(fig.layout.annotations), len(fig.layout.shapes)
    for edge, name in zip(grid.edges, names, strict=False):
        add_left_text(fig, f"<b>{label(name, 60)}</b>", edge, above=False, size=12)
        fig.add_hline(y=edge, line={"color": RULE, "width": 1}, layer="below")
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
    on_a_slide(fig, _names_beside(grid.on_slide, names, notes, letters) | _lower_rows(fig, grid, rules))
    if wide_heads:
        on_a_slide(fig, {"xaxis.ticktext": list(wide_heads)})


def _names_beside(grid: Grid, names: Sequence[str], first: int, letters: int) -> dict[str, object]:
    """The names of the rows, annotations from `first`, each beside its tiles, cut to so many letters."""
    short = [name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…" for name in names]
    change: dict[str, object] = {"margin.l": 14 + round(6.8 * max(map(len, short))), "margin.t": 0}
    for at, (name, middle) in enumerate(zip(short, grid.middles, strict=True), start=first):
        change |= {**beside(at, middle), f"annotations[{at}].text": f"<b>{label(name, 60)}</b>"}
    return change


def _lower_rows(fig: go.Figure, grid: Grid, rules: int) -> dict[str, object]:
    """The rows without room for their names: their lines, shapes from `rules`, and the marks that are no tiles."""
    slide, known = grid.on_slide, (fig.layout.meta or {}).get("slide", {})
    change: dict[str, object] = {"yaxis.range": [slide.height, 0]}
    for at, edge in enumerate(slide.edges[:-1], start=rules):
        change |= {f"shapes[{at}].y0": edge, f"shapes[{at}].y1": edge}
    moved = dict(zip(map(grid.middle, grid.rows), slide.middles, strict=True))
    ys = {f"data[{at}].y": trace.y for at, trace in enumerate(fig.data)}
    return change | {place: [moved[y] for y in heights] for place, heights in ys.items() if place not in known}
