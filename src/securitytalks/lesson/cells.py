"""What is wrong with a cell that Python cannot read, or that needs a cell above it: in words, for students.

`helpers` imports this module at once in a notebook, so it imports what takes time only when something is wrong.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

RUN_ABOVE = "Choose Run, then Run All Above Selected Cell, and run this cell again"
PASTED = ("facts", "passages", "coder")  # how a record and the codings of a class begin
CAPITAL = {"true": "True", "false": "False", "none": "None"}
CLOSING = {"(": ")", "[": "]", "{": "}"}
OUTSIDE = 'Put what you paste between the """ and """ of the cell'
# What stands in a line that Python cannot read without saying why, and what a student writes.
IN_LINE = {
    r"[\"'](\w+)[\"']\s*=": "the name of a field has quotation marks. Write {0}= without them",
    r"(\w+)\s*:\s*(\[[^\]]*\]|\"[^\"]*\"|\d+)": "a colon stands in the place of =. Write {0}={1}",
    r"(\w+)\s*=\s*[,)]": "nothing stands behind {0}=. Write a value there",
    r"^helpers\..*\)\s*[^\s#)].*$": "the call ends before it. Take out what stands behind the last bracket",
    r"\w\s+[\"'\[]|[\"'\]]\s*\w+\s*=": "a comma is missing. Write one between two parts",
}
INSIDE = re.compile(r"[,(=\[]\s*\"[^\"]*\"[^\W\d_]")  # a text that seems to end before a letter
# What Python says of a cell that it cannot read, and what a student writes.
ADVICE = {
    r"unterminated triple-quoted": 'the text does not end. Write """ in a line below it',
    r"unterminated string": "a quotation mark is missing. Write one before and one after each text",
    r"'(.)' was never closed": "the bracket {0} is not closed. Write {1} where it ends",
    r"'(.)' does not match": "{0} closes no bracket of its kind. Close each bracket by its own kind: ( ) [ ]",
    r"unmatched '(.)'": "{0} closes no bracket. Take it out, or write the bracket that opens it",
    r"incomplete input": 'something is not closed. Write what is missing at the end: ) or ] or """',
    r"forgot a comma": "a comma is missing. Write one between two parts",
    r"positional argument follows": "a comma stands in a number or a part has no name. Write 1200, and name=value",
    r"indent": "there are spaces before the line. Take them out",
}


def explain(shell: InteractiveShell) -> None:
    """Let a notebook say what to write where a cell cannot be read, or uses a name that is not there."""
    shell.set_custom_exc((NameError, AttributeError, SyntaxError, TypeError), _say)


def _say(
    shell: InteractiveShell, kind: type, error: BaseException, trace: TracebackType | None, tb_offset: int | None = None
) -> None:
    while trace and trace.tb_next:
        trace = trace.tb_next
    is_ours = trace is not None and trace.tb_frame.f_globals is not shell.user_ns
    words = None if is_ours and isinstance(error, NameError | TypeError) else in_words(error, shell.user_ns)
    if words is None:
        shell.showtraceback((kind, error, error.__traceback__), tb_offset=tb_offset)
        return
    from .messages import NotYetError

    shell.showtraceback((NotYetError, NotYetError(words), None))


def in_words(error: BaseException, names: Iterable[str] = ()) -> str | None:
    """Say what to write; None where Python's own words are all that we know.

    Args:
        error: a NameError, an AttributeError, a TypeError or a SyntaxError of a cell.
        names: the names that the notebook knows.

    >>> in_words(NameError(name="mine"))
    'This notebook does not know mine yet. Choose Run, then Run All Above Selected Cell, and run this cell again.'
    >>> in_words(NameError(name="mien"), ["mine"]), in_words(NameError(name="true"))
    ('Found mien. Write mine.', 'Found true. Write True.')
    """
    if isinstance(error, NameError):
        return _of_name(error.name or "", names)
    if isinstance(error, TypeError):
        return _of_call(str(error))
    if isinstance(error, AttributeError):
        known = error.obj.__all__ if getattr(error.obj, "__name__", "") == "helpers" else []
        near = get_close_matches(error.name or "", known, n=1)
        return f"Found helpers.{error.name}. Write helpers.{near[0]}." if near else None
    line, number = (getattr(error, "text", None) or "").strip(), getattr(error, "lineno", 0)
    found = f"Line {number} of the cell, {line}: " if line else "In this cell "
    from .mistakes import CURLY

    if re.search(f"[{CURLY}]", line):
        straight = re.sub(f"[{CURLY}]", '"', line)
        return f"{found}the quotation marks are curly. Write straight ones, {straight}"
    if INSIDE.search(line) and line.count('"') % 2 == 0:
        return f"{found}a quotation mark stands inside a text. Write ' in its place there."
    message = getattr(error, "msg", "")
    if "leading zeros" in message:
        return f"{found}{_of_zeros(line)}."
    if "unterminated string" in message and re.search(r"=\s*[\"']$", line):
        return f'{found}a text over several lines begins and ends with three quotation marks. Write """ at both ends.'
    for pattern, advice in ADVICE.items():
        if match := re.search(pattern, message):
            mark = match[1] if match.groups() else ""
            return f"{found}{advice.format(mark, CLOSING.get(mark))}."
    for pattern, advice in IN_LINE.items():
        if match := re.search(pattern, line):
            return f"{found}{advice.format(*match.groups())}."
    return None


def _of_call(message: str) -> str | None:
    """Say what to write where a function of helpers is called with too little, or in brackets of another kind."""
    missing = re.fullmatch(r"(\w+)\(\) missing \d+ required positional arguments?: (.*)", message)
    if missing:
        helpers = sys.modules.get("helpers")  # which the cell has imported, and which this module may not import
        if helpers is None or missing[1] not in helpers.__all__:
            return None
        parts = ", ".join(inspect.signature(getattr(helpers, missing[1])).parameters)
        return f"helpers.{missing[1]} needs {missing[2].replace(chr(39), '')} too. Write helpers.{missing[1]}({parts})."
    return (
        "A function takes round brackets. Write ( ) in the place of [ ]."
        if "'function' object is not sub" in message
        else None
    )


def _of_zeros(line: str) -> str:
    """Say what to write in a line with a number that begins with 0: most often it is a day without quotation marks."""
    if re.fullmatch(r"\w+ = \d{4}-\d\d-\d\d", line):  # a line of a record
        return f"it stands outside quotation marks. {OUTSIDE}"
    from .mistakes import date_advice

    if day := re.search(r"\d+([-/.])\d+\1\d+", line):
        written = date_advice(day[0], in_python=True) or f'"{day[0]}"'
        return f"a day has no quotation marks. Write {written}"
    number = re.search(r"\b0+(\d+)", line)
    return f"a number begins with 0. Write {number[1] if number else 'it without the 0'}"


def _of_name(name: str, names: Iterable[str]) -> str:
    if name in PASTED:
        return f"Found text outside quotation marks. {OUTSIDE}."
    if name in CAPITAL:
        return f"Found {name}. Write {CAPITAL[name]}."
    from ..records.load import SEEDS, read
    from .exercises import topic_names
    from .mistakes import DATE_FIELDS, NUMBER_FIELDS, TOPIC_FIELDS

    if name in (*TOPIC_FIELDS, *DATE_FIELDS, *NUMBER_FIELDS, "boilerplate", "reason"):
        return f"Found {name} where it has no value. Write one sign = between the name and its value, {name}=..."
    if name in {part for file in read(SEEDS).articles for part in (file.article.id, file.article.id.split("-")[0])}:
        return f'Found {name} without quotation marks. Write a place such as "urdupoint/20" in quotation marks.'
    topic = next((code for code in topic_names() if name in (code, code.split("-")[0])), None)
    if topic:
        return f'Found {name} without quotation marks. Write "{topic}".'
    near = get_close_matches(name, [one for one in names if not one.startswith("_")], n=1, cutoff=0.75)
    return f"Found {name}. Write {near[0]}." if near else f"This notebook does not know {name} yet. {RUN_ABOVE}."
