"""The claims that were checked: a table of both sides, and a chart of the verdicts by article."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import plotly.graph_objects as go

from ..drawing.finish import chart, finish
from ..drawing.grid import HEAD_LETTERS, add_tiles, frame_grid, grid_of, room_for, stage
from ..drawing.limits import newest
from ..drawing.marks import glyph_key
from ..drawing.official import grade_in_words
from ..drawing.text import hover, label
from ..drawing.theme import BLUE, GREEN, MUTED, ORANGE, PINK
from ..records.schema import Verdict
from ..words.cites import article_of, articles_in
from ..words.dates import day
from ..words.language import Texts, missing, titled
from ..words.links import place_of

VERDICT_COLOURS = {
    "agrees": GREEN,
    "matches its named source": BLUE,
    "agrees with a different thing": BLUE,
    "close to a wider count": ORANGE,
    "out of date": ORANGE,
    "does not agree": ORANGE,
    "cannot be checked": MUTED,
}  # verdicts on words have PINK


KIND_SYMBOLS = {"figure": "square", "words": "diamond", "not checked": "circle"}


def claim_cards(checks: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: each claim, what it is compared with, what each counts, and the verdict.

    `checks`: load_checks(); `topics`: load_topics(). To be filtered by Verdict, Article and Topic.
    The index, `anchor`, is each row's permanent address on the page: "check:" with the article and the check's id.
    """
    names = topics.set_index("topic")["name"]
    texts = checks[["claim", "official", "claim_counts", "official_counts", "source", "grade"]].fillna("")
    official = texts["official"] + (" (" + checks["official_window"] + ")").fillna("")
    table = pd.DataFrame(
        {
            "claim": texts["claim"],
            "official": official.where(official.ne(""), _not_judged(checks["beside"])),
            "verdict": checks["verdicts"].map("; ".join),
            "why": checks["why"],
            "claim_counts": texts["claim_counts"],
            "record_counts": texts["official_counts"],
            "beside": checks["beside"].map("; ".join),
            "record": texts["source"],
            "grade": texts["grade"],
            "article": checks["cite"].map(article_of),
            "paragraph": checks["paragraph"],
            "name": ["; ".join(names[t] for t in found) for found in checks["topics"]],
        }
    )
    table = table.set_index(pd.Index([place_of("check", check) for check in checks["check"]], name="anchor"))
    return titled(table)


def _not_judged(beside: pd.Series) -> pd.Series:
    """What stands where nothing is compared with a claim: the figures beside it, which decide nothing, or none."""
    texts = Texts("checks")
    return beside.map(lambda found: texts("only_beside", beside="; ".join(found)) if found else texts("none"))


@chart
def verdicts_overview(checks: pd.DataFrame) -> go.Figure:
    """Every claim we checked as a mark under its verdict and article; it opens both sides. `checks`: load_checks()."""
    if checks.empty:
        raise missing("checks")
    texts = Texts("verdicts_overview")
    counts = checks["verdicts"].explode().value_counts()
    used = [verdict for verdict in get_args(Verdict) if verdict in counts.index]
    drawn, limit = newest(checks, "article")
    cells = _cells(drawn)
    grid = grid_of(cells, rows=used, columns=list(dict.fromkeys(drawn["article"])))
    fig = go.Figure()
    add_tiles(fig, cells, grid)
    names = [f"{verdict.capitalize()} ({counts[verdict]})" for verdict in used]
    heads = article_heads(drawn)
    frame_grid(fig, grid, names=names, heads=heads, margin={"t": room_for(heads, 74), "b": 8, "r": 8})
    kinds = texts.table("kinds")
    columns = {"claim": "claim", "verdicts": "verdict", "official": "record", "why": "why", "cite": "cite"}
    places = [place_of("check", check) for check in cells["check"]]
    rows = cells.set_axis(places)[[*columns]]
    rows["official"] = rows["official"].fillna(_not_judged(cells["beside"]).set_axis(places))
    return finish(
        fig,
        **texts.of_chart(
            claims=len(checks),
            agree=counts.get("agrees", 0),
            matching=counts.get("matches its named source", 0),
            altered=counts.get("wording altered", 0),
            kinds=glyph_key({kinds[kind]: symbol for kind, symbol in KIND_SYMBOLS.items()}),
            cites=articles_in(checks["cite"]),
            limit=limit,
            counts="; ".join(f"{verdict}: {counts[verdict]}" for verdict in used),
        ),
        rows=titled(rows, columns),
        height=grid.height,
    )


def _cells(checks: pd.DataFrame) -> pd.DataFrame:
    """One row a claim and verdict, with the columns of a tile."""
    cells = checks.explode("verdicts")
    return cells.assign(
        row=cells["verdicts"],
        column=cells["article"],
        symbol=cells["kind"].map(KIND_SYMBOLS),
        colour=[VERDICT_COLOURS.get(verdict, PINK) for verdict in cells["verdicts"]],
        text=[_both_sides(check) for check in cells.to_dict("records")],
    )


def _both_sides(check: dict) -> str:
    """What a mark says: the claim and what it counts, the record and what that counts, and why the verdict follows."""
    texts = Texts("checks")
    given = {name: value for name, value in check.items() if isinstance(value, str)}

    def counts(side: str) -> str:
        return texts("counts", what=given[side]) if side in given else ""

    return hover(
        check["verdicts"].capitalize(),
        texts("claim", claim=check["claim"]),
        counts("claim_counts"),
        texts("record", official=given.get("official", texts("none"))),
        counts("official_counts"),
        check["why"],
        check["cite"],
        f"{given['source']}. {grade_in_words(given['grade'])}" if given.get("grade") else "",
        record=place_of("check", check["check"]),
    )


def article_heads(frame: pd.DataFrame) -> list[str]:
    """Name and month of each article, over its column. `frame` has columns article, cite and published."""
    articles = frame.drop_duplicates("article")
    names = articles["cite"].map(article_of).str.rpartition(", ")[0].str.removeprefix("The ")
    months = articles["published"].dt.strftime("%Y-%m")
    letters = HEAD_LETTERS[stage()] // len(articles)
    return [f"{label(name, letters)}<br>{day(month)}" for name, month in zip(names, months, strict=True)]
