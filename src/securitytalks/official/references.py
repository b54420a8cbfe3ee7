"""A place in the official series: find it, read it, and write it in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from ..records.faults import as_written, one_of
from ..records.schema import Reference
from ..words.dates import day, days
from ..words.files import table_of
from ..words.numbers import in_words
from .frames import frame_of, running_total
from .rules import blocks_of
from .schema import PERIOD, SeriesColumn
from .series import Series

SCALE = {"percent": 0.01, "million US dollars": 1e6, "billion US dollars": 1e9}

UNITS = {
    "percent": "share",
    "million US dollars": "US dollars",
    "billion US dollars": "US dollars",
    "victims": "people",
}


class ReferenceNotFound(LookupError):
    """A reference to something the series do not have: field, found, allowed."""


@dataclass(frozen=True)
class OfficialValue:
    """What an official series says at one place."""

    reference: Reference
    series: Series
    column: SeriesColumn
    rows: pd.DataFrame  # the rows read, the last one being the place itself; columns of load_record, and `reading`
    later: pd.DataFrame  # the rows that follow it, in the same reading

    @cached_property
    def row(self) -> pd.Series:
        """The row of the place itself."""
        return self.rows.iloc[-1]

    @cached_property
    def value(self) -> float:
        """The figure, in the unit that facts use."""
        return float(self.row["reading"])

    @property
    def unit(self) -> str:
        """The unit that facts use."""
        return UNITS.get(self.column.unit or "", self.column.unit or "")

    @property
    def start(self) -> pd.Timestamp:
        """The first day of what is counted."""
        total = self.reference.reading == "running total"
        return (self.rows.iloc[0] if total else self.row)["start"]

    @property
    def end(self) -> pd.Timestamp:
        """The last day of what is counted."""
        return self.row["end"] if self.until is None else pd.Timestamp(self.until)

    @cached_property
    def until(self) -> date | None:
        """The last day that is counted, where the period was not over."""
        blocks = blocks_of(self.series.file, self.series.rows)[self.column.id]
        return blocks[self.reference.period][1].until


def look_up(reference: Reference, known: dict[str, Series]) -> OfficialValue:
    """Find a place in the official series. Raises ReferenceNotFound with field, found and allowed."""
    if reference.series not in known:
        raise ReferenceNotFound("series", as_written(reference.series), one_of(known))
    series = known[reference.series]
    columns = {column.id: column for column in series.file.columns if column.unit}
    if reference.column not in columns:
        raise ReferenceNotFound("column", as_written(reference.column), one_of(columns))
    frame = _in_part(frame_of(series), reference, series)
    place = _place(frame, "period", reference.period)
    first = _first(frame, reference, place)
    rows, later = frame.iloc[first : place + 1], frame.iloc[place + 1 :]
    if rows[reference.column].isna().any():
        raise ReferenceNotFound("period", "a blank there", "a period whose value is known")
    column, total = columns[reference.column], reference.reading == "running total"
    values = running_total(rows, column.id, since=reference.since) if total else rows[column.id]
    rows, later = (
        part.assign(reading=(read.astype("float64") * SCALE.get(column.unit, 1)).round(6))
        for part, read in ((rows, values), (later, later[column.id]))
    )
    return OfficialValue(reference, series, column, rows, later)


def _in_part(frame: pd.DataFrame, reference: Reference, series: Series) -> pd.DataFrame:
    """The rows that belong to the part named, where a period has several rows."""
    others = [name for name in series.file.row if name != PERIOD]
    if len(reference.part) != len(others):
        raise ReferenceNotFound("part", as_written(reference.part), f"a list of {', '.join(others) or 'nothing'}")
    for name, value in zip(others, reference.part, strict=True):
        if value not in set(frame[name]):
            raise ReferenceNotFound("part", as_written(value), one_of(dict.fromkeys(frame[name])))
        frame = frame[frame[name] == value]
    return frame.reset_index(drop=True)


def _first(frame: pd.DataFrame, reference: Reference, place: int) -> int:
    """Where the reading starts: at `since`, at the first row for a record, or at the place itself."""
    needs = reference.reading in ("running total", "fall")
    if needs != (reference.since is not None):
        found = "nothing" if reference.since is None else as_written(reference.since)
        raise ReferenceNotFound("since", found, "a period, for a running total or a fall only")
    if reference.since is not None:
        return _place(frame.iloc[: place + 1], "since", reference.since)
    return 0 if reference.reading == "largest so far" else place


def _place(frame: pd.DataFrame, field: str, period: str) -> int:
    periods = frame["period"].tolist()
    if period not in periods:
        raise ReferenceNotFound(
            field, as_written(period), f"{periods[0]} to {periods[-1]}" if periods else "another part"
        )
    return periods.index(period)


def figure_words(found: OfficialValue) -> str:
    """The official figure in words, with its unit and, for money, its state."""
    if found.reference.reading == "fall":
        first, last = (in_words(value, "exact", found.unit) for value in found.rows["reading"].iloc[[0, -1]])
        return table_of("official")["fall"].format(first=first, last=last)
    words = in_words(found.value, found.row.get("precision", "exact"), found.unit)
    if "status" not in found.row:
        return words
    state = table_of("codes")["states_of_money"][found.row["status"]]
    return table_of("official")["money"].format(words=words, state=state)


def window_words(found: OfficialValue) -> str:
    """What time the official figure is for."""
    reference, kind, texts = found.reference, found.series.file.period_type, table_of("official")["windows"]
    if kind == "twelve months ending":
        return texts["twelve_months"].format(day=day(reference.period))
    if kind == "as stated on a date":
        stated = "stated_on" if reference.period.count("-") == 2 else "stated_in"
        return texts[stated].format(day=day(reference.period))
    if kind == "period":
        first, last = reference.period.split(" to " if " to " in reference.period else "-")
        return days(first, last)
    last = day(found.until) if found.until else reference.period
    if reference.since is not None and reference.since != reference.period:
        return table_of("dates")["span"].format(first=reference.since, last=last)
    return texts["until"].format(period=reference.period, last=last) if found.until else last


def official_in_words(found: OfficialValue) -> str:
    """The official figure with its time, its series and its column."""
    place = "; ".join([f"{found.series.file.title}: {found.column.title}", *found.reference.part])
    return f"{figure_words(found)}, {window_words(found)} ({place})"


def as_figure(found: OfficialValue) -> dict[str, Any]:
    """An official figure in the columns that compare.comparable reads."""
    reference, column = found.reference, found.column
    total = reference.reading == "running total"
    base = next(
        (
            other.measures or f"record/{found.series.id}/{other.id}"
            for other in found.series.file.columns
            if other.id == column.share_of
        ),
        None,
    )
    stated = found.series.file.period_type == "as stated on a date"
    start = None if stated and column.stock_or_flow == "stock" else found.start
    return {
        "fact": "/".join(["record", reference.series, column.id, reference.period, *reference.part]),
        "label": f"{found.series.file.title}: {column.title}",
        "value": found.value,
        "precision": found.row.get("precision", "exact"),
        "unit": found.unit,
        "counts": column.counts[:1].lower() + column.counts[1:],
        "stock_or_flow": "stock" if total else column.stock_or_flow,
        "share_of": None,
        "base": base,
        "measures": column.measures,
        "programme": None,
        "money_status": found.row.get("status"),
        "place": found.series.file.place,
        "start": pd.NaT if start is None else start,
        "end": found.end,
        "window_start": None if start is None else start.date().isoformat(),
        "window_end": found.end.date().isoformat(),
    }
