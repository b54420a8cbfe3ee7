"""The notebook for each use: the student's, and the guide's worksheet and key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from notebook_decks.cells import charts_in, slide_type, tags
from notebook_decks.html.text import in_markdown
from notebook_decks.words import say

TEACHERS = {"answer", "teachers-note"}
LINES = 4  # to write an answer on, where a question's metadata.lesson.lines does not say
LEFT_OUT = "remove-cell"  # tagged, not taken away: the exporter's messages then count cells as the notebook does


def is_teachers(cell: NotebookNode) -> bool:
    """Return whether a cell is for the teacher alone: an answer, a note."""
    return bool(tags(cell) & TEACHERS) or slide_type(cell) == "notes"


def student(notebook: NotebookNode) -> NotebookNode:
    """Give the student's notebook: no answers, no notes, and nothing run yet.

    All outputs go, not only those of answers: a later output can show what an answer worked out, and a chart that is
    already there leaves nothing to predict.
    """
    made = deepcopy(notebook)
    made.cells = [cell for cell in made.cells if not is_teachers(cell)]
    made.metadata.pop("widgets", None)
    for cell in made.cells:
        cell.metadata = NotebookNode({k: v for k, v in cell.metadata.items() if k not in {"lesson", "execution"}})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return made


def worksheet(guide: NotebookNode, title: str, route: Mapping[str, Any] | None = None) -> NotebookNode:
    """Give the questions, hints and slips of a guide, with lines to write on, and of a route only its own questions.

    Under each question stands how long it takes (its metadata.lesson.time, in minutes) and after which part.
    """
    made = _only(guide, {"question", "hint", "slip"}, without=TEACHERS)
    parts = {number: part["part"] for part in route["parts"] for number in part.get("worksheet", [])} if route else {}
    number, wanted = 0, True
    for cell in made.cells:
        if LEFT_OUT in tags(cell) or cell.cell_type != "markdown":
            continue
        lesson = cell.metadata.get("lesson") or {}
        if "slip" in tags(cell):
            cell.source += _lines(lesson)
            continue
        if "question" in tags(cell):
            number += 1
            wanted = route is None or number in parts
            when = [say("worksheet.minutes", count=lesson["time"])] if "time" in lesson else []
            when += [say("worksheet.after", part=parts[number])] if number in parts else []
            cell.source += f"\n\n*{', '.join(when)}*" * bool(when)
            cell.source += _lines(lesson)
        if not wanted:
            _leave_out(cell)
    return _headed(made, say("worksheet.worksheet"), route["title"] if route else title, say("worksheet.fill_in"))


def _lines(lesson: Mapping[str, Any]) -> str:
    """Lines to write on, as many as the metadata of a cell say."""
    return "\n\n" + "<hr>\n" * lesson.get("lines", LINES)


def key(guide: NotebookNode, title: str) -> NotebookNode:
    """Give the questions of a guide with their answers."""
    return _headed(_only(guide, {"question", "answer"}, without={"teachers-note"}), say("worksheet.key"), title)


def _only(guide: NotebookNode, wanted: set[str], *, without: set[str]) -> NotebookNode:
    made = deepcopy(guide)
    for cell in made.cells:
        if not tags(cell) & wanted or tags(cell) & without or slide_type(cell) == "notes":
            _leave_out(cell)
    return made


def _leave_out(cell: NotebookNode) -> None:
    cell.metadata["tags"] = [LEFT_OUT]
    cell.source, cell.outputs = "", []


def _headed(made: NotebookNode, heading: str, title: str, below: str = "") -> NotebookNode:
    """Put the page's own heading in the place of the guide's."""
    made.metadata["title"] = f"{heading}: {title}"
    source = f"# {heading}\n\n{in_markdown(title)}\n\n{below}"
    first = NotebookNode(cell_type="markdown", metadata=NotebookNode(), source=source)
    if "id" in made.cells[0]:  # else nbformat would make one by chance
        first["id"] = "heading"
    made.cells[: 1 if LEFT_OUT in tags(made.cells[0]) else 0] = [first]
    return made


def with_routes(notebook: NotebookNode, stem: str, routes: Mapping[str, Mapping[str, Any]]) -> NotebookNode:
    """Say in the notes of each slide of a notebook in which part of each route it is shown, or that it is skipped."""
    made = deepcopy(notebook)
    cells: list[NotebookNode] = []
    for cell in made.cells:
        cells.append(cell)
        if not routes or slide_type(cell) not in {"slide", "subslide"} or is_teachers(cell):
            continue
        named = f"{stem}#{cell.get('id')}"
        sentences = []
        for route in routes.values():
            part = next((p["part"] for p in route["parts"] for s in p["slides"] if s["slide"] == named), None)
            what = say("worksheet.shown", part=part) if part else say("worksheet.skipped")
            sentences.append(f"**{route['title']}:** {what}")
        cells.append(new_markdown_cell(" ".join(sentences), metadata={"slideshow": {"slide_type": "notes"}}))
        cells[-1]["id"] = f"{cell.get('id')}-routes"[:60]
    made.cells = cells
    return made


def answers_as_notes(notebook: NotebookNode) -> NotebookNode:
    """Move answers into the notes of their slide: a teacher who projects the deck shows none with the next key.

    An answer that is a chart keeps a slide of its own, since notes draw no chart.
    """
    made = deepcopy(notebook)
    for cell in made.cells:
        if "answer" in tags(cell) and not charts_in(cell):
            cell.metadata["slideshow"] = {"slide_type": "notes"}
    return made


def with_page(deck: str, page: str) -> str:
    """Lead the words that a deck shows on a small screen to the page that is made for one.

    >>> with_page("Turn the phone, or open <a data-page>the reading page</a>.", "../phone/a.html")
    'Turn the phone, or open <a href="../phone/a.html">the reading page</a>.'
    """
    return deck.replace("<a data-page>", f'<a href="{page}">', 1)


WORKSHEET_STYLE = """<style>
:is(.tag-question, .tag-slip) { break-inside: avoid; max-width: 36rem; }
:is(.tag-question, .tag-slip) hr { border: 0; border-bottom: 1px solid var(--edge); height: 2.1rem; margin: 0; }
@media print { .tag-hint { display: none; } } /* a fold cannot be opened on paper */
</style>
</head>"""


def with_lines(html: str) -> str:
    """Draw the lines to write on."""
    return html.replace("</head>", WORKSHEET_STYLE, 1)


def unfolded(html: str) -> str:
    """Open what is folded: guide and key are there to be read and printed."""
    return html.replace('<details class="fold">', '<details class="fold" open>')


def relinked(html: str, neighbours: dict[str, str], pages: dict[str, str]) -> str:
    """Lead links to notebooks to their files in the same folder; keep only the words of links that would lead nowhere.

    Links to a place in a notebook lead to its page, which has every place; a deck leaves out what is on no slide. The
    id of a heading has no colon on a page.

    >>> files, pages = {"02-b.ipynb": "02-b-class.html"}, {"02-b.ipynb": "../phone/02-b.html"}
    >>> relinked('<a href="02-b.ipynb">b</a>, <a href="02-b.ipynb#x">x</a>, <a href="../src/c.py">c</a>', files, pages)
    '<a href="02-b-class.html">b</a>, <a href="../phone/02-b.html#x">x</a>, c'
    >>> relinked('<a href="02-b.ipynb#To-see:-one-line">b</a>, <a href="02-b.ipynb#fact:a/b">x</a>', files, pages)
    '<a href="../phone/02-b.html#To-see--one-line">b</a>, <a href="../phone/02-b.html#fact:a/b">x</a>'
    >>> relinked('<script>s = `<a href="$">d</a>`</script>', {}, {})
    '<script>s = `<a href="$">d</a>`</script>'
    """

    def changed(found: re.Match) -> str:
        name = found["name"].removeprefix("./").replace("%20", " ")
        file = (found["place"] and pages.get(name)) or neighbours.get(name)
        if file:
            place = (found["place"] or "").replace(":-", "--")  # our own ids, such as fact:a/b, have no hyphen there
            return f'<a href="{file.replace(" ", "%20")}{place}">{found["words"]}</a>'
        return found["words"]

    link = re.compile(r'(?s)<a href="(?P<name>[^":#]+)(?P<place>#[^"]*)?"[^>]*>(?P<words>.*?)</a>')
    # Not in scripts: reveal.js writes links too, and a script that is changed has another hash than the one let in.
    parts = re.split(r"(?s)(<script\b.*?</script>)", html)
    return "".join(part if part.startswith("<script") else link.sub(changed, part) for part in parts)
