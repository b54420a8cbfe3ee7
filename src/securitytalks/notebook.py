"""What a notebook puts on the page: a figure, a sentence with numbers from the records, a table to search."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
from IPython.display import Markdown, display

from .records.frames import load_articles, load_facts
from .records.load import SEEDS
from .words.dates import day
from .words.language import Texts
from .words.links import linked, without_links
from .words.sentences import as_text, fill

PLOTLY = "application/vnd.plotly.v1+json"
HEADING = re.compile(r"^#.*$", re.MULTILINE)


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
    it, `{article/fact:cite}` gives one of its fields, `{name}` a value. Headings have no links. A name that is neither
    a fact nor a value is an error, and so is a value that the sentence does not use, so that text and records cannot
    part.

    >>> say("{n:,} facts.", n=1200).data
    '1,200 facts.'
    >>> say("Facts.", n=1200)
    Traceback (most recent call last):
    ValueError: sentence does not use: n
    """
    facts = load_facts() if facts is None else facts
    text = fill(template, facts=facts, write=as_text, link=linked, **values)
    return Markdown(HEADING.sub(lambda heading: without_links(heading[0]), text))


def as_of_line(seeds: Path = SEEDS) -> Markdown:
    """How old the newest article is: the line under the title of every notebook."""
    return Markdown(Texts("as_of")("line", newest=day(load_articles(seeds)["published"].max().date())))
