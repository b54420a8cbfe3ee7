"""The charts of the official record say only what the records bear out, and keep apart what may not be joined."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pandas as pd
import plotly.graph_objects as go
import pytest
from kit.charts import numbers_not_marked, with_plain_spaces
from kit.seeds import add_sixth
from notebook_decks.html.text import plain

import helpers
from securitytalks.charts.checks import GROUPS
from securitytalks.charts.comparisons import PAIR_MARKS
from securitytalks.charts.merida import STATUSES
from securitytalks.charts.on_record import homicide_totals, year_passed
from securitytalks.claims.deaths import claims_about
from securitytalks.records.schema import Verdict
from securitytalks.words.numbers import fraction_band, rounding_band

Chart = Callable[[], go.Figure]


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return helpers.load_facts()


@pytest.fixture(scope="module")
def checks() -> pd.DataFrame:
    return helpers.load_checks()


def record(name: str) -> pd.DataFrame:
    return helpers.load_record(name)


def charts(facts: pd.DataFrame, checks: pd.DataFrame) -> dict[str, tuple[Callable[..., go.Figure], list[pd.DataFrame]]]:
    """Every chart of this part, with what it is given."""
    return {
        "homicides": (helpers.homicides_by_year, [record("mexico-homicides"), facts]),
        "killed": (helpers.killed_claims_on_record, [facts, record("mexico-homicides")]),
        "overdose": (helpers.overdose_claims_on_record, [facts, record("us-overdose-12-months")]),
        "fentanyl": (helpers.fentanyl_on_record, [facts, record("us-overdose-12-months")]),
        "migrants": (helpers.migrants_two_snapshots, [facts, record("missing-migrants")]),
        "totals": (helpers.merida_totals_as_stated, [facts, record("merida-running-totals")]),
        "years": (helpers.merida_by_fiscal_year, [record("merida-by-fiscal-year")]),
        "objectives": (helpers.priorities_against_objectives, [facts, record("framework-objectives")]),
        "guns": (helpers.firearms_traced, [record("atf-traces-by-year"), record("atf-share-by-period"), facts]),
        "seized": (helpers.fentanyl_seized, [record("cbp-fentanyl")]),
        "encounters": (helpers.border_encounters, [record("southwest-encounters")]),
        "verdicts": (helpers.verdicts_overview, [checks]),
        "pairs": (helpers.can_i_compare, [helpers.comparable(facts, helpers.official_figures())]),
        "unsaid": (helpers.what_nobody_said, [helpers.load_answers(), helpers.load_questions(), facts]),
    }


NAMES = [
    "homicides",
    "killed",
    "overdose",
    "fentanyl",
    "migrants",
    "totals",
    "years",
    "objectives",
    "guns",
    "seized",
    "encounters",
    "verdicts",
    "pairs",
    "unsaid",
]


@pytest.fixture(scope="module")
def drawn(facts: pd.DataFrame, checks: pd.DataFrame) -> dict[str, go.Figure]:
    """Every chart, drawn once; drawing changes nothing that it is given."""
    figures = {}
    for name, (chart, given) in charts(facts, checks).items():
        before = [frame.copy(deep=True) for frame in given]
        figures[name] = chart(*given)
        for frame, kept in zip(given, before, strict=True):
            pd.testing.assert_frame_equal(frame, kept)
            assert frame.attrs == kept.attrs
    return figures


def finding(fig: go.Figure) -> str:
    return with_plain_spaces(fig.layout.meta["finding"])


def rows(fig: go.Figure) -> pd.DataFrame:
    return pd.DataFrame(fig.layout.meta["rows"], columns=fig.layout.meta["columns"])


def lines(fig: go.Figure) -> list[go.Scatter]:
    return [trace for trace in fig.data if trace.type == "scatter" and "lines" in (trace.mode or "")]


def trace_of(fig: go.Figure, name: str) -> go.Scatter:
    return next(trace for trace in fig.data if trace.name == name)


def texts_of(fig: go.Figure) -> list[str]:
    """The hover texts of all marks that answer to a pointer."""
    return [text for trace in fig.data if trace.hoverinfo != "skip" for text in trace.hovertext]


# ------------------------------------------------------------------------------------------------------- every chart


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_has_rows_and_a_text_at_every_mark(drawn: dict[str, go.Figure], name: str) -> None:
    fig = drawn[name]
    assert len(rows(fig)) > 0
    for trace in fig.data:
        if trace.hoverinfo == "skip":
            continue
        assert trace.hoverinfo == "text"
        assert trace.hovertemplate is None
        size = len(trace.x)
        assert len(trace.hovertext) == size
        assert all(isinstance(text, str) and text.startswith("<b>") for text in trace.hovertext)


@pytest.mark.parametrize("name", NAMES)
def test_texts_of_marks_hold_no_markup_of_records(drawn: dict[str, go.Figure], name: str) -> None:
    for text in texts_of(drawn[name]):
        assert set(re.findall(r"<[^>]*>", text)) <= {"<b>", "</b>", "<br>"}
        assert "nan" not in re.findall(r"\w+", text.lower())


# Charts whose headline gives numbers that no text of the chart shows: a reader counts the marks of the chart for them.
COUNTS = {
    "years": {"7", "14"},  # rows with a bar of what was voted, and all rows
    "verdicts": {"35"},  # marks
    "pairs": {"300"},  # marks
    "unsaid": {"7", "9"},  # rows without a clear answer, and all rows
}


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_headline_is_marked_in_the_chart(drawn: dict[str, go.Figure], name: str) -> None:
    assert numbers_not_marked(drawn[name]) == COUNTS.get(name, set())


RED = re.compile(r"#(?:F{2}0{4}|E41A1C|D62728|C00000)|\bred\b", re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_red(drawn: dict[str, go.Figure], name: str) -> None:
    assert not RED.search(drawn[name].to_json())


OFFICIAL = ["homicides", "killed", "overdose", "fentanyl", "migrants", "guns", "seized", "encounters"]


@pytest.mark.parametrize("name", OFFICIAL)
def test_an_official_mark_names_publisher_date_and_grade(drawn: dict[str, go.Figure], name: str) -> None:
    official = [text for text in texts_of(drawn[name]) if "Says:" not in text and "count starts" not in text]
    official = [text for text in official if "Fits" not in text]
    assert official
    for text in official:
        assert re.search(r"[Gg]rade [AB]", text), text
        assert re.search("as published|computed|derived by us|added up by us", text, re.IGNORECASE), text
        assert re.search("As of|as it stood|as counted", text), text
        assert re.search(r"INEGI|CDC|IOM|ATF|CBP", text), text
        assert "Counts" in text, text


@pytest.mark.parametrize(("name", "own", "other"), [("homicides", "victims", "INEGI: "), ("migrants", "2015", "Two")])
def test_a_mark_is_dated_as_its_own_column(drawn: dict[str, go.Figure], name: str, own: str, other: str) -> None:
    marks = [text for text in texts_of(drawn[name]) if own in text and "As of" in text]
    assert len(marks) > 1
    assert [text for text in marks if f"As of: {other}" in text] == []


def test_no_chart_dates_an_article_more_exactly_than_its_citation(drawn: dict[str, go.Figure]) -> None:
    inferred = helpers.load_articles().query("published_known == 'inferred'")
    days = {article.cite.rpartition(", about ")[2] for article in inferred.itertuples()}
    for name in ("killed", "totals"):
        said = plain(drawn[name].to_json().replace("\\u003cbr\\u003e", " "))
        for day in days:
            assert f"about {day}" in said
            assert re.search(f"(printed|an article of) {day}", said) is None, name


# -------------------------------------------------------------------------------------------------- claims on a record


def test_the_official_total_passed_the_claims_in_2019_and_2022(drawn: dict[str, go.Figure]) -> None:
    totals = homicide_totals(record("mexico-homicides"))
    assert (year_passed(totals, 300_000), year_passed(totals, 420_000)) == ("2019", "2022")
    assert year_passed(totals, 10**9) is None
    assert "passed 300,000 during 2019" in finding(drawn["killed"])
    assert "passed 420,000 during 2022" in finding(drawn["killed"])


def test_no_line_touches_a_claim(drawn: dict[str, go.Figure], facts: pd.DataFrame) -> None:
    measures = {
        "killed": "killed-in-mexico",
        "overdose": "us-overdose-deaths",
        "fentanyl": "us-fentanyl-deaths",
        "migrants": "migrants-dead-or-missing",
    }
    for name, measure in measures.items():
        claims = claims_about(facts, measure)
        for trace in lines(drawn[name]):
            assert not set(claims["value"]) & {float(v) for v in trace.y}, name
        for trace in drawn[name].data:
            assert sum("Says:" in text for text in trace.hovertext) <= 1, f"{name}: two claims in a trace"


def test_claims_on_the_total_are_open_arrows_at_their_dates(drawn: dict[str, go.Figure], facts: pd.DataFrame) -> None:
    claims = claims_about(facts, "killed-in-mexico")
    marks = [trace for trace in drawn["killed"].data if trace.marker.symbol == "triangle-up-open"]
    seen = {(pd.Timestamp(trace.x[0]).date().isoformat(), trace.y[0]) for trace in marks}
    assert seen == {(str(claim.as_of)[:10], claim.value) for claim in claims.itertuples()}


def test_the_line_passes_each_claim_in_the_year_that_is_written_there(drawn: dict[str, go.Figure]) -> None:
    fig = drawn["killed"]
    passed = {line.y0: pd.Timestamp(line.x1).year for line in fig.layout.shapes}
    assert passed == {300_000: 2019, 420_000: 2022}
    texts = [note.text for note in fig.layout.annotations]
    assert {"300,000 passed in 2019", "420,000 passed in 2022"} <= set(texts)
    years = [int(year) for year in fig.layout.xaxis.ticktext]
    assert {2019, 2022} <= set(years)
    assert len({later - year for year, later in pairwise(years)}) == 1, (
        "an axis of time leaves no year out of its rhythm"
    )


def test_steps_begin_with_the_line_alone_and_end_with_the_complete_chart(drawn: dict[str, go.Figure]) -> None:
    fig = drawn["killed"]
    claims = {f"data[{at}].visible" for at, trace in enumerate(fig.data) if "Says:" in trace.hovertext[0]}
    alone, first, last = [set(step["changes"]) for step in fig.layout.meta["steps"]]
    assert claims <= alone
    assert len(claims & first) == 1
    assert not last


def test_nothing_in_the_words_subtracts_the_two_totals(drawn: dict[str, go.Figure]) -> None:
    said = drawn["killed"].layout.meta
    assert "120,000" not in " ".join(str(value) for value in said.values())
    assert "difference means nothing" in said["note"]
    assert "neither motive nor killer" in said["note"]


def test_the_count_has_its_last_total_before_each_claim(drawn: dict[str, go.Figure]) -> None:
    words = with_plain_spaces(" ".join(note.text for note in drawn["killed"].layout.annotations))
    assert "352,208 at the end of 2020" in words
    assert "421,195 at the end of 2022" in words


def test_a_sixth_article_stands_on_the_record(seeds: Path) -> None:
    add_sixth(seeds)
    fig = helpers.killed_claims_on_record(helpers.load_facts(seeds), record("mexico-homicides"))
    assert "passed 450,000 during 2023" in finding(fig)
    add_sixth(seeds, ("450_000", "950_000"), ("450,000", "950,000"))
    fig = helpers.killed_claims_on_record(helpers.load_facts(seeds), record("mexico-homicides"))
    assert "had not reached 950,000 by the end of 2024" in finding(fig)
    assert max(fig.layout.yaxis.range) > 950_000


def test_the_overdose_claim_is_a_band_at_its_window(drawn: dict[str, go.Figure], facts: pd.DataFrame) -> None:
    claim = claims_about(facts, "us-overdose-deaths").iloc[0]
    band = next(shape for shape in drawn["overdose"].layout.shapes if shape.y1 > 1)
    assert (band.y0, band.y1) == rounding_band(claim["value"])
    (mark,) = [trace for trace in drawn["overdose"].data if "Says:" in trace.hovertext[0]]
    assert (pd.Timestamp(mark.x[0]), mark.y[0]) == (pd.Timestamp("2023-03-31"), claim["value"])
    assert "110,084" in finding(drawn["overdose"])
    assert "111,606" in drawn["overdose"].layout.meta["note"]


def test_a_window_beyond_the_official_count_is_named(facts: pd.DataFrame) -> None:
    frame = record("us-overdose-12-months")
    fig = helpers.overdose_claims_on_record(facts, frame[frame["period"].lt("2023-01")])
    assert "to 2022-12" in finding(fig)


def test_no_year_is_chosen_for_a_claim_without_one(drawn: dict[str, go.Figure], facts: pd.DataFrame) -> None:
    months = record("us-overdose-12-months").set_index("period")
    low, high = rounding_band(70_000)
    fitting = months.loc[:"2023-03", "synthetic_opioids"].between(low, high)
    assert list(fitting[fitting].index[[0, -1]]) == ["2021-07", "2022-12"]
    low, high = fraction_band(2 / 3)
    assert low <= months.loc["2023-03", "synthetic_share"] / 100 <= high
    words = finding(drawn["fentanyl"])
    assert "fits all twelve-month counts ending Jul 2021 to Dec 2022; the one to Mar 2023 is higher" in words
    named = [re.sub("<[^>]*>", "", with_plain_spaces(note.text)) for note in drawn["fentanyl"].layout.annotations]
    assert {"Jul 2021", "Dec 2022"} <= set(named)
    moved = facts.assign(value=facts["value"].where(facts["measures"].ne("us-fentanyl-deaths"), 90_000))
    fig = helpers.fentanyl_on_record(moved, record("us-overdose-12-months"))
    assert "fits no twelve-month count before the article" in finding(fig)


def test_the_past_changes_between_two_readings(drawn: dict[str, go.Figure]) -> None:
    frame = record("missing-migrants")
    assert (int(frame["oct_2023"].sum()), int(frame["dec_2024"].sum())) == (8238, 9026)
    assert "8,238" in finding(drawn["migrants"])
    # 2023 was not over at the first reading, so the headline compares a finished year.
    assert "the count for 2014 rose from 493 to 722" in finding(drawn["migrants"])
    assert "9,026" not in drawn["migrants"].to_json()
    changes = (frame["dec_2024"] - frame["oct_2023"])[:9]
    rose, fell = (changes > 0).sum(), (changes < 0).sum()
    counts = (
        f"Of 9 finished years the later count is higher for {rose} and lower for {fell}, by {-changes.min()} at most"
    )
    assert counts in plain(drawn["migrants"].layout.annotations[-1].text)
    bars = [trace for trace in drawn["migrants"].data if trace.type == "bar"]
    assert [list(bar.y) for bar in bars] == [frame["oct_2023"].tolist(), frame["dec_2024"].tolist()]
    assert [shape != "" for shape in bars[0].marker.pattern.shape] == [False] * 9 + [True]  # the last year is a part


# ------------------------------------------------------------------------------------------------------ second-hand


@pytest.mark.parametrize(
    ("name", "series", "column"),
    [
        ("homicides", "mexico-homicides", "inegi"),
        ("homicides", "mexico-homicides", "sesnsp"),
        ("encounters", "southwest-encounters", "all_cbp"),
    ],
)
def test_open_marks_are_grade_b_and_diamonds_are_computed(
    drawn: dict[str, go.Figure], name: str, series: str, column: str
) -> None:
    frame = record(series).dropna(subset=column)
    symbols = trace_of(drawn[name], frame.attrs["columns"][column]["title"]).marker.symbol
    assert [symbol.endswith("-open") for symbol in symbols] == frame[f"{column}_grade"].eq("B").tolist()
    assert [symbol.startswith("diamond") for symbol in symbols] == frame[f"{column}_derived"].tolist()
    assert "grade B" in drawn[name].layout.meta["measure"]


def test_a_total_is_no_better_than_its_weakest_year() -> None:
    totals = homicide_totals(record("mexico-homicides")).set_index("period")
    assert totals["grade"].to_dict() == {str(y): "A" if y < 2018 else "B" for y in range(2007, 2025)}


def test_guns_read_second_hand_are_not_filled(drawn: dict[str, go.Figure]) -> None:
    column = "us_sourced_share"
    frame = pd.concat([record("atf-traces-by-year"), record("atf-share-by-period")])
    frame = frame.sort_values("traced", key=pd.isna, kind="stable")  # those without a count of guns are drawn apart
    counted, not_counted = (trace for trace in drawn["guns"].data if trace.text is not None)
    assert [*counted.x, *not_counted.x] == frame[column].tolist()
    symbols = [*counted.marker.symbol, *not_counted.marker.symbol]
    assert [symbol.endswith("-open") for symbol in symbols] == frame[f"{column}_grade"].eq("B").tolist()
    expected = [f"{share:.1f}".removesuffix(".0") + "%" for share in frame[column]]
    assert [plain(text) for text in [*counted.text, *not_counted.text]] == expected
    assert counted.marker.color != not_counted.marker.color
    assert "no random sample" in drawn["guns"].layout.meta["note"]


def test_homicides_findings_are_the_record(drawn: dict[str, go.Figure]) -> None:
    inegi = record("mexico-homicides").set_index("period")["inegi"]
    assert inegi.idxmin() == "2007"
    assert inegi.idxmax() == "2020"
    for value in (inegi.min(), inegi.max(), inegi["2011"]):
        assert f"{value:,}" in finding(drawn["homicides"])
    assert inegi["2011"] >= 3 * inegi["2007"] > inegi["2010"]
    assert any("Military deployed" in (note.text or "") for note in drawn["homicides"].layout.annotations)


def test_rows_are_all_values_of_the_series(drawn: dict[str, go.Figure]) -> None:
    for name, series, columns in (
        ("homicides", "mexico-homicides", ["inegi", "sesnsp", "inegi_rate"]),
        ("seized", "cbp-fentanyl", ["nationwide", "southwest_border", "field_operations", "border_patrol"]),
        ("encounters", "southwest-encounters", ["border_patrol", "all_cbp"]),
    ):
        frame = record(series)
        expected = sorted(float(value) for column in columns for value in frame[column].dropna())
        assert sorted(rows(drawn[name])["Number"].astype(float)) == expected


# ------------------------------------------------------------------------------------------------------------- money


def test_statuses_never_share_a_trace_or_a_row_and_no_line_joins_totals(drawn: dict[str, go.Figure]) -> None:
    fig = drawn["totals"]
    stated = record("merida-running-totals")
    assert not lines(fig)
    assert {trace.type for trace in fig.data} == {"scatter"}
    assert [trace.name for trace in fig.data] == list(STATUSES)
    heights = [set(trace.y) for trace in fig.data]
    assert len(set.union(*heights)) == len(heights), "a height for each status"
    assert [len(trace.x) for trace in fig.data] == [1] * len(STATUSES)
    assert len(rows(fig)) == len(stated) + 1, "the table has every statement"


def test_totals_are_the_last_before_the_article_and_keep_their_precision(drawn: dict[str, go.Figure]) -> None:
    fig = drawn["totals"]
    voted = trace_of(fig, "appropriated")
    assert voted.x == (3.3e9,)  # not the 3.5 of the year after
    assert voted.error_x.array[0] > 0
    assert trace_of(fig, "delivered").marker.symbol == ("triangle-right-open",)
    names = with_plain_spaces(" ".join(note.text for note in fig.layout.annotations))
    assert all(when in names for when in ("Sep 2021", "Mar 2017", "1 Mar 2021", "8 Oct 2021")), "a date in each row"


def test_the_paid_sum_is_held_against_what_was_spent(drawn: dict[str, go.Figure]) -> None:
    assert "about $3 billion was “paid”; a US document calls that sum “spent”" in finding(drawn["totals"])


def test_unknown_years_are_named_without_a_bar_and_counted(drawn: dict[str, go.Figure]) -> None:
    frame = record("merida-by-fiscal-year")
    fig = drawn["years"]
    unknown = trace_of(fig, "no figure found")
    assert (unknown.type, unknown.mode, set(unknown.x)) == ("scatter", "text", {0}), "an unknown sum has no length"
    assert list(unknown.y) == frame.loc[frame["million_dollars"].isna(), "period"].tolist()
    assert {text.strip() for text in unknown.text} == {"no figure found"}
    assert "7 of 14 fiscal years, and a projected one for 1" in finding(fig)
    assert any(
        "grade A (2 years)" in (note.text or "") and "grade B (5 years)" in note.text for note in fig.layout.annotations
    )
    assert len(rows(fig)) == 14
    assert (rows(fig)["Million US dollars"] == "no figure found").sum() == 6
    drawn_values = {trace.y[0]: trace.x[0] for trace in fig.data if trace.type == "bar"}
    known = frame.dropna(subset="million_dollars")
    assert drawn_values == dict(zip(known["period"], known["million_dollars"], strict=True))
    assert trace_of(fig, "projected").text[0].endswith("projected")
    assert fig.layout.barmode == "overlay"


# -------------------------------------------------------------------------------------------------------- objectives


def test_topics_of_objectives_are_topics_of_the_codebook() -> None:
    coded = record("framework-objectives")["topics"].dropna().str.split("; ").explode()
    assert set(coded) <= set(helpers.load_topics()["topic"])


def test_every_objective_has_a_row_that_counts_each_fact_once(drawn: dict[str, go.Figure], facts: pd.DataFrame) -> None:
    objectives = record("framework-objectives")
    counts = {trace.name: sum(map(int, trace.text)) for trace in drawn["objectives"].data}
    for objective in objectives.itertuples():
        fits = set() if pd.isna(objective.topics) else set(objective.topics.split("; "))
        expected = facts["topics"].map(lambda topics, fits=fits: bool(fits & set(topics))).sum()
        assert counts[str(objective.objective_number)] == expected, objective.objective
    assert set(rows(drawn["objectives"])["Objective"]) == set(objectives["objective"])
    assert all(counts[goal] == 0 for goal in objectives["goal"])


# ------------------------------------------------------------------------------------------------------------ checks


def test_cards_hold_every_check_with_both_sides_and_can_be_filtered(checks: pd.DataFrame) -> None:
    topics = helpers.load_topics()
    cards = helpers.claim_cards(checks, topics)
    assert len(cards) == len(checks)
    assert not cards.isna().any(axis=None)
    assert set(cards["Topic"].str.split("; ").explode()) <= set(topics["name"])
    killed = cards[cards["Verdict"].eq("close to a wider count")]
    assert killed["Official figure or document"].str.contains("421,195").all()
    no_year = cards[cards["Why"].str.contains("names no year")]
    assert no_year["Official figure or document"].str.contains("75,993").all()
    table = helpers.show_table(cards, caption="Claims", filters=["Verdict", "Article", "Topic"])
    assert table.filters == ("Verdict", "Article", "Topic")
    assert "&quot;filters&quot;: [&quot;Verdict&quot;, &quot;Article&quot;, &quot;Topic&quot;]" in table.data


def test_every_claim_is_one_mark_and_the_counts_add_up(drawn: dict[str, go.Figure], checks: pd.DataFrame) -> None:
    claims, *groups = map(int, re.findall(r"\d+", finding(drawn["verdicts"])))
    assert claims == len(checks) == sum(groups)
    assert sorted(groups) == sorted(len(trace.x) for trace in drawn["verdicts"].data)
    agree = sum(found == ["agrees"] for found in checks["verdicts"])
    altered = sum("wording altered" in found for found in checks["verdicts"])
    assert f"{agree} agree with an independent source" in finding(drawn["verdicts"])
    assert f"{altered} have changed words" in finding(drawn["verdicts"])


def test_every_verdict_belongs_to_one_group() -> None:
    known = [verdict for _, verdicts in GROUPS.values() for verdict in verdicts]
    assert sorted(known) == sorted(get_args(Verdict))


def test_an_example_stands_beside_its_row(drawn: dict[str, go.Figure], checks: pd.DataFrame) -> None:
    fig = helpers.verdicts_overview(checks, ["newsday-afp/biden-title"])
    shown = [plain(note.text) for note in fig.layout.annotations]
    assert [text for text in shown if "Joe Biden is called vice president. Record: Joe Biden was president" in text]
    assert len(fig.layout.annotations) == len(drawn["verdicts"].layout.annotations) + 1


def test_every_pair_has_its_verdict_by_shape_and_colour(drawn: dict[str, go.Figure], facts: pd.DataFrame) -> None:
    pairs = helpers.comparable(facts, helpers.official_figures())
    counts = pairs["verdict"].value_counts()
    marks = [
        mark
        for trace in drawn["pairs"].data
        for mark in zip(trace.marker.symbol, trace.marker.color, trace.hovertext, strict=True)
    ]
    for verdict, (symbol, colour, _) in PAIR_MARKS.items():
        found = [text for shape, shade, text in marks if (shape, shade) == (symbol, colour)]
        assert len(found) == counts.get(verdict, 0)
        assert all(text.startswith(f"<b>{verdict.capitalize()}") for text in found)
    assert len(rows(drawn["pairs"])) == len(pairs)
    assert f"{counts['only side by side']} may only stand side by side" in finding(drawn["pairs"])


def test_two_lower_bounds_stand_side_by_side_only(drawn: dict[str, go.Figure]) -> None:
    table = rows(drawn["pairs"])
    both = table[table["Figure"].str.contains("300,000") & table["And"].str.contains("420,000")]
    assert both["Can they be compared?"].tolist() == ["only side by side"]
    assert "difference between them means nothing" in both["Why"].iloc[0]


def test_answers_open_the_facts_they_rest_on(drawn: dict[str, go.Figure], facts: pd.DataFrame) -> None:
    answers = helpers.load_answers()
    fig = drawn["unsaid"]
    assert sum(len(trace.x) for trace in fig.data) == len(answers) == len(rows(fig))
    statuses = [status.strip() for trace in fig.data for status in trace.text]
    assert sorted(statuses) == sorted(answers["status"])
    shown = " ".join(map(plain, texts_of(fig)))
    for fact in answers["facts"].explode().dropna().unique():
        row = facts.set_index("fact").loc[fact]
        assert f"{row['statement']} ({row['cite']})" in shown
    for cite in helpers.load_articles().set_index("article")["cite"][
        answers.loc[~answers["facts"].map(bool), "article"]
    ]:
        assert cite in shown, "an outlet with two articles does not say which of them is silent"
    unclear = answers.groupby("question")["status"].agg(lambda s: ~s.eq("stated").any()).sum()
    assert finding(fig).startswith(f"{unclear} of {answers['question'].nunique()} questions get no clear answer")


def test_source_lines_of_official_series_say_that_values_were_read_in_copies(drawn: dict[str, go.Figure]) -> None:
    for name, fig in drawn.items():
        if name in {"verdicts", "pairs", "unsaid"}:  # they show our own judgements
            continue
        assert "read in public copies and reports" in fig.layout.meta["source"], name


def test_a_yearly_value_stands_above_its_own_label(drawn: dict[str, go.Figure]) -> None:
    fig = drawn["homicides"]
    dates = pd.to_datetime(pd.Series(fig.data[0].x))
    ticks = dict(zip(pd.to_datetime(pd.Series(fig.layout.xaxis.tickvals)), fig.layout.xaxis.ticktext, strict=True))
    assert ticks, "years have names"
    assert set(ticks) <= set(dates), "each line stands at the point of its year"
    assert all(str(when.year) == name for when, name in ticks.items())
    assert set(dates.dt.month) <= {6, 7}, "a year is drawn at the middle of the year"


def test_the_headline_on_traced_guns_leaves_out_a_share_that_may_be_of_other_guns(drawn: dict[str, go.Figure]) -> None:
    periods = helpers.load_record("atf-share-by-period")
    wild = periods.assign(us_sourced_share=99.0)
    wild.attrs = periods.attrs
    fig = helpers.firearms_traced(helpers.load_record("atf-traces-by-year"), wild, helpers.load_facts())
    assert "99" not in fig.layout.meta["finding"]
    assert "2007 to 2011" in fig.layout.meta["finding"]
    assert "The share of 2004–2008 is above that of every single year" in drawn["guns"].layout.meta["note"]


def test_the_chart_of_traced_guns_shows_what_the_article_prints(drawn: dict[str, go.Figure]) -> None:
    fig = drawn["guns"]
    assert "most" in {with_plain_spaces(note.text) for note in fig.layout.annotations}
    assert "Al Arabiya" in fig.layout.meta["source"]
    silent = helpers.firearms_traced(
        *map(helpers.load_record, ("atf-traces-by-year", "atf-share-by-period")), helpers.load_facts().head(0)
    )
    assert silent.layout.meta["source"].startswith("US Bureau")
