"""Every chart on its slide, in every state: no text meets another or a mark, none is cut off, none is too small.

A chart on a slide has other measures than in a notebook (see notebook_decks/figure/layout.py), so it is tested there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from export_kit import chart, figure, notebook, writer
from kit.notebooks import NOTEBOOKS, figures, read
from notebook_decks.figure import read as figure_reader
from playwright.sync_api import Page

WITH_CHARTS = [path for path in NOTEBOOKS if figures(read(path))]
SIZES = ((1024, 768), (1280, 720), (1920, 1080), (3840, 2160))
# Each notebook at one size, another for each; EVERY_SIZE=1 points at every mark at every size, which takes minutes.
MARK_CASES = [
    pytest.param(path, size, id=f"{path.stem}-{size[0]}")
    for number, path in enumerate(WITH_CHARTS)
    for size in (SIZES if os.environ.get("EVERY_SIZE") else [SIZES[number % len(SIZES)]])
]
DRAWN = "() => [...document.querySelectorAll('.present .plot')].every((plot) => plot.querySelector('.main-svg'))"
# A chart that a deck builds up is complete at its last step.
SHOW = """(at) => {
  const slide = Reveal.getSlides()[at], { h, v } = Reveal.getIndices(slide);
  const built = slide.querySelector(".steps li:not(.fragment)");
  Reveal.slide(h, v ?? 0, built ? slide.querySelectorAll(".steps .fragment").length - 1 : undefined);
}"""
SLIDES = "() => Reveal.getSlides().flatMap((slide, at) => slide.querySelector('figure.chart') ? [at] : [])"
MIDDLE = "(range) => { range.value = range.max >> 1; range.dispatchEvent(new Event('input', { bubbles: true })); }"

# What is wrong with the charts of the slide that is shown. All is measured in px of the stage of 1280 x 720; of a text
# of several lines each line is looked at on its own, since a short line leaves room beside it.
FAULTS = """() => {
  const scale = Reveal.getScale(), stage = document.querySelector(".slides").getBoundingClientRect().width / scale;
  const sides = ["left", "top", "right", "bottom"];
  const box = (node) => {
    const at = node.getBoundingClientRect();
    return Object.fromEntries([...sides, "width", "height"].map((key) => [key, at[key] / scale]));
  };
  const overlap = (a, b, low, high) => Math.min(a[high], b[high]) - Math.max(a[low], b[low]);
  const meet = (a, b, wide, high) => overlap(a, b, "left", "right") > wide && overlap(a, b, "top", "bottom") > high;
  const within = (a, b) => meet(a, b, a.width - 2, a.height - 2);
  const seen = (node) => {
    const { opacity, visibility, fill, stroke } = getComputedStyle(node);
    return box(node).width > 0 && opacity !== "0" && visibility !== "hidden" && (fill !== "none" || stroke !== "none");
  };
  const size = (text) => {
    const { a, b } = text.getScreenCTM();
    return (parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b)) / scale;
  };
  const written = (node) => node.textContent.trim() && seen(node);
  const linesOf = (text) => {
    const parts = [...text.querySelectorAll("tspan.line")];
    const lines = (parts.length ? parts : [text]).filter(written);
    return lines.map((line) => ({ text, words: line.textContent, at: box(line) }));
  };
  const hidden = (a, b) => meet(a, b, Math.min(a.width, b.width) / 3, Math.min(a.height, b.height) / 3);
  const faults = [];
  for (const figure of document.querySelectorAll(".present:not(.stack) figure.chart")) {
    const plot = box(figure.querySelector(".plot")), drawing = box(figure.querySelector(".main-svg"));
    const say = (what) => faults.push(`${figure.id}: ${what}`);
    if (drawing.width < 0.9 * stage) say(`fills ${(drawing.width / stage).toFixed(2)} of the width`);
    const texts = [...figure.querySelectorAll(".main-svg text")].filter(written);
    for (const text of texts) if (size(text) < 17.9) say(`“${text.textContent}” has ${size(text).toFixed(1)} px`);
    const marks = [...figure.querySelectorAll(".points path, .point path")].filter(seen);
    const spots = marks.map((mark) => ({ mark: mark.closest(".point") ?? mark, at: box(mark) }));
    const lines = texts.flatMap(linesOf);
    lines.forEach(({ text, words, at }, number) => {
      if (!within(at, plot) || !within(at, drawing)) say(`“${words}” is cut off`);
      const others = lines.slice(number + 1).filter((other) => other.text !== text && meet(at, other.at, 2, 2));
      for (const other of others) say(`“${words}” is on “${other.words}”`);
      if (spots.some((spot) => !spot.mark.contains(text) && meet(at, spot.at, 2, 4))) say(`“${words}” is on a mark`);
    });
    if (figure.querySelector(".drawing").layout.xaxis?.side !== "top") continue; // not a matrix: marks may meet
    const hides = ({ at }, number) => spots.slice(number + 1).some((other) => hidden(at, other.at));
    const count = spots.filter(hides).length;
    if (count) say(`${count} marks are hidden by others`);
  }
  return faults;
}"""


# The middle of each mark that is seen on the slide, in px of the window.
MARKS = """() => [...document.querySelectorAll(".present:not(.stack) figure.chart")].flatMap((figure) =>
  [...figure.querySelectorAll(".main-svg .points path, .main-svg .point path")].flatMap((mark) => {
    const { left, top, width, height } = mark.getBoundingClientRect(), { opacity, visibility } = getComputedStyle(mark);
    const seen = width && height && opacity !== "0" && visibility !== "hidden";
    return seen ? [[figure.id, left + width / 2, top + height / 2]] : [];
  }))"""

# What is wrong with the details of the point under the pointer; waits for Plotly, which answers with a delay.
TOLD = """async (id) => {
  const figure = document.getElementById(id), details = figure.querySelector(".details");
  const saying = () => !details.hidden && details.textContent.trim();
  for (let tries = 0; tries < 80 && !saying(); tries++) await new Promise((done) => setTimeout(done, 5));
  if (!saying()) return ["says nothing"];
  const { top } = details.getBoundingClientRect();
  const parts = [...figure.querySelectorAll(".finding, .measure, .plot")];
  const covered = parts.filter((part) => part.getBoundingClientRect().bottom > top + 1);
  figure.querySelector(".details button").click();
  return covered.map((part) => `covers ${part.className}`);
}"""


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Give a function that writes a deck and returns its address; each is made once."""
    return writer(tmp_path_factory.mktemp("decks"), "deck")


@pytest.fixture(params=WITH_CHARTS, ids=lambda path: path.stem)
def shown(request: pytest.FixtureRequest, open_page: Callable[..., Page], decks: Callable[..., str]) -> Page:
    """The deck of each notebook that has charts, in a browser of 1280 x 720."""
    return open_page(decks(request.param.stem, request.param))


def states(page: Page) -> Iterator[str]:
    """Put the charts of a slide into each state that its sliders and buttons give, and name the state."""
    yield "as it comes"
    for slider in page.locator(".present:not(.stack) .steering input").all():
        slider.evaluate(MIDDLE)
    for button in page.locator(".present:not(.stack) .steering button").all():
        button.click()
        page.wait_for_timeout(60)
        yield f"after “{button.text_content()}”"


def walk(page: Page, states: Callable[[Page], Iterator[str]]) -> list[str]:
    """What is wrong on any slide with a chart, in any of the states that it is put into."""
    faults = []
    for at in page.evaluate(SLIDES):
        page.evaluate(SHOW, at)
        page.wait_for_function(DRAWN)
        for state in states(page):
            faults += [f"{state}, {fault}" for fault in page.evaluate(FAULTS)]
    return faults


@pytest.mark.browser
def test_every_chart_can_be_read_on_its_slide(shown: Page) -> None:
    faults = walk(shown, states)
    assert not faults, "\n".join(faults)
    shown.set_viewport_size({"width": 1920, "height": 1080})
    faults = walk(shown, lambda _: iter(["on a larger screen, in the last state"]))
    assert not faults, "\n".join(faults)


@pytest.mark.browser
@pytest.mark.parametrize(("shown", "size"), MARK_CASES, indirect=["shown"])
def test_every_mark_has_details(shown: Page, size: tuple[int, int]) -> None:
    shown.set_viewport_size({"width": size[0], "height": size[1]})
    faults, pointed = [], 0
    for at in shown.evaluate(SLIDES):
        shown.evaluate(SHOW, at)
        shown.wait_for_function(DRAWN)
        for chart_id, x, y in shown.evaluate(MARKS):
            pointed += 1
            shown.mouse.move(1, 1)  # away from the mark before, which may have the same place
            shown.mouse.move(x, y)
            faults += [f"{chart_id}: the mark at {x:.0f}, {y:.0f} {said}" for said in shown.evaluate(TOLD, chart_id)]
    assert pointed
    assert not faults, "\n".join(faults)


# How much of the stage's height the content of the slide takes, and its layout.
USED = """() => {
  const body = document.querySelector(".present:not(.stack) .slide-body"), scale = Reveal.getScale();
  const content = "h1,h2,h3,h4,p,li,figure,img,pre,table,button,select,fieldset,blockquote,math,details";
  const shown = (node) => node.getClientRects().length && getComputedStyle(node).visibility !== "hidden";
  const seen = [...body.querySelectorAll(content)].filter((node) => shown(node) && !node.closest(".unseen"))
    .map((node) => node.getBoundingClientRect());
  const height = Math.max(...seen.map((at) => at.bottom)) - Math.min(...seen.map((at) => at.top));
  return { title: body.innerText.slice(0, 50), layout: body.className, used: height / scale / 720 };
}"""


@pytest.mark.browser
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("audience", ["", "teacher"])
def test_every_slide_uses_half_of_the_stage(
    path: Path, audience: str, open_page: Callable[..., Page], decks: Callable[..., str]
) -> None:
    page = open_page(decks(f"{path.stem}{audience}", path, audience))
    empty = []
    for at in range(page.evaluate("() => Reveal.getTotalSlides()")):
        page.evaluate(SHOW, at)
        found = page.evaluate(USED)
        if found["used"] < 0.5 and not any(name in found["layout"] for name in ("layout-cover", "layout-statement")):
            empty.append(f"{at + 1}: {found}")
    assert not empty, "\n".join(empty)


@pytest.mark.browser
def test_what_is_wrong_on_a_slide_is_found(open_page: Callable[..., Page], decks: Callable[..., str]) -> None:
    here = {"xref": "paper", "yref": "paper", "showarrow": False, "y": 0.1}
    notes = [here | {"text": text, "x": x} for text, x in (("one", 0.5), ("two", 0.5), ("far", 1.2))]
    page = open_page(decks("wrong", notebook(chart(figure(annotations=notes)))))
    page.wait_for_function(DRAWN)
    said = "\n".join(page.evaluate(FAULTS))
    for fault in ("“one” is on “two”", "“two” is on a mark", "“far” is cut off"):
        assert fault in said


def test_a_deck_may_show_less_than_a_wide_page() -> None:
    spec = figure()
    spec["layout"]["meta"] |= {"slide": {"data[1].y": [9, 8, 7]}, "deck": {"data[1].y": [9]}}
    page, deck = (figure_reader.chart(spec, id="c", where="here", kind=kind) for kind in ("page", "deck"))
    assert page.wide["data[1].y"] == [9, 8, 7]
    assert deck.figure["data"][1]["y"] == [9]


def test_only_a_slide_gets_the_changes_for_a_slide() -> None:
    spec = figure()
    spec["layout"]["meta"]["slide"] = {"xaxis.range": [0, 1], "data[1].y": [9, 8, 7]}
    page, deck = (figure_reader.chart(spec, id="c", where="here", kind=kind).figure for kind in ("page", "deck"))
    assert (page["data"][1]["y"], deck["data"][1]["y"]) == ([3, 4, 2], [9, 8, 7])
    assert (page["layout"]["xaxis"].get("range"), deck["layout"]["xaxis"]["range"]) == (None, [0, 1])
