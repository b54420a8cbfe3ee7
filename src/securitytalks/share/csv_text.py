"""Tables as CSV that a spreadsheet cannot take for formulas."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pandas as pd

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that starts with one of these


def csv_text(frame: pd.DataFrame) -> str:
    r"""Write a frame as CSV: days as 2021-10-08, lists with semicolons, nothing for what is missing.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> csv_text(pd.DataFrame({"word": ["=A1", "b"], "number": [-1.0, 2.5], "topics": [["arms", "violence"], []]}))
    "word,number,topics\n'=A1,-1,arms;violence\nb,2.5,\n"
    """
    lines = StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([_cell(value) for value in row] for row in frame.itertuples(index=False))
    return lines.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return _cell(";".join(str(part) for part in value))
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):  # a Timestamp is one too
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_SIGNS) else text
