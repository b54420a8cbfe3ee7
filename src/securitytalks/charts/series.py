"""Charts of the official series: homicides in Mexico, seizures and encounters at the border, guns that were traced."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..drawing.finish import finish
from ..drawing.official import (
    add_official_line,
    key_line,
    key_of,
    number,
    official_rows,
    official_values,
    source_of,
)
from ..drawing.panels import ROW, label_rows, panel_titles_left, panels_on_a_slide
from ..drawing.text import label
from ..drawing.theme import BLUE, COLOURS, GREEN, INK, MUTED, ORANGE, PINK
from ..words.dates import day

PANEL_TITLE = 24  # px


def homicides_by_year(homicides: pd.DataFrame, facts: pd.DataFrame) -> go.Figure:
    """Homicides in Mexico a year by both official counts, and the event from which the articles count.

    `homicides`: load_record("mexico-homicides"); `facts`: load_facts().
    """
    inegi, sesnsp = (official_values(homicides, column) for column in ("inegi", "sesnsp"))
    fig = make_subplots(rows=1, cols=1)
    add_official_line(fig, inegi, colour=COLOURS["killed-in-mexico"], middle=True)
    add_official_line(fig, sesnsp, colour=MUTED, dash="dash", middle=True)
    key_line(fig, [("━", BLUE, "INEGI, death certificates"), ("╍", MUTED, "SESNSP, case files")])
    top = max(inegi["value"].max(), sesnsp["value"].max()) * 1.12
    for event in _events_of_violence(facts):
        fig.add_vrect(x0=event["start"], x1=event["end"], fillcolor="#EBEBEB", line_width=0, layer="below")
        fig.add_annotation(
            text=label(f"{event['label']}, {day(event['window_start'])}", 60),
            x=event["start"],
            y=top * 0.97,
            xanchor="right",
            yanchor="top",
            xshift=-4,
            showarrow=False,
            font={"size": 12, "color": INK},
        )
    fig.update_yaxes(range=[0, top], tickformat=",d")
    fig.update_xaxes(type="date", tickformat="%Y", ticklabelmode="period")
    fig.update_layout(margin={"t": 34, "b": 30, "l": 52, "r": 18})
    low, peak, last = inegi.loc[inegi["value"].idxmin()], inegi.loc[inegi["value"].idxmax()], inegi.iloc[-1]
    return finish(
        fig,
        finding=f"Homicides in Mexico since {inegi['period'].iloc[0]}: fewest in {low['period']} "
        f"({low['value']:,.0f}), most in {peak['period']} ({peak['value']:,.0f}); {last['value']:,.0f} in "
        f"{last['period']}",
        measure="Homicides of every motive in a year. INEGI counts registered deaths; SESNSP counts victims in case "
        "files of "
        f"prosecutors. {key_of(inegi, sesnsp)}",
        unit="homicides a year",
        source=f"{source_of(homicides)}; the event: the articles",
        note=f"{homicides.attrs['counts_not']}. The two offices count differently and never agree. {_rates(homicides)}",
        description=f"Two lines by year. INEGI, {inegi['period'].iloc[0]} to {last['period']}: lowest "
        f"{low['value']:,.0f} in {low['period']}, "
        f"highest {peak['value']:,.0f} in {peak['period']}, last {last['value']:,.0f}. SESNSP, from "
        f"{sesnsp['period'].iloc[0]}: "
        f"{sesnsp['value'].iloc[0]:,.0f} to {sesnsp['value'].iloc[-1]:,.0f}, always lower.",
        rows=official_rows(homicides, ["inegi", "sesnsp", "inegi_rate"]),
        height=360,
    )


def _rates(homicides: pd.DataFrame) -> str:
    """INEGI's rates in words: the first, the highest and the last that are known."""
    rates = official_values(homicides, "inegi_rate")
    shown = rates.loc[sorted({0, rates["value"].idxmax(), len(rates) - 1})]
    said = ", ".join(f"{number(r.value)} in {r.period}" for r in shown.itertuples())
    return f"For each 100,000 people INEGI counts {said}; the table has more years."


def _events_of_violence(facts: pd.DataFrame) -> list[dict]:
    """Events in Mexico that the articles connect with violence, each label once."""
    about = facts["topics"].map(lambda topics: "violence" in topics)
    events = facts[facts["kind"].eq("event") & about & facts["place"].eq("Mexico")]
    return events.drop_duplicates(["label", "window_start"]).to_dict("records")


def fentanyl_seized(cbp: pd.DataFrame) -> go.Figure:
    """Pounds of fentanyl seized in a fiscal year, and how much by the Office of Field Operations.

    `cbp`: load_record("cbp-fentanyl").
    """
    whole, part = official_values(cbp, "nationwide"), official_values(cbp, "field_operations")
    fig = make_subplots(rows=1, cols=1)
    for values, opacity in ((whole, 0.4), (part, 1)):
        fig.add_bar(
            x=values["period"],
            y=values["value"],
            marker={"color": ORANGE, "opacity": opacity},
            name=values["title"].iloc[0],
            hovertext=values["text"],
            hoverinfo="text",
            width=0.7 if opacity < 1 else 0.4,
        )
    fig.add_scatter(
        x=whole["period"],
        y=whole["value"],
        mode="text",
        text=[f"{v:,.0f}" for v in whole["value"]],
        textposition="top center",
        hoverinfo="skip",
        cliponaxis=False,
    )
    key_line(fig, [("■", "#EEAE7F", "whole country"), ("■", ORANGE, "seized mostly at crossings")])
    fig.update_layout(barmode="overlay", margin={"t": 40, "b": 30, "l": 52, "r": 14})
    fig.update_yaxes(tickformat=",d", range=[0, whole["value"].max() * 1.08])
    first, last = whole.iloc[0], whole.iloc[-1]
    share = part.iloc[-1]["value"] / last["value"]
    return finish(
        fig,
        finding=f"Fentanyl seized went from {first['value']:,.0f} pounds in {first['period']} to {last['value']:,.0f} "
        f"in {last['period']}; "
        f"{share:.0%} of that by the office that works mostly at border crossings",
        measure="Pounds of fentanyl seized in a US fiscal year (October to September), by weight as seized. Added up "
        "from monthly figures by us.",
        unit="pounds a fiscal year",
        source=source_of(cbp, "drug seizure statistics"),
        note=f"{cbp.attrs['counts_not']}.",
        description="Bars by fiscal year: "
        + "; ".join(f"{v.period} {v.value:,.0f} pounds" for v in whole.itertuples())
        + f". The office that works mostly at border crossings seized {share:.0%} of it in {last['period']}.",
        rows=official_rows(cbp, ["nationwide", "southwest_border", "field_operations", "border_patrol"]),
        height=320,
    )


def border_encounters(encounters: pd.DataFrame) -> go.Figure:
    """Encounters at the southwest border a fiscal year. `encounters`: load_record("southwest-encounters")."""
    patrol, everybody = official_values(encounters, "border_patrol"), official_values(encounters, "all_cbp")
    fig = make_subplots(rows=1, cols=1)
    add_official_line(fig, patrol, colour=GREEN, middle=True)
    add_official_line(fig, everybody, colour=INK, dash="dash", middle=True)
    key_line(fig, [("╍", INK, "all of CBP"), ("━", GREEN, "Border Patrol alone")])
    fig.update_yaxes(rangemode="tozero", tickformat="~s")
    fig.update_xaxes(type="date", tickformat="%Y", ticklabelmode="period")
    fig.update_layout(margin={"t": 34, "b": 30, "l": 46, "r": 18})
    peak, last = everybody.loc[everybody["value"].idxmax()], everybody.iloc[-1]
    return finish(
        fig,
        finding=f"Since {everybody['period'].iloc[0]}, encounters at the border were highest in {peak['period']}: "
        f"{peak['value']:,.0f} events, not people",
        measure="Times that officers stopped somebody at the southwest land border, by US fiscal year. "
        f"{key_of(patrol, everybody)}",
        unit="encounters a fiscal year",
        source=source_of(encounters),
        note=f"{encounters.attrs['counts_not']}.",
        description=f"Two lines by fiscal year. All of CBP, from {everybody['period'].iloc[0]}: "
        f"{everybody['value'].iloc[0]:,.0f}, highest "
        f"{peak['value']:,.0f} in {peak['period']}, last {last['value']:,.0f} in {last['period']}. Border Patrol "
        "alone, from "
        f"{patrol['period'].iloc[0]}: {patrol['value'].iloc[0]:,.0f} to {patrol['value'].iloc[-1]:,.0f}.",
        rows=official_rows(encounters, ["border_patrol", "all_cbp"]),
        height=320,
    )


def firearms_traced(atf_years: pd.DataFrame, atf_periods: pd.DataFrame) -> go.Figure:
    """Guns found in Mexico and traced: by year, and the share from the United States by period, never subtracted.

    `atf_years`: load_record("atf-traces-by-year"); `atf_periods`: load_record("atf-share-by-period").
    """
    traced, ours = official_values(atf_years, "traced"), official_values(atf_years, "us_sourced")
    shares = official_values(atf_periods, "us_sourced_share")
    heights = [200, ROW * len(shares)]
    fig = make_subplots(
        rows=2,
        cols=1,
        vertical_spacing=0.16,
        row_heights=heights,
        subplot_titles=[
            "<b>By year</b>: □ traced, <span style='color:#DDB3CC'>■</span> of them from the United States",
            "<b>Share from the United States</b>, by period",
        ],
    )
    panel_titles_left(fig)
    panels_on_a_slide(fig, [(0, 0.43, 0, 1), (0.5, 1, 0, 1)])
    for values, width, fill in ((traced, 0.7, "#FFFFFF"), (ours, 0.4, "#DDB3CC")):
        fig.add_bar(
            x=values["period"],
            y=values["value"],
            width=width,
            hovertext=values["text"],
            hoverinfo="text",
            row=1,
            col=1,
            marker={"color": fill, "line": {"color": PINK, "width": 2}},
            name=values["title"].iloc[0],
        )
    label_rows(fig, [_share_label(v, atf_periods) for v in shares.itertuples()], row=2)
    for at, value in shares.iterrows():
        length = (value["end"] - value["start"]) / pd.Timedelta(milliseconds=1)
        fill = PINK if value["grade"] == "A" else "#FFFFFF"
        fig.add_bar(
            x=[length],
            base=[value["start"]],
            y=[at + 0.06],
            width=0.2,
            orientation="h",
            hovertext=[value["text"]],
            hoverinfo="text",
            marker={"color": fill, "line": {"color": PINK, "width": 2}},
            row=2,
            col=1,
        )
    fig.update_yaxes(tickformat=",d", row=1, col=1)
    fig.update_xaxes(type="category", row=1, col=1)
    fig.update_xaxes(type="date", tickformat="%Y", row=2, col=1)
    fig.update_layout(barmode="overlay", margin={"t": PANEL_TITLE + 6, "b": 30, "l": 52, "r": 18})
    by_year = [100 * u.value / t.value for t, u in zip(traced.itertuples(), ours.itertuples(), strict=True) if t.value]
    low, high = min(shares["value"].min(), *by_year), max(shares["value"].max(), *by_year)
    return finish(
        fig,
        finding=f"Of 100 guns sent for tracing, at least {low:.0f} to {high:.0f} came from the United States, "
        "depending on the period",
        measure="Guns found in Mexico whose details were sent to ATF. A bar is a period; periods overlap. "
        "White bars and light fill: read second-hand (grade B).",
        unit="firearms (by year) and percent of traced firearms (by period)",
        source=source_of(atf_periods),
        note=f"{atf_years.attrs['counts_not']}. Guns whose origin was not found count as not from there, so a share is "
        "a minimum. Overlapping periods may not be subtracted from one another.",
        description="Bars by year: "
        + "; ".join(
            f"{t.period} {t.value:,.0f} traced, {u.value:,.0f} from the United States"
            for t, u in zip(traced.itertuples(), ours.itertuples(), strict=True)
        )
        + ". Share by period: "
        + "; ".join(f"{v.period} {number(v.value)} percent" for v in shares.itertuples())
        + ".",
        rows=pd.concat(
            [
                official_rows(atf_years, ["traced", "us_sourced", "us_sourced_share"]),
                official_rows(atf_periods, ["traced", "us_sourced", "us_sourced_share"]),
            ]
        ),
        height=sum(heights) + 70,
    )


def _share_label(value: object, periods: pd.DataFrame) -> str:
    traced = periods.loc[periods["period"].eq(value.period), "traced"].iloc[0]
    of = "the count was not seen" if pd.isna(traced) else f"of {traced:,} traced"
    return f"<b>{value.period}: {number(value.value)} %</b>, {of}"
