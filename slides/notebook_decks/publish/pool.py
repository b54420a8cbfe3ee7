"""Worker processes: several notebooks at once, none of which outlives the command that started it."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from notebook_decks.publish.exchange import STOP_SIGNALS, signals_deferred
from notebook_decks.publish.job import Job, Made, make
from notebook_decks.publish.progress import Progress
from notebook_decks.publish.settings import PublishError

log = logging.getLogger(__name__)


def run_jobs(jobs: list[Job], count: int, progress: Progress, temporary: Path) -> list[Made]:
    """Work on `count` notebooks at once, each in a process of its own.

    Args:
        jobs: What to make.
        count: How many processes to use.
        progress: Is updated several times a second.
        temporary: Where the processes put temporary files.

    Raises:
        PublishError: where a process was killed.
    """
    # A forked process has everything imported already. Forking is safe here on Linux only.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(count, mp_context=context, initializer=_prepare, initargs=(str(temporary),)) as pool:
        try:
            with _signals_blocked():
                futures: list[Future[Made]] = [pool.submit(make, job) for job in jobs]
            log.debug("working")
            waiting = set(futures)
            while waiting:
                waiting = wait(waiting, timeout=0.2).not_done
                progress.update()
            return [future.result() for future in futures]
        except BaseException as error:
            with signals_deferred():
                pool.shutdown(wait=False, cancel_futures=True)
                for child in multiprocessing.active_children():
                    child.terminate()  # its kernel notices within a second, and ends too
            if isinstance(error, BrokenProcessPool):
                raise PublishError(
                    "a worker process was killed, perhaps because memory ran out; try again with --jobs 1"
                ) from error
            raise
        finally:
            progress.clear()


@contextlib.contextmanager
def _signals_blocked() -> Iterator[None]:
    """Let stop signals wait while processes are started: a new process keeps them waiting until it is prepared."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        _unblock_signals()


def _unblock_signals() -> None:
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)


def _prepare(temporary: str) -> None:
    """Prepare a worker process: it leaves Ctrl-C to its parent, and ends when the parent does."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    _unblock_signals()
    tempfile.tempdir = temporary
    parent = multiprocessing.parent_process()
    assert parent is not None, "not a worker process"
    threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
