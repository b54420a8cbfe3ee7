"""Charts that hold articles side by side: what one reports and another leaves out, and how far the articles differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import KIND_KEY, fact_cells, fact_matrix, fact_rows, topics_of
from ..drawing.finish import finish, or_no_data
from ..drawing.grid import Grid, frame_grid, head, room_for
from ..drawing.limits import MOST_COLUMNS, newest, notes
from ..drawing.marks import glyph_key
from ..drawing.text import hover
from ..records.frames import passage_topics
from ..words.cites import article_of, articles_in
from ..words.dates import day
from ..words.missing import NoData
from ..words.numbers import SMALL
from .topics import SYMBOLS

MOST_ARTICLES = 50  # articles whose dots can be told apart on one line; every pair of them is compared


@or_no_data
def two_accounts(facts: pd.DataFrame, topics: pd.DataFrame, meeting: str) -> go.Figure:
    """Two articles on one meeting side by side, a mark a fact: what one reports and the other leaves out."""
    part, limit = newest(facts[facts["meeting"].eq(meeting)], "article", headline="the headline is about these")
    cites = part.drop_duplicates("article").set_index("article")["cite"].map(article_of)
    if part.empty:
        raise ValueError(f"no article reports a meeting {meeting!r}; there are {', '.join(facts['meeting'].unique())}")
    if len(cites) < 2:
        raise NoData(f"Only one article reports the meeting of {day(meeting)}.", f'`meeting` = "{meeting}"')
    cells = fact_cells(part, topics, column="article")
    used = topics_of(cells, topics)
    sizes = part["article"].value_counts()
    heads = [head(cite, f"{sizes[article]} facts", columns=len(cites)) for article, cite in cites.items()]
    fig, grid, drawn, bundles = fact_matrix(cells, used, columns=list(cites.index), heads=heads)
    fig.update_layout(margin={"t": room_for(heads, 60), "b": 8, "l": 14, "r": 8})
    return finish(
        fig,
        finding=_one_sided(cells, used, len(cites)),
        measure=f"Facts of each article on {day(meeting)}, by topic: {KIND_KEY}.",
        unit="facts",
        source=articles_in(cites),
        note=notes(
            "An article that leaves a topic out does not show that the meeting did.",
            limit,
            bundles,
        ),
        description=_accounts_in_words(cells, used, cites),
        rows=fact_rows(drawn, ["statement", "name", "article", "kind", "says", "cite"]),
        height=grid.height,
    )


def _one_sided(cells: pd.DataFrame, topics: pd.DataFrame, count: int) -> str:
    """The finding: the topics that one article has and no other; a few are named."""
    articles = cells.groupby("topic")["article"].nunique()
    names = topics.loc[topics["topic"].map(articles).eq(1), "name"]
    named = f" ({', '.join(names)})" if 0 < len(names) <= 4 else ""
    return f"One meeting, {SMALL[count]} articles: {len(names)} of {len(topics)} topics are in one article only{named}"


def _accounts_in_words(cells: pd.DataFrame, topics: pd.DataFrame, cites: pd.Series) -> str:
    counts = cells.groupby(["topic", "article"]).size()
    parts = [
        f"{name}: " + ", ".join(f"{cite} {counts.get((topic, article), 0)}" for article, cite in cites.items())
        for topic, name in zip(topics["topic"], topics["name"], strict=True)
    ]
    return "Two columns of marks by topic. " + "; ".join(parts) + "."


@or_no_data
def topic_shares(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Share of passages a topic has in each article, with the counts; the finding says how far two articles differ."""
    real, limit = newest(
        passages[~passages["boilerplate"]], "article", most=MOST_ARTICLES, headline="the headline is about these"
    )
    if real.empty:
        raise NoData("No passage has a topic.", "`settled` topics")
    shares = _shares(real, topics)
    grid = Grid.of_lines(list(topics["topic"]), ["share"])
    symbols = _meeting_symbols(shares)
    fig = go.Figure()
    _spreads(fig, shares, grid)
    for meeting, symbol in symbols.items():
        _dots(fig, shares[shares["meeting"].eq(meeting)], grid, symbol)
    _share_frame(fig, grid, topics, top=shares["share"].max() * 1.08)
    gaps = article_gaps(shares)
    sizes = real.groupby("article", sort=False).size()
    if len(sizes) > MOST_COLUMNS["article"]:
        sizes = [f"{sizes.min()} to {sizes.max()}"]
    return finish(
        fig,
        finding=_pairs_compared(gaps),
        measure=f"Part of an article's passages that name a topic. {_meetings_key(symbols)}"
        "Grey bar: the spread between articles on one meeting.",
        unit="part of the passages of an article",
        source=f"{articles_in(real['cite'])}; coded by us",
        note=notes(
            f"{_gaps_in_words(gaps)} Passages an article: {', '.join(map(str, sizes))}. "
            "Few passages, one outlet a meeting after the first: no trend can be shown.",
            limit,
        ),
        description=f"Dots of shares by topic and article. {_gaps_in_words(gaps)}",
        rows=pd.DataFrame(
            {
                "Topic": shares["name"],
                "Article": shares["cite"],
                "Count": [f"{n} of {of}" for n, of in zip(shares["n"], shares["of"], strict=True)],
            }
        ),
        height=grid.height,
    )


def article_gaps(shares: pd.DataFrame) -> pd.DataFrame:
    """How far apart every two articles are. `shares`: columns article, meeting, topic, share.

    One row a pair of articles. Columns: `one_meeting` (whether both are about the same one) and `gap` (the mean over
    all topics of the difference between their shares). Every pair is measured alike, so that pairs can be compared.

    >>> article_gaps(pd.DataFrame({"article": ["a", "a", "b", "b"], "meeting": "m",
    ...                            "topic": ["arms", "money"] * 2, "share": [0.5, 0.25, 0.25, 0.25]}))
       one_meeting    gap
    0         True  0.125
    """
    wide = shares.pivot_table(index=["meeting", "article"], columns="topic", values="share", sort=False)
    first, second = np.triu_indices(len(wide), k=1)
    values, meetings = wide.to_numpy(), wide.index.get_level_values("meeting").to_numpy()
    gap = np.abs(values[first] - values[second]).mean(axis=1)
    return pd.DataFrame({"one_meeting": meetings[first] == meetings[second], "gap": gap})


def _split(gaps: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The gaps of pairs about one meeting, and of pairs about two."""
    return gaps.loc[gaps["one_meeting"], "gap"], gaps.loc[~gaps["one_meeting"], "gap"]


def _pairs_compared(gaps: pd.DataFrame) -> str:
    """The finding: how many pairs about two meetings are less far apart than the (median) pair about one."""
    same, different = _split(gaps)
    if same.empty or different.empty:
        return "Nothing here tells a difference between meetings from a difference between outlets"
    nearer = int(different.lt(same.median()).sum())
    return (
        f"Two articles about one meeting differ more than {nearer or 'none'} of the {len(different)} pairs "
        "about different meetings do"
    )


def _gaps_in_words(gaps: pd.DataFrame) -> str:
    said = []
    for part, which in zip(_split(gaps), ("one meeting", "different meetings"), strict=True):
        if len(part) == 1:
            said.append(f"{part.iloc[0]:.2f} for the pair about {which}")
        elif len(part):
            span = f"{part.min():.2f} to {part.max():.2f} (median {part.median():.2f})"
            said.append(f"{span} for {len(part)} pairs about {which}")
    return f"Gap of two articles, the mean over all topics (derived by us): {', '.join(said)}."


def _shares(passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """One row a topic and article: topic, name, colour, article, meeting, cite, n of `of` passages, share."""
    articles = passages.groupby(["article", "meeting"], sort=False)["cite"].agg(["first", "size"]).reset_index()
    articles = articles.assign(cite=articles["first"].map(article_of)).rename(columns={"size": "of"})
    table = topics[["topic", "name", "colour"]].merge(articles[["article", "meeting", "cite", "of"]], how="cross")
    counts = passage_topics(passages).groupby(["topic", "article"], sort=False).size().rename("n").reset_index()
    table = table.merge(counts, on=["topic", "article"], how="left").fillna({"n": 0}).astype({"n": int})
    return table.assign(share=table["n"] / table["of"])


def _meeting_symbols(shares: pd.DataFrame) -> dict[str, str]:
    """The mark of each meeting; all have one where there are more meetings than marks."""
    meetings = list(dict.fromkeys(shares["meeting"]))
    if len(meetings) > len(SYMBOLS):
        return dict.fromkeys(meetings, "circle")
    return dict(zip(meetings, SYMBOLS, strict=False))


def _meetings_key(symbols: dict[str, str]) -> str:
    if len(set(symbols.values())) < len(symbols):
        return "A dot for each article. "
    return f"{glyph_key({day(meeting): symbol for meeting, symbol in symbols.items()})}. "


def _spreads(fig: go.Figure, shares: pd.DataFrame, grid: Grid) -> None:
    """A grey bar from the smallest to the largest share, where a meeting has several articles."""
    spread = shares.groupby(["topic", "meeting"], sort=False)["share"].agg(["min", "max", "size"]).reset_index()
    for one in spread[spread["size"] > 1].itertuples():
        fig.add_scatter(
            x=[one.min, one.max],
            y=[grid.middle(one.topic)] * 2,
            mode="lines",
            hoverinfo="skip",
            line={"color": "#BDBDBD", "width": 9},
        )


def _dots(fig: go.Figure, shares: pd.DataFrame, grid: Grid, symbol: str) -> None:
    """The shares of the articles on one meeting."""
    fig.add_scatter(
        x=shares["share"],
        y=[grid.middle(topic) for topic in shares["topic"]],
        mode="markers",
        hovertext=[
            hover(f"{s.name}: {s.n} of {s.of} passages", f"Reported by {s.cite}")
            for s in shares.itertuples(index=False)
        ],
        hoverinfo="text",
        name=day(shares["meeting"].iloc[0]),
        marker={"size": 11, "color": shares["colour"].tolist(), "symbol": symbol},
    )


def _share_frame(fig: go.Figure, grid: Grid, topics: pd.DataFrame, *, top: float) -> None:
    frame_grid(fig, grid, names=topics["name"], heads=[""])
    fig.update_xaxes(
        range=[-0.02, top],
        side="bottom",
        tickvals=[0, 0.2, 0.4, 0.6, 0.8],
        ticktext=["0", "1 in 5", "2 in 5", "3 in 5", "4 in 5"],
        showgrid=True,
    )
    fig.update_layout(margin={"t": 8, "b": 40, "l": 14, "r": 16})
