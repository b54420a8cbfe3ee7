"""Source lines made from citations."""

from __future__ import annotations

from collections.abc import Iterable


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
    return "; ".join(", ".join([where, *found]) for where, found in places.items())


def article_of(cite: str) -> str:
    """The article of a citation, without the paragraph.

    >>> article_of("Latin Post (Reuters), 14 Apr 2023, ¶16")
    'Latin Post (Reuters), 14 Apr 2023'
    """
    return cite.partition(", ¶")[0]


def articles_in(cites: Iterable[str]) -> str:
    """A source line that names articles alone, each once, in the order given.

    >>> articles_in(["AP, 8 Oct 2021, ¶2", "AP, 8 Oct 2021, ¶5", "AFP, 5 Oct 2023, ¶17"])
    'AP, 8 Oct 2021; AFP, 5 Oct 2023'
    """
    return "; ".join(dict.fromkeys(article_of(cite) for cite in cites))
