"""What must be true of an official series beyond its form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise
from math import inf
from pathlib import Path

from ..records.faults import WHOLE_FILE, Faults, FileReport, as_written, one_of, repeated, suggest
from ..records.files import CHARACTERS
from ..records.schema import MOST_PEOPLE, PART_OF
from ..words.characters import strange_character
from ..words.dates import PERIOD_FORMS, period_span
from .schema import PERIOD, Cells, SeriesColumn, SeriesFile, SeriesRows

# Fifteen digits are what a table of numbers can keep exactly.
LONGEST_CELL = 1_000  # characters, as in the texts of the TOML files
NUMBER_FORMS = {"whole number": r"0|[1-9]\d{0,14}", "number": r"(0|[1-9]\d{0,14})(\.\d{1,15})?"}
# The columns that the frame of load_record adds to those of the file, and their endings.
FRAME_COLUMNS = (PERIOD, "start", "end", "grade", "derived", "source", "note", "reading")
FRAME_ENDINGS = ("_grade", "_derived", "_source", "_note")
COUNTS = ("deaths", "homicides", "victims", "people")  # units in which people are counted
# The largest value of a unit.
LARGEST = {"percent": 100, "in 100,000 people": 100_000} | dict.fromkeys(COUNTS, MOST_PEOPLE)
MEASURED_IN = (*COUNTS, "percent")  # what is measured is people and deaths


def check_name(path: Path, paths: Collection[Path], faults: Faults) -> None:
    """Every file has a twin, and its name is the series' name."""
    twin = path.with_suffix(".toml" if path.suffix == ".csv" else ".csv")
    if twin not in paths:
        found, do = f"no {twin.name} beside it", f"write {twin.name} or remove this file"
        faults.add(path, WHOLE_FILE, "-", found=found, allowed="two files a series", do=do)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem):
        allowed = "lower-case letters and digits, joined by hyphens"
        faults.add(path, WHOLE_FILE, "-", found=as_written(path.stem), allowed=allowed, do="rename both files")


def check_columns(file: SeriesFile, report: FileReport) -> None:
    """Names and titles are used once; numbers have a unit and texts have none; the columns that name a row exist."""
    names = dict.fromkeys(column.id for column in file.columns)
    report.used_once("columns", [column.id for column in file.columns])
    report.said_once("columns", {column.id: column.title for column in file.columns}, "title")
    for column in file.columns:
        record, is_text = f"columns[{column.id}]", column.holds == "text"
        if column.id in FRAME_COLUMNS or column.id.endswith(FRAME_ENDINGS):
            allowed = f"another name than {', '.join(FRAME_COLUMNS)}, and no ending {', '.join(FRAME_ENDINGS)}"
            do = "rename it here and in the CSV file: the table has a column of its own with that name"
            report.fault(record, "id", found=as_written(column.id), allowed=allowed, do=do)
        if column.measures is not None and column.unit not in MEASURED_IN:
            found, do = f'"{column.measures}" in {column.unit or "no unit"}', "remove measures, or correct unit"
            report.fault(record, "measures", found=found, allowed=f"only for {one_of(MEASURED_IN)}", do=do)
        if is_text and column.unit:
            allowed, do = "only where it holds numbers", "remove unit, or correct holds"
            report.fault(record, "unit", found=as_written(column.unit), allowed=allowed, do=do)
        if not is_text and not column.unit:
            report.fault(record, "unit", found="nothing", allowed="a unit where it holds numbers", do="add unit = ...")
        if not is_text and column.codes:
            found, allowed = as_written(column.codes), "only where it holds text"
            report.fault(record, "codes", found=found, allowed=allowed, do="remove codes")
        for code, found in repeated(column.codes).items():
            report.fault(record, "codes", found=found, allowed="each word once", do=f"remove all but one {code}")
        if column.share_of is not None and column.unit != "percent":
            found, do = (
                f"{as_written(column.share_of)} in {column.unit or 'no unit'}",
                "remove share_of, or correct unit",
            )
            report.fault(record, "share_of", found=found, allowed="only for percent", do=do)
        if column.share_of is not None and (column.share_of == column.id or column.share_of not in names):
            others = [name for name in names if name != column.id]
            report.unknown(record, "share_of", column.share_of, others, "a column of this file")
    for name in (name for name in file.row if name != PERIOD and name not in names):
        report.unknown("file", "row", name, [PERIOD, *names])
    for found in repeated(file.row).values():
        report.fault("file", "row", found=found, allowed="each column once", do="remove all but one")


def check_blocks(file: SeriesFile, rows: list[Cells], report: FileReport) -> None:
    """Every number has one block that grades it; every block names columns and periods that exist, in order."""
    places = {period: place for place, period in enumerate(dict.fromkeys(row[PERIOD] for row in rows))}
    names = dict.fromkeys(column.id for column in file.columns)
    before = len(report.faults.all)
    for index, block in enumerate(file.rows):
        _check_block(f"rows[number {index + 1}]", block, places, names, report)
        _check_until(f"rows[number {index + 1}]", block, file.period_type, report)
    if len(report.faults.all) > before:
        return
    blocks = blocks_of(file, rows)
    for column in (column for column in file.columns if column.unit):
        for row in (row for row in rows if row[column.id]):
            count, _ = blocks[column.id][row[PERIOD]]
            if count != 1:
                found = "no block of [[rows]]" if count == 0 else f"{count} blocks of [[rows]]"
                allowed, do = "one block for each number", "correct first, last or columns of [[rows]]"
                report.fault(f"columns[{column.id}]", row[PERIOD], found=found, allowed=allowed, do=do)


def _check_block(
    record: str, block: SeriesRows, places: dict[str, int], names: dict[str, None], report: FileReport
) -> None:
    for name in (name for name in block.columns if name not in names):
        report.unknown(record, "columns", name, names)
    for found in repeated(block.columns).values():
        report.fault(record, "columns", found=found, allowed="each column once", do="remove all but one")
    for field, period in (("first", block.first), ("last", block.last)):
        if period not in places:
            first, *_, last = [*places, *places]
            allowed, do = f"a period of the CSV file, {first} to {last}", "write it as the CSV file does"
            report.fault(record, field, found=as_written(period), allowed=allowed, do=do)
    if places.get(block.first, 0) > places.get(block.last, len(places)):
        allowed = f"{block.first} or later"
        report.fault(record, "last", found=as_written(block.last), allowed=allowed, do="swap the two")


def _check_until(record: str, block: SeriesRows, period_type: str, report: FileReport) -> None:
    """The last day that is counted lies in the last period."""
    span = period_span(block.last, period_type)
    if block.until is not None and span is not None and not span[0] <= block.until <= span[1]:
        allowed = f"a day of the last period, {span[0]} to {span[1]}"
        report.fault(record, "until", found=as_written(block.until), allowed=allowed, do="correct until or last")


def blocks_of(file: SeriesFile, rows: Sequence[Cells]) -> dict[str, dict[str, tuple[int, SeriesRows | None]]]:
    """For each column that holds numbers and each period: how many blocks speak of it, and the first of them."""
    periods = list(dict.fromkeys(row[PERIOD] for row in rows))
    starting: dict[tuple[str, str], list[int]] = defaultdict(list)
    ending: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, block in enumerate(file.rows):
        for name in block.columns:
            starting[name, block.first].append(index)
            ending[name, block.last].append(index)
    found: dict[str, dict[str, tuple[int, SeriesRows | None]]] = {}
    for name in (column.id for column in file.columns if column.unit):
        current: dict[int, SeriesRows] = {}
        found[name] = {}
        for period in periods:
            current |= {index: file.rows[index] for index in starting[name, period]}
            found[name][period] = len(current), next(iter(current.values()), None)
            for index in ending[name, period]:
                current.pop(index, None)
    return found


def check_header(header: list[str], file: SeriesFile, report: FileReport) -> None:
    """The columns are period and those that the TOML file describes, each once."""
    names = dict.fromkeys([PERIOD, *(column.id for column in file.columns)])
    if header[0] != PERIOD:
        allowed, do = "period as the first column", "name the first column period"
        report.fault("line 1", "-", found=as_written(header[0]), allowed=allowed, do=do)
    for name, found in repeated(header).items():
        report.fault("line 1", name, found=found, allowed="once", do="rename or remove all but one")
    for name in (name for name in header if name not in names):
        do = suggest(name, names, otherwise=f"describe it in {report.path.with_suffix('.toml').name} or remove it")
        report.fault("line 1", name or "-", found="a column that is not described", allowed=one_of(names), do=do)
    there = set(header)
    for name in (column.id for column in file.columns if column.id not in there):
        allowed, do = "every column that the TOML file describes", "add the column, or remove its description"
        report.fault("line 1", name, found="no such column", allowed=allowed, do=do)


def check_cells(file: SeriesFile, rows: list[Cells], report: FileReport) -> None:
    """Numbers are numbers, codes are codes, and what names a row is not blank."""
    codes = {column.id: dict.fromkeys(column.codes) for column in file.columns}
    for number, row in enumerate(rows, start=2):
        for column in file.columns:
            needed = column.id in file.row
            _check_cell(f"line {number}", column, row[column.id], codes[column.id], needed=needed, report=report)
        if period_span(row[PERIOD], file.period_type) is None:
            allowed, do = PERIOD_FORMS[file.period_type], "write it in this form, or correct period_type"
            report.fault(f"line {number}", PERIOD, found=as_written(row[PERIOD]), allowed=allowed, do=do)


def _check_cell(
    record: str, column: SeriesColumn, cell: str, codes: dict[str, None], *, needed: bool, report: FileReport
) -> None:
    if not cell:
        if needed or codes:
            report.fault(record, column.id, found="a blank", allowed="no blank here", do="write the value")
    elif column.holds == "text":
        strange = strange_character(cell)
        if strange:
            found, do = f"{as_written(cell)}, which has {strange}", "write the letter or the space that is meant"
            report.fault(record, column.id, found=found, allowed=CHARACTERS, do=do)
        if cell != cell.strip():
            allowed, do = "no space at the ends", "remove the space"
            report.fault(record, column.id, found=as_written(cell), allowed=allowed, do=do)
        elif codes and cell not in codes:
            report.unknown(record, column.id, cell, codes)
        elif len(cell) > LONGEST_CELL:
            found, allowed = f"{as_written(cell)}, {len(cell):,} characters", f"at most {LONGEST_CELL:,} characters"
            report.fault(record, column.id, found=found, allowed=allowed, do="shorten it")
    elif not re.fullmatch(NUMBER_FORMS[column.holds], cell, re.ASCII):
        allowed = f"a {column.holds} of at most 15 digits, or a blank where it is not known"
        do = "take out signs, spaces, commas and words"
        report.fault(record, column.id, found=as_written(cell), allowed=allowed, do=do)
    elif float(cell) > (most := LARGEST.get(column.unit or "", inf)):
        found, allowed = as_written(cell), f"0 to {most:,}, for {column.unit}"
        report.fault(record, column.id, found=found, allowed=allowed, do="write the number as printed, or correct unit")


def check_parts(file: SeriesFile, rows: list[Cells], report: FileReport) -> None:
    """What is counted within another thing is no more than that, in any row."""
    numbers = [column for column in file.columns if column.unit]
    pairs = [
        (part.id, whole.id)
        for part in numbers
        for whole in numbers
        if part.unit == whole.unit and PART_OF.get(part.measures or "") == whole.measures is not None
    ]
    for number, row in enumerate(rows, start=2):
        for part, whole in pairs:
            if row[part] and row[whole] and float(row[part]) > float(row[whole]):
                allowed, do = f"at most {row[whole]}, of which it is a part, in {whole}", "correct whichever is wrong"
                report.fault(f"line {number}", part, found=row[part], allowed=allowed, do=do)


def check_order(file: SeriesFile, rows: list[Cells], report: FileReport) -> None:
    """Periods run forward, and no row is there twice."""
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
            found, do = f"{', '.join(key)} a second time", "remove one, or name in row what tells them apart"
            report.fault(f"line {number}", " and ".join(names), found=found, allowed="each row once", do=do)
        seen.add(key)


# How many months lie between the starts of two rows that follow one another.
MONTHS_BETWEEN = {"calendar year": 12, "fiscal year": 12, "twelve months ending": 1}


def check_gaps(file: SeriesFile, rows: list[Cells], report: FileReport) -> None:
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
