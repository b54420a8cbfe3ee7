"""Tables of the lesson in an export.

Output type: application/vnd.classroom.table+json, the fields of `table.Table`.
"""

from __future__ import annotations

from notebook_decks.html.tables import tables
from notebook_decks.plugins import Place, renders

from ..forms import HERE, script
from .table import TABLE, Table, table_html


@renders(TABLE, script=script("table"), style=HERE / "table" / "table.css")
def table(data: dict, place: Place) -> str:
    """Write a table that the script makes sortable, searchable and filterable."""
    shown = data["slide"] if place.kind == "deck" and data.get("slide") else data
    return tables(table_html(Table(**shown)), place.where)
