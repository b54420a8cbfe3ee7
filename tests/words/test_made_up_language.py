"""A language made up from the English one: what is still in Latin letters is no data, and nobody could translate it."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from kit.charts import Frames, every_chart, frames_of
from kit.seeds import copy_seeds

import helpers
from securitytalks.lesson import forms
from securitytalks.records import translation
from securitytalks.words import files, language

CODE = "xx"
QUOTED = ("original",)  # words of somebody else, where a record is in a list
SMALL = "āĕćđēĝğħīĵķłĩñōŏřšśťūŭŵźŷž"
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", SMALL)
CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", SMALL.upper())
KEPT = re.compile(r"(\{[^}]*\}|<[^>]*>)")  # values and tags


def made_up(text: Any) -> Any:  # noqa: ANN401 texts, or tables and lists of them
    """Give the same text with accents on all letters; values in braces and tags stay."""
    if isinstance(text, dict):
        return {key: made_up(value) for key, value in text.items()}
    if isinstance(text, list):
        return [made_up(value) for value in text]
    parts = KEPT.split(text)
    return "".join(part if at % 2 else part.translate(LETTERS | CAPITALS) for at, part in enumerate(parts))


def toml(table: dict[str, Any], above: str = "") -> str:
    """Write tables of texts as TOML."""
    lines = [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in table.items() if not isinstance(value, dict)]
    inner = [toml(value, f"{above}{json.dumps(key)}.") for key, value in table.items() if isinstance(value, dict)]
    head = f"[{above[:-1]}]\n" if above else ""
    return head + "\n".join([*lines, *inner, ""])


@pytest.fixture(scope="module")
def frames(seeds: Path) -> Frames:
    """What charts are drawn from, in the made-up language."""
    return frames_of(seeds)


def write_texts_of_records(seeds: Path) -> None:
    """Write a file of texts for each file of the seeds."""
    names = ("id", "question", "paragraph")
    helpers.load_record("mexico-homicides")  # imports the classes of the series
    prose = translation.prose()
    for file in sorted(seeds.rglob("*.toml")):
        lines = []
        for key, value in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if isinstance(value, str) and key in prose:
                lines.insert(0, f"{key} = {json.dumps(made_up(value))}")
            rows = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
            for row in filter(lambda row: isinstance(row, dict), rows):
                name = next((key for key in names if key in row), None)
                ours = [
                    field
                    for field, text in row.items()
                    if field in prose and isinstance(text, str) and field not in (name, *QUOTED)
                ]
                lines.append(f"[[{key}]]" if isinstance(value, list) else f"[{key}]")
                lines += [f"{name} = {json.dumps(row[name])}"] if name else []
                lines += [f"{field} = {json.dumps(made_up(row[field]))}" for field in ours]
        place = seeds / CODE / file.relative_to(seeds)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the seeds, with everything in the made-up language."""
    folder = tmp_path_factory.mktemp("made-up")
    with pytest.MonkeyPatch.context() as patch:
        for module in (files, forms):
            home = folder / module.__name__
            shutil.copytree(module.HERE, home)
            patch.setattr(module, "HERE", home)
            for english in home.rglob("en.toml"):
                texts = made_up(tomllib.loads(english.read_text(encoding="utf-8")))
                english.with_name(f"{CODE}.toml").write_text(toml(texts), encoding="utf-8")
        copied = copy_seeds(folder)
        write_texts_of_records(copied)
        patch.setenv(files.CHOICE, CODE)
        yield copied


def seen_in(figure: go.Figure) -> list[str]:
    """What a reader sees of a chart beside its axes: what it says, its rows, its labels and what a mark says."""
    meta = figure.layout.meta
    shown = [meta.get(name) or "" for name in (*language.OF_EVERY_CHART, *language.OF_SOME_CHARTS)]
    shown += [*meta["columns"], *(str(cell) for row in meta["rows"] for cell in row)]
    shown += [note.text for note in figure.layout.annotations]
    for trace in figure.data:
        for texts in (trace.hovertext, trace.text):
            shown += (
                [texts]
                if isinstance(texts, str)
                else [str(text) for text in texts if text]
                if texts is not None
                else []
            )
    return shown


def english(shown: Iterable[str]) -> set[str]:
    """The words of at least two English letters: those of tags, of ids and of file names apart."""
    plain = (re.sub(r"<[^>]*>|\S*[-_./]\S*", " ", text.replace("\u00a0", " ")) for text in shown)
    return {word for text in plain for word in re.findall(r"(?<!\w)[A-Za-z]{2,}(?!\w)", text)}


ARTICLES = (  # the charts that have only words of ours and of the articles
    *("meetings_timeline", "deaths_counted", "fentanyl_cross_check", "funding_against_priorities"),
    *("priorities_by_meeting", "topics_by_meeting", "topics_by_article", "two_accounts", "topic_shares"),
    *("agreement_by_topic", "what_nobody_said"),
)


@pytest.mark.parametrize("name", ARTICLES)
def test_a_chart_of_the_articles_says_nothing_in_english(name: str, frames: Frames) -> None:
    assert english(seen_in(every_chart(frames)[name]())) == set()


def test_a_table_of_the_articles_says_nothing_in_english(seeds: Path, frames: Frames) -> None:
    facts, passages, topics = frames["facts"], frames["passages"], frames["topics"]
    tables = {
        "articles": helpers.articles_table(helpers.load_articles(seeds)),
        "corrections": helpers.corrections_table(helpers.load_corrections(seeds)),
        "disagreements": helpers.disagreements_table(passages, topics),
        "facts": helpers.facts_table(facts, topics),
        "money": helpers.money_table(facts),
        "slips": helpers.slips_table(helpers.load_slips(seeds)),
        "who counts": helpers.who_counts(facts),
    }
    found = {name: english([*table.columns, *table.astype(str).to_numpy().ravel()]) for name, table in tables.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_verdicts_on_claims_are_not_in_english(frames: Frames) -> None:
    cards = helpers.claim_cards(frames["checks"], frames["topics"])
    assert english(cards[made_up("Verdict")]) == set()
