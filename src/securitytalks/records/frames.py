"""The records as tidy DataFrames: one row a record, the field names of the dictionary as columns.

Every loader takes the seeds folder, reads it through `load.read`, raises its SeedError where a record is faulty, and
returns a new frame each time. The source of every frame is `seeds/`; `seeds/README.md` explains every field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from ..words.dates import day, first_day, last_day
from .faults import Faults, FileReport, guarded
from .files import folder_of, read_toml
from .load import SEEDS, read
from .rules import check_corrections
from .schema import (
    Answer,
    Article,
    ArticleFile,
    Correction,
    CorrectionsFile,
    Fact,
    GlossaryEntry,
    GlossaryFile,
    Meeting,
    Passage,
    Question,
    Record,
    Slip,
)
from .shape import validate

BELONGS = ("article", "outlet", "agency", "meeting", "published")  # what a fact carries of its article


LISTS = ("topics", "first", "second", "settled", "facts", "articles")


TIMES = ("published", "date", "start", "end")


NUMBERS = ("value",)


FLAGS = ("boilerplate", "window_inferred")


COUNTS = ("paragraph", "paragraphs", "words", "passages")


def load_articles(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row an article, ordered by meeting, publication and id.

    Columns: the fields of [article] (its id as `article`; published is a Timestamp), and `words` (sum over passages
    that are not boilerplate), `passages` (their number), `facts` (number of facts), `cite` (outlet, agency and day).
    """
    rows = []
    for file in read(seeds).articles:
        counted = [passage for passage in file.passages if not passage.boilerplate]
        row = _fields(file.article, id="article")
        row |= {"words": sum(passage.words for passage in counted), "passages": len(counted)}
        rows.append(row | {"facts": len(file.facts), "cite": _cite(file.article)})
    columns = [*_names(Article, id="article"), "words", "passages", "facts", "cite"]
    return _frame(rows, columns, lists=())


def load_facts(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a fact, ordered by meeting, publication, article, paragraph.

    Columns: `fact` ("<article>/<id>"), `article`, `outlet`, `agency`, `meeting`, `published` (Timestamp), the fields of
    [[facts]] (`share_of` as "<article>/<id>"; `value` in the unit of `unit`; window_start, window_end and as_of as
    written: a day, a month or a year), `start` and `end` (Timestamps: first day of window_start, last day of
    window_end), and `cite` (outlet, agency, day, paragraph). A field that was left out is missing (NaN).
    """
    rows = []
    for file in read(seeds).articles:
        for fact in sorted(file.facts, key=lambda fact: fact.paragraph):
            row = {"fact": _global(file, fact.id)} | _origin(file, *BELONGS) | _fields(fact)
            row["share_of"] = fact.share_of and _global(file, fact.share_of)
            row |= {"start": _day(fact.window_start, first_day), "end": _day(fact.window_end, last_day)}
            rows.append(row | {"cite": _cite(file.article, fact.paragraph)})
    return _frame(rows, ["fact", *BELONGS, *_names(Fact), "start", "end", "cite"], lists=("topics",))


def load_meetings(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a meeting, by date.

    Columns: the fields of [[meetings]] (its id as `meeting`; date is a Timestamp) and `articles`, the list of the ids
    of the articles that report it.
    """
    records = read(seeds)
    articles: dict[str, list[str]] = {meeting.id: [] for meeting in records.meetings}
    for file in records.articles:
        articles[file.article.meeting].append(file.article.id)
    rows = [_fields(meeting, id="meeting") | {"articles": articles[meeting.id]} for meeting in records.meetings]
    return _frame(rows, [*_names(Meeting, id="meeting"), "articles"], lists=("articles",))


def load_topics(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a topic, in the order of the codebook.

    Columns: `topic`, `name`, `family`, `family_name`, `colour` (of the family, as #RRGGBB), `definition`, `includes`,
    `excludes`, `example`.
    """
    codebook = read(seeds).codebook
    families = {family.id: family for family in codebook.families}
    rows = []
    for topic in codebook.topics:
        family = families[topic.family]
        rows.append(_fields(topic, id="topic") | {"family_name": family.name, "colour": family.colour})
    columns = ["topic", "name", "family", "family_name", "colour", "definition", "includes", "excludes", "example"]
    return _frame(rows, columns, lists=())


def load_passages(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a paragraph of an article, boilerplate too, ordered by meeting, publication, article, paragraph.

    Columns: `article`, `outlet`, `meeting`, `published` (Timestamp), the fields of [[passages]] (`words` counts what
    spaces part; `first`, `second` and `settled` are lists of topics), and `cite`.
    """
    rows = []
    for file in read(seeds).articles:
        for passage in sorted(file.passages, key=lambda passage: passage.paragraph):
            row = _origin(file, "article", "outlet", "meeting", "published") | _fields(passage)
            rows.append(row | {"cite": _cite(file.article, passage.paragraph)})
    columns = ["article", "outlet", "meeting", "published", *_names(Passage), "cite"]
    return _frame(rows, columns, lists=("first", "second", "settled"))


def passage_topics(passages: pd.DataFrame) -> pd.DataFrame:
    """One row a passage and settled topic, in the order of the passages; boilerplate is left out.

    Columns: `article`, `outlet`, `meeting`, `published`, `paragraph`, `topic`, `words`, `gist`, `topics` (how many
    the passage has: divide by it where every passage shall weigh the same), `cite`.
    """
    counted = passages.loc[~passages["boilerplate"]].copy()
    counted["topics"] = counted["settled"].map(len)
    long = counted.explode("settled").rename(columns={"settled": "topic"}).dropna(subset="topic")
    long["topic"] = long["topic"].astype("str")
    columns = ["article", "outlet", "meeting", "published", "paragraph", "topic", "words", "gist", "topics", "cite"]
    return long[columns].reset_index(drop=True)


def load_slips(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a slip: something an article gets wrong or garbles.

    Columns: `article`, `outlet`, `meeting`, the fields of [[slips]], and `cite`.
    """
    rows = []
    for file in read(seeds).articles:
        for slip in sorted(file.slips, key=lambda slip: slip.paragraph):
            row = _origin(file, "article", "outlet", "meeting") | _fields(slip)
            rows.append(row | {"cite": _cite(file.article, slip.paragraph)})
    return _frame(rows, ["article", "outlet", "meeting", *_names(Slip), "cite"], lists=())


def load_questions(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a question that is put to every article, in the order of the codebook.

    Columns: `question` (its id), `label` (a few words), `text` (the question).
    """
    rows = [_fields(q, id="question", question="text") for q in read(seeds).codebook.questions]
    return _frame(rows, _names(Question, id="question", question="text"), lists=())


def load_answers(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a question and article, by article and then in the order of the codebook.

    Columns: `question`, `article`, `outlet`, `meeting`, `status` (stated, vague or absent), `facts` (list of
    "<article>/<id>"), `note`.
    """
    records = read(seeds)
    order = [question.id for question in records.codebook.questions]
    rows = []
    for file in records.articles:
        for answer in sorted(file.answers, key=lambda answer: order.index(answer.question)):
            row = _origin(file, "article", "outlet", "meeting") | _fields(answer)
            rows.append(row | {"facts": [_global(file, name) for name in answer.facts]})
    columns = ["question", "article", "outlet", "meeting", *(n for n in _names(Answer) if n != "question")]
    return _frame(rows, columns, lists=("facts",))


def load_corrections(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row for each of our own corrections, the newest first.

    Columns: `date` (Timestamp), `before` and `after` (what we said, and what we say now), `reason`, `charts` (list of
    the functions of `helpers` whose output changed). Raises SeedError where `corrections.toml` is faulty.
    """
    folder = folder_of(seeds)
    path, faults = folder / "corrections.toml", Faults(folder)
    raw = read_toml(path, faults)
    file = None
    with guarded(path, faults):
        file = None if raw is None else validate(CorrectionsFile, raw, path, faults)
        check_corrections(file.corrections if file else [], FileReport(path, faults))
    faults.raise_all()
    rows = sorted(file.corrections, key=lambda correction: correction.date, reverse=True)
    return _frame([_fields(row) for row in rows], _names(Correction), lists=("charts",))


def _names(model: type, **renamed: str) -> list[str]:
    """The field names of a class of the schema as columns."""
    return [renamed.get(name, name) for name in model.model_fields]


def _fields(record: Record, **renamed: str) -> dict[str, Any]:
    return {renamed.get(name, name): getattr(record, name) for name in type(record).model_fields}


def _global(file: ArticleFile, name: str) -> str:
    return f"{file.article.id}/{name}"


def _origin(file: ArticleFile, *columns: str) -> dict[str, Any]:
    return {column: getattr(file.article, "id" if column == "article" else column) for column in columns}


def _day(partial: date | str | None, which: Callable[[date | str], date]) -> date | None:
    return None if partial is None else which(partial)


def _cite(article: Article, paragraph: int | None = None) -> str:
    agency = f" ({article.agency})" if article.agency else ""
    place = "" if paragraph is None else f", ¶{paragraph}"
    return f"{article.outlet}{agency}, {day(article.published)}{place}"


def _frame(rows: list[dict[str, Any]], columns: list[str], *, lists: Iterable[str]) -> pd.DataFrame:
    """Give every column its type: lists as they are, Timestamps, numbers, truth values, and text for the rest."""
    data = {}
    for name in columns:
        values = [row[name] for row in rows]
        if name in lists:
            data[name] = pd.Series([list(value) for value in values], dtype="object")
        elif name in TIMES:
            data[name] = pd.to_datetime(pd.Series(values, dtype="object")).astype("datetime64[s]")
        elif name in COUNTS or name == "facts":
            data[name] = pd.Series(values, dtype="int64")
        elif name in FLAGS:
            data[name] = pd.Series(values, dtype="bool")
        elif name in NUMBERS:
            data[name] = pd.Series(values, dtype="float64")
        else:
            data[name] = pd.Series([None if v is None else str(v) for v in values], dtype="str")
    return pd.DataFrame(data, columns=columns)


def load_glossary(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row for each word, person and place that is explained, in the order of the file.

    Columns: `kind` (person, place or term), `name`, `text`. Raises SeedError where `glossary.toml` is faulty.
    """
    folder = folder_of(seeds)
    path, faults = folder / "glossary.toml", Faults(folder)
    raw = read_toml(path, faults)
    file = None if raw is None else validate(GlossaryFile, raw, path, faults)
    faults.raise_all()
    return _frame([_fields(row) for row in file.entries], _names(GlossaryEntry), lists=())
