"""Reads the records of `seeds/`, checks all of them, and gives them or all their faults at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from ..words.files import LANGUAGE
from .faults import WHOLE_FILE, Faults, FileReport, guarded, one_of, suggest
from .files import Stamp, check_names, folder_of, listed, no_files, stamp
from .rules import (
    Known,
    check_across,
    check_article_file,
    check_codebook,
    check_corrections,
    check_glossary,
    check_meetings,
    ids,
)
from .schema import (
    ArticleFile,
    CodebookFile,
    Correction,
    CorrectionsFile,
    GlossaryEntry,
    GlossaryFile,
    Meeting,
    MeetingsFile,
    Record,
)
from .shape import read_file, valid_records
from .translation import check_translations, translations

File = TypeVar("File", bound=Record)

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
FOLDERS = ("articles", "record")  # and those of languages, such as es
FILES = ("meetings.toml", "codebook.toml", "corrections.toml", "glossary.toml")  # beside the two folders


@dataclass(frozen=True)
class Seeds:
    """The checked records: articles by meeting, publication and id; meetings by date; the codebook as written."""

    folder: Path
    paths: tuple[Path, ...]  # the file of each article, in the order of the articles
    articles: tuple[ArticleFile, ...]
    meetings: tuple[Meeting, ...]
    codebook: CodebookFile


def read(seeds: Path = SEEDS) -> Seeds:
    """Read and check `seeds/articles/*.toml`, `meetings.toml` and `codebook.toml`.

    Raises SeedError, a ValueError, with a line for every fault of every file. A second call reads the files again only
    where one of them has changed.
    """
    seeds = folder_of(seeds)
    return _read(seeds, stamp([*listed(seeds), *listed(seeds / "articles"), *translations(seeds)]))


def read_corrections(seeds: Path = SEEDS) -> list[Correction]:
    """Read and check `seeds/corrections.toml`. Raises SeedError with a line for every fault."""
    return _read_other("corrections.toml", CorrectionsFile, check_corrections, seeds).corrections


def read_glossary(seeds: Path = SEEDS) -> list[GlossaryEntry]:
    """Read and check `seeds/glossary.toml`. Raises SeedError with a line for every fault."""
    return _read_other("glossary.toml", GlossaryFile, check_glossary, seeds).entries


def _read_other(name: str, model: type[File], check: Callable[[File, FileReport], None], seeds: Path) -> File:
    """Read a file that no other file depends on."""
    folder = folder_of(seeds)
    path, faults = folder / name, Faults(folder)
    file, _ = _read_file(model, path, faults)
    with guarded(path, faults):
        if file is not None:
            check(file, FileReport(path, faults))
    faults.raise_all()
    assert file is not None  # else there was a fault
    return file


def article_paths(seeds: Path) -> list[Path]:
    """The files of the articles, by name."""
    return [path for path in listed(seeds / "articles") if path.suffix == ".toml" and not path.name.startswith(".")]


@lru_cache(maxsize=8)
def _read(seeds: Path, stamp: Stamp) -> Seeds:
    faults = Faults(seeds)
    codebook, topics, questions = _read_codebook(seeds / "codebook.toml", faults)
    meetings, meeting_days = _read_meetings(seeds / "meetings.toml", faults)
    articles = _read_articles(seeds, Known(topics, questions, meeting_days), faults)
    _check_other_files(seeds, faults)
    check_translations(seeds, faults)
    faults.raise_all()
    assert codebook is not None  # else there was a fault
    assert meeting_days is not None
    paths = sorted(articles, key=lambda path: _place(articles[path], meeting_days))
    meetings.sort(key=lambda meeting: (meeting.date, meeting.id))
    return Seeds(seeds, tuple(paths), tuple(articles[path] for path in paths), tuple(meetings), codebook)


def _place(file: ArticleFile, meeting_days: dict[str, date]) -> tuple[date, date, str]:
    return meeting_days[file.article.meeting], file.article.published, file.article.id


def _read_file(model: type[File], path: Path, faults: Faults) -> tuple[File | None, dict[str, Any] | None]:
    """The checked file, or its sound records where it has faults, and what was written."""
    with guarded(path, faults):
        file, raw = read_file(model, path, faults)
        return file or (None if raw is None else valid_records(model, raw)), raw
    return None, None


def _read_codebook(
    path: Path, faults: Faults
) -> tuple[CodebookFile | None, dict[str, None] | None, dict[str, None] | None]:
    codebook, raw = _read_file(CodebookFile, path, faults)
    if codebook is None or raw is None:
        return None, None, None
    with guarded(path, faults):
        check_codebook(codebook, raw, FileReport(path, faults))
    return codebook, dict.fromkeys(ids(raw, "topics")), dict.fromkeys(ids(raw, "questions"))


def _read_meetings(path: Path, faults: Faults) -> tuple[list[Meeting], dict[str, date] | None]:
    file, raw = _read_file(MeetingsFile, path, faults)
    if file is None or raw is None:
        return [], None
    with guarded(path, faults):
        check_meetings(list(file.meetings), raw, FileReport(path, faults))
    # A meeting whose own record is faulty is still known, so that no article is blamed for it.
    meeting_days = dict.fromkeys(ids(raw, "meetings"), date.min) | {
        meeting.id: meeting.date for meeting in file.meetings
    }
    return list(file.meetings), meeting_days


def _read_articles(seeds: Path, known: Known, faults: Faults) -> dict[Path, ArticleFile]:
    folder = seeds / "articles"
    paths = check_names(listed(folder), (".toml",), faults)
    if not paths:
        no_files(folder, "no file named *.toml", "one .toml file an article", faults)
    files: dict[Path, ArticleFile] = {}
    articles: dict[Path, Any] = {}
    for path in paths:
        file, raw = _read_file(ArticleFile, path, faults)
        if file is not None and raw is not None:
            articles[path] = raw.get("article")
            files[path] = file
            with guarded(path, faults):
                check_article_file(file, raw, known, FileReport(path, faults))
    check_across(articles, faults)
    return files


def _check_other_files(seeds: Path, faults: Faults) -> None:
    """A file or folder of records under another name than ours would be left out without a word."""
    for path in listed(seeds):
        known = FOLDERS if path.is_dir() else FILES
        named = path.name in (*FILES, *FOLDERS) or (path.is_dir() and re.fullmatch(LANGUAGE, path.name))
        if named or path.name.startswith(".") or not (path.is_dir() or path.suffix.lower() in (".toml", ".csv")):
            continue
        do = suggest(path.name, known, otherwise="move it to articles or record, or elsewhere")
        do, what = do.replace("write", "rename it to"), "folder" if path.is_dir() else "file"
        faults.add(path, WHOLE_FILE, "-", found=f"a {what} that is not read", allowed=one_of(known), do=do)
