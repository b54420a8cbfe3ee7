"""Run every notebook of a JupyterLite site in a Chromium, and count what arrives: charts, errors, seconds, megabytes.

    python docs/smoke_lite.py lite-site

Needs the lock (Playwright) and a Chromium. The site is served on this machine; whatever it asks of another server is an
error. Where the site has no Python, its stored charts and its message are checked instead.
"""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import sys
import threading
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

PLOTLY = "application/vnd.plotly.v1+json"
LONGEST = 600_000  # milliseconds for a notebook
OPENED = """() => {
  const notebook = window.jupyterapp?.shell.currentWidget?.content;
  return Boolean(notebook?.widgets?.length && notebook.model.cells.length);
}"""
FORGET_AND_RUN = """async () => {
  const { commands } = window.jupyterapp;
  await commands.execute("notebook:clear-all-cell-outputs");
  commands.execute("notebook:run-all-cells");
}"""
CELLS = "() => window.jupyterapp.shell.currentWidget.content.model.toJSON().cells"
FIRST_CHART = "() => document.querySelector('.js-plotly-plot .main-svg')"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the site, and counts what it sends."""

    sent = 0

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def copyfile(self, source: object, outputfile: object) -> None:
        """Send a file."""
        content = source.read()  # type: ignore[attr-defined]
        Quiet.sent += len(content)
        outputfile.write(content)  # type: ignore[attr-defined]


def charts_of(cells: list[dict]) -> int:
    """Count the charts among the outputs."""
    return sum(PLOTLY in output.get("data", {}) for cell in cells for output in cell.get("outputs", []))


def opened(browser: BrowserContext, address: str, name: str) -> Page:
    """Open a notebook of the site."""
    page = browser.new_page()
    page.goto(f"{address}/lab/index.html?path=notebooks/{name}")
    page.wait_for_function(OPENED, timeout=LONGEST)
    return page


def run(page: Page, stored: list[dict]) -> tuple[str, bool]:
    """Run a notebook; the result says how it went, and whether all went well."""
    began = time.monotonic()
    page.wait_for_function("() => window.jupyterapp.shell.currentWidget.sessionContext.isReady", timeout=LONGEST)
    page.evaluate(FORGET_AND_RUN)
    code = sum(cell["cell_type"] == "code" for cell in stored)
    first = None
    while time.monotonic() - began < LONGEST / 1000:
        page.wait_for_timeout(500)
        cells = page.evaluate(CELLS)
        if first is None and charts_of(cells):
            first = time.monotonic() - began
        if sum(bool(cell.get("execution_count")) for cell in cells if cell["cell_type"] == "code") == code:
            break
    else:
        return "did not finish", False
    errors = [o["evalue"] for cell in cells for o in cell.get("outputs", []) if o["output_type"] == "error"]
    said = f"{charts_of(cells)} of {charts_of(stored)} charts, {len(errors)} errors; " + (
        f"first chart after {first:.0f} s, " if first else ""
    )
    said += f"all cells after {time.monotonic() - began:.0f} s"
    return "\n    ".join([said, *errors[:5]]), not errors and charts_of(cells) == charts_of(stored)


def read_only(page: Page, stored: list[dict]) -> tuple[str, bool]:
    """Check that a notebook shows its stored charts, and that the site says why it runs nothing."""
    page.wait_for_selector("text=This site has no Python to run them with.")
    if charts_of(stored):
        page.wait_for_function(FIRST_CHART, timeout=60_000)
    page.get_by_role("button", name="Close", exact=True).click()  # no question for a kernel is in front of the notebook
    cells = page.evaluate(CELLS)
    return f"{charts_of(cells)} stored charts", charts_of(cells) == charts_of(stored)


def main() -> None:
    """Try each notebook; the exit status is 1 where one did not give all its charts."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "jupyter-lite.json").is_file():
        sys.exit(__doc__)
    site = Path(sys.argv[1])
    python = (site / "static" / "pyodide" / "pyodide.mjs").is_file()
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address, elsewhere, good = f"http://127.0.0.1:{server.server_port}", [], True
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for path in sorted((site / "files" / "notebooks").glob("*.ipynb")):
            stored = json.loads(path.read_text(encoding="utf-8"))["cells"]
            browser, Quiet.sent = chromium.new_context(viewport={"width": 1400, "height": 1000}), 0
            browser.on("request", lambda request: elsewhere.append(request.url))
            said, well = (run if python else read_only)(opened(browser, address, path.name), stored)
            print(f"{path.name}: {said}; {Quiet.sent / 1e6:.0f} MB served", flush=True)
            good = good and well
            browser.close()
        chromium.close()
    server.shutdown()
    strange = {url for url in elsewhere if not url.startswith((address, "data:", "blob:"))}
    sys.exit("\n".join(["Asked of other servers:", *sorted(strange)]) if strange else not good)


if __name__ == "__main__":
    main()
