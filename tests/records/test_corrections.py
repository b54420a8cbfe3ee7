"""Our own corrections: complete, newest first, and about charts that exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.seeds import edit

import helpers
from securitytalks.charts.tables import corrections_table
from securitytalks.records.faults import SeedError
from securitytalks.records.frames import load_corrections


def test_each_correction_names_charts_that_exist_and_changes_something() -> None:
    corrections = load_corrections()
    assert corrections["date"].is_monotonic_decreasing
    assert corrections["before"].ne(corrections["after"]).all()
    assert set(corrections["charts"].explode()) <= set(helpers.__all__)


def test_readers_see_what_stood_there_before_and_why_it_changed() -> None:
    table = corrections_table(load_corrections())
    assert list(table.columns) == [
        "Date",
        "What we said",
        "What we said after this correction",
        "Why",
        "Charts and tables",
    ]
    assert table.ne("").all(axis=None)


def test_readers_see_the_headings_of_charts_and_no_internal_names() -> None:
    shown = helpers.show_table(corrections_table(load_corrections()), caption="Our own corrections")
    cells = [row[-1] for row in shown.rows]
    assert "Which claims hold?; Every claim" in cells
    assert not [cell for cell in cells if "_" in cell]
    assert '<a href="01-start-here.ipynb#Which-claims-hold?">Which claims hold?</a>; <a' in shown.data


def test_a_correction_without_a_reason_is_a_fault(seeds: Path) -> None:
    edit(seeds / "corrections.toml", ('reason = "The number was ours."\n', ""))
    with pytest.raises(SeedError, match=r"corrections\.toml.*reason"):
        load_corrections(seeds)
