"""What a screen reader hears of a deck: the accessibility tree and the live regions of Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from export_kit import chart, controlled, notebook, text
from kit_browser import Watch, guarded
from notebook_decks.exporters import export
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LIVE = """() => [...document.querySelectorAll('[aria-live], output, [role=status], [role=alert]')]
  .filter((e) => e.getAttribute('aria-live') !== 'off' && !e.closest('[aria-hidden=true]'))
  .map((e) => e.textContent.trim()).filter(Boolean)"""
FOLDED = "<details><summary>The answer</summary>SECRET</details>"


@pytest.fixture(scope="module")
def deck(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens one deck at a slide, "" for the first."""
    folder = tmp_path_factory.mktemp("spoken")
    made = controlled()
    question = text(f"## A question\n\n{FOLDED}", "slide")
    made.cells += [question, text("A second thought", "fragment"), chart(slideshow={"slide_type": "fragment"})]
    for number, cell in enumerate(made.cells):
        cell["id"] = f"c{number}"
    path: Path = folder / "deck.html"
    path.write_text(export(notebook(*made.cells), kind="deck"), encoding="utf-8")
    watch = Watch()
    with guarded(browser, watch) as open_page:
        page = open_page()

        def opened(place: str) -> Page:
            page.goto("about:blank")
            page.goto(f"{path.as_uri()}{place}")
            page.wait_for_function("() => window.Reveal && Reveal.isReady()")
            return page

        yield opened
    watch.check()


def nodes(page: Page, role: str) -> list[dict]:
    """The nodes of a role in the accessibility tree: name and description."""
    session = page.context.new_cdp_session(page)
    found = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    known = [node for node in found if not node["ignored"] and node["role"]["value"] == role]
    return [{key: node.get(key, {}).get("value", "") for key in ("name", "description")} for node in known]


def live(page: Page, beginning: str) -> list[str]:
    page.wait_for_function(f"(start) => ({LIVE})().some((words) => words.startsWith(start))", arg=beginning)
    return page.evaluate(LIVE)


def test_a_slide_change_says_number_and_title_and_no_answer(deck: Callable[[str], Page]) -> None:
    page = deck("#/3")
    page.keyboard.press("PageDown")
    assert live(page, "Slide 5") == ["Slide 5 of 5: A question"]


def test_what_appears_on_a_slide_is_said(deck: Callable[[str], Page]) -> None:
    page = deck("#/4")
    for words in ("A second thought", "Apples outsell pears"):
        page.keyboard.press("PageDown")
        assert live(page, words) == [words]


def test_a_chart_is_one_sentence_and_its_stop_a_name_and_a_hint(deck: Callable[[str], Page]) -> None:
    page = deck("#/1")
    (figure,) = nodes(page, "figure")
    assert figure == {"name": "Apples outsell pears", "description": ""}
    stop = next(node for node in nodes(page, "slider") if node["name"].startswith("Chart"))
    assert stop["name"] == "Chart: Apples outsell pears"
    assert stop["description"] == "Right and Left: next and previous point."
    assert page.locator(".present .walk").get_attribute("aria-valuetext") == "no point chosen"


def test_the_value_of_a_slider_is_said_once(deck: Callable[[str], Page]) -> None:
    page = deck("#/1")
    slider = page.locator(".present input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert "Year" in [node["name"] for node in nodes(page, "slider")]
    assert slider.get_attribute("aria-valuetext") == "2"
    assert page.evaluate(LIVE) == []


def test_what_a_control_changes_is_said(deck: Callable[[str], Page]) -> None:
    page = deck("#/1")
    page.get_by_label("Fruit").select_option("Pears")
    assert live(page, "Shown") == ["Shown: Pears."]
    page.get_by_role("button", name="Stack").click()
    assert live(page, "Stacked") == ["Stacked."]


def test_slides_and_arrows_have_names(deck: Callable[[str], Page]) -> None:
    page = deck("#/1")
    assert {node["name"] for node in nodes(page, "button")} >= {"previous slide", "next slide"}
    assert all(node["name"] for role in ("button", "link", "combobox", "slider") for node in nodes(page, role))


def test_strong_and_forced_contrast_are_supported(deck: Callable[[str], Page]) -> None:
    page = deck("#/1")
    colour = "() => getComputedStyle(document.documentElement).getPropertyValue('--muted')"
    usual = page.evaluate(colour)
    page.emulate_media(contrast="more")
    assert page.evaluate(colour) != usual
    page.emulate_media(contrast="no-preference", forced_colors="active")
    pressed = page.locator(".present [aria-pressed=true]").first
    assert pressed.evaluate("e => getComputedStyle(e).outlineWidth") == "3px"
    assert Axe().run(page).response["violations"] == []
    page.emulate_media(forced_colors="none")
