"""The form of an official series: its TOML description and its CSV columns."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..records.schema import ColumnId, Day, Grade, Label, Measure, Prose, Record, StockOrFlow, Text

PeriodType = Literal["calendar year", "fiscal year", "twelve months ending", "as stated on a date", "period"]

Holds = Literal["whole number", "number", "text"]

RecordUnit = Literal[
    "deaths",
    "homicides",
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
    """name of the column in the CSV file; not one that the table adds, such as `start` or `source`"""
    title: Label
    """name for readers, at most 40 characters"""
    holds: Holds
    """numbers or text, see the codes"""
    unit: RecordUnit | None = None
    """unit of the numbers, see the codes | it holds text"""
    stock_or_flow: StockOrFlow | None = None
    """as in facts | it holds text, or neither word fits"""
    share_of: ColumnId | None = None
    """for a share: the column that it is a share of | no share, or the whole is not in the file"""
    measures: Measure | None = None
    """as in facts: the thing measured | no figure of an article could measure the same"""
    derived: bool = False
    """`true` where the whole column was computed, not read as printed | read as printed"""
    codes: list[Text] = []
    """for text: the words allowed | any text"""
    counts: Prose
    """what one number counts, or what the text says"""
    vintage: Prose | None = None
    """as of when, where it is not as of the same time as the file | as `vintage` of the file"""


class SeriesRows(Record):
    """Where the values of some columns were read, from one period to another, and how sure they are."""

    columns: Annotated[list[ColumnId], Field(min_length=1)]
    """the columns that it speaks of"""
    first: Text
    """the first period"""
    last: Text
    """the last period"""
    grade: Grade
    """how sure the values are: A or B, as in checks"""
    derived: bool = False
    """`true` where these values were computed, not read as printed | read as printed"""
    until: Day | None = None
    """the last day counted, where the last period was not over | the periods are whole"""
    read_from: Prose
    """repository and commit, or page, where they were read"""
    note: Prose | None = None
    """what to know about them | nothing"""


class SeriesFile(Record):
    """`seeds/record/<series>.toml`: what the numbers of the CSV file of the same stem are."""

    title: Prose
    """name of the series"""
    publisher: Prose
    """who counted or stated it"""
    original: Prose
    """the publisher's own table or document"""
    place: Prose
    """where"""
    period_type: PeriodType
    """what a period is, see the codes"""
    counts: Prose
    """what one number counts"""
    counts_not: Prose
    """what it does not count, and how it can mislead"""
    vintage: Prose
    """as of when; official figures are revised"""
    licence: Prose
    """the terms, as far as they were seen"""
    processing: Prose
    """what was done to the values on the way here"""
    row: Annotated[list[ColumnId], Field(min_length=1)] = ["period"]
    """the columns that together name a row | `period` alone"""
    columns: Annotated[list[SeriesColumn], Field(min_length=1)]
    """the columns, see below"""
    rows: Annotated[list[SeriesRows], Field(min_length=1)]
    """where the values were read, see below"""
