"""The claims about deaths, with the numbers that charts and comparisons need."""

from __future__ import annotations

import pandas as pd

from ..words.cites import article_of
from ..words.numbers import floor_to, in_words

YEAR = pd.Timedelta(days=365.25)


MEASURES_OF_DEATH = ("killed-in-mexico", "us-overdose-deaths", "us-fentanyl-deaths", "migrants-dead-or-missing")


def claims_about(facts: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The claims about one measure, by date of the article; adds `words` and `where` (outlet and date).

    Raises ValueError where no article has one.
    """
    claims = death_claims(facts)
    claims = claims[claims["measures"].eq(measure)].sort_values("published", kind="stable").reset_index(drop=True)
    if claims.empty:
        raise ValueError(
            f"no claim to hold against the record: no fact has measures = {measure!r}; see seeds/README.md"
        )
    return claims.assign(where=claims["cite"].map(article_of))


def death_claims(facts: pd.DataFrame) -> pd.DataFrame:
    """The figures that count deaths, stocks first; adds `words`, `a_year` (people) and `a_year_words`.

    The average of a running total is taken over the longest window its words allow and cut down, so that a lower bound
    stays a lower bound. Derived by us.
    """
    counted = facts["unit"].isin(["people", "deaths", "deaths a year"])
    claims = facts[facts["measures"].isin(MEASURES_OF_DEATH) & counted].copy()
    if claims.empty:
        raise ValueError("no figure counts deaths: no fact has a `measures` code of deaths; see seeds/README.md")
    claims["order"] = claims["stock_or_flow"].map({"stock": 0, "flow": 1})
    claims = claims.sort_values(["order", "measures", "published"], kind="stable").drop(columns="order")
    claims["words"] = [in_words(c.value, c.precision, c.unit) for c in claims.itertuples()]
    years = (claims["end"] - claims["start"]) / YEAR
    stock = claims["stock_or_flow"].eq("stock")
    claims["a_year"] = [
        floor_to(value / span) if is_stock else value
        for value, span, is_stock in zip(claims["value"], years, stock, strict=True)
    ]
    claims["a_year_words"] = [
        # The missing are not known to be dead.
        f"{in_words(c.a_year, c.precision, 'people')} a year"
        if c.measures == "migrants-dead-or-missing"
        else in_words(c.a_year, c.precision, "deaths a year")
        for c in claims.itertuples()
    ]
    return claims.reset_index(drop=True)
