"""The Chromium that draws pictures of charts, where one is at hand."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

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
