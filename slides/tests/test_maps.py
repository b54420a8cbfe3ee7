"""Maps whose places have names or codes, with outlines from an npm package that the tests make up."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from export_kit import chart, notebook
from notebook_decks import libraries
from notebook_decks.exporters import export
from notebook_decks.figure import maps
from notebook_decks.publish.leaks import unpacked
from playwright.sync_api import Page

LAYERS = ("coastlines", "countries", "lakes", "land", "ocean", "rivers", "subunits")
MODULE = """
  // dist/topojson/{name}.json
  var require_{name} = __commonJS({{
    "dist/topojson/{name}.json"(exports, module) {{
      module.exports = {outlines};
    }}
  }});
"""
REGIONS = {"type": "choropleth", "locations": ["FRA", "DEU"], "z": [1, 2]}
MARKS = {"type": "scattergeo", "locations": ["DEU"], "mode": "markers"}


def outlines() -> str:
    """Write two countries, one beside the other, as a script does: with bare keys.

    Further numbers make them as long as a real file's packed parts at least, which `publish` looks through.
    """
    more = [n * n % 977 for n in range(300)]
    rings = [[[west, 40], [west, 50], [west + 10, 50], [west + 10, 40], [west, 40]] for west in (0, 10)]
    countries = [
        {"type": "Polygon", "arcs": [[i]], "id": id, "properties": {"ct": [10 * i + 5, 45], "more": more}}
        for i, id in enumerate(("FRA", "DEU"))
    ]
    objects = {name: {"type": "GeometryCollection", "geometries": []} for name in LAYERS}
    objects["countries"]["geometries"] = objects["land"]["geometries"] = countries
    return re.sub(r'"(\w+)":', r"\1:", json.dumps({"type": "Topology", "arcs": rings, "objects": objects}))


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder with an npm package plotly.js of the right version, which has the outlines of two scopes."""
    folder = tmp_path / "packages" / "plotly.js"
    (folder / "dist").mkdir(parents=True)
    modules = [MODULE.format(name=name, outlines=outlines()) for name in ("africa_110m", "world_110m")]
    (folder / libraries.OUTLINES).write_text("".join(modules), encoding="utf-8")
    (folder / "LICENSE").write_text("The licence of the outlines", encoding="utf-8")
    version = libraries.outlines().package.removeprefix("plotly.js@")
    (folder / "package.json").write_text(json.dumps({"version": version}), encoding="utf-8")
    return folder.parent


def of(*traces: dict, **layout: object) -> dict:
    return {"data": list(traces), "layout": layout}


def test_a_file_has_the_outlines_that_its_maps_ask_for_and_their_licence(packages: Path) -> None:
    done = export(notebook(chart(of(REGIONS)), chart(of(MARKS))), kind="page", bundles=str(packages), strict=True)
    found = re.search(r"<script data-outlines=[^>]*>([^<]+)<", done)
    assert set(json.loads(gzip.decompress(base64.b64decode(found[1])))["topojson"]) == {"world_110m"}
    assert "The licence of the outlines" in done


def test_the_numbers_of_outlines_are_not_taken_for_those_of_a_hidden_cell(packages: Path) -> None:
    assert '"arcs"' not in unpacked(export(notebook(chart(of(REGIONS))), kind="deck", bundles=str(packages)))


def test_a_file_without_maps_has_no_outlines(packages: Path) -> None:
    done = export(notebook(chart()), kind="page", bundles=str(packages))
    assert not re.search(r"<script data-outlines|The licence of the outlines", done)


def test_outlines_of_another_version_are_not_used(packages: Path, caplog: pytest.LogCaptureFixture) -> None:
    (packages / "plotly.js" / "package.json").write_text('{"version": "0.0.1"}', encoding="utf-8")
    marks = {"type": "scattergeo", "lon": [1], "lat": [2]}
    done = export(notebook(chart(of(REGIONS)), chart(of(marks))), kind="page", bundles=str(packages))
    package = libraries.outlines().package
    assert f"its outlines are in the npm package {package}" in done
    assert re.findall(rf"Cell (\d): .* in the npm package {package}: npm install it", caplog.text) == ["1", "2"]


def test_outlines_that_the_package_lacks_are_reported(packages: Path, caplog: pytest.LogCaptureFixture) -> None:
    export(notebook(chart(of(REGIONS, geo={"scope": "asia"}))), kind="page", bundles=str(packages))
    assert "lacks asia_110m" in caplog.text


def test_places_without_outlines_are_named_in_the_log(packages: Path, caplog: pytest.LogCaptureFixture) -> None:
    small = {"type": "choropleth", "locations": ["FRA", "SGP", "MUS"], "z": [1, 2, 3]}
    export(notebook(chart(of(small)), chart(of(MARKS))), kind="page", bundles=str(packages))
    expected = "Cell 1: a map does not draw SGP, MUS, which have no outlines in it; layout.geo.resolution = 50 has more"
    assert caplog.messages == [expected]


@pytest.mark.parametrize(
    ("layout", "asked"),
    [
        ({}, {"world_110m"}),
        ({"geo": {"scope": "north america", "resolution": 50}}, {"north-america_50m"}),
        ({"geo": {"projection": {"type": "albers usa"}}}, {"usa_110m"}),
        ({"template": {"layout": {"geo": {"scope": "asia"}}}}, {"asia_110m"}),
        ({"geo": {"scope": "the moon"}}, {"world_110m"}),  # plotly.js draws the world then
        ({"geo": {"visible": False}}, set()),
        ({"geo": {"visible": False, "showland": True}}, {"world_110m"}),
    ],
)
def test_the_settings_of_a_map_say_which_outlines_it_asks_for(layout: dict, asked: set[str]) -> None:
    assert maps.outlines(of({"type": "scattergeo", "lon": [1], "lat": [2]}, **layout)) == asked


@pytest.mark.parametrize("args", [[{"geo.scope": "africa"}], ["geo.scope", "africa"], [{"geo": {"scope": "africa"}}]])
def test_a_menu_that_leads_to_another_continent_has_its_outlines(args: list, packages: Path) -> None:
    button = {"label": "Africa", "method": "relayout", "args": args}
    menu = {"buttons": [button, {"label": "World", "method": "relayout", "args": [{"geo.scope": "world"}]}]}
    done = export(notebook(chart(of(REGIONS, updatemenus=[menu]))), kind="page", bundles=str(packages))
    found = re.search(r"<script data-outlines=[^>]*>([^<]+)<", done)
    assert set(json.loads(gzip.decompress(base64.b64decode(found[1])))["topojson"]) == {"africa_110m", "world_110m"}


@pytest.mark.browser
def test_regions_and_marks_are_drawn_at_their_places_without_a_network(
    packages: Path, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "maps.html"
    with_land = {"geo": {"showland": True}}
    cells = [chart(of(trace, **with_land)) for trace in (REGIONS, MARKS)]
    done = export(notebook(*cells), kind="page", bundles=str(packages))
    path.write_text(done, encoding="utf-8")
    page = open_page(path.as_uri())
    for plot in page.locator(".plot").all():
        plot.scroll_into_view_if_needed()
        plot.locator(".geo .land path").wait_for(timeout=20_000, state="attached")
    west, east = (page.locator(".choroplethlayer path").nth(n).bounding_box() for n in (0, 1))
    assert west["x"] < west["x"] + west["width"] / 2 < east["x"]
    country = page.locator(".plot").nth(1).locator(".geo .land path").bounding_box()
    mark = page.locator(".plot").nth(1).locator(".scatterlayer .point").bounding_box()
    assert country["x"] < mark["x"] < country["x"] + country["width"]
    assert country["y"] < mark["y"] < country["y"] + country["height"]
