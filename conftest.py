"""Fixtures that all tests share; child processes of the tests import this checkout too, whatever is installed."""

import os
from pathlib import Path

ROOT = Path(__file__).parent
ours = [str(ROOT / "src"), str(ROOT / "slides")]
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [*ours, os.environ.get("PYTHONPATH")]))

pytest_plugins = ["kit_browser"]
