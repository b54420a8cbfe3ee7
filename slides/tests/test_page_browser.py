"""Reading pages in a real Chromium without a network: on a desk, on a phone, on paper."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from export_kit import (
    FIGURE,
    STRANGER,
    chart,
    controlled,
    figure,
    incomplete_charts,
    nasty,
    notebook,
    shown,
    teaching,
    text,
    writer,
)
from nbformat import NotebookNode
from notebook_decks.exporters import export
from notebook_decks.pictures import Pictures
from notebook_decks.stored import drawing_in, picture_of
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser
CHARTS = 10  # in the stranger's notebook


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Give a function that writes a page and returns its address; each is made once."""
    return writer(tmp_path_factory.mktemp("pages"), "page")


@pytest.fixture
def stranger(files: Callable[..., str]) -> str:
    return files("stranger", STRANGER)


def read_through(page: Page) -> None:
    """Bring each chart into view until it is drawn."""
    for plot in page.locator(".plot").all():
        plot.scroll_into_view_if_needed()
        plot.locator(".main-svg").first.wait_for(timeout=20_000)
    page.wait_for_timeout(300)


@pytest.fixture
def page(open_page: Callable[..., Page], files: Callable[..., str]) -> Page:
    """A page with every kind of control, its chart drawn."""
    page = open_page(files("controlled", controlled()))
    read_through(page)
    return page


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844), (320, 640)])
def test_charts_have_the_width_of_the_page_and_text_that_can_be_read(
    open_page: Callable[..., Page], stranger: str, width: int, height: int
) -> None:
    page = open_page(stranger, width=width, height=height)
    read_through(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    found = page.evaluate("""() => [...document.querySelectorAll('.plot')].map(p => {
        const seen = t => t.textContent.trim() && t.getBoundingClientRect().height;
        const texts = [...p.querySelectorAll('.main-svg text')].filter(seen);
        const svg = p.querySelector('.main-svg').getBoundingClientRect().width;
        return {id: p.closest('figure').id, box: p.clientWidth, svg,
                text: Math.min(99, ...texts.map(t => parseFloat(getComputedStyle(t).fontSize)))}; })""")
    assert len(found) == CHARTS
    for drawn in found:
        assert drawn["svg"] == pytest.approx(drawn["box"], abs=1), drawn
        assert drawn["text"] >= 11.9, drawn


def test_a_chart_follows_the_width_of_the_window(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.querySelector('.main-svg').getBoundingClientRect().width < 390")
    assert page.locator(".legend .traces").first.bounding_box()["y"] < page.locator(".bars").first.bounding_box()["y"]


@pytest.mark.parametrize("name", ["stranger", "controlled", "teaching"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_and_our_own_checks_find_nothing(
    open_page: Callable[..., Page], files: Callable[..., str], name: str, width: int
) -> None:
    page = open_page(
        files(name, {"stranger": STRANGER, "controlled": controlled(), "teaching": teaching()}[name]), width=width
    )
    read_through(page)
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = Axe().run(page).response["violations"]
    assert not found, [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found]
    assert incomplete_charts(page) == []


def test_controls_and_points_work_by_keyboard(page: Page) -> None:
    page.locator("figure select").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(200)
    assert page.evaluate("() => document.querySelector('.drawing').data.map(t => t.visible)") == [False, True]
    assert page.evaluate("() => location.hash") == "#?chart:c2=1.1.0"
    page.locator(".walk").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(100)
    assert page.locator(".walk").get_attribute("aria-valuetext") == "2020, 3 t, weighed at the gate"
    page.keyboard.press("Enter")
    assert " ".join(page.locator(".details p").inner_text().split()) == "2020 3 t, weighed at the gate"


def test_hover_is_right(page: Page) -> None:
    box = page.locator(".bars .point path").nth(2).bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 20)
    page.mouse.move(box["x"] + 10, box["y"] + 20)
    page.wait_for_timeout(200)
    assert page.locator(".details b").inner_text() == "2022"
    page.mouse.move(4, 4)
    page.wait_for_timeout(200)
    assert page.locator(".details").is_hidden()


def test_each_tap_on_a_phone_shows_the_details_of_a_point_and_leaves_the_scales_as_they_are(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    page = open_page(files("controlled", controlled()), width=390, height=844, has_touch=True, is_mobile=True)
    read_through(page)
    scales = "() => ['x', 'y'].map((letter) => document.querySelector('.drawing')._fullLayout[`${letter}axis`].range)"
    before = page.evaluate(scales)
    for bar in page.locator(".bars .point path").all():
        box = bar.bounding_box()
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page.locator(".details")).to_be_visible()
        page.wait_for_timeout(200)  # a second click may follow the touch
        expect(page.locator(".details")).to_be_visible()
        page.locator(".details button").tap()
        expect(page.locator(".details")).to_be_hidden()
    label = page.locator(".xtick text").first.bounding_box()
    page.touchscreen.tap(label["x"] + label["width"] / 2, label["y"] + label["height"] / 2)
    assert page.evaluate(scales) == before
    assert page.locator(".plugin-editable").count() == 0


def test_marks_and_rows_lead_to_the_page_that_the_figure_names(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    spec = figure()
    spec["layout"]["meta"]["links"] = {"page": "records.ipynb", "rows": ["row:1", "", "row:3"]}
    spec["data"][0]["customdata"] = ["mark:1", "", "mark:3"]
    page = open_page(files("linked", notebook(text("# Fruit"), chart(spec))))
    read_through(page)
    link = page.get_by_role("link", name="The record")
    page.locator(".walk").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(link).to_have_attribute("href", re.compile(r"records\.ipynb#mark:1$"))
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.locator(".walk").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(link, "the second point names no place").to_be_hidden()
    bar = page.locator(".bars .point path").nth(2)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 18)  # as a hand does: Plotly clicks what it hovers
    page.mouse.click(box["x"] + 8, box["y"] + 20)
    page.mouse.move(4, 4)
    expect(link).to_have_attribute("href", re.compile(r"records\.ipynb#mark:3$"))
    rows = page.locator("details.rows tbody th").evaluate_all(
        "ths => ths.map(th => th.firstElementChild?.getAttribute('href'))"
    )
    assert rows == ["records.ipynb#row:1", None, "records.ipynb#row:3"]


@pytest.mark.parametrize("width", [1280, 390])
def test_paper_has_every_chart_whole(open_page: Callable[..., Page], stranger: str, width: int) -> None:
    page = open_page(stranger, width=width)
    page.wait_for_function("() => window.Plotly", timeout=20_000)
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
    words = [" ".join(p.extract_text().split()) for p in reader.pages]
    for finding in (
        "Life expectancy has risen",
        "The eight largest countries",
        "Where the energy goes",
        "Spread of life",
    ):
        assert sum(finding in p for p in words) == 1, finding
    widths = page.evaluate("""() => { dispatchEvent(new Event('beforeprint'));
        const width = p => [p.clientWidth, p.querySelector('.main-svg').clientWidth];
        return [...document.querySelectorAll('.plot')].map(width); }""")
    assert widths == [[680, 680]] * CHARTS
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.wait_for_timeout(300)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_contents_lead_to_their_headings(open_page: Callable[..., Page], stranger: str) -> None:
    page = open_page(stranger)
    page.get_by_role("navigation").get_by_role("link", name="Shares and flows").click()
    page.wait_for_timeout(300)
    assert -1 <= page.get_by_role("heading", name="Shares and flows").bounding_box()["y"] < 200


def test_a_nasty_notebook_runs_nothing_and_shows_its_words(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    page = open_page(files("nasty", nasty()))
    alerts = []
    page.on("dialog", lambda d: (alerts.append(d.message), d.dismiss()))
    read_through(page)
    assert "<script>alert(1)</script>" in page.locator(".finding").text_content()
    assert not alerts


def test_two_sums_of_money_are_no_formula(open_page: Callable[..., Page], files: Callable[..., str]) -> None:
    page = open_page(files("money", notebook(text("It paid $3 billion, then $4 billion; the slope is $m$."))))
    assert page.locator("main p").first.inner_text().startswith("It paid $3 billion, then $4 billion;")
    assert page.locator("math").count() == 1


SUMMARY = "Apples outsell pears in every year that the market has counted, and nobody knows why that is so."
LONG = "The market weighs all fruit at its gate before it opens and again when it closes. " * 6
AROUND = {
    "previous": {"title": "Roots & <leaves>", "link": "roots.ipynb"},
    "next": {"title": "Herbs", "link": "herbs.ipynb"},
}


def article() -> NotebookNode:
    headings = (text(f"## Part {n}\n\n{LONG}") for n in "abc")
    return notebook(text(f"# Fruit\n\n{SUMMARY}\n\nA second paragraph."), chart(), *headings)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_begins_with_its_title_contents_and_summary(
    open_page: Callable[..., Page], files: Callable[..., str], width: int, scripts: bool
) -> None:
    page = open_page(files("article", article()), width=width, height=844, java_script_enabled=scripts)
    summary = page.get_by_role("region", name="In short")
    assert SUMMARY in summary.inner_text()
    assert page.get_by_text(SUMMARY).count() == 1
    title = page.get_by_role("heading", level=1).bounding_box()
    link = page.get_by_role("link", name="Part b")
    if width == 1280:
        assert link.bounding_box()["x"] + link.bounding_box()["width"] < title["x"]
    else:
        assert not link.is_visible()
        page.get_by_text("Contents").click()
        assert title["y"] < link.bounding_box()["y"] < summary.bounding_box()["y"]
        link.click()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_lines_of_text_have_at_most_75_characters(open_page: Callable[..., Page], files: Callable[..., str]) -> None:
    page = open_page(files("article", article()))
    line = page.evaluate("""() => {
        const words = document.querySelector('main h2 + p').firstChild, range = document.createRange(), lines = {};
        for (let i = 0; i < words.length; i += 1) {
          range.setStart(words, i); range.setEnd(words, i + 1);
          const y = Math.round(range.getBoundingClientRect().y);
          lines[y] = (lines[y] ?? 0) + 1;
        }
        return Math.max(...Object.values(lines)); }""")
    assert 60 <= line <= 76  # a space may hang over the end of a line


def test_a_subtitle_is_no_summary(open_page: Callable[..., Page], files: Callable[..., str]) -> None:
    page = open_page(files("subtitle", notebook(text("# Fruit\n\nA report"), text(f"{LONG}"))))
    assert page.get_by_text("A report").is_visible()
    assert page.get_by_text("In short").count() == 0


def test_a_page_of_a_set_leads_to_its_neighbours(open_page: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(export(article(), kind="page", beside=AROUND), encoding="utf-8")
    page = open_page(path.as_uri())
    links = page.get_by_role("navigation", name="Other pages").get_by_role("link")
    assert links.all_inner_texts() == ["Previous\nRoots & <leaves>", "Next\nHerbs"]
    assert [link.get_attribute("href") for link in links.all()] == ["roots.ipynb", "herbs.ipynb"]


def test_no_mode_bar_covers_a_chart(open_page: Callable[..., Page], files: Callable[..., str]) -> None:
    page = open_page(files("article", article()))
    read_through(page)
    page.locator(".plot").hover()
    assert page.locator(".modebar-btn").count() == 0


def test_a_chart_is_enlarged_where_there_is_room(open_page: Callable[..., Page], files: Callable[..., str]) -> None:
    page = open_page(files("article", article()), width=1280, height=480)
    read_through(page)
    before = page.locator(".plot").bounding_box()
    page.get_by_role("button", name="Enlarge").click()
    after = page.locator(".plot").bounding_box()
    assert after["width"] > 1.2 * before["width"]
    assert after["height"] >= before["height"] - 1
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Enlarge").wait_for(state="hidden")


def stepped() -> NotebookNode:
    spec = figure()
    spec["layout"]["meta"]["steps"] = [
        {"text": f"Sentence {n}." * n * n, "changes": {"data[1].visible": n > 1}} for n in (1, 2)
    ]
    return notebook(text("# Fruit"), chart(spec), text("Then.\n\n" * 30))


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_buttons_lead_through_the_steps_whose_sentences_have_one_place(
    open_page: Callable[..., Page], files: Callable[..., str], width: int, height: int
) -> None:
    page = open_page(files("steps", stepped()), width=width, height=height)
    read_through(page)
    shown = "() => document.querySelector('.drawing').data[1].visible ?? true"
    said, live = page.locator(".steps li.now"), page.locator("figure .live")
    assert page.evaluate(shown)
    assert page.locator(".steps .before").inner_text() == "2 steps explain this chart."
    plot = page.locator(".plot").bounding_box()
    places = []
    for number in (1, 2):
        page.get_by_role("button", name="Next step").click()
        expect(said).to_have_text(f"Sentence {number}." * number * number)
        expect(live).to_have_text(f"Step {number} of 2: " + f"Sentence {number}." * number * number)
        page.wait_for_function(f"() => ({shown})() === {str(number > 1).lower()}")
        assert page.locator(".plot").bounding_box() == plot, "nothing moves"
        places.append(said.bounding_box())
    assert places[0]["x"] == places[1]["x"]
    assert all(place["y"] + place["height"] <= plot["y"] for place in places)
    page.get_by_role("button", name="Previous").click()
    expect(said).to_have_text("Sentence 1.")
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(200)
    expect(said).to_have_text("Sentence 1.")
    assert page.locator(".plot").bounding_box()["y"] < plot["y"] - 100, "the chart goes with the page"
    page.get_by_role("button", name="Complete chart").click()
    expect(said).to_have_count(0)
    page.wait_for_function(shown)


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_and_a_page_without_scripts_have_every_sentence_and_nothing_to_press(
    open_page: Callable[..., Page], files: Callable[..., str], scripts: bool
) -> None:
    page = open_page(files("steps", stepped()), java_script_enabled=scripts)
    if scripts:
        page.emulate_media(media="print")
        assert page.locator("summary:visible").count() == 0
    assert page.locator(".steps li:visible").count() == 2
    assert page.locator("button:visible").count() == 0


def test_paper_draws_a_chart_in_the_whole_height_of_its_place(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    page = open_page(files("tall", notebook(text("# Fruit"), tall())))
    read_through(page)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    heights = "() => ['.plot', '.main-svg'].map((part) => document.querySelector(part).clientHeight)"
    page.wait_for_function(f"() => new Set(({heights})()).size === 1")
    assert min(page.evaluate(heights)) > 600


def tall() -> NotebookNode:
    """A chart that is low where a page is wide, and high elsewhere."""
    spec = figure(height=800)
    spec["layout"]["meta"]["slide"] = {"xaxis.range": [0, 1]}
    return chart(spec)


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_details_of_a_point_cover_no_words(
    open_page: Callable[..., Page], files: Callable[..., str], width: int, height: int
) -> None:
    spec = figure()
    spec["layout"]["meta"]["note"] = "Weighed, not counted. " * 8
    spec["data"][0]["hovertemplate"] = "%{x}<br>" + "A long sentence on this year. " * 20 + "<extra></extra>"
    source = notebook(text("# Fruit"), chart(spec), text("And then the text goes on."))
    page = open_page(files("covered", source), width=width, height=height)
    read_through(page)
    plot = page.locator(".plot").bounding_box()
    page.locator(".walk").focus()
    page.keyboard.press("ArrowRight")
    details = page.locator(".details").bounding_box()
    assert page.locator(".plot").bounding_box() == plot
    for words in (".about .source", ".about .note", "details.rows summary", "main .cell:last-child p"):
        other = page.locator(words).bounding_box()
        assert other["y"] >= details["y"] + details["height"], words
    page.keyboard.press("Escape")
    assert page.locator(".about").bounding_box()["y"] < details["y"] + details["height"]


def test_a_table_of_a_chart_is_a_card_for_each_row_on_a_phone(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    spec = figure()
    spec["layout"]["meta"]["rows"] = [[f"Year {n}", "a long cell " * 6, n] for n in range(12)]
    page = open_page(files("cards", notebook(text("# Fruit"), chart(spec))), width=390, height=844)
    page.locator("details.rows summary").click()
    whole = "box => getComputedStyle(box).overflow === 'visible' && box.scrollWidth <= box.clientWidth"
    assert page.locator(".rows .table-box").evaluate(whole), "a box in the page that scrolls"
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    row = page.get_by_role("row").filter(has_text="Year 3")
    name = row.get_by_role("rowheader").bounding_box()
    assert [cell.bounding_box()["x"] for cell in row.get_by_role("cell").all()] == [name["x"]] * 2
    label = "cell => getComputedStyle(cell, '::before').content"
    assert row.get_by_role("cell").first.evaluate(label) == '"Apples"'


@pytest.mark.parametrize(("touch", "words"), [(True, "Tap a bar."), (False, "Point at a bar.")])
def test_a_hint_has_the_words_of_the_device(
    open_page: Callable[..., Page], files: Callable[..., str], touch: bool, words: str
) -> None:
    spec = figure()
    spec["layout"]["meta"] |= {"hint": "Point at a bar.", "tap": "Tap a bar."}
    page = open_page(files("hints", notebook(text("# Fruit"), chart(spec))), has_touch=touch, is_mobile=touch)
    assert page.locator(".measure").inner_text() == f"Fruit sold, in tonnes {words}"


def test_a_wide_page_has_the_layout_of_a_slide(open_page: Callable[..., Page], files: Callable[..., str]) -> None:
    spec = figure()
    spec["layout"]["meta"]["slide"] = {"xaxis.range": [0, 1]}
    page = open_page(files("both", notebook(text("# Fruit"), chart(spec))), width=1280)
    span = "() => document.querySelector('.drawing').layout.xaxis.range"
    read_through(page)
    assert page.evaluate(span) == [0, 1]
    page.set_viewport_size({"width": 600, "height": 720})
    page.wait_for_function("() => document.querySelector('.drawing').layout.xaxis.range[1] !== 1")


@pytest.mark.parametrize("kind", ["page", "deck"])
def test_a_chart_gives_its_rows_as_csv(open_page: Callable[..., Page], tmp_path: Path, kind: str) -> None:
    spec = figure()
    rows = [["=2+3", 12345, 0.123456], ["-5", -5, 1.0], ['say "a", b', None, 3], ["@here", 1, 1], ["+x", 1, 1]]
    spec["layout"]["meta"] |= {"columns": ["Year", "Apples", "Pears"], "rows": rows, "note": "Weighed, not counted."}
    source = notebook(text("# Fruit"), chart(spec), notebook_decks={"licence": "CC0", "citation": "The market, 2022"})
    path = tmp_path / "file.html"
    path.write_text(export(source, kind=kind), encoding="utf-8")
    page = open_page(path.as_uri() + ("#/1" if kind == "deck" else ""))
    if kind == "page":
        assert page.locator(".cite p").all_inner_texts() == ["How to cite this", "The market, 2022", "Licence: CC0"]
    page.locator("details.rows summary").click()
    with page.expect_download() as found:
        page.get_by_role("button", name="Save these rows as CSV").click()
    assert found.value.suggested_filename == "apples-outsell-pears.csv"
    lines = list(csv.reader(io.StringIO(Path(found.value.path()).read_text(encoding="utf-8-sig"))))
    about = ["Chart: Apples outsell pears", "Measure: Fruit sold, in tonnes", "Unit: t", "Source: The market"]
    about += ["Note: Weighed, not counted.", "Licence: CC0", "Citation: The market, 2022"]
    assert lines[:7] == [[f"# {words}"] for words in about]
    assert lines[7:] == [
        ["Year", "Apples", "Pears"],
        ["'=2+3", "12345", "0.123456"],
        ["-5", "-5", "1"],
        ['say "a", b', "", "3"],
        ["'@here", "1", "1"],
        ["'+x", "1", "1"],
    ]


def with_pictures(source: NotebookNode) -> NotebookNode:
    return Pictures().preprocess(source, {})[0]


def test_a_stored_picture_is_small_and_leaves_the_chart_live(open_page: Callable[..., Page], tmp_path: Path) -> None:
    source = with_pictures(notebook(text("# Fruit"), chart()))
    (output,) = source.cells[1].outputs
    address = picture_of(output)
    assert address
    assert len(base64.b64decode(address.split(",")[1])) <= 30_000
    assert 'alt="Bars for three years."' in output.data["text/html"]
    path = tmp_path / "page.html"
    path.write_text(export(source, kind="page"), encoding="utf-8")
    page = open_page(path.as_uri())
    read_through(page)
    assert page.locator("figure").count() == 1
    assert page.locator("img").count() == 0
    page = open_page(path.as_uri(), java_script_enabled=False, width=390)
    assert page.locator("figure img").evaluate("i => [i.naturalWidth, i.clientWidth]") == [800, 358]
    whole = Image.open(io.BytesIO(base64.b64decode(address.split(",")[1])))
    drawing = page.locator("figure img").evaluate("i => i.naturalHeight")
    assert 200 < drawing < whole.height - 50, "the caption has the title, so the picture has none"
    assert page.locator("button:visible").count() == 0
    assert page.get_by_text("The chart is being drawn").is_hidden()
    page.locator("details.rows summary").click()
    assert page.get_by_role("cell", name="12,345").is_visible()


def test_a_picture_of_another_state_of_the_chart_is_not_used() -> None:
    source = with_pictures(notebook(chart()))
    (output,) = source.cells[0].outputs
    output.data[FIGURE]["data"][0]["y"][0] = 99
    assert picture_of(output) is None
    assert picture_of(with_pictures(source).cells[0].outputs[0])
    foreign = notebook(shown({FIGURE: figure(), "text/html": "<p>somebody's own</p>"}))
    assert with_pictures(foreign).cells[0].outputs[0].data["text/html"] == "<p>somebody's own</p>"


def test_title_and_footer_are_cut_off_a_picture() -> None:
    drawn = Image.new("RGB", (100, 200), "white")
    for top, bottom in [(10, 20), (24, 34), (50, 54), (60, 140), (170, 180)]:  # two lines, a label, a plot, a footer
        ImageDraw.Draw(drawn).rectangle((10, top, 90, bottom), "black")
    file = io.BytesIO()
    drawn.save(file, "PNG")
    layout = {"height": 200, "margin": {"b": 60}, "title": {"text": "A<br>B", "y": 1}}
    layout["annotations"] = [{"name": "footer", "yshift": -25}]
    address = drawing_in("data:image/png;base64," + base64.b64encode(file.getvalue()).decode(), {"layout": layout})
    left = Image.open(io.BytesIO(base64.b64decode(address.split(",")[1])))
    assert left.getbbox(alpha_only=False) is not None
    rows = [row for row in range(left.height) if left.getpixel((50, row)) == (0, 0, 0)]
    assert len(rows) == 5 + 81, "label and plot alone"


def test_on_paper_the_column_with_most_words_is_the_widest(
    open_page: Callable[..., Page], files: Callable[..., str]
) -> None:
    heads = "<tr><th>Name</th><th>A head of many words and few below it</th><th>Why</th></tr>"
    row = f"<tr><th>pear</th><td>{'a few words ' * 4}</td><td>{LONG}</td></tr>"
    table = shown({"text/html": f"<table><thead>{heads}</thead><tbody>{row}</tbody></table>"})
    page = open_page(files("wordy", notebook(text("# Fruit"), table)), width=480)
    page.emulate_media(media="print")
    widths = page.locator("thead th").evaluate_all("heads => heads.map(head => head.clientWidth)")
    assert widths[2] == max(widths)


def test_lines_of_a_formula_are_aligned_and_those_of_an_array_are_drawn(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "formula.html"
    formula = r"$$\begin{align} aaaaaa &= b \\ c &= dddddd \end{align}$$"
    formula += r"$$\begin{array}{cc|c} u & v & w \\ u & v & w\end{array}$$"
    path.write_text(export(notebook(text("# A"), text(formula)), kind="page"), encoding="utf-8")
    page = open_page(path.as_uri())
    left = page.locator("math").first.locator("mtr mtd:first-child > :last-child").all()
    first, second = (box["x"] + box["width"] for box in (letter.bounding_box() for letter in left))
    assert abs(first - second) < 1
    lines = page.locator("mtable[columnlines] mtr").first.locator("mtd")
    assert lines.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).borderRightWidth)") == [
        "0px",
        "1px",
        "0px",
    ]
