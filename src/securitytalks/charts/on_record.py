"""Claims about people killed, dead or missing, drawn on the official counts they can be compared with."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..claims.deaths import claims_about
from ..claims.limits import most_reported
from ..drawing.facts import window_in_words
from ..drawing.finish import chart, finish
from ..drawing.grid import stage
from ..drawing.marks import add_point, marker_of
from ..drawing.official import (
    grade_in_words,
    key_line,
    official_rows,
    official_table,
    official_values,
    source_of,
    symbol_of,
)
from ..drawing.panels import ROW, label_rows, panels
from ..drawing.stage import hidden, in_steps, on_slide
from ..drawing.text import coloured, hover, label
from ..drawing.theme import ALSO_OFFICIAL, ARTICLE, OFFICIAL, SMALL_FONT, WHITE
from ..official.frames import running_total
from ..words.cites import day_of, sources
from ..words.language import Texts
from ..words.links import places_of
from ..words.numbers import number, with_precision
from .deaths import claim_hover, marks_by_size

MOST_CLAIMS = 3  # claims whose labels find room on one chart of official values
LABEL = {"page": 64, "slide": 34}  # px of a label; that of a third claim stands under the second
BEYOND = {"page": 4 * 365, "slide": 150}  # days after the count, for the label of the last claim
APART = {"page": 3, "slide": 1}  # years from one name on the axis of time to the next
COUNT_FROM = "2007"  # the first full year after the deployment of December 2006

# On a time axis a number runs upwards, so its arrow points up.
UPWARD = {"triangle-right-open": "triangle-up-open", "triangle-left-open": "triangle-down-open", "circle": "circle"}

# The two states of the database of migrants: what was counted by then, and in which colour it is drawn.
EARLIER, LATER = "oct_2023", "dec_2024"
READINGS = {EARLIER: OFFICIAL, LATER: ALSO_OFFICIAL}


def claims_above_official(claims: pd.DataFrame, official: pd.DataFrame) -> pd.DataFrame:
    """The rows behind a chart of claims on the record: the claims first, then the official values."""
    texts = Texts("claims_on_record")
    rows = official_table(
        period=[window_in_words(claim) for claim in claims.to_dict("records")],
        official_count=[texts("claim", label=label) for label in claims["label"]],
        number=claims["words"],
        unit=claims["unit"].map(Texts("numbers").table("several")),
        grade="",
        computed=Texts("official")("not_computed"),
        read_from=claims["cite"],
    ).set_axis(places_of("fact", claims["fact"]))
    return pd.concat([rows, official]).rename(columns={official.columns[1]: texts("what")})


# --------------------------------------------------------------------------------------------- people killed in Mexico


@chart
def killed_claims_on_record(facts: pd.DataFrame, homicides: pd.DataFrame) -> go.Figure:
    """Each total of people killed in Mexico, at its date, on the official running total of homicides of every motive.

    `homicides`: load_record("mexico-homicides"). Claims are lower bounds: nothing joins them, nothing is subtracted.
    """
    texts = Texts("killed_claims_on_record")
    claims, limit = most_reported(claims_about(facts, "killed-in-mexico"), MOST_CLAIMS)
    claims, totals = claims.reset_index(drop=True), homicide_totals(homicides)
    top = max(totals["total"].max(), claims["value"].max()) * 1.06
    fig = make_subplots(rows=1, cols=1)
    _total_line(fig, totals, homicides)
    start = totals["start"].min() - pd.Timedelta(days=120)
    for at, claim in claims.iterrows():
        _claim_on_time(fig, claim, at)
        _mark_passing(fig, claim["value"], totals, start)
        _label_last_total(fig, claim, totals, close=0.05 * top)
    key_line(fig, [("━◆", OFFICIAL, texts("added_up")), ("△", ARTICLE, texts("lower_bounds"))])
    fig.update_yaxes(range=[0, top], tickformat=",d", dtick=100_000)
    end = max(totals["end"].max(), claims["end"].max()) + pd.Timedelta(days=BEYOND[stage()])
    named = totals.iloc[:: APART[stage()]]
    ticks = {"tickvals": named["end"].tolist(), "ticktext": named["period"].tolist(), "title": texts("axis")}
    fig.update_xaxes(type="date", range=[start, end], **ticks)
    fig.update_layout(margin={"t": 34, "b": 44, "l": 58, "r": 66})  # room for the label of the last claim
    in_steps(fig, _killed_steps(fig, claims, totals), builds_up=True)
    return finish(
        fig,
        **texts.of_chart(
            passed=texts("and").join(_passed_in_words(value, totals) for value in claims["value"]),
            count_from=COUNT_FROM,
            first=totals.iloc[0],
            last=totals.iloc[-1],
            cites=sources(claims["cite"]),
            limit=limit,
            claims=texts.each("claim", [{"words": c.words, "day": day_of(c.cite)} for c in claims.itertuples()]),
        ),
        rows=claims_above_official(claims, _total_rows(totals)),
        height=480,
    )


def _killed_steps(fig: go.Figure, claims: pd.DataFrame, totals: pd.DataFrame) -> list[tuple[str, dict[str, object]]]:
    """The line alone, then the claims one after another, and with the last of them what follows if it is this count."""
    texts = Texts("killed_claims_on_record")
    steps = [(texts("steps.line", count_from=COUNT_FROM), _without(fig, claims["value"]))]
    for at, claim in enumerate(claims.itertuples()):
        if at < len(claims) - 1:
            passed = _passed_in_words(claim.value, totals)
            text = texts("steps.claim", day=day_of(claim.cite), words=claim.words, passed=passed)
        else:
            text = texts("steps.last_claim", day=day_of(claim.cite), words=claim.words)
        steps.append((text, _without(fig, claims["value"][at + 1 :])))
    return steps


def _without(fig: go.Figure, values: pd.Series) -> dict[str, bool]:
    """The changes that hide all that stands at the height of these claims."""
    heights = set(values)
    return hidden(
        traces=[at for at, trace in enumerate(fig.data) if len(trace.y) == 1 and trace.y[0] in heights],
        annotations=[at for at, note in enumerate(fig.layout.annotations) if note.y in heights],
        shapes=[at for at, line in enumerate(fig.layout.shapes) if line.y0 in heights],
    )


def homicide_totals(homicides: pd.DataFrame) -> pd.DataFrame:
    """INEGI's yearly counts added up: a total at the end of each year, with the weakest grade in it."""
    totals = running_total(homicides, "inegi", since=COUNT_FROM)
    values = official_values(homicides, "inegi").set_index("period")
    part = homicides.assign(total=totals.astype(float)).dropna(subset="total")[["period", "start", "end", "total"]]
    part["grade"] = ["B" if "B" in set(values.loc[COUNT_FROM:p, "grade"]) else "A" for p in part["period"]]
    return part.reset_index(drop=True)


def year_passed(totals: pd.DataFrame, value: float) -> str | None:
    """The first year by whose end a running total is above a value; None where it never is."""
    above = totals[totals["total"].gt(value)]
    return None if above.empty else str(above["period"].iloc[0])


def _mark_passing(fig: go.Figure, value: float, totals: pd.DataFrame, start: pd.Timestamp) -> None:
    """A thin line from the axis to the point where the line of the count passes a claim, and the year over its end."""
    year = year_passed(totals, value)
    if year is None:
        return
    after = totals[totals["period"].eq(year)].iloc[0]
    before = totals["total"].shift(fill_value=0)[after.name]
    crossing = after["start"] + (after["end"] - after["start"]) * (value - before) / (after["total"] - before)
    line = {"color": ARTICLE, "width": 1.5, "dash": "dot"}
    fig.add_shape(type="line", x0=start, x1=crossing, y0=value, y1=value, line=line)
    fig.add_annotation(
        text=Texts("killed_claims_on_record")("passed_at", value=value, year=year),
        x=crossing,
        y=value,
        xshift=-6,
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font=SMALL_FONT,
    )


def _label_last_total(fig: go.Figure, claim: pd.Series, totals: pd.DataFrame, *, close: float) -> None:
    """Write at the left of the line its total at the end of the last year that was over when a claim was printed."""
    over = totals[totals["end"].lt(pd.Timestamp(str(claim["as_of"])))]
    if over.empty:
        return
    last = over.iloc[-1]
    beside = abs(last["total"] - claim["value"]) < close  # the year in which the line passes the claim stands there
    fig.add_annotation(
        text=Texts("killed_claims_on_record")("last_total", total=last["total"], year=last["period"]),
        x=last["end"],
        y=last["total"],
        xshift=-6,
        yshift=16 if beside else 0,
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font=SMALL_FONT,
    )


def _passed_in_words(value: float, totals: pd.DataFrame) -> str:
    texts, year = Texts("killed_claims_on_record"), year_passed(totals, value)
    if year:
        return texts("passed", value=value, year=year)
    return texts("not_passed", value=value, year=totals["period"].iloc[-1])


def _total_line(fig: go.Figure, totals: pd.DataFrame, homicides: pd.DataFrame) -> None:
    texts, about = Texts("killed_claims_on_record"), homicides.attrs["columns"]["inegi"]
    as_of = Texts("hover")("as_of", vintage=about["vintage"])
    hovertexts = [
        hover(
            texts("total", total=t.total, count_from=COUNT_FROM, year=t.period),
            texts("counts", what=about["counts"]),
            ". ".join([texts("sum_of"), as_of]),
            ". ".join([grade_in_words(t.grade), texts("every_motive")]),
        )
        for t in totals.itertuples()
    ]
    start = hover(texts("start", count_from=COUNT_FROM))
    fig.add_scatter(
        x=[totals["start"].iloc[0], *totals["end"]],
        y=[0, *totals["total"]],
        mode="lines+markers",
        name=texts("line"),
        hovertext=[start, *hovertexts],
        hoverinfo="text",
        cliponaxis=False,
        line={"color": OFFICIAL, "width": 2},
        marker={
            "symbol": ["circle", *(symbol_of(g, True) for g in totals["grade"])],
            "color": OFFICIAL,
            "size": [0, *(6 for _ in totals["grade"])],
            "line": {"width": 1.5, "color": OFFICIAL},
        },
    )


def _claim_on_time(fig: go.Figure, claim: pd.Series, at: int) -> None:
    """An open arrow at date and level of a claim, and its label to the right of it, where the line never is."""
    when = pd.Timestamp(str(claim["as_of"]))
    fig.add_scatter(
        x=[when],
        y=[claim["value"]],
        mode="markers",
        name=f"{claim['words']}, {claim['where']}",
        hovertext=[claim_hover(claim)],
        hoverinfo="text",
        marker={
            "symbol": UPWARD[marker_of(claim["precision"])],
            "size": 12,
            "color": ARTICLE,
            "line": {"width": 2.5, "color": ARTICLE},
        },
    )
    texts, words = Texts("killed_claims_on_record"), with_precision(number(claim["value"]), claim["precision"])
    lines = [words, texts("printed", between=" " if on_slide() else "<br>", day=day_of(claim["cite"]))]
    lines[0] = label(lines[0], 40 if on_slide() else 9)
    fig.add_annotation(
        text="<br>".join([f"<b>{lines[0]}</b>", *lines[1:]]),
        x=when,
        y=claim["value"],
        xshift=10,
        yshift=9 - (LABEL[stage()] if at > 1 else 0),
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        font=SMALL_FONT,
    )


def _total_rows(totals: pd.DataFrame) -> pd.DataFrame:
    texts = Texts("killed_claims_on_record")
    return official_table(
        period=[texts("row.period", count_from=COUNT_FROM, year=period) for period in totals["period"]],
        official_count=texts("row.count"),
        number=totals["total"],
        unit=texts("row.unit"),
        grade=totals["grade"],
        computed=Texts("official")("is_computed"),
        read_from=texts("row.source"),
    )


# ------------------------------------------------------------------------------------------- migrants dead or missing


@chart
def migrants_two_snapshots(facts: pd.DataFrame, migrants: pd.DataFrame) -> go.Figure:
    """The claim about migrants beside what was counted by then, and each year as the same database had it later.

    The totals of the two dates are not set side by side, since a year was not over at the first.
    `migrants`: load_record("missing-migrants").
    """
    texts = Texts("migrants_two_snapshots")
    claims, limit = most_reported(claims_about(facts, "migrants-dead-or-missing"), MOST_CLAIMS)
    claims = claims.reset_index(drop=True)
    readings = {column: official_values(migrants, column) for column in READINGS}
    total, changes = readings[EARLIER]["value"].sum(), _revisions(readings)
    heights = [ROW * (len(claims) + 1), 220]
    fig = _claims_and_years(heights, [total, *claims["value"]])
    _total_marks(fig, claims, total, migrants)
    for column, values in readings.items():
        _bars_of_reading(fig, values, READINGS[column])
    _label_revision(fig, changes.pop("at"), changes)
    first = claims.iloc[0]
    return finish(
        fig,
        **texts.of_chart(
            claim=first["words"],
            fits=texts("fits" if total > first["value"] else "is_above"),
            then=total,
            official=source_of(migrants),
            cites=sources(claims["cite"]),
            counts_not=migrants.attrs["counts_not"],
            limit=limit,
            **changes,
        ),
        rows=claims_above_official(claims, official_rows(migrants, list(READINGS))),
        height=sum(heights) + 80,
    )


def _revisions(readings: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """How the counts changed from one state of the database to the next; a year that was not over does not count."""
    earlier, later = readings[EARLIER], readings[LATER]
    difference = later["value"] - earlier["value"]
    finished = earlier["note"].isna()
    most = difference[finished].idxmax()
    return {
        "years": int(finished.sum()),
        "raised": int((difference[finished] > 0).sum()),
        "lowered": int((difference[finished] < 0).sum()),
        "fall": -min(0, difference[finished].min()),
        "at": int(most),
        "most": earlier.loc[most, "period"],
        "before": earlier.loc[most, "value"],
        "after": later.loc[most, "value"],
    }


def _claims_and_years(heights: list[int], numbers: list[float]) -> go.Figure:
    """Two empty panels: one for the claim and the count, `numbers`, and one for the bars of each year."""
    texts, (low, high) = Texts("migrants_two_snapshots"), (min(numbers), max(numbers))
    squares = {column: coloured("■", colour) for column, colour in READINGS.items()}
    axis_from = 1000 * (low // 1000)
    titles = [texts("panel_totals", axis_from=axis_from), texts("panel_years", **squares)]
    fig = panels(titles, heights, gap=0.25, slide=[(0, 0.34, 0.3, 1), (0.42, 1, 0, 1)])
    step = 100 * math.ceil((high - axis_from) / 400)
    end = axis_from + step * math.ceil((high - axis_from) / step)  # a tick on both sides of every number
    room = 0.1 * (end - axis_from)
    scale = {"range": [axis_from - room, end + room], "tickformat": ",d", "dtick": step, "ticks": "outside"}
    fig.update_xaxes(**scale, row=1, col=1)
    fig.update_xaxes(type="category", row=2, col=1)
    fig.update_yaxes(tickformat=",d", row=2, col=1)
    fig.update_layout(barmode="group", bargap=0.25, bargroupgap=0, margin={"t": 34, "b": 30, "l": 46, "r": 18})
    return fig


def _label_revision(fig: go.Figure, at: int, changes: dict[str, Any]) -> None:
    """Write both counts of the year that changed most over its bars."""
    fig.add_annotation(
        text=Texts("migrants_two_snapshots")("revision", before=changes["before"], after=changes["after"]),
        x=at,  # its place among the years: Plotly would read a year as such a place
        y=max(changes["before"], changes["after"]),
        xanchor="left",
        xshift=-14,
        yanchor="bottom",
        showarrow=False,
        font=SMALL_FONT,
        row=2,
        col=1,
    )


def _bars_of_reading(fig: go.Figure, values: pd.DataFrame, colour: str) -> None:
    """A bar for each year; striped where the year was not over."""
    fig.add_bar(
        x=values["period"],
        y=values["value"],
        hovertext=values["text"],
        hoverinfo="text",
        name=values["title"].iloc[0],
        row=2,
        col=1,
        marker={
            "color": colour,
            "pattern": {
                "shape": ["/" if isinstance(note, str) else "" for note in values["note"]],
                "fgcolor": WHITE,
                "fillmode": "overlay",
                "solidity": 0.4,
            },
        },
    )


def _total_marks(fig: go.Figure, claims: pd.DataFrame, total: float, migrants: pd.DataFrame) -> None:
    """The claim, and what was counted by then, a row each: an open arrow, then a computed value."""
    texts = Texts("migrants_two_snapshots")
    labels = [texts("label_claim", words=c.words, day=day_of(c.cite)) for c in claims.itertuples()]
    marks_by_size(fig, claims)
    text = hover(
        texts("total", total=total, first=migrants["period"].iloc[0]),
        migrants.attrs["publisher"],
        Texts("hover")("official_counts", what=migrants.attrs["columns"][EARLIER]["counts"]),
        f"{texts('added_up')}. {grade_in_words('A')}",
    )
    marker = {"symbol": symbol_of("A", True), "size": 13, "color": READINGS[EARLIER]}
    add_point(fig, total, len(claims) + 0.08, text=text, marker=marker, row=1, col=1)
    label_rows(fig, [*labels, texts("label_total", total=total)])
