"""What is shown of claims and figures when there are more than a reader can see, and a sentence that says so."""

from __future__ import annotations

import pandas as pd

from ..words.language import Texts

SAME_CLAIM = ["measures", "value", "precision", "unit", "window_start", "window_end"]
SAME_FIGURE = ["label", *SAME_CLAIM]


def most_reported(
    claims: pd.DataFrame, most: int, *, same: list[str] = SAME_CLAIM, note: str = "claims"
) -> tuple[pd.DataFrame, str]:
    """At most so many claims, in their order, and a note: those that most articles report, then the newest.

    Claims that are alike in the columns `same` are one where there are more than `most`. `note` names the sentence in
    words/en.toml.
    """
    if len(claims) <= most:
        return claims, ""
    kept = claims.assign(reports=claims.groupby(same, dropna=False)["fact"].transform("size")).drop_duplicates(same)
    chosen = kept.sort_values(["reports", "published"], ascending=False, kind="stable").head(most).index
    return claims.loc[claims.index.isin(chosen)], Texts("limits")(note, drawn=len(chosen), count=len(claims))
