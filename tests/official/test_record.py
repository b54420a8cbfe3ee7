"""The official series: every value is the source pack's, and every kind of bad file is told."""

from __future__ import annotations

import contextlib
import csv
import os
import re
import shutil
from collections.abc import Callable
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
PACK = Path(os.environ.get("STATISTICS_DIR", ROOT.parent / "shared" / "reference" / "statistics"))
SERIES = sorted(path.stem for path in (SEEDS / "record").glob("*.csv"))

# ------------------------------------------------------------------------------------------------- against the pack


@pytest.fixture(scope="session")
def pack() -> Callable[[str], list[dict[str, str]]]:
    """Reads a table of the pack of official statistics that the series were taken from."""
    if not PACK.is_dir():
        if "STATISTICS_DIR" in os.environ:
            pytest.fail(f"STATISTICS_DIR={PACK}: no such folder")
        pytest.skip(f"the pack of official statistics is not at {PACK}: set STATISTICS_DIR to its folder")
    return lambda name: list(csv.DictReader((PACK / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def values(series: str, *columns: str) -> dict[tuple[str, ...] | str, list[float | None]]:
    """The numbers of a series by period, blanks as None."""
    frame = load_record(series)
    return {
        row["period"]: [None if pd.isna(row[column]) else float(row[column]) for column in columns]
        for row in frame.to_dict("records")
    }


def theirs(rows: list[dict[str, str]], period: str, *columns: str, mark: str = "") -> dict[str, list[float | None]]:
    """The numbers of a table of the pack by period, blanks as None."""
    return {mark + row[period]: [float(row[column]) if row[column] else None for column in columns] for row in rows}


def test_homicides_equal_the_pack(pack: Callable) -> None:
    rows = pack("mexico_homicides_by_year")
    expected = theirs(rows, "year", "inegi_registered_homicide_deaths", "sesnsp_victims_intentional_homicide")
    counted = theirs(rows, "year", "mxmortalitydb_count_from_inegi_microdata")
    assert expected["2017"][0] is None  # the pack has no printed value and points to the count from microdata
    expected["2017"][0] = counted["2017"][0]
    expected["2024"] = [33_550.0, None]  # published after the pack
    assert values("mexico-homicides", "inegi", "sesnsp") == expected


def test_homicide_running_total_equals_the_pack(pack: Callable) -> None:
    frame = load_record("mexico-homicides")
    totals = running_total(frame, "inegi", since="2007")
    ours = {period: [float(total)] for period, total in zip(frame["period"], totals, strict=True) if pd.notna(total)}
    rows = [row for row in pack("mexico_homicides_by_year") if int(row["year"]) >= 2007]
    assert ours.pop("2024") == [ours["2023"][0] + 33_550]  # published after the pack
    assert ours == theirs(rows, "year", "cumulative_inegi_since_1_jan_2007")


def test_overdose_deaths_equal_the_pack(pack: Callable) -> None:
    expected = theirs(
        pack("us_overdose_deaths_by_year"),
        "year",
        "all_drug_overdose_deaths",
        "deaths_involving_synthetic_opioids_T40_4_mainly_fentanyl",
        "share_synthetic_percent",
    )
    for year in ("2022", "2023"):  # one weak copy: left out here
        expected[year][1:] = [None, None]
    assert values("us-overdose-deaths", "all_drugs", "synthetic_opioids", "synthetic_share") == expected


def test_twelve_month_counts_equal_the_pack(pack: Callable) -> None:
    expected = theirs(
        pack("us_overdose_12_months_ending"),
        "twelve_months_ending",
        "all_drug_deaths_reported",
        "all_drug_deaths_predicted",
        "synthetic_opioid_T40_4_deaths_reported",
        "share_synthetic_percent_of_reported",
    )
    ours = values("us-overdose-12-months", "reported", "predicted", "synthetic_opioids", "synthetic_share")
    assert ours == expected


def test_counts_as_first_published_equal_the_pack(pack: Callable) -> None:
    frame = load_record("us-overdose-first-published")
    ours = {(row.period, row.window, row.kind, int(row.deaths)) for row in frame.itertuples()}
    expected = {
        (
            re.match(r"[\d-]+", row["published"]).group(),
            row["twelve_months_ending"],
            row["kind"].split()[0],
            int(row["all_drug_deaths_as_published_then"]),
        )
        for row in pack("us_overdose_provisional_as_first_published")
        if row["source"].startswith(("NCHS", "CDC/NCHS")) or "CNN" in row["source"]
    }
    assert ours == expected


def test_later_values_of_the_pack_are_the_twelve_month_series(pack: Callable) -> None:
    later = values("us-overdose-12-months", "reported", "predicted")
    for row in pack("us_overdose_provisional_as_first_published"):
        expected = [float(row["revised_reported_value_later"]), float(row["revised_predicted_value_later"])]
        assert later[row["twelve_months_ending"]] == expected


REGIONS = ("north_america", "central_america", "caribbean", "south_america")


@pytest.mark.parametrize(("ours", "pack_has"), [("oct_2023", "oct2023"), ("dec_2024", "dec2024")])
def test_missing_migrants_equal_the_pack(pack: Callable, ours: str, pack_has: str) -> None:
    rows = pack("missing_migrants_americas_by_year")
    columns = [ours, *(f"{ours}_{region}" for region in REGIONS)]
    names = [f"{pack_has}_americas_total", *(f"{pack_has}_{region}" for region in REGIONS)]
    assert values("missing-migrants", *columns) == theirs(rows, "year", *names)
    frame = load_record("missing-migrants")
    totals = running_total(frame, ours, since="2014").tolist()
    assert totals == [int(row[f"{pack_has}_americas_cumulative"]) for row in rows]


def test_routes_equal_the_pack(pack: Callable) -> None:
    rows = pack("missing_migrants_americas_by_route")
    frame = load_record("missing-migrants-by-route")
    ours = dict(zip(frame["route"], zip(frame["dead_and_missing"], frame["share"], strict=True), strict=True))
    expected = {
        row["migration_route_as_coded_by_iom"].strip("()").capitalize(): (
            int(row["dead_and_missing_2014_to_july_2023"]),
            float(row["share_percent_of_americas"]),
        )
        for row in rows
    }
    total = expected.pop("Total americas in this snapshot")
    assert {route.capitalize(): pair for route, pair in ours.items()} == expected
    assert frame["dead_and_missing"].sum() == total[0]


def test_fentanyl_seizures_equal_the_pack(pack: Callable) -> None:
    names = (
        "fentanyl_seized_pounds_all_cbp",
        "of_which_southwest_border_pounds",
        "of_which_office_of_field_operations_pounds",
        "of_which_border_patrol_pounds",
    )
    rows = [row for row in pack("cbp_fentanyl_seizures_by_fiscal_year") if row["sureness"].startswith("computed")]
    expected = theirs(rows, "us_fiscal_year_oct_to_sep", *names, mark="FY")
    assert values("cbp-fentanyl", "nationwide", "southwest_border", "field_operations", "border_patrol") == expected


def test_encounters_equal_the_pack(pack: Callable) -> None:
    names = ("border_patrol_between_ports", "all_cbp_border_patrol_plus_field_operations")
    rows = pack("southwest_border_encounters_by_fiscal_year")
    expected = theirs(rows, "us_fiscal_year_oct_to_sep", *names, mark="FY")
    assert values("southwest-encounters", "border_patrol", "all_cbp") == expected


def test_merida_totals_equal_the_pack(pack: Callable) -> None:
    rows = [row for row in pack("merida_cumulative_appropriations") if not row["source"].startswith("seed article")]
    expected = {
        row["publication_date"].split(" ")[0]: [float(row["cumulative_mexico_billion_usd"])]
        for row in rows
    }  # fmt: skip
    assert values("merida-running-totals", "billion_dollars") == expected
    frame = load_record("merida-running-totals").set_index("period")
    for row in rows:
        ours = frame.loc[row["publication_date"].split(" ")[0]]
        assert (ours["precision"] == "about") == bool(re.search(r"\b(some|roughly|about)\b", row["wording"]))
        assert (ours["area"] != "Mexico") == ("Central America" in row["period_covered"])
    assert {frame.loc[day, "status"] for day in ("2020-05-12", "2021-03-01")} == {"managed", "spent"}


def test_merida_years_equal_the_pack_and_the_unknown_stay_blank(pack: Callable) -> None:
    known = theirs(
        pack("merida_funding_by_fiscal_year_partial"), "us_fiscal_year", "mexico_funding_million_usd", mark="FY"
    )
    expected = {f"FY{year}": known.get(f"FY{year}", [None]) for year in range(2008, 2022)}
    assert values("merida-by-fiscal-year", "million_dollars") == expected
    frame = load_record("merida-by-fiscal-year")
    assert frame["million_dollars"].isna().sum() == 7
    assert (frame["million_dollars"].isna() == (frame["status"] == "not known")).all()
    assert frame.loc[frame["million_dollars"].isna(), "grade"].isna().all()


def test_traces_equal_the_pack(pack: Callable) -> None:
    columns = ("firearms_traced", "of_which_us_sourced", "us_sourced_percent")
    ours = ("traced", "us_sourced", "us_sourced_share")
    rows = pack("atf_firearms_recovered_in_mexico_and_traced_by_year")
    years = [row for row in rows if int(row["calendar_year"]) <= 2011]
    assert values("atf-traces-by-year", *ours) == theirs(years, "calendar_year", *columns)
    periods = [
        row for row in pack("atf_firearms_recovered_in_mexico_and_traced_by_period") if row["us_sourced_percent"]
    ]
    for row in periods:
        row["calendar_years"] = row["calendar_years"].split(" ")[0]
    assert values("atf-share-by-period", *ours) == theirs(periods, "calendar_years", *columns)


def test_objectives_equal_the_pack(pack: Callable) -> None:
    columns = ["goal_number", "goal", "objective_number", "objective"]
    # The column `topics` is our own coding, which no pack has.
    ours = load_record("framework-objectives")[columns].astype(str).to_numpy().tolist()
    assert ours == [list(row.values()) for row in pack("bicentennial_framework_goals_objectives")]


# ------------------------------------------------------------------------------------------- what the series must hold


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


def test_a_value_in_two_blocks_is_told(seeds: Path) -> None:
    block = TOML[TOML.index("[[rows]]") :]
    (seeds / "record" / "storks.toml").write_text(f"{TOML}\n{block}", encoding="utf-8")
    assert any("2 blocks of [[rows]]" in fault for fault in faults_of(seeds))


@pytest.mark.parametrize(
    ("gone", "told"), [("storks.csv", "no storks.csv beside it"), ("storks.toml", "no storks.toml")]
)
def test_a_missing_twin_is_told(seeds: Path, gone: str, told: str) -> None:
    (seeds / "record" / gone).unlink()
    assert any(told in fault for fault in faults_of(seeds))


@pytest.mark.parametrize("name", ["storks.csv", "storks.toml"])
@pytest.mark.parametrize(("raw", "told"), [("é".encode("latin-1"), "not UTF-8"), (b" \n", "an empty file")])
def test_a_file_that_is_no_text_is_told(seeds: Path, name: str, raw: bytes, told: str) -> None:
    (seeds / "record" / name).write_bytes(raw)
    assert any(told in fault and name in fault for fault in faults_of(seeds))


def test_a_file_of_another_kind_is_told(seeds: Path) -> None:
    (seeds / "record" / "storks.xlsx").write_bytes(b"PK")
    assert any("names that end in .csv or .toml" in fault for fault in faults_of(seeds))


def test_a_name_that_is_no_series_name_is_told(seeds: Path) -> None:
    for ending in (".csv", ".toml"):
        (seeds / "record" / f"storks{ending}").rename(seeds / "record" / f"My Storks{ending}")
    assert any("joined by hyphens" in fault for fault in faults_of(seeds))


def test_no_folder_and_an_empty_folder_are_told(seeds: Path) -> None:
    shutil.rmtree(seeds / "record")
    assert "no such folder" in faults_of(seeds)[0]
    (seeds / "record").mkdir()
    assert "no files" in faults_of(seeds)[0]


def test_all_faults_come_at_once(seeds: Path) -> None:
    (seeds / "record" / "storks.csv").write_text(CSV.replace("5", "five").replace("7", "seven"), encoding="utf-8")
    (seeds / "record" / "swans.csv").write_text(CSV, encoding="utf-8")
    told = faults_of(seeds)
    assert len(told) == 3
    assert {fault.split(":")[0] for fault in told} == {"seeds/record/storks.csv", "seeds/record/swans.csv"}


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
