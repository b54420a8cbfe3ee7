"""Reads the records of `seeds/`, checks all of them, and gives them or all their faults at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import PydanticUserError

from .faults import WHOLE_FILE, Desk, Faults
from .files import read_toml
from .rules import Known, check_across, check_article_file, check_codebook, check_meetings, ids
from .schema import ArticleFile, CodebookFile, Meeting, MeetingsFile, Record
from .shape import partial, validate

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


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
    seeds = Path(seeds).resolve()
    return _read(seeds, _stamp(seeds))


def article_paths(seeds: Path) -> list[Path]:
    """The files of the articles, by name."""
    return sorted(path for path in (seeds / "articles").glob("*.toml") if not path.name.startswith("."))


def _stamp(seeds: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells whether a file was changed, added or removed."""
    paths = [*sorted((seeds / "articles").glob("*")), seeds / "meetings.toml", seeds / "codebook.toml"]
    return tuple((str(path), path.lstat().st_mtime_ns, path.lstat().st_size) for path in paths if path.exists())


@lru_cache(maxsize=8)
def _read(seeds: Path, stamp: tuple[tuple[str, int, int], ...]) -> Seeds:
    faults = Faults(seeds)
    codebook, topics, questions = _read_codebook(seeds / "codebook.toml", faults)
    meetings, held = _read_meetings(seeds / "meetings.toml", faults)
    articles = _read_articles(seeds, Known(topics, questions, held), faults)
    faults.stop()
    paths = sorted(articles, key=lambda path: _place(articles[path], held))
    meetings.sort(key=lambda meeting: (meeting.date, meeting.id))
    return Seeds(seeds, tuple(paths), tuple(articles[path] for path in paths), tuple(meetings), codebook)


def _place(file: ArticleFile, held: dict[str, date]) -> tuple[date, date, str]:
    return held[file.article.meeting], file.article.published, file.article.id


def _read_file(model: type[Record], path: Path, faults: Faults) -> tuple[Record | None, dict[str, Any] | None]:
    """The checked file, or its sound records where it has faults, and what was written."""
    raw = read_toml(path, faults)
    if raw is None:
        return None, None
    try:
        return validate(model, raw, path, faults) or partial(model, raw), raw
    except (AttributeError, KeyError, PydanticUserError, RecursionError, TypeError, ValueError) as error:
        found = f"records of a form that could not be checked ({type(error).__name__})"
        allowed, do = "the tables of seeds/README.md", "compare the form of each table with the dictionary"
        faults.add(path, WHOLE_FILE, "-", found=found, allowed=allowed, do=do)
        return None, None


def _read_codebook(
    path: Path, faults: Faults
) -> tuple[CodebookFile | None, tuple[str, ...] | None, tuple[str, ...] | None]:
    codebook, raw = _read_file(CodebookFile, path, faults)
    if raw is None:
        return None, None, None
    check_codebook(codebook, raw, Desk(path, faults))
    return codebook, tuple(ids(raw, "topics")), tuple(ids(raw, "questions"))


def _read_meetings(path: Path, faults: Faults) -> tuple[list[Meeting], dict[str, date] | None]:
    file, raw = _read_file(MeetingsFile, path, faults)
    if raw is None:
        return [], None
    check_meetings(raw, Desk(path, faults))
    # A meeting whose own record is faulty is still known, so that no article is blamed for it.
    held = dict.fromkeys(ids(raw, "meetings"), date.min) | {meeting.id: meeting.date for meeting in file.meetings}
    return list(file.meetings), held


def _read_articles(seeds: Path, known: Known, faults: Faults) -> dict[Path, ArticleFile]:
    paths = article_paths(seeds)
    _check_folder(seeds / "articles", paths, faults)
    files, raws = {}, {}
    for path in paths:
        file, raw = _read_file(ArticleFile, path, faults)
        if raw is not None:
            raws[path] = raw
            files[path] = file
            check_article_file(file, raw, known, Desk(path, faults))
    check_across(raws, faults)
    return files


def _check_folder(folder: Path, paths: list[Path], faults: Faults) -> None:
    if not paths:
        found = "no file named *.toml" if folder.is_dir() else "no such folder"
        do = "put the articles' files here"
        faults.add(folder, WHOLE_FILE, "-", found=found, allowed="one .toml file an article", do=do)
    for path in sorted(folder.glob("*")):
        if path.suffix != ".toml" and path.suffix.lower() == ".toml":
            found, allowed = f"{path.name}, whose ending is not read", "a name that ends in .toml"
            faults.add(path, WHOLE_FILE, "-", found=found, allowed=allowed, do="write the ending in small letters")
    for path in sorted(folder.glob("*.toml.txt")):  # some editors add an ending that file lists then hide
        allowed = "a name that ends in .toml"
        faults.add(path, WHOLE_FILE, "-", found="a name that ends in .txt", allowed=allowed, do="rename the file")
