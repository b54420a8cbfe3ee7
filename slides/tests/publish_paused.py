"""Runs `publish` for the tests: it pauses at one step, or meets a full disk, or replaces folders by two renames.

    python publish_paused.py STEP [--two-renames] [--full-disk NAME] -- WORDS...

At the step it prints "paused" and goes on when it reads a line.
"""

from __future__ import annotations

import argparse
import errno
import logging
import sys
from pathlib import Path

from notebook_decks.publish import cli, exchange, folder, job


class PauseAt(logging.Handler):
    """Waits when the step is logged."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step = step

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() == self.step:
            print("paused", flush=True)
            sys.stdin.readline()


def full_disk(path: Path, *_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", str(path))


def main() -> int:
    split = sys.argv.index("--")
    parser = argparse.ArgumentParser()
    parser.add_argument("step")
    parser.add_argument("--two-renames", action="store_true")
    parser.add_argument("--full-disk", default="")
    given = parser.parse_args(sys.argv[1:split])
    logger = logging.getLogger("notebook_decks.publish")
    logger.setLevel(logging.DEBUG)
    logger.addHandler(PauseAt(given.step))
    if given.two_renames:
        exchange.exchange = lambda *_: False
    if given.full_disk == "worker":
        job.write = full_disk
    if given.full_disk == "zip":
        folder.pack = full_disk
    return cli.main(sys.argv[split + 1 :])


if __name__ == "__main__":
    sys.exit(main())
