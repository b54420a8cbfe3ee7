"""Charts of topics: one mark a passage or a fact, so that a reader can point at any and see what it says."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from .agreement import ALL_TOPICS, disagreements
from .charts_deaths import menu_buttons
from .door import INK, MUTED, finish, hover, label, sources
from .frames import passage_topics
from .grid import COLUMN_WIDTH, Grid, add_tiles, frame_grid, grid_of
from .printed import day, in_words

SYMBOLS = ["square", "diamond", "circle", "triangle-up", "cross", "star"]
KIND_SYMBOLS = {"commitment": "circle", "position": "diamond", "event": "triangle-up", "figure": "square"}
GLYPHS = {"square": "■", "diamond": "◆", "circle": "●", "triangle-up": "▲", "cross": "✚", "star": "★"}
SAMPLE = "Topics in the coverage we hold, not of the meetings themselves."


def _passage_cells(passages: pd.DataFrame, topics: pd.DataFrame, by: str) -> pd.DataFrame:
    cells = passage_topics(passages).merge(topics, on="topic", how="left", validate="many_to_one")
    marks = article_symbols(passages)
    text = [
        hover(c.gist, f"Topic: {c.name}. {c.words} words.", f"Reported by {c.cite}")
        for c in cells.itertuples(index=False)
    ]
    return cells.assign(row=cells["topic"], column=cells[by], symbol=cells["article"].map(marks), text=text)


def article_symbols(passages: pd.DataFrame) -> dict[str, str]:
    """The mark of each article: the first of a meeting is a square, the second a diamond, and so on."""
    articles = passages.drop_duplicates("article")
    order = articles.groupby("meeting", sort=False).cumcount()
    return {article: SYMBOLS[at % len(SYMBOLS)] for article, at in zip(articles["article"], order, strict=True)}


def topics_by_meeting(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Topic breakdown for each meeting: one mark a passage, or bars of words. `passages`: load_passages()."""
    return _breakdown(passages, topics, by="meeting")


def topics_by_article(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Topic breakdown for each article: one mark a passage, or bars of words. `passages`: load_passages()."""
    return _breakdown(passages, topics, by="article")


def _breakdown(passages: pd.DataFrame, topics: pd.DataFrame, *, by: str) -> go.Figure:
    cells = _passage_cells(passages, topics, by)
    real = passages[~passages["boilerplate"]]
    columns = list(dict.fromkeys(real[by]))
    grid = grid_of(cells, rows=topics["topic"], columns=columns)
    fig = go.Figure()
    add_tiles(fig, cells, grid)
    tiles = len(fig.data)
    words = cells.groupby(["row", "column"], sort=False).agg(words=("words", "sum"), n=("words", "size")).reset_index()
    _word_bars(fig, words, grid, topics)
    frame_grid(fig, grid, names=topics["name"], heads=_heads(real, by, columns))
    shown = {
        "Passages": [at < tiles for at in range(len(fig.data))],
        "Words": [at >= tiles for at in range(len(fig.data))],
    }
    buttons = [{"label": name, "method": "restyle", "args": [{"visible": v}]} for name, v in shown.items()]
    heads = _heads(real, by, columns)
    tall = 17 * max(head.count("<br>") + 1 for head in heads) + 12
    fig.update_layout(
        margin={"t": tall + 48, "b": 8, "l": 14, "r": 8},
        updatemenus=[menu_buttons("Count", buttons) | {"pad": {"b": tall}}],
    )
    counts = cells.groupby("row")["paragraph"].size().reindex(topics["topic"], fill_value=0)
    names = topics.set_index("topic")["name"]
    top = counts.idxmax()
    table = words.assign(
        Topic=words["row"].map(names),
        Column=words["column"].map(dict(zip(columns, _plain_heads(real, by, columns), strict=True))),
    )
    return finish(
        fig,
        finding=f"{names[top]} leads the coverage we hold: {counts[top]} of {len(real)} passages name it",
        measure=f"One mark a passage, by topic and {by}. A passage may have several topics. {_symbol_key(real)}",
        unit="passages",
        source=sources(real["cite"].str.partition(", ¶")[0].drop_duplicates()) + "; coded by us",
        note=SAMPLE,
        description=f"A matrix of topics by {by}. "
        + "; ".join(f"{names[t]}: {n} passages" for t, n in counts.items())
        + ".",
        rows=table[["Topic", "Column", "n", "words"]].rename(
            columns={"Column": by.title(), "n": "Passages", "words": "Words"}
        ),
        height=grid.height,
    )


def _word_bars(fig: go.Figure, words: pd.DataFrame, grid: Grid, topics: pd.DataFrame) -> None:
    colours = topics.set_index("topic")["colour"]
    most = words["words"].max()
    for name in grid.rows:
        part = words[words["row"].eq(name)]
        starts = [float(grid.columns.index(c)) for c in part["column"]]
        fig.add_bar(
            x=[COLUMN_WIDTH * 0.7 * w / most for w in part["words"]],
            base=starts,
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
            hovertext=[hover(f"{w:,} words in {n} passages") for w, n in zip(part["words"], part["n"], strict=True)],
            hoverinfo="text",
        )


def _plain_heads(real: pd.DataFrame, by: str, columns: list[str]) -> list[str]:
    first = real.drop_duplicates(by).set_index(by)
    if by == "meeting":
        return [day(pd.Timestamp(c).date()) for c in columns]
    return [first.loc[c, "cite"].rpartition(", ¶")[0].rpartition(", ")[0] for c in columns]


def _heads(real: pd.DataFrame, by: str, columns: list[str]) -> list[str]:
    heads = []
    marks = article_symbols(real)
    for column, name in zip(columns, _plain_heads(real, by, columns), strict=True):
        part = real[real[by].eq(column)]
        sizes = part.groupby("article", sort=False).size()
        split = " + ".join(f"{GLYPHS[marks[a]]} {n}" for a, n in sizes.items())
        heads.append(f"<b>{label(name, 12)}</b><br>{split}")
    return heads


def _symbol_key(real: pd.DataFrame) -> str:
    counts = real.drop_duplicates("article").groupby("meeting", sort=False)["article"].size()
    return "Marks differ by article within a meeting; numbers in the heads are passages." if counts.max() > 1 else ""


def priorities_by_meeting(facts: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Which priorities the coverage of each meeting names: every mark is a fact and opens it. `facts`: load_facts()."""
    exploded = (
        facts.explode("topics")
        .rename(columns={"topics": "topic"})
        .merge(topics, on="topic", how="left", validate="many_to_one")
    )
    cells = exploded.assign(
        row=exploded["topic"],
        column=exploded["meeting"],
        symbol=exploded["kind"].map(KIND_SYMBOLS),
        text=[fact_hover(f) for f in exploded.to_dict("records")],
    )
    columns = list(dict.fromkeys(facts["meeting"]))
    grid = grid_of(cells, rows=topics["topic"], columns=columns)
    fig = go.Figure()
    add_tiles(fig, cells, grid)
    counts = facts.groupby("meeting", sort=False).size()
    frame_grid(
        fig,
        grid,
        names=topics["name"],
        heads=[f"<b>{day(pd.Timestamp(c).date())}</b><br>{counts[c]} facts" for c in columns],
    )
    fig.update_layout(margin={"t": 44, "b": 8, "l": 14, "r": 8})
    names = topics.set_index("topic")["name"]
    spread = cells.groupby("topic", sort=False)["meeting"].nunique()
    everywhere = [str(names[t]) for t in topics["topic"] if spread.get(t, 0) == len(columns)]
    key = ", ".join(f"{GLYPHS[s]} {k}" for k, s in KIND_SYMBOLS.items())
    return finish(
        fig,
        finding=_everywhere(everywhere, len(columns)),
        measure=f"One mark a fact, by topic and meeting: {key}. Point at a mark to read the fact.",
        unit="facts",
        source=sources(facts["cite"].str.partition(", ¶")[0].drop_duplicates()),
        note=SAMPLE,
        description="A matrix of topics by meeting with one mark a fact. "
        + "; ".join(f"{names[t]}: {n} facts" for t, n in cells.groupby("topic", sort=False).size().items())
        + ".",
        rows=cells.assign(Topic=cells["name"])[["statement", "Topic", "kind", "meeting", "says", "cite"]].rename(
            columns={"statement": "Fact", "kind": "Kind", "meeting": "Meeting", "says": "Says", "cite": "Source"}
        ),
        height=grid.height,
    )


def _everywhere(names: list[str], meetings: int) -> str:
    if not names:
        return f"No priority is named in the coverage of all {meetings} meetings"
    return f"Named in the coverage of all {meetings} meetings: {', '.join(names)}"


def fact_hover(fact: dict) -> str:
    """What a mark of a fact says: statement, figure with precision and date, who says so, and where."""
    figure = ""
    if fact["kind"] == "figure":
        words = in_words(fact["value"], fact["precision"], fact["unit"])
        figure = f"Figure: {words} ({fact['precision']}, as of {day(fact['as_of'])})"
    note = fact["note"] if isinstance(fact["note"], str) else ""
    return hover(fact["statement"], figure, f"Says: {fact['says']}", fact["cite"], f"Note: {note}" if note else "")


def two_accounts(facts: pd.DataFrame, topics: pd.DataFrame, meeting: str) -> go.Figure:
    """Two articles on one meeting side by side, a mark a fact: what one reports and the other leaves out."""
    part = facts[facts["meeting"].eq(meeting)]
    articles = list(dict.fromkeys(part["article"]))
    if len(articles) < 2:
        raise ValueError(f"meeting {meeting!r} has {len(articles)} article; two are needed to hold them side by side")
    exploded = (
        part.explode("topics")
        .rename(columns={"topics": "topic"})
        .merge(topics, on="topic", how="left", validate="many_to_one")
    )
    cells = exploded.assign(
        row=exploded["topic"],
        column=exploded["article"],
        symbol=exploded["kind"].map(KIND_SYMBOLS),
        text=[fact_hover(f) for f in exploded.to_dict("records")],
    )
    used = [t for t in topics["topic"] if t in set(cells["topic"])]
    grid = grid_of(cells, rows=used, columns=articles)
    fig = go.Figure()
    add_tiles(fig, cells, grid)
    cites = part.drop_duplicates("article").set_index("article")["cite"].str.partition(", ¶")[0]
    names = topics.set_index("topic")["name"]
    frame_grid(
        fig,
        grid,
        names=[names[t] for t in used],
        heads=[f"<b>{label(cites[a], 34)}</b><br>{(part['article'] == a).sum()} facts" for a in articles],
    )
    fig.update_layout(margin={"t": 56, "b": 8, "l": 14, "r": 8})
    one_sided = [str(names[t]) for t in used if cells[cells["topic"].eq(t)]["article"].nunique() == 1]
    return finish(
        fig,
        finding=f"One meeting, two articles: {len(one_sided)} of {len(used)} topics are in one article only"
        + (f" ({', '.join(one_sided)})" if 0 < len(one_sided) <= 4 else ""),
        measure=f"Facts of each article on {day(pd.Timestamp(meeting).date())}, by topic: "
        + ", ".join(f"{GLYPHS[s]} {k}" for k, s in KIND_SYMBOLS.items())
        + ".",
        unit="facts",
        source=sources(cites),
        note="An article that leaves a topic out does not show that the meeting did.",
        description="Two columns of marks by topic. "
        + "; ".join(
            f"{names[t]}: "
            + ", ".join(f"{cites[a]} {((cells['topic'] == t) & (cells['article'] == a)).sum()}" for a in articles)
            for t in used
        )
        + ".",
        rows=cells[["statement", "name", "article", "kind", "says", "cite"]].rename(
            columns={
                "statement": "Fact",
                "name": "Topic",
                "article": "Article",
                "kind": "Kind",
                "says": "Says",
                "cite": "Source",
            }
        ),
        height=grid.height,
    )


def topic_shares(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Share of passages a topic has in each article, with the counts: two articles on one day differ like years do."""
    real = passages[~passages["boilerplate"]]
    sizes = real.groupby("article", sort=False).size()
    first = real.drop_duplicates("article").set_index("article")
    counts = passage_topics(passages).groupby(["topic", "article"], sort=False).size()
    table = pd.DataFrame(
        [
            (t, a, int(counts.get((t, a), 0)), int(sizes[a]), first.loc[a, "meeting"])
            for t in topics["topic"]
            for a in sizes.index
        ],
        columns=["topic", "article", "n", "of", "meeting"],
    )
    table["share"] = table["n"] / table["of"]
    paired = table.groupby(["topic", "meeting"], sort=False)["share"].agg(["min", "max", "size"]).reset_index()
    paired = paired[paired["size"] > 1]
    fig = go.Figure()
    names, grid = topics.set_index("topic")["name"], Grid.of_lines(list(topics["topic"]), ["share"])
    for pair in paired.itertuples():
        fig.add_scatter(
            x=[pair.min, pair.max],
            y=[grid.middle(pair.topic)] * 2,
            mode="lines",
            hoverinfo="skip",
            line={"color": "#BDBDBD", "width": 9},
        )
    meetings = list(dict.fromkeys(table["meeting"]))
    shades = topics.set_index("topic")["colour"]
    for meeting in meetings:
        part = table[table["meeting"].eq(meeting)]
        texts = [
            hover(
                f"{names[r.topic]}: {r.n} of {r.of} passages",
                f"Reported by {first.loc[r.article, 'cite'].partition(', ¶')[0]}",
            )
            for r in part.itertuples()
        ]
        fig.add_scatter(
            x=part["share"],
            y=[grid.middle(t) for t in part["topic"]],
            mode="markers",
            hovertext=texts,
            hoverinfo="text",
            name=day(pd.Timestamp(meeting).date()),
            marker={
                "size": 11,
                "color": [shades[t] for t in part["topic"]],
                "symbol": SYMBOLS[meetings.index(meeting) % len(SYMBOLS)],
            },
        )
    frame_grid(fig, grid, names=topics["name"], heads=[""])
    top = table["share"].max() * 1.08
    fig.update_xaxes(
        range=[-0.02, top],
        side="bottom",
        tickvals=[0, 0.2, 0.4, 0.6, 0.8],
        ticktext=["0", "1 in 5", "2 in 5", "3 in 5", "4 in 5"],
        showgrid=True,
    )
    key = ", ".join(
        f"{GLYPHS[SYMBOLS[i % len(SYMBOLS)]]} {day(pd.Timestamp(m).date())}" for i, m in enumerate(meetings)
    )
    wide = (paired["max"] - paired["min"]).max() if len(paired) else 0
    between = (
        table.groupby(["topic", "meeting"], sort=False)["share"]
        .mean()
        .groupby("topic")
        .agg(lambda s: s.max() - s.min())
        .median()
    )
    fig.update_layout(margin={"t": 8, "b": 40, "l": 14, "r": 16})
    return finish(
        fig,
        finding="Two articles about one meeting differ "
        + (
            "at least as much as articles about different meetings do"
            if wide >= between
            else "less than articles about different meetings do"
        ),
        measure=f"Part of an article's passages that name a topic. {key}. Grey bar: the spread between articles on one meeting.",
        unit="part of the passages of an article",
        source=sources(first["cite"].str.partition(", ¶")[0]) + "; coded by us",
        note=f"Passages an article: {', '.join(str(n) for n in sizes)}. Few passages, one outlet a meeting after the first: no trend can be shown.",
        description="Dots of shares by topic and article; the largest gap between two articles on one meeting is "
        f"{wide:.0%} of the passages, the usual gap between meetings is {between:.0%}.",
        rows=table.assign(
            Topic=table["topic"].map(names),
            Count=[f"{r.n} of {r.of}" for r in table.itertuples()],
            Article=[first.loc[a, "cite"].partition(", ¶")[0] for a in table["article"]],
        )[["Topic", "Article", "Count"]],
        height=grid.height,
    )


def agreement_by_topic(agreement: pd.DataFrame) -> go.Figure:
    """Krippendorff's alpha of the two codings, a dot a topic, with the two usual bars. `agreement`: coding_agreement()."""
    known = agreement[agreement["alpha"].notna()].reset_index(drop=True)
    grid = Grid.of_lines(list(known["topic"]), ["alpha"])
    fig = go.Figure()
    for bar, text in ((0.667, "0.667 tentative"), (0.8, "0.80 usual")):
        fig.add_vline(
            x=bar,
            line={"color": MUTED, "dash": "dot", "width": 1},
            annotation={"text": text, "font": {"size": 12, "color": MUTED}, "textangle": 0},
            annotation_position="top left" if bar < 0.7 else "top right",
        )
    texts = [
        hover(
            f"{r.name}: alpha {r.alpha:.2f}",
            f"First coding {r.first} passages, second {r.second}, both {r.both}, of {r.passages}",
        )
        for r in known.itertuples(index=False)
    ]
    fig.add_scatter(
        x=known["alpha"],
        y=[grid.middle(t) for t in known["topic"]],
        mode="markers+text",
        marker={"size": 12, "color": INK},
        hovertext=texts,
        hoverinfo="text",
        text=[f"{a:.2f}" for a in known["alpha"]],
        textposition="middle left",
    )
    frame_grid(fig, grid, names=known["name"], heads=[""])
    low = min(0.0, float(known["alpha"].min())) - 0.1
    fig.update_xaxes(
        range=[low, 1.05],
        side="bottom",
        tickvals=[0, 0.2, 0.4, 0.6, 0.8, 1],
        ticktext=["0: chance", "0.2", "0.4", "0.6", "0.8", "1: same"],
        showgrid=True,
    )
    fig.update_layout(margin={"t": 26, "b": 40, "l": 14, "r": 24})
    whole = agreement[agreement["topic"].eq(ALL_TOPICS)].iloc[0]
    return finish(
        fig,
        finding=f"Two separate codings agree well beyond chance: alpha {whole['alpha']:.2f} over all topics"
        if whole["alpha"] >= 0.667
        else f"Two separate codings agree only in part: alpha {whole['alpha']:.2f} over all topics",
        measure=f"Krippendorff's alpha (nominal) of the first and second coding of {int(whole['passages'])} passages. 1 is full agreement, 0 is chance.",
        unit="alpha",
        source="two codings of the passages by us, the second blind to the first",
        note="High alpha shows that the codebook can be applied twice with the same result, not that the codes are right.",
        description="Dots by topic: "
        + "; ".join(f"{r.name} {r.alpha:.2f}" for r in known.itertuples(index=False))
        + ".",
        rows=agreement.assign(alpha=agreement["alpha"].round(2))[
            ["name", "first", "second", "both", "passages", "alpha"]
        ].rename(
            columns={
                "name": "Topic",
                "first": "First coding",
                "second": "Second coding",
                "both": "Both",
                "passages": "Passages",
                "alpha": "Alpha",
            }
        ),
        height=grid.height,
    )


def disagreements_table(passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: the passages that the two codings saw differently, and how and why each was settled."""
    names = topics.set_index("topic")["name"]
    differ = disagreements(passages)
    codes = {
        title: ["; ".join(names[t] for t in ids) or "none" for ids in differ[column]]
        for title, column in (("First", "first"), ("Second", "second"), ("Settled", "settled"))
    }
    return pd.DataFrame(
        {"Passage": differ["gist"], **codes, "Reason": differ["reason"].fillna(""), "Where": differ["cite"]}
    )
