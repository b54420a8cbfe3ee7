"""The coding form in an export.

Output type: application/vnd.classroom.coding+json, {"topics": [{"topic", "name", "definition", "includes",
"excludes"}], "passages": [{"passage", "gist", "cite"}], "compare": [[number of a topic, ...], ...]}. `compare` is our
coding of each passage, which a file for the class does not get.
"""

from __future__ import annotations

from notebook_decks.plugins import Place, renders

from ..forms import script, styles, texts, written
from .form import CODING


@renders(CODING, script=script("coding"), style=styles("coding"))
def coding(data: dict, place: Place) -> str:
    """Write the passages as check boxes, one passage shown at a time, with the codebook and a comparison."""
    kept = {
        "topics": [topic["topic"] for topic in data["topics"]],
        "names": [topic["name"] for topic in data["topics"]],
        "compare": None if place.audience == "class" else data["compare"],
        "texts": texts("coding"),
    }
    return written("coding", data=data, place=place, kept=kept)
