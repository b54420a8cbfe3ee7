"""Which questions the articles answer, and which no article answers."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ..drawing.finish import finish, or_no_data
from ..drawing.grid import Grid, frame_grid, room_for
from ..drawing.limits import newest, notes
from ..drawing.text import hover
from ..drawing.theme import GREEN, INK, MUTED, ORANGE
from ..words.cites import article_of, articles_in
from ..words.missing import NoData
from .checks import _article_heads

ANSWER_MARKS = {"stated": ("circle", GREEN), "vague": ("diamond", ORANGE), "absent": ("x-thin-open", MUTED)}


@or_no_data
def what_nobody_said(answers: pd.DataFrame, questions: pd.DataFrame, facts: pd.DataFrame) -> go.Figure:
    """Questions a reader would ask, against the articles: stated, vague or absent; a mark opens the facts it rests on.

    `answers`, `questions`, `facts`: load_answers(), load_questions(), load_facts().
    """
    if answers.empty:
        raise NoData("No question was put to the articles.", "a table [[answers]], and the codebook [[questions]]")
    cites = facts.drop_duplicates("article").set_index("article")["cite"].map(article_of)
    asked, limit = newest(answers, "article")
    shown = set(asked["article"])
    articles = [article for article in cites.index if article in shown]
    grid = Grid.of_lines(list(questions["question"]), articles)
    labels = questions.set_index("question")["label"]
    fig = go.Figure()
    told = facts[facts["article"].isin(shown)].set_index("fact")
    for question in grid.rows:
        _answers_of(fig, asked[asked["question"].eq(question)], str(labels[question]), grid, told)
    heads, wide = _article_heads(facts[facts["article"].isin(articles)])
    frame_grid(fig, grid, names=[labels[q] for q in grid.rows], heads=heads, wide_heads=wide)
    fig.update_layout(margin={"t": room_for(heads, 74), "b": 8, "l": 14, "r": 8})
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
        source=articles_in(cites) + "; judged by us",
        note=notes("Absent means that the article does not say it, not that nobody knew it.", limit),
        description="A matrix of questions by article. "
        + "; ".join(f"{status}: {counts.get(status, 0)}" for status in ANSWER_MARKS)
        + ". Never touched: "
        + (", ".join(str(labels[q]) for q in silent) or "none")
        + ".",
        rows=pd.DataFrame(
            {
                "Question": asked["question"].map(questions.set_index("question")["text"]),
                "Article": asked["article"].map(cites),
                "Answer": asked["status"],
                "Note": asked["note"],
                "Facts": ["; ".join(found) for found in asked["facts"]],
            }
        ),
        height=grid.height,
    )


def _answers_of(fig: go.Figure, row: pd.DataFrame, name: str, grid: Grid, told: pd.DataFrame) -> None:
    texts = [
        hover(
            f"{a.status.capitalize()}: {name}",
            a.note,
            *(f"{told.loc[f, 'statement']} ({told.loc[f, 'cite']})" for f in a.facts if f in told.index),
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
