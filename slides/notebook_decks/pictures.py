"""Small pictures of charts, kept in a notebook beside its Plotly outputs, for places that draw no Plotly.

GitHub, nbviewer and Quarto show an output's HTML; JupyterLab, VS Code and this package's exporters prefer the live
chart beside it. As a preprocessor this runs after nbconvert has executed the notebook:

    jupyter nbconvert --to notebook --execute --inplace notebooks/*.ipynb
        --NotebookExporter.preprocessors=notebook_decks.pictures.Pictures
"""

from __future__ import annotations

import base64
import io
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from PIL import Image

from notebook_decks import fonts
from notebook_decks.browser import FLAGS, chromium
from notebook_decks.cells import FIGURE
from notebook_decks.figure import read
from notebook_decks.figure.write import USUAL_HEIGHT, script_json
from notebook_decks.html.text import plain, text
from notebook_decks.libraries import package_file
from notebook_decks.stills import PATIENCE, ROOT_ONLY
from notebook_decks.stored import digest, figures_in, picture_of
from notebook_decks.words import say

WIDTH = 800  # px
MOST_BYTES = 30_000  # of a picture
TALLEST_SHEET = 12_000  # px; Chromium makes no picture that is much taller
COLOURS = (64, 32, 16, 8)
SCREENSHOT = [flag for flag in FLAGS if flag != "--dump-dom"]
SHEET = """<!DOCTYPE html><meta charset="utf-8"><style>{face} body {{ margin: 0 }} div {{ overflow: hidden }}</style>
<script src="plotly.min.js"></script><body><script>
for (const {{ data, layout, height }} of {figures}) {{
  const box = document.body.appendChild(document.createElement("div"));
  box.style.height = `${{height}}px`;
  const whole = {{ ...layout, width: {width}, height }};
  document.fonts.ready.then(() => Plotly.newPlot(box, data, whole, {{ staticPlot: true }}));
}}
</script>"""
CONTROLS = ("updatemenus", "sliders")


class Pictures(Preprocessor):
    """Puts a picture beside each Plotly output that has none, or one of another state of the chart."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Draw the missing pictures of a notebook; without a Chromium it stays as it is, with a warning."""
        if chromium() is None:
            self.log.warning("the charts get no pictures: no Chromium was found; name one in CHROMIUM")
            return nb, resources
        wanted = [output for output in figures_in(nb) if picture_of(output) is None]
        try:
            pictures = drawn([output["data"][FIGURE] for output in wanted])
        except (OSError, subprocess.SubprocessError) as error:
            self.log.warning("no pictures of the charts, because Chromium failed: %s", error)
            return nb, resources
        for output, picture in zip(wanted, pictures, strict=True):
            figure = output["data"][FIGURE]
            source = "data:image/png;base64," + base64.b64encode(picture).decode("ascii")
            alt = text(_description(figure))
            output["data"]["text/html"] = f'<img alt="{alt}" width="{WIDTH}" src="{source}">'
            output.setdefault("metadata", NotebookNode())["notebook_decks"] = {"picture_of": digest(figure)}
        return nb, resources


def drawn(figures: list[dict]) -> list[bytes]:
    """Draw figures as JupyterLab does at a width of 800 px, without their controls: PNG of at most 30 kB each.

    Raises:
        OSError: Where there is no Chromium, or it made no picture.
        subprocess.SubprocessError: Where Chromium failed, or took longer than two minutes.
    """
    return [picture for sheet in _sheets(figures) for picture in _drawn(sheet)]


def _sheets(figures: Iterable[dict]) -> Iterator[list[dict]]:
    sheet: list[dict] = []
    for figure in figures:
        layout = {k: v for k, v in (figure.get("layout") or {}).items() if k not in CONTROLS}
        height = round(layout.get("height") or USUAL_HEIGHT)
        one = {"data": figure.get("data") or [], "layout": layout, "height": height}
        if sheet and sum(f["height"] for f in sheet) + height > TALLEST_SHEET:
            yield sheet
            sheet = []
        sheet.append(one)
    if sheet:
        yield sheet


def _drawn(sheet: list[dict]) -> list[bytes]:
    browser = chromium()
    if browser is None:
        raise FileNotFoundError("no Chromium was found; name one in CHROMIUM")
    written, total = script_json(sheet), sum(figure["height"] for figure in sheet)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = package_file("plotly", "package_data/plotly.min.js").read_text(encoding="utf-8")
        (folder / "plotly.min.js").write_text(script, encoding="utf-8")
        page = SHEET.format(face=fonts.face(written), figures=written, width=WIDTH)
        (folder / "sheet.html").write_text(page, encoding="utf-8")
        to = folder / "sheet.png"
        flags = [f"--screenshot={to}", f"--window-size={WIDTH},{total}", "--hide-scrollbars"]
        command = [browser, *SCREENSHOT, *ROOT_ONLY, *flags, f"--user-data-dir={folder}/profile"]
        command += ["--force-device-scale-factor=1", (folder / "sheet.html").as_uri()]
        subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
        with Image.open(to) as opened:
            whole = opened.convert("RGB")
    pictures, top = [], 0
    for figure in sheet:
        pictures.append(_small(whole.crop((0, top, WIDTH, top + figure["height"]))))
        top += figure["height"]
    return pictures


def _small(picture: Image.Image) -> bytes:
    """Write a picture as PNG with as many colours as the size allows; at the worst also with fewer pixels."""
    while True:
        for colours in COLOURS:
            file = io.BytesIO()
            picture.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
            if file.tell() <= MOST_BYTES:
                return file.getvalue()
        picture = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))


def _description(figure: dict) -> str:
    """Describe a figure in words, as an export does."""
    meta = (figure.get("layout") or {}).get("meta")
    own = meta.get("description") if isinstance(meta, dict) else None
    if own:
        return str(own)
    try:
        return plain(read.chart(figure, id="", where="").words["description"])
    except Exception:  # a figure can be damaged in any way, and its picture is drawn all the same
        return say("described.unknown")
