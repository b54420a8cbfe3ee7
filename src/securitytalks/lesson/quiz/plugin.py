"""Questions with options in an export.

Output type: application/vnd.classroom.quiz+json, {"question", "ticket", "options": [{"text", "right", "feedback"}]};
the options of an exit ticket have neither `right` nor `feedback`.
"""

from __future__ import annotations

from notebook_decks.plugins import Place, adds, renders

from ..forms import script, styles, texts, written
from .qti import package
from .quiz import LETTERS, QUIZ, feedback_on

adds("questions-qti-1.2.zip", label="Questions for a learning platform", purpose=texts("quiz")["package"])(package)


@renders(QUIZ, script=script("quiz"), style=styles("quiz"))
def quiz(data: dict, place: Place) -> str:
    """Write a question as radio buttons; choosing one shows its feedback, if the question has any."""
    feedback = [] if data["ticket"] else feedback_on(data["options"])
    return written("quiz", data=data, place=place, letters=LETTERS, feedback=feedback, shared=texts("results"))
