"""Charts of what the articles say about deaths: what each number counts, since when, and how sure it is."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from .door import BLUE, GREEN, INK, ORANGE, PINK, RULE, finish, hover, label, sources
from .marks import LOWER_BOUNDS, ROW, add_figure_mark, floor_to, fraction_band, label_rows, marker_of, rounding_band
from .printed import day, in_words

COLOURS = {
    "killed-in-mexico": BLUE,
    "us-overdose-deaths": ORANGE,
    "us-fentanyl-deaths": PINK,
    "migrants-dead-or-missing": GREEN,
}
PANELS = {"stock": "Running totals (stock): everybody counted since a start", "flow": "Counts for a period (flow)"}
SIZES = {"stock": "Running totals (stock), people", "flow": "Counts for a period (flow), people a year"}
YEAR = pd.Timedelta(days=365.25)


def death_claims(facts: pd.DataFrame) -> pd.DataFrame:
    """The figures that count deaths, stocks first; adds `words`, `a_year` (people) and `a_year_words`.

    The average of a running total is taken over the longest window its words allow and cut down, so that a lower bound
    stays a lower bound. Derived by us.
    """
    claims = facts[facts["measures"].isin(COLOURS) & facts["unit"].isin(["people", "deaths", "deaths a year"])].copy()
    if claims.empty:
        raise ValueError("no figure counts deaths: no fact has a `measures` code of deaths; see seeds/README.md")
    claims["order"] = claims["stock_or_flow"].map({"stock": 0, "flow": 1})
    claims = claims.sort_values(["order", "measures", "published"], kind="stable").drop(columns="order")
    claims["words"] = [in_words(c.value, c.precision, c.unit) for c in claims.itertuples()]
    years = (claims["end"] - claims["start"]) / YEAR
    stock = claims["stock_or_flow"].eq("stock")
    claims["a_year"] = [
        floor_to(value / span) if is_stock else value
        for value, span, is_stock in zip(claims["value"], years, stock, strict=True)
    ]
    claims["a_year_words"] = [in_words(c.a_year, c.precision, "deaths a year") for c in claims.itertuples()]
    return claims.reset_index(drop=True)


def claim_hover(claim: pd.Series) -> str:
    """What any mark of a claim says: the figure, what it counts, the window, who says so, where it stands, what it is not."""
    return hover(
        f"{claim['words']}: {claim['label']}",
        f"Counts {claim['counts']}",
        f"Precision: {claim['precision']}. As of {day(claim['as_of'])}.",
        f"Window: {day(claim['window_start'])} to {day(claim['window_end'])}.",
        f"Says: {claim['says']}",
        claim["cite"],
        f"Note: {claim['note']}" if isinstance(claim["note"], str) else "",
    )


def claim_rows(claims: pd.DataFrame) -> pd.DataFrame:
    """The rows behind a chart of claims, with the column names that readers see."""
    return pd.DataFrame(
        {
            "Claim": claims["label"],
            "Figure": claims["words"],
            "What it counts": claims["counts"],
            "Stock or flow": claims["stock_or_flow"],
            "From": [day(v) for v in claims["window_start"]],
            "To": [day(v) for v in claims["window_end"]],
            "Average a year (derived)": claims["a_year_words"],
            "Says": claims["says"],
            "Source": claims["cite"],
        }
    )


def deaths_counted(facts: pd.DataFrame) -> go.Figure:
    """Every claim about deaths as its counting window on one time axis; running totals and period counts kept apart.

    A menu changes the labels from people to an average a year. `facts`: load_facts(). Raises ValueError without such claims.
    """
    claims = death_claims(facts)
    parts = {kind: claims[claims["stock_or_flow"].eq(kind)].reset_index(drop=True) for kind in PANELS}
    parts = {kind: part for kind, part in parts.items() if len(part)}
    fig = make_subplots(
        rows=len(parts),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.14,
        row_heights=[len(p) for p in parts.values()],
        subplot_titles=[f"<b>{PANELS[kind]}</b>" for kind in parts],
    )
    for title in fig.layout.annotations:
        title.update(x=0, xanchor="left", font={"size": 13, "color": INK})
    people, yearly = [t.text for t in fig.layout.annotations], [t.text for t in fig.layout.annotations]
    for row, part in enumerate(parts.values(), start=1):
        texts = [f"<b>{c.words}</b>: {label(c.label, 60)}" for c in part.itertuples()]
        people += texts
        yearly += [f"<b>{c.a_year_words}</b>: {label(c.label, 60)}" for c in part.itertuples()]
        label_rows(fig, texts, row=row)
        for at, claim in part.iterrows():
            _window(fig, claim, at, row)
    menu = [
        {"label": name, "method": "relayout", "args": [{f"annotations[{i}].text": t for i, t in enumerate(texts)}]}
        for name, texts in (("As printed", people), ("As an average a year", yearly))
    ]
    fig.update_layout(
        barmode="overlay",
        margin={"t": 76, "b": 30, "l": 12, "r": 24},
        updatemenus=[menu_buttons("Show the figures", menu)],
    )
    around = pd.Timedelta(days=150)
    fig.update_xaxes(type="date", range=[claims["start"].min() - around, claims["end"].max() + around])
    lower = claims[claims["precision"].isin(LOWER_BOUNDS) & claims["measures"].eq("killed-in-mexico")]
    return finish(
        fig,
        finding=f"The {len(claims)} death figures count different people over different windows",
        measure="Counting window of each claim: from its start to the last day it covers. An open arrow marks a lower bound.",
        unit="people",
        source=sources(claims["cite"]),
        note=f"The {len(lower)} totals for Mexico are lower bounds: their difference means nothing. Averages are derived by us.",
        description=_windows_in_words(claims),
        rows=claim_rows(claims),
        height=ROW * len(claims) + 40 * len(parts),
    )


def _window(fig: go.Figure, claim: pd.Series, at: int, row: int) -> None:
    colour, text = COLOURS[claim["measures"]], claim_hover(claim)
    length = (claim["end"] - claim["start"]) / pd.Timedelta(milliseconds=1)
    fig.add_bar(
        x=[length],
        base=[claim["start"]],
        y=[at + 0.05],
        width=0.22,
        orientation="h",
        hovertext=[text],
        hoverinfo="text",
        marker={"color": colour, "opacity": 0.85},
        row=row,
        col=1,
    )
    if claim["precision"] in LOWER_BOUNDS:
        fig.add_scatter(
            x=[claim["end"]],
            y=[at + 0.05],
            mode="markers",
            hovertext=[text],
            hoverinfo="text",
            row=row,
            col=1,
            marker={
                "symbol": marker_of(claim["precision"]),
                "size": 15,
                "color": colour,
                "line": {"width": 2.5, "color": colour},
            },
        )


def _windows_in_words(claims: pd.DataFrame) -> str:
    parts = [f"{c.words} ({c.label}), {day(c.window_start)} to {day(c.window_end)}" for c in claims.itertuples()]
    return "Horizontal bars on a time axis, one for each claim about deaths: " + "; ".join(parts) + "."


def menu_buttons(name: str, buttons: list[dict], *, active: int = 0) -> dict:
    """A row of buttons over the plot, at the left; `name` is the label that an export gives the control."""
    return {
        "name": name,
        "type": "buttons",
        "direction": "right",
        "buttons": buttons,
        "active": active,
        "showactive": True,
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "pad": {"b": 26},
        "bgcolor": "#FFFFFF",
        "bordercolor": INK,
        "font": {"size": 12, "color": INK},
    }


def deaths_by_size(facts: pd.DataFrame) -> go.Figure:
    """The same claims by size, running totals and period counts on scales of their own; buttons switch to an average a year."""
    claims = death_claims(facts)
    parts = {kind: claims[claims["stock_or_flow"].eq(kind)].reset_index(drop=True) for kind in SIZES}
    parts = {kind: part for kind, part in parts.items() if len(part)}
    fig = make_subplots(
        rows=len(parts),
        cols=1,
        vertical_spacing=0.2,
        row_heights=[len(p) for p in parts.values()],
        subplot_titles=[f"<b>{SIZES[kind]}</b>" for kind in parts],
    )
    for title in fig.layout.annotations:
        title.update(x=0, xanchor="left", font={"size": 13, "color": INK})
    visible: list[str] = []
    for row, (kind, part) in enumerate(parts.items(), start=1):
        label_rows(fig, [f"<b>{c.words}</b>: {label(c.label, 60)}" for c in part.itertuples()], row=row)
        for state, column in (("people", "value"), ("yearly", "a_year")):
            for at, claim in part.iterrows():
                before = len(fig.data)
                add_figure_mark(
                    fig,
                    value=claim[column],
                    precision=claim["precision"],
                    y=at + 0.08,
                    row=row,
                    colour=COLOURS[claim["measures"]],
                    text=claim_hover(claim),
                )
                visible += [state] * (len(fig.data) - before)
        fig.update_xaxes(range=[0, part["value"].max() * 1.12], tickformat=",d", row=row, col=1)
    fig.update_traces(visible=True)
    for trace, state in zip(fig.data, visible, strict=True):
        trace.visible = state == "people"
    buttons = [
        {
            "label": name,
            "method": "update",
            "args": [{"visible": [s == state for s in visible]}, _axis_tops(parts, column)],
        }
        for name, state, column in (("People", "people", "value"), ("Average a year", "yearly", "a_year"))
    ]
    fig.update_layout(
        margin={"t": 76, "b": 34, "l": 16, "r": 24}, barmode="overlay", updatemenus=[menu_buttons("Unit", buttons)]
    )
    biggest = claims.loc[claims["value"].idxmax()]
    return finish(
        fig,
        finding=f"Size alone misleads: {biggest['words']} is a total over about {_years(biggest)} years",
        measure="Each claim about deaths by size. Open arrow: the true number is higher. Band: numbers that round to it.",
        unit="people",
        source=sources(claims["cite"]),
        note="Running totals and yearly counts have scales of their own and may not be compared. Averages are derived by us.",
        description="Dots and arrows by size: "
        + "; ".join(f"{c.words} ({c.label})" for c in claims.itertuples())
        + ".",
        rows=claim_rows(claims),
        height=ROW * len(claims) + 60 * len(parts),
    )


def _axis_tops(parts: dict[str, pd.DataFrame], column: str) -> dict[str, list[float]]:
    names = ["xaxis" if at == 0 else f"xaxis{at + 1}" for at in range(len(parts))]
    return {f"{name}.range": [0, part[column].max() * 1.12] for name, part in zip(names, parts.values(), strict=True)}


def _years(claim: pd.Series) -> int:
    return round((claim["end"] - claim["start"]) / YEAR)


def fentanyl_cross_check(facts: pd.DataFrame) -> go.Figure:
    """Two figures from two articles held against each other: a share of all overdose deaths, and a count of its own."""
    whole, share, count = _cross_check_facts(facts)
    low, high = rounding_band(whole["value"])
    small, large = fraction_band(share["value"])
    bands = [
        (
            f"{share['as_printed']} of {in_words(whole['value'], whole['precision'], whole['unit'])}",
            low * small,
            high * large,
            whole["value"] * share["value"],
            ORANGE,
            sources([whole["cite"], share["cite"]]),
        ),
        (
            in_words(count["value"], count["precision"], count["unit"]),
            *rounding_band(count["value"]),
            count["value"],
            PINK,
            count["cite"],
        ),
    ]
    fig = go.Figure()
    meets = max(bands[0][1], bands[1][1]), min(bands[0][2], bands[1][2])
    if meets[0] < meets[1]:
        fig.add_vrect(x0=meets[0], x1=meets[1], fillcolor=RULE, opacity=0.6, line_width=0, layer="below")
    for at, (words, left, right, middle, colour, cite) in enumerate(bands):
        text = hover(words, f"From {left:,.0f} to {right:,.0f}, middle {middle:,.0f} (derived by us)", cite)
        fig.add_bar(
            x=[right - left],
            base=[left],
            y=[at + 0.1],
            width=0.26,
            orientation="h",
            hovertext=[text],
            hoverinfo="text",
            marker={"color": colour, "opacity": 0.45},
        )
        fig.add_scatter(
            x=[middle],
            y=[at + 0.1],
            mode="markers",
            marker={"size": 12, "color": colour},
            hovertext=[text],
            hoverinfo="text",
        )
    fig.update_layout(margin={"t": 10, "b": 44, "l": 16, "r": 24}, barmode="overlay")
    _label_two(fig, [f"<b>{label(b[0], 60)}</b>: {b[1]:,.0f} to {b[2]:,.0f}" for b in bands])
    fig.update_xaxes(title="deaths in a year", tickformat=",d", range=[0, max(b[2] for b in bands) * 1.1])
    agree = "agree within their rounding" if meets[0] < meets[1] else "do not agree, even within their rounding"
    return finish(
        fig,
        finding=f"Two articles, two routes, one size: the fentanyl figures {agree}",
        measure="Deaths in the United States that involve fentanyl. Band: all numbers that would be printed this way.",
        unit="deaths in a year",
        source=sources([whole["cite"], share["cite"], count["cite"]]),
        note=f"Derived by us: {share['value']:.2f} x {whole['value']:,.0f} = {bands[0][3]:,.0f}. The years need not be the same.",
        description=f"Two bands: {bands[0][1]:,.0f} to {bands[0][2]:,.0f} and {bands[1][1]:,.0f} to {bands[1][2]:,.0f} deaths.",
        rows=pd.DataFrame(
            [[b[0], round(b[1]), round(b[3]), round(b[2]), b[5]] for b in bands],
            columns=["Route", "Lowest", "Middle", "Highest", "Source"],
        ),
        height=2 * ROW + 50,
    )


def _label_two(fig: go.Figure, texts: list[str]) -> None:
    for at, text in enumerate(texts):
        fig.add_annotation(text=text, x=0, xref="paper", y=at - 0.12, xanchor="left", yanchor="bottom", showarrow=False)
    fig.update_yaxes(range=[len(texts) - 0.5, -0.75], showticklabels=False, showgrid=False, showline=False)


def _cross_check_facts(facts: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    by_id = facts.set_index("fact")
    shares = facts[facts["unit"].eq("share") & facts["share_of"].notna()]
    for share in shares.to_dict("records"):
        whole = by_id.loc[share["share_of"]]
        count = facts[
            facts["measures"].eq("us-fentanyl-deaths") & facts["unit"].isin(["deaths", "deaths a year", "people"])
        ]
        if whole["measures"] == "us-overdose-deaths" and len(count):
            return whole, pd.Series(share), count.iloc[0]
    raise ValueError(
        "no cross-check: it needs a share of overdose deaths and a count of fentanyl deaths; see seeds/README.md"
    )


def who_counts(facts: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: what each figure about deaths counts, who counted it, and what it is not."""
    claims = death_claims(facts)
    return pd.DataFrame(
        {
            "Figure": claims["words"],
            "What one unit is": claims["counts"],
            "Who says so": claims["says"],
            "Window": [f"{day(c.window_start)} to {day(c.window_end)}" for c in claims.itertuples()],
            "What it is not": claims["note"].fillna(""),
            "Source": claims["cite"],
        }
    )
