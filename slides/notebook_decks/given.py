"""A notebook as it was given, in whatever state: its parts have the types that we expect, or an error names the place.

Only a regular file of a sensible size is opened, since a named pipe would be read for ever. The copy that is handed on
has no character that a file cannot hold, and none that we use as marks.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, reads
from nbformat.validator import iter_validate

from notebook_decks.errors import ExportError
from notebook_decks.files import text_in

LARGEST = 200_000_000  # bytes of a notebook
DEEPEST = 100  # lists and tables inside one another; figures need about ten
# Half of a character that takes two, a zero, the marks of html/formulas.py and outputs.py, and a reference to a
# character whose number Python refuses to read.
UNSAFE = re.compile("[\0\ud800-\udfff\ue000-\ue003]|&#[0-9]{1000,};?")
NAMES: dict[type, str] = {dict: "a table of names and values", list: "a list", str: "a text", int: "a whole number"}
SCHEMA_NAMES = {
    "object": NAMES[dict],
    "array": NAMES[list],
    "string": NAMES[str],
    "integer": NAMES[int],
    "null": "nothing",
}
CELL_TYPES = ("code", "markdown", "raw")
OUTPUT_TYPES = ("stream", "display_data", "execute_result", "error")
FIELDS: dict[str, dict[str, type]] = {
    "notebook": {"metadata": dict, "cells": list, "nbformat_minor": int},
    "metadata": {"title": str}
    | dict.fromkeys(("explainer", "notebook_decks", "kernelspec", "language_info", "widgets"), dict),
    "cell": {"cell_type": str, "source": str, "metadata": dict, "attachments": dict, "outputs": list, "id": str},
    "cell metadata": {"tags": list} | dict.fromkeys(("slideshow", "lesson", "jupyter", "transient"), dict),
    "explainer": {"spanish": list},
    "slideshow": {"slide_type": str},
    "lesson": {"minutes": dict, "part": str, "class": str, "fold": str},
    "output": {"output_type": str, "data": dict, "metadata": dict, "traceback": list},
}


def text_of(path: Path) -> str:
    """Read the text of a notebook.

    Raises:
        ExportError: naming the file, where it is none, too large, or not UTF-8.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise ExportError(f"{path} is no Jupyter notebook: it is not a file")
        if about.st_size > LARGEST:
            raise ExportError(f"{path} has {about.st_size:,} bytes; at most {LARGEST:,} are read: clear its outputs")
        return text_in(path, encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportError(
            f"{path} is no Jupyter notebook: its byte {error.start:,} is not UTF-8 text; save it as UTF-8"
        ) from error
    except (OSError, RuntimeError, ValueError) as error:  # links in a circle, a name that no file can have
        reason = getattr(error, "strerror", None) or error
        raise ExportError(f"{path} is no Jupyter notebook, or cannot be read: {reason}") from error


def parsed(text: str, name: object) -> Mapping[str, Any]:
    """Read a notebook of any format from its text, as format 4; its parts are not checked yet.

    Raises:
        ExportError: naming the notebook, where this is none.
    """
    text = text.removeprefix("\ufeff")  # a mark that some editors write at the start
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise _damaged(name, f"line {error.lineno}, column {error.colno} is not JSON ({error.msg})") from error
    except (RecursionError, ValueError) as error:  # too deep, or a number with thousands of digits
        raise _damaged(name, f"{error!s:.300}") from error
    if not isinstance(raw, dict):
        raise _damaged(name, f"it holds {NAMES.get(type(raw), 'one value')} in place of a notebook")
    if "nbformat" in raw and type(raw["nbformat"]) is not int:
        raise _damaged(name, f"nbformat is {_shown(raw['nbformat'])}; allowed is a whole number, such as 4")
    try:
        return raw if raw.get("nbformat") == 4 else reads(text, as_version=4)
    except Exception as error:  # nbformat raises many kinds of error for damaged files
        raise _damaged(name, f"{type(error).__name__}: {error!s:.300}") from error


def _damaged(name: object, reason: str) -> ExportError:
    return ExportError(f"{name} is no Jupyter notebook, or is damaged: {reason}; take an earlier copy of it")


def sound(notebook: Mapping[str, Any], name: object) -> NotebookNode:
    """Copy a notebook of format 4 whose parts have the types that we expect.

    Raises:
        ExportError: naming the notebook and the first part that has another type.
    """
    copy = _copied(notebook, str(name), 0)
    _check(copy, "notebook", str(name))
    if copy.get("nbformat_minor", 0) < 0:
        raise ExportError(f"{name}: nbformat_minor is {copy['nbformat_minor']}; allowed is 0 or more; correct it")
    copy.setdefault("metadata", NotebookNode())
    _check(copy["metadata"], "metadata", f"{name}: metadata")
    if "cells" not in copy:
        raise ExportError(f"{name} is no Jupyter notebook, or is damaged: it has no cells")
    _check_parts(copy["metadata"], ("explainer",), f"{name}: metadata")
    for number, cell in enumerate(copy["cells"], 1):
        _check_cell(cell, f"{name}: Cell {number}")
    _check_form(copy, str(name))
    return copy


def notebook_in(text: str, name: object) -> NotebookNode:
    """Read a notebook of any format from its text, as one of format 4 whose parts have the types that we expect.

    Raises:
        ExportError: naming the notebook, and what is wrong with it.
    """
    return sound(parsed(text, name), name)


def _copied(value: Any, name: str, depth: int) -> Any:  # noqa: ANN401 any JSON
    if depth > DEEPEST:
        raise ExportError(f"{name} is damaged: it has lists or tables inside one another, more than {DEEPEST} deep")
    if isinstance(value, str):
        return UNSAFE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return NotebookNode({_copied(str(k), name, depth): _copied(v, name, depth + 1) for k, v in value.items()})
    if isinstance(value, list | tuple):
        return [_copied(one, name, depth + 1) for one in value]
    return value


def _check_cell(cell: Any, where: str) -> None:  # noqa: ANN401 any JSON
    if not isinstance(cell, dict):
        raise ExportError(f"{where} is {_shown(cell)}; allowed is {NAMES[dict]}")
    if isinstance(cell.get("source"), list):
        cell["source"] = "".join(map(str, cell["source"]))
    _check(cell, "cell", where)
    cell.setdefault("source", "")
    cell.setdefault("metadata", NotebookNode())
    if cell.get("cell_type") not in CELL_TYPES:
        raise ExportError(f"{where}: cell_type is {_shown(cell.get('cell_type'))}; allowed are {', '.join(CELL_TYPES)}")
    _check(cell["metadata"], "cell metadata", f"{where}: metadata")
    _check_parts(cell["metadata"], ("slideshow", "lesson"), f"{where}: metadata")
    _check_each(cell["metadata"].get("tags", []), str, f"{where}: metadata: tags")
    _check_each(list(cell.get("attachments", {}).values()), dict, f"{where}: attachments")
    if cell["cell_type"] == "code":
        _check_each(cell.setdefault("outputs", []), dict, f"{where}: outputs")
        for output in cell["outputs"]:
            _check(output, "output", f"{where}: outputs")
            if "output_type" not in output:
                raise ExportError(f"{where}: outputs: one has no output_type; run the cell again")
            if output["output_type"] not in OUTPUT_TYPES:
                found, allowed = _shown(output["output_type"]), ", ".join(OUTPUT_TYPES)
                raise ExportError(
                    f"{where}: outputs: output_type is {found}; allowed are {allowed}; run the cell again"
                )
            _join_lines(output, ["text"])
            data = output.get("data", {})
            _join_lines(data, [mime for mime in data if not re.fullmatch(r"application/(.*\+)?json", mime)])


def _join_lines(holder: NotebookNode, keys: list[str]) -> None:
    """Join texts that are stored as lists of their lines, as notebooks are on disk."""
    for key in keys:
        if isinstance(holder.get(key), list) and all(isinstance(line, str) for line in holder[key]):
            holder[key] = "".join(holder[key])


def _check(holder: Any, name: str, where: str) -> None:  # noqa: ANN401 any JSON
    """Check the types of a table's values; those that are null count as not there."""
    for key, kind in FIELDS[name].items():
        if holder.get(key) is None:
            holder.pop(key, None)
        elif not isinstance(holder[key], kind):
            raise ExportError(f"{where}: {key} is {_shown(holder[key])}; allowed is {NAMES[kind]}")


def _check_parts(holder: Any, names: tuple[str, ...], where: str) -> None:  # noqa: ANN401 any JSON
    for name in names:
        if name in holder:
            _check(holder[name], name, f"{where}: {name}")


def _check_form(notebook: NotebookNode, name: str) -> None:
    """Check what else the schema of the format asks for; ids that are missing are made later."""
    errors = iter_validate(notebook, relax_add_props=True)
    error = next((one for one in errors if one.validator != "required" or "'id'" not in one.message), None)
    if error is None:
        return
    way = [f"{part + 1}" if isinstance(part, int) else part for part in error.relative_path]
    where = ": ".join([name, *([f"Cell {way[1]}", *way[2:]] if way[:1] == ["cells"] else way)])
    do = "run the cell again" if "outputs" in way else "correct it"
    if error.validator == "required":
        raise ExportError(f"{where}: {error.message}; {do}")
    rule = error.validator_value
    types = [rule] if isinstance(rule, str) else rule if isinstance(rule, list) else []
    allowed = {
        "type": " or ".join(SCHEMA_NAMES.get(one, one) for one in types if isinstance(one, str)),
        "oneOf": "a text or a list of texts",
        "pattern": f"a text of the form {rule}",
        "minimum": f"{rule} or more",
        "uniqueItems": "each entry once",
    }.get(error.validator, f"{error.validator} {rule!r:.80}")
    raise ExportError(f"{where} is {_shown(error.instance)}; allowed is {allowed}; {do}")


def _check_each(values: list[Any], kind: type, where: str) -> None:
    for value in values:
        if not isinstance(value, kind):
            raise ExportError(f"{where}: one is {_shown(value)}; allowed is {NAMES[kind]}")


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return NAMES[dict if isinstance(value, dict) else list]
    return f"{value!r:.80}"
