"""Results that take seconds to compute, kept in the user's cache folder."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import platformdirs


def kept(name: str, *depends_on: object, make: Callable[[], bytes]) -> bytes:
    """Give what `make` gives, from the cache where it is there.

    Args:
        name: The file's name there, such as "plotly.js".
        depends_on: All that the result depends on, versions of packages included.
        make: Computes the result.
    """
    key = sha256(repr(depends_on).encode("utf-8")).hexdigest()[:32]
    file = Path(platformdirs.user_cache_path("notebook-decks")) / f"{key}-{name}"
    with contextlib.suppress(OSError):
        return file.read_bytes()
    made = make()
    with contextlib.suppress(OSError):  # a cache that cannot be written costs time, nothing else
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        unfinished.write_bytes(made)
        unfinished.replace(file)
    return made
