"""The questions for learning platforms: a zip of QTI 1.2, with the feedback of each option.

Source: IMS Question and Test Interoperability, version 1.2.1, ASI XML binding; IMS Content Packaging 1.1.3.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from ..forms import texts
from .quiz import LETTERS, QUIZ

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # characters that no XML file may hold
WHEN = (1980, 1, 1, 0, 0, 0)  # the same questions give the same zip
TESTS = {"exit-ticket": "ticket", "check-yourself": "self"}  # the name of each test, and the key of its title


@dataclass(frozen=True)
class Question:
    """A question with its options: text, whether it is right, feedback."""

    id: str
    ticket: bool
    text: str
    options: tuple[tuple[str, bool, str], ...]


def questions_in(cells: Iterable[Mapping[str, Any]]) -> Iterator[Question]:
    """Give the questions of a notebook; the key of a ticket is in the next cell with the tag `answer`.

    Raises:
        ValueError: for a ticket whose answer does not begin with the right letter, or has no word on an option.
    """
    asked: tuple[str, dict[str, Any]] | None = None
    for cell in cells:
        for output in cell.get("outputs", []):
            found = output.get("data", {}).get(QUIZ)
            if found and found["ticket"]:
                asked = cell["id"], found
            elif found:
                options = tuple((o["text"], o["right"], o["feedback"]) for o in found["options"])
                yield Question(cell["id"], ticket=False, text=found["question"], options=options)
        if asked and "answer" in cell["metadata"].get("tags", []):
            key = "\n".join("".join(output.get("data", {}).get("text/markdown", "")) for output in cell["outputs"])
            yield _with_key(*asked, key)
            asked = None


def _with_key(name: str, data: dict[str, Any], key: str) -> Question:
    r"""Read the key of a ticket: a paragraph for each letter, the bold one first. Links become their words.

    >>> asked = {"question": "Is it?", "options": [{"text": "Yes"}, {"text": "No"}]}
    >>> _with_key("t", asked, "**B.** No, [ten](page.ipynb#fact).\n\nA. Why?").options
    (('Yes', False, 'Why?'), ('No', True, 'No, ten.'))
    """
    plain = re.sub(r"\\(\W)", r"\1", re.sub(r"\[([^\]]*)\]\([^)\s]*\)", r"\1", key))
    words = dict(re.findall(r"(?m)^(?:\*\*)?([A-H])\.(?:\*\*)? (.+)$", plain))
    right = re.match(r"\s*\*\*([A-H])\.\*\*", key)
    letters = LETTERS[: len(data["options"])]
    if not right or set(words) != set(letters):
        raise ValueError(
            f"the answer to {name!r} needs a paragraph for each of {', '.join(letters)}, the right one bold"
        )
    options = zip(letters, data["options"], strict=True)
    keyed = tuple((option["text"], letter == right[1], words[letter]) for letter, option in options)
    return Question(name, ticket=True, text=data["question"], options=keyed)


def tests_in(notebooks: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Question]]:
    """Sort the questions of notebooks into tests, by the names of the tests; a test without a question is left out."""
    questions = [question for notebook in notebooks.values() for question in questions_in(notebook["cells"])]
    tests = {name: [q for q in questions if q.ticket == (name == "exit-ticket")] for name in TESTS}
    return {name: asked for name, asked in tests.items() if asked}


def package(notebooks: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Write the questions of notebooks as a zip with a manifest and a file for each test; nothing where there are none.

    Args:
        notebooks: notebooks that were run, by their names.
    """
    files = {f"{name}.xml": _test(name, asked) for name, asked in tests_in(notebooks).items()}
    if not files:
        return b""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, root in {"imsmanifest.xml": _manifest(list(files)), **files}.items():
            ElementTree.indent(root)
            text = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
            whole.writestr(zipfile.ZipInfo(name, WHEN), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _manifest(files: list[str]) -> ElementTree.Element:
    root = ElementTree.Element("manifest", {"xmlns": PACKAGE, "identifier": "questions"})
    metadata = ElementTree.SubElement(root, "metadata")
    ElementTree.SubElement(metadata, "schema").text = "IMS Content"
    ElementTree.SubElement(metadata, "schemaversion").text = "1.1.3"
    ElementTree.SubElement(root, "organizations")
    resources = ElementTree.SubElement(root, "resources")
    for file in files:
        about = {"identifier": file.removesuffix(".xml"), "type": "imsqti_xmlv1p1", "href": file}
        ElementTree.SubElement(ElementTree.SubElement(resources, "resource", about), "file", {"href": file})
    return root


def _test(name: str, questions: list[Question]) -> ElementTree.Element:
    root = ElementTree.Element("questestinterop", {"xmlns": QTI})
    test = ElementTree.SubElement(root, "assessment", {"ident": name, "title": texts("quiz")[TESTS[name]]})
    section = ElementTree.SubElement(test, "section", {"ident": f"{name}-section"})
    for number, question in enumerate(questions, 1):
        title = texts("quiz")["question"].format(number=number)
        item = ElementTree.SubElement(section, "item", {"ident": question.id, "title": title})
        _name_kind(item)
        _present(item, question)
        _process(item, question)
        for letter, (_, _, feedback) in zip(LETTERS, question.options, strict=False):
            box = ElementTree.SubElement(item, "itemfeedback", {"ident": f"{letter}_fb", "view": "Candidate"})
            _words(ElementTree.SubElement(box, "flow_mat"), feedback)
    return root


def _name_kind(item: ElementTree.Element) -> None:
    """Say that one option is right, by the name that Canvas has for it: feedback on each option looks like several."""
    metadata = ElementTree.SubElement(ElementTree.SubElement(item, "itemmetadata"), "qtimetadata")
    field = ElementTree.SubElement(metadata, "qtimetadatafield")
    ElementTree.SubElement(field, "fieldlabel").text = "question_type"
    ElementTree.SubElement(field, "fieldentry").text = "multiple_choice_question"


def _words(inside: ElementTree.Element, text: str) -> None:
    ElementTree.SubElement(
        ElementTree.SubElement(inside, "material"), "mattext", {"texttype": "text/plain"}
    ).text = NOT_XML.sub("\ufffd", text)


def _present(item: ElementTree.Element, question: Question) -> None:
    shown = ElementTree.SubElement(item, "presentation")
    _words(shown, question.text)
    response = ElementTree.SubElement(shown, "response_lid", {"ident": "choice", "rcardinality": "Single"})
    options = ElementTree.SubElement(response, "render_choice")
    for letter, (text, _, _) in zip(LETTERS, question.options, strict=False):
        _words(ElementTree.SubElement(options, "response_label", {"ident": letter}), text)


def _process(item: ElementTree.Element, question: Question) -> None:
    """Give 100 points for the right option, and each option its feedback."""
    rules = ElementTree.SubElement(item, "resprocessing")
    outcomes = ElementTree.SubElement(rules, "outcomes")
    score = {"varname": "SCORE", "vartype": "Decimal", "minvalue": "0", "maxvalue": "100"}
    ElementTree.SubElement(outcomes, "decvar", score)
    for letter, (_, right, _) in zip(LETTERS, question.options, strict=False):
        rule = ElementTree.SubElement(rules, "respcondition", {"continue": "Yes"})
        chosen = ElementTree.SubElement(rule, "conditionvar")
        ElementTree.SubElement(chosen, "varequal", {"respident": "choice"}).text = letter
        if right:
            ElementTree.SubElement(rule, "setvar", {"varname": "SCORE", "action": "Set"}).text = "100"
        ElementTree.SubElement(rule, "displayfeedback", {"feedbacktype": "Response", "linkrefid": f"{letter}_fb"})
