"""What a notebook puts on the page: a figure, a sentence with numbers from the records, a table to search."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
from IPython.display import Markdown, display

from .records.frames import load_articles, load_facts, load_meetings
from .records.load import SEEDS
from .words.dates import day
from .words.language import Texts
from .words.links import linked
from .words.sentences import as_text, fill

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
    data = json.loads(fig.to_json()) | {"config": CONFIG}
    meta = data["layout"].get("meta", {})
    forms = meta.pop("forms", {})  # what an export shows in the place of the figure, by mime type
    plain = meta.get("description", "A chart without a description.")
    display({PLOTLY: data, "text/plain": plain, **forms}, raw=True)


def say(template: str, *, facts: pd.DataFrame | None = None, **values: object) -> Markdown:
    """A sentence whose numbers come from the records.

    `{article/fact}` writes a figure in words, which link to its record, `{article/fact:Words}` begins a sentence with
    it, `{article/fact:cite}` gives one of its fields, `{name}` a value. A name that is neither a fact nor a value is an
    error, and so is a value that the sentence does not use, so that text and records cannot part.

    >>> say("{n:,} facts.", n=1200).data
    '1,200 facts.'
    >>> say("Facts.", n=1200)
    Traceback (most recent call last):
    ValueError: sentence does not use: n
    """
    facts = load_facts() if facts is None else facts
    return Markdown(fill(template, facts=facts, write=as_text, link=linked, **values))


def as_of_line(seeds: Path = SEEDS) -> Markdown:
    """How old the newest record is and how much there is: the line under the title of every notebook."""
    articles, facts, meetings = load_articles(seeds), load_facts(seeds), load_meetings(seeds)
    figures = facts["kind"].eq("figure").sum()
    counts = {"articles": len(articles), "meetings": len(meetings), "facts": len(facts), "figures": figures}
    return Markdown(Texts("as_of")("line", newest=day(articles["published"].max().date()), **counts))
