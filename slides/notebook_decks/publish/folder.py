"""The files of a published folder: what was made from what, and which files are somebody's own."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from notebook_decks.files import text_in
from notebook_decks.publish.plan import Plan, refuse_unseen, resolved
from notebook_decks.publish.settings import PublishError

MANIFEST = "made-from.json"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same zip
OF_THE_SYSTEM = {"Thumbs.db", "desktop.ini", ".DS_Store"}
LEFT_OUT = ("__pycache__", "*.pyc", ".*", "*.egg-info")  # made while working: notebooks do not need them


def files_beside(plan: Plan) -> Iterator[Path]:
    """Give the files that the notebooks need to run, as the project's settings name them.

    Raises:
        PublishError: for a link out of the project, since whoever gets the files would get what it leads to.
    """
    for path in (plan.project / name for name in plan.settings.beside):
        for file in (path, *files_below(path)):
            if file.exists() and not resolved(file).is_relative_to(resolved(plan.project)):
                raise PublishError(f"{file} is a link out of the project; put a copy in its place")
            if file.is_file():
                refuse_unseen(file)
                yield file


def files_below(folder: Path) -> Iterator[Path]:
    """Give the regular files of a folder and its subfolders in a fixed order; a file gives itself.

    Left out are files that are made while working, published folders, and linked folders further down (a link may lead
    back to a folder above it).
    """
    for entry in sorted(folder.iterdir()) if folder.is_dir() else [folder]:
        if any(entry.match(pattern) for pattern in LEFT_OUT):
            continue
        if entry.is_file():
            yield entry
        elif entry.is_dir() and not entry.is_symlink() and not (entry / MANIFEST).exists():
            yield from files_below(entry)


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def manifest(folder: Path) -> dict[str, dict[str, str]]:
    """Read what a published folder was made from: a digest for each notebook, and one for each file."""
    try:
        path = folder / MANIFEST
        read = json.loads(text_in(path) if path.is_file() else "")  # a pipe would be read for ever
        return {"notebooks": dict(read["notebooks"]), "files": dict(read["files"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {"notebooks": {}, "files": {}}


def write_manifest(folder: Path, digests: dict[str, str]) -> None:
    """Write what the folder was made from, as its last file."""
    files = {p.relative_to(folder).as_posix(): sha256(p) for p in files_below(folder)}
    text = json.dumps({"notebooks": digests, "files": files}, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def refuse_to_lose(target: Path) -> None:
    """Stop before a folder is replaced that holds a file, hidden or not, that `publish` did not put there.

    Raises:
        PublishError: naming the first such file.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise PublishError(f"{target} is a file, not a folder; name another place with --to")
    known = manifest(target)["files"]
    for folder, folders, names in os.walk(target):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for path in (Path(folder) / name for name in sorted(names + links)):
            _refuse_to_lose_file(path, path.relative_to(target).as_posix(), known)


def _refuse_to_lose_file(path: Path, name: str, known: dict[str, str]) -> None:
    if path.is_symlink() or not path.is_file():  # nothing that publish makes
        raise PublishError(
            f"{path} was not made by publish, and would be lost: move it, or name another place with --to"
        )
    if name == MANIFEST or path.name in OF_THE_SYSTEM or path.suffix == ".pyc":
        return
    # JupyterLab puts a copy of each notebook here when it opens it.
    if path.parent.name == ".ipynb_checkpoints" and sha256(path) in known.values():
        return
    if name not in known:
        raise PublishError(
            f"{path} was not made by publish, and would be lost: move it, or name another place with --to"
        )
    if sha256(path) != known[name]:
        raise PublishError(f"{path} was changed since it was published: move it, or name another place with --to")


def copy_beside(plan: Plan, into: Path) -> None:
    """Copy what the notebooks need to run, as the project's settings name it; what is not there is left out."""
    for source in files_beside(plan):
        copy = into / source.relative_to(plan.project)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)


def pack(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip whose files stand in a folder of the zip's own name."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            entry = zipfile.ZipInfo(f"{target.stem}/{name}", EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, content)
