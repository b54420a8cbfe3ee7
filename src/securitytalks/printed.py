"""Figures and dates as readers see them: from the printed words to a value, and from a value to words."""

from __future__ import annotations

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FRACTIONS = {1 / 4: "a quarter", 1 / 3: "one third", 1 / 2: "half", 2 / 3: "two thirds", 3 / 4: "three quarters"}
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
SINGULAR = {"people": "person", "countries": "country", "deaths a year": "death a year"}
NO_PREFIX = ("exact", "unspecified")


def day(partial: date | str) -> str:
    """Write a day, a month or a year the way it is read.

    >>> day(date(2021, 10, 8)), day("2022-03"), day("2006"), day("2021-10-08")
    ('8 Oct 2021', 'Mar 2022', '2006', '8 Oct 2021')
    """
    year, month, number, *_ = (*(str(partial)[:10].split("-")), "", "")
    return " ".join(part for part in (number.lstrip("0"), MONTHS[int(month) - 1] if month else "", year) if part)


def in_words(value: float, precision: str, unit: str) -> str:
    """Write a figure with its precision and unit; a precision that says nothing ("exact") adds no word.

    >>> in_words(420000, "more than", "people"), in_words(3e9, "about", "US dollars")
    ('more than 420,000 people', 'about $3 billion')
    >>> in_words(2 / 3, "about", "share"), in_words(36_000_000, "exact", "doses"), in_words(1, "exact", "rank")
    ('about two thirds', '36 million doses', 'number one')
    >>> in_words(0.5, "most", "share"), in_words(2, "unspecified", "sources"), in_words(1, "about", "years")
    ('most', 'two sources', 'about one year')
    """
    if unit == "share" and precision == "most":
        return "most"
    amount = {"US dollars": _dollars, "share": _share, "rank": lambda v: f"number {_number(v)}"}.get(unit)
    words = amount(value) if amount else f"{_number(value)} {_one_or_many(value, unit)}"
    return words if precision in NO_PREFIX else f"{precision} {words}"


def _number(value: float) -> str:
    """A number: words below ten, then digits, then millions where no more than three digits are left."""
    if value in range(10):
        return SMALL[int(value)]
    for size, name in SCALES:
        if value >= size and float(f"{value:.3g}") == value:
            return f"{value / size:g} {name}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _dollars(value: float) -> str:
    number = _number(value)
    return f"${value:,.0f}" if number in SMALL else f"${number}"


def _share(value: float) -> str:
    near = min(FRACTIONS, key=lambda fraction: abs(fraction - value))
    return FRACTIONS[near] if abs(near - value) < 0.001 else f"{100 * value:.3g}%"


def _one_or_many(value: float, unit: str) -> str:
    return SINGULAR.get(unit, unit.removesuffix("s")) if value == 1 else unit
