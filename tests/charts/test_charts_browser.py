"""How the charts of the articles are laid out on a phone, in a notebook and on a wide screen, in every state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import plotly
import pytest
from kit_browser import Watch, guarded
from notebook_decks import fonts
from playwright.sync_api import Browser, Page
from test_charts import CHARTS, drawn

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
# Exports embed their typeface, also on a phone; JupyterLab has the reader's fonts, and 584 px in a window of 700.
EXPORTED, IN_JUPYTERLAB = (390, 860, 1216), (584, 860, 1216)
# Texts that meet another text, a mark or the edge of the figure by more than a hair.
CLASHES = """() => {
  const box = (node) => node.getBoundingClientRect();
  const overlap = (a, b, low, high) => Math.min(a[high], b[high]) - Math.max(a[low], b[low]);
  const meet = (a, b) => overlap(a, b, "left", "right") > 2 && overlap(a, b, "top", "bottom") > 4;
  const edge = box(document.querySelector("#chart .main-svg"));
  const seen = (node) => box(node).width > 0 && getComputedStyle(node).opacity !== "0";
  const texts = [...document.querySelectorAll("#chart svg text")].filter((node) => node.textContent && seen(node));
  const marks = [...document.querySelectorAll("#chart .points path")].filter(seen);
  const clashes = [];
  texts.forEach((text, at) => {
    const here = box(text);
    const say = (what) => clashes.push(`${text.textContent}: ${what}`);
    if (here.left < edge.left - 1 || here.right > edge.right + 1 || here.top < edge.top - 1) say("cut off");
    for (const other of texts.slice(at + 1)) if (meet(here, box(other))) say(`on ${other.textContent}`);
    if (marks.some((mark) => meet(here, box(mark)))) say("on a mark");
  });
  return clashes;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all charts, drawn one after another: Plotly is read once."""
    watch = Watch()
    with guarded(browser, watch) as open_one:
        page = open_one()
        page.set_content("<body style='margin:0'><div id='chart'></div></body>")
        page.add_script_tag(path=PLOTLY)
        page.add_style_tag(content=fonts.face("".join(drawn(name).to_json() for name in CHARTS)))
        load = "Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 16px '%s'`)))"
        page.evaluate(f"() => {load % fonts.FAMILY}")
        yield page
    watch.check()


def without_title(values: dict) -> dict:
    """The values that a button sets, without title and subtitle, which stand outside."""
    return {place: value for place, value in values.items() if not place.startswith("title.")}


def draw(page: Page, name: str, width: int, *, exported: bool = True) -> int:
    """Draw a chart, title and footer outside, in the typeface of exports or the reader's; give the count of buttons."""
    figure = json.loads(drawn(name).to_json())
    layout = figure["layout"]
    del layout["title"]
    layout["annotations"] = [note for note in layout["annotations"] if note.get("name") != "footer"]
    for button in (button for menu in layout.get("updatemenus", []) for button in menu["buttons"]):
        button["args"] = [without_title(one) if isinstance(one, dict) else one for one in button["args"]]
    if exported:
        layout["updatemenus"] = [menu for menu in layout.get("updatemenus", []) if menu["name"] != "steps"]
        layout["font"] = {**layout.get("font", {}), "family": f'"{fonts.FAMILY}"'}
    page.set_viewport_size({"width": width, "height": int(layout["height"])})
    page.evaluate(
        "([data, layout]) => Plotly.newPlot('chart', data, layout, {displayModeBar: false})",
        [figure["data"], layout | {"width": width}],
    )
    return page.locator("#chart .updatemenu-button").count()


@pytest.mark.browser
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_meets_another_in_any_state(name: str, page: Page) -> None:
    places = [(width, True) for width in EXPORTED] + [(width, False) for width in IN_JUPYTERLAB]
    for width, exported in places:
        buttons = draw(page, name, width, exported=exported)
        assert page.evaluate(CLASHES) == [], f"{name} at {width} px"
        for button in range(buttons):
            page.locator("#chart .updatemenu-button").nth(button).click()
            page.mouse.move(1, 1)
            page.wait_for_timeout(200)
            assert page.evaluate(CLASHES) == [], f"{name} at {width} px, button {button + 1}"


@pytest.mark.browser
@pytest.mark.parametrize("name", ["topics_by_meeting", "topics_by_article", "two_accounts"])
def test_every_column_has_its_head_on_a_phone(name: str, page: Page) -> None:
    draw(page, name, EXPORTED[0])
    assert page.locator("#chart .xtick text").count() == len(drawn(name).layout.xaxis.ticktext)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["topics_by_meeting", "topics_by_article"])
def test_bars_of_words_stand_where_the_tiles_stood(name: str, page: Page) -> None:
    """A tile and the bar of its row begin in the same cell: under the name of the topic, over the next line."""
    middles = "() => [...document.querySelectorAll('#chart .trace')].map((trace) => {"
    middles += " const point = trace.querySelector('.point path, path.point').getBoundingClientRect();"
    middles += " return Math.round(point.top + point.height / 2); }).sort((a, b) => a - b)"
    draw(page, name, 860)
    tiles = page.evaluate(middles)
    page.locator("#chart .updatemenu-button").nth(1).click()
    page.wait_for_timeout(200)
    assert page.evaluate(middles) == pytest.approx(tiles, abs=2)
