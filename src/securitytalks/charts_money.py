"""Charts of money and priorities: sums of different status stand side by side, and are never added."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from .charts_topics import GLYPHS, KIND_SYMBOLS, fact_hover
from .door import UNKNOWN, finish, label, sources
from .grid import add_tiles, frame_grid, grid_of
from .printed import day, in_words

PROGRAMMES = {
    "merida": "Merida Initiative",
    "framework": "2021 framework",
    "root-causes-plan": "Root-causes plan",
    "gun-makers-suit": "Suit against gun makers",
}
STATUSES = ("paid", "appropriated", "requested", "claimed in court")


def money_claims(facts: pd.DataFrame) -> pd.DataFrame:
    """The figures in dollars, by status; adds `words` ("about $3 billion"). Raises ValueError where there is none."""
    money = facts[facts["money_status"].notna()].copy()
    if money.empty:
        raise ValueError("no figure in dollars: no fact has `money_status`; see seeds/README.md")
    money["order"] = money["money_status"].map(STATUSES.index)
    money["words"] = [in_words(m.value, m.precision, m.unit) for m in money.itertuples()]
    return money.sort_values(["order", "published"], kind="stable").drop(columns="order").reset_index(drop=True)


def money_table(facts: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: each sum, its status, what it is for, and what it is not. A programme without a sum has a row."""
    money = money_claims(facts)
    rows = [
        (m.words, m.money_status, m.label, m.place, f"{day(m.window_start)} to {day(m.window_end)}", m.note, m.cite)
        for m in money.itertuples()
    ]
    articles = facts["article"].nunique()
    for programme in _programmes_without_a_sum(facts, money):
        rows.append(
            (
                "not stated",
                "no figure",
                PROGRAMMES[programme],
                "",
                "",
                f"None of the {articles} articles gives a sum.",
                "",
            )
        )
    return pd.DataFrame(rows, columns=["Sum", "Status", "What", "Where", "When", "What it is not", "Source"])


def _programmes_without_a_sum(facts: pd.DataFrame, money: pd.DataFrame) -> list[str]:
    named = set(facts["programme"].dropna())
    return [p for p in PROGRAMMES if p in named and p not in set(money["programme"])]


def funding_against_priorities(facts: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """What each programme is for, a mark a fact, under the sum the articles give for it: or under the words that none does."""
    money = money_claims(facts)
    part = facts[facts["programme"].notna()]
    columns = [p for p in PROGRAMMES if p in set(part["programme"])]
    exploded = (
        part.explode("topics")
        .rename(columns={"topics": "topic"})
        .merge(topics, on="topic", how="left", validate="many_to_one")
    )
    cells = exploded.assign(
        row=exploded["topic"],
        column=exploded["programme"],
        symbol=exploded["kind"].map(KIND_SYMBOLS),
        text=[fact_hover(f) for f in exploded.to_dict("records")],
    )
    used = [t for t in topics["topic"] if t in set(cells["topic"])]
    grid = grid_of(cells, rows=used, columns=columns)
    fig = go.Figure()
    for column in _programmes_without_a_sum(facts, money):
        at = columns.index(column)
        fig.add_shape(
            type="rect",
            x0=at - 0.03,
            x1=at + 0.9,
            y0=0,
            y1=grid.height,
            line={"color": UNKNOWN, "dash": "dash", "width": 1.5},
            layer="below",
        )
    add_tiles(fig, cells, grid)
    names = topics.set_index("topic")["name"]
    frame_grid(fig, grid, names=[names[t] for t in used], heads=[_head(p, money) for p in columns])
    fig.update_layout(margin={"t": 84, "b": 8, "l": 14, "r": 10})
    merida, framework = (cells.loc[cells["programme"].eq(p), "topic"] for p in ("merida", "framework"))
    return finish(
        fig,
        finding=f"Merida has a sum and {merida.nunique()} priorities in the coverage; the framework has {framework.nunique()} and no sum",
        measure="One mark a fact, by what the money or programme is for: "
        + ", ".join(f"{GLYPHS[s]} {k}" for k, s in KIND_SYMBOLS.items())
        + ".",
        unit="US dollars (in the heads) and facts (marks)",
        source=sources(part["cite"].str.partition(", ¶")[0].drop_duplicates()),
        note="Paid, requested and claimed in court are three different things: the sums may not be added. Dashed: no article gives a dollar figure.",
        description="A matrix of topics by programme. "
        + " ".join(
            f"{PROGRAMMES[p]}: {_sum_in_words(p, money)}; "
            + ", ".join(names[t] for t in used if ((cells["programme"] == p) & (cells["topic"] == t)).any())
            + "."
            for p in columns
        ),
        rows=cells.assign(
            Programme=cells["programme"].map(PROGRAMMES), Sum=[_sum_in_words(p, money) for p in cells["programme"]]
        )[["statement", "Programme", "Sum", "name", "says", "cite"]].rename(
            columns={"statement": "Fact", "name": "Topic", "says": "Says", "cite": "Source"}
        ),
        height=grid.height,
    )


def _sum_in_words(programme: str, money: pd.DataFrame) -> str:
    sums = [f"{m.words}, {m.money_status}" for m in money.itertuples() if m.programme == programme]
    return "; ".join(sums) or "no dollar figure in any article"


def _head(programme: str, money: pd.DataFrame) -> str:
    sums = [f"<b>{m.words}</b><br>{m.money_status}" for m in money.itertuples() if m.programme == programme]
    return f"{label(PROGRAMMES[programme], 12)}<br>" + "<br>".join(sums or ["<b>no sum</b><br>in any article"])
