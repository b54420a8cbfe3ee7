"""Charts of the checks: verdicts by article, which figures may be compared, and the questions that nobody answered."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..drawing.finish import finish, or_no_data
from ..drawing.grid import PHONE_LETTERS, SLIDE_HEADS, add_tiles, frame_grid, grid_of, room_for
from ..drawing.limits import newest, notes
from ..drawing.official import GRADES
from ..drawing.text import hover, label
from ..drawing.theme import BLUE, GREEN, MUTED, ORANGE, PINK
from ..records.schema import Verdict
from ..words.cites import article_of, articles_in
from ..words.dates import day
from ..words.missing import NoData

VERDICT_COLOURS = {
    "agrees": GREEN,
    "agrees with a different thing": BLUE,
    "out of date": ORANGE,
    "label too narrow": ORANGE,
    "does not agree": ORANGE,
    "cannot be checked": MUTED,
}  # verdicts on words have PINK


KINDS = {
    "figure": ("square", "■", "a figure"),
    "words": ("diamond", "◆", "words"),
    "not checked": ("circle", "●", "not compared with anything"),
}


def claim_cards(checks: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: each claim, what it is compared with, what each counts, and the verdict.

    `checks`: load_checks(); `topics`: load_topics(). To be filtered by Verdict, Article and Topic.
    """
    names = topics.set_index("topic")["name"]
    texts = checks[["claim", "official", "claim_counts", "official_counts", "source", "grade"]].fillna("")
    official = texts["official"] + (" (" + checks["official_window"] + ")").fillna("")
    return pd.DataFrame(
        {
            "Claim": texts["claim"],
            "Official figure or document": official.replace("", "none that we hold"),
            "Verdict": checks["verdicts"].map("; ".join),
            "Why": checks["why"],
            "The claim counts": texts["claim_counts"],
            "The record counts": texts["official_counts"],
            "Beside it": checks["beside"].map("; ".join),
            "Record": texts["source"],
            "Grade": texts["grade"],
            "Article": checks["cite"].map(article_of),
            "Paragraph": checks["paragraph"],
            "Topic": ["; ".join(names[t] for t in found) for found in checks["topics"]],
        }
    )


@or_no_data
def verdicts_overview(checks: pd.DataFrame) -> go.Figure:
    """Every claim we checked as a mark under its verdict and article; it opens both sides. `checks`: load_checks()."""
    if checks.empty:
        raise NoData("No claim of the articles was checked.", "a table [[checks]]")
    cells = checks.explode("verdicts")
    counts = cells["verdicts"].value_counts()
    used = [verdict for verdict in Verdict.__args__ if verdict in set(cells["verdicts"])]
    drawn, limit = newest(checks, "article")
    columns = list(dict.fromkeys(drawn["article"]))
    cells = cells[cells["article"].isin(columns)]
    cells = cells.assign(
        row=cells["verdicts"],
        column=cells["article"],
        symbol=[KINDS[kind][0] for kind in cells["kind"]],
        colour=[VERDICT_COLOURS.get(verdict, PINK) for verdict in cells["verdicts"]],
        text=[_both_sides(check) for check in cells.to_dict("records")],
    )
    grid = grid_of(cells, rows=used, columns=columns)
    fig = go.Figure()
    add_tiles(fig, cells, grid)
    names = [f"{verdict.capitalize()} ({counts[verdict]})" for verdict in used]
    heads, wide = _article_heads(drawn)
    frame_grid(fig, grid, names=names, heads=heads, wide_heads=wide)
    fig.update_layout(margin={"t": room_for(heads, 74), "b": 8, "l": 14, "r": 8})
    figures = checks[checks["kind"].eq("figure")]
    agrees = figures["verdicts"].map(lambda found: found == ["agrees"]).sum()
    altered = checks["verdicts"].map(lambda found: "wording altered" in found).sum()
    return finish(
        fig,
        finding=f"Of {len(figures)} claims that a number could check, {agrees} agree; {altered} quotations are "
        "reworded",
        measure="One mark for each claim and verdict, by article; a claim can have two verdicts. "
        + ", ".join(f"{glyph} {name}" for _, glyph, name in KINDS.values())
        + ". Point at a mark to read both sides.",
        unit="claims",
        source=articles_in(checks["cite"]) + "; the official record, named at each mark",
        note=notes("We chose which claims to check, so the counts say nothing about an article as a whole.", limit),
        description="Marks by verdict and article. "
        + "; ".join(f"{verdict}: {counts[verdict]}" for verdict in used)
        + ".",
        rows=pd.DataFrame(
            {
                "Claim": cells["claim"],
                "Verdict": cells["verdicts"],
                "Record": cells["official"].fillna("none that we hold"),
                "Why": cells["why"],
                "Source": cells["cite"],
            }
        ),
        height=grid.height,
    )


def _both_sides(check: dict) -> str:
    given = {name: value for name, value in check.items() if isinstance(value, str)}
    grade = given.get("grade")
    return hover(
        check["verdicts"].capitalize(),
        f"Claim: {check['claim']}",
        f"It counts: {given['claim_counts']}" if "claim_counts" in given else "",
        f"Record: {given.get('official', 'none that we hold')}",
        f"It counts: {given['official_counts']}" if "official_counts" in given else "",
        check["why"],
        check["cite"],
        f"{given['source']}. {GRADES[grade]}" if grade else "",
    )


def _article_heads(frame: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Name and month of each article, for a phone and for a slide. `frame` has columns article, cite and published."""
    articles = frame.drop_duplicates("article")
    names = articles["cite"].map(article_of).str.rpartition(", ")[0].str.removeprefix("The ")
    months = articles["published"].dt.strftime("%Y-%m")
    widths = PHONE_LETTERS // len(articles), SLIDE_HEADS // len(articles)
    phone, slide = (
        [f"{label(name, width)}<br>{day(month)}" for name, month in zip(names, months, strict=True)] for width in widths
    )
    return phone, slide
