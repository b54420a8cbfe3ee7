"""The type checker finds nothing, and every import is declared where it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from kit.lab import ROOT


def run(*words: str, folder: Path = ROOT) -> str:
    """Run a tool as a module; an empty answer means that it found nothing."""
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_type_checker_finds_nothing() -> None:
    assert run("mypy") == ""


@pytest.mark.parametrize(("folder", "roots"), [(".", ["src", "tests"]), ("slides", ["notebook_decks"])])
def test_every_import_is_declared(folder: str, roots: list[str]) -> None:
    assert run("deptry", *roots, folder=ROOT / folder) == ""
