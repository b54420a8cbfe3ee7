"""The progress bar of `publish`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


class Progress:
    """Shows on stderr which files exist: one line that is rewritten in a terminal, else a line for each file."""

    def __init__(self, paths: list[str], folder: Path) -> None:
        self.waiting = dict.fromkeys(paths)
        self.total, self.folder = len(paths), folder
        self.rewrites = sys.stderr.isatty()
        self.last = ""

    def update(self) -> None:
        """Look for files that have appeared since the last call, and show them."""
        for path in [p for p in self.waiting if (self.folder / p).exists()]:
            del self.waiting[path]
            if not self.rewrites:
                print(path, file=sys.stderr, flush=True)
            self.last = path
        self.draw()

    def draw(self) -> None:
        """Draw the bar."""
        if self.rewrites:
            done = self.total - len(self.waiting)
            bar = "#" * (30 * done // self.total)
            line = f"[{bar:.<30}] {done}/{self.total} {self.last}"
            print(f"\r\033[K{line[: shutil.get_terminal_size().columns - 1]}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Remove the bar."""
        if self.rewrites:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
