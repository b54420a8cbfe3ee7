"""Read the codings that a class has pasted, and name every fault in them."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from ...records.faults import MOST_CODES, MOST_FAULTS, WHOLE_FILE, Fault, PlainError, as_written, shortened, suggest
from ...records.files import LARGEST_FILE, UnreadableError, read_bytes
from ...words.characters import can_be_seen, plain, visible
from ...words.language import Texts
from ...words.numbers import one_or_many
from ..messages import not_yet
from ..mistakes import CURLY, meant_topic
from ..table.table import Table, show_table
from .agreement import class_agreement
from .form import COLUMNS, coding_sample

LONGEST_NAME = 80  # characters
MOST_LINES = 20_000  # ten times what a hundred students paste
# What parts the cells of a heading, or of a line whose second cell is a passage.
OWN_MARK = re.compile(r'\W*(?:coder|passage|topics)\W?([,;\t])|[^,;\t]*([,;\t])\s*"?[\w-]+/\d+', re.IGNORECASE)
APOSTROPHE = re.compile(r"(?<=\w)’")  # inside a word or after it: no quotation mark that a student typed


class CodingError(PlainError):
    """All the faults of the codings that a class has pasted, one a line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__("\n".join([f"{count} in the codings:", *map(str, faults)]))


@dataclass
class _Report:
    """Where the codings come from, what they may name, and what is wrong with them."""

    name: str
    passages: list[str]
    topics: dict[str, str]  # the name of each topic by its code
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, column: str, *, found: str, allowed: str, do: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(self.name, f"line {line}", column, found, allowed, do))


def pooled_codings(source: str | Path, passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Read the codings of a class: a CSV file, or the pasted text itself, with commas, semicolons or tabs.

    Takes the frames of `load_passages` and `load_topics`. Columns: `coder`, `passage`, `topics` (a list). Each
    student's own heading line may stand in between. Raises CodingError with every fault at once.
    """
    text, name = _text_of(source)
    sample = coding_sample(passages, topics)
    report = _Report(name, list(sample["passage"]), dict(zip(topics["topic"], topics["name"], strict=True)))
    rows = list(_rows(text, report))
    _check_twice(rows, report)
    if not rows and not report.faults:
        report.fault(1, "-", found="no coding", allowed="a line for each passage", do="paste what students copied")
    if report.faults:
        raise CodingError(sorted(report.faults, key=lambda fault: int(fault.record.split()[1]))) from None
    return pd.DataFrame([row[1:] for row in rows], columns=list(COLUMNS))


def _text_of(source: str | Path) -> tuple[str, str]:
    """The text and the name of a file, or a text that was pasted. Raises CodingError where it cannot be read."""
    name = "pasted text"
    try:
        if isinstance(source, Path) or (
            isinstance(source, str) and "\n" not in source and source.strip().lower().endswith(".csv")
        ):
            name = visible(Path(source).name)
            raw = read_bytes(Path(source))
            if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what Excel calls Unicode text
                return raw.decode("utf-16", errors="replace"), name
            try:
                return raw.decode("utf-8-sig"), name
            except UnicodeDecodeError:
                return raw.decode("cp1252", errors="replace"), name  # Excel on an older Windows; ids are plain letters
        if not isinstance(source, str):
            do = "put the pasted lines between the quotation marks"
            raise UnreadableError(f"a value of type {type(source).__name__}", "a text, or the path of a CSV file", do)
        if len(source) > LARGEST_FILE:
            do = "paste only what students copied"
            raise UnreadableError(f"{len(source):,} characters", f"at most {LARGEST_FILE:,} characters", do)
    except UnreadableError as error:
        raise CodingError([Fault(name, WHOLE_FILE, "-", error.found, error.allowed, error.do)]) from None
    return source.removeprefix("\ufeff"), "pasted text"


def _rows(text: str, report: _Report) -> Iterator[tuple[int, str, str, list[str]]]:
    """Line, coder, passage and topics of each sound line; the faults of the others go into the report."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip(" ,;\t\ufeff")]
    if len(lines) > MOST_LINES:
        do = "paste only what students copied"
        report.fault(lines[MOST_LINES][0], "-", found=f"{len(lines):,} lines", allowed=f"at most {MOST_LINES:,}", do=do)
    if not lines or report.faults:
        return
    separator = _separator([line for _, line in lines])
    columns: list[str] = []
    for number, line in lines:
        if len(report.faults) >= MOST_FAULTS:
            return
        if re.search(r";\s*[\w-]+\s*=", line):
            do = "paste it where the deck collects class results"
            report.fault(number, "-", found="a line of answers", allowed=",".join(COLUMNS), do=do)
            continue
        own = OWN_MARK.match(line)  # the lines of a class come from several programs
        try:
            typed = io.StringIO(line.strip("\ufeff"))
            read = next(
                csv.reader(typed, delimiter=own[own.lastindex or 0] if own else separator, skipinitialspace=True)
            )
        except csv.Error as error:
            do = "paste the line again as the form gives it"
            report.fault(number, "-", found=f"a line that is not CSV ({error})", allowed=",".join(COLUMNS), do=do)
            continue
        cells = [" ".join(unicodedata.normalize("NFKC", cell).split()) for cell in read]
        heads = [cell.lower() for cell in cells]
        if set(COLUMNS) <= set(heads):
            columns = heads
            for name in COLUMNS:
                if heads.count(name) > 1:
                    report.fault(number, name, found="two columns of this name", allowed="one", do="remove one of them")
            continue
        if not columns:
            columns = list(COLUMNS)
            if not _is_data(number, heads, report):
                continue
        if len(cells) < len(COLUMNS) or any(cells[len(columns) :]):  # else topics would be lost without a word
            found = f"{len(cells)} {one_or_many(len(cells), 'cells')}"
            do = (
                "write the name, the passage and the topics, with a space between topics: Ana,urdupoint/3,arms violence"
            )
            report.fault(number, "-", found=found, allowed=f"{len(columns)} cells, as in the heading", do=do)
        else:
            row = _row(number, dict(zip(columns, cells, strict=False)), report)
            if row:
                yield row


def _separator(lines: list[str]) -> str:
    """What parts the cells: seen in a heading, else what most lines have."""
    heads = [
        mark
        for mark in ",;\t"
        for line in lines
        if set(COLUMNS) <= {cell.strip(' "').lower() for cell in line.strip("\ufeff").split(mark)}
    ]
    return heads[0] if heads else max(",;\t", key=lambda mark: sum(mark in line for line in lines))


def _is_data(number: int, heads: list[str], report: _Report) -> bool:
    """Say that the first line is no heading; tell whether it is a coding all the same, in the usual order."""
    is_data = len(heads) >= len(COLUMNS) and (heads[1] in report.passages or "/" in heads[1])
    do = "write the heading as the first line" if is_data else "write the heading in this way"
    report.fault(number, "-", found=f"no heading but {as_written(', '.join(heads))}", allowed=",".join(COLUMNS), do=do)
    return is_data


def _row(number: int, cells: dict[str, str], report: _Report) -> tuple[int, str, str, list[str]] | None:
    before = len(report.faults)
    if curly := [cell for cell in cells.values() if set(APOSTROPHE.sub("", cell)) & set(CURLY)]:
        do = "write straight ones, or none"
        report.fault(number, "-", found=f"curly quotation marks, {shortened(curly[0])}", allowed="straight ones", do=do)
        return None
    coder, passage, written = (cells.get(name, "") for name in COLUMNS)
    if not coder:
        report.fault(number, "coder", found="a blank", allowed="a name or initials", do="write who coded this")
    elif not can_be_seen(coder):  # else two students could have names that look the same
        found, do = f"{as_written(coder)}, with a character that cannot be seen", "write the name again"
        report.fault(number, "coder", found=found, allowed="a name or initials", do=do)
    elif len(coder) > LONGEST_NAME:
        allowed = f"a name of at most {LONGEST_NAME} characters"
        report.fault(number, "coder", found=as_written(coder), allowed=allowed, do="write a name or initials")
    if not passage:
        report.fault(
            number, "passage", found="a blank", allowed="a passage of the sample", do="write which passage this is"
        )
    elif passage not in report.passages:
        same = [known for known in report.passages if known.split("/")[0] == passage.lower().split("/")[0]]
        near = suggest(passage, report.passages, otherwise="copy it from the form")
        do = f"write one of {', '.join(same)}" if same else near
        report.fault(number, "passage", found=as_written(passage), allowed="a passage of the sample", do=do)
    topics = _topics(number, written, report)
    return (number, coder, passage, topics) if len(report.faults) == before else None


def _topics(number: int, written: str, report: _Report) -> list[str]:
    """The topics of a line; names in the place of codes and unknown words go into the report."""
    words = [part for part in re.split(r"[\s,;+/|&\[\]\"']+", written.lower()) if part not in ("", "and", "y")]
    if all(word in report.topics for word in words):
        if not words:
            do = "write at least one topic, or remove the line"
            report.fault(number, "topics", found="a blank", allowed="topics with a space between them", do=do)
        return list(dict.fromkeys(words))
    rest, allowed = f"-{plain(written)}-", ", ".join(report.topics)
    if len(words) > MOST_CODES:
        do = "write the topics of one passage in a line"
        report.fault(number, "topics", found=f"{len(words):,} words", allowed=allowed, do=do)
        return words
    for code, name in report.topics.items():
        if " " in name and f"-{plain(name)}-" in rest:
            rest = rest.replace(f"-{plain(name)}-", "-")
            found = f"the name {as_written(name)}"
            report.fault(number, "topics", found=found, allowed=allowed, do=f'write its code, "{code}"')
    for word in words:
        if word not in report.topics and plain(word) in [*rest.split("-"), rest.strip("-")]:
            meant = meant_topic(word, report.topics)
            do = f'write "{meant}"' if meant else "choose one of these"
            report.fault(number, "topics", found=as_written(word), allowed=allowed, do=do)
    return words


def _check_twice(rows: list[tuple[int, str, str, list[str]]], report: _Report) -> None:
    """One coder codes a passage once: two students of one name would count as one."""
    seen: dict[tuple[str, str], int] = {}
    for number, coder, passage, _ in rows:
        key = (coder.casefold(), passage)
        if key in seen:
            found = f"{as_written(coder)} with {passage}, as in line {seen[key]}"
            do = "give each student a name of their own, or remove what was pasted twice"
            report.fault(number, "coder", found=found, allowed="each passage once a coder", do=do)
        seen.setdefault(key, number)


def check_codings(source: str | Path, passages: pd.DataFrame, topics: pd.DataFrame) -> HTML | Table:
    """Show how far a class agrees, or what is wrong with what was pasted; an empty text is no error."""
    if isinstance(source, str) and not source.strip():
        return not_yet("Nothing is pasted so far.")
    try:
        codings = pooled_codings(source, passages, topics)
    except CodingError as error:
        return not_yet("Each line says where, what was found and what to write:", error.faults)
    return show_table(class_agreement(codings, passages, topics), caption=Texts("class_agreement")("caption"))
