"""The guess form in an export.

Output type: application/vnd.classroom.guess+json, as guess.py makes it: {"kind": "scale" or "choice", "question",
"how", "why", "source", "answer": {"sentence", "mark"}, "stops", "ticks" and "waits" or "options", "table":
{"columns", "rows"}}.
"""

from __future__ import annotations

from notebook_decks.plugins import Place, renders

from ..forms import script, styles, texts, written
from .guess import GUESS


@renders(GUESS, script=script("guess"), style=styles("guess"))
def guess(data: dict, place: Place) -> str:
    """Write a scale or a list to guess on, and the answer in a fold that works without a script."""
    places = data["stops"] if data["kind"] == "scale" else data["options"]
    kept = [{"words": one["words"], "distance": one["distance"], "at": one.get("at", 0)} for one in places]
    return written("guess", data=data, place=place, kept=kept, shared=texts("results"))
