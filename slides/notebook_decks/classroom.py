"""Questions with options, and passages to code: how the outputs of a lesson become forms that work without a network.

    application/vnd.classroom.quiz+json    {"question", "ticket", "options": [{"text", "right", "feedback"}]}
    application/vnd.classroom.coding+json  {"topics": [{"topic", "name", "definition", "includes", "excludes"}],
                                            "passages": [{"passage", "gist", "cite"}], "compare": [number, ...]}

A ticket's options have neither `right` nor `feedback`. A number of `compare` is our coding of a passage, a bit a topic.
"""

from __future__ import annotations

import json
from pathlib import Path

from notebook_decks.html.text import text
from notebook_decks.plugins import Place, renders

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STATIC = Path(__file__).resolve().parent / "static"


def _data(value: object) -> str:
    """Write JSON that can stand in a page."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json">{written}</script>'


@renders("application/vnd.classroom.quiz+json", script=STATIC / "quiz.js", style=STATIC / "classroom.css")
def quiz(data: dict, place: Place) -> str:
    """Write a question as radio buttons; choosing one shows the word on it, if the question has such words."""
    options = "".join(
        f'<label><input type="radio" name="{place.id}" value="{number}"> '
        f"<span>{LETTERS[number]}. {text(option['text'])}</span></label>"
        for number, option in enumerate(data["options"])
    )
    words = [
        ("Yes. " if option["right"] else "No. ") + option["feedback"]
        for option in data["options"]
        if "feedback" in option
    ]
    feedback = f'<p class="feedback" role="status"></p>{_data(words)}' if words else ""
    kind = "ticket" if data.get("ticket") else "self"
    return (
        f'<div class="quiz {kind}" id="{place.id}"><fieldset><legend>{text(data["question"])}</legend>'
        f"{options}</fieldset>{feedback}</div>"
    )


@renders("application/vnd.classroom.coding+json", script=STATIC / "coding.js")
def coding(data: dict, place: Place) -> str:
    """Write the passages as fieldsets of check boxes, one shown at a time, with the codebook and a comparison."""
    total = len(data["passages"])
    forms = "".join(
        f'<fieldset data-passage="{text(passage["passage"])}"><legend><span class="place">Passage {number} of {total}. '
        f"{text(passage['cite'])}, in our words:</span> {text(passage['gist'])}</legend>"
        f'<div class="topics">{_topics(data["topics"], place.id, number)}</div></fieldset>'
        for number, passage in enumerate(data["passages"], 1)
    )
    names = [topic["name"] for topic in data["topics"]]
    kept = {"topics": [topic["topic"] for topic in data["topics"]], "names": names, "compare": data["compare"]}
    return f"""<div class="coding" id="{place.id}">
<div class="work">{forms}
<div class="tools"><button type="button" data-do="back">Previous passage</button>
<button type="button" data-do="on">Next passage</button>
<button type="button" data-do="compare">Compare with ours</button> <span class="count" role="status"></span></div>
<details class="book"><summary>The codebook</summary>{_book(data["topics"])}</details></div>
<div class="outcome" tabindex="-1" hidden><p class="summary" role="status"></p><div class="differences"></div>
<div class="tools"><button type="button" data-do="return">Back to the passages</button></div>
<details class="csv"><summary>Copy as CSV, to pool the class's codings</summary>
<label>Your name or initials, to tell coders apart
<input type="text" class="coder" autocomplete="off" maxlength="40"></label>
<label>Your codes <textarea readonly rows="6" spellcheck="false"></textarea></label>
<div class="tools"><button type="button" data-do="copy">Copy as CSV</button> <span class="copied" role="status"></span>
</div></details></div>
{_data(kept)}</div>"""


def _topics(topics: list[dict], id: str, number: int) -> str:
    return "".join(
        f'<label><input type="checkbox" value="{at}" aria-describedby="{id}-{number}-{at}"> '
        f"<span><b>{text(topic['name'])}</b> "
        f'<span class="means" id="{id}-{number}-{at}">{text(topic["definition"])}</span></span></label>'
        for at, topic in enumerate(topics)
    )


def _book(topics: list[dict]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{text(t["name"])}</th><td>{text(t["definition"])}</td><td>{text(t["includes"])}</td>'
        f"<td>{text(t['excludes'])}</td></tr>"
        for t in topics
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Topic", "Definition", "Belongs here", "Does not"))
    return (
        '<div class="table-box" tabindex="0" role="region" aria-label="The codebook"><table>'
        f"<caption>The codebook</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
