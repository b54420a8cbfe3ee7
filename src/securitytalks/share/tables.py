"""The tables of records that are written as CSV, and what their columns mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..records.frames import load_articles, load_facts, load_topics
from ..records.schema import Article, Fact, Record, Topic
from .csv_text import csv_text
from .dictionary import meanings

# Columns that the loaders add to the fields of the dictionary.
ADDED = {
    "fact": "id of the fact: the article's id, a slash, the fact's id",
    "article": "id of the article",
    "outlet": "who published the article",
    "agency": "the news agency that the article names or rewrites",
    "meeting": "id of the meeting: its day",
    "published": "day of publication of the article",
    "start": "first day of window_start",
    "end": "last day of window_end",
    "cite": "the source in words: outlet, agency, day, paragraph",
    "passages": "number of paragraphs that count: those that are not boilerplate",
    "words": "number of words of these paragraphs",
    "facts": "number of facts recorded from the article",
    "topic": "id of the topic",
    "family_name": "name of the topic's family for readers",
    "colour": "colour of the family in other programs: # and six digits",
}


@dataclass(frozen=True)
class Table:
    """A frame that is written as CSV."""

    path: str
    title: str
    key: str  # the column that names a row
    load: Callable[[Path], pd.DataFrame]
    model: type[Record]

    def text(self, seeds: Path) -> str:
        """Give the CSV. Raises SeedError where a record is faulty."""
        return csv_text(self.load(seeds))

    def meanings(self, seeds: Path) -> dict[str, str]:
        """Give the meaning of each column by its name.

        Raises:
            KeyError: For a column that neither the dictionary nor `ADDED` explains.
        """
        fields = {name: texts[0].replace("`", "") for name, texts in meanings(self.model).items()}
        explained = ADDED | fields
        return {column: explained[column] for column in self.load(seeds).columns}


TABLES = (
    Table("docs/data/articles.csv", "The articles", "article", load_articles, Article),
    Table("docs/data/facts.csv", "What the articles report", "fact", load_facts, Fact),
    Table("docs/data/codebook.csv", "The topics of the codebook", "topic", load_topics, Topic),
)
