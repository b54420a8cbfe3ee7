"""The lesson's forms in a real Chromium without a network, by keyboard: page and deck."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.notebooks import PLOTLY, ROOT
from kit_modules import names_of, run_modules, serve_modules
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_decks.exporters import export
from playwright.sync_api import Locator, Page, expect

import helpers
from securitytalks.lesson.coding.form import coding_sample
from securitytalks.words.numbers import in_words

pytestmark = pytest.mark.browser

KILLED = "newsday-afp/killed-since-2006"
LESSON = ROOT / "src" / "securitytalks" / "lesson"
MODULES = Path(__file__).parent / "modules"
ALPHA = "async (tables) => { const { nominalAlpha } = await import('/lesson/coding/alpha.js');"
ALPHA += " return tables.map((table) => nominalAlpha(table)); }"
KINDS = ("page", "deck")
OPTIONS = [
    ("They do", False, "Look <b>again</b>."),
    ("They do not", True, "Both are bounds."),
    ("Perhaps", False, "No."),
]
NASTY = "</script><script>throw 1</script> & \"quoted\" 'too'"


def shown(bundle: dict[str, Any], name: str) -> NotebookNode:
    """A code cell that was run, with one output."""
    cell = new_code_cell("shown", execution_count=1, outputs=[new_output("display_data", data=bundle)])
    cell.metadata = NotebookNode({"tags": ["remove-input"], "slideshow": {"slide_type": "-"}})
    cell.id = name
    return cell


def drawn(fig: Any, name: str) -> NotebookNode:  # noqa: ANN401
    figure = json.loads(fig.to_json())
    return shown({PLOTLY: figure, "text/plain": "a chart", **figure["layout"]["meta"].pop("forms")}, name)


def lesson() -> NotebookNode:
    """Each form of the lesson on a slide of its own."""
    facts, passages, topics = helpers.load_facts(), helpers.load_passages(), helpers.load_topics()
    number = helpers.predict(facts, KILLED, question="How many?", why="A bound.", low=0, high=600_000, step=50_000)
    counts = topics[["name"]].assign(n=range(len(topics)))
    choice = helpers.predict_choice(counts, question="Which?", unit="passages", source="us", why="So it is.")
    cells = [
        drawn(number, "guess"),
        drawn(choice, "choice"),
        shown(helpers.quiz("Do they differ?", OPTIONS)._repr_mimebundle_(), "quiz"),
        shown(helpers.ticket(NASTY, [NASTY, "No"])._repr_mimebundle_(), "ticket"),
        shown(helpers.coding(passages, topics)._repr_mimebundle_(), "coding"),
    ]
    titles = ["# One lesson", *(f"## Part {number}" for number in range(2, 6)), "## The end"]
    heads = [new_markdown_cell(title, metadata={"slideshow": {"slide_type": "slide"}}) for title in titles]
    pairs = zip(heads, [*cells, None], strict=True)
    return new_notebook(cells=[cell for pair in pairs for cell in pair if cell])


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder, source = tmp_path_factory.mktemp("lesson"), lesson()
    for kind in KINDS:
        audience = "teacher" if kind == "deck" else ""  # a deck of the class has no codes to compare with
        (folder / f"{kind}.html").write_text(export(source, kind=kind, audience=audience), encoding="utf-8")
    return {kind: folder / f"{kind}.html" for kind in KINDS}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def opened(open_page: Callable[..., Page], files: dict[str, Path], kind: str) -> Callable[..., Page]:
    """Give a function that opens the lesson at one of its forms."""

    def open_at(slide: int, more: str = "", **size: int) -> Page:
        place = f"#/{slide}{more}" if kind == "deck" else f"#{more}"
        page = open_page(files[kind].as_uri() + place, **size)
        page.wait_for_function("() => !document.querySelector('.reveal') || document.querySelector('section.present')")
        return page

    return open_at


def state(page: Page) -> str:
    """What stands behind the "?" of the address."""
    return page.url.partition("?")[2]


def slide_of(page: Page) -> str:
    """The slide of the address, none in a page."""
    return page.url.partition("#")[2].partition("?")[0]


def tab_to(page: Page, target: Locator) -> None:
    """Reach a control with the Tab key alone."""
    for _ in range(80):
        if target.evaluate("part => part === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the Tab key does not reach {target}")


def test_a_guess_is_made_and_the_answer_shown_by_keyboard(opened: Callable[..., Page]) -> None:
    page = opened(0)
    form = page.locator("#chart\\:guess")
    place = slide_of(page)
    slider = form.get_by_role("slider", name="How many?")
    tab_to(page, slider)
    assert slider.get_attribute("aria-valuetext") == "no guess yet"
    for key in ("ArrowLeft", "ArrowRight"):  # back to where the mark waits: a quarter, since the answer is the middle
        page.keyboard.press(key)
    expect(form.locator("output")).to_have_text("150,000 people")
    assert slider.get_attribute("aria-valuetext") == "150,000 people"
    expect(form.locator(".answer")).to_be_hidden()
    expect(form.locator(".rows")).to_be_hidden()
    tab_to(page, form.get_by_text("Show the answer"))
    page.keyboard.press("Enter")
    fact = helpers.load_facts().set_index("fact").loc[KILLED]
    expect(form.locator(".answer")).to_contain_text(in_words(fact["value"], fact["precision"], fact["unit"]))
    expect(form.locator(".distance")).to_contain_text("too low by at least 150,000. It is half of the printed number.")
    expect(form.get_by_text("Table of the data")).to_be_visible()
    assert slide_of(page) == place, "the keys of a control do not move the deck"
    assert state(page) == "chart:guess=3a"
    page.keyboard.press("Enter")
    expect(form.locator(".answer")).to_be_hidden()


def test_the_next_key_shows_the_answer_of_a_guess_before_the_next_slide(
    open_page: Callable[..., Page], files: dict[str, Path]
) -> None:
    page = open_page(f"{files['deck'].as_uri()}#/0")
    form, answer = page.locator("#chart\\:guess"), page.locator("#chart\\:guess .answer")
    box = form.get_by_role("slider").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for key, shown, place in [
        ("ArrowRight", True, "#/0"),
        ("ArrowLeft", False, "#/0"),
        ("PageDown", True, "#/0"),
        ("ArrowRight", True, "#/1"),
        ("ArrowLeft", True, "#/0"),
    ]:
        page.keyboard.press(key)
        expect(answer).to_be_visible(visible=shown)
        assert f"#{slide_of(page)}" == place
    expect(form.locator("output")).to_have_text("300,000 people")
    form.get_by_text("Hide the answer").click()
    expect(answer).to_be_hidden()
    form.get_by_text("Show the answer").click()
    expect(form.get_by_text("Hide the answer")).to_be_visible()  # follows when the script is told
    page.keyboard.press("PageDown")
    assert slide_of(page) == "/1", "an answer that is shown needs no key of its own"


def test_without_a_guess_no_guess_is_drawn(opened: Callable[..., Page]) -> None:
    page = opened(0)
    form = page.locator("#chart\\:guess")
    expect(form.locator(".yours")).to_be_visible()
    form.get_by_text("Show the answer").click()
    expect(form.locator(".yours")).to_be_hidden()
    form.get_by_role("slider").press("Enter")
    expect(form.locator(".yours")).to_have_text("150,000 people")
    expect(form.locator(".yours")).to_be_visible()


def test_a_guess_is_set_by_a_click_on_the_scale(opened: Callable[..., Page]) -> None:
    page = opened(0)
    form = page.locator("#chart\\:guess")
    scale = form.get_by_role("slider")
    box = scale.bounding_box()
    page.mouse.click(box["x"] + 15, box["y"] + box["height"] / 2)
    expect(form.locator("output")).to_have_text("0 people")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(form.locator("output")).to_have_text("300,000 people")


def test_a_slide_has_no_direction_for_the_person_at_the_keyboard(
    open_page: Callable[..., Page], files: dict[str, Path]
) -> None:
    shown = {}
    for kind in KINDS:
        form = open_page(files[kind].as_uri()).locator("#chart\\:guess")
        shown[kind] = form.locator(".how").bounding_box()["width"]
        expect(form.locator(".how")).to_contain_text("the arrow keys")  # a screen reader says it in both
    assert shown["deck"] <= 1 < 200 < shown["page"]


def test_the_focus_ring_is_round_the_mark_alone(opened: Callable[..., Page]) -> None:
    page = opened(0)
    slider = page.locator("#chart\\:guess").get_by_role("slider")
    tab_to(page, slider)
    assert slider.evaluate("range => getComputedStyle(range).outlineStyle") == "none"
    box = slider.bounding_box()
    mark = {"x": box["x"] + box["width"] / 4 - 40, "y": box["y"] - 12, "width": 80, "height": box["height"] + 24}
    before = page.screenshot(clip=mark)
    slider.blur()
    assert page.screenshot(clip=mark) != before, "the mark shows that it has the focus"


def test_an_answer_can_be_shown_without_a_guess(opened: Callable[..., Page]) -> None:
    page = opened(1)
    form = page.locator("#chart\\:choice")
    form.get_by_text("Show the answer").click()
    expect(form.locator(".answer")).to_contain_text("is the largest")
    expect(form.locator(".distance")).to_be_empty()
    form.get_by_label("Kingpins").check()
    expect(form.locator(".distance")).to_contain_text("Your guess, Kingpins, has 1 passage.")


def test_an_address_brings_back_the_exact_state(opened: Callable[..., Page], kind: str) -> None:
    page = opened(1, "?chart:guess=3a&chart:choice=1&chart:quiz=1")
    expect(page.locator("#chart\\:choice").get_by_label("Kingpins")).to_be_checked()
    expect(page.locator("#chart\\:quiz [value='1']")).to_be_checked()
    expect(page.locator("#chart\\:quiz .feedback")).to_have_text("Yes. Both are bounds.")
    expect(page.locator("#chart\\:guess output")).to_have_text("150,000 people")
    if kind == "deck":
        page.keyboard.press("PageUp")
    expect(page.locator("#chart\\:guess .answer")).to_be_visible()


def test_a_question_gives_its_word_on_each_option_by_keyboard(opened: Callable[..., Page]) -> None:
    page = opened(2)
    quiz = page.get_by_role("group", name="Do they differ?")
    place, status = slide_of(page), page.locator("#chart\\:quiz .feedback")
    expect(status).to_be_empty()
    tab_to(page, quiz.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(status).to_have_text("No. Look <b>again</b>. B is right. Both are bounds.")
    page.keyboard.press("ArrowDown")
    expect(quiz.get_by_label("B. They do not")).to_be_checked()
    expect(status).to_have_text("Yes. Both are bounds.")
    assert state(page) == "chart:quiz=1"
    assert slide_of(page) == place


def test_the_next_key_shows_the_right_option_before_the_next_slide(
    open_page: Callable[..., Page], files: dict[str, Path]
) -> None:
    page = open_page(f"{files['deck'].as_uri()}#/2")
    quiz = page.locator("#chart\\:quiz")
    said = quiz.locator(".feedback")
    for key, words, place in [
        ("PageDown", "B is right. Both are bounds.", "/2"),
        ("PageUp", "", "/2"),
        ("ArrowRight", "B is right. Both are bounds.", "/2"),
        ("ArrowRight", "B is right. Both are bounds.", "/3"),
        ("PageUp", "B is right. Both are bounds.", "/2"),
    ]:
        page.keyboard.press(key)
        expect(said).to_have_text(words)
        assert quiz.locator("label.right").all_text_contents() == ([" B. They do not"] if words else [])
        assert slide_of(page) == place
    expect(quiz.get_by_role("radio", checked=True)).to_have_count(0)
    quiz.get_by_label("A. They do", exact=True).check()
    expect(said).to_have_text("No. Look <b>again</b>. B is right. Both are bounds.")
    page.keyboard.press("PageDown")
    assert slide_of(page) == "/3", "an answer that is shown needs no key of its own"
    page.keyboard.press("PageDown")
    assert slide_of(page) == "/4", "a ticket has no answer to show"


def test_the_tickets_of_a_file_are_counted(open_page: Callable[..., Page], tmp_path: Path) -> None:
    tickets = [shown(helpers.ticket(f"{n}?", ["Yes", "No"])._repr_mimebundle_(), f"t{n}") for n in ("One", "Two")]
    heads = [new_markdown_cell(f"## {n}", metadata={"slideshow": {"slide_type": "slide"}}) for n in (1, 2)]
    path = tmp_path / "deck.html"
    source = new_notebook(cells=[cell for pair in zip(heads, tickets, strict=True) for cell in pair])
    path.write_text(export(source, kind="deck"), encoding="utf-8")
    page = open_page(path.as_uri())
    numbers = page.locator(".ticket .number").all_text_contents()
    assert numbers == ["Exit ticket 1 of 2", "Exit ticket 2 of 2"]


def test_a_ticket_has_no_word_that_tells_the_answer(opened: Callable[..., Page]) -> None:
    page = opened(3)
    ticket = page.locator("#chart\\:ticket")
    expect(ticket.locator("legend")).to_have_text(NASTY)
    tab_to(page, ticket.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(ticket.get_by_role("radio").first).to_be_checked()
    expect(ticket.locator(".feedback")).to_have_count(0)
    assert ticket.locator(":scope > script:not(.shared-texts)").text_content() == "[]"


def answers() -> tuple[list[str], list[list[int]]]:
    """The passages of the sample and our codes as places among the check boxes."""
    topics = list(helpers.load_topics()["topic"])
    sample = coding_sample(helpers.load_passages(), helpers.load_topics())
    return list(sample["passage"]), [[topics.index(code) for code in codes] for codes in sample["settled"]]


def tick(form: Locator, page: Page, boxes: list[int]) -> None:
    """Tick boxes of the passage on show, and go on to the next."""
    for box in boxes:
        form.locator("fieldset:visible input").nth(box).focus()
        page.keyboard.press("Space")
    if form.get_by_role("button", name="Next passage").is_enabled():
        form.get_by_role("button", name="Next passage").focus()
        page.keyboard.press("Enter")


def test_passages_are_coded_compared_and_copied_by_keyboard(opened: Callable[..., Page]) -> None:
    page = opened(4)
    form, place = page.locator(".coding"), slide_of(page)
    passages, ours = answers()
    tab_to(page, form.locator("fieldset:visible input").first)
    form.get_by_role("button", name="Compare with ours").focus()
    page.keyboard.press("Enter")
    expect(form.locator(".count")).to_have_text("Code at least two passages first.")
    tick(form, page, ours[0])
    tick(form, page, [0])
    tick(form, page, ours[2])
    expect(form.locator(".count")).to_have_text(f"3 of {len(passages)} coded")
    form.get_by_role("button", name="Compare with ours").focus()
    page.keyboard.press("Enter")
    expect(form.locator(".outcome")).to_be_focused()
    marks = [
        [[int(at in codes) for at in range(11)] for codes in coder] for coder in (ours[:3], [ours[0], [0], ours[2]])
    ]
    alpha = krippendorff.alpha(np.array(marks).reshape(2, -1), level_of_measurement="nominal")
    expect(form.locator(".summary")).to_contain_text("You gave exactly our topics to 2 of 3 passages.")
    expect(form.locator(".summary")).to_contain_text(f"alpha: {alpha:.2f}")
    expect(form.locator(".differences tbody tr")).to_have_count(1)
    tab_to(page, form.locator(".csv summary"))
    page.keyboard.press("Enter")
    expect(form.locator("textarea")).to_be_hidden()  # until there is a name
    tab_to(page, form.get_by_label("Write your name"))
    page.keyboard.type('Ana "A", B')
    codings = helpers.pooled_codings(
        form.locator("textarea").input_value(), helpers.load_passages(), helpers.load_topics()
    )
    assert codings["coder"].unique().tolist() == ['Ana "A", B']
    assert codings["passage"].tolist() == passages[:3]
    form.get_by_role("button", name="Copy as CSV").focus()
    page.keyboard.press("Enter")
    expect(form.locator(".copied")).to_have_text(re.compile(r"Copied\.|Ctrl\+C"))
    form.get_by_role("button", name="Back to the passages").focus()
    page.keyboard.press("Enter")
    expect(form.locator("fieldset:visible input").first).to_be_focused()
    assert slide_of(page) == place


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_for_the_class_has_our_codes(open_page: Callable[..., Page], tmp_path: Path, kind: str) -> None:
    passages, topics = helpers.load_passages(), helpers.load_topics()
    form = shown(helpers.coding(passages, topics)._repr_mimebundle_(), "coding")
    path = tmp_path / "class.html"
    path.write_text(export(new_notebook(cells=[form]), kind=kind, audience="class"), encoding="utf-8")
    page = open_page(path.as_uri())
    data = json.loads(page.locator(".coding > script").text_content())
    assert data["compare"] is None
    tick(page.locator(".coding"), page, [0])
    tick(page.locator(".coding"), page, [1])
    page.get_by_role("button", name="Hand in your codes").click()
    expect(page.locator(".summary")).to_contain_text("You coded 2 of 14 passages.")
    expect(page.locator(".differences")).to_be_empty()
    page.get_by_label("Write your name or initials").fill("Ana")
    codings = helpers.pooled_codings(page.locator(".csv textarea").input_value(), passages, topics)
    assert codings["topics"].tolist() == [[topics["topic"][0]], [topics["topic"][1]]]


def test_paper_has_every_passage_of_a_page_and_the_one_that_a_slide_shows(
    opened: Callable[..., Page], kind: str
) -> None:
    page = opened(4)
    page.emulate_media(media="print")
    passages = page.locator(".coding .work fieldset")
    shown = [passage for passage in passages.all() if passage.is_visible()]
    assert len(shown) == (passages.count() if kind == "page" else 1)


def test_students_copy_a_line_and_a_deck_draws_the_class(
    open_page: Callable[..., Page], files: dict[str, Path]
) -> None:
    page = open_page(files["page"].as_uri(), width=390, height=844)
    hand_in = page.locator("#chart\\:quiz .hand-in")
    hand_in.locator("summary").click()
    expect(hand_in.get_by_role("button", name="Copy my line")).to_be_hidden()
    hand_in.get_by_label("Write your name").fill("=Ana; B")
    hand_in.get_by_role("button", name="Copy my line").click()
    expect(hand_in.locator(".copied")).to_contain_text("Answer a question first")
    page.get_by_label("B. They do not").check()
    page.locator("#chart\\:ticket").get_by_label("B. No").check()
    line = hand_in.get_by_label("Your line, with every answer").input_value()
    assert line == "Ana B; quiz=B; ticket=B"
    page.reload()
    expect(page.get_by_label("B. They do not")).to_be_checked()
    expect(hand_in.locator(".line")).to_have_value(line)

    names = [f"Student {number}" for number in range(30)]
    pasted = "\n".join([line, *(f"{name}; quiz=A" for name in names), "no answer", "student 0; quiz=C"])
    deck = open_page(f"{files['deck'].as_uri()}#/2")
    results = deck.locator("#chart\\:quiz .class-results")
    results.locator("summary").click()
    results.get_by_label("Paste the lines").fill(pasted)
    counts = deck.locator("#chart\\:quiz .class-count")
    expect(counts).to_have_text(["class: 29", "class: 1", "class: 1"])
    for option in ("A. They do", "B. They do not", "C. Perhaps"):
        deck.locator("#chart\\:quiz").get_by_label(option).check()  # the open panel covers none of them
    expect(results.locator(".counted")).to_contain_text("Answers to this question: 31. Lines: 32.")
    expect(results.locator(".counted")).to_contain_text("Line 32 has a name and no answer")
    for case in tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text(encoding="utf-8"))["lines"]:
        results.get_by_label("Paste the lines").fill(case["lines"])
        for words in case["says"]:
            expect(results.locator(".counted")).to_contain_text(words)
    reasons = "B\nc) since nobody counts\nAna; quiz=E"
    results.get_by_label("Paste the lines").fill(reasons)
    assert counts.all_text_contents() == ["class: 0", "class: 1", "class: 1"]
    expect(results.locator(".counted")).to_contain_text("“E” is not an option here")
    expect(results.locator(".counted")).to_contain_text("Write the letter or the words of an option")
    assert helpers.class_answers("Bo; quiz=c) since nobody counts").values.tolist() == [["Bo", "quiz", "C"]]
    results.get_by_label("Paste the lines").fill("Ana; other=B")
    expect(results.locator(".counted")).to_contain_text("Line 1 has no answer to a question of this file")
    quoted = "> “Zoe; quiz=a”\n ; "  # as a mail and a word processor give a line
    results.get_by_label("Paste the lines").fill(quoted)
    assert counts.all_text_contents() == ["class: 1", "class: 0", "class: 0"]
    assert helpers.class_answers(quoted).values.tolist() == [["Zoe", "quiz", "A"]]
    results.get_by_label("Paste the lines").fill("Mo；Quiz＝C")  # as a phone may write it
    assert counts.all_text_contents() == ["class: 0", "class: 0", "class: 1"]
    answers = helpers.class_answers(pasted.replace("no answer\n", ""))
    assert answers[answers["question"].eq("quiz")]["answer"].value_counts().to_dict() == {"A": 29, "B": 1, "C": 1}


def test_names_that_are_pasted_cannot_be_read_on_the_projector_and_are_gone_for_the_next_class(
    open_page: Callable[..., Page], files: dict[str, Path]
) -> None:
    deck = open_page(f"{files['deck'].as_uri()}#/2")
    results = deck.locator("#chart\\:quiz .class-results")
    results.locator("summary").click()
    box = results.get_by_label("Paste the lines")
    box.fill("Ana; quiz=A\n" + "Bo\n" * 20)
    box.dispatch_event("paste")
    expect(box).not_to_be_focused()
    expect(box).to_have_css("filter", "blur(5px)")
    panel, slide = results.bounding_box(), deck.locator("section.present .slide-body").bounding_box()
    assert panel
    assert slide
    assert panel["y"] + panel["height"] <= slide["y"] + slide["height"], "what is said of faults stays on the slide"
    deck.reload()
    expect(box).to_have_value(re.compile("Ana; quiz=A"))
    again = deck.context.new_page()
    again.goto(deck.url)
    expect(again.locator("#chart\\:quiz .pasted")).to_have_value("")


def test_the_speakers_window_shows_a_guess_as_the_class_sees_it(
    open_page: Callable[..., Page], files: dict[str, Path]
) -> None:
    deck = open_page(files["deck"].as_uri())
    with deck.expect_popup() as popup:
        deck.keyboard.press("s")
    shown = popup.value.locator("#picture-now .guess")
    expect(shown.locator(".asked")).to_have_text("How many?")
    expect(shown.get_by_role("slider")).to_be_visible()


def test_escape_closes_the_codebook_and_leaves_the_slide(opened: Callable[..., Page]) -> None:
    page = opened(4)
    summary = page.locator(".book summary")
    tab_to(page, summary)
    page.keyboard.press("Enter")
    expect(page.locator(".book table")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".book table")).to_be_hidden()
    expect(summary).to_be_focused()
    assert not page.locator(".reveal.overview").count()


def test_the_lines_of_a_class_are_written_and_read(open_page: Callable[..., Page]) -> None:
    results = run_modules(open_page(), MODULES, lesson=LESSON)
    assert results == dict.fromkeys(names_of(MODULES), "")


def test_alpha_is_that_of_the_python_package(open_page: Callable[..., Page]) -> None:
    page = open_page()
    serve_modules(page, lesson=LESSON)
    rng = np.random.default_rng(20211008)
    data = [rng.integers(0, values, (coders, units)).astype(float) for values in (2, 4) for coders in (2, 3, 5)
            for units in (2, 11, 154)]  # fmt: skip
    for table in data[1::2]:
        table[rng.random(table.shape) < 0.3] = np.nan
    same = np.array([[0, 1, 1, 0.0]] * 2)
    data += [same, 1 - np.array([[0, 1, 1, 0], [1, 0, 0, 1.0]]), np.array([[0, 0, 0, 1], [0, 0, 0, 0.0]])]
    lists = [[[None if np.isnan(v) else v for v in coder] for coder in table] for table in data]
    found = page.evaluate(ALPHA, lists)
    for table, alpha in zip(data, found, strict=True):
        paired = table[:, (~np.isnan(table)).sum(axis=0) > 1]
        if len(np.unique(paired[~np.isnan(paired)])) > 1:
            assert alpha == pytest.approx(krippendorff.alpha(table, level_of_measurement="nominal"), abs=1e-12)
        else:
            assert alpha is None or np.isnan(alpha)
    nothing = [[[1, 1, 1], [1, 1, 1]], [[None, 1], [1, None]], [[], []], []]
    assert all(np.isnan(v) for v in page.evaluate(ALPHA, nothing))


@pytest.mark.parametrize("slide", range(5))
def test_axe_finds_nothing_in_any_state(opened: Callable[..., Page], kind: str, slide: int) -> None:
    page = opened(slide, "?chart:guess=3a&chart:choice=1a&chart:quiz=0&chart:ticket=1")
    page.wait_for_timeout(500)
    assert Axe().run(page).response["violations"] == []
    if slide != 4:
        return
    page.locator(".book summary").click()
    assert Axe().run(page).response["violations"] == []
    page.locator(".book summary").click()
    form = page.locator(".coding")
    for _ in range(2):
        tick(form, page, [0])
    form.get_by_role("button", name="Compare with ours").click()
    page.locator(".csv summary").click()
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("slide", range(5))
def test_each_form_fits_its_slide(
    open_page: Callable[..., Page], files: dict[str, Path], slide: int, width: int, height: int
) -> None:
    page = open_page(f"{files['deck'].as_uri()}#/{slide}", width=width, height=height)
    body = page.locator("section.present .slide-body")
    expect(body).to_be_visible()
    page.wait_for_timeout(500)
    assert body.evaluate("body => body.scrollHeight <= body.clientHeight + 1 && !body.classList.contains('scrolls')")
    small = (
        "parts => parts.filter(part => part.offsetParent && parseFloat(getComputedStyle(part).fontSize) < 18).length"
    )
    assert (
        page.locator(
            "section.present :is(.quiz, .coding, .guess) :is(label, span, p, button, legend, summary)"
        ).evaluate_all(small)
        == 0
    )


def test_the_marks_of_a_scale_stand_at_its_numbers(open_page: Callable[..., Page], files: dict[str, Path]) -> None:
    page = open_page(files["page"].as_uri())
    form = page.locator(".guess.scale")
    form.get_by_text("Show the answer").click()
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        track, ends = form.locator(".scale input").bounding_box(), form.locator(".ticks").bounding_box()
        assert ends["x"] == pytest.approx(track["x"] + 10, abs=1), width
        assert ends["width"] == pytest.approx(track["width"] - 20, abs=1), width
        for tick in form.locator(".ticks li").all():
            box, at = tick.bounding_box(), float(tick.evaluate("tick => tick.style.getPropertyValue('--at')"))
            middle = box["x"] + box["width"] / 2
            assert middle == pytest.approx(ends["x"] + at * ends["width"], abs=1), f"{tick.text_content()} at {width}"
        assert form.locator(".answer-mark").bounding_box()["x"] == pytest.approx(ends["x"] + ends["width"] / 2, abs=3)


# The middle of a label over a scale, that of its mark, and whether the label touches an edge of the scale.
LABEL = """(form) => {
  const box = (part) => form.querySelector(part).getBoundingClientRect();
  const label = box(".answer-number b"), mark = box(".answer-mark"), scale = box(".scale input");
  const start = form.querySelector(".bound-up") ? mark.left : form.querySelector(".bound-down") ? mark.right : null;
  const touches = label.left < scale.left + 2 || label.right > scale.right - 2;
  const outside = label.left < scale.left - 2 || label.right > scale.right + 2;
  return { label: label.left + label.width / 2, mark: start ?? mark.left + mark.width / 2, touches, outside };
}"""


@pytest.mark.parametrize(("kind", "width", "height"), [("deck", 1280, 720), ("deck", 1920, 1080), ("page", 390, 844)])
def test_the_answer_of_a_guess_stands_over_its_mark(
    open_page: Callable[..., Page], tmp_path: Path, kind: str, width: int, height: int
) -> None:
    facts, asked = helpers.load_facts(), {"question": "How many?", "why": "So."}
    counted = {"unit": "claims that agree", "source": "us", "low": 0, "high": 35, "step": 1} | asked
    figures = [helpers.predict_count(n, **counted) for n in (0, 1, 5, 17, 20, 30, 35)]
    figures.append(helpers.predict(facts, KILLED, low=0, high=600_000, step=50_000, **asked))
    figures.append(helpers.predict(facts, "urdupoint/overdose-deaths", low=0, high=200_000, step=10_000, **asked))
    path = tmp_path / "guesses.html"
    slide = {"slideshow": {"slide_type": "slide"}}
    cells = [
        cell
        for n, fig in enumerate(figures)
        for cell in (new_markdown_cell("## Guess", metadata=slide), drawn(fig, f"g{n}"))
    ]
    path.write_text(export(new_notebook(cells=cells), kind=kind), encoding="utf-8")
    page = open_page(path.as_uri(), width=width, height=height)
    over = 0
    for number in range(len(figures)):
        if kind == "deck":
            page.evaluate("at => Reveal.slide(at)", number)
        form = page.locator(f"#chart\\:g{number}")
        form.get_by_text("Show the answer").click()
        found = form.evaluate(LABEL)
        assert not found["outside"], number
        if not found["touches"]:
            over += 1
            assert found["label"] == pytest.approx(found["mark"], abs=3), number
    assert over >= 3


def test_a_phone_shows_each_form_in_its_width(open_page: Callable[..., Page], files: dict[str, Path]) -> None:
    page = open_page(files["page"].as_uri(), width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".coding").scroll_into_view_if_needed()
    tick(page.locator(".coding"), page, [0])
    tick(page.locator(".coding"), page, [1])
    page.get_by_role("button", name="Compare with ours").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
