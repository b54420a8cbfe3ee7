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
from notebook_decks.errors import ExportError, report

STATIC = Path(__file__).resolve().parent / "static"
OUTLINES = "dist/plotly-geo-assets.js"  # of npm's plotly.js: the outlines of maps, which no build for Python carries
WITH_CODES = ("countries", "subunits")  # the layers of outlines in which plotly.js looks for places
BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*):")  # of an object in a script; JSON wants it in quotes
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


def _packed(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")


def _library(name: str, script: str) -> Library:
    return Library(name, sha256(script), _packed(script))


def _from_npm(folder: str) -> list[Path]:
    here = [Path(p) for p in (folder or os.environ.get(BUNDLES_VARIABLE, "")).split(os.pathsep) if p]
    return [*here, Path.cwd() / "node_modules"]


def _whole() -> tuple[Path, str]:
    """Find the plotly.js of the plotly package, and say its version."""
    whole = package_file("plotly", "package_data/plotly.min.js")
    with whole.open(encoding="utf-8") as lines:
        found = re.search(r"v(\d[\w.]*)", lines.read(200))
    return whole, found[1] if found else "of an unknown version"


@dataclass(frozen=True)
class Outlines:
    """The package with the outlines of maps: npm's plotly.js, of the version in the plotly package."""

    package: str  # as npm writes it, such as plotly.js@4.1.1
    folder: Path | None  # where it is installed

    @property
    def missing(self) -> str:
        """The package, where it is not installed."""
        return "" if self.folder else self.package

    def packed(self, names: set[str]) -> str:
        """Pack those of these outlines that the package has, as plotly.js looks for them: gzip, then base64."""
        found = self._found(frozenset(names))
        if self.folder and (lacking := names - found.keys()):
            report(f"{self.folder} lacks {', '.join(sorted(lacking))}: maps are drawn without these outlines")
        about = {"version": self.package.replace("@", " v"), "topojson": found}
        return _packed(json.dumps(about, separators=(",", ":"))) if found else ""

    def places(self, names: set[str]) -> set[str]:
        """Give the codes of the countries and states that these outlines have."""
        layers = [one["objects"][layer] for one in self._found(frozenset(names)).values() for layer in WITH_CODES]
        return {str(place.get("id")) for layer in layers for place in layer["geometries"]}

    @lru_cache(maxsize=8)  # noqa: B019 an export makes one object, which is small
    def _found(self, names: frozenset[str]) -> dict[str, dict]:
        if not self.folder or not names:
            return {}
        text = (self.folder / OUTLINES).read_text(encoding="utf-8")
        each = re.finditer(r'"dist/topojson/([\w-]+)\.json"\(exports, module\) \{\s*module\.exports = (\{.*\});', text)
        return {one[1]: json.loads(BARE_KEY.sub(r'\1"\2":', one[2])) for one in each if one[1] in names}


def outlines(folder: str = "") -> Outlines:
    """Look for the outlines of maps, in the places where `plotly` looks for npm's smaller builds."""
    version = _whole()[1]
    packages = [home / "plotly.js" for home in _from_npm(folder)]
    complete = (
        p for p in packages if (p / OUTLINES).is_file() and (p / "LICENSE").is_file() and _version(p) == version
    )
    return Outlines(f"plotly.js@{version}", next(complete, None))


def plotly(kinds: Iterable[str], folder: str = "") -> Library:
    """Pack a plotly.js that can draw these kinds of trace.

    One of npm's smaller builds is taken from `folder`, else from the folders named in PLOTLY_BUNDLES, else from
    node_modules in the working directory, if it has the same version as the plotly package. Otherwise the plotly.js of
    the plotly package is cut to these kinds. Where that is not possible, the file contains all of it, and the log says
    so.
    """
    whole, version = _whole()
    for name in (n for n, can in BUNDLES.items() if set(kinds) <= can):
        for home in _from_npm(folder):
            package = home / f"plotly.js-{name}-dist-min"
            script = package / f"plotly-{name}.min.js"
            if script.is_file() and _version(package) == version:
                return _library(script.name, script.read_text(encoding="utf-8"))
    return _cut_and_packed(whole, version, frozenset(kinds))


@lru_cache(maxsize=32)
def _cut_and_packed(whole: Path, version: str, kinds: frozenset[str]) -> Library:
    script = whole.read_text(encoding="utf-8")
    try:
        return _library(f"plotly.js {version}, cut to {', '.join(sorted(kinds))}", HINT + cut(script, kinds))
    except CutError as error:
        logging.getLogger("traitlets").info("the file contains all of plotly.js: %s", error)
        return _library(f"plotly.js {version}", script)


def _version(package: Path) -> str:
    about = package / "package.json"
    return json.loads(about.read_text(encoding="utf-8")).get("version", "") if about.is_file() else ""
