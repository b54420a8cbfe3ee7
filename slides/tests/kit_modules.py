"""ES modules in a page of Chromium, each from its own file, and the tests that are written as modules."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from notebook_decks.figure.write import script_json
from notebook_decks.linker import PREFIX, SCRIPTS
from notebook_decks.words import for_scripts
from playwright.sync_api import Page, Route

ADDRESS = "http://127.0.0.1:1"  # nothing listens there: the page's requests are answered here
KIT = Path(__file__).parent / "modules" / "kit.js"
PAGE = f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8">
<script type="importmap">{{"imports": {{"{PREFIX}": "/ours/"}}}}</script>
<script type="application/json" data-texts>{script_json(for_scripts())}</script><body>"""


def serve_modules(page: Page, **folders: Path) -> None:
    """Open an empty page in which "/name/file.js" is a file of the folder of that name, and "/ours/" our scripts."""
    known = {"ours": SCRIPTS, **folders}

    def answer(route: Route) -> None:
        top, _, rest = urlsplit(route.request.url).path.lstrip("/").partition("/")
        if not rest:
            route.fulfill(body=PAGE, content_type="text/html")
        else:
            path = KIT if rest == "kit.js" else known[top] / rest
            route.fulfill(body=path.read_text(encoding="utf-8"), content_type="text/javascript")

    page.route(f"{ADDRESS}/**", answer)
    page.goto(f"{ADDRESS}/")


def names_of(folder: Path) -> list[str]:
    """List the names of the tests in a folder's files."""
    return [name for path in _files(folder) for name in re.findall(r'(?m)^test\("([^"]+)"', path.read_text("utf-8"))]


def run_modules(page: Page, folder: Path, **folders: Path) -> dict[str, str]:
    """Run the tests of a folder in one page; give what failed by the test's name, "" for one that passed."""
    serve_modules(page, tests=folder, **folders)
    code = "async (names) => { for (const name of names) await import('/tests/' + name);"
    code += " return (await import('/tests/kit.js')).run(); }"
    return page.evaluate(code, [path.name for path in _files(folder)])


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.test.js"))
