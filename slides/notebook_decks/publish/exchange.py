"""Replacing a published folder as a whole, even when the run is stopped or killed at the worst moment.

All files are made in a hidden folder beside the published one:

    .published.work/
        lock          taken while a run works here; a second run is refused
        new-1234/     what the run makes
        old/          the published folder, only while two renames replace it

Where the system can exchange two folders in one step (Linux), they are exchanged. Elsewhere the replacement takes two
renames. A run that was killed between them leaves the old files in `old`, and the next run puts them back first.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from notebook_decks.publish.settings import PublishError

log = logging.getLogger(__name__)
STOP_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
OURS = ("new-", "temporary-", "old")  # the names of a workspace's folders begin so
AT_WORKING_FOLDER, RENAME_EXCHANGE = -100, 2  # from <fcntl.h> and <linux/fs.h>


class Workspace:
    """The folder in which one run makes its files, and the target that they replace.

    Attributes:
        new: An empty folder for the new files.
        temporary: A folder for the run's temporary files, so that even a killed run leaves none elsewhere.
        replaced: Whether the target is the new folder already.
    """

    def __init__(self, target: Path, around: Path) -> None:
        self.target, self.around = target, around
        self.new = around / f"new-{os.getpid()}"
        self.temporary = around / f"temporary-{os.getpid()}"
        self.old = around / "old"
        self.replaced = False

    def replace(self) -> None:
        """Put the new folder in the target's place. A stop signal that arrives meanwhile takes effect afterwards.

        Raises:
            PublishError: where the target cannot be moved, for example since a program has one of its files open.
        """
        with signals_deferred():
            log.debug("replacing")
            try:
                if not self.target.exists():
                    self.new.rename(self.target)
                elif not exchange(self.new, self.target):
                    self._replace_by_two_renames()
            except OSError as error:
                raise PublishError(
                    f"{self.target} cannot be replaced: {error.strerror}. Close the programs that have its files open, "
                    "and try again."
                ) from error
            self.replaced = True
            log.debug("replaced")

    def _replace_by_two_renames(self) -> None:
        self.target.rename(self.old)
        log.debug("between")
        try:
            self.new.rename(self.target)
        except OSError:
            self.old.rename(self.target)
            raise

    def recover(self) -> None:
        """Repair what a killed run left: put the old files back where none are in place, and remove the rest."""
        if self.old.exists() and not self.target.exists():
            self.old.rename(self.target)
            log.warning("An earlier run was killed while it replaced %s; the files of before are back.", self.target)
        for entry in self.around.iterdir():
            if entry.name.startswith(OURS) and entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)


@contextlib.contextmanager
def workspace(target: Path) -> Iterator[Workspace]:
    """Give a workspace beside the target; whatever was not moved into place is removed at the end.

    Raises:
        PublishError: where nothing can be written, or another run works on the same target.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        around = target.with_name(f".{target.name}.work")
        if around.is_symlink():
            raise PublishError(f"{around} is a link, and what it leads to would be lost: remove it")
        lock = _locked(around, target)
    except (OSError, ValueError) as error:  # ValueError for a name that no folder can have
        why = getattr(error, "strerror", None) or error
        raise PublishError(f"cannot write in {target.parent}: {why}; name another place with --to") from error
    work = Workspace(target, around)
    try:
        work.recover()
        work.new.mkdir()
        work.temporary.mkdir()
        log.debug("ready")
        yield work
    finally:
        with signals_deferred():
            log.debug("cleaning")
            for folder in (work.new, work.temporary, work.old):
                shutil.rmtree(folder, ignore_errors=True)
            if os.name == "nt":
                lock.close()  # Windows removes no open file
            with contextlib.suppress(OSError):  # another run may have begun to use the folder
                (around / "lock").unlink()
                around.rmdir()
            lock.close()


def _locked(around: Path, target: Path) -> IO[str]:
    """Lock the folder `around` for this process; the lock ends with the process, however it ends."""
    while True:
        around.mkdir(exist_ok=True)
        try:
            file = (around / "lock").open("a+", encoding="utf-8")
        except FileNotFoundError:
            continue  # a run that ended just now removed the folder
        if not _lock(file):
            file.close()
            raise PublishError(f"another run is publishing to {target} at this moment; wait until it has ended")
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), (around / "lock").stat()):
                return file
        file.close()  # the file was removed between opening and locking


def _lock(file: IO[str]) -> bool:
    """Lock a file, if no other process holds it. This lock is not inherited by worker processes."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        log.debug("no locks on this file system")  # some network drives: then nothing stops two runs at once
    return True


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step that nothing can interrupt; False where the system cannot."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    names = (os.fsencode(one), AT_WORKING_FOLDER, os.fsencode(other))
    return renameat2(AT_WORKING_FOLDER, *names, RENAME_EXCHANGE) == 0


@contextlib.contextmanager
def signals_deferred() -> Iterator[None]:
    """Let Ctrl-C and stop signals take effect only after the block, so that nothing in it is left half done."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach only the main thread
        return
    received: list[int] = []
    before = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    deferred = {number: handler for number, handler in before.items() if handler not in (signal.SIG_IGN, None)}
    for number in deferred:
        signal.signal(number, lambda number, _: received.append(number))
    try:
        yield
    finally:
        for number, handler in deferred.items():
            signal.signal(number, handler)
        if received:
            signal.raise_signal(received[0])
