"""What students write where a record has another form, and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from difflib import get_close_matches

import rtoml

from ..records.faults import as_written

TOPIC_FIELDS = ("topics", "first", "second", "settled")
DATE_FIELDS = ("window_start", "window_end", "as_of", "published")
NUMBER_FIELDS = ("value", "paragraph", "words")
YES_OR_NO = {"true": "true", "yes": "true", "false": "false", "no": "false"}
NOTHING = {"none", "null", "nan", "nil", "n/a"}
CURLY = "“”„‟«»‘’‚‛"
DAY_FORMS = ("%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y")
WRITE_DATE = "the year first, then month and day, such as 2024-02-01"


def plain(word: str) -> str:
    """Take accents, capital letters and marks off a word.

    >>> plain(" Migración "), plain("Addiction and overdose")
    ('migracion', 'addiction-and-overdose')
    """
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "-".join(re.findall(r"[a-z0-9]+", "".join(one for one in letters if not unicodedata.combining(one))))


def meant_topic(word: str, names: Mapping[str, str]) -> str | None:
    """Find the topic that a word means: by its code, its name, a part of its name, or nearly so.

    Args:
        word: what was written.
        names: the name of each topic by its code.

    >>> names = {"cooperation": "The talks and terms", "migration": "Migration"}
    >>> meant_topic("The talks and terms", names), meant_topic("migración", names), meant_topic("talks", names)
    ('cooperation', 'migration', 'cooperation')
    >>> meant_topic("weather", names)
    """
    word, known = plain(word), {plain(key): code for code, name in names.items() for key in (code, name)}
    if word in known:
        return known[word]
    parts = {code for key, code in known.items() if len(word) > 3 and word in key.split("-")}
    if len(parts) == 1:
        return parts.pop()
    near = get_close_matches(word, known, n=1)
    return known[near[0]] if near else None


def topics_advice(value: object, names: Mapping[str, str]) -> str | None:
    """Say what to write for a list of topics; None where it is one already.

    >>> topics_advice("Migration, cooperation", {"cooperation": "The talks and terms", "migration": "Migration"})
    '["migration", "cooperation"]'
    """
    if isinstance(value, list) and all(isinstance(one, str) and one in names for one in value):
        return None
    given = value if isinstance(value, list) else [value]
    words = [one for text in given if isinstance(text, str) for one in _parted(text, names)]
    meant = [meant_topic(word, names) for word in words]
    if meant and all(meant):
        return as_written(list(dict.fromkeys(meant)))
    return f"a list of codes, such as {as_written(list(names)[:2])}. The codes are {', '.join(names)}"


def _parted(text: str, names: Mapping[str, str]) -> list[str]:
    """Part a text at commas and semicolons; at spaces only where each part is a topic, since names have spaces."""
    parts = [part.strip(f" []\"'{CURLY}") for part in re.split(r"[,;]", text)]
    words = [word for part in parts for word in part.split()]
    known = {key for code, name in names.items() for key in (plain(code), plain(name))}
    return words if all(plain(word) in known for word in words) else [part for part in parts if part]


def number_advice(text: str) -> str | None:
    """Say how a number is written that has separators; None for what is no such number.

    >>> number_advice("1.234,5"), number_advice("1,200"), number_advice("1 200"), number_advice("2,5")
    ('1234.5', '1200', '1200', '2.5')
    >>> number_advice("1200"), number_advice("many")
    (None, None)
    """
    text = text.strip()
    grouped = re.fullmatch(r"(\d{1,3}(?:([.,'’\s])\d{3})(?:\2\d{3})*)(?:[.,](\d+))?", text)
    if grouped:
        whole = re.sub(r"\D", "", grouped[1])
        return f"{whole}.{grouped[3]}" if grouped[3] else whole
    decimal = re.fullmatch(r"(\d+),(\d+)", text)
    return f"{decimal[1]}.{decimal[2]}" if decimal else None


def date_advice(text: str) -> str | None:
    """Say how a date is written that has another form; None for what is a date already.

    >>> date_advice("1 Feb 2024"), date_advice("2024/2/1"), date_advice("31.1.2024"), date_advice("2024-02")
    ('2024-02-01', '2024-02-01', '2024-01-31', None)
    >>> date_advice("01/02/2024")
    '2024-02-01, or 2024-01-02 where the month stands first'
    >>> date_advice("2024-13-01")
    'a month from 01 to 12'
    """
    text = " ".join(text.split())
    if re.fullmatch(r"\d{4}(-\d\d)?", text):
        return None
    for form in DAY_FORMS:
        with suppress(ValueError):
            return datetime.strptime(text, form).date().isoformat()
    found = re.fullmatch(r"(\d{1,4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,4})", text)
    if not found:
        return WRITE_DATE
    first, second, third = (int(part) for part in found.groups())
    orders = [(first, second, third)] if len(found[1]) == 4 else [(third, second, first), (third, first, second)]
    days = list(dict.fromkeys(day for year, month, number in orders if (day := _day(year, month, number))))
    if not days:
        return "a month from 01 to 12" if len(found[1]) == 4 and second > 12 else "a day that the month has"
    if text == days[0]:
        return None
    return f"{days[0]}, or {days[1]} where the month stands first" if len(days) > 1 else days[0]


def _day(year: int, month: int, number: int) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


def in_record(written: str, names: Mapping[str, str]) -> list[str]:
    """Name each line of a record, written by hand as TOML, that has a usual mistake, and say what to write.

    Args:
        written: what was filled in.
        names: the name of each topic by its code.

    >>> in_record('value = 1,200', {})
    ['Line 1, value: found 1,200. Write value = 1200']
    """
    lines = [(number, line.strip()) for number, line in enumerate(written.splitlines(), 1) if line.strip()]
    following = [*(line for _, line in lines[1:]), ""]
    return [
        f"Line {number}, {said}"
        for (number, line), after in zip(lines, following, strict=True)
        for said in _in_line(line, after, names)
    ]


def _in_line(line: str, after: str, names: Mapping[str, str]) -> Iterator[str]:
    if line.startswith("#"):
        return
    key, equals, value = (part.strip() for part in re.sub(r'\s#[^"]*$', "", line).partition("="))
    if line.startswith("["):
        name = line.strip("[] ")
        if line != f"[[{name}]]":
            yield f"heading: found {line}. Write [[{name}]]"
    elif not equals:
        field = re.fullmatch(r"(\w+)\s*:\s*(.*)", line)
        if field:
            yield f"{field[1]}: found a colon. Write {field[1]} = {field[2]}"
    elif said := _in_value(key, value, after, names):
        found, write = said
        yield f"{key}: found {found}. Write {write}"


def _in_value(key: str, value: str, after: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """What was found in a value and what to write, where it has a usual mistake."""
    if re.search(rf"(?:^|[\[,])\s*[{CURLY}]", value):
        straight = re.sub(f"[{CURLY}]", '"', value)
        return f"curly quotation marks, {value}", f"straight ones, {key} = {straight}"
    if value.count('"') % 2:
        whole = f'"{value.strip(chr(34))}"' if "[" not in value else "one before and one after each code"
        return f"a quotation mark too few, {value}", f"{key} = {whole}" if "[" not in value else whole
    if value.startswith("[") and "]" not in value and re.match(r"\w+\s*=|\[\[|$", after):
        return f"a bracket that is not closed, {value}", f"{key} = {value}]"
    if value.endswith("]") and "[" not in value:
        return f"a bracket that is not opened, {value}", f"{key} = [{value}"
    bare = value.strip("\"'")
    if not bare:
        return "nothing", f"a value after {key} =" if not value else f"it between the quotation marks of {key}"
    if key in TOPIC_FIELDS:
        advice = topics_advice(_read(value), names)
        return (value, f"{key} = {advice}") if advice else None
    advice = _advice(key, value, bare)
    return (value, f"{key} = {advice}") if advice and advice != value else None


def _advice(key: str, value: str, bare: str) -> str | None:
    if bare.casefold() in NOTHING:
        return "what the article says, or take the line out"
    if key == "boilerplate":
        return YES_OR_NO.get(bare.casefold())
    if key in NUMBER_FIELDS:
        return number_advice(bare) or (bare if re.fullmatch(r"\d+(\.\d+)?", bare) else None)
    if key in DATE_FIELDS:
        advice, quoted = date_advice(bare), value.startswith('"')
        return f'"{advice}"' if quoted and advice and advice[-1].isdigit() else advice
    return f'"{bare}"' if re.match(r"[^\W\d]", value) and not value.startswith(("true", "false")) else None


def _read(value: str) -> object:
    """Read a value as TOML does, or else take it as text."""
    with suppress(rtoml.TomlParsingError):
        return rtoml.loads(f"v = {value}")["v"]
    return value
