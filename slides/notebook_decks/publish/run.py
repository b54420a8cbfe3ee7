"""Running notebooks, and knowing which need no run because nothing has changed that they depend on."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distributions
from pathlib import Path

from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError
from nbformat import NotebookNode

from notebook_decks.publish.folder import files_below, files_beside
from notebook_decks.publish.plan import Notebook, Plan
from notebook_decks.publish.settings import PublishError


def digest(notebook: Notebook, plan: Plan) -> str:
    """Give a digest of all that a run can depend on here: the notebook, code and data beside it, Python, its packages.

    It does not cover what a notebook reads from elsewhere (another folder, the network): `--run all` is for those.
    """
    state = hashlib.sha256(sys.version.encode())
    state.update("\n".join(sorted({f"{d.name} {d.version}" for d in distributions()})).encode())
    # A guide also reads the other notebooks: their minutes.
    apart = {".html"} if notebook.kind == "guide" else {".html", ".ipynb"}
    data = [p for p in files_below(notebook.path.parent) if p.suffix not in apart]
    for path in dict.fromkeys([notebook.path, *data, *files_beside(plan)]):
        state.update(os.fsencode(os.path.relpath(path, plan.project)))
        state.update(hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()


def run(notebook: NotebookNode, path: Path, timeout: int) -> None:
    """Run all cells, in the notebook's own folder; the file there is not touched.

    Raises:
        PublishError: naming notebook and cell, for an error, a cell that takes too long, a kernel missing or dead.
    """
    at = [0]

    def started(cell: NotebookNode, cell_index: int) -> None:
        at[0] = cell_index + 1

    def executed(cell: NotebookNode, cell_index: int, execute_reply: dict) -> None:
        # `exit()` and `quit()` end the kernel without an error, and the cells below would be lost.
        if any(one.get("source") == "ask_exit" for one in execute_reply["content"].get("payload", [])):
            raise PublishError(f"{path.name}, cell {at[0]}: the cell ends the kernel; take exit() or quit() out")

    client = NotebookClient(
        notebook,
        timeout=timeout,
        record_timing=False,
        on_cell_start=started,
        on_cell_executed=executed,
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
        lines = str(error).strip().splitlines()
        raise PublishError(f"{path.name}, cell {at[0]}: {lines[0] if lines else type(error).__name__}") from error
