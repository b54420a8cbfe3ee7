"""The tables of fields in `seeds/README.md`, made from the classes of the schema."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from ..official import schema as official
from ..records import schema
from ..records.load import SEEDS

# The heading or sentence of the dictionary that the table of a class follows.
TABLES: dict[str, type[schema.Record]] = {
    "### `[article]`": schema.Article,
    "### `[[facts]]`": schema.Fact,
    "### `[[passages]]`": schema.Passage,
    "### `[[slips]]`": schema.Slip,
    "### `[[answers]]`": schema.Answer,
    "### `[[checks]]`": schema.Check,
    "`official` and `beside` name a place in a series:": schema.Reference,
    "### `[[meetings]]`": schema.Meeting,
    "### `[[families]]`": schema.Family,
    "### `[[corrections]]`": schema.Correction,
    "### `[[entries]]`": schema.GlossaryEntry,
    "### `[[topics]]`": schema.Topic,
    "### `[[questions]]`": schema.Question,
    "### `<series>.toml`": official.SeriesFile,
    "### `[[columns]]`": official.SeriesColumn,
    "### `[[rows]]`": official.SeriesRows,
}


def meanings(model: type[schema.Record]) -> dict[str, list[str]]:
    """Give what stands under each field of a class: its meaning, then its unit and what leaving it out means.

    Raises:
        ValueError: For a field that has no such text, or not all of it.
    """
    (tree,) = ast.parse(dedent(inspect.getsource(model))).body
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for field, text in zip(tree.body, tree.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
        ):
            found[field.target.id] = [part.strip() for part in " ".join(str(text.value.value).split()).split("|")]
    for name, info in model.model_fields.items():
        meaning, *more = found.setdefault(name, [""])
        left_out = [part for part in more if not part.startswith("unit: ")]
        if not meaning or len(left_out) != (not info.is_required()):
            allowed = "its meaning" if info.is_required() else "its meaning | what leaving it out means"
            raise ValueError(f'{model.__name__}.{name}: write """{allowed}""" under the field')
    return found


def _table(model: type[schema.Record]) -> Iterator[str]:
    explained = meanings(model)
    with_unit = any(part.startswith("unit: ") for parts in explained.values() for part in parts)
    yield f"| field | meaning |{' unit |' * with_unit} when left out |"
    yield "|---" * (3 + with_unit) + "|"
    for name in model.model_fields:
        meaning, *more = explained[name]
        unit = next((part.removeprefix("unit: ") for part in more if part.startswith("unit: ")), "")
        left_out = "needed" if model.model_fields[name].is_required() else more[-1]
        cells = [f"`{name}`", meaning, *([unit] if with_unit else []), left_out]
        yield "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"


def dictionary(seeds: Path = SEEDS) -> str:
    """Give the text of `seeds/README.md` with every table of fields written again.

    Raises:
        ValueError: Where the place of a table is missing or a field is not explained.
    """
    text = (seeds / "README.md").read_text(encoding="utf-8")
    for lead, model in TABLES.items():
        table = "".join(f"{line}\n" for line in _table(model))
        place = re.compile(rf"(?m)(^{re.escape(lead)}\n(?:(?![|#]).*\n)*)(?:\|.*\n)+")
        found = list(place.finditer(text))
        if len(found) != 1:
            raise ValueError(f"seeds/README.md: found {lead!r} with a table {len(found)} times; allowed once")
        text = text[: found[0].end(1)] + table + text[found[0].end() :]
    return text
