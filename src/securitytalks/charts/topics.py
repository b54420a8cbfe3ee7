"""Charts of topics: one mark a passage or a fact, so that a reader can point at any and see what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import fact_cells, fact_matrix, fact_rows, kind_key
from ..drawing.finish import chart, finish, title_texts
from ..drawing.grid import Grid, add_bars, add_column_rules, add_tiles, frame_grid, grid_of, head, room_for
from ..drawing.limits import and_others, bundled, newest
from ..drawing.marks import add_annotations, menu, text_in_margin
from ..drawing.stage import in_deck, in_steps, only_rows
from ..drawing.text import hover
from ..drawing.theme import INK, MUTED_FONT, NAMED, OTHER
from ..records.frames import passage_topics
from ..words.cites import articles_in, outlet_of
from ..words.dates import day
from ..words.language import Texts, missing, titled

MOST_NAMED = 5  # meetings whose leading topics find room in a finding
EXPLAINED = 3  # leading topics that have a step of their own
IN_DECK = 5  # topics that a deck shows, if no more lead: those that are named most often


@chart
def topics_by_meeting(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Topic breakdown for each meeting: one mark a passage, or bars of words. `passages`: load_passages().

    A deck shows the topics that lead and those that are named most often, and no bars.
    """
    return _breakdown(passages, topics, by="meeting")


@chart
def topics_by_article(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Topic breakdown for each article: one mark a passage, or bars of words. `passages`: load_passages()."""
    return _breakdown(passages, topics, by="article")


def _breakdown(passages: pd.DataFrame, topics: pd.DataFrame, *, by: str) -> go.Figure:
    texts = Texts("topics")
    coded = passages[~passages["boilerplate"]]
    if coded.empty:
        raise missing("passages")
    names, named = topics.set_index("topic")["name"], passage_topics(coded)["topic"].value_counts()
    drawn, limit = newest(coded, by)
    cells, columns = _passage_cells(drawn, topics, by), _column_names(drawn, by)
    marks, bundles = _passage_tiles(cells)
    of_cell = cells.groupby(["row", "column"], sort=False)["words"]
    sums = of_cell.agg(words="sum", passages="size").reset_index()
    left_out = _left_out(sums) if in_deck() else []
    grid = grid_of(marks, rows=topics["topic"], columns=list(columns), left_out=left_out, numbered=True)
    leading = set(_leading(sums, "passages")[["row", "column"]].itertuples(index=False, name=None))
    places = zip(marks["row"], marks["column"], strict=True)
    fig = go.Figure()
    add_tiles(fig, marks.assign(colour=[NAMED if place in leading else OTHER for place in places]), grid)
    _number_tiles(fig, marks, sums, size=grid.letters)
    _word_bars(fig, sums, grid)
    add_column_rules(fig, grid)
    heads = _heads(drawn, by, columns, of=drawn.groupby(by, sort=False).size())
    tall = 17 * max(text.count("<br>") + 1 for text in heads) + 12
    shown = [names[topic] for topic in grid.rows]
    frame_grid(fig, grid, names=shown, heads=heads, margin={"t": tall + 48, "b": 8, "r": 8})
    if left_out:
        _say_what_is_left_out(fig, grid, len(left_out))
    leaders = {what: _leaders(sums, what, list(columns), names, by) for what in ("passages", "words")}
    filled = texts.of_chart(
        leaders=leaders["passages"],
        by=texts(by),
        heads=texts("heads_of_articles") if by == "article" else "",
        cites=articles_in(coded["cite"]),
        sample=texts("sample"),
        order=_small_leads(sums) if by == "meeting" else texts("order"),
        limit=limit,
        bundles=bundles,
        counts=texts.each("topic", [{"name": name, "count": named.get(topic, 0)} for topic, name in names.items()]),
    )
    of_words = drawn.groupby(by, sort=False)["words"].sum()
    heads_of_words = _heads(drawn, by, columns, of=of_words, counted="head_words")
    of_bars = title_texts(leaders["words"], texts("measure_of_words"))
    changes = {
        "passages": {**title_texts(filled["finding"], filled["measure"]), "xaxis.ticktext": heads},
        "words": {**of_bars, "xaxis.ticktext": heads_of_words},
    }
    if not in_deck() or by == "article":
        _count_menu(fig, changes, tiles=len(grid.names), pad=tall)
    in_steps(fig, _steps(fig, drawn, sums, names), builds_up=True)
    rows = sums.assign(name=sums["row"].map(names)).assign(**{by: sums["column"].map(columns)})
    return finish(fig, **filled, rows=titled(rows[["name", by, "passages", "words"]]), height=grid.height)


def _small_leads(sums: pd.DataFrame) -> str:
    """How many passages lie between the first and the second topic of each column, and what that means."""
    texts, gaps = Texts("topics"), []
    for _, counts in sums.groupby("column", sort=False)["passages"]:
        first, second = [*counts.nlargest(2), 0][:2]
        gaps.append(str(first - second))
    return texts("small_leads", gaps=_listed(gaps))


def _leading(sums: pd.DataFrame, counted: str) -> pd.DataFrame:
    """The cells that have the most of their column; several where a column has a tie."""
    return sums[sums[counted].eq(sums.groupby("column")[counted].transform("max"))]


def _steps(
    fig: go.Figure, passages: pd.DataFrame, sums: pd.DataFrame, names: pd.Series
) -> list[tuple[str, dict[str, float]]]:
    """A step for each of the topics that lead most columns: when it is named, and when not or how often.

    Each step shows one topic more than the one before; the last one is the complete chart.
    """
    of = passages.groupby("meeting", sort=False).size()
    if len(of) < 2:
        return []
    texts, leads = Texts("topics"), _leading(sums, "passages")["row"].value_counts(sort=False)
    explained = leads.sort_values(ascending=False, kind="stable").index[:EXPLAINED]
    named = passage_topics(passages).groupby(["topic", "meeting"]).size()
    steps = []
    in_turn = sorted(explained, key=list(leads.index).index)
    for at, topic in enumerate(in_turn, start=1):
        counts = named[topic].reindex(of.index, fill_value=0)
        days, silent = (_in_words(found) for found in (counts.index[counts > 0], counts.index[counts == 0]))
        most = (counts / of).idxmax()
        if silent:
            sentence = texts("step.some", name=names[topic], days=days, silent=silent)
        else:
            sentence = texts("step.all", name=names[topic], day=day(most), n=counts[most], of=of[most])
        steps.append((sentence, only_rows(fig, in_turn[:at]) if at < len(in_turn) else {}))
    return steps


def _in_words(meetings: Iterable[str]) -> str:
    """The days of meetings as a list in a sentence."""
    return _listed([day(meeting) for meeting in meetings])


def _listed(parts: list[str]) -> str:
    """Parts as a list in a sentence."""
    *others, last = parts or [""]
    return Texts("topics")("and").join(([", ".join(others)] if others else []) + [last])


def _leaders(sums: pd.DataFrame, counted: str, columns: list[str], names: pd.Series, by: str) -> str:
    """The topics with the most passages, or words: in the order of the meetings, or in how many articles each leads."""
    texts, leading = Texts("topics"), _leading(sums, counted)
    often = leading["row"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    if by == "article":
        leads = [{"topic": names[topic], "count": count} for topic, count in often.items()]
        values = {"all": len(columns), "leads": texts.each("leads", leads, between=", ")}
        return texts(f"leaders.articles.{counted}", **values, tie=texts("tie") if often.sum() > len(columns) else "")
    if len(columns) > MOST_NAMED:
        values = {"count": len(often), "meetings": len(columns), "most_often": names[often.index[0]]}
        return texts("leaders.of_many", counted=texts(f"counted.{counted}"), **values)
    of_meeting = {one: texts("and").join(names[leading.loc[leading["column"].eq(one), "row"]]) for one in columns}
    turns = [
        texts("turn", topic=topic, days=_in_words(meetings)) for topic, meetings in groupby(columns, key=of_meeting.get)
    ]
    return texts(f"leaders.meetings.{counted}", turns=texts("then").join(turns))


def _left_out(sums: pd.DataFrame) -> list[str]:
    """The topics that a deck leaves out: they lead nowhere, and enough others are named in more passages."""
    leading = {row for what in ("passages", "words") for row in _leading(sums, what)["row"]}
    often = sums.groupby("row", sort=False)["passages"].sum().sort_values(ascending=False, kind="stable").index
    order = sorted(often, key=lambda row: row not in leading)
    return order[max(IN_DECK, len(leading)) :]


def _say_what_is_left_out(fig: go.Figure, grid: Grid, count: int) -> None:
    """Say under the rows how many more topics the table has."""
    line = grid.edges[1]
    words = text_in_margin(Texts("topics")("left_out", count=count), grid.height + line / 2)
    add_annotations(fig, [words | {"font": MUTED_FONT}])
    fig.update_yaxes(range=[grid.height + line, 0])


def _number_tiles(fig: go.Figure, marks: pd.DataFrame, sums: pd.DataFrame, *, size: int) -> None:
    """The number of passages of each cell beside its last tile, in bold where it is the largest of its column."""
    numbers = sums["passages"].astype(str)
    leading = sums.index.isin(_leading(sums, "passages").index)
    numbers = "\u00a0" + numbers.mask(leading, "<b>" + numbers + "</b>")
    texts = marks.merge(sums[["row", "column"]].assign(number=numbers), on=["row", "column"], how="left")
    texts.loc[texts.duplicated(["row", "column"], keep="last"), "number"] = ""
    for trace in fig.data:
        trace.update(
            mode="markers+text",
            text=texts.loc[texts["row"].eq(trace.name), "number"].tolist(),
            textposition="middle right",
            textfont={"size": size, "color": INK},
            cliponaxis=False,
        )


def _passage_cells(passages: pd.DataFrame, topics: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row a passage and topic, with the columns of a tile."""
    cells = passage_topics(passages).merge(topics, on="topic", how="left", validate="many_to_one")
    return cells.assign(row=cells["topic"], column=cells[by], symbol="square")


def _passage_tiles(cells: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The marks of the passages with their hover texts, in bundles where there are too many, and a note."""
    cells, note = bundled(cells, "passages")
    texts, reported = Texts("topics"), Texts("hover")
    hovertexts = [
        hover(c.gist, texts("passage", topic=c.name, words=c.words), reported("reported_by", cite=c.cite))
        for c in cells.itertuples(index=False)
    ]
    many = [and_others(text, n, "passages") for text, n in zip(hovertexts, cells["others"], strict=True)]
    return cells.assign(text=many), note


def _article_names(passages: pd.DataFrame) -> dict[str, str]:
    """The outlet and agency of each article."""
    cites = passages.drop_duplicates("article").set_index("article")["cite"]
    return cites.map(outlet_of).to_dict()


def _column_names(passages: pd.DataFrame, by: str) -> dict[str, str]:
    """The columns in order, each with its name: the day of a meeting, or the outlet and agency of an article."""
    if by == "article":
        return _article_names(passages)
    return {meeting: day(meeting) for meeting in passages["meeting"].unique()}


def _heads(
    passages: pd.DataFrame, by: str, columns: dict[str, str], *, of: pd.Series, counted: str = "head_passages"
) -> list[str]:
    """The name of each column, under that of an article the day of its meeting, and how much is counted (`of`)."""
    texts, heads = Texts("topics"), []
    for column, part in passages.groupby(by, sort=False):
        articles = part["article"].nunique()
        under = [day(part["meeting"].iloc[0])] if by == "article" else []
        under += [texts(counted, count=of[column])]
        under += [texts("head_articles", count=articles)] if articles > 1 else []
        heads.append(head(columns[column], *under, columns=len(columns)))
    return heads


def _word_bars(fig: go.Figure, sums: pd.DataFrame, grid: Grid) -> None:
    """One bar of words a cell, hidden until the menu asks for them."""
    texts, leading = Texts("topics"), set(_leading(sums, "words").index)
    cells = sums.assign(
        value=sums["words"],
        colour=[NAMED if at in leading else OTHER for at in sums.index],
        text=[hover(texts("bar", words=c.words, passages=c.passages)) for c in sums.itertuples()],
    )
    add_bars(fig, cells, grid, visible=False)


def _count_menu(fig: go.Figure, changes: Mapping[str, Mapping[str, object]], *, tiles: int, pad: int) -> None:
    """Buttons that change from tiles, the first traces, to bars of words, each with its title, subtitle and heads.

    `pad` px are over the plot, above its heads.
    """
    texts = Texts("topics")
    is_tile = [at < tiles for at in range(len(fig.data))]
    shown = {"passages": is_tile, "words": [not tile for tile in is_tile]}
    buttons = [
        {"label": texts(f"menu.{what}"), "method": "update", "args": [{"visible": visible}, changes[what]]}
        for what, visible in shown.items()
    ]
    shows = menu(texts("menu.name"), buttons, pad={"b": pad})
    fig.update_layout(updatemenus=[shows])


@chart
def priorities_by_meeting(facts: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Which priorities the coverage of each meeting names: every mark is a fact and opens it. `facts`: load_facts()."""
    texts = Texts("priorities_by_meeting")
    newest_facts, limit = newest(facts, "meeting")
    cells = fact_cells(facts, topics, column="meeting")
    sizes = newest_facts.groupby("meeting", sort=False).size()
    heads = [head(day(meeting), texts("facts", count=n), columns=len(sizes)) for meeting, n in sizes.items()]
    margin = {"t": room_for(heads, 44), "b": 8, "r": 8}
    meetings = cells.groupby("topic")["meeting"].nunique().reindex(topics["topic"], fill_value=0)
    total = facts["meeting"].nunique()
    named = topics.loc[meetings.eq(total).to_numpy()]
    everywhere = named["name"]
    fig, height, tiles, bundles = fact_matrix(
        cells, topics, columns=list(sizes.index), heads=heads, margin=margin, named=named["topic"]
    )
    counts = cells.groupby("name", sort=False).size()
    return finish(
        fig,
        **texts.of_chart(
            finding="named" if len(everywhere) else "none",
            meetings=total,
            everywhere=", ".join(everywhere),
            kinds=kind_key(),
            cites=articles_in(facts["cite"]),
            sample=Texts("topics")("sample"),
            limit=limit,
            bundles=bundles,
            counts=texts.each("topic", [{"name": name, "count": count} for name, count in counts.items()]),
        ),
        rows=fact_rows(tiles, ["statement", "name", "kind", "meeting", "says", "cite"]),
        height=height,
    )
