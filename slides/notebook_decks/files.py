"""Files that somebody else names: a notebook, its settings, what an output shows beside it."""

from __future__ import annotations

import io
from pathlib import Path


def bytes_in(path: Path) -> bytes:
    """Read a file, unless it says that it is empty: some files of the system do, and reading them never ends."""
    return path.read_bytes() if path.stat().st_size else b""


def text_in(path: Path, encoding: str = "utf-8") -> str:
    """Read a file as text, in the same way."""
    return io.TextIOWrapper(io.BytesIO(bytes_in(path)), encoding=encoding).read()
