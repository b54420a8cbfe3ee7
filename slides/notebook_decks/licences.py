"""The licences of what an exported file contains: plotly.js, outlines of maps, reveal.js and the typeface."""

from __future__ import annotations

from functools import cache
from importlib.metadata import files
from pathlib import Path

from notebook_decks.errors import ExportError
from notebook_decks.fonts import FAMILY
from notebook_decks.libraries import package_file


@cache
def _of_plotly() -> str:
    for path in files("plotly") or []:
        if "licenses" in path.parts and path.name.startswith("LICENSE"):
            return path.read_text(encoding="utf-8")
    raise ExportError("the installed package plotly has no licence text, which a file with plotly.js must hold")


def licences(*, charts: bool, deck: bool, outlines: Path | None = None) -> str:
    """Write the licences of what a file contains, each under a line that says whose it is.

    `outlines` is the folder of the package that the outlines of maps come from.
    """
    found = {}
    if charts:
        found["plotly.js, which draws the charts"] = _of_plotly()
    if outlines:
        name = "the outlines of maps, from npm's plotly.js, made from data of the United Nations and of Natural Earth"
        found[name] = (outlines / "LICENSE").read_text(encoding="utf-8")
    if deck:
        found["reveal.js, which shows the slides"] = _text("sphinx_revealjs", "_static/revealjs/LICENSE")
    typeface = f"{FAMILY}, the typeface: Source Sans 3, reduced to the characters used, with another line height"
    found[typeface] = _text("fontpkg_source_sans_3", "LICENSE")
    return "\n\n".join(f"===== {name} =====\n\n{text.strip()}" for name, text in found.items())


def _text(package: str, inside: str) -> str:
    return package_file(package, inside).read_text(encoding="utf-8")
