"""How an official value is drawn: filled or open by grade, a diamond where computed, and a hover text that says so."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ..words.dates import day
from .stage import on_a_slide
from .text import hover, label
from .theme import INK

GRADES = {
    "A": "Grade A: read in the publisher's own file or page, or in a copy of it",
    "B": "Grade B: read second-hand, in a report that names the publisher",
}


def source_of(record: pd.DataFrame, *what: str) -> str:
    """Who published a series, `what` it is, and that its values were read elsewhere: the start of a source line.

    >>> frame = pd.DataFrame()
    >>> frame.attrs["publisher"] = "A statistics office"
    >>> source_of(frame, "yearly counts")
    'A statistics office, yearly counts, read in public copies and reports'
    """
    return ", ".join([record.attrs["publisher"], *what, "read in public copies and reports"])


def symbol_of(grade: str, derived: bool) -> str:
    """The marker of an official value: open where it was read second-hand, a diamond where it was computed.

    >>> symbol_of("A", False), symbol_of("B", True)
    ('circle', 'diamond-open')
    """
    return ("diamond" if derived else "circle") + ("-open" if grade == "B" else "")


def key_of(*values: pd.DataFrame) -> str:
    """What open marks and diamonds mean, where `values` (from official_values) have some."""
    grades = set().union(*(set(v["grade"]) for v in values))
    derived = any(v["derived"].any() for v in values)
    parts = ["Open mark: read second-hand (grade B)."] if "B" in grades else []
    return " ".join(parts + (["Diamond: computed, not read as printed."] if derived else []))


def official_values(record: pd.DataFrame, column: str) -> pd.DataFrame:
    """The known values of a column, ready to draw. `record`: load_record(series).

    Columns: period, start, end, value, title, unit, grade, derived, source, note, symbol, text (the hover text).
    """
    about = record.attrs["columns"][column]
    known = record[record[column].notna()]
    values = known[["period", "start", "end"]].assign(
        value=known[column].astype(float), title=about["title"], unit=about["unit"]
    )
    for name in ("grade", "derived", "source", "note"):
        values[name] = known[f"{column}_{name}"]
    values["symbol"] = [symbol_of(v.grade, v.derived) for v in values.itertuples()]
    values["text"] = [_official_hover(v, record.attrs, about["counts"]) for v in values.itertuples()]
    return values.reset_index(drop=True)


def number(value: float) -> str:
    """A number as readers see it.

    >>> number(27022.9), number(3.5), number(352208.0)
    ('27,022.9', '3.5', '352,208')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def period_in_words(period: str, period_type: str) -> str:
    """The period of an official value as readers see it.

    >>> period_in_words("2023-03", "twelve months ending"), period_in_words("FY2023", "fiscal year")
    ('twelve months to Mar 2023', 'FY2023')
    """
    return f"twelve months to {day(period)}" if period_type == "twelve months ending" else period


def _official_hover(value: object, attrs: dict, counts: str) -> str:
    return hover(
        f"{number(value.value)} {value.unit}, {period_in_words(value.period, attrs['period_type'])}",
        f"{attrs['publisher']}: {value.title}",
        f"Counts: {counts}",
        f"{'Computed from published figures' if value.derived else 'As published'}, grade {value.grade}",
        f"As of: {attrs['vintage']}",
        f"Note: {value.note}" if isinstance(value.note, str) else "",
    )


def add_official_line(
    fig: go.Figure,
    values: pd.DataFrame,
    *,
    colour: str,
    dash: str = "solid",
    row: int = 1,
    size: int = 7,
    middle: bool = False,
) -> None:
    """Draw official values as a line with a mark each, at the end or in the middle of their periods."""
    fig.add_scatter(
        x=values["start"] + (values["end"] - values["start"]) / 2 if middle else values["end"],
        y=values["value"],
        mode="lines+markers",
        name=values["title"].iloc[0],
        hovertext=values["text"].tolist(),
        hoverinfo="text",
        line={"color": colour, "width": 2, "dash": dash},
        row=row,
        col=1,
        marker={
            "symbol": values["symbol"].tolist(),
            "size": size,
            "color": colour,
            "line": {"width": 1.5, "color": colour},
        },
    )


def official_rows(record: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The rows behind a chart of official values, a row a value, with the column names that readers see."""
    parts = [official_values(record, column) for column in columns]
    values = pd.concat(parts, keys=range(len(parts)), names=["part", "at"]).reset_index()
    values = values.sort_values(["start", "end", "part"], kind="stable")
    return pd.DataFrame(
        {
            "Period": [period_in_words(p, record.attrs["period_type"]) for p in values["period"]],
            "Official count": values["title"],
            "Number": values["value"],
            "Unit": values["unit"],
            "Grade": values["grade"],
            "Computed": ["yes" if d else "no" for d in values["derived"]],
            "Read from": values["source"],
        }
    )


def key_line(fig: go.Figure, items: Sequence[tuple[str, str, str]]) -> None:
    """Name the lines of a chart over it, at the left edge, each beside a piece of its line: (sign, colour, name)."""
    text = "   ".join(
        f"<span style='color:{colour}'><b>{sign}</b></span> {label(name, 60)}" for sign, colour, name in items
    )
    on_a_slide(fig, {"margin.t": 0})
    fig.add_annotation(
        text=text,
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=4,
        showarrow=False,
        align="left",
        font={"size": 13, "color": INK},
    )
