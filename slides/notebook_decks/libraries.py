"""The scripts and styles that go into a file: our own, and plotly.js and reveal.js from installed packages."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from notebook_decks.cut import CutError, cut
from notebook_decks.errors import ExportError

STATIC = Path(__file__).resolve().parent / "static"
BUNDLES_VARIABLE = "PLOTLY_BUNDLES"
BUNDLES = {  # npm's smaller builds of plotly.js, smallest first, and the kinds of trace each can draw
    "basic": {"bar", "pie", "scatter"},
    "cartesian": {"bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie"}
    | {"scatter", "scatterternary", "violin"},
}


def own(*names: str) -> str:
    """Join files of the static folder."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


def sha256(text: str) -> str:
    """Give the source expression with which a Content-Security-Policy allows an inline script."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def package_file(package: str, inside: str) -> Path:
    """Find a file that an installed package carries, without importing the package."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (Path(folder) / inside).is_file():
            return Path(folder) / inside
    raise ExportError(f"{inside} was looked for in the Python package {package!r} and not found: install {package}")


@cache
def reveal(name: str) -> str:
    """Read a file of reveal.js 5, as carried by sphinx-revealjs.

    Raises:
        ExportError: where the package is missing or carries a reveal.js older than 5.
    """
    script = package_file("sphinx_revealjs", "_static/revealjs/dist/reveal.js")
    found = re.search(r"reveal\.js (\d+)\.", script.read_text(encoding="utf-8")[:200])
    if not found or int(found[1]) < 5:
        raise ExportError(f"{script} is not reveal.js 5 or newer: install sphinx-revealjs 3.2 or newer")
    return re.sub(r"\n//# sourceMappingURL=\S+", "", (script.parent / name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Library:
    """A build of plotly.js, packed for a file."""

    name: str
    sha256: str
    packed: str  # gzip, then base64


# This first line makes Chromium compile every function at once, off the main thread: a chart uses most of what is left.
HINT = "//# allFunctionsCalledOnLoad\n"


def _packed(name: str, script: str) -> Library:
    packed = base64.b64encode(gzip.compress(script.encode("utf-8"), 9, mtime=0)).decode("ascii")
    return Library(name, sha256(script), packed)


def _smaller_builds(folder: str) -> list[Path]:
    here = [Path(p) for p in (folder or os.environ.get(BUNDLES_VARIABLE, "")).split(os.pathsep) if p]
    return [*here, Path.cwd() / "node_modules"]


def plotly(kinds: Iterable[str], folder: str = "") -> Library:
    """Pack a plotly.js that can draw these kinds of trace.

    One of npm's smaller builds is taken from `folder`, else from the folders named in PLOTLY_BUNDLES, else from
    node_modules in the working directory, if it has the same version as the plotly package. Otherwise the plotly.js of
    the plotly package is cut to these kinds. Where that is not possible, the file contains all of it, and the log says
    so.
    """
    whole = package_file("plotly", "package_data/plotly.min.js")
    with whole.open(encoding="utf-8") as lines:
        found = re.search(r"v(\d[\w.]*)", lines.read(200))
    version = found[1] if found else "of an unknown version"
    for name in (n for n, can in BUNDLES.items() if set(kinds) <= can):
        for home in _smaller_builds(folder):
            package = home / f"plotly.js-{name}-dist-min"
            script = package / f"plotly-{name}.min.js"
            if script.is_file() and _version(package) == version:
                return _packed(script.name, script.read_text(encoding="utf-8"))
    return _cut_and_packed(whole, version, frozenset(kinds))


@lru_cache(maxsize=32)
def _cut_and_packed(whole: Path, version: str, kinds: frozenset[str]) -> Library:
    script = whole.read_text(encoding="utf-8")
    try:
        return _packed(f"plotly.js {version}, cut to {', '.join(sorted(kinds))}", HINT + cut(script, kinds))
    except CutError as error:
        logging.getLogger("traitlets").info("the file contains all of plotly.js: %s", error)
        return _packed(f"plotly.js {version}", script)


def _version(package: Path) -> str:
    about = package / "package.json"
    return json.loads(about.read_text(encoding="utf-8")).get("version", "") if about.is_file() else ""
