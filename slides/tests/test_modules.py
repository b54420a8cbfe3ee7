"""The scripts of exported files: each module by itself in a Chromium, and how modules become one script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit_browser import Watch, guarded
from kit_modules import names_of, run_modules
from notebook_decks.linker import SCRIPTS, LinkError, linked
from playwright.sync_api import Browser

MODULES = Path(__file__).parent / "modules"


@pytest.fixture(scope="module")
def results(browser: Browser) -> Iterator[dict[str, str]]:
    watch = Watch()
    with guarded(browser, watch) as open_page:
        yield run_modules(open_page(), MODULES)
        watch.check()


@pytest.mark.browser
@pytest.mark.parametrize("name", names_of(MODULES))
def test_of_a_module(name: str, results: dict[str, str]) -> None:
    assert results[name] == ""


def written(folder: Path, **files: str) -> list[Path]:
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return [folder / f"{name}.js" for name in files]


def test_a_module_stands_once_and_after_those_that_it_imports(tmp_path: Path) -> None:
    imports = 'import { b } from "./b.js";\n'
    first, _, third = written(tmp_path, a=imports + "a(b);", b="export const b = 1;\n", c=imports + "c(b);")
    script = linked([first, third])
    assert script.count("const b = 1;") == 1
    assert script.index("const b = 1;") < script.index("a(b);") < script.index("c(b);")
    assert "import" not in script
    assert "export" not in script


def test_a_plug_in_imports_our_modules(tmp_path: Path) -> None:
    (mine,) = written(tmp_path, mine='import { speak } from "notebook-decks/speak.js";\nspeak();')
    assert (SCRIPTS / "speak.js").read_text(encoding="utf-8").split("export ")[1].strip() in linked([mine])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('import { a } from "./a.js";\nexport const a = 1;', "circle: a.js -> a.js"),
        ('import { b } from "./nowhere.js";\n', "nowhere.js"),
        ("export default 1;\n", "a.js: 'export default 1;' is no import or export that can be joined"),
        ('import * as all from "./b.js";\n', "a.js: 'import "),
    ],
)
def test_a_script_that_cannot_be_joined_is_named(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(LinkError) as error:
        linked(written(tmp_path, a=text))
    assert message in str(error.value)
