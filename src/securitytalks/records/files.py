"""Read the text of a seed file, whatever it is: only a regular text file of a sensible size and shape gets through."""

from __future__ import annotations

import re
import stat
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import rtoml

from ..words.characters import strange_character, visible
from .faults import WHOLE_FILE, Fault, Faults, SeedError, as_written, record_name

USUAL_SIZE = 200_000  # characters; what a larger file holds is counted before it is compared with the schema
LARGEST_FILE = 5_000_000  # bytes; the largest article has about 40,000
LONGEST_LIST = 2_000  # records, or other entries of a list; the longest of ours has 40
MOST_KEYS = 200  # keys of a table; the tables of the schema have fewer than thirty
DEEPEST = 12  # tables inside tables
MOST_DIGITS = 15  # what a number of a table can hold exactly
CHARACTERS = "Latin letters, digits 0-9, plain spaces and marks that can be seen"
# The characters of ASCII that need no look: a backslash may write any other character.
USUAL = bytes(code for code in range(32, 127) if chr(code) != "\\") + b"\n"
NOT_OURS = (".DS_Store", ".ipynb_checkpoints", "Thumbs.db", "desktop.ini")
Stamp = tuple[tuple[Path, int, int], ...]  # files with their times and sizes
APPLE_DOUBLE = b"\x00\x05\x16\x07"  # how the files start that macOS writes beside others


def read_toml(path: Path, faults: Faults) -> dict[str, Any] | None:
    """Read a TOML file; a file that cannot be read is a fault and gives None."""
    text = read_text(path, faults)
    if text is None:
        return None
    text = text.replace("\r\n", "\n")
    try:
        read = rtoml.loads(text)
    except rtoml.TomlParsingError as error:
        _add_toml_fault(path, text, str(error), faults)
        return None
    if len(text) > USUAL_SIZE and add_excess(read, path, faults):
        return None
    unusual = text.encode().translate(None, USUAL).decode()
    if "\\" in unusual or strange_character("".join(set(unusual))):
        _check_characters(read, path, faults)
    return read


def add_excess(read: dict[str, Any], path: Path, faults: Faults) -> bool:
    """Add a fault where a file is larger or deeper than any records, which are then not named one by one."""
    excess = _excess(read)
    if excess is not None:
        record, found, allowed = excess
        faults.add(path, record, "-", found=found, allowed=allowed, do="split the file, or correct this place")
    return excess is not None


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


def _check_characters(read: dict[str, Any], path: Path, faults: Faults) -> None:
    """Report texts with characters that readers cannot see, or would take for others."""
    for place, text in strings(read):
        strange = strange_character(text.replace("\n", " "))  # the schema reports a line break
        if strange:
            found, do = f"{as_written(text)}, which has {strange}", "write the letter or the space that is meant"
            record = ".".join(place[:-1]) or WHOLE_FILE
            faults.add(path, record, place[-1], found=found, allowed=CHARACTERS, do=do)


def strings(value: object, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give every text in a TOML file, with the tables and the key that lead to it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, (*place, key))
    elif isinstance(value, list):
        table = place[-1] if place else ""
        for index, inner in enumerate(value):
            name = record_name(table, inner, index) if isinstance(inner, dict) else table
            yield from strings(inner, (*place[:-1], name))


def read_text(path: Path, faults: Faults, *, anywhere: bool = False) -> str | None:
    """Read a UTF-8 text file below the folder of the seeds, or `anywhere`; a file that cannot be read is a fault."""
    try:
        raw = read_bytes(path, below=None if anywhere else faults.root)
    except UnreadableError as error:
        faults.add(path, WHOLE_FILE, "-", found=error.found, allowed=error.allowed, do=error.do)
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


class UnreadableError(ValueError):
    """A file that is not read, with the parts of a fault: found, allowed, do."""

    def __init__(self, found: str, allowed: str, do: str) -> None:
        self.found, self.allowed, self.do = found, allowed, do
        super().__init__(f"found {found}; allowed {allowed}; do {do}")


def read_bytes(path: Path, *, below: Path | None = None) -> bytes:
    """Read a regular file of a sensible size, which links may not place outside the folder `below`, or its own.

    Raises UnreadableError. A link could show a reader's other files in a message. Nothing is opened before its kind is
    known: reading a named pipe would never end.
    """
    allowed, do = f"a text file of at most {LARGEST_FILE:,} bytes", "put a text file here, or remove this one"
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise UnreadableError("a folder", allowed, do)
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableError("no regular file", allowed, do)
        if about.st_size > LARGEST_FILE:
            raise UnreadableError(f"a file of {about.st_size:,} bytes", allowed, do)
        if not path.resolve().is_relative_to(below or path.parent.resolve()):
            place = "the folder of the seeds" if below else "the folder that is named"
            do = "copy the file here instead of linking to it"
            raise UnreadableError("a link to another place", f"a file below {place}", do)
        # Some files of the system say that they are empty, and reading them never ends.
        return path.read_bytes() if about.st_size else b""
    except FileNotFoundError:
        raise UnreadableError("no such file", "a text file", "write this file") from None
    except OSError as error:
        found = f"a file that cannot be opened ({error.strerror})"
        raise UnreadableError(found, "a readable file", "check what it is and who may read it") from None
    except UnreadableError:
        raise
    except ValueError:  # a name with a zero byte
        raise UnreadableError("a name that no file can have", "the name of a file", "correct the name") from None


def folder_of(seeds: Path | str) -> Path:
    """Give the full path of a folder of seeds. Raises SeedError where it cannot be one."""
    try:
        folder = Path(seeds).resolve()
        folder.is_dir()  # raises OSError for a name that is too long
    except (OSError, RuntimeError, TypeError, ValueError) as error:
        found, do = f"a name that no folder can have ({error})", "name the folder that holds meetings.toml"
        fault = Fault(visible(str(seeds))[:200], WHOLE_FILE, "-", found, "the path of a folder", do)
        raise SeedError([fault]) from None
    return folder


def listed(folder: Path) -> list[Path]:
    """The entries of a folder by name, without those that systems, JupyterLab and editors put there for themselves."""
    try:
        inside = folder.resolve() == folder.absolute()
        return sorted(path for path in folder.iterdir() if path.name not in NOT_OURS) if inside else []
    except (OSError, RuntimeError):  # a link that leads to itself
        return []


def no_files(folder: Path, files: str, allowed: str, faults: Faults) -> None:
    """Add a fault for a folder in which no files were listed."""
    link = "a link to another place" if folder.is_symlink() else "no such folder"
    found = files if folder.is_dir() and not folder.is_symlink() else link
    faults.add(folder, WHOLE_FILE, "-", found=found, allowed=allowed, do="put the files here, in a folder of this name")


def stamp(paths: Iterable[Path]) -> Stamp:
    """Give what tells whether one of these files was changed; a file that is not there counts too."""
    return tuple((path, *_state(path)) for path in paths)


def _state(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except (OSError, ValueError):
        return 0, 0
    return about.st_mtime_ns, about.st_size


def check_names(paths: Iterable[Path], endings: tuple[str, ...], faults: Faults) -> list[Path]:
    """Keep the files whose names end as they should; every other entry is a fault, so that none is left out unseen.

    macOS writes a file `._x.toml` beside x.toml on some disks, and whoever copies the folder copies it too. It holds no
    record, so it gives a warning and stops nothing.
    """
    kept = []
    allowed = f"names that end in {' or '.join(endings)}"
    for path in paths:
        strange = strange_character(path.name)
        if strange:
            do = "rename it with plain letters"
            faults.add(path, WHOLE_FILE, "-", found=f"a name that has {strange}", allowed=CHARACTERS, do=do)
        elif path.suffix in endings and not path.name.startswith("."):
            kept.append(path)
        elif _is_apple_double(path):
            text = f"{visible(path.name)} is not read: macOS put it there. You may delete it."
            warnings.warn(text, UserWarning, stacklevel=2)
        elif path.name.startswith("."):
            do = "rename it without the dot in front, or move it elsewhere"
            faults.add(path, WHOLE_FILE, "-", found="a hidden file", allowed=allowed, do=do)
        else:
            do = "rename it, or move it elsewhere"
            do = "write the ending in small letters" if path.suffix.lower() in endings else do
            found = f"a name that ends in {path.suffix or 'nothing'}"
            faults.add(path, WHOLE_FILE, "-", found=found, allowed=allowed, do=do)
    return kept


def _is_apple_double(path: Path) -> bool:
    with suppress(UnreadableError):
        return path.name.startswith("._") and read_bytes(path).startswith(APPLE_DOUBLE)
    return False


TOML_ADVICE = {
    "visible characters": "remove the characters that cannot be seen",
    "carriage return": "save the file with the line ends of Windows or of Unix",
    "escaped value": "write each backslash twice",
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
