"""Charts of the official series: homicides in Mexico, seizures and encounters at the border, guns that were traced."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..drawing.facts import fact_hover
from ..drawing.finish import chart, finish
from ..drawing.grid import Grid, grid_of_lines, scale_under, shade_headings
from ..drawing.marks import add_point, precision_marker
from ..drawing.official import (
    add_official_line,
    key_line,
    key_of,
    label_value,
    middle_of,
    official_rows,
    official_values,
    source_of,
)
from ..drawing.stage import on_slide
from ..drawing.text import label
from ..drawing.theme import ALSO_OFFICIAL, ARTICLE, MUTED, OFFICIAL, SHADE, SMALL_FONT, SPREAD, TEXT_FONT
from ..words.cites import article_of, articles_in
from ..words.dates import day
from ..words.language import Texts
from ..words.numbers import in_words, number
from .on_record import claims_above_official

ARMS = "arms"  # the topic of guns
YEARS_NAMED = 5  # every fifth year has a name, which fits a phone


@chart
def homicides_by_year(homicides: pd.DataFrame, facts: pd.DataFrame) -> go.Figure:
    """Homicides in Mexico a year by both official counts, and the event from which the articles count.

    `homicides`: load_record("mexico-homicides"); `facts`: load_facts().
    """
    texts = Texts("homicides_by_year")
    inegi, sesnsp = (official_values(homicides, column) for column in ("inegi", "sesnsp"))
    fig = make_subplots(rows=1, cols=1)
    add_official_line(fig, inegi, colour=OFFICIAL, middle=True)
    add_official_line(fig, sesnsp, colour=ALSO_OFFICIAL, dash="dash", middle=True)
    key_line(fig, [("━", OFFICIAL, texts("inegi")), ("╍", ALSO_OFFICIAL, texts("sesnsp"))])
    top = max(inegi["value"].max(), sesnsp["value"].max()) * 1.12
    for event in _events_of_killing(facts):
        _mark_event(fig, event, top)
    low, peak, last = inegi.loc[inegi["value"].idxmin()], inegi.loc[inegi["value"].idxmax()], inegi.iloc[-1]
    label_value(fig, low, number(low["value"]), middle=True, ax=24, ay=16)  # right of the days of the event
    tripled = inegi[inegi["start"].gt(low["start"]) & inegi["value"].ge(3 * low["value"])].head(1)
    for value in (*(year for _, year in tripled.iterrows()), peak):
        label_value(fig, value, number(value["value"]), middle=True)
    label_value(fig, last, number(last["value"]), middle=True, ax=12, ay=-26)  # above the years before it
    fig.update_yaxes(range=[0, top], tickformat=",d")
    named = inegi[inegi["start"].dt.year.mod(YEARS_NAMED).eq(0)]
    fig.update_xaxes(type="date", tickvals=middle_of(named), ticktext=[*named["start"].dt.strftime("%Y")])
    fig.update_layout(margin={"t": 34, "b": 30, "l": 52, "r": 26})
    both = inegi.merge(sesnsp, on="period")
    return finish(
        fig,
        **texts.of_chart(
            low=low,
            peak=peak,
            tripled=texts.each("tripled", [{"year": year} for _, year in tripled.iterrows()]),
            first=inegi.iloc[0],
            last=last,
            other_first=sesnsp.iloc[0],
            other_peak=sesnsp.loc[sesnsp["value"].idxmax()],
            other_last=sesnsp.iloc[-1],
            key=key_of(inegi, sesnsp),
            official=source_of(homicides),
            counts_not=homicides.attrs["counts_not"],
            agreement=texts("never_agree" if both["value_x"].ne(both["value_y"]).all() else "agree_at_times"),
            order=texts("always_lower" if both["value_y"].lt(both["value_x"]).all() else "not_always_lower"),
        ),
        rows=official_rows(homicides, ["inegi", "sesnsp", "inegi_rate"]),
        height=360,
    )


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
        text=label(f"{event['label']}, {day(event['window_start'])}"),
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
    last = whole.iloc[-1]
    share = part["value"].iloc[-1] / last["value"]
    heights = [number(value, ",.0f") for value in whole["value"]]
    _bars(fig, whole, colour=SPREAD)
    _bars(fig, part, colour=OFFICIAL)
    fig.add_scatter(
        x=whole["period"],
        y=whole["value"],
        mode="text",
        text=[*heights[:-1], f"{texts('share', share=share)}<br>{heights[-1]}"],
        textposition="top center",
        hoverinfo="skip",
        cliponaxis=False,
    )
    key_line(fig, [("■", SPREAD, texts("rest")), ("■", OFFICIAL, texts("part"))])
    fig.update_layout(barmode="overlay", margin={"t": 40, "b": 30, "l": 52, "r": 14})
    fig.update_yaxes(tickformat=",d", range=[0, whole["value"].max() * 1.25], showgrid=False)
    return finish(
        fig,
        **texts.of_chart(
            first=whole.iloc[0],
            last=last,
            share=share,
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
    add_official_line(fig, patrol, colour=ALSO_OFFICIAL, dash="dash", middle=True)
    add_official_line(fig, everybody, colour=OFFICIAL, middle=True)
    key_line(fig, [("━", OFFICIAL, texts("everybody")), ("╍", ALSO_OFFICIAL, texts("patrol"))])
    peak = everybody.loc[everybody["value"].idxmax()]
    label_value(fig, peak, number(peak["value"]), middle=True)
    millions = [n / 2 for n in range(int(2 * peak["value"] / 1e6) + 2)]
    named = patrol[::-1][:: 2 if on_slide() else 4]  # each label under its point; more do not fit a phone
    fig.update_yaxes(
        rangemode="tozero",
        tickvals=[1e6 * n for n in millions],
        ticktext=[Texts("numbers")("million", number=number(n, "g")) if n else "0" for n in millions],
    )
    fig.update_xaxes(type="date", tickvals=middle_of(named), ticktext=list(named["period"]))
    fig.update_layout(margin={"t": 34, "b": 30, "l": 74, "r": 24})
    return finish(
        fig,
        **texts.of_chart(
            first=everybody.iloc[0],
            peak=peak,
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
def firearms_traced(atf_years: pd.DataFrame, atf_periods: pd.DataFrame, facts: pd.DataFrame) -> go.Figure:
    """The share from the United States of the guns traced in Mexico, a row a period or year, never subtracted.

    The shares of guns that the articles print stand in the first rows. A period without a count of guns is grey.
    `atf_years`: load_record("atf-traces-by-year"); `atf_periods`: load_record("atf-share-by-period");
    `facts`: load_facts().
    """
    texts = Texts("firearms_traced")
    claims = facts[facts["unit"].eq("share") & facts["topics"].map(lambda topics: ARMS in topics)]
    claims = claims.assign(words=[in_words(c.value, c.precision, c.unit) for c in claims.itertuples()])
    records = (atf_years, atf_periods)
    by_year, by_period = (official_values(record, "us_sourced_share") for record in records)
    shares = pd.concat([by_year, by_period], ignore_index=True)
    traced = pd.concat([record.set_index("period")["traced"] for record in records])
    low, high = by_year["value"].agg(["min", "max"])  # a period whose guns may be others makes no headline
    groups = {"single": by_year["period"], "longer": by_period["period"]}
    headings = {group: texts(f"headings.{group}") for group in groups}
    labels = {period: _period_label(period, traced[period]) for period in shares["period"]}
    labels |= dict(zip(claims["fact"], claims["cite"].map(article_of), strict=True))
    counted = shares["period"].map(traced).notna()
    beyond = shares[shares["value"].gt(high) & ~counted]
    rows = [*claims["fact"], *(row for group in groups for row in (group, *groups[group]))]
    grid = grid_of_lines(rows, [""], headings=groups)
    fig = go.Figure()
    for part, colour in ((shares[counted], OFFICIAL), (shares[~counted], MUTED)):
        _share_dots(fig, part, grid, bold={low, high}, colour=colour)
    scale_under(
        fig,
        grid,
        names=[(headings | labels)[row] for row in grid.rows],
        margin={"t": 8, "b": 34, "r": 24},
        range=[0, 100],
        ticks={share: texts("percent", share=share) for share in range(0, 101, 20)},
    )
    shade_headings(fig, grid, headings)
    for claim in claims.to_dict("records"):
        _claim(fig, claim, grid.first_line_y[claim["fact"]])
    fig.update_traces(cliponaxis=False)  # the marks of the first row reach over its edge
    columns = ["traced", "us_sourced", "us_sourced_share"]
    return finish(
        fig,
        **texts.of_chart(
            first=by_year["period"].iloc[0],
            last=by_year["period"].iloc[-1],
            low=number(low),
            high=number(high),
            key=key_of(shares),
            official=source_of(atf_periods),
            articles=texts("cited", cites=articles_in(claims["cite"])) if len(claims) else "",
            counts_not=atf_years.attrs["counts_not"],
            beyond=texts.each("beyond", [{"period": _with_dash(period)} for period in beyond["period"]]),
            claims=texts.each("claim", [{"cite": c.cite, "words": c.words} for c in claims.itertuples()]),
            shares=texts.each("share", [{"period": v.period, "share": number(v.value)} for v in shares.itertuples()]),
        ),
        rows=claims_above_official(
            claims,
            pd.concat([official_rows(atf_years, columns), official_rows(atf_periods, columns)]),
        ),
        height=grid.height,
    )


def _bars(fig: go.Figure, values: pd.DataFrame, *, colour: str) -> None:
    """Upright bars of official values by period."""
    fig.add_bar(
        x=values["period"],
        y=values["value"],
        width=0.7,
        marker={"color": colour},
        name=values["title"].iloc[0],
        hovertext=values["text"],
        hoverinfo="text",
    )


def _claim(fig: go.Figure, claim: dict[str, object], y: float) -> None:
    """A share as an article prints it: its mark and its words."""
    marker = precision_marker(str(claim["precision"]), ARTICLE)
    add_point(fig, 100 * claim["value"], y, text=fact_hover(claim), marker=marker)
    words = label(str(claim["words"]))
    fig.add_annotation(
        x=100 * claim["value"], y=y, xanchor="left", xshift=12, text=words, showarrow=False, font=TEXT_FONT
    )


def _share_dots(fig: go.Figure, shares: pd.DataFrame, grid: Grid, *, bold: Collection[float], colour: str) -> None:
    """A dot at the share of each period; open where it was read second-hand."""
    texts = Texts("firearms_traced")
    percents = [texts("percent", share=number(share)) for share in shares["value"]]
    fig.add_scatter(
        x=shares["value"],
        y=[grid.first_line_y[period] for period in shares["period"]],
        mode="markers+text",
        name=shares["title"].iloc[0],
        text=[
            f"\u00a0<b>{text}</b>" if share in bold else f"\u00a0{text}"
            for text, share in zip(percents, shares["value"], strict=True)
        ],
        textposition="middle right",
        textfont=TEXT_FONT,
        hovertext=shares["text"],
        hoverinfo="text",
        marker={"symbol": shares["symbol"], "size": 11, "color": colour, "line": {"width": 2, "color": colour}},
    )


def _period_label(period: str, traced: float) -> str:
    texts = Texts("firearms_traced")
    if pd.isna(traced):
        return texts("not_counted", period=_with_dash(period))
    return texts("of_traced", period=_with_dash(period), count=traced)


def _with_dash(period: str) -> str:
    return period.replace("-", "–")
