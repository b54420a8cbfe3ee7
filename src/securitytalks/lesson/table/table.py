"""A table that a reader can sort, search and filter."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd
from pandas.api.types import is_bool, is_bool_dtype, is_numeric_dtype

from ...words import numbers
from ...words.escape import escaped
from ...words.links import RECORDS_PAGE
from ...words.unbroken import unbroken
from ..forms import texts

TABLE = "application/vnd.classroom.table+json"
SEPARATED_FROM = 10_000  # smaller whole numbers may be years
MOST_COLUMNS, FIRST_COLUMNS = 7, 4  # of a wider table an export shows the first, and the rest of a row on demand


@dataclass(frozen=True)
class Table:
    """A table for readers: HTML with its script in JupyterLab, a table with the same script in an export."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[str, ...] = ()  # columns whose numbers stand one below the other
    filters: tuple[str, ...] = ()
    search: bool = False
    anchors: tuple[str, ...] = ()  # the permanent id of each row, where links may lead
    records: tuple[str, ...] = ()  # the place of each row's record on the page of all records; empty for none
    slide: Table | None = None  # what a slide shows in its place
    links: dict[str, str] = field(default_factory=dict)  # where words of a cell lead, several of them parted by "; "

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        plain = "\n".join([self.caption, *("; ".join(row) for row in self.rows)])
        return {TABLE: json.loads(json.dumps(asdict(self))), "text/html": self.data, "text/plain": plain}

    @property
    def data(self) -> str:
        """The HTML that JupyterLab shows; it sorts, searches and filters where scripts may run."""
        live = bool(self.filters) or self.search
        return table_html(self) + (f"<script>{_script()}</script>" if live else "")


def show_table(
    rows: pd.DataFrame,
    *,
    caption: str,
    filters: Sequence[str] = (),
    search: bool = False,
    slide: Table | None = None,
) -> Table:
    """Give a table with caption and scoped headers, which a reader sorts, searches and filters.

    Args:
        rows: what it shows; the first column names the row. Numbers get thousands separators. An index named "anchor"
            holds the permanent id of each row, where links may lead; `attrs["links"]` says where words of cells lead.
        caption: what the rows are.
        filters: columns to offer as choices; a cell with several values separates them by "; ".
        search: whether to offer a box to search in.
        slide: the rows and columns that fit a slide, as a table of their own; the page shows everything.

    Raises:
        ValueError: for a filter that is no column.

    >>> show_table(pd.DataFrame({"Office": ["CBP"], "Year": [2021], "Count": [1234567]}), caption="Counts").rows
    (('CBP', '2021', '1,234,567'),)
    """
    unknown = sorted(set(filters) - set(rows.columns))
    if unknown:
        raise ValueError(f"no column to filter by: {', '.join(unknown)}; columns: {', '.join(rows.columns)}")
    cells = tuple(tuple(_text(value) for value in row) for row in rows.itertuples(index=False))
    numeric = tuple(
        str(name) for name, column in rows.iloc[:, 1:].items() if is_numeric_dtype(column) and not is_bool_dtype(column)
    )
    anchors, records = (tuple(map(str, rows.index)) if rows.index.name == name else () for name in ("anchor", "record"))
    links = rows.attrs.get("links", {})
    heads, wanted = tuple(map(str, rows.columns)), tuple(filters)
    return Table(caption, heads, cells, numeric, wanted, search, anchors, records, slide, links)


def table_html(table: Table) -> str:
    """Write a table; every text is escaped. Its roles remain where a style sheet lays its rows out as cards."""
    styles = ["text-align:" + ("right" if name in table.numeric else "left") for name in table.columns]
    heads = "".join(
        f'<th scope="col" role="columnheader" style="{style}">{escaped(name)}</th>'
        for name, style in zip(table.columns, styles, strict=True)
    )
    ids = [f' id="{escaped(anchor)}"' for anchor in table.anchors] or [""] * len(table.rows)
    records = table.records or [""] * len(table.rows)
    rows = "".join(
        f'<tr role="row"{own}>{_cells(row, table, styles, record)}</tr>'
        for row, own, record in zip(table.rows, ids, records, strict=True)
    )
    folds = f' style="--fields: {_widths(table)}"' if len(table.columns) > MOST_COLUMNS else ""
    marks = {} if numbers.marks() == numbers.ENGLISH_MARKS else {"marks": numbers.marks()}
    wants = {"filters": table.filters, "search": table.search, "texts": texts("table") | marks}
    return (
        f'<table class="talks-table{" folds" * bool(folds)} mathjax_ignore"{folds} role="table" '
        f'data-table="{escaped(json.dumps(wants))}">'
        f'<caption style="text-align:left;font-weight:bold">{escaped(table.caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def _widths(table: Table) -> str:
    """Give each of the first columns a part of the width that grows with the length of its texts."""
    lengths = [sum(len(row[at]) for row in table.rows) / max(1, len(table.rows)) for at in range(FIRST_COLUMNS)]
    return " ".join(f"minmax(0, {max(1, round(length**0.5))}fr)" for length in lengths)


def _cells(row: Sequence[str], table: Table, styles: Sequence[str], record: str) -> str:
    cells = []
    for at, (text, column, style) in enumerate(zip(row, table.columns, styles, strict=True)):
        tag, role = ("td", 'role="cell"') if at else ("th", 'scope="row" role="rowheader"')
        label = f'data-label="{escaped(column)}" style="{style};vertical-align:top"'
        words = "; ".join(_linked(part, table.links) for part in text.split("; ")) if table.links else escaped(text)
        if record and not at:
            words = f'<a href="{RECORDS_PAGE}#{escaped(record)}">{words}</a>'
        cells.append(f"<{tag} {role} {label}>{words}</{tag}>")
    return "".join(cells)


def _linked(words: str, links: Mapping[str, str]) -> str:
    return f'<a href="{escaped(links[words])}">{escaped(words)}</a>' if words in links else escaped(words)


def _text(value: object) -> str:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if is_bool(value) or isinstance(value, str):
        return unbroken(str(value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    large = isinstance(value, (int, float)) or hasattr(value, "dtype")
    return numbers.number(value, "," if abs(value) >= SEPARATED_FROM else "") if large else str(value)


@cache
def _script() -> str:
    return Path(__file__).with_name("table.js").read_text(encoding="utf-8")
