"""Charts of the Merida money as official documents state it: totals at their dates, and the years that are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..claims.limits import most_reported
from ..drawing.facts import note_in_words, precision_in_words
from ..drawing.finish import chart, finish
from ..drawing.grid import grid_of_lines, scale_under, stage
from ..drawing.marks import marker_of
from ..drawing.official import grade_in_words, key_line, middle_of, official_values, source_of
from ..drawing.stage import on_slide
from ..drawing.text import hover, label
from ..drawing.theme import ARTICLE, INK, MUTED, OFFICIAL, TEXT, TEXT_FONT, WHITE, faded
from ..words.cites import day_of, sources
from ..words.dates import day
from ..words.language import Texts, titled
from ..words.links import place_of
from ..words.numbers import LOWER_BOUNDS, in_words, number, rounding_band
from .money import money_claims
from .on_record import MOST_CLAIMS

BILLION = 1e9

# ---------------------------------------------------------------------------------------------------- totals as stated

STATUSES = ("appropriated", "managed", "delivered", "spent", "paid")  # a row each, in the order of the money’s stages
BAND_OPACITY = 0.3
NUMBER = {"page": 16, "slide": 0}  # px for a number over its mark: on a page the name of the row stands there too


def stated_totals(facts: pd.DataFrame, merida_totals: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Every statement of a Merida total, the documents' and the articles', by status and date, and a note on limits.

    Columns: status, state (the same in words), when (Timestamp), on (the same in words), dollars, precision, words,
    grade ("" for an article), who, area, covers, text (the hover text).
    """
    claims, limit = most_reported(money_claims(facts[facts["programme"].eq("merida")]), MOST_CLAIMS)
    claims = claims.assign(state=_states(claims["money_status"]))
    stated = pd.DataFrame([*_by_documents(merida_totals), *map(_by_article, claims.to_dict("records"))])
    order = {status: at for at, status in enumerate(STATUSES)}
    stated = stated.assign(order=stated["status"].map(order)).sort_values(["order", "when"], kind="stable")
    return stated.drop(columns="order").reset_index(drop=True), limit


def _states(statuses: pd.Series) -> pd.Series:
    return statuses.map(Texts("codes").table("states_of_money"))


def _by_documents(merida_totals: pd.DataFrame) -> Iterator[dict]:
    texts, known = Texts("merida_totals_as_stated"), ["status", "precision", "area", "covers"]
    values = official_values(merida_totals, "billion_dollars").join(merida_totals[[*known, "document"]])
    values = values.assign(dollars=BILLION * values["value"], as_of=values["period"], state=_states(values["status"]))
    for value in values.to_dict("records"):
        words = in_words(value["dollars"], value["precision"], "US dollars")
        who = texts("document", document=value["document"], day=day(value["period"]))
        text = hover(
            texts("sum", words=words, status=value["state"]),
            f"{Texts('footer')('source', source=who)}. {grade_in_words(value['grade'])}",
            texts("counts", status=value["state"], area=value["area"], covers=value["covers"]),
            precision_in_words(value),
            note_in_words(value),
        )
        when = middle_of(value)
        kept = {name: value[name] for name in (*known, "state", "dollars", "grade")}
        yield kept | {"when": when, "on": day(value["period"]), "words": words, "text": text, "who": who, "record": ""}


def _by_article(claim: dict) -> dict:
    texts, hovers, record = Texts("merida_totals_as_stated"), Texts("hover"), place_of("fact", claim["fact"])
    span = Texts("windows")("span", start=day(claim["window_start"]), end=day(claim["window_end"]))
    text = hover(
        texts("sum", words=claim["words"], status=claim["state"]),
        hovers("counts", what=", ".join([claim["counts"], span])),
        note_in_words(claim),
        precision_in_words(claim),
        f"{hovers('says', who=claim['says'])}; {claim['cite']}",
        record=record,
    )
    return {
        "status": claim["money_status"],
        "state": claim["state"],
        "when": pd.Timestamp(str(claim["as_of"])),
        "on": day_of(claim["cite"]),
        "words": claim["words"],
        "text": text,
        "dollars": claim["value"],
        "precision": claim["precision"],
        "grade": "",
        "who": claim["cite"],
        "area": claim["place"],
        "covers": span,
        "record": record,
    }


@chart
def merida_totals_as_stated(facts: pd.DataFrame, merida_totals: pd.DataFrame) -> go.Figure:
    """Totals of the Merida Initiative as documents and an article stated them, a row a status.

    `merida_totals`: load_record("merida-running-totals"). Statuses are never added and never joined.
    """
    texts = Texts("merida_totals_as_stated")
    stated, limit = stated_totals(facts, merida_totals)
    compared = _claim_and_documents(stated)
    by_then = stated[stated["when"].le(compared["claim"]["when"])].groupby("status", sort=False).tail(1)
    grid = grid_of_lines(list(by_then["status"]), [""])
    grid = replace(grid, above=grid.above + NUMBER[stage()])
    fig = go.Figure()
    for total in by_then.itertuples():
        _status_row(fig, total, grid.first_line_y[total.status], size=grid.letters)
    scale_under(
        fig,
        grid,
        names=[texts(f"rows.{total.status}", day=total.on) for total in by_then.itertuples()],
        margin={"t": 8, "b": 34, "r": 14},
        range=[0, 4.3 * BILLION],
        ticks={n * BILLION: texts("billion", number=n) if n else "0" for n in range(5)},
    )
    columns = {"who": "stated_by", "words": "total", "state": "status", "area": "for", "covers": "covers"}
    columns |= {"precision": "precision", "grade": "grade"}
    return finish(
        fig,
        **texts.of_chart(
            **compared,
            official=source_of(merida_totals),
            cites=sources(stated.loc[stated["grade"].eq(""), "who"]),
            counts_not=merida_totals.attrs["counts_not"],
            limit=limit,
            second_hand=Texts("official")("open") if by_then["grade"].eq("B").any() else "",
            statuses=" ".join(_state_in_words(state, part) for state, part in stated.groupby("state", sort=False)),
        ),
        rows=titled(_rows(stated)[[*columns]], columns),
        height=grid.height,
    )


def _rows(stated: pd.DataFrame) -> pd.DataFrame:
    precisions = Texts("hover").table("precisions")
    return stated.assign(precision=stated["precision"].map(precisions)).set_axis(stated["record"])


def _state_in_words(state: str, part: pd.DataFrame) -> str:
    texts = Texts("merida_totals_as_stated")
    sums = texts.each("stated", part[["words", "who"]].to_dict("records"))
    return texts("status", status=state.capitalize(), sums=sums)


def _status_row(fig: go.Figure, total: Any, y: float, *, size: int) -> None:  # noqa: ANN401
    """The last statement of one status, with its number; a box holds all sums that round to "about"."""
    texts = Texts("merida_totals_as_stated")
    colour = OFFICIAL if total.grade else ARTICLE
    words = texts("billion", number=total.dollars / BILLION)
    if total.precision in texts.table("precision"):
        words = texts(f"precision.{total.precision}", sum=words)
    second_hand = "circle-open" if total.grade == "B" else "circle"
    fig.add_scatter(
        x=[total.dollars],
        y=[y],
        mode="markers+text",
        hovertext=[total.text],
        hoverinfo="text",
        text=[f"<b>{words}</b>"],
        textposition="top center",
        textfont={"size": max(TEXT, size), "color": INK},
        cliponaxis=False,
        name=total.state,
        error_x={
            "type": "data",
            "array": [rounding_band(total.dollars)[1] - total.dollars if total.precision == "about" else 0],
            "color": faded(colour, BAND_OPACITY),
            "thickness": 12,
            "width": 0,
        },
        marker={
            "symbol": [marker_of(total.precision) if total.precision in LOWER_BOUNDS else second_hand],
            "size": 10,
            "color": colour,
            "line": {"width": 2, "color": colour},
        },
    )


def _claim_and_documents(stated: pd.DataFrame) -> dict[str, Any]:
    """The article's sum, and whether a document of its time calls such a sum spent."""
    texts = Texts("merida_totals_as_stated")
    claim = stated[stated["grade"].eq("")].iloc[0]
    before = stated[stated["grade"].ne("") & stated["when"].le(claim["when"])]
    spent = before[before["status"].eq("spent") & before["dollars"].between(*rounding_band(claim["dollars"]))]
    return {"claim": claim, "fits": texts("fits_nothing" if spent.empty else "fits")}


# ------------------------------------------------------------------------------------------------------ by fiscal year

YEAR_ROW = 34  # px
BAR = 0.62  # of a row


@chart
def merida_by_fiscal_year(merida_years: pd.DataFrame) -> go.Figure:
    """The Merida money of each fiscal year where a figure was found, and words that say so where none was.

    `merida_years`: load_record("merida-by-fiscal-year").
    """
    texts = Texts("merida_by_fiscal_year")
    values = official_values(merida_years, "million_dollars").set_index("period")
    statuses = merida_years.set_index("period")["status"]
    states = _states(statuses)
    known, projected = statuses.eq("appropriated").sum(), statuses.eq("projected").sum()
    grades = values.loc[statuses[values.index].eq("appropriated"), "grade"].value_counts()
    fig = make_subplots(rows=1, cols=1)
    _unknown_years(fig, merida_years.loc[merida_years["million_dollars"].isna(), "period"])
    for period, value in values.iterrows():
        _year_bar(fig, period, value, states[period], projected=statuses[period] != "appropriated")
    key = [("■", "grade_a", grades.get("A", 0)), ("□", "grade_b", grades.get("B", 0)), ("▨", "is_projected", projected)]
    key_line(fig, [(sign, OFFICIAL, texts(name, count=n)) for sign, name, n in key if n])
    fig.update_yaxes(
        categoryorder="array",
        categoryarray=merida_years["period"][::-1].tolist(),
        showgrid=False,
        dtick=1 if on_slide() else None,
        ticklabelstandoff=8,
    )
    fig.update_xaxes(range=[0, values["value"].max() * 1.13], title=texts("axis"), tickformat=",d", showgrid=False)
    fig.update_layout(barmode="overlay", margin={"t": 34, "b": 48, "l": 60, "r": 14})
    last = values.index[-1]
    return finish(
        fig,
        **texts.of_chart(
            known=known,
            projected=projected,
            years=len(merida_years),
            official=source_of(merida_years),
            counts_not=merida_years.attrs["counts_not"],
            each_year="; ".join(_year_in_words(year) for year in merida_years.itertuples()),
            last=last,
            status=states[last],
        ),
        rows=_year_rows(merida_years),
        height=YEAR_ROW * len(merida_years),
    )


def _year_in_words(year: Any) -> str:  # noqa: ANN401
    texts = Texts("merida_by_fiscal_year")
    if pd.isna(year.million_dollars):
        return texts("year_not_known", period=year.period)
    return texts("year", period=year.period, millions=number(float(year.million_dollars)))


def _year_rows(merida_years: pd.DataFrame) -> pd.DataFrame:
    unknown = Texts("merida_by_fiscal_year")("not_known")
    millions = [unknown if pd.isna(m) else float(m) for m in merida_years["million_dollars"]]
    columns = {"period": "fiscal_year", "millions": "millions", "status": "state", "grade": "grade"}
    columns |= {"source": "read_from"}
    shown = merida_years.assign(millions=millions, status=_states(merida_years["status"]))
    return titled(shown.fillna({"grade": "", "source": ""})[[*columns]], columns)


def _unknown_years(fig: go.Figure, periods: pd.Series) -> None:
    """Words at the axis for each year without a figure: they have no length, so they cannot look like a sum."""
    texts = Texts("merida_by_fiscal_year")
    fig.add_scatter(
        x=[0] * len(periods),
        y=periods,
        mode="text",
        name=texts("not_known"),
        text=[f"\u00a0{texts('not_known')}"] * len(periods),  # the space keeps the words off the axis
        textposition="middle right",
        textfont=TEXT_FONT | {"color": MUTED},
        hoverinfo="text",
        hovertext=[hover(texts("unknown", period=period), texts("unknown_means")) for period in periods],
    )


def _year_bar(fig: go.Figure, period: str, value: pd.Series, state: str, *, projected: bool) -> None:
    """The bar of a year that is known: white where it was read second-hand, striped where it was projected."""
    texts, amount = Texts("merida_by_fiscal_year"), number(value["value"])
    fig.add_bar(
        x=[value["value"]],
        y=[period],
        orientation="h",
        width=BAR,
        name=state,
        hoverinfo="text",
        hovertext=[f"{value['text']}<br>{label(texts('state', status=state))}"],
        cliponaxis=False,
        constraintext="none",  # else the number shrinks with the bar, and goes where it would be too small
        text=[texts("projected", amount=amount) if projected else amount],
        textposition="outside",
        textfont=TEXT_FONT,
        marker={
            "color": OFFICIAL if value["grade"] == "A" else WHITE,
            "line": {"color": OFFICIAL, "width": 2},
            "pattern": {
                "shape": "/" if projected else "",
                "fgcolor": OFFICIAL,
                "fillmode": "overlay",
                "size": 7,
                "solidity": 0.25,
            },
        },
    )
