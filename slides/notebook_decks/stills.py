"""Pictures of a deck's charts, made once by a Chromium where one is at hand, to be seen until plotly.js has started."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from notebook_decks.browser import FLAGS, chromium

PATIENCE = 120  # seconds for a deck
# As root (a container, CI) Chromium starts only without its sandbox; anybody else keeps it.
ROOT_ONLY = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def stills(deck: str) -> dict[str, str]:
    """Draw each chart of a deck as on its slide: SVG by the chart's id; nothing where there is no Chromium."""
    browser = chromium()
    if browser is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "deck.html"
        file.write_text(deck, encoding="utf-8")
        command = [browser, *FLAGS, *ROOT_ONLY, f"--user-data-dir={folder}/profile", f"{file.as_uri()}?paper"]
        run = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    drawn = BeautifulSoup(run.stdout.decode("utf-8", "replace"), "html.parser")
    figures = drawn.select("figure[data-chart]")
    return {str(figure["id"]): picture for figure in figures if (picture := _picture(figure))}


def _picture(figure: Tag) -> str:
    """Lay the layers of a drawing over each other; "" for a chart that is drawn on a canvas."""
    layers = figure.select(".drawing .main-svg")
    if not layers or figure.select_one(".drawing canvas"):
        return ""
    size = f'width="{layers[0]["width"]}" height="{layers[0]["height"]}"'
    box = f'viewBox="0 0 {layers[0]["width"]} {layers[0]["height"]}"'
    inner = "".join(_as_xml(layer) for layer in layers)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} {box}>{inner}</svg>'
    )


def _as_xml(layer: Tag) -> str:
    for unused in layer.select(".hoverlayer, .draglayer, .zoomlayer"):
        unused.decompose()
    del layer["xmlns"], layer["xmlns:xlink"], layer["class"]  # the class is how a drawn chart is known
    # HTML read without a namespace loses the capitals of these names, which XML wants.
    text = str(layer)
    for name in ("clipPath", "linearGradient", "radialGradient", "viewBox", "gradientUnits", "patternUnits"):
        text = re.sub(rf"(?<=[<\s/]){name.lower()}(?=[\s=>])", name, text)
    return text
