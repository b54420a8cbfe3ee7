"""Charts of topics: one mark a passage or a fact, so that a reader can point at any and see what it says."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import KIND_KEY, fact_cells, fact_matrix, fact_rows
from ..drawing.finish import finish, or_no_data
from ..drawing.grid import (
    COLUMN_WIDTH,
    PHONE_LETTERS,
    SLIDE_HEADS,
    Grid,
    add_tiles,
    frame_grid,
    grid_of,
    head,
    room_for,
)
from ..drawing.limits import and_others, bundled, newest, notes
from ..drawing.marks import GLYPHS, menu_buttons
from ..drawing.stage import in_steps, only_column
from ..drawing.text import hover
from ..records.frames import passage_topics
from ..words.cites import article_of, articles_in
from ..words.dates import day
from ..words.missing import NoData

SYMBOLS = ("square", "diamond", "circle", "triangle-up", "cross", "star")


MOST_SIZES = 3  # articles whose numbers of passages find room in the head of a meeting


MOST_NAMED = 5  # meetings whose leading topics find room in a finding


CLOSE = 2  # passages; the two codings differ by more than that
SAMPLE = "Topics in the coverage we hold, not of the meetings themselves."
ORDER = "Some topics lie so close together that another coding can change which one leads."


LONGEST = 0.7  # of a column: the longest bar of words; the rest is for its number


@or_no_data
def topics_by_meeting(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Topic breakdown for each meeting: one mark a passage, or bars of words. `passages`: load_passages()."""
    return _breakdown(passages, topics, by="meeting")


@or_no_data
def topics_by_article(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Topic breakdown for each article: one mark a passage, or bars of words. `passages`: load_passages()."""
    return _breakdown(passages, topics, by="article")


def _breakdown(passages: pd.DataFrame, topics: pd.DataFrame, *, by: str) -> go.Figure:
    real = passages[~passages["boilerplate"]]
    if real.empty:
        raise NoData("No passage has a topic.", "`settled` topics")
    counts = passage_topics(real).groupby("topic").size().reindex(topics["topic"], fill_value=0)
    drawn, limit = newest(real, by)
    cells, columns = _passage_cells(drawn, topics, by), _column_names(drawn, by)
    words = cells.groupby(["row", "column"], sort=False).agg(words=("words", "sum"), n=("words", "size")).reset_index()
    marks, bundles = _passage_tiles(cells)
    grid = grid_of(marks, rows=topics["topic"], columns=list(columns))
    heads, wide = (_heads(drawn, by, columns, letters) for letters in (PHONE_LETTERS, SLIDE_HEADS))
    fig = go.Figure()
    add_tiles(fig, marks, grid)
    tiles = len(fig.data)
    _word_bars(fig, words, grid, topics)
    frame_grid(fig, grid, names=topics["name"], heads=heads, wide_heads=wide)
    _count_menu(fig, tiles, lines=max(text.count("<br>") + 1 for text in heads))
    names = topics.set_index("topic")["name"]
    in_steps(
        fig,
        [
            (_step(drawn[drawn[by].eq(c)], cells[cells["column"].eq(c)], name, names), only_column(fig, at))
            for at, (c, name) in enumerate(columns.items())
        ],
    )
    return finish(
        fig,
        finding=_leaders(cells, columns, names) if by == "meeting" else _centres(passage_topics(real), names),
        measure=f"One mark for each passage, by topic and {by}. A passage may have several topics. "
        f"{_symbol_key(drawn)}",
        unit="passages",
        source=f"{articles_in(real['cite'])}; coded by us",
        note=notes(SAMPLE, ORDER, limit, bundles),
        description=f"A matrix of topics by {by}. "
        + "; ".join(f"{names[topic]}: {n} passages" for topic, n in counts.items())
        + ".",
        rows=pd.DataFrame(
            {
                "Topic": words["row"].map(names),
                by.title(): words["column"].map(columns),
                "Passages": words["n"],
                "Words": words["words"],
            }
        ),
        height=grid.height,
    )


def _step(passages: pd.DataFrame, cells: pd.DataFrame, name: str, names: pd.Series) -> str:
    """Name the topic with most passages, and those so close behind it that a second coding could change the order."""
    counts = cells["row"].value_counts(sort=False)
    close = counts[counts >= counts.max() - CLOSE].sort_values(ascending=False, kind="stable")
    most = ", ".join(f"{names[topic]} ({n})" for topic, n in close.items())
    return f"{name}: {len(passages)} passages. {most} {'leads' if len(close) == 1 else 'lie close together'}."


def _leaders(cells: pd.DataFrame, columns: dict[str, str], names: pd.Series) -> str:
    """The topic that most passages of each meeting have, with the days that it leads on; of many meetings, how many."""
    counts = cells.groupby(["column", "row"], sort=False).size()
    leaders = counts[counts.eq(counts.groupby("column").transform("max"))].reset_index()
    days = leaders.groupby("row", sort=False)["column"].agg(lambda found: " and ".join(columns[c] for c in found))
    if len(columns) > MOST_NAMED:
        often = leaders["row"].value_counts().index[0]
        return f"{len(days)} topics lead the coverage of {len(columns)} meetings; {names[often]} leads most often"
    return "Most passages: " + "; ".join(f"{names[topic]} on {when}" for topic, when in days.items())


def _centres(cells: pd.DataFrame, names: pd.Series) -> str:
    """How many topics lead an article, and the one that leads most of them."""
    counts = cells.groupby(["article", "topic"], sort=False).size()
    leaders = counts[counts.eq(counts.groupby("article").transform("max"))].reset_index()["topic"]
    articles = cells["article"].nunique()
    often = leaders.value_counts(sort=True)
    return (
        f"{often.size} different topics lead the {articles} articles; {names[often.index[0]]} leads most often, "
        f"in {often.iloc[0]}"
    )


def _passage_cells(passages: pd.DataFrame, topics: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row a passage and topic, with the columns of a tile."""
    cells = passage_topics(passages).merge(topics, on="topic", how="left", validate="many_to_one")
    symbols = cells["article"].map(article_symbols(passages))
    return cells.assign(row=cells["topic"], column=cells[by], symbol=symbols)


def _passage_tiles(cells: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The marks of the passages with their hover texts, in bundles where there are too many, and a note."""
    cells, limit = bundled(cells, "passages")
    text = [
        and_others(hover(c.gist, f"Topic: {c.name}. {c.words} words.", f"Reported by {c.cite}"), c.others, "passages")
        for c in cells.itertuples(index=False)
    ]
    return cells.assign(text=text), limit


def article_symbols(passages: pd.DataFrame) -> dict[str, str]:
    """The mark of each article: the first of a meeting is a square, the second a diamond, and so on."""
    articles = passages.drop_duplicates("article")
    order = articles.groupby("meeting", sort=False).cumcount()
    return {article: SYMBOLS[at % len(SYMBOLS)] for article, at in zip(articles["article"], order, strict=True)}


def _symbol_key(passages: pd.DataFrame) -> str:
    several = passages.groupby("meeting")["article"].nunique().max() > 1
    return "Marks differ by article within a meeting; numbers in the heads are passages." if several else ""


def _column_names(passages: pd.DataFrame, by: str) -> dict[str, str]:
    """The columns in order, each with its name: the day of a meeting, or the outlet and agency of an article."""
    first = passages.drop_duplicates(by)
    if by == "meeting":
        return {meeting: day(meeting) for meeting in first["meeting"]}
    return {a: article_of(cite).rpartition(", ")[0] for a, cite in zip(first["article"], first["cite"], strict=True)}


def _heads(passages: pd.DataFrame, by: str, columns: dict[str, str], letters: int) -> list[str]:
    """The name of each column, and the number of passages of each of its articles after the article's mark."""
    heads, marks = [], article_symbols(passages)
    for column, name in columns.items():
        sizes = passages[passages[by].eq(column)].groupby("article", sort=False).size()
        split = " + ".join(f"{GLYPHS[marks[article]]} {n}" for article, n in sizes.items())
        if len(sizes) > MOST_SIZES:
            split = f"{sizes.sum()} in {len(sizes)} articles"
        heads.append(head(name, split, columns=len(columns), letters=letters))
    return heads


def _word_bars(fig: go.Figure, words: pd.DataFrame, grid: Grid, topics: pd.DataFrame) -> None:
    """One bar of words a cell, one trace a row, hidden until the menu asks for them."""
    colours, most = topics.set_index("topic")["colour"], words["words"].max()
    for name in grid.rows:
        part = words[words["row"].eq(name)]
        fig.add_bar(
            x=[COLUMN_WIDTH * LONGEST * w / most for w in part["words"]],
            base=[float(grid.columns.index(column)) for column in part["column"]],
            y=[grid.middle(name)] * len(part),
            width=12,
            orientation="h",
            marker={"color": colours[name]},
            visible=False,
            name=name,
            text=[f"{w:,}" for w in part["words"]],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 12},
            constraintext="none",  # else Plotly shrinks the number to the height of the bar
            hovertext=[hover(f"{w:,} words in {n} passages") for w, n in zip(part["words"], part["n"], strict=True)],
            hoverinfo="text",
        )


def _count_menu(fig: go.Figure, tiles: int, *, lines: int) -> None:
    """Buttons that change from tiles, the first traces, to bars of words; they stand over heads of so many lines."""
    is_tile = [at < tiles for at in range(len(fig.data))]
    shown = {"Passages": is_tile, "Words": [not tile for tile in is_tile]}
    buttons = [{"label": name, "method": "restyle", "args": [{"visible": v}]} for name, v in shown.items()]
    tall = 17 * lines + 12
    menu = menu_buttons("Count", buttons) | {"pad": {"b": tall}}
    margin = {"t": tall + 48, "b": 8, "l": 14, "r": 8}
    fig.update_layout(margin=margin, updatemenus=[menu], barmode="overlay")  # grouped, each trace leaves its row


@or_no_data
def priorities_by_meeting(facts: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Which priorities the coverage of each meeting names: every mark is a fact and opens it. `facts`: load_facts()."""
    drawn, limit = newest(facts, "meeting")
    cells = fact_cells(facts, topics, column="meeting")
    counts, total = drawn.groupby("meeting", sort=False).size(), facts["meeting"].nunique()
    heads = [head(day(meeting), f"{n} facts", columns=len(counts)) for meeting, n in counts.items()]
    fig, grid, tiles, bundles = fact_matrix(cells, topics, columns=list(counts.index), heads=heads)
    fig.update_layout(margin={"t": room_for(heads, 44), "b": 8, "l": 14, "r": 8})
    meetings = cells.groupby("topic")["meeting"].nunique().reindex(topics["topic"], fill_value=0)
    everywhere = topics.loc[meetings.eq(total).to_numpy(), "name"]
    return finish(
        fig,
        finding=f"Named in the coverage of all {total} meetings: {', '.join(everywhere)}"
        if len(everywhere)
        else f"No priority is named in the coverage of all {total} meetings",
        measure=f"One mark for each fact, by topic and meeting: {KIND_KEY}. Point at a mark to read the fact.",
        unit="facts",
        source=articles_in(facts["cite"]),
        note=notes(SAMPLE, limit, bundles),
        description="A matrix of topics by meeting with one mark for each fact. "
        + "; ".join(f"{name}: {n} facts" for name, n in cells.groupby("name", sort=False).size().items())
        + ".",
        rows=fact_rows(tiles, ["statement", "name", "kind", "meeting", "says", "cite"]),
        height=grid.height,
    )
