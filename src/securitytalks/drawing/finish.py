"""The one door that every figure leaves through: it refuses a chart that does not say what it shows and who says so.

It also gives each chart the house look: colours that reach 3:1 on white, text of at least 12 px, the finding as title.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from numbers import Real
from typing import ParamSpec

import pandas as pd
import plotly.graph_objects as go

from ..words.missing import NoData
from .text import _lines
from .theme import INK, MUTED, TEMPLATE

# Characters a line that fit the narrowest output area we promise: JupyterLab at 1280 px with its sidebar open.
TITLE_WIDTH, SUBTITLE_WIDTH, NOTE_WIDTH = 88, 124, 136


TITLE_LINE, NOTE_LINE = 22, 16  # px


LEFT, RIGHT, BELOW = 60, 20, 44  # px beside the plot, and under it for tick labels and axis title


Given = ParamSpec("Given")


class ChartError(ValueError):
    """A chart that lacks what every chart must carry; the message lists all that is missing."""


def finish(
    fig: go.Figure,
    *,
    finding: str,
    measure: str,
    unit: str,
    source: str,
    description: str,
    rows: pd.DataFrame,
    note: str = "",
    height: int = 420,
) -> go.Figure:
    """Give a chart its title, footer, alt text and rows, and return a copy; refuse it when one is missing.

    `rows` are what the chart shows, a row a mark; column names as readers should see them, the first names the row.

    >>> finish(go.Figure(), finding="Seizures fell", measure="", unit="pounds", source="", description="A chart.",
    ...        rows=pd.DataFrame({"year": [2020]}))
    Traceback (most recent call last):
    securitytalks.drawing.finish.ChartError: chart 'Seizures fell' lacks: measure, source
    """
    said = {"finding": finding, "measure": measure, "unit": unit, "source": source, "description": description}
    _refuse_incomplete(said, rows)
    out = go.Figure(fig)
    title, subtitle = _lines(finding, TITLE_WIDTH), _lines(measure, SUBTITLE_WIDTH)
    footer = _lines(f"Source: {source}", NOTE_WIDTH) + (_lines(f"Note: {note}", NOTE_WIDTH) if note else [])
    asked = out.layout.margin
    left, below = asked.l or LEFT, asked.b or BELOW
    top = 22 + TITLE_LINE * len(title) + NOTE_LINE * len(subtitle) + (asked.t or 0)
    bottom = 12 + NOTE_LINE * len(footer) + below
    out.update_layout(
        template=TEMPLATE,
        height=height + top + bottom,
        margin={"l": left, "r": asked.r or RIGHT, "t": top, "b": bottom},
        title=_title(title, subtitle),
        meta={
            **(out.layout.meta or {}),
            **said,
            "note": note,
            "columns": [str(c) for c in rows.columns],
            "rows": plain_rows(rows),
        },
    )
    out.add_annotation(_footer(footer, left=left, below=below))
    return out


def or_no_data(chart: Callable[Given, go.Figure]) -> Callable[Given, go.Figure]:
    """Let a chart function give a figure that says what is missing, where the records have nothing for it to draw."""

    @wraps(chart)
    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> go.Figure:
        try:
            return chart(*args, **kwargs)
        except NoData as missing:
            return _without_data(missing, (chart.__doc__ or chart.__name__).splitlines()[0])

    return drawn


def _without_data(missing: NoData, measure: str) -> go.Figure:
    fig = go.Figure()
    fig.add_annotation(text="No data", x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font={"size": 18})
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False)
    return finish(
        fig,
        finding=missing.what,
        measure=measure,
        unit="none",
        source="the records of the articles",
        note=f"This chart would draw records that have {missing.needs}.",
        description=f"An empty chart. {missing.what}",
        rows=pd.DataFrame({"What is missing": [missing.what], "What a record needs": [missing.needs]}),
        height=120,
    )


def _refuse_incomplete(said: dict[str, str], rows: pd.DataFrame) -> None:
    missing = [name for name, text in said.items() if not text.strip()] + (["rows"] if rows.empty else [])
    if missing:
        raise ChartError(f"chart {said['finding']!r} lacks: {', '.join(missing)}")


def _title(finding: list[str], measure: list[str]) -> dict[str, object]:
    return {
        "text": "<b>" + "<br>".join(finding) + "</b>",
        "subtitle": {"text": "<br>".join(measure), "font": {"size": 13, "color": MUTED}},
        "font": {"size": 17, "color": INK},
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        # Plotly anchors the last line of a title, not the first.
        "pad": {"l": 4, "t": 8 + TITLE_LINE * (len(finding) - 1)},
        "y": 1,
        "yref": "container",
        "yanchor": "top",
    }


def _footer(lines: list[str], *, left: int, below: int) -> dict[str, object]:
    """The annotation under the plot: `left` px are left of the plot, `below` px lie between the two."""
    return {
        "name": "footer",
        "text": "<br>".join(lines),
        "x": 0,
        "y": 0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 4 - left,
        "yshift": -below,
        "showarrow": False,
        "align": "left",
        "font": {"size": 12, "color": MUTED},
    }


def plain_rows(rows: pd.DataFrame) -> list[list[str | int | float]]:
    """Rows as JSON can hold them: numbers stay numbers, a missing value is an empty text."""
    return [[_plain(v) for v in row] for row in rows.itertuples(index=False)]


def _plain(value: object) -> str | int | float:
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        if math.isnan(number):
            return ""
        return int(number) if number.is_integer() else number
    return "" if value is None or value is pd.NaT or value is pd.NA else str(value)
