"""Agreement between the two codings: against a value worked out by hand, at its edges, and on the real passages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from securitytalks.claims.agreement import ALL_TOPICS, coding_agreement, disagreements
from securitytalks.records.frames import load_passages, load_topics

TOPICS = pd.DataFrame({"topic": ["arms", "drugs", "money"], "name": ["Arms", "Drugs", "Money"]})


def passages(first: list[list[str]], second: list[list[str]], boilerplate: list[bool] | None = None) -> pd.DataFrame:
    """Passages that two coders coded so."""
    count = len(first)
    plain = dict.fromkeys(("article", "outlet", "gist", "reason", "cite"), ["x"] * count)
    rows = {"paragraph": range(1, count + 1), "boilerplate": boilerplate or [False] * count}
    return pd.DataFrame(plain | rows | {"first": first, "second": second, "settled": first})


def nominal_alpha(first: list[int], second: list[int]) -> float:
    """Krippendorff's alpha of two coders without a gap, from its definition: 1 - observed / expected disagreement."""
    values = np.array([*first, *second])
    observed = np.mean(np.array(first) != np.array(second))
    ones = values.sum()
    expected = 2 * ones * (len(values) - ones) / (len(values) * (len(values) - 1))
    return float(1 - observed / expected)


def test_alpha_is_the_one_of_the_definition() -> None:
    first = [["arms"], ["arms"], ["arms", "drugs"], ["drugs"], ["drugs"], ["arms"]]
    second = [["arms"], ["drugs"], ["arms"], ["drugs"], ["drugs"], ["arms", "drugs"]]
    table = coding_agreement(passages(first, second), topics=TOPICS).set_index("topic")
    arms = table.loc["arms"]
    assert (arms["first"], arms["second"], arms["both"], arms["passages"]) == (4, 3, 3, 6)
    assert arms["agreement"] == pytest.approx(5 / 6)
    assert arms["alpha"] == pytest.approx(nominal_alpha([1, 1, 1, 0, 0, 1], [1, 0, 1, 0, 0, 1]))
    whole = table.loc[ALL_TOPICS]
    assert (whole["first"], whole["second"], whole["both"], whole["passages"]) == (7, 7, 5, 6)
    assert whole["agreement"] == pytest.approx(3 / 6), "three of six passages have the very same topics"
    marks = [[int(t in coding) for coding in codings for t in TOPICS["topic"]] for codings in (first, second)]
    assert whole["alpha"] == pytest.approx(nominal_alpha(*marks))


@pytest.mark.parametrize(
    ("topic", "why"), [("money", "nobody used this topic"), ("arms", "both gave it to every passage")]
)
def test_a_topic_that_all_passages_have_or_none_has_a_reason_and_no_alpha(topic: str, why: str) -> None:
    codings = [["arms"], ["arms", "drugs"]]
    row = coding_agreement(passages(codings, codings), topics=TOPICS).set_index("topic").loc[topic]
    assert np.isnan(row["alpha"])
    assert row["why"] == why
    assert row["agreement"] == 1


def test_the_same_codings_agree_fully_and_opposite_ones_less_than_chance() -> None:
    same = coding_agreement(passages([["arms"], ["drugs"]], [["arms"], ["drugs"]]), topics=TOPICS).set_index("topic")
    assert same.loc["arms", "alpha"] == 1
    assert pd.isna(same.loc["arms", "why"])
    swapped = coding_agreement(passages([["arms"], ["drugs"]], [["drugs"], ["arms"]]), topics=TOPICS).set_index("topic")
    assert swapped.loc["arms", "alpha"] < 0


@pytest.mark.parametrize(
    "frame",
    [passages([["arms"]], [[]]), passages([["arms"]], [["arms"]], [True]), passages([], [])],
    ids=["coded once", "boilerplate", "no passage"],
)
def test_passages_that_were_not_coded_twice_are_left_out(frame: pd.DataFrame) -> None:
    table = coding_agreement(frame, topics=TOPICS)
    assert table["passages"].eq(0).all()
    assert table[["agreement", "alpha"]].isna().all(axis=None)
    assert table["why"].eq("no passage was coded twice").all()


def test_the_order_of_topics_is_no_disagreement() -> None:
    frame = passages([["arms", "drugs"], ["arms"]], [["drugs", "arms"], ["arms", "money"]])
    assert disagreements(frame)["paragraph"].tolist() == [2]


def test_nothing_given_is_changed() -> None:
    frame = passages([["arms"], ["drugs"]], [["arms"], ["arms"]])
    before = frame.copy(deep=True)
    coding_agreement(frame, topics=TOPICS)
    disagreements(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_the_interval_holds_alpha_and_is_the_same_in_every_run() -> None:
    table = coding_agreement(load_passages(), topics=load_topics())
    known = table[table["alpha"].notna()]
    assert (known["low"] <= known["alpha"] + 1e-9).all()
    assert (known["alpha"] <= known["high"] + 1e-9).all()
    pd.testing.assert_frame_equal(table, coding_agreement(load_passages(), topics=load_topics()))
    pooled = known[known["topic"] == ALL_TOPICS].iloc[0]
    assert (round(pooled["low"], 2), round(pooled["high"], 2)) == (0.89, 0.97)


def test_ac1_stays_high_for_a_rare_topic_on_which_nearly_all_agree() -> None:
    first, second = [["arms"]] + [["drugs"]] * 99, [["drugs"]] * 100
    row = coding_agreement(passages(first, second), topics=TOPICS).set_index("topic").loc["arms"]
    share = 0.005  # one mark of the two hundred
    chance = 2 * share * (1 - share)
    assert row["ac1"] == pytest.approx((0.99 - chance) / (1 - chance))
    assert row["alpha"] < 0.01 < 0.98 < row["ac1"]


def test_the_real_passages_were_coded_twice_and_every_disagreement_is_settled_with_a_reason() -> None:
    frame = load_passages()
    table = coding_agreement(frame, topics=load_topics())
    assert table["topic"].tolist() == [*load_topics()["topic"], ALL_TOPICS]
    assert table["passages"].eq((~frame["boilerplate"]).sum()).all()
    assert table["alpha"].isna().equals(table["why"].notna())
    differ = disagreements(frame)
    assert 0 < len(differ) < len(frame), "two passes that never differ are not two"
    assert differ["reason"].notna().all()
    shared = 1 - len(differ) / (~frame["boilerplate"]).sum()
    assert table["agreement"].iloc[-1] == pytest.approx(shared)
