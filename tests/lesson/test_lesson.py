"""The lesson in the notebooks: minutes, guesses, questions, codings of a class, exercises; answers that stay out."""

from __future__ import annotations

import html
import io
import json
import re
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from bs4 import BeautifulSoup
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from kit.notebooks import NOTEBOOKS, outputs, read, source
from notebook_decks.exporters import export
from notebook_decks.publish.versions import student
from traitlets.config import Config

import helpers
from securitytalks.lesson.cells import explain
from securitytalks.lesson.coding.form import CODING, coding_sample
from securitytalks.lesson.coding.pasted import CodingError
from securitytalks.lesson.exercises import PRACTICE_FILE
from securitytalks.lesson.guess.guess import GUESS
from securitytalks.lesson.messages import NotYetError
from securitytalks.lesson.plan import (
    LessonError,
    lesson_plan,
    needed_minutes,
    read_routes,
    slide_cells,
    words_on_slide,
)
from securitytalks.lesson.quiz.gift import gift
from securitytalks.lesson.quiz.qti import QTI, package, questions_in
from securitytalks.lesson.quiz.quiz import QUIZ
from securitytalks.lesson.results.results import AnswerError
from securitytalks.records.load import SEEDS

KILLED = "newsday-afp/killed-since-2006"


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return helpers.load_facts()


@pytest.fixture(scope="module")
def passages() -> pd.DataFrame:
    return helpers.load_passages()


@pytest.fixture(scope="module")
def topics() -> pd.DataFrame:
    return helpers.load_topics()


def text_of(message: Any) -> str:  # noqa: ANN401
    """The words of a message, as a student reads them."""
    return BeautifulSoup(message.data, "html.parser").get_text(" ", strip=True)


def tags(cell: dict[str, Any]) -> set[str]:
    return set(cell["metadata"].get("tags", []))


# ------------------------------------------------------------------------------------------------------------ minutes


@pytest.mark.parametrize("name", read_routes())
def test_a_route_has_the_minutes_that_its_parts_take(name: str) -> None:
    route = read_routes()[name]
    planned, needed = [part["minutes"] for part in route["parts"]], needed_minutes(route)
    assert sum(planned) == int(name)
    assert [part["part"] for part, need in zip(route["parts"], needed, strict=True) if part["minutes"] < need] == []
    assert sum(needed) > 0.9 * sum(planned), "a plan with air in it was not derived"


def test_two_classes_end_at_the_bell() -> None:
    parts = read_routes()["90"]["parts"]
    begins = {part["class"]: sum(p["minutes"] for p in parts[:at]) for at, part in enumerate(parts) if "class" in part}
    assert begins == {"First class": 0, "Second class": 45}


def test_the_class_of_45_minutes_has_at_most_2200_words() -> None:
    slides = [slide["slide"] for part in read_routes()["45"]["parts"] for slide in part["slides"]]
    assert sum(len(words_on_slide(cell)) for slide in slides for cell in slide_cells(slide)) <= 2200


def test_each_slide_of_a_route_has_a_note() -> None:
    slides = [s for route in read_routes().values() for part in route["parts"] for s in part["slides"]]
    assert [slide["slide"] for slide in slides if not slide.get("note")] == []


def test_titles_of_a_route_ask() -> None:
    slides = [s for route in read_routes().values() for part in route["parts"] for s in part["slides"]]
    told = []
    for slide in slides:
        cells = slide_cells(slide["slide"])
        heading = slide.get("title") or (source(cells[0]) or "").splitlines()[0]
        asks = heading.endswith("?") or "Questions" in heading or any("question" in tags(cell) for cell in cells)
        told += [] if asks else [f"{slide['slide']}: {heading}"]
    assert told == []


def test_a_plan_that_does_not_add_up_is_named(tmp_path: Path) -> None:
    part = {"part": "Beginning", "minutes": 44, "slides": []}
    routes = {"45": {"title": "One class", "parts": [part]}}
    path = tmp_path / "guide.ipynb"
    path.write_text(json.dumps({"cells": [], "metadata": {"notebook_decks": {"routes": routes}}}), encoding="utf-8")
    with pytest.raises(LessonError, match="One class: the parts add up to 44 minutes; the route has 45"):
        lesson_plan(path)


def test_a_slide_that_is_not_there_is_named() -> None:
    with pytest.raises(LessonError, match=r"01-start-here\.ipynb has no cell with the id 'gone'"):
        slide_cells("01-start-here#gone")


def test_each_notebook_has_guesses_before_its_charts() -> None:
    for path in NOTEBOOKS[:5]:
        notebook = read(path)
        asked = [cell for cell in notebook["cells"] if "helpers.predict" in source(cell)]
        codes = any("helpers.coding(" in source(cell) for cell in notebook["cells"])
        # The first tells a story; where passages are coded, the codes are a guess that is compared with ours.
        assert (1 if path == NOTEBOOKS[0] or codes else 2) <= len(asked) <= 4, path.name
        leads = [cell for cell in notebook["cells"] if source(cell).startswith("**Before you look.**")]
        assert len(leads) == len(asked), path.name
        assert all("question" in tags(cell) for cell in leads)


# ------------------------------------------------------------------------------------------------------------ guesses


def guess(facts: pd.DataFrame, fact: str = KILLED, **changes: Any) -> go.Figure:  # noqa: ANN401
    scale = {"low": 0, "high": 600_000, "step": 50_000} | changes
    return helpers.predict(facts, fact, question="How many?", why="Since {n} reasons.", n=3, **scale)


def applied(fig: go.Figure, method: str, args: list) -> go.Figure:
    """Do what Plotly does with the arguments of a step or a button."""
    out = go.Figure(fig)
    update, layout, where = (args[0], args[1], args[2]) if method == "update" else (args[0], {}, args[1])
    for index in where:
        for key, value in update.items():
            if key.endswith("[0]"):
                out.data[index][key[:-3]] = (value,)
            else:
                out.data[index][key] = value
    for key, value in layout.items():
        at = int(re.search(r"\[(\d+)\]", key)[1])
        out.layout.annotations[at].text = value
    return out


def test_a_guess_starts_with_the_answer_hidden_and_one_button_shows_it_with_its_precision(facts: pd.DataFrame) -> None:
    fig = guess(facts)
    seen = [trace.visible is not False for trace in fig.data]
    assert seen == [True, False, False], "only the scale is there"
    assert "300,000" not in " ".join(a.text for a in fig.layout.annotations)
    (button,) = fig.layout.updatemenus[0].buttons
    assert button.label == "Show the answer"
    shown = applied(fig, button.method, button.args)
    record = shown.data[2]
    assert (record.visible, record.x, record.marker.symbol) == (True, (300_000,), "triangle-right-open")
    assert "¶15" in record.hovertext[0]
    texts = " ".join(a.text for a in shown.layout.annotations)
    assert "more than 300,000 people" in texts
    assert "Since 3 reasons." in texts
    hidden = applied(shown, button.method, button.args2)
    assert hidden.data[2].visible is False
    assert "300,000" not in " ".join(a.text for a in hidden.layout.annotations)


def form_of(fig: go.Figure) -> dict[str, Any]:
    return fig.layout.meta["forms"][GUESS]


def test_the_answer_says_the_distance_in_words(facts: pd.DataFrame) -> None:
    stops = {stop["words"]: stop["distance"] for stop in form_of(guess(facts))["stops"]}
    assert "too low by at least 200,000. It is a third of the printed number." in stops["100,000 people"]
    assert "one of the numbers that “more than” allows" in stops["500,000 people"]
    about = form_of(guess(facts, "urdupoint/overdose-deaths", high=200_000, step=10_000))["stops"]
    stops = {stop["words"].split()[0]: stop["distance"] for stop in about}
    assert "“about” also allows the other numbers in the band" in stops["110,000"]
    assert "is 90,000 too high. It is 1.8 times the answer." in stops["200,000"]


def test_a_scale_names_its_end_behind_the_last_even_tick() -> None:
    fig = helpers.predict_count(
        58, unit="pairs", source="us", question="Of {n}?", why="So.", low=0, high=153, step=10, n=153
    )
    form = form_of(fig)
    assert form["stops"][-1]["words"] == "153 pairs"
    assert [tick["words"] for tick in form["ticks"]] == ["0", "40", "80", "120", "153"]
    assert (fig.data[0].x[-1], fig.data[0].hovertext[-1]) == (153, "<b>153 pairs</b>")
    assert list(fig.layout.xaxis.ticktext) == ["0", "40", "80", "120", "153"]


def test_the_ticks_of_every_guess_are_even_up_to_the_end() -> None:
    scales = [form for path in NOTEBOOKS for cell in read(path)["cells"] for form in outputs(cell, GUESS)]
    asked = [scale for scale in scales if scale["kind"] == "scale"]
    assert len(asked) > 5
    for scale in asked:
        gaps = np.diff([tick["at"] for tick in scale["ticks"]])
        assert np.ptp(gaps[:-1]) < 0.001, f"{scale['question']}: {[tick['words'] for tick in scale['ticks']]}"
        assert gaps[-1] < 1.4 * gaps[0], f"{scale['question']}: one more tick has room"


def test_the_mark_that_waits_for_a_guess_is_not_on_the_answer() -> None:
    forms = [form for path in NOTEBOOKS for cell in read(path)["cells"] for form in outputs(cell, GUESS)]
    scales = [form for form in forms if form["kind"] == "scale"]
    assert len(scales) > 5
    for form in scales:
        mark, waits = form["answer"]["mark"], form["stops"][form["waits"]]["at"]
        assert not mark["from"] - 0.02 < waits < mark["to"] + 0.02, form["question"]


def test_a_step_of_the_slider_moves_the_guess_and_nothing_else(facts: pd.DataFrame) -> None:
    fig = guess(facts)
    steps = fig.layout.sliders[0].steps
    assert [s.label for s in steps][:3] == ["no guess yet", "0 people", "50,000 people"]
    moved = applied(fig, steps[4].method, steps[4].args)
    assert (moved.data[1].visible, moved.data[1].x) == (True, (150_000,))
    assert moved.data[2].to_plotly_json() == fig.data[2].to_plotly_json()
    assert applied(moved, steps[0].method, steps[0].args).data[1].visible is False


def test_about_is_a_band(facts: pd.DataFrame) -> None:
    fig = guess(facts, "urdupoint/overdose-deaths", high=200_000, step=10_000)
    band = fig.data[2]
    assert (band.base[0], band.base[0] + band.x[0]) == (105_000, 115_000)
    assert len(fig.layout.updatemenus[0].buttons[0].args[2]) == len(fig.data) - 2


@pytest.mark.parametrize(
    ("fact", "changes", "said"),
    [
        (KILLED, {"high": 200_000}, "is not on the scale"),
        (KILLED, {"step": 1000}, "601 places"),
        (KILLED, {"step": 600_000}, "2 places"),
        ("newsday-afp/nothing", {}, "not a figure of the records"),
        ("urdupoint/wall-plan", {}, "not a figure of the records"),
    ],
)
def test_a_guess_that_cannot_be_asked_is_refused(
    facts: pd.DataFrame, fact: str, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        guess(facts, fact, **changes)


def test_a_guess_must_use_its_values(facts: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="does not use: n"):
        helpers.predict(facts, KILLED, question="How many?", why="So.", low=0, high=600_000, step=50_000, n=3)


def test_a_choice_shows_every_row() -> None:
    table = pd.DataFrame({"name": ["A", "B", "C"], "n": [2, 5, 1]})
    fig = helpers.predict_choice(table, question="Which?", unit="passages", source="us", why="So.")
    listed, button = fig.layout.updatemenus
    assert [choice.label for choice in listed.buttons] == ["no guess yet", "A", "B", "C"]
    bars = fig.data[2]
    assert (bars.visible, bars.x) == (False, (2, 5, 1))
    shown = applied(fig, "update", button.buttons[0].args)
    assert all(trace.visible for trace in shown.data[2:])
    assert "B is the largest: 5 passages." in " ".join(a.text for a in shown.layout.annotations)
    assert form_of(fig)["options"][0]["distance"].endswith("That is 3 fewer than the largest, B.")


# ---------------------------------------------------------------------------------------------------------- questions

OPTIONS = [("Yes", True, "It is."), ("No", False, "It is not.")]


def test_a_quiz_needs_one_right_option_and_a_word_on_each() -> None:
    for options, said in (
        ([("Yes", True, "a"), ("No", True, "b")], "exactly one"),
        ([("Yes", False, "a"), ("No", False, "b")], "exactly one"),
        ([("Yes", True, "a"), ("No", False, " ")], "needs feedback"),
        ([("Yes", True, "a"), ("Yes", False, "b")], "no two the same"),
        ([("Yes", True, "a")], "2 to 8"),
    ):
        with pytest.raises(ValueError, match=said):
            helpers.quiz("Is it?", options)


def test_a_quiz_reads_without_a_script_and_escapes_what_it_holds() -> None:
    bundle = helpers.quiz("Is <b> it?", [("</script>", True, "<i>"), ("No", False, "b")])._repr_mimebundle_()
    assert "<b> it" not in bundle["text/html"]
    assert "</script>" not in bundle["text/html"]
    assert bundle["text/html"].count("<details>") == 2
    assert bundle[QUIZ]["options"][0] == {"text": "</script>", "right": True, "feedback": "<i>"}
    assert bundle["text/plain"].splitlines() == ["Is <b> it?", "A. </script>", "B. No"]


def test_no_cell_of_a_notebook_shows_the_key_of_a_question() -> None:
    for path in NOTEBOOKS:
        for cell in read(path)["cells"]:
            if "helpers.quiz(" in source(cell):
                assert "True" not in source(cell), f"{path.name}: {cell['id']}"
                assert helpers.quiz(cell["id"]).question in "".join(outputs(cell, "text/plain"))


def test_an_unknown_question_is_named_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match=r"no question 'check-bound' in questions\.toml; there are: check-bounds, "):
        helpers.quiz("check-bound")


def test_a_learning_platform_gets_each_question_with_its_key_and_a_word_on_each_option() -> None:
    notebooks = {path.stem: read(path) for path in NOTEBOOKS}
    packed = zipfile.ZipFile(io.BytesIO(package(notebooks)))
    manifest = ElementTree.fromstring(packed.read("imsmanifest.xml"))
    listed = {one.get("href"): one.get("type") for one in manifest.findall(".//{*}resource")}
    assert listed == {"exit-ticket.xml": "imsqti_xmlv1p1", "check-yourself.xml": "imsqti_xmlv1p1"}
    told = {}
    for file in listed:
        root = ElementTree.fromstring(packed.read(file))
        for element in root.iter():
            children, attributes = ASI[element.tag.removeprefix(f"{{{QTI}}}")]
            found = "".join(f"{child.tag.removeprefix(f'{{{QTI}}}')} " for child in element)
            assert re.fullmatch(children, found), f"{element.tag}: {found}"
            assert set(element.keys()) == set(attributes.split()), element.tag
        items = list(root.iter(f"{{{QTI}}}item"))
        assert [item.findtext(".//{*}fieldentry") for item in items] == ["multiple_choice_question"] * len(items)
        told |= {item.get("ident"): told_by(item) for item in items}
    asked = [question for notebook in notebooks.values() for question in questions_in(notebook["cells"])]
    assert len(asked) == 9
    assert told == {question.id: (question.text, list(question.options)) for question in asked}
    assert sorted(told.values()) == sorted(read_by_moodle(gift(notebooks).decode()))
    assert not [feedback for question in asked for *_, feedback in question.options if "](" in feedback]


# The elements that we write: their children in order, and their attributes, as the ASI binding of QTI 1.2.1 has them.
ASI = {
    "questestinterop": ("assessment ", ""),
    "assessment": ("(section )+", "ident title"),
    "section": ("(item )+", "ident"),
    "item": ("itemmetadata presentation resprocessing (itemfeedback )+", "ident title"),
    "itemmetadata": ("qtimetadata ", ""),
    "qtimetadata": ("qtimetadatafield ", ""),
    "qtimetadatafield": ("fieldlabel fieldentry ", ""),
    "fieldlabel": ("", ""),
    "fieldentry": ("", ""),
    "presentation": ("material response_lid ", ""),
    "material": ("mattext ", ""),
    "mattext": ("", "texttype"),
    "response_lid": ("render_choice ", "ident rcardinality"),
    "render_choice": ("(response_label )+", ""),
    "response_label": ("material ", "ident"),
    "resprocessing": ("outcomes (respcondition )+", ""),
    "outcomes": ("decvar ", ""),
    "decvar": ("", "varname vartype minvalue maxvalue"),
    "respcondition": ("conditionvar (setvar )*displayfeedback ", "continue"),
    "conditionvar": ("varequal ", ""),
    "varequal": ("", "respident"),
    "setvar": ("", "varname action"),
    "displayfeedback": ("", "feedbacktype linkrefid"),
    "itemfeedback": ("flow_mat ", "ident view"),
    "flow_mat": ("material ", ""),
}


def test_moodle_reads_a_question_with_signs_that_mean_something_to_it() -> None:
    data = {"ticket": False, "question": "Is {x} = 2:1?", "options": []}
    data["options"] = [
        {"text": "~1 # \\", "right": False, "feedback": "No:\n\nsee {a}"},
        {"text": "Yes", "right": True, "feedback": "= 2"},
    ]
    notebook = {"cells": [{"id": "q", "metadata": {}, "outputs": [{"data": {QUIZ: data}}]}]}
    options = [("~1 # \\", False, "No: see {a}"), ("Yes", True, "= 2")]
    assert read_by_moodle(gift({"one": notebook}).decode()) == [("Is {x} = 2:1?", options)]
    assert gift({}) == b""


def read_by_moodle(text: str) -> list[tuple[str, list[tuple[str, bool, str]]]]:
    """Read GIFT in the order in which Moodle does: hide what a backslash protects, split at signs, show it again."""
    found = []
    for block in text.strip().split("\n\n"):
        hidden = re.sub(r"\\(.)", lambda sign: f"&&{ord(sign[1]):03};", block)
        if not hidden.startswith("$CATEGORY:"):
            asked, answers = re.fullmatch(r"(?s)::[^:]+::\[plain\]([^{}]+)\{([^{}]+)\}", hidden).groups()
            parts = re.findall(r"([=~])([^=~#]+)#([^=~#]+)", answers)
            options = [(shown(option), sign == "=", shown(said)) for sign, option, said in parts]
            found.append((shown(asked), options))
    return found


def shown(text: str) -> str:
    return re.sub(r"&&(\d{3});", lambda sign: chr(int(sign[1])), text).strip()


def told_by(item: ElementTree.Element) -> tuple[str, list[tuple[str, bool, str]]]:
    """What a learning platform understands of an item: its question, and each option with key and feedback."""
    said = {one.get("ident"): "".join(one.itertext()).strip() for one in item.iter() if one.get("ident")}
    told = []
    for rule in item.findall(".//{*}respcondition"):
        chosen, shown = rule.findtext(".//{*}varequal"), rule.find("{*}displayfeedback").get("linkrefid")
        told.append((said[chosen], rule.findtext("{*}setvar") == "100", said[shown]))
    return item.findtext("{*}presentation/{*}material/{*}mattext"), told


def test_the_lines_of_a_class_are_read_and_counted() -> None:
    pasted = "Ana; guess-killed=150,000 people; check-bounds=B\n\nBen; check-bounds=C;\nana ; check-bounds = C"
    answers = helpers.class_answers(pasted)
    assert answers.values.tolist() == [
        ["Ana", "guess-killed", "150,000 people"],
        ["ana", "check-bounds", "C"],
        ["Ben", "check-bounds", "C"],
    ]
    changed = "Mo；Check-Bounds＝C"  # by a phone, which also makes dashes longer
    assert helpers.class_answers(changed + "\nLea; check\u2013bounds=C")["question"].tolist() == ["check-bounds"] * 2
    assert helpers.check_answers(pasted).rows[-1] == ("check-bounds", "C", "2")
    assert "Nothing is pasted" in text_of(helpers.check_answers(" "))


def test_a_ticket_holds_no_answer() -> None:
    bundle = helpers.ticket("{newsday-afp/merida-money}?", ["Yes", "No"])._repr_mimebundle_()
    assert bundle[QUIZ] == {
        "question": "about $3\u00a0billion?",
        "options": [{"text": "Yes"}, {"text": "No"}],
        "ticket": True,
    }
    assert "right" not in json.dumps(bundle)


def test_the_exit_ticket_has_five_questions_each_with_its_answer_for_the_teacher() -> None:
    cells = read(NOTEBOOKS[4])["cells"]
    asked = [at for at, cell in enumerate(cells) for quiz in outputs(cell, QUIZ) if quiz["ticket"]]
    assert len(asked) == 5
    letters = []
    for at in asked:
        answer = next(cell for cell in cells[at + 1 :] if "answer" in tags(cell))
        assert tags(answer) == {"answer", "remove-input"}
        letters.append(re.match(r"\*\*([A-D])\.\*\*", "".join(outputs(answer, "text/markdown")))[1])
    assert len(set(letters)) > 2, f"the letters give it away: {letters}"


# ------------------------------------------------------------------------------------------------------------- coding


def test_the_sample_has_every_topic_every_article_and_hard_passages(
    passages: pd.DataFrame, topics: pd.DataFrame
) -> None:
    sample = coding_sample(passages, topics)
    assert 12 <= len(sample) <= 16
    assert {topic for codes in sample["settled"] for topic in codes} == set(topics["topic"])
    assert {place.split("/")[0] for place in sample["passage"]} == set(passages["article"])
    keys = passages["article"] + "/" + passages["paragraph"].astype(str)
    hard = [set(a) != set(b) for a, b in zip(passages["first"], passages["second"], strict=True)]
    assert set(keys[hard]) & set(sample["passage"])
    assert sample["passage"].is_unique


def test_the_form_holds_our_codes_as_numbers_alone(passages: pd.DataFrame, topics: pd.DataFrame) -> None:
    bundle = helpers.coding(passages, topics)._repr_mimebundle_()
    sample, data = coding_sample(passages, topics), bundle[CODING]
    order = [topic["topic"] for topic in data["topics"]]
    for codes, numbers in zip(sample["settled"], data["compare"], strict=True):
        assert [order[number] for number in numbers] == list(codes)
    assert all(set(passage) == {"passage", "gist", "cite"} for passage in data["passages"])
    assert "<script" not in bundle["text/html"]


def lines(*rows: str, heading: str = "coder,passage,topics") -> str:
    return "\n".join([heading, *rows])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_pasted_codings_are_read(
    passages: pd.DataFrame, topics: pd.DataFrame, separator: str, mark: str, end: str
) -> None:
    text = lines(
        "Ana,urdupoint/3,migration root-causes", "", "coder,passage,topics", '"Ben, B.",urdupoint/3, Migration'
    )
    text = mark + text.replace('"Ben, B."', "Ben").replace(",", separator).replace("\n", end)
    codings = helpers.pooled_codings(text, passages, topics)
    assert codings.values.tolist() == [
        ["Ana", "urdupoint/3", ["migration", "root-causes"]],
        ["Ben", "urdupoint/3", ["migration"]],
    ]


def test_a_semicolon_file_may_have_commas_between_topics(passages: pd.DataFrame, topics: pd.DataFrame) -> None:
    text = "coder;passage;topics\nAna;urdupoint/3;migration, root-causes\n"
    assert helpers.pooled_codings(text, passages, topics)["topics"].tolist() == [["migration", "root-causes"]]


def test_a_filled_sheet_is_read(tmp_path: Path, passages: pd.DataFrame, topics: pd.DataFrame) -> None:
    path = helpers.coding_sheet(passages, topics, tmp_path / "mine.csv")
    sheet = pd.read_csv(path, encoding="utf-8-sig").assign(coder="Ana", topics="migration")
    sheet.to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    assert len(helpers.pooled_codings(path, passages, topics)) == len(coding_sample(passages, topics))
    assert helpers.coding_sheet(passages, topics, path).read_bytes() == path.read_bytes(), "work is kept"
    assert len(helpers.pooled_codings(str(path), passages, topics)) == len(sheet)


ENDLESS = {
    "lines": ("Ana,urdupoint/3,migration\n" * 30_000, "30,001 lines"),
    "faulty lines": ("Ana,x,y\n" * 15_000, "200 faults"),
    "topics": ("Ana,urdupoint/3," + "x " * 20_000, "20,000 words"),
    "a name that looks like another": ("A\u200bna,urdupoint/3,arms", "a character that cannot be seen"),
    "a name that shows nothing": ("\u3164,urdupoint/3,arms", "a character that cannot be seen"),
}


@pytest.mark.parametrize(("pasted", "said"), ENDLESS.values(), ids=ENDLESS.keys())
def test_what_no_class_pastes_is_named_and_read_no_further(
    pasted: str, said: str, passages: pd.DataFrame, topics: pd.DataFrame
) -> None:
    with pytest.raises(CodingError, match=said) as raised:
        helpers.pooled_codings(f"coder,passage,topics\n{pasted}", passages, topics)
    assert len(str(raised.value)) < 200_000


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
def test_a_file_of_another_folder_is_not_shown_through_a_link(
    tmp_path: Path, passages: pd.DataFrame, topics: pd.DataFrame
) -> None:
    (tmp_path / "secret.txt").write_text("root:x:0", encoding="utf-8")
    (tmp_path / "class").mkdir()
    link = tmp_path / "class" / "codings.csv"
    link.symlink_to(tmp_path / "secret.txt")
    with pytest.raises(CodingError, match="a link to another place") as raised:
        helpers.pooled_codings(link, passages, topics)
    assert "root" not in str(raised.value)


def test_the_unicode_text_of_excel_is_read(tmp_path: Path, passages: pd.DataFrame, topics: pd.DataFrame) -> None:
    path = tmp_path / "codings.csv"
    path.write_text("coder\tpassage\ttopics\nJosé\turdupoint/3\tarms\n", encoding="utf-16")
    assert helpers.pooled_codings(path, passages, topics)["coder"].tolist() == ["José"]


def test_two_forms_of_a_letter_are_one_name(passages: pd.DataFrame, topics: pd.DataFrame) -> None:
    pasted = "coder,passage,topics\nJos\u00e9,urdupoint/3,arms\nJose\u0301,urdupoint/3,migration"
    with pytest.raises(CodingError, match="each passage once a coder"):
        helpers.pooled_codings(pasted, passages, topics)


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("Ana; x=1\n" * 30_000, "30,000 lines"),
        ("Ana\n" * 15_000, "has a name and no answer"),
        ("Ana; " + "x" * 5_000, r"x\.\.\."),
        (f"Ana; x={'y' * 5_000}", "more than 1,000 characters"),
        ("A\u200bna; x=y", "cannot be seen"),
        ("Ana; x\u200b=y", "cannot be seen"),
        ("\u2800; x=y", "cannot be seen"),
        (f"Ana; x = a{' ' * 500_000}b", "more than 1,000 characters"),
        (5, "Found a value of type int"),
    ],
)
def test_answers_that_no_class_gives_are_named(pasted: Any, said: str) -> None:  # noqa: ANN401
    with pytest.raises(AnswerError, match=said) as raised:
        helpers.class_answers(pasted)
    assert len(str(raised.value)) < 50_000
    assert "Not yet." in text_of(helpers.check_answers(pasted))


def test_all_faults_of_a_pasted_text_are_reported_at_once(passages: pd.DataFrame, topics: pd.DataFrame) -> None:
    text = "\n".join(
        [
            "Ana,urdupoint/3,migraton arms",  # no heading, a misspelt topic
            ",urdupoint/6,addiction",  # a blank coder
            "Ben,,addiction",  # a blank passage
            "Ben,urdupoint/99,addiction",  # no such passage
            "Ben,urdupoint/6,",  # blank topics
            "Cleo,urdupoint/6,addiction",
            "cleo,urdupoint/6,arms",  # the same coder again
        ]
    )
    with pytest.raises(CodingError) as caught:
        helpers.pooled_codings(text, passages, topics)
    said = str(caught.value).splitlines()
    assert said[0] == "7 faults in the codings:"
    assert [(f.record, f.field) for f in caught.value.faults] == [
        ("line 1", "-"),
        ("line 1", "topics"),
        ("line 2", "coder"),
        ("line 3", "passage"),
        ("line 4", "passage"),
        ("line 5", "topics"),
        ("line 7", "coder"),
    ]
    assert 'found "migraton"' in said[2]
    assert said[2].endswith('do write "migration"')
    assert all("; allowed " in line and "; do " in line for line in said[1:])


@pytest.mark.parametrize("text", ["coder,passage,topics\n", "coder,passage,topics", "hello\nworld"])
def test_a_text_without_codings_is_reported(passages: pd.DataFrame, topics: pd.DataFrame, text: str) -> None:
    with pytest.raises(CodingError, match="fault"):
        helpers.pooled_codings(text, passages, topics)
    assert "Not yet" in text_of(helpers.check_codings(text, passages, topics))
    assert "Nothing is pasted" in text_of(helpers.check_codings("\n", passages, topics))


def test_agreement_is_that_of_the_krippendorff_package(passages: pd.DataFrame, topics: pd.DataFrame) -> None:
    sample = coding_sample(passages, topics)
    ours = [f"Same,{p},{' '.join(codes)}" for p, codes in zip(sample["passage"], sample["settled"], strict=True)]
    rng = np.random.default_rng(7)
    chance = [f"Chance,{p},{' '.join(rng.choice(topics['topic'], 2, replace=False))}" for p in sample["passage"]]
    codings = helpers.pooled_codings(lines(*ours, *chance[:9]), passages, topics)
    table = helpers.class_agreement(codings, passages, topics).set_index("Who")
    assert table.loc["Same with our codes"].tolist() == [len(sample), len(sample), 1.0, ""]
    assert table.loc["Chance with our codes", "Passages"] == 9
    assert table.loc["Chance with our codes", "Alpha"] < 0.5
    assert table.loc["All coders among themselves", "Alpha"] == table.loc["Chance with our codes", "Alpha"]
    assert "How far the class agrees" in text_of(helpers.check_codings(lines(*ours), passages, topics))


# ---------------------------------------------------------------------------------------------------------- exercises


def test_a_changed_code_moves_its_counts_and_nothing_else() -> None:
    mine = helpers.practice_seeds()
    assert "Nothing is changed" in text_of(helpers.check_one_change(mine))
    helpers.change_record(mine, "urdupoint/20", settled=["cooperation"])
    assert "Nothing is changed" in text_of(helpers.check_one_change(mine))
    helpers.change_record(mine, "urdupoint/20", settled=["migration"])
    assert "Done." in text_of(helpers.check_one_change(mine))
    moved = helpers.what_moved(mine).set_index("Count")
    assert (moved["After"] - moved["Before"]).to_dict() == {
        "Passages on The talks and terms": -1,
        "Passages on Migration": 1,
    }
    helpers.change_record(mine, KILLED, precision="at least")
    assert "2 records are changed" in text_of(helpers.check_one_change(mine))
    helpers.check_article(mine, "")
    (mine / "articles" / PRACTICE_FILE).write_text("[article]", encoding="utf-8")
    assert "Give each exercise a copy of its own" in text_of(helpers.check_one_change(mine))


def test_a_reason_is_asked_for_where_codes_part() -> None:
    mine = helpers.practice_seeds()
    helpers.change_record(mine, "urdupoint/3", settled=["migration"])
    assert "Say why it was settled so" in text_of(helpers.check_one_change(mine))
    helpers.change_record(mine, "urdupoint/3", reason="The wall comes first.")
    assert "Done." in text_of(helpers.check_one_change(mine))


def test_our_own_records_cannot_be_changed(tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in SEEDS.rglob("*.toml")}
    with pytest.raises(ValueError, match="practice_seeds"):
        helpers.change_record(SEEDS, "urdupoint/3", settled=["arms"])
    with pytest.raises(ValueError, match="practice_seeds"):
        helpers.check_article(SEEDS, "[[facts]]")
    helpers.practice_seeds(tmp_path / "a")
    for name, said in ((tmp_path / "a", "already"), ("a" * 5000, "too long"), ("a\0", "cannot be made"), (5, "made")):
        with pytest.raises(NotYetError, match=said):
            helpers.practice_seeds(name)
    with pytest.raises(NotYetError, match="where the copy is named"):
        helpers.what_moved("a" * 5000)
    assert before == {path: path.read_bytes() for path in SEEDS.rglob("*.toml")}


@pytest.fixture(scope="module")
def filled() -> str:
    """The record that the teacher's answer gives."""
    cells = [cell for path in NOTEBOOKS for cell in read(path)["cells"] if {"answer", "exercise"} <= tags(cell)]
    return next(found[1] for cell in cells if (found := re.search(r"```toml\n(.*?)```", source(cell), re.DOTALL)))


def test_the_answer_to_the_sixth_article_is_sound(filled: str) -> None:
    mine = helpers.practice_seeds()
    assert "Nothing is filled in" in text_of(helpers.check_article(mine, "\n"))
    assert "at most 200,000 are read" in text_of(helpers.check_article(mine, "x = 1\n" * 1_000_000))
    assert "value: found" in text_of(helpers.check_article(mine, "value = \ud800"))
    assert len(text_of(helpers.check_article(mine, f"window_end = {'1 ' * 90_000}"))) < 5_000
    form = helpers.article_form().data.removeprefix("```toml\n").removesuffix("```")
    assert "29 blanks" in text_of(helpers.check_article(mine, form))
    assert "Done." in text_of(helpers.check_article(mine, filled))
    moved = helpers.what_moved(mine).set_index("Count")["After"] - helpers.what_moved(mine).set_index("Count")["Before"]
    assert moved[["Articles", "Facts", "Figures", "Figures that are about", "Passages"]].tolist() == [1, 1, 1, 1, 4]
    keys = set(re.findall(r"^(\w+) =", form, re.MULTILINE))
    assert keys == set(re.findall(r"^(\w+) =", filled, re.MULTILINE))


CASES = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text(encoding="utf-8"))


def said_of_a_cell(cell: str) -> str:
    """Run a cell as a notebook does; give what is shown of its error."""
    shell = InteractiveShell(
        config=Config({"HistoryManager": {"enabled": False}}), user_ns={"helpers": helpers, "copy": ""}
    )
    explain(shell)
    with capture_output() as shown:
        shell.run_cell(cell)
    return shown.stdout


def answered(kind: str, case: dict[str, Any], filled: str, mine: Path) -> str:
    """Make the mistake of a case; give what is said about it."""
    if kind == "article":
        assert case["old"] in filled
        return text_of(helpers.check_article(mine, filled.replace(case["old"], case["new"])))
    if kind == "change":
        with pytest.raises(NotYetError) as caught:
            eval(f"helpers.change_record(mine, {case['call']})", {"helpers": helpers, "mine": mine})
        return "".join(caught.value._render_traceback_())
    if kind == "cells":
        return said_of_a_cell(case["cell"])
    if kind == "codings":
        return text_of(helpers.check_codings(lines(case["lines"]), helpers.load_passages(), helpers.load_topics()))
    return text_of(helpers.check_answers(case["lines"]))


@pytest.fixture(scope="module")
def copy_of_records() -> Path:
    return helpers.practice_seeds()


@pytest.mark.parametrize(
    ("kind", "case"), [pytest.param(k, c, id=f"{k}: {c['name']}") for k, cases in CASES.items() for c in cases]
)
def test_a_mistake_is_answered_with_what_to_write(
    filled: str, copy_of_records: Path, kind: str, case: dict[str, Any]
) -> None:
    said = answered(kind, case, filled, copy_of_records)
    assert [words for words in case["says"] if words not in said] == [], said
    if kind == "article":
        assert "Not yet." in said
        assert len(helpers.load_articles(copy_of_records)) == 5, "a faulty file is kept out of the way of other cells"


def test_exercises_are_unfilled_and_their_answers_for_the_teacher_alone() -> None:
    cells = read(NOTEBOOKS[3])["cells"]
    checks = [cell for cell in cells if "check" in tags(cell)]
    said = ["".join([*outputs(cell, "text/markdown"), *outputs(cell, "text/html")]) for cell in checks]
    assert len(said) == 3
    assert all("Not yet." in text for text in said)


@pytest.mark.parametrize("path", NOTEBOOKS[3:5], ids=lambda path: path.stem)
def test_no_answer_is_in_a_file_for_the_class(path: Path) -> None:
    given = export(path, kind="deck", audience="class")
    given += nbformat.writes(student(nbformat.read(path, as_version=4)))
    said, whole = (
        re.sub(r"[\\*]", "", html.unescape(text)) for text in (given, export(path, kind="deck", audience="teacher"))
    )
    answers = [cell for cell in read(path)["cells"] if "answer" in tags(cell)]
    assert answers
    for cell in answers:
        text = "".join(outputs(cell, "text/markdown")) or source(cell)
        for sentence in re.findall(r"[^.:\n]{40,}", re.sub(r"[\\*]", "", text)):
            assert sentence not in said, sentence
        if "exercise" not in tags(cell):  # whose answers stand with them in the teacher's notebook
            assert re.findall(r"[a-z ]{25,}", text)[0].strip() in whole, "the teacher's deck has it"


def test_topics_parted_by_the_mark_of_the_cells_are_a_fault_and_not_lost() -> None:
    pasted = "coder,passage,topics\nAna,newsday-afp/2,root-causes,arms\n"
    with pytest.raises(ValueError, match="line 2: -: found 4 cells; allowed 3 cells"):
        helpers.pooled_codings(pasted, helpers.load_passages(), helpers.load_topics())


def test_a_slide_shows_what_fits_of_a_table_and_a_page_all_of_it(topics: pd.DataFrame) -> None:
    names = topics[["name"]]
    short = helpers.show_table(names.head(2), caption="Some topics")
    data = helpers.show_table(names, caption="All topics", slide=short)._repr_mimebundle_()
    cell = nbformat.v4.new_code_cell("t", outputs=[nbformat.v4.new_output("display_data", data=data)])
    made = nbformat.v4.new_notebook(cells=[cell])
    assert "Some topics" in export(made, kind="deck")
    page = export(made, kind="page")
    assert "All topics" in page
    assert "Some topics" not in page


def test_the_guide_names_its_two_folds_by_what_is_in_them() -> None:
    page = BeautifulSoup(export(NOTEBOOKS[5], kind="page", audience="teacher"), "html.parser")
    folds = [fold.text for fold in page.select("details.fold > summary")]
    assert folds.count("Sample answers at three levels") == 6
    assert folds.count("Answer") == 6


def test_a_number_in_a_headline_is_no_link() -> None:
    said = helpers.say("## {urdupoint/killed-since-2006:Words}\n\n{urdupoint/killed-since-2006:Words}").data
    assert said.startswith("## More than 420,000 people\n\n[More than 420,000 people](07")
