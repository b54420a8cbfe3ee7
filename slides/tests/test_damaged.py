"""Notebooks that are damaged in any way: a whole export, or one line that names the file and the place."""

from __future__ import annotations

import json
import os
import random
import runpy
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import pytest
from export_kit import FIGURE, chart, figure, notebook, text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from notebook_decks.errors import ExportError
from notebook_decks.exporters import PageExporter, export
from notebook_decks.given import LARGEST
from notebook_decks.publish.leaks import spoken
from notebook_decks.publish.plan import plan
from notebook_decks.publish.settings import PublishError
from notebook_decks.stored import digest

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads(Path(__file__).with_name("damaged.json").read_text(encoding="utf-8"))
LONG = {
    "a number of 5,000 digits": f'{{"cells": [], "metadata": {{"x": {"9" * 5000}}}, "nbformat": 4}}',
    "lists in lists": f'{{"cells": [], "metadata": {{"x": {"[" * 400}{"]" * 400}}}, "nbformat": 4}}',
    "lists in lists, deeper": "[" * 100_000,
    "format 3": '{"worksheets": [{"cells": [5]}], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}',
    "format 5": '{"cells": [], "metadata": {}, "nbformat": 5, "nbformat_minor": 0}',
    "no JSON": "# A notebook?",
    "half of a notebook": '{"cells": [{"cell_type": "markdown", "source": "# A',
    "nothing": "",
    "one number": "5",
}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
REFERENCE = "&#" + "9" * 4400 + ";"
TEXTS = {
    "a reference with 4,400 digits": REFERENCE,
    "opened tags": "<div>" * 2000,
    "opened drawings": "<svg>" * 2000,
    "tables in tables": "<table><tr><td>" * 400,
    "quotations in quotations": "> " * 900,
    "one word": "a" * 90_000,
    "a tag without an end": "<a " * 10_000,
    "an attribute without an end": "<a href='" * 10_000,
    "a formula without an end": "$$" + "\\frac{1}{" * 5000,
}
few = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def small() -> dict[str, Any]:
    """A notebook with a cell of each kind, as JSON."""
    made = notebook(text("# A title\n\n![a](attachment:a.png)", "slide", tags=["hint"]), chart(figure()))
    made.cells[0]["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo="}}
    return json.loads(nbformat.writes(made))


def put(whole: Any, place: list[Any], value: object) -> None:  # noqa: ANN401 any JSON
    """Write a value at a place of JSON."""
    for key in place[:-1]:
        whole = whole[key]
    whole[place[-1]] = value


def tried(path: Path, kind: str) -> str:
    """Export a file; give the error of ours, or nothing where the export is whole."""
    try:
        done = export(path, kind=kind)
    except ExportError as error:
        message = str(error)
        assert message.startswith(str(path))
        assert message.isprintable(), "more than one line"
        return message
    done.encode("utf-8")
    assert done.rstrip().endswith("</html>")
    return ""


def written(folder: Path, notebook: object) -> Path:
    path = folder / "damaged.ipynb"
    path.write_text(notebook if isinstance(notebook, str) else json.dumps(notebook), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_damaged_part_is_named_or_shown(case: dict[str, Any], tmp_path: Path) -> None:
    damaged = small()
    put(damaged, case["place"], case["value"])
    path = written(tmp_path, damaged)
    for kind in ("page", "deck"):
        assert case.get("says", "") in tried(path, kind)
    if "says" in case:
        with pytest.raises(PublishError) as raised:
            plan([path])
        assert case["says"] in str(raised.value)


@pytest.mark.parametrize("content", LONG.values(), ids=LONG.keys())
def test_a_file_that_is_no_notebook_is_named(content: str, tmp_path: Path) -> None:
    path = written(tmp_path, content)
    assert tried(path, "page")
    with pytest.raises(PublishError, match="damaged"):
        plan([path])


@pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS.keys())
def test_text_that_trips_readers_up_is_shown_or_named(words: str, tmp_path: Path) -> None:
    for place in ("source", "text/html", "text/markdown"):
        damaged = small()
        if place == "source":
            damaged["cells"][0]["source"] = words
        else:
            damaged["cells"][1]["outputs"][0]["data"] = {place: words}
        tried(written(tmp_path, damaged), "page")
    spec = figure(title={"text": words})
    spec["data"][0] |= {"name": words, "hovertext": [words] * 3}
    damaged["cells"][1]["outputs"][0]["data"] = {FIGURE: spec}
    tried(written(tmp_path, damaged), "deck")
    assert spoken(f"one {words} two")[0] == "one"


def pipe(path: Path) -> None:
    os.mkfifo(path)


def circle(path: Path) -> None:
    path.symlink_to(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def endless(path: Path) -> None:
    path.symlink_to("/proc/kmsg")  # a regular file without bytes, by its own account


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)


def gone(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders, and links need a privilege")
@pytest.mark.parametrize(
    "make", [pipe, circle, device, endless, large, gone, Path.mkdir], ids=lambda make: make.__name__
)
def test_what_is_no_regular_file_of_a_sensible_size_is_not_opened(make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "damaged.ipynb"
    make(path)
    assert tried(path, "page")
    with pytest.raises(PublishError, match=r"is no Jupyter notebook|at most"):
        plan([tmp_path])


FUZZ = runpy.run_path(str(ROOT / "benchmarks" / "fuzz.py"))


@few
@given(number=st.integers(0, 10**6), kind=st.sampled_from(["page", "deck"]))
def test_a_notebook_changed_anywhere_is_exported_or_named(number: int, kind: str, tmp_path: Path) -> None:
    damaged = small()
    FUZZ["damaged"](damaged, random.Random(number))
    path = written(tmp_path, damaged)
    tried(path, kind)


ROUTE = {"title": "T", "parts": [{"part": "P", "minutes": 5, "slides": [{"slide": "a#b", "note": "n"}]}]}


@few
@given(number=st.integers(0, 10**6))
def test_a_plan_changed_anywhere_is_read_or_named(number: int, tmp_path: Path) -> None:
    metadata = {"title": "A", "explainer": {"kind": "notebook"}, "notebook_decks": {"routes": {"45": ROUTE}}}
    damaged = {"metadata": json.loads(json.dumps(metadata)), "cells": [], "nbformat": 4, "nbformat_minor": 5}
    FUZZ["damaged"](damaged["metadata"], random.Random(number))
    path = written(tmp_path, damaged)
    try:
        found = plan([path])
    except PublishError as error:
        message = str(error).splitlines()
    else:
        assert found.paths
        message = [f"{path} is planned"]
    assert len(message) == 1
    assert str(path) in message[0]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (b"[project", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b"a = " + b"[" * 3000, "cannot be read"),
        (b"project = 5", "[project]: description is 5; allowed is a text"),
        (b"[project]\nname = 5", "[project]: name is 5; allowed is a text"),
        (b'[project]\ndescription = ["x"]', "[project]: description is ['x']; allowed is a text"),
        (b"tool = 5", "[tool.notebook-decks] is 5; allowed is a table of settings"),
        (b"[tool.notebook-decks]\ntime = 5", "there is no setting 'time'; allowed are title, name, notebooks,"),
        (
            b"[tool.notebook-decks]\ntimeout = true",
            "timeout is True; allowed is a whole number of seconds from 1 to",
        ),
        (b'[tool.notebook-decks]\nto = "../out"', "to is '../out'; allowed is a folder in the project's folder"),
        (b'[tool.notebook-decks]\nbeside = "src"', "beside is 'src'; allowed is a list of files and folders"),
        (b"[tool.notebook-decks]\nnotebooks = []", "notebooks is []; allowed is a list of files and folders"),
        (b'[tool.notebook-decks]\nto = "\\u0000"', "allowed is a folder in the project's folder"),
        (b"[project]\nname = '" + b"a" * 300 + b"'", "allowed is a text of at most 80 characters"),
        (b"""[tool.notebook-decks]\nsite = 'https://e.org/"><b>'""", "allowed is an address such as"),
        (b"a." * 40_000 + b"b = 1", "a line has 200 dots"),
        (b"#" * 2_000_000, "it is no regular file of at most 250,000 bytes"),
        (b"[tool.notebook-decks]\ntimeout = 0x" + b"f" * 5000, "timeout is a number of thousands of digits"),
        (b"[tool.notebook_decks]\ntimeout = 5", "[tool.notebook_decks] is not read; write [tool.notebook-decks]"),
        (b'[tool.notebook-decks]\nsite = "https://e.org/?"', "allowed is an address such as"),
        (b"[tool.notebook-decks]\nsite = 'https://e.org\\@f.org/'", "allowed is an address such as"),
        (b'[tool.notebook-decks]\nsite = "example"', "site is 'example'; allowed is an address such as"),
    ],
)
def test_settings_that_cannot_be_used_are_named(settings: bytes, says: str, tmp_path: Path) -> None:
    path = written(tmp_path, small())
    (tmp_path / "pyproject.toml").write_bytes(settings)
    with pytest.raises(PublishError, match="pyproject") as raised:
        plan([path])
    assert says in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders, and links need a privilege")
@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_settings_that_are_no_file_are_neither_read_for_ever_nor_passed_over(
    make: Callable[[Path], object], tmp_path: Path
) -> None:
    path = written(tmp_path, small())
    make(tmp_path / "pyproject.toml")
    with pytest.raises(PublishError, match=r"pyproject\.toml cannot be read: it is no regular file"):
        plan([path])


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_file_of_the_system_that_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    endless(tmp_path / "pyproject.toml")
    notebook = small()
    notebook["cells"][0]["source"] = "# Title\n\n<img src='pyproject.toml'>"
    notebook["cells"][1]["outputs"][0]["data"] = {"text/html": "<iframe src='pyproject.toml'></iframe>"}
    path = written(tmp_path, notebook)
    tried(path, "page")
    with suppress(PublishError):  # who may not read the file is told so
        plan([path])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["a\nb.ipynb", "a\u202eb.ipynb", "a\udcff.ipynb"])
def test_a_notebook_whose_name_cannot_be_shown_is_named(name: str, tmp_path: Path) -> None:
    written(tmp_path, small()).rename(tmp_path / name)
    with pytest.raises(PublishError, match="a name with a character that cannot be seen; rename it") as raised:
        plan([tmp_path])
    assert str(raised.value).isprintable()


def test_a_project_sets_what_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "lessons" / "deep" / "deeper"
    deep.mkdir(parents=True)
    path = written(deep, small())
    about = '[project]\nname = "p"\n[tool.notebook-decks]\ntitle = "T"\nnotebooks = ["lessons/deep/deeper"]\nsite = "https://e.org/a"'
    (tmp_path / "pyproject.toml").write_text(about, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "lessons")
    found = plan([])
    assert [notebook.path for notebook in found.notebooks] == [path]
    assert (found.settings.title, found.settings.name, found.settings.site) == ("T", "p", "https://e.org/a/")
    assert (found.project, found.settings.to) == (tmp_path, "published")


def test_a_mark_at_the_start_of_a_file_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "marked.ipynb"
    path.write_text(json.dumps(small()), encoding="utf-8-sig")
    html, _ = PageExporter().from_filename(str(path))
    assert "A title" in html
    assert "A title" in export(path, kind="page")


@pytest.mark.parametrize(
    "layout", [{}, {"title": {"text": "A", "y": "top"}}, {"annotations": [{"name": "footer", "yshift": "x"}]}]
)
@pytest.mark.parametrize(
    "stored", ["AAAA", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB", PIXEL], ids=["no picture", "half", "whole"]
)
def test_a_stored_picture_or_a_title_of_any_form_leaves_the_chart_in_the_file(stored: str, layout: dict) -> None:
    cell = chart(figure(**layout))
    output = cell.outputs[0]
    output.data["text/html"] = f'<img src="data:image/png;base64,{stored}">'
    output.metadata["notebook_decks"] = {"picture_of": digest(output.data[FIGURE])}
    done = export(notebook(cell), kind="page")
    assert done.count('<div class="plot"') == 1
    assert ('class="picture"' in done) == (stored == PIXEL)


PLANS = [
    (["parts", 0, "minutes"], -5, "45: part 1: minutes is -5; allowed is a whole number from 1 to 600"),
    (
        ["parts", 0, "worksheet"],
        1,
        "45: part 1: worksheet is 1; allowed is a list of numbers of questions, such as [1, 2]",
    ),
    (["parts", 0, "minutes"], 10**6, "minutes is 1000000"),
    (["parts", 0, "minutes"], True, "minutes is True"),
    (["parts", 0, "part"], " ", "45: part 1: part is ' '; allowed is a text"),
    (["parts", 0, "class"], 2, "45: part 1: class is 2; allowed is a text"),
    (["parts", 0, "slides"], [], "45: part 1: slides is []; allowed is a list with at least one entry"),
    (["parts", 0, "slides"], ["a#b"], "slides is 'a#b'; allowed is a table of names and values"),
    (["parts", 0, "slides", 0, "note"], 5, "slides: note is 5; allowed is a text"),
    (["parts"], [], "45: parts is []; allowed is a list with at least one entry"),
    (["title"], None, "45: title is None; allowed is a text"),
    (["colour"], "x", "45 is 'colour'; allowed is one of title, parts"),
    (["parts", 0, "minuts"], 5, "45: part 1 is 'minuts'; allowed is one of part, class, minutes, worksheet, slides"),
    (["parts", 0, "slides", 0, "nota"], "x", "45: part 1: slides is 'nota'; allowed is one of slide, title, note"),
]


@pytest.mark.parametrize(("place", "value", "says"), PLANS, ids=[says for _, _, says in PLANS])
def test_a_plan_that_means_nothing_is_named(place: list[Any], value: object, says: str, tmp_path: Path) -> None:
    route = json.loads(json.dumps(ROUTE))
    put(route, place, value)
    path = written(tmp_path, small() | {"metadata": {"notebook_decks": {"routes": {"45": route}}}})
    with pytest.raises(PublishError) as raised:
        plan([path])
    assert says in str(raised.value)
    assert str(raised.value).startswith(f"{path}: metadata.notebook_decks.routes")


@pytest.mark.parametrize(("one", "other"), [("a", "A"), ("\u00df", "ss")], ids=["case", "sharp s"])
def test_names_that_some_disks_take_for_one_are_refused(one: str, other: str, tmp_path: Path) -> None:
    path = written(tmp_path, small() | {"metadata": {"notebook_decks": {"routes": {one: ROUTE, other: ROUTE}}}})
    with pytest.raises(PublishError, match="two routes are named"):
        plan([path])
    for name in (one, other):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.ipynb").write_text(json.dumps(small()), encoding="utf-8")
    with pytest.raises(PublishError, match="two notebooks are named"):
        plan([tmp_path / one, tmp_path / other])


def test_a_notebook_whose_ending_has_capital_letters_is_not_left_out_without_a_word(tmp_path: Path) -> None:
    path = written(tmp_path, small()).with_name("other.IPYNB")
    path.write_text(json.dumps(small()), encoding="utf-8")
    with pytest.raises(PublishError, match=r"other\.IPYNB has an ending that is not read; write it in small letters"):
        plan([tmp_path])
