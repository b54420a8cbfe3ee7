"""What a reader would notice in the charts of the articles: what they say, refuse, and never draw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from kit.charts import numbers_not_marked, with_plain_spaces
from kit.seeds import add_sixth
from notebook_decks.html.text import plain

import helpers
from securitytalks.charts.money import money_claims
from securitytalks.claims.deaths import death_claims
from securitytalks.drawing.finish import ChartError, finish
from securitytalks.drawing.theme import BLUE, GREEN, INK, MUTED, NAMED, ORANGE, OTHER, PINK, UNKNOWN
from securitytalks.words.dates import day

FACTS, MEETINGS = helpers.load_facts(), helpers.load_meetings()
PASSAGES, TOPICS = helpers.load_passages(), helpers.load_topics()
FIRST_MEETING = "2021-10-08"

Chart = Callable[[], go.Figure]
CHARTS: dict[str, Chart] = {
    "meetings_timeline": lambda: helpers.meetings_timeline(MEETINGS, FACTS),
    "deaths_counted": lambda: helpers.deaths_counted(FACTS),
    "fentanyl_cross_check": lambda: helpers.fentanyl_cross_check(FACTS),
    "funding_against_priorities": lambda: helpers.funding_against_priorities(FACTS, TOPICS),
    "priorities_by_meeting": lambda: helpers.priorities_by_meeting(FACTS, TOPICS),
    "topics_by_meeting": lambda: helpers.topics_by_meeting(PASSAGES, TOPICS),
    "topics_by_article": lambda: helpers.topics_by_article(PASSAGES, TOPICS),
    "two_accounts": lambda: helpers.two_accounts(FACTS, TOPICS, FIRST_MEETING),
    "topic_shares": lambda: helpers.topic_shares(PASSAGES, TOPICS),
    "agreement_by_topic": lambda: helpers.agreement_by_topic(helpers.coding_agreement(PASSAGES, topics=TOPICS)),
}
# Charts whose headline gives numbers that no text of the chart shows: a reader counts the marks of the chart for them.
COUNTS = {
    "deaths_counted": {"5", "4"},  # rows, and things that they count
    "funding_against_priorities": {"7"},  # topics in the box of the new plan
    "priorities_by_meeting": {"4"},  # columns
    "two_accounts": {"3", "11"},  # rows with marks in one column only, and all rows
    "topic_shares": {"3", "9"},  # dots of the second group to the left of the dark one, and all of them
    "agreement_by_topic": {"11", "5"},  # dots to the right of the usual minimum, and those whose lines reach it
}
COPIES = FACTS.copy(deep=True), PASSAGES.copy(deep=True)


@cache
def drawn(name: str) -> go.Figure:
    """Draw each chart once."""
    return CHARTS[name]()


@pytest.fixture(params=CHARTS)  # a chart is looked at, never changed
def chart(request: pytest.FixtureRequest) -> go.Figure:
    return drawn(request.param)


def texts(fig: go.Figure) -> Iterator[str]:
    for trace in fig.data:
        yield from [] if trace.hoverinfo == "skip" else trace.hovertext or []


def contrast(colour: str) -> float:
    """Of a colour on white, as WCAG computes it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_every_chart_says_what_it_shows_and_carries_its_rows(chart: go.Figure) -> None:
    meta = chart.layout.meta
    for key in ("finding", "measure", "unit", "source", "description"):
        assert meta[key].strip(), key
    assert meta["rows"]
    assert all(len(row) == len(meta["columns"]) for row in meta["rows"])
    assert "Source: " in next(note.text for note in chart.layout.annotations if note.name == "footer")


def test_every_mark_says_where_it_stands(chart: go.Figure) -> None:
    outlets = re.compile("|".join(map(re.escape, FACTS["outlet"].unique())))
    marks = [plain(text) for text in texts(chart)]
    meetings = tuple(MEETINGS["name"])  # their evidence is a document, not an article
    derived = "words; passages", "alpha"
    silent = [
        t for t in marks if not outlets.search(t) and not t.startswith(meetings) and not any(d in t for d in derived)
    ]
    assert marks
    assert not silent, silent[:3]


def test_no_text_of_a_chart_is_smaller_than_twelve_pixels(chart: go.Figure) -> None:
    layout = go.Figure(layout=chart.layout).update_layout(meta=None)
    assert min(int(size) for size in re.findall(r'"size":\s*(\d+)', layout.to_json())) >= 12


def test_a_control_is_named(chart: go.Figure) -> None:
    for menu in [*chart.layout.updatemenus, *chart.layout.sliders]:
        assert menu.name


def test_colours_reach_three_to_one_on_white() -> None:
    colours = {BLUE, ORANGE, PINK, GREEN, INK, MUTED, UNKNOWN, *TOPICS["colour"]}
    assert {colour: round(contrast(colour), 2) for colour in colours if contrast(colour) < 3} == {}


@pytest.mark.parametrize("name", CHARTS)
def test_every_number_of_a_headline_is_marked_in_the_chart(name: str) -> None:
    assert numbers_not_marked(drawn(name)) == COUNTS.get(name, set())


def test_charts_leave_their_frames_alone() -> None:
    for name in CHARTS:
        drawn(name)
    for frame, copy in zip((FACTS, PASSAGES), COPIES, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


@pytest.mark.parametrize("name", ["deaths_counted", "fentanyl_cross_check"])
def test_no_line_joins_two_claims(name: str) -> None:
    for trace in drawn(name).data:
        assert trace.type == "bar" or trace.mode == "markers", trace
        assert len(trace.y) == 1, "one trace, one claim"


def test_a_window_that_is_our_reading_is_hatched_and_says_so() -> None:
    claims, fig = death_claims(FACTS), drawn("deaths_counted")
    bars = [trace for trace in fig.data if trace.type == "bar"]
    assert {str(bar.marker.pattern.shape) for bar in bars} == {"/", "None"}
    assert "Hatched: the window is our reading" in fig.layout.meta["measure"]
    for bar, claim in zip(bars, claims.to_dict("records"), strict=True):
        ours = claim["window_inferred"]
        row = next(row for row in fig.layout.meta["rows"] if row[0] == claim["label"])
        label = next(a.text for a in fig.layout.annotations if a.text.startswith(f"<b>{claim['words']}</b>"))
        assert (bar.marker.pattern.shape == "/") == ours, claim["fact"]
        window = next(line for line in bar.hovertext[0].split("<br>") if line.startswith("Window: "))
        assert ["our reading" in text for text in (window, label, row[4], row[5])] == [ours] * 4


def test_where_no_window_is_our_reading_nothing_is_hatched() -> None:
    fig = helpers.deaths_counted(FACTS.assign(window_inferred=False))
    assert "Hatched" not in fig.layout.meta["measure"]
    assert not [note for note in fig.layout.annotations if "our reading" in note.text]
    assert not [trace for trace in fig.data if trace.type == "bar" and trace.marker.pattern.shape]


def test_no_average_of_a_lower_bound_is_offered() -> None:
    fig = drawn("deaths_counted")
    assert not fig.layout.updatemenus
    assert "verage" not in fig.to_json()


def test_sums_of_different_status_stand_in_boxes_of_their_own_and_the_framework_has_none() -> None:
    money = money_claims(FACTS)
    fig = drawn("funding_against_priorities")
    boxes = [shape for shape in fig.layout.shapes if shape.type == "rect"]
    inside = [
        [plain(note.text) for note in fig.layout.annotations if box.x0 < note.x < box.x1 and box.y0 < note.y < box.y1]
        for box in boxes
    ]
    for sum_ in money.itertuples():
        assert [sum_.words in texts for texts in inside].count(True) == 1
    (empty,) = [box for box, texts in zip(boxes, inside, strict=True) if "Bicentennial Framework" in texts]
    assert "no sum" in inside[boxes.index(empty)]
    assert [box.line.dash == "dash" for box in boxes] == [box is empty for box in boxes]
    assert not [trace for trace in fig.data if trace.type == "bar"], "no sum is drawn as a length"
    total = f"{money['value'].sum() / 1e9:g} billion"
    assert total not in fig.to_json()


def test_each_plan_names_the_topics_of_its_facts() -> None:
    shown = {trace.name: [text.strip() for text in trace.text] for trace in drawn("funding_against_priorities").data}
    names = TOPICS.set_index("topic")["name"]
    for programme, name in (("merida", "Merida Initiative"), ("framework", "Bicentennial Framework")):
        topics = set(FACTS.loc[FACTS["programme"].eq(programme), "topics"].explode()) - {"cooperation"}
        assert sorted(shown[name]) == sorted(names[list(topics)])
    rows = drawn("funding_against_priorities").layout.meta["rows"]
    assert len(rows) == sum(map(len, shown.values())), "the table has a row for each mark"


def test_every_fact_and_every_passage_has_its_mark() -> None:
    facts = drawn("priorities_by_meeting")
    assert sum(len(trace.x) for trace in facts.data) == FACTS["topics"].map(len).sum()
    tiles = [trace for trace in drawn("topics_by_meeting").data if trace.type == "scatter"]
    assert sum(len(trace.x) for trace in tiles) == PASSAGES["settled"].map(len).sum()


def test_a_gap_of_two_articles_comes_with_the_counts_of_both() -> None:
    assert all(len(re.findall(r"\d+ passages", text)) == 2 for text in texts(drawn("topic_shares")))


@pytest.mark.parametrize(("number", "counted"), [(0, "passages"), (1, "words")])
def test_a_button_says_which_topics_lead_by_what_it_shows(number: int, counted: str) -> None:
    visible, said = drawn("topics_by_meeting").layout.updatemenus[0].buttons[number].args
    bars = [trace.type == "bar" for trace in drawn("topics_by_meeting").data]
    assert [shown == (counted == "words") for shown in visible["visible"]] == bars
    days: dict[str, list[str]] = {}
    for meeting, part in PASSAGES[~PASSAGES["boilerplate"]].explode("settled").groupby("meeting"):
        sizes = part.groupby("settled")["words"].agg("size" if counted == "passages" else "sum")
        leading = " and ".join(TOPICS.loc[TOPICS["topic"].isin(sizes[sizes.eq(sizes.max())].index), "name"])
        days.setdefault(leading, []).append(day(meeting))
    turns = [f"{leading} on {' and '.join(found)}" for leading, found in days.items()]
    label = "Most words: " if counted == "words" else "Leading topic: "
    assert " ".join(plain(said["title.text"]).split()) == label + "; ".join(turns)


def test_the_finding_on_articles_counts_them() -> None:
    """One on meetings beside one on articles with the same words would be two answers to one question."""
    leads = {"Root causes": 2, "Drug supply": 2, "The talks and terms": 1, "Migration": 1}
    said = drawn("topics_by_article").layout.meta["finding"]
    assert said == (
        "Leading topic, of 5 articles: "
        + ", ".join(f"{topic} in {n}" for topic, n in leads.items())
        + " (a tie counts for each)"
    )


def test_heads_of_meetings_count_what_the_button_shows() -> None:
    passages, words = (
        button.args[1]["xaxis.ticktext"] for button in drawn("topics_by_meeting").layout.updatemenus[0].buttons
    )
    meetings = PASSAGES[~PASSAGES["boilerplate"]].groupby("meeting", sort=False)
    sizes, articles = meetings["words"].agg(["size", "sum"]), meetings["article"].nunique()
    several = [f"<br>{n} articles" if n > 1 else "" for n in articles]
    under = [head.partition("<br>")[2] for head in passages], [head.partition("<br>")[2] for head in words]
    assert under[0] == [f"{n} passages{more}" for n, more in zip(sizes["size"], several, strict=True)]
    assert under[1] == [f"{n:,} words{more}" for n, more in zip(sizes["sum"], several, strict=True)]


def test_a_deck_shows_the_leading_topics_and_says_how_many_more_there_are() -> None:
    fig = drawn("topics_by_meeting")
    shown = fig.layout.meta["deck"]["annotations"]
    names = {plain(note["text"]) for note in shown}
    leading = [name for name in TOPICS["name"] if name in fig.layout.meta["finding"]]
    rows = names & set(TOPICS["name"])
    assert leading
    assert set(leading) <= rows
    assert len(rows) < len(TOPICS)
    assert f"{len(TOPICS) - len(rows)} other topics" in names
    on_page = {plain(note.text) for note in fig.layout.annotations}
    assert set(TOPICS["name"]) <= on_page


def test_steps_on_topics_say_when_they_are_named() -> None:
    passages = PASSAGES[~PASSAGES["boilerplate"]]
    steps = drawn("topics_by_meeting").layout.meta["steps"]
    assert len(steps) == 3, "one for each topic of the headline"
    for step in steps:
        topic = TOPICS.loc[TOPICS["name"].eq(step["text"].partition(":")[0]), "topic"].iloc[0]
        named, _, silent = with_plain_spaces(step["text"]).partition("but not of")
        counts = {m: sum(topic in found for found in part["settled"]) for m, part in passages.groupby("meeting")}
        if all(counts.values()):
            most = max(counts, key=lambda m: counts[m] / passages["meeting"].eq(m).sum())
            assert f"on {day(most)}: in {counts[most]} of {passages['meeting'].eq(most).sum()} passages" in named
        else:
            assert [day(m) in named for m in counts] == [n > 0 for n in counts.values()]
            assert [day(m) in silent for m in counts] == [n == 0 for n in counts.values()]


def gap(one: pd.DataFrame, other: pd.DataFrame) -> float:
    """How far apart two articles are, computed here: the mean difference between shares, in percentage points."""
    shares = [[sum(t in codes for codes in a["settled"]) / len(a) for t in TOPICS["topic"]] for a in (one, other)]
    return 100 * sum(abs(x - y) for x, y in zip(*shares, strict=True)) / len(TOPICS)


def test_pairs_of_articles_are_compared_like_with_like() -> None:
    articles = [part for _, part in PASSAGES[~PASSAGES["boilerplate"]].groupby("article")]
    pairs = [
        (one["meeting"].iloc[0] == other["meeting"].iloc[0], gap(one, other))
        for one, other in combinations(articles, 2)
    ]
    (same,), different = ([g for about_one, g in pairs if about_one is wanted] for wanted in (True, False))
    nearer = sum(g < same for g in different)
    fig = drawn("topic_shares")
    assert (
        f"No shift can be shown: two articles on one meeting differ more than {nearer} of" in fig.layout.meta["finding"]
    )
    (dots,) = fig.data
    assert list(dots.x) == pytest.approx([same, *sorted(different)]), "a dot for each pair, in two groups"
    assert [text.strip() for text in dots.text] == [f"{x:.1f}" for x in dots.x]


def test_the_finding_on_pairs_turns_with_the_codes() -> None:
    topics = PASSAGES["meeting"].map(lambda meeting: ["arms"] if meeting == FIRST_MEETING else ["migration"])
    alike = PASSAGES.assign(settled=topics.where(~PASSAGES["boilerplate"], PASSAGES["settled"]))
    assert "differ no more than any of the 9 pairs" in helpers.topic_shares(alike, TOPICS).layout.meta["finding"]
    one_each = PASSAGES[PASSAGES["article"] != "newsday-ap"]
    assert "Nothing here tells" in helpers.topic_shares(one_each, TOPICS).layout.meta["finding"]


@pytest.mark.parametrize(("alpha", "reached"), [(0.79, 0), (0.8, len(TOPICS))])
def test_the_finding_on_the_codings_counts_the_topics_that_reach_the_bar(alpha: float, reached: int) -> None:
    agreement = helpers.coding_agreement(PASSAGES, topics=TOPICS).assign(alpha=alpha)
    finding = helpers.agreement_by_topic(agreement).layout.meta["finding"]
    assert f"on {reached} of {len(TOPICS)} topics" in finding


def test_no_chart_and_no_form_has_a_colour_of_its_own() -> None:
    source = Path(helpers.__file__).parent / "securitytalks"
    paths = [*source.glob("charts/*.py"), *source.glob("lesson/**/*.py"), *source.glob("lesson/**/*.css")]
    raw = {path.name: re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8")) for path in paths}
    assert {name: found for name, found in raw.items() if found} == {}


@pytest.mark.parametrize("name", ["topics_by_meeting", "topics_by_article", "priorities_by_meeting", "two_accounts"])
def test_colour_marks_the_topics_that_the_headline_names(name: str) -> None:
    names, fig = TOPICS.set_index("topic")["name"], drawn(name)
    tiles = [trace for trace in fig.data if trace.type == "scatter"]
    coloured = {names[trace.name] for trace in tiles if NAMED in trace.marker.color}
    assert coloured == {topic for topic in names if topic in fig.layout.meta["finding"]}
    assert {colour for trace in tiles for colour in trace.marker.color} == {NAMED, OTHER}


@pytest.mark.parametrize("name", ["topics_by_meeting", "topics_by_article", "topic_shares"])
def test_no_upright_line_goes_through_the_name_of_a_row_on_a_phone(name: str) -> None:
    fig = drawn(name)
    names = [note.y for note in fig.layout.annotations if note.yref == "y" and note.yanchor == "top"]
    paths = " ".join(shape.path for shape in fig.layout.shapes if shape.type == "path")
    lines = [(float(start), float(end)) for start, end in re.findall(r"M[^,]+,(\S+) L[^,]+,(\S+)", paths)]
    assert names
    assert lines
    assert [(y, line) for y in names for line in lines if line[0] < y + 16 and line[1] > y] == []


def test_the_cross_check_compares_bands_that_overlap() -> None:
    low, high = zip(*[(row[1], row[3]) for row in drawn("fentanyl_cross_check").layout.meta["rows"]], strict=True)
    assert max(low) < min(high)
    (both,) = drawn("fentanyl_cross_check").layout.shapes
    assert (round(both.x0), round(both.x1)) == (max(low), min(high)), "the overlap is drawn"


def test_a_meeting_has_one_row_in_the_timeline() -> None:
    labels = [row[0] for row in drawn("meetings_timeline").layout.meta["rows"]]
    meetings = [f"{meeting.name}, {meeting.city}" for meeting in MEETINGS.itertuples()]
    assert all(labels.count(meeting) == 1 for meeting in meetings)


def test_a_programme_is_drawn_from_its_beginning_to_its_end() -> None:
    span = next(row for row in drawn("meetings_timeline").layout.meta["rows"] if row[0] == "Merida Initiative")
    assert with_plain_spaces(span[1]) == "2008 to 8 Oct 2021"
    assert "Hollow bar: the articles give the year alone." in drawn("meetings_timeline").layout.meta["note"]


def test_a_sixth_article_is_one_more_file(seeds: Path) -> None:
    add_sixth(seeds)
    facts, passages = helpers.load_facts(seeds), helpers.load_passages(seeds)
    charts = [
        helpers.meetings_timeline(helpers.load_meetings(seeds), facts),
        helpers.deaths_counted(facts),
        helpers.funding_against_priorities(facts, TOPICS),
        helpers.priorities_by_meeting(facts, TOPICS),
        helpers.topics_by_meeting(passages, TOPICS),
        helpers.topics_by_article(passages, TOPICS),
        helpers.two_accounts(facts, TOPICS, "2023-10-05"),
        helpers.topic_shares(passages, TOPICS),
    ]
    for fig in charts:
        assert "The Example Times" in fig.layout.meta["source"], fig.layout.meta["finding"]
        assert [text for text in map(plain, texts(fig)) if "The Example Times" in text or "words in" in text]
    assert "As of **15 Jan 2024**" in with_plain_spaces(helpers.as_of_line(seeds).data)


def test_a_chart_that_lacks_something_is_refused_with_all_that_it_lacks() -> None:
    with pytest.raises(ChartError, match="lacks: measure, unit, source, description, rows"):
        finish(go.Figure(), finding="F", measure=" ", unit="", source="", description="", rows=pd.DataFrame())


def test_records_cannot_become_markup() -> None:
    evil = "</script><img src=x onerror=alert(1)>\"'&amp;%{x}"
    facts = FACTS.assign(statement=evil, says=evil, label=FACTS["label"].where(FACTS["label"].isna(), "<i>x</i>"))
    for fig in (helpers.priorities_by_meeting(facts, TOPICS), helpers.deaths_counted(facts)):
        assert not [text for text in texts(fig) if "<img" in text or "<i>" in text]
        assert not [note for note in fig.layout.annotations if "<i>" in note.text]
    assert "<img" not in helpers.show_table(helpers.facts_table(facts, TOPICS), caption=evil).data


def test_a_sentence_takes_its_numbers_from_the_records() -> None:
    said = helpers.say("{urdupoint/killed-since-2006:Words} and {n:,}", n=1200).data
    place = "07-how-do-we-know.ipynb#fact:urdupoint/killed-since-2006"
    assert said == f"[More than 420,000 people]({place}) and 1,200"
    with pytest.raises(ValueError, match=r"neither a fact of the records nor a value given; near it: urdupoint/killed"):
        helpers.say("{urdupoint/killed-since-206}")
    with pytest.raises(ValueError, match="a fact has no 'wrds'"):
        helpers.say("{urdupoint/killed-since-2006:wrds}")


def test_a_record_is_shown_as_people_write_it() -> None:
    card = dict(helpers.record_card(FACTS, "urdupoint/killed-since-2006").itertuples(index=False))
    assert (card["value"], card["published"], card["topics"]) == ("420,000", "5 Oct 2023", "violence")
    assert "share_of" not in card
    assert "nan" not in card.values()


def test_each_fact_and_each_slip_has_an_address_of_its_own_on_the_records_page() -> None:
    facts, slips = helpers.load_facts(), helpers.load_slips()
    tables = [helpers.facts_table(facts, TOPICS), helpers.slips_table(slips)]
    page = "".join(helpers.show_table(table, caption="Rows").data for table in tables)
    wanted = [f"fact:{fact}" for fact in facts["fact"]] + [f"slip:{s.article}/{s.id}" for s in slips.itertuples()]
    assert re.findall(r'<tr role="row" id="([^"]+)"', page) == wanted
    assert len(set(wanted)) == len(wanted)
