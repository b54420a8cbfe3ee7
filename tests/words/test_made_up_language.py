"""A language made up from the English one: what is still in Latin letters is no data, and nobody could translate it."""

from __future__ import annotations

import html
import json
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import plotly.graph_objects as go
import pytest
from kit.charts import Frames, every_chart, frames_of
from kit.seeds import copy_seeds
from notebook_decks.plugins import Place

import helpers
from securitytalks.lesson import forms
from securitytalks.lesson.coding import plugin as coding_plugin
from securitytalks.lesson.coding.form import CODING
from securitytalks.lesson.guess import plugin as guess_plugin
from securitytalks.lesson.guess.guess import GUESS
from securitytalks.lesson.quiz import plugin as quiz_plugin
from securitytalks.lesson.quiz.quiz import QUIZ
from securitytalks.lesson.quotation.quotation import quotation_versions
from securitytalks.official.schema import RecordUnit
from securitytalks.records import translation
from securitytalks.records.schema import (
    Grade,
    Kind,
    MoneyStatus,
    Precision,
    SlipKind,
    StockOrFlow,
    Unit,
    Verdict,
)
from securitytalks.words import files, language
from securitytalks.words.numbers import NO_PREFIX

CODE = "xx"
QUOTED = ("original",)  # words of somebody else, where a record is in a list
SMALL = "āĕćđēĝğħīĵķłĩñōŏřšśťūŭŵźŷž"
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", SMALL)
CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", SMALL.upper())
MARKS = {",": ".", ".": ","}
ENGLISH_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])|(?<![\d.,])\d+\.\d{1,2}(?![\d.])")
KEPT = re.compile(r"(\{[^}]*\}|<[^>]*>)")  # values and tags


def made_up(text: Any) -> Any:  # noqa: ANN401 texts, or tables and lists of them
    """Give the same text with accents on all letters; values in braces and tags stay."""
    if isinstance(text, dict):
        return {key: made_up(value) for key, value in text.items()}
    if isinstance(text, list):
        return [made_up(value) for value in text]
    parts = KEPT.split(text)
    return "".join(part if at % 2 else with_other_marks(part) for at, part in enumerate(parts))


def with_other_marks(text: str) -> str:
    """Give the same text with accents on all letters, a point between thousands and a comma before decimals."""
    return re.sub(r"(?<=\d)[,.](?=\d)", lambda mark: MARKS[mark[0]], text.translate(LETTERS | CAPITALS))


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
                if english.parent == home and module is files:
                    texts["numbers"]["marks"] = ".,"
                english.with_name(f"{CODE}.toml").write_text(toml(texts), encoding="utf-8")
        copied = copy_seeds(folder)
        write_texts_of_records(copied)
        patch.setenv(files.CHOICE, CODE)
        yield copied


def seen_in(figure: go.Figure) -> list[str]:
    """What a reader sees of a chart beside its axes: what it says, its rows, its labels and what a mark says."""
    meta = figure.layout.meta
    shown = [meta.get(name) or "" for name in (*language.OF_EVERY_CHART, *language.OF_SOME_CHARTS)]
    # An export gives the numbers among the cells its own marks.
    shown += [*meta["columns"], *(cell for row in meta["rows"] for cell in row if isinstance(cell, str))]
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
    """The words of at least two English letters, those of tags, of ids and of file names apart; and English numbers."""
    texts = [re.sub(r"<[^>]*>", " ", text.replace("\u00a0", " ")) for text in shown]
    plain = (re.sub(r"\S*[-_./]\S*", " ", text) for text in texts)
    words = {word for text in plain for word in re.findall(r"(?<!\w)[A-Za-z]{2,}(?!\w)", text)}
    return words | {number for text in texts for number in ENGLISH_NUMBER.findall(text)}


OFFICIAL = {  # the charts of official series that are drawn from no article
    "border_encounters": ["southwest-encounters"],
    "fentanyl_seized": ["cbp-fentanyl"],
    "merida_by_fiscal_year": ["merida-by-fiscal-year"],
}
# Words in the cells of CSV files, which stay as their documents have them.
CELLS = {
    "merida_totals_as_stated": ("merida-running-totals", ["document", "area", "covers"]),
    "priorities_against_objectives": ("framework-objectives", ["goal", "objective"]),
}


def test_no_chart_says_anything_in_english(seeds: Path, frames: Frames) -> None:
    charts = every_chart(frames, seeds)
    for name, series in OFFICIAL.items():
        charts[name] = partial(getattr(helpers, name), *(helpers.load_record(one, seeds) for one in series))
    traces = [helpers.load_record(one, seeds) for one in ("atf-traces-by-year", "atf-share-by-period")]
    charts["firearms_traced"] = partial(helpers.firearms_traced, *traces, frames["facts"])
    found = {}
    for name, draw in charts.items():
        shown = [text.replace("<br>", "").replace("\u00a0", " ") for text in seen_in(draw())]
        if name in CELLS:
            record, columns = CELLS[name]
            cells = set(helpers.load_record(record, seeds)[columns].to_numpy().ravel())
            any_cell = re.compile("|".join(map(re.escape, sorted(cells, key=len, reverse=True))))
            shown = [any_cell.sub(" ", text) for text in shown]
        if words := english(shown):
            found[name] = words
    assert found == {}


def test_a_table_of_the_articles_says_nothing_in_english(seeds: Path, frames: Frames) -> None:
    facts, passages, topics = frames["facts"], frames["passages"], frames["topics"]
    tables = {
        "articles": helpers.articles_table(helpers.load_articles(seeds)),
        "corrections": helpers.corrections_table(helpers.load_corrections(seeds)),
        "disagreements": helpers.disagreements_table(passages, topics),
        "facts": helpers.facts_table(facts, topics),
        "money": helpers.money_table(facts),
        "pairs": helpers.pairs_table(helpers.comparable(facts)),
        "slips": helpers.slips_table(helpers.load_slips(seeds)),
        "who counts": helpers.who_counts(facts),
    }
    found = {name: english([*table.columns, *table.astype(str).to_numpy().ravel()]) for name, table in tables.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_cards_of_claims_are_not_in_english(frames: Frames) -> None:
    cards = helpers.claim_cards(frames["checks"], frames["topics"])
    # The figures beside a claim name the part of a series by a cell of its CSV file.
    cards = cards.drop(columns=made_up("Shown beside it"))
    assert english([*cards.columns, *cards.astype(str).to_numpy().ravel()]) == set()


def test_numbers_have_the_marks_of_the_language(seeds: Path) -> None:
    figure = helpers.fentanyl_seized(helpers.load_record("cbp-fentanyl", seeds))
    assert figure.layout.separators == ",."
    assert "27.023" in str(figure.data[-1].text)
    table = helpers.show_table(pd.DataFrame({"a": ["b"], "c": [12345.5]}), caption="d")
    assert table.rows == (("b", "12.345,5"),)
    assert '"marks": ".,"' in html.unescape(table.data), "the script that sorts needs them"


PLACE = Place(id="here", kind="page", audience="reader", where="Cell 1")


def test_forms_say_nothing_in_english(seeds: Path, frames: Frames) -> None:
    asked, facts = made_up("How many?"), frames["facts"]
    killed = facts.loc[facts["measures"].eq("killed-in-mexico"), "fact"].iloc[0]
    scale = {"low": 0, "high": 600_000, "step": 50_000}
    guess = helpers.predict(facts, killed, question=asked, why=asked, **scale)
    quiz = helpers.quiz(asked, [(asked, True, asked), (made_up("No"), False, asked)])
    coding = helpers.coding(frames["passages"], frames["topics"])
    written = {
        "guess": guess_plugin.guess(guess.layout.meta["forms"][GUESS], PLACE),
        "quiz": quiz_plugin.quiz(quiz._repr_mimebundle_()[QUIZ], PLACE),
        "coding": coding_plugin.coding(coding._repr_mimebundle_()[CODING], PLACE),
    }
    found = {}
    for name, form in written.items():
        seen = re.sub(r"<(script|style).*?</\1>", " ", form, flags=re.S)
        heard = re.findall(r'(?:aria-label|aria-valuetext|placeholder|data-hide|data-show)="([^"]*)"', form)
        if words := english([html.unescape(text) for text in (seen, *heard)]):
            found[name] = words
    assert found == {}


def test_an_altered_quotation_has_only_the_words_of_others_in_english(seeds: Path) -> None:
    slips = helpers.load_slips(seeds)
    slip = slips[slips["original"].notna()].iloc[0]
    versions = quotation_versions(slips, f"{slip['article']}/{slip['id']}")
    sides = versions["before"], versions["after"]
    ours = [versions["effect"], *(side[name] for side in sides for name in ("who", "where"))]
    assert english(ours) == set()


def test_the_plan_of_the_lesson_has_columns_that_are_not_in_english(seeds: Path) -> None:
    assert english(helpers.lesson_plan().columns) == set()


def codes(table: str, within: str = "") -> set[str]:
    texts = files.table_of(table)
    return set(texts[within] if within else texts)


def test_every_code_of_the_schema_has_words_and_no_other_has() -> None:
    assert codes("numbers", "several") == {*get_args(Unit), *get_args(RecordUnit)}
    assert codes("hover", "precisions") == set(get_args(Precision))
    assert codes("numbers", "precisions") == set(get_args(Precision)) - {*NO_PREFIX}
    assert codes("codes", "slip_kinds") == set(get_args(SlipKind))
    assert codes("codes", "stock_or_flow") == set(get_args(StockOrFlow))
    assert codes("codes", "verdicts") == set(get_args(Verdict))
    assert codes("facts", "kinds") == set(get_args(Kind))
    assert codes("money_status") == set(get_args(MoneyStatus))
    assert codes("official", "grades") == set(get_args(Grade))
