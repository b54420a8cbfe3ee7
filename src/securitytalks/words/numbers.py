"""Figures and dates as readers see them: from the printed words to a value, and from a value to words."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import takewhile
from math import inf

from .characters import visible
from .files import table_of

LOWER_BOUNDS = ("more than", "at least", "most")
UPPER_BOUNDS = ("up to", "less than")
SIMPLE_FRACTIONS = sorted({Fraction(n, d) for d in range(2, 6) for n in range(1, d)})
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
UNDER_TWENTY = {word: number for number, word in enumerate((*SMALL, *TEENS))}
ORDINALS = {"top": 1, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
MAJORITY = dict.fromkeys(("most", "mostly", "mainly", "majority"), 0.5)  # more than half: the value is the bound

SCALES = {
    "trillion": 10**12,
    "billion": 10**9,
    "million": 10**6,
    "thousand": 1000,
    "hundred": 100,
    "dozen": 12,
    "ten": 10,
}

PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10, "percent": 1 / 100}
LARGEST = 10**15  # what a table of numbers can keep exactly
TOO_LARGE = 10**60  # no figure, whatever part of it is meant
SPANS = {"decade": 10, "century": 100}  # in years

AGO = re.compile(
    r"\b(?:a|an) (?=(?:hour|day|week|month|year) (?:ago|earlier|later|before|after)\b)"
)  # but not "a year"

FRACTIONS = {1 / 4: "quarter", 1 / 3: "third", 1 / 2: "half", 2 / 3: "two_thirds", 3 / 4: "three_quarters"}
ENGLISH_MARKS = ",."
NO_PREFIX = ("exact", "unspecified")
DIGITS = r"\d[\d,]*(?:\.\d+)?"
WORD = re.compile(rf"{DIGITS}|[a-z]+")

LINK = re.compile(
    r"(?<=s) of (?=(?:hundred|thousand|million|billion)s)|(?<=half) a (?=[mb]illion)"
)  # one figure, not two

SHORT = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}
SHORTENED = re.compile(r"(?<=\d) ?(bn|tn|mn|m|k)\b")


class FigureError(ValueError):
    """Printed words that do not give one figure."""


def rounding_band(value: float) -> tuple[float, float]:
    """The numbers that round to a printed one: half a step of its last non-zero digit to each side.

    >>> rounding_band(110_000)
    (105000.0, 115000.0)
    >>> rounding_band(3e9)
    (2500000000.0, 3500000000.0)
    """
    digits = f"{int(value)}".rstrip("0")
    half = 10 ** (len(f"{int(value)}") - len(digits)) / 2
    return value - half, value + half


def printed_band(value: float) -> tuple[float, float]:
    """Which true values a number after "about" stands for: a fraction's band below 1, and a rounded number's above.

    >>> printed_band(110_000) == rounding_band(110_000), printed_band(2 / 3) == fraction_band(2 / 3)
    (True, True)
    """
    return fraction_band(value) if value < 1 else rounding_band(value)


def fraction_band(share: float) -> tuple[float, float]:
    """The shares nearer to a simple fraction (halves to fifths) than to its neighbours.

    >>> low, high = fraction_band(2 / 3)
    >>> f"{low:.3f} to {high:.3f}"
    '0.633 to 0.708'
    """
    at = min(range(len(SIMPLE_FRACTIONS)), key=lambda i: abs(SIMPLE_FRACTIONS[i] - share))
    low = SIMPLE_FRACTIONS[at - 1] if at else Fraction(0)
    high = SIMPLE_FRACTIONS[at + 1] if at + 1 < len(SIMPLE_FRACTIONS) else Fraction(1)
    return float((low + SIMPLE_FRACTIONS[at]) / 2), float((high + SIMPLE_FRACTIONS[at]) / 2)


HEDGE = r"^(about|around|roughly|nearly|almost|approximately|some)\b"  # before a figure that is not exact


def printed_value(text: str) -> float:
    """Read the one figure that a few printed words give; a bound or a hedge ("more than") does not change it.

    >>> printed_value("more than 420,000 people"), printed_value("roughly $3 billion"), printed_value("some 36 million")
    (420000, 3000000000, 36000000)
    >>> printed_value("some two-thirds") == 2 / 3, printed_value("more than half"), printed_value("most of them")
    (True, 0.5, 0.5)
    >>> [printed_value(words) for words in ("13 years", "more than a decade", "four-month", "a year ago", "two maps")]
    [13, 10, 4, 1, 2]
    >>> [printed_value(words) for words in ("second", "number one", "three more", "thousands", "twenty-one", "4.5 %")]
    [2, 1, 3, 2000, 21, 0.045]
    >>> [printed_value(words) for words in ("for the first time", "at the top of a list", "a record of about 90,000")]
    [1, 1, 90000]
    >>> printed_value("tens of thousands"), printed_value("half a million"), printed_value("a dozen countries")
    (20000, 500000.0, 12)
    >>> printed_value("70,000 deaths a year"), printed_value("$3bn"), printed_value("25 per cent")
    (70000, 3000000000, 0.25)
    >>> printed_value("many people")
    Traceback (most recent call last):
    securitytalks.words.numbers.FigureError: no figure in "many people"
    >>> printed_value("between 30 and 40")
    Traceback (most recent call last):
    securitytalks.words.numbers.FigureError: more than one figure in "between 30 and 40": 30, 40
    """
    plain = SHORTENED.sub(lambda found: f" {SHORT[found[1]]}", text.lower())
    plain = LINK.sub(" ", plain.replace("%", " percent").replace("per cent", "percent"))
    words = WORD.findall(AGO.sub("one ", plain))
    found = []
    while words:
        value, used = _leading(words)
        words = words[max(used, 1) :]
        found += [value] if used else []
    shown = visible(text[:200])
    if not found:
        raise FigureError(f'no figure in "{shown}"')
    if max(found) > LARGEST:
        raise FigureError(f'a figure of more than 15 digits in "{shown}"')
    if len(set(found)) > 1:
        raise FigureError(f'more than one figure in "{shown}": {", ".join(f"{value:g}" for value in found)}')
    return found[0]


def _leading(words: list[str]) -> tuple[float, int]:
    """The figure that the words start with, and how many words it takes: none where they start with no figure."""
    first = words[0]
    count, used = _count(words)
    if used:
        factors = _factors(words[used:])
        return count * _product(factors), used + len(factors)
    if first in ORDINALS or first in MAJORITY:
        return (ORDINALS | MAJORITY)[first], 1
    if first in ("a", "an"):
        factors = _factors(words[1:])
        return _product(factors), 1 + len(factors) if factors else 0
    factors = _factors(words)
    # "thousands" is two thousand at least; "decade" alone is one.
    return _product(factors) * (2 if factors and first.endswith("s") else 1), len(factors)


def _count(words: list[str]) -> tuple[float, int]:
    """A number in digits, or in words below a hundred."""
    first = words[0]
    if first[0].isdigit():
        digits = first.replace(",", "")
        if len(digits) > 40:  # Python refuses to read very long numbers
            return inf, 1
        return (float(digits) if "." in digits else int(digits)), 1
    if first in TENS:
        unit = UNDER_TWENTY.get(words[1], 0) if len(words) > 1 else 0
        return (TENS[first] + unit, 2) if 0 < unit < 10 else (TENS[first], 1)
    return (UNDER_TWENTY[first], 1) if first in UNDER_TWENTY else (0, 0)


def _product(factors: list[float]) -> float:
    """The product of factors, cut where it is too large for a figure: a long row of "trillion" overflows."""
    product: float = 1
    for factor in factors:
        product *= factor
        if product > TOO_LARGE:
            return TOO_LARGE
    return product


def _factors(words: list[str]) -> list[float]:
    """What the first words multiply by, such as "hundred thousand" or "thirds"."""
    sizes = SCALES | PARTS | SPANS
    known = takewhile(lambda word: word in sizes or word.removesuffix("s") in sizes, words)
    return [sizes.get(word) or sizes[word.removesuffix("s")] for word in known]


def in_words(value: float, precision: str, unit: str) -> str:
    """Write a figure with its precision and unit; a precision that says nothing ("exact") adds no word.

    >>> in_words(420000, "more than", "people"), in_words(3e9, "about", "US dollars")
    ('more than 420,000 people', 'about $3 billion')
    >>> in_words(2 / 3, "about", "share"), in_words(36_000_000, "exact", "doses"), in_words(1, "exact", "rank")
    ('about two thirds', '36 million doses', 'number one')
    >>> in_words(0.5, "most", "share"), in_words(2, "unspecified", "sources"), in_words(1, "about", "years")
    ('most', 'two sources', 'about one year')
    """
    texts = table_of("numbers")
    if unit == "share" and precision == "most":
        return texts["most"]
    if unit == "rank":
        words = texts["rank"].format(number=_number(value))
    else:
        amount = {"US dollars": _dollars, "share": _share}.get(unit)
        words = amount(value) if amount else f"{_number(value)} {one_or_many(value, unit)}"
    return with_precision(words, precision)


def with_precision(words: str, precision: str) -> str:
    """Put the words of a precision before an amount.

    >>> with_precision("420,000", "more than"), with_precision("5", "exact")
    ('more than 420,000', '5')
    """
    return words if precision in NO_PREFIX else table_of("numbers")["precisions"][precision].format(amount=words)


def _number(value: float) -> str:
    """A number: words below ten, then digits, then millions where no more than three digits are left."""
    if value in range(10):
        return small_in_words(int(value))
    for name in ("trillion", "billion", "million"):
        size = SCALES[name]
        if value >= size and float(f"{value:.3g}") == value:
            return table_of("numbers")[name].format(number=number(value / size, "g"))
    return number(value)


def number(value: float, spec: str | None = None) -> str:
    """Write a number with the marks of the language, as `spec` of Python's formats says, or with at most one decimal.

    >>> number(27022.9), number(352208.0), number(352208.25, ",.10g")
    ('27,022.9', '352,208', '352,208.25')
    """
    if spec is None:
        spec = ",.0f" if float(value).is_integer() else ",.1f"
    return format(value, spec).translate(str.maketrans(ENGLISH_MARKS, marks()))


def marks() -> str:
    """Give the mark between thousands and that before decimals."""
    return table_of("numbers")["marks"]


def small_in_words(number: int) -> str:
    """Write a whole number below ten.

    >>> small_in_words(2)
    'two'
    """
    return table_of("numbers")["below_ten"].split()[number]


def _dollars(value: float) -> str:
    return f"${value:.0f}" if value in range(10) else f"${_number(value)}"


def _share(value: float) -> str:
    near = min(FRACTIONS, key=lambda fraction: abs(fraction - value))
    return (
        table_of("numbers")["fractions"][FRACTIONS[near]]
        if abs(near - value) < 0.001
        else f"{number(100 * value, '.3g')}%"
    )


def one_or_many(value: float, unit: str) -> str:
    """Give the unit of a number in words: "people", or "person" of one.

    >>> one_or_many(1, "people"), one_or_many(1, "topics"), one_or_many(2, "topics")
    ('person', 'topic', 'topics')
    """
    texts = table_of("numbers")
    return texts["one"].get(unit, unit.removesuffix("s")) if value == 1 else texts["several"].get(unit, unit)
