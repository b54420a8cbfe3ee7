"""Firefox and WebKit, driven by the protocols that they speak themselves: WebDriver BiDi and WebDriver."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

PATIENCE = 180  # seconds until a browser counts as hanging
KEYS = {"PageDown": "\ue00f", "Home": "\ue011"}
MINIBROWSER = "*/webkit2gtk-4.*/MiniBrowser"  # below /usr/lib


class OtherBrowser(Protocol):
    """What the smoke test does in each browser."""

    def open(self, address: str) -> None:
        """Load an address and wait for it."""

    def value(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page holds
        """Give the value of a JavaScript expression that JSON can hold."""

    def press(self, key: str) -> None:
        """Press a key named in KEYS."""


def wait_for(found: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Ask until there is an answer, and give it."""
    end = time.monotonic() + PATIENCE
    while not (answer := found()):
        assert time.monotonic() < end, "the browser did not answer in time"
        time.sleep(0.1)
    return answer


class Firefox:
    """Firefox through WebDriver BiDi."""

    def __init__(self, port: int) -> None:
        import websocket

        def connected() -> websocket.WebSocket | None:
            with contextlib.suppress(OSError, websocket.WebSocketException):
                address = f"ws://127.0.0.1:{port}/session"
                return websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True)
            return None

        self.socket = wait_for(connected)
        self.number = 0
        self.command("session.new", {"capabilities": {}})
        self.context = self.command("browsingContext.getTree", {})["contexts"][0]["context"]

    def command(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv())).get("id") != self.number:
            pass  # an event
        assert answer["type"] == "success", answer
        return answer["result"]

    def open(self, address: str) -> None:
        self.command("browsingContext.navigate", {"context": self.context, "url": address, "wait": "complete"})

    def value(self, expression: str) -> Any:  # noqa: ANN401
        target = {"target": {"context": self.context}, "awaitPromise": False}
        found = self.command("script.evaluate", target | {"expression": f"JSON.stringify({expression}) ?? 'null'"})
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def press(self, key: str) -> None:
        actions = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.command("input.performActions", {"context": self.context, "actions": [source]})


class WebKit:
    """WebKitGTK's small browser through its WebDriver."""

    def __init__(self, port: int, binary: str) -> None:
        self.root = f"http://127.0.0.1:{port}/session"
        options = {"webkitgtk:browserOptions": {"binary": binary, "args": ["--automation"]}}
        wanted = {"capabilities": {"alwaysMatch": options}}

        def started() -> dict[str, Any] | None:
            with contextlib.suppress(ConnectionError, urllib.error.URLError):
                return self.send("", wanted)
            return None

        self.root += f"/{wait_for(started)['sessionId']}"

    def send(self, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401
        request = urllib.request.Request(self.root + path, json.dumps(body).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["value"]

    def open(self, address: str) -> None:
        self.send("/url", {"url": address})

    def value(self, expression: str) -> Any:  # noqa: ANN401
        script = f"return JSON.stringify({expression})"
        return json.loads(self.send("/execute/sync", {"script": script, "args": []}) or "null")

    def press(self, key: str) -> None:
        actions = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
        self.send("/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@contextlib.contextmanager
def process(*command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the end of the test."""
    env = os.environ | environment
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextlib.contextmanager
def firefox(home: Path) -> Iterator[OtherBrowser]:
    """Start Firefox without a window and with nothing to fetch; the test is skipped where it is not installed."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("Firefox is not installed")
    port, profile = free_port(), home / "profile"
    profile.mkdir()
    proxy = 'user_pref("network.proxy.type", 1);\nuser_pref("network.proxy.http", "127.0.0.1");\n'
    proxy += 'user_pref("network.proxy.http_port", 9);\nuser_pref("network.proxy.share_proxy_settings", true);\n'
    (profile / "user.js").write_text(proxy, encoding="utf-8")
    flags = ["--headless", "--no-remote", "--profile", str(profile), f"--remote-debugging-port={port}"]
    with process(program, *flags, HOME=str(home), MOZ_REMOTE_SETTINGS_DEVTOOLS="0"):
        yield Firefox(port)


@contextlib.contextmanager
def webkit(home: Path) -> Iterator[OtherBrowser]:
    """Start WebKitGTK's browser on a screen in memory; the test is skipped where a part is not installed."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(str(path) for path in Path("/usr/lib").glob(MINIBROWSER))
    if not (driver and screen and browsers):
        pytest.skip("WebKitWebDriver, MiniBrowser or Xvfb is not installed")
    number, port = f":{free_port()}", free_port()
    # Without these two settings the browser does not start for root, as in a container.
    settings = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
    settings |= {"DISPLAY": number, "HOME": str(home), "XDG_CACHE_HOME": str(home)}
    with process(screen, number, "-screen", "0", "1280x900x24"):
        wait_for(lambda: Path(f"/tmp/.X11-unix/X{number[1:]}").exists())
        with process(driver, f"--port={port}", **settings):
            yield WebKit(port, browsers[-1])


BROWSERS = {"firefox": firefox, "webkit": webkit}
