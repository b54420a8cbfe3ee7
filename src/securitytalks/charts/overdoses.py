"""Claims of the articles about overdose deaths in the United States, drawn on CDC's counts for twelve months."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..claims.deaths import claims_about
from ..drawing.finish import finish, or_no_data
from ..drawing.limits import most_reported, notes
from ..drawing.official import (
    add_official_line,
    key_line,
    key_of,
    number,
    official_rows,
    official_values,
    source_of,
)
from ..drawing.panels import panel_titles_left, panels_on_a_slide
from ..drawing.text import hover, label
from ..drawing.theme import COLOURS, INK, MUTED
from ..words.cites import sources
from ..words.dates import day
from ..words.missing import NoData
from ..words.numbers import fraction_band, in_words, rounding_band
from .deaths import claim_hover
from .on_record import tables

MOST_BANDS = 1  # claims of one window: the labels of more would hide one another


FENTANYL_FROM = pd.Timestamp("2013-01-01")  # before, fewer than one in ten overdose deaths involved synthetic opioids


@or_no_data
def overdose_claims_on_record(facts: pd.DataFrame, overdose_12_months: pd.DataFrame) -> go.Figure:
    """The claims about US overdose deaths as bands, on CDC's counts for twelve months, reported and predicted.

    `overdose_12_months`: load_record("us-overdose-12-months"). A count stands at the last of its twelve months.
    """
    reported, predicted = (official_values(overdose_12_months, column) for column in ("reported", "predicted"))
    claims = claims_about(facts, "us-overdose-deaths")
    claims, limit = most_reported(_within(claims, reported), MOST_BANDS)
    colour = COLOURS["us-overdose-deaths"]
    fig = make_subplots(rows=1, cols=1)
    add_official_line(fig, reported, colour=INK, size=4)
    add_official_line(fig, predicted, colour=MUTED, dash="dot", size=4)
    for claim in claims.to_dict("records"):
        _band_on_time(
            fig, claim, rounding_band(claim["value"]), colour, claim_hover(pd.Series(claim)), days=110, drop=125
        )
    key_line(fig, [("━", INK, "CDC, reported"), ("┅", MUTED, "CDC, predicted"), ("■", colour, "the article")])
    _mark_provisional(fig, reported)
    low = reported["value"].min() // 10_000 * 10_000
    fig.update_yaxes(
        range=[low, max(predicted["value"].max(), max(rounding_band(v)[1] for v in claims["value"])) * 1.03],
        tickformat=",d",
    )
    fig.update_xaxes(type="date", tickformat="%Y")
    fig.update_layout(margin={"t": 34, "b": 30, "l": 58, "r": 18})
    at_claim = [_at(reported, c["end"]) for _, c in claims.iterrows()]
    peak = predicted.loc[predicted["value"].idxmax()]
    first = claims.iloc[0]
    held, guess = _at(reported, first["end"])["value"], _at(predicted, first["end"])["value"]
    inside = all(
        rounding_band(c)[0] <= h["value"] <= rounding_band(c)[1] for c, h in zip(claims["value"], at_claim, strict=True)
    )
    return finish(
        fig,
        finding=f"{first['words'].capitalize()} {'fits' if inside else 'does not fit'} the CDC's {held:,.0f} for the "
        "twelve months to "
        f"{day(first['window_end'])}; "
        + ("the peak came later" if peak["end"] > first["end"] else "that was the peak"),
        measure="Overdose deaths in the United States in twelve months, at the month in which they end. Band: all "
        "numbers that round to the article's. "
        f"The axis starts at {low:,.0f}.",
        unit="deaths in twelve months",
        source=f"{source_of(overdose_12_months, 'VSRR provisional counts')}; {sources(claims['cite'])}",
        note=notes(
            f"Predicted for the same months: {guess:,.0f}; highest predicted: {peak['value']:,.0f}. Neighbouring "
            "points share eleven months and never add up. "
            "The months of 2024 are provisional and too low.",
            limit,
        ),
        description=f"Two lines that rise from {reported['value'].iloc[0]:,.0f} ({day(reported['period'].iloc[0])}) "
        "to their highest in 2023 and fall after. "
        f"Reported in the twelve months to {day(first['window_end'])}: {held:,.0f}; predicted: {guess:,.0f}. The "
        f"claim, {first['words']}, is a band there.",
        rows=tables(official_rows(overdose_12_months, ["reported", "predicted"]), claims),
        height=380,
    )


@or_no_data
def fentanyl_on_record(
    facts: pd.DataFrame, overdose_12_months: pd.DataFrame, overdose_years: pd.DataFrame
) -> go.Figure:
    """The claims about fentanyl, a count and a share, on CDC's counts of deaths with synthetic opioids.

    `overdose_12_months`, `overdose_years`: load_record("us-overdose-12-months"), load_record("us-overdose-deaths").
    """
    counts, share = claims_about(facts, "us-fentanyl-deaths"), share_claim(facts)
    counts, limit = most_reported(_within(counts, official_values(overdose_years, "synthetic_opioids")), MOST_BANDS)
    years_shown = overdose_years[overdose_years["start"].ge(FENTANYL_FROM)]
    panels = [
        ("synthetic_opioids", "<b>Deaths with synthetic opioids</b> in twelve months"),
        ("synthetic_share", "<b>Their share</b> of all overdose deaths, percent"),
    ]
    fig = make_subplots(
        rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.16, subplot_titles=[title for _, title in panels]
    )
    panel_titles_left(fig)
    panels_on_a_slide(fig, [(0, 0.46, 0, 1), (0.55, 1, 0, 1)])
    found = []
    for row, (column, _) in enumerate(panels, start=1):
        months, years = official_values(overdose_12_months, column), official_values(years_shown, column)
        add_official_line(fig, years, colour=MUTED, dash="dot", row=row, size=9, middle=True)
        add_official_line(fig, months, colour=INK, row=row, size=3, middle=True)
        found.append((months, years))
    colour = COLOURS["us-fentanyl-deaths"]
    for claim in counts.to_dict("records"):
        _band_on_time(
            fig,
            claim,
            rounding_band(claim["value"]),
            colour,
            claim_hover(pd.Series(claim)),
            days=220,
            drop=95,
            middle=True,
        )
    _band_on_time(
        fig,
        share,
        fraction_band(share["value"]),
        colour,
        _share_hover(share),
        row=2,
        days=220,
        drop=80,
        scale=100,
        middle=True,
    )
    fig.update_yaxes(rangemode="tozero", tickformat=",d")
    fig.update_xaxes(type="date", tickformat="%Y", ticklabelmode="period")
    fig.update_layout(margin={"t": 34, "b": 30, "l": 52, "r": 18})
    (months, years), (share_months, _) = found
    first = counts.iloc[0]
    counted, percent = _at(years, first["end"]), _at(share_months, share["end"])["value"]
    low, high = fraction_band(share["value"])
    year_to = _at(months, share["end"])
    return finish(
        fig,
        finding=f"{first['words'].capitalize()} {_fits(first, counted)} the count for {counted['period']} "
        f"({counted['value']:,.0f}) and {_fits(first, year_to)} the year to {day(share['window_end'])} "
        f"({year_to['value']:,.0f})",
        measure="Overdose deaths in the United States with synthetic opioids, mainly fentanyl. Black: twelve months, "
        "at the middle of the twelve. "
        f"Grey: calendar years. Bands: what the articles' words allow. {key_of(years)} Shares are computed by us.",
        unit="deaths in twelve months; percent of overdose deaths",
        source=f"{source_of(overdose_years, 'VSRR counts and yearly counts')}; "
        f"{sources([*counts['cite'], share['cite']])}",
        note="Deaths that involve the drug, alone or with others: kinds of drug overlap and do not add up. "
        + _our_reading(first)
        + notes("The months of 2024 are provisional and too low.", limit),
        description=f"Two panels of lines that rise steeply. Deaths in {counted['period']}: {counted['value']:,.0f}; "
        "the claim is "
        f"{first['words']}. Share in the twelve months to {day(share['window_end'])}: {number(percent)} percent; the "
        f"claim is {share['words']}, "
        f"which allows {100 * low:.0f} to {100 * high:.0f} percent.",
        rows=tables(
            pd.concat(
                [
                    official_rows(years_shown, ["synthetic_opioids", "synthetic_share"]),
                    official_rows(overdose_12_months, ["synthetic_opioids", "synthetic_share"]),
                ]
            ),
            pd.concat([counts, pd.DataFrame([share])]),
        ),
        height=470,
    )


def _fits(claim: pd.Series, counted: pd.Series) -> str:
    """Say whether a claim, within its rounding, fits an official count."""
    low, high = rounding_band(claim["value"])
    return "fits" if low <= counted["value"] <= high else "does not fit"


def _our_reading(claim: pd.Series) -> str:
    """A warning where the article does not say which year it means."""
    if not claim["window_inferred"]:
        return ""
    return f"The article that says {claim['words']} gives no time; {day(claim['window_end'])} is our reading. "


def share_claim(facts: pd.DataFrame) -> dict:
    """The claim that gives fentanyl's share of overdose deaths; adds `words`. Raises NoData where there is none."""
    wholes = facts.loc[facts["measures"].eq("us-overdose-deaths"), "fact"]
    shares = facts[facts["share_of"].isin(wholes)]
    if shares.empty:
        raise NoData("No article gives fentanyl's share of overdose deaths.", "`share_of` a figure of overdose deaths")
    share = shares.iloc[0].to_dict()
    return share | {"words": in_words(share["value"], share["precision"], share["unit"])}


def _share_hover(share: dict) -> str:
    low, high = fraction_band(share["value"])
    return hover(
        f"{share['words']}: {share['label']}",
        f"Counts {share['counts']}",
        f"Precision: {share['precision']}. As of {day(share['as_of'])}.",
        f"Fits {100 * low:.0f} to {100 * high:.0f} in 100 (derived by us)",
        f"Says: {share['says']}",
        share["cite"],
    )


def _within(claims: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """The claims whose window ends with a period of the official count. Raises NoData where there is none."""
    held = claims[claims["end"].isin(values["end"])]
    if held.empty:
        raise NoData(
            f"No article's figure ends with a period of the official count, which has {values['period'].iloc[0]} to "
            f"{values['period'].iloc[-1]}.",
            "`window_end` in such a period",
        )
    return held.reset_index(drop=True)


def _at(values: pd.DataFrame, end: pd.Timestamp) -> pd.Series:
    """The official value for the period that ends on a day. Raises ValueError where there is none."""
    found = values[values["end"].eq(end)]
    if found.empty:
        raise ValueError(
            f"the record has no value for the period that ends on {day(end.date())}; it has "
            f"{values['period'].iloc[0]} to {values['period'].iloc[-1]}"
        )
    return found.iloc[0]


def _band_on_time(
    fig: go.Figure,
    claim: dict,
    band: tuple[float, float],
    colour: str,
    text: str,
    *,
    row: int = 1,
    days: int,
    drop: int,
    scale: float = 1,
    middle: bool = False,
) -> None:
    """Draw a band at the end or in the middle of a claim's window, its dot, and its label in the room below."""
    low, high = (edge * scale for edge in band)
    when = claim["start"] + (claim["end"] - claim["start"]) / 2 if middle else claim["end"]
    fig.add_bar(
        x=[when],
        y=[high - low],
        base=[low],
        width=pd.Timedelta(days=days) / pd.Timedelta(milliseconds=1),
        hovertext=[text],
        hoverinfo="text",
        marker={"color": colour, "opacity": 0.4},
        name=claim["words"],
        row=row,
        col=1,
    )
    fig.add_scatter(
        x=[when],
        y=[claim["value"] * scale],
        mode="markers",
        marker={"size": 10, "color": colour},
        hovertext=[text],
        hoverinfo="text",
        name=claim["words"],
        row=row,
        col=1,
    )
    fig.add_annotation(
        text=f"<b>{label(claim['words'], 20)}</b><br>{day(claim['as_of'])}",
        x=when,
        y=low,
        ax=0,
        ay=drop,
        xref=f"x{'' if row == 1 else row}",
        yref=f"y{'' if row == 1 else row}",
        xanchor="center",
        yanchor="top",
        align="center",
        showarrow=True,
        arrowhead=0,
        arrowwidth=1,
        arrowcolor=colour,
        font={"size": 12, "color": INK},
    )


def _mark_provisional(fig: go.Figure, values: pd.DataFrame) -> None:
    """Shade the periods whose values the publisher calls provisional."""
    soft = values[values["note"].notna()]
    if len(soft):
        fig.add_vrect(x0=soft["end"].iloc[0], x1=soft["end"].iloc[-1], fillcolor="#EBEBEB", line_width=0, layer="below")
        fig.add_annotation(
            text="provisional",
            x=soft["end"].iloc[-1],
            y=0,
            yref="y domain",
            xanchor="right",
            yanchor="bottom",
            showarrow=False,
            font={"size": 12, "color": MUTED},
        )
