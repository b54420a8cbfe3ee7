"""The set-up: one lock for pip, uv and conda on three systems, and a start.py that never takes half for whole."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from importlib.metadata import distributions
from itertools import product
from pathlib import Path

import pytest
import yaml
from export_kit import heed_ctrl_c
from kit.lab import ROOT, free_port, wait_until_up
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

import start

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
DIRECT = [
    Requirement(line)
    for line in PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["test"]
]
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"},
    "macOS": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin", "platform_machine": "arm64"},
    "Windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
}
PYTHONS = ("3.11.7", "3.12.1", "3.13.0", "3.14.0")
TARGETS = list(product(SYSTEMS, PYTHONS))
INSTALLED = {canonicalize_name(found.name): found for found in distributions()}


def entries() -> Iterator[tuple[Requirement, str]]:
    """Give each pin of the lock with the lines that belong to it."""
    for entry in re.split(r"\n(?=[a-zA-Z0-9])", re.sub(r"\A(#.*\n)+", "", LOCK)):
        yield Requirement(entry.split("\\")[0].strip()), entry


PINS = list(entries())


def marker_values(system: str, python: str) -> dict[str, str]:
    """Give what the markers of a lock see on a system that is perhaps not this one."""
    version = {"python_full_version": python, "python_version": ".".join(python.split(".")[:2])}
    return dict(default_environment()) | SYSTEMS[system] | version | {"extra": ""}


def pins_for(system: str, python: str) -> dict[str, Version]:
    """Give the one version of each package that a system installs; two of them would be a fault of the lock."""
    values = marker_values(system, python)
    found: dict[str, Version] = {}
    for pin, _ in PINS:
        if pin.marker is None or pin.marker.evaluate(values):
            assert canonicalize_name(pin.name) not in found, f"{pin.name} is pinned twice for {system}, Python {python}"
            found[canonicalize_name(pin.name)] = Version(next(iter(pin.specifier)).version)
    return found


def test_lock_holds_hashes_and_no_address() -> None:
    assert len(PINS) > 50
    for pin, entry in PINS:
        assert [operator.operator for operator in pin.specifier] == ["=="], f"{pin}: not one exact version"
        assert "--hash=sha256:" in entry, f"{pin}: no hash"
    assert not re.findall(r"(?m)^.*(?:\w+://|file:|--index|--extra-index|--find-links|@ ).*$", LOCK)


def test_lock_was_made_from_what_the_project_asks_for() -> None:
    root = f"{PROJECT['project']['name']} (pyproject.toml)"
    because = {canonicalize_name(pin.name) for pin, entry in PINS if root in entry}
    assert because == {canonicalize_name(wanted.name) for wanted in DIRECT}


@pytest.mark.parametrize(("system", "python"), TARGETS)
def test_lock_has_all_that_is_needed_on_every_system(system: str, python: str) -> None:
    pins = pins_for(system, python)
    values = marker_values(system, python)
    todo, done = list(DIRECT), set()
    while todo:
        wanted = todo.pop()
        name = canonicalize_name(wanted.name)
        assert name in pins, f"{wanted} is in no line for {system}, Python {python}"
        assert wanted.specifier.contains(pins[name], prereleases=True), f"{wanted}, but the lock has {pins[name]}"
        here = INSTALLED.get(name)
        if (name, *sorted(wanted.extras)) in done or here is None or Version(here.version) != pins[name]:
            continue  # known already, or this machine holds no copy that could say what it needs
        done.add((name, *sorted(wanted.extras)))
        for needed in map(Requirement, here.requires or []):
            extras = [values | {"extra": extra} for extra in ("", *wanted.extras)]
            if needed.marker is None or any(needed.marker.evaluate(extra) for extra in extras):
                todo.append(needed)


def test_these_tests_run_on_the_pinned_versions() -> None:
    python = sys.version.split()[0]
    system = {"win32": "Windows", "darwin": "macOS"}.get(sys.platform, "Linux")
    pins = pins_for(system, python)
    other = {
        name: found.version
        for name, found in INSTALLED.items()
        if name in pins and Version(found.version) != pins[name]
    }
    assert not other, f"not what requirements.txt pins; run the tests with `python start.py test`: {other}"


def test_conda_takes_python_and_pip_and_the_rest_from_the_lock() -> None:
    wanted = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert set(wanted) == {"name", "channels", "dependencies"}
    assert wanted["channels"] == ["conda-forge", "nodefaults"]
    python, pip, rest = wanted["dependencies"]
    assert pip == "pip"
    assert rest == {"pip": ["-r requirements.txt"]}
    version = re.fullmatch(r"python=(\d+\.\d+)", python)
    assert version
    assert SpecifierSet(PROJECT["project"]["requires-python"]).contains(version[1] + ".0")
    assert any(name.startswith(version[1]) for name in PYTHONS)


def test_every_promise_of_a_python_is_the_same() -> None:
    text = (ROOT / "start.py").read_text(encoding="utf-8")
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert f'requires-python = ">={oldest}"' in text
    assert f"sys.version_info < ({oldest.replace('.', ', ')})" in text
    assert f"--python-version {oldest} " in LOCK
    assert PROJECT["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")


def test_start_tells_an_older_python_before_it_uses_anything_new() -> None:
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    first = [ast.unparse(node) for node in tree.body[1:3]]
    assert first[0] == "import sys"
    assert "sys.version_info" in first[1]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.Starred | ast.AnnAssign)]


@pytest.fixture
def fresh_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let start.py believe that it lies in an empty folder, where nothing was ever installed."""
    monkeypatch.setattr(start, "ENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "STAMP", tmp_path / ".venv" / "complete.txt")
    monkeypatch.setattr(start, "PYTHON", Path(sys.executable))
    monkeypatch.delenv("UV", raising=False)
    return tmp_path


SAID = {
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device": "The disk is full: ",
    "error: failed to write to file: No space left on device (os error 28)": "The disk is full: ",
    "ERROR: Could not install packages due to an OSError: [Errno 122] Disk quota exceeded": "The disk is full: ",
    "WARNING: Retrying: ConnectionResetError(104, 'Connection reset by peer')": "The network could not be reached.",
    "WARNING: Retrying: NewConnectionError: Temporary failure in name resolution": "The network could not be reached.",
    "error: client error (Connect): dns error: failed to lookup": "The network could not be reached.",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE": "is not the file that",
    "ERROR: something else": "the lines above say why",
}


@pytest.mark.parametrize(("words", "reason"), SAID.items())
def test_what_stops_an_installation_is_named_and_half_an_environment_is_not_kept(
    fresh_start: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], words: str, reason: str
) -> None:
    failing = f"import sys; print({words!r}, file=sys.stderr); sys.exit(1)"
    start_child = subprocess.Popen
    monkeypatch.setattr(
        start.subprocess, "Popen", lambda _, **more: start_child([sys.executable, "-c", failing], **more)
    )
    monkeypatch.setattr(start.venv, "create", lambda place, **_: Path(place).mkdir())
    said = start.main(["test"])
    assert reason in said
    assert words in capfd.readouterr().err, "what pip says is shown"
    assert list(fresh_start.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_what_a_link_in_the_place_of_the_environment_leads_to_is_kept(fresh_start: Path) -> None:
    mine = fresh_start / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("Keep me.", encoding="utf-8")
    (fresh_start / ".venv").symlink_to(mine)
    assert "remove the link, and start again" in start.main(["test"])
    assert (mine / "letter.txt").read_text(encoding="utf-8") == "Keep me."


def test_a_disk_that_is_full_before_pip_is_there_is_named(fresh_start: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = b"OSError: [Errno 28] No space left on device"
    for error in (OSError(28, "No space left on device"), subprocess.CalledProcessError(1, "ensurepip", said)):

        def fill(place: str, error: Exception = error, **_: object) -> None:
            Path(place).mkdir()
            raise error

        monkeypatch.setattr(start.venv, "create", fill)
        found = start.main(["test"])
        assert "The disk is full: " in found
        assert f"{ROOT} has " in found
        assert list(fresh_start.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="sends a signal as a Unix terminal does")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_an_installation_that_is_stopped_keeps_nothing_and_leaves_no_process(
    number: signal.Signals, tmp_path: Path
) -> None:
    pip = "import os, pathlib, time; pathlib.Path('pip').write_text(str(os.getpid())); time.sleep(600)"
    code = f"""import sys; sys.path.insert(0, {str(ROOT)!r}); import start
start.ENV = start.Path(".venv"); start.PYTHON = start.Path(sys.executable); start.STAMP = start.ENV / "complete.txt"
start.venv.create = lambda place, **_: start.Path(place).mkdir()
call = start.call
start.call = lambda _: call([sys.executable, "-c", {pip!r}])
sys.exit(start.main(["test"]))"""
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "UV"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_ctrl_c,
    )
    written = tmp_path / "pip"
    end = time.monotonic() + 60
    while not (written.exists() and written.read_text(encoding="utf-8")):
        assert time.monotonic() < end
        time.sleep(0.05)
    os.killpg(child.pid, number) if number == signal.SIGINT else child.send_signal(number)
    said = child.communicate(timeout=60)[1]
    assert child.returncode == 1
    assert said.splitlines()[-1] == f"Stopped. {start.AGAIN}"
    assert not (tmp_path / ".venv").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(written.read_text(encoding="utf-8")), 0)


@pytest.mark.skipif(os.name == "nt", reason="Windows itself keeps an environment in use from being replaced")
def test_of_two_starts_at_once_one_installs_and_the_other_waits(tmp_path: Path) -> None:
    code = f"""import sys, time; sys.path.insert(0, {str(ROOT)!r}); import start
start.ENV = start.Path(".venv"); start.PYTHON = start.Path(sys.executable); start.STAMP = start.ENV / "complete.txt"
start.venv.create = lambda place, **_: (print("installs", flush=True), start.Path(place).mkdir(), time.sleep(3))
start.call = lambda _: None
start.run = lambda *_: 0
sys.exit(start.main(["test"]))"""
    command = [sys.executable, "-c", code]
    env = {name: value for name, value in os.environ.items() if name != "UV"}
    runs = [subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = [run.communicate(timeout=60)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert sorted(text.count("installs") for text in printed) == [0, 1]
    assert (tmp_path / ".venv" / "complete.txt").exists()


def test_environment_counts_until_lock_or_place_change(fresh_start: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "call", lambda _: None)
    monkeypatch.setattr(start.venv, "create", lambda place, **_: Path(place).mkdir(exist_ok=True))
    start.install()
    assert start.is_complete()
    start.STAMP.write_bytes(b"\xff")
    assert not start.is_complete()
    start.install()
    assert start.is_complete()
    monkeypatch.setattr(start, "LOCK", fresh_start / "requirements.txt")
    start.LOCK.write_text("another lock", encoding="utf-8")
    assert not start.is_complete()


def test_a_folder_that_cannot_be_written_is_named(fresh_start: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(start.venv, "create", refuse)
    said = start.main(["lab"])
    assert str(ROOT) in said
    assert "Permission denied" in said


def test_an_unknown_word_shows_what_can_be_said() -> None:
    assert start.main(["tset"]) == start.__doc__


@pytest.mark.parametrize(("words", "status"), [(["jupyter", "--version"], 0), (["test", "--no-such-option"], 4)])
def test_status_is_that_of_the_command(words: list[str], status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "is_complete", lambda: True)
    monkeypatch.setattr(start, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    assert start.main(words) == status


@pytest.mark.skipif(os.name == "nt", reason="sends a signal as a Unix terminal does")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_lab_opens_on_the_first_notebook_and_ends_cleanly(stop: signal.Signals, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    code = "import start, sys; start.PYTHON, start.is_complete = start.Path(sys.executable), lambda: True; "
    words = ["lab", "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token=test"]
    own = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    with log.open("w", encoding="utf-8") as out:
        command = [sys.executable, "-c", f"{code}sys.exit(start.main({words!r}))"]
        started = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | own,
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=heed_ctrl_c,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address, started, log)
        with urllib.request.urlopen(f"{address}/api/contents/{start.FIRST}?content=0&token=test", timeout=10) as answer:
            assert answer.status == 200
        # As a terminal does, Ctrl-C goes to all of the group; a stop signal goes to start.py alone.
        os.killpg(started.pid, stop) if stop == signal.SIGINT else started.send_signal(stop)
        status = started.wait(30)
    finally:
        started.poll() is None and os.killpg(started.pid, signal.SIGKILL)
    said = log.read_text(encoding="utf-8")
    assert f"/lab/tree/{start.FIRST}" in said
    assert "Traceback" not in said, said
    assert status == 0, said
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"{address}/api", timeout=5)


def tracked() -> list[str]:
    """List the files that the repository holds."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if listed.returncode:
        pytest.skip("not a git repository: a zip, perhaps")
    return listed.stdout.splitlines()


def test_file_names_suit_every_system() -> None:
    names = tracked()
    assert len({name.lower() for name in names}) == len(names), "names that differ by case only"
    parts = {part for name in names for part in name.split("/")}
    odd = [
        part
        for part in parts
        if re.search(r'[<>:"\\|?*]|[. ]$', part) or re.match(r"(?i)(con|prn|aux|nul)(\.|$)", part)
    ]
    assert not odd
    assert max(map(len, names)) <= 100
    assert not [name for name in names if (ROOT / name).is_symlink()]
    made = re.compile(
        r"(^|/)(\.ipynb_checkpoints|__pycache__|\.venv|_build|published)/|\.slides\.html$|^uv\.lock$|Untitled"
    )
    assert not [name for name in names if made.search(name)]


@pytest.mark.parametrize("words", [["check"], ["format", "--check"]], ids=["rules", "format"])
def test_code_is_clean(words: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "ruff", *words, "."], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stdout


def test_ci_runs_the_command_of_the_readme() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK) or os.name == "nt"
    assert "start.py test" in text
    assert "export CI=true" in text
