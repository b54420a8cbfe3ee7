"""The glossary: every entry once, shown closed and escaped, without a script."""

from __future__ import annotations

import pandas as pd
import pytest

import helpers


def shown(capture: pytest.MonkeyPatch, glossary: pd.DataFrame, kind: str) -> dict[str, str]:
    found: list[dict[str, str]] = []
    capture.setattr("securitytalks.lesson.glossary.display", lambda data, raw: found.append(data))
    helpers.show_glossary(glossary, kind)
    return found[0]


def test_each_entry_stands_once_and_every_kind_has_some() -> None:
    glossary = helpers.load_glossary()
    assert not glossary["name"].duplicated().any()
    assert set(glossary["kind"]) == {"person", "place", "term"}
    assert glossary["text"].str.split().map(len).max() <= 30


def test_entries_are_closed_at_first_and_open_without_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    html = shown(monkeypatch, helpers.load_glossary(), "term")["text/html"]
    assert html.startswith("<details><summary>")
    assert "<script" not in html
    assert "Window" in html


def test_foreign_text_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = pd.DataFrame([{"kind": "place", "name": "<b>x</b>", "text": "<img src=x onerror=alert(1)>"}])
    html = shown(monkeypatch, entry, "place")["text/html"]
    assert "<img" not in html
    assert "&lt;b&gt;x" in html


def test_an_unknown_kind_names_those_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="person, place, term"):
        shown(monkeypatch, helpers.load_glossary(), "animal")
