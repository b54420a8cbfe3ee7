"""Charts of topics: one mark a passage or a fact, so that a reader can point at any and see what it says."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import fact_cells, fact_matrix, fact_rows, kind_key
from ..drawing.finish import chart, finish
from ..drawing.grid import COLUMN_WIDTH, Grid, add_tiles, frame_grid, grid_of, head, room_for
from ..drawing.limits import and_others, bundled, newest
from ..drawing.marks import GLYPHS, menu_buttons
from ..drawing.stage import in_steps, on_slide, only_column
from ..drawing.text import hover
from ..drawing.theme import SMALL
from ..records.frames import passage_topics
from ..words.cites import article_of, articles_in
from ..words.dates import day
from ..words.language import Texts, missing, titled

SYMBOLS = ("square", "diamond", "circle", "triangle-up", "cross", "star")
MOST_SIZES = 3  # articles whose numbers of passages find room in the head of a meeting
MOST_NAMED = 5  # meetings whose leading topics find room in a finding
CLOSE = 2  # passages; the two codings differ by more than that
LONGEST = 0.7  # of a column: the longest bar of words; the rest is for its number


@chart
def topics_by_meeting(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Topic breakdown for each meeting: one mark a passage, or bars of words. `passages`: load_passages()."""
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
    names, topics_named = topics.set_index("topic")["name"], passage_topics(coded)
    drawn, limit = newest(coded, by)
    cells, columns = _passage_cells(drawn, topics, by), _column_names(drawn, by)
    marks, bundles = _passage_tiles(cells)
    grid = grid_of(marks, rows=topics["topic"], columns=list(columns))
    heads = _heads(drawn, by, columns)
    fig = go.Figure()
    add_tiles(fig, marks, grid)
    words = cells.groupby(["row", "column"], sort=False).agg(words=("words", "sum"), n=("words", "size")).reset_index()
    _word_bars(fig, words, grid, topics)
    tall = 17 * max(text.count("<br>") + 1 for text in heads) + 12
    frame_grid(fig, grid, names=topics["name"], heads=heads, margin={"t": tall + 48, "b": 8, "r": 8})
    _count_menu(fig, tiles=len(grid.rows), pad=tall)
    in_steps(fig, [(_step(cells, drawn, by, c, columns, names), only_column(fig, at)) for at, c in enumerate(columns)])
    counts = topics_named.groupby("topic").size().reindex(topics["topic"], fill_value=0).rename(names)
    if by == "meeting":
        variant, values = _leaders_of_meetings(cells, columns, names)
    else:
        variant, values = _leaders_of_articles(topics_named)
    return finish(
        fig,
        **texts.of_chart(
            finding=variant,
            **values,
            by=texts(by),
            symbols=_symbol_key(drawn),
            cites=articles_in(coded["cite"]),
            sample=texts("sample"),
            order=texts("order"),
            limit=limit,
            bundles=bundles,
            counts=texts.each("topic", [{"name": name, "count": count} for name, count in counts.items()]),
        ),
        rows=titled(
            pd.DataFrame(
                {
                    "name": words["row"].map(names),
                    by: words["column"].map(columns),
                    "passages": words["n"],
                    "words": words["words"],
                }
            )
        ),
        height=grid.height,
    )


def _step(
    cells: pd.DataFrame, passages: pd.DataFrame, by: str, column: str, columns: dict[str, str], names: pd.Series
) -> str:
    """Name the topic with most passages, and those so close behind it that a second coding could change the order."""
    texts = Texts("topics")
    counts = cells.loc[cells["column"].eq(column), "row"].value_counts(sort=False)
    close = counts[counts >= counts.max() - CLOSE].sort_values(ascending=False, kind="stable")
    most = ", ".join(f"{names[topic]} ({n})" for topic, n in close.items())
    lead = texts("step.one_leads" if len(close) == 1 else "step.several_lie_close", most=most)
    return texts("step.column", name=columns[column], passages=passages[by].eq(column).sum(), lead=lead)


def _leaders_of_meetings(
    cells: pd.DataFrame, columns: dict[str, str], names: pd.Series
) -> tuple[str, dict[str, object]]:
    """The topic that most passages of each meeting have, with the days that it leads on; of many meetings, how many."""
    texts = Texts("topics")
    counts = cells.groupby(["column", "row"], sort=False).size()
    leaders = counts[counts.eq(counts.groupby("column").transform("max"))].reset_index()
    if len(columns) > MOST_NAMED:
        values = {"leaders": leaders["row"].nunique(), "meetings": len(columns)}
        return "by_meeting", values | {"most_often": names[leaders["row"].value_counts().index[0]]}
    days = leaders.groupby("row", sort=False)["column"].agg(lambda found: texts("and").join(columns[c] for c in found))
    leading = [{"topic": names[topic], "days": when} for topic, when in days.items()]
    return "each_meeting", {"leading": texts.each("leads", leading)}


def _leaders_of_articles(cells: pd.DataFrame) -> tuple[str, dict[str, object]]:
    """How many topics have the most passages of an article, alone or level with others."""
    counts = cells.groupby(["article", "topic"], sort=False).size()
    leaders = counts[counts.eq(counts.groupby("article").transform("max"))].reset_index()
    return "by_article", {"leaders": leaders["topic"].nunique(), "articles": cells["article"].nunique()}


def _passage_cells(passages: pd.DataFrame, topics: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row a passage and topic, with the columns of a tile."""
    cells = passage_topics(passages).merge(topics, on="topic", how="left", validate="many_to_one")
    symbols = cells["article"].map(article_symbols(passages))
    return cells.assign(row=cells["topic"], column=cells[by], symbol=symbols)


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


def article_symbols(passages: pd.DataFrame) -> dict[str, str]:
    """The mark of each article: the first of a meeting is a square, the second a diamond, and so on."""
    articles = passages.drop_duplicates("article")
    order = articles.groupby("meeting", sort=False).cumcount()
    return {article: SYMBOLS[at % len(SYMBOLS)] for article, at in zip(articles["article"], order, strict=True)}


def _symbol_key(passages: pd.DataFrame) -> str:
    several = passages.groupby("meeting")["article"].nunique().max() > 1
    return Texts("topics")("symbols") if several else ""


def _column_names(passages: pd.DataFrame, by: str) -> dict[str, str]:
    """The columns in order, each with its name: the day of a meeting, or the outlet and agency of an article."""
    first = passages.drop_duplicates(by)
    if by == "meeting":
        return {meeting: day(meeting) for meeting in first["meeting"]}
    return {a: article_of(cite).rpartition(", ")[0] for a, cite in zip(first["article"], first["cite"], strict=True)}


def _heads(passages: pd.DataFrame, by: str, columns: dict[str, str]) -> list[str]:
    """The name of each column, and the number of passages of each of its articles after the article's mark."""
    heads, marks = [], article_symbols(passages)
    for column, name in columns.items():
        sizes = passages[passages[by].eq(column)].groupby("article", sort=False).size()
        split = " + ".join(f"{GLYPHS[marks[article]]} {n}" for article, n in sizes.items())
        if len(sizes) > MOST_SIZES:
            split = Texts("topics")("sizes", passages=sizes.sum(), articles=len(sizes))
        heads.append(head(name, split, columns=len(columns)))
    return heads


def _word_bars(fig: go.Figure, words: pd.DataFrame, grid: Grid, topics: pd.DataFrame) -> None:
    """One bar of words a cell, one trace a row, hidden until the menu asks for them."""
    texts, colours, most = Texts("topics"), topics.set_index("topic")["colour"], words["words"].max()
    heights = grid.centre_y if on_slide() else grid.first_line_y
    for name in grid.rows:
        part = words[words["row"].eq(name)]
        fig.add_bar(
            x=[COLUMN_WIDTH * LONGEST * w / most for w in part["words"]],
            base=[float(grid.columns.index(column)) for column in part["column"]],
            y=[heights[name]] * len(part),
            width=12,
            orientation="h",
            marker={"color": colours[name]},
            visible=False,
            name=name,
            text=[f"{w:,}" for w in part["words"]],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": SMALL},
            constraintext="none",  # else Plotly shrinks the number to the height of the bar
            hovertext=[hover(texts("bar", words=c.words, passages=c.n)) for c in part.itertuples()],
            hoverinfo="text",
        )


def _count_menu(fig: go.Figure, *, tiles: int, pad: int) -> None:
    """Buttons that change from tiles, the first traces, to bars of words; `pad` px over the plot, above its heads."""
    texts = Texts("topics")
    is_tile = [at < tiles for at in range(len(fig.data))]
    shown = {texts("menu.passages"): is_tile, texts("menu.words"): [not tile for tile in is_tile]}
    buttons = [{"label": name, "method": "restyle", "args": [{"visible": v}]} for name, v in shown.items()]
    menu = menu_buttons(texts("menu.name"), buttons) | {"pad": {"b": pad}}
    fig.update_layout(updatemenus=[menu], barmode="overlay")  # grouped, each trace leaves its row


@chart
def priorities_by_meeting(facts: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Which priorities the coverage of each meeting names: every mark is a fact and opens it. `facts`: load_facts()."""
    texts = Texts("priorities_by_meeting")
    newest_facts, limit = newest(facts, "meeting")
    cells = fact_cells(facts, topics, column="meeting")
    sizes = newest_facts.groupby("meeting", sort=False).size()
    heads = [head(day(meeting), texts("facts", count=n), columns=len(sizes)) for meeting, n in sizes.items()]
    margin = {"t": room_for(heads, 44), "b": 8, "r": 8}
    fig, height, tiles, bundles = fact_matrix(cells, topics, columns=list(sizes.index), heads=heads, margin=margin)
    meetings = cells.groupby("topic")["meeting"].nunique().reindex(topics["topic"], fill_value=0)
    total = facts["meeting"].nunique()
    everywhere = topics.loc[meetings.eq(total).to_numpy(), "name"]
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
