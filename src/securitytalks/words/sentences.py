"""Sentences whose numbers come from the records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from string import Formatter
from typing import Any

import numpy as np
import pandas as pd

from .dates import day
from .files import near
from .numbers import in_words, number
from .unbroken import unbroken

Link = Callable[[str, str], str]  # makes a link of the words of a number and the id of its fact
NUMBERS = ("", "words", "Words", "as_printed")  # the forms of a fact that are its number


class StrictFormatter(Formatter):
    """Fills `{name}` from values, notes which it used, and refuses a name that is no value."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def get_field(self, field_name: str, args: Sequence[object], kwargs: Mapping[str, Any]) -> tuple[object, str]:
        """Give the value of a field; raise ValueError for a name that is no value."""
        name = re.split(r"[.\[]", field_name)[0]
        if name not in kwargs:
            raise ValueError(f"the text names {name!r}, which is not a value{near(name, kwargs)}")
        self.used.add(name)
        return super().get_field(field_name, args, kwargs)

    def format_field(self, value: object, format_spec: str) -> str:
        """Write a number with the marks of the language, and all else as Python does."""
        if isinstance(value, (int, float, np.number)):
            return number(value, format_spec)
        return super().format_field(value, format_spec)


class _Sentence(StrictFormatter):
    """Fills `{article/fact}` from the records, written by `write`, and `{name}` from values."""

    def __init__(self, facts: pd.DataFrame, write: Callable[[str], str], link: Link | None) -> None:
        super().__init__()
        self.facts = facts.set_index("fact")
        self.write = write
        self.link = link

    def get_field(self, field_name: str, args: Sequence[object], kwargs: Mapping[str, Any]) -> tuple[object, str]:
        if field_name in self.facts.index:
            return self.facts.loc[field_name], field_name
        if re.split(r"[.\[]", field_name)[0] in kwargs:
            return super().get_field(field_name, args, kwargs)
        close = near(field_name, [*self.facts.index, *kwargs])
        raise ValueError(
            f"sentence names {field_name!r}, which is neither a fact of the records nor a value given{close}"
        )

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, pd.Series):
            words = self.write(self._of_fact(value, format_spec))
            return self.link(words, str(value.name)) if self.link and format_spec in NUMBERS else words
        return super().format_field(value, format_spec)

    @staticmethod
    def _of_fact(value: pd.Series, format_spec: str) -> str:
        if format_spec in ("", "words"):
            return in_words(value["value"], value["precision"], value["unit"])
        if format_spec == "Words":  # at the start of a sentence
            words = in_words(value["value"], value["precision"], value["unit"])
            return words[0].upper() + words[1:]
        if format_spec == "published_day":
            return day(value["published"].date())
        if format_spec in value.index:
            return str(value[format_spec])
        raise ValueError(f"a fact has no {format_spec!r}; it has words, Words, published_day, {', '.join(value.index)}")


def fill(
    template: str,
    *,
    facts: pd.DataFrame,
    write: Callable[[str], str] = str,
    link: Link | None = None,
    **values: object,
) -> str:
    """What `say` says, as plain words for a chart or a form.

    `write` prepares the words of a record, and `link` makes a link of the words of a number and its fact.

    >>> fill("{n:,} facts.", facts=pd.DataFrame({"fact": []}), n=1200)
    '1,200 facts.'
    """
    sentence = _Sentence(facts, write, link)
    text = sentence.vformat(template, (), values)
    refuse_unused("sentence", values, sentence.used)
    return unbroken(text)


def refuse_unused(where: str, values: Iterable[str], used: set[str]) -> None:
    """Raise ValueError for values that a text does not use."""
    unused = sorted(set(values) - used)
    if unused:
        raise ValueError(f"{where} does not use: {', '.join(unused)}")


def as_text(words: str) -> str:
    r"""Words of a record as Markdown that shows them as they are: no markup, and no formula between two dollar signs.

    >>> print(as_text("about $3 billion <b>"))
    about \$3 billion \<b\>
    """
    return re.sub(r"([\\`*_{}\[\]<>#$~|])", r"\\\1", words)
