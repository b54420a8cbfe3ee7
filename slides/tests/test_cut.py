"""A plotly.js cut to some kinds of trace draws what the whole one draws."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import plotly
import pytest
from notebook_decks.cut import UNPROVEN, Bundle, CutError, cut
from playwright.sync_api import Page

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
CASES = json.loads((Path(__file__).parent / "traces.json").read_text(encoding="utf-8"))  # one figure for each kind
DRAW = """async ([figure, library]) => {
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
  const box = frame.contentDocument.createElement("div");
  frame.contentDocument.body.append(box);
  const { Plotly } = frame.contentWindow;
  const layout = { width: 700, height: 500, ...figure.layout };
  await Plotly.newPlot(box, figure.data, layout, { staticPlot: false });
  const svg = [...box.querySelectorAll(".main-svg")].map((drawing) => drawing.outerHTML);
  const kinds = box._fullData.map((trace) => trace.type);
  frame.remove();
  return { kinds, svg: svg.join("\\n") };
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


def drawn(page: Page, figure: dict, library: str) -> tuple[list[str], str]:
    result = page.evaluate(DRAW, [figure, library])
    return result["kinds"], result["svg"]


@pytest.mark.browser
@pytest.mark.parametrize("kind", sorted(CASES))
def test_each_kind_of_trace_is_drawn_as_by_the_whole_library(page: Page, whole: str, bundle: Bundle, kind: str) -> None:
    figure = CASES[kind]
    smaller = bundle.cut({trace["type"] for trace in figure["data"]})
    assert len(smaller) < 0.7 * len(whole)
    expected, found = drawn(page, figure, whole), drawn(page, figure, smaller)
    assert found[0] == expected[0]
    assert kind in found[0]
    assert found[1] == expected[1]


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
        ("(() => { var a = () => 'long enough to be the whole'; return a(); })()", "list of traces was not found"),
    ],
)
def test_a_script_of_another_structure_is_refused(script: str, message: str) -> None:
    with pytest.raises(CutError, match=message):
        Bundle(script)


def test_a_damaged_cache_folder_does_no_harm(whole: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(cut(whole, {"bar"})) < 0.5 * len(whole)
