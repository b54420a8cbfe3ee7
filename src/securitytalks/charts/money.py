"""Charts of money and priorities: sums of different status stand side by side, and are never added."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import KIND_KEY, fact_cells, fact_matrix, fact_rows, topics_of, window_in_words
from ..drawing.finish import finish, or_no_data
from ..drawing.grid import PHONE_LETTERS, Grid, room_for
from ..drawing.limits import most_reported, notes
from ..drawing.stage import in_steps, on_a_slide, only_column
from ..drawing.text import label
from ..drawing.theme import UNKNOWN
from ..words.cites import articles_in
from ..words.missing import NoData
from ..words.numbers import in_words

PROGRAMMES = {
    "merida": "Merida Initiative",
    "framework": "2021 framework",
    "root-causes-plan": "Root-causes plan",
    "gun-makers-suit": "Suit against gun makers",
}


TALKS = "talks"  # a family of topics: the terms of the talks are no priority of a programme


MOST_SUMS = 2  # sums of one programme that a head can name


STATUSES = ("paid", "appropriated", "requested", "claimed in court")


def money_claims(facts: pd.DataFrame) -> pd.DataFrame:
    """The figures in dollars, by status; adds `words` ("about $3 billion"). Raises NoData where there is none."""
    money = facts[facts["money_status"].notna()].copy()
    if money.empty:
        raise NoData("No article gives a sum of dollars.", "`money_status`")
    money["order"] = money["money_status"].map(STATUSES.index)
    money["words"] = [in_words(m.value, m.precision, m.unit) for m in money.itertuples()]
    return money.sort_values(["order", "published"], kind="stable").drop(columns="order").reset_index(drop=True)


def money_table(facts: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: each sum, its status and what it is not; a programme without a sum has a row, too."""
    try:
        money = money_claims(facts)
    except NoData:
        money = facts.head(0).assign(words="")
    rows = [
        (m["words"], m["money_status"], m["label"], m["place"], window_in_words(m), m["note"], m["cite"])
        for m in money.to_dict("records")
    ]
    none = f"None of the {facts['article'].nunique()} articles gives a sum."
    rows += [
        ("not stated", "no figure", PROGRAMMES[programme], "", "", none, "")
        for programme in _programmes_without_a_sum(facts, money)
    ]
    return pd.DataFrame(rows, columns=["Sum", "Status", "What", "Where", "When", "What it is not", "Source"])


def _programmes_without_a_sum(facts: pd.DataFrame, money: pd.DataFrame) -> list[str]:
    named = set(facts["programme"].dropna())
    return [p for p in PROGRAMMES if p in named and p not in set(money["programme"])]


@or_no_data
def funding_against_priorities(facts: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """What each programme is for, a mark a fact, under the sum the articles give for it or the words that none does."""
    money = money_claims(facts)
    part = facts[facts["programme"].notna()]
    if part.empty:
        raise NoData("No article names a programme that money is paid for.", "`programme`")
    cells = fact_cells(part, topics, column="programme")
    used = topics_of(cells, topics)
    columns = [p for p in PROGRAMMES if p in set(part["programme"])]
    heads = [_head(p, money, len(columns)) for p in columns]
    fig, grid, drawn, limit = fact_matrix(cells, used, columns=columns, heads=heads)
    for programme in _programmes_without_a_sum(facts, money):
        _dash(fig, grid, programme)
    fig.update_annotations(bgcolor="#FFFFFF", yshift=-1)  # so that no dash runs through the name of a row
    fig.update_layout(margin={"t": room_for(heads, 84), "b": 8, "l": 14, "r": 10})
    in_steps(fig, [(_step(p, cells, money), only_column(fig, at)) for at, p in enumerate(columns)])
    return finish(
        fig,
        finding=_merida_beside_framework(cells[cells["family"].ne(TALKS)], money),
        measure=f"One mark for each fact, by what the money or programme is for: {KIND_KEY}.",
        unit="US dollars (in the heads) and facts (marks)",
        source=articles_in(part["cite"]),
        note=notes(
            "Paid, requested and claimed in court are three different things: the sums may not be added. "
            "Dashed: no article gives a dollar figure. The talks themselves do not count as a priority.",
            limit,
        ),
        description=_programmes_in_words(cells, used, money, columns),
        rows=_programme_rows(drawn, money),
        height=grid.height,
    )


def _merida_beside_framework(cells: pd.DataFrame, money: pd.DataFrame) -> str:
    names = ("merida", "framework")
    merida, framework = (cells.loc[cells["programme"].eq(p), "topic"].nunique() for p in names)
    had, has = ("a sum" if p in set(money["programme"]) else "no sum" for p in names)
    return f"Merida in these articles: {had}, {merida} priorities. The framework: {has}, {framework} priorities"


def _dash(fig: go.Figure, grid: Grid, programme: str) -> None:
    """A dashed frame around a column whose programme has no sum."""
    at = grid.columns.index(programme)
    on_a_slide(fig, {f"shapes[{len(fig.layout.shapes)}].y1": grid.on_slide.height})
    fig.add_shape(
        type="rect",
        x0=at - 0.03,
        x1=at + 0.9,
        y0=0,
        y1=grid.height,
        line={"color": UNKNOWN, "dash": "dash", "width": 1.5},
        layer="below",
    )


def _programmes_in_words(cells: pd.DataFrame, topics: pd.DataFrame, money: pd.DataFrame, columns: list[str]) -> str:
    parts = []
    for programme in columns:
        named = topics["topic"].isin(cells.loc[cells["programme"].eq(programme), "topic"])
        priorities = ", ".join(topics.loc[named, "name"])
        parts.append(f"{PROGRAMMES[programme]}: {_sum_in_words(programme, money)}; {priorities}.")
    return "A matrix of topics by programme. " + " ".join(parts)


def _step(programme: str, cells: pd.DataFrame, money: pd.DataFrame) -> str:
    own = cells[cells["programme"].eq(programme)]
    facts, topics = len(own), own["topic"].nunique()
    count = f"{facts} {'mark' if facts == 1 else 'marks'} in {topics} {'row' if topics == 1 else 'rows'}"
    return f"{PROGRAMMES[programme]}: {_sum_in_words(programme, money)}; {count}."


def _programme_rows(cells: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    sums = [_sum_in_words(p, money) for p in cells["programme"]]
    cells = cells.assign(Programme=cells["programme"].map(PROGRAMMES), Sum=sums)
    return fact_rows(cells, ["statement", "Programme", "Sum", "name", "says", "cite"])


def _sum_in_words(programme: str, money: pd.DataFrame) -> str:
    sums = [f"{m.words}, {m.money_status}" for m in _sums_of(programme, money).itertuples()]
    return "; ".join(sums) or "no dollar figure in any article"


def _sums_of(programme: str, money: pd.DataFrame) -> pd.DataFrame:
    """The sums of a programme; of many, those that most articles report."""
    return most_reported(money[money["programme"].eq(programme)], MOST_SUMS)[0]


def _head(programme: str, money: pd.DataFrame, columns: int) -> str:
    given = money["programme"].eq(programme).sum()
    sums = [f"<b>{m.words}</b><br>{m.money_status}" for m in _sums_of(programme, money).itertuples()]
    sums += [f"and {given - MOST_SUMS} more"] if given > MOST_SUMS else []
    name = label(PROGRAMMES[programme], PHONE_LETTERS // columns)
    return "<br>".join([name, *(sums or ["<b>no sum</b><br>in any article"])])
