"""The texts of records in another language are files with these texts alone, and the rules hold for them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from kit.seeds import SEEDS, copy_seeds

from securitytalks.official.frames import load_record, load_series
from securitytalks.records.faults import SeedError
from securitytalks.records.frames import load_corrections, load_facts, load_topics
from securitytalks.words import files

ARTICLE = "articles/2023-10-05-urdupoint.toml"


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the seeds, read in Spanish."""
    shutil.copy(files.HERE / "en.toml", tmp_path / "es.toml")
    monkeypatch.setattr(files, "HERE", tmp_path)
    monkeypatch.setenv(files.CHOICE, "es")
    return copy_seeds(tmp_path)


def write(seeds: Path, name: str, text: str) -> None:
    path = seeds / "es" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_texts_of_another_language_take_the_place_of_the_english_ones(seeds: Path) -> None:
    before = load_facts(seeds)
    write(seeds, ARTICLE, '[[facts]]\nid = "killed-since-2006"\nlabel = "Muertos desde 2006"\n')
    write(seeds, "codebook.toml", '[[topics]]\nid = "arms"\nname = "Tráfico de armas"\n')
    write(seeds, "record/mexico-homicides.toml", 'title = "Homicidios en México"\n')
    after = load_facts(seeds)
    changed = after["label"].fillna("") != before["label"].fillna("")
    assert after.loc[changed, ["fact", "label"]].to_numpy().tolist() == [
        ["urdupoint/killed-since-2006", "Muertos desde 2006"]
    ]
    assert after.drop(columns="label").equals(before.drop(columns="label"))
    assert "Tráfico de armas" in set(load_topics(seeds)["name"])
    assert load_series(seeds).set_index("series").loc["mexico-homicides", "title"] == "Homicidios en México"
    assert load_record("mexico-homicides", seeds).equals(load_record("mexico-homicides", SEEDS))


def test_what_is_no_text_of_the_original_is_named(seeds: Path) -> None:
    write(
        seeds,
        ARTICLE,
        '[[facts]]\nid = "killed-since-2006"\nvalue = 5\n\n[[facts]]\nid = "storks"\nlabel = "Cigüeñas"\n',
    )
    write(seeds, "articles/storks.toml", "")
    with pytest.raises(SeedError) as faults:
        load_facts(seeds)
    value, storks, other = sorted(faults.value.faults, key=str)
    assert str(other).startswith("seeds/es/articles/storks.toml: file: -: found a file that is not read")
    assert str(value).startswith(
        f"seeds/es/{ARTICLE}: facts[killed-since-2006]: value: found 5; allowed another text, in quo"
    )
    assert str(storks).startswith(
        f"seeds/es/{ARTICLE}: facts[storks]: -: found a record that the original does not have"
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (ARTICLE, '[[facts]]\nid = "killed-since-2006"\nunit = "deaths"', 'unit: found "deaths"; allowed another text'),
        (ARTICLE, '[article]\nheadline = "Titular"', 'headline: found "Titular"; allowed another text'),
        (ARTICLE, '[[slips]]\nid = "x"\n[[slips]]\nid = "x"', "found a record twice; allowed each record once"),
        ("record/mexico-homicides.csv", "period", "found a name that ends in .csv; allowed names that end in .toml"),
        ("artcles/x.toml", "a = 1", "seeds/es/artcles: file: -: found a name that ends in nothing"),
    ],
)
def test_what_would_change_a_code_or_be_left_out_is_a_fault(seeds: Path, name: str, text: str, said: str) -> None:
    write(seeds, name, text)
    with pytest.raises(SeedError) as faults:
        load_facts(seeds)
    assert said in str(faults.value)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
@pytest.mark.parametrize("folder", ["es", "es/articles"])
def test_a_linked_folder_of_texts_is_a_fault(seeds: Path, folder: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (seeds / folder).parent.mkdir(exist_ok=True)
    (seeds / folder).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SeedError, match=f"seeds/{folder}: file: -: found a link to another place; allowed a folder of"):
        load_facts(seeds)


@pytest.mark.parametrize("code", ["", "..", "../x", "articles", "e" * 300, "<b>", "xx"])
def test_a_language_that_is_none_is_named_and_no_file_is_blamed(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.CHOICE, code)
    with pytest.raises(files.LanguageError, match=rf"{files.CHOICE} is \S+(; allowed is the code|, and words/ has no)"):
        load_corrections(SEEDS)
