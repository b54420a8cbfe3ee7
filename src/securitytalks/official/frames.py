"""The official series as DataFrames: what publishers counted, to put beside what the articles say."""

from __future__ import annotations

from collections.abc import Iterable
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
    title, publisher, place, period_type, counts_not, vintage, and `columns`: title, unit and counts of each by its id.
    Raises SeedError where a file is faulty, KeyError where no series has that name.
    """
    known = read_record(seeds)
    if series not in known:
        raise KeyError(f'no official series "{series}"; there are {one_of(known)}')
    return _frame(known[series])


def column_of(series: str, column: str, seeds: Path = SEEDS) -> SeriesColumn:
    """The description of one column: its title, unit and what one number counts."""
    return next(found for found in read_record(seeds)[series].file.columns if found.id == column)


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


def _frame(series: Series) -> pd.DataFrame:
    """The typed frame of one series."""
    file, rows = series.file, series.rows
    periods = [row[PERIOD] for row in rows]
    spans = [period_span(period, file.period_type) for period in periods]
    data: dict[str, Any] = {PERIOD: pd.Series(periods, dtype="str")}
    for index, name in enumerate(("start", "end")):
        data[name] = pd.to_datetime(pd.Series([span[index] for span in spans])).astype("datetime64[s]")
    for column in file.columns:
        data[column.id] = _values(column, [row[column.id] for row in rows])
    for column in (column for column in file.columns if column.unit):
        blocks = [_block(file, column.id, row, periods) for row in rows]
        data[f"{column.id}_grade"] = pd.Series([block and block.grade for block in blocks], dtype="str")
        derived = [bool(block) and (column.derived or block.derived) for block in blocks]
        data[f"{column.id}_derived"] = pd.Series(derived, dtype="bool")
        data[f"{column.id}_source"] = pd.Series([block and block.read_from for block in blocks], dtype="str")
        data[f"{column.id}_note"] = pd.Series([block and block.note for block in blocks], dtype="str")
    frame = pd.DataFrame(data | _whole_rows(file, rows, periods))
    shown = ("title", "publisher", "place", "period_type", "counts_not", "vintage")
    about = {c.id: {"title": c.title, "unit": c.unit, "counts": c.counts} for c in file.columns}
    frame.attrs = {"series": series.id} | {name: getattr(file, name) for name in shown} | {"columns": about}
    return frame


def _block(file: SeriesFile, column: str, row: Cells, periods: list[str]) -> SeriesRows | None:
    """The block that speaks of the value in a row, where there is one."""
    return blocks_of(file, column, row[PERIOD], periods)[0] if row[column] else None


def _whole_rows(file: SeriesFile, rows: Iterable[Cells], periods: list[str]) -> dict[str, pd.Series]:
    """Grade, derived, source and note of each row, over all its numbers."""
    numbers = [column for column in file.columns if column.unit]
    grades, derived, sources, notes = [], [], [], []
    for row in rows:
        filled = [column for column in numbers if row[column.id]]
        blocks = [blocks_of(file, column.id, row[PERIOD], periods)[0] for column in filled]
        grades.append(max((block.grade for block in blocks), default=None))
        derived.append(any(column.derived or block.derived for column, block in zip(filled, blocks, strict=True)))
        sources.append("; ".join(_unique(block.read_from for block in blocks)) or None)
        notes.append("; ".join(_unique(block.note for block in blocks if block.note)) or None)
    texts = {"grade": grades, "source": sources, "note": notes}
    columns = {name: pd.Series(values, dtype="str") for name, values in texts.items()}
    return columns | {"derived": pd.Series(derived, dtype="bool")}


def _values(column: SeriesColumn, cells: list[str]) -> pd.Series:
    """Cells of the CSV file as their type; a blank is missing."""
    if column.holds == "text":
        return pd.Series([cell or None for cell in cells], dtype="str")
    if column.holds == "whole number":
        return pd.Series([int(cell) if cell else None for cell in cells], dtype="Int64")
    return pd.Series([float(cell) if cell else None for cell in cells], dtype="float64")


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
