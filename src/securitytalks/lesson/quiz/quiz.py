"""Questions with options: for oneself, with a word on each option, or as an exit ticket, without any."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ...records.frames import load_facts
from ...words.escape import escaped
from ...words.sentences import fill
from ..forms import texts

QUIZ = "application/vnd.classroom.quiz+json"
LETTERS = "ABCDEFGH"
QUESTIONS = Path(__file__).with_name("questions.toml")


def feedback_on(options: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say for each option whether it is right and why; below a wrong one, which is right and why."""
    says, answer = texts("quiz"), answer_of(options)
    return [
        f"{says['right']} {option['feedback']}"
        if option["right"]
        else f"{says['wrong']} {option['feedback']}\n{answer}"
        for option in options
    ]


def answer_of(options: Sequence[Mapping[str, Any]]) -> str:
    """Say which option is right and why."""
    right = right_of(options)
    return texts("quiz")["answer"].format(letter=LETTERS[right], feedback=options[right]["feedback"])


def right_of(options: Sequence[Mapping[str, Any]]) -> int:
    """Give the place of the right option."""
    return next(at for at, option in enumerate(options) if option["right"])


@dataclass(frozen=True)
class Quiz:
    """A question with its options; an export makes it a set of radio buttons, JupyterLab a list that unfolds."""

    question: str
    options: tuple[dict[str, object], ...]  # text, and for oneself also right and feedback

    @property
    def ticket(self) -> bool:
        """Whether the answer is kept elsewhere."""
        return "feedback" not in self.options[0]

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        data = {"question": self.question, "options": list(self.options), "ticket": self.ticket}
        return {QUIZ: data, "text/html": self._html(), "text/plain": self._plain()}

    def _html(self) -> str:
        lead = texts("quiz")["ticket" if self.ticket else "self"]
        items = [escaped(str(option["text"])) for option in self.options]
        if not self.ticket:
            folds = zip(items, feedback_on(self.options), strict=True)
            items = [f"<details><summary>{text}</summary>{escaped(feedback)}</details>" for text, feedback in folds]
        listed = "".join(f'<li style="margin:4px 0">{item}</li>' for item in items)
        body = f'<p><b>{lead}.</b> {escaped(self.question)}</p><ol style="list-style-type:upper-alpha">{listed}</ol>'
        return f'<div class="mathjax_ignore">{body}</div>'  # else JupyterLab reads two sums of dollars as a formula

    def _plain(self) -> str:
        options = [f"{letter}. {o['text']}" for letter, o in zip(LETTERS, self.options, strict=False)]
        return "\n".join([self.question, *options])


def quiz(
    question: str,
    options: Sequence[tuple[str, bool, str]] | None = None,
    *,
    facts: pd.DataFrame | None = None,
    **values: object,
) -> Quiz:
    """Ask a question that readers check for themselves.

    Args:
        question: the id of a question in `questions.toml`, so that no cell shows the key; with `options`, the question
            itself.
        options: (text, whether it is right, feedback on it).
        facts: load_facts(), which is the default.
        **values: numbers of the texts; every text is filled like the sentences of `say`.

    Raises:
        ValueError: for an id that is not in the file, and unless exactly one option is right, every option has its
            feedback, and no two options are the same.

    >>> quiz("Is it {n}?", [("Yes", True, "{n} it is."), ("No", False, "Look again.")], n=5).options[0]["feedback"]
    '5 it is.'
    """
    if options is None:
        question, options = _from_file(question)
    if sum(right for _, right, _ in options) != 1:
        raise ValueError(f"{question!r}: exactly one option must be right")
    if not all(feedback.strip() for _, _, feedback in options):
        raise ValueError(f"{question!r}: every option needs feedback")
    filled = _filled(question, [part for text, _, feedback in options for part in (text, feedback)], facts, values)
    pairs = zip(filled[1::2], filled[2::2], options, strict=True)
    return _made(filled[0], [{"text": t, "right": right, "feedback": f} for t, f, (_, right, _) in pairs])


def _from_file(name: str) -> tuple[str, list[tuple[str, bool, str]]]:
    known = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    if name not in known:
        raise ValueError(f"no question {name!r} in {QUESTIONS.name}; there are: {', '.join(known)}")
    found = known[name]
    return found["question"], [
        (option["text"], option.get("right", False), option["feedback"]) for option in found["options"]
    ]


def ticket(question: str, options: Sequence[str], *, facts: pd.DataFrame | None = None, **values: object) -> Quiz:
    """Ask a question of the exit ticket: options alone, since its answer stands in a cell for the teacher.

    >>> ticket("Is it {n}?", ["Yes", "No"], n=5).ticket
    True
    """
    filled = _filled(question, list(options), facts, values)
    return _made(filled[0], [{"text": text} for text in filled[1:]])


def _made(question: str, options: list[dict[str, object]]) -> Quiz:
    given = [str(option["text"]) for option in options]
    if not 2 <= len(given) <= len(LETTERS) or len(set(given)) < len(given):
        raise ValueError(f"{question!r}: it needs 2 to {len(LETTERS)} options, no two the same")
    return Quiz(question, tuple(options))


def _filled(question: str, texts: list[str], facts: pd.DataFrame | None, values: dict[str, object]) -> list[str]:
    """Fill all texts of a question at once, so that a value may stand in any of them and must stand in one."""
    mark = "\x1f"
    return fill(mark.join([question, *texts]), facts=load_facts() if facts is None else facts, **values).split(mark)
