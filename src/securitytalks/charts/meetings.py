"""The timeline of the meetings and of the events that the articles report."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..drawing.facts import hatched_key, window_in_words
from ..drawing.finish import chart, finish
from ..drawing.grid import FEW_ROWS
from ..drawing.limits import MOST_COLUMNS
from ..drawing.marks import add_annotations, add_point, add_span, left_text, span_marker, text_in_margin
from ..drawing.stage import in_deck, on_slide
from ..drawing.text import hover, label
from ..drawing.theme import BLUE, EVERY_FOURTH_YEAR, INK, LARGE, SMALL, WHITE
from ..words.cites import articles_in, sources
from ..words.dates import day
from ..words.language import Texts, titled
from ..words.links import place_of

MOST_ROWS = 26  # meetings and events that one timeline can show
ROW = 40  # px of an event: its label and its mark
LETTER = 0.5  # of the height of letters: the width of one, on the average
AROUND = pd.Timedelta(days=200)  # before the first event and after the last
SHORTEST = pd.Timedelta(days=150)  # a shorter event is a dot: its bar could not be seen
OLD_PLAN, NEW_PLAN = "merida", "framework"
MEETING = {"size": 14, "color": INK}
EVENT = {"size": 10, "color": BLUE}
YEAR_ALONE = {"color": WHITE, "line": {"width": 2, "color": BLUE}}  # an event of which only the year is known


def timeline_rows(meetings: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Meetings and reported events in order of time; an event that several articles report is one row."""
    # An event with the name of a meeting is that meeting, which has a row of its own.
    events = facts[facts["kind"].eq("event") & ~facts["label"].isin(meetings["name"])]
    rows = [_meeting_row(meeting) for meeting in meetings.itertuples()]
    rows += [_event_row(part, facts) for _, part in events.groupby(["label", "start"], sort=False)]
    return pd.DataFrame(rows).sort_values(["start", "end", "meeting"], kind="stable").reset_index(drop=True)


def _meeting_row(meeting: object) -> dict[str, object]:
    return {
        "start": meeting.date,
        "end": meeting.date,
        "label": f"{meeting.name}, {meeting.city}",
        "short_label": meeting.name,
        "when": day(meeting.date.date()),
        "short_when": day(meeting.date.date()),
        "window_inferred": False,
        "one_date": True,
        "what": meeting.outcome,
        "meeting": True,
        "reports": 0,
        "says": f"{meeting.us_lead}; {meeting.mexico_lead}",
        "cite": f"{meeting.city}, {meeting.venue}. {meeting.evidence}",
        "record": "",
    }


def _event_row(reports: pd.DataFrame, facts: pd.DataFrame) -> dict[str, object]:
    """The row of an event, from the facts that report it. The start of a programme is drawn with its whole span."""
    first = reports.iloc[0]
    spans = facts[facts["programme"].eq(first["programme"]) & facts["start"].eq(first["start"])]
    spans = spans.sort_values(["window_inferred", "end"], ascending=[True, False], kind="stable")
    drawn, name = first, first["label"]
    if len(spans) and spans.iloc[0]["end"] > first["end"]:
        drawn, name = spans.iloc[0], Texts("programmes").table("names")[first["programme"]]
    return {
        "start": first["start"],
        "end": drawn["end"],
        "label": name,
        "short_label": name,
        "when": window_in_words(drawn),
        "short_when": window_in_words(drawn, reading=False),
        "window_inferred": drawn["window_inferred"],
        "one_date": drawn["window_start"] == drawn["window_end"],  # a day, a month or a year
        "what": first["statement"],
        "meeting": False,
        "reports": len(reports),
        "says": first["says"],
        "cite": sources([*reports["cite"], drawn["cite"]]),
        "record": place_of("fact", first["fact"]),
    }


@chart
def meetings_timeline(meetings: pd.DataFrame, facts: pd.DataFrame) -> go.Figure:
    """The meetings, and the events that the articles report before and between them, a row each in order of time."""
    texts = Texts("meetings_timeline")
    rows, limit = _most_reported(timeline_rows(meetings, facts))
    fig = make_subplots(rows=1, cols=1)
    for at, row in rows.iterrows():
        _event(fig, row, at)
    fig.update_yaxes(range=[len(rows) - 0.4, -0.9], showticklabels=False, showgrid=False, showline=False)
    around = [rows["start"].min() - AROUND, rows["end"].max() + AROUND]
    fig.update_xaxes(EVERY_FOURTH_YEAR, type="date", range=around, ticks="outside", showgrid=False)
    fig.update_layout(margin={"t": 4, "b": 34, "l": 14, "r": 14})
    _names_of_rows(fig, rows)
    return finish(
        fig,
        **texts.of_chart(
            headline=_finding(meetings, facts),
            hatched=hatched_key(rows),
            cites=articles_in(facts.loc[facts["kind"].eq("event"), "cite"]),
            limit=limit,
            rows=texts.each("row", rows[["when", "label"]].to_dict("records")),
        ),
        rows=_rows_for_readers(rows).set_axis(rows["record"]),
        height=ROW * len(rows) + 10,
    )


def _finding(meetings: pd.DataFrame, facts: pd.DataFrame) -> str:
    """The day from which the new plan follows the old one; without events of both, how many meetings there were."""
    texts, names = Texts("meetings_timeline"), Texts("programmes").table("names")
    plans = facts[facts["kind"].eq("event") & facts["programme"].isin([OLD_PLAN, NEW_PLAN])]
    begin = plans.sort_values("start").drop_duplicates("programme").set_index("programme")
    if {OLD_PLAN, NEW_PLAN} <= set(begin.index):
        began = day(begin.loc[NEW_PLAN, "window_start"])
        return texts("findings.follows", day=began, new=names[NEW_PLAN], old=names[OLD_PLAN])
    dialogues = meetings["kind"].eq("annual dialogue").sum()
    return texts("findings.meetings", meetings=len(meetings), dialogues=dialogues, others=len(meetings) - dialogues)


def _most_reported(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The newest meetings and the events that most articles report, and a note; all rows where they are few."""
    if len(rows) <= MOST_ROWS:
        return rows, ""
    meetings = rows[rows["meeting"]].tail(MOST_COLUMNS["meeting"])
    events = rows[~rows["meeting"]].sort_values("reports", ascending=False, kind="stable")
    drawn = rows.loc[sorted([*meetings.index, *events.head(MOST_ROWS - len(meetings)).index])]
    note = Texts("meetings_timeline")("limit", drawn=len(meetings), meetings=rows["meeting"].sum(), events=len(events))
    return drawn.reset_index(drop=True), note


def _event(fig: go.Figure, row: pd.Series, at: int) -> None:
    """Draw a meeting or an event."""
    text = hover(
        f"{row['label']}, {row['when']}",
        row["what"],
        Texts("meetings_timeline")("who", names=row["says"]),
        row["cite"],
        record=row["record"],
    )
    y = at + 0.12
    if row["end"] - row["start"] > SHORTEST:
        bar = YEAR_ALONE if row["one_date"] else span_marker(BLUE, hatched=row["window_inferred"])
        add_span(fig, row["start"], row["end"], y=y, width=0.24, text=text, marker=bar)
    else:
        add_point(fig, row["start"], y, text=text, marker=MEETING if row["meeting"] else EVENT)


def _names_of_rows(fig: go.Figure, rows: pd.DataFrame) -> None:
    """Day and name of each row over its mark; on a slide beside it, where hatching alone tells our reading."""
    texts = []
    for row in rows.to_dict("records"):
        name = label(row["short_label" if in_deck() else "label"])
        name = f"<b>{name}</b>" if row["meeting"] else name
        texts.append(f"{row['short_when' if on_slide() else 'when']}: {name}")
    if on_slide():
        font = {"size": LARGE if in_deck() and len(rows) <= FEW_ROWS else SMALL, "color": INK}
        names = [text_in_margin(text, at + 0.12) | {"font": font} for at, text in enumerate(texts)]
        fig.update_layout(margin_l=LETTER * font["size"] * max(map(len, texts)))
        fig.update_yaxes(range=[len(rows) - 0.3, -0.5])
    else:
        names = [left_text(text, at - 0.1, small=True) for at, text in enumerate(texts)]
    add_annotations(fig, names)


def _rows_for_readers(rows: pd.DataFrame) -> pd.DataFrame:
    columns = {"label": "what", "when": "when", "what": "in_our_words", "says": "who", "cite": "cite"}
    return titled(rows[[*columns]], columns)
