"""Which questions the articles answer, and which no article answers."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..drawing.finish import chart, finish
from ..drawing.grid import HEAD_LETTERS, Grid, frame_grid, grid_of_lines, room_for, stage
from ..drawing.limits import newest
from ..drawing.stage import in_deck
from ..drawing.text import hover, label
from ..drawing.theme import BLUE, GREEN, INK, MUTED
from ..words.cites import article_of, articles_in, outlet_of
from ..words.dates import day
from ..words.language import Texts, missing, titled

DASH = "line-ew-open"  # has no area, only a line; a cross would read as “wrong”
WITH_ITS_WORD, DASH_ALONE = 0.12, 0.32  # where the marks stand in a column, of its width
ANSWER_MARKS = {"stated": ("circle", GREEN), "vague": ("diamond", BLUE), "absent": (DASH, MUTED)}


@chart
def what_nobody_said(answers: pd.DataFrame, questions: pd.DataFrame, facts: pd.DataFrame) -> go.Figure:
    """Questions a reader would ask, against the articles: stated, vague or absent; a mark opens the facts it rests on.

    `answers`, `questions`, `facts`: load_answers(), load_questions(), load_facts().
    """
    if answers.empty:
        raise missing("answers")
    texts = Texts("what_nobody_said")
    cites = facts.drop_duplicates("article").set_index("article")["cite"].map(article_of)
    asked, limit = newest(answers, "article")
    articles = [article for article in cites.index if article in set(asked["article"])]
    shown_facts = facts[facts["article"].isin(articles)]
    grid = grid_of_lines(list(questions["question"]), articles)
    labels = questions.set_index("question")["label"].astype(str)
    fig = go.Figure()
    for question in grid.rows:
        _answers_of(
            fig, asked[asked["question"].eq(question)], labels[question], grid, shown_facts.set_index("fact"), cites
        )
    heads = _article_heads(shown_facts)
    margin = {"t": room_for(heads, 74), "b": 8, "r": 8}
    frame_grid(fig, grid, names=[labels[q] for q in grid.rows], heads=heads, margin=margin)
    given = answers.groupby("question")["status"].agg(set).reindex(grid.rows)
    silent = [question for question, statuses in given.items() if statuses == {"absent"}]
    counts = answers["status"].value_counts()
    names = texts.table("statuses")
    return finish(
        fig,
        **texts.of_chart(
            unanswered=sum("stated" not in statuses for statuses in given),
            questions=len(grid.rows),
            cites=articles_in(cites),
            limit=limit,
            counts="; ".join(f"{names[status]}: {counts.get(status, 0)}" for status in ANSWER_MARKS),
            never="; ".join(labels[question] for question in silent) or texts("none"),
        ),
        rows=_rows_for_readers(asked, questions, cites),
        height=grid.height,
    )


def _rows_for_readers(answers: pd.DataFrame, questions: pd.DataFrame, cites: pd.Series) -> pd.DataFrame:
    rows = answers.assign(
        question=answers["question"].map(questions.set_index("question")["text"]),
        article=answers["article"].map(cites),
        status=answers["status"].map(Texts("what_nobody_said").table("statuses")),
        facts=answers["facts"].map("; ".join),
    )
    return titled(rows[["question", "article", "status", "note", "facts"]], {"status": "answer"})


def _answers_of(
    fig: go.Figure, row: pd.DataFrame, name: str, grid: Grid, facts: pd.DataFrame, cites: pd.Series
) -> None:
    """The answers of all articles to one question, each a mark with its word beside it."""
    texts, names = Texts("what_nobody_said"), Texts("what_nobody_said").table("statuses")
    hovertexts = [
        hover(
            texts("answer", status=names[a.status].capitalize(), question=name),
            a.note,
            *(f"{facts.loc[f, 'statement']} ({facts.loc[f, 'cite']})" for f in a.facts if f in facts.index),
            *([] if a.facts else [cites[a.article]]),
        )
        for a in row.itertuples()
    ]
    symbols, colours = zip(*(ANSWER_MARKS[status] for status in row["status"]), strict=True)
    fig.add_scatter(
        x=[grid.columns.index(article) + (DASH_ALONE if in_deck() else WITH_ITS_WORD) for article in row["article"]],
        y=[grid.first_line_y[row["question"].iloc[0]]] * len(row),
        mode="markers+text",
        name=name,
        # In a deck the key says what a dash is, so that the few answers stand out.
        text="\u00a0" + row["status"].map(names).mask(row["status"].eq("absent") & in_deck(), ""),
        textposition="middle right",
        textfont={"size": grid.letters, "color": INK},
        hovertext=hovertexts,
        hoverinfo="text",
        marker={
            "symbol": symbols,
            "color": colours,
            "size": 11,
            "line": {"width": [2 if symbol == DASH else 0 for symbol in symbols], "color": colours},
        },
    )


def _article_heads(frame: pd.DataFrame) -> list[str]:
    """Name and month of each article, over its column. `frame` has columns article, cite and published."""
    articles = frame.drop_duplicates("article")
    names = articles["cite"].map(outlet_of).str.removeprefix("The ")
    months = articles["published"].dt.strftime("%Y-%m")
    letters = HEAD_LETTERS[stage()] // len(articles)
    return [f"{label(name, letters)}<br>{day(month)}" for name, month in zip(names, months, strict=True)]
