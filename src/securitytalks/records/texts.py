"""Compares the records with the articles' texts, for whoever has them: the texts are not in the repository."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from re import sub

from ..words.characters import quoted_parts
from ..words.numbers import printed_value
from .faults import WHOLE_FILE, Fault, Faults, FileReport, SeedError, as_written
from .files import read_text, read_toml, strings
from .load import Seeds
from .schema import ArticleFile, Fact

COPIED_WORDS = 9  # this many words in a row are a copy, fewer may be chance


def paragraphs(text: str) -> list[str]:
    r"""The non-empty lines of a text, which paragraph numbers count from 1.

    >>> paragraphs("One.\n\n  \nTwo.\n")
    ['One.', 'Two.']
    """
    return [line for line in text.split("\n") if line.strip()]


def check_against_texts(seeds: Seeds, texts: Path) -> list[Fault]:
    """Compare the records with the texts in a folder and give every difference.

    Compared are the hash, the number of paragraphs and the words of each, the headline, that each figure's own wording
    stands in its paragraph and gives its value, and that no record copies nine words in a row.
    """
    faults = Faults(seeds.folder)
    with suppress(SeedError):  # raised where there are too many faults; they are kept all the same
        _check_texts(seeds, texts, faults)
    return faults.all


def _check_texts(seeds: Seeds, texts: Path, faults: Faults) -> None:
    found = {}
    for path, file in zip(seeds.paths, seeds.articles, strict=True):
        text = read_text(texts / file.article.text_file, faults, anywhere=True)
        if text is not None:
            found[file.article.text_file] = text
            _check_text(file, text, (texts / file.article.text_file).read_bytes(), FileReport(path, faults))
    for path in sorted(seeds.folder.rglob("*.toml")):
        _check_copies(path, found, faults)


def _check_text(file: ArticleFile, text: str, raw: bytes, report: FileReport) -> None:
    article, lines = file.article, paragraphs(text)
    digest = sha256(raw).hexdigest()
    if digest != article.sha256:
        do = "take the text the record was made from, or make the record again"
        report.fault("article", "sha256", found=article.sha256, allowed=f"{digest}, of the text", do=do)
    if len(lines) != article.paragraphs:
        allowed = f"{len(lines)}, as in the text"
        report.fault("article", "paragraphs", found=str(article.paragraphs), allowed=allowed, do="correct paragraphs")
    if article.headline is not None and article.headline not in lines:
        allowed = "a paragraph of the text, letter for letter"
        report.fault("article", "headline", found=as_written(article.headline), allowed=allowed, do="correct headline")
    for passage in file.passages:
        counted = len(lines[passage.paragraph - 1].split()) if passage.paragraph <= len(lines) else 0
        if counted != passage.words:
            record, allowed = f"passages[paragraph {passage.paragraph}]", f"{counted}, as in the text"
            report.fault(record, "words", found=str(passage.words), allowed=allowed, do="correct words")
    for slip in file.slips:
        if slip.printed is not None and (
            slip.paragraph > len(lines)
            or any(
                _straight_quotes(part) not in _straight_quotes(lines[slip.paragraph - 1])
                for part in quoted_parts(slip.printed)
            )
        ):
            allowed = f"words of paragraph {slip.paragraph}, letter for letter"
            found = as_written(slip.printed)
            report.fault(
                f"slips[{slip.id}]", "printed", found=found, allowed=allowed, do="correct printed or paragraph"
            )
    for fact in file.facts:
        if fact.as_printed is not None:
            _check_wording(fact, fact.as_printed, lines, report)


def _straight_quotes(text: str) -> str:
    return text.translate(str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''"))


def _check_wording(fact: Fact, as_printed: str, lines: list[str], report: FileReport) -> None:
    """A figure's wording stands in its paragraph, and gives one figure."""
    record = f"facts[{fact.id}]"
    if fact.paragraph > len(lines) or as_printed not in lines[fact.paragraph - 1]:
        allowed = f"words of paragraph {fact.paragraph}, letter for letter"
        do = "correct as_printed or paragraph"
        report.fault(record, "as_printed", found=as_written(as_printed), allowed=allowed, do=do)
    try:
        printed_value(as_printed)
    except ValueError as error:
        do = "print the words that hold the figure, and no other figure"
        report.fault(record, "as_printed", found=str(error), allowed="words that give one figure", do=do)


def copied(text: str, sources: Iterable[str]) -> str | None:
    """The first nine words in a row that a text shares with a source, if any; capitals and marks do not count.

    >>> copied("So: one two three four five six seven eight nine.", ["One two, three four five six seven eight nine"])
    'one two three four five six seven eight nine'
    >>> copied("one two three four", ["one two three four"])
    """
    known = set().union(*(_runs(source) for source in sources))
    return next((run for run in _runs(text) if run in known), None)


@lru_cache(maxsize=64)
def _runs(text: str) -> tuple[str, ...]:
    words = sub(r"[^a-z0-9\s]", "", text.lower()).split()
    starts = range(len(words) - COPIED_WORDS + 1)
    return tuple(" ".join(words[start : start + COPIED_WORDS]) for start in starts)


def _check_copies(path: Path, texts: Mapping[str, str], faults: Faults) -> None:
    for place, text in strings(read_toml(path, faults) or {}):
        run = copied(text, texts.values()) if place[-1] != "headline" else None
        if run:
            record = ".".join(place[:-1]) or WHOLE_FILE
            allowed = f"fewer than {COPIED_WORDS} words in a row of an article"
            do = "say it in your own words"
            faults.add(path, record, place[-1], found=f'"{run}"', allowed=allowed, do=do)
