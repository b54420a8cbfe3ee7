"""A matrix of tiles: rows with their names above the tiles, columns with their heads on top, one tile a record.

On a slide the names stand beside the tiles, a line holds more tiles, and rows are lower. Where the rows are few, a deck
has larger letters.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import pandas as pd
import plotly.graph_objects as go

from ..words.numbers import number
from .marks import add_annotations, left_text, text_in_margin
from .stage import in_deck, on_slide
from .text import label
from .theme import INK, LARGE, RULE, SHADE, SMALL

TILE = 11  # px
SLIDE_TILE = 9  # px; rows are lower on a slide
# Tiles that stand side by side without touching, on a phone of 390 px and beside the names on a slide.
TILES_IN_A_LINE = {"page": 22, "slide": 45}
HEAD_LETTERS = {"page": 54, "slide": 80}  # bold letters of 12 px that stand side by side over the columns
NAME_LETTERS = 57  # of a row's name that fit beside the marks on a slide
NAME = {"page": 18, "slide": 0}  # px from the upper edge of a row to the lower edge of its name, over its marks
FEW_ROWS = 9  # leave room for larger letters in a deck
LETTER = 6.8  # px of a bold letter of 12 px, on the average
LEFT = 14  # px beside the tiles
CHOSEN_BY_PLOTLY = {"tickmode": "auto", "tickvals": None, "ticktext": None}
LONGEST = 0.7  # of a column: the longest bar; the rest is for its number
COLUMN_WIDTH = 0.84  # of a column; the rest is the gap to the next


def stage() -> str:
    """The stage that is being drawn for, as a key of the sizes above."""
    return "slide" if on_slide() else "page"


@dataclass(frozen=True)
class Grid:
    """Where the tiles go: how many stand in a line, and how many each row has in its fullest cell. Heights: pixels.

    `names` are those of all rows. A deck may leave rows out, which keep their traces: steps call these by number.
    """

    rows: list[str]
    columns: list[str]
    across: int
    beside: int  # places of tiles that stay free beside them, for a number
    fullest: list[int]
    above: int  # from the upper edge of a row to the middle of its first line of tiles
    line: int
    below: int  # from the middle of the last line to the lower edge
    names: tuple[str, ...] = ()

    @property
    def letters(self) -> int:
        """The size of names and numbers, in pixels."""
        return LARGE if in_deck() and len(self.rows) <= FEW_ROWS else SMALL

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

    @property
    def first_line_y(self) -> dict[str, float]:
        """The height at which the first line of each row runs."""
        return {row: edge + self.above for row, edge in zip(self.rows, self.edges, strict=False)}

    @property
    def centre_y(self) -> dict[str, float]:
        """The height of the middle of all lines of each row."""
        first = self.first_line_y
        return {row: first[row] + self.line * (n - 1) / 2 for row, n in zip(self.rows, self.lines, strict=True)}

    def places(self, row: str, columns: Sequence[str]) -> list[tuple[float, float]]:
        """Where the tiles of a row stand, as x and y; `columns` has the column of each."""
        first, filled, found = self.first_line_y.get(row), dict.fromkeys(self.columns, 0), []
        for column in columns:
            at = filled[column]
            filled[column] += 1
            x = self.columns.index(column) + (at % self.across + 0.5) * COLUMN_WIDTH / (self.across + self.beside)
            found.append((x, first + self.line * (at // self.across)))
        return found


def grid_of_lines(rows: Sequence[str], columns: Sequence[str], headings: Collection[str] = ()) -> Grid:
    """A grid whose rows are one line each, for marks on a scale; `headings` as below."""
    return _grid(rows, columns, [0 if row in headings and not on_slide() else 1 for row in rows])


def grid_of(
    cells: pd.DataFrame,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    headings: Collection[str] = (),
    left_out: Collection[str] = (),
    numbered: bool = False,
) -> Grid:
    """The grid that holds `cells` (columns row, column): tiles apart even on a phone, more lines for a full cell.

    Rows that are `headings` have no tiles: on a page they are as high as their name. Where cells are `numbered`, the
    number of a cell has a place beside its tiles. Rows that are `left_out` have no tiles and no height.
    """
    fullest = cells.groupby(["row", "column"]).size().groupby("row").max()
    shown = [row for row in rows if row not in left_out]
    least = {row: 0 if row in headings and not on_slide() else 1 for row in shown}
    grid = _grid(shown, columns, [max(int(fullest.get(row, 0)), least[row]) for row in shown], numbered=numbered)
    return replace(grid, names=tuple(rows))


def _grid(rows: Sequence[str], columns: Sequence[str], fullest: list[int], *, numbered: bool = False) -> Grid:
    beside = int(numbered)
    across = min(max(fullest), max(1, TILES_IN_A_LINE[stage()] // len(columns) - beside))
    above, line, below = (9, 13, 9) if on_slide() else (26, 16, 12)  # a page has the name of a row above its tiles
    return Grid(list(rows), list(columns), across, beside, fullest, above, line, below)


def add_tiles(fig: go.Figure, cells: pd.DataFrame, grid: Grid) -> None:
    """One mark a row of `cells` (columns row, column, colour, symbol, text); one trace a row of the matrix."""
    parts = dict(list(cells[cells["row"].isin(grid.rows)].groupby("row", sort=False)))
    for name in grid.names or grid.rows:
        part = parts.get(name, cells.head(0))
        places = grid.places(name, part["column"].tolist())
        fig.add_scatter(
            x=[x for x, _ in places],
            y=[y for _, y in places],
            mode="markers",
            name=name,
            hovertext=part["text"].tolist(),
            hoverinfo="text",
            marker={
                "symbol": part["symbol"].tolist(),
                "size": SLIDE_TILE if on_slide() else TILE,
                "color": part["colour"].tolist(),
            },
        )


def add_column_rules(fig: go.Figure, grid: Grid) -> None:
    """A thin line between columns, so that the last number of one and the first tile of the next stay apart."""
    gaps = [at - (1 - COLUMN_WIDTH) / 2 for at in range(1, len(grid.columns))]
    add_upright_lines(fig, grid, gaps, {"color": RULE, "width": 1})


def add_upright_lines(fig: go.Figure, grid: Grid, places: Sequence[float], line: Mapping[str, object]) -> None:
    """A line through all rows at each place; on a page it leaves out their names, over the marks, and headings."""
    rows = zip(pairwise(grid.edges), grid.fullest, strict=True)
    parts = [(upper + NAME[stage()], lower) for (upper, lower), marks in rows if marks]
    paths = [" ".join(f"M{x},{upper} L{x},{lower}" for upper, lower in parts) for x in places]
    drawn = {"type": "path", "line": line, "layer": "below", "xref": "x", "yref": "y"}
    fig.layout.shapes = [*fig.layout.shapes, *(drawn | {"path": path} for path in paths)]


def head(name: str, *lines: str, columns: int) -> str:
    """The head of a column: its name in bold, wrapped so that as many columns share the letters, and lines under it.

    >>> head("Latin Post (Reuters)", "18 facts", columns=5)
    '<b>Latin Post<br>(Reuters)</b><br>18 facts'
    """
    return "<br>".join([f"<b>{label(name, HEAD_LETTERS[stage()] // columns)}</b>", *lines])


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
    margin: Mapping[str, int],
) -> None:
    """Row names over their tiles (on a slide beside them), column heads on top, a thin line between rows.

    `margin`: px at the top (t), bottom (b) and right (r).
    """
    left = LEFT
    if on_slide():
        names = [name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1].rstrip()}…" for name in names]
        left += round(LETTER * grid.letters / SMALL * max(map(len, names)))
    bold = [f"<b>{label(name)}</b>" for name in names]
    if on_slide():
        font = {"font": {"size": grid.letters, "color": INK}}
        add_annotations(fig, [text_in_margin(n, y) | font for n, y in zip(bold, grid.centre_y.values(), strict=True)])
    else:
        add_annotations(fig, [left_text(n, y, above=False, small=True) for n, y in zip(bold, grid.edges, strict=False)])
    fig.layout.shapes = [*fig.layout.shapes, *map(rule, grid.edges[:-1])]
    fig.update_layout(margin={**margin, "l": left})
    fig.update_yaxes(range=[grid.height, 0], showticklabels=False, showgrid=False, showline=False)
    fig.update_xaxes(
        range=[-0.02, len(grid.columns)],
        side="top",
        showgrid=False,
        showline=False,
        tickangle=0,
        tickfont={"size": SMALL},
        ticklabelstandoff=3,  # else letters that go below the line touch the rule over the first row
        ticklabeloverflow="allow",  # else Plotly leaves out a head that is too wide, and nobody notices
        tickvals=[at + COLUMN_WIDTH / 2 for at in range(len(grid.columns))],
        ticktext=list(heads),
    )


def scale_under(
    fig: go.Figure,
    grid: Grid,
    *,
    names: Sequence[str],
    margin: Mapping[str, int],
    ticks: Mapping[float, str] | None = None,
    **axis: object,
) -> None:
    """Frame rows of one line each, and put the scale of their marks under them.

    `ticks` are the words at some values of the scale; without them Plotly chooses numbers. `axis`: attributes of a
    Plotly axis, such as its range. No line crosses the plot: each mark has its number beside it.
    """
    frame_grid(fig, grid, names=names, heads=[""], margin=margin)
    chosen = {"tickvals": list(ticks), "ticktext": list(ticks.values())} if ticks else CHOSEN_BY_PLOTLY
    fig.update_xaxes(side="bottom", **chosen, **axis)


def shade_headings(fig: go.Figure, grid: Grid, names: Mapping[str, str]) -> None:
    """A grey ground under the rows that are headings, with their `names`, which stay on it on a slide, too.

    The grid has its frame already.
    """
    for at, row in enumerate(grid.rows):
        if row not in names:
            continue
        if on_slide():
            text = f"<b>{label(names[row])}</b>"
            fig.layout.annotations[at].update(x=0, xanchor="left", xshift=4, text=text)
        ends = {"y0": grid.edges[at], "y1": grid.edges[at + 1]}
        fig.add_shape(type="rect", x0=0, x1=1, xref="paper", fillcolor=SHADE, line_width=0, layer="below", **ends)


def add_bars(fig: go.Figure, cells: pd.DataFrame, grid: Grid, *, visible: bool = True) -> None:
    """One bar for each row of `cells`, with its number; one trace for each name of a row.

    `cells` has the columns row, column, value, colour and text, and may have `place`: that of the record that the bar
    leads to.
    """
    heights, most = grid.centre_y if on_slide() else grid.first_line_y, cells["value"].max()
    for name in grid.names or grid.rows:
        part = cells[cells["row"].eq(name) & (name in grid.rows)]
        fig.add_bar(
            x=[COLUMN_WIDTH * LONGEST * value / most for value in part["value"]],
            base=[float(grid.columns.index(column)) for column in part["column"]],
            y=[heights.get(name)] * len(part),
            width=12,
            orientation="h",
            marker={"color": part["colour"].tolist()},
            visible=visible,
            name=name,
            text=[number(value) for value in part["value"]],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": grid.letters},
            constraintext="none",  # else Plotly shrinks the number to the height of the bar
            hovertext=part["text"].tolist(),
            hoverinfo="text",
            customdata=part["place"].tolist() if "place" in part else None,
        )
    fig.update_layout(barmode="overlay")  # grouped, each trace leaves its row


def rule(y: float) -> dict[str, object]:
    """A thin line over the whole width."""
    ends = {"x0": 0, "x1": 1, "xref": "x domain", "y0": y, "y1": y, "yref": "y"}
    return {"type": "line", "line": {"color": RULE, "width": 1}, "layer": "below", **ends}
