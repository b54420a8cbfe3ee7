"""A cross-check: two figures about fentanyl deaths from two articles, held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..drawing.finish import finish, or_no_data
from ..drawing.marks import add_point, add_span
from ..drawing.panels import ROW, label_rows
from ..drawing.text import hover, label
from ..drawing.theme import ORANGE, PINK, RULE
from ..words.cites import sources
from ..words.missing import NoData
from ..words.numbers import fraction_band, in_words, rounding_band


@dataclass(frozen=True)
class _Route:
    """One way to a number of deaths: what is printed, and the numbers that would be printed so."""

    words: str
    low: float
    middle: float
    high: float
    colour: str
    cite: str

    @property
    def span(self) -> str:
        return f"{self.low:,.0f} to {self.high:,.0f}"


@or_no_data
def fentanyl_cross_check(facts: pd.DataFrame) -> go.Figure:
    """Two figures from two articles held against each other: a share of all overdose deaths, and a count of its own."""
    whole, share, count = _cross_check_facts(facts)
    routes = [_by_share(whole, share), _by_count(count)]
    low, high = max(route.low for route in routes), min(route.high for route in routes)
    fig = make_subplots(rows=1, cols=1)
    for at, route in enumerate(routes):
        _band(fig, route, at + 0.1)
    if low < high:
        fig.add_vrect(x0=low, x1=high, fillcolor=RULE, opacity=0.6, line_width=0, layer="below")
    label_rows(fig, [f"<b>{label(route.words, 60)}</b>: {route.span}" for route in routes])
    top = max(route.high for route in routes) * 1.1
    fig.update_xaxes(title="deaths in a year", tickformat=",d", range=[0, top])
    fig.update_layout(margin={"t": 10, "b": 44, "l": 16, "r": 24}, barmode="overlay")
    sizes = "one size: the fentanyl figures agree" if low < high else "two sizes: the fentanyl figures differ, even"
    return finish(
        fig,
        finding=f"Two articles, two routes, {sizes} within their rounding",
        measure="Deaths in the United States that involve fentanyl. Band: all numbers that would be printed this way.",
        unit="deaths in a year",
        source=sources([whole["cite"], share["cite"], count["cite"]]),
        note=_sum_in_words(whole, share) + " The years need not be the same.",
        description=f"Two bands: {routes[0].span} and {routes[1].span} deaths.",
        rows=pd.DataFrame(
            [[r.words, round(r.low), round(r.middle), round(r.high), r.cite] for r in routes],
            columns=["Route", "Lowest", "Middle", "Highest", "Source"],
        ),
        height=2 * ROW + 50,
    )


def _cross_check_facts(facts: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """A figure of overdose deaths, a share of it, and a count of fentanyl deaths."""
    by_id = facts.set_index("fact")
    counts = facts["measures"].eq("us-fentanyl-deaths") & facts["unit"].isin(["deaths", "deaths a year", "people"])
    for _, share in facts[facts["unit"].eq("share") & facts["share_of"].notna()].iterrows():
        if share["share_of"] not in by_id.index:
            continue
        whole = by_id.loc[share["share_of"]]
        if whole["measures"] == "us-overdose-deaths" and counts.any():
            return whole, share, facts[counts].iloc[0]
    raise NoData(
        "No two articles give both a share of overdose deaths and a count of fentanyl deaths.",
        '`share_of` a figure of "us-overdose-deaths", and another `measures` = "us-fentanyl-deaths"',
    )


def _sum_in_words(whole: pd.Series, share: pd.Series) -> str:
    """The sums behind the band and the mark of a share, so that a reader can work them out again."""
    (low, high), (small, large) = rounding_band(whole["value"]), fraction_band(share["value"])
    sums = ((share["value"], whole["value"]), (small, low), (large, high))
    middle, lowest, highest = (
        f"{Fraction(part).limit_denominator(100)} x {deaths:,.0f} = {part * deaths:,.0f}" for part, deaths in sums
    )
    return (
        f"Derived by us: {middle}; lowest {lowest}, highest {highest}. The outer fractions lie halfway to the next "
        "simple ones."
    )


def _by_share(whole: pd.Series, share: pd.Series) -> _Route:
    low, high = rounding_band(whole["value"])
    small, large = fraction_band(share["value"])
    words = f"{share['as_printed']} of {in_words(whole['value'], whole['precision'], whole['unit'])}"
    middle = whole["value"] * share["value"]
    return _Route(words, low * small, middle, high * large, ORANGE, sources([whole["cite"], share["cite"]]))


def _by_count(count: pd.Series) -> _Route:
    low, high = rounding_band(count["value"])
    words = in_words(count["value"], count["precision"], count["unit"])
    return _Route(words, low, count["value"], high, PINK, count["cite"])


def _band(fig: go.Figure, route: _Route, y: float) -> None:
    text = hover(route.words, f"From {route.span}, middle {route.middle:,.0f} (derived by us)", route.cite)
    band, dot = {"color": route.colour, "opacity": 0.45}, {"size": 12, "color": route.colour}
    add_span(fig, route.low, route.high, y=y, width=0.26, text=text, marker=band)
    add_point(fig, route.middle, y, text=text, marker=dot)
