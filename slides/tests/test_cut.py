"""A plotly.js cut to some kinds of trace draws what the whole one draws."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import plotly
import pytest
from notebook_decks.cut import UNPROVEN, Bundle, CutError, cut
from notebook_decks.figure.chart import Chart
from playwright.sync_api import Page

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
CASES = json.loads((Path(__file__).parent / "traces.json").read_text(encoding="utf-8"))  # one figure for each kind
GROUPS = [sorted(CASES)[start::7] for start in range(7)]  # kinds that have little in common, so that each cut is small
DRAW = """async ([figures, library]) => {
  const frame = document.createElement("iframe");
  frame.style = "width: 900px; height: 600px";
  document.body.append(frame);
  let seed = 1; // plotly.js makes ids by chance; both drawings get the same ones
  frame.contentWindow.Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const layers = ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"];
  const empty = { type: "GeometryCollection", geometries: [] };
  const outlines = { type: "Topology", arcs: [], objects: Object.fromEntries(layers.map((name) => [name, empty])) };
  frame.contentWindow.PlotlyGeoAssets = { topojson: { un_world_110m: outlines, world_110m: outlines } }; // else fetched
  const script = frame.contentDocument.createElement("script");
  script.textContent = library;
  frame.contentDocument.head.append(script);
  const { Plotly } = frame.contentWindow;
  const drawn = [];
  for (const figure of figures) {
    const box = frame.contentDocument.createElement("div");
    frame.contentDocument.body.append(box);
    await Plotly.newPlot(box, figure.data, { width: 700, height: 500, ...figure.layout });
    const svg = [...box.querySelectorAll(".main-svg")].map((drawing) => drawing.outerHTML);
    drawn.push({ kinds: box._fullData.map((trace) => trace.type), svg: svg.join(" ") });
    Plotly.purge(box);
    box.remove();
  }
  frame.remove();
  return drawn;
}"""


@pytest.fixture(scope="module")
def whole() -> str:
    """The plotly.js of the installed package."""
    return PLOTLY.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bundle(whole: str) -> Bundle:
    return Bundle(whole)


@pytest.fixture
def page(open_page: Callable[..., Page], watch: Any) -> Iterator[Page]:  # noqa: ANN401 the kit's own class
    yield open_page("about:blank", width=1000, height=800)
    watch.errors[:] = [error for error in watch.errors if "WebGL" not in error]  # a software renderer complains


@pytest.mark.browser
@pytest.mark.parametrize("kinds", GROUPS, ids=lambda kinds: kinds[0])
def test_a_cut_library_draws_what_the_whole_one_draws(page: Page, whole: str, bundle: Bundle, kinds: list[str]) -> None:
    figures = [CASES[kind] for kind in kinds]
    smaller = bundle.cut({trace["type"] for figure in figures for trace in figure["data"]})
    assert len(smaller) < 0.7 * len(whole)
    expected, found = (page.evaluate(DRAW, [figures, library]) for library in (whole, smaller))
    for kind, one, other in zip(kinds, expected, found, strict=True):
        assert kind in other["kinds"]
        assert other == one, kind


@pytest.mark.browser
def test_dates_of_another_calendar_are_drawn_the_same(page: Page, whole: str, bundle: Bundle) -> None:
    dates = {"x": ["1400-01-01", "1401-06-15"], "y": [1, 2], "xcalendar": "persian"}
    figure = {
        "data": [{"type": "scatter", **dates}],
        "layout": {"xaxis": {"calendar": "persian", "tickformat": "%B %Y"}},
    }
    chart = Chart("dates", figure, {}, [], [])
    assert chart.kinds == {"scatter", "calendars"}
    expected, found = (page.evaluate(DRAW, [[figure], library]) for library in (whole, bundle.cut(chart.kinds)))
    assert found == expected
    assert "Farvardin" in found[0]["svg"]


def test_what_no_chart_uses_is_left_out(whole: str, bundle: Bundle) -> None:
    smaller = bundle.cut({"bar"})
    for part in ("Farvardin", ".maplibregl-map"):
        assert part in whole
        assert part not in smaller


def test_every_kind_that_the_library_registers_has_a_case(bundle: Bundle) -> None:
    assert set(bundle.kinds) - set(CASES) == UNPROVEN


def test_an_unknown_kind_is_named(bundle: Bundle) -> None:
    with pytest.raises(CutError, match="no trace of the kinds hologram"):
        bundle.cut({"bar", "hologram"})


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("var a = 1;", "not one function"),
        ("(() => { var b = ", "could not be parsed"),
        ("(() => { var a = () => 1; return a(); /* " + "long " * 99 + "*/ })()", "list of traces was not found"),
    ],
)
def test_a_script_of_another_structure_is_refused(script: str, message: str) -> None:
    with pytest.raises(CutError, match=message):
        Bundle(script)


def test_a_damaged_cache_folder_does_no_harm(whole: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(cut(whole, {"bar"})) < 0.5 * len(whole)
