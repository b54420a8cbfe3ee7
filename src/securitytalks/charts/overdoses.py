"""Claims of the articles about overdose deaths in the United States, drawn on CDC's counts for twelve months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..claims.deaths import claims_about
from ..claims.limits import most_reported
from ..drawing.facts import precision_in_words
from ..drawing.finish import chart, finish
from ..drawing.official import (
    add_official_line,
    key_line,
    key_of,
    label_value,
    number,
    official_rows,
    official_values,
    source_of,
)
from ..drawing.panels import panels
from ..drawing.stage import on_slide
from ..drawing.text import hover, label
from ..drawing.theme import ALSO_OFFICIAL, ARTICLE, MUTED_FONT, OFFICIAL, SHADE, SMALL_FONT
from ..words.cites import sources
from ..words.dates import day
from ..words.language import Texts, missing
from ..words.links import place_of
from ..words.numbers import fraction_band, in_words, rounding_band
from .deaths import claim_hover
from .on_record import claims_above_official

MOST_BANDS = 1  # claims of one window: the labels of more would hide one another
FENTANYL_FROM = pd.Timestamp("2013-01-01")  # before, fewer than one in ten overdose deaths involved synthetic opioids


@dataclass(frozen=True)
class _Band:
    """A claim as a band on a time axis: where it stands, and the numbers that would be printed as it is."""

    claim: pd.Series
    text: str
    when: pd.Timestamp
    low: float
    high: float
    value: float


# ------------------------------------------------------------------------------------------------------- all overdoses


@chart
def overdose_claims_on_record(facts: pd.DataFrame, overdose_12_months: pd.DataFrame) -> go.Figure:
    """The claims about US overdose deaths as bands, on CDC's counts for twelve months, reported and predicted.

    `overdose_12_months`: load_record("us-overdose-12-months"). A count stands at the last of its twelve months.
    """
    texts = Texts("overdose_claims_on_record")
    reported, predicted = (official_values(overdose_12_months, column) for column in ("reported", "predicted"))
    claims, limit = most_reported(_within(claims_about(facts, "us-overdose-deaths"), reported), MOST_BANDS)
    bands = [_band_of_count(claim, claim["end"]) for _, claim in claims.iterrows()]
    low = reported["value"].min() // 10_000 * 10_000
    fig = _twelve_months(reported, predicted, bands, low)
    first, peak = claims.iloc[0], predicted.loc[predicted["value"].idxmax()]
    counted = _at(reported, first["end"])
    label_value(fig, counted, number(counted["value"]), ax=-45, ay=-42)
    if peak["end"] > first["end"]:
        label_value(fig, peak, texts("peak", peak=peak["value"]), ax=40, ay=-24)
    fits = all(band.low <= _at(reported, band.claim["end"])["value"] <= band.high for band in bands)
    return finish(
        fig,
        **texts.of_chart(
            claim=first["words"],
            fits=texts("fits" if fits else "does_not_fit"),
            counted=counted["value"],
            expected=_at(predicted, first["end"])["value"],
            month=day(first["window_end"]),
            when_highest=texts("peak_later" if peak["end"] > first["end"] else "at_peak"),
            peak=peak,
            axis_from=low,
            official=source_of(overdose_12_months, texts("counts")),
            cites=sources(claims["cite"]),
            limit=limit,
            start=round(reported["value"].iloc[0], -3),
            start_month=day(reported["period"].iloc[0]),
        ),
        rows=claims_above_official(claims, official_rows(overdose_12_months, ["reported", "predicted"])),
        height=380,
    )


def _twelve_months(reported: pd.DataFrame, predicted: pd.DataFrame, bands: Sequence[_Band], low: float) -> go.Figure:
    """Both counts of twelve months as lines on an axis that starts at `low`, and the claims as bands."""
    fig, texts = make_subplots(rows=1, cols=1), Texts("overdose_claims_on_record")
    add_official_line(fig, reported, colour=OFFICIAL, size=2)
    add_official_line(fig, predicted, colour=ALSO_OFFICIAL, dash="dot", size=2)
    for band in bands:
        _add_band(fig, band, days=110, drop=125)
    article = ("■", ARTICLE, texts("article"))
    key_line(fig, [("━", OFFICIAL, texts("reported")), ("┅", ALSO_OFFICIAL, texts("predicted")), article])
    _mark_provisional(fig, reported)
    high = max(predicted["value"].max(), *(band.high for band in bands)) * 1.08
    fig.update_yaxes(range=[low, high], tickformat=",d")
    fig.update_xaxes(type="date", tickformat="%Y")
    fig.update_layout(margin={"t": 34, "b": 30, "l": 58, "r": 18})
    return fig


def _mark_provisional(fig: go.Figure, values: pd.DataFrame) -> None:
    """Shade the periods whose values the publisher calls provisional."""
    provisional = values[values["note"].notna()]
    if provisional.empty:
        return
    start, end = provisional["end"].iloc[0], provisional["end"].iloc[-1]
    fig.add_vrect(x0=start, x1=end, fillcolor=SHADE, line_width=0, layer="below")
    fig.add_annotation(
        text=Texts("overdose_claims_on_record")("provisional"),
        x=end,
        y=0,
        yref="y domain",
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font=MUTED_FONT,
    )


# ------------------------------------------------------------------------------------------------------------ fentanyl


@chart
def fentanyl_on_record(
    facts: pd.DataFrame, overdose_12_months: pd.DataFrame, overdose_years: pd.DataFrame
) -> go.Figure:
    """The claims about fentanyl, a count and a share, on CDC's counts of deaths with synthetic opioids.

    `overdose_12_months`, `overdose_years`: load_record("us-overdose-12-months"), load_record("us-overdose-deaths").
    """
    texts, columns = Texts("fentanyl_on_record"), ("synthetic_opioids", "synthetic_share")
    counts, share = claims_about(facts, "us-fentanyl-deaths"), share_claim(facts)
    counts, limit = most_reported(_within(counts, official_values(overdose_years, columns[0])), MOST_BANDS)
    shown = overdose_years[overdose_years["start"].ge(FENTANYL_FROM)]
    months = [official_values(overdose_12_months, column) for column in columns]
    years = [official_values(shown, column) for column in columns]
    fig, share_band = _fentanyl_panels(columns, months, years), _band_of_share(share)
    for _, claim in counts.iterrows():
        _add_band(fig, _band_of_count(claim, _middle(claim)), days=220, drop=95)
    _add_band(fig, share_band, row=2, days=220, drop=80)
    first = counts.iloc[0]
    month, year_to = day(share["window_end"]), _at(months[0], share["end"])
    peak = months[0].loc[months[0]["value"].idxmax()]
    label_value(fig, year_to, texts("in_months", number=year_to["value"], month=month), middle=True, ax=-60, ay=-32)
    return finish(
        fig,
        **texts.of_chart(
            claim=first["words"],
            fits=_fitting_months(first, months[0]),
            month=month,
            year_to=year_to,
            peak=peak,
            peak_month=day(peak["period"]),
            last=months[0].iloc[-1],
            key=key_of(years[0]),
            official=source_of(overdose_years, texts("counts")),
            cites=sources([*counts["cite"], share["cite"]]),
            our_reading=_our_reading(first),
            limit=limit,
            percent=number(_at(months[1], share["end"])["value"]),
            share=share["words"],
            low=share_band.low,
            high=share_band.high,
        ),
        rows=claims_above_official(
            pd.concat([counts, share.to_frame().T]),
            pd.concat([official_rows(record, columns) for record in (shown, overdose_12_months)]),
        ),
        height=470,
    )


def _fentanyl_panels(columns: Sequence[str], months: list[pd.DataFrame], years: list[pd.DataFrame]) -> go.Figure:
    """A panel for the counts and one for the shares, each with a line of twelve months and one of calendar years."""
    titles = [Texts("fentanyl_on_record")(f"panels.{column}") for column in columns]
    fig = panels(titles, gap=0.16, slide=[(0, 0.46, 0, 1), (0.55, 1, 0, 1)], shared_xaxes=True)
    for row, (of_months, of_years) in enumerate(zip(months, years, strict=True), start=1):
        add_official_line(fig, of_years, colour=ALSO_OFFICIAL, dash="dot", row=row, size=9, middle=True)
        add_official_line(fig, of_months, colour=OFFICIAL, row=row, size=2, middle=True)
        top = 1.3 * max(of_months["value"].max(), of_years["value"].max())
        fig.update_yaxes(range=[0, top], tickformat=",d", row=row, col=1)
    fig.update_xaxes(type="date", tickformat="%Y", ticklabelmode="period")
    fig.update_layout(margin={"t": 34, "b": 30, "l": 52, "r": 18})
    return fig


def _fitting_months(claim: pd.Series, months: pd.DataFrame) -> str:
    """Name all twelve months before the article that a claim without a year fits, within its rounding.

    The last twelve months before the article are named too where they do not fit. Nobody chooses a year.
    """
    texts = Texts("fentanyl_on_record")
    known = months[months["end"].lt(claim["published"])]
    low, high = rounding_band(claim["value"])
    fitting, last = known[known["value"].between(low, high)], known.iloc[-1]
    if fitting.empty:
        return texts("fits_none", month=day(last["period"]), last=last)
    spans = {"first": day(fitting["period"].iloc[0]), "last": day(fitting["period"].iloc[-1])}
    whole = len(fitting) == fitting.index[-1] - fitting.index[0] + 1
    words = texts("fits_all", **spans) if whole else texts("fits_some", **spans, count=len(fitting))
    if last["period"] == fitting["period"].iloc[-1]:
        return words
    side = texts("above" if last["value"] > high else "below")
    return words + texts("last_months", month=day(last["period"]), side=side)


def _our_reading(claim: pd.Series) -> str:
    """A warning where the article does not say which year it means."""
    if not claim["window_inferred"]:
        return ""
    return Texts("fentanyl_on_record")("our_reading", words=claim["words"], window=day(claim["window_end"]))


def share_claim(facts: pd.DataFrame) -> pd.Series:
    """The claim that gives fentanyl's share of overdose deaths; adds `words`. Raises NoData where there is none."""
    wholes = facts.loc[facts["measures"].eq("us-overdose-deaths"), "fact"]
    shares = facts[facts["share_of"].isin(wholes)]
    if shares.empty:
        raise missing("share_claim")
    share = shares.iloc[0].copy()
    share["words"] = in_words(share["value"], share["precision"], share["unit"])
    return share


def _share_hover(share: pd.Series) -> str:
    texts, (low, high) = Texts("hover"), fraction_band(share["value"])
    return hover(
        texts("claim", words=share["words"], label=share["label"]),
        texts("counts", what=share["counts"]),
        " ".join([precision_in_words(share), Texts("fentanyl_on_record")("allows", low=100 * low, high=100 * high)]),
        f"{texts('says', who=share['says'])}; {share['cite']}",
        record=place_of("fact", share["fact"]),
    )


# ------------------------------------------------------------------------------------------------ claims beside counts


def _within(claims: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """The claims whose window ends with a period of the official count. Raises NoData where there is none."""
    found = claims[claims["end"].isin(values["end"])]
    if found.empty:
        raise missing("within_count", first=values["period"].iloc[0], last=values["period"].iloc[-1])
    return found.reset_index(drop=True)


def _at(values: pd.DataFrame, end: pd.Timestamp) -> pd.Series:
    """The official value for the period that ends on a day. Raises ValueError where there is none."""
    found = values[values["end"].eq(end)]
    if found.empty:
        raise ValueError(
            f"the record has no value for the period that ends on {day(end.date())}; it has "
            f"{values['period'].iloc[0]} to {values['period'].iloc[-1]}"
        )
    return found.iloc[0]


def _middle(claim: pd.Series) -> pd.Timestamp:
    return claim["start"] + (claim["end"] - claim["start"]) / 2


def _band_of_count(claim: pd.Series, when: pd.Timestamp) -> _Band:
    low, high = rounding_band(claim["value"])
    return _Band(claim, claim_hover(claim), when, low, high, claim["value"])


def _band_of_share(share: pd.Series) -> _Band:
    """The band of fentanyl's share, in percent."""
    low, high = (100 * edge for edge in fraction_band(share["value"]))
    return _Band(share, _share_hover(share), _middle(share), low, high, 100 * share["value"])


def _add_band(fig: go.Figure, band: _Band, *, days: int, drop: int, row: int = 1) -> None:
    """Draw a band so many days wide, its dot, and its label so many px below."""
    words, panel = band.claim["words"], "" if row == 1 else row
    shared = {"hovertext": [band.text], "hoverinfo": "text", "name": words, "row": row, "col": 1}
    fig.add_bar(
        x=[band.when],
        y=[band.high - band.low],
        base=[band.low],
        width=pd.Timedelta(days=days) / pd.Timedelta(milliseconds=1),
        marker={"color": ARTICLE, "opacity": 0.4},
        **shared,
    )
    fig.add_scatter(x=[band.when], y=[band.value], mode="markers", marker={"size": 10, "color": ARTICLE}, **shared)
    fig.add_annotation(
        text=f"<b>{label(words, 14)}</b><br>{day(band.claim['as_of'])}",
        x=band.when,
        y=band.low,
        ax=0,
        ay=drop if not on_slide() else drop * 2 // 3,
        xref=f"x{panel}",
        yref=f"y{panel}",
        xanchor="center",
        yanchor="top",
        align="center",
        showarrow=True,
        arrowhead=0,
        arrowwidth=1,
        arrowcolor=ARTICLE,
        font=SMALL_FONT,
    )
