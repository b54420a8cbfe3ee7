"""The frames: their columns, their types, their order, and that what they give is what the records say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from kit.seeds import add_sixth, copy_seeds

from securitytalks.records import frames, schema
from securitytalks.records.load import read

LOADERS = {
    "articles": frames.load_articles,
    "facts": frames.load_facts,
    "meetings": frames.load_meetings,
    "topics": frames.load_topics,
    "passages": frames.load_passages,
    "slips": frames.load_slips,
    "questions": frames.load_questions,
    "answers": frames.load_answers,
}
FIRST = ["article", "outlet", "meeting"]
COLUMNS = {
    "articles": ["article", *list(schema.Article.model_fields)[1:], "words", "passages", "facts", "cite"],
    "facts": [
        *("fact", "article", "outlet", "agency", "meeting", "published"),
        *schema.Fact.model_fields,
        *("start", "end", "cite"),
    ],
    "meetings": ["meeting", *list(schema.Meeting.model_fields)[1:], "articles"],
    "topics": ["topic", "name", "family", "family_name", "colour", "definition", "includes", "excludes", "example"],
    "passages": [*FIRST, "published", *schema.Passage.model_fields, "cite"],
    "slips": [*FIRST, *schema.Slip.model_fields, "cite"],
    "questions": ["question", "label", "text"],
    "answers": ["question", *FIRST, "status", "facts", "note"],
}
LISTS = {"topics", "first", "second", "settled", "facts", "articles"}


@pytest.fixture(scope="module")
def sixth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    seeds = copy_seeds(tmp_path_factory.mktemp("sixth"))
    add_sixth(seeds)
    return seeds


@pytest.mark.parametrize("name", LOADERS)
def test_columns_are_the_field_names(name: str) -> None:
    assert LOADERS[name]().columns.tolist() == COLUMNS[name]


@pytest.mark.parametrize("name", LOADERS)
def test_every_column_has_one_type(name: str) -> None:
    frame = LOADERS[name]()
    for column in frame:
        held = frame[column].dropna()
        if column in LISTS and (name, column) != ("articles", "facts"):
            assert all(isinstance(value, list) for value in held), column
        elif frame[column].dtype == "object":
            pytest.fail(f"{name}.{column} has no type of its own")
        elif isinstance(frame[column].dtype, pd.StringDtype):
            assert not held.isin(["", "None", "nan"]).any(), column


@pytest.mark.parametrize("name", LOADERS)
def test_a_frame_is_the_callers_own(name: str) -> None:
    frame = LOADERS[name]()
    for column in LISTS & set(frame.columns):
        if frame[column].dtype == "object":
            frame[column].map(lambda held: held.append("spoilt"))
    frame["spoilt"] = 1
    again = LOADERS[name]()
    assert "spoilt" not in again
    assert not any(
        "spoilt" in held for column in LISTS & set(again) if again[column].dtype == "object" for held in again[column]
    )


@pytest.mark.parametrize("name", LOADERS)
def test_rows_are_numbered_from_nought(name: str) -> None:
    frame = LOADERS[name]()
    assert frame.index.tolist() == list(range(len(frame)))


@pytest.mark.parametrize("name", ["articles", "facts", "passages", "slips", "answers"])
def test_rows_are_ordered_by_meeting_and_publication(name: str) -> None:
    articles = frames.load_articles()
    place = {article: place for place, article in enumerate(articles["article"])}
    assert articles["meeting"].is_monotonic_increasing
    assert LOADERS[name]()["article"].map(place).is_monotonic_increasing


def test_paragraphs_run_upward_within_an_article() -> None:
    for load in (frames.load_facts, frames.load_passages, frames.load_slips):
        assert all(rows["paragraph"].is_monotonic_increasing for _, rows in load().groupby("article"))


def test_nothing_is_lost_on_the_way() -> None:
    records = read()
    assert len(frames.load_facts()) == sum(len(file.facts) for file in records.articles)
    assert len(frames.load_passages()) == sum(file.article.paragraphs for file in records.articles)
    assert len(frames.load_slips()) == sum(len(file.slips) for file in records.articles)
    assert len(frames.load_answers()) == len(records.articles) * len(records.codebook.questions)
    assert frames.load_articles()["facts"].sum() == len(frames.load_facts())


def test_a_figure_comes_through(sixth: Path) -> None:
    facts = frames.load_facts(sixth).set_index("fact")
    row = facts.loc["example-times/killed-young"]
    assert row["share_of"] == "example-times/killed"
    assert (row["value"], row["unit"], row["precision"]) == (0.25, "share", "about")
    assert (row["window_start"], row["window_end"], row["as_of"]) == ("2006", "2023-12", "2024-01-15")
    assert (row["start"], row["end"]) == (pd.Timestamp(2006, 1, 1), pd.Timestamp(2023, 12, 31))
    assert row["published"] == pd.Timestamp(2024, 1, 15)
    assert row["cite"] == "The Example Times (Example Press), 15 Jan 2024, ¶2"
    assert pd.isna(row["money_status"])
    assert pd.isna(row["note"])


def test_every_share_points_to_a_fact() -> None:
    facts = frames.load_facts()
    assert facts["fact"].is_unique
    assert set(facts["share_of"].dropna()) <= set(facts["fact"])
    assert {name for names in frames.load_answers()["facts"] for name in names} <= set(facts["fact"])


def test_a_citation_names_an_agency_only_where_one_is_known() -> None:
    articles = frames.load_articles()
    for row in articles.itertuples():
        named = f"{row.outlet} ({row.agency}), " if isinstance(row.agency, str) else f"{row.outlet}, "
        assert row.cite.startswith(named)


def test_a_paragraph_is_cited_like_its_facts() -> None:
    facts = frames.load_facts().set_index(["article", "paragraph"])["cite"]
    for load in (frames.load_passages, frames.load_slips):
        for row in load().itertuples():
            cites = set(facts[[(row.article, row.paragraph)]]) if (row.article, row.paragraph) in facts.index else set()
            assert len(cites) != 1 or row.cite in cites


def test_boilerplate_counts_nowhere(sixth: Path) -> None:
    passages = frames.load_passages(sixth)
    articles = frames.load_articles(sixth).set_index("article")
    kept = passages.loc[~passages["boilerplate"]].groupby("article")["words"]
    assert articles["words"].to_dict() == kept.sum().to_dict()
    assert articles["passages"].to_dict() == kept.size().to_dict()
    assert passages["boilerplate"].any(), "the test needs some boilerplate"


def test_one_row_a_passage_and_topic(sixth: Path) -> None:
    passages = frames.load_passages(sixth)
    long = frames.passage_topics(passages)
    counted = passages.loc[~passages["boilerplate"]]
    assert len(long) == counted["settled"].map(len).sum()
    assert set(long["topic"]) <= set(frames.load_topics(sixth)["topic"])
    weights = (1 / long["topics"]).groupby([long["article"], long["paragraph"]]).sum()
    assert len(weights) == len(counted)
    assert weights.tolist() == pytest.approx([1] * len(counted))
    rows = long.loc[(long["article"] == "example-times") & (long["paragraph"] == 3)]
    assert rows["topic"].tolist() == ["root-causes", "cooperation"]


def test_a_topic_has_the_colour_of_its_family() -> None:
    topics = frames.load_topics()
    assert topics.groupby("family")["colour"].nunique().eq(1).all()
    assert topics["colour"].str.fullmatch(r"#[0-9A-F]{6}").all()


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2006", "2006-01-01", "2006-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        (date(2021, 10, 8), "2021-10-08", "2021-10-08"),
    ],
)
def test_a_window_runs_from_its_first_day_to_its_last(seeds: Path, written: str | date, start: str, end: str) -> None:
    text = f'"{written}"' if isinstance(written, str) else written.isoformat()
    edits = ('window_start = "2024-01"', f"window_start = {text}"), ("window_end = 2024-01-12", f"window_end = {text}")
    add_sixth(seeds, *edits)
    row = frames.load_facts(seeds).set_index("fact").loc["example-times/talks"]
    assert (row["start"], row["end"]) == (pd.Timestamp(start), pd.Timestamp(end))
