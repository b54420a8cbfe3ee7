"""How an official value is drawn: filled or open by grade, a diamond where computed, and a hover text that says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..words.dates import day
from ..words.language import Texts, titled
from ..words.numbers import number
from .marks import left_text
from .text import coloured, hover, label
from .theme import OFFICIAL, SMALL_FONT


def grade_in_words(grade: str) -> str:
    """What a grade says about how a value was read."""
    return Texts("official")(f"grades.{grade}")


def source_of(record: pd.DataFrame, what: str = "") -> str:
    """Who published a series, `what` it is, and that its values were read elsewhere: the start of a source line.

    >>> frame = pd.DataFrame()
    >>> frame.attrs["publisher"] = "A statistics office"
    >>> source_of(frame, "yearly counts")
    'A statistics office, yearly counts, read in public copies and reports'
    """
    publisher = record.attrs["publisher"]
    return Texts("official")("source", series=f"{publisher}, {what}" if what else publisher)


def symbol_of(grade: str, derived: bool) -> str:
    """The marker of an official value: open where it was read second-hand, a diamond where it was computed.

    >>> symbol_of("A", False), symbol_of("B", True)
    ('circle', 'diamond-open')
    """
    return ("diamond" if derived else "circle") + ("-open" if grade == "B" else "")


def key_of(*values: pd.DataFrame) -> str:
    """What open marks and diamonds mean, where `values` (from official_values) have some."""
    texts = Texts("official")
    second_hand = any(v["grade"].eq("B").any() for v in values)
    computed = any(v["derived"].any() for v in values)
    return " ".join([texts("open")] * second_hand + [texts("diamond")] * computed)


def official_values(record: pd.DataFrame, column: str) -> pd.DataFrame:
    """The known values of a column, ready to draw. `record`: load_record(series).

    Columns: period, start, end, value, title, unit, grade, derived, source, note, symbol, text (the hover text).
    """
    about = record.attrs["columns"][column]
    known = record[record[column].notna()]
    unit = Texts("numbers").table("several")[about["unit"]]
    values = known[["period", "start", "end"]].assign(
        value=known[column].astype(float), title=about["title"], unit=unit
    )
    for name in ("grade", "derived", "source", "note"):
        values[name] = known[f"{column}_{name}"]
    values["symbol"] = [symbol_of(v.grade, v.derived) for v in values.itertuples()]
    values["text"] = [
        _official_hover(v, record.attrs["period_type"], record.attrs["publisher"], about) for v in values.itertuples()
    ]
    return values.reset_index(drop=True)


def period_in_words(period: str, period_type: str) -> str:
    r"""The period of an official value as readers see it.

    >>> period_in_words("2023-03", "twelve months ending"), period_in_words("FY2023", "fiscal year")
    ('twelve months to Mar\xa02023', 'FY2023')
    """
    if period_type != "twelve months ending":
        return period
    return Texts("official")("twelve_months", month=day(period))


def _official_hover(value: object, period_type: str, publisher: str, about: dict) -> str:
    texts = Texts("hover")
    period = period_in_words(value.period, period_type)
    published = texts("published", publisher=publisher, title=value.title)
    read = "computed" if value.derived else "as_published"
    return hover(
        texts("value", number=number(value.value), unit=value.unit, period=period),
        published,
        texts("official_counts", what=about["counts"]),
        f"{texts(read, grade=value.grade)}. {texts('as_of', vintage=about['vintage'])}",
        texts("note", note=value.note) if isinstance(value.note, str) else "",
    )


def middle_of(periods: Any) -> Any:  # noqa: ANN401 a table, or one of its rows
    """Give the middle of periods: of the columns or the fields `start` and `end`."""
    return periods["start"] + (periods["end"] - periods["start"]) / 2


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
        x=middle_of(values) if middle else values["end"],
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
            "line": {"width": min(1.5, size / 4), "color": colour},
        },
    )


def label_value(fig: go.Figure, value: pd.Series, text: str, *, middle: bool = False, **place: object) -> None:
    """Write a text over one official value, at the end or in the middle of its period; `place` as of an annotation."""
    when = middle_of(value) if middle else value["end"]
    style = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": OFFICIAL, "standoff": 5}
    style |= {"ax": 0, "ay": -20, "font": SMALL_FONT}
    fig.add_annotation(text=f"<b>{text}</b>", x=when, y=value["value"], **style | place)


def official_rows(record: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The rows behind a chart of official values, a row a value, with the column names that readers see."""
    texts, parts = Texts("official"), [official_values(record, column) for column in columns]
    values = pd.concat(parts, keys=range(len(parts)), names=["part", "at"]).reset_index()
    values = values.sort_values(["start", "end", "part"], kind="stable")
    yes_or_no = {False: texts("not_computed"), True: texts("is_computed")}
    return official_table(
        period=[period_in_words(p, record.attrs["period_type"]) for p in values["period"]],
        official_count=values["title"],
        number=values["value"],
        unit=values["unit"],
        grade=values["grade"],
        computed=values["derived"].map(yes_or_no),
        read_from=values["source"],
    )


def official_table(**columns: object) -> pd.DataFrame:
    """A table of official values, and of claims beside them, with the column names that readers see."""
    return titled(pd.DataFrame(columns))


def key_line(fig: go.Figure, items: Sequence[tuple[str, str, str]]) -> None:
    """Name the lines of a chart over it, at the left edge, each beside a piece of its line: (sign, colour, name)."""
    text = "   ".join(f"{coloured(sign, colour)} {label(name)}" for sign, colour, name in items)
    fig.add_annotation(left_text(text, 1) | {"yref": "paper", "yshift": 4})
