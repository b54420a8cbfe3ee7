"""A Chromium with no way out, for the tests of exports.

`open_page(...)` gives a page that fails its test when anything in it asks for an address off this machine or writes an
error to the console.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, ConsoleMessage, Page, Request, sync_playwright
from playwright.sync_api import Error as PlaywrightError

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
LOCAL = ("http://127.0.0.1:", "ws://127.0.0.1:", "file:", "data:", "blob:", "about:", "chrome-error:")


@dataclass
class Watch:
    """What a page tried to fetch from elsewhere, and what it complained of."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def on_request(self, request: Request) -> None:
        if not request.url.startswith(LOCAL):  # the browser's own rules let none of these out
            self.outside.append(request.url)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def check(self) -> None:
        """Fail if anything was asked for elsewhere or complained of since the last check."""
        outside, errors = self.outside[:], self.errors[:]
        self.outside.clear()
        self.errors.clear()
        assert not outside, f"asked for addresses off this machine: {outside}"
        assert not errors, f"errors in the console: {errors}"

    def attach(self, page: Page) -> None:
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("websocket", lambda ws: None if ws.url.startswith(LOCAL) else self.outside.append(ws.url))


def launch(chromium: BrowserType, **options: Any) -> Browser | None:  # noqa: ANN401
    """Start CHROMIUM if set, else a Chromium of the system, else Chrome, Edge, or the one Playwright has installed."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path:
        return chromium.launch(executable_path=path, args=CHROMIUM_FLAGS, **options)
    for choice in ("chrome", "msedge", None):
        with contextlib.suppress(PlaywrightError):
            return chromium.launch(channel=choice, args=CHROMIUM_FLAGS, **options)
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run, that can reach this machine only."""
    with sync_playwright() as playwright:
        chromium = launch(playwright.chromium)
        if chromium is None:
            message = "no Chromium, Chrome or Edge found: install one, or name one in CHROMIUM"
            pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
        yield chromium
        chromium.close()


@contextlib.contextmanager
def guarded(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Give a function that opens pages under a watch, and close them all at the end."""
    contexts = []

    def open_one(url: str | None = None, *, width: int = 1280, height: int = 720, **options: Any) -> Page:  # noqa: ANN401
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.on("request", watch.on_request)  # a route would turn the browser's cache off
        context.on("page", watch.attach)  # also windows that a page opens, such as a speaker view
        page = context.new_page()
        if url:
            page.goto(url)
            page.wait_for_function("() => !window.Reveal || Reveal.isReady()")  # a deck takes no key before
        return page

    try:
        yield open_one
    finally:
        for context in contexts:
            context.close()


@pytest.fixture
def watch() -> Watch:
    """What the pages of this test fetched and complained of; a test that expects an error clears `errors` itself."""
    return Watch()


@pytest.fixture
def open_page(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Give a function that opens pages: open_page(url=None, width=1280, height=720, **context options)."""
    with guarded(browser, watch) as open_one:
        yield open_one
    watch.check()
