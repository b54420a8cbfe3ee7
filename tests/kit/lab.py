"""A JupyterLab to drive, on a copy of the project."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("notebooks", "seeds", "slides", "src")


@dataclass
class Lab:
    """A running JupyterLab: where it listens, its token, and the copy of the project it serves."""

    address: str
    token: str
    root: Path

    def url(self, path: str) -> str:
        """Give the address that opens a file of the project, in a fresh workspace."""
        return f"{self.address}/lab/tree/{path}?token={self.token}&reset"


def copy_project(target: Path) -> Path:
    """Copy what notebooks and exports need (no tests, no environment) into a folder, to be changed freely there."""
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=leave)
        elif (ROOT / name).is_file():
            shutil.copy2(ROOT / name, target / name)
    return target


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
