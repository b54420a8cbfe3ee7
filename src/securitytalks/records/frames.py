"""The records as tidy DataFrames: one row a record, the field names of the dictionary as columns.

Every loader takes the seeds folder, reads it through `load.read`, raises its SeedError where a record is faulty, and
returns a new frame each time. The source of every frame is `seeds/`; `seeds/README.md` explains every field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import pandas as pd

from ..words.cites import cite
from ..words.dates import first_day, last_day
from .load import SEEDS, read, read_corrections, read_glossary
from .schema import (
    Answer,
    Article,
    ArticleFile,
    Correction,
    Fact,
    GlossaryEntry,
    Meeting,
    Passage,
    Question,
    Record,
    Slip,
    Topic,
)
from .shape import plain_type

Row = TypeVar("Row", bound=Record)
Columns = dict[str, list[Any]]

BELONGS = ("article", "outlet", "agency", "meeting", "published")  # what a fact carries of its article
# The pandas type of a column, by the type of the field; a field of another type is text.
DTYPES = {date: "datetime64[s]", bool: "bool", int: "int64", float: "float64", list: "object"}


def load_articles(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row an article, ordered by meeting, publication and id.

    Columns: the fields of [article] (its id as `article`; published is a Timestamp), and `words` (sum over passages
    that are not boilerplate), `passages` (their number), `facts` (number of facts), `cite` (outlet, agency and day).
    """
    files = read(seeds).articles
    counted = [[passage.words for passage in file.passages if not passage.boilerplate] for file in files]
    columns = _columns(Article, [file.article for file in files], id="article")
    columns |= {"words": list(map(sum, counted)), "passages": list(map(len, counted))}
    columns |= {"facts": [len(file.facts) for file in files], "cite": [cite_of(file.article) for file in files]}
    return _frame(columns, Article, words="int64", passages="int64", facts="int64")


def load_facts(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a fact, ordered by meeting, publication, article, paragraph.

    Columns: `fact` ("<article>/<id>"), `article`, `outlet`, `agency`, `meeting`, `published` (Timestamp), the fields of
    [[facts]] (`share_of` as "<article>/<id>"; `value` in the unit of `unit`; window_start, window_end and as_of as
    written: a day, a month or a year), `start` and `end` (Timestamps: first day of window_start, last day of
    window_end), and `cite` (outlet, agency, day, paragraph). A field that was left out is missing (NaN).
    """
    articles, facts = _by_paragraph(read(seeds).articles, "facts")
    columns: Columns = {"fact": _full_ids(articles, [fact.id for fact in facts])} | _origin(articles, *BELONGS)
    columns |= _columns(Fact, facts)
    columns["share_of"] = _full_ids(articles, columns["share_of"])
    columns["start"] = [start and first_day(start) for start in columns["window_start"]]
    columns["end"] = [end and last_day(end) for end in columns["window_end"]]
    columns["cite"] = list(map(cite_of, articles, columns["paragraph"], columns["via"]))
    return _frame(columns, Fact, published="datetime64[s]", start="datetime64[s]", end="datetime64[s]")


def load_meetings(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a meeting, by date.

    Columns: the fields of [[meetings]] (its id as `meeting`; date is a Timestamp) and `articles`, the list of the ids
    of the articles that report it.
    """
    records = read(seeds)
    articles: dict[str, list[str]] = {meeting.id: [] for meeting in records.meetings}
    for file in records.articles:
        articles[file.article.meeting].append(file.article.id)
    columns = _columns(Meeting, records.meetings, id="meeting") | {"articles": list(articles.values())}
    return _frame(columns, Meeting, articles="object")


def load_topics(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a topic, in the order of the codebook.

    Columns: `topic`, `name`, `family`, `family_name`, `colour` (of the family, as #RRGGBB), `definition`, `includes`,
    `excludes` (where the topics that it refers to have their names), `example`.
    """
    codebook = read(seeds).codebook
    names = {topic.id: topic.name for topic in codebook.topics}
    families = {family.id: family for family in codebook.families}
    columns = _columns(Topic, codebook.topics, id="topic")
    columns["family_name"] = [families[name].name for name in columns["family"]]
    columns["colour"] = [families[name].colour for name in columns["family"]]
    columns["excludes"] = [
        re.sub(r"\([^)]*\)", lambda found: _named(found[0], names), text) for text in columns["excludes"]
    ]
    order = ["topic", "name", "family", "family_name", "colour", "definition", "includes", "excludes", "example"]
    return _frame(columns, Topic)[order]


def _named(text: str, names: dict[str, str]) -> str:
    """Give topics their names where a text has their codes."""
    return re.sub(r"[\w-]+", lambda found: names.get(found[0], found[0]), text)


def load_passages(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a paragraph of an article, boilerplate too, ordered by meeting, publication, article, paragraph.

    Columns: `article`, `outlet`, `meeting`, `published` (Timestamp), the fields of [[passages]] (`words` counts what
    spaces part; `first`, `second` and `settled` are lists of topics), and `cite`.
    """
    files = read(seeds).articles
    articles, passages = _by_paragraph(files, "passages")
    columns = _origin(articles, "article", "outlet", "meeting", "published") | _columns(Passage, passages)
    columns["cite"] = _cites(files, articles, columns["paragraph"])
    return _frame(columns, Passage, published="datetime64[s]")


def passage_topics(passages: pd.DataFrame) -> pd.DataFrame:
    """One row a passage and settled topic, in the order of the passages; boilerplate is left out.

    Columns: `article`, `outlet`, `meeting`, `published`, `paragraph`, `topic`, `words`, `gist`, `topics` (how many
    the passage has: divide by it where every passage has the same weight), `cite`.
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
    files = read(seeds).articles
    articles, slips = _by_paragraph(files, "slips")
    columns = _origin(articles, "article", "outlet", "meeting") | _columns(Slip, slips)
    return _frame(columns | {"cite": _cites(files, articles, columns["paragraph"])}, Slip)


def load_questions(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a question that is put to every article, in the order of the codebook.

    Columns: `question` (its id), `label` (a few words), `text` (the question).
    """
    return _frame(_columns(Question, read(seeds).codebook.questions, id="question", question="text"), Question)


def load_answers(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a question and article, by article and then in the order of the codebook.

    Columns: `question`, `article`, `outlet`, `meeting`, `status` (stated, vague or absent), `facts` (list of
    "<article>/<id>"), `note`.
    """
    records = read(seeds)
    order = {question.id: place for place, question in enumerate(records.codebook.questions)}
    rows = [
        (file.article, answer)
        for file in records.articles
        for answer in sorted(file.answers, key=lambda answer: order[answer.question])
    ]
    articles, answers = [article for article, _ in rows], [answer for _, answer in rows]
    first: Columns = {"question": []}
    columns = first | _origin(articles, "article", "outlet", "meeting") | _columns(Answer, answers)
    columns["facts"] = [[f"{article.id}/{name}" for name in answer.facts] for article, answer in rows]
    return _frame(columns, Answer)


def load_corrections(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row for each of our own corrections, the newest first.

    Columns: `date` (Timestamp), `before` and `after` (what we said before and after this correction), `reason`,
    `charts` (list of the functions of `helpers` whose output changed). Raises SeedError
    where `corrections.toml` is faulty.
    """
    rows = sorted(read_corrections(seeds), key=attrgetter("date"), reverse=True)
    return _frame(_columns(Correction, rows), Correction)


def load_glossary(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row for each word, person and place that is explained, in the order of the file.

    Columns: `kind` (person, place or term), `name`, `text`. Raises SeedError where `glossary.toml` is faulty.
    """
    return _frame(_columns(GlossaryEntry, read_glossary(seeds)), GlossaryEntry)


def _by_paragraph(files: Iterable[ArticleFile], table: str) -> tuple[list[Article], list[Any]]:
    """The records of a table of all articles, each article's by paragraph; and the article of each."""
    articles, records = [], []
    for file in files:
        rows = sorted(getattr(file, table), key=attrgetter("paragraph"))
        records += rows
        articles += [file.article] * len(rows)
    return articles, records


def _columns(model: type[Row], records: Iterable[Row], **renamed: str) -> Columns:
    """The fields of some records, one list a field."""
    rows = [record.__dict__ for record in records]
    return {renamed.get(name, name): [row[name] for row in rows] for name in model.model_fields}


def _origin(articles: list[Article], *names: str) -> Columns:
    """What each record carries of its article."""
    return {name: [getattr(article, "id" if name == "article" else name) for article in articles] for name in names}


def _full_ids(articles: list[Article], ids: list[Any]) -> list[Any]:
    return [name and f"{article.id}/{name}" for article, name in zip(articles, ids, strict=True)]


def cite_of(article: Article, paragraph: int | None = None, via: str = "") -> str:
    """Name an article, or a paragraph of it and who carried it, as the source of something."""
    inferred = article.published_known == "inferred"
    return cite(article.outlet, article.agency, article.published, paragraph, inferred=inferred, via=via)


def cites_in(file: ArticleFile) -> Callable[[int], str]:
    """Cite the paragraphs of an article, each with its carrier where all its facts have the same."""
    carriers: dict[int, set[str]] = {}
    for fact in file.facts:
        carriers.setdefault(fact.paragraph, set()).add(fact.via)

    def cited(paragraph: int) -> str:
        found = carriers.get(paragraph, set())
        return cite_of(file.article, paragraph, "".join(found) if len(found) == 1 else "")

    return cited


def _cites(files: Iterable[ArticleFile], articles: list[Article], paragraphs: list[int]) -> list[str]:
    cited = {file.article.id: cites_in(file) for file in files}
    return [cited[article.id](paragraph) for article, paragraph in zip(articles, paragraphs, strict=True)]


def _frame(columns: Columns, model: type[Record], **added: str) -> pd.DataFrame:
    """Make a frame of columns that have the types of the model's fields; `added` names the types of others."""
    hints = get_type_hints(model, include_extras=True)
    types = {name: DTYPES.get(plain_type(hint), "str") for name, hint in hints.items()} | added
    return pd.DataFrame({name: _series(values, types.get(name, "str")) for name, values in columns.items()})


def _series(values: list[Any], dtype: str) -> pd.Series:
    """Make one column. A day in a column of text is written out; a list is copied, so that no frame changes records."""
    if dtype == "datetime64[s]":
        return pd.to_datetime(pd.Series(values, dtype="object")).astype(dtype)
    if dtype == "object":
        values = list(map(list, values))
    elif dtype == "str":
        values = [value if value is None else str(value) for value in values]
    return pd.Series(values, dtype=dtype)
