"""Read the text of a seed file, whatever it is: only a regular text file of a sensible size and shape gets through."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

import rtoml

from .faults import WHOLE_FILE, Faults, as_written

LARGEST_FILE = 5_000_000  # bytes; the largest article has about 40,000
LONGEST_LIST = 20_000  # records, or other entries of a list
MOST_KEYS = 200  # keys of a table; the tables of the schema have fewer than thirty
DEEPEST = 12  # tables inside tables
MOST_DIGITS = 15  # what a number of a table can hold exactly


def read_toml(path: Path, faults: Faults) -> dict[str, Any] | None:
    """Read a TOML file; a file that cannot be read is a fault and gives None."""
    text = read_text(path, faults)
    if text is None:
        return None
    try:
        read = rtoml.loads(text)
    except rtoml.TomlParsingError as error:
        _add_toml_fault(path, text, str(error), faults)
        return None
    excess = _excess(read)
    if excess is None:
        return read
    record, found, allowed = excess
    faults.add(path, record, "-", found=found, allowed=allowed, do="split the file, or correct this place")
    return None


def _excess(value: object, name: str = WHOLE_FILE, depth: int = 0) -> tuple[str, str, str] | None:
    """Name the first place that is larger or deeper than any record: where, what was found, what is allowed."""
    if depth > DEEPEST:
        return name, "tables inside tables, too deep to be a record", f"at most {DEEPEST} levels"
    if isinstance(value, dict):
        if len(value) > MOST_KEYS:
            return name, f"{len(value):,} keys in one table", f"at most {MOST_KEYS}"
        inner = [(str(key)[:60], one) for key, one in value.items()]
    elif isinstance(value, list):
        if len(value) > LONGEST_LIST:
            return name, f"a list of {len(value):,}", f"at most {LONGEST_LIST:,} entries"
        inner = [(name, one) for one in value if isinstance(one, dict | list)]
    else:
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**MOST_DIGITS:
            return name, f"a number with more than {MOST_DIGITS} digits", f"at most {MOST_DIGITS} digits"
        return None
    return next((found for key, one in inner if (found := _excess(one, key, depth + 1))), None)


def read_text(path: Path, faults: Faults, *, anywhere: bool = False) -> str | None:
    """Read a UTF-8 text file below the folder of the seeds, or `anywhere`; a file that cannot be read is a fault."""
    try:
        about = path.stat()
        if not stat.S_ISDIR(about.st_mode) and not stat.S_ISREG(about.st_mode):
            _add_size_fault(path, "no regular file", faults)
            return None
        if about.st_size > LARGEST_FILE:
            _add_size_fault(path, f"a file of {about.st_size:,} bytes", faults)
            return None
        if not anywhere and not path.resolve().is_relative_to(faults.root):
            allowed, do = "a file below the folder of the seeds", "copy the file here instead of linking to it"
            faults.add(path, WHOLE_FILE, "-", found="a link to another place", allowed=allowed, do=do)
            return None
        raw = path.read_bytes()
    except FileNotFoundError:
        faults.add(path, WHOLE_FILE, "-", found="no such file", allowed="a text file", do="write this file")
        return None
    except OSError as error:
        found = f"a file that cannot be opened ({error.strerror})"
        faults.add(
            path, WHOLE_FILE, "-", found=found, allowed="a readable file", do="check what it is and who may read it"
        )
        return None
    try:
        text = raw.decode("utf-8-sig")  # some editors put a mark in front; it changes nothing
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"a byte that is not UTF-8 (0x{raw[error.start]:02x})"
        faults.add(path, WHOLE_FILE, f"line {line}", found=found, allowed="UTF-8 text", do="save the file as UTF-8")
        return None
    if not text.strip():
        faults.add(
            path, WHOLE_FILE, "-", found="an empty file", allowed="records", do="write the records or remove the file"
        )
        return None
    return text


def _add_size_fault(path: Path, found: str, faults: Faults) -> None:
    allowed = f"a text file of at most {LARGEST_FILE:,} bytes"
    faults.add(path, WHOLE_FILE, "-", found=found, allowed=allowed, do="put a text file here, or remove this one")


TOML_ADVICE = {
    "quote": "put text in straight quotation marks, at both ends",
    "string": "close the quotation marks on the line where they open",
    "invalid date": "write a day that the calendar has, such as 2021-10-08",
    "is out of range": "write a day that the calendar has, such as 2021-10-08",
    "duplicate key": "write each key and each [table] once, and [[name]] with two brackets before each record",
    "cannot extend": "write each table in one place",
    "recursion": "write the tables of seeds/README.md, which are not inside one another",
    "overflowed": f"write a number of at most {MOST_DIGITS} digits",
    "leading zero": "write the number without zeros in front, or put it in quotation marks",
    "unexpected key or value": "write one key a line, and a number without commas",
    "boolean": "write true or false, or put text in quotation marks",
    "float": "put text in quotation marks",
}
DEEP_KEY = re.compile(r"""(?m)^[^"'#=\n.]*(?:\.[^"'#=\n.]*){20}""")


def _add_toml_fault(path: Path, text: str, why: str, faults: Faults) -> None:
    """Name the line that is not TOML, show it, and say what to do."""
    place = re.search(r" at line (\d+) column \d+$", why)
    reason = why[: place.start()] if place else why
    deep = None if place else DEEP_KEY.search(text)  # for a long dotted key, the parser gives no line
    number = int(place[1]) if place else text.count("\n", 0, deep.end()) + 1 if deep else None
    lines = text.split("\n")
    written = lines[number - 1].strip() if number and number <= len(lines) else ""
    found = f"{as_written(written)} ({reason.removeprefix('ValueError: ')})"
    do = next((advice for sign, advice in TOML_ADVICE.items() if sign in reason), "correct this line or the one before")
    faults.add(path, WHOLE_FILE, f"line {number}" if number else "-", found=found, allowed="TOML", do=do)
