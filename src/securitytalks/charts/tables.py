"""Tables of articles, facts and slips, and the card of one record."""

from __future__ import annotations

import pandas as pd
from pandas.api.types import is_bool

from ..words.dates import day
from ..words.language import Texts, shown_at, titled
from ..words.links import at_heading, place_of, places_of
from ..words.numbers import in_words, number


def articles_table(articles: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: who wrote each article first, how its date is known, how much of it we use."""
    texts, days = Texts("tables"), zip(articles["published"], articles["published_known"], strict=True)
    how = texts.table("published_known")
    named = articles["agency"].map(lambda agency: texts("no_reason" if pd.isna(agency) else "named"))
    return titled(
        pd.DataFrame(
            {
                "outlet": articles["outlet"],
                "agency": articles["agency"].fillna(texts("no_agency")),
                "meeting": articles["meeting"].map(day),
                "published": [f"{day(published.date())}{how[known]}" for published, known in days],
                "passages": articles["passages"],
                "words": articles["words"],
                "facts": articles["facts"],
                "how_known": articles["agency_reason"].fillna(named),
            }
        )
    )


def facts_table(facts: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """All facts as a table for readers, a row a fact, with figure, topics, who says so and where.

    The index, `anchor`, is each row's permanent address on the page: "fact:" with the fact's id.
    """
    names = topics.set_index("topic")["name"]
    figure = [in_words(f.value, f.precision, f.unit) if f.kind == "figure" else "" for f in facts.itertuples()]
    table = pd.DataFrame(
        {
            "statement": facts["statement"],
            "figure": figure,
            "kind": facts["kind"].map(Texts("facts").table("kinds")),
            "topics": ["; ".join(names[t] for t in ids) for ids in facts["topics"]],
            "says": facts["says"],
            "meeting": facts["meeting"].map(day),
            "cite": facts["cite"],
        }
    )
    return titled(table).set_index(pd.Index(places_of("fact", facts["fact"]), name="anchor"))


def slips_table(slips: pd.DataFrame) -> pd.DataFrame:
    """What the articles get wrong, garble or do not show, for readers: in paraphrase, with how we know.

    The index, `anchor`, is each row's permanent address on the page: "slip:" with the article and the slip's id.
    """
    places = [place_of("slip", f"{slip.article}/{slip.id}") for slip in slips.itertuples()]
    table = slips[["what", "kind", "how_known", "cite"]].rename(columns={"what": "wrong", "cite": "where"})
    table["kind"] = table["kind"].map(Texts("codes").table("slip_kinds"))
    return titled(table).set_index(pd.Index(places, name="anchor"))


def corrections_table(corrections: pd.DataFrame) -> pd.DataFrame:
    """What we had wrong ourselves and corrected, for readers; a row a correction.

    Charts and tables are named by the headings over them; `attrs["links"]` has the place of each.
    """
    shown = shown_at()
    table = pd.DataFrame(
        {
            "date": [day(date.date()) for date in corrections["date"]],
            "before": corrections["before"],
            "after": corrections["after"],
            "why": corrections["reason"],
            "charts": ["; ".join(shown[name][1] for name in names) for names in corrections["charts"]],
        }
    )
    table = titled(table)
    table.attrs["links"] = {heading: at_heading(page, heading) for page, heading in shown.values()}
    return table


def record_card(facts: pd.DataFrame, fact: str) -> pd.DataFrame:
    """One fact as its record has it: field and content; fields that were left out are not shown."""
    row = facts.set_index("fact").loc[fact].drop(["start", "end"])
    texts = {name: text for name, value in row.items() if (text := _as_text(value))}
    return titled(pd.DataFrame({"field": list(texts), "content": list(texts.values())}))


def _as_text(value: object) -> str:
    """The content of a field in words; empty where it was left out."""
    if isinstance(value, list):
        return "; ".join(value)
    if is_bool(value):
        return "true" if value else ""
    if isinstance(value, pd.Timestamp):
        return day(value.date())
    if isinstance(value, float) and value.is_integer():
        return number(value)
    return "" if pd.isna(value) else str(value)
