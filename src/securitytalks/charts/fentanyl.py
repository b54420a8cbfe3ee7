"""A cross-check of two figures about fentanyl deaths from two articles."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..drawing.finish import chart, finish
from ..drawing.marks import add_point, add_span
from ..drawing.official import symbol_of
from ..drawing.panels import ROW, label_rows
from ..drawing.text import hover, label
from ..drawing.theme import ARTICLE, RULE, SMALL_FONT
from ..words.cites import sources
from ..words.language import Texts, missing, titled
from ..words.links import place_of
from ..words.numbers import fraction_band, in_words, rounding_band


@dataclass(frozen=True)
class _Route:
    """One way to a number of deaths: what is printed, and the numbers that would be printed so."""

    route: str
    lowest: float
    middle: float
    highest: float
    cite: str
    record: str  # the place of the share's record, or of the count's
    says: str  # what the mark in the middle is
    computed: bool = False

    @property
    def span(self) -> str:
        return Texts("fentanyl_cross_check")("span", low=self.lowest, high=self.highest)


@chart
def fentanyl_cross_check(facts: pd.DataFrame) -> go.Figure:
    """Compare two figures from two articles: a share of all overdose deaths, and a count of fentanyl deaths."""
    texts = Texts("fentanyl_cross_check")
    whole, share, count = _cross_check_facts(facts)
    routes = [_by_share(whole, share), _by_count(count)]
    low, high = max(route.lowest for route in routes), min(route.highest for route in routes)
    fig = make_subplots(rows=1, cols=1)
    for at, route in enumerate(routes):
        _band(fig, route, at + 0.1)
    if low < high:
        _overlap(fig, low, high)
    label_rows(fig, [f"<b>{label(route.route)}</b>: {route.span}" for route in routes])
    first, last = min(route.lowest for route in routes), max(route.highest for route in routes)
    around = 0.2 * (last - first)
    ticks = {"title": texts("unit"), "tickformat": ",d", "ticks": "outside"}
    fig.update_xaxes(range=[first - around, last + around], **ticks)
    fig.update_layout(margin={"t": 26, "b": 44, "l": 16, "r": 24}, barmode="overlay")
    columns = ["route", "lowest", "middle", "highest", "cite"]
    return finish(
        fig,
        **texts.of_chart(
            finding="agree" if low < high else "differ",
            no_year=texts("no_year") if count["window_inferred"] else "",
            cites=sources([whole["cite"], share["cite"], count["cite"]]),
            sums=texts("sums"),
            first=routes[0].span,
            second=routes[1].span,
        ),
        rows=titled(
            pd.DataFrame(routes, index=[route.record for route in routes])[columns].round(
                {"lowest": 0, "middle": 0, "highest": 0}
            )
        ),
        height=2 * ROW + 100,
    )


def _overlap(fig: go.Figure, low: float, high: float) -> None:
    """A grey ground where both bands hold, with its name over it."""
    fig.add_vrect(x0=low, x1=high, fillcolor=RULE, opacity=0.6, line_width=0, layer="below")
    text = Texts("fentanyl_cross_check")("both", low=low, high=high)
    place = {"x": (low + high) / 2, "xanchor": "center", "y": 1, "yref": "y domain", "yanchor": "bottom"}
    fig.add_annotation(text=text, showarrow=False, font=SMALL_FONT, **place)


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
    raise missing("share_and_count")


def _by_share(whole: pd.Series, share: pd.Series) -> _Route:
    low, high = rounding_band(whole["value"])
    small, large = fraction_band(share["value"])
    deaths = in_words(whole["value"], whole["precision"], whole["unit"])
    texts, part = Texts("fentanyl_cross_check"), in_words(share["value"], "exact", share["unit"])
    said = in_words(share["value"], share["precision"], share["unit"])
    words = texts("share_of", share=said, whole=deaths)
    middle, cites = whole["value"] * share["value"], sources([whole["cite"], share["cite"]])
    says = texts("product", share=part, deaths=whole["value"], product=middle)
    record = place_of("fact", share["fact"])
    return _Route(words, low * small, middle, high * large, cites, record, says, computed=True)


def _by_count(count: pd.Series) -> _Route:
    low, high = rounding_band(count["value"])
    words = in_words(count["value"], count["precision"], count["unit"])
    record = place_of("fact", count["fact"])
    says = Texts("fentanyl_cross_check")("printed", printed=count["value"])
    return _Route(words, low, count["value"], high, count["cite"], record, says)


def _band(fig: go.Figure, route: _Route, y: float) -> None:
    text = Texts("fentanyl_cross_check")("band", span=route.span, middle=route.middle)
    text = hover(route.route, text, route.cite, record=route.record)
    band = {"color": ARTICLE, "opacity": 0.45}
    mark = {"size": 12, "color": ARTICLE, "symbol": symbol_of("A", route.computed)}
    add_span(fig, route.lowest, route.highest, y=y, width=0.26, text=text, marker=band)
    add_point(fig, route.middle, y, text=text, marker=mark)
    place = {"x": route.middle, "y": y + 0.14, "yanchor": "top", "showarrow": False, "font": SMALL_FONT}
    fig.add_annotation(text=route.says, **place)
