"""The pictures of charts that a notebook keeps beside its Plotly outputs (notebook_decks.pictures makes them)."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterator

from nbformat import NotebookNode
from PIL import Image

from notebook_decks.cells import FIGURE

LINE_GAP = 2  # px; lines of text have more between them
HIGH = 0.8  # where a title is the first of a picture; 1 is its upper edge
FAINT = 20  # how much darker than the paper a row may be that has no text, of 255


def figures_in(nb: NotebookNode) -> Iterator[NotebookNode]:
    """Give the Plotly outputs of a notebook; not those whose HTML somebody else made, as Plotly's own display does."""
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            data = output.get("data") or {}
            ours = "text/html" not in data or "notebook_decks" in (output.get("metadata") or {})
            if isinstance(data.get(FIGURE), dict) and ours:
                yield output


def picture_of(output: NotebookNode) -> str | None:
    """Give the address (data:) of the picture of an output's chart; None where it has none of its present state."""
    data, about = output.get("data") or {}, (output.get("metadata") or {}).get("notebook_decks") or {}
    if FIGURE not in data or about.get("picture_of") != digest(data[FIGURE]):
        return None
    page = data.get("text/html", "")
    found = re.search(r' src="(data:image/png;base64,[A-Za-z0-9+/=]+)"', "".join(page))
    return found[1] if found else None


def drawing_in(picture: str, figure: dict) -> str:
    """Cut title and footer off the picture of a figure, where a caption says them, so that the drawing is larger.

    Both pictures are addresses (data:). A title is cut off where it stands at the top, a footer where it is the
    annotation of that name at the bottom. A picture that cannot be read gives none: the chart is more than its picture.
    """
    try:
        with Image.open(io.BytesIO(base64.b64decode(picture.partition(",")[2]))) as opened:
            whole = opened.copy()
    except (OSError, ValueError, Image.DecompressionBombError):
        return ""
    try:
        top, bottom = _edges(whole, figure.get("layout") or {})
    except (AttributeError, TypeError, ValueError, ZeroDivisionError):  # the layout may hold anything
        return picture
    if bottom <= top or (top, bottom) == (0, whole.height):
        return picture
    file = io.BytesIO()
    whole.crop((0, top, whole.width, bottom)).save(file, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def _edges(whole: Image.Image, layout: dict) -> tuple[int, int]:
    """Find the rows of a picture between which the drawing stands."""
    scale = whole.height / layout["height"] if layout.get("height") else 1
    title = layout.get("title") or {}
    title = title if isinstance(title, dict) else {"text": title}
    top = _below_lines(whole, _lines(title)) if title.get("y", 1) > HIGH else 0
    notes: list[dict] = layout.get("annotations") or []
    footer = next((note for note in notes if note.get("name") == "footer"), {})
    below = (layout.get("margin") or {}).get("b", 0) + footer.get("yshift", 0)  # its top is so far above the lower edge
    return top, whole.height - round(scale * below) if footer.get("yshift") and below > 0 else whole.height


def _lines(title: dict) -> int:
    texts = [title.get("text") or "", (title.get("subtitle") or {}).get("text") or ""]
    return sum(str(text).count("<br>") + 1 for text in texts if text)


def _below_lines(picture: Image.Image, lines: int) -> int:
    """Find the row of a picture below its first lines of text; accents and dots belong to the line below them."""
    if not lines:
        return 0
    grey = picture.convert("L")
    paper, found, blank = grey.tobytes()[0], 0, LINE_GAP + 1
    for row in range(picture.height):
        darkest = min(grey.crop((0, row, grey.width, row + 1)).tobytes())
        if darkest > paper - FAINT:
            blank += 1
            if found == lines and blank > LINE_GAP:
                return row - LINE_GAP
        else:
            found += blank > LINE_GAP
            blank = 0
    return 0


def digest(figure: dict) -> str:
    """Name a state of a figure.

    >>> digest({"data": [], "layout": {}})
    '7b529ff7613b355d'
    """
    return hashlib.sha256(json.dumps(figure, sort_keys=True).encode()).hexdigest()[:16]
