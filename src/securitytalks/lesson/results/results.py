"""Read the lines that a class hands in: a line for each student, with all answers."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd
from IPython.display import HTML

from ...records.faults import MOST_FAULTS, PlainError, shortened
from ...words.characters import can_be_seen
from ...words.language import Texts, titled
from ..forms import texts
from ..messages import not_yet
from ..mistakes import CURLY
from ..table.table import Table, show_table

CODING = re.compile(r"coder,|[^,;]+,\s*[a-z-]+/\d+\s*,")
DASHES = re.compile("[\u2010-\u2015\u2212]")
WIDE = str.maketrans("；＝", ";=")  # of an East Asian keyboard
MOST_LINES = 20_000  # a class has fewer than a hundred
AROUND = ' \t>"“”„‟«»'  # what a mail or a word processor puts around a line
LONGEST_ANSWER = 1_000  # characters


class AnswerError(PlainError):
    """All the lines that cannot be read; `faults` has a sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(["these lines cannot be read:", *faults]))


def class_answers(pasted: str) -> pd.DataFrame:
    r"""Read the lines of a class, as the forms of pages and decks write and read them.

    Args:
        pasted: a line for each student: name; question=answer; question=answer ...

    Returns:
        Columns `student`, `question` and `answer`, in the order of the lines. Of two answers of one student to one
        question, the later counts.

    Raises:
        AnswerError: naming every line that cannot be read.

    >>> class_answers("Ana; guess-killed=150,000 people\nBen; guess-killed=0 people; check-bounds=B").values.tolist()
    [['Ana', 'guess-killed', '150,000 people'], ['Ben', 'guess-killed', '0 people'], ['Ben', 'check-bounds', 'B']]
    """
    rows: dict[tuple[str, str], tuple[str, str, str]] = {}
    faults: list[str] = []
    for number, line in _lines_of(pasted):
        if len(faults) >= MOST_FAULTS:
            break
        if fault := _fault_in_words(number, line):
            faults.append(fault)
            continue
        name, *cells = _cells_of(line)
        for question, _, answer in (cell.partition("=") for cell in cells if cell):
            answer = answer.strip()
            if letter := re.fullmatch(r"([^\W\d_])(?:[.):].*)?", answer):  # also "b)", and a reason behind it
                answer = letter[1].upper()
            question = DASHES.sub("-", question.strip().lower())  # as a phone may have changed it
            rows[name.casefold(), question] = (name, question, answer)
    if faults:
        raise AnswerError(faults)
    return pd.DataFrame(list(rows.values()), columns=["student", "question", "answer"])


def _lines_of(pasted: object) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers. Raises AnswerError for what is not the lines of a class."""
    if not isinstance(pasted, str):
        do = "Put the pasted lines between quotation marks."
        raise AnswerError([f"Found a value of type {type(pasted).__name__}. {do}"])
    lines = pasted.removeprefix("\ufeff").encode("utf-8", "replace").decode("utf-8").splitlines()
    if len(lines) > MOST_LINES:
        do = "Paste the lines of one class."
        raise AnswerError([f"Found {len(lines):,} lines; at most {MOST_LINES:,} are read. {do}"])
    bare = [(number, line.strip(AROUND).translate(WIDE)) for number, line in enumerate(lines, 1)]
    return [(number, line) for number, line in bare if line.strip("; ")]


def _cells_of(line: str) -> list[str]:
    return [unicodedata.normalize("NFC", cell.strip()) for cell in line.split(";")]


def _fault_in_words(number: int, line: str) -> str:
    """Say what is wrong with a line and what to write; nothing where it can be read."""
    says = texts("results")["faults"]
    if fault := line_fault(line):
        kind, part = fault
        name, _, answer = (piece.strip() for piece in part.partition(":"))
        return says[kind].format(line=number, part=shortened(part), meant=shortened(f"{name}={answer}"))
    name, *cells = _cells_of(line)
    questions = [cell.partition("=")[0] for cell in cells]
    if not can_be_seen("".join([name, *questions])):  # else two students, or questions, could look the same
        return says["unseen"].format(line=number)
    if len(max(cells, key=len)) > LONGEST_ANSWER:
        return says["long"].format(line=number, most=LONGEST_ANSWER)
    return ""


def line_fault(line: str) -> tuple[str, str] | None:
    """Say what is wrong with the line of a student, as a key of the forms' texts, and in which part of the line.

    >>> line_fault("Ana; check-bounds=B"), line_fault("check-bounds=B"), line_fault("Ana; check-bounds: B")
    (None, ('nameless', ''), ('colon', 'check-bounds: B'))
    """
    name, *cells = [cell.strip() for cell in line.split(";")]
    cells = [cell for cell in cells if cell]
    if CODING.match(line):
        return "codings", ""
    if not cells and re.match(r"[^=,]+,.*=", line):
        return "commas", ""
    if not name or "=" in name:
        return "nameless", ""
    if not cells:
        return "alone", ""
    if any(re.search(rf"=\s*[{CURLY}]", cell) for cell in cells):
        return "curly", ""
    wrong = next((cell for cell in cells if not re.fullmatch(r"[^=]+=.+", cell)), None)
    return None if wrong is None else ("colon" if re.match(r"[^=:]+:[^=]+$", wrong) else "pair", wrong)


def check_answers(pasted: str) -> HTML | Table:
    """Show how often each answer was given, or which lines cannot be read; an empty text is no error."""
    if isinstance(pasted, str) and not pasted.strip():
        return not_yet("Nothing is pasted so far.")
    try:
        answers = class_answers(pasted)
    except AnswerError as error:
        return not_yet(f"These lines cannot be read. {texts('results')['example']}", error.faults)
    counts = answers.groupby(["question", "answer"], sort=False).size().reset_index(name="students")
    return show_table(titled(counts), caption=Texts("class_answers")("caption"))
