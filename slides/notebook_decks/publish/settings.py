"""A project's settings for `publish`: the table [tool.notebook-decks] in the project's pyproject.toml."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from notebook_decks import LANGUAGE_CODE
from notebook_decks.files import text_in

TABLE = "[tool.notebook-decks]"
LARGEST = 250_000  # bytes of a pyproject.toml
DEEP_KEY = re.compile(r"(?m)^(?:[^\n.]*\.){200}")  # the reader of TOML takes minutes for thousands of parts
MOST_SECONDS = 1_000_000
LONGEST_NAME = 80  # of the zips


class PublishError(Exception):
    """What stops publishing; the message says where and what to do."""


@dataclass(frozen=True)
class Settings:
    """What a project sets for `publish`; the command line outweighs it."""

    title: str = ""  # of the first page; else the project's description
    name: str = ""  # of the zips; else the project's name
    notebooks: tuple[str, ...] = ("notebooks",)  # what is published where the command names nothing
    to: str = "published"  # where to, seen from the project's folder
    beside: tuple[str, ...] = ("src", "requirements.txt", "environment.yml", "LICENSE")  # what notebooks need to run
    start: str = ""  # a sentence, in Markdown: how a student starts JupyterLab in the folder with the notebooks
    timeout: int = 600  # seconds for one cell
    language: str = "en"  # of the first page, and of notebooks that name none
    words: str = ""  # a folder with what files say themselves in further languages
    site: str = ""  # the address of the published folder on the web


def address(text: str) -> str:
    """Read the address of the published folder.

    Raises:
        ValueError: for anything but an address on the web.

    >>> address("https://example.org/talks")
    'https://example.org/talks/'
    """
    parts = urlsplit(text)
    wrong = parts.scheme not in {"http", "https"} or not parts.hostname
    if wrong or re.search(r"[^!-~]|[\"<>?#\\]", text) or parts.port == 0:  # asking for the port raises ValueError, too
        raise ValueError(text)
    return text.rstrip("/") + "/"


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value


def _language(value: object) -> str:
    if not LANGUAGE_CODE.fullmatch(_text(value)):
        raise ValueError
    return str(value)


def _name(value: object) -> str:
    if len(_text(value)) > LONGEST_NAME:
        raise ValueError
    return str(value)


def _inside(value: object) -> str:
    inside = Path(_text(value))
    if ".." in inside.parts or inside.is_absolute() or "\0" in str(value):
        raise ValueError
    return str(value)


def _insides(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(_inside(one) for one in value)


def _some_insides(value: object) -> tuple[str, ...]:
    if not value:
        raise ValueError
    return _insides(value)


def seconds(value: object) -> int:
    """Read how long one cell may take. Raises ValueError for anything but a sensible number of seconds."""
    number = int(value) if isinstance(value, str) else value
    if type(number) is not int or not 1 <= number <= MOST_SECONDS:
        raise ValueError
    return number


A_TEXT: tuple[Callable[[Any], Any], str] = (_text, "a text")
A_NAME: tuple[Callable[[Any], Any], str] = (_name, f"a text of at most {LONGEST_NAME} characters")
SOME_INSIDE: tuple[Callable[[Any], Any], str] = (_insides, "a list of files and folders in the project's folder")
ALLOWED: dict[str, tuple[Callable[[Any], Any], str]] = {
    "title": A_TEXT,
    "name": A_NAME,
    "notebooks": (_some_insides, "a list of files and folders in the project's folder, at least one"),
    "to": (_inside, "a folder in the project's folder"),
    "beside": SOME_INSIDE,
    "start": A_TEXT,
    "timeout": (seconds, f"a whole number of seconds from 1 to {MOST_SECONDS:,}"),
    "language": (_language, 'the code of a language, such as "es"'),
    "words": (_inside, "a folder in the project's folder"),
    "site": (lambda value: address(_text(value)), 'an address such as "https://example.org/talks"'),
}


def read(project: Path) -> Settings:
    """Read the settings of a project; defaults where it has no pyproject.toml, or that one has no table of ours.

    Raises:
        PublishError: for a file that is no TOML, and for an unknown or wrong setting.
    """
    file = project / "pyproject.toml"
    try:
        written = tomllib.loads(_text_of(file)) if os.path.lexists(file) else {}
    except (OSError, RecursionError, ValueError) as error:
        raise PublishError(f"{file} cannot be read: {error!s:.200}; correct the file") from error
    about, table = written.get("project", {}), _table(written, file)
    usual = {"title": ("description", A_TEXT), "name": ("name", A_NAME)}
    found = {}
    for key, (place, allowed) in usual.items():
        value = about.get(place) if isinstance(about, dict) else about
        if value is not None:
            found[key] = _checked(value, allowed, f"{file}: [project]: {place}")
    for key, value in table.items():
        if key not in ALLOWED:
            raise PublishError(f"{file}: {TABLE}: there is no setting {key!r}; allowed are {', '.join(ALLOWED)}")
        found[key] = _checked(value, ALLOWED[key], f"{file}: {TABLE}: {key}")
    name = re.sub(r"[^\w.-]+", "-", found.get("name") or project.name).strip("-") or "notebooks"
    return Settings(**{"title": project.name, **found, "name": name})


def _text_of(file: Path) -> str:
    """Read a file, unless it would be read for ever. Raises OSError or ValueError."""
    about = file.stat()
    if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST:
        raise ValueError(f"it is no regular file of at most {LARGEST:,} bytes")
    text = text_in(file, encoding="utf-8-sig")
    if DEEP_KEY.search(text):
        raise ValueError("a line has 200 dots")
    return text


def _table(written: dict[str, Any], file: Path) -> dict[str, Any]:
    tool = written.get("tool", {})
    table = tool.get("notebook-decks", {}) if isinstance(tool, dict) else tool
    for name in tool if isinstance(tool, dict) else []:
        if name != "notebook-decks" and name.lower().replace("_", "-") == "notebook-decks":
            raise PublishError(f"{file}: [tool.{name}] is not read; write {TABLE}")
    if not isinstance(table, dict):
        raise PublishError(f"{file}: {TABLE} is {_shown(table)}; allowed is a table of settings")
    return table


def _checked(value: object, allowed: tuple[Callable[[Any], Any], str], place: str) -> Any:  # noqa: ANN401
    check, words = allowed
    try:
        return check(value)
    except ValueError as error:
        raise PublishError(f"{place} is {_shown(value)}; allowed is {words}") from error


def _shown(value: object) -> str:
    try:
        return f"{value!r:.80}"
    except ValueError:  # Python writes out no number of thousands of digits
        return "a number of thousands of digits"
