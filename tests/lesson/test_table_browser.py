"""Tables that readers sort, search and filter, on a page, a slide and a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.charts import with_plain_spaces
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_decks.exporters import export
from playwright.sync_api import Page, expect

import helpers
from securitytalks.lesson.forms import texts
from securitytalks.lesson.table import table
from securitytalks.words import numbers

pytestmark = pytest.mark.browser

ROWS = pd.DataFrame(
    {
        "Name": [f"Row {number}" for number in range(1, 41)],
        "Kind": ["figure", "event; figure"] * 20,
        "When": ["13 Oct 2022", "8 Oct 2021", "5 Oct 2023", ""] * 10,
        "Amount": ["about $3 billion", "more than 300,000", "87%", ""] * 10,
        "Count": range(9_990, 10_030),
    }
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    shown = helpers.show_table(ROWS, caption="Many rows", filters=["Kind"], search=True)._repr_mimebundle_()
    cell = new_code_cell("table", execution_count=1, outputs=[new_output("display_data", data=shown)])
    cell.metadata["tags"] = ["remove-input"]
    slide = {"slideshow": {"slide_type": "slide"}}
    heads = [new_markdown_cell(title, metadata=slide) for title in ("# Tables", "## One of them")]
    notebook = new_notebook(cells=[*heads, cell])
    folder: Path = tmp_path_factory.mktemp("table")
    for kind in ("page", "deck"):
        (folder / f"{kind}.html").write_text(export(notebook, kind=kind), encoding="utf-8")
    return {kind: (folder / f"{kind}.html").as_uri() for kind in ("page", "deck")}


def column(page: Page, number: int) -> list[str]:
    cells = page.locator(f"tbody tr:not([hidden]) > :nth-child({number})").all_text_contents()
    return [with_plain_spaces(cell) for cell in cells]


@pytest.mark.parametrize("kind", ["page", "deck"])
def test_a_table_is_sorted_searched_and_filtered(
    open_page: Callable[..., Page], files: dict[str, str], kind: str
) -> None:
    page = open_page(files[kind] + ("#/1" if kind == "deck" else ""))
    page.get_by_role("button", name="When").click()
    assert list(dict.fromkeys(column(page, 3))) == ["8 Oct 2021", "13 Oct 2022", "5 Oct 2023", ""]
    page.get_by_role("button", name="Amount").click()
    page.get_by_role("button", name="Amount").click()
    assert list(dict.fromkeys(column(page, 4))) == ["about $3 billion", "more than 300,000", "87%", ""]
    expect(page.get_by_role("columnheader", name="Amount")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("button", name="Count").click()
    assert column(page, 5)[:3] == ["9990", "9991", "9992"]
    assert column(page, 5)[-1] == "10,029"
    page.get_by_label("Search").fill("row 40")
    assert column(page, 1) == ["Row 40"]
    page.get_by_label("Search").fill("")
    page.get_by_role("combobox", name="Kind").select_option("event")
    assert len(column(page, 1)) == 20
    expect(page.get_by_role("status")).to_have_text("6 of 20 rows shown" if kind == "page" else "20 of 40 rows")


def test_numbers_with_other_marks_are_sorted_by_their_size(
    open_page: Callable[..., Page], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers, "marks", lambda: ".,")
    rows = pd.DataFrame({"Name": ["a", "b", "c"], "Amount": [12_345.5, 999.75, 1_000_000]})
    file = tmp_path / "table.html"
    file.write_text(helpers.show_table(rows, caption="Three", search=True).data, encoding="utf-8")
    page = open_page(file.as_uri())
    page.get_by_role("button", name="Amount").click()
    assert column(page, 2) == ["999,75", "12.345,5", "1.000.000"]


def test_days_and_amounts_of_another_language_are_sorted_by_what_they_say(
    open_page: Callable[..., Page], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spanish = {"months": "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic."}
    spanish |= {"hedges": "unos, más de", "sizes": "mil, millones, mil millones, billones"}
    monkeypatch.setattr(table, "texts", lambda form: texts(form) | spanish)
    rows = pd.DataFrame(
        {
            "When": ["13 oct. 2022", "5 ene. 2023", "8 dic. 2021"],
            "Amount": ["más de 9 mil millones", "unos 3 millones", "87"],
        }
    )
    file = tmp_path / "table.html"
    file.write_text(helpers.show_table(rows, caption="Three", search=True).data, encoding="utf-8")
    page = open_page(file.as_uri())
    page.get_by_role("button", name="When").click()
    assert column(page, 1) == ["8 dic. 2021", "13 oct. 2022", "5 ene. 2023"]
    page.get_by_role("button", name="Amount").click()
    assert column(page, 2) == ["87", "unos 3 millones", "más de 9 mil millones"]


def test_the_header_stays_in_sight_on_a_page(open_page: Callable[..., Page], files: dict[str, str]) -> None:
    page = open_page(files["page"], width=1280, height=720)
    expect(page.locator("tbody tr:visible")).to_have_count(6)
    expect(page.get_by_role("status")).to_have_text("6 of 40 rows shown")
    page.get_by_role("button", name="Show all 40 rows").click()
    expect(page.get_by_role("status")).to_have_text("40 of 40 rows")
    page.get_by_role("rowheader", name="Row 35").scroll_into_view_if_needed()
    expect(page.get_by_role("columnheader", name="Kind")).to_be_in_viewport()


def test_a_page_shows_all_rows_of_a_short_table(open_page: Callable[..., Page], tmp_path: Path) -> None:
    shown = helpers.show_table(ROWS[:13], caption="Thirteen rows")._repr_mimebundle_()
    cell = new_code_cell("table", execution_count=1, outputs=[new_output("display_data", data=shown)])
    notebook = new_notebook(cells=[new_markdown_cell("# Tables"), cell])
    file = tmp_path / "short.html"
    file.write_text(export(notebook, kind="page"), encoding="utf-8")
    page = open_page(file.as_uri(), width=1280, height=720)
    expect(page.locator("tbody tr:visible")).to_have_count(13)


# Rows in sight that an edge of their box cuts through, and how many are whole.
IN_SIGHT = """() => {
  const top = document.querySelector(".table-box thead").getBoundingClientRect().bottom;
  const bottom = document.querySelector(".table-box .more").getBoundingClientRect().top;
  const seen = [...document.querySelectorAll("tbody tr")].filter((row) => getComputedStyle(row).opacity === "1");
  const at = seen.map((row) => row.getBoundingClientRect());
  return [at.filter((row) => row.top < top - 2 || row.bottom > bottom + 2).length, at.length];
}"""


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)])
def test_a_slide_shows_whole_rows(open_page: Callable[..., Page], files: dict[str, str], size: tuple[int, int]) -> None:
    page = open_page(files["deck"] + "#/1", width=size[0], height=size[1])
    page.locator(".more").wait_for()
    cut, whole = page.evaluate(IN_SIGHT)
    assert not cut
    assert whole >= 5
    expect(page.locator(".more")).to_have_text(f"↓ {40 - whole} more rows")
    page.locator(".table-box").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".more")).not_to_have_text(f"↓ {40 - whole} more rows")
    page.wait_for_timeout(300)
    cut, whole = page.evaluate(IN_SIGHT)
    assert not cut
    assert whole >= 5


def test_a_slide_says_how_many_rows_are_out_of_sight(open_page: Callable[..., Page], files: dict[str, str]) -> None:
    page = open_page(files["deck"] + "#/1", width=1280, height=720)
    hint = page.locator(".more")
    expect(hint).to_be_in_viewport()
    expect(hint).to_contain_text("more rows")
    page.get_by_role("rowheader", name="Row 40").scroll_into_view_if_needed()
    page.locator(".table-box").evaluate("box => { box.scrollTop = box.scrollHeight; }")
    expect(hint).not_to_contain_text("more row")
    expect(page.get_by_role("columnheader", name="Kind")).to_be_in_viewport()


def test_a_phone_shows_each_row_as_a_card(open_page: Callable[..., Page], files: dict[str, str]) -> None:
    page = open_page(files["page"], width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    places = (
        page.locator("tbody tr")
        .first.locator(":scope > *")
        .evaluate_all("cells => cells.filter(c => c.offsetHeight).map(c => c.getBoundingClientRect().top)")
    )
    assert len(places) == 5
    assert places == sorted(set(places)), "each field stands below the one before"
    page.get_by_label("Sort by").select_option("When")
    assert column(page, 3)[0] == "8 Oct 2021"
    expect(page.get_by_role("rowheader")).to_have_count(3)
    page.get_by_role("button", name="Show all 40 rows").click()
    expect(page.get_by_role("rowheader")).to_have_count(40)
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_table_of_many_columns_has_the_width_of_the_page(
    open_page: Callable[..., Page], tmp_path: Path, width: int
) -> None:
    rows = pd.DataFrame({f"Column {n}": [f"word {n} " * 9, f"{n}"] for n in range(1, 13)})
    shown = helpers.show_table(rows, caption="Many columns")._repr_mimebundle_()
    cell = new_code_cell("table", execution_count=1, outputs=[new_output("display_data", data=shown)])
    (tmp_path / "page.html").write_text(export(new_notebook(cells=[cell]), kind="page"), encoding="utf-8")
    page = open_page((tmp_path / "page.html").as_uri(), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    last = page.get_by_role("cell", name="word 12").first
    expect(last).to_be_hidden()
    page.get_by_role("button", name="More").first.click()
    expect(last).to_be_visible()
    page = open_page((tmp_path / "page.html").as_uri(), width=width, java_script_enabled=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("cell", name="word 12").first).to_be_visible()
