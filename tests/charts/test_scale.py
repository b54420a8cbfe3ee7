"""Every chart can be read with fifty articles, and says what is missing where the records have nothing for it."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path

import pytest
from kit.charts import Frames, every_chart, frames_of

import helpers

ROOT = Path(__file__).resolve().parents[2]
CASES = tomllib.loads(Path(__file__).with_name("without.toml").read_text(encoding="utf-8"))["cases"]
TALLEST = 1_800  # px: two screens
# What the note of a chart says where it draws a part of the records or puts some together.
LIMITED = "The chart shows", "A mark stands for up to", "The chart compares"
# These show few records however many articles there are: one pair, one row a topic, official counts, a box for each of
# four plans.
NOT_LIMITED = {"fentanyl_cross_check", "agreement_by_topic", "homicides_by_year"}
NOT_LIMITED |= {"two_accounts", "meetings_timeline", "funding_against_priorities"}
# Official counts, and the pairs that take seconds to compare; neither is empty in any case.
ALWAYS_DRAWN = {"homicides_by_year", "can_i_compare"}
OURS = frames_of(ROOT / "seeds")


@pytest.fixture(scope="module")
def fifty(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """The frames of fifty made-up articles on twelve meetings."""
    write_seeds = runpy.run_path(str(ROOT / "benchmarks" / "articles.py"))["write_seeds"]
    return frames_of(write_seeds(tmp_path_factory.mktemp("many") / "seeds", 50, meetings=12))


def frames_without(case: dict) -> Frames:
    """Our frames without what a case leaves out."""
    facts = OURS["facts"]
    for column, values in case.get("drop", {}).items():
        facts = facts[~facts[column].isin(values)]
    frames = OURS | {"facts": facts.reset_index(drop=True)}
    if "empty" in case:
        frames[case["empty"]] = frames[case["empty"]].head(0)
    return frames


def test_charts_of_fifty_articles_can_be_read_and_say_what_they_limit(fifty: Frames) -> None:
    for name, draw in every_chart(fifty).items():
        fig = draw()
        meta = fig.layout.meta
        assert fig.layout.height <= TALLEST, name
        assert len(meta["source"]) < 500, f"{name}: a source line names a few articles and counts the others"
        if name not in NOT_LIMITED:
            assert any(words in meta["note"] for words in LIMITED), f"{name}: {meta['note']}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_chart_without_records_says_what_is_missing(case: dict) -> None:
    for name, draw in every_chart(frames_without(case)).items():
        if name in ALWAYS_DRAWN:
            continue
        fig = draw()
        expected = case["missing"].get(name)
        empty = any(note.text == "No data" for note in fig.layout.annotations)
        assert empty == (expected is not None), f"{name}: {fig.layout.meta['finding']}"
        if expected:
            assert fig.layout.meta["finding"] == expected
            assert fig.layout.meta["rows"]


def test_tables_without_records_have_their_columns_and_no_rows() -> None:
    facts = frames_without(CASES[0])["facts"]
    assert helpers.who_counts(facts).columns[0] == "Figure"
    assert helpers.who_counts(facts).empty
    without_money = facts[facts["unit"].ne("US dollars")]
    assert "not stated" in set(helpers.money_table(without_money)["Sum"])
