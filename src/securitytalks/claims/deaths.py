"""The claims about deaths, with the numbers that charts and comparisons need."""

from __future__ import annotations

import pandas as pd

from ..words.cites import article_of
from ..words.language import missing
from ..words.numbers import in_words

MEASURES_OF_DEATH = ("killed-in-mexico", "us-overdose-deaths", "us-fentanyl-deaths", "migrants-dead-or-missing")


def claims_about(facts: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The claims about one measure, by date of the article; adds `words` and `where` (outlet and date).

    Raises NoData where no article has one.
    """
    claims = death_claims(facts)
    claims = claims[claims["measures"].eq(measure)].sort_values("published", kind="stable").reset_index(drop=True)
    if claims.empty:
        raise missing("claims_about", measure=measure)
    return claims.assign(where=claims["cite"].map(article_of))


def death_claims(facts: pd.DataFrame) -> pd.DataFrame:
    """The figures that count deaths, stocks first; adds `words`. Raises NoData where there is none."""
    counted = facts["unit"].isin(["people", "deaths", "deaths a year"])
    claims = facts[facts["measures"].isin(MEASURES_OF_DEATH) & counted].copy()
    if claims.empty:
        raise missing("death_claims")
    claims["order"] = claims["stock_or_flow"].map({"stock": 0, "flow": 1})
    claims = claims.sort_values(["order", "measures", "published"], kind="stable").drop(columns="order")
    claims["words"] = [in_words(c.value, c.precision, c.unit) for c in claims.itertuples()]
    return claims.reset_index(drop=True)
