"""Charts of the Merida money as official documents state it: totals at their dates, and the years that are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..drawing.finish import finish, or_no_data
from ..drawing.limits import most_reported, notes
from ..drawing.official import GRADES, key_line, number, official_values, source_of
from ..drawing.panels import one_under_the_other, panel_titles_left, panels_on_a_slide
from ..drawing.stage import on_a_slide
from ..drawing.text import hover, label
from ..drawing.theme import BLUE, INK, MUTED, RULE, UNKNOWN
from ..words.cites import sources
from ..words.dates import day
from ..words.numbers import in_words, rounding_band
from .money import money_claims
from .on_record import MOST_CLAIMS

BILLION = 1e9


TALL = 210  # px of a panel with many statements


LOW = 74  # px of a panel with one


YEAR_ROW = 34


BAND = {BLUE: "rgba(0, 114, 178, 0.35)", INK: "rgba(26, 26, 26, 0.3)"}


APART = 0.25  # billion dollars: nearer to the last number written, a mark goes without its own


PAID = "paid"


PANELS = {
    "appropriated": "<b>Appropriated</b>: voted by Congress",
    "managed": "<b>Managed</b>: in projects that US agencies run",
    "spent": "<b>Spent</b>: gone out",
    PAID: "<b>“Paid”</b>: the article's word",
}


def stated_totals(facts: pd.DataFrame, merida_totals: pd.DataFrame) -> pd.DataFrame:
    """Every statement of a Merida total, the documents' and the articles', by status and date.

    Columns: status, when (Timestamp), dollars, precision, words, grade ("" for an article), who, area, covers, text
    (the hover text).
    """
    claims = most_reported(money_claims(facts[facts["programme"].eq("merida")]), MOST_CLAIMS)[0]
    stated = pd.DataFrame([*_by_documents(merida_totals), *(_by_article(claim) for claim in claims.itertuples())])
    order = {status: at for at, status in enumerate(PANELS)}
    stated = stated.assign(order=stated["status"].map(order)).sort_values(["order", "when"], kind="stable")
    return stated.drop(columns="order").reset_index(drop=True)


def _by_documents(merida_totals: pd.DataFrame) -> Iterator[dict]:
    extra = merida_totals[["status", "precision", "area", "covers", "document"]].reset_index(drop=True)
    for value in pd.concat([official_values(merida_totals, "billion_dollars"), extra], axis=1).itertuples():
        words = in_words(value.value * BILLION, value.precision, "US dollars")
        text = hover(
            f"{words}, {value.status}",
            f"Source: {value.document}, {day(value.period)}",
            f"Counts: a US dollar of the Merida Initiative {value.status} for {value.area}, {value.covers}",
            f"Precision: {value.precision}. As of {day(value.period)}.",
            GRADES[value.grade],
            f"Note: {value.note}" if isinstance(value.note, str) else "",
        )
        row = {
            "status": value.status,
            "when": value.start + (value.end - value.start) / 2,
            "words": words,
            "text": text,
        }
        row |= {"dollars": value.value * BILLION, "precision": value.precision, "grade": value.grade}
        yield row | {"who": f"{value.document}, {day(value.period)}", "area": value.area, "covers": value.covers}


def _by_article(claim: Any) -> dict:  # noqa: ANN401
    span = f"{day(claim.window_start)} to {day(claim.window_end)}"
    text = hover(
        f"{claim.words}, {claim.money_status}",
        f"Counts {claim.counts}, {span}",
        f"Precision: {claim.precision}. As of {day(claim.as_of)}.",
        f"Says: {claim.says}",
        claim.cite,
        f"Note: {claim.note}" if isinstance(claim.note, str) else "",
    )
    row = {"status": claim.money_status, "when": pd.Timestamp(str(claim.as_of)), "words": claim.words, "text": text}
    row |= {"dollars": claim.value, "precision": claim.precision, "grade": ""}
    return row | {"who": claim.cite, "area": claim.place, "covers": span}


@or_no_data
def merida_totals_as_stated(facts: pd.DataFrame, merida_totals: pd.DataFrame) -> go.Figure:
    """Totals of the Merida Initiative as documents and an article stated them, each at its date, a panel a status.

    `merida_totals`: load_record("merida-running-totals"). Statuses are never added and never joined.
    """
    stated = stated_totals(facts, merida_totals)
    limit = most_reported(money_claims(facts[facts["programme"].eq("merida")]), MOST_CLAIMS)[1]
    used = list(dict.fromkeys(stated["status"]))
    heights = [TALL if (stated["status"] == status).sum() > 2 else LOW for status in used]
    fig = make_subplots(
        rows=len(used),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.09,
        row_heights=heights,
        subplot_titles=[PANELS.get(status, f"<b>{status.capitalize()}</b>") for status in used],
    )
    panel_titles_left(fig)
    panels_on_a_slide(fig, _places_on_a_slide(heights))
    for row, status in enumerate(used, start=1):
        _status_panel(fig, stated[stated["status"].eq(status)], row)
    edge = pd.Timedelta(days=500)
    fig.update_xaxes(type="date", tickformat="%Y", range=[stated["when"].min() - edge, stated["when"].max() + edge])
    fig.update_yaxes(range=[0, 4.1 * BILLION], tickvals=[0, 2 * BILLION, 4 * BILLION], ticktext=["0", "2 bn", "4 bn"])
    fig.update_layout(barmode="overlay", margin={"t": 34, "b": 30, "l": 46, "r": 14})
    claims = stated[stated["grade"].eq("")]
    return finish(
        fig,
        finding=_money_finding(stated),
        measure="Totals since the start of the Merida Initiative, as each document stated them on its date, in "
        "billions of US dollars. "
        "Box: all sums that round to “about”. Open mark: read second-hand (grade B).",
        unit="US dollars, running total",
        source=f"{source_of(merida_totals)}; {sources(claims['who'])}",
        note=notes(
            "Appropriated, managed, spent and paid are different things: they may not be added or joined. "
            f"{merida_totals.attrs['counts_not']}.",
            limit,
        ),
        description="Panels by status, dots by date. "
        + " ".join(
            f"{status.capitalize()}: "
            + "; ".join(f"{s.words} ({s.who})" for s in stated[stated["status"].eq(status)].itertuples())
            + "."
            for status in used
        ),
        rows=pd.DataFrame(
            {
                "Stated by": stated["who"],
                "Total": stated["words"],
                "Status": stated["status"],
                "For": stated["area"],
                "Years covered": stated["covers"],
                "Precision": stated["precision"],
                "Grade": stated["grade"],
            }
        ),
        height=sum(heights) + 40 * len(used),
    )


def _places_on_a_slide(heights: list[int]) -> list[tuple[float, float, float, float]]:
    """The panels with many statements at the left, those with one at the right; alike ones over the whole width."""
    if len(set(heights)) == 1:
        return one_under_the_other(heights)
    sides = {TALL: (0, 0.58), LOW: (0.67, 1)}
    free = {height: one_under_the_other([1] * heights.count(height)) for height in sides}
    return [(*sides[height], *free[height].pop(0)[2:]) for height in heights]


def _status_panel(fig: go.Figure, part: pd.DataFrame, row: int) -> None:
    colour = BLUE if (part["grade"] == "").all() else INK
    half = [
        rounding_band(dollars)[1] - dollars if p == "about" else 0
        for dollars, p in zip(part["dollars"], part["precision"], strict=True)
    ]
    written, texts = -1.0, []
    for dollars, area, about in zip(part["dollars"], part["area"], part["precision"].eq("about"), strict=True):
        short = f"{'about ' if about else ''}{dollars / BILLION:g} bn"
        apart = abs(dollars - written) >= APART * BILLION
        texts.append("" if not apart else short if area == "Mexico" else f"{short}, {area}")
        written = dollars if apart else written
    mark = f"data[{len(fig.data)}]"  # smaller on a slide, so that its box is seen, and a space further from its words
    on_a_slide(fig, {f"{mark}.marker.size": 6, f"{mark}.text": [f"{t}\u00a0" for t in texts]})
    fig.add_scatter(
        x=part["when"],
        y=part["dollars"],
        mode="markers+text",
        hovertext=part["text"],
        hoverinfo="text",
        text=[label(t, 40) for t in texts],
        textposition=[
            "middle left" if len(part) == 1 else "top left" if area == "Mexico" else "top right"
            for area in part["area"]
        ],
        textfont={"size": 12},
        cliponaxis=False,
        row=row,
        col=1,
        name=part["status"].iloc[0],
        error_y={"type": "data", "array": half, "color": BAND[colour], "thickness": 12, "width": 0},
        marker={
            "symbol": ["circle-open" if g == "B" else "circle" for g in part["grade"]],
            "size": 10,
            "color": colour,
            "line": {"width": 2, "color": colour},
        },
    )


def _money_finding(stated: pd.DataFrame) -> str:
    """What the article's sum fits, and what had been voted by its date."""
    claim = stated[stated["grade"].eq("")].iloc[0]
    before = stated[stated["grade"].ne("") & stated["when"].le(claim["when"])]
    voted = before[before["status"].eq("appropriated")].iloc[-1]
    low, high = rounding_band(claim["dollars"])
    spent = before[before["status"].eq("spent") & before["dollars"].between(low, high)]
    start = f"The article's {claim['words']} “{claim['status']}”"
    fits = f"fits what was spent ({spent['words'].iloc[-1]})" if len(spent) else "fits no sum spent that we found"
    return f"{start} {fits}; {voted['words']} had been voted by then"


def merida_by_fiscal_year(merida_years: pd.DataFrame) -> go.Figure:
    """The Merida money of each fiscal year where it is known, and an empty slot that says so where it is not.

    `merida_years`: load_record("merida-by-fiscal-year").
    """
    known = merida_years["million_dollars"].notna()
    values = official_values(merida_years, "million_dollars").set_index("period")
    top = float(merida_years["million_dollars"].max()) * 1.05
    fig = make_subplots(rows=1, cols=1)
    blank = merida_years.loc[~known, "period"]
    fig.add_bar(
        x=[top] * len(blank),
        y=blank,
        orientation="h",
        width=0.62,
        name="not known",
        text=["not known"] * len(blank),
        textposition="inside",
        insidetextanchor="start",
        constraintext="none",
        textfont={"color": INK, "size": 13},
        hoverinfo="text",
        hovertext=[
            hover(
                f"{p}: not known",
                "No figure was seen for this year. This does not mean that there was no money.",
                "Derived by us",
            )
            for p in blank
        ],
        marker={
            "color": "#FFFFFF",
            "pattern": {"shape": "/", "fgcolor": RULE, "fillmode": "overlay", "size": 9, "solidity": 0.2},
        },
    )
    on_a_slide(fig, {"data[0].width": 0.9, "yaxis.dtick": 1})
    for at in (len(merida_years) - 1 - merida_years.index[~known]).tolist():
        _frame_of_a_blank(fig, at, top)
    states = merida_years.set_index("period")["status"]
    for period, value in values.iterrows():
        projected = states[period] != "appropriated"
        fig.add_bar(
            x=[value["value"]],
            y=[period],
            orientation="h",
            width=0.62,
            name=states[period],
            hoverinfo="text",
            hovertext=[value["text"] + "<br>" + label(f"State of the money: {states[period]}", 60)],
            cliponaxis=False,
            constraintext="none",  # else the number shrinks with the bar, and goes where it would be too small
            text=[f"{number(value['value'])}{', projected' if projected else ''}"],
            textposition="outside",
            textfont={"color": INK, "size": 13},
            marker={
                "color": BLUE if value["grade"] == "A" else "#FFFFFF",
                "line": {"color": BLUE, "width": 2},
                "pattern": {
                    "shape": "/" if projected else "",
                    "fgcolor": BLUE,
                    "fillmode": "overlay",
                    "size": 7,
                    "solidity": 0.25,
                },
            },
        )
    key_line(fig, [("■", BLUE, "grade A"), ("□", BLUE, "grade B"), ("▨", MUTED, "not known")])
    fig.update_yaxes(categoryorder="array", categoryarray=merida_years["period"][::-1].tolist(), showgrid=False)
    fig.update_xaxes(range=[0, top * 1.08], title="million US dollars", tickformat=",d")
    fig.update_layout(barmode="overlay", margin={"t": 34, "b": 48, "l": 60, "r": 14})
    last = values.iloc[-1]
    return finish(
        fig,
        finding=f"Merida year by year: {int(known.sum())} of {len(merida_years)} fiscal years are known, from "
        f"{number(values['value'].min())} to {number(values['value'].max())} million dollars",
        measure="Money for Mexico under the Merida Initiative in a US fiscal year (October to September), in millions "
        "of US dollars. "
        "White bar: read second-hand (grade B). Striped: not known, or projected.",
        unit="million US dollars a fiscal year",
        source=source_of(merida_years),
        note=f"{merida_years.attrs['counts_not']}. Empty slots: no figure was seen; the money of those years is not "
        "nought.",
        description="Bars by fiscal year. "
        + "; ".join(
            f"{p} {'not known' if not k else number(float(v)) + ' million'}"
            for p, k, v in zip(merida_years["period"], known, merida_years["million_dollars"], strict=True)
        )
        + f". The last, {last.name}, is {states[last.name]}.",
        rows=pd.DataFrame(
            {
                "Fiscal year": merida_years["period"],
                "Million US dollars": [
                    float(v) if k else "not known" for k, v in zip(known, merida_years["million_dollars"], strict=True)
                ],
                "State": merida_years["status"],
                "Grade": merida_years["grade"].fillna(""),
                "Read from": merida_years["source"].fillna(""),
            }
        ),
        height=YEAR_ROW * len(merida_years),
    )


def _frame_of_a_blank(fig: go.Figure, at: int, top: float) -> None:
    """A dashed frame; on a slide, where rows are low, higher than a bar, so that it runs around the words."""
    on_a_slide(
        fig, {f"shapes[{len(fig.layout.shapes)}].{end}": at + side for end, side in (("y0", -0.45), ("y1", 0.45))}
    )
    frame = {"color": UNKNOWN, "dash": "dash", "width": 1.5}
    fig.add_shape(type="rect", x0=0, x1=top, y0=at - 0.31, y1=at + 0.31, line=frame)
