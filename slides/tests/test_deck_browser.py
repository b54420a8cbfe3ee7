"""Decks in a real Chromium without a network: every slide, every chart, every control, by mouse and by keyboard."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from export_kit import STRANGER, chart, controlled, figure, incomplete_charts, nasty, notebook, teaching, text, writer
from kit_browser import Watch
from notebook_decks.exporters import export
from notebook_decks.stills import stills
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser
CHARTS = 10  # in the stranger's notebook
SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]

MEASURE = """() => {
  const slide = Reveal.getCurrentSlide(), body = slide.querySelector('.slide-body'), W = innerWidth, H = innerHeight;
  const shown = (t) => t.textContent.trim() && t.getBoundingClientRect().height && !t.closest('.gl-container');
  const size = (t) => parseFloat(getComputedStyle(t).fontSize) * Math.hypot(t.getScreenCTM().a, t.getScreenCTM().b);
  const read = 'p,li,td,th,code,summary,label,button,select,output';
  return {
    title: slide.innerText.slice(0, 40), scale: Reveal.getScale(),
    over: body.scrollHeight - body.clientHeight, wide: body.scrollWidth - body.clientWidth,
    texts: [...body.querySelectorAll(read)].filter(e => e.offsetParent && !e.closest('.unseen,.wait'))
      .map(e => parseFloat(getComputedStyle(e).fontSize)),
    charts: [...slide.querySelectorAll('.plot')].map(p => {
      const box = p.getBoundingClientRect(), svg = p.querySelector('.main-svg').getBoundingClientRect();
      return {box: [box.width, box.height], svg: [svg.width, svg.height],
              text: Math.min(99, ...[...p.querySelectorAll('.main-svg text')].filter(shown).map(size)),
              inside: svg.left >= -1 && svg.top >= -1 && svg.right <= W + 1 && svg.bottom <= H + 1};
    }),
  };
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Give a function that writes a deck and returns its address; each is made once."""
    return writer(tmp_path_factory.mktemp("decks"), "deck")


@pytest.fixture
def stranger(files: Callable[..., str]) -> str:
    return files("stranger", STRANGER)


def opened(page: Page, slide: int) -> None:
    """Go to a slide and wait for its charts."""
    page.evaluate("(n) => Reveal.slide(...Object.values(Reveal.getIndices(Reveal.getSlides()[n])).slice(0, 2))", slide)
    page.wait_for_function(
        "() => [...Reveal.getCurrentSlide().querySelectorAll('.plot')].every(p => p.querySelector('.main-svg'))"
    )
    page.wait_for_timeout(150)


@pytest.fixture
def page(open_page: Callable[..., Page], files: Callable[..., str]) -> Page:
    """A deck with every kind of control, at the slide of its chart."""
    page = open_page(files("controlled", controlled()))
    opened(page, 1)
    return page


def walk(page: Page) -> list[dict]:
    """Measure every slide."""
    found = []
    for number in range(page.evaluate("() => Reveal.getTotalSlides()")):
        opened(page, number)
        found.append(page.evaluate(MEASURE))
    return found


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_slide_fits_and_every_chart_fills_its_box(
    open_page: Callable[..., Page], stranger: str, width: int, height: int
) -> None:
    slides = walk(open_page(stranger, width=width, height=height))
    assert sum(len(s["charts"]) for s in slides) == CHARTS
    for slide in slides:
        assert slide["over"] <= 1, slide
        assert slide["wide"] <= 1, slide
        assert min(slide["texts"], default=18) >= 18, slide
        for drawn in slide["charts"]:
            assert drawn["inside"], slide
            assert drawn["svg"] == pytest.approx(drawn["box"], abs=2 * slide["scale"]), slide
            assert drawn["text"] >= 17.9 * slide["scale"], slide
        if len(slide["charts"]) == 1:
            assert slide["charts"][0]["box"][0] >= 0.9 * width


@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(1280, 720, 1), (1920, 1080, 1), (3840, 2160, 1), (853, 480, 1.5)]
)
def test_hover_is_right_at_every_size(
    open_page: Callable[..., Page], files: Callable[..., str], width: int, height: int, zoom: float
) -> None:
    page = open_page(files("controlled", controlled()), width=width, height=height, device_scale_factor=zoom)
    opened(page, 1)
    for number in range(6):
        box = page.locator(".bars .point path").nth(number).bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.75
        page.mouse.move(x - 2, y)
        page.mouse.move(x, y)
        page.wait_for_timeout(120)
        assert page.locator(".details b").inner_text() == str(2020 + number % 3)
        frame = page.locator(".marked").bounding_box()
        assert frame["x"] == pytest.approx(box["x"], abs=8 * width / 1280)
        assert frame["width"] == pytest.approx(box["width"], abs=16 * width / 1280)
        page.mouse.move(2, 2)


def focus_on(page: Page, selector: str) -> None:
    """Come to a thing by Tab alone, from the start of the slide."""
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); }")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(
            "(s) => document.activeElement.matches(s) && !!document.activeElement.closest('.present')", selector
        ):
            return
    pytest.fail(f"{selector} is not reached by Tab")


def visible(page: Page) -> list[bool]:
    return page.evaluate("() => document.querySelector('.present .drawing').data.map(t => t.visible ?? true)")


def test_every_control_works_by_keyboard_and_keeps_its_keys(page: Page) -> None:
    focus_on(page, "select")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(200)
    assert visible(page) == [False, True]
    focus_on(page, "button[data-step='0']")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.evaluate("() => document.querySelector('.present .drawing').layout.barmode") == "stack"
    assert page.locator(".present .finding").text_content() == "Stacked"
    assert page.locator("button[data-step='0']").get_attribute("aria-pressed") == "true"
    assert page.locator("button[data-step='1']").get_attribute("aria-pressed") == "false"
    page.keyboard.press("Space")
    focus_on(page, "input[type=range]")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert page.evaluate("() => document.querySelector('.present .drawing').data.map(t => t.opacity)") == [0.5, 0.5]
    assert page.locator(".present output").text_content() == "2"
    assert page.locator(".present .finding").text_content() == "At 0.5"
    assert page.locator(".present .drawing .gtitle").count() == 0
    assert page.evaluate("() => Reveal.getIndices().h") == 1


def test_after_a_click_on_a_control_the_arrows_still_move_the_deck(page: Page) -> None:
    page.locator("button[data-step='0']").click()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => Reveal.getIndices().h") == 2


def test_points_are_announced_after_their_series_and_shown_below_the_chart(page: Page) -> None:
    focus_on(page, ".walk")
    stop = page.locator(".present .walk")
    assert stop.get_attribute("aria-label") == "Chart: Apples outsell pears"
    said = []
    for _ in range(7):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(80)
        said.append(stop.get_attribute("aria-valuetext"))
        assert page.locator(".present .details").is_visible()
    words = [
        f"{y}, {t} t, weighed at the gate" for y, t in zip([2020, 2021, 2022] * 2, [5, 6, 7, 3, 4, 2], strict=True)
    ]
    words[0] = f"Apples, series 1 of 2, 3 points, from 5 to 7. {words[0]}"
    words[3] = f"Pears, series 2 of 2, 3 points, from 2 to 4. {words[3]}"
    assert said == [*words, words[5]]
    for key, value in (("l", "2022, 2 t"), ("h", "2021, 4 t"), ("Home", "2020, 5 t"), ("End", "2022, 2 t")):
        page.keyboard.press(key)
        assert stop.get_attribute("aria-valuetext").endswith(f"{value}, weighed at the gate"), key
    page.keyboard.press("p")
    assert page.locator(".present .live").text_content().startswith("Point 6 of 6. Pears, series 2 of 2")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert " ".join(page.locator(".present .details p").inner_text().split()) == "2022 7 t, weighed at the gate"
    page.keyboard.press("Escape")
    assert page.locator(".present .details").is_hidden()
    assert page.evaluate("() => [Reveal.getIndices().h, Reveal.isOverview()]") == [1, False]
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => Reveal.getIndices().h") == 2


COVERED = """() => {
  const box = (selector) => document.querySelector(`.present ${selector}`).getBoundingClientRect();
  const details = box('.details'), meets = (b) => b.bottom > details.top + 1 && b.top < details.bottom - 1;
  return ['.finding', '.measure', '.plot', '.steering'].filter((name) => meets(box(name)));
}"""


@pytest.mark.parametrize("touch", [False, True])
def test_a_click_keeps_the_details_until_escape_or_the_next_slide(
    open_page: Callable[..., Page], files: Callable[..., str], touch: bool
) -> None:
    page = open_page(files("controlled", controlled()), has_touch=touch)
    opened(page, 1)
    details = page.locator(".present .details")

    def choose() -> None:
        box = page.locator(".bars .point path").nth(4).bounding_box()
        if touch:
            page.touchscreen.tap(box["x"] + 22, box["y"] + 20)
        else:
            page.mouse.move(box["x"] + 20, box["y"] + 20)
            page.wait_for_timeout(150)
            page.mouse.click(box["x"] + 22, box["y"] + 20)
            page.mouse.move(4, 4)
        page.wait_for_timeout(600)  # two clicks within 300 ms are a double click, on a busy machine also later ones
        assert details.locator("b").inner_text() == "2021"
        assert page.evaluate(COVERED) == []

    choose()
    page.keyboard.press("Escape")
    assert details.is_hidden()
    assert not page.evaluate("() => Reveal.isOverview()")
    choose()
    details.get_by_role("button").click()
    assert details.is_hidden()
    choose()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    assert details.is_hidden()


def test_every_kind_of_a_strangers_charts_can_be_walked(open_page: Callable[..., Page], stranger: str) -> None:
    page = open_page(stranger)
    walked = 0
    for number in range(page.evaluate("() => Reveal.getTotalSlides()")):
        opened(page, number)
        for stop in page.locator(".present:not(.stack) .walk").all():
            stop.focus()
            for key in ("ArrowRight", "ArrowRight", "ArrowDown", "End", "Home", "l", "h"):
                page.keyboard.press(key)
                page.wait_for_timeout(90)
                said = stop.get_attribute("aria-valuetext")
                assert said not in ("no point chosen", "This point has no details"), (number, key)
                assert page.locator(".present:not(.stack) .details:visible").count() == 1, (number, key)
            page.keyboard.press("Escape")
            walked += 1
    assert walked == CHARTS


def stepped() -> object:
    """A stranger's figure with steps, and a slide after it."""
    spec = figure()
    spec["layout"]["meta"]["steps"] = [
        {"text": "Apples alone: <b>five</b> tonnes.", "changes": {"data[1].visible": False}},
        {"text": "Then pears, on a longer scale.", "changes": {"yaxis.range": [0, 20]}},
    ]
    return notebook(
        text("# Fruit", "slide"), chart(spec, slideshow={"slide_type": "slide"}), text("## The end", "slide")
    )


STATE = """() => {
  const { data, layout } = document.querySelector('.drawing');
  return [data[1].visible ?? true, layout.yaxis.range[1] === 20];
}"""


def test_the_next_key_goes_through_the_steps_of_a_chart(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    page = open_page(files("stepped", stepped()))
    opened(page, 1)
    assert page.evaluate(STATE) == [True, False]
    hint = page.locator(".steps .before")
    assert hint.inner_text() == "Press the right arrow to explain this chart step by step."
    assert hint.bounding_box()["width"] <= 1, "a class is shown no word on keys; a screen reader says it"
    states, said = [], []
    for _ in range(2):
        page.keyboard.press("PageDown")
        page.wait_for_timeout(300)
        states.append(page.evaluate(STATE))
        said.append(page.locator(".present .live").text_content())
    assert states == [[False, False], [True, True]]
    assert said == ["Step 1 of 2: Apples alone: <b>five</b> tonnes.", "Step 2 of 2: Then pears, on a longer scale."]
    assert page.locator(".steps li").last.is_visible()
    assert not page.locator(".steps li").first.is_visible()
    page.keyboard.press("PageDown")
    assert page.evaluate("() => Reveal.getIndices().h") == 2
    for _ in range(3):
        page.keyboard.press("PageUp")
        page.wait_for_timeout(200)
    assert page.evaluate("() => Reveal.getIndices().h") == 1
    assert page.evaluate(STATE) == [True, False]


def test_a_chart_that_is_built_up_opens_at_its_first_step(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    source = stepped()
    meta = source.cells[1].outputs[0].data["application/vnd.plotly.v1+json"]["layout"]["meta"]
    meta["builds_up"], meta["steps"][1]["changes"] = True, {}
    page = open_page(files("built-up", source))
    opened(page, 1)
    assert page.evaluate(STATE) == [False, False]
    assert page.locator(".steps li").first.is_visible()
    page.keyboard.press("PageDown")
    page.wait_for_timeout(300)
    assert page.evaluate(STATE) == [True, False]
    assert page.locator(".present .live").text_content() == "Step 2 of 2: Then pears, on a longer scale."
    page.keyboard.press("PageDown")
    assert page.evaluate("() => Reveal.getIndices().h") == 2
    page.goto(files("built-up", source) + "?paper")
    page.wait_for_function("() => document.querySelector('.drawing')")
    assert page.evaluate(STATE) == [True, False], "paper has the complete chart"


def test_a_step_brings_back_the_headline_that_a_button_changed(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    source = stepped()
    layout = source.cells[1].outputs[0].data["application/vnd.plotly.v1+json"]["layout"]
    button = {"label": "Stack", "method": "update", "args": [{}, {"title.text": "Stacked", "barmode": "stack"}]}
    layout["updatemenus"] = [{"type": "buttons", "buttons": [button]}]
    page = open_page(files("stepped-button", source))
    opened(page, 1)
    headline = page.locator(".present .finding")
    at_first = headline.text_content()
    page.get_by_role("button", name="Stack").click()
    expect(headline).to_have_text("Stacked")
    page.keyboard.press("PageDown")
    expect(headline).to_have_text(at_first)


@pytest.mark.parametrize("query", ["", "?print-pdf"])
def test_paper_shows_the_complete_chart_and_the_sentences_of_all_steps(
    open_page: Callable[..., Page], files: Callable[..., str], query: str
) -> None:
    page = open_page(files("stepped", stepped()) + query)
    page.wait_for_function("() => window.Plotly")
    page.wait_for_timeout(1000)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(printed.pages) == 3
    words = " ".join(printed.pages[1].extract_text().split())
    assert "Apples alone: <b>five</b> tonnes." in words
    assert "Then pears, on a longer scale." in words
    assert "next key" not in words
    assert page.evaluate(STATE) == [True, False]


def test_a_chart_is_enlarged_by_key_and_by_click(open_page: Callable[..., Page], files: Callable[..., str]) -> None:
    beside = notebook(
        text("# Fruit", "slide"), chart(slideshow={"slide_type": "slide"}), text("Apples lead every year.")
    )
    page = open_page(files("beside", beside))
    opened(page, 1)
    width = "() => document.querySelector('.present .plot').getBoundingClientRect().width"
    drawn = "() => document.querySelector('.present .main-svg').getBoundingClientRect().width"
    before = page.evaluate(width)
    page.keyboard.press("e")
    page.wait_for_timeout(300)
    assert page.evaluate(width) > 1.3 * before
    assert page.evaluate(drawn) == pytest.approx(page.evaluate(width), abs=3)
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.evaluate(width) == pytest.approx(before, abs=1)
    page.get_by_role("button", name="Enlarge").click()
    page.wait_for_timeout(300)
    assert page.evaluate(drawn) > 1.3 * before


def test_the_table_opens_over_the_chart_and_closes_with_escape(page: Page) -> None:
    focus_on(page, ".rows summary")
    page.keyboard.press("Enter")
    assert page.locator(".present .rows td").last.is_visible()
    assert page.evaluate(MEASURE)["over"] <= 1
    page.keyboard.press("Escape")
    assert page.locator(".present .rows td").last.is_hidden()
    assert page.evaluate("() => Reveal.isOverview()") is False
    page.keyboard.press("t")
    assert page.locator(".present .rows td").last.is_visible()
    page.keyboard.press("t")
    assert page.locator(".present .rows td").last.is_hidden()


def test_the_view_is_in_the_address(open_page: Callable[..., Page], files: Callable[..., str]) -> None:
    address = files("controlled", controlled())
    page = open_page(address + "#/1")
    assert page.evaluate("() => Reveal.getIndices().h") == 1
    opened(page, 1)
    page.locator(".present select").select_option("1")
    page.wait_for_timeout(200)
    view = page.evaluate("() => location.hash")
    assert view == "#/1?chart:c2=1.1.0"
    again = open_page(address + view)
    again.wait_for_function("() => document.querySelector('.present .main-svg')")
    again.wait_for_timeout(200)
    assert visible(again) == [False, True]


@pytest.mark.parametrize("name", ["stranger", "controlled", "teacher"])
def test_axe_and_our_own_checks_find_nothing(
    open_page: Callable[..., Page], files: Callable[..., str], name: str
) -> None:
    sources = {"stranger": STRANGER, "controlled": controlled(), "teacher": teaching()}
    page = open_page(files(name, sources[name], "teacher" if name == "teacher" else ""))
    for number in range(page.evaluate("() => Reveal.getTotalSlides()")):
        opened(page, number)
        found = Axe().run(page).response["violations"]
        assert not found, [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found]
    assert incomplete_charts(page) == []
    assert page.locator("[role=application]").count() == 0
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_speakers_window_works_from_a_file(open_page: Callable[..., Page], files: Callable[..., str]) -> None:
    page = open_page(files("teacher", teaching(), "teacher"))
    assert "SECRETNOTE" not in page.locator("body").inner_text()
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    window = popup.value
    assert "SECRETNOTE" in window.locator("#notes").inner_text()
    assert "6 min of 45" in window.locator("#notes").inner_text()
    assert window.locator("#now").inner_text() == "Fruit"
    assert window.locator("#next").inner_text() == "Apples outsell pears"
    assert "Apples outsell pears" in window.locator("#picture-next .slide-body").inner_text()
    assert window.locator("#picture-now .slide-body").bounding_box()["width"] > 400
    window.keyboard.press("ArrowRight")
    page.wait_for_function("() => Reveal.getIndices().h === 1")
    assert window.locator("#now").inner_text() == "Apples outsell pears"
    assert window.locator("#clock").inner_text()


def test_the_speakers_window_of_a_class_deck_takes_notes_from_the_teachers_file(
    open_page: Callable[..., Page], files: Callable[..., str], tmp_path: Path
) -> None:
    nb = teaching()
    nb.cells = [cell for cell in nb.cells if "answer" not in cell.metadata.get("tags", [])]
    nb.cells[0].metadata["lesson"] |= {"part": "Beginning"}
    teachers = tmp_path / "teacher.html"
    teachers.write_text(export(nb, kind="deck", audience="teacher"), encoding="utf-8")
    page = open_page(files("class", nb))
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    window = popup.value
    assert window.locator("#notes").inner_text() == "No notes for this slide."
    assert window.locator("#left").inner_text() == "6 min left in “Beginning”; 6 min left in the class"
    window.locator("#notes-file").set_input_files(teachers)
    window.get_by_text("The notes are shown.").wait_for()
    assert "SECRETNOTE" in window.locator("#notes").inner_text()
    with page.expect_popup() as popup:
        window.get_by_role("button", name="Print all notes").click()
    printed = popup.value.locator("body")
    assert printed.locator("h1").inner_text() == popup.value.title() != ""
    assert printed.locator("h2").count() == page.evaluate("Reveal.getTotalSlides()")
    for words in ("1. Fruit", "Beginning – 6 min of 45", "SECRETNOTE"):
        assert words in printed.inner_text()


@pytest.mark.parametrize("query", ["", "?print-pdf"])
def test_every_slide_and_chart_is_printed_once(open_page: Callable[..., Page], stranger: str, query: str) -> None:
    page = open_page(stranger + query)
    page.wait_for_function("() => window.Plotly", timeout=20_000)
    page.wait_for_timeout(1500)
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    pages = [" ".join(p.extract_text().split()) for p in reader.pages]
    assert len(pages) == 15
    for finding in (
        "Life expectancy has risen",
        "The eight largest countries",
        "Where people lived in 2007",
        "Spread of life",
    ):
        assert sum(finding in p for p in pages) == 1, finding
    assert page.locator(".main-svg").count() >= CHARTS
    charts = page.evaluate(
        "() => [...document.querySelectorAll('.plot')].map(p => p.querySelectorAll('.drawing').length)"
    )
    assert charts == [1] * CHARTS
    assert "Say hello" not in "".join(pages)
    assert [round(float(n)) for n in reader.pages[0].mediabox[2:]] == [960, 540]


def test_a_nasty_notebook_runs_nothing_and_shows_its_words(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    page = open_page(files("nasty", nasty()))
    alerts = []
    page.on("dialog", lambda d: (alerts.append(d.message), d.dismiss()))
    for number in range(page.evaluate("() => Reveal.getTotalSlides()")):
        opened(page, number)
    assert "<script>alert(1)</script>" in page.locator(".finding").text_content()
    assert not alerts


def test_reduced_motion_is_respected(open_page: Callable[..., Page], stranger: str) -> None:
    page = open_page(stranger, reduced_motion="reduce")
    opened(page, 5)
    page.get_by_role("button", name="▶").click()
    page.wait_for_timeout(1500)
    assert page.locator(".present output").text_content() != "1952"


def test_a_phone_says_that_a_deck_wants_a_wide_screen(open_page: Callable[..., Page], stranger: str) -> None:
    page = open_page(stranger, width=390, height=844)
    assert page.get_by_text("This deck is made for a wide screen").is_visible()


def test_a_code_slide_that_is_too_long_scrolls_and_is_reached(
    open_page: Callable[..., Page], files: Callable[..., str], watch: object
) -> None:
    long = text("# Long\n\n" + "\n\n".join(f"Paragraph {n} " + "with many words " * 12 for n in range(20)), "slide")
    page = open_page(files("long", notebook(long, text("## The end", "slide"))))
    page.wait_for_function("() => document.querySelector('.slide-body.scrolls')")
    assert page.evaluate("() => document.querySelector('.present').getBoundingClientRect().height") == 720
    first, last = page.get_by_role("heading", name="Long"), page.locator(".present p", has_text="Paragraph 19")
    assert first.bounding_box()["y"] >= 0
    page.keyboard.press("End")
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= 720
    page.keyboard.press("Home")
    assert first.bounding_box()["y"] >= 0
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.querySelector('.present .slide-body').scrollTop") > 50
    page.keyboard.press("PageDown")
    assert page.evaluate("() => Reveal.getIndices().h") == 1


def test_the_overview_shows_many_slides_and_leads_to_each(open_page: Callable[..., Page], stranger: str) -> None:
    page = open_page(stranger)
    page.keyboard.press("o")
    page.wait_for_timeout(300)
    boxes = page.evaluate("""() => Reveal.getSlides().map((slide) => slide.getBoundingClientRect().toJSON())""")
    seen = [box for box in boxes if box["left"] >= 0 and box["right"] <= 1280 and box["bottom"] <= 720]
    assert len(seen) == len(boxes) == 15
    assert min(box["width"] for box in boxes) > 200
    page.mouse.click(boxes[7]["x"] + 100, boxes[7]["y"] + 60)
    page.wait_for_timeout(300)
    assert not page.evaluate("() => Reveal.isOverview()")
    assert page.evaluate("() => Reveal.getSlidePastCount()") == 7


def test_alt_and_a_click_zoom_in_and_escape_shows_the_whole_slide(page: Page) -> None:
    width = "() => document.querySelector('.present .finding').getBoundingClientRect().width"
    before = page.evaluate(width)
    page.keyboard.down("Alt")
    page.mouse.click(300, 300)
    page.keyboard.up("Alt")
    assert page.evaluate(width) == pytest.approx(2 * before, rel=0.01)
    page.keyboard.press("Escape")
    assert page.evaluate(width) == pytest.approx(before, rel=0.01)
    assert not page.evaluate("() => Reveal.isOverview()")


def test_after_a_click_on_a_list_of_choices_the_arrows_move_the_deck(page: Page) -> None:
    choices = page.locator(".present select")
    page.mouse.move(5, 5)
    page.mouse.down()
    page.mouse.up()
    choices.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => Reveal.getIndices().h") == 2
    assert page.locator("select").input_value() == "0"
    page.keyboard.press("PageUp")
    focus_on(page, "select")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => Reveal.getIndices().h") == 1
    assert page.locator(".present select").input_value() == "1"


def test_a_still_is_seen_until_the_chart_is_drawn(open_page: Callable[..., Page], tmp_path: Path) -> None:
    source = controlled()
    pictures = stills(export(source, kind="deck"))
    assert set(pictures) == {"chart:c2"}
    path = tmp_path / "deck.html"
    path.write_text(export(source, kind="deck", stills=pictures), encoding="utf-8")
    page = open_page()
    page.add_init_script(
        "const native = Response.prototype.text; let go; window.go = () => go();"
        "Response.prototype.text = async function () { await new Promise(d => { go = d });"
        "return native.call(this) }"
    )
    page.goto(f"{path.as_uri()}#/1")
    still = page.locator(".present .still")
    still.wait_for()
    assert still.evaluate("e => e.querySelectorAll('path, rect').length > 5")
    assert list(still.bounding_box().values()) == pytest.approx(
        list(page.locator(".present .plot").bounding_box().values()), abs=2
    )
    page.wait_for_timeout(300)
    page.evaluate("() => go()")
    page.locator(".present .main-svg").first.wait_for()
    assert still.count() == 0


def test_the_cover_is_seen_where_it_stays_before_revealjs_has_started(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "deck.html"
    path.write_text(export(teaching(), kind="deck"), encoding="utf-8")
    page = open_page(width=1024, height=768)
    page.add_init_script(
        "const go = []; window.go = () => go.forEach(f => f());"
        "document.fonts.load = () => new Promise(d => go.push(d));"
    )
    page.goto(path.as_uri())
    heading = page.locator("h1")
    heading.wait_for()
    before = heading.bounding_box()
    assert page.locator("section").filter(visible=True).count() == 1
    page.evaluate("() => go()")
    page.locator(".slide-number").wait_for()
    assert list(heading.bounding_box().values()) == pytest.approx(list(before.values()), abs=1)


def test_a_deck_without_scripts_is_a_document(open_page: Callable[..., Page], tmp_path: Path) -> None:
    source = stepped()
    path = tmp_path / "deck.html"
    pictures = {"chart:c2": '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="400" viewBox="0 0 900 400"/>'}
    path.write_text(export(source, kind="deck", stills=pictures), encoding="utf-8")
    page = open_page(path.as_uri(), width=1000, java_script_enabled=False)
    slides = [slide.bounding_box() for slide in page.locator("section").all()]
    assert len(slides) == 3
    for one, next_one in itertools.pairwise(slides):
        assert next_one["y"] >= one["y"] + one["height"] > one["y"] + 50
    assert page.locator(".still").bounding_box()["height"] > 300
    parts = [page.locator(part) for part in (".finding", ".steps li >> nth=1", ".still", ".about", ".rows summary")]
    tops = [part.bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)
    assert all(part.is_visible() for part in parts)
    page.locator(".rows summary").click()
    assert page.locator(".rows td").last.is_visible()
    assert not page.locator(".steering, .enlarge, .walk, .before").filter(visible=True).count()


def test_a_chart_that_cannot_be_drawn_says_so_and_leaves_the_others(
    open_page: Callable[..., Page], tmp_path: Path, watch: Watch
) -> None:
    file = tmp_path / "deck.html"
    made = export(
        notebook(chart(slideshow={"slide_type": "slide"}), chart(slideshow={"slide_type": "slide"})), kind="deck"
    )
    file.write_text(made.replace('"data":[', '"data":[[', 1), encoding="utf-8")
    page = open_page(file.as_uri())
    opened_fault = page.locator("[id='chart:c1'] .wait")
    expect(opened_fault).to_have_text("This chart could not be drawn. Its numbers are in the table.")
    opened(page, 1)
    assert page.locator("[id='chart:c2'] .main-svg").count()
    assert any("chart:c1" in error for error in watch.errors)
    watch.errors.clear()


def test_help_opens_and_a_blank_screen_comes_back_with_any_key_that_moves(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    page = open_page(files("controlled", controlled()))
    page.keyboard.press("?")
    assert page.get_by_role("dialog").get_by_text("next and previous slide").is_visible()
    for button in ("Enlarge", "Table"):
        assert page.get_by_role("dialog").get_by_text(f"its button, {button}").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    for key in ("Escape", "ArrowRight", "PageDown", "Space"):
        page.keyboard.press(".")
        assert page.evaluate("() => Reveal.isPaused()")
        page.keyboard.press(key)
        assert not page.evaluate("() => Reveal.isPaused()"), key


def test_a_slide_change_speaks_the_title_and_nothing_that_is_folded_away(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    page = open_page(files("controlled", controlled()))
    page.keyboard.press("ArrowRight")
    regions = "[...document.querySelectorAll('[aria-live]')]"
    live = f"() => {regions}.map((region) => region.textContent.trim()).filter(Boolean).join(' ')"
    page.wait_for_function(f"() => ({live})().startsWith('Slide 2 of ')")
    assert len(page.evaluate(live)) < 120
