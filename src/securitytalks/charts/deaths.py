"""Charts of what the articles say about deaths: what each number counts, since when, and how sure it is."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..claims.deaths import death_claims
from ..claims.limits import most_reported
from ..drawing.facts import hatched_key, note_in_words, precision_in_words, window_in_words
from ..drawing.finish import chart, finish
from ..drawing.marks import add_figure_mark, add_span, span_marker
from ..drawing.panels import ROW, label_rows, one_under_the_other, panels, rows_high
from ..drawing.text import hover, label
from ..drawing.theme import ARTICLE, EVERY_FOURTH_YEAR
from ..words.cites import sources
from ..words.dates import day
from ..words.language import Texts, titled
from ..words.links import place_of, places_of
from ..words.missing import NoData
from ..words.numbers import LOWER_BOUNDS

MOST_CLAIMS = 14  # rows that one chart can show


def claim_hover(claim: pd.Series) -> str:
    """What a mark of a claim says: the figure, what it counts and is not, its window, who says so and where."""
    texts = Texts("hover")
    return hover(
        texts("claim", words=claim["words"], label=claim["label"]),
        texts("counts", what=claim["counts"]),
        note_in_words(claim),
        f"{texts('window', window=window_in_words(claim))} {precision_in_words(claim)}",
        f"{texts('says', who=claim['says'])}; {claim['cite']}",
        record=place_of("fact", claim["fact"]),
    )


def claim_rows(claims: pd.DataFrame) -> pd.DataFrame:
    """The rows behind a chart of claims, with the column names that readers see."""
    texts = Texts("windows")

    def ends(column: str) -> list[str]:
        days = zip(claims[column].map(day), claims["window_inferred"], strict=True)
        return [texts("end_our_reading", day=end) if inferred else end for end, inferred in days]

    kinds = claims["stock_or_flow"].map(Texts("codes").table("stock_or_flow"))
    rows = claims.assign(start=ends("window_start"), end=ends("window_end"), stock_or_flow=kinds)
    columns = {"label": "claim", "words": "figure", "counts": "counts", "stock_or_flow": "stock_or_flow"}
    columns |= {"start": "from", "end": "to", "says": "says", "cite": "cite"}
    rows = rows.set_axis(places_of("fact", claims["fact"]))
    return titled(rows[[*columns]], columns)


def by_stock_and_flow(claims: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The claims of each panel, each numbered from 0: running totals, then counts for a period; none is empty."""
    parts = {kind: claims[claims["stock_or_flow"].eq(kind)].reset_index(drop=True) for kind in ("stock", "flow")}
    return {kind: part for kind, part in parts.items() if len(part)}


def window_labels(claims: pd.DataFrame) -> list[str]:
    """The labels of claims whose windows are drawn: the figure, what it is about, and whether the window is ours."""
    ours = f"<br>{Texts('windows')('label')}"
    return [f"<b>{c.words}</b>: {label(c.label)}{ours if c.window_inferred else ''}" for c in claims.itertuples()]


@chart
def deaths_counted(facts: pd.DataFrame) -> go.Figure:
    """Every claim about deaths as its counting window on one time axis; running totals and period counts kept apart.

    `facts`: load_facts().
    """
    texts, everything = Texts("deaths_counted"), death_claims(facts)
    claims, limit = most_reported(everything, MOST_CLAIMS)
    parts = by_stock_and_flow(claims)
    labels = [window_labels(part) for part in parts.values()]
    fig = panels(
        [texts(f"panels.{kind}") for kind in parts],
        [len(part) for part in parts.values()],
        gap=0.14,
        slide=one_under_the_other([rows_high(of_panel) for of_panel in labels]),
        shared_xaxes=True,
    )
    around, first = pd.Timedelta(days=150), claims["start"].min()
    for row, (part, of_panel) in enumerate(zip(parts.values(), labels, strict=True), start=1):
        over = [None if claim.start == first else claim.end for claim in part.itertuples()]
        label_rows(fig, of_panel, row=row, over=over)
        for at, claim in part.iterrows():
            _window(fig, claim, at, row)
    fig.update_xaxes(type="date", range=[first - around, claims["end"].max() + around])
    fig.update_xaxes(EVERY_FOURTH_YEAR)
    fig.update_xaxes(ticks="outside", row=len(parts), col=1)
    fig.update_layout(barmode="overlay", margin={"t": 30, "b": 30, "l": 12, "r": 24})
    lower = claims["precision"].isin(LOWER_BOUNDS) & claims["measures"].eq("killed-in-mexico")
    return finish(
        fig,
        **texts.of_chart(
            count=len(everything),
            things=everything["measures"].nunique(),
            hatched=hatched_key(claims),
            cites=sources(claims["cite"]),
            lower=lower.sum(),
            limit=limit,
            windows=texts.each("window", [_window_values(claim) for claim in claims.to_dict("records")]),
        ),
        rows=claim_rows(claims),
        height=ROW * len(claims) + 40 * len(parts),
    )


def _window(fig: go.Figure, claim: pd.Series, at: int, row: int) -> None:
    colour, text, y = ARTICLE, claim_hover(claim), at + 0.05
    bar = span_marker(colour, hatched=claim["window_inferred"], opacity=0.85)
    add_span(fig, claim["start"], claim["end"], y=y, width=0.22, text=text, marker=bar, row=row, col=1)


def _window_values(claim: dict) -> dict[str, str]:
    return {"words": claim["words"], "label": claim["label"], "window": window_in_words(claim)}


def marks_by_size(fig: go.Figure, claims: pd.DataFrame) -> None:
    """Draw each claim as the mark of its precision, in the rows from 0 on."""
    for at, claim in claims.iterrows():
        add_figure_mark(
            fig,
            value=claim["value"],
            precision=claim["precision"],
            y=at + 0.08,
            colour=ARTICLE,
            text=claim_hover(claim),
        )


def who_counts(facts: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: what each figure about deaths counts, who counted it, and what it is not."""
    try:
        claims = death_claims(facts)
    except NoData:
        claims = facts.head(0).assign(words="")
    table = pd.DataFrame(
        {
            "figure": claims["words"],
            "unit_counts": claims["counts"],
            "who_says": claims["says"],
            "window": [window_in_words(claim) for claim in claims.to_dict("records")],
            "is_not": claims["note"].fillna(""),
            "cite": claims["cite"],
        }
    ).set_index(pd.Index(places_of("fact", claims["fact"]), name="record"))
    return titled(table)
