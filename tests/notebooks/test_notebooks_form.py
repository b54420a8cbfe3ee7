"""The form of the notebooks: what a reader, a class and a teacher may count on in each of them.

Words are what a reader reads: markdown cells without the teacher's, and sentences that a cell puts out as markdown.
Lines are all lines of code that are not blank, collapsed or not. A cell that puts out nothing but such a sentence is
prose: it may stand between two cells of code and may lead one.
"""

from __future__ import annotations

import ast
import itertools
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit.notebooks import NOTEBOOKS, PLOTLY, ROOT, figures, outputs, read, source
from notebook_decks.plugins import renderers

Cell = dict[str, Any]
Notebook = dict[str, Any]

SETUP = """import pathlib, sys
sys.path[:0] = [str(p / "src") for p in [pathlib.Path.cwd(), *pathlib.Path.cwd().parents] \
if (p / "src/helpers.py").is_file()][:1]
import helpers"""
TAGS = {
    "remove-input",
    "remove-cell",
    "aim",
    "preview",
    "question",
    "hint",
    "slip",
    "answer",
    "teachers-note",
    "extension",
    "exercise",
    "check",
}
SLIDES = {"slide", "subslide", "fragment", "-", "skip", "notes"}
NOT_ON_A_SLIDE = {"skip", "notes"}
NOT_FOR_THE_CLASS = {"answer", "teachers-note", "exercise", "check"}
LEAD_INS = ("What we established", "What is disputed", "What would change this")
MIMES = {PLOTLY, "text/plain", "text/markdown", "text/html", *renderers()}
LINK = re.compile(r"!?\[([^\]]*)\]\(([^)]*)\)")
# Three digits or more, an amount of money, or a number with its measure; a year alone is none of them.
NUMBER = re.compile(
    r"(?P<year>\b(?:19|20)\d\d\b(?!,\d))|\b\d{1,3}(?:,\d{3})+|\d{3,}|\$\s?\d[\d.,]*"
    r"|\b\d+(?:\.\d+)?(?:\s?%|\s(?:per ?cent|thousand|million|billion)\b)"
)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def is_guide(path: Path) -> bool:
    """Return whether a notebook is for teachers alone: a page, never slides."""
    return read(path)["metadata"].get("explainer", {}).get("kind") == "guide"


LESSONS = [path for path in NOTEBOOKS if not is_guide(path)]
for_lessons = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem, indirect=True)


@pytest.fixture
def notebook(path: Path) -> Notebook:
    return read(path)


def slide_type(cell: Cell) -> str | None:
    return cell["metadata"].get("slideshow", {}).get("slide_type")


def tags(cell: Cell) -> set[str]:
    return set(cell["metadata"].get("tags", []))


def is_collapsed(cell: Cell) -> bool:
    return cell["metadata"].get("jupyter", {}).get("source_hidden", False)


def of_type(notebook: Notebook, kind: str) -> list[Cell]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def lines(cell: Cell) -> int:
    return sum(bool(line.strip()) for line in source(cell).splitlines())


def sentences(cell: Cell) -> str:
    """Give what a cell says in prose: its own text, or the markdown it puts out."""
    if cell["cell_type"] == "markdown":
        return source(cell)
    return "\n".join(outputs(cell, "text/markdown"))


def words(text: str) -> int:
    """Count words; a link counts by its text, marks of emphasis and lists do not count.

    >>> words("## The **two** [counts](02.ipynb) differ - why?")
    5
    """
    return len(re.findall(r"[^\W_]+(?:[’'.,-][^\W_]+)*", LINK.sub(r"\1", text)))


def is_prose(cell: Cell) -> bool:
    """Return whether a reader sees words here and nothing else."""
    if cell["cell_type"] == "markdown":
        return True
    shown = [mime for output in cell["outputs"] for mime in output.get("data", {}) if mime != "text/plain"]
    return is_collapsed(cell) and bool(shown) and set(shown) == {"text/markdown"}


def first_line(cell: Cell) -> str:
    return (source(cell).strip().splitlines() or ["(empty)"])[0][:70]


def slides(notebook: Notebook) -> Iterator[list[Cell]]:
    """Give the cells of each slide that the class sees, in order."""
    slide: list[Cell] = []
    for cell in notebook["cells"]:
        if slide_type(cell) in NOT_ON_A_SLIDE or tags(cell) & NOT_FOR_THE_CLASS:
            continue
        if slide_type(cell) in {"slide", "subslide"} and slide:
            yield slide
            slide = []
        slide.append(cell)
    if slide:
        yield slide


def test_notebooks_are_numbered_questions_in_reading_order() -> None:
    names = [path.name for path in NOTEBOOKS]
    assert names, "no notebook in notebooks/"
    assert not [name for name in names if not re.fullmatch(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*\.ipynb", name)]
    assert [name[:2] for name in names] == [f"{number:02}" for number in range(1, len(names) + 1)]


def test_opens_with_one_title_and_the_answer(notebook: Notebook) -> None:
    titles = [cell for cell in of_type(notebook, "markdown") if re.search(r"^# ", source(cell), re.MULTILINE)]
    assert titles == notebook["cells"][:1], "one `# ` heading, in the first cell"
    assert len(re.findall(r"^# ", source(titles[0]), re.MULTILINE)) == 1
    assert 25 <= words(source(titles[0])) <= 120, f"the first cell has {words(source(titles[0]))} words, not 25 to 120"


def test_headings_skip_no_level(notebook: Notebook) -> None:
    text = "\n".join(source(cell) for cell in of_type(notebook, "markdown"))
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels


@pytest.mark.parametrize("path", LESSONS[1:], ids=lambda path: path.stem)  # the first ends with questions to keep
def test_ends_with_three_lines_and_a_link(notebook: Notebook, path: Path) -> None:
    at = next(at for at, cell in enumerate(notebook["cells"]) if cell["id"] == "close")
    last = "\n".join(source(cell) for cell in notebook["cells"][at:])
    found = [lead for lead in LEAD_INS if lead in last]
    assert found == list(LEAD_INS), f"the last cell lacks {set(LEAD_INS) - set(found)}"
    targets = [target for _, target in LINK.findall(last) if target.endswith(".ipynb")]
    assert targets, "the end links to no notebook"
    assert not [target for target in targets if not (path.parent / target).is_file()]


def test_no_slide_or_page_speaks_of_notebooks_or_cells(notebook: Notebook) -> None:
    """Decks and pages are made of these cells, and their readers have neither; exercises are done in JupyterLab."""
    shown = [cell for cell in notebook["cells"] if not {"exercise", "check", "answer", "remove-cell"} & tags(cell)]
    text = LINK.sub(r"\1", "\n".join(sentences(cell) for cell in shown))
    assert re.findall(r".{0,40}(?<![\w/])(?:[Nn]otebooks?|[Rr]un (?:the|this|both))\b.{0,40}", text) == []


def test_links_lead_somewhere(notebook: Notebook, path: Path) -> None:
    text = "\n".join(sentences(cell) for cell in notebook["cells"])
    local = [target.split("#")[0] for _, target in LINK.findall(text) if not re.match(r"[a-z]+:|#", target)]
    assert not [target for target in local if not (path.parent / target).exists()]


def test_tags_and_slide_types_are_known(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        assert slide_type(cell) in SLIDES, f"slide type {slide_type(cell)!r}: {first_line(cell)}"
        assert tags(cell) <= TAGS, f"unknown tags {sorted(tags(cell) - TAGS)}: {first_line(cell)}"


def test_setup_cell_is_the_same_everywhere_and_out_of_sight(notebook: Notebook) -> None:
    setup = of_type(notebook, "code")[0]
    assert source(setup) == SETUP
    assert is_collapsed(setup)
    assert tags(setup) == {"remove-input"}
    assert slide_type(setup) == "skip"


def test_helpers_is_all_that_is_imported(notebook: Notebook) -> None:
    for cell in of_type(notebook, "code")[1:]:
        found = [node for node in ast.walk(ast.parse(source(cell))) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert not found, f"imports more than helpers: {first_line(cell)}"


def test_code_is_short(notebook: Notebook) -> None:
    counts = sorted((lines(cell) for cell in of_type(notebook, "code")), reverse=True)
    assert statistics.median(counts) <= 3, f"median {statistics.median(counts)} lines a cell"
    assert counts[0] <= 15, f"longest cells: {counts[:3]} lines"


def test_code_is_led_by_prose(notebook: Notebook) -> None:
    cells = notebook["cells"]
    pairs = [(before, cell) for before, cell in itertools.pairwise(cells) if not is_prose(cell)]
    alone = [first_line(cell) for before, cell in pairs if not is_prose(before)]
    assert len(alone) <= 0.2 * len(pairs), f"{len(alone)} of {len(pairs)} code cells have no prose before them: {alone}"
    marks = "".join("." if is_prose(cell) else "c" for cell in cells)
    assert "ccc" not in marks, "three code cells in a row"


@for_lessons
def test_words_to_a_line_of_code(notebook: Notebook) -> None:
    read_by_all = [
        cell for cell in notebook["cells"] if slide_type(cell) != "notes" and "teachers-note" not in tags(cell)
    ]
    total = sum(words(sentences(cell)) for cell in read_by_all)
    code = sum(lines(cell) for cell in of_type(notebook, "code"))
    assert 10 <= total / code <= 32, (
        f"{total} words for {code} lines of code: {total / code:.1f} words a line, not 10 to 32"
    )


def test_code_that_only_draws_is_collapsed(notebook: Notebook) -> None:
    for cell in of_type(notebook, "code"):
        only_calls = all(isinstance(statement, ast.Expr) for statement in ast.parse(source(cell)).body)
        if only_calls and any(outputs(cell, PLOTLY)):
            assert is_collapsed(cell), f"only draws, and is not collapsed: {first_line(cell)}"


def test_slides_hold_little(notebook: Notebook) -> None:
    for slide in slides(notebook):
        text = "\n".join(sentences(cell) for cell in slide)
        assert words(text) <= 60, f"{words(text)} words on the slide: {first_line(slide[0])}"
        charts = sum(len(list(outputs(cell, PLOTLY))) for cell in slide)
        assert charts <= 2, f"{charts} charts on the slide: {first_line(slide[0])}"


@for_lessons
def test_no_chart_is_skipped_and_the_teacher_has_notes(notebook: Notebook) -> None:
    hidden = [cell for cell in notebook["cells"] if slide_type(cell) in NOT_ON_A_SLIDE and any(outputs(cell, PLOTLY))]
    assert not hidden, [first_line(cell) for cell in hidden]
    notes = [source(cell) for cell in notebook["cells"] if slide_type(cell) == "notes"]
    assert notes, "no word for the teacher"
    unmarked = [note for note in notes if not note.startswith("**For teachers.** ")]
    assert unmarked == [], "JupyterLab shows a note among the text: a reader must see whom it is for"


def charts_shown(notebook: Notebook) -> list[str]:
    """Give the chart functions that the cells for the class show; guesses and exercises do not count."""
    found = []
    for cell in of_type(notebook, "code"):
        if tags(cell) & {"exercise", "check"}:
            continue
        called = re.findall(r"helpers\.show\(helpers\.(\w+)", source(cell))
        found += [name for name in called if not name.startswith("predict")]
    return found


def test_no_chart_is_shown_twice() -> None:
    found = [name for path in LESSONS for name in charts_shown(read(path))]
    twice = sorted({name for name in found if found.count(name) > 1})
    assert found
    assert not twice, f"shown in more than one place: {twice}"


def test_numbers_in_sentences_are_computed(notebook: Notebook) -> None:
    for cell in of_type(notebook, "markdown"):
        text = re.sub(r"`[^`]*`", "", LINK.sub("", source(cell)))
        typed = [found.group() for found in NUMBER.finditer(text) if not found["year"]]
        assert not typed, f"numbers typed into prose: {typed}: {first_line(cell)}"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("On 8 October 2021, the 4 meetings, 45 minutes", []),
        ("more than 300,000", ["300,000"]),
        ("2023,000 and 1998", ["2023", "000"]),
        ("about 8200 of 988", ["8200", "988"]),
        ("roughly $3 billion", ["$3"]),
        ("some 67 % or 3 million or 12 percent", ["67 %", "3 million", "12 percent"]),
    ],
)
def test_a_typed_number_is_seen(text: str, typed: list[str]) -> None:
    assert [found.group() for found in NUMBER.finditer(text) if not found["year"]] == typed


def test_figures_carry_what_an_export_needs(notebook: Notebook) -> None:
    for figure in figures(notebook):
        meta = figure["layout"].get("meta", {})
        missing = [
            key
            for key in ("finding", "measure", "unit", "source", "description", "columns", "rows")
            if not meta.get(key)
        ]
        assert not missing, f"{meta.get('finding')}: layout.meta lacks {missing}"
        assert "footer" in [note.get("name") for note in figure["layout"].get("annotations", [])], meta["finding"]


def test_is_run_from_the_top_and_light(notebook: Notebook, path: Path) -> None:
    # Each chart has a picture of up to 30 kB beside it; the table of all facts alone has 150 kB.
    # The notebook for checkers has every fact, check and pair of figures.
    most = 1_450_000 if path.stem.startswith("07") else 700_000
    assert path.stat().st_size < most, f"{path.stat().st_size:,} bytes"
    code = of_type(notebook, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert not [first_line(cell) for cell in notebook["cells"] if "execution" in cell["metadata"]], "times of a run"


def test_outputs_are_of_few_kinds_and_fetch_nothing(notebook: Notebook) -> None:
    for cell in of_type(notebook, "code"):
        for output in cell["outputs"]:
            assert output["output_type"] in {"display_data", "execute_result"}, f"{output}: {first_line(cell)}"
            assert set(output["data"]) <= MIMES, f"{sorted(output['data'])}: {first_line(cell)}"
        for html in outputs(cell, "text/html"):
            assert "plotly.js" not in html.lower(), first_line(cell)
            assert not re.search(r"""\b(src|href|action)\s*=\s*["']?(https?:)?//""", html), first_line(cell)


@pytest.mark.parametrize("folder", [".", "notebooks", "seeds/articles"])
def test_setup_cell_works_from_any_folder(folder: str) -> None:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    code = f"{SETUP}\nprint(helpers.__file__)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / folder, env=env, capture_output=True, text=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    assert Path(ran.stdout.strip()) == ROOT / "src" / "helpers.py"
