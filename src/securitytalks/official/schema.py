"""The form of an official series: its TOML description and its CSV columns."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..records.schema import ColumnId, Grade, Label, Measure, Prose, Record, StockOrFlow, Text

PeriodType = Literal["calendar year", "fiscal year", "twelve months ending", "as stated on a date", "period"]

Holds = Literal["whole number", "number", "text"]

RecordUnit = Literal[
    "deaths",
    "victims",
    "people",
    "percent",
    "in 100,000 people",
    "pounds",
    "encounters",
    "firearms",
    "million US dollars",
    "billion US dollars",
    "order",
]

PERIOD = "period"

Cells = dict[str, str]


class SeriesColumn(Record):
    """A column of a series: what one number in it counts, or what its text says."""

    id: ColumnId
    title: Label
    holds: Holds
    unit: RecordUnit | None = None  # numbers need it
    stock_or_flow: StockOrFlow | None = None
    share_of: ColumnId | None = None  # for percent: the column that it is a share of
    measures: Measure | None = None  # left out where no figure of an article could measure the same
    derived: bool = False  # computed from the publisher's data, not read as printed
    codes: list[Text] = []  # for text: the words allowed, where the list is closed
    counts: Prose


class SeriesRows(Record):
    """Where the values of some columns were read, from one period to another, and how sure they are."""

    columns: Annotated[list[ColumnId], Field(min_length=1)]
    first: Text
    last: Text
    grade: Grade
    derived: bool = False  # computed from the publisher's data, not read as printed
    read_from: Prose
    note: Prose | None = None


class SeriesFile(Record):
    """`seeds/record/<series>.toml`: what the numbers of the CSV file of the same stem are."""

    title: Prose
    publisher: Prose
    original: Prose  # the publisher's own table or document
    place: Prose
    period_type: PeriodType
    counts: Prose
    counts_not: Prose
    vintage: Prose
    licence: Prose
    processing: Prose
    row: Annotated[list[ColumnId], Field(min_length=1)] = ["period"]  # the columns that together name a row
    columns: Annotated[list[SeriesColumn], Field(min_length=1)]
    rows: Annotated[list[SeriesRows], Field(min_length=1)]
