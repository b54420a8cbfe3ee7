"""Guess, then look: a figure that asks, a scale or a list to answer on, and the answer with the distance in words.

Each guess is an ordinary Plotly figure with a slider or a list and one button, so that it works in JupyterLab without a
kernel and without trust. The figure also carries the data of a form, which an export shows in its place.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ...drawing.facts import fact_hover
from ...drawing.finish import finish, plain_rows
from ...drawing.marks import add_figure_mark, menu
from ...drawing.text import hover, label
from ...drawing.theme import BLUE, INK, MUTED, MUTED_FONT, RULE, TEXT_FONT
from ...records.frames import load_facts
from ...words.language import Texts, titled
from ...words.numbers import LOWER_BOUNDS, UPPER_BOUNDS, in_words, number, one_or_many, printed_band
from ...words.sentences import fill
from ..forms import texts

GUESS = "application/vnd.classroom.guess+json"
MOST_STOPS = 101  # more are hard to set with arrow keys
TICKS = 6  # at most so many words stand under a scale on a phone
LEAST_APART = 1 / 3  # of the distance of two ticks: between the last of them and the end
ROUND = ("1.000000", "2.000000", "4.000000", "5.000000")  # how the distance of two ticks begins, where it can be chosen
WRAP = 64  # characters a line that JupyterLab shows at 700 px in any common font
LINE, ROW = 18, 34  # px: a line of text; a row of a list with its name above it
EXACT = ",.10g"  # the form of a number that is not rounded
NEAR = 0.03  # of the scale: two marks that are nearer touch
PARTS = {"tenth": 0.1, "fifth": 0.2, "quarter": 0.25, "third": 1 / 3, "half": 0.5, "two_thirds": 2 / 3}


@dataclass(frozen=True)
class _Answer:
    """What is guessed: a number with its precision, how it is said, and where it stands."""

    value: float
    precision: str
    unit: str
    words: str
    sentence: str
    source: str
    hover: str


def predict(
    facts: pd.DataFrame, fact: str, *, question: str, low: float, high: float, step: float, why: str, **values: object
) -> go.Figure:
    """Ask for a guess at a figure of the articles; the answer comes with its precision and the distance in words.

    Args:
        facts: load_facts().
        fact: a figure, "<article>/<id>".
        question: what is asked; filled like the sentences of `say`.
        low: where the scale starts, in the unit of the figure (a share: 0 to 1).
        high: where it ends, also where it is no whole number of steps from `low`.
        step: between two places of the scale.
        why: what may explain a gap; filled like `question`.
        **values: other numbers of the two texts.

    Raises:
        ValueError: where `fact` is not a figure, or the scale cannot show it.
    """
    found = facts.loc[facts["fact"].eq(fact)]
    if found.empty or found["kind"].iloc[0] != "figure":
        raise ValueError(f"{fact!r} is not a figure of the records; load_facts() lists them under `fact`")
    row = found.iloc[0].to_dict()
    words = in_words(row["value"], row["precision"], row["unit"])
    sentence = texts("guess")["printed"].format(words=words)
    answer = _Answer(row["value"], row["precision"], row["unit"], words, sentence, row["cite"], fact_hover(row))
    return _on_a_scale(answer, *_filled(question, why, values, facts), (low, high, step))


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
    words = _amount(count, unit)
    says = texts("guess")
    hovertext = hover(words, says["source"].format(source=source))
    answer = _Answer(count, "exact", unit, words, says["counted"].format(words=words), source, hovertext)
    return _on_a_scale(answer, *_filled(question, why, values, None), (low, high, step))


def predict_choice(
    table: pd.DataFrame, *, question: str, unit: str, source: str, why: str, **values: object
) -> go.Figure:
    """Ask which row of a table has the largest number; the answer shows the numbers of all rows.

    `table`: names in the first column, their numbers in the second; `unit` and `source` in words.
    """
    asked, why = _filled(question, why, values, None)
    names, counts = table.iloc[:, 0].astype(str).tolist(), table.iloc[:, 1].astype(float).tolist()
    says, most = texts("guess"), max(counts)
    top = [name for name, count in zip(names, counts, strict=True) if count == most]
    sentence = says["most"].format(name=says["and"].join(top), words=_amount(most, unit))
    options = [
        {
            "words": name,
            "distance": _behind(name, count, most, top, unit),
            "count": number(count, EXACT),
            "share": round(count / most, 4) if most else 0,
            "right": count == most,
        }
        for name, count in zip(names, counts, strict=True)
    ]
    rows = table.set_axis([says["name"], unit.capitalize()], axis=1)
    data = {"kind": "choice", "how": says["how_choice"], "options": options, "answer": {"sentence": sentence}}
    fig = _list_figure(names, counts, unit, source)
    return _finished(fig, data, asked, why, sentence, source, unit, rows, height=ROW * len(names))


def _on_a_scale(answer: _Answer, question: str, why: str, scale: tuple[float, float, float]) -> go.Figure:
    stops = _stops(answer.value, *scale)
    low, high = stops[0], stops[-1]

    def at(value: float) -> float:
        return round(min(1.0, max(0.0, (value - low) / (high - low))), 4)

    start, end = _band(answer.value, answer.precision)
    bound = "up" if answer.precision in LOWER_BOUNDS else "down" if answer.precision in UPPER_BOUNDS else ""
    mark = {"at": at(answer.value), "from": at(start), "to": at(end), "bound": bound, "words": answer.words}
    waits = (len(stops) - 1) // 2  # in the middle, nearest to every place, unless it would stand on the answer
    if mark["from"] - NEAR < at(stops[waits]) < mark["to"] + NEAR:
        waits //= 2
    data = {
        "kind": "scale",
        "how": texts("guess")["how_scale"],
        "stops": [
            {"at": at(stop), "words": _amount(stop, answer.unit), "distance": distance(stop, answer)} for stop in stops
        ],
        "ticks": [{"at": at(tick), "words": _short(tick, answer.unit)} for tick in _ticks(stops)],
        "waits": waits,
        "answer": {"sentence": answer.sentence, "mark": mark},
    }
    rows = titled(pd.DataFrame({"question": [question], "answer": answer.sentence, "cite": answer.source}))
    fig = _scale_figure(answer, stops)
    unit = one_or_many(2, answer.unit)
    return _finished(fig, data, question, why, answer.sentence, answer.source, unit, rows, height=110)


def distance(guess: float, answer: _Answer) -> str:
    """Say how far a guess is from the answer, and what the words around the printed number allow."""
    says, unit = texts("guess")["distance"], answer.unit
    difference = _difference(abs(guess - answer.value), unit)
    precision = Texts("hover").table("precisions")[answer.precision]
    values = {"guess": _amount(guess, unit), "difference": difference, "precision": precision}
    start, end = _band(answer.value, answer.precision)
    is_bound = answer.precision in (*LOWER_BOUNDS, *UPPER_BOUNDS)
    ratio = {"ratio": _ratio(guess, answer.value, is_bound=is_bound)}
    side = "low" if guess < answer.value else "high"
    if is_bound:
        if guess == answer.value:
            return says["bound"].format(**values)
        allowed = (side == "high") == (answer.precision in LOWER_BOUNDS)
        name = "allowed" if allowed else "below_bound" if side == "low" else "above_bound"
        return says[name].format(**values, **ratio)
    if guess == answer.value:
        return says["about" if answer.precision == "about" else "right"].format(**values)
    if start < guess < end:
        return says["same_words"].format(**values)
    return says[side].format(**values, **ratio)


def _band(value: float, precision: str) -> tuple[float, float]:
    """The numbers that would be printed as the answer is."""
    if precision != "about":
        return value, value
    return printed_band(value)


def _behind(name: str, count: float, most: float, top: list[str], unit: str) -> str:
    says = texts("guess")
    if name in top:
        return says["distance"]["largest"].format(guess=name)
    values = {"guess": name, "own": _amount(count, unit), "difference": number(most - count, EXACT)}
    return says["distance"]["not_largest"].format(**values, name=says["and"].join(top))


def _ratio(guess: float, value: float, *, is_bound: bool = False) -> str:
    """How many times the answer, or the printed bound, a guess is, where that says more than the difference.

    >>> _ratio(600, 300), _ratio(100, 300), _ratio(87, 300), _ratio(290, 300)
    (' It is 2 times the answer.', ' It is a third of the answer.', ' It is less than a third of the answer.', '')
    """
    says = texts("guess")["ratio"]
    of = says["of_bound" if is_bound else "of_answer"]
    if guess <= 0 or value <= 0:
        return ""
    if guess / value >= 1.5:
        times = number(guess / value, ".2g" if guess / value < 10 else ",.0f")
        return says["times"].format(times=times, of=of)
    near = min(PARTS, key=lambda part: abs(PARTS[part] - guess / value))
    if abs(PARTS[near] - guess / value) < 0.02:
        return says["part"].format(part=says["parts"][near], of=of)
    larger = [part for part, size in PARTS.items() if guess / value < size <= 1 / 2]
    return says["less"].format(part=says["parts"][larger[0]], of=of) if larger else ""


def _filled(question: str, why: str, values: dict[str, object], facts: pd.DataFrame | None) -> tuple[str, str]:
    """Fill question and reason at once, so that a value may stand in either and must stand in one."""
    mark = "\n\n"
    known = load_facts() if facts is None else facts
    asked, _, reason = fill(f"{question}{mark}{why}", facts=known, **values).partition(mark)
    return asked, reason


def _stops(value: float, low: float, high: float, step: float) -> list[float]:
    """The places of a scale: every step, and its end.

    >>> _stops(120, 0, 153, 50)
    [0, 50, 100, 150, 153]
    """
    if not low <= value <= high:
        raise ValueError(f"the answer, {value:,.10g}, is not on the scale from {low:,.10g} to {high:,.10g}")
    count = int((high - low) / step + 1e-9) + 1
    stops = [low + step * at for at in range(count)]
    stops += [high] if high - stops[-1] > step * 1e-6 else []
    if not 3 <= len(stops) <= MOST_STOPS:
        raise ValueError(f"{len(stops)} places from {low:,.10g} to {high:,.10g}; a scale has 3 to {MOST_STOPS}")
    return stops


def _ticks(stops: list[float]) -> list[float]:
    """Places with words under them, evenly spaced from the start, and the end, which takes the place of one too near.

    A scale may end at all there are, such as the 153 pairs of which the question speaks.

    >>> _ticks([0, 10, 20, 30, 40, 50, 60]), _ticks([0, 50, 100, 103]), _ticks(list(range(0, 151, 10)) + [153])
    ([0, 20, 40, 60], [0, 50, 103], [0, 40, 80, 120, 153])
    """
    step = stops[1] - stops[0]
    even = stops if abs(stops[-1] - stops[-2] - step) < step * 1e-6 else stops[:-1]
    parts = len(even) - 1
    most = TICKS - (even is not stops)
    every = [count for count in range(1, parts + 1) if min(2, parts) <= parts / count < most]
    ticks = even[:: min(every, key=lambda count: f"{count * step:.6e}"[:8] not in ROUND)]
    apart = (ticks[1] - ticks[0]) * LEAST_APART
    return [*(tick for tick in ticks if stops[-1] - tick > apart), stops[-1]]


def _amount(value: float, unit: str) -> str:
    """A place of a scale in words.

    >>> _amount(350_000, "people"), _amount(1, "topics"), _amount(2.5e9, "US dollars"), _amount(0.65, "share")
    ('350,000 people', '1 topic', '$2.5 billion', '65%')
    """
    amount = _short(value, unit)
    return amount if unit in ("share", "US dollars") else f"{amount} {one_or_many(value, unit)}"


def _short(value: float, unit: str) -> str:
    if unit == "share":
        return f"{value:.0%}"
    return in_words(value, "exact", unit) if unit == "US dollars" and value else number(value, EXACT)


def _difference(value: float, unit: str) -> str:
    if unit == "share":
        return texts("guess")["points"].format(points=100 * value)
    return _short(value, unit)


# ------------------------------------------------------------------------------------------- the figure in JupyterLab


def _scale_figure(answer: _Answer, stops: list[float]) -> go.Figure:
    """A line with its ticks, the guess and the hidden answer."""
    low, high = stops[0], stops[-1]
    ticks = _ticks(stops)
    fig = make_subplots(rows=1, cols=1)
    fig.add_scatter(
        x=ticks, y=[0] * len(ticks), mode="lines+markers", hoverinfo="text",
        hovertext=[hover(_amount(place, answer.unit)) for place in ticks], line={"color": RULE, "width": 4},
        marker={"symbol": "line-ns", "size": 12, "line": {"width": 2, "color": MUTED}},
    )  # fmt: skip
    _add_guess(fig, low, 0)
    before = len(fig.data)
    add_figure_mark(fig, value=answer.value, precision=answer.precision, y=1, colour=BLUE, text=answer.hover)
    for trace in fig.data[before:]:
        trace.visible = False
    around = (high - low) * 0.04
    fig.update_xaxes(
        range=[low - around, high + around],
        tickvals=ticks,
        ticktext=[_short(tick, answer.unit) for tick in ticks],
        showgrid=False,
    )
    fig.update_yaxes(range=[1.6, -0.9], showticklabels=False, showgrid=False, showline=False)
    steps = [_step(texts("guess")["nothing"]), *(_step(_amount(s, answer.unit), "x", s) for s in stops)]
    fig.update_layout(
        sliders=[
            {
                "name": texts("guess")["group"],
                "steps": steps,
                "active": 0,
                "currentvalue": {"prefix": f"{texts('guess')['group']}: ", "font": TEXT_FONT},
                "pad": {"t": 40, "b": 4},
                "len": 1 / 1.08,  # as long as the scale above it, whose axis goes on a little to each side
                "x": 0.5,
                "xanchor": "center",
                "font": MUTED_FONT,
            }
        ]
    )
    return fig


def _list_figure(names: list[str], counts: list[float], unit: str, source: str) -> go.Figure:
    """A row for each name, its words above it, where no font can cut them; the numbers are hidden."""
    rows, cited = list(range(len(names))), texts("guess")["source"].format(source=source)
    fig = go.Figure()
    fig.add_scatter(
        x=[0] * len(names), y=[row - 0.32 for row in rows], mode="text", text=[label(name) for name in names],
        textposition="middle right", hoverinfo="skip", textfont=TEXT_FONT,
    )  # fmt: skip
    _add_guess(fig, 0, 0.12)
    fig.add_bar(
        x=counts, y=[row + 0.12 for row in rows], width=0.34, orientation="h", visible=False, marker={"color": BLUE},
        hoverinfo="text",
        hovertext=[hover(f"{n}: {number(c, EXACT)} {unit}", cited) for n, c in zip(names, counts, strict=True)],
    )  # fmt: skip
    fig.add_scatter(  # not as text of the bars, which shrinks with them
        x=counts, y=[row + 0.12 for row in rows], mode="text", text=[f" {number(count, EXACT)}" for count in counts],
        textposition="middle right", visible=False, hoverinfo="skip", textfont=TEXT_FONT,
    )  # fmt: skip
    fig.update_xaxes(range=[-0.04 * max(counts), 1.1 * max(counts)], showticklabels=False, showgrid=False)
    fig.update_yaxes(range=[len(names) - 0.4, -0.7], showticklabels=False, showgrid=False, showline=False)
    choices = [_step(texts("guess")["nothing"]), *(_step(label(n), "y", at + 0.12) for at, n in enumerate(names))]
    look = {"type": "dropdown", "direction": "down", "x": 1, "xanchor": "right", "pad": {"b": 10}}
    fig.update_layout(updatemenus=[menu(texts("guess")["group"], choices, **look)])
    return fig


def _add_guess(fig: go.Figure, x: float, y: float) -> None:
    fig.add_scatter(
        x=[x], y=[y], mode="markers", visible=False, hovertext=[texts("guess")["group"]], hoverinfo="text",
        marker={"symbol": "diamond", "size": 14, "color": INK},
    )  # fmt: skip


def _step(name: str, axis: str = "", value: float = 0) -> dict:
    """One place for the guess. As short as can be, since a scale has many."""
    moved = {f"{axis}[0]": value} if axis else {}
    return {"label": name, "method": "restyle", "args": [{"visible": bool(axis), **moved}, [1]]}


def _finished(
    fig: go.Figure,
    data: dict,
    question: str,
    why: str,
    sentence: str,
    source: str,
    unit: str,
    rows: pd.DataFrame,
    *,
    height: int,
) -> go.Figure:
    """Add the button and the reason, attach the data of the form, and finish the figure."""
    says = texts("guess")
    answer = list(range(2, len(fig.data)))
    shown = f"<b>{label(sentence, WRAP)}</b><br>{label(why, WRAP)}"
    lines = shown.count("<br>") + 1
    fig.add_annotation(
        text=says["hidden"], x=0, xref="paper", y=0, yref="paper", yshift=-(30 if data["kind"] == "choice" else 120),
        xanchor="left", yanchor="top", showarrow=False, align="left", font=TEXT_FONT,
    )  # fmt: skip
    at = f"annotations[{len(fig.layout.annotations) - 1}].text"
    button = {
        "label": says["show"],
        "method": "update",
        "args": [{"visible": True}, {at: shown}, answer],
        "args2": [{"visible": False}, {at: says["hidden"]}, answer],  # pressed again, the button hides it
    }
    shows = menu(says["show"], [button], active=-1, pad={"b": 10})
    below = LINE * lines + (36 if data["kind"] == "choice" else 134)
    fig.update_layout(
        margin={"t": 48, "b": below, "l": 16, "r": 24}, updatemenus=[*fig.layout.updatemenus, shows], barmode="overlay"
    )
    description = says["description_choice" if data["kind"] == "choice" else "description"]
    out = finish(
        fig, finding=question, measure=data["how"], unit=unit, source=source, description=description, rows=rows,
        height=height,
    )  # fmt: skip
    table = {"columns": [str(column) for column in rows.columns], "rows": plain_rows(rows)}
    form = {**data, "question": question, "why": why, "source": source, "table": table}
    return out.update_layout(meta={**out.layout.meta, "forms": {GUESS: form}})
