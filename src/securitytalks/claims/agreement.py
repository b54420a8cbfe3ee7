"""How far two coders agree on what the passages are about."""

from __future__ import annotations

import krippendorff
import numpy as np
import pandas as pd

from ..words.language import Texts

ALL_TOPICS = "all topics"
DRAWS, SEED = 2000, 20231005  # the draws of the bootstrap; the seed keeps a run the same as the one before


def coding_agreement(passages: pd.DataFrame, *, topics: pd.DataFrame) -> pd.DataFrame:
    """Compare the first coding with the second, topic by topic and over all topics.

    Takes the frames of `load_passages` and `load_topics`. One row a topic, then one for all of them. Columns: `topic`,
    `name`, `first` and `second` (passages to which that coding gave the topic), `both` (to which both did), `passages`
    (passages that both coded, boilerplate left out), `agreement` (share of those on which the two decided the same),
    `alpha` (Krippendorff's alpha for nominal data, by the `krippendorff` package, on yes or no for each passage), `why`
    (why there is no alpha, or missing), `low` and `high` (the middle 95 percent of alpha when passages are drawn again
    with a fixed seed; missing where there is no alpha), `ac1` (Gwet's AC1 for the same decisions: for a rare topic it
    stays high where both agree, while alpha hangs on one or two passages).

    In the row for all topics `first`, `second` and `both` count marks, `agreement` is the share of passages with the
    very same topics, and `alpha` pools the decisions on every passage and topic. Alpha is 1 where the codings are the
    same and 0 where they agree no more than by chance. It says how repeatable the coding is, not that it is right.
    """
    coded = passages.loc[~passages["boilerplate"] & passages["first"].map(bool) & passages["second"].map(bool)]
    first, second = _marks(coded["first"], topics["topic"]), _marks(coded["second"], topics["topic"])
    rows = [
        {"topic": topic, "name": name} | _row(first[:, [column]], second[:, [column]])
        for column, (topic, name) in enumerate(zip(topics["topic"], topics["name"], strict=True))
    ]
    rows.append({"topic": ALL_TOPICS, "name": Texts("agreement")("all_topics")} | _row(first, second))
    return pd.DataFrame(rows).astype({"why": "str"})


def disagreements(passages: pd.DataFrame) -> pd.DataFrame:
    """The passages that the two coders saw differently, and how and why it was settled.

    Takes the frame of `load_passages`. Columns: `article`, `outlet`, `paragraph`, `gist`, `first`, `second`, `settled`
    (lists of topics), `reason`, `cite`.
    """
    differ = [set(first) != set(second) for first, second in zip(passages["first"], passages["second"], strict=True)]
    columns = ["article", "outlet", "paragraph", "gist", "first", "second", "settled", "reason", "cite"]
    return passages.loc[differ, columns].reset_index(drop=True)


def _marks(codings: pd.Series, topics: pd.Series) -> np.ndarray:
    """One row a passage, one column a topic: 1 where the coding gives the topic, else 0."""
    marks = [[int(topic in coding) for topic in topics] for coding in codings]
    return np.array(marks, dtype=int).reshape(len(codings), len(topics))


def _row(first: np.ndarray, second: np.ndarray) -> dict[str, object]:
    alpha, why = nominal_alpha(np.stack([first.ravel(), second.ravel()]).astype(float))
    low, high = (np.nan, np.nan) if why else _interval(first, second)
    return {
        "first": int(first.sum()),
        "second": int(second.sum()),
        "both": int((first & second).sum()),
        "passages": len(first),
        "agreement": float((first == second).all(axis=1).mean()) if len(first) else np.nan,
        "alpha": alpha,
        "why": why or None,
        "low": low,
        "high": high,
        "ac1": _ac1(first, second),
    }


def _interval(first: np.ndarray, second: np.ndarray) -> tuple[float, float]:
    """The middle 95 percent of alpha when whole passages are drawn again, as many as there are.

    A passage is drawn with all its decisions, since they depend on one another. Passages that differ as much and have
    as many marks count alike, so the draws are of how many passages of each kind there are. Draws in which nothing
    varies have no alpha and are left out.
    """
    kinds = np.column_stack([(first != second).sum(axis=1), (first + second).sum(axis=1)])
    kinds, sizes = np.unique(kinds, axis=0, return_counts=True)
    drawn = np.random.default_rng(SEED).multinomial(len(first), sizes / len(first), size=DRAWS)
    decisions = 2 * first.size
    differ, ones = (drawn @ kinds).T
    varied = (ones > 0) & (ones < decisions)
    differ, ones = differ[varied], ones[varied]
    # Alpha of two coders without a gap is 1 - observed / expected disagreement, in closed form.
    alphas = 1 - (differ / first.size) / (2 * ones * (decisions - ones) / (decisions * (decisions - 1)))
    low, high = np.quantile(alphas, [0.025, 0.975])
    return float(low), float(high)


def _ac1(first: np.ndarray, second: np.ndarray) -> float:
    """Gwet's AC1 of two coders on yes or no.

    Source: K. Gwet (2008), British Journal of Mathematical and Statistical Psychology 61.
    """
    if not first.size:
        return np.nan
    used = (first.mean() + second.mean()) / 2
    chance = 2 * used * (1 - used)
    return float(((first == second).mean() - chance) / (1 - chance))


def nominal_alpha(coders: np.ndarray) -> tuple[float, str]:
    """Krippendorff's alpha of nominal decisions, or missing with the reason why there is none.

    `coders` has one row for each coder and one column for each decision (1 or 0; missing where the coder made none).

    >>> nominal_alpha(np.array([[1.0, 0.0, np.nan], [np.nan, np.nan, 1.0]]))
    (nan, 'no passage was coded twice')
    """
    texts, paired = Texts("agreement"), coders[:, (~np.isnan(coders)).sum(axis=0) > 1]
    if not paired.size:
        return np.nan, texts("not_twice")
    low, high = np.nanmin(paired), np.nanmax(paired)
    if low == high:
        return np.nan, texts("never_used" if high == 0 else "always_used")
    return float(krippendorff.alpha(paired, level_of_measurement="nominal")), ""
