"""The README promises nothing that is not so: paths, commands, dates and counts."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime

import pytest
from kit.charts import with_plain_spaces
from kit.lab import ROOT
from kit.notebooks import NOTEBOOKS, figures, read

import start

README = (ROOT / "README.md").read_text(encoding="utf-8")
ARTICLES = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "seeds" / "articles").glob("*.toml")]
LINKS = re.findall(r"!?\[([^\]]*)\]\(([^)\s]+)\)", README)
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.*-]*|[\w.-]+\.(?:py|toml|txt|yml|md|ipynb))`")


def test_first_screen_says_what_this_is() -> None:
    lines = [line for line in README.splitlines()[:5] if line.strip()]
    assert lines[0].startswith("# ")
    assert re.match(r"[A-Z].*", lines[1]), "the first sentence stands in the first five lines"
    assert len(re.findall(r"!\[[^\]]*\]\([^)]*badge", README)) <= 2


def test_as_of_is_the_day_of_the_newest_article() -> None:
    found = re.search(r"As of (\d{1,2} \w+ \d{4})", README)
    assert found, "no `As of <day>`"
    newest: date = max(record["article"]["published"] for record in ARTICLES)
    assert datetime.strptime(found[1], "%d %B %Y").date() == newest


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("articles", len(ARTICLES)),
        ("meetings", len({record["article"]["meeting"] for record in ARTICLES})),
        ("facts", sum(len(record["facts"]) for record in ARTICLES)),
    ],
)
def test_counts_are_those_of_the_records(word: str, count: int) -> None:
    assert {int(found) for found in re.findall(rf"\b(\d+) {word}\b", README)} <= {count}


def test_each_picture_is_described_by_the_finding_its_chart_has_today() -> None:
    charts = [figure for path in NOTEBOOKS for figure in figures(read(path))]
    today = {with_plain_spaces(chart["layout"]["meta"]["finding"]) for chart in charts}
    pictures = [text for text, target in LINKS if target.endswith(".png")]
    assert len(pictures) == 2
    assert set(pictures) <= today


def test_every_path_exists() -> None:
    named = {path for path in PATH.findall(README) if "*" not in path}
    linked = {target.split("#")[0] for _, target in LINKS if not re.match(r"[a-z]+:|#", target)}
    assert len(named) > 5
    assert not [path for path in sorted(named | linked) if not (ROOT / path).exists()]


def test_every_picture_has_a_text() -> None:
    assert not re.findall(r"!\[\s*\]\([^)]*\)|<img(?![^>]*\balt=\"[^\"]+\")", README)


def test_the_reading_table_names_every_notebook_in_order() -> None:
    rows = [
        target for line in README.splitlines() if line.startswith("|") for target in re.findall(r"\]\(([^)]+)\)", line)
    ]
    assert [row for row in rows if row.endswith(".ipynb")] == [f"notebooks/{path.name}" for path in NOTEBOOKS]


def test_every_command_is_one_that_start_knows() -> None:
    named = re.findall(r"(?:python|python3|py|uv run) start\.py(?: ([a-z]+))?", README)
    assert {"", "test", "publish", "jupyter"} <= set(named)
    assert not [name for name in named if name and start.arguments(name, ROOT) is None]
