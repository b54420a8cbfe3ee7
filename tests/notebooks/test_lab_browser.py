"""The notebooks in JupyterLab, as a reader meets them: opened and not run, in a real Chromium, with no network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from kit.charts import every_chart, frames_of
from kit.hostile import HOSTILE, hostile_frames
from kit.lab import ROOT, Lab, copy_project, free_port, wait_until_up
from kit.notebooks import NOTEBOOKS, PLOTLY, figures, outputs, read
from kit_browser import Watch, guarded
from nbformat import NotebookNode
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import Browser, Page, expect
from plotly.utils import PlotlyJSONEncoder

import helpers
import start

pytestmark = pytest.mark.browser

SIZES = ((1280, 720), (1920, 1080))
CHART = ".jp-NotebookPanel:not(.lm-mod-hidden) .js-plotly-plot"
BOXES = """charts => charts.map(chart => {
    const box = chart.getBoundingClientRect(), drawn = chart.querySelector('.main-svg').getBoundingClientRect();
    return {width: drawn.width, height: drawn.height, box: box.width};
})"""
# Scrolls until the chart rests in the middle: JupyterLab lays cells out as they come near, which moves it again.
CENTRED = """async chart => {
    const at = [];
    while (at.length < 50 && (at.length < 4 || new Set(at.slice(-4)).size > 1)) {
        chart.scrollIntoView({block: 'center'});
        await new Promise(done => setTimeout(done, 100));
        at.push(chart.getBoundingClientRect().y);
    }
}"""
# The middle of each mark, then a grid over each plot, for lines and areas, which have no middle to point at.
PLACES = """chart => {
    const middle = box => [box.x + box.width / 2, box.y + box.height / 2];
    const marks = [...chart.querySelectorAll('.point path, path.point')].map(mark => mark.getBoundingClientRect());
    const cells = [...Array(60).keys()].map(i => [(i % 10 + .5) / 10, (Math.floor(i / 10) + .5) / 6]);
    const grid = [...chart.querySelectorAll('.nsewdrag')].map(plot => plot.getBoundingClientRect())
        .flatMap(box => cells.map(([x, y]) => [box.x + box.width * x, box.y + box.height * y]));
    return marks.filter(box => box.width > 0).map(middle).concat(grid)
        .filter(([x, y]) => x > 0 && y > 0 && x < innerWidth && y < innerHeight);
}"""


def publishers() -> set[str]:
    """Give the outlets and the publishers that the records name: one of them must stand in what a reader points at."""
    records = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "seeds").rglob("*.toml")]
    tables = [part for record in records for part in [record, *record.values()] if isinstance(part, dict)]
    return {table[key] for table in tables for key in ("outlet", "publisher") if isinstance(table.get(key), str)}


def names_a_source(text: str) -> bool:
    """Return whether a hover names where its number is from; lines run together in it, so spaces do not count."""
    sources = ["¶", "Source", "derived by us", *publishers()]
    return any("".join(source.split()).lower() in "".join(text.split()).lower() for source in sources)


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on a copy of the project, with the command, the settings and the trust that start.py gives it."""
    home = tmp_path_factory.mktemp("jupyterlab")
    project = copy_project(home / "project")
    (home / "settings").mkdir()
    (home / "settings" / "overrides.json").write_text(json.dumps(start.QUIET), encoding="utf-8")
    own = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    own |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "user"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces")}
    env = os.environ | own | {"PYTHONUTF8": "1"}
    port, log = free_port(), home / "server.log"
    more = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    more += ["--IdentityProvider.token=test", f"--LabApp.app_settings_dir={home / 'settings'}"]
    trusting = start.trust(sys.executable, project, env)
    with log.open("w", encoding="utf-8") as out:
        command = [sys.executable, *start.arguments("lab", project), *more]
        server = subprocess.Popen(command, cwd=project, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_up(f"http://127.0.0.1:{port}", server, log)
        trusting.wait(60)
        yield Lab(f"http://127.0.0.1:{port}", "test", project)
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="module")
def lab_watch() -> Watch:
    return Watch()


@pytest.fixture(scope="module")
def lab_page(browser: Browser, lab_watch: Watch) -> Iterator[Page]:
    """One page for all notebooks: JupyterLab's own files are then fetched once."""
    with guarded(browser, lab_watch) as open_one:
        yield open_one()


def open_notebook(page: Page, lab: Lab, name: str, charts: int) -> None:
    """Open a notebook and wait until its last chart is drawn."""
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    page.goto(lab.url(f"notebooks/{name}"))
    expect(page.locator(".jp-NotebookPanel .jp-Cell").first).to_be_visible(timeout=60_000)
    expect(page.locator(f"{CHART} .plot-container")).to_have_count(charts, timeout=60_000)


def settled(page: Page, patience: float = 20) -> list[dict[str, float]]:
    """Measure all charts once each fits its box: Plotly redraws a while after its box has changed."""
    until = time.monotonic() + patience
    while True:
        page.wait_for_timeout(700)
        boxes = page.locator(CHART).evaluate_all(BOXES)
        if time.monotonic() > until or all(abs(box["width"] - box["box"]) <= 2 for box in boxes):
            return boxes


def hover_texts(page: Page, index: int) -> Iterator[str]:
    """Point at place after place of a chart and give what shows."""
    chart = page.locator(CHART).nth(index)
    chart.evaluate(CENTRED)
    for x, y in chart.evaluate(PLACES):
        page.mouse.move(x, y)
        page.wait_for_timeout(60)  # Plotly answers a while after the pointer has moved
        shown = chart.locator(".hoverlayer .hovertext")
        if shown.count():
            yield " ".join(shown.all_text_contents())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_opens_with_its_charts_and_tables(path: Path, jupyterlab: Lab, lab_page: Page, lab_watch: Watch) -> None:
    stored = read(jupyterlab.root / "notebooks" / path.name)
    charts = len(figures(stored))
    open_notebook(lab_page, jupyterlab, path.name, charts)
    for width, height in SIZES:
        lab_page.set_viewport_size({"width": width, "height": height})
        boxes = settled(lab_page)
        assert len(boxes) == charts
        for number, box in enumerate(boxes, 1):
            where = f"chart {number} at {width}x{height}: {box}"
            assert box["width"] >= 500, where
            assert box["height"] >= 300, where
            assert abs(box["width"] - box["box"]) <= 2, f"does not fit its box: {where}"
    for number, figure in enumerate(figures(stored)):
        if figure["layout"]["meta"]["finding"].endswith("?"):
            continue  # a guess tells nothing before its record is asked for
        text = next(hover_texts(lab_page, number), "")
        assert names_a_source(text), f"pointing at chart {number + 1} shows {text!r}, which names no source"
    html = "".join(text for cell in stored["cells"] for text in outputs(cell, "text/html"))
    searched = re.findall(r'<table[^>]*\bdata-table="[^"]*&quot;search&quot;: true', html)
    expect(lab_page.locator(".jp-OutputArea input[type=search]")).to_have_count(len(searched))
    expect(lab_page.locator(".jp-Dialog")).to_have_count(0)
    lab_watch.check()


def test_first_notebook_runs_from_the_menu(jupyterlab: Lab, lab_page: Page, lab_watch: Watch) -> None:
    path = NOTEBOOKS[0]
    stored = read(jupyterlab.root / "notebooks" / path.name)
    charts = len(figures(stored))
    stored_outputs = sum(len(cell.get("outputs", [])) for cell in stored["cells"])
    open_notebook(lab_page, jupyterlab, path.name, charts)
    lab_page.get_by_role("menuitem", name="Edit", exact=True).click()
    lab_page.get_by_role("menuitem", name="Clear Outputs of All Cells").click()
    shown = lab_page.locator(".jp-NotebookPanel .jp-OutputArea-output")
    expect(shown).to_have_count(0)
    lab_page.get_by_role("menuitem", name="Run", exact=True).click()
    lab_page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(shown).to_have_count(stored_outputs, timeout=90_000)
    expect(lab_page.locator('[data-mime-type="application/vnd.jupyter.error"]')).to_have_count(0)
    expect(lab_page.locator(f"{CHART} .plot-container")).to_have_count(charts, timeout=30_000)
    expect(lab_page.locator('[data-mime-type="application/vnd.jupyter.stderr"]')).to_have_count(0)
    lab_watch.check()


def test_a_guess_works_with_no_kernel(jupyterlab: Lab, lab_page: Page, lab_watch: Watch) -> None:
    path = NOTEBOOKS[1]
    open_notebook(lab_page, jupyterlab, path.name, len(figures(read(path))))
    chart = lab_page.locator(".js-plotly-plot").filter(has_text="Your guess").first
    assert "The article gives" not in chart.inner_text()
    chart.locator(".slider-rail-touch-rect").click(position={"x": 200, "y": 5})
    expect(chart.locator(".slider-label").first).to_contain_text("deaths")
    expect(chart.locator(".slider-label").first).not_to_contain_text("no guess yet")
    chart.locator(".updatemenu-button", has_text="Show the answer").click()
    expect(chart.locator(".annotation-text", has_text="The article gives")).to_be_visible()
    quiz = lab_page.locator(".jp-OutputArea details", has_text="Not even that").first
    quiz.locator("summary").click()
    expect(quiz).to_contain_text("No.")
    lab_watch.check()


def hostile_notebook() -> NotebookNode:
    """A notebook whose outputs are ours and hold hostile texts: charts, messages, a table and a quiz."""
    pasted = "\n".join(["coder,passage,topics", *(f'"{one.replace(chr(34), chr(34) * 2)}",x,y' for one in HOSTILE)])
    rows = pd.DataFrame({"text": HOSTILE, "more": HOSTILE[::-1]})
    shown = [
        helpers.check_codings(pasted, helpers.load_passages(), helpers.load_topics()),
        helpers.check_answers("\n".join(f"{one}; {one}={one}" for one in HOSTILE)),
        helpers.show_table(rows, caption=" ".join(HOSTILE), filters=["more"], search=True),
    ]
    bundles = [{"text/html": one.data} for one in shown]
    charts = every_chart(hostile_frames(frames_of(ROOT / "seeds")))
    names = ("what_nobody_said", "topics_by_meeting", "verdicts_overview", "meetings_timeline")
    bundles += [{PLOTLY: charts[name]().to_plotly_json()} for name in names]
    bundles = [json.loads(json.dumps(bundle, cls=PlotlyJSONEncoder)) for bundle in bundles]
    outputs = [new_output("execute_result", data=bundle, execution_count=1) for bundle in bundles]
    return new_notebook(cells=[new_code_cell("show()", execution_count=1, outputs=[one]) for one in outputs])


@pytest.mark.parametrize("trusted", [False, True], ids=["not trusted", "trusted"])
def test_hostile_texts_do_not_act(trusted: bool, jupyterlab: Lab, lab_page: Page, lab_watch: Watch) -> None:
    notebook = hostile_notebook()
    name = f"hostile-{trusted}.ipynb"
    nbformat.write(notebook, jupyterlab.root / "notebooks" / name)
    if trusted:
        notary = NotebookNotary(data_dir=str(jupyterlab.root.parent / "JUPYTER_DATA_DIR"))
        notary.sign(nbformat.read(jupyterlab.root / "notebooks" / name, as_version=4))
        notary.store.close()
    open_notebook(lab_page, jupyterlab, name, 4)
    search = lab_page.locator(".jp-OutputArea input[type=search]")
    expect(search).to_have_count(1 if trusted else 0)  # only our own script, in a trusted notebook, makes the box
    expect(lab_page.get_by_text(HOSTILE[0]).first).to_be_attached()
    for number in range(4):
        next(hover_texts(lab_page, number), "")
    assert lab_page.evaluate("window.__x") is None
    lab_watch.check()
