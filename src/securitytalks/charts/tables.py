"""Tables of articles, facts and slips, and the card of one record."""

from __future__ import annotations

import pandas as pd
from pandas.api.types import is_bool

from ..words.dates import day
from ..words.numbers import in_words


def articles_table(articles: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: who wrote each article first, how its date is known, how much of it we use."""
    return pd.DataFrame(
        {
            "Outlet": articles["outlet"],
            "Agency it rewrites or names": articles["agency"].fillna("none known"),
            "Meeting": [day(m) for m in articles["meeting"]],
            "Published": [
                f"{day(p.date())} ({k})"
                for p, k in zip(articles["published"], articles["published_known"], strict=True)
            ],
            "Passages": articles["passages"],
            "Words": articles["words"],
            "Facts": articles["facts"],
        }
    )


def facts_table(facts: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """All facts as a table for readers, a row a fact, with figure, topics, who says so and where.

    The index, `anchor`, is each row's permanent address on the page: "fact:" with the fact's id.
    """
    names = topics.set_index("topic")["name"]
    figure = [in_words(f.value, f.precision, f.unit) if f.kind == "figure" else "" for f in facts.itertuples()]
    return pd.DataFrame(
        {
            "Fact": facts["statement"],
            "Figure": figure,
            "Kind": facts["kind"],
            "Topics": ["; ".join(names[t] for t in ids) for ids in facts["topics"]],
            "Says": facts["says"],
            "Meeting": [day(m) for m in facts["meeting"]],
            "Source": facts["cite"],
        }
    ).set_index(pd.Index("fact:" + facts["fact"], name="anchor"))


def slips_table(slips: pd.DataFrame) -> pd.DataFrame:
    """What the articles get wrong or garble, for readers: in paraphrase, with how we know.

    The index, `anchor`, is each row's permanent address on the page: "slip:" with the article and the slip's id.
    """
    return pd.DataFrame(
        {
            "What is wrong": slips["what"],
            "Kind": slips["kind"],
            "How we know": slips["how_known"],
            "Where": slips["cite"],
        }
    ).set_index(pd.Index("slip:" + slips["article"] + "/" + slips["id"], name="anchor"))


def corrections_table(corrections: pd.DataFrame) -> pd.DataFrame:
    """What we had wrong ourselves and corrected, for readers; a row a correction."""
    return pd.DataFrame(
        {
            "Date": [day(date.date()) for date in corrections["date"]],
            "What we said": corrections["before"],
            "What we say now": corrections["after"],
            "Why": corrections["reason"],
            "Charts and tables": ["; ".join(charts) for charts in corrections["charts"]],
        }
    )


def record_card(facts: pd.DataFrame, fact: str) -> pd.DataFrame:
    """One fact as the record holds it: field and content, the fields that were left out not shown."""
    row = facts.set_index("fact").loc[fact].drop(["start", "end"])
    told = {name: _as_text(value) for name, value in row.items()}
    held = {name: text for name, text in told.items() if text}
    return pd.DataFrame({"Field": list(held), "What the record holds": list(held.values())})


def _as_text(value: object) -> str:
    """What a field holds; empty where it was left out."""
    if isinstance(value, list):
        return "; ".join(value)
    if is_bool(value):
        return "true" if value else ""
    if isinstance(value, pd.Timestamp):
        return day(value.date())
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    return "" if pd.isna(value) else str(value)
