"""What a check tells a student: an outcome, a sentence, and a line for each thing that is wrong.

Every text that comes in is foreign and is escaped here, so that nothing a student wrote can act as markup.
"""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import HTML

from ..records.faults import LONGEST, Fault, PlainError
from ..words.escape import escaped

MOST = 20  # more lines than this are read by nobody


class NotYetError(PlainError):
    """What a student asked for cannot be done as it was written; the message says what to write."""

    def __init__(self, text: str) -> None:
        super().__init__(f"Not yet. {text}")


def not_yet(lead: str, faults: Iterable[Fault | str] = ()) -> HTML:
    """Say that something is still to do: a sentence, then a line for each fault.

    >>> "<li>&lt;b&gt; is no topic</li>" in not_yet("Look again:", ["<b> is no topic"]).data
    True
    """
    lines = [(fault if isinstance(fault, str) else fault_in_words(fault))[:LONGEST] for fault in faults]
    if len(lines) > MOST:
        lines = [*lines[:MOST], f"and {len(lines) - MOST} more. Correct these first."]
    return _message("Not yet.", lead, lines)


def done(text: str) -> HTML:
    """Say that an exercise is finished."""
    return _message("Done.", text, [])


def fault_in_words(fault: Fault) -> str:
    """Write a fault as sentences: where it is, what was found, what to write, what is allowed."""
    where = fault.record if fault.field == "-" else f"{fault.record}, {fault.field}"
    do = fault.do[:1].upper() + fault.do[1:]
    return f"{where}: found {fault.found}. {do.rstrip('.')}. Allowed: {fault.allowed.rstrip('.')}."


def _message(outcome: str, text: str, lines: list[str]) -> HTML:
    items = "".join(f"<li>{escaped(line)}</li>" for line in lines)
    listed = f"<ul>{items}</ul>" if items else ""
    # Without the class JupyterLab reads two sums of dollars as a formula.
    return HTML(f'<div class="mathjax_ignore"><p><strong>{outcome}</strong> {escaped(text)}</p>{listed}</div>')
