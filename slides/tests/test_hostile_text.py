"""Text that would act as markup, in every place of a notebook and of a plan: files show it, and none acts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from export_kit import chart, figure, notebook, shown, text
from kit.hostile import HOSTILE
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from playwright.sync_api import Page

NAME = "<img src=x onerror=window.__x=1>"
ALL = " ".join(HOSTILE)
# A picture that is not there, and what else Markdown may hold, stops `publish`: here the files are to be looked at.
LENIENT = """
import sys
from notebook_decks.publish import cli, job
strict = job.export
job.export = lambda notebook, **given: strict(notebook, **given | {"strict": False})
job.leak = lambda *_, **__: ""  # the texts are the same in all cells
sys.exit(cli.main(sys.argv[1:]))
"""
SCRIPTS = {"application/json", "text/plain"}  # what is no program


def hostile_figure(steps: list[str]) -> dict:
    """A chart that holds the texts in each of its fields: labels, hover texts, controls, steps, words and rows."""
    spec = figure()
    layout, meta = spec["layout"], spec["layout"]["meta"]
    meta |= dict.fromkeys(("finding", "measure", "unit", "source", "note", "description", "table"), ALL)
    meta |= {"columns": ["Text", ALL], "rows": [[one, number] for number, one in enumerate(HOSTILE)]}
    meta["steps"] = [{"text": one, "changes": {"annotations[0].text": one}} for one in steps]
    choices = [{"label": one, "method": "skip"} for one in HOSTILE]
    layout["updatemenus"] = [{"name": ALL, "buttons": choices}, {"name": ALL, "type": "buttons", "buttons": choices}]
    layout["sliders"] = [{"currentvalue": {"prefix": ALL}, "steps": choices}]
    layout["xaxis"] = {"title": {"text": ALL}, "type": "category"}
    layout["annotations"] += [{"text": one, "x": 0, "y": 1} for one in HOSTILE]
    bars = {"type": "bar", "x": HOSTILE, "y": [*range(len(HOSTILE))], "name": ALL, "text": HOSTILE}
    spec["data"] = [bars | {"hovertext": HOSTILE, "hoverinfo": "text"}, bars | {"hovertemplate": f"{ALL}%{{x}}"}]
    return spec


def hostile_notebook() -> NotebookNode:
    """A notebook that holds the texts in each kind of cell and output."""
    errors = new_output("error", ename=ALL, evalue=ALL, traceback=HOSTILE)
    cells = [text("# Hostile", "slide"), *(text(f"## {one}\n\n{one}", "slide") for one in HOSTILE)]
    for at in range(0, len(HOSTILE), 5):
        cells.append(chart(hostile_figure(HOSTILE[at : at + 5]), slideshow={"slide_type": "slide"}))
    bare = hostile_figure([])
    del bare["layout"]["meta"]
    cells += [
        chart(bare),
        new_code_cell(ALL, execution_count=1, outputs=[errors], metadata={"tags": ["raises-exception", NAME]}),
        *(shown({mime: one}) for one in HOSTILE for mime in ("text/html", "text/markdown", "text/plain", "text/latex")),
        new_markdown_cell(ALL, metadata={"slideshow": {"slide_type": "notes"}}),
        new_markdown_cell(ALL, metadata={"tags": ["answer"]}),
    ]
    about = {"lesson": True, "licence": ALL, "citation": ALL}
    return notebook(*cells, title=ALL, notebook_decks=about, explainer={"spanish": HOSTILE})


def hostile_guide(first: str) -> NotebookNode:
    """A guide whose plan holds the texts."""
    slides = [{"slide": f"{NAME}#{first}", "note": ALL}]
    routes = {"45": {"title": ALL, "parts": [{"part": ALL, "minutes": 5, "slides": slides}]}}
    cells = [text("# Guide"), text(f"Why {ALL}?", tags=["question"]), text(ALL, tags=["answer"])]
    about = {"lesson": True, "routes": routes}
    return notebook(*cells, title=ALL, explainer={"kind": "guide"}, notebook_decks=about)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers are not forked, and would be strict")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published from a hostile notebook and a hostile guide."""
    project = tmp_path_factory.mktemp("hostile")
    (project / "notebooks").mkdir()
    described = "description = '''" + ALL.replace("'", "’") + "'''\n"
    (project / "pyproject.toml").write_text(f'[project]\nname = "<b>x</b>"\n{described}', encoding="utf-8")
    made = hostile_notebook()
    nbformat.write(made, project / "notebooks" / f"{NAME}.ipynb")
    nbformat.write(hostile_guide(made.cells[1]["id"]), project / "notebooks" / "guide.ipynb")
    command = [sys.executable, "-c", LENIENT, "notebooks", "--run", "never", "--jobs", "2"]
    env = os.environ | {"CHROMIUM": ""}
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert all(line.isprintable() for line in done.stderr.splitlines())
    return project / "published"


def pages(published: Path) -> list[Path]:
    found = sorted(published.rglob("*.html"))
    assert len(found) == 11, "a page, two decks, worksheet, guide, key, two decks of a route, two phone pages, an index"
    return found


def test_no_published_file_has_markup_of_the_texts(published: Path) -> None:
    for path in pages(published):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        programs = [tag for tag in soup.find_all("script") if tag.get("type") not in SCRIPTS]
        assert not [tag for tag in programs if "window.__x" in tag.get_text()], path.name
        for tag in soup.find_all(True):
            assert tag.name not in {"iframe", "object", "embed", "base", "form"}, path.name
            acting = [name for name in tag.attrs if name.startswith("on")]
            assert not acting, f"{path.name}: {tag.name} {acting}"
            for name in ("href", "src", "xlink:href", "action"):
                acts = r"(?i)\s*(javascript:|x$)" if tag.name == "a" else r"(?i)\s*(javascript:|x$|http://127)"
                assert not re.match(acts, str(tag.get(name, ""))), f"{path.name}: {tag}"
        assert not [tag for tag in soup.find_all("style") if "*{display:none}" in tag.get_text()], path.name


def test_the_table_behind_a_chart_shows_each_text_whole(published: Path) -> None:
    for path in (published / "read" / f"{NAME}.html", published / "class" / f"{NAME}-class.html"):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        table = soup.select_one("figure.chart table")
        assert table is not None
        assert [row.find("th").get_text() for row in table.select("tbody tr")] == HOSTILE
        assert [option.get_text() for option in soup.select("figure.chart select option")][-1:] != []


def test_the_first_page_and_the_worksheet_show_the_title_as_it_is(published: Path) -> None:
    whole = " ".join(ALL.replace("'", "’").split())
    for path in (published / "index.html", published / "class" / "guide-worksheet.html"):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert whole in " ".join(soup.get_text().split()), path.name


@pytest.mark.browser
def test_no_published_file_runs_any_of_it_in_a_browser(published: Path, open_page: Callable[..., Page]) -> None:
    for path in pages(published):
        page = open_page(path.as_uri())
        if page.locator(".reveal").count():
            while not page.evaluate("Reveal.isLastSlide()"):
                page.evaluate("Reveal.next()")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for plot in page.locator("figure.chart .walk").all():
            if plot.is_visible():
                plot.scroll_into_view_if_needed()
                plot.focus()
                for key in ("ArrowRight", "Enter", "End", "ArrowDown"):
                    page.keyboard.press(key)
        page.wait_for_timeout(100)
        assert page.evaluate("window.__x") is None, path.name
        page.close()
