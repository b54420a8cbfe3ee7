"""Predict, then look: a guess on a slider, the record beside it when it is asked for, and why the two may differ.

Each is an ordinary Plotly figure with a slider and buttons, so it works in JupyterLab, in the page and in the deck; it
keeps nothing and sends nothing. The chart that follows it in a notebook says the same without a click.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..drawing.facts import fact_hover
from ..drawing.finish import finish
from ..drawing.marks import add_figure_mark, menu_buttons
from ..drawing.stage import on_a_slide
from ..drawing.text import hover, label
from ..drawing.theme import BLUE, INK, MUTED, RULE
from ..records.frames import load_facts
from ..words.numbers import in_words
from ..words.sentences import fill

NO_GUESS = "no guess yet"


ASK = "<b>Your guess</b>"


HIDDEN = "<b>The record</b>: hidden until you show it"


HOW = "Move the slider to your guess. Then show the record beside it, or look at once."


MOST_STEPS = 61  # more are hard to set with arrow keys


WRAP = 46  # characters a line that a phone holds


WIDE = 115  # that a slide holds


HALF = 40  # beside the bars on a slide


LINE = 18  # px


GUESS = {"symbol": "diamond", "size": 14, "color": INK}


@dataclass(frozen=True)
class _Truth:
    """What the record says: in words, as a reader points at it, and where it stands."""

    words: str
    hover: str
    cite: str
    unit: str


def _slider(steps: list[dict]) -> dict:
    return {
        "name": "Your guess",
        "steps": steps,
        "active": 0,
        "currentvalue": {"prefix": "Your guess: ", "font": {"size": 13, "color": INK}},
        "pad": {"t": 36, "b": 4, "l": 24, "r": 24},
        "font": {"size": 12, "color": MUTED},
    }


@dataclass(frozen=True)
class _Board:
    """A figure in the making: which traces are the record, which annotations the record and the reason."""

    fig: go.Figure
    truth: _Truth
    question: str
    why: str
    record: list[int]
    notes: list[int]
    slide_width: int  # letters of a line of the reason on a slide

    def buttons(self, width: int) -> list[dict]:
        """The buttons, the reason in lines of so many letters."""
        return [
            self.button("Show the record", head="Why the gap?", width=width),
            self.button("Hide it", head=None, width=width),
            self.button("I would rather see it", head="What to know", width=width),
        ]

    def button(self, name: str, *, head: str | None, width: int) -> dict:
        """A button that shows the record with the reason under a heading, or hides both."""
        shown = head is not None
        words = f"<b>The record</b>: {label(self.truth.words, width)}" if shown else HIDDEN
        why = f"<b>{head}</b><br>{label(self.why, width)}" if shown else ""
        texts = {f"annotations[{at}].text": text for at, text in zip(self.notes, (words, why), strict=True)}
        return {"label": name, "method": "update", "args": [{"visible": shown}, texts, self.record]}

    def finished(self, steps: list[dict], rows: pd.DataFrame, *, height: int) -> go.Figure:
        """Add slider and buttons and leave through the door."""
        wide = {f"updatemenus[0].buttons[{at}].args": b["args"] for at, b in enumerate(self.buttons(self.slide_width))}
        on_a_slide(self.fig, wide)
        self.fig.update_layout(
            margin={"t": 56, "b": 118, "l": 8, "r": 24},
            updatemenus=[menu_buttons("The record", self.buttons(WRAP), active=-1)],
            sliders=[_slider(steps)],
            barmode="overlay",
        )
        return finish(
            self.fig,
            finding=self.question,
            measure=HOW,
            unit=self.truth.unit,
            source=self.truth.cite,
            description="A scale with a mark for your guess. The record and the reason for a gap come when you ask.",
            rows=rows,
            height=height,
        )


def predict(
    facts: pd.DataFrame, fact: str, *, question: str, low: float, high: float, step: float, why: str, **values: object
) -> go.Figure:
    """Ask for a guess at a figure of the articles; a button shows the record beside it, with its precision.

    `facts`: load_facts(); `fact`: a figure, "<article>/<id>". `low`, `high`, `step` are in its unit (a share: 0 to 1).
    `question` and `why` are filled like sentences of `say`. Raises ValueError where the slider cannot hold the record.
    """
    found = facts.loc[facts["fact"].eq(fact)]
    if found.empty or found["kind"].iloc[0] != "figure":
        raise ValueError(f"{fact!r} is not a figure of the records; load_facts() lists them under `fact`")
    row = found.iloc[0].to_dict()
    truth = _Truth(in_words(row["value"], row["precision"], row["unit"]), fact_hover(row), row["cite"], row["unit"])
    asked, told = _filled(question, why, values, facts)
    return _on_a_line(truth, (row["value"], row["precision"]), asked, told, (low, high, step))


def predict_count(
    count: float,
    *,
    unit: str,
    source: str,
    question: str,
    low: float,
    high: float,
    step: float,
    why: str,
    **values: object,
) -> go.Figure:
    """Ask for a guess at a number that was counted; `unit` and `source` in words, all else as in `predict`."""
    words = f"{count:,.10g} {unit}"
    asked, told = _filled(question, why, values, None)
    truth = _Truth(words, hover(words, f"Source: {source}"), source, unit)
    return _on_a_line(truth, (count, "exact"), asked, told, (low, high, step))


def predict_choice(
    table: pd.DataFrame, *, question: str, unit: str, source: str, why: str, **values: object
) -> go.Figure:
    """Ask which row of a table has the largest number; a button shows all of them beside the guess.

    `table`: names in the first column, their numbers in the second; `unit` and `source` in words.
    """
    asked, told = _filled(question, why, values, None)
    names, counts = table.iloc[:, 0].astype(str).tolist(), table.iloc[:, 1].astype(float).tolist()
    top = counts.index(max(counts))
    truth = _Truth(f"{names[top]}, {counts[top]:,.10g} {unit}", "", source, unit)
    rows = list(range(len(names)))
    fig = make_subplots(rows=1, cols=1)
    _add_track(fig, [0] * len(names), rows, [hover(name, f"Source of the record: {source}") for name in names])
    _add_guess(fig, 0, 0)
    fig.add_bar(
        x=counts, y=rows, width=0.6, orientation="h", visible=False, marker={"color": BLUE}, hoverinfo="text",
        hovertext=[hover(f"{n}: {c:,.10g} {unit}", f"Source: {source}") for n, c in zip(names, counts, strict=True)],
    )  # fmt: skip
    fig.add_scatter(  # not as text of the bars, which shrinks with them
        x=counts, y=rows, mode="text", text=[f" {count:,.10g}" for count in counts], textposition="middle right",
        visible=False, hoverinfo="skip", textfont={"size": 13, "color": INK},
    )  # fmt: skip
    notes = _add_words(fig, (-1.1, len(names) + 0.5, len(names) + 0.7))
    for at in notes:  # from the right edge back under the names: a phone has no room for them to the right of the names
        fig.layout.annotations[at].update(x=1, xanchor="right")
    fig.update_xaxes(range=[-0.06 * max(counts), 1.15 * max(counts)], showticklabels=False, showgrid=False)
    lines = _lines_of(told)
    fig.update_yaxes(
        range=[len(names) + 1.2 + lines, -2],
        tickvals=rows,
        ticktext=[label(name) for name in names],
        showgrid=False,
    )
    beside = {"xref": "paper", "x": 0.55, "xanchor": "left", "yref": "paper", "y": 0.95}
    on_a_slide(fig, {f"annotations[{notes[1]}].{key}": value for key, value in beside.items()})
    room = {"xaxis.domain": [0, 0.5], "yaxis.range": [len(names) + 1.1, -2]}
    on_a_slide(fig, {**room, f"annotations[{notes[0]}].y": len(names) + 0.9})
    board = _Board(fig, truth, asked, told, [2, 3], notes, HALF)
    steps = [_step(NO_GUESS), *(_step(name, "y", at) for at, name in enumerate(names))]
    table = table.set_axis(["Name", unit.capitalize()], axis=1)
    return board.finished(steps, table, height=21 * (len(names) + lines + 4))


def _on_a_line(
    truth: _Truth, number: tuple[float, str], question: str, why: str, scale: tuple[float, float, float]
) -> go.Figure:
    value, precision = number
    low, high, _ = scale
    stops = _stops(value, *scale)
    ticks = _ticks(stops)
    fig = make_subplots(rows=1, cols=1)
    track = [hover(f"{_amount(tick, truth.unit)}", f"Source of the record: {truth.cite}") for tick in ticks]
    _add_track(fig, ticks, [0] * len(ticks), track)
    _add_guess(fig, low, 0)
    add_figure_mark(fig, value=value, precision=precision, y=1, colour=BLUE, text=truth.hover)
    record = list(range(2, len(fig.data)))
    for at in record:
        fig.data[at].visible = False
    notes = _add_words(fig, (-0.32, 0.68, 1.5))
    around = (high - low) * 0.04
    fig.update_xaxes(
        range=[low - around, high + around],
        tickvals=ticks,
        ticktext=[_short(t, truth.unit) for t in ticks],
        showgrid=False,
    )
    lines = _lines_of(why) + 1
    fig.update_yaxes(range=[1.6 + 0.42 * lines, -0.9], showticklabels=False, showgrid=False, showline=False)
    under = {"yref": "paper", "y": 0.32}
    on_a_slide(fig, {f"annotations[{notes[1]}].{key}": value for key, value in under.items()})
    on_a_slide(fig, {"yaxis.domain": [0.45, 1], "yaxis.range": [1.6, -0.9]})
    board = _Board(fig, truth, question, why, record, notes, WIDE)
    steps = [_step(NO_GUESS), *(_step(_amount(s, truth.unit), "x", s) for s in stops)]
    rows = pd.DataFrame([[question, truth.words, truth.cite]], columns=["Question", "Record", "Source"])
    return board.finished(steps, rows, height=110 + LINE * lines)


def _filled(question: str, why: str, values: dict[str, object], facts: pd.DataFrame | None) -> tuple[str, str]:
    """Question and reason with their numbers from the records."""
    mark = "\n\n"
    asked, _, told = fill(f"{question}{mark}{why}", facts=load_facts() if facts is None else facts, **values).partition(
        mark
    )
    return asked, told


def _lines_of(why: str) -> int:
    """How many lines the reason has on a phone."""
    return label(why, WRAP).count("<br>") + 1


def _stops(value: float, low: float, high: float, step: float) -> list[float]:
    if not low <= value <= high:
        raise ValueError(f"the record, {value:,.10g}, is not on the slider from {low:,.10g} to {high:,.10g}")
    count = round((high - low) / step) + 1
    if not 3 <= count <= MOST_STEPS:
        raise ValueError(f"{count} steps from {low:,.10g} to {high:,.10g}; a slider has 3 to {MOST_STEPS}")
    return [low + step * at for at in range(count)]


def _ticks(stops: list[float]) -> list[float]:
    """Every so many stops, from the first to the last; the two alone where no even spacing fits.

    >>> _ticks([0, 10, 20, 30, 40, 50, 60]), _ticks([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    ([0, 20, 40, 60], [0, 13])
    """
    last = len(stops) - 1
    parts = next((parts for parts in (4, 5, 3, 2) if last % parts == 0), 1)
    return stops[:: last // parts]


def _add_track(fig: go.Figure, x: list[float], y: list[float], texts: list[str]) -> None:
    """The places where a guess may lie: always there, so that a reader can point at something."""
    fig.add_scatter(
        x=x, y=y, mode="markers" if len(set(x)) == 1 else "lines+markers", hovertext=texts, hoverinfo="text",
        line={"color": RULE, "width": 4},
        marker={"symbol": "line-ns", "size": 12, "line": {"width": 2, "color": MUTED}},
    )  # fmt: skip


def _add_guess(fig: go.Figure, x: float, y: float) -> None:
    fig.add_scatter(
        x=[x], y=[y], mode="markers", visible=False, marker=GUESS, hovertext=["Your guess"], hoverinfo="text"
    )


def _step(name: str, axis: str = "", value: float = 0) -> dict:
    """A stop of the slider: where the guess lies, if anywhere. As short as can be, since a slider has many."""
    moved = {f"{axis}[0]": value} if axis else {}
    return {"label": name, "method": "restyle", "args": [{"visible": bool(axis), **moved}, [1]]}


def _add_words(fig: go.Figure, heights: tuple[float, float, float]) -> list[int]:
    """The words of guess, record and reason, at the left edge; the numbers of the last two among the annotations."""
    first = len(fig.layout.annotations)
    anchors = ("bottom", "bottom", "top")
    for text, y, anchor in zip((ASK, HIDDEN, ""), heights, anchors, strict=True):
        fig.add_annotation(
            text=text, x=0, xref="x domain", y=y, xanchor="left", yanchor=anchor, showarrow=False, align="left",
            font={"size": 13, "color": INK},
        )  # fmt: skip
    return [first + 1, first + 2]


def _amount(value: float, unit: str) -> str:
    """A stop of the slider in words.

    >>> _amount(350_000, "people"), _amount(2.5e9, "US dollars"), _amount(0.65, "share")
    ('350,000 people', '$2.5 billion', '65%')
    """
    return _short(value, unit) if unit in ("share", "US dollars") else f"{value:,.10g} {unit}"


def _short(value: float, unit: str) -> str:
    if unit == "share":
        return f"{value:.0%}"
    return in_words(value, "exact", unit) if unit == "US dollars" and value else f"{value:,.10g}"
