"""Charts of topics: one mark a passage or a fact, so that a reader can point at any and see what it says."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import fact_cells, fact_matrix, fact_rows, kind_key
from ..drawing.finish import chart, finish, title_texts
from ..drawing.grid import COLUMN_WIDTH, Grid, add_tiles, frame_grid, grid_of, head, room_for
from ..drawing.limits import and_others, bundled, newest
from ..drawing.marks import GLYPHS, menu
from ..drawing.stage import in_steps, on_slide, only_row
from ..drawing.text import hover
from ..drawing.theme import SMALL, SMALL_FONT
from ..records.frames import passage_topics
from ..words.cites import articles_in, outlet_of
from ..words.dates import day
from ..words.language import Texts, missing, titled

SYMBOLS = ("square", "diamond", "circle", "triangle-up", "cross", "star")
MOST_SIZES = 3  # articles whose numbers of passages find room in the head of a meeting
MOST_ROOMY = 4  # columns of a slide whose heads have room for a word before their numbers
MOST_NAMED = 5  # meetings whose leading topics find room in a finding
EXPLAINED = 2  # leading topics that have a step of their own
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
    names, named = topics.set_index("topic")["name"], passage_topics(coded)["topic"].value_counts()
    drawn, limit = newest(coded, by)
    cells, columns = _passage_cells(drawn, topics, by), _column_names(drawn, by)
    marks, bundles = _passage_tiles(cells)
    of_cell = cells.groupby(["row", "column"], sort=False)["words"]
    sums = of_cell.agg(words="sum", passages="size").reset_index()
    grid = grid_of(marks, rows=topics["topic"], columns=list(columns))
    fig = go.Figure()
    add_tiles(fig, marks, grid)
    _number_tiles(fig, marks, sums)
    _word_bars(fig, sums, grid, topics)
    heads = _heads(drawn, by, columns)
    tall = 17 * max(text.count("<br>") + 1 for text in heads) + 12
    frame_grid(fig, grid, names=topics["name"], heads=heads, margin={"t": tall + 48, "b": 8, "r": 8})
    leaders = {what: _leaders(sums, what, columns, names, by) for what in ("passages", "words")}
    filled = texts.of_chart(
        leaders=leaders["passages"],
        by=texts(by),
        symbols=_symbol_key(drawn),
        cites=articles_in(coded["cite"]),
        sample=texts("sample"),
        order=texts("order"),
        limit=limit,
        bundles=bundles,
        counts=texts.each("topic", [{"name": name, "count": named.get(topic, 0)} for topic, name in names.items()]),
    )
    titles = {
        "passages": title_texts(filled["finding"], filled["measure"]),
        "words": title_texts(leaders["words"], texts("measure_of_words")),
    }
    _count_menu(fig, titles, tiles=len(grid.rows), pad=tall)
    in_steps(fig, _steps(fig, sums, drawn[by].value_counts(), columns, names))
    rows = sums.assign(name=sums["row"].map(names)).assign(**{by: sums["column"].map(columns)})
    return finish(fig, **filled, rows=titled(rows[["name", by, "passages", "words"]]), height=grid.height)


def _leading(sums: pd.DataFrame, counted: str) -> pd.DataFrame:
    """The cells that have the most of their column; several where a column has a tie."""
    return sums[sums[counted].eq(sums.groupby("column")[counted].transform("max"))]


def _steps(
    fig: go.Figure, sums: pd.DataFrame, passages: pd.Series, columns: dict[str, str], names: pd.Series
) -> list[tuple[str, dict[str, float]]]:
    """A step for each of the topics that lead most columns: how many passages of each column name it."""
    if len(columns) < 2:
        return []
    texts, leading = Texts("topics"), _leading(sums, "passages")
    leads = leading["row"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    first = {row: list(columns).index(column) for row, column in zip(leading["row"], leading["column"], strict=True)}
    steps = []
    for topic in sorted(leads.index[:EXPLAINED], key=lambda row: first[row]):
        counts = sums[sums["row"].eq(topic)].set_index("column")["passages"]
        parts = [{"n": counts.get(c, 0), "of": passages[c], "column": name} for c, name in columns.items()]
        text = texts(
            "step",
            name=names[topic],
            counts=", ".join([texts("first_part", **parts[0]), *(texts("part", **one) for one in parts[1:])]),
        )
        steps.append((text, only_row(fig, topic)))
    return steps


def _leaders(sums: pd.DataFrame, counted: str, columns: dict[str, str], names: pd.Series, by: str) -> str:
    """The topic with the most passages, or words, of each column, in words; of many columns how many lead."""
    texts, leading = Texts("topics"), _leading(sums, counted)
    values = {"counted": texts(f"counted.{counted}"), "count": leading["row"].nunique(), f"{by}s": len(columns)}
    if by == "article":
        return texts("leaders.by_article", **values)
    if len(columns) > MOST_NAMED:
        return texts("leaders.by_meeting", **values, most_often=names[leading["row"].value_counts(sort=False).idxmax()])
    order = leading.assign(at=leading["column"].map(list(columns).index)).sort_values("at", kind="stable")
    days = order.groupby("row", sort=False)["column"].agg(lambda found: texts("and").join(columns[c] for c in found))
    leads = [{"topic": names[topic], "days": when} for topic, when in days.items()]
    return texts("leaders.each_meeting", most=texts(f"most.{counted}"), leading=texts.each("leads", leads))


def _number_tiles(fig: go.Figure, marks: pd.DataFrame, sums: pd.DataFrame) -> None:
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
            textfont=SMALL_FONT,
            cliponaxis=False,
        )


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
    return dict(zip(first["article"], first["cite"].map(outlet_of), strict=True))


def _heads(passages: pd.DataFrame, by: str, columns: dict[str, str]) -> list[str]:
    """The name of each column, the number of passages of each of its articles after its mark, and all their words."""
    heads, marks, texts = [], article_symbols(passages), Texts("topics")
    roomy = on_slide() and len(columns) <= MOST_ROOMY
    for column, name in columns.items():
        sizes = passages[passages[by].eq(column)].groupby("article", sort=False).size()
        each = " + ".join(f"{GLYPHS[marks[article]]} {n}" for article, n in sizes.items())
        split = texts("split", each=each if len(sizes) > 1 else str(sizes.sum())) if roomy else each
        if len(sizes) > MOST_SIZES:
            split = texts("sizes", passages=sizes.sum(), articles=len(sizes))
        words = texts("words", words=passages.loc[passages[by].eq(column), "words"].sum())
        under = [f"{split}; {words}"] if on_slide() and len(columns) <= MOST_NAMED else [split, words]
        heads.append(head(name, *under, columns=len(columns)))
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
            hovertext=[hover(texts("bar", words=c.words, passages=c.passages)) for c in part.itertuples()],
            hoverinfo="text",
        )


def _count_menu(fig: go.Figure, titles: dict[str, dict[str, str]], *, tiles: int, pad: int) -> None:
    """Buttons that change from tiles, the first traces, to bars of words, each with its title and subtitle.

    `pad` px are over the plot, above its heads.
    """
    texts = Texts("topics")
    is_tile = [at < tiles for at in range(len(fig.data))]
    shown = {"passages": is_tile, "words": [not tile for tile in is_tile]}
    buttons = [
        {"label": texts(f"menu.{what}"), "method": "update", "args": [{"visible": visible}, titles[what]]}
        for what, visible in shown.items()
    ]
    shows = menu(texts("menu.name"), buttons, pad={"b": pad})
    fig.update_layout(updatemenus=[shows], barmode="overlay")  # grouped, each trace leaves its row


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
