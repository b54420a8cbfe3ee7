"""The lesson that the notebooks hold: the tags of its parts, and the minutes of its two routes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

PARTS = ("aim", "question", "hint", "answer", "teachers-note", "extension", "exercise", "check")


TAGS = (*PARTS, "remove-input")  # every tag that a cell may have


ROUTES = {"45": "One lesson, 45 minutes", "90": "Two lessons, 90 minutes"}


BEFORE = "Before you look"  # leads a question about the chart under the next heading


NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"


class LessonError(ValueError):
    """Minutes that are not written as they must be, or that do not add up; the message lists all that is wrong."""


def lesson_plan(notebooks: Iterable[str | Path] | None = None) -> pd.DataFrame:
    """When to do what: one row a part that has minutes, in the order of the notebooks, and the sums.

    Reads {"lesson": {"minutes": {"45": n, "90": n}}} of the cells; without `notebooks`, of all in notebooks/. Columns:
    `Notebook` (its title), `Part`, and the minutes of each route. A part that a route leaves out has no number there.
    Raises LessonError where minutes are no whole numbers or where those of a route do not add up to its length.
    """
    paths = sorted(NOTEBOOKS.glob("*.ipynb")) if notebooks is None else [Path(path) for path in notebooks]
    rows, wrong = [], []
    for path in paths:
        for title, part, minutes, fault in _parts(path):
            wrong += [f"{path.name}: {part}: {fault}"] if fault else []
            rows.append({"Notebook": title, "Part": part} | {ROUTES[r]: minutes.get(r) for r in ROUTES})
    columns = ["Notebook", "Part", *ROUTES.values()]
    plan = pd.DataFrame(rows, columns=columns).astype({name: "Int64" for name in ROUTES.values() if not wrong})
    sums = {ROUTES[route]: plan[ROUTES[route]].sum() for route in ROUTES} if not wrong else {}
    wrong += [
        f"{ROUTES[r]}: the parts add up to {sums[ROUTES[r]]}" for r in ROUTES if sums and sums[ROUTES[r]] != int(r)
    ]
    if wrong:
        raise LessonError("\n".join(["the minutes of the lesson are wrong:", *wrong]))
    return pd.concat([plan, pd.DataFrame([{"Notebook": "All", "Part": "Sum"} | sums])], ignore_index=True)


def _parts(path: Path) -> Iterator[tuple[str, str, dict[str, int], str]]:
    """Title of the notebook, part, minutes and fault of each cell of a notebook that has minutes."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) if cell["cell_type"] == "markdown" else "" for cell in cells]
    headings = [next(iter(re.findall(r"^#{1,3} (.+)$", text, re.MULTILINE)), "") for text in texts]
    title = next(filter(None, headings), path.stem)
    for at, cell in enumerate(cells):
        minutes: Any = cell["metadata"].get("lesson", {}).get("minutes")
        if minutes is None:
            continue
        lead = next(iter(re.findall(r"^\*\*(.+?)\.?\*\*", texts[at])), "")
        follows = next(filter(None, headings[at:]), "")
        part = headings[at] or (f"{lead}: {follows}" if lead == BEFORE else lead)
        sound = isinstance(minutes, dict) and all(r in ROUTES and type(n) is int and n > 0 for r, n in minutes.items())
        fault = "" if sound else f"found {minutes}; allowed whole minutes for {', '.join(ROUTES)}"
        yield title, part, minutes if sound else {}, fault
