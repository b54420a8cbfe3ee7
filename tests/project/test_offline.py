"""No test, notebook or export connects to another machine: every Python process of the tests refuses to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CODE = {
    "by name": "import urllib.request; urllib.request.urlopen('http://other.example/')",
    "by number": "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
}


@pytest.mark.parametrize("code", CODE.values(), ids=CODE.keys())
def test_a_process_of_the_tests_cannot_connect_to_another_machine(code: str, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    env = os.environ | {"OFFLINE_LOG": str(log)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "may not connect to another machine" in done.stderr
    assert log.read_text(encoding="utf-8").startswith(("other.example, asked for", "192.0.2.1, asked for"))


def test_this_process_cannot_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setenv("OFFLINE_LOG", str(tmp_path / "log.txt"))
    with pytest.raises(ConnectionRefusedError, match=r"another machine: 192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_server_on_this_machine_is_reached() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
