"""Charts of the official series: homicides in Mexico, seizures and encounters at the border, guns that were traced."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..drawing.finish import chart, finish
from ..drawing.official import (
    add_official_line,
    key_line,
    key_of,
    number,
    official_rows,
    official_values,
    source_of,
)
from ..drawing.panels import ROW, label_rows, panels
from ..drawing.text import label
from ..drawing.theme import (
    COLOURS,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    PALE_ORANGE,
    PALE_PINK,
    PINK,
    SHADE,
    SMALL_FONT,
    TEXT_FONT,
    WHITE,
)
from ..words.dates import day
from ..words.language import Texts

PANEL_TITLE = 24  # px
YEARS = 200  # px of a panel of yearly bars


@chart
def homicides_by_year(homicides: pd.DataFrame, facts: pd.DataFrame) -> go.Figure:
    """Homicides in Mexico a year by both official counts, and the event from which the articles count.

    `homicides`: load_record("mexico-homicides"); `facts`: load_facts().
    """
    texts = Texts("homicides_by_year")
    inegi, sesnsp = (official_values(homicides, column) for column in ("inegi", "sesnsp"))
    colour = COLOURS["killed-in-mexico"]
    fig = make_subplots(rows=1, cols=1)
    add_official_line(fig, inegi, colour=colour, middle=True)
    add_official_line(fig, sesnsp, colour=MUTED, dash="dash", middle=True)
    key_line(fig, [("━", colour, texts("inegi")), ("╍", MUTED, texts("sesnsp"))])
    top = max(inegi["value"].max(), sesnsp["value"].max()) * 1.12
    for event in _events_of_killing(facts):
        _mark_event(fig, event, top)
    fig.update_yaxes(range=[0, top], tickformat=",d")
    fig.update_xaxes(type="date", tickformat="%Y", ticklabelmode="period")
    fig.update_layout(margin={"t": 34, "b": 30, "l": 52, "r": 18})
    both = inegi.merge(sesnsp, on="period")
    return finish(
        fig,
        **texts.of_chart(
            low=inegi.loc[inegi["value"].idxmin()],
            peak=inegi.loc[inegi["value"].idxmax()],
            first=inegi.iloc[0],
            last=inegi.iloc[-1],
            other_first=sesnsp.iloc[0],
            other_peak=sesnsp.loc[sesnsp["value"].idxmax()],
            other_last=sesnsp.iloc[-1],
            key=key_of(inegi, sesnsp),
            official=source_of(homicides),
            counts_not=homicides.attrs["counts_not"],
            agreement=texts("never_agree" if both["value_x"].ne(both["value_y"]).all() else "agree_at_times"),
            rates=_rates(homicides),
            order=texts("always_lower" if both["value_y"].lt(both["value_x"]).all() else "not_always_lower"),
        ),
        rows=official_rows(homicides, ["inegi", "sesnsp", "inegi_rate"]),
        height=360,
    )


def _rates(homicides: pd.DataFrame) -> str:
    """INEGI's rates in words: the first, the highest and the last that are known."""
    texts, rates = Texts("homicides_by_year"), official_values(homicides, "inegi_rate")
    shown = rates.loc[sorted({0, rates["value"].idxmax(), len(rates) - 1})]
    named = [{"rate": number(rate.value), "period": rate.period} for rate in shown.itertuples()]
    return texts("rates", rates=texts.each("rate", named, between=", "))


def _events_of_killing(facts: pd.DataFrame) -> list[dict]:
    """Events with a place and a topic of the claims about people killed in Mexico, each label once."""
    killed = facts[facts["measures"].eq("killed-in-mexico")]
    topics = set(killed["topics"].explode())
    events = facts[facts["kind"].eq("event") & facts["place"].isin(killed["place"])]
    events = events[[not topics.isdisjoint(found) for found in events["topics"]]]
    return events.drop_duplicates(["label", "window_start"]).to_dict("records")


def _mark_event(fig: go.Figure, event: dict, top: float) -> None:
    """Shade the days of an event, and write at the left of it what it was."""
    fig.add_vrect(x0=event["start"], x1=event["end"], fillcolor=SHADE, line_width=0, layer="below")
    fig.add_annotation(
        text=label(f"{event['label']}, {day(event['window_start'])}", 60),
        x=event["start"],
        y=top * 0.97,
        xanchor="right",
        yanchor="top",
        xshift=-4,
        showarrow=False,
        font=SMALL_FONT,
    )


@chart
def fentanyl_seized(cbp: pd.DataFrame) -> go.Figure:
    """Pounds of fentanyl seized in a fiscal year, and how much by the Office of Field Operations.

    `cbp`: load_record("cbp-fentanyl").
    """
    texts = Texts("fentanyl_seized")
    whole, part = official_values(cbp, "nationwide"), official_values(cbp, "field_operations")
    fig = make_subplots(rows=1, cols=1)
    for values, opacity, width in ((whole, 0.4, 0.7), (part, 1, 0.4)):
        _bars(fig, values, width=width, marker={"color": ORANGE, "opacity": opacity})
    fig.add_scatter(
        x=whole["period"],
        y=whole["value"],
        mode="text",
        text=[f"{v:,.0f}" for v in whole["value"]],
        textposition="top center",
        hoverinfo="skip",
        cliponaxis=False,
    )
    key_line(fig, [("■", PALE_ORANGE, texts("whole")), ("■", ORANGE, texts("part"))])
    fig.update_layout(barmode="overlay", margin={"t": 40, "b": 30, "l": 52, "r": 14})
    fig.update_yaxes(tickformat=",d", range=[0, whole["value"].max() * 1.08])
    last = whole.iloc[-1]
    return finish(
        fig,
        **texts.of_chart(
            first=whole.iloc[0],
            last=last,
            share=part.iloc[-1]["value"] / last["value"],
            official=source_of(cbp, texts("statistics")),
            counts_not=cbp.attrs["counts_not"],
            years=texts.each("year", whole[["period", "value"]].to_dict("records")),
        ),
        rows=official_rows(cbp, ["nationwide", "southwest_border", "field_operations", "border_patrol"]),
        height=320,
    )


@chart
def border_encounters(encounters: pd.DataFrame) -> go.Figure:
    """Encounters at the southwest border a fiscal year. `encounters`: load_record("southwest-encounters")."""
    texts = Texts("border_encounters")
    patrol, everybody = official_values(encounters, "border_patrol"), official_values(encounters, "all_cbp")
    fig = make_subplots(rows=1, cols=1)
    add_official_line(fig, patrol, colour=GREEN, middle=True)
    add_official_line(fig, everybody, colour=INK, dash="dash", middle=True)
    key_line(fig, [("╍", INK, texts("everybody")), ("━", GREEN, texts("patrol"))])
    fig.update_yaxes(rangemode="tozero", tickformat="~s")
    fig.update_xaxes(type="date", tickformat="%Y", ticklabelmode="period")
    fig.update_layout(margin={"t": 34, "b": 30, "l": 46, "r": 18})
    return finish(
        fig,
        **texts.of_chart(
            first=everybody.iloc[0],
            peak=everybody.loc[everybody["value"].idxmax()],
            last=everybody.iloc[-1],
            patrol_first=patrol.iloc[0],
            patrol_peak=patrol.loc[patrol["value"].idxmax()],
            patrol_last=patrol.iloc[-1],
            key=key_of(patrol, everybody),
            official=source_of(encounters),
            counts_not=encounters.attrs["counts_not"],
        ),
        rows=official_rows(encounters, ["border_patrol", "all_cbp"]),
        height=320,
    )


@chart
def firearms_traced(atf_years: pd.DataFrame, atf_periods: pd.DataFrame) -> go.Figure:
    """Guns found in Mexico and traced: by year, and the share from the United States by period, never subtracted.

    `atf_years`: load_record("atf-traces-by-year"); `atf_periods`: load_record("atf-share-by-period").
    """
    texts = Texts("firearms_traced")
    traced, from_us = official_values(atf_years, "traced"), official_values(atf_years, "us_sourced")
    shares = official_values(atf_periods, "us_sourced_share")
    titles = [texts("by_year", mark=f"<span style='color:{PALE_PINK}'>■</span>"), texts("by_period")]
    heights = [YEARS, ROW * len(shares)]
    fig = panels(titles, heights, gap=0.16, slide=[(0, 0.43, 0, 1), (0.5, 1, 0, 1)])
    for values, width, fill in ((traced, 0.7, WHITE), (from_us, 0.4, PALE_PINK)):
        _bars(fig, values, width=width, marker=_outlined(fill), row=1, col=1)
    years = traced[["period", "value"]].assign(from_us=from_us["value"])
    by_year = 100 * years["from_us"] / years["value"]
    fig.add_scatter(
        x=years["period"],
        y=years["value"],
        mode="text",
        text=[_percent(round(share)) for share in by_year],
        textposition="top center",
        textfont=SMALL_FONT,
        hoverinfo="skip",
        cliponaxis=False,
        row=1,
        col=1,
    )
    _share_dots(fig, shares, atf_periods)
    fig.update_yaxes(tickformat=",d", range=[0, traced["value"].max() * 1.12], row=1, col=1)
    fig.update_xaxes(type="category", row=1, col=1)
    fig.update_xaxes(range=[0, 100], ticksuffix=" %", row=2, col=1)
    fig.update_layout(barmode="overlay", margin={"t": PANEL_TITLE + 6, "b": 30, "l": 52, "r": 18})
    columns = ["traced", "us_sourced", "us_sourced_share"]
    return finish(
        fig,
        **texts.of_chart(
            low=by_year.min(),
            high=by_year.max(),
            first=years["period"].iloc[0],
            last=years["period"].iloc[-1],
            key=key_of(shares),
            official=source_of(atf_periods),
            counts_not=atf_years.attrs["counts_not"],
            years=texts.each("year", years.to_dict("records")),
            shares=texts.each("share", [{"period": v.period, "share": number(v.value)} for v in shares.itertuples()]),
        ),
        rows=pd.concat([official_rows(atf_years, columns), official_rows(atf_periods, columns)]),
        height=sum(heights) + 70,
    )


def _bars(fig: go.Figure, values: pd.DataFrame, *, width: float, marker: dict, **panel: int) -> None:
    """Upright bars of official values by period."""
    fig.add_bar(
        x=values["period"],
        y=values["value"],
        width=width,
        marker=marker,
        name=values["title"].iloc[0],
        hovertext=values["text"],
        hoverinfo="text",
        **panel,
    )


def _outlined(fill: str) -> dict[str, object]:
    return {"color": fill, "line": {"color": PINK, "width": 2}}


def _share_dots(fig: go.Figure, shares: pd.DataFrame, periods: pd.DataFrame) -> None:
    """A dot at the share of each period, a row a period; open where the share was read second-hand."""
    label_rows(fig, [_period_label(period, periods) for period in shares["period"]], row=2)
    fig.add_scatter(
        x=shares["value"],
        y=shares.index + 0.12,
        mode="markers+text",
        name=shares["title"].iloc[0],
        text=[f"\u00a0{_percent(share)}" for share in shares["value"]],
        textposition="middle right",
        textfont=TEXT_FONT,
        hovertext=shares["text"],
        hoverinfo="text",
        marker={"symbol": shares["symbol"], "size": 11, "color": PINK, "line": {"width": 2, "color": PINK}},
        row=2,
        col=1,
    )


def _percent(share: float) -> str:
    return Texts("firearms_traced")("percent", share=number(share))


def _period_label(period: str, periods: pd.DataFrame) -> str:
    texts = Texts("firearms_traced")
    traced = periods.loc[periods["period"].eq(period), "traced"].iloc[0]
    of = texts("count_not_seen") if pd.isna(traced) else texts("of_traced", count=traced)
    return texts("period_label", period=period, of=of)
