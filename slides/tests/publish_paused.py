"""Runs `publish` in a process of its own, which pauses at a step, meets a full disk, or renames twice.

The processes are forked from one that has imported everything, and make short files in place of pages and decks: a test
can stop a run at every step with every signal in less time than one whole run takes.
"""

from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from notebook_decks.publish import cli, exchange, folder, index, job, pool, progress, run  # noqa: F401 for all processes

STEPS = ("ready", "working", "made", "replacing", "between", "replaced", "cleaning")


class PauseAt(logging.Handler):
    """Waits for a word when the step is logged, and says what the command would say."""

    def __init__(self, step: str, line: Connection) -> None:
        super().__init__()
        self.step, self.line = step, line

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            print(record.getMessage(), file=sys.stderr)
        if record.getMessage() == self.step:
            self.line.send("paused")
            self.line.recv()


def full_disk(path: Path, *_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", str(path))


def prepare_late(prepare: Callable[[str], None], temporary: str) -> None:
    """Prepare a worker process as a busy machine does: a stop signal comes before it is ready."""
    time.sleep(1)
    prepare(temporary)


def work(line: Connection, output: Path, step: str, disk: str, words: list[str]) -> None:
    """Publish, as a command of its own that a terminal started."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # where pytest runs in the background, it is ignored
    os.environ["CHROMIUM"] = ""
    sys.stdout = sys.stderr = output.open("w", encoding="utf-8")
    logger = logging.getLogger("notebook_decks.publish")
    logger.setLevel(logging.DEBUG)
    logger.addHandler(PauseAt(step, line))
    job.export = lambda notebook, **given: f"<html><head></head>{given['kind']} {len(notebook.cells)}</html>"
    if step == "working":
        pool._prepare = partial(prepare_late, pool._prepare)
    if step == "between":
        exchange.exchange = lambda *_: False
    if disk == "worker":
        job.write = full_disk
    if disk == "zip":
        folder.pack = full_disk
    sys.exit(cli.main(words))


@dataclass
class Run:
    """A run that was started."""

    process: ForkServerProcess
    line: Connection
    output: Path
    paused: bool

    def end(self, number: signal.Signals | None = None, *, to_all: bool = False) -> tuple[int | None, str]:
        """Send a signal, let a paused run go on, wait, and give the exit status and all that was printed."""
        assert self.process.pid is not None
        if number is not None:
            (os.killpg if to_all else os.kill)(self.process.pid, number)
        try:
            self.line.send("go on")
        except BrokenPipeError:
            # It has ended: it was killed, or it was never paused and was faster than this process.
            assert number == signal.SIGKILL or not self.paused
        self.process.join(60)
        return self.process.exitcode, self.output.read_text(encoding="utf-8")


def start(project: Path, step: str = "", disk: str = "") -> Run:
    """Start to publish a project's notebooks as they are stored; with a step, come back when it is reached."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["publish_paused"])
    line, other = context.Pipe()
    output = project.parent / f"output-{len(list(project.parent.glob('output-*')))}.txt"
    output.touch()  # here, not in the process: the next run takes the next name
    words = [str(project / "notebooks"), "--run", "never", "--jobs", "2"]
    process = context.Process(target=work, args=(other, output, step, disk, words))
    process.start()
    other.close()
    if step:
        assert line.poll(60), "the step was not reached"
        assert line.recv() == "paused"
    return Run(process, line, output, bool(step))
