"""Try a real JupyterHub with ten users: each starts a server, runs two notebooks, and every chart must arrive.

    .venv/bin/python docs/smoke_hub.py [--users 10] [--proxy configurable-http-proxy]

Needs jupyterhub in the environment of the lock, and `npm install configurable-http-proxy`. Linux only: it measures
memory. The hub listens on this machine alone, in a temporary folder, and asks for no password: do not use it to teach.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import websocket  # comes with jupyter-server
from measure_memory import ROOT, children, memory_mb

PORTS = {"hub": 8921, "hub's own": 8922, "proxy": 8923}
ADDRESS = f"127.0.0.1:{PORTS['hub']}"
NOTEBOOKS = ("01-start-here.ipynb", "02-how-many-deaths.ipynb")
PLOTLY = "application/vnd.plotly.v1+json"
LONGEST = 300  # seconds for a start or a cell
CONFIGURATION = """
c = get_config()
c.JupyterHub.bind_url = {bind!r}
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.ConfigurableHTTPProxy.api_url = {proxy_url!r}
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.Spawner.cmd = [{single_user!r}]
c.Spawner.args = {arguments!r}
c.Spawner.environment = {{"PATH": {path!r}}}
c.Spawner.notebook_dir = "~"
c.Spawner.http_timeout = c.Spawner.start_timeout = {longest}
c.JupyterHub.concurrent_spawn_limit = 100
c.JupyterHub.services = [{{"name": "smoke", "api_token": {token!r}}}]
scopes = ["admin:users", "admin:servers", "access:servers"]
c.JupyterHub.load_roles = [{{"name": "smoke", "services": ["smoke"], "scopes": scopes}}]
"""


class Hub:
    """A hub in a folder of its own."""

    def __init__(self, folder: Path, proxy: str) -> None:
        self.token, self.homes = secrets.token_hex(16), folder / "homes"
        (folder / "jupyterhub_config.py").write_text(
            CONFIGURATION.format(
                bind=f"http://{ADDRESS}",
                hub_port=PORTS["hub's own"],
                proxy=proxy,
                proxy_url=f"http://127.0.0.1:{PORTS['proxy']}",
                homes=str(self.homes),
                single_user=str(Path(sys.executable).with_name("jupyterhub-singleuser")),
                arguments=["--allow-root"] if os.geteuid() == 0 else [],
                path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                longest=LONGEST,
                token=self.token,
            ),
            encoding="utf-8",
        )
        self.log = folder / "hub.log"
        with self.log.open("w", encoding="utf-8") as log:
            command = [sys.executable, "-m", "jupyterhub"]
            self.process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)

    def call(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 any JSON
        """Ask the hub, or a user's server behind it."""
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://{ADDRESS}{path}", method=method, data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=LONGEST) as answer:
            return json.loads(answer.read() or "null")

    def wait_until(self, done: Callable[[], bool]) -> None:
        """Wait for something that the hub does; its log is shown where that takes too long."""
        for _ in range(LONGEST * 5):
            try:
                if done():
                    return
            except OSError:
                pass  # it does not listen yet
            if self.process.poll() is not None:
                break
            time.sleep(0.2)
        sys.exit("The hub did not do what was asked:\n" + self.log.read_text(encoding="utf-8")[-3000:])

    def start_server(self, user: str) -> float:
        """Give a user the project's files and a server; the result is the seconds until it is ready."""
        for part in ("notebooks", "src", "seeds"):
            shutil.copytree(ROOT / part, self.homes / user / part)
        self.call("POST", f"/hub/api/users/{user}")
        began = time.monotonic()
        self.call("POST", f"/hub/api/users/{user}/server")
        self.wait_until(lambda: self.call("GET", f"/hub/api/users/{user}")["servers"].get("", {}).get("ready", False))
        return time.monotonic() - began

    def run_notebook(self, user: str, name: str) -> dict[str, Any]:
        """Run a notebook as a browser does; the result has its charts, its errors, and the time of the first chart."""
        began, first, charts, errors = time.monotonic(), 0.0, 0, []
        path = f"notebooks/{name}"
        cells = self.call("GET", f"/user/{user}/api/contents/{path}")["content"]["cells"]
        about = {"path": path, "name": name, "type": "notebook", "kernel": {"name": "python3"}}
        kernel = self.call("POST", f"/user/{user}/api/sessions", about)["kernel"]["id"]
        socket = websocket.create_connection(
            f"ws://{ADDRESS}/user/{user}/api/kernels/{kernel}/channels",
            header=[f"Authorization: token {self.token}"],
            timeout=LONGEST,
        )
        try:
            for code in ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"):
                for kind, content in answers(socket, code):
                    if kind == "error":
                        errors.append(f"{user}, {name}: {content['evalue']}")
                    if PLOTLY in content.get("data", {}):
                        charts += 1
                        first = first or time.monotonic() - began
        except websocket.WebSocketException as lost:
            errors.append(f"{user}, {name}: {lost}")
        finally:
            socket.close()
        return {"charts": charts, "errors": errors, "first": first}

    def memory_of_users(self) -> list[float]:
        """Give the memory of each user's server with its kernels, in MB."""
        return [memory_mb(child) for child in children(self.process.pid) if "singleuser" in command_of(child)]

    def own_memory(self) -> float:
        """Give the memory of the hub and its proxy, in MB."""
        return memory_mb(self.process.pid) - sum(self.memory_of_users())

    def stop(self) -> None:
        """End the hub, its proxy and all servers."""
        self.process.terminate()
        self.process.wait(60)


def answers(socket: websocket.WebSocket, code: str) -> Iterable[tuple[str, dict[str, Any]]]:
    """Run a cell, and give what the kernel says about it until it is idle."""
    name = uuid.uuid4().hex
    header = {"msg_id": name, "msg_type": "execute_request", "session": name, "username": "", "version": "5.3"}
    asked = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": False}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": asked, "channel": "shell"}
    socket.send(json.dumps(message))
    while True:
        heard = json.loads(socket.recv())
        if heard["parent_header"].get("msg_id") != name:
            continue
        if heard["msg_type"] == "status" and heard["content"]["execution_state"] == "idle":
            return
        yield heard["msg_type"], heard["content"]


def command_of(process: int) -> str:
    """Give the command line of a process."""
    return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")


def main() -> None:
    """Start the hub, let all users work at once, and print what was measured; the exit status is 1 for any error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--proxy", default="configurable-http-proxy", help="the proxy's program, if not on the PATH")
    given = parser.parse_args()
    proxy = shutil.which(given.proxy)
    if proxy is None:
        sys.exit(
            f"{given.proxy} was not found: npm install configurable-http-proxy, then name its program with --proxy."
        )
    users = [f"student-{number:02}" for number in range(1, given.users + 1)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2 * len(users)) as pool:
        hub = Hub(Path(folder), str(Path(proxy).resolve()))
        try:
            hub.wait_until(lambda: hub.call("GET", "/hub/api/users") is not None)
            print(f"hub and proxy: {hub.own_memory():.0f} MB", flush=True)
            ready = list(pool.map(hub.start_server, users))
            print(
                f"{len(users)} servers at once: the first was ready after {min(ready):.0f} s, the last after "
                f"{max(ready):.0f} s; each {between(hub.memory_of_users())} MB",
                flush=True,
            )
            both = [(user, name) for user in users for name in NOTEBOOKS]
            ran = list(pool.map(lambda one: hub.run_notebook(*one), both))
            used = hub.memory_of_users()
        finally:
            hub.stop()
    charts, errors = sum(one["charts"] for one in ran), [error for one in ran for error in one["errors"]]
    print(
        f"{len(ran)} notebooks at once: {charts} charts, {len(errors)} errors; the first chart of each after "
        f"{between(one['first'] for one in ran)} s"
    )
    print(f"a server with {len(NOTEBOOKS)} kernels: {between(used)} MB")
    stored = sum((ROOT / "notebooks" / name).read_text(encoding="utf-8").count(f'"{PLOTLY}"') for name in NOTEBOOKS)
    if errors or charts != stored * len(users):
        sys.exit("\n".join([f"{stored * len(users)} charts were expected.", *errors[:10]]))


def between(numbers: Iterable[float]) -> str:
    """Say the smallest and the largest of some numbers."""
    found = sorted(numbers)
    return f"{found[0]:.0f} to {found[-1]:.0f}" if found else "none"


if __name__ == "__main__":
    main()
