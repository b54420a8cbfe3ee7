"""Charts of articles side by side: what one reports and another leaves out, and how far the articles differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ..drawing.facts import fact_cells, fact_matrix, fact_rows, kind_key, topics_of
from ..drawing.finish import chart, finish
from ..drawing.grid import Grid, add_upright_lines, grid_of_lines, head, room_for, scale_under, shade_headings
from ..drawing.limits import newest
from ..drawing.text import hover
from ..drawing.theme import INK, TEXT_FONT, UNKNOWN
from ..records.frames import passage_topics
from ..words.cites import article_of, articles_in, outlet_of
from ..words.dates import day
from ..words.language import Texts, missing, titled
from ..words.numbers import number, small_in_words

SIDES = ("first", "second")
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
    named = [(article, *cite.rpartition(", ")[::2]) for article, cite in cites.items()]
    heads = [head(name, when, texts("facts", count=sizes[at]), columns=len(cites)) for at, name, when in named]
    margin = {"t": room_for(heads, 60), "b": 8, "r": 8}
    only_one = used.loc[used["topic"].map(cells.groupby("topic")["article"].nunique()).eq(1)]
    single = only_one["name"]
    fig, height, drawn, bundles = fact_matrix(
        cells, used, columns=list(cites.index), heads=heads, margin=margin, named=only_one["topic"]
    )
    return finish(
        fig,
        **texts.of_chart(
            articles=small_in_words(len(cites)),
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
    counts, outlets = cells.groupby(["topic", "article"]).size(), cites.map(outlet_of)
    texts = Texts("two_accounts")
    return "; ".join(
        f"{name}: "
        + ", ".join(texts("count", n=counts.get((topic, a), 0), outlet=outlet) for a, outlet in outlets.items())
        for topic, name in zip(topics["topic"], topics["name"], strict=True)
    )


# ------------------------------------------------------------------------------------------------- shares of all topics


@chart
def topic_shares(passages: pd.DataFrame, topics: pd.DataFrame) -> go.Figure:
    """How far apart every two articles are in the topics of their passages: a dot a pair, in two groups."""
    texts = Texts("topic_shares")
    coded = passages[~passages["boilerplate"]]
    coded, limit = newest(coded, "article", headline="of_these")
    if coded.empty:
        raise missing("passages")
    articles = _articles(coded)
    gaps = article_gaps(_shares(coded, topics))
    if gaps.empty:
        raise missing("two_articles")
    gaps = gaps.sort_values(["one_meeting", "gap"], ascending=[False, True], kind="stable", ignore_index=True)
    pairs = [texts("pair", **{side: articles.loc[gaps.loc[at, side], "name"] for side in SIDES}) for at in gaps.index]
    kinds = gaps["one_meeting"].map({True: "one_meeting", False: "different_meetings"})
    headings = {kind: texts(f"headings.{kind}") for kind in kinds.unique()}
    names = {row: name for kind in headings for row, name in [(kind, headings[kind]), *_rows_of(kinds, kind, pairs)]}
    grid = grid_of_lines(list(names), [""], headings=headings)
    fig = go.Figure()
    _gap_dots(fig, gaps, articles, grid)
    margin, reach = {"t": 8, "b": 40, "r": 16}, [0, gaps["gap"].max() * 1.15]
    scale_under(fig, grid, names=list(names.values()), margin=margin, range=reach, title=texts("axis"))
    shade_headings(fig, grid, headings)
    _same_meeting_line(fig, gaps, grid)
    variant, counts = _pairs_compared(gaps)
    about = [texts("one_meeting" if one else "different_meetings") for one in gaps["one_meeting"]]
    return finish(
        fig,
        **texts.of_chart(
            finding=variant,
            **counts,
            topics=len(topics),
            cites=articles_in(coded["cite"]),
            gaps=_gaps_in_words(gaps),
            sizes=", ".join(map(str, articles["of"])),
            limit=limit,
        ),
        rows=titled(pd.DataFrame({"article": pairs, "what": about, "gap": gaps["gap"].round(1)})),
        height=grid.height,
    )


def _rows_of(kinds: pd.Series, kind: str, pairs: list[str]) -> list[tuple[str, str]]:
    """The rows of one kind of pairs, by their number, with the names of both articles."""
    return [(str(at), pairs[at]) for at in kinds.index[kinds.eq(kind)]]


def article_gaps(shares: pd.DataFrame) -> pd.DataFrame:
    """How far apart every two articles are. `shares`: columns article, meeting, topic, share.

    One row a pair of articles. Columns: `first` and `second` (the articles), `one_meeting` (whether both are about the
    same one) and `gap` (the mean over all topics of the difference between their shares, in percentage points). Every
    pair is measured alike, so that pairs can be compared.

    >>> article_gaps(pd.DataFrame({"article": ["a", "a", "b", "b"], "meeting": "m",
    ...                            "topic": ["arms", "money"] * 2, "share": [0.5, 0.25, 0.25, 0.25]}))
      first second  one_meeting   gap
    0     a      b         True  12.5
    """
    wide = shares.pivot_table(index=["meeting", "article"], columns="topic", values="share", sort=False)
    first, second = np.triu_indices(len(wide), k=1)
    values = wide.to_numpy()
    meetings, articles = (wide.index.get_level_values(name).to_numpy() for name in ("meeting", "article"))
    gap = 100 * np.abs(values[first] - values[second]).mean(axis=1)
    same = meetings[first] == meetings[second]
    return pd.DataFrame({"first": articles[first], "second": articles[second], "one_meeting": same, "gap": gap})


def _by_meeting(gaps: pd.DataFrame) -> dict[str, pd.Series]:
    """The gaps of pairs about one meeting, and of pairs about different ones."""
    return {
        "one_meeting": gaps.loc[gaps["one_meeting"], "gap"],
        "different_meetings": gaps.loc[~gaps["one_meeting"], "gap"],
    }


def _pairs_compared(gaps: pd.DataFrame) -> tuple[str, dict[str, object]]:
    """The variant of the finding, and its values: how many pairs about two meetings differ less than one about one."""
    same, different = _by_meeting(gaps).values()
    nearer = different.lt(same.median()).sum()
    values = {"nearer": nearer, "pairs": len(different)}
    if same.empty or different.empty:
        return "nothing", values
    return ("no_shift" if nearer else "closer"), values


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


def _articles(passages: pd.DataFrame) -> pd.DataFrame:
    """The articles: meeting, cite, name and the number `of` their passages."""
    found = passages.groupby(["article", "meeting"], sort=False)["cite"].agg(["first", "size"]).reset_index("meeting")
    cites, names = found["first"].map(article_of), found["first"].map(outlet_of).str.removeprefix("The ")
    return pd.DataFrame({"meeting": found["meeting"], "cite": cites, "name": names, "of": found["size"]})


def _shares(passages: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """One row a topic and article: topic, article, meeting, share of the article's passages."""
    table = topics[["topic"]].merge(_articles(passages).reset_index(), how="cross")
    counts = passage_topics(passages).groupby(["topic", "article"], sort=False).size().rename("n").reset_index()
    table = table.merge(counts, on=["topic", "article"], how="left").fillna({"n": 0})
    return table.assign(share=table["n"] / table["of"])


def _same_meeting_line(fig: go.Figure, gaps: pd.DataFrame, grid: Grid) -> None:
    """A thin line through the gap of the articles on one meeting, which all other gaps are read against."""
    same, different = _by_meeting(gaps).values()
    if not same.empty and not different.empty:
        add_upright_lines(fig, grid, [same.median()], {"color": INK, "width": 1, "dash": "dot"})


def _gap_dots(fig: go.Figure, gaps: pd.DataFrame, articles: pd.DataFrame, grid: Grid) -> None:
    """A dot at the gap of each pair; that of a pair about one meeting is dark, and no number stands on its line."""
    same = _by_meeting(gaps)["one_meeting"].median()
    texts = Texts("topic_shares")
    sides = {article: texts("side", cite=cite, of=of) for article, cite, of in articles[["cite", "of"]].itertuples()}
    hovertexts = [
        hover(texts("apart", gap=pair.gap), sides[pair.first], sides[pair.second]) for pair in gaps.itertuples()
    ]
    fig.add_scatter(
        x=gaps["gap"],
        y=[grid.first_line_y[str(at)] for at in gaps.index],
        mode="markers+text",
        text=[f"\u00a0{number(gap, '.1f')}\u00a0" for gap in gaps["gap"]],
        textposition=["middle left" if gap < same else "middle right" for gap in gaps["gap"]],
        textfont=TEXT_FONT,
        cliponaxis=False,
        hovertext=hovertexts,
        hoverinfo="text",
        marker={"size": 12, "color": [INK if one else UNKNOWN for one in gaps["one_meeting"]]},
    )
