"""What is wrong in a record, in one form for all readers: file, record, field, found, allowed, what to do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from ..words.characters import visible
from ..words.files import LanguageError

Value = TypeVar("Value", bound=Hashable)
WHOLE_FILE = "file"  # the record that is named where a fault is not inside one
MOST_FAULTS = 200  # more than anyone corrects before reading again
MOST_CODES = 60  # more than anyone reads in a list of what is allowed
LONGEST = 1_500  # characters of one part of a fault
LONGEST_QUOTED = 80  # characters that a message repeats of a text
NAMES = ("id", "question", "paragraph")  # the keys that name a record, in the order they are tried


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, where it is, and what to do about it."""

    file: str
    record: str
    field: str
    found: str
    allowed: str
    do: str

    def __str__(self) -> str:
        return f"{self.file}: {self.record}: {self.field}: found {self.found}; allowed {self.allowed}; do {self.do}"


class PlainError(ValueError):
    """An error for a person: a notebook shows its message alone, since the way through our code helps nobody."""

    def _render_traceback_(self) -> list[str]:
        """Give a notebook the message alone."""
        return [str(self)]


class SeedError(PlainError):
    """All the faults of the records, one a line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        count = len(self.faults)
        heading = "1 fault in the records:" if count == 1 else f"{count} faults in the records:"
        super().__init__("\n".join([heading, *map(str, self.faults)]))


class Faults:
    """Collects faults of the files below one seeds folder."""

    def __init__(self, seeds: Path) -> None:
        self.root = seeds.resolve().parent
        self.all: list[Fault] = []

    def add(self, path: Path, record: str, field: str, *, found: str, allowed: str, do: str) -> None:
        """Keep one fault; the file is named from the folder that holds the seeds.

        Raises SeedError with all faults so far where there are more than anyone reads.
        """
        if len(self.all) == MOST_FAULTS:
            found, allowed, do = f"more than {MOST_FAULTS} faults", "none", "correct these first, and read again"
        name = path.parent.resolve() / path.name  # a link is named itself, not the file that it leads to
        shown = name.relative_to(self.root) if name.is_relative_to(self.root) else name
        parts = (shown.as_posix(), record[:80], field[:80], found, allowed, do)
        self.all.append(Fault(*(visible(part)[:LONGEST] for part in parts)))
        if len(self.all) > MOST_FAULTS:
            self.raise_all()

    def raise_all(self) -> None:
        """Raise all faults at once, if there are any."""
        if self.all:
            raise SeedError(self.all) from None


@contextmanager
def guarded(path: Path, faults: Faults) -> Iterator[None]:
    """Turn any exception that checking a file raises into a fault that names the file.

    The rules expect records of the form that the schema asks for. What nobody has foreseen must not end in a traceback
    that says nothing of the file.
    """
    try:
        yield
    except (LanguageError, SeedError):
        raise
    except Exception as error:
        found = f"records that could not be checked ({type(error).__name__}: {str(error)[:100]})"
        do = "compare the file with the dictionary; if it follows it, report this message"
        faults.add(path, WHOLE_FILE, "-", found=found, allowed="what seeds/README.md describes", do=do)


@dataclass(frozen=True)
class FileReport:
    """A file that is being checked, and where its faults go."""

    path: Path
    faults: Faults

    def fault(self, record: str, field: str, *, found: str, allowed: str, do: str) -> None:
        """Add a fault of this file."""
        self.faults.add(self.path, record, field, found=found, allowed=allowed, do=do)

    def unknown(self, record: str, field: str, name: str, codes: Iterable[str], what: str = "one of these") -> None:
        """Add a fault for a name that is none of the codes; `what` says what they are."""
        known = list(codes)
        do = suggest(name, known, otherwise=f"write {what}")
        self.fault(record, field, found=as_written(name), allowed=one_of(known) or what, do=do)

    def used_once(self, table: str, names: Iterable[str], key: str = "id") -> None:
        """Add a fault for each name of a table that more than one record has."""
        for name, found in repeated(names).items():
            do = "rename or remove all but one"
            self.fault(f"{table}[{name}]", key, found=found, allowed="once in a file", do=do)

    def said_once(self, table: str, contents: Mapping[str, Hashable], field: str) -> None:
        """Add a fault for each record that says the same as another; `contents` is what each says, by its name."""
        first: dict[Hashable, str] = {}
        for name, content in contents.items():
            if content in first:
                found, allowed = f"the same as in {table}[{first[content]}]", "each thing once"
                do = "remove one of the two, or correct what tells them apart"
                self.fault(f"{table}[{name}]", field, found=found, allowed=allowed, do=do)
            first.setdefault(content, name)


def repeated(values: Iterable[Value]) -> dict[Value, str]:
    """The values that are there more than once, with how often.

    >>> repeated(["a", "b", "a"])
    {'a': '"a", 2 times'}
    """
    values = list(values)
    if len(set(values)) == len(values):
        return {}
    return {value: f"{as_written(value)}, {times} times" for value, times in Counter(values).items() if times > 1}


def as_written(value: object) -> str:
    """Write a value as it stands in a TOML file, cut where it is long.

    >>> as_written("about"), as_written(True), as_written([1, "a"])
    ('"about"', 'true', '[1, "a"]')
    """
    if isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, list):
        items = ("a list" if isinstance(item, list) else as_written(item) for item in value[:20])
        text = f"[{', '.join(items)}]"
    elif isinstance(value, int) and value.bit_length() > 200:  # longer ones cannot all be written out
        text = "a number of more than 60 digits"
    else:
        other = repr(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False, default=str)
        text = visible("a table" if isinstance(value, dict) else other)
    return shortened(text)


def shortened(text: str) -> str:
    """Cut what a message repeats of a text, where it is long.

    >>> shortened("a" * 81)[-5:]
    'aa...'
    """
    return text if len(text) <= LONGEST_QUOTED else f"{text[: LONGEST_QUOTED - 3]}..."


def one_of(codes: Iterable[str]) -> str:
    """List what is allowed."""
    listed = list(codes)
    more = [f"and {len(listed) - MOST_CODES} more"] if len(listed) > MOST_CODES else []
    return ", ".join([*listed[:MOST_CODES], *more])


def suggest(word: object, codes: Iterable[str], *, otherwise: str) -> str:
    """Say which code was probably meant.

    >>> suggest("abuot", ["exact", "about"], otherwise="choose one")
    'write "about"'
    """
    close = near(word.lower(), codes) if isinstance(word, str) else None
    return f'write "{close}"' if close else otherwise


def near(word: str, codes: Iterable[str]) -> str | None:
    """Find the code that is nearest to a word; None where none is near."""
    return next(iter(get_close_matches(word[:60], list(codes)[:200], n=1)), None)


def record_name(table: str, row: object, index: int) -> str:
    """Name a record by its id, its question or its paragraph, or else by its place in the file.

    >>> record_name("facts", {"id": "killed"}, 0), record_name("passages", {"paragraph": 3}, 2)
    ('facts[killed]', 'passages[paragraph 3]')
    >>> record_name("facts", {}, 4)
    'facts[number 5]'
    """
    fields = row if isinstance(row, dict) else vars(row) if hasattr(row, "__dict__") else {}
    for key in NAMES:
        value = fields.get(key)
        if isinstance(value, str) and value:
            return f"{table}[{value}]"
        if key == "paragraph" and isinstance(value, int):
            return f"{table}[paragraph {value}]"
    return f"{table}[number {index + 1}]"
