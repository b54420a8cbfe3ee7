"""The dictionary in seeds/README.md explains every table and code of the schema."""

from __future__ import annotations

import re
from typing import Literal, get_args, get_origin, get_type_hints

import pytest
from kit.seeds import SEEDS

from securitytalks.official import schema as series_schema
from securitytalks.records import schema
from securitytalks.share.dictionary import TABLES, meanings

README = (SEEDS / "README.md").read_text(encoding="utf-8")
FILES = {
    schema.ArticleFile,
    schema.MeetingsFile,
    schema.CodebookFile,
    schema.CorrectionsFile,
    schema.GlossaryFile,
}  # their fields are the tables themselves


def rows_after(lead: str) -> list[list[str]]:
    """The rows of the first table after a line of the dictionary that starts so."""
    assert README.count(f"\n{lead}") == 1, f"{lead!r} should stand once in seeds/README.md"
    after = README.split(f"\n{lead}", 1)[1].splitlines()
    start = next(number for number, line in enumerate(after) if line.startswith("|"))
    assert not any(line.startswith("#") for line in after[1:start]), f"no table under {lead!r}"
    table = []
    for line in after[start:]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table[2:]


def names(rows: list[list[str]]) -> list[str]:
    return [row[0].strip("`") for row in rows]


def literals(hint: object) -> set[object]:
    """The closed lists that a type is made of."""
    inner = set().union(*(literals(part) for part in get_args(hint))) if get_origin(hint) is not Literal else set()
    return inner | ({hint} if get_origin(hint) is Literal else set())


def test_a_field_without_its_meaning_is_an_error() -> None:
    class Stork(schema.Record):
        legs: int
        """how many it has"""
        name: str | None = None
        """what it is called"""

    with pytest.raises(ValueError, match=r"Stork\.name: write .* what leaving it out means"):
        meanings(Stork)


def test_every_code_is_explained_and_no_other() -> None:
    tables = [(re.findall("`([a-z_]+)`", lead), rows_after(lead)) for lead in re.findall("(?m)^Codes of .*", README)]
    explained = {(field, tuple(names(rows))) for (field, *_), rows in tables}
    used = {
        (field, get_args(codes))
        for kind in TABLES.values()
        for field, hint in get_type_hints(kind).items()
        for codes in literals(hint)
    }
    assert used - explained == set(), "seeds/README.md needs a line 'Codes of `FIELD`:' with their table"
    assert explained - used == set(), "no field has these codes"
    assert all(row[1] for _, rows in tables for row in rows), "a code without a meaning"


def test_no_table_is_forgotten() -> None:
    names = vars(schema) | vars(series_schema)
    classes = {kind for kind in names.values() if isinstance(kind, type) and issubclass(kind, schema.Record)}
    assert classes == set(TABLES.values()) | FILES | {schema.Record}


def test_it_names_every_file_of_the_seeds() -> None:
    for name in ("meetings.toml", "codebook.toml", "record/", "articles/"):
        assert name in README
        assert (SEEDS / name).exists()


def test_the_limits_it_names_are_those_of_the_program() -> None:
    from securitytalks.records.rules import AS_PRINTED_WORDS, GIST_WORDS
    from securitytalks.records.texts import COPIED_WORDS

    words = {8: "eight", 9: "nine"}
    assert f"at most {words[AS_PRINTED_WORDS]} words" in README
    assert f"in our own words, at most {GIST_WORDS}" in README
    assert f"{words[COPIED_WORDS]} words in a row" in README


def test_it_names_no_place_of_this_machine() -> None:
    assert not re.search(r"(?<![\w<.])/(?:home|root|tmp|work|Users)/", README)
