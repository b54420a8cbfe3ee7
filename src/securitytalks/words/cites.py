"""Source lines made from citations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .dates import day
from .files import table_of

MOST_NAMED = 8  # articles that a source line names


def cite(
    outlet: str,
    agency: str | None,
    published: date,
    paragraph: int | None = None,
    *,
    inferred: bool = False,
    via: str = "",
) -> str:
    """Name an article, or a paragraph of it, as the source of something.

    An inferred day is marked. Where the paragraph was carried by another than the article's own agency, as `via` says,
    that one is named too.

    >>> cite("Latin Post", "Reuters", date(2023, 4, 14), 16, via="The Guardian via Latin Post")
    'Latin Post (Reuters), 14 Apr 2023, ¶16 (citing The Guardian)'
    >>> cite("Latin Post", "Reuters", date(2023, 4, 14), 3, inferred=True, via="Reuters via Latin Post")
    'Latin Post (Reuters), about 14 Apr 2023, ¶3'
    """
    carrier, _, by_outlet = via.partition(" via ")
    texts = table_of("cites")
    citing = texts["citing"].format(carrier=carrier) if by_outlet and carrier != agency else ""
    place = "" if paragraph is None else f", ¶{paragraph}{citing and f' ({citing})'}"
    printed = texts["about"].format(day=day(published)) if inferred else day(published)
    return f"{outlet}{f' ({agency})' if agency else ''}, {printed}{place}"


def sources(cites: Iterable[str]) -> str:
    """A source line from citations, each named once, in the order given.

    >>> sources(["AP, 8 Oct 2021, ¶2", "AP, 8 Oct 2021, ¶5", "AFP, 5 Oct 2023, ¶17"])
    'AP, 8 Oct 2021, ¶2, ¶5; AFP, 5 Oct 2023, ¶17'
    """
    places: dict[str, list[str]] = {}
    for cite in cites:
        where, _, paragraph = cite.partition(", ¶")
        found = places.setdefault(where, [])
        if paragraph and f"¶{paragraph}" not in found:
            found.append(f"¶{paragraph}")
    return _first_of([", ".join([where, *found]) for where, found in places.items()])


def article_of(cite: str) -> str:
    """The article of a citation, without the paragraph.

    >>> article_of("Latin Post (Reuters), 14 Apr 2023, ¶16")
    'Latin Post (Reuters), 14 Apr 2023'
    """
    return cite.partition(", ¶")[0]


def outlet_of(cite: str) -> str:
    """The outlet of a citation and its agency, without the day.

    >>> outlet_of("Latin Post (Reuters), 14 Apr 2023, ¶16")
    'Latin Post (Reuters)'
    """
    return article_of(cite).rpartition(", ")[0]


def day_of(cite: str) -> str:
    """The day of a citation, with the word on a day that was worked out.

    >>> day_of("The Washington Newsday (AFP), about 8 Oct 2021, ¶15")
    'about 8 Oct 2021'
    """
    return article_of(cite).rpartition(", ")[2]


def articles_in(cites: Iterable[str]) -> str:
    """A source line that names articles alone, each once, in the order given.

    >>> articles_in(["AP, 8 Oct 2021, ¶2", "AP, 8 Oct 2021, ¶5", "AFP, 5 Oct 2023, ¶17"])
    'AP, 8 Oct 2021; AFP, 5 Oct 2023'
    """
    return _first_of(list(dict.fromkeys(article_of(cite) for cite in cites)))


def _first_of(articles: list[str]) -> str:
    """A list in a sentence; of many articles the first are named and the others counted."""
    if len(articles) <= MOST_NAMED:
        return "; ".join(articles)
    others = table_of("cites")["others"].format(count=len(articles) - MOST_NAMED + 1)
    return "; ".join([*articles[: MOST_NAMED - 1], others])
