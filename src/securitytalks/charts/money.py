"""Charts of money and priorities: sums of different status stand side by side, and are never added."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import fact_cells, fact_matrix, fact_rows, kind_key, topics_of, window_in_words
from ..drawing.finish import chart, finish
from ..drawing.grid import HEAD_LETTERS, room_for
from ..drawing.limits import most_reported
from ..drawing.stage import in_steps, only_column
from ..drawing.text import label
from ..drawing.theme import UNKNOWN, WHITE
from ..records.schema import MoneyStatus
from ..words.cites import articles_in
from ..words.language import Texts, missing, titled
from ..words.links import place_of
from ..words.numbers import in_words

PROGRAMMES = ("merida", "framework", "root-causes-plan", "gun-makers-suit")
STATUSES = get_args(MoneyStatus)
TALKS = "talks"  # a family of topics: the terms of the talks are no priority of a programme
MOST_SUMS = 2  # sums of one programme that a head can name


def money_claims(facts: pd.DataFrame) -> pd.DataFrame:
    """The figures in dollars, by status; adds `words` ("about $3 billion"). Raises NoData where there is none."""
    money = facts[facts["money_status"].notna()].copy()
    if money.empty:
        raise missing("money_claims")
    money["order"] = money["money_status"].map(STATUSES.index)
    money["words"] = [in_words(m.value, m.precision, m.unit) for m in money.itertuples()]
    return money.sort_values(["order", "published"], kind="stable").drop(columns="order").reset_index(drop=True)


def money_table(facts: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: each sum, its status and what it is not; a programme without a sum has a row, too."""
    texts, names = Texts("money_table"), Texts("programmes").table("names")
    money = money_claims(facts) if facts["money_status"].notna().any() else facts.head(0).assign(words="")
    rows = [
        (m["words"], m["money_status"], m["label"], m["place"], window_in_words(m), m["note"], m["cite"])
        for m in money.to_dict("records")
    ]
    none = texts("none_gives", count=facts["article"].nunique())
    rows += [
        (texts("not_stated"), texts("no_figure"), names[programme], "", "", none, "")
        for programme in _programmes_without_a_sum(facts, money)
    ]
    columns = ["sum", "status", "what", "where", "when", "is_not", "cite"]
    places = [place_of("fact", fact) for fact in money["fact"]] + [""] * (len(rows) - len(money))
    table = pd.DataFrame(rows, columns=columns, index=pd.Index(places, name="record"))
    return titled(table)


def _programmes_without_a_sum(facts: pd.DataFrame, money: pd.DataFrame) -> list[str]:
    named = set(facts["programme"].dropna())
    return [p for p in PROGRAMMES if p in named and p not in set(money["programme"])]


@chart
def funding_against_priorities(facts: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """What each programme is for, a mark a fact, under the sum the articles give for it or the words that none does."""
    texts, money = Texts("funding_against_priorities"), money_claims(facts)
    part = facts[facts["programme"].notna()]
    if part.empty:
        raise missing("programmes")
    cells = fact_cells(part, topics, column="programme")
    used = topics_of(cells, topics)
    columns = [p for p in PROGRAMMES if p in set(part["programme"])]
    sums = {p: _sums_of(p, money) for p in columns}
    heads = [_head(p, sums[p], money["programme"].eq(p).sum(), len(columns)) for p in columns]
    margin = {"t": room_for(heads, 84), "b": 8, "r": 10}
    fig, height, drawn, limit = fact_matrix(cells, used, columns=columns, heads=heads, margin=margin)
    for programme in _programmes_without_a_sum(facts, money):
        _dash(fig, columns.index(programme), height)
    fig.update_annotations(bgcolor=WHITE, yshift=-1)  # so that no dash runs through the name of a row
    words = {p: _sums_in_words(sums[p]) for p in columns}
    in_steps(fig, [(_step(p, cells, words[p]), only_column(fig, at)) for at, p in enumerate(columns)])
    return finish(
        fig,
        **texts.of_chart(
            **_merida_beside_framework(cells[cells["family"].ne(TALKS)], money),
            kinds=kind_key(),
            cites=articles_in(part["cite"]),
            limit=limit,
            programmes=" ".join(_programme_in_words(p, cells, used, words[p]) for p in columns),
        ),
        rows=_programme_rows(drawn, words),
        height=height,
    )


def _merida_beside_framework(cells: pd.DataFrame, money: pd.DataFrame) -> dict[str, object]:
    texts, given = Texts("funding_against_priorities"), set(money["programme"])
    priorities = cells.groupby("programme")["topic"].nunique()
    return {
        "merida": priorities.get("merida", 0),
        "merida_sum": texts("a_sum" if "merida" in given else "no_sum"),
        "framework": priorities.get("framework", 0),
        "framework_sum": texts("a_sum" if "framework" in given else "no_sum"),
    }


def _dash(fig: go.Figure, at: int, height: float) -> None:
    """A dashed frame around a column whose programme has no sum."""
    line = {"color": UNKNOWN, "dash": "dash", "width": 1.5}
    fig.add_shape(type="rect", x0=at - 0.03, x1=at + 0.9, y0=0, y1=height, line=line, layer="below")


def _programme_in_words(programme: str, cells: pd.DataFrame, topics: pd.DataFrame, sums: str) -> str:
    named = topics["topic"].isin(cells.loc[cells["programme"].eq(programme), "topic"])
    return Texts("programmes")(
        "in_words", name=_name(programme), sums=sums, priorities=", ".join(topics.loc[named, "name"])
    )


def _name(programme: str) -> str:
    return Texts("programmes")(f"names.{programme}")


def _step(programme: str, cells: pd.DataFrame, sums: str) -> str:
    texts = Texts("programmes")
    part = cells[cells["programme"].eq(programme)]
    facts, topics = len(part), part["topic"].nunique()
    marks = texts("one_mark" if facts == 1 else "marks", count=facts)
    rows = texts("one_row" if topics == 1 else "rows", count=topics)
    return texts("step", name=_name(programme), sums=sums, marks=marks, rows=rows)


def _programme_rows(cells: pd.DataFrame, sums: dict[str, str]) -> pd.DataFrame:
    names = {programme: _name(programme) for programme in sums}
    cells = cells.assign(sum=cells["programme"].map(sums), programme=cells["programme"].map(names))
    return fact_rows(cells, ["statement", "programme", "sum", "name", "says", "cite"])


def _sums_of(programme: str, money: pd.DataFrame) -> pd.DataFrame:
    """The sums of a programme; of many, those that most articles report."""
    return most_reported(money[money["programme"].eq(programme)], MOST_SUMS)[0]


def _sums_in_words(sums: pd.DataFrame) -> str:
    return "; ".join(f"{m.words}, {m.money_status}" for m in sums.itertuples()) or Texts("programmes")("without_sum")


def _head(programme: str, sums: pd.DataFrame, given: int, columns: int) -> str:
    texts = Texts("programmes")
    lines = [f"<b>{m.words}</b><br>{m.money_status}" for m in sums.itertuples()]
    lines += [texts("and_more", count=given - MOST_SUMS)] if given > MOST_SUMS else []
    name = label(_name(programme), HEAD_LETTERS["page"] // columns)
    return "<br>".join([name, *(lines or [texts("head_without_sum")])])
