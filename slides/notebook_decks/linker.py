"""Joins ES modules into one script, which a Content-Security-Policy can allow by one hash.

A module imports names of other modules, each in one statement on lines of its own, and exports what it declares:

    import { charts } from "./charts.js";        // a file beside it
    import { speak } from "notebook-decks/speak.js";  // a module of this package, for plug-ins
    export function draw() {}

Lines that are nothing but a comment are left out, so none may look like one inside a text of several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent / "scripts"
PREFIX = "notebook-decks/"
IMPORT = re.compile(r'^import (?:(\{[^{}]*\}) from )?"([^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
ANY = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class LinkError(ValueError):
    """A script that cannot be joined; the message names its file."""


def linked(entries: Iterable[Path]) -> str:
    """Join modules, each once and after those that it imports; every module has a scope of its own.

    Raises:
        LinkError: for modules that import one another in a circle, a missing file, or a form of import or export that
            is not supported.
    """
    done: dict[Path, int] = {}  # the number of each module that was written
    parts: list[str] = []

    def add(path: Path, way: tuple[Path, ...]) -> None:
        if path in way:
            circle = " -> ".join(step.name for step in (*way[way.index(path) :], path))
            raise LinkError(f"these scripts import one another in a circle: {circle}")
        if path in done:
            return
        imports, body, exports = _read(path)
        for _, source in imports:
            add(source, (*way, path))
        heads = [f"const {names} = module{done[source]};\n" for names, source in imports if names]
        tail = f"return {{ {', '.join(exports)} }};\n" if exports else ""
        done[path] = len(done)
        parts.append(f"const module{done[path]} = (() => {{\n{''.join(heads)}{body}{tail}}})();\n")

    for entry in entries:
        add(entry.resolve(), ())
    return f'(() => {{\n"use strict";\n{"".join(parts)}}})();'


def _read(path: Path) -> tuple[list[tuple[str, Path]], str, list[str]]:
    """Read a module: what it imports from where, its text without imports and exports, and the names it exports."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise LinkError(f"a script could not be read: {error}") from error
    imports = [(names, _place(source, path)) for names, source in IMPORT.findall(text)]
    exports = EXPORT.findall(text)
    body = COMMENT.sub("", EXPORT.sub("", IMPORT.sub("", text)))
    if left := ANY.search(body):
        raise LinkError(f"{path.name}: {left[0]!r} is no import or export that can be joined")
    return imports, body.strip() + "\n", exports


def _place(source: str, path: Path) -> Path:
    if source.startswith(PREFIX):
        return SCRIPTS / source.removeprefix(PREFIX)
    return (path.parent / source).resolve()
