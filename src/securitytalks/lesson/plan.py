"""The plan of the lesson: which slides a class sees, in which order, and how many minutes each part takes.

The plan stands in the metadata of the guide, the notebook on teaching, as `notebook_decks.routes`; `publish` makes a
deck of each route from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ..words.language import titled
from .quiz.quiz import QUIZ as QUESTION

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
GUIDE = NOTEBOOKS / "06-how-do-i-teach-this.ipynb"

CLASS = 45  # minutes

# What a part of the lesson takes, in minutes.
WORDS_A_MINUTE = 150  # read slowly, aloud or alone
START, END = 3.0, 1.0  # of a class: to settle and hand out worksheets, to collect them
TEXT = 1.0  # a slide of words alone: to answer what the speaker's note asks
CHART = 2.0  # to look at it, to say what it shows, to answer what the note asks
GUESS = 2.0  # to write a number down, to show the record, to ask why the two differ
QUIZ = 2.0  # a vote on the options, the reason for a wrong one, and the reason for the right one
TICKET = 1.0  # a letter and one reason
DISCUSSION = 4.0  # two minutes in pairs, then three answers
CODING = 10.0


class LessonError(ValueError):
    """The plan of a route does not fit; the message lists all that is wrong."""


def lesson_plan(guide: str | Path = GUIDE) -> pd.DataFrame:
    """Read when to do what: one row for each part of each route.

    Args:
        guide: The notebook whose metadata hold the plan.

    Returns:
        Columns `Route` (its title), `Part`, `Minutes` (planned), `Slides` (how many), `Worksheet` (its questions).

    Raises:
        LessonError: where the minutes of a route do not add up to its length, or a part has fewer than it takes.
    """
    rows, faults = [], []
    for name, route in read_routes(guide).items():
        total = sum(part["minutes"] for part in route["parts"])
        if total != int(name):
            faults.append(f"{route['title']}: the parts add up to {total} minutes; the route has {name}")
        for part in route["parts"]:
            row = {"route": route["title"], "part": part["part"], "minutes": part["minutes"]}
            questions = ", ".join(str(number) for number in part.get("worksheet", []))
            rows.append(row | {"slides": len(part["slides"]), "worksheet": questions})
    if faults:
        raise LessonError("\n".join(["the minutes of the lesson are wrong:", *faults]))
    return titled(pd.DataFrame(rows))


def read_routes(guide: str | Path = GUIDE) -> dict[str, Any]:
    """Read the routes from the metadata of the guide, by their length in minutes."""
    return json.loads(Path(guide).read_text(encoding="utf-8"))["metadata"]["notebook_decks"]["routes"]


def slide_cells(slide: str) -> list[dict[str, Any]]:
    """Give the cells that a class sees on a slide, which is named "notebook#id of its first cell".

    Raises:
        LessonError: where the notebook has no such cell.
    """
    stem, _, first = slide.partition("#")
    cells = json.loads((NOTEBOOKS / f"{stem}.ipynb").read_text(encoding="utf-8"))["cells"]
    at = next((n for n, cell in enumerate(cells) if cell["id"] == first), None)
    if at is None:
        raise LessonError(f"the plan names {slide}, but {stem}.ipynb has no cell with the id {first!r}")
    starts = (n for n in range(at + 1, len(cells)) if _slide_type(cells[n]) in {"slide", "subslide"})
    on_slide = cells[at : next(starts, len(cells))]
    teachers = {"answer", "teachers-note", "exercise", "check"}
    return [
        cell
        for cell in on_slide
        if _slide_type(cell) not in {"skip", "notes"} and not teachers & set(cell["metadata"].get("tags", []))
    ]


def _slide_type(cell: dict[str, Any]) -> str:
    return cell["metadata"].get("slideshow", {}).get("slide_type", "-")


def needed_minutes(route: dict[str, Any]) -> list[float]:
    """Derive from what is to be read and done how many minutes each part of a route takes."""
    needs, before = [], 0
    for part in route["parts"]:
        after = before + part["minutes"]
        edges = START * (before % CLASS == 0) + END * (after % CLASS == 0)
        needs.append(edges + _to_read_and_do(part))
        before = after
    return needs


def _to_read_and_do(part: dict[str, Any]) -> float:
    slides = [slide_cells(slide["slide"]) for slide in part["slides"]]
    words = sum(len(words_on_slide(cell)) for cells in slides for cell in cells)
    tasks = sum(sum(map(_minutes_of_task, cells)) or TEXT for cells in slides)
    times = worksheet_times()
    return words / WORDS_A_MINUTE + tasks + sum(times[number] for number in part.get("worksheet", []))


def worksheet_times() -> dict[int, float]:
    """Read how many minutes each question of the worksheet takes."""
    cells = json.loads(GUIDE.read_text(encoding="utf-8"))["cells"]
    asked = [cell["metadata"] for cell in cells if "question" in cell["metadata"].get("tags", [])]
    return {number: about["lesson"]["time"] for number, about in enumerate(asked, 1)}


def _minutes_of_task(cell: dict[str, Any]) -> float:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return DISCUSSION if "**Discuss.**" in source else 0.0
    calls = {r"(predict|guess)\w*": GUESS, "quiz": QUIZ, "ticket": TICKET, "coding": CODING, "show": CHART}
    return next((minutes for call, minutes in calls.items() if re.search(rf"helpers\.{call}\(", source)), 0.0)


def words_on_slide(cell: dict[str, Any]) -> list[str]:
    """List the words that a cell puts on its slide: its text, or what its outputs say; a figure's data are no words."""
    texts = ["".join(cell["source"])] if cell["cell_type"] == "markdown" else list(_said(cell))
    return re.findall(r"[^\W_]+", re.sub(r"<[^<>]*>|\]\([^)]*\)", " ", " ".join(texts)))


def _said(cell: dict[str, Any]) -> Iterator[str]:
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        figure = data.get("application/vnd.plotly.v1+json")
        if figure:
            meta = figure["layout"].get("meta") or {}
            yield from (str(meta.get(key, "")) for key in ("finding", "measure", "source", "note"))
        elif QUESTION in data:  # each option once: JupyterLab repeats the right one under each wrong one
            yield data[QUESTION]["question"]
            for option in data[QUESTION]["options"]:
                yield f"{option['text']} {option.get('feedback', '')}"
        elif "text/markdown" in data:
            yield "".join(data["text/markdown"])
        else:
            yield "".join(data.get("text/html", ""))
