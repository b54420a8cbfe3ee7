"""Charts of the checks: verdicts by article, which figures may be compared, and the questions that nobody answered."""

from __future__ import annotations

import textwrap
from collections import Counter

import pandas as pd
import plotly.graph_objects as go

from .compare import NO, SIDE_BY_SIDE, VERDICTS, YES
from .door import BLUE, GREEN, INK, MUTED, ORANGE, PINK, UNKNOWN, article_of, articles_in, finish, hover, label
from .grid import PHONE_LETTERS, SLIDE_HEADS, Grid, add_tiles, frame_grid, grid_of
from .official import GRADES
from .printed import day
from .schema import Verdict

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
    "not checked": ("circle", "●", "held against nothing"),
}
# Three shapes and three colours, so that neither is needed alone.
PAIR_MARKS = {YES: ("circle", GREEN, "●"), SIDE_BY_SIDE: ("diamond", ORANGE, "◆"), NO: ("x-thin-open", UNKNOWN, "×")}
ANSWER_MARKS = {"stated": ("circle", GREEN), "vague": ("diamond", ORANGE), "absent": ("x-thin-open", MUTED)}
NAMES_OF_COLUMNS = 20  # more columns than this, and only every second has its number over it, on a phone


def claim_cards(checks: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """A table for readers: each claim, what it is held against, what each counts, and the verdict.

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


def verdicts_overview(checks: pd.DataFrame) -> go.Figure:
    """Every claim we checked as a mark under its verdict and article; it opens both sides. `checks`: load_checks()."""
    cells = checks.explode("verdicts")
    cells = cells.assign(
        row=cells["verdicts"],
        column=cells["article"],
        symbol=[KINDS[kind][0] for kind in cells["kind"]],
        colour=[VERDICT_COLOURS.get(verdict, PINK) for verdict in cells["verdicts"]],
        text=[_both_sides(check) for check in cells.to_dict("records")],
    )
    used = [verdict for verdict in Verdict.__args__ if verdict in set(cells["verdicts"])]
    columns = list(dict.fromkeys(checks["article"]))
    grid = grid_of(cells, rows=used, columns=columns)
    fig = go.Figure()
    add_tiles(fig, cells, grid)
    counts = cells["verdicts"].value_counts()
    names = [f"{verdict.capitalize()} ({counts[verdict]})" for verdict in used]
    heads, wide = _article_heads(checks)
    frame_grid(fig, grid, names=names, heads=heads, wide_heads=wide)
    fig.update_layout(margin={"t": 74, "b": 8, "l": 14, "r": 8})
    figures = checks[checks["kind"].eq("figure")]
    agrees = figures["verdicts"].map(lambda found: found == ["agrees"]).sum()
    altered = checks["verdicts"].map(lambda found: "wording altered" in found).sum()
    return finish(
        fig,
        finding=f"{agrees} of {len(figures)} figures held against a record agree with it outright; {altered} "
        "quotations are reworded",
        measure="One mark a claim and verdict, by article; a claim can have two verdicts. "
        + ", ".join(f"{glyph} {name}" for _, glyph, name in KINDS.values())
        + ". Point at a mark to read both sides.",
        unit="claims",
        source=articles_in(checks["cite"]) + "; the official record, named at each mark",
        note="We chose which claims to check, so the counts say nothing about an article as a whole.",
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


# ----------------------------------------------------------------------------------------------------- can I compare?


def can_i_compare(pairs: pd.DataFrame) -> go.Figure:
    """Every figure against every other: yes, only side by side, or no, and why. `pairs`: comparable(...)."""
    words = dict(zip(pairs["a"], pairs["a_words"], strict=True)) | dict(zip(pairs["b"], pairs["b_words"], strict=True))
    figures = list(dict.fromkeys([*pairs["a"], *pairs["b"]]))
    numbers = {figure: at for at, figure in enumerate(figures, start=1)}
    grid = Grid.of_lines(figures, figures)
    fig = go.Figure()
    both = pd.concat([pairs, pairs.rename(columns={"a": "b", "b": "a", "a_words": "b_words", "b_words": "a_words"})])
    for figure in figures:
        _comparisons(fig, both[both["a"].eq(figure)], numbers, grid)
    frame_grid(
        fig,
        grid,
        names=[_figure_name(numbers[f], words[f], f.startswith("record/")) for f in figures],
        heads=[str(n) for n in numbers.values()],
        letters=50,
    )
    step = 1 if len(figures) <= NAMES_OF_COLUMNS else 2
    fig.update_xaxes(
        range=[0, len(figures)],
        tickvals=[n - 0.5 for n in numbers.values()][::step],
        ticktext=list(numbers.values())[::step],
    )
    fig.update_layout(margin={"t": 30, "b": 8, "l": 14, "r": 8})
    counts = Counter(pairs["verdict"])
    why = Counter(reason for found in pairs["reasons"] for reason in found)
    usual = ", ".join(f"{reason} ({count})" for reason, count in why.most_common(4))
    return finish(
        fig,
        finding=f"Of {len(pairs)} pairs of figures, {counts[YES] or 'none'} can be compared, {counts[SIDE_BY_SIDE]} "
        f"only stand side by side, {counts[NO]} cannot",
        measure="Each figure has a number: find one in the rows and the other in the columns. "
        + ", ".join(f"{PAIR_MARKS[verdict][2]} {verdict}" for verdict in VERDICTS)
        + ". Point at a mark to read why.",
        unit="pairs of figures",
        source="rules of ours, applied to the fields of the records",
        note=f"Most frequent reasons: {usual}. Each pair stands twice, so that every row is whole. Long names are cut; "
        "the table has them whole.",
        description=f"A matrix of {len(figures)} figures against each other. Yes: {_pairs_in_words(pairs, YES)}. "
        f"Only side by side: {_pairs_in_words(pairs, SIDE_BY_SIDE)}. All others: no.",
        rows=pd.DataFrame(
            {
                "Figure": pairs["a_words"],
                "And": pairs["b_words"],
                "Can they be compared?": pairs["verdict"],
                "Why": pairs["reason"],
            }
        ),
        height=grid.height,
    )


def _comparisons(fig: go.Figure, row: pd.DataFrame, numbers: dict[str, int], grid: Grid) -> None:
    """One figure's row: a mark for each other figure."""
    row = row.assign(at=row["b"].map(numbers)).sort_values("at")
    marks = [PAIR_MARKS[verdict] for verdict in row["verdict"]]
    texts = [
        hover(f"{p.verdict.capitalize()}: {numbers[p.a]} and {numbers[p.b]}", p.reason, "Derived by us")
        for p in row.itertuples()
    ]
    fig.add_scatter(
        x=row["at"] - 0.5,
        y=[grid.middle(row["a"].iloc[0])] * len(row),
        mode="markers",
        name=row["a_words"].iloc[0],
        hovertext=texts,
        hoverinfo="text",
        marker={
            "opacity": 1,  # Plotly fades marks of several sizes
            "symbol": [symbol for symbol, _, _ in marks],
            "color": [colour for _, colour, _ in marks],
            "size": [8 if verdict == NO else 11 for verdict in row["verdict"]],
            "line": {
                "width": [1.5 if verdict == NO else 0 for verdict in row["verdict"]],
                "color": [colour for _, colour, _ in marks],
            },
        },
    )


def _figure_name(number: int, words: str, official: bool) -> str:
    """Number, value and label of a figure: the value first, since a long label is cut.

    >>> _figure_name(20, "Homicides in Mexico, by year: INEGI, registered deaths (352,208 deaths)", True)
    '20. Record: 352,208 deaths, Homicides in Mexico, by …'
    """
    name, _, value = words.removesuffix(")").rpartition(" (")
    return textwrap.shorten(f"{number}. {'Record: ' if official else ''}{value}, {name}", 57, placeholder=" …")


def _pairs_in_words(pairs: pd.DataFrame, verdict: str) -> str:
    found = pairs[pairs["verdict"].eq(verdict)]
    return "; ".join(f"{p.a_words} with {p.b_words}" for p in found.itertuples()) or "none"


# ------------------------------------------------------------------------------------------------ what nobody said


def what_nobody_said(answers: pd.DataFrame, questions: pd.DataFrame, facts: pd.DataFrame) -> go.Figure:
    """Questions a reader would ask, against the articles: stated, vague or absent; a mark opens the facts it rests on.

    `answers`, `questions`, `facts`: load_answers(), load_questions(), load_facts().
    """
    cites = facts.drop_duplicates("article").set_index("article")["cite"].map(article_of)
    articles = [article for article in cites.index if article in set(answers["article"])]
    grid = Grid.of_lines(list(questions["question"]), articles)
    labels = questions.set_index("question")["label"]
    fig = go.Figure()
    for question in grid.rows:
        _answers_of(fig, answers[answers["question"].eq(question)], str(labels[question]), grid, facts)
    heads, wide = _article_heads(facts[facts["article"].isin(articles)])
    frame_grid(fig, grid, names=[labels[q] for q in grid.rows], heads=heads, wide_heads=wide)
    fig.update_layout(margin={"t": 74, "b": 8, "l": 14, "r": 8})
    silent = [q for q in grid.rows if answers.loc[answers["question"].eq(q), "status"].eq("absent").all()]
    unsaid = [q for q in grid.rows if not answers.loc[answers["question"].eq(q), "status"].eq("stated").any()]
    counts = answers["status"].value_counts()
    return finish(
        fig,
        finding=f"{len(unsaid)} of {len(grid.rows)} questions get no plain answer in any article; {len(silent)} are "
        "never touched",
        measure="What each article says to each question: stated, vague or absent. Point at a mark to read the facts "
        "it rests on.",
        unit="questions by article",
        source=articles_in(cites[articles]) + "; judged by us",
        note="Absent means that the article does not say it, not that nobody knew it.",
        description="A matrix of questions by article. "
        + "; ".join(f"{status}: {counts.get(status, 0)}" for status in ANSWER_MARKS)
        + ". Never touched: "
        + (", ".join(str(labels[q]) for q in silent) or "none")
        + ".",
        rows=pd.DataFrame(
            {
                "Question": answers["question"].map(questions.set_index("question")["text"]),
                "Article": answers["article"].map(cites),
                "Answer": answers["status"],
                "Note": answers["note"],
                "Facts": ["; ".join(found) for found in answers["facts"]],
            }
        ),
        height=grid.height,
    )


def _answers_of(fig: go.Figure, row: pd.DataFrame, name: str, grid: Grid, facts: pd.DataFrame) -> None:
    told = facts.set_index("fact")
    texts = [
        hover(
            f"{a.status.capitalize()}: {name}",
            a.note,
            *(f"{told.loc[f, 'statement']} ({told.loc[f, 'cite']})" for f in a.facts),
            *([] if a.facts else [a.outlet]),
        )
        for a in row.itertuples()
    ]
    marks = [ANSWER_MARKS[status] for status in row["status"]]
    fig.add_scatter(
        x=[grid.columns.index(article) + 0.12 for article in row["article"]],
        y=[grid.middle(row["question"].iloc[0])] * len(row),
        mode="markers+text",
        name=name,
        text=row["status"],
        textposition="middle right",
        textfont={"size": 12, "color": INK},
        hovertext=texts,
        hoverinfo="text",
        marker={
            "symbol": [symbol for symbol, _ in marks],
            "color": [colour for _, colour in marks],
            "size": 11,
            "line": {
                "width": [2 if symbol == "x-thin-open" else 0 for symbol, _ in marks],
                "color": [colour for _, colour in marks],
            },
        },
    )
