"""Read a deck slide by slide, and find words that answer a guess or a question before the class is asked.

The worksheet of a route lies on the desks from the start, so that none of its words may answer a question of the deck.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from kit.notebooks import NOTEBOOKS, outputs, read

TICKET = "application/vnd.classroom.quiz+json"
PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
VERDICTS = {  # other words for the right option of a question, or for the answer to a guess
    "check-bounds": r"difference (of two bounds )?means nothing|not be subtracted|difference can be|can nobody say",
    "check-headline": r"no sum (in|for)|no article (says|gives)|may not be added|a sum of zero",
    "check-trend": r"prove a trend|interest in it",
    "check-one-source": r"one source",
    "guess-share": r"two thirds of (?!the (?:answer|printed number))",
    "guess-pairs": r"few figures may stand|none can be compared",
}
MOST = 400  # characters of a text in which a small number and its noun belong together


def slides(deck: str) -> list[tuple[Tag, list[str]]]:
    """Give each slide of a deck with every text in its bytes: words, attributes, data, pictures; not the notes."""
    start, end = deck.index('<div class="slides">'), deck.rindex('id="deck:announcer"')
    page = BeautifulSoup(deck[start : deck.rindex("<div", start, end)], "html.parser")
    leaves = [section for section in page.find_all("section") if not section.find("section")]
    for leaf in leaves:
        for notes in leaf.find_all("aside"):
            notes.decompose()
    return [(leaf, list(_texts(leaf))) for leaf in leaves]


def _texts(leaf: Tag) -> Iterator[str]:
    for script in leaf.find_all("script"):
        yield from _strings(json.loads(script.string))
    for text in leaf.find_all(string=True):
        if text.parent.name != "script" and text.strip():
            yield " ".join(text.split())
    for block in leaf.find_all(["p", "li", "tr", "label", "caption"]):  # a number and its noun in two elements
        yield block.get_text(" ", strip=True)
    for part in leaf.find_all(True):
        for value in part.attrs.values():
            for text in value if isinstance(value, list) else [value]:
                if picture := PICTURE.search(text):
                    drawn = base64.b64decode(picture[1]).decode("utf-8")
                    yield from BeautifulSoup(drawn, "html.parser").stripped_strings
                else:
                    yield text


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 any JSON
    if isinstance(value, dict):
        yield from (text for inner in value.values() for text in _strings(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _strings(inner))
    elif isinstance(value, str | int | float):
        yield str(value)


def spoilers(deck: str, sheet: str = "") -> list[str]:
    """Name every text that stands before a guess, a quiz or a ticket, or on the worksheet, and holds its answer."""
    told = [block.get_text(" ", strip=True) for block in BeautifulSoup(sheet, "html.parser").select("main p, main li")]
    found = []
    for leaf, texts in slides(deck):
        for form in leaf.select("[data-form=guess], [data-form=quiz]"):
            for wanted in _answers(form):
                found += [f"{form['id']}: {text[:160]}" for text in told if re.search(wanted, text, re.IGNORECASE)]
        told += [text for text in texts if len(text) < 100_000]
    return list(dict.fromkeys(found))


def _answers(form: Tag) -> Iterator[str]:
    """Give patterns of what gives the answer of a form away."""
    name = form["id"].removeprefix("chart:")
    if name in VERDICTS:
        yield VERDICTS[name]
    if form["data-form"] == "quiz":
        labels = [label.find("span").get_text()[3:] for label in form.select("fieldset label")]
        feedback = json.loads(form.find_all("script", recursive=False)[-1].string)
        right = next((at for at, text in enumerate(feedback) if text.startswith("Yes.")), None)
        at = right if right is not None else "ABCDEFGH".index(ticket_letters()[name])
        yield re.escape(labels[at])
        return
    sentence = form.select_one(".answer b").get_text()
    if chosen := re.fullmatch(r"(.+) is the largest: ([\d,]+) (\w+)\.", sentence):
        yield rf"{re.escape(chosen[1])}\W{{0,3}}{chosen[2]}\b|{re.escape(chosen[1])} .{{0,40}}\b(leads?|largest|most)\b"
        return
    number = re.search(r"\$?\d[\d,.]*\d|\$?\d", sentence)
    if not number:
        assert name in VERDICTS, sentence
        return
    words = re.escape(number[0]).replace(",", ",?")
    whole = rf"(?<![\d.,]){words}(?!\d|,\d|\.\d*[1-9])"
    if billions := re.search(r"\$(\d+) billion", sentence):
        whole += rf"|\b{billions[1]} billion|\b{billions[1]}0{{9}}\b"
    if len(number[0]) > 2:
        yield whole
        return
    noun = re.search(r"(\w+?)s?\b", sentence[number.end() :].strip())[1]  # type: ignore[index]
    yield rf"(?s)^(?=.{{1,{MOST}}}$).*(?:{whole}[^.]{{0,40}}\b{noun}|\b{noun}s?\W{{1,3}}{whole})"


def ticket_letters() -> dict[str, str]:
    """Give the letter of the right option of each question of the exit ticket, which only the teacher's files have."""
    cells = [cell for path in NOTEBOOKS for cell in read(path)["cells"]]
    asked = [at for at, cell in enumerate(cells) for quiz in outputs(cell, TICKET) if quiz["ticket"]]
    said = {at: next(cell for cell in cells[at:] if "answer" in cell["metadata"].get("tags", [])) for at in asked}
    texts = {cells[at]["id"]: "".join(outputs(cell, "text/markdown")) for at, cell in said.items()}
    return {name: re.match(r"\*\*([A-D])\.\*\*", text)[1] for name, text in texts.items()}  # type: ignore[index]


def spoilers_in(folder: Path) -> dict[str, list[str]]:
    """Read every deck in a published folder; name those that give an answer away, and what does it."""
    decks = sorted([*folder.glob("class/*-class.html"), *folder.glob("teacher/*-teacher.html")])
    assert len(decks) >= 2 * (len(NOTEBOOKS) - 1)
    found = {}
    for deck in decks:
        route = re.match(r"00-route(-.+)-", deck.name)
        (sheet,) = folder.glob(f"class/*-worksheet{route[1]}.html") if route else [None]
        on_sheet = sheet.read_text(encoding="utf-8") if sheet else ""
        found[deck.name] = spoilers(deck.read_text(encoding="utf-8"), on_sheet)
    return {name: told for name, told in found.items() if told}
