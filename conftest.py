"""Fixtures that all tests share; child processes of the tests import this checkout too, whatever is installed."""

import os
import runpy
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
OFFLINE = ROOT / "tests" / "kit" / "offline"
ours = [str(ROOT / "src"), str(ROOT / "slides"), str(OFFLINE)]
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [*ours, os.environ.get("PYTHONPATH")]))
if "OFFLINE_LOG" not in os.environ:  # the processes of pytest-xdist inherit it
    os.environ["OFFLINE_LOG"] = str(Path(tempfile.mkdtemp(prefix="offline-")) / "log.txt")
runpy.run_path(str(OFFLINE / "sitecustomize.py"))  # for this process

pytest_plugins = ["kit_browser"]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where a process asked for another machine."""
    log = Path(os.environ["OFFLINE_LOG"])
    if log.exists() and not hasattr(session.config, "workerinput"):
        print(f"\nConnections to other machines were asked for:\n{log.read_text(encoding='utf-8')}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
