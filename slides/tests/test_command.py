"""`jupyter nbconvert --to deck` and `--to page` as a user types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from export_kit import notebook, text
from nbformat.v4 import new_code_cell, new_output
from notebook_decks.exporters import CHECKOUT_TEMPLATES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sound notebooks, one that is damaged, and one that fails when it is run."""
    for name in ("first", "last"):
        nbformat.write(notebook(text("# A title", "slide")), tmp_path / f"{name}.ipynb")
    (tmp_path / "damaged.ipynb").write_text("{no notebook", encoding="utf-8")
    nbformat.write(notebook(new_code_cell("1 / 0")), tmp_path / "failing.ipynb")
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jupyter", "nbconvert", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(("kind", "ending"), [("deck", ".slides.html"), ("page", ".html")])
def test_the_other_notebooks_are_exported_after_a_failure(folder: Path, kind: str, ending: str) -> None:
    names = ["first.ipynb", "damaged.ipynb", "last.ipynb"]
    done = run(folder, "--to", kind, *names)
    assert done.returncode == 1
    assert {path.name for path in folder.glob("*.html")} == {f"first{ending}", f"last{ending}"}
    errors = [line for line in done.stderr.splitlines() if "ERROR" in line]
    assert len(errors) == 1
    assert "damaged.ipynb was not exported" in errors[0]
    assert "Traceback" not in done.stderr


def test_a_cell_that_fails_is_named_in_one_line(folder: Path) -> None:
    done = run(folder, "--to", "page", "--execute", "failing.ipynb")
    assert done.returncode == 1
    assert "failing.ipynb was not exported: a cell raised ZeroDivisionError: division by zero" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_traceback_appears_with_debug(folder: Path) -> None:
    assert "Traceback" in run(folder, "--to", "page", "--debug", "damaged.ipynb").stderr


def test_options_can_be_switched_on(folder: Path) -> None:
    answer = text("The answer is 7.")
    answer.metadata["tags"] = ["answer"]
    nbformat.write(notebook(text("# A title", "slide"), answer), folder / "lesson.ipynb")
    assert run(folder, "--to", "deck", "--Audience.lesson=True", "lesson.ipynb").returncode == 0
    assert "The answer is 7." not in (folder / "lesson.slides.html").read_text(encoding="utf-8")
    assert run(folder, "--to", "deck", "--Audience.lesson=False", "lesson.ipynb").returncode == 0
    assert "The answer is 7." in (folder / "lesson.slides.html").read_text(encoding="utf-8")


def test_an_export_that_must_lose_nothing_stops_where_it_would(folder: Path) -> None:
    lesser = new_code_cell("a", outputs=[new_output("display_data", {"application/vnd.unknown+json": {}})])
    nbformat.write(notebook(text("# A title", "slide"), lesser), folder / "lesser.ipynb")
    assert run(folder, "--to", "page", "lesser.ipynb").returncode == 0
    done = run(folder, "--to", "page", "--Document.strict=True", "lesser.ipynb")
    assert done.returncode == 1
    assert "Cell 2" in done.stderr


def test_a_template_that_a_configuration_outweighs_is_named(folder: Path) -> None:
    config = folder / "mine.json"
    config.write_text(json.dumps({"SlidesExporter": {"template_name": "deck"}}), encoding="utf-8")
    basedirs = f"--TemplateExporter.extra_template_basedirs={CHECKOUT_TEMPLATES}"
    done = run(folder, "--to", "slides", "--template", "reveal", "--config", str(config), basedirs, "first.ipynb")
    assert "use --SlidesExporter.template_name=reveal" in done.stderr


def test_a_wrong_command_line_is_answered_before_nbconvert_is_loaded(tmp_path: Path) -> None:
    code = (
        "import sys; from notebook_decks.publish.cli import main; status = main(['nowhere.ipynb']); "
        "print(status, 'nbconvert' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["1", "False"]
    assert "nowhere.ipynb was not found" in done.stderr
