"""Running notebooks, and knowing which need no run because nothing that they stand on has changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distributions
from pathlib import Path

from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError
from nbformat import NotebookNode

from slides.publishing_plan import BESIDE, PublishError

LEFT_OUT = ("__pycache__", "*.pyc", ".*", "*.egg-info")  # made while working: no part of what notebooks stand on


def files_below(folder: Path) -> Iterator[Path]:
    """Give the files of a folder and its folders, in a fixed order, without what is made while working."""
    for entry in sorted(folder.iterdir()) if folder.is_dir() else [folder] if folder.is_file() else []:
        if any(entry.match(pattern) for pattern in LEFT_OUT):
            continue
        if entry.is_dir():
            yield from files_below(entry)
        else:
            yield entry


def digest(notebook: Path, project: Path) -> str:
    """Sum up all that a run can depend on here: the notebook, code and records beside it, Python and its packages.

    What a notebook reads from elsewhere (another folder, the network) is not seen: `--run all` is for those.
    """
    told = hashlib.sha256(sys.version.encode())
    told.update("\n".join(sorted({f"{d.name} {d.version}" for d in distributions()})).encode())
    data = [p for p in files_below(notebook.parent) if p.suffix not in {".ipynb", ".html"}]
    code = [p for name in BESIDE for p in files_below(project / name)]
    for path in [notebook, *dict.fromkeys(data + code)]:
        told.update(os.path.relpath(path, project).encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def run(notebook: NotebookNode, path: Path, timeout: int) -> None:
    """Run all cells, in the notebook's own folder; the file there is not touched.

    Raises:
        PublishError: naming notebook and cell, for an error, a cell that takes too long, a kernel missing or dead.
    """
    at = [0]

    def started(cell: NotebookNode, cell_index: int) -> None:
        at[0] = cell_index + 1

    client = NotebookClient(
        notebook,
        timeout=timeout,
        record_timing=False,
        on_cell_start=started,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        # In a thread of its own, because in the main thread nbclient takes over Ctrl-C and goes on.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(client.execute, stderr=subprocess.DEVNULL).result()
    except CellExecutionError as error:
        raise PublishError(f"{path.name}, cell {at[0]}: {error.ename}: {error.evalue}") from error
    except NoSuchKernel as error:
        raise PublishError(
            f"{path.name}: there is no kernel named {error.name!r}; install it, or choose another"
        ) from error
    except (CellControlSignal, DeadKernelError) as error:
        said = str(error).strip().splitlines()
        raise PublishError(f"{path.name}, cell {at[0]}: {said[0] if said else type(error).__name__}") from error
