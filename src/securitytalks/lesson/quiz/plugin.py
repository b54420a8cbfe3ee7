"""Questions with options in an export.

Output type: application/vnd.classroom.quiz+json, {"question", "ticket", "options": [{"text", "right", "feedback"}]};
the options of an exit ticket have neither `right` nor `feedback`.
"""

from __future__ import annotations

from notebook_decks.plugins import Place, adds, renders

from ..forms import script, styles, texts, written
from .gift import gift
from .qti import package
from .quiz import LETTERS, QUIZ, answer_of, feedback_on, right_of

adds("questions-qti-1.2.zip", label=texts("quiz")["platform"], purpose=texts("quiz")["package"])(package)
adds("questions-moodle.txt", label=texts("quiz")["moodle"], purpose=texts("quiz")["gift"])(gift)


@renders(QUIZ, script=script("quiz"), style=styles("quiz"))
def quiz(data: dict, place: Place) -> str:
    """Write a question as radio buttons; choosing one shows its feedback, if the question has any.

    In a deck the next key shows the right option. A ticket has none in its data, and so in no file.
    """
    key: dict[str, object] = {"feedback": []}
    if not data["ticket"]:
        options = data["options"]
        key = {"feedback": feedback_on(options), "answer": answer_of(options), "right": right_of(options)}
    return written("quiz", data=data, place=place, letters=LETTERS, shared=texts("results"), **key)
