"""Reads and checks the official series of `seeds/record/`: for each a CSV file of values and a TOML file about them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path

from ..records.faults import WHOLE_FILE, Faults, FileReport, guarded
from ..records.files import check_names, folder_of, listed, read_text, read_toml, stamp
from ..records.load import SEEDS
from ..records.shape import validate
from .rules import _check_blocks, _check_cells, _check_columns, _check_gaps, _check_header, _check_name, _check_order
from .schema import Cells, SeriesFile


@dataclass(frozen=True)
class Series:
    """A checked series: its description and the rows of its CSV file, as written."""

    id: str
    file: SeriesFile
    rows: tuple[Cells, ...]


def read_record(seeds: Path = SEEDS) -> dict[str, Series]:
    """Read and check every series of `seeds/record/`, by id. Raises SeedError with a line for every fault."""
    folder = folder_of(seeds) / "record"
    return _read_record(folder, stamp(listed(folder)))


@lru_cache(maxsize=8)
def _read_record(folder: Path, files: tuple[tuple[Path, int, int], ...]) -> dict[str, Series]:
    faults = Faults(folder.parent)
    paths = check_names([path for path, _, _ in files], (".csv", ".toml"), faults)
    if not paths:
        found = "no files" if folder.is_dir() else "no such folder"
        allowed = "a .csv and a .toml file for each series"
        faults.add(folder, WHOLE_FILE, "-", found=found, allowed=allowed, do="put the official series here")
    for path in paths:
        _check_name(path, paths, faults)
    pairs = [path for path in paths if path.suffix == ".toml" and path.with_suffix(".csv") in paths]
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
    raw = read_toml(path, faults)
    file = None if raw is None else validate(SeriesFile, raw, path, faults)
    text = read_text(path.with_suffix(".csv"), faults)
    if file is None or text is None:
        return None
    report, table = FileReport(path, faults), FileReport(path.with_suffix(".csv"), faults)
    _check_columns(file, report)
    rows = _read_rows(text, file, table)
    if rows is not None:
        _check_cells(file, rows, table)
        _check_order(file, rows, table)
        _check_gaps(file, rows, table)
        _check_blocks(file, rows, report)
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
    _check_header(header, file, report)
    if not lines:
        report.fault(WHOLE_FILE, "-", found="a header and no rows", allowed="at least one row", do="write the rows")
    for number, line in enumerate(lines, start=2):
        if len(line) != len(header):
            report.fault(
                f"line {number}",
                "-",
                found=f"{len(line)} cells",
                allowed=f"{len(header)} cells, as in the header",
                do="add or remove commas; put text with a comma in quotation marks",
            )
    if len(report.faults.all) > before:
        return None
    return [dict(zip(header, line, strict=True)) for line in lines]
