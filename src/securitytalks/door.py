"""The one door that every figure leaves through: it refuses a chart that does not say what it shows and who says so.

It also gives each chart the house look: colours that reach 3:1 on white, text of at least 12 px, the finding as title.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping
from html import escape
from numbers import Real

import pandas as pd
import plotly.graph_objects as go

INK = "#1A1A1A"
MUTED = "#595959"  # 7:1 on white: notes, axes
RULE = "#D9D9D9"
UNKNOWN = "#767676"
BLUE, ORANGE, PINK, GREEN = "#0072B2", "#D55E00", "#B0568C", "#00805C"
FONT = "Arial, 'Liberation Sans', 'Helvetica Neue', sans-serif"
# Characters a line that fit the narrowest output area we promise: JupyterLab at 1280 px with its sidebar open.
TITLE_WIDTH, SUBTITLE_WIDTH, NOTE_WIDTH = 88, 124, 136
TITLE_LINE, NOTE_LINE = 22, 16  # px
LEFT, RIGHT, BELOW = 60, 20, 44  # px beside the plot, and under it for tick labels and axis title

AXIS = {
    "gridcolor": "#EBEBEB",
    "linecolor": UNKNOWN,
    "zeroline": False,
    "ticks": "",
    "title": {"standoff": 8, "font": {"size": 13}},
}
TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "colorway": [BLUE, ORANGE, GREEN, PINK, INK],
        "xaxis": AXIS,
        "yaxis": AXIS,
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": INK, "align": "left", "font": {"color": INK, "size": 13}},
        "hovermode": "closest",
        "showlegend": False,
    }
)


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
    securitytalks.door.ChartError: chart 'Seizures fell' lacks: measure, source
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


def on_a_slide(fig: go.Figure, changes: Mapping[str, object]) -> None:
    """Say what is other where the chart stands on a slide, wide and low: a new value for each name of Plotly's.

    Names are those of the layout, such as "margin.l" or "annotations[0].text", or of the marks, such as "data[0].y".
    """
    said = fig.layout.meta or {}
    fig.update_layout(meta={**said, "slide": {**said.get("slide", {}), **changes}})


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


def _lines(text: str, width: int) -> list[str]:
    # Records are text, never markup: Plotly reads a few HTML tags in titles, so they are escaped here.
    return [escape(line, quote=False) for line in textwrap.wrap(text, width)]


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


def hover(*parts: str, width: int = 60) -> str:
    """One hover text from parts: each wrapped, the first in bold, none of them markup.

    >>> hover("More than 5", "A <b> c")
    '<b>More than 5</b><br>A &lt;b&gt; c'
    """
    wrapped = ["<br>".join(_lines(part, width)) for part in parts if part]
    return "<br>".join([f"<b>{wrapped[0]}</b>", *wrapped[1:]])


def label(text: str, width: int = 28) -> str:
    """Text for a mark or an axis: wrapped and escaped.

    >>> label("Arms & money", 6)
    'Arms &amp;<br>money'
    """
    return "<br>".join(_lines(text, width))


def sources(cites: Iterable[str]) -> str:
    """A source line from citations, each named once, in the order given.

    >>> sources(["AP, 8 Oct 2021, ¶2", "AP, 8 Oct 2021, ¶5", "AFP, 5 Oct 2023, ¶17"])
    'AP, 8 Oct 2021, ¶2, ¶5; AFP, 5 Oct 2023, ¶17'
    """
    places: dict[str, list[str]] = {}
    for cite in cites:
        where, _, paragraph = cite.partition(", ¶")
        found = places.setdefault(where, [])
        if paragraph and f"¶{paragraph}" not in found:
            found.append(f"¶{paragraph}")
    return "; ".join(", ".join([where, *found]) for where, found in places.items())


def article_of(cite: str) -> str:
    """The article of a citation, without the paragraph.

    >>> article_of("Latin Post (Reuters), 14 Apr 2023, ¶16")
    'Latin Post (Reuters), 14 Apr 2023'
    """
    return cite.partition(", ¶")[0]


def articles_in(cites: Iterable[str]) -> str:
    """A source line that names articles alone, each once, in the order given.

    >>> articles_in(["AP, 8 Oct 2021, ¶2", "AP, 8 Oct 2021, ¶5", "AFP, 5 Oct 2023, ¶17"])
    'AP, 8 Oct 2021; AFP, 5 Oct 2023'
    """
    return "; ".join(dict.fromkeys(article_of(cite) for cite in cites))
