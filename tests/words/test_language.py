"""What charts say is data: every text is used, none stands in charts/, and another language is one more file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import helpers
from securitytalks.words import files, language

SOURCE = Path(language.__file__).resolve().parents[1]
CODE = "".join(path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py")))
ENGLISH = tomllib.loads((SOURCE / "words" / "en.toml").read_text(encoding="utf-8"))


SPANISH = {
    "The {count} figures on people killed": "Las {count} cifras de muertos",
    "Sep Oct Nov": "sept oct nov",
    "more than {amount}": "más de {amount}",
    'people = "people"': 'people = "personas"',
}


def entries(table: dict, above: str = "") -> Iterator[tuple[str, str]]:
    """Every text as its table and its key."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from entries(value, f"{above}.{key}".lstrip("."))
        else:
            yield above, key


def test_every_text_is_used() -> None:
    unused = [table for table in ENGLISH if f'"{table}"' not in CODE and table not in ("missing", "columns")]
    for table, key in entries(ENGLISH):
        names = (f'"{key}"', f'.{key}"', f"{key}=") if table == "columns" else (f'"{key}"', f'.{key}"')
        if table in (
            "compare.places",
            "codes.states_of_money",
            "shown_at",
        ):  # their keys are words of the records, functions of helpers
            continue
        if key not in language.OF_EVERY_CHART and not any(name in CODE for name in names):
            unused.append(f"{table}.{key}")
    assert unused == []


def test_no_chart_has_its_texts_or_what_differs_on_a_slide_in_its_code() -> None:
    found = {
        f"{path.name}: {match}"
        for path in sorted((SOURCE / "charts").glob("*.py"))
        for match in re.findall(
            r'\b(?:finding|measure|unit|source|note|description)=f?"[^"]* [^"]*"|f?"(?:data|annotations|shapes)\[',
            path.read_text(encoding="utf-8"),
        )
    }
    assert found == set()


def test_another_language_is_one_more_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (SOURCE / "words" / "en.toml").read_text(encoding="utf-8")
    for english, spanish in SPANISH.items():
        assert english in text
        text = text.replace(english, spanish)
    (tmp_path / "es.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(files, "HERE", tmp_path)
    monkeypatch.setenv(files.CHOICE, "es")
    meta = helpers.deaths_counted(helpers.load_facts()).layout.meta
    assert re.match(r"Las \d+ cifras de muertos", meta["finding"])
    assert "8\u00a0oct\u00a02021" in meta["source"], "a date stays in one line"
    assert "más de 300,000 personas" in str(meta["rows"])


def test_a_language_without_a_file_is_named_with_those_that_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.CHOICE, "xx")
    with pytest.raises(ValueError, match=r"SECURITYTALKS_LANGUAGE is 'xx', and words/ has no file xx\.toml; it has en"):
        language.Texts("limits")


def test_a_text_refuses_a_value_that_it_does_not_use_and_one_that_is_missing() -> None:
    texts = language.Texts("border_encounters")
    with pytest.raises(ValueError, match=r"border_encounters\.measure does not use: peak"):
        texts("measure", key="", peak=1)
    with pytest.raises(ValueError, match=r"border_encounters\.measure: the text names 'key', which is not a value"):
        texts("measure")
    with pytest.raises(ValueError, match="border_encounters does not use: surplus"):
        texts.of_chart(surplus=1)


def test_a_text_that_is_not_there_is_named_with_its_file() -> None:
    with pytest.raises(ValueError, match=r"words/en\.toml has no two_acounts; near it: two_accounts"):
        language.Texts("two_acounts")
    with pytest.raises(ValueError, match=r"words/en\.toml has no awnser in \[what_nobody_said\]; near it: answer"):
        language.Texts("what_nobody_said")("awnser")
    with pytest.raises(ValueError, match=r"words/en\.toml has no ofice in \[columns\]; near it: "):
        language.titled(pd.DataFrame({"ofice": ["CBP"]}))
    with pytest.raises(ValueError, match=r"words/en\.toml: \[limits\] lacks finding, measure, unit, source, descr"):
        language.Texts("limits").of_chart()
