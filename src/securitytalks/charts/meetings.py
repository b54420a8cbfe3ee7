"""The timeline of the meetings and of the events that the articles report, and the tables of the records."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..drawing.facts import OUR_READING, hatched_key, window_in_words
from ..drawing.finish import finish, or_no_data
from ..drawing.limits import MOST_COLUMNS, notes
from ..drawing.marks import add_left_text, add_point, add_span, span_marker
from ..drawing.panels import beside
from ..drawing.stage import on_a_slide
from ..drawing.text import hover, label
from ..drawing.theme import BLUE, ORANGE
from ..words.cites import articles_in, sources
from ..words.dates import day

MOST_ROWS = 26  # meetings and events that one timeline can show


ROW = 40  # px of an event: its label and its mark


SPLIT = pd.Timestamp("2021-01-01")  # left of it, years are narrow: little is dated before the framework


SHORTEST = pd.Timedelta(days=20)  # a shorter event is a dot: its bar could not be seen


DIAMOND = {"size": 14, "symbol": "diamond", "color": ORANGE}


DOT = {"size": 10, "symbol": "circle", "color": BLUE}


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
        "window_inferred": False,
        "what": meeting.outcome,
        "meeting": True,
        "reports": 0,
        "says": f"{meeting.us_lead}; {meeting.mexico_lead}",
        "cite": f"{meeting.city}, {meeting.venue}. {meeting.evidence}",
    }


def _event_row(reports: pd.DataFrame) -> dict[str, object]:
    """The row of an event, from the facts that report it."""
    first = reports.iloc[0]
    return {
        "start": first["start"],
        "end": first["end"],
        "label": first["label"],
        "when": window_in_words(first),
        "window_inferred": first["window_inferred"],
        "what": first["statement"],
        "meeting": False,
        "reports": len(reports),
        "says": first["says"],
        "cite": sources(reports["cite"]),
    }


@or_no_data
def meetings_timeline(meetings: pd.DataFrame, facts: pd.DataFrame) -> go.Figure:
    """The meetings, and the events that the articles report before and between them, a row each in order of time."""
    rows, limit = _most_reported(timeline_rows(meetings, facts))
    last = rows["end"].max() + pd.Timedelta(days=60)
    fig = make_subplots(rows=1, cols=2, shared_yaxes=True, column_widths=[0.3, 0.7], horizontal_spacing=0.03)
    for at, row in rows.iterrows():
        _event(fig, row, at, last)
    _names_of_rows(fig, rows)
    fig.update_annotations(bgcolor="#FFFFFF")  # so that no dotted line runs through a label
    for meeting in rows.loc[rows["meeting"], "start"]:
        fig.add_vline(x=meeting, line={"color": ORANGE, "width": 1, "dash": "dot"}, layer="below", row=1, col=2)
    _time_axes(fig, len(rows), last)
    dialogues = (meetings["kind"] == "annual dialogue").sum()
    return finish(
        fig,
        finding=f"{len(meetings)} meetings: {dialogues} annual dialogues and {len(meetings) - dialogues} working "
        "meeting between them",
        measure="Diamonds: the meetings. Bars and dots: events as the articles date them. "
        f"Years before 2021 are drawn narrower.{hatched_key(rows)}",
        unit="date",
        source=articles_in(facts.loc[facts["kind"].eq("event"), "cite"])
        + "; dates and kind of the meetings: statements of the two governments",
        note=notes(
            "A bar runs over all days that the article's words allow: a year alone is drawn as the whole year.", limit
        ),
        description="A timeline. " + "; ".join(f"{r.when}: {r.label}" for r in rows.itertuples()) + ".",
        rows=_rows_for_readers(rows),
        height=ROW * len(rows) + 10,
    )


def _most_reported(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The newest meetings and the events that most articles report, and a note; all rows where they are few."""
    if len(rows) <= MOST_ROWS:
        return rows, ""
    meetings = rows[rows["meeting"]].tail(MOST_COLUMNS["meeting"])
    events = rows[~rows["meeting"]].sort_values("reports", ascending=False, kind="stable")
    kept = rows.loc[sorted([*meetings.index, *events.head(MOST_ROWS - len(meetings)).index])]
    note = (
        f"Drawn are the newest {len(meetings)} of {rows['meeting'].sum()} meetings, and of {len(events)} events those "
        "that most articles report."
    )
    return kept.reset_index(drop=True), note


def _event(fig: go.Figure, row: pd.Series, at: int, last: pd.Timestamp) -> None:
    """Draw a meeting or an event: a piece on either side of the split where it lies on both."""
    text = hover(f"{row['label']}, {row['when']}", row["what"], f"Who: {row['says']}", row["cite"])
    spans = [(1, row["start"], min(row["end"], SPLIT))] if row["start"] < SPLIT else []
    if row["end"] >= SPLIT:
        spans.append((2, max(row["start"], SPLIT), min(row["end"], last)))
    for col, start, end in spans:
        if end - start > SHORTEST:
            bar = span_marker(BLUE, hatched=row["window_inferred"])
            add_span(fig, start, end, y=at + 0.12, width=0.24, text=text, marker=bar, row=1, col=col)
        else:
            add_point(fig, start, at + 0.12, text=text, marker=DIAMOND if row["meeting"] else DOT, row=1, col=col)


def _names_of_rows(fig: go.Figure, rows: pd.DataFrame) -> None:
    """Day and name of each row over its mark; on a slide beside it, where hatching alone tells our reading."""
    short = []
    for at, row in rows.iterrows():
        name = label(row["label"], 60)
        name = f": <b>{name}</b>" if row["meeting"] else f": {name}"
        short.append(row["when"].removesuffix(OUR_READING) + name)
        add_left_text(fig, row["when"] + name, at - 0.1, size=12)
        on_a_slide(fig, {**beside(at, at + 0.12), f"annotations[{at}].text": short[-1]})
    longest = max(map(len, short))
    on_a_slide(fig, {"margin.t": 0, "margin.l": 6 * longest, "yaxis.range": [len(rows) - 0.3, -0.5]})


def _time_axes(fig: go.Figure, rows: int, last: pd.Timestamp) -> None:
    fig.update_yaxes(range=[rows - 0.4, -0.9], showticklabels=False, showgrid=False, showline=False)
    fig.update_xaxes(type="date")
    early = {"range": [pd.Timestamp("2005-06-01"), SPLIT], "tickvals": ["2006-01-01", "2014-01-01"]}
    fig.update_xaxes(**early, ticktext=["2006", "2014"], row=1, col=1)
    fig.update_xaxes(range=[SPLIT, last], dtick="M12", tickformat="%Y", row=1, col=2)
    fig.update_layout(margin={"t": 4, "b": 30, "l": 14, "r": 14})


def _rows_for_readers(rows: pd.DataFrame) -> pd.DataFrame:
    titles = {"label": "What", "when": "When", "what": "Told in our words", "says": "Who", "cite": "Source"}
    return rows[[*titles]].rename(columns=titles)
