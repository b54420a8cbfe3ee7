"""What students write where a record has another form, and what to write instead."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from difflib import get_close_matches

import rtoml

from ..records.faults import as_written, near
from ..words.characters import plain

TOPIC_FIELDS = ("topics", "first", "second", "settled")
DATE_FIELDS = ("window_start", "window_end", "as_of", "published")
NUMBER_FIELDS = ("value", "paragraph", "words")
YES_OR_NO = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}
NOTHING = {"none", "null", "nan", "nil", "n/a"}
CURLY = "“”„‟«»‘’‚‛"
QUOTES = f"{CURLY}\"'`´"
HEADINGS = ("facts", "passages")
# How the names of months begin in English and Spanish, without accents and capital letters.
MONTHS = {"jan": 1, "ene": 1, "feb": 2, "mar": 3, "apr": 4, "abr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "ago": 8}
MONTHS |= {"sep": 9, "set": 9, "oct": 10, "nov": 11, "dec": 12, "dic": 12}
WRITE_DATE = 'a day such as 2024-02-01, or a month in quotation marks such as "2024-02"'
WRITE_NUMBER = "a number in digits alone, such as 350"


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
    words = [one for text in _texts_in(value) for one in _parted(text, names)]
    meant = [meant_topic(word, names) for word in words]
    if meant and all(meant):
        return as_written(list(dict.fromkeys(meant)))
    return f"a list of codes, such as {as_written(list(names)[:2])}. The codes are {', '.join(names)}"


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | set):
        for one in value:
            yield from _texts_in(one)


def _parted(text: str, names: Mapping[str, str]) -> list[str]:
    """Part a text at commas and semicolons; at spaces, or where codes meet, only where each part is a topic."""
    code = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    parts = [part.strip(f" []\"'{CURLY}") for part in re.split(r"[,;]", text)]
    words = [word for part in parts for word in part.split()]
    words = [
        one for word in words for one in (re.findall(code, word) if re.fullmatch(f"(?:{code})+", word) else [word])
    ]
    known = {key for code, name in names.items() for key in (plain(code), plain(name))}
    return words if all(plain(word) in known for word in words) else [part for part in parts if part]


def number_advice(text: str) -> str | None:
    """Say how a number is written; None where it is written so.

    >>> number_advice("1.234,5"), number_advice("1,200"), number_advice("1 200"), number_advice("2,5")
    ('1234.5', '1200', '1200', '2.5')
    >>> number_advice("1200"), number_advice("about 1,200 people"), number_advice("1.2k")
    (None, '1200', 'a number in digits alone, such as 350')
    >>> number_advice("1.2.3") == number_advice("9" * 5000) == number_advice("1.2k")
    True
    """
    text = re.sub(r"\d", lambda digit: str(int(digit[0])), given := text.strip())  # digits of any script
    grouped = re.fullmatch(r"(\d{1,3}(?:([.,'’\s])\d{3})(?:\2\d{3})*)(?:[.,](\d+))?", text)
    if grouped:
        whole = re.sub(r"\D", "", grouped[1])
        return f"{whole}.{grouped[3]}" if grouped[3] else whole
    decimal = re.fullmatch(r"(\d+),(\d+)", text)
    if decimal:
        return f"{decimal[1]}.{decimal[2]}"
    if re.fullmatch(r"0+[1-9]\d*", text):
        return text.lstrip("0")
    if isinstance(number := _read(text), int | float) and math.isfinite(number):
        return None if text == given else text
    inside = re.fullmatch(r"[^\W\d]*\s*(\d[\d.,'’\s]*)(?:\s(?!thousand|million|billion)[^\W\d]+)?", text)
    if not inside or inside[1].strip() == text:
        return WRITE_NUMBER
    return number_advice(inside[1]) or inside[1].strip()


def date_advice(text: str, *, in_python: bool = False) -> str | None:
    """Say how a date is written that has another form; None for what is a date already.

    Args:
        text: what was written, without quotation marks.
        in_python: whether it is an argument of a call, where a day has quotation marks too.

    >>> date_advice("1st Feb. 2024"), date_advice("2024/2/1"), date_advice("31.1.24"), date_advice("2024-02")
    ('2024-02-01', '2024-02-01', '2024-01-31', None)
    >>> date_advice("1 de enero de 2024"), date_advice("January 2023"), date_advice("01/2023")
    ('2024-01-01', '"2023-01"', '"2023-01"')
    >>> date_advice("01/02/2024")
    '2024-02-01, or 2024-01-02 where the month stands first'
    >>> date_advice("2024-13-01")
    'a month from 01 to 12'
    >>> date_advice("1 January " + "9" * 5000) == date_advice("sometime")
    True
    """
    text = re.sub(r"[–—−‐‑]", "-", given := " ".join(text.split()))
    text = re.sub(r"(?<=\d)[T ]\d\d:\d\d.*", "", text)
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", given):
        return None
    words = [
        word
        for word in re.findall(r"\d+|[a-z]+", plain(text))
        if word not in ("de", "del", "of", "the", "st", "nd", "rd", "th")
    ]
    if any(word.isdigit() and len(word) > len("2024") for word in words):
        return WRITE_DATE
    months = [MONTHS.get(word[:3], 0) for word in words if not word.isdigit()]
    numbers = [int(word) for word in words if word.isdigit()]
    year_first = bool(re.match(r"\d{4}", text))
    days: list[str] = []
    if months:
        if len(months) > 1 or not months[0] or len(numbers) not in (1, 2):
            return WRITE_DATE
        year = max(numbers)
        days = [_day(year, months[0], min(numbers)) if len(numbers) > 1 else f"{year}-{months[0]:02}"]
    elif len(numbers) == 2:
        year, month = numbers if year_first else numbers[::-1]
        if not 1 <= month <= 12:
            return "a month from 01 to 12"
        days = [f"{year}-{month:02}"]
    elif len(numbers) == 3:
        first, second, third = numbers
        orders = [(first, second, third)] if year_first else [(third, second, first), (third, first, second)]
        days = list(dict.fromkeys(day for year, month, number in orders if (day := _day(year, month, number))))
        if not days:
            return "a month from 01 to 12" if year_first and second > 12 else "a day that the month has"
    if not days or not days[0]:
        return "a day that the month has" if days else WRITE_DATE
    if given == days[0]:
        return None
    write = [f'"{day}"' if in_python or len(day) < 10 else day for day in days]
    return f"{write[0]}, or {write[1]} where the month stands first" if len(write) > 1 else write[0]


def _day(year: int, month: int, number: int) -> str:
    try:
        return date(year if year > 99 else 2000 + year, month, number).isoformat()
    except ValueError:
        return ""


def in_record(written: str, names: Mapping[str, str]) -> list[str]:
    r"""Name each line of a record, written by hand as TOML, that has a usual mistake, and say what to write.

    Args:
        written: what was filled in.
        names: the name of each topic by its code.

    >>> in_record('[[facts]]\nvalue = 1,200', {})
    ['Line 2, value: found 1,200. Write value = 1200']
    """
    said: list[str] = []
    seen: set[str] = set()  # the keys of the record that is being read
    for number, line, many in _statements(written):
        key = line.partition("=")[0].strip() if "=" in line and line[0] not in "[(#" else ""
        said += [f"Line {number}{one}" for one in _in_line(line, many, names)]
        if _is_heading(line):
            seen = {"heading"}
        elif key and not seen:
            said.append(
                f"Line {number}: found no heading above it. Write [[{HEADINGS[key != 'id']}]] in a line before it"
            )
        elif key in seen:
            do = "Write [[passages]] in a line before it" if key == "paragraph" else "Take one of the two lines out"
            said.append(f"Line {number}, {key}: found it twice in one record. {do}")
        seen |= {key} if key else set()
    return said


def _statements(written: str) -> list[tuple[int, str, int]]:
    """What stands in the lines: where it begins, the text, and over how many lines a list or text in marks goes."""
    found: list[tuple[int, str, int]] = []
    for number, line in enumerate(written.splitlines(), 1):
        start, text, many = found[-1] if found else (0, "", 0)
        value, line = text.partition("=")[2].strip(), line.strip()
        is_open = re.fullmatch(r"\[[^\]]*|\"[^\"]*", value)
        if is_open and line and "=" not in line and not line.startswith(("[[", "#")) and number == start + many:
            found[-1] = (start, f"{text} {line}", many + 1)
        elif line:
            found.append((number, line, 1))
    return found


def _in_line(line: str, many: int, names: Mapping[str, str]) -> Iterator[str]:
    if line.startswith("#"):
        return
    key, equals, value = (part.strip() for part in re.sub(r'\s#[^"]*$', "", line).partition("="))
    if line.startswith("```"):
        yield f": found {line}. Take this line out"
    elif _is_heading(line):
        yield from _in_heading(line)
    elif signs := re.fullmatch(r"(\w+)\s*(={2,}|:=|=:|=>|->|→)\s*(.+)", line):
        yield f", {signs[1]}: found two signs, {signs[2]}. Write {signs[1]} = {signs[3]}"
    elif not re.fullmatch(r"\w+", key) or not equals:
        field = re.fullmatch(r"[-*•>\s]*([^\W\d]\w*)\s*(:|=|\s)\s*(.+)", line)
        if field and (field[2] != " " or re.match(rf"[{QUOTES}\d\[]", field[3])):
            found = {":": "a colon", "=": "a mark before the name"}.get(field[2], "no sign =")
            yield f", {field[1]}: found {found}. Write {field[1]} = {field[3]}"
        else:
            yield f": found {as_written(line)}. Write it as name = value, or take the line out"
    elif said := _in_value(key, value, names):
        found, write = said
        yield f", {key}: found {found}. Write {write}"
    elif many > 1 and value.startswith('"'):
        yield f", {key}: found a text over {many} lines. Write it in one line, {key} = {value}"


def _is_heading(line: str) -> bool:
    return line[0] in "[({" or bool(re.fullmatch(r"\W*(fact|passage)s?\W*", line, re.IGNORECASE))


def _in_heading(line: str) -> Iterator[str]:
    name, rest = re.fullmatch(r"\W*(\w*)[^\w#]*(.*)", line).groups()
    meant = near(name.lower(), HEADINGS) or name
    if rest and not rest.startswith("#"):
        yield f", heading: found more in its line. Write [[{meant}]] in a line of its own"
    elif not rest and line != f"[[{meant}]]":
        yield f", heading: found {line}. Write [[{meant}]]"


def _in_value(key: str, value: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """What was found in a value and what to write, where it has a usual mistake."""
    bare = value.strip(QUOTES)
    if not bare:
        return "nothing", f"a value after {key} =" if not value else f"it between the quotation marks of {key}"
    if value[-1] in ",;":
        return f"a mark too many at the end, {value}", f"{key} = {value.rstrip(',; ')}"
    if key in (*NUMBER_FIELDS, *DATE_FIELDS, "boilerplate") or bare.casefold() in NOTHING:
        advice = _advice(key, value, bare)
        return (value, f"{key} = {advice}") if advice and advice != value else None
    if re.search(rf"[\[,]\s*[{CURLY}]", value):
        straight = re.sub(f"[{CURLY}]", '"', value)
        return f"curly quotation marks, {value}", f"straight ones, {key} = {straight}"
    if value.startswith("[") and "]" not in value:
        return f"a bracket that is not closed, {value}", f"{key} = {value}]"
    if value.endswith("]") and "[" not in value:
        return f"a bracket that is not opened, {value}", f"{key} = [{value}"
    if key in TOPIC_FIELDS:
        if more := re.match(r"(\[[^\[\]]*\])[\s#,;:]*([^\W\d].*)", value):
            reason = f', and reason = "{more[2]}" in a line of its own' if key == "settled" else ""
            write = topics_advice(_read(more[1]), names) or more[1]
            return f"words behind the list, {value}", f"{key} = {write}{reason}"
        read = _read(value)
        advice = topics_advice(read or "", names) if read or key == "topics" else None
        return (value, f"{key} = {advice}") if advice else None
    said = _in_text(value)
    return (f"{said[0]}, {value}", f"{said[1]}{key} = {said[2]}") if said else None


def _in_text(value: str) -> tuple[str, str, str] | None:
    """What was found in a text, a word on it, and how to write it, where TOML would read it otherwise or not at all."""
    first, last = value[0], value[-1]
    if len(value) > 1 and first == last and first in "\"'":
        inner = value[1:-1]
        if first in inner:
            return "a quotation mark inside the text", "", '"' + inner.strip("\"'").replace('"', "'") + '"'
        return ("a backslash", "", value.replace("\\", "/")) if first == '"' and "\\" in inner else None
    straight = '"' + re.sub(f'[{CURLY}"]', "'", value.strip(QUOTES)) + '"'
    if first in CURLY or last in CURLY:
        return "curly quotation marks", "straight ones, ", straight
    if first in QUOTES or last in QUOTES:
        return (
            "quotation marks that are not alike" if first in QUOTES and last in QUOTES else "a quotation mark too few",
            "",
            straight,
        )
    return None if _read(value) != value or value.startswith(("[", "{")) else ("no quotation marks", "", straight)


def _advice(key: str, value: str, bare: str) -> str | None:
    """What to write for a number, a date, or yes or no; None where it is right."""
    if key == "boilerplate":
        return YES_OR_NO.get(bare.casefold(), "true or false")
    if key in NUMBER_FIELDS:
        return number_advice(bare) or (bare if bare != value else None)
    if bare.casefold() in NOTHING:
        return "what the article says"
    advice = date_advice(bare)
    if advice is None and bare != value:  # a day has no quotation marks, a month or year has straight ones
        return bare if len(bare) == 10 else f'"{bare}"'
    return f'"{bare}"' if advice is None and len(bare) == 7 else advice


def _read(value: str) -> object:
    """Read a value as TOML does, or else take it as text."""
    with suppress(rtoml.TomlParsingError, UnicodeEncodeError):  # half of a character has no bytes
        return rtoml.loads(f"v = {value}")["v"]
    return value
