"""The last step of every chart: it is refused if it does not say what it shows and who says so.

It also gets the common look: colours that reach 3:1 on white, text of at least 12 px, the finding as title.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from numbers import Real
from typing import ParamSpec

import pandas as pd
import plotly.graph_objects as go

from ..words.escape import escaped
from ..words.language import Texts
from ..words.links import RECORDS_PAGE
from ..words.missing import NoData
from ..words.numbers import ENGLISH_MARKS, marks
from .stage import STEP_ROW, add_step_buttons, drawn_for_each, on_slide
from .text import RECORD, label
from .theme import INK, MUTED, MUTED_FONT, TEMPLATE, TEXT, TITLE

# Characters a line that fit an output of 584 px in any font that a reader may have: JupyterLab in a window of 700 px.
TITLE_WIDTH, SUBTITLE_WIDTH, NOTE_WIDTH = 55, 81, 89
TITLE_LINE, NOTE_LINE = 22, 16  # px
LOWER = 10  # px by which Plotly sets a subtitle of one line lower than one of several
LEFT, RIGHT, BELOW = 60, 20, 44  # px beside the plot, and under it for tick labels and axis title

Given = ParamSpec("Given")


class ChartError(ValueError):
    """A chart that lacks what every chart must carry; the message lists all that is missing."""


def chart(draw: Callable[Given, go.Figure]) -> Callable[Given, go.Figure]:
    """Make a function a chart: drawn for each stage, or a figure that says what the records lack.

    The function ends with `finish`. It is called for each stage, and asks `on_slide` or `in_deck` where they differ.
    """

    @wraps(draw)
    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> go.Figure:
        try:
            return drawn_for_each(lambda: draw(*args, **kwargs))
        except NoData as missing:
            return _without_data(missing)

    return drawn


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
    hint: str = "",
    tap: str = "",
    height: int = 420,
) -> go.Figure:
    """Give a chart its title, footer, alt text and rows; refuse it when one is missing.

    `rows` are what the chart shows, a row a mark; column names as readers should see them, the first names the row.
    An index of texts has the places of the rows' records (words.links.place_of). `hint` says what a reader can do with
    the chart, and `tap` the same for a touch screen; a slide, which a class looks at, leaves both out.

    >>> finish(go.Figure(), finding="Seizures fell", measure="", unit="pounds", source="", description="A chart.",
    ...        rows=pd.DataFrame({"year": [2020]}))
    Traceback (most recent call last):
    securitytalks.drawing.finish.ChartError: chart 'Seizures fell' lacks: measure, source
    """
    hinted = {name: words for name, words in (("hint", hint), ("tap", tap)) if words}
    texts = {"finding": finding, "measure": measure, "unit": unit, "source": source, "description": description}
    _refuse_incomplete(texts, rows)
    for trace in fig.data:
        trace.name = escaped(trace.name or "", quotes=False) or None
    title, subtitle = title_texts(finding, f"{measure} {hint}".strip()).values()
    steps = (fig.layout.meta or {}).get("steps", ())
    subtitles = [subtitle, *(label(step["text"], SUBTITLE_WIDTH) for step in steps)]
    about = Texts("footer")
    footer = label(about("source", source=source), NOTE_WIDTH)
    footer += f"<br>{label(about('note', note=note), NOTE_WIDTH)}" if note else ""
    asked = fig.layout.margin
    left, below = asked.l or LEFT, asked.b or BELOW
    under = max(map(_lines, subtitles))
    top = 22 + TITLE_LINE * _lines(title) + NOTE_LINE * under + (asked.t or 0)
    top += LOWER if under == 1 else 0
    if steps:
        add_step_buttons(fig, subtitles, above=asked.t or 0)
        top += STEP_ROW
    bottom = 12 + NOTE_LINE * _lines(footer) + below
    fig.update_layout(
        template=TEMPLATE,
        height=height + top + bottom,
        # On a slide the title stands outside the chart.
        margin={"l": left, "r": asked.r or RIGHT, "t": 0 if on_slide() else top, "b": bottom},
        title=_title(title, subtitle),
        separators=None if marks() == ENGLISH_MARKS else marks()[::-1],
        meta={**(fig.layout.meta or {}), **texts, "note": note, **hinted, **_kept_rows(rows)},
    )
    _lead_to_records(fig)
    fig.add_annotation(_footer(footer, left=left, below=below))
    return fig


def title_texts(finding: str, measure: str) -> dict[str, str]:
    """Title and subtitle as a button can set them, under the names that Plotly gives them in an update."""
    return {
        "title.text": f"<b>{label(finding, TITLE_WIDTH)}</b>",
        "title.subtitle.text": label(measure, SUBTITLE_WIDTH),
    }


def _lines(text: str) -> int:
    return text.count("<br>") + 1


def _without_data(missing: NoData) -> go.Figure:
    texts = Texts("no_data")
    fig = go.Figure()
    fig.add_annotation(
        text=texts("shown"), x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font={"size": 18}
    )
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False)
    rows = pd.DataFrame({texts("column_what"): [missing.what], texts("column_needs"): [missing.needs]})
    return finish(fig, **texts.of_chart(what=missing.what, needs=missing.needs), rows=rows, height=120)


def _kept_rows(rows: pd.DataFrame) -> dict[str, object]:
    """The rows for the table of an export; with the page of the records and the place of each row's record on it."""
    kept: dict[str, object] = {"columns": [str(column) for column in rows.columns], "rows": plain_rows(rows)}
    places = [place if isinstance(place, str) else "" for place in rows.index]
    return kept | ({"links": {"page": RECORDS_PAGE, "rows": places}} if any(places) else {})


def _lead_to_records(fig: go.Figure) -> None:
    """Move the places of records from the hover texts to `customdata`, where exports look for them."""
    for trace in fig.data:
        if isinstance(trace.hovertext, str) or trace.hovertext is None:
            continue
        parts = [str(text).split(RECORD) for text in trace.hovertext]
        if any(len(part) > 1 for part in parts):
            trace.hovertext = ["".join([*part[:1], *part[2:]]) for part in parts]
            trace.customdata = [part[1] if len(part) > 1 else "" for part in parts]


def _refuse_incomplete(texts: dict[str, str], rows: pd.DataFrame) -> None:
    missing = [name for name, text in texts.items() if not text.strip()] + (["rows"] if rows.empty else [])
    if missing:
        raise ChartError(f"chart {texts['finding']!r} lacks: {', '.join(missing)}")


def _title(text: str, subtitle: str) -> dict[str, object]:
    return {
        "text": text,
        "subtitle": {"text": subtitle, "font": {"size": TEXT, "color": MUTED}},
        "font": {"size": TITLE, "color": INK},
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        # Plotly moves a title of several lines up, by as much for three as for two.
        "pad": {"l": 4, "t": 8 + TITLE_LINE * (_lines(text) > 1)},
        "y": 1,
        "yref": "container",
        "yanchor": "top",
    }


def _footer(text: str, *, left: int, below: int) -> dict[str, object]:
    """The annotation under the plot: `left` px are left of the plot, `below` px lie between the two."""
    return {
        "name": "footer",
        "text": text,
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
        "font": MUTED_FONT,
    }


def plain_rows(rows: pd.DataFrame) -> list[list[str | int | float]]:
    """Rows as JSON can hold them: numbers stay numbers, a missing value is an empty text."""
    return [[_json_value(v) for v in row] for row in rows.itertuples(index=False)]


def _json_value(value: object) -> str | int | float:
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        if math.isnan(number):
            return ""
        return int(number) if number.is_integer() else number
    return "" if value is None or value is pd.NaT or value is pd.NA else str(value).replace("\u00a0", " ")
