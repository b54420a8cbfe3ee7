"""Charts of articles side by side: what one reports and another leaves out, and how far the articles differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import fact_cells, fact_matrix, fact_rows, kind_key, topics_of
from ..drawing.finish import chart, finish
from ..drawing.grid import Grid, frame_grid, grid_of_lines, head, room_for
from ..drawing.limits import MOST_COLUMNS, newest
from ..drawing.marks import glyph_key
from ..drawing.text import hover
from ..drawing.theme import SPREAD
from ..records.frames import passage_topics
from ..words.cites import article_of, articles_in
from ..words.dates import day
from ..words.language import Texts, missing, titled
from ..words.numbers import SMALL
from .topics import SYMBOLS

MOST_ARTICLES = 50  # articles whose dots can be told apart on one line; every pair of them is compared
MOST_NAMED = 4  # topics that a finding names

# ---------------------------------------------------------------------------------------------- articles on one meeting


@chart
def two_accounts(facts: pd.DataFrame, topics: pd.DataFrame, meeting: str) -> go.Figure:
    """Two articles on one meeting side by side, a mark a fact: what one reports and the other leaves out."""
    texts = Texts("two_accounts")
    part, limit = newest(facts[facts["meeting"].eq(meeting)], "article", headline="of_these")
    if part.empty:
        raise ValueError(f"no article reports a meeting {meeting!r}; there are {', '.join(facts['meeting'].unique())}")
    cites = part.drop_duplicates("article").set_index("article")["cite"].map(article_of)
    if len(cites) < 2:
        raise missing("second_article", day=day(meeting), meeting=meeting)
    cells = fact_cells(part, topics, column="article")
    used = topics_of(cells, topics)
    sizes = part["article"].value_counts()
    heads = [head(cite, texts("facts", count=sizes[article]), columns=len(cites)) for article, cite in cites.items()]
    margin = {"t": room_for(heads, 60), "b": 8, "r": 8}
    fig, height, drawn, bundles = fact_matrix(cells, used, columns=list(cites.index), heads=heads, margin=margin)
    single = used.loc[used["topic"].map(cells.groupby("topic")["article"].nunique()).eq(1), "name"]
    return finish(
        fig,
        **texts.of_chart(
            articles=SMALL[len(cites)],
            single=len(single),
            topics=len(used),
            named=texts("named", names=", ".join(single)) if 0 < len(single) <= MOST_NAMED else "",
            day=day(meeting),
            kinds=kind_key(),
            cites=articles_in(cites),
            limit=limit,
            bundles=bundles,
            counts=_counts_in_words(cells, used, cites),
        ),
        rows=fact_rows(drawn, ["statement", "name", "article", "kind", "says", "cite"]),
        height=height,
    )


def _counts_in_words(cells: pd.DataFrame, topics: pd.DataFrame, cites: pd.Series) -> str:
    counts = cells.groupby(["topic", "article"]).size()
    return "; ".join(
        f"{name}: " + ", ".join(f"{cite} {counts.get((topic, article), 0)}" for article, cite in cites.items())
        for topic, name in zip(topics["topic"], topics["name"], strict=True)
    )


# ------------------------------------------------------------------------------------------------- shares of all topics


@chart
def topic_shares(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """Share of passages a topic has in each article, with the counts; the finding says how far two articles differ."""
    texts = Texts("topic_shares")
    coded = passages[~passages["boilerplate"]]
    coded, limit = newest(coded, "article", most=MOST_ARTICLES, headline="of_these")
    if coded.empty:
        raise missing("passages")
    shares = _shares(coded, topics)
    grid = grid_of_lines(list(topics["topic"]), [""])
    symbols = _meeting_symbols(shares)
    fig = go.Figure()
    _spreads(fig, shares, grid)
    for meeting, symbol in symbols.items():
        _dots(fig, shares[shares["meeting"].eq(meeting)], grid, symbol)
    frame_grid(fig, grid, names=topics["name"], heads=[""], margin={"t": 8, "b": 40, "r": 16})
    _share_axis(fig, top=shares["share"].max() * 1.08)
    gaps = article_gaps(shares)
    variant, counts = _pairs_compared(gaps)
    sizes = coded.groupby("article", sort=False).size()
    in_words = ", ".join(map(str, sizes))
    if len(sizes) > MOST_COLUMNS["article"]:
        in_words = texts("sizes", least=sizes.min(), most=sizes.max())
    return finish(
        fig,
        **texts.of_chart(
            finding=variant,
            **counts,
            meetings=_meetings_key(symbols),
            cites=articles_in(coded["cite"]),
            gaps=_gaps_in_words(gaps),
            sizes=in_words,
            limit=limit,
        ),
        rows=titled(
            pd.DataFrame(
                {
                    "name": shares["name"],
                    "article": shares["cite"],
                    "count": [texts("count", n=n, of=of) for n, of in zip(shares["n"], shares["of"], strict=True)],
                }
            )
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


def _by_meeting(gaps: pd.DataFrame) -> dict[str, pd.Series]:
    """The gaps of pairs about one meeting, and of pairs about different ones."""
    return {
        "one_meeting": gaps.loc[gaps["one_meeting"], "gap"],
        "different_meetings": gaps.loc[~gaps["one_meeting"], "gap"],
    }


def _pairs_compared(gaps: pd.DataFrame) -> tuple[str, dict[str, object]]:
    """The variant of the finding, and its values: how many pairs about two meetings differ less than one about one."""
    same, different = _by_meeting(gaps).values()
    nearer = int(different.lt(same.median()).sum())
    values = {"nearer": nearer or Texts("topic_shares")("none"), "pairs": len(different)}
    return ("nothing" if same.empty or different.empty else "compared"), values


def _gaps_in_words(gaps: pd.DataFrame) -> str:
    texts, said = Texts("topic_shares"), []
    for which, part in _by_meeting(gaps).items():
        about = texts(which)
        if len(part) == 1:
            said.append(texts("one_pair", gap=part.iloc[0], about=about))
        elif len(part):
            spread = {"least": part.min(), "most": part.max(), "median": part.median()}
            said.append(texts("pairs", **spread, count=len(part), about=about))
    return texts("gaps", gaps=", ".join(said))


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
        return Texts("topic_shares")("dots")
    return glyph_key({day(meeting): symbol for meeting, symbol in symbols.items()})


def _spreads(fig: go.Figure, shares: pd.DataFrame, grid: Grid) -> None:
    """A grey bar from the smallest to the largest share, where a meeting has several articles."""
    spread = shares.groupby(["topic", "meeting"], sort=False)["share"].agg(["min", "max", "size"]).reset_index()
    heights = grid.first_line_y
    for one in spread[spread["size"] > 1].itertuples():
        fig.add_scatter(
            x=[one.min, one.max],
            y=[heights[one.topic]] * 2,
            mode="lines",
            hoverinfo="skip",
            line={"color": SPREAD, "width": 9},
        )


def _dots(fig: go.Figure, shares: pd.DataFrame, grid: Grid, symbol: str) -> None:
    """The shares of the articles on one meeting."""
    texts, heights = Texts("topic_shares"), grid.first_line_y
    fig.add_scatter(
        x=shares["share"],
        y=[heights[topic] for topic in shares["topic"]],
        mode="markers",
        hovertext=[
            hover(texts("share", name=s.name, n=s.n, of=s.of), Texts("hover")("reported_by", cite=s.cite))
            for s in shares.itertuples(index=False)
        ],
        hoverinfo="text",
        name=day(shares["meeting"].iloc[0]),
        marker={"size": 11, "color": shares["colour"].tolist(), "symbol": symbol},
    )


def _share_axis(fig: go.Figure, *, top: float) -> None:
    texts = Texts("topic_shares")
    fig.update_xaxes(
        range=[-0.02, top],
        side="bottom",
        tickvals=[n / 5 for n in range(5)],
        ticktext=["0", *(texts("in_five", n=n) for n in range(1, 5))],
        showgrid=True,
    )
