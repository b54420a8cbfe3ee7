"""The tables of records that are written as CSV, and what their columns mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..records.frames import load_articles, load_facts, load_topics
from .csv_text import csv_text

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
    "colour": "colour of the family in every chart: # and six digits",
}


@dataclass(frozen=True)
class Table:
    """A frame that is written as CSV."""

    path: str
    title: str
    key: str  # the column that names a row
    load: Callable[[Path], pd.DataFrame]
    heading: str  # of the fields' table in seeds/README.md

    def text(self, seeds: Path) -> str:
        """Give the CSV. Raises SeedError where a record is faulty."""
        return csv_text(self.load(seeds))

    def meanings(self, seeds: Path) -> dict[str, str]:
        """Give the meaning of each column by its name.

        Raises:
            KeyError: For a column that neither the dictionary nor `ADDED` explains.
        """
        explained = ADDED | _fields(seeds, self.heading)
        return {column: explained[column] for column in self.load(seeds).columns}


TABLES = (
    Table("docs/data/articles.csv", "The articles", "article", load_articles, "### `[article]`"),
    Table("docs/data/facts.csv", "What the articles report", "fact", load_facts, "### `[[facts]]`"),
    Table("docs/data/codebook.csv", "The topics of the codebook", "topic", load_topics, "### `[[topics]]`"),
)


def _fields(seeds: Path, heading: str) -> dict[str, str]:
    """Read the meanings of the fields in the dictionary's table under a heading."""
    text = (seeds / "README.md").read_text(encoding="utf-8")
    section = text.split(f"\n{heading}\n", 1)[1].split("\nCodes of ", 1)[0].split("\n#", 1)[0]
    return {name: meaning.replace("`", "") for name, meaning in re.findall(r"(?m)^\| `(\w+)` \| (.*?) \|", section)}
