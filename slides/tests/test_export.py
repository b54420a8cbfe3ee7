"""Pages and decks as bytes: what they hold, what they must not hold, and what stops them. No browser."""

from __future__ import annotations

import hashlib
import io
import json
import re
from base64 import b64decode, b64encode
from importlib.metadata import files
from pathlib import Path

import nbformat
import pytest
from export_kit import FIGURE, STRANGER, chart, figure, nasty, notebook, shown, teaching, text
from fontTools.ttLib import TTFont
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from notebook_decks import libraries as assets
from notebook_decks.errors import ExportError
from notebook_decks.exporters import export
from notebook_decks.figure import rows
from notebook_decks.fonts import FAMILY


@pytest.fixture(scope="module")
def stranger() -> NotebookNode:
    return nbformat.read(STRANGER, as_version=4)


@pytest.mark.parametrize("kind", ["page", "deck"])
def test_every_chart_of_a_strangers_notebook_is_there_once(stranger: NotebookNode, kind: str) -> None:
    done = export(stranger, kind=kind)
    wanted = sum(FIGURE in o.get("data", {}) for c in stranger.cells for o in c.get("outputs", []))
    figures = re.findall(r"<figure [^>]*class=\"chart\"[^>]*>", done)
    assert wanted == len(figures) == len({re.search(r'id="([^"]+)"', f)[1] for f in figures}) == 10
    assert done.count('<details class="rows">') == wanted
    assert len(re.findall(r'<script data-hash="sha256-[^"]+" data-name="[^"]+" data-plotly=', done)) == 1


@pytest.mark.parametrize("kind", ["page", "deck"])
def test_nothing_in_the_file_is_fetched(stranger: NotebookNode, kind: str) -> None:
    done = export(stranger, kind=kind)
    policy = (
        re.search(r'http-equiv="Content-Security-Policy"', done) and re.search(r"default-src 'none'[^\"]*", done)[0]
    )
    assert "unsafe-eval" not in policy
    assert "script-src 'sha256-" in policy
    without_data = re.sub(r"(?s)<script.*?</script>", "", done)
    assert not re.findall(r"<(?:link|img|iframe|script|source)\b[^>]*(?:src|href)=\"(?!data:)[^\"]+", without_data)
    assert not re.findall(r"url\((?![\"']?data:|#)[^)]*\)", without_data)


def test_the_policy_allows_the_very_scripts_that_are_in_the_file(stranger: NotebookNode) -> None:
    done = export(stranger, kind="deck")
    for script in re.findall(r"(?s)<script>(.*?)</script>", done):
        assert b64encode(hashlib.sha256(script.encode()).digest()).decode() in done.split("</head>")[0]


def test_an_export_is_the_same_each_time(stranger: NotebookNode) -> None:
    assert export(stranger, kind="deck") == export(stranger, kind="deck")


@pytest.mark.parametrize(
    ("kind", "audience", "present"),
    [
        ("deck", "", set()),
        ("deck", "class", set()),
        ("deck", "teacher", {"NOTE", "ADVICE", "ANSWER"}),
        ("page", "", {"ANSWER", "SKIP"}),
        ("page", "class", {"SKIP"}),
    ],
)
def test_each_audience_gets_its_cells_and_no_byte_of_the_others(kind: str, audience: str, present: set[str]) -> None:
    done = export(teaching(), kind=kind, audience=audience)
    assert set(re.findall(r"SECRET([A-Z]+)", done)) == present


def test_an_answer_is_folded_on_the_page_and_on_a_slide_of_its_own_in_the_teachers_deck() -> None:
    assert re.search(r"<details class=\"fold\"><summary>Answer</summary>\s*<p>Why\?", export(teaching(), kind="page"))
    deck = export(teaching(), kind="deck", audience="teacher")
    assert "6 min of 45" in deck
    assert re.search(
        r"(?s)<section>\s*<div class=\"slide-body[^>]*>\s*<div class=\"group\">\s*<div class=\"cell text tag-answer\"",
        deck,
    )


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (new_code_cell("1 + 1"), r"Cell 2 has not been run"),
        (
            new_code_cell(
                "x", execution_count=1, outputs=[new_output("error", ename="NameError", evalue="x", traceback=[])]
            ),
            r"Cell 2 ended in an error: NameError: x",
        ),
        (shown({"application/vnd.vega+json": {}, "text/plain": "Chart()"}), r"Cell 2: .*application/vnd.vega\+json"),
        (shown({"application/javascript": "alert(1)"}), r"Cell 2: a script that the output runs"),
        (shown({"text/html": "<div id='x'></div><script>draw()</script>"}), r"Cell 2: .*drawn by a script"),
        (
            text("![a plan](plan-that-is-not-there.png)"),
            r"Cell 2: the picture 'plan-that-is-not-there.png' was not found",
        ),
        (
            chart({"data": [{"type": "choropleth", "z": [1]}], "layout": {}}),
            r"Cell 2: .*outlines of its regions are in the npm package plotly.js@\d",
        ),
        (chart({"data": [{"type": "parcoords"}], "layout": {}}), r"Cell 2: .*compiles code"),
        *(
            (chart(figure(meta={"columns": ["Year", "Deaths"], "rows": rows})), r"Cell 2: layout.meta.rows is no list")
            for rows in (5, "2020", ["2020"], [[2020]])
        ),
    ],
)
@pytest.mark.parametrize("kind", ["page", "deck"])
def test_what_is_lost_stops_a_strict_export_and_is_logged_by_any_other(
    cell: NotebookNode, message: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ExportError, match=message):
        export(notebook(text("# A"), cell), kind=kind, strict=True)
    export(notebook(text("# A"), cell), kind=kind)
    assert re.search(message, caplog.text)


def test_a_known_form_beside_an_unknown_one_is_used() -> None:
    both = {"application/vnd.dataresource+json": {}, "text/html": "<table><tr><td>kept</td></tr></table>"}
    assert "kept" in export(notebook(shown(both)), kind="page")


def test_an_error_that_is_meant_is_shown() -> None:
    wrong = new_output("error", ename="ValueError", evalue="no", traceback=["ValueError: no such fruit"])
    cell = new_code_cell("x", execution_count=1, outputs=[wrong], metadata={"tags": ["raises-exception"]})
    assert "no such fruit" in export(notebook(cell), kind="page")


def test_a_chart_that_came_as_a_script_is_still_a_chart() -> None:
    call = 'Plotly.newPlot("a", [{"type":"bar","y":[1,2]}], {"title":{"text":"Scripted"}}, {})'
    script = f'<div id="a"></div><script>{call}</script>'
    done = export(notebook(shown({"text/html": script})), kind="deck")
    assert '<p class="finding" id="chart:c1:name">Scripted</p>' in done


@pytest.mark.parametrize("kind", ["page", "deck"])
def test_text_cannot_become_markup(kind: str) -> None:
    done = export(nasty(), kind=kind)
    own = re.sub(r"(?s)<script[^>]*>.*?</script>", "", done)
    assert "<script" not in own
    assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r'"[^"]*"', '""', own))
    assert 'href="javascript:' not in own
    assert "https://a.b/c" not in own
    assert done.count("<script") == (7 if kind == "deck" else 5)


def test_a_table_gets_scopes_and_a_caption() -> None:
    head, row = "<thead><tr><th></th><th>n</th></tr></thead>", "<tr><th>a</th><td>1</td></tr>"
    frame = f"<style scoped>p{{}}</style><table class='dataframe'>{head}<tbody>{row}</tbody></table>"
    done = export(notebook(shown({"text/html": frame})), kind="page")
    assert '<th scope="col">n</th>' in done
    assert '<th scope="row">a</th>' in done
    assert '<caption class="unseen">Table with the columns n</caption>' in done
    assert "<style scoped" not in done


def test_figures_speak_and_lose_what_the_caption_says() -> None:
    done = export(notebook(chart()), kind="page")
    assert '<p class="finding" id="chart:c1:name">Apples outsell pears</p>' in done
    assert '<p id="chart:c1:about">Bars for three years.</p>' in done
    row = '<th role="rowheader" scope="row">2022</th><td data-label="Apples" data-value="12345" role="cell">12,345</td>'
    assert row in done
    data = json.loads(re.search(r'(?s)<script type="application/json">(.*?)</script>', done)[1])
    assert data["layout"]["title"]["text"] == ""
    assert data["layout"]["annotations"][0]["visible"] is False
    assert "meta" not in data["layout"]
    assert data["config"]["showSendToCloud"] is False


def test_menus_and_sliders_are_native_controls() -> None:
    steps = [{"label": k, "method": "restyle", "args": ["visible", True]} for k in ("One", "Two")]
    menus = [{"name": "Fruit", "buttons": steps, "active": 1}, {"name": "Look", "type": "buttons", "buttons": steps}]
    done = export(notebook(chart(figure(updatemenus=menus, sliders=[{"name": "Year", "steps": steps}]))), kind="deck")
    assert '<option selected="" value="1">Two</option>' in done
    assert re.search(r'<button aria-pressed="true"[^>]*>One</button>', done)
    assert re.search(r"<label>Year <input [^>]*aria-valuetext=\"One\"[^>]*type=\"range\"", done)


def test_formulas_need_no_script() -> None:
    done = export(notebook(text(r"Slope $m = \frac{a}{b}$ and $$\sum_i x_i$$")), kind="page")
    assert done.count("<math") == 2
    assert "mfrac" in done


def test_spanish_names_are_marked() -> None:
    done = export(notebook(text("Plan Mérida began"), explainer={"spanish": ["Mérida"]}), kind="page")
    assert '<span lang="es">Mérida</span>' in done


def test_a_smaller_plotly_is_used_only_where_it_can_draw_everything(tmp_path: Path) -> None:
    version = re.search(
        r"v(\d[\w.]*)", assets.package_file("plotly", "package_data/plotly.min.js").read_text("utf-8")[:200]
    )[1]
    folder = tmp_path / "plotly.js-basic-dist-min"
    folder.mkdir()
    (folder / "plotly-basic.min.js").write_text("window.Plotly = {}", encoding="utf-8")
    for found, name in ((version, "plotly-basic.min.js"), ("0.0.1", f"plotly.js {version}, cut to bar")):
        (folder / "package.json").write_text(json.dumps({"version": found}), encoding="utf-8")
        assert assets.plotly({"bar"}, str(tmp_path)).name == name
    (folder / "package.json").write_text(json.dumps({"version": version}), encoding="utf-8")
    assert assets.plotly({"bar", "sankey"}, str(tmp_path)).name == f"plotly.js {version}, cut to bar, sankey"


def test_rows_are_read_from_packed_arrays() -> None:
    packed = {"dtype": "f8", "bdata": b64encode(b"\0" * 8 + b"\0\0\0\0\0\0\xf0?").decode()}
    spec = {"data": [{"type": "scatter", "x": ["a", "b"], "y": packed}], "layout": {}}
    assert rows.table(spec) == (["x", "y"], [["a", "0"], ["b", "1"]], 0)


def test_slides_without_types_are_made_from_headings_and_charts() -> None:
    plain = notebook(
        new_markdown_cell("# One"), new_markdown_cell("## Two"), chart(), chart(), new_markdown_cell("Three")
    )
    assert export(plain, kind="deck").count('<div class="slide-body ') == 3


def test_cells_that_show_nothing_make_no_slide() -> None:
    quiet = new_code_cell(
        "import x", execution_count=1, metadata={"tags": ["remove-input"], "slideshow": {"slide_type": "slide"}}
    )
    assert (
        export(notebook(text("# One", "slide"), quiet, text("## Two", "slide")), kind="deck").count(
            'class="slide-body '
        )
        == 2
    )


def test_numbers_that_json_has_not_become_null() -> None:
    spec = {"data": [{"type": "bar", "x": ["a", "b", "c"], "y": [1, float("nan"), float("inf")]}], "layout": {}}
    done = export(notebook(chart(spec)), kind="page")
    data = json.loads(re.search(r'(?s)<script type="application/json">(.*?)</script>', done)[1])
    assert data["data"][0]["y"] == [1, None, None]


@pytest.mark.parametrize("kind", ["page", "deck"])
@pytest.mark.parametrize("key", ["columns", "description", "finding", "hint", "links", "rows", "slide", "steps"])
@pytest.mark.parametrize("value", [5, "2020", ["2020"], {"year": 2020}], ids=repr)
def test_a_figure_whose_author_uses_its_metadata_otherwise_is_drawn(key: str, value: object, kind: str) -> None:
    spec = figure()
    spec["layout"]["meta"][key] = value
    assert export(notebook(chart(spec)), kind=kind).count('<div class="plot"') == 1


def test_a_broken_figure_takes_no_other_with_it(caplog: pytest.LogCaptureFixture) -> None:
    broken = {"data": ["no trace"], "layout": {}}
    done = export(notebook(chart(broken), chart()), kind="deck")
    assert "its data are no valid figure" in done
    assert "Cell 1" in caplog.text
    assert done.count("data-chart=") == 1


@pytest.mark.parametrize("kind", ["page", "deck"])
def test_no_id_of_the_notebook_is_one_of_ours(kind: str) -> None:
    headings = "\n\n".join(f"# {name}" for name in ("Plotly", "Content", "Cell 1", "Chart c2", "Speaker"))
    done = export(notebook(text(headings), chart()), kind=kind)
    ids = re.findall(r'<[^>]*\sid="([^"]*)"', re.sub(r"(?s)<(script|template)\b.*?</\1>", "", done))
    assert len(ids) == len(set(ids))
    assert {"Plotly", "Content", "Cell-1", "Chart-c2", "chart:c2", "cell:c2"} <= set(ids)


def test_the_licences_of_all_that_is_inside_can_be_read() -> None:
    deck, page = export(notebook(chart()), kind="deck"), export(notebook(text("# Words")), kind="page")
    for package, ending in (("plotly", "licenses/LICENSE.txt"), ("sphinx_revealjs", "revealjs/LICENSE")):
        path = next(path for path in files(package) or [] if path.as_posix().endswith(ending))
        whole = path.read_text(encoding="utf-8").strip()
        assert "copyright notice and this permission notice shall" in " ".join(whole.split()), "not a whole licence"
        assert whole in deck.split("data-licences")[1]
    assert "SIL OPEN FONT LICENSE" in deck
    assert "SIL OPEN FONT LICENSE" in page
    assert "Hakim El Hattab" not in page


@pytest.mark.parametrize("kind", ["page", "deck"])
def test_text_and_scripts_name_the_typeface_that_the_file_holds(kind: str) -> None:
    done = export(notebook(text("# A title")), kind=kind)
    embedded = set(re.findall(r'@font-face{font-family:"([^"]+)"', done))
    used = {*re.findall(r'--face: "([^"]+)"', done), *re.findall(r'fonts\.load\(`[^"]*"([^"]+)"', done)}
    assert used == embedded == {FAMILY}


def test_the_typeface_has_the_characters_of_the_file_in_two_weights() -> None:
    done = export(notebook(text("# Ἑλλάς, Łódź")), kind="page")
    faces = re.findall(r"font-weight:(\S+ \S+);src:url\(data:font/woff2;base64,([^)]+)\)", done)
    assert [weights for weights, _ in faces] == ["400 500", "600 900"]
    for _, data in faces:
        font = TTFont(io.BytesIO(b64decode(data)))
        assert "Source" not in str([entry.toUnicode() for entry in font["name"].names]), "a name that is reserved"
        cmap = font.getBestCmap()
        assert {ord(letter) for letter in "ΕλάςŁóź0−"} - {ord("Ε")} <= cmap.keys()
        assert ord("Ж") not in cmap


def test_every_colour_of_our_own_is_in_one_file() -> None:
    files = [*assets.STATIC.glob("*.css"), *(assets.STATIC.parent / "publish").glob("*.j2")]
    raw = {path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8")) for path in files}
    assert raw.pop("theme.css")
    assert {name: found for name, found in raw.items() if found} == {}
