"""Charts of money and priorities: sums of different status stand side by side, and are never added."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import plotly.graph_objects as go

from ..claims.limits import most_reported
from ..drawing.facts import fact_cells, fact_hover, fact_rows, topics_of, window_in_words
from ..drawing.finish import chart, finish
from ..drawing.grid import stage
from ..drawing.limits import and_others
from ..drawing.marks import add_annotations
from ..drawing.stage import hidden, in_steps, on_slide
from ..drawing.text import label
from ..drawing.theme import INK, MUTED_FONT, OTHER, SMALL_FONT, TEXT, TEXT_FONT, UNKNOWN
from ..records.schema import MoneyStatus
from ..words.cites import articles_in, sources
from ..words.escape import escaped
from ..words.language import Texts, missing, titled
from ..words.links import places_of
from ..words.numbers import in_words

PROGRAMMES = ("merida", "framework", "root-causes-plan", "gun-makers-suit")
STATUSES = get_args(MoneyStatus)
TALKS = "talks"  # a family of topics: the terms of the talks are no priority of a programme
MOST_SUMS = 2  # sums of one programme that a box can name
BOXES_ABREAST = {"page": 2, "slide": 4}  # two fit a phone
BOX_WIDTH = 0.94  # of the place of a programme; the rest is the gap to the next
# Pixels of the two lines of a name, of a sum and its status, of a topic, of "and 3 more", and under the last topic.
NAME, SUM, TOPIC, MORE, GAP = {"page": 50, "slide": 46}, {"page": 58, "slide": 56}, {"page": 22, "slide": 18}, 18, 26
SUM_LETTERS = {"page": 22, "slide": 27}  # px


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
    texts, names, status = Texts("money_table"), Texts("programmes").table("names"), Texts("money_status")
    money = money_claims(facts) if facts["money_status"].notna().any() else facts.head(0).assign(words="")
    rows = [
        (m["words"], status(m["money_status"]), m["label"], m["place"], window_in_words(m), m["note"], m["cite"])
        for m in money.to_dict("records")
    ]
    none, unknown = texts("none_gives", count=facts["article"].nunique()), texts("not_stated")
    rows += [
        (unknown, texts("no_figure"), names[programme], unknown, unknown, none, texts("no_article"))
        for programme in _programmes_without_a_sum(facts, money)
    ]
    columns = ["sum", "status", "what", "where", "when", "is_not", "cite"]
    places = places_of("fact", money["fact"]) + [""] * (len(rows) - len(money))
    table = pd.DataFrame(rows, columns=columns, index=pd.Index(places, name="record"))
    return titled(table)


def _programmes_without_a_sum(facts: pd.DataFrame, money: pd.DataFrame) -> list[str]:
    named = set(facts["programme"].dropna())
    return [p for p in PROGRAMMES if p in named and p not in set(money["programme"])]


@chart
def funding_against_priorities(facts: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """The sum that the articles give for each programme, in a box, and under it what the programme is for.

    A box without a sum is dashed and says so. One mark a topic; it opens the first fact that names it.
    """
    texts, money = Texts("funding_against_priorities"), money_claims(facts)
    part = facts[facts["programme"].notna()]
    if part.empty:
        raise missing("programmes")
    cells = fact_cells(part, topics, column="programme")
    programmes = [p for p in PROGRAMMES if p in set(part["programme"])]
    sums = {p: _sums_of(p, money) for p in programmes}
    aims = _aims(cells)
    aims = aims.sort_values("topic", key=lambda found: found.map(list(topics["topic"]).index), kind="stable")
    fig = go.Figure()
    height, first_parts = _boxes(fig, programmes, money, sums, aims)
    words = {p: _sums_in_words(sums[p]) for p in programmes}
    in_steps(fig, _funding_steps(fig, first_parts, words, aims), builds_up=True)
    return finish(
        fig,
        **texts.of_chart(
            **_plans_with_a_sum(sums, aims),
            cites=articles_in(part["cite"]),
            programmes=" ".join(_programme_in_words(p, aims, topics, words[p]) for p in programmes),
        ),
        rows=_programme_rows(aims, words),
        height=height,
    )


def _aims(cells: pd.DataFrame) -> pd.DataFrame:
    """The first fact of each programme and topic, with the number and the sources of all; what the marks show."""
    aims = cells[cells["family"].ne(TALKS)]
    of_a_mark = aims.groupby(["programme", "topic"], sort=False)
    aims = aims.assign(facts=of_a_mark["fact"].transform("size"), cite=of_a_mark["cite"].transform(sources))
    return aims.drop_duplicates(["programme", "topic"])


def _boxes(
    fig: go.Figure,
    programmes: list[str],
    money: pd.DataFrame,
    sums: dict[str, pd.DataFrame],
    aims: pd.DataFrame,
) -> tuple[int, dict[str, dict[str, int]]]:
    """Draw the box and the topics of each programme.

    Returns:
        The height of all, in pixels, and for each programme the numbers of its first trace, annotation and shape.
    """
    abreast = BOXES_ABREAST[stage()]
    more = {p: max(0, money["programme"].eq(p).sum() - MOST_SUMS) for p in programmes}
    box_height = max(SUM[stage()] * max(1, len(sums[p])) + MORE * (more[p] > 0) for p in programmes)
    box_height, y = NAME[stage()] + box_height + 4, 0
    first_parts = {}
    for start in range(0, len(programmes), abreast):
        line = programmes[start : start + abreast]
        for x, programme in enumerate(line):
            first_parts[programme] = _parts(fig)
            _box(fig, programme, sums[programme], more[programme], x=x, y=y, height=box_height)
            part = aims[aims["programme"].eq(programme)]
            _topics(fig, part, x=x, y=y + box_height + 18)
        most = int(aims["programme"].value_counts().reindex(line, fill_value=0).max())
        y += box_height + 18 + TOPIC[stage()] * most + (0 if on_slide() else GAP)
    fig.update_xaxes(range=[-0.005, abreast - (1 - BOX_WIDTH) + 0.005], visible=False)
    fig.update_yaxes(range=[y, -2], visible=False)  # no line of a box is cut in half
    fig.update_layout(margin={"t": 8, "b": 4, "l": 2, "r": 2})
    return y, first_parts


def _parts(fig: go.Figure) -> dict[str, int]:
    """How many parts of each kind a figure has."""
    return {"traces": len(fig.data), "annotations": len(fig.layout.annotations), "shapes": len(fig.layout.shapes)}


def _funding_steps(
    fig: go.Figure, first_parts: dict[str, dict[str, int]], words: dict[str, str], aims: pd.DataFrame
) -> list[tuple[str, dict[str, bool]]]:
    """The old plan alone, then the new one, then everything: whatever comes later is hidden."""
    if not {"merida", "framework"} < set(first_parts):
        return []
    texts, counted = Texts("funding_against_priorities"), aims["programme"].value_counts()
    said = [
        texts("step.old", name=_name("merida"), sums=words["merida"]),
        texts("step.new", name=_name("framework"), aims=counted.get("framework", 0), sums=words["framework"]),
        texts("step.others"),
    ]
    later = [list(first_parts.values())[shown] for shown in (1, 2)]
    hides = [hidden(**{kind: range(start[kind], end) for kind, end in _parts(fig).items()}) for start in later]
    return list(zip(said, [*hides, {}], strict=True))


def _box(fig: go.Figure, programme: str, sums: pd.DataFrame, more: int, *, x: int, y: int, height: int) -> None:
    """The name of a programme and its sums, each over its status; dashed where no article gives a sum."""
    texts, status = Texts("programmes"), Texts("money_status")
    line = {"color": INK, "width": 1.5} if len(sums) else {"color": UNKNOWN, "width": 2, "dash": "dash"}
    fig.add_shape(type="rect", x0=x, x1=x + BOX_WIDTH, y0=y, y1=y + height, line=line, layer="below")
    letters, above = SUM_LETTERS[stage()], y + NAME[stage()]
    rows = [(y + 4, f"<b>{label(_name(programme), 40)}</b>", TEXT_FONT)]
    rows += [(y + NAME[stage()] // 2, label(texts(f"about.{programme}"), 40), MUTED_FONT)]
    shown = [(_large(found), status(found.money_status)) for found in sums.itertuples()] or [
        (f"<b>{texts('no_sum')}</b>", texts("in_any_article"))
    ]
    for at, (words, state) in enumerate(shown):
        top = above + at * SUM[stage()]
        rows += [(top, words, {"size": letters, "color": INK}), (top + letters + 9, label(state, 40), SMALL_FONT)]
    if more:
        rows.append((above + len(shown) * SUM[stage()], texts("and_more", count=more), SMALL_FONT))
    place = {"x": x + 0.04, "xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False}
    add_annotations(fig, [place | {"y": top, "text": text, "font": font} for top, text, font in rows])


def _large(found: object) -> str:
    """A sum in bold, the word on its precision before it in small letters."""
    exact = in_words(found.value, "exact", found.unit)
    word = f"<span style='font-size:{TEXT}px'>{escaped(found.words.removesuffix(exact))}</span>"
    return f"{word}<b>{escaped(exact)}</b>"


def _topics(fig: go.Figure, aims: pd.DataFrame, *, x: int, y: int) -> None:
    """A mark and the name of each topic, one under the other."""
    if aims.empty:
        return
    hovertexts = [and_others(fact_hover(aim), aim["facts"] - 1, "facts") for aim in aims.to_dict("records")]
    fig.add_scatter(
        x=[x + 0.06] * len(aims),
        y=[y + TOPIC[stage()] * at for at in range(len(aims))],
        mode="markers+text",
        name=_name(aims["programme"].iloc[0]),
        text=["\u00a0" + label(name, 40) for name in aims["name"]],
        textposition="middle right",
        textfont=TEXT_FONT,
        hovertext=hovertexts,
        hoverinfo="text",
        cliponaxis=False,
        marker={"symbol": "square", "size": 11, "color": OTHER},
    )


def _plans_with_a_sum(sums: dict[str, pd.DataFrame], aims: pd.DataFrame) -> dict[str, object]:
    """For how many plans and demands the articles give a sum, and whether they do for the new plan."""
    texts = Texts("funding_against_priorities")
    given = sum(len(found) > 0 for found in sums.values())
    if len(sums.get("framework", ())):
        return {"given": given, "new": texts("has_sum")}
    return {"given": given, "new": texts("no_sum", aims=aims["programme"].eq("framework").sum())}


def _programme_in_words(programme: str, aims: pd.DataFrame, topics: pd.DataFrame, sums: str) -> str:
    named = topics_of(aims[aims["programme"].eq(programme)], topics)
    return Texts("programmes")("in_words", name=_name(programme), sums=sums, priorities=", ".join(named["name"]))


def _name(programme: str) -> str:
    return Texts("programmes")(f"names.{programme}")


def _programme_rows(aims: pd.DataFrame, sums: dict[str, str]) -> pd.DataFrame:
    names = {programme: _name(programme) for programme in sums}
    aims = aims.assign(sum=aims["programme"].map(sums), programme=aims["programme"].map(names))
    return fact_rows(aims, ["programme", "sum", "name", "facts", "statement", "says", "cite"])


def _sums_of(programme: str, money: pd.DataFrame) -> pd.DataFrame:
    """The sums of a programme; of many, those that most articles report."""
    return most_reported(money[money["programme"].eq(programme)], MOST_SUMS)[0]


def _sums_in_words(sums: pd.DataFrame) -> str:
    texts = Texts("money_status")
    return "; ".join(f"{m.words}, {texts(m.money_status)}" for m in sums.itertuples()) or Texts("programmes")(
        "without_sum"
    )
