"""What a notebook puts on the page: a figure, a sentence with numbers from the records, a table to search."""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Formatter

import pandas as pd
import plotly.graph_objects as go
from IPython.display import HTML, Markdown, display

from .frames import load_articles, load_facts, load_meetings
from .load import SEEDS
from .printed import day, in_words

PLOTLY = "application/vnd.plotly.v1+json"
# JupyterLab fits a chart to its cell; with `responsive` beside that, a chart collapses when one of its buttons is used.
# Text with two sums of dollars is no formula.
CONFIG = {"showSendToCloud": False, "displaylogo": False, "typesetMath": False}


def show(fig: go.Figure) -> None:
    """Show a figure by Plotly's mime type, which JupyterLab draws without a kernel and without trust.

    Plotly's own display is blank on a hub whose server lacks the extension, and fails in Pyodide. A hub or an export
    that wants another form says so with PLOTLY_RENDERER.
    """
    if os.environ.get("PLOTLY_RENDERER"):
        fig.show()
        return
    said = fig.layout.meta or {}
    data = json.loads(fig.to_json()) | {"config": CONFIG}
    display({PLOTLY: data, "text/plain": said.get("description", "A chart without a description.")}, raw=True)


class _Sentence(Formatter):
    """Fills `{article/fact}` from the records, written by `write`, and `{name}` from values; notes which it used."""

    def __init__(self, facts: pd.DataFrame, write: Callable[[str], str]) -> None:
        self.facts = facts.set_index("fact")
        self.write = write
        self.used: set[str] = set()

    def get_field(self, field_name: str, args: Sequence[object], kwargs: dict[str, object]) -> tuple[object, str]:
        if field_name in kwargs:
            self.used.add(field_name)
            return kwargs[field_name], field_name
        if field_name in self.facts.index:
            return self.facts.loc[field_name], field_name
        close = difflib.get_close_matches(field_name, [*self.facts.index, *kwargs], n=3, cutoff=0.4)
        near = f"; near it: {', '.join(close)}" if close else ""
        raise ValueError(
            f"sentence names {field_name!r}, which is neither a fact of the records nor a value given{near}"
        )

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, pd.Series):
            return self.write(self._of_fact(value, format_spec))
        return super().format_field(value, format_spec)

    @staticmethod
    def _of_fact(value: pd.Series, format_spec: str) -> str:
        if format_spec in ("", "words"):
            return in_words(value["value"], value["precision"], value["unit"])
        if format_spec == "Words":  # at the start of a sentence
            words = in_words(value["value"], value["precision"], value["unit"])
            return words[0].upper() + words[1:]
        if format_spec == "published_day":
            return day(value["published"].date())
        if format_spec in value.index:
            return str(value[format_spec])
        raise ValueError(f"a fact has no {format_spec!r}; it has words, Words, published_day, {', '.join(value.index)}")


def say(template: str, *, facts: pd.DataFrame | None = None, **values: object) -> Markdown:
    """A sentence whose numbers come from the records.

    `{article/fact}` writes a figure in words, `{article/fact:Words}` begins a sentence with it, `{article/fact:cite}`
    gives one of its fields, `{name}` a value. A name that is neither a fact nor a value is an error, and so is a value
    that the sentence does not use, so that text and records cannot part.

    >>> say("{n:,} facts.", n=1200).data
    '1,200 facts.'
    >>> say("Facts.", n=1200)
    Traceback (most recent call last):
    ValueError: sentence does not use: n
    """
    return Markdown(fill(template, facts=facts, write=as_text, **values))


def fill(
    template: str, *, facts: pd.DataFrame | None = None, write: Callable[[str], str] = str, **values: object
) -> str:
    """What `say` says, as plain words for a chart or a form; `write` prepares the words of a record.

    >>> fill("{n:,} facts.", n=1200)
    '1,200 facts.'
    """
    sentence = _Sentence(load_facts() if facts is None else facts, write)
    text = sentence.vformat(template, (), values)
    unused = sorted(set(values) - sentence.used)
    if unused:
        raise ValueError(f"sentence does not use: {', '.join(unused)}")
    return text


def as_text(words: str) -> str:
    r"""Words of a record as Markdown that shows them as they are: no markup, and no formula between two dollar signs.

    >>> print(as_text("about $3 billion <b>"))
    about \$3 billion \<b\>
    """
    return re.sub(r"([\\`*_{}\[\]<>#$~|])", r"\\\1", words)


def as_of_line(seeds: Path = SEEDS) -> Markdown:
    """How old the newest record is and how much there is: the line under the title of every notebook."""
    articles, facts, meetings = load_articles(seeds), load_facts(seeds), load_meetings(seeds)
    figures = facts["kind"].eq("figure").sum()
    newest = day(articles["published"].max().date())
    return Markdown(
        f"As of **{newest}**, the day of the newest article: {len(articles)} articles on {len(meetings)} meetings, "
        f"{len(facts)} facts, {figures} of them figures."
    )


@cache
def _script() -> str:
    return Path(__file__).with_name("table.js").read_text(encoding="utf-8")


def show_table(rows: pd.DataFrame, *, caption: str, filters: Sequence[str] = (), search: bool = False) -> HTML:
    """A table with caption and scoped headers; sorted, searched and filtered by a reader where scripts may run.

    `filters` are column names to offer as choices; a cell that holds several values parts them with "; ".
    """
    unknown = sorted(set(filters) - set(rows.columns))
    if unknown:
        raise ValueError(f"no column to filter by: {', '.join(unknown)}; columns: {', '.join(rows.columns)}")
    head = "".join(f'<th scope="col" style="text-align:left">{escape(str(c))}</th>' for c in rows.columns)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows.itertuples(index=False))
    wants = f' data-filters="{escape(",".join(filters))}"' + (" data-search" if search else "")
    table = (
        f'<table class="talks-table mathjax_ignore"{wants}>'
        f'<caption style="text-align:left;font-weight:bold">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    live = bool(filters) or search
    return HTML(table + (f"<script>{_script()}</script>" if live else ""))


def _cells(row: Sequence[object]) -> str:
    first, *rest = [escape("" if v is None or v is pd.NaT or v is pd.NA else str(v)) for v in row]
    style = 'style="text-align:left;vertical-align:top"'
    return f'<th scope="row" {style}>{first}</th>' + "".join(f"<td {style}>{text}</td>" for text in rest)
