"""The type checker finds nothing, every import is declared, and each package imports only what is below it."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from kit.lab import ROOT

SRC, EXPORTER = ROOT / "src", ROOT / "slides" / "notebook_decks"
# What each package of the project may import of the others, and what the modules beside them may.
BELOW = {
    "words": set(),
    "records": {"words"},
    "official": {"words", "records"},
    "claims": {"words", "records", "official"},
    "share": {"words", "records", "official"},
    "drawing": {"words"},
    "charts": {"words", "records", "official", "claims", "drawing"},
    "notebook": {"words", "records"},
    "lesson": {"words", "records", "official", "claims", "drawing"},
}


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


def imports(path: Path, root: Path) -> set[str]:
    """The full names of the modules that a module imports, wherever the import stands."""
    here = path.relative_to(root).with_suffix("").parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = [*here[: len(here) - node.level]] if node.level else []
            module = ".".join([*start, *(node.module or "").split(".")]).strip(".")
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("package", BELOW)
def test_a_package_imports_only_those_below_it(package: str) -> None:
    folder = SRC / "securitytalks"
    paths = sorted((folder / package).rglob("*.py")) or [folder / f"{package}.py"]
    names = {name for path in paths for name in imports(path, SRC)}
    assert not [name for name in names if name.startswith("helpers")]
    used = {name.split(".")[1] for name in names if name.startswith("securitytalks.")}
    assert used - {package} <= BELOW[package]


def test_no_package_is_left_out_of_the_order() -> None:
    assert set(BELOW) == {path.stem for path in (SRC / "securitytalks").iterdir() if path.stem[0] != "_"}


def test_the_exporter_imports_nothing_of_this_project() -> None:
    for path in sorted(EXPORTER.rglob("*.py")):
        ours = {name for name in imports(path, EXPORTER.parent) if name.startswith(("securitytalks", "helpers"))}
        assert not ours, path.name


def test_the_exporter_does_without_publish_which_is_built_on_it() -> None:
    for path in sorted(EXPORTER.rglob("*.py")):
        if path.parent.name != "publish":
            assert not [name for name in imports(path, EXPORTER.parent) if "publish" in name.split(".")], path.name


def test_only_plug_ins_import_the_exporter() -> None:
    for path in sorted(SRC.rglob("*.py")):
        if path.name != "plugin.py":
            assert not [name for name in imports(path, SRC) if name.startswith("notebook_decks")], path.name


@pytest.mark.parametrize("root", [SRC, EXPORTER.parent], ids=["src", "slides"])
def test_no_modules_import_one_another_in_a_circle(root: Path) -> None:
    modules = {".".join(path.relative_to(root).with_suffix("").parts): path for path in root.glob("*/**/*.py")}
    graph = {
        name: {module for found in imports(path, root) for module in (found, found.rpartition(".")[0])} & set(modules)
        for name, path in modules.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_helpers_has_every_name_and_imports_nothing_heavy_before_one_is_used() -> None:
    code = "import helpers, sys; print([m for m in ('pandas', 'plotly', 'IPython') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    import helpers

    assert all(callable(getattr(helpers, name)) for name in dir(helpers))
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = helpers.no_such_name
