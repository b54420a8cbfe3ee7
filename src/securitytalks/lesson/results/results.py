"""Read the lines that a class hands in: a line for each student, with all answers."""

from __future__ import annotations

import re

import pandas as pd
from IPython.display import HTML

from ..messages import not_yet
from ..table.table import Table, show_table

EXAMPLE = "Ana; guess-killed=150,000 people; check-bounds=B"


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
        name, *cells = [cell.strip() for cell in line.split(";")]
        found = [re.fullmatch(r"([^=]+?)\s*=\s*(.+)", cell) for cell in cells if cell]
        if not name or "=" in name:
            faults.append(f"Line {number} does not begin with a name. Write: {EXAMPLE}")
        elif not found or not all(found):
            faults.append(f"Line {number} has a part that is not question=answer. Write: {EXAMPLE}")
        else:
            for pair in found:
                rows[name.casefold(), pair[1]] = (name, pair[1], pair[2])
    if faults:
        raise AnswerError(faults)
    return pd.DataFrame(list(rows.values()), columns=["student", "question", "answer"])


def check_answers(pasted: str) -> HTML | Table:
    """Show how often each answer was given, or which lines cannot be read; an empty text is no error."""
    if not pasted.strip():
        return not_yet("Nothing is pasted so far.")
    try:
        answers = class_answers(pasted)
    except AnswerError as error:
        return not_yet("These lines cannot be read:", error.faults)
    counts = answers.groupby(["question", "answer"], sort=False).size().reset_index()
    return show_table(counts.set_axis(["Question", "Answer", "Students"], axis=1), caption="What the class answered")
