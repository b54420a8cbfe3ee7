"""Another language is one more file: each text is said somewhere, and an export in it says nothing in English."""

from __future__ import annotations

import copy
import logging
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from export_kit import chart, figure, notebook, shown, text
from nbformat import NotebookNode
from notebook_decks import words
from notebook_decks.errors import ExportError
from notebook_decks.exporters import export
from notebook_decks.figure.rows import cell
from playwright.sync_api import Locator, Page

PACKAGE = Path(words.__file__).parents[1]
CODE = "".join(p.read_text("utf-8") for p in sorted(PACKAGE.rglob("*.py")) + sorted(PACKAGE.rglob("*.j2")))
SCRIPTS = "".join(path.read_text("utf-8") for path in sorted((PACKAGE / "scripts").glob("*.js")))
ENGLISH = (PACKAGE / "words" / "en.toml").read_text("utf-8")
ENTRIES = dict(words._entries(tomllib.loads(ENGLISH)))
NAMES = {re.sub(r"\.(one|other)$", "", entry) for entry in ENTRIES}
PSEUDO = "en-XA"  # the usual code of a language that is made up to find what is not translated
# All text of a document in its order, and attributes that are heard or shown.
WORDS = """() => {
  const silent = "script, style, noscript, template, code, pre";
  const all = [...document.querySelectorAll("body, body *")].filter((one) => !one.closest(silent));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (all.includes(node.parentElement)) texts.push(node.textContent);
  }
  const heard = ["alt", "aria-description", "aria-label", "aria-valuetext", "data-label", "placeholder", "title"];
  const attributes = all.flatMap((one) => heard.map((name) => one.getAttribute(name)).filter(Boolean));
  return [texts.join(" "), document.title, ...attributes];
}"""


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    words.choose("en")


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a language in which every text is the English one between brackets."""
    folder = tmp_path_factory.mktemp("texts")
    bracketed = re.sub(r'(?m)^([\w.]+ = )"(.*?)"(?= #|$)', r'\1"⟦\2⟧"', ENGLISH)
    (folder / f"{PSEUDO}.toml").write_text(bracketed, encoding="utf-8")
    return folder


def in_english(page: Page) -> set[str]:
    """What a page of the made-up language says outside of brackets; the notebooks of these tests are in Greek."""
    found = set()
    for said in page.evaluate(WORDS):
        depth, rest = 0, []
        for letter in said:
            depth += {"⟦": 1, "⟧": -1}.get(letter, 0)
            rest.append(" " if depth else letter)
        outside = re.sub(r"\b[xy]\b|\d (?:kB|MB)\b|\S+\.zip|\bshow\b", "", "".join(rest))  # the code of cells
        found |= set(re.findall(r"[A-Za-z]+(?: [A-Za-z]+)*", outside))
        assert depth == 0
        assert "undefined" not in said
    return found


def greek() -> NotebookNode:
    """A notebook with every part that the exporter says something about."""
    spec = figure(title={"text": "Αβγ", "subtitle": {"text": "δε"}})
    hover = "%{x}<br>%{y}<extra></extra>"
    for trace, name in zip(spec["data"], ("Ζη", "Θι"), strict=True):
        trace.update(name=name, hovertemplate=hover)
    meta = dict.fromkeys(("finding", "measure", "unit", "source", "note", "description"), "Αβγ")
    meta |= {"columns": ["Κ", "Λ"], "rows": [["Μ", n] for n in range(40)], "links": {"page": "a.ipynb"}}
    meta["steps"] = [{"text": "Νξ", "changes": {"data[1].visible": False}}]
    spec["layout"] |= {"meta": meta, "annotations": []}
    show = [{"label": n, "method": "restyle", "args": [{"visible": [True, n == "Ο"]}]} for n in ("Ο", "Π")]
    spec["layout"] |= {"updatemenus": [{"buttons": show}], "sliders": [{"steps": show}]}
    plain = copy.deepcopy(spec)
    plain["layout"] = {"xaxis": {"title": {"text": "Ρ"}}, "yaxis": {"title": {"text": "Σ"}}}
    lines = {"data": [{"type": "parcoords", "dimensions": [{"label": "Τ", "values": [1, 2]}]}], "layout": {}}
    bare = {"data": [{"y": [1, 2]}, {"y": [2, 1]}], "layout": {"showlegend": False}}
    frame = '<iframe src="https://example.org"></iframe><table><tr><td>1</td></tr></table><div id="a"></div>'
    lesson = {"part": "Υφ", "minutes": {"45": 5}}
    return notebook(
        text(f"# Χψ\n\n{' '.join(['ωα'] * 20)}.", "slide", lesson=lesson),
        text("Βγ", "notes"),
        text("## Δε", "slide"),
        chart(spec),
        text("## Ζη", "slide"),
        text("Θι", tags=["answer"]),
        text("Κλ", tags=["hint"]),
        *(chart(one, slideshow={"slide_type": "slide"}) for one in (plain, bare)),
        text("## Ξο", "slide"),
        chart(lines),
        text("## Πρ", "slide"),
        shown({"application/x-thing": "1"}),
        shown({"text/html": frame + "<script>draw()</script>"}),
        shown({"text/html": '<div id="b"></div><script>draw()</script>'}),
        shown({"image/png": "!"}),
        text("![](nowhere.png) <svg><path/></svg>\n\n|Μ|Ν|\n|-|-|\n|1|2|"),
        title="Χψ",
        notebook_decks={"lesson": True, "language": PSEUDO, "citation": "Αβγ", "licence": "Δε"},
    )


def opened(kind: str, audience: str, pseudo: Path, folder: Path, open_page: Callable[..., Page]) -> Page:
    beside = {place: {"title": "Α", "link": "b.html"} for place in ("previous", "index", "next")}
    file = folder / f"{kind}.html"
    made = export(greek(), kind=kind, audience=audience, words=str(pseudo), beside=beside)
    file.write_text(made.replace("https://example.org", "#"), encoding="utf-8")
    page = open_page(file.as_uri())
    assert page.evaluate("document.documentElement.lang") == PSEUDO
    return page


def test_a_table_of_a_chart_writes_numbers_with_the_marks_of_its_language(tmp_path: Path) -> None:
    german = ENGLISH.replace('thousands = ","', 'thousands = "."').replace('decimal = "."', 'decimal = ","')
    (tmp_path / "de.toml").write_text(german, encoding="utf-8")
    words.choose("de", str(tmp_path))
    assert [cell(109_699), cell(0.123456), cell(2021)] == ["109.699", "0,1235", "2021"]
    assert cell(109_699).exact == "109699"


def test_every_text_is_said_and_every_text_that_is_said_has_an_entry() -> None:
    prefixes = set(re.findall(r'["\']((?:\w+\.)+)(?=\{|["\'] ~)', CODE))
    in_code = {name for name in NAMES if re.search(rf'["\']{re.escape(name)}["\']', CODE)}
    in_code |= {name for name in NAMES if any(name.rpartition(".")[0] + "." == prefix for prefix in prefixes)}
    in_scripts = {name for name in NAMES if f'"{name.removeprefix("scripts.")}"' in SCRIPTS and "scripts." in name}
    assert NAMES - in_code - in_scripts == set()
    said = set(re.findall(r'\b(?:say|html)\(\s*["\']((?:\w+\.)+\w+)["\']', CODE))
    said |= {f"scripts.{name}" for name in re.findall(r'\bsay\("(\w+)"', SCRIPTS)}
    assert said - NAMES == set()


def test_scripts_give_a_text_the_values_that_it_names() -> None:
    calls = re.findall(r'\bsay\("(\w+)"(?:, \{ ([^{}]*) \})?\)', SCRIPTS)
    assert len(calls) > 20
    for name, given in calls:
        entry = next(entry for entry in ENTRIES if re.fullmatch(rf"scripts\.{name}(\.one)?", entry))
        if "..." not in re.sub(r"\([^()]*\)", "", given):
            assert set(re.findall(r"(?:^|, )(\w+)(?=: |, |$)", given)) == words._values_of(entry, ENTRIES[entry]), name


def in_english_on_points(page: Page, place: Locator) -> set[str]:
    """What is in English while keys go from point to point of a chart."""
    found = set()
    place.locator(".walk").focus()
    for key in ("p", "ArrowRight", "ArrowDown", "p"):
        page.keyboard.press(key)
        page.wait_for_timeout(100)
        found |= in_english(page)
    return found


@pytest.mark.browser
def test_a_page_in_another_language_says_nothing_in_english(
    pseudo: Path, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    page = opened("page", "reader", pseudo, tmp_path, open_page)
    figure = page.locator("figure.chart").first
    figure.scroll_into_view_if_needed()
    figure.locator(".drawing .main-svg").first.wait_for(timeout=30_000)
    found = in_english(page)
    for selector in ('[data-go="next"]', '[data-go="whole"]', ".rows summary", ".enlarge"):
        figure.locator(selector).click()
        found |= in_english(page)
    page.keyboard.press("Escape")
    figure.locator("select").select_option("1")
    found |= in_english_on_points(page, figure)
    assert found == set()


@pytest.mark.browser
def test_a_deck_and_its_speaker_view_in_another_language_say_nothing_in_english(
    pseudo: Path, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    page = opened("deck", "teacher", pseudo, tmp_path, open_page)
    found = in_english(page)
    page.keyboard.press("?")
    page.keyboard.press("?")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    found |= in_english(speaker)
    for key in ("ArrowRight", "ArrowRight", "t", "t", "e", "e", "ArrowRight", "b", "b", "End"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
        found |= in_english(page) | in_english(speaker)
    page.evaluate("Reveal.slide(1)")
    found |= in_english_on_points(page, page.locator("section.present"))
    assert found == set()


@pytest.mark.browser
def test_what_is_published_in_another_language_says_nothing_in_english(
    pseudo: Path, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    one = notebook(
        text("# Αβγ\n\nΔε ζη.", "slide"), chart(slideshow={"slide_type": "slide"}), notebook_decks={"citation": "Αβγ"}
    )
    del one.cells[1].outputs[0].data["application/vnd.plotly.v1+json"]["layout"]["title"]
    spec = one.cells[1].outputs[0].data["application/vnd.plotly.v1+json"]
    spec["layout"] = {"meta": dict.fromkeys(("finding", "measure", "source", "description"), "Αβγ")}
    for trace in spec["data"]:
        trace.update(name="Θι", hovertemplate="%{y}")
    guide = notebook(
        text("# Κλ"),
        text("## Μν?", tags=["question"], lesson={"time": 3}),
        text("Ξο", tags=["answer"]),
        explainer={"kind": "guide"},
    )
    for name, made in {"α": one, "β": guide}.items():
        nbformat.write(made, folder / f"{name}.ipynb")
    (tmp_path / "texts").symlink_to(pseudo)
    settings = f'language = "{PSEUDO}"\nwords = "texts"\ntitle = "Πρ"\nname = "στ"\nstart = "Υφ"\n'
    (tmp_path / "pyproject.toml").write_text(f"[tool.notebook-decks]\n{settings}", encoding="utf-8")
    command = [sys.executable, "-m", "notebook_decks.publish", "--run", "never"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    files = sorted((tmp_path / "published").rglob("*.html"))
    assert len(files) == 8  # the first page; for reading, class, phone and teacher; worksheet, guide and key
    for file in files:
        assert in_english(open_page(file.as_uri())) == set(), file.name


def test_a_language_without_a_file_is_english_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        made = export(notebook(text("# Bonjour"), notebook_decks={"language": "fr"}), kind="page")
    assert "there is no fr.toml in" in caplog.text
    assert 'lang="fr"' in made.split("<head>")[0]
    assert "Skip to the text" in made


def test_a_regional_language_takes_the_file_of_its_language(pseudo: Path, tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text((pseudo / f"{PSEUDO}.toml").read_text("utf-8"), encoding="utf-8")
    made = export(notebook(text("# A"), notebook_decks={"language": "xx-YY"}), kind="page", words=str(tmp_path))
    assert "⟦Skip to the text⟧" in made


def test_a_name_that_is_no_code_of_a_language_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text("a = 1", encoding="utf-8")
    name = f"../{tmp_path.name}/secret"
    made = export(notebook(text("# A"), notebook_decks={"language": name}), kind="page", words=str(tmp_path))
    assert 'lang="en"' in made.split("<head>")[0]


@pytest.mark.parametrize(
    ("changed", "to", "message"),
    [
        ('skip = "Skip to the text"\n', "", "lacks page.skip"),
        ("[page]\n", '[page]\nnew = "x"\n', "has page.new, which is not in en.toml"),
        ("{licence}", "{license}", "names {license} in page.licence, which en.toml does not"),
        ('hint = "Hint"', "hint = 1", "cell.hint is no text"),
    ],
)
def test_a_file_of_another_form_than_the_english_one_is_refused(
    changed: str, to: str, message: str, tmp_path: Path
) -> None:
    assert changed in ENGLISH
    (tmp_path / "xx.toml").write_text(ENGLISH.replace(changed, to), encoding="utf-8")
    with pytest.raises(ExportError, match=re.escape(message)):
        words.choose("xx", str(tmp_path))


def test_a_text_refuses_a_value_that_it_does_not_name_and_one_that_is_missing() -> None:
    with pytest.raises(ValueError, match=r"page\.licence has the values \['licence'\], and is given \[\]"):
        words.say("page.licence")
    with pytest.raises(ValueError, match=r"page\.skip has the values \[\], and is given \['more'\]"):
        words.say("page.skip", more=1)
