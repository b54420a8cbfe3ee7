"""A still picture of each notebook's first chart, drawn by a Chromium where one is at hand."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from slides.assets import package_file

WIDTH, HEIGHT, TALLEST = 840, 472, 640  # a chart that asks for more height than a picture's gets some of it
PATIENCE = 120  # seconds for all pictures
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # it draws a file of ours and has nothing to fetch
    "--virtual-time-budget=60000",
    "--dump-dom",
)
PAGE = """<!DOCTYPE html>
<meta charset="utf-8">
<body>
<script src="{library}"></script>
<script>
(async () => {{
  for (const figure of {figures}) {{
    const made = document.createElement("pre");
    const {{width, height}} = figure.layout;
    made.textContent = await Plotly.toImage(figure, {{format: "svg", width, height}}).catch(() => "");
    document.body.append(made);
  }}
}})();
</script>
"""


def chromium() -> str | None:
    """Find a Chromium: the one named in CHROMIUM, one of the system, or the one that Playwright has installed."""
    named = os.environ.get("CHROMIUM")
    if named is not None:
        return named or None
    found = [path for name in NAMES if (path := shutil.which(name))] + [p for p in PLACES if Path(p).is_file()]
    return next(iter(found), None) or _of_playwright()


def _of_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Exception:  # not installed, or not whole: it is one more place to look, no more
        return None
    return path if Path(path).is_file() else None


def pictures(figures: list[dict]) -> list[str] | None:
    """Draw each figure as an SVG, in a data: address ("" where it could not be drawn); None without a Chromium."""
    path = chromium()
    if path is None or not figures:
        return None if figures else []
    drawn = [_sized(figure) for figure in figures]
    with _page(drawn) as (page, home):
        # As root (a container, a class server) Chromium refuses to start in its sandbox.
        more = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [path, *FLAGS, *more, f"--user-data-dir={home}", page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return None
    found = re.findall(r"<pre>(data:image/svg\+xml,[^<]*|)</pre>", done.stdout.decode("utf-8", "replace"))
    return found if len(found) == len(figures) else None


def _sized(figure: dict) -> dict:
    layout = figure["layout"]
    height = min(max(HEIGHT, layout.get("height") or 0), TALLEST)
    return figure | {"layout": layout | {"width": WIDTH, "height": height, "autosize": False}}


@contextlib.contextmanager
def _page(figures: list[dict]) -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page = Path(folder) / "pictures.html"
        written = json.dumps(figures, ensure_ascii=False).replace("<", "\\u003c")
        library = package_file("plotly", "package_data/plotly.min.js").as_uri()
        page.write_text(PAGE.format(library=library, figures=written), encoding="utf-8")
        yield page, Path(folder) / "profile"
