"""The files of texts, one for each language, such as `en.toml`; the variable SECURITYTALKS_LANGUAGE chooses one.

Another language is one more file beside it, named by its code, with the same entries.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

CHOICE, ENGLISH = "SECURITYTALKS_LANGUAGE", "en"
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z]{2,4})?"  # the code of a language, such as es or pt-BR
HERE = Path(__file__).resolve().parent


class LanguageError(ValueError):
    """The chosen language is none, or there are no texts in it."""


def language() -> str:
    """Give the code of the chosen language. Raises LanguageError for what can be no such code."""
    code = os.environ.get(CHOICE, ENGLISH)
    if not re.fullmatch(LANGUAGE, code):
        raise LanguageError(f"{CHOICE} is {code[:40]!r}; allowed is the code of a language, such as en or es")
    return code


def file_name() -> str:
    """Give the name of the chosen file."""
    return f"{language()}.toml"


def texts_in(folder: Path) -> dict[str, Any]:
    """Give the texts of a folder in the chosen language. Raises ValueError where it has no file for that language."""
    return _read(folder, file_name())


def table_of(name: str) -> dict[str, Any]:
    """Give a table of the texts beside this module. Raises ValueError where there is none of that name."""
    return named(texts_in(HERE), name)


def named(texts: Mapping[str, Any], name: str, within: str = "") -> Any:  # noqa: ANN401 a text or a table of texts
    """Give a text of a table, or a table of them. Raises ValueError where there is none of that name."""
    if name not in texts:
        raise ValueError(f"words/{file_name()} has no {name}{within}{near(name, texts)}")
    return texts[name]


@cache
def _read(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    if not path.is_file():
        languages = ", ".join(sorted(file.stem for file in folder.glob("??.toml")))
        raise LanguageError(f"{CHOICE} is {path.stem!r}, and {folder.name}/ has no file {name}; it has {languages}")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def near(name: str, names: Iterable[str]) -> str:
    """The names that are close to one, as the end of a message; empty where none is."""
    close = difflib.get_close_matches(name, list(names), n=3, cutoff=0.4)
    return f"; near it: {', '.join(close)}" if close else ""
