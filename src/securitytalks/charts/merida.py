"""Charts of the Merida money as official documents state it: totals at their dates, and the years that are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..claims.limits import most_reported
from ..drawing.facts import note_in_words, precision_in_words
from ..drawing.finish import chart, finish
from ..drawing.official import grade_in_words, key_line, number, official_values, source_of
from ..drawing.panels import Place, one_under_the_other, panels
from ..drawing.stage import on_slide
from ..drawing.text import hover, label
from ..drawing.theme import BLUE, INK, MUTED, SMALL, TEXT_FONT, WHITE, faded
from ..words.cites import sources
from ..words.dates import day
from ..words.language import Texts, titled
from ..words.links import place_of
from ..words.numbers import in_words, rounding_band
from .money import money_claims
from .on_record import MOST_CLAIMS

BILLION = 1e9

# ---------------------------------------------------------------------------------------------------- totals as stated

STATUSES = ("appropriated", "managed", "spent", "paid")  # a panel each, in this order
TALL, LOW = 210, 74  # px of a panel with many statements, and of a panel with one
MANY = 3  # statements that need a tall panel
BAND_OPACITY = {BLUE: 0.35, INK: 0.3}
NEAR = 0.25 * BILLION  # dollars: nearer to the last number written, a mark has no number of its own


def stated_totals(facts: pd.DataFrame, merida_totals: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Every statement of a Merida total, the documents' and the articles', by status and date, and a note on limits.

    Columns: status, when (Timestamp), dollars, precision, words, grade ("" for an article), who, area, covers, text
    (the hover text).
    """
    claims, limit = most_reported(money_claims(facts[facts["programme"].eq("merida")]), MOST_CLAIMS)
    stated = pd.DataFrame([*_by_documents(merida_totals), *(_by_article(claim) for claim in claims.itertuples())])
    order = {status: at for at, status in enumerate(STATUSES)}
    stated = stated.assign(order=stated["status"].map(order)).sort_values(["order", "when"], kind="stable")
    return stated.drop(columns="order").reset_index(drop=True), limit


def _by_documents(merida_totals: pd.DataFrame) -> Iterator[dict]:
    texts = Texts("merida_totals_as_stated")
    extra = merida_totals[["status", "precision", "area", "covers", "document"]].reset_index(drop=True)
    for value in pd.concat([official_values(merida_totals, "billion_dollars"), extra], axis=1).itertuples():
        words = in_words(value.value * BILLION, value.precision, "US dollars")
        who = texts("document", document=value.document, day=day(value.period))
        text = hover(
            texts("sum", words=words, status=value.status),
            Texts("footer")("source", source=who),
            texts("counts", status=value.status, area=value.area, covers=value.covers),
            precision_in_words({"precision": value.precision, "as_of": value.period}),
            grade_in_words(value.grade),
            note_in_words({"note": value.note}),
        )
        yield {
            "status": value.status,
            "when": value.start + (value.end - value.start) / 2,
            "words": words,
            "text": text,
            "dollars": value.value * BILLION,
            "precision": value.precision,
            "grade": value.grade,
            "who": who,
            "area": value.area,
            "covers": value.covers,
            "record": "",
        }


def _by_article(claim: Any) -> dict:  # noqa: ANN401
    texts, hovers = Texts("merida_totals_as_stated"), Texts("hover")
    span = Texts("windows")("span", start=day(claim.window_start), end=day(claim.window_end))
    text = hover(
        texts("sum", words=claim.words, status=claim.money_status),
        hovers("counts", what=f"{claim.counts}, {span}"),
        precision_in_words({"precision": claim.precision, "as_of": claim.as_of}),
        hovers("says", who=claim.says),
        claim.cite,
        note_in_words({"note": claim.note}),
        record=place_of("fact", claim.fact),
    )
    return {
        "status": claim.money_status,
        "when": pd.Timestamp(str(claim.as_of)),
        "words": claim.words,
        "text": text,
        "dollars": claim.value,
        "precision": claim.precision,
        "grade": "",
        "who": claim.cite,
        "area": claim.place,
        "covers": span,
        "record": place_of("fact", claim.fact),
    }


@chart
def merida_totals_as_stated(facts: pd.DataFrame, merida_totals: pd.DataFrame) -> go.Figure:
    """Totals of the Merida Initiative as documents and an article stated them, each at its date, a panel a status.

    `merida_totals`: load_record("merida-running-totals"). Statuses are never added and never joined.
    """
    texts = Texts("merida_totals_as_stated")
    stated, limit = stated_totals(facts, merida_totals)
    parts = dict(list(stated.groupby("status", sort=False)))
    heights = [TALL if len(part) >= MANY else LOW for part in parts.values()]
    titles = [texts(f"panels.{status}") for status in parts]
    fig = panels(titles, heights, gap=0.09, slide=_places_on_a_slide(heights), shared_xaxes=True)
    for row, part in enumerate(parts.values(), start=1):
        _status_panel(fig, part, row)
    edge = pd.Timedelta(days=500)
    fig.update_xaxes(type="date", tickformat="%Y", range=[stated["when"].min() - edge, stated["when"].max() + edge])
    ticks = [0, 2, 4]
    fig.update_yaxes(
        range=[0, 4.1 * BILLION],
        tickvals=[n * BILLION for n in ticks],
        ticktext=["0", *(texts("billion", number=n) for n in ticks[1:])],
    )
    fig.update_layout(barmode="overlay", margin={"t": 34, "b": 30, "l": 46, "r": 14})
    columns = {"who": "stated_by", "words": "total", "status": "status", "area": "for", "covers": "covers"}
    columns |= {"precision": "precision", "grade": "grade"}
    return finish(
        fig,
        **texts.of_chart(
            **_claim_and_documents(stated),
            official=source_of(merida_totals),
            cites=sources(stated.loc[stated["grade"].eq(""), "who"]),
            counts_not=merida_totals.attrs["counts_not"],
            limit=limit,
            statuses=" ".join(_status_in_words(status, part) for status, part in parts.items()),
        ),
        rows=titled(stated.set_axis(stated["record"])[[*columns]], columns),
        height=sum(heights) + 40 * len(parts),
    )


def _status_in_words(status: str, part: pd.DataFrame) -> str:
    texts = Texts("merida_totals_as_stated")
    sums = texts.each("stated", part[["words", "who"]].to_dict("records"))
    return texts("status", status=status.capitalize(), sums=sums)


def _places_on_a_slide(heights: list[int]) -> list[Place]:
    """The panels with many statements at the left, those with one at the right; alike ones over the whole width."""
    if len(set(heights)) == 1:
        return one_under_the_other(heights)
    sides = {TALL: (0, 0.58), LOW: (0.67, 1)}
    free = {height: one_under_the_other([1] * heights.count(height)) for height in sides}
    return [(*sides[height], *free[height].pop(0)[2:]) for height in heights]


def _status_panel(fig: go.Figure, part: pd.DataFrame, row: int) -> None:
    """The statements of one status, each a mark at its date; a box holds all sums that round to an "about"."""
    colour = BLUE if (part["grade"] == "").all() else INK
    half_bands = [rounding_band(s.dollars)[1] - s.dollars if s.precision == "about" else 0 for s in part.itertuples()]
    in_mexico = part["area"].eq("Mexico")
    sides = ["middle left"] * len(part) if len(part) == 1 else in_mexico.map({True: "top left", False: "top right"})
    numbers = _numbers_beside_marks(part)
    fig.add_scatter(
        x=part["when"],
        y=part["dollars"],
        mode="markers+text",
        hovertext=part["text"],
        hoverinfo="text",
        # On a slide a space keeps a number away from its box.
        text=[f"{text}\u00a0" if on_slide() else label(text, 40) for text in numbers],
        textposition=list(sides),
        textfont={"size": SMALL},
        cliponaxis=False,
        row=row,
        col=1,
        name=part["status"].iloc[0],
        error_y={
            "type": "data",
            "array": half_bands,
            "color": faded(colour, BAND_OPACITY[colour]),
            "thickness": 12,
            "width": 0,
        },
        marker={
            "symbol": ["circle-open" if grade == "B" else "circle" for grade in part["grade"]],
            "size": 6 if on_slide() else 10,  # smaller on a slide, so that its box is seen
            "color": colour,
            "line": {"width": 2, "color": colour},
        },
    )


def _numbers_beside_marks(part: pd.DataFrame) -> list[str]:
    """The number beside each mark; none where it would stand on the last one that was written."""
    texts, last, numbers = Texts("merida_totals_as_stated"), -BILLION, []
    for stated in part.itertuples():
        apart = abs(stated.dollars - last) >= NEAR
        short = texts("billion", number=stated.dollars / BILLION)
        short = texts("about", sum=short) if stated.precision == "about" else short
        short = short if stated.area == "Mexico" else f"{short}, {stated.area}"
        numbers.append(short if apart else "")
        last = stated.dollars if apart else last
    return numbers


def _claim_and_documents(stated: pd.DataFrame) -> dict[str, object]:
    """What the article's sum fits, and what had been voted by its date."""
    texts = Texts("merida_totals_as_stated")
    claim = stated[stated["grade"].eq("")].iloc[0]
    before = stated[stated["grade"].ne("") & stated["when"].le(claim["when"])]
    low, high = rounding_band(claim["dollars"])
    spent = before[before["status"].eq("spent") & before["dollars"].between(low, high)]
    return {
        "claim": claim,
        "fits": texts("fits", spent=spent["words"].iloc[-1]) if len(spent) else texts("fits_nothing"),
        "voted": before[before["status"].eq("appropriated")].iloc[-1],
    }


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
    known, projected = statuses.eq("appropriated").sum(), statuses.eq("projected").sum()
    grades = values.loc[statuses[values.index].eq("appropriated"), "grade"].value_counts()
    fig = make_subplots(rows=1, cols=1)
    _unknown_years(fig, merida_years.loc[merida_years["million_dollars"].isna(), "period"])
    for period, value in values.iterrows():
        _year_bar(fig, period, value, statuses[period])
    key = [("■", "grade_a", grades.get("A", 0)), ("□", "grade_b", grades.get("B", 0)), ("▨", "is_projected", projected)]
    key_line(fig, [(sign, BLUE, texts(name, count=n)) for sign, name, n in key if n])
    fig.update_yaxes(
        categoryorder="array",
        categoryarray=merida_years["period"][::-1].tolist(),
        showgrid=False,
        dtick=1 if on_slide() else None,
    )
    fig.update_xaxes(range=[0, values["value"].max() * 1.13], title=texts("axis"), tickformat=",d")
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
            status=statuses[last],
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
    rows = merida_years.assign(millions=millions).fillna({"grade": "", "source": ""})[[*columns]]
    return titled(rows, columns)


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
        hovertext=[
            hover(texts("unknown", period=period), texts("unknown_means"), Texts("hover")("derived"))
            for period in periods
        ],
    )


def _year_bar(fig: go.Figure, period: str, value: pd.Series, status: str) -> None:
    """The bar of a year that is known: white where it was read second-hand, striped where it was projected."""
    texts, amount = Texts("merida_by_fiscal_year"), number(value["value"])
    projected = status != "appropriated"
    fig.add_bar(
        x=[value["value"]],
        y=[period],
        orientation="h",
        width=BAR,
        name=status,
        hoverinfo="text",
        hovertext=[f"{value['text']}<br>{label(texts('state', status=status), 60)}"],
        cliponaxis=False,
        constraintext="none",  # else the number shrinks with the bar, and goes where it would be too small
        text=[texts("projected", amount=amount) if projected else amount],
        textposition="outside",
        textfont=TEXT_FONT,
        marker={
            "color": BLUE if value["grade"] == "A" else WHITE,
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
