"""The questions for Moodle, which reads no QTI: a text file in its own GIFT format.

Source: `question/format/gift/format.php` of Moodle, which says how it reads a question and what a backslash protects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..forms import texts
from .qti import TESTS, Question, tests_in


def gift(notebooks: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Write the questions of notebooks, each test as a category of its own; nothing where there are none.

    Args:
        notebooks: notebooks that were run, by their names.
    """
    blocks = []
    for name, questions in tests_in(notebooks).items():
        title = texts("quiz")[TESTS[name]]
        blocks += [f"$CATEGORY: {title}", *(_asked(title, number, q) for number, q in enumerate(questions, 1))]
    return "".join(f"{block}\n\n" for block in blocks).encode()


def _asked(title: str, number: int, question: Question) -> str:
    r"""Write a question: each option on a line, with a sign for right or wrong, and behind a # what is said about it.

    >>> options = (("Yes", True, "So"), ("No", False, "#"))
    >>> print(_asked("Quiz", 1, Question("q", ticket=False, text="2 = 2?", options=options)))
    ::Quiz 1::[plain]2 \= 2?{
    =Yes#So
    ~No#\#
    }
    """
    options = [f"{'=' if right else '~'}{_safe(text)}#{_safe(said)}" for text, right, said in question.options]
    return "\n".join([f"::{_safe(title)} {number}::[plain]{_safe(question.text)}{{", *options, "}"])


def _safe(text: str) -> str:
    """Protect what has a meaning for GIFT; a line break would end the option."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", re.sub(r"\s*\n\s*", " ", text))
