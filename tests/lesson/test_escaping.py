"""Text that a student pastes or writes is shown as it is and never acts: in messages, tables and forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from kit.hostile import HOSTILE
from playwright.sync_api import Page

import helpers

HARMLESS = {"div", "p", "strong", "ul", "ol", "li", "b", "i", "table", "caption", "thead", "tbody", "tr", "th", "td"}
HARMLESS |= {"details", "summary", "code", "span"}
ATTRIBUTES = {"class", "style", "scope", "role"}


def pasted(*rows: str) -> Any:  # noqa: ANN401
    """What is said of codings that a teacher pastes."""
    text = "\n".join(["coder,passage,topics", *rows])
    return helpers.check_codings(text, helpers.load_passages(), helpers.load_topics())


def cell(text: str) -> str:
    """A text as a spreadsheet writes it into CSV."""
    return '"' + text.replace('"', '""') + '"'


def pasted_coder(text: str) -> Any:  # noqa: ANN401
    return pasted("Ana,urdupoint/3,migration", f"{cell(text)},urdupoint/3,migration")


def pasted_passage(text: str) -> Any:  # noqa: ANN401
    return pasted(f"Ana,{cell(text)},migration")


def pasted_topic(text: str) -> Any:  # noqa: ANN401
    return pasted(f"Ana,urdupoint/3,{cell(text)}")


def changed_value(text: str) -> Any:  # noqa: ANN401
    """A change that is written as it is, and that the check of the copy then names as a fault."""
    mine = helpers.practice_seeds()
    helpers.change_record(mine, "urdupoint/killed-since-2006", unit=text)
    return helpers.check_one_change(mine)


def changed_words(text: str) -> Any:  # noqa: ANN401
    """A sound change, whose new text comes back in a table."""
    mine = helpers.practice_seeds()
    helpers.change_record(mine, "urdupoint/20", settled=["migration"], gist=text)
    return helpers.show_table(helpers.load_passages(mine)[["gist"]].tail(8), caption=text, filters=["gist"])


def printed_words(text: str) -> Any:  # noqa: ANN401
    """A sound record of the practice article whose printed words the article does not have."""
    form = helpers.article_form().data.removeprefix("```toml\n").removesuffix("```")
    mine, value = helpers.practice_seeds(), json.dumps(text)
    values = {
        "id": '"x"', "kind": '"figure"', "topics": '["addiction"]', "value": "1200", "as_printed": value,
        "precision": '"about"', "unit": '"people"', "stock_or_flow": '"stock"', "window_start": '"2023-01"',
        "first": '["addiction"]', "second": '["addiction"]', "settled": '["addiction"]',
    }  # fmt: skip
    lines = []
    for line in form.splitlines():
        name, equals, old = line.partition(" = ")
        blank = '"..."' in old or name in values
        written = values.get(name, '"words"')
        lines.append(f"{name} = {written}" if equals and blank else line)
    return helpers.check_article(mine, "\n".join(lines))


def asked(text: str) -> Any:  # noqa: ANN401
    braced = text.replace("{", "{{").replace("}", "}}")
    return helpers.quiz(braced, [(braced, True, braced), ("No", False, "No.")])


PLACES = [pasted_coder, pasted_passage, pasted_topic, changed_value, changed_words, printed_words, asked]


def html_of(shown: Any) -> str:  # noqa: ANN401
    if hasattr(shown, "_repr_mimebundle_"):
        return shown._repr_mimebundle_()["text/html"]
    assert shown._repr_html_() is not None, "foreign text must leave as HTML, not as Markdown"
    return shown._repr_html_()


@pytest.mark.parametrize("place", PLACES)
def test_foreign_text_adds_no_markup(place: Callable[[str], Any]) -> None:
    for text in HOSTILE:
        page = html_of(place(text))
        # Our own script of a table is the one thing that may run.
        found = [tag for tag in BeautifulSoup(page, "html.parser").find_all(True) if tag.name != "script"]
        assert {tag.name for tag in found} <= HARMLESS, text
        names = {name for tag in found for name in tag.attrs if not name.startswith("data-")}
        assert names <= ATTRIBUTES, text


@pytest.mark.parametrize("place", [pasted_coder, changed_words])
def test_foreign_text_is_shown_whole(place: Callable[[str], Any]) -> None:
    for text in HOSTILE:
        soup = BeautifulSoup(html_of(place(text)), "html.parser")
        assert text in soup.get_text(), text


@pytest.mark.browser
def test_foreign_text_runs_no_script_in_a_browser(open_page: Callable[..., Page]) -> None:
    page = open_page("about:blank")
    for place in PLACES:
        for text in HOSTILE:
            page.evaluate("html => { document.body.innerHTML = html; }", html_of(place(text)))
    page.wait_for_timeout(200)
    assert page.evaluate("window.__x") is None
