"""The claims that were checked: a table of both sides, and a chart of how they came out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ..drawing.finish import chart, finish
from ..drawing.grid import TILE, rule, stage
from ..drawing.limits import newest
from ..drawing.marks import add_annotations, left_text
from ..drawing.official import grade_in_words
from ..drawing.stage import on_slide
from ..drawing.text import hover, label
from ..drawing.theme import BLUE, GREEN, MUTED, PINK, TEXT_FONT
from ..records.schema import Verdict
from ..words.cites import article_of, articles_in
from ..words.language import Texts, missing, titled
from ..words.links import place_of, places_of

# How a claim came out, in plain words: each verdict belongs to one group. A claim with several verdicts is in the last.
GROUPS: dict[str, tuple[str, tuple[Verdict, ...]]] = {
    "agrees": (GREEN, ("agrees",)),
    "no_check": (
        MUTED,
        (
            "matches its named source",
            "close to a wider count",
            "agrees with a different thing",
            "cannot be checked",
            "said by one side",
            "no source named",
        ),
    ),
    "off": (BLUE, ("out of date", "does not agree", "wrong title", "left out")),
    "altered": (PINK, ("wording altered",)),
}
ORDER = ("agrees", "off", "altered", "no_check")  # of the rows
IN_A_LINE = {"page": 22, "slide": 56}  # tiles that stand side by side
EXAMPLE_LETTERS = {"page": 54, "slide": 74}
EXAMPLES_AT = 24  # tiles to the left of the examples on a slide
LINE = 16  # px


def claim_cards(checks: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: each claim, what it is compared with, what each counts, and the verdict.

    `checks`: load_checks(); `topics`: load_topics(). To be filtered by Verdict, Article and Topic.
    The index, `anchor`, is each row's permanent address on the page: "check:" with the article and the check's id.
    """
    names = topics.set_index("topic")["name"]
    texts = checks[["claim", "claim_counts", "official_counts", "source", "grade"]].fillna("")
    table = pd.DataFrame(
        {
            "claim": texts["claim"],
            "official": _official(checks) + (" (" + checks["official_window"] + ")").fillna(""),
            "verdict": checks["verdicts"].map(_in_words),
            "came_out": checks["verdicts"].map(_came_out),
            "result": [_result(check) for check in checks.to_dict("records")],
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
    table = table.set_index(pd.Index(places_of("check", checks["check"]), name="anchor"))
    return titled(table)


def _in_words(verdicts: Sequence[Verdict]) -> str:
    """Give the verdicts on a claim as readers see them."""
    names = Texts("codes").table("verdicts")
    return "; ".join(names[verdict] for verdict in verdicts)


def _came_out(verdicts: Sequence[Verdict]) -> str:
    """Give the group of a claim as readers see it."""
    return Texts("verdicts_overview")(f"groups.{_group(verdicts)}")


def _result(check: dict) -> str:
    """How a claim came out, and why. Where nothing but a wider thing was counted, that is the reason."""
    texts, group = Texts("checks"), _came_out(check["verdicts"])
    if check["verdicts"] == ["agrees"]:
        return group
    if check["verdicts"] == ["cannot be checked"] and pd.notna(check["official_value"]):
        because = texts("wider_count")
    else:
        reasons = [texts(f"result.{verdict}") for verdict in check["verdicts"] if verdict != "agrees"]
        because = texts("result.and").join(reasons)
    return texts("result.of", group=group, because=because)


def _official(checks: pd.DataFrame) -> pd.Series:
    """What each claim is compared with; where that is nothing, the figures beside it, which decide nothing, or none."""
    texts = Texts("checks")
    none = [texts("only_beside", beside="; ".join(found)) if found else texts("none") for found in checks["beside"]]
    return checks["official"].fillna(pd.Series(none, index=checks.index, dtype="str"))


@chart
def verdicts_overview(checks: pd.DataFrame, examples: Sequence[str] = ()) -> go.Figure:
    """Every claim we checked as a mark in the row of how it came out; it opens both sides.

    `checks`: load_checks(); `examples`: checks that are put in words beside their row, one a row.
    """
    if checks.empty:
        raise missing("checks")
    texts = Texts("verdicts_overview")
    grouped = checks.assign(group=checks["verdicts"].map(_group), official=_official(checks))
    counts = grouped["group"].value_counts().reindex(ORDER, fill_value=0)
    drawn, limit = newest(grouped, "article")
    fig, y = go.Figure(), 0
    for group in ORDER:
        part = drawn[drawn["group"].eq(group)]
        name = texts("row", name=texts(f"groups.{group}"), count=counts[group])
        y = _row(fig, part, name, _example(grouped, group, examples), colour=GROUPS[group][0], y=y)
    fig.update_xaxes(range=[-0.2, IN_A_LINE[stage()]], visible=False)
    fig.update_yaxes(range=[y, 0], visible=False)
    fig.update_layout(margin={"t": 8, "b": 4, "l": 2, "r": 8})
    columns = {"claim": "claim", "verdicts": "verdict", "official": "record", "why": "why", "cite": "cite"}
    places = places_of("check", drawn["check"])
    rows = drawn.assign(verdicts=drawn["verdicts"].map(_in_words)).set_axis(places)[[*columns]]
    verdicts = checks["verdicts"].explode().value_counts(sort=False)
    verdicts = verdicts.sort_values(ascending=False, kind="stable")  # pandas 2 puts equal counts in another order
    return finish(
        fig,
        **texts.of_chart(
            checked=len(checks),
            **counts,
            cites=articles_in(checks["cite"]),
            limit=limit,
            counts="; ".join(f"{_in_words([verdict])}: {count}" for verdict, count in verdicts.items()),
        ),
        rows=titled(rows, columns),
        height=y,
    )


def _group(verdicts: Sequence[Verdict]) -> str:
    """The group of a claim: the last of those that its verdicts belong to."""
    return [group for group, (_, known) in GROUPS.items() if not set(known).isdisjoint(verdicts)][-1]


def _example(checks: pd.DataFrame, group: str, examples: Sequence[str]) -> str:
    """The claim and the record of the first of `examples` that is in a group; empty where none is."""
    texts = Texts("verdicts_overview")
    named = checks[checks["group"].eq(group) & checks["check"].isin(examples)].head(1)
    named = named.assign(claim=named["claim"].str.rstrip("."), cite=named["cite"].map(article_of))
    return texts.each("example", named[["claim", "official", "cite"]].to_dict("records"))


def _row(fig: go.Figure, part: pd.DataFrame, name: str, example: str, *, colour: str, y: int) -> int:
    """Name, marks and example of a row that begins at a height; gives the height where the next one begins."""
    across = EXAMPLES_AT - 2 if on_slide() else IN_A_LINE["page"]
    lines = -(-len(part) // across)
    words = label(example, EXAMPLE_LETTERS[stage()])
    texts = [left_text(f"<b>{label(name)}</b>", y + 6, above=False)]
    marks_end = y + 32 + LINE * lines
    if words:
        below = y + 8 if on_slide() else marks_end
        place = {"x": EXAMPLES_AT, "xref": "x"} if on_slide() else {}
        texts.append(left_text(words, below, above=False) | place | {"font": TEXT_FONT})
    add_annotations(fig, texts)
    if len(part):
        fig.add_scatter(
            x=[at % across + 0.3 for at in range(len(part))],
            y=[y + 38 + LINE * (at // across) for at in range(len(part))],
            mode="markers",
            name=name,
            hovertext=[_both_sides(check) for check in part.to_dict("records")],
            hoverinfo="text",
            marker={"symbol": "square", "size": TILE, "color": colour},
        )
    words_end = (y if on_slide() else marks_end) + LINE * (words.count("<br>") + 1 if words else 0) + 8
    end = max(marks_end, words_end) + 10
    fig.add_shape(rule(end - 4))
    return end


def _both_sides(check: dict) -> str:
    """What a mark says: the claim and what it counts, the record and what that counts, and why the verdict follows."""
    texts = Texts("checks")
    given = {name: value for name, value in check.items() if isinstance(value, str)}

    def with_counts(said: str, side: str) -> str:
        return f"{said.removesuffix('.')}. {texts('counts', what=given[side])}" if side in given else said

    return hover(
        f"{_in_words(check['verdicts']).capitalize()} ({check['cite']})",
        with_counts(texts("claim", claim=check["claim"]), "claim_counts"),
        with_counts(texts("record", official=check["official"]), "official_counts"),
        check["why"],
        f"{given['source']}. {grade_in_words(given['grade'])}" if given.get("grade") else "",
        record=place_of("check", check["check"]),
    )
