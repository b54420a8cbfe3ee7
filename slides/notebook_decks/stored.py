"""The pictures of charts that a notebook keeps beside its Plotly outputs (notebook_decks.pictures makes them)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator

from nbformat import NotebookNode

from notebook_decks.cells import FIGURE


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


def digest(figure: dict) -> str:
    """Name a state of a figure.

    >>> digest({"data": [], "layout": {}})
    '7b529ff7613b355d'
    """
    return hashlib.sha256(json.dumps(figure, sort_keys=True).encode()).hexdigest()[:16]
