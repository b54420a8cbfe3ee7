"""The timeline of the meetings and of the events that the articles report."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..drawing.facts import hatched_key, window_in_words
from ..drawing.finish import chart, finish
from ..drawing.limits import MOST_COLUMNS
from ..drawing.marks import add_annotations, add_point, add_span, left_text, span_marker, text_in_margin
from ..drawing.stage import on_slide
from ..drawing.text import hover, label
from ..drawing.theme import BLUE, INK, ORANGE, SHADE, TITLE, WHITE
from ..words.cites import articles_in, sources
from ..words.dates import day
from ..words.language import Texts, titled
from ..words.links import place_of

MOST_ROWS = 26  # meetings and events that one timeline can show
ROW = 40  # px of an event: its label and its mark
LETTER = 6  # px of a letter of 12 px, on the average
SPLIT = pd.Timestamp("2021-01-01")  # left of it, years are narrow: little is dated before the framework
EARLY_YEARS = ("2006", "2014")  # that are named left of it
EARLY = 0.3  # of the width: the part left of the split
SHORTEST = pd.Timedelta(days=20)  # a shorter event is a dot: its bar could not be seen
MEETING = {"size": 14, "symbol": "diamond", "color": ORANGE}
EVENT = {"size": 10, "symbol": "circle", "color": BLUE}


def timeline_rows(meetings: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Meetings and reported events in order of time; an event that several articles report is one row."""
    # An event with the name of a meeting is that meeting, which has a row of its own.
    events = facts[facts["kind"].eq("event") & ~facts["label"].isin(meetings["name"])]
    rows = [_meeting_row(meeting) for meeting in meetings.itertuples()]
    rows += [_event_row(part) for _, part in events.groupby(["label", "start"], sort=False)]
    return pd.DataFrame(rows).sort_values(["start", "end", "meeting"], kind="stable").reset_index(drop=True)


def _meeting_row(meeting: object) -> dict[str, object]:
    return {
        "start": meeting.date,
        "end": meeting.date,
        "label": f"{meeting.name}, {meeting.city}",
        "when": day(meeting.date.date()),
        "short_when": day(meeting.date.date()),
        "window_inferred": False,
        "what": meeting.outcome,
        "meeting": True,
        "reports": 0,
        "says": f"{meeting.us_lead}; {meeting.mexico_lead}",
        "cite": f"{meeting.city}, {meeting.venue}. {meeting.evidence}",
        "record": "",
    }


def _event_row(reports: pd.DataFrame) -> dict[str, object]:
    """The row of an event, from the facts that report it."""
    first = reports.iloc[0]
    return {
        "start": first["start"],
        "end": first["end"],
        "label": first["label"],
        "when": window_in_words(first),
        "short_when": window_in_words(first, reading=False),
        "window_inferred": first["window_inferred"],
        "what": first["statement"],
        "meeting": False,
        "reports": len(reports),
        "says": first["says"],
        "cite": sources(reports["cite"]),
        "record": place_of("fact", first["fact"]),
    }


@chart
def meetings_timeline(meetings: pd.DataFrame, facts: pd.DataFrame) -> go.Figure:
    """The meetings, and the events that the articles report before and between them, a row each in order of time."""
    texts = Texts("meetings_timeline")
    rows, limit = _most_reported(timeline_rows(meetings, facts))
    last = rows["end"].max() + pd.Timedelta(days=60)
    fig = make_subplots(rows=1, cols=2, shared_yaxes=True, column_widths=[EARLY, 1 - EARLY], horizontal_spacing=0)
    for at, row in rows.iterrows():
        _event(fig, row, at, last)
    _time_axes(fig, len(rows), last)
    _names_of_rows(fig, rows)
    for meeting in rows.loc[rows["meeting"], "start"]:
        fig.add_vline(x=meeting, line={"color": ORANGE, "width": 1, "dash": "dot"}, layer="below", row=1, col=2)
    dialogues = meetings["kind"].eq("annual dialogue").sum()
    return finish(
        fig,
        **texts.of_chart(
            meetings=len(meetings),
            dialogues=dialogues,
            others=len(meetings) - dialogues,
            hatched=hatched_key(rows),
            cites=articles_in(facts.loc[facts["kind"].eq("event"), "cite"]),
            limit=limit,
            rows=texts.each("row", rows[["when", "label"]].to_dict("records")),
        ),
        rows=_rows_for_readers(rows).set_axis(rows["record"]),
        height=ROW * len(rows) + 10,
    )


def _most_reported(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The newest meetings and the events that most articles report, and a note; all rows where they are few."""
    if len(rows) <= MOST_ROWS:
        return rows, ""
    meetings = rows[rows["meeting"]].tail(MOST_COLUMNS["meeting"])
    events = rows[~rows["meeting"]].sort_values("reports", ascending=False, kind="stable")
    drawn = rows.loc[sorted([*meetings.index, *events.head(MOST_ROWS - len(meetings)).index])]
    note = Texts("meetings_timeline")("limit", drawn=len(meetings), meetings=rows["meeting"].sum(), events=len(events))
    return drawn.reset_index(drop=True), note


def _event(fig: go.Figure, row: pd.Series, at: int, last: pd.Timestamp) -> None:
    """Draw a meeting or an event: a piece on either side of the split where it lies on both."""
    text = hover(
        f"{row['label']}, {row['when']}",
        row["what"],
        Texts("meetings_timeline")("who", names=row["says"]),
        row["cite"],
        record=row["record"],
    )
    spans = [(1, row["start"], min(row["end"], SPLIT))] if row["start"] < SPLIT else []
    if row["end"] >= SPLIT:
        spans.append((2, max(row["start"], SPLIT), min(row["end"], last)))
    for col, start, end in spans:
        if end - start > SHORTEST:
            bar = span_marker(BLUE, hatched=row["window_inferred"])
            add_span(fig, start, end, y=at + 0.12, width=0.24, text=text, marker=bar, row=1, col=col)
        else:
            add_point(fig, start, at + 0.12, text=text, marker=MEETING if row["meeting"] else EVENT, row=1, col=col)


def _names_of_rows(fig: go.Figure, rows: pd.DataFrame) -> None:
    """Day and name of each row over its mark; on a slide beside it, where hatching alone tells our reading."""
    texts = []
    for row in rows.to_dict("records"):
        name = label(row["label"])
        name = f"<b>{name}</b>" if row["meeting"] else name
        texts.append(f"{row['short_when' if on_slide() else 'when']}: {name}")
    if on_slide():
        names = [text_in_margin(text, at + 0.12) for at, text in enumerate(texts)]
        fig.update_layout(margin_l=LETTER * max(map(len, texts)))
        fig.update_yaxes(range=[len(rows) - 0.3, -0.5], row=1, col=1)
    else:
        names = [left_text(text, at - 0.1, small=True) for at, text in enumerate(texts)]
    add_annotations(fig, [name | {"bgcolor": WHITE} for name in names])  # so that no dotted line runs through a name


def _time_axes(fig: go.Figure, rows: int, last: pd.Timestamp) -> None:
    fig.update_yaxes(range=[rows - 0.4, -0.9], showticklabels=False, showgrid=False, showline=False)
    fig.update_xaxes(type="date")
    early = {"range": [pd.Timestamp("2005-06-01"), SPLIT], "tickvals": [f"{year}-01-01" for year in EARLY_YEARS]}
    fig.update_xaxes(**early, ticktext=EARLY_YEARS, row=1, col=1)
    years = range(SPLIT.year + 1, last.year + 1)  # the sign of the break stands at the first
    late = {"range": [SPLIT, last], "tickvals": [f"{year}-01-01" for year in years], "ticktext": list(map(str, years))}
    fig.update_xaxes(**late, row=1, col=2)
    fig.update_layout(margin={"t": 4, "b": 34, "l": 14, "r": 14})
    shaded = {"x0": 0, "x1": EARLY, "xref": "paper", "y0": 0, "y1": 1, "yref": "paper"}
    fig.add_shape(type="rect", fillcolor=SHADE, line_width=0, layer="below", **shaded)
    fig.add_annotation(  # the sign of an axis whose scale changes here
        text="<b>//</b>",
        x=EARLY,
        xref="paper",
        y=0,
        yref="paper",
        yshift=-2,
        yanchor="middle",
        showarrow=False,
        bgcolor=WHITE,
        font={"size": TITLE, "color": INK},
    )


def _rows_for_readers(rows: pd.DataFrame) -> pd.DataFrame:
    columns = {"label": "what", "when": "when", "what": "in_our_words", "says": "who", "cite": "cite"}
    return titled(rows[[*columns]], columns)
