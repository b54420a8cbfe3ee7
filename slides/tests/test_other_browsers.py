"""One deck and one page work in Firefox and in WebKit: they open, move, draw their charts, and fit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from export_kit import chart, notebook, text
from kit_other_browsers import BROWSERS, OtherBrowser, wait_for
from notebook_decks.exporters import export

pytestmark = pytest.mark.browser
DRAWN = "document.querySelectorAll('.js-plotly-plot .main-svg .bars .point').length"
TITLE = "(document.querySelector('.reveal .slides section.present:not(.stack) :is(h1, h2)') || {}).textContent"


@pytest.fixture(scope="module", params=list(BROWSERS))
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OtherBrowser]:
    with BROWSERS[request.param](tmp_path_factory.mktemp(request.param)) as started:
        yield started


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The addresses of a deck and a page of the same notebook."""
    cells = [text("# Fruit", "slide"), text("## Sales", "slide"), chart(), text("## The end", "slide")]
    folder, made = tmp_path_factory.mktemp("files"), notebook(*cells)
    addresses = {}
    for kind in ("deck", "page"):
        path: Path = folder / f"{kind}.html"
        path.write_text(export(made, kind=kind), encoding="utf-8")
        addresses[kind] = path.as_uri()
    return addresses


def test_a_deck_moves_by_keyboard_and_draws_its_chart(other: OtherBrowser, files: dict[str, str]) -> None:
    other.open(files["deck"])
    wait_for(lambda: (other.value(TITLE) or "").strip() == "Fruit")
    seen = ["Fruit"]
    for _ in range(3):
        other.press("PageDown")
        wait_for(lambda: other.value(TITLE) is None or other.value(TITLE).strip() != seen[-1])
        seen.append((other.value(TITLE) or "").strip())
        if seen[-1] == "The end":
            break
    assert seen[-1] == "The end", seen
    assert wait_for(lambda: other.value(DRAWN)) == 6


def test_a_page_draws_its_chart_and_fits(other: OtherBrowser, files: dict[str, str]) -> None:
    other.open(files["page"])
    assert wait_for(lambda: other.value(DRAWN)) == 6
    assert other.value("document.querySelectorAll('h1').length") == 1
    root = "document.documentElement"
    assert other.value(f"{root}.scrollWidth <= {root}.clientWidth")
    assert other.value("document.querySelectorAll('figure.chart table td').length") == 6
