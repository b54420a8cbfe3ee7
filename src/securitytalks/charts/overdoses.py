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
from ..drawing.marks import add_point
from ..drawing.official import (
    add_official_line,
    key_line,
    label_value,
    official_rows,
    official_values,
    source_of,
)
from ..drawing.panels import panels
from ..drawing.stage import on_slide
from ..drawing.text import hover, label
from ..drawing.theme import ALSO_OFFICIAL, ARTICLE, MUTED, MUTED_FONT, OFFICIAL, SHADE, SMALL_FONT
from ..words.cites import day_of, sources
from ..words.dates import day
from ..words.language import Texts, missing
from ..words.links import place_of
from ..words.numbers import fraction_band, in_words, number, rounding_band
from .deaths import claim_hover
from .on_record import claims_above_official

MOST_BANDS = 1  # claims of one window: the labels of more would hide one another
DOT = {"size": 8, "color": OFFICIAL}
COUNTED = {"size": 7, "color": OFFICIAL}  # inside the mark of a claim; an open mark would be one read second-hand
BEFORE = pd.Timedelta(days=150)  # between the edge of a chart and its first count
NO_YEAR = pd.Timedelta(days=800)  # the place of a claim that names no year


@dataclass(frozen=True)
class _Band:
    """A claim as a band over all times: where its mark stands, and the numbers that would be printed as it is."""

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
    first = claims.iloc[0]
    counted = _at(reported, first["end"])
    add_point(fig, counted["end"], counted["value"], text=counted["text"], marker=COUNTED, row=1, col=1)
    label_value(fig, counted, number(counted["value"]), ax=-45, ay=-42)
    fits = all(band.low <= _at(reported, band.claim["end"])["value"] <= band.high for band in bands)
    return finish(
        fig,
        **texts.of_chart(
            claim=first["words"],
            fits=texts("fits" if fits else "does_not_fit"),
            counted=counted["value"],
            expected=_at(predicted, first["end"])["value"],
            month=day(first["window_end"]),
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
    _mark_provisional(fig, reported)  # before the bands, which would be covered by it
    for band in bands:
        _add_band(fig, band)
        _label_under(fig, band, drop=125)
    article = ("■", ARTICLE, texts("article"))
    key_line(fig, [("━", OFFICIAL, texts("reported")), ("┅", ALSO_OFFICIAL, texts("predicted")), article])
    high = max(predicted["value"].max(), *(band.high for band in bands)) * 1.08
    fig.update_yaxes(range=[low, high], tickformat=",d")
    _years_on_axis(fig, reported)
    fig.update_layout(margin={"t": 34, "b": 30, "l": 58, "r": 18})
    return fig


def _mark_provisional(fig: go.Figure, values: pd.DataFrame, row: int = 1) -> None:
    """Shade the periods whose values the publisher calls provisional."""
    provisional = values[values["note"].notna()]
    if provisional.empty:
        return
    start, end = provisional["end"].iloc[0], provisional["end"].iloc[-1]
    fig.add_vrect(x0=start, x1=end, fillcolor=SHADE, line_width=0, layer="below", row=row, col=1)
    fig.add_annotation(
        text=Texts("overdose_claims_on_record")("provisional"),
        x=end,
        y=0,
        yref=f"y{row if row > 1 else ''} domain",
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font=MUTED_FONT,
        row=row,
        col=1,
    )


def _years_on_axis(fig: go.Figure, values: pd.DataFrame) -> None:
    """Name every year at its first of January, under each panel."""
    shown: dict[str, object] = {"range": [values["end"].iloc[0] - BEFORE, values["end"].iloc[-1] + BEFORE]}
    years = pd.date_range(values["end"].iloc[0], values["end"].iloc[-1] + BEFORE, freq="YS")
    shown |= {"tickvals": years, "ticktext": [*years.strftime("%Y")], "ticks": "outside", "showticklabels": True}
    fig.update_xaxes(type="date", **shown)


# ------------------------------------------------------------------------------------------------------------ fentanyl


@chart
def fentanyl_on_record(facts: pd.DataFrame, overdose_12_months: pd.DataFrame) -> go.Figure:
    """The claims about fentanyl, a count and a share, on CDC's counts of deaths with synthetic opioids.

    `overdose_12_months`: load_record("us-overdose-12-months"). A count stands at the last of its twelve months.
    """
    texts, columns = Texts("fentanyl_on_record"), ("synthetic_opioids", "synthetic_share")
    counts, share = claims_about(facts, "us-fentanyl-deaths"), share_claim(facts)
    months = [official_values(overdose_12_months, column) for column in columns]
    counts, limit = most_reported(_within(counts, months[0]), MOST_BANDS)
    fig, share_band = _fentanyl_panels(columns, months), _band_of_share(share)
    for _, claim in counts.iterrows():
        when = _before_all_years(fig, months[0]) if claim["window_inferred"] else claim["end"]
        band = _band_of_count(claim, when)
        _add_band(fig, band)
        if claim["window_inferred"]:
            _name_without_year(fig, band)
        else:
            _label_over(fig, band)
    _add_band(fig, share_band, row=2)
    _label_under(fig, share_band, row=2, drop=60)
    first = counts.iloc[0]
    month, year_to = day(share["window_end"]), _at(months[0], share["end"])
    peak = months[0].loc[months[0]["value"].idxmax()]
    label_value(fig, year_to, texts("in_months", number=year_to["value"], month=month), ax=-10, ay=-24)
    add_point(fig, year_to["end"], year_to["value"], text=year_to["text"], marker=DOT, row=1, col=1)
    _label_ends(fig, first, months[0])
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
            official=source_of(overdose_12_months, texts("counts")),
            cites=sources([*counts["cite"], share["cite"]]),
            no_year=_no_year(first),
            limit=limit,
            percent=number(_at(months[1], share["end"])["value"]),
            share=share["words"],
            low=share_band.low,
            high=share_band.high,
        ),
        rows=claims_above_official(
            pd.concat([counts, share.to_frame().T]),
            official_rows(overdose_12_months, columns),
        ),
        height=470,
    )


def _fentanyl_panels(columns: Sequence[str], months: list[pd.DataFrame]) -> go.Figure:
    """A panel for the counts of twelve months and one for the shares."""
    titles = [Texts("fentanyl_on_record")(f"panels.{column}") for column in columns]
    fig = panels(titles, gap=0.16, slide=[(0, 0.46, 0, 1), (0.55, 1, 0, 1)], shared_xaxes=True)
    for row, values in enumerate(months, start=1):
        add_official_line(fig, values, colour=OFFICIAL, row=row, size=2)
        _mark_provisional(fig, values, row)
        fig.update_yaxes(range=[0, 1.4 * values["value"].max()], tickformat=",d", row=row, col=1)
    _years_on_axis(fig, months[0])
    fig.update_layout(margin={"t": 34, "b": 30, "l": 58, "r": 18})
    return fig


def _before_all_years(fig: go.Figure, months: pd.DataFrame) -> pd.Timestamp:
    """Make a place before the years, for a claim that names none, and give its middle."""
    first = months["end"].iloc[0]
    fig.update_xaxes(range=[first - BEFORE / 2 - NO_YEAR, months["end"].iloc[-1] + BEFORE])
    return first - BEFORE / 2 - NO_YEAR / 2


def _name_without_year(fig: go.Figure, band: _Band) -> None:
    """Name a band in the place before the years, with the words that its claim names none; a line ends that place."""
    edge, line = band.when + NO_YEAR / 2, {"color": MUTED, "width": 1, "dash": "dot"}
    fig.add_shape(type="line", x0=edge, x1=edge, y0=0, y1=1, yref="y domain", line=line)
    printed = Texts("overdose_claims_on_record")("printed", day=day(band.claim["as_of"]))
    place = {"x": band.when, "showarrow": False}
    fig.add_annotation(
        text=f"<b>{label(band.claim['words'], 14)}</b>", y=band.high, yanchor="bottom", font=SMALL_FONT, **place
    )
    under = Texts("fentanyl_on_record")("no_year_given", printed=label(printed, 14))
    fig.add_annotation(text=under, y=band.low, yanchor="top", font=MUTED_FONT, **place)


def _known(claim: pd.Series, months: pd.DataFrame) -> pd.DataFrame:
    """The counts of twelve months that were over when a claim was published; `fits` tells whether the claim fits."""
    known = months[months["end"].lt(claim["published"])]
    return known.assign(fits=known["value"].between(*rounding_band(claim["value"])))


def _label_ends(fig: go.Figure, claim: pd.Series, months: pd.DataFrame) -> None:
    """Mark the first and the last of the counts that a claim fits, with their months under the line."""
    known = _known(claim, months)
    fitting = known[known["fits"]]
    for _, count in pd.concat([fitting.head(1), fitting.iloc[1:].tail(1)]).iterrows():
        add_point(fig, count["end"], count["value"], text=count["text"], marker=DOT, row=1, col=1)
        label_value(fig, count, day(count["period"]), ax=16, ay=22)


def _fitting_months(claim: pd.Series, months: pd.DataFrame) -> str:
    """Name all twelve months before the article that a claim without a year fits, within its rounding.

    The last twelve months before the article are named too where they do not fit. Nobody chooses a year.
    """
    texts, known = Texts("fentanyl_on_record"), _known(claim, months)
    fitting, last = known[known["fits"]], known.iloc[-1]
    if fitting.empty:
        return texts("fits_none", month=day(last["period"]), last=last)
    spans = {"first": day(fitting["period"].iloc[0]), "last": day(fitting["period"].iloc[-1])}
    whole = len(fitting) == fitting.index[-1] - fitting.index[0] + 1
    words = texts("fits_all", **spans) if whole else texts("fits_some", **spans, count=len(fitting))
    if last["fits"]:
        return words
    side = texts("above" if last["value"] > claim["value"] else "below")
    return words + texts("last_months", month=day(last["period"]), side=side)


def _no_year(claim: pd.Series) -> str:
    """A warning where the article does not say which year it means."""
    if not claim["window_inferred"]:
        return ""
    return Texts("fentanyl_on_record")("no_year", words=claim["words"])


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


def _band_of_count(claim: pd.Series, when: pd.Timestamp) -> _Band:
    low, high = rounding_band(claim["value"])
    return _Band(claim, claim_hover(claim), when, low, high, claim["value"])


def _band_of_share(share: pd.Series) -> _Band:
    """The band of fentanyl's share, in percent."""
    low, high = (100 * edge for edge in fraction_band(share["value"]))
    return _Band(share, _share_hover(share), share["end"], low, high, 100 * share["value"])


def _add_band(fig: go.Figure, band: _Band, *, row: int = 1) -> None:
    """Draw a band over the whole width, and the mark of its claim."""
    fig.add_hrect(
        y0=band.low, y1=band.high, fillcolor=ARTICLE, opacity=0.2, line_width=0, layer="below", row=row, col=1
    )
    add_point(fig, band.when, band.value, text=band.text, marker={"size": 11, "color": ARTICLE}, row=row, col=1)


def _label_over(fig: go.Figure, band: _Band) -> None:
    """Name a band over its left end, where no count is as high."""
    fig.add_annotation(
        text=_name(band),
        x=band.when,
        y=band.high,
        xshift=-6,
        xanchor="left",
        yanchor="bottom",
        align="left",
        showarrow=False,
        font=SMALL_FONT,
    )


def _label_under(fig: go.Figure, band: _Band, *, drop: int, row: int = 1) -> None:
    """Name a band so many px under the mark of its claim, at the end of a thin line."""
    panel = "" if row == 1 else row
    fig.add_annotation(
        text=_name(band),
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


def _name(band: _Band) -> str:
    printed = Texts("overdose_claims_on_record")("printed", day=day_of(band.claim["cite"]))
    return f"<b>{label(band.claim['words'], 14)}</b><br>{printed}"
