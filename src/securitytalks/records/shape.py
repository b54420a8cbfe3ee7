"""Check a record against its schema and say in plain words what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from ..words.characters import plain
from .faults import WHOLE_FILE, Faults, as_written, near, one_of, record_name, suggest
from .files import add_excess, read_toml
from .translation import translated

Model = TypeVar("Model", bound=BaseModel)
MOST_PROBLEMS = 2_000  # of one file; each place may have several, one a type


def read_file(model: type[Model], path: Path, faults: Faults) -> tuple[Model | None, dict[str, Any] | None]:
    """Read a TOML file as a class of the schema.

    Gives the records, or None where they have faults; and what was written, or None where that is no TOML or too large
    to be checked further.
    """
    raw = read_toml(path, faults)
    if raw is None:
        return None, None
    raw = translated(raw, path, faults)
    try:
        return model.model_validate(raw), raw
    except ValidationError as error:
        if add_excess(raw, path, faults):
            return None, None
        _add_shape_faults(model, raw, error, path, faults)
        return None, raw


def _add_shape_faults(
    model: type[BaseModel], raw: dict[str, Any], error: ValidationError, path: Path, faults: Faults
) -> None:
    """Add a fault for each place that departs from the schema."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    # A union fails once for each of its types: one fault a place is enough.
    kinds = {tuple(_known_place(model, one["loc"])): one["type"] for one in reversed(problems[:MOST_PROBLEMS])}
    misspelt: dict[tuple[int | str, ...], list[str]] = {}
    for place, kind in kinds.items():
        if kind == "extra_forbidden":
            misspelt.setdefault(place[:-1], []).append(str(place[-1]))
    for place, kind in reversed(kinds.items()):
        # A key that is there under a name that is reported already is not missing.
        if kind != "missing" or not any(near(other, [str(place[-1])]) for other in misspelt.get(place[:-1], [])[:50]):
            _add_shape_fault(model, raw, path, place, kind, faults)


def valid_records(model: type[Model], data: dict[str, Any]) -> Model:
    """Keep the records of a faulty file that are sound, so that its other faults are found in the same run."""
    kept: dict[str, Any] = {}
    for name, hint in get_type_hints(model, include_extras=True).items():
        inner = _record_class(hint)
        if inner is None:
            continue
        if _is_list(hint):
            rows = data.get(name) if isinstance(data.get(name), list) else []
            kept[name] = [record for row in rows if (record := _valid(inner, row))]
        else:
            kept[name] = _valid(inner, data.get(name))
    return model.model_construct(**kept)


def _valid(model: type[BaseModel], row: object) -> BaseModel | None:
    try:
        return model.model_validate(row)
    except ValidationError:
        return None


def _unwrapped(hint: object) -> tuple[Any, str | None]:
    """Take Annotated and "or nothing" off a type; keep what its description says is allowed."""
    description = None
    while True:
        if get_origin(hint) is Annotated:
            hint, *extras = get_args(hint)
            described = [extra.description for extra in extras if isinstance(extra, FieldInfo) and extra.description]
            description = description or next(reversed(described), None)  # the last one describes the narrowest type
            continue
        options = [o for o in get_args(hint) if o is not NoneType] if get_origin(hint) in (Union, UnionType) else []
        if len(options) != 1:
            return hint, description
        hint = options[0]


def plain_type(hint: object) -> type:
    """The Python type of a field: float for whole numbers and others, str for codes and whatever else is text.

    >>> plain_type(int | float), plain_type(list[int] | None), plain_type(Literal["a"])
    (<class 'float'>, <class 'list'>, <class 'str'>)
    """
    plain, _ = _unwrapped(hint)
    if _is_list(hint):
        return list
    if get_args(plain) == (int, float):
        return float
    return plain if isinstance(plain, type) else str


def codes_of(hint: object) -> tuple[str, ...]:
    """The codes that a field takes one of; none where it takes something else.

    >>> codes_of(Literal["stock", "flow"] | None), codes_of(str)
    (('stock', 'flow'), ())
    """
    plain, _ = _unwrapped(hint)
    return get_args(plain) if get_origin(plain) is Literal else ()


def _is_list(hint: object) -> bool:
    return get_origin(_unwrapped(hint)[0]) is list


def _record_class(hint: object) -> type[BaseModel] | None:
    """The class of the records that a field holds, alone or in a list, if it holds any."""
    plain, _ = _unwrapped(hint)
    if get_origin(plain) is list:
        plain, _ = _unwrapped(get_args(plain)[0])
    return plain if isinstance(plain, type) and issubclass(plain, BaseModel) else None


def _known_place(model: type[BaseModel], loc: tuple[int | str, ...]) -> Iterator[int | str]:
    """Cut pydantic's place down to tables, rows and keys; what follows names its types, which readers need not see."""
    inside: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int):
            yield part
        elif inside is None:
            return
        else:
            yield part
            hint = get_type_hints(inside, include_extras=True).get(part)
            inside = _record_class(hint) if hint is not None else None


def _add_shape_fault(
    model: type[BaseModel], data: dict[str, Any], path: Path, place: tuple[int | str, ...], kind: str, faults: Faults
) -> None:
    """Add the fault at one place of a file."""
    names: list[str] = []
    inside, row, rest = model, data, list(place)
    while rest and isinstance(rest[0], str) and (hint := get_type_hints(inside, include_extras=True).get(rest[0])):
        table = _record_class(hint)
        if table is None or len(rest) == 1 or (len(rest) == 2 and isinstance(rest[1], int)):
            break
        name = str(rest.pop(0))
        row, inside = row[name], table
        if isinstance(rest[0], int):
            index = rest.pop(0)
            name, row = record_name(name, row[index], index), row[index]
        names.append(name)
    field = str(rest[0]) if rest else "-"
    wording = _wording(inside, rest, kind, _value_at(row, rest))
    faults.add(path, ".".join(names) or WHOLE_FILE, field, **wording)


def _value_at(row: object, rest: list[int | str]) -> object:
    for part in rest:
        if isinstance(row, dict):
            row = row.get(part)
        elif isinstance(row, list) and isinstance(part, int):
            row = row[part]
    return row


def _wording(inside: type[BaseModel], rest: list[int | str], kind: str, value: object) -> dict[str, str]:
    """What was found, what is allowed and what to do, for one key or one item of its list."""
    field = str(rest[0]) if rest else "-"
    hints = get_type_hints(inside, include_extras=True)
    if field not in hints:
        close = near(field, hints)
        do = f"rename it to {close}" if close else "remove this key"
        return {
            "found": f"an unknown key, {field or as_written(field)} = {as_written(value)}",
            "allowed": one_of(hints),
            "do": do,
        }
    hint = get_args(_unwrapped(hints[field])[0])[0] if len(rest) > 1 else hints[field]
    allowed = allowed_for(hint)
    if kind == "missing":
        heading = f"[[{field}]]" if _is_list(hint) else f"[{field}]"
        return {
            "found": "nothing",
            "allowed": allowed,
            "do": f"add {heading if _record_class(hint) else f'{field} = ...'}",
        }
    if kind == "string_too_long":
        return {"found": f"{as_written(value)}, {len(value):,} characters", "allowed": allowed, "do": "shorten it"}
    return {"found": as_written(value), "allowed": allowed, "do": _advice(hint, value)}


PLAIN_NAMES = {
    str: "text in quotation marks",
    bool: "true or false, without quotation marks",
    int: "a whole number, without quotation marks",
    float: "a number, without quotation marks",
    date: "a day such as 2021-10-08, without quotation marks",
}


def allowed_for(hint: object) -> str:
    """Say in plain words what a field may hold.

    >>> allowed_for(Literal["stock", "flow"]), allowed_for(bool)
    ('stock, flow', 'true or false, without quotation marks')
    """
    plain, description = _unwrapped(hint)
    if description:
        return description
    table = _record_class(plain)
    if get_origin(plain) is list:
        return (
            "one or more tables" if table else f"a list in square brackets, each item {allowed_for(get_args(plain)[0])}"
        )
    if table:
        return "a table"
    if codes := codes_of(plain):
        return one_of(codes)
    return PLAIN_NAMES[plain]


def _advice(hint: object, value: object) -> str:
    """Say what to do about a value of the wrong kind or form: if we can see what was meant, exactly what to write."""
    plain, _ = _unwrapped(hint)
    if codes := codes_of(plain):
        return suggest(value, codes, otherwise="choose one of these")
    if _record_class(hint):
        if isinstance(value, list) and not _is_list(hint):
            return "write it once, with its name in single brackets"
        return "write a table, with its name in brackets on a line of its own"
    if value in ("", []):
        return "write it, or leave the key out where it may be left out"
    check: TypeAdapter[Any] = TypeAdapter(hint, config=ConfigDict(strict=True))
    for meant in _perhaps_meant(value):
        with suppress(ValidationError):
            check.validate_python(meant)
            return f"write {as_written(meant)}"
    return "write it in the allowed form"


def _perhaps_meant(value: object) -> Iterator[object]:
    """What a value would be without the usual mistakes of writing TOML by hand."""
    yield [value]
    if isinstance(value, datetime):
        yield value.date()
    if isinstance(value, (int, float, date)):
        yield str(value)
    if not isinstance(value, str):
        return
    yield " ".join(value.split())
    yield plain(value)
    yield value.lower()
    yield value.upper()
    if re.fullmatch(r"\d+(\.\d+)?|\d{1,3}(,\d{3})+", value.strip()):
        with suppress(json.JSONDecodeError):  # 06 is no number in JSON
            yield json.loads(value.replace(",", ""))
    if value.strip().lower() in ("true", "false"):
        yield value.strip().lower() == "true"
    with suppress(ValueError):
        yield date.fromisoformat(value.strip())
