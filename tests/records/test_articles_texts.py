"""The records against the articles' texts. The texts are not in the repository: ARTICLES_DIR names the folder.

Without the texts the check itself is still tested, on a made-up text for the made-up sixth article.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from kit.seeds import SEEDS, add_sixth, copy_seeds, edit

from securitytalks.records.load import read
from securitytalks.records.texts import check_against_texts, copied

TEXTS = os.environ.get("ARTICLES_DIR")
needs_texts = pytest.mark.skipif(not TEXTS, reason="ARTICLES_DIR is not set: nothing was compared with the texts")

SIXTH_TEXT = "\n\n".join(
    [
        "A made-up report",
        "There are more than 450,000 people on the list of an example ministry, of whom a quarter were young. "
        + "so " * 21,
        "An example minister asked for some $2 billion on Monday. " + "and " * 50,
        "Subscribe now",
    ]
)
HASH = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"


@needs_texts
def test_the_records_agree_with_the_texts() -> None:
    assert [str(fault) for fault in check_against_texts(read(), Path(str(TEXTS)))] == []


@needs_texts
def test_no_document_copies_a_text() -> None:
    texts = [(Path(str(TEXTS)) / file.article.text_file).read_text(encoding="utf-8") for file in read().articles]
    documents = [*SEEDS.rglob("*.md"), *SEEDS.rglob("*.csv"), *SEEDS.parent.glob("*.md")]
    headlines = [file.article.headline for file in read().articles if file.article.headline]
    for path in documents:
        text = path.read_text(encoding="utf-8")
        for headline in headlines:
            text = text.replace(headline, "*")
        assert copied(text, texts) is None, f"{path.name} copies an article"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with a made-up text for each article of a copy of the seeds that holds the sixth article alone."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "sixth.txt").write_text(SIXTH_TEXT, encoding="utf-8", newline="\n")
    return folder


def faults_of(tmp_path: Path, texts: Path, *edits: tuple[str, str]) -> list[str]:
    """What the check says of the sixth article, edited, and held against the made-up text."""
    seeds = copy_seeds(tmp_path)
    for path in (seeds / "articles").iterdir():
        path.unlink()
    path = add_sixth(seeds, (HASH, sha256((texts / "sixth.txt").read_bytes()).hexdigest()))
    edit(path, *edits)
    place = "seeds/articles/2024-01-15-example-times.toml: "
    return [str(fault).removeprefix(place) for fault in check_against_texts(read(seeds), texts)]


def test_a_true_record_passes(tmp_path: Path, texts: Path) -> None:
    assert faults_of(tmp_path, texts) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "words = 40",
            "words = 41",
            "passages[paragraph 2]: words: found 41; allowed 40, as in the text; do correct words",
        ),
        (
            '"more than 450,000 people"',
            '"over 450,000 people"',
            'facts[killed]: as_printed: found "over 450,000 people"; allowed words of paragraph 2, letter for letter; '
            "do correct as_printed or paragraph",
        ),
        (
            'as_printed = "a quarter"',
            'as_printed = "were young"',
            'facts[killed-young]: as_printed: found no figure in "were young"; allowed words that give one figure; '
            "do print the words that hold the figure, and no other figure",
        ),
        (
            'headline = "A made-up report"',
            'headline = "A Made-Up Report"',
            'article: headline: found "A Made-Up Report"; allowed a paragraph of the text, letter for letter; '
            "do correct headline",
        ),
        (
            'what = "The count has no source."',
            'what = "It says more than 450,000 people on the list of an example ministry."',
            'slips[old-count]: what: found "more than 450000 people on the list of an"; '
            "allowed fewer than 9 words in a row of an article; do say it in your own words",
        ),
    ],
    ids=lambda text: text.partition(" = ")[0].partition(":")[0],
)
def test_each_difference_is_reported(tmp_path: Path, texts: Path, old: str, new: str, expected: str) -> None:
    assert faults_of(tmp_path, texts, (old, new)) == [expected]


def test_another_text_is_reported(tmp_path: Path, texts: Path) -> None:
    digest = sha256((texts / "sixth.txt").read_bytes()).hexdigest()
    do = "take the text the record was made from, or make the record again"
    expected = f"article: sha256: found {HASH}; allowed {digest}, of the text; do {do}"
    assert faults_of(tmp_path, texts, (digest, HASH)) == [expected]


def test_a_text_with_other_paragraphs_is_reported(tmp_path: Path, texts: Path) -> None:
    (texts / "sixth.txt").write_text(SIXTH_TEXT + "\n\nOne more", encoding="utf-8", newline="\n")
    expected = "article: paragraphs: found 4; allowed 5, as in the text; do correct paragraphs"
    assert faults_of(tmp_path, texts) == [expected]


def test_a_missing_text_is_reported(seeds: Path, texts: Path) -> None:
    add_sixth(seeds)
    faults = check_against_texts(read(seeds), texts / "nowhere")
    assert {fault.found for fault in faults} == {"no such file"}
    assert len(faults) == len(read(seeds).articles)
