"""The official series as DataFrames: what publishers counted, to put beside what the articles say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from ..records.faults import one_of
from ..records.load import SEEDS
from ..words.dates import period_span
from .rules import blocks_of
from .schema import PERIOD, Cells, SeriesColumn, SeriesFile, SeriesRows
from .series import Series, read_record


def load_series(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row an official series, by id.

    Columns: `series`, the fields of its TOML file up to `processing` (see seeds/README.md), `columns` (list of the
    columns that hold numbers), `first` and `last` (periods), `rows` (their number), `grades` ("A", "B" or "A and B"),
    `read_from` (list of the places where it was read). Raises SeedError where a file is faulty.
    """
    texts = [name for name in SeriesFile.model_fields if name not in ("row", "columns", "rows")]
    rows = []
    for series in read_record(seeds).values():
        row: dict[str, Any] = {"series": series.id} | {name: getattr(series.file, name) for name in texts}
        row |= {"columns": [column.id for column in series.file.columns if column.unit]}
        row |= {"first": series.rows[0][PERIOD], "last": series.rows[-1][PERIOD], "rows": len(series.rows)}
        row |= {"grades": " and ".join(sorted({block.grade for block in series.file.rows}))}
        rows.append(row | {"read_from": _unique(block.read_from for block in series.file.rows)})
    return pd.DataFrame(rows)


def load_record(series: str, seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a period of an official series, in order; a blank stays blank.

    Columns: `period` (as written), `start` and `end` (Timestamps: its first and last day), the columns of the CSV file
    (whole numbers as Int64, other numbers as float64), for each number column `<column>_grade` (A or B) and
    `<column>_derived` (computed, not read as printed), `<column>_source` (where it was read) and `<column>_note`; and
    for the row `grade` (its weakest), `derived` (whether any value is), `source` and `note`. `frame.attrs` has series,
    title, publisher, place, period_type, counts_not, vintage, and `columns`: title, unit, counts and vintage of each by
    its id.
    Raises SeedError where a file is faulty, KeyError where no series has that name.
    """
    known = read_record(seeds)
    if series not in known:
        raise KeyError(f'no official series "{series}"; there are {one_of(known)}')
    return frame_of(known[series]).copy()


def running_total(record: pd.DataFrame, column: str, *, since: str) -> pd.Series:
    """Add up a column from the period `since` on; rows before it are missing. In the unit of the column; derived by us.

    Raises ValueError where a value in between is blank, since a total over a gap would be too low without saying so.

    >>> homicides = load_record("mexico-homicides")
    >>> totals = running_total(homicides, "inegi", since="2007")
    >>> int(totals[homicides["period"] == "2020"].iloc[0])
    352208
    """
    inside = record["start"] >= record.loc[record["period"] == since, "start"].iloc[0]
    values = record[column].where(inside)
    if record.loc[inside, column].isna().any():
        raise ValueError(f"{column}: a value from {since} on is blank; a running total needs all of them")
    return values.cumsum()


@lru_cache(maxsize=32)
def frame_of(series: Series) -> pd.DataFrame:
    """The typed frame of one series; it is the same each time, so nobody may change it."""
    file, rows = series.file, series.rows
    periods = [row[PERIOD] for row in rows]
    spans = list(filter(None, (period_span(period, file.period_type) for period in periods)))
    data: dict[str, Any] = {PERIOD: pd.Series(periods, dtype="str")}
    for index, name in enumerate(("start", "end")):
        data[name] = pd.to_datetime(pd.Series([span[index] for span in spans])).astype("datetime64[s]")
    for column in file.columns:
        data[column.id] = _values(column, [row[column.id] for row in rows])
    numbers = [column for column in file.columns if column.unit]
    blocks = _blocks(file, rows)
    for column in numbers:
        speaking = blocks[column.id]
        data[f"{column.id}_grade"] = pd.Series([block and block.grade for block in speaking], dtype="str")
        derived = [block is not None and (column.derived or block.derived) for block in speaking]
        data[f"{column.id}_derived"] = pd.Series(derived, dtype="bool")
        data[f"{column.id}_source"] = pd.Series([block and block.read_from for block in speaking], dtype="str")
        data[f"{column.id}_note"] = pd.Series([block and block.note for block in speaking], dtype="str")
    of_rows = [list(filter(None, row)) for row in zip(*blocks.values(), strict=True)] or [[] for _ in rows]
    data["grade"] = pd.Series([max((block.grade for block in row), default=None) for row in of_rows], dtype="str")
    data["source"] = pd.Series([_joined(block.read_from for block in row) for row in of_rows], dtype="str")
    data["note"] = pd.Series([_joined(block.note for block in row if block.note) for row in of_rows], dtype="str")
    data["derived"] = pd.Series(False, index=range(len(rows)), dtype="bool")
    for column in numbers:
        data["derived"] |= data[f"{column.id}_derived"]
    frame = pd.DataFrame(data)
    shown = ("title", "publisher", "place", "period_type", "counts_not", "vintage")
    about = {
        c.id: {"title": c.title, "unit": c.unit, "counts": c.counts, "vintage": c.vintage or file.vintage}
        for c in file.columns
    }
    frame.attrs = {"series": series.id} | {name: getattr(file, name) for name in shown} | {"columns": about}
    return frame


def _blocks(file: SeriesFile, rows: Sequence[Cells]) -> dict[str, list[SeriesRows | None]]:
    """For each column that holds numbers: the block that speaks of the value in each row, where there is a value."""
    return {
        name: [of_period[row[PERIOD]][1] if row[name] else None for row in rows]
        for name, of_period in blocks_of(file, rows).items()
    }


def _joined(texts: Iterable[str]) -> str | None:
    """Texts in a row, each once; None where there are none."""
    return "; ".join(_unique(texts)) or None


def _values(column: SeriesColumn, cells: list[str]) -> pd.Series:
    """Cells of the CSV file as their type; a blank is missing."""
    if column.holds == "text":
        return pd.Series([cell or None for cell in cells], dtype="str")
    if column.holds == "whole number":
        return pd.Series([int(cell) if cell else None for cell in cells], dtype="Int64")
    return pd.Series([float(cell) if cell else None for cell in cells], dtype="float64")


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
