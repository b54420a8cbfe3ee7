"""The accessibility statement names tests that exist, and says so when one failed or was not run."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from kit.seeds import ROOT

CLAIMS = tomllib.loads((ROOT / "docs" / "accessibility.toml").read_text(encoding="utf-8"))["claims"]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The program that writes the statement."""
    spec = importlib.util.spec_from_file_location("accessibility", ROOT / "docs" / "accessibility.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("test", [test for claim in CLAIMS for test in claim["tests"]])
def test_every_test_that_is_named_exists(test: str) -> None:
    file, _, name = test.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_a_failure_and_a_test_that_did_not_run_are_said(maker: ModuleType, tmp_path: Path) -> None:
    passed, failed, *_ = [claim["tests"][0].removesuffix(".py").partition(".py::") for claim in CLAIMS]
    case = '<testcase classname="{}" name="{}[chromium]">{}</testcase>'
    cases = case.format(passed[0].replace("/", "."), passed[2], "")
    cases += case.format(failed[0].replace("/", "."), failed[2], "<failure/>")
    results = tmp_path / "results.xml"
    results.write_text(f'<testsuites><testsuite timestamp="2026-11-26T10:00:00">{cases}</testsuite></testsuites>')
    lines = [line for line in maker.statement(results).splitlines() if line.startswith("| ")][1:]
    said = [line.split(" | ")[1].strip(" |") for line in lines]
    assert said[:3] == ["passed", "**failed**", "**not run**"]
