"""Claims against the official record: verdicts that follow from the numbers, and faults where they do not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from kit.seeds import SEEDS, add_sixth, edit

from securitytalks.claims.checks import COLUMNS, load_checks, official_figures, read_checks
from securitytalks.claims.verdicts import OF_SLIP, fits, relation_of
from securitytalks.official.frames import load_record
from securitytalks.records.faults import SeedError
from securitytalks.records.frames import load_answers, load_facts, load_slips
from securitytalks.records.schema import PART_OF, Precision, SlipKind, Verdict
from securitytalks.words.numbers import rounding_band

FIGURES = [resolved for resolved in read_checks() if resolved.slip is None]

# ---------------------------------------------------------------------------------------------------------- the frame


@pytest.fixture(scope="module")
def checks() -> pd.DataFrame:
    return load_checks().set_index("check", drop=False)


def test_one_row_a_check_of_every_article(checks: pd.DataFrame) -> None:
    written = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (SEEDS / "articles").glob("*.toml")]
    expected = {f"{file['article']['id']}/{check['id']}" for file in written for check in file.get("checks", [])}
    assert set(checks["check"]) == expected
    assert list(checks.columns) == COLUMNS
    assert set(checks["article"]) == {file["article"]["id"] for file in written}


def test_every_row_is_a_card_that_can_be_read(checks: pd.DataFrame) -> None:
    for name in ("cite", "claim", "why"):
        assert checks[name].str.len().gt(0).all()
    checked = checks[checks["kind"] != "not checked"]
    assert checked[["official", "source", "read_from", "grade"]].notna().all().all()
    assert checks.loc[checks["kind"] == "not checked", ["official", "source", "grade"]].isna().all().all()
    assert checks["topics"].map(len).gt(0).all()
    series = checks[checks["series"].notna()]
    assert series[["column", "period", "official_value", "official_counts", "official_window"]].notna().all().all()
    assert set(checks.explode("verdicts")["verdicts"]) <= set(get_args(Verdict))


def test_rows_stand_in_order(checks: pd.DataFrame) -> None:
    assert checks["published"].is_monotonic_increasing
    assert checks.groupby("article")["paragraph"].apply(lambda numbers: numbers.is_monotonic_increasing).all()


EXPECTED = {
    "newsday-afp/killed": ("352,208 homicides", ["cannot be checked"]),
    "urdupoint/killed": ("421,195 homicides", ["close to a wider count"]),
    "newsday-afp/merida-money": ("about $3 billion spent", ["agrees with a different thing"]),
    "newsday-afp/root-causes-request": (None, ["matches its named source"]),
    "newsday-afp/biden-title": (None, ["wrong title"]),
    "newsday-ap/merida-duration": (None, ["agrees"]),
    "newsday-ap/joint-statement-altered": (None, ["wording altered"]),
    "newsday-ap/success-reversed": (None, ["wording altered"]),
    "al-arabiya/doses-place": (None, ["wording altered"]),
    "al-arabiya/violence-falls": ("from 36,773 homicides to 35,700 homicides", ["agrees with a different thing"]),
    "urdupoint/overdose-deaths": ("110,084 deaths", ["matches its named source"]),
    "urdupoint/fentanyl-share": ("69%", ["matches its named source"]),
    "urdupoint/migrants-dead-or-missing": ("8,238 people", ["matches its named source"]),
    "urdupoint/migrants-via-mexico": ("57.6%", ["matches its named source"]),
    "latin-post/fentanyl-deaths": (None, ["cannot be checked"]),
    "al-arabiya/operation-length": (None, ["matches its named source"]),
    "al-arabiya/gun-offence-first": (None, ["said by one side"]),
    "latin-post/special-group-whose": (None, ["no source named"]),
}


@pytest.mark.parametrize("check", EXPECTED)
def test_what_the_record_says_to_each_claim(checks: pd.DataFrame, check: str) -> None:
    figure, verdicts = EXPECTED[check]
    assert checks.loc[check, "verdicts"] == verdicts
    if figure:
        assert checks.loc[check, "official"] == figure


def test_grades_and_sums_are_marked(checks: pd.DataFrame) -> None:
    killed = checks.loc["urdupoint/killed"]
    assert (killed["grade"], killed["derived"], killed["official_window"]) == ("B", True, "2007 to 2022")
    overdose = checks.loc["urdupoint/overdose-deaths"]
    assert (overdose["grade"], overdose["derived"]) == ("A", False)
    assert overdose["official_window"] == "the twelve months ending Mar 2023"
    assert overdose["claim_window"] == "Mar 2022 to Mar 2023"


def test_the_record_of_overdose_deaths_was_beaten_before_the_article(checks: pd.DataFrame) -> None:
    beside = checks.loc["urdupoint/overdose-record", "beside"]
    assert [text.split(" deaths")[0] for text in beside] == ["111,355", "112,966"]


def test_reworded_quotations_are_recorded_as_slips(checks: pd.DataFrame) -> None:
    altered = load_slips().query("kind == 'altered quotation'")
    told = checks[checks["verdicts"].map(lambda verdicts: verdicts == ["wording altered"])]
    assert set(told["slip"]) == set(altered["article"] + "/" + altered["id"])


# ------------------------------------------------------------------------------------------------------------ the rule


@pytest.mark.parametrize(
    ("claim", "precision", "official", "expected"),
    [
        (100, "exact", 100, True),
        (100, "exact", 101, False),
        (100, "about", 105, True),
        (100, "about", 95, True),
        (100, "about", 106, False),
        (100, "unspecified", 105, True),
        (100, "unspecified", 94, False),
        (100, "more than", 101, True),
        (100, "more than", 100, False),
        (100, "at least", 100, True),
        (100, "at least", 99, False),
        (0.5, "most", 0.576, True),
        (0.5, "most", 0.5, False),
        (100, "up to", 100, True),
        (100, "up to", 101, False),
        (100, "less than", 100, False),
        (100, "less than", 99, True),
    ],
)
def test_a_figure_fits_or_not(claim: float, precision: str, official: float, expected: bool) -> None:
    assert fits(claim, precision, official) == expected


def test_every_precision_can_be_judged() -> None:
    assert {fits(1, precision, 1) for precision in get_args(Precision)} == {True, False}


def test_relations_follow_from_the_measures() -> None:
    assert relation_of("us-overdose-deaths", "us-overdose-deaths") == "the same thing"
    assert relation_of("us-overdose-deaths", "homicides-in-mexico") == "a different thing"
    assert all(relation_of(part, whole) == "a narrower thing" for part, whole in PART_OF.items())


def test_slips_have_verdicts_of_their_own() -> None:
    assert set(OF_SLIP) <= set(get_args(SlipKind))


def test_what_the_wire_reported_is_carried_by_the_wire() -> None:
    facts = load_facts().query("article == 'latin-post' and paragraph in [2, 3, 4, 5, 6, 11, 12]")
    assert facts["via"].eq("Reuters via Latin Post").all()


# -------------------------------------------------------------------------------------------- a claim that is changed

URDUPOINT = "2023-10-05-urdupoint.toml"


def faults_after(seeds: Path, *edits: tuple[str, str]) -> list[str]:
    edit(seeds / "articles" / URDUPOINT, *edits)
    try:
        load_checks(seeds)
    except SeedError as error:
        return [str(fault) for fault in error.faults]
    return []


@pytest.mark.parametrize("value", ["100_000", "350_000", "600_000"])
def test_a_wider_count_decides_nothing_about_a_claim_that_is_not_close_to_it(seeds: Path, value: str) -> None:
    printed = ("more than 420,000", f"more than {int(value):,}")
    (fault,) = faults_after(seeds, ("value = 420_000", f"value = {value}"), printed)
    assert 'allowed ["cannot be checked"]' in fault


def test_the_period_of_a_wider_count_cannot_be_chosen(seeds: Path) -> None:
    chosen = 'reading = "running total", since = "2007", period = '
    faults = faults_after(seeds, (f'{chosen}"2022"', f'{chosen}"2021"'))
    assert 'period: found "2021"; allowed "2022"' in faults[0]


@pytest.mark.parametrize("check", ["overdose-deaths", "migrants-dead-or-missing"])
def test_a_claim_checked_against_the_source_that_it_names_only_matches_it(seeds: Path, check: str) -> None:
    text = (SEEDS / "articles" / URDUPOINT).read_text(encoding="utf-8")
    block = text[text.index(f'id = "{check}"\nfact') :].partition("\n\n")[0]
    faults = faults_after(seeds, (block, block.replace("same_source = true\n", "")))
    assert "same_source: found false" in faults[0]
    assert "do write same_source = true" in faults[0]


def test_a_claim_matches_a_named_source_only_where_its_record_names_one(checks: pd.DataFrame) -> None:
    says = load_facts().set_index("fact")["says"]
    matches = checks[checks["verdicts"].map(lambda verdicts: "matches its named source" in verdicts)]
    assert len(matches)
    assert [fact for fact in matches["fact"] if "naming no source" in says[fact]] == []


def test_twelve_months_that_round_to_the_claim_without_a_year_are_all_named() -> None:
    (resolved,) = (resolved for resolved in FIGURES if resolved.check.id == "fentanyl-deaths")
    (beside,) = resolved.beside
    known = load_record("us-overdose-12-months")
    known = known[known["end"] < pd.Timestamp(resolved.file.article.published)]
    assert beside.reference.period == known["period"].iloc[-1], "the last months before the article, whatever they show"
    low, high = rounding_band(resolved.fact.value)
    fitting = known.loc[known["synthetic_opioids"].between(low, high), "period"]
    above = known.loc[known["synthetic_opioids"].gt(high), "period"]
    named = "that end from {first} to {last}"
    for months in (fitting, above):
        first, last = (pd.Timestamp(month) for month in (months.iloc[0], months.iloc[-1]))
        same_year = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
        assert named.format(first=same_year, last=f"{last:%B %Y}") in resolved.check.why


def test_the_counts_behind_a_share_are_those_of_the_series(checks: pd.DataFrame) -> None:
    why = checks.loc["urdupoint/migrants-via-mexico", "why"]
    routes = load_record("missing-migrants-by-route").set_index("route")["dead_and_missing"]
    assert f"Of the {routes.sum():,} people recorded" in why
    assert f"{routes['US-Mexico border crossing']:,} are on the route" in why


def test_a_year_that_was_not_over_ends_on_the_day_of_the_count(checks: pd.DataFrame) -> None:
    migrants = checks.loc["urdupoint/migrants-dead-or-missing"]
    assert migrants["official_window"] == "2014 to 8 Oct 2023"
    assert [text.split(" people")[0] for text in migrants["beside"]] == ["7,449", "7,727"]


def test_no_yearly_count_is_judged_against_a_year_that_the_article_does_not_name() -> None:
    yearly = [
        resolved for resolved in FIGURES if resolved.fact.unit == "deaths a year" and resolved.fact.window_inferred
    ]
    assert yearly, "the articles have a yearly count without a year"
    assert all(resolved.check.verdicts == ["cannot be checked"] for resolved in yearly)


def test_no_number_is_made_from_a_word_such_as_thousands() -> None:
    facts = load_facts().dropna(subset=["as_printed"])
    assert not facts["as_printed"].str.contains("thousands|hundreds|dozens|millions", case=False).any()


def test_a_changed_series_overturns_a_verdict(seeds: Path) -> None:
    edit(seeds / "record" / "us-overdose-12-months.csv", ("2023-03,110084,", "2023-03,150084,"))
    with pytest.raises(SeedError, match="does not agree"):
        load_checks(seeds)


def test_an_article_without_checks_is_no_fault(seeds: Path) -> None:
    for path in (seeds / "articles").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.partition("[[checks]]")[0], encoding="utf-8")
    empty = load_checks(seeds)
    assert list(empty.columns) == COLUMNS
    assert empty.empty
    assert official_figures(seeds).empty


CHECK = """
[[checks]]
id = "killed"
fact = "killed"
official = { series = "mexico-homicides", column = "inegi", reading = "running total", since = "2007", period = "2023" }
relation = "a narrower thing"
verdicts = ["close to a wider count"]
why = "A made-up reason."
"""


def test_one_more_article_brings_its_own_checks(seeds: Path, checks: pd.DataFrame) -> None:
    add_sixth(seeds, more=CHECK)
    with_sixth = load_checks(seeds)
    assert with_sixth["check"].iloc[-1] == "example-times/killed"
    assert with_sixth["official"].iloc[-1] == "453,447 homicides"
    assert len(with_sixth) == len(checks) + 1


# ----------------------------------------------------------------------------------------------------- what nobody said


def test_each_answer_that_is_not_absent_points_to_a_fact_of_its_article() -> None:
    known = set(load_facts()["fact"])
    for answer in load_answers().to_dict("records"):
        assert all(fact in known and fact.startswith(f"{answer['article']}/") for fact in answer["facts"]), answer
        assert answer["status"] == "absent" or answer["facts"], answer


def test_every_article_answers_every_question_once() -> None:
    answers = load_answers()
    table = answers.pivot(index="question", columns="article", values="status")
    assert table.notna().all().all()
    assert table.shape == (answers["question"].nunique(), answers["article"].nunique())
