"""What must be true of an official series beyond its form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from ..records.faults import WHOLE_FILE, Faults, FileReport, as_written, one_of, suggest
from ..records.files import CHARACTERS
from ..words.characters import strange_character
from ..words.dates import PERIOD_FORMS, period_span
from .schema import PERIOD, Cells, SeriesColumn, SeriesFile, SeriesRows

# Fifteen digits are what a table of numbers can keep exactly.
NUMBER_FORMS = {"whole number": r"0|[1-9]\d{0,14}", "number": r"(0|[1-9]\d{0,14})(\.\d{1,15})?"}
# The columns that the frame of load_record adds to those of the file, and their endings.
FRAME_COLUMNS = (PERIOD, "start", "end", "grade", "derived", "source", "note", "reading")
FRAME_ENDINGS = ("_grade", "_derived", "_source", "_note")
MEASURED_IN = ("deaths", "victims", "people", "percent")  # what is measured is people and deaths


def _check_name(path: Path, paths: list[Path], faults: Faults) -> None:
    """Every file has a twin, and its name is the series' name."""
    twin = path.with_suffix(".toml" if path.suffix == ".csv" else ".csv")
    if twin not in paths:
        faults.add(
            path,
            WHOLE_FILE,
            "-",
            found=f"no {twin.name} beside it",
            allowed="two files a series",
            do=f"write {twin.name} or remove this file",
        )
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem):
        allowed = "lower-case letters and digits, joined by hyphens"
        faults.add(path, WHOLE_FILE, "-", found=as_written(path.stem), allowed=allowed, do="rename both files")


def _check_columns(file: SeriesFile, report: FileReport) -> None:
    """Names stand once; numbers have a unit and texts have none; the columns that name a row exist."""
    names = [column.id for column in file.columns]
    for name in sorted({name for name in names if names.count(name) > 1}):
        report.fault(
            f"columns[{name}]",
            "id",
            found=f'"{name}" {names.count(name)} times',
            allowed="once",
            do="rename or remove all but one",
        )
    for title in sorted({column.title for column in file.columns}):
        same = [column.id for column in file.columns if column.title == title]
        if len(same) > 1:
            allowed, do = "one title a column", "write what tells the columns apart"
            report.fault(
                f"columns[{same[1]}]",
                "title",
                found=f"{as_written(title)}, as in columns[{same[0]}]",
                allowed=allowed,
                do=do,
            )
    for column in file.columns:
        record, text = f"columns[{column.id}]", column.holds == "text"
        if column.id in FRAME_COLUMNS or column.id.endswith(FRAME_ENDINGS):
            allowed = f"another name than {', '.join(FRAME_COLUMNS)}, and no ending {', '.join(FRAME_ENDINGS)}"
            do = "rename it here and in the CSV file: the table has a column of its own with that name"
            report.fault(record, "id", found=as_written(column.id), allowed=allowed, do=do)
        if column.measures is not None and column.unit not in MEASURED_IN:
            found, do = f'"{column.measures}" in {column.unit or "no unit"}', "remove measures, or correct unit"
            report.fault(record, "measures", found=found, allowed=f"only for {one_of(MEASURED_IN)}", do=do)
        if text and column.unit:
            report.fault(
                record,
                "unit",
                found=as_written(column.unit),
                allowed="only where it holds numbers",
                do="remove unit, or correct holds",
            )
        if not text and not column.unit:
            report.fault(record, "unit", found="nothing", allowed="a unit where it holds numbers", do="add unit = ...")
        if not text and column.codes:
            report.fault(
                record, "codes", found=as_written(column.codes), allowed="only where it holds text", do="remove codes"
            )
        if column.share_of is not None and column.share_of not in names:
            _unknown(record, "share_of", column.share_of, names, report)
    for name in [name for name in file.row if name not in (PERIOD, *names)]:
        _unknown("file", "row", name, [PERIOD, *names], report)


def _unknown(record: str, field: str, name: str, allowed: Iterable[str], report: FileReport) -> None:
    codes = list(allowed)
    do = suggest(name, codes, otherwise="write one of these")
    report.fault(record, field, found=as_written(name), allowed=one_of(codes), do=do)


def _check_blocks(file: SeriesFile, rows: list[Cells], report: FileReport) -> None:
    """Every number has one block that grades it; every block names columns and periods that exist, in order."""
    periods = [row[PERIOD] for row in rows]
    names = [column.id for column in file.columns]
    sound = [_check_block(index, block, periods, names, report) for index, block in enumerate(file.rows)]
    if not all(sound):
        return
    for column in (column for column in file.columns if column.unit):
        for row in (row for row in rows if row[column.id]):
            count = len(blocks_of(file, column.id, row[PERIOD], periods))
            if count != 1:
                found = "no block of [[rows]]" if count == 0 else f"{count} blocks of [[rows]]"
                report.fault(
                    f"columns[{column.id}]",
                    row[PERIOD],
                    found=found,
                    allowed="one block for each number",
                    do="correct first, last or columns of [[rows]]",
                )


def _check_block(index: int, block: SeriesRows, periods: list[str], names: list[str], report: FileReport) -> bool:
    record = f"rows[number {index + 1}]"
    before = len(report.faults.all)
    for name in [name for name in block.columns if name not in names]:
        _unknown(record, "columns", name, names, report)
    for field in ("first", "last"):
        if getattr(block, field) not in periods:
            allowed, do = f"a period of the CSV file, {periods[0]} to {periods[-1]}", "write it as the CSV file does"
            report.fault(record, field, found=as_written(getattr(block, field)), allowed=allowed, do=do)
    if len(report.faults.all) == before and periods.index(block.first) > periods.index(block.last):
        report.fault(record, "last", found=as_written(block.last), allowed=f"{block.first} or later", do="swap the two")
    return len(report.faults.all) == before


def blocks_of(file: SeriesFile, column: str, period: str, periods: list[str]) -> list[SeriesRows]:
    """The blocks that speak of one value."""
    place = periods.index
    return [b for b in file.rows if column in b.columns and place(b.first) <= place(period) <= place(b.last)]


def _check_header(header: list[str], file: SeriesFile, report: FileReport) -> None:
    """The columns are period and those that the TOML file describes, each once."""
    names = [PERIOD, *(column.id for column in file.columns)]
    if header[:1] != [PERIOD]:
        report.fault(
            "line 1",
            "-",
            found=as_written((header or [""])[0]),
            allowed="period as the first column",
            do="name the first column period",
        )
    for name in sorted({name for name in header if header.count(name) > 1}):
        report.fault(
            "line 1", name, found=f"{header.count(name)} times", allowed="once", do="rename or remove all but one"
        )
    for name in [name for name in header if name not in names]:
        do = suggest(name, names, otherwise=f"describe it in {report.path.with_suffix('.toml').name} or remove it")
        report.fault("line 1", name or "-", found="a column that is not described", allowed=one_of(names), do=do)
    for name in [name for name in names[1:] if name not in header]:
        report.fault(
            "line 1",
            name,
            found="no such column",
            allowed="every column that the TOML file describes",
            do="add the column, or remove its description",
        )


def _check_cells(file: SeriesFile, rows: list[Cells], report: FileReport) -> None:
    """Numbers are numbers, codes are codes, and what names a row is not blank."""
    for number, row in enumerate(rows, start=2):
        for column in file.columns:
            _check_cell(f"line {number}", column, row[column.id], needed=column.id in file.row, report=report)
        if period_span(row[PERIOD], file.period_type) is None:
            report.fault(
                f"line {number}",
                PERIOD,
                found=as_written(row[PERIOD]),
                allowed=PERIOD_FORMS[file.period_type],
                do="write it in this form, or correct period_type",
            )


def _check_cell(record: str, column: SeriesColumn, cell: str, *, needed: bool, report: FileReport) -> None:
    if not cell:
        if needed or column.codes:
            report.fault(record, column.id, found="a blank", allowed="no blank here", do="write the value")
    elif column.holds == "text":
        strange = strange_character(cell)
        if strange:
            found, do = f"{as_written(cell)}, which has {strange}", "write the letter or the space that is meant"
            report.fault(record, column.id, found=found, allowed=CHARACTERS, do=do)
        if cell != cell.strip():
            report.fault(
                record, column.id, found=as_written(cell), allowed="no space at the ends", do="remove the space"
            )
        elif column.codes and cell not in column.codes:
            _unknown(record, column.id, cell, column.codes, report)
    elif column.unit == "percent" and re.fullmatch(NUMBER_FORMS["number"], cell, re.ASCII) and float(cell) > 100:
        do = "write the percentage as printed, or correct unit"
        report.fault(record, column.id, found=as_written(cell), allowed="0 to 100, for percent", do=do)
    elif not re.fullmatch(NUMBER_FORMS[column.holds], cell, re.ASCII):
        allowed = f"a {column.holds} of at most 15 digits, or a blank where it is not known"
        report.fault(
            record, column.id, found=as_written(cell), allowed=allowed, do="take out signs, spaces, commas and words"
        )


def _check_order(file: SeriesFile, rows: list[Cells], report: FileReport) -> None:
    """Periods run forward, and no row stands twice."""
    spans = [period_span(row[PERIOD], file.period_type) for row in rows]
    for number, (one, two) in enumerate(pairwise(spans), start=3):
        if one and two and two < one:
            found, allowed = as_written(rows[number - 2][PERIOD]), f"{rows[number - 3][PERIOD]} or later"
            report.fault(f"line {number}", PERIOD, found=found, allowed=allowed, do="put the rows in order")
    seen: set[tuple[str, ...]] = set()
    names = [name for name in file.row if name in rows[0]]
    for number, row in enumerate(rows, start=2):
        key = tuple(row[name] for name in names)
        if key in seen:
            report.fault(
                f"line {number}",
                " and ".join(names),
                found=f"{', '.join(key)} a second time",
                allowed="each row once",
                do="remove one, or name in row what tells them apart",
            )
        seen.add(key)


# How many months lie between the starts of two rows that follow one another.
MONTHS_BETWEEN = {"calendar year": 12, "fiscal year": 12, "twelve months ending": 1}


def _check_gaps(file: SeriesFile, rows: list[Cells], report: FileReport) -> None:
    """A series by year or month leaves none out: a chart would draw over the gap."""
    step = MONTHS_BETWEEN.get(file.period_type)
    others = [name for name in file.row if name != PERIOD and name in rows[0]]
    before: dict[tuple[str, ...], tuple[int, str]] = {}
    for number, row in enumerate(rows, start=2):
        span = period_span(row[PERIOD], file.period_type)
        if step is None or span is None:
            continue
        part, month = tuple(row[name] for name in others), 12 * span[0].year + span[0].month
        last, period = before.get(part, (month - step, ""))
        if month - last > step:
            found, allowed = f"{as_written(row[PERIOD])} after {period}", "every period, without a gap"
            do = "add the missing rows; leave their numbers blank where they are not known"
            report.fault(f"line {number}", PERIOD, found=found, allowed=allowed, do=do)
        before[part] = month, row[PERIOD]
