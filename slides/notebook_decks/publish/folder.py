"""The published folder: made beside its place, then moved there; never half, never over somebody's own files."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from notebook_decks.publish.plan import BESIDE, PublishError

MANIFEST = "made-from.json"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same zip
SYSTEMS_OWN = {"Thumbs.db", "desktop.ini"}
LEFT_OUT = ("__pycache__", "*.pyc", ".*", "*.egg-info")  # made while working: no part of what notebooks stand on


def files_below(folder: Path) -> Iterator[Path]:
    """Give the files of a folder and its folders, in a fixed order.

    Without what is made while working, and without a published folder further down.
    """
    for entry in sorted(folder.iterdir()) if folder.is_dir() else [folder] if folder.is_file() else []:
        if any(entry.match(pattern) for pattern in LEFT_OUT):
            continue
        if entry.is_file():
            yield entry
        elif not (entry / MANIFEST).exists():
            yield from files_below(entry)


def sha256(path: Path) -> str:
    """Sum up a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def manifest(folder: Path) -> dict[str, dict[str, str]]:
    """Read what a published folder was made from: a digest for each notebook, and one for each file."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {"notebooks": dict(told["notebooks"]), "files": dict(told["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {"notebooks": {}, "files": {}}


def write_manifest(folder: Path, digests: dict[str, str]) -> None:
    """Write down what the folder was made from, as its last file."""
    files = {p.relative_to(folder).as_posix(): sha256(p) for p in files_below(folder)}
    told = json.dumps({"notebooks": digests, "files": files}, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(told + "\n", encoding="utf-8", newline="\n")


def refuse_to_lose(target: Path) -> None:
    """Stop before a folder is replaced that holds anything but what `publish` put there.

    Raises:
        PublishError: naming the first such file.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise PublishError(f"{target} is a file, not a folder; name another place with --to")
    known = manifest(target)["files"]
    for path in files_below(target):
        name = path.relative_to(target).as_posix()
        if name == MANIFEST or path.name in SYSTEMS_OWN:
            continue
        if name not in known:
            raise PublishError(
                f"{path} was not made by publish, and would be lost: move it, or name another place with --to"
            )
        if sha256(path) != known[name]:
            raise PublishError(f"{path} was changed since it was published: move it, or name another place with --to")


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give an empty folder beside the target; whatever is in it at the end and was not moved away is removed.

    Raises:
        PublishError: where nothing can be written there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        around = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise PublishError(
            f"cannot write in {target.parent}: {error.strerror}; name another place with --to"
        ) from error
    try:
        new = around / "new"
        new.mkdir()
        yield new
    finally:
        shutil.rmtree(around, ignore_errors=True)


def move(new: Path, target: Path) -> None:
    """Put the new folder in the place of the old one: two renames, and the old one back if the second fails.

    Raises:
        PublishError: where a file in the old folder is held open by another program.
    """
    old = new.with_name("old")
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    except OSError as error:
        if old.exists():
            old.rename(target)
        raise PublishError(
            f"{target} cannot be replaced: {error.strerror}. Close what has its files open, and try again."
        ) from error


def copy_beside(project: Path, into: Path) -> None:
    """Copy what the notebooks need to run: code, records, and how to start."""
    for name in BESIDE:
        source = project / name
        if source.is_dir():
            shutil.copytree(source, into / name, ignore=shutil.ignore_patterns(*LEFT_OUT))
        elif source.is_file():
            into.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, into / name)


def pack(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip whose files stand in a folder of the zip's own name."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            entry = zipfile.ZipInfo(f"{target.stem}/{name}", EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, content)
