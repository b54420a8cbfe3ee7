"""A table that a reader can sort, search and filter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from ...words.escape import escaped


@cache
def _script() -> str:
    return Path(__file__).with_name("table.js").read_text(encoding="utf-8")


def show_table(rows: pd.DataFrame, *, caption: str, filters: Sequence[str] = (), search: bool = False) -> HTML:
    """A table with caption and scoped headers; sorted, searched and filtered by a reader where scripts may run.

    `filters` are column names to offer as choices; a cell that holds several values parts them with "; ".
    """
    unknown = sorted(set(filters) - set(rows.columns))
    if unknown:
        raise ValueError(f"no column to filter by: {', '.join(unknown)}; columns: {', '.join(rows.columns)}")
    head = "".join(f'<th scope="col" style="text-align:left">{escaped(str(c))}</th>' for c in rows.columns)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows.itertuples(index=False))
    wants = f' data-filters="{escaped(",".join(filters))}"' + (" data-search" if search else "")
    table = (
        f'<table class="talks-table mathjax_ignore"{wants}>'
        f'<caption style="text-align:left;font-weight:bold">{escaped(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    live = bool(filters) or search
    return HTML(table + (f"<script>{_script()}</script>" if live else ""))


def _cells(row: Sequence[object]) -> str:
    first, *rest = [escaped("" if v is None or v is pd.NaT or v is pd.NA else str(v)) for v in row]
    style = 'style="text-align:left;vertical-align:top"'
    return f'<th scope="row" {style}>{first}</th>' + "".join(f"<td {style}>{text}</td>" for text in rest)
