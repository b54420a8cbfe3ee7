"""What exported files say themselves: the texts of `en.toml`, or of another language's file, filled strictly."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from notebook_decks import LANGUAGE_CODE
from notebook_decks.errors import ExportError, log

ENGLISH = "en"
HERE = Path(__file__).resolve().parent
ENGLISH_FILE = HERE / f"{ENGLISH}.toml"

_chosen: ContextVar[Path] = ContextVar("texts", default=ENGLISH_FILE)


def choose(language: str, folder: str = "") -> None:
    """Choose the language of what is said from here on; `folder` may have files of further languages.

    English is said where there is no file for the language, with a warning.

    Raises:
        ExportError: for a file that has not the same entries as the English one.
    """
    names = [f"{code}.toml" for code in (language, language.partition("-")[0]) if LANGUAGE_CODE.fullmatch(code)]
    files = [place / name for name in names for place in ([Path(folder)] if folder else []) + [HERE]]
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        places = f"{HERE} and {folder}" if folder else HERE
        log.warning("labels and buttons are in English: there is no %s.toml in %s", language, places)
        file = ENGLISH_FILE
    _texts(file)
    _chosen.set(file)


def language_of(metadata: Mapping[str, Any], otherwise: str = ENGLISH) -> str:
    """Give the language that a notebook's metadata name.

    >>> language_of({"notebook_decks": {"language": "es"}}), language_of({}), language_of({}, "de")
    ('es', 'en', 'de')
    """
    own = metadata.get("notebook_decks")
    language = str((own.get("language") if isinstance(own, Mapping) else "") or otherwise)
    return language if LANGUAGE_CODE.fullmatch(language) else ENGLISH


def say(entry: str, /, **values: object) -> str:
    """Fill a text; one that has the forms `one` and `other` is chosen by `count`.

    >>> say("steps.before", count=1), say("page.next")
    ('1 step explains this chart.', 'Next')
    """
    return _template(entry, values).format(**values)


def html(entry: str, /, **values: object) -> Markup:
    """Fill a text as HTML; values that are no Markup are escaped."""
    return escape(_template(entry, values)).format(**values)


def for_scripts() -> dict[str, str]:
    """Give the texts that scripts say, which say.js fills."""
    texts = _texts(_chosen.get())
    return {name.removeprefix("scripts."): text for name, text in texts.items() if name.startswith("scripts.")}


def letters() -> str:
    """Give all that may be said in the chosen language, for the typeface of a file."""
    return "".join(_texts(_chosen.get()).values())


def _template(entry: str, values: Mapping[str, object]) -> str:
    english = _texts(ENGLISH_FILE)
    if entry not in english and "count" in values:
        entry += ".one" if values["count"] == 1 else ".other"
    if (named := _values_of(entry, english[entry])) != set(values):
        raise ValueError(f"{entry} has the values {sorted(named)}, and is given {sorted(values)}")
    return _texts(_chosen.get())[entry]


@cache
def _texts(file: Path) -> dict[str, str]:
    """Read a file as one table, and compare it with the English one."""
    try:
        texts = dict(_entries(tomllib.loads(file.read_text(encoding="utf-8"))))
        values = {name: _values_of(name, text) for name, text in texts.items()}
    except (OSError, ValueError) as error:
        raise ExportError(f"{file} cannot be read: {error}") from error
    if file == ENGLISH_FILE:
        return texts
    english = _texts(ENGLISH_FILE)
    faults = [f"lacks {name}" for name in english if name not in texts]
    faults += [f"has {name}, which is not in en.toml" for name in texts if name not in english]
    unknown = {name: values[name] - _values_of(name, english[name]) for name in texts if name in english}
    faults += [f"names {{{value}}} in {name}, which en.toml does not" for name in unknown for value in unknown[name]]
    if faults:
        raise ExportError(f"{file} {'; '.join(faults)}")
    return texts


def _entries(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _entries(value, f"{above}{key}.")
        elif isinstance(value, str):
            yield f"{above}{key}", value
        else:
            raise ValueError(f"{above}{key} is no text")


def _values_of(entry: str, text: str) -> set[str]:
    """Give the values that a text may name: those that it does, and the count by which it is chosen."""
    chosen = {"count"} if entry.endswith((".one", ".other")) else set()
    return chosen | {field for _, field, _, _ in Formatter().parse(text) if field is not None}
