"""Every chart at the narrowest width of JupyterLab, in the fonts that readers have."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from kit_browser import launch
from playwright.sync_api import Browser, Page
from test_charts import CHARTS, FACTS, drawn
from test_charts_browser import CLASHES, PLOTLY

import helpers
from securitytalks.drawing.finish import finish

pytestmark = pytest.mark.browser
WIDTH = 584  # px of an output in a window of 700 px, with the side bar closed
ONLY = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<include ignore_missing="yes">/etc/fonts/conf.d</include><cachedir>{cache}</cachedir></fontconfig>
"""


def folders_of(family: str) -> set[str]:
    """Give the folders of an installed font; none where the machine does not know it."""
    if not shutil.which("fc-list"):
        return set()
    files = subprocess.run(["fc-list", f":family={family}", "file"], capture_output=True, text=True, check=True).stdout
    return {str(Path(line.rstrip(": ")).parent) for line in files.splitlines()}


@pytest.fixture(scope="module", params=["DejaVu Sans", "Liberation Sans", "all that is installed"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with Plotly in a browser that has one family of fonts, or all."""
    env = dict(os.environ)
    if request.param != "all that is installed":
        folders = folders_of(request.param)
        if not folders:
            pytest.skip(f"{request.param} is not installed")
        home = tmp_path_factory.mktemp("fonts")
        listed = "".join(f"<dir>{folder}</dir>" for folder in sorted(folders))
        (home / "fonts.conf").write_text(ONLY.format(folders=listed, cache=home / "cache"), encoding="utf-8")
        env["FONTCONFIG_FILE"] = str(home / "fonts.conf")
    own = launch(browser.browser_type, env=env)
    page = own.new_page(viewport={"width": WIDTH, "height": 900})
    page.set_content("<body style='margin:0'><div id='chart'></div></body>")
    page.add_script_tag(path=PLOTLY)
    yield page
    own.close()


def test_no_words_of_a_chart_are_cut_off_or_meet_in_jupyterlab(page: Page) -> None:
    faults = []
    values = {"question": "How many?", "why": "Because of many reasons. " * 9}
    guess = helpers.predict(FACTS, "newsday-afp/killed-since-2006", low=0, high=600_000, step=10_000, **values)
    for name, fig in [*((name, drawn(name)) for name in CHARTS), ("a guess", guess)]:
        spec = json.loads(fig.to_json())
        layout = spec["layout"]
        page.evaluate(
            "([data, layout]) => Plotly.newPlot('chart', data, layout, {displayModeBar: false})",
            [spec["data"], layout | {"width": WIDTH}],
        )
        states = [menu for menu in layout.get("updatemenus", []) if menu.get("name") == "steps"]
        for step in [None, *(button["args"] for menu in states for button in menu["buttons"])]:
            if step:
                page.evaluate("(args) => Plotly.update('chart', ...args)", step)
            found = [fault for fault in page.evaluate(CLASHES) if not fault.endswith("on a mark")]  # a label in its bar
            faults += [f"{name}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


LOWEST_AND_FIRST = """() => {
  const boxes = (what) =>
    [...document.querySelectorAll(`#chart ${what}`)].map((one) => one.getBoundingClientRect());
  const first = Math.min(...boxes(":is(.updatemenu-button, .bg)").map((box) => box.top));
  return [Math.max(...boxes(".g-gtitle text").map((box) => box.bottom)), first];
}"""


@pytest.mark.parametrize("steps", [(), ({"text": "First.", "changes": {}},)], ids=["no steps", "steps"])
@pytest.mark.parametrize("measure", ["One line.", "Two lines. " * 15], ids=["one line", "two lines"])
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_title_ends_above_the_buttons_and_the_plot(page: Page, lines: int, measure: str, steps: tuple) -> None:
    fig = go.Figure(go.Scatter(x=[0, 1], y=[0, 1]))
    fig.update_layout(meta={"steps": list(steps)} if steps else {})
    rows = pd.DataFrame({"year": [2020]})
    finding = "words of a title " * (3 * lines)
    fig = finish(fig, finding=finding, measure=measure, unit="u", source="s", description="d", rows=rows)
    spec = json.loads(fig.to_json())
    assert spec["layout"]["title"]["text"].count("<br>") == lines - 1
    page.evaluate(
        "([data, layout]) => Plotly.newPlot('chart', data, layout, {displayModeBar: false})",
        [spec["data"], spec["layout"] | {"width": WIDTH, "plot_bgcolor": "#eee"}],
    )
    lowest, first = page.evaluate(LOWEST_AND_FIRST)
    assert lowest < first
