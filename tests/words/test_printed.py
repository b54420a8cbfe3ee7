"""Figures in words: what is written can be read back, and every figure of the records reads well."""

from __future__ import annotations

from typing import get_args

import pytest

from securitytalks.records.frames import load_facts
from securitytalks.records.schema import Precision, Unit
from securitytalks.words.dates import day
from securitytalks.words.numbers import FigureError, in_words, printed_value

FIGURES = load_facts().query("kind == 'figure'")
VALUES = (
    1,
    2,
    9,
    10,
    13,
    652,
    8200,
    70_000,
    110_000,
    420_000,
    1_000_000,
    1_500_000,
    36_000_000,
    3_000_000_000,
    12_345_678,
)


@pytest.mark.parametrize("figure", list(FIGURES.itertuples()), ids=lambda row: row.fact)
def test_a_figure_in_words_has_its_value(figure: tuple) -> None:
    words = in_words(figure.value, figure.precision, figure.unit)
    tolerance = 0.001 if figure.unit == "share" else 0
    assert printed_value(words) == pytest.approx(figure.value, rel=1e-9, abs=tolerance)


@pytest.mark.parametrize("figure", list(FIGURES.itertuples()), ids=lambda row: row.fact)
def test_the_printed_words_have_the_value(figure: tuple) -> None:
    tolerance = 0.001 if figure.unit == "share" else 0
    assert printed_value(figure.as_printed) == pytest.approx(figure.value, rel=1e-9, abs=tolerance)


@pytest.mark.parametrize("end", ["", "thirds", "half", "percent"])
def test_a_row_of_large_words_is_no_figure(end: str) -> None:
    with pytest.raises(FigureError, match="more than 15 digits"):
        printed_value(f"two {'trillion ' * 40}{end}")


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("unit", sorted(set(get_args(Unit)) - {"share"}))
def test_every_unit_can_be_written_and_read_back(value: int, unit: str) -> None:
    for precision in set(get_args(Precision)) - {"most"}:
        words = in_words(value, precision, unit)
        assert printed_value(words) == value
        assert words.startswith(precision) or precision in {"exact", "unspecified"}


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.25, "a quarter"), (1 / 3, "one third"), (0.5, "half"), (0.667, "two thirds"), (0.69, "69%"), (0.005, "0.5%")],
)
def test_shares_are_fractions_where_they_are_plain_ones(value: float, words: str) -> None:
    assert in_words(value, "exact", "share") == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1, "people", "one person"),
        (1, "countries", "one country"),
        (1, "deaths a year", "one death a year"),
        (70_000, "deaths a year", "70,000 deaths a year"),
        (1, "doses", "one dose"),
        (1, "US dollars", "$1"),
        (4_500_000, "US dollars", "$4.5 million"),
        (1_234_567, "US dollars", "$1,234,567"),
        (2.5, "years", "2.5 years"),
        (2, "rank", "number two"),
    ],
)
def test_one_and_many(value: float, unit: str, words: str) -> None:
    assert in_words(value, "exact", unit) == words


@pytest.mark.parametrize("text", ["", "many people", "a framework", "the wall", "a year"])
def test_words_without_a_figure_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f'no figure in "{text}"'):
        printed_value(text)


@pytest.mark.parametrize("text", ["two of 30", "8 October 2021", "between 30,000 and 40,000", "two thirds of 110,000"])
def test_words_with_several_figures_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="more than one figure"):
        printed_value(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Some TWO-THIRDS", 2 / 3),
        ("$10 billion", 1e10),
        ("one hundred thousand", 100_000),
        ("hundreds of thousands", 200_000),
        ("1.5 million", 1_500_000),
        ("three quarters", 0.75),
        ("12 percent", 0.12),
        ("12%", 0.12),
        ("two decades", 20),
        ("an hour ago", 1),
        ("thirty-six million", 36_000_000),
        ("the third time", 3),
        ("a third", 1 / 3),
        ("dozens", 24),
    ],
)
def test_ways_of_printing_a_figure(text: str, value: float) -> None:
    assert printed_value(text) == pytest.approx(value)


def test_days_months_and_years() -> None:
    assert [day(text) for text in ("2023-04-05", "2023-10", "2008")] == ["5 Apr 2023", "Oct 2023", "2008"]
