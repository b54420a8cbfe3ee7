"""Reads and checks the official series of `seeds/record/`: for each a CSV file of values and a TOML file about them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO
from itertools import pairwise
from pathlib import Path

from .checks import Desk, first_day, last_day
from .faults import WHOLE_FILE, Faults, as_written, one_of, read_text, read_toml, suggest, validate
from .load import SEEDS
from .schema import SeriesColumn, SeriesFile, SeriesRows

PERIOD = "period"
Cells = dict[str, str]
Span = tuple[date, date]
NUMBER_FORMS = {"whole number": r"\d+", "number": r"\d+(\.\d+)?"}


@dataclass(frozen=True)
class Series:
    """A checked series: its description and the rows of its CSV file, as written."""

    id: str
    file: SeriesFile
    rows: tuple[Cells, ...]


def read_record(seeds: Path = SEEDS) -> dict[str, Series]:
    """Read and check every series of `seeds/record/`, by id. Raises SeedError with a line for every fault."""
    folder = Path(seeds).resolve() / "record"
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []
    return _read_record(folder, tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths))


@lru_cache(maxsize=8)
def _read_record(folder: Path, stamp: tuple[tuple[Path, int, int], ...]) -> dict[str, Series]:
    faults = Faults(folder.parent)
    paths = [path for path, _, _ in stamp]
    if not paths:
        found = "no files" if folder.is_dir() else "no such folder"
        allowed = "a .csv and a .toml file for each series"
        faults.add(folder, WHOLE_FILE, "-", found=found, allowed=allowed, do="put the official series here")
    for path in paths:
        _check_name(path, paths, faults)
    pairs = [path for path in paths if path.suffix == ".toml" and path.with_suffix(".csv") in paths]
    found = [_read_series(path, faults) for path in pairs]
    faults.stop()
    return {series.id: series for series in sorted(filter(None, found), key=lambda series: series.id)}


def _check_name(path: Path, paths: list[Path], faults: Faults) -> None:
    """Every file is a CSV or TOML file with a twin, and its name is the series' name."""
    twin = path.with_suffix({".csv": ".toml", ".toml": ".csv"}.get(path.suffix, path.suffix))
    if twin == path:
        allowed, do = "names that end in .csv or .toml", "move it elsewhere or rename it"
        faults.add(
            path, WHOLE_FILE, "-", found=f"a name that ends in {path.suffix or 'nothing'}", allowed=allowed, do=do
        )
    elif twin not in paths:
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


def _read_series(path: Path, faults: Faults) -> Series | None:
    """Read one pair of files; None where the pair has a fault."""
    before = len(faults.all)
    raw = read_toml(path, faults)
    file = None if raw is None else validate(SeriesFile, raw, path, faults)
    text = read_text(path.with_suffix(".csv"), faults)
    if file is None or text is None:
        return None
    desk, table = Desk(path, faults), Desk(path.with_suffix(".csv"), faults)
    _check_columns(file, desk)
    rows = _read_rows(text, file, table)
    if rows is not None:
        _check_cells(file, rows, table)
        _check_order(file, rows, table)
        _check_blocks(file, rows, desk)
    return Series(path.stem, file, tuple(rows)) if rows and len(faults.all) == before else None


# --------------------------------------------------------------------------------------------------- the description


def _check_columns(file: SeriesFile, desk: Desk) -> None:
    """Names stand once; numbers have a unit and texts have none; the columns that name a row exist."""
    names = [column.id for column in file.columns]
    for name in sorted({name for name in names if names.count(name) > 1}):
        desk.fault(
            f"columns[{name}]",
            "id",
            found=f'"{name}" {names.count(name)} times',
            allowed="once",
            do="rename or remove all but one",
        )
    for column in file.columns:
        record, text = f"columns[{column.id}]", column.holds == "text"
        if text and column.unit:
            desk.fault(
                record,
                "unit",
                found=as_written(column.unit),
                allowed="only where it holds numbers",
                do="remove unit, or mend holds",
            )
        if not text and not column.unit:
            desk.fault(record, "unit", found="nothing", allowed="a unit where it holds numbers", do="add unit = ...")
        if not text and column.codes:
            desk.fault(
                record, "codes", found=as_written(column.codes), allowed="only where it holds text", do="remove codes"
            )
        if column.share_of is not None and column.share_of not in names:
            _unknown(record, "share_of", column.share_of, names, desk)
    for name in [name for name in file.row if name not in (PERIOD, *names)]:
        _unknown("file", "row", name, [PERIOD, *names], desk)


def _unknown(record: str, field: str, name: str, allowed: Iterable[str], desk: Desk) -> None:
    codes = list(allowed)
    do = suggest(name, codes, otherwise="write one of these")
    desk.fault(record, field, found=as_written(name), allowed=one_of(codes), do=do)


def _check_blocks(file: SeriesFile, rows: list[Cells], desk: Desk) -> None:
    """Every number has one block that grades it; every block names columns and periods that exist, in order."""
    periods = [row[PERIOD] for row in rows]
    names = [column.id for column in file.columns]
    sound = [_check_block(index, block, periods, names, desk) for index, block in enumerate(file.rows)]
    if not all(sound):
        return
    for column in (column for column in file.columns if column.unit):
        for row in (row for row in rows if row[column.id]):
            count = len(blocks_of(file, column.id, row[PERIOD], periods))
            if count != 1:
                found = "no block of [[rows]]" if count == 0 else f"{count} blocks of [[rows]]"
                desk.fault(
                    f"columns[{column.id}]",
                    row[PERIOD],
                    found=found,
                    allowed="one block for each number",
                    do="mend first, last or columns of [[rows]]",
                )


def _check_block(index: int, block: SeriesRows, periods: list[str], names: list[str], desk: Desk) -> bool:
    record = f"rows[number {index + 1}]"
    before = len(desk.faults.all)
    for name in [name for name in block.columns if name not in names]:
        _unknown(record, "columns", name, names, desk)
    for field in ("first", "last"):
        if getattr(block, field) not in periods:
            allowed, do = f"a period of the CSV file, {periods[0]} to {periods[-1]}", "write it as the CSV file does"
            desk.fault(record, field, found=as_written(getattr(block, field)), allowed=allowed, do=do)
    if len(desk.faults.all) == before and periods.index(block.first) > periods.index(block.last):
        desk.fault(record, "last", found=as_written(block.last), allowed=f"{block.first} or later", do="swap the two")
    return len(desk.faults.all) == before


def blocks_of(file: SeriesFile, column: str, period: str, periods: list[str]) -> list[SeriesRows]:
    """The blocks that speak of one value."""
    place = periods.index
    return [b for b in file.rows if column in b.columns and place(b.first) <= place(period) <= place(b.last)]


# ------------------------------------------------------------------------------------------------------- the CSV file


def _read_rows(text: str, file: SeriesFile, desk: Desk) -> list[Cells] | None:
    """The rows by column name; None where the header or the length of a row is wrong."""
    before = len(desk.faults.all)
    try:
        header, *lines = list(csv.reader(StringIO(text), strict=True))
    except csv.Error as error:
        desk.fault(
            WHOLE_FILE, "-", found=f"text that is not CSV ({error})", allowed="CSV", do="mend the quotation marks"
        )
        return None
    _check_header(header, file, desk)
    if not lines:
        desk.fault(WHOLE_FILE, "-", found="a header and no rows", allowed="at least one row", do="write the rows")
    for number, line in enumerate(lines, start=2):
        if len(line) != len(header):
            desk.fault(
                f"line {number}",
                "-",
                found=f"{len(line)} cells",
                allowed=f"{len(header)} cells, as in the header",
                do="add or remove commas; put text with a comma in quotation marks",
            )
    if len(desk.faults.all) > before:
        return None
    return [dict(zip(header, line, strict=True)) for line in lines]


def _check_header(header: list[str], file: SeriesFile, desk: Desk) -> None:
    """The columns are period and those that the TOML file describes, each once."""
    names = [PERIOD, *(column.id for column in file.columns)]
    if header[:1] != [PERIOD]:
        desk.fault(
            "line 1",
            "-",
            found=as_written((header or [""])[0]),
            allowed="period as the first column",
            do="name the first column period",
        )
    for name in sorted({name for name in header if header.count(name) > 1}):
        desk.fault(
            "line 1", name, found=f"{header.count(name)} times", allowed="once", do="rename or remove all but one"
        )
    for name in [name for name in header if name not in names]:
        do = suggest(name, names, otherwise=f"describe it in {desk.path.with_suffix('.toml').name} or remove it")
        desk.fault("line 1", name or "-", found="a column that is not described", allowed=one_of(names), do=do)
    for name in [name for name in names[1:] if name not in header]:
        desk.fault(
            "line 1",
            name,
            found="no such column",
            allowed="every column that the TOML file describes",
            do="add the column, or remove its description",
        )


def _check_cells(file: SeriesFile, rows: list[Cells], desk: Desk) -> None:
    """Numbers are numbers, codes are codes, and what names a row is not blank."""
    for number, row in enumerate(rows, start=2):
        for column in file.columns:
            _check_cell(f"line {number}", column, row[column.id], needed=column.id in file.row, desk=desk)
        if period_span(row[PERIOD], file.period_type) is None:
            desk.fault(
                f"line {number}",
                PERIOD,
                found=as_written(row[PERIOD]),
                allowed=PERIOD_FORMS[file.period_type],
                do="write it in this form, or mend period_type",
            )


def _check_cell(record: str, column: SeriesColumn, cell: str, *, needed: bool, desk: Desk) -> None:
    if not cell:
        if needed or column.codes:
            desk.fault(record, column.id, found="a blank", allowed="no blank here", do="write the value")
    elif column.holds == "text":
        if cell != cell.strip():
            desk.fault(record, column.id, found=as_written(cell), allowed="no space at the ends", do="remove the space")
        elif column.codes and cell not in column.codes:
            _unknown(record, column.id, cell, column.codes, desk)
    elif not re.fullmatch(NUMBER_FORMS[column.holds], cell, re.ASCII):
        allowed = f"a {column.holds} in digits, or a blank where it is not known"
        desk.fault(
            record, column.id, found=as_written(cell), allowed=allowed, do="take out signs, spaces, commas and words"
        )


def _check_order(file: SeriesFile, rows: list[Cells], desk: Desk) -> None:
    """Periods run forward, and no row stands twice."""
    spans = [period_span(row[PERIOD], file.period_type) for row in rows]
    for number, (one, two) in enumerate(pairwise(spans), start=3):
        if one and two and two < one:
            found, allowed = as_written(rows[number - 2][PERIOD]), f"{rows[number - 3][PERIOD]} or later"
            desk.fault(f"line {number}", PERIOD, found=found, allowed=allowed, do="put the rows in order")
    seen: set[tuple[str, ...]] = set()
    names = [name for name in file.row if name in rows[0]]
    for number, row in enumerate(rows, start=2):
        key = tuple(row[name] for name in names)
        if key in seen:
            desk.fault(
                f"line {number}",
                " and ".join(names),
                found=f"{', '.join(key)} a second time",
                allowed="each row once",
                do="remove one, or name in row what tells them apart",
            )
        seen.add(key)


# ------------------------------------------------------------------------------------------------------------ periods


PERIOD_FORMS = {
    "calendar year": "a year such as 2007",
    "fiscal year": "a fiscal year such as FY2019",
    "twelve months ending": "a month such as 2023-03",
    "as stated on a date": "a day such as 2021-09-20, or a month or a year where no more is known",
    "period": "two years such as 2007-2011, or two months such as 2014-01 to 2023-07",
}
YEAR, MONTH = r"(?:19|20)\d\d", r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])"


def period_span(period: str, period_type: str) -> Span | None:
    """The first and last day of a period; None where it is not written as its type asks.

    >>> [day.isoformat() for day in period_span("2023-03", "twelve months ending")]
    ['2022-04-01', '2023-03-31']
    >>> [day.isoformat() for day in period_span("FY2019", "fiscal year")]
    ['2018-10-01', '2019-09-30']
    """
    try:
        return SPANS[period_type](period)
    except ValueError:  # a day that no calendar has
        return None


def _year(period: str) -> Span | None:
    return (first_day(period), last_day(period)) if re.fullmatch(YEAR, period) else None


def _fiscal_year(period: str) -> Span | None:
    if not re.fullmatch(f"FY{YEAR}", period):
        return None
    year = int(period[2:])
    return date(year - 1, 10, 1), date(year, 9, 30)


def _twelve_months(period: str) -> Span | None:
    if not re.fullmatch(MONTH, period):
        return None
    end = last_day(period)
    after = first_day(period).replace(year=end.year - 1)
    return (after.replace(month=after.month + 1) if after.month < 12 else date(end.year, 1, 1)), end


def _stated(period: str) -> Span | None:
    if re.fullmatch(f"{YEAR}|{MONTH}", period):
        return first_day(period), last_day(period)
    day = date.fromisoformat(period) if re.fullmatch(rf"{MONTH}-\d\d", period) else None
    return (day, day) if day else None


def _from_to(period: str) -> Span | None:
    match = re.fullmatch(f"({YEAR})-({YEAR})", period) or re.fullmatch(f"({MONTH}) to ({MONTH})", period)
    span = (first_day(match[1]), last_day(match[2])) if match else None
    return span if span and span[0] <= span[1] else None


SPANS: dict[str, Callable[[str], Span | None]] = {
    "calendar year": _year,
    "fiscal year": _fiscal_year,
    "twelve months ending": _twelve_months,
    "as stated on a date": _stated,
    "period": _from_to,
}
