"""Reads and checks the official series of `seeds/record/`: for each a CSV file of values and a TOML file about them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path

from ..records.faults import WHOLE_FILE, Faults, FileReport, guarded
from ..records.files import Stamp, check_names, folder_of, listed, no_files, read_text, stamp
from ..records.load import SEEDS
from ..records.shape import read_file
from ..records.translation import translations
from .rules import (
    check_blocks,
    check_cells,
    check_columns,
    check_gaps,
    check_header,
    check_name,
    check_order,
    check_parts,
)
from .schema import Cells, SeriesFile

MOST_ROWS = 10_000  # of a CSV file; the longest of ours has about a hundred


@dataclass(frozen=True, eq=False)  # so that a frame can be kept for each
class Series:
    """A checked series: its description and the rows of its CSV file, as written."""

    id: str
    file: SeriesFile
    rows: tuple[Cells, ...]


def read_record(seeds: Path = SEEDS) -> dict[str, Series]:
    """Read and check every series of `seeds/record/`, by id. Raises SeedError with a line for every fault."""
    folder = folder_of(seeds) / "record"
    return _read_record(folder, stamp(listed(folder)), stamp(translations(folder.parent)))


@lru_cache(maxsize=8)
def _read_record(folder: Path, files: Stamp, _texts: Stamp) -> dict[str, Series]:
    faults = Faults(folder.parent)
    paths = check_names([path for path, _, _ in files], (".csv", ".toml"), faults)
    if not paths:
        no_files(folder, "no files", "a .csv and a .toml file for each series", faults)
    names = set(paths)
    for path in paths:
        check_name(path, names, faults)
    pairs = [path for path in paths if path.suffix == ".toml" and path.with_suffix(".csv") in names]
    found = [_read_series(path, faults) for path in pairs]
    faults.raise_all()
    return {series.id: series for series in sorted(filter(None, found), key=lambda series: series.id)}


def _read_series(path: Path, faults: Faults) -> Series | None:
    """Read one pair of files; None where the pair has a fault."""
    with guarded(path, faults):
        return _checked_series(path, faults)
    return None


def _checked_series(path: Path, faults: Faults) -> Series | None:
    before = len(faults.all)
    file, _ = read_file(SeriesFile, path, faults)
    text = read_text(path.with_suffix(".csv"), faults)
    if file is None or text is None:
        return None
    report, table = FileReport(path, faults), FileReport(path.with_suffix(".csv"), faults)
    check_columns(file, report)
    rows = _read_rows(text, file, table)
    if rows is not None:
        cells = len(faults.all)
        check_cells(file, rows, table)
        if len(faults.all) == cells:
            check_parts(file, rows, table)
        check_order(file, rows, table)
        check_gaps(file, rows, table)
        check_blocks(file, rows, report)
    return Series(path.stem, file, tuple(rows)) if rows and len(faults.all) == before else None


def _read_rows(text: str, file: SeriesFile, report: FileReport) -> list[Cells] | None:
    """The rows by column name; None where the header or the length of a row is wrong."""
    before = len(report.faults.all)
    try:
        header, *lines = list(csv.reader(StringIO(text), strict=True))
    except (csv.Error, ValueError) as error:  # ValueError where there is no line at all
        do = "close the quotation marks, and keep cells short"
        report.fault(WHOLE_FILE, "-", found=f"text that is not CSV ({error})", allowed="CSV", do=do)
        return None
    check_header(header, file, report)
    if len(lines) > MOST_ROWS:
        found, allowed = f"{len(lines):,} rows", f"at most {MOST_ROWS:,}"
        report.fault(WHOLE_FILE, "-", found=found, allowed=allowed, do="split the series")
        return None
    if not lines:
        report.fault(WHOLE_FILE, "-", found="a header and no rows", allowed="at least one row", do="write the rows")
    for number, line in enumerate(lines, start=2):
        if len(line) != len(header):
            found, allowed = f"{len(line):,} cells", f"{len(header):,} cells, as in the header"
            do = "add or remove commas; put text with a comma in quotation marks"
            report.fault(f"line {number}", "-", found=found, allowed=allowed, do=do)
    if len(report.faults.all) > before:
        return None
    return [dict(zip(header, line, strict=True)) for line in lines]
