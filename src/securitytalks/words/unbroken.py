"""Dates and sums that stay in one line, wherever a text is wrapped."""

from __future__ import annotations

import re
from functools import cache

from .files import language, table_of

SCALES = ("million", "billion", "trillion")


def unbroken(text: str) -> str:
    r"""Join the parts of each date and of each large number by spaces at which no line breaks.

    >>> unbroken("On 8 Oct 2021, about $3 billion for 2 plans")
    'On 8\xa0Oct\xa02021, about $3\xa0billion for 2 plans'
    """
    return _kept_together(language()).sub(lambda found: found[0].replace(" ", "\u00a0"), text)


@cache
def _kept_together(_language: str) -> re.Pattern[str]:
    """A date with its year, or a number with its scale, in the chosen language."""
    months = "|".join(table_of("dates")["months"].split())
    scales = "|".join(re.escape(table_of("numbers")[scale].partition("}")[2].strip()) for scale in SCALES)
    return re.compile(rf"\b(?:\d{{1,2}} )?(?:{months})[a-z]* \d{{4}}\b|\d (?:{scales})\b")
