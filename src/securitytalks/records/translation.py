"""The texts of records in another language: `seeds/es/articles/x.toml` has those of `seeds/articles/x.toml`.

Such a file has the tables of the original, each with what names it (id, question or paragraph; else its place in the
list) and with the fields that differ. All else is taken from the original, and the rules hold for the result.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from ..words.files import ENGLISH, language
from .faults import WHOLE_FILE, Faults, as_written, one_of, record_name, repeated, suggest
from .files import check_names, listed, no_files, read_toml
from .schema import Label, Prose, Record


def translations(seeds: Path) -> list[Path]:
    """List the files with texts in the chosen language; English is that of the records."""
    if language() == ENGLISH:
        return []
    folder = seeds / language()
    return [path for place in (folder, folder / "articles", folder / "record") for path in listed(place)]


def check_translations(seeds: Path, faults: Faults) -> None:
    """A file of texts without an original, and a linked folder of texts, would be left out without a word."""
    folder = seeds / language()
    for place in (folder, folder / "articles", folder / "record") if language() != ENGLISH else ():
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            no_files(place, "a folder", "a folder of texts", faults)
    paths = [path for path in translations(seeds) if path not in (folder / "articles", folder / "record")]
    for path in check_names(paths, (".toml",), faults):
        inside = path.relative_to(seeds / language())
        if not (seeds / inside).exists():
            allowed, do = "a file of texts for a file of the seeds", "give it the name and the folder of its original"
            faults.add(path, WHOLE_FILE, "-", found="a file that is not read", allowed=allowed, do=do)


def translated(raw: dict[str, Any], path: Path, faults: Faults) -> dict[str, Any]:
    """Put the texts of the chosen language into what was read from a file, where there is a file of them."""
    folder, *inside = path.relative_to(faults.root).parts
    seeds = faults.root / folder
    file = seeds.joinpath(language(), *inside)
    texts = read_toml(file, faults) if file in translations(seeds) else None
    return _merged(raw, texts, file, path.name, faults) if texts else raw


def prose() -> set[str]:
    """The fields that are texts in our words, not codes, ids or words that somebody else wrote."""
    return _prose_of(tuple(Record.__subclasses__()))


@cache  # for each set of classes, since those of official series may be imported later
def _prose_of(kinds: tuple[type[Record], ...]) -> set[str]:
    hints = [hint for kind in kinds for hint in get_type_hints(kind, include_extras=True).items()]
    return {name for name, hint in hints if any(one is Prose or one is Label for one in (hint, *get_args(hint)))}


def _merged(raw: dict[str, Any], texts: dict[str, Any], file: Path, record: str, faults: Faults) -> dict[str, Any]:
    merged = dict(raw)
    for key, text in texts.items():
        written = raw.get(key)
        if isinstance(text, dict) and isinstance(written, dict):
            merged[key] = _merged(written, text, file, key, faults)
        elif isinstance(text, list) and isinstance(written, list) and all(isinstance(row, dict) for row in text):
            merged[key] = _merged_rows(key, written, text, file, faults)
        elif isinstance(text, str) and isinstance(written, str) and key in prose():
            merged[key] = text
        elif text != written:
            allowed = "another text, in quotation marks, where the original has one in our words"
            faults.add(file, record, key, found=as_written(text), allowed=allowed, do="remove it")
    return merged


def _merged_rows(table: str, written: list[Any], texts: list[Any], file: Path, faults: Faults) -> list[Any]:
    originals = {record_name(table, row, at): at for at, row in enumerate(written)}
    merged = list(written)
    names = [record_name(table, row, at) for at, row in enumerate(texts)]
    for name in repeated(names):
        faults.add(file, name, "-", found="a record twice", allowed="each record once", do="remove all but one")
    for name, row in zip(names, texts, strict=True):
        if name in originals:
            merged[originals[name]] = _merged(written[originals[name]], row, file, name, faults)
        else:
            do = suggest(name, originals, otherwise="name a record of the original")
            faults.add(
                file, name, "-", found="a record that the original does not have", allowed=one_of(originals), do=do
            )
    return merged
