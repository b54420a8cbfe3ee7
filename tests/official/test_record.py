"""The official series: their totals and shares add up, and every kind of bad file is reported."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pandas as pd
import pytest
from kit.seeds import KIT

from securitytalks.official.frames import load_record, load_series, running_total
from securitytalks.records.faults import SeedError
from securitytalks.records.frames import load_topics
from securitytalks.records.load import SEEDS
from securitytalks.words.dates import PERIOD_FORMS, period_span

ROOT = Path(__file__).resolve().parents[2]
SERIES = sorted(path.stem for path in (SEEDS / "record").glob("*.csv"))


def test_running_total_reaches_what_the_articles_are_held_against() -> None:
    frame = load_record("mexico-homicides")
    totals = running_total(frame, "inegi", since="2007").set_axis(frame["period"])
    assert (totals["2020"], totals["2022"]) == (352_208, 421_195)
    assert pd.isna(totals["2006"])
    assert frame.loc[0, "inegi"] == 14_493  # unchanged


def test_running_total_refuses_a_gap() -> None:
    with pytest.raises(ValueError, match="blank"):
        running_total(load_record("merida-by-fiscal-year"), "million_dollars", since="FY2008")


@pytest.mark.parametrize(
    ("series", "whole"), [("us-overdose-deaths", "all_drugs"), ("us-overdose-12-months", "reported")]
)
def test_shares_are_what_we_say_they_are(series: str, whole: str) -> None:
    frame = load_record(series).dropna(subset="synthetic_share")
    computed = (100 * frame["synthetic_opioids"].astype(float) / frame[whole].astype(float)).round(1)
    assert frame["synthetic_share"].tolist() == computed.tolist()
    assert frame["synthetic_share_derived"].all()
    assert not frame["synthetic_opioids_derived"].any()


def test_every_series_is_listed_and_typed() -> None:
    listed = load_series().set_index("series")
    assert list(listed.index) == SERIES
    for series in SERIES:
        frame = load_record(series)
        assert len(frame) == listed.loc[series, "rows"]
        assert frame["start"].le(frame["end"]).all()
        assert frame["start"].is_monotonic_increasing
        assert set(frame["grade"].dropna()) <= {"A", "B"}
        for column in listed.loc[series, "columns"]:
            assert pd.api.types.is_numeric_dtype(frame[column]), (series, column)
            assert (frame[f"{column}_grade"].isna() == frame[column].isna()).all(), (series, column)
        assert frame.attrs["title"] == listed.loc[series, "title"]


def test_grades_are_marked_value_by_value() -> None:
    frame = load_record("mexico-homicides").set_index("period")
    assert frame.loc["2017", ["inegi_grade", "sesnsp_grade", "grade"]].tolist() == ["A", "A", "A"]
    assert frame.loc["2021", ["inegi_grade", "sesnsp_grade", "grade"]].tolist() == ["A", "B", "B"]
    assert frame.loc["2019", "inegi_derived"]
    assert not frame.loc["2020", "inegi_derived"]
    assert pd.isna(frame.loc["2000", "sesnsp_grade"])


def test_the_objectives_are_coded_with_topics_of_the_codebook() -> None:
    coded = load_record("framework-objectives")["topics"].dropna().str.split("; ").explode()
    assert set(coded) <= set(load_topics()["topic"])


def test_a_name_that_is_no_series_gets_the_list() -> None:
    with pytest.raises(KeyError, match="mexico-homicides"):
        load_record("homicides")


@pytest.mark.parametrize(
    ("period", "kind", "start", "end"),
    [
        ("2007", "calendar year", "2007-01-01", "2007-12-31"),
        ("FY2008", "fiscal year", "2007-10-01", "2008-09-30"),
        ("2023-12", "twelve months ending", "2023-01-01", "2023-12-31"),
        ("2024-02", "twelve months ending", "2023-03-01", "2024-02-29"),
        ("2017", "as stated on a date", "2017-01-01", "2017-12-31"),
        ("2023-09", "as stated on a date", "2023-09-01", "2023-09-30"),
        ("2021-03-01", "as stated on a date", "2021-03-01", "2021-03-01"),
        ("2007-2011", "period", "2007-01-01", "2011-12-31"),
        ("2014-01 to 2023-07", "period", "2014-01-01", "2023-07-31"),
    ],
)
def test_periods_are_read(period: str, kind: str, start: str, end: str) -> None:
    assert [day.isoformat() for day in period_span(period, kind)] == [start, end]


@pytest.mark.parametrize("kind", PERIOD_FORMS)
@pytest.mark.parametrize("period", ["", "20", "FY19", "2023-13", "2011-2007", "2021-02-30", "two years", "2007 "])
def test_what_is_no_period_is_refused(period: str, kind: str) -> None:
    assert period_span(period, kind) is None


# ---------------------------------------------------------------------------------------------------------- bad files

TOML, CSV = ((KIT / f"storks{ending}").read_text(encoding="utf-8") for ending in (".toml", ".csv"))


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds" / "record"
    folder.mkdir(parents=True)
    (folder / "storks.toml").write_text(TOML, encoding="utf-8")
    (folder / "storks.csv").write_text(CSV, encoding="utf-8")
    return tmp_path / "seeds"


def test_the_good_pair_is_read(seeds: Path) -> None:
    frame = load_record("storks", seeds)
    assert frame["storks"].isna().tolist() == [False, True, False]
    assert frame["grade"].tolist()[0] == "A"
    assert pd.isna(frame["grade"].tolist()[1])


def faults_of(seeds: Path) -> list[str]:
    with pytest.raises(SeedError) as error:
        load_series(seeds)
    return [str(fault) for fault in error.value.faults]


def test_a_value_in_two_blocks_is_reported(seeds: Path) -> None:
    block = TOML[TOML.index("[[rows]]") :]
    (seeds / "record" / "storks.toml").write_text(f"{TOML}\n{block}", encoding="utf-8")
    assert any("2 blocks of [[rows]]" in fault for fault in faults_of(seeds))


@pytest.mark.parametrize(
    ("gone", "says"), [("storks.csv", "no storks.csv beside it"), ("storks.toml", "no storks.toml")]
)
def test_a_missing_twin_is_reported(seeds: Path, gone: str, says: str) -> None:
    (seeds / "record" / gone).unlink()
    assert any(says in fault for fault in faults_of(seeds))


@pytest.mark.parametrize("name", ["storks.csv", "storks.toml"])
@pytest.mark.parametrize(("raw", "says"), [("é".encode("latin-1"), "not UTF-8"), (b" \n", "an empty file")])
def test_a_file_that_is_no_text_is_reported(seeds: Path, name: str, raw: bytes, says: str) -> None:
    (seeds / "record" / name).write_bytes(raw)
    assert any(says in fault and name in fault for fault in faults_of(seeds))


def test_a_file_of_another_kind_is_reported(seeds: Path) -> None:
    (seeds / "record" / "storks.xlsx").write_bytes(b"PK")
    assert any("names that end in .csv or .toml" in fault for fault in faults_of(seeds))


def test_a_name_that_is_no_series_name_is_reported(seeds: Path) -> None:
    for ending in (".csv", ".toml"):
        (seeds / "record" / f"storks{ending}").rename(seeds / "record" / f"My Storks{ending}")
    assert any("joined by hyphens" in fault for fault in faults_of(seeds))


def test_no_folder_and_an_empty_folder_are_reported(seeds: Path) -> None:
    shutil.rmtree(seeds / "record")
    assert "no such folder" in faults_of(seeds)[0]
    (seeds / "record").mkdir()
    assert "no files" in faults_of(seeds)[0]


def test_all_faults_come_at_once(seeds: Path) -> None:
    (seeds / "record" / "storks.csv").write_text(CSV.replace("5", "five").replace("7", "seven"), encoding="utf-8")
    (seeds / "record" / "swans.csv").write_text(CSV, encoding="utf-8")
    faults = faults_of(seeds)
    assert len(faults) == 3
    assert {fault.split(":")[0] for fault in faults} == {"seeds/record/storks.csv", "seeds/record/swans.csv"}


def test_a_corrected_file_is_read_again(seeds: Path) -> None:
    path = seeds / "record" / "storks.csv"
    path.write_text(CSV.replace("5", "five"), encoding="utf-8")
    assert faults_of(seeds)
    path.write_text(CSV, encoding="utf-8")
    assert load_record("storks", seeds)["storks"].sum() == 12


@pytest.mark.parametrize("name", [f"{series}{ending}" for series in SERIES for ending in (".csv", ".toml")])
def test_a_series_file_cut_anywhere_never_ends_in_a_traceback(tmp_path: Path, name: str) -> None:
    shutil.copytree(SEEDS / "record", tmp_path / "seeds" / "record")
    path = tmp_path / "seeds" / "record" / name
    raw = path.read_bytes()
    for part in (3, 7):
        path.write_bytes(raw[: len(raw) * part // 10])
        with contextlib.suppress(SeedError):  # a table cut between two rows is only shorter
            load_series(tmp_path / "seeds")
