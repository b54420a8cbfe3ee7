"""Read the text of a seed file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from .faults import WHOLE_FILE, Faults, as_written


def read_toml(path: Path, faults: Faults) -> dict[str, Any] | None:
    """Read a TOML file; a file that cannot be read is a fault and gives None."""
    text = read_text(path, faults)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        why = str(error)
    except RecursionError:
        why = "Brackets inside brackets, too deep to read"
    _add_toml_fault(path, text, why, faults)
    return None


def read_text(path: Path, faults: Faults) -> str | None:
    """Read a UTF-8 text file; a file that is missing, empty or not UTF-8 is a fault and gives None."""
    try:
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


TOML_ADVICE = {
    "Invalid value": "put text in quotation marks, mend a number or a date",
    "Invalid date": "write a day that the calendar has",
    "Illegal character '\\n'": "close the quotation marks on the line where they open",
    "Cannot overwrite": "write each key once in a table, and [[name]] with two brackets before each record",
    "Cannot declare": "write each table once, or [[name]] with two brackets before each record",
}


def _add_toml_fault(path: Path, text: str, why: str, faults: Faults) -> None:
    """Say which line is not TOML, in place of the parser's own message."""
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", why)
    lines = text.splitlines()
    number = int(place[1]) if place and place[1] else len(lines)
    written = lines[number - 1].strip() if number <= len(lines) else ""
    reason = why[: place.start()] if place else why
    found = f"{as_written(written)} ({reason[:1].lower()}{reason[1:]})"
    do = next((advice for sign, advice in TOML_ADVICE.items() if sign in reason), "mend this line or the one before it")
    faults.add(path, WHOLE_FILE, f"line {number}", found=found, allowed="TOML", do=do)
