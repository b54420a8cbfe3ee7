"""What the tests share: the project's places, a Chromium with no way out, and a JupyterLab to drive.

`open_page(...)` gives a page that fails its test when anything in it asks for an address off this machine or writes an
error to the console. `jupyterlab` is one server for the whole run, on a copy of the project, set up as start.py does.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Route, sync_playwright
from playwright.sync_api import Error as PlaywrightError

import start

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("notebooks", "seeds", "slides", "src", *start.CONFIGS)
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

    def on_route(self, route: Route) -> None:
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

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


@dataclass
class Lab:
    """A running JupyterLab: where it listens, its token, and the copy of the project it serves."""

    address: str
    token: str
    root: Path

    def url(self, path: str) -> str:
        """Give the address that opens a file of the project, in a fresh workspace."""
        return f"{self.address}/lab/tree/{path}?token={self.token}&reset"


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def seeds(root: Path) -> Path:
    """The folder of the records."""
    return root / "seeds"


def copy_project(target: Path) -> Path:
    """Copy what notebooks and exports need (no tests, no environment) into a folder, to be changed freely there."""
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=leave)
        elif (ROOT / name).is_file():
            shutil.copy2(ROOT / name, target / name)
    return target


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the project without tests and environment, for one test to change."""
    return copy_project(tmp_path / "project")


def launch(playwright: Playwright) -> Browser | None:
    """Start CHROMIUM if set, else a Chromium of the system, else Chrome, Edge, or the one Playwright has installed."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path:
        return playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
    for choice in ("chrome", "msedge", None):
        with contextlib.suppress(PlaywrightError):
            return playwright.chromium.launch(channel=choice, args=CHROMIUM_FLAGS)
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run, that can reach this machine only."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
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
        context.route("**/*", watch.on_route)
        context.on("page", watch.attach)  # also windows that a page opens, such as a speaker view
        page = context.new_page()
        if url:
            page.goto(url)
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


def free_port() -> int:
    """Ask the system for a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(address: str, server: subprocess.Popen, log: Path) -> None:
    """Wait for the server's first answer; fail with its own words when it ends or takes more than two minutes."""
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5)
            return
        except (urllib.error.URLError, TimeoutError):
            if server.poll() is not None:
                break
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on a copy of the project, with the command, the settings and the trust that start.py gives it."""
    home = tmp_path_factory.mktemp("jupyterlab")
    project = copy_project(home / "project")
    (home / "settings").mkdir()
    (home / "settings" / "overrides.json").write_text(json.dumps(start.QUIET), encoding="utf-8")
    own = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    own |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "user"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces")}
    env = os.environ | own | {"PYTHONUTF8": "1"}
    port, log = free_port(), home / "server.log"
    more = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    more += ["--IdentityProvider.token=test", f"--LabApp.app_settings_dir={home / 'settings'}"]
    trusting = start.trust(sys.executable, project, env)
    with log.open("w", encoding="utf-8") as out:
        command = [sys.executable, *start.arguments("lab", project), *more]
        server = subprocess.Popen(command, cwd=project, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_up(f"http://127.0.0.1:{port}", server, log)
        trusting.wait(60)
        yield Lab(f"http://127.0.0.1:{port}", "test", project)
    finally:
        server.terminate()
        server.wait(30)
