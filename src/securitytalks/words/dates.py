"""Days, months and periods: read from records, written for readers."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from .files import table_of

Span = tuple[date, date]

PERIOD_FORMS = {
    "calendar year": "a year such as 2007",
    "fiscal year": "a fiscal year such as FY2019",
    "twelve months ending": "a month such as 2023-03",
    "as stated on a date": "a day such as 2021-09-20, or a month or a year where no more is known",
    "period": "two years such as 2007-2011, or two months such as 2014-01 to 2023-07",
}

YEAR, MONTH = r"(?:19|20)\d\d", r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])"


def _fiscal_year(period: str) -> Span | None:
    if not re.fullmatch(f"FY{YEAR}", period):
        return None
    year = int(period[2:])
    return date(year - 1, 10, 1), date(year, 9, 30)


def _from_to(period: str) -> Span | None:
    match = re.fullmatch(f"({YEAR})-({YEAR})", period) or re.fullmatch(f"({MONTH}) to ({MONTH})", period)
    span = (first_day(match[1]), last_day(match[2])) if match else None
    return span if span and span[0] <= span[1] else None


def _stated(period: str) -> Span | None:
    if re.fullmatch(f"{YEAR}|{MONTH}", period):
        return first_day(period), last_day(period)
    day = date.fromisoformat(period) if re.fullmatch(rf"{MONTH}-\d\d", period) else None
    return (day, day) if day else None


def _twelve_months(period: str) -> Span | None:
    if not re.fullmatch(MONTH, period):
        return None
    end = last_day(period)
    after = first_day(period).replace(year=end.year - 1)
    return (after.replace(month=after.month + 1) if after.month < 12 else date(end.year, 1, 1)), end


def _year(period: str) -> Span | None:
    return (first_day(period), last_day(period)) if re.fullmatch(YEAR, period) else None


SPANS: dict[str, Callable[[str], Span | None]] = {
    "calendar year": _year,
    "fiscal year": _fiscal_year,
    "twelve months ending": _twelve_months,
    "as stated on a date": _stated,
    "period": _from_to,
}


def first_day(partial: date | str) -> date:
    """The first day of a day, a month or a year.

    >>> first_day("2022-03").isoformat(), first_day("2006").isoformat()
    ('2022-03-01', '2006-01-01')
    """
    if isinstance(partial, date):
        return partial
    year, _, month = partial.partition("-")
    return date(int(year), int(month or 1), 1)


def last_day(partial: date | str) -> date:
    """The last day of a day, a month or a year.

    >>> last_day("2024-02").isoformat(), last_day("2006").isoformat()
    ('2024-02-29', '2006-12-31')
    """
    if isinstance(partial, date):
        return partial
    year, _, month = partial.partition("-")
    number = int(month or 12)
    return date(int(year), number, monthrange(int(year), number)[1])


def days(start: date | str, end: date | str) -> str:
    """Write a span of days; of one day, that day.

    >>> days(date(2021, 10, 8), date(2021, 10, 8)), days(date(2021, 10, 8), date(2021, 10, 9))
    ('8 Oct 2021', '8 Oct 2021 to 9 Oct 2021')
    """
    first, last = day(start), day(end)
    return first if first == last else table_of("dates")["span"].format(first=first, last=last)


def day(partial: date | str) -> str:
    """Write a day, a month or a year the way it is read.

    >>> day(date(2021, 10, 8)), day("2022-03"), day("2006"), day("2021-10-08")
    ('8 Oct 2021', 'Mar 2022', '2006', '8 Oct 2021')
    """
    year, month, number, *_ = (*(str(partial)[:10].split("-")), "", "")
    name = table_of("dates")["months"].split()[int(month) - 1] if month else ""
    return " ".join(part for part in (number.lstrip("0"), name, year) if part)


def period_span(period: str, period_type: str) -> Span | None:
    """The first and last day of a period; None where it is not written as its type asks.

    >>> [day.isoformat() for day in period_span("2023-03", "twelve months ending")]
    ['2022-04-01', '2023-03-31']
    >>> [day.isoformat() for day in period_span("FY2019", "fiscal year")]
    ['2018-10-01', '2019-09-30']
    """
    try:
        return SPANS[period_type](period)
    except ValueError:  # a day that no calendar has
        return None
