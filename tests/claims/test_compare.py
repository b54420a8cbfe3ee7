"""Which figures may be compared: every rule alone, and all pairs of the records."""

from __future__ import annotations

import pandas as pd
import pytest
from kit.charts import with_plain_spaces

from securitytalks.claims.checks import official_figures
from securitytalks.claims.compare import (
    NO,
    RULES,
    SIDE_BY_SIDE,
    YES,
    bound_minus_bound,
    comparable,
    compared_figures,
    different_definition,
    different_money,
    different_place,
    different_unit,
    different_window,
    no_common_whole,
    reasons,
    share_of_it,
    stock_against_flow,
)
from securitytalks.records.frames import load_facts


def figure(**changes: object) -> dict[str, object]:
    """A running total of people killed in Mexico, with what a test changes."""
    same = {
        "fact": "paper/killed",
        "label": "Killed",
        "value": 300_000,
        "precision": "exact",
        "unit": "people",
        "counts": "a person killed",
        "stock_or_flow": "stock",
        "share_of": None,
        "base": None,
        "measures": "killed-in-mexico",
        "programme": None,
        "money_status": None,
        "place": "Mexico",
        "start": pd.Timestamp(2006, 1, 1),
        "end": pd.Timestamp(2021, 10, 8),
        "window_start": "2006",
        "window_end": "2021-10-08",
        "window_inferred": False,
    }
    assert set(changes) <= set(same)
    return same | {"fact": "paper/other"} | changes


MONEY = {"unit": "US dollars", "measures": None, "money_status": "paid", "value": 3e9}
SHARE = {"unit": "share", "measures": None, "value": 0.5, "stock_or_flow": "neither"}
RANK = {"unit": "rank", "measures": None, "value": 1, "stock_or_flow": "neither"}

# rule, changes to the first figure, changes to the second, verdict, words of the reason
CASES = [
    (different_unit, {}, MONEY, NO, "the first counts people, the second is a sum of dollars"),
    (different_unit, {}, SHARE, NO, "the second is a share"),
    (different_unit, {}, RANK, NO, "the second is a rank"),
    (different_unit, {}, {"unit": "doses"}, NO, "the second counts doses"),
    (different_unit, {}, {"unit": "deaths a year"}, None, ""),  # a death is a person
    (no_common_whole, SHARE, SHARE, NO, "shares without a common whole"),
    (no_common_whole, SHARE | {"base": "a"}, SHARE | {"base": "b"}, NO, "shares without a common whole"),
    (no_common_whole, SHARE | {"base": "a"}, SHARE | {"base": "a"}, None, ""),
    (no_common_whole, RANK, RANK, NO, "ranks without a common whole"),
    (no_common_whole, {}, {}, None, ""),
    (different_money, MONEY, MONEY | {"money_status": "requested"}, NO, "the first was paid, the second requested"),
    (different_money, MONEY | {"programme": "merida"}, MONEY | {"programme": "framework"}, NO, "different programmes"),
    (different_money, MONEY | {"programme": "merida"}, MONEY, None, ""),
    (different_money, {}, {}, None, ""),
    (stock_against_flow, {}, {"stock_or_flow": "flow"}, NO, "a running total, the second is a count for one period"),
    (stock_against_flow, {}, {"stock_or_flow": "neither"}, NO, "neither a running total nor"),
    (stock_against_flow, {}, {}, None, ""),
    (different_definition, {}, {"measures": "migrants-dead-or-missing"}, NO, "nothing shows"),
    (different_definition, {}, {"measures": None}, NO, "nothing shows"),
    (different_definition, {"measures": None}, {"measures": None}, NO, "nothing shows"),
    (different_definition, {"measures": "us-overdose-deaths"}, {"measures": None}, NO, "nothing shows"),
    (different_definition, {}, {"measures": "homicides-in-mexico"}, SIDE_BY_SIDE, "the first counts a part of"),
    (different_definition, {"measures": "homicides-in-mexico"}, {}, SIDE_BY_SIDE, "the second counts a part of"),
    (different_definition, {}, {}, None, ""),
    (different_definition, MONEY, MONEY, None, ""),
    (different_place, {}, {"place": "United States"}, NO, "the first is for Mexico, the second for the United States"),
    (different_place, {}, {"place": None}, None, ""),
    (different_place, {}, {}, None, ""),
    (
        different_window,
        {},
        {"end": pd.Timestamp(2023, 10, 5), "window_end": "2023-10-05"},
        SIDE_BY_SIDE,
        "the first is for 2006 to 8 Oct 2021, the second is for 2006 to 5 Oct 2023",
    ),
    (
        different_window,
        {},
        {"start": pd.NaT, "window_start": None},
        SIDE_BY_SIDE,
        "the second is for all the time up to 8 Oct 2021",
    ),
    (
        different_window,
        {"window_inferred": True},
        {},
        SIDE_BY_SIDE,
        "the first has no dates in its article, the second is for 2006 to 8 Oct 2021",
    ),
    (different_window, {}, {}, None, ""),
    (bound_minus_bound, {"precision": "more than"}, {"precision": "at least"}, SIDE_BY_SIDE, "means nothing"),
    (bound_minus_bound, {"precision": "up to"}, {"precision": "less than"}, SIDE_BY_SIDE, "means nothing"),
    (bound_minus_bound, {"precision": "more than"}, {"precision": "up to"}, None, ""),
    (bound_minus_bound, {"precision": "more than"}, {}, None, ""),
    (share_of_it, SHARE | {"share_of": "paper/whole"}, {"fact": "paper/whole"}, SIDE_BY_SIDE, "share of the second"),
    (share_of_it, {"fact": "paper/whole"}, SHARE | {"share_of": "paper/whole"}, SIDE_BY_SIDE, "share of the first"),
    (share_of_it, SHARE, {}, None, ""),
]


@pytest.mark.parametrize(("rule", "one", "two", "verdict", "words"), CASES)
def test_each_rule(rule: object, one: dict, two: dict, verdict: str | None, words: str) -> None:
    reason = rule(figure(**one), figure(**two))
    assert (reason and reason.verdict) == verdict
    if reason:
        assert words in with_plain_spaces(reason.text)


def test_every_rule_is_tried_here() -> None:
    assert {rule for rule, *_ in CASES} == {share_of_it, different_unit, *RULES}


@pytest.mark.parametrize(("rule", "one", "two", "verdict", "words"), CASES)
def test_a_rule_does_not_care_which_comes_first(
    rule: object, one: dict, two: dict, verdict: str | None, words: str
) -> None:
    reason = rule(figure(**two), figure(**one))
    assert (reason and reason.verdict) == verdict


def test_reasons_come_in_order_and_the_softer_ones_are_left_out() -> None:
    other = {"stock_or_flow": "flow", "place": "China", "precision": "more than", "end": pd.Timestamp(2023, 1, 1)}
    codes = [reason.code for reason in reasons(figure(precision="more than"), figure(**other))]
    assert codes == ["stock or flow", "place"]


def test_another_unit_is_reason_enough() -> None:
    assert [reason.code for reason in reasons(figure(), figure(**MONEY, place="China"))] == ["unit"]


# ------------------------------------------------------------------------------------------------------- the records


@pytest.fixture(scope="module")
def pairs() -> pd.DataFrame:
    return comparable(load_facts(), official_figures())


def verdict_of(pairs: pd.DataFrame, a: str, b: str) -> tuple[str, list[str], str]:
    found = pairs[((pairs["a"] == a) & (pairs["b"] == b)) | ((pairs["a"] == b) & (pairs["b"] == a))]
    assert len(found) == 1, (a, b)
    row = found.iloc[0]
    return row["verdict"], row["reasons"], row["reason"]


def test_all_pairs_stand_once(pairs: pd.DataFrame) -> None:
    figures = pd.concat([compared_figures(load_facts())["fact"], official_figures()["fact"]])
    assert figures.is_unique
    assert len(pairs) == len(figures) * (len(figures) - 1) // 2
    assert not pairs[["a", "b"]].apply(frozenset, axis=1).duplicated().any()


def test_every_pair_has_a_verdict_and_says_why_in_a_sentence(pairs: pd.DataFrame) -> None:
    assert {SIDE_BY_SIDE, NO} <= set(pairs["verdict"]) <= {YES, SIDE_BY_SIDE, NO}
    assert (pairs["reasons"].map(len).gt(0) == pairs["verdict"].ne(YES)).all()
    for row in pairs.itertuples():
        assert with_plain_spaces(row.reason).startswith(with_plain_spaces(f"{row.a_words} and {row.b_words}: "))
        assert row.reason.endswith(".")
        assert "None" not in row.reason
        assert "nan" not in row.reason


def test_the_two_bounds_of_the_killed_are_never_subtracted(pairs: pd.DataFrame) -> None:
    verdict, codes, _ = verdict_of(pairs, "newsday-afp/killed-since-2006", "urdupoint/killed-since-2006")
    assert (verdict, codes) == (SIDE_BY_SIDE, ["window", "bound minus bound"])


def test_money_of_different_status_is_never_set_together(pairs: pd.DataFrame) -> None:
    money = ("newsday-afp/merida-money", "newsday-afp/root-causes-request", "latin-post/gun-suit")
    for a, b in [(money[0], money[1]), (money[0], money[2]), (money[1], money[2])]:
        verdict, codes, _ = verdict_of(pairs, a, b)
        assert verdict == NO
        assert codes[0] == "status of money"


def test_a_running_total_and_a_year_are_not_compared(pairs: pd.DataFrame) -> None:
    verdict, codes, _ = verdict_of(pairs, "urdupoint/killed-since-2006", "urdupoint/overdose-deaths")
    assert verdict == NO
    assert codes[0] == "stock or flow"


def test_deaths_with_fentanyl_are_a_part_of_overdose_deaths(pairs: pd.DataFrame) -> None:
    verdict, codes, _ = verdict_of(pairs, "latin-post/fentanyl-deaths", "urdupoint/overdose-deaths")
    assert (verdict, codes) == (SIDE_BY_SIDE, ["definition", "window"])


def test_the_share_and_its_whole_belong_together(pairs: pd.DataFrame) -> None:
    verdict, codes, _ = verdict_of(pairs, "urdupoint/fentanyl-share", "urdupoint/overdose-deaths")
    assert (verdict, codes) == (SIDE_BY_SIDE, ["share of it"])


def test_a_figure_meets_the_official_figure_of_the_same_thing(pairs: pd.DataFrame) -> None:
    official = "record/mexico-homicides/inegi/2022"
    assert verdict_of(pairs, "urdupoint/killed-since-2006", official)[:2] == (SIDE_BY_SIDE, ["definition", "window"])


def test_trivial_counts_stay_out() -> None:
    kept = set(compared_figures(load_facts())["fact"])
    assert "urdupoint/other-sons" not in kept
    assert "al-arabiya/two-maps" not in kept
    assert "newsday-ap/merida-duration" not in kept
    assert "al-arabiya/second-round" not in kept
    assert {"urdupoint/killer-rank", "urdupoint/fentanyl-share", "newsday-afp/migrants-stopped"} <= kept


def test_comparing_changes_nothing() -> None:
    facts = load_facts()
    before = facts.copy(deep=True)
    comparable(facts)
    pd.testing.assert_frame_equal(facts, before)
