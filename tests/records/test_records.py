"""The real records, and what adding one file does to everything that is counted from them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from kit.seeds import SEEDS, add_sixth, copy_seeds, edit

from securitytalks.records import frames
from securitytalks.records.faults import SeedError
from securitytalks.records.load import read

LOADERS = (frames.load_articles, frames.load_facts, frames.load_passages, frames.load_slips, frames.load_answers)


def test_the_real_records_have_no_fault() -> None:
    records = read()
    assert len(records.articles) >= 5
    assert len(records.meetings) >= 4


def test_every_meeting_is_reported_and_the_first_by_two_articles() -> None:
    meetings = frames.load_meetings().set_index("meeting")["articles"]
    assert all(meetings.map(len) >= 1)
    assert len(meetings["2021-10-08"]) == 2


def test_every_article_has_enough_facts_to_retell_the_meeting() -> None:
    facts = frames.load_facts()
    for article, rows in facts.groupby("article"):
        assert len(rows) >= 12, f"{article} has {len(rows)} facts"
        assert {"figure", "position"} <= set(rows["kind"]), f"{article}: {set(rows['kind'])}"


def test_the_slips_are_reported() -> None:
    assert len(frames.load_slips()) >= 6


def test_two_thirds_of_the_overdose_deaths_is_a_share_of_them() -> None:
    facts = frames.load_facts().set_index("fact")
    whole = facts.index[facts["measures"] == "us-overdose-deaths"]
    parts = facts.loc[facts["share_of"].isin(whole)]
    assert parts["value"].tolist() == [pytest.approx(2 / 3, abs=0.001)]


def test_no_article_gives_a_dollar_figure_for_the_framework() -> None:
    facts = frames.load_facts()
    assert facts.loc[(facts["programme"] == "framework") & (facts["unit"] == "US dollars")].empty


def test_words_in_the_files_are_plain_about_their_sources() -> None:
    for path in sorted((SEEDS / "articles").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"N/A|TODO|\?\?", text), f"{path.name} holds a placeholder"


@pytest.mark.parametrize("load", LOADERS, ids=lambda load: load.__name__)
def test_a_sixth_article_is_one_new_file(seeds: Path, load: object) -> None:
    before = load(seeds)
    add_sixth(seeds)
    after = load(seeds)
    assert set(after["article"]) - set(before["article"]) == {"example-times"}
    assert after.dtypes.equals(before.dtypes)


def test_a_sixth_article_is_counted_with_its_meeting(seeds: Path) -> None:
    add_sixth(seeds)
    assert frames.load_meetings(seeds).set_index("meeting")["articles"]["2023-10-05"][-1] == "example-times"
    row = frames.load_articles(seeds).set_index("article").loc["example-times"]
    assert (row["words"], row["passages"], row["facts"]) == (103, 3, 5)


def test_a_changed_file_is_read_again(seeds: Path) -> None:
    path = add_sixth(seeds)
    kept = read(seeds)
    assert read(seeds) is kept, "nothing changed: the records should not be read twice"
    edit(path, ('outlet = "The Example Times"', 'outlet = "The Sample Times"'))
    assert "The Sample Times" in set(frames.load_articles(seeds)["outlet"])
    path.unlink()
    assert "example-times" not in set(frames.load_articles(seeds)["article"])


def test_a_corrected_file_is_read_again(seeds: Path) -> None:
    path = add_sixth(seeds, ('kind = "event"', 'kind = "evnt"'))
    with pytest.raises(SeedError):
        read(seeds)
    edit(path, ('kind = "evnt"', 'kind = "event"'))
    assert len(read(seeds).articles) == len(read().articles) + 1


def test_the_folder_may_be_named_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_seeds(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert len(read(Path("seeds")).articles) == len(read().articles)
    assert os.fspath(read(Path("seeds")).folder) == os.fspath(tmp_path.resolve() / "seeds")


def test_topics_of_facts_are_topics_of_their_passages_or_have_a_reason() -> None:
    passages = frames.load_passages().set_index(["article", "paragraph"])["settled"]
    for _, fact in frames.load_facts().iterrows():
        missing = set(fact["topics"]) - set(passages[fact["article"], fact["paragraph"]])
        has_reason = isinstance(fact["topics_reason"], str)
        assert bool(missing) == has_reason, f"{fact['fact']}: topics that its passage lacks: {sorted(missing)}"


def test_a_note_that_leads_to_the_slips_finds_one_in_its_paragraph() -> None:
    slips = frames.load_slips()
    places = set(zip(slips["article"], slips["paragraph"], strict=True))
    leading = frames.load_facts().query("note.str.contains('see the slips', case=False, na=False)")
    assert len(leading)
    for fact in leading.itertuples():
        assert (fact.article, fact.paragraph) in places, fact.fact
