"""The quotation form in exported files."""

from __future__ import annotations

from notebook_decks.plugins import Place, renders

from ...drawing import theme
from .quotation import QUOTATION, STYLE, as_columns


@renders(QUOTATION, style=(theme.STYLE, STYLE))
def quotation(data: dict, place: Place) -> str:
    """Write both versions of a quotation in two columns."""
    return as_columns(data)
