"""Read the lines that a class hands in: a line for each student, with all answers."""

from __future__ import annotations

import re

import pandas as pd
from IPython.display import HTML

from ..forms import texts
from ..messages import not_yet
from ..table.table import Table, show_table

CODING = re.compile(r"coder,|[^,;]+,\s*[a-z-]+/\d+\s*,")
CURLY = re.compile("=\\s*[“”„‘’]")


class AnswerError(ValueError):
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
    faults = []
    for number, line in enumerate(pasted.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip():
            continue
        if fault := line_fault(line):
            kind, part = fault
            meant = re.sub(r"\s*:\s*", "=", part, count=1)
            faults.append(texts("results")["faults"][kind].format(line=number, part=part, meant=meant))
            continue
        name, *cells = [cell.strip() for cell in line.split(";")]
        for question, answer in (re.split(r"\s*=\s*", cell, maxsplit=1) for cell in cells if cell):
            rows[name.casefold(), question] = (name, question, answer)
    if faults:
        raise AnswerError(faults)
    return pd.DataFrame(list(rows.values()), columns=["student", "question", "answer"])


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
    if any(CURLY.search(cell) for cell in cells):
        return "curly", ""
    wrong = next((cell for cell in cells if not re.fullmatch(r"[^=]+=.+", cell)), None)
    return None if wrong is None else ("colon" if re.match(r"[^=:]+:[^=]+$", wrong) else "pair", wrong)


def check_answers(pasted: str) -> HTML | Table:
    """Show how often each answer was given, or which lines cannot be read; an empty text is no error."""
    if not pasted.strip():
        return not_yet("Nothing is pasted so far.")
    try:
        answers = class_answers(pasted)
    except AnswerError as error:
        return not_yet(f"These lines cannot be read. {texts('results')['example']}", error.faults)
    counts = answers.groupby(["question", "answer"], sort=False).size().reset_index()
    return show_table(counts.set_axis(["Question", "Answer", "Students"], axis=1), caption="What the class answered")
