"""What a chart draws when there is more than a reader can see: a part of it or bundles, and a sentence that says so."""

from __future__ import annotations

import pandas as pd

from ..words.language import Texts

MOST_COLUMNS = {"article": 6, "meeting": 8}  # columns of a matrix whose heads can be read on a phone
MOST_IN_A_CELL = 20  # marks in a cell of a matrix


def newest(frame: pd.DataFrame, by: str, *, headline: str = "of_all") -> tuple[pd.DataFrame, str]:
    """The rows of the last articles or meetings of a frame in order of time, and a note; all rows where they are few.

    `headline`: what the finding is about, "of_all" or "of_these".

    >>> newest(pd.DataFrame({"meeting": list("abbcdefghi")}), "meeting")[1]
    'The chart shows the newest 8 of 9 meetings; the headline counts all.'
    """
    names, most = list(dict.fromkeys(frame[by])), MOST_COLUMNS[by]
    if len(names) <= most:
        return frame, ""
    texts = Texts("limits")
    note = texts("newest", most=most, count=len(names), what=texts(f"{by}s"), headline=texts(headline))
    return frame[frame[by].isin(names[-most:])], note


def bundled(cells: pd.DataFrame, what: str) -> tuple[pd.DataFrame, str]:
    """Cells of a matrix with about MOST_IN_A_CELL marks each at most, and a note on what a mark stands for.

    `cells` has columns row, column and symbol; the cells given back have `others` too: how many further records, of
    the same place and symbol, a mark stands for. `what`: "facts" or "passages".
    """
    fullest = int(cells.groupby(["row", "column"]).size().max()) if len(cells) else 0
    each = max(1, -(-fullest // MOST_IN_A_CELL))
    if each == 1:
        return cells.assign(others=0), ""
    place = ["row", "column", "symbol"]
    cells = cells.assign(bundle=cells.groupby(place).cumcount() // each)
    others = cells.groupby([*place, "bundle"])["row"].transform("size") - 1
    first = ~cells.duplicated([*place, "bundle"])
    texts = Texts("limits")
    note = texts("bundles", size=each, what=texts(what))
    return cells.assign(others=others)[first].drop(columns="bundle"), note


def and_others(text: str, others: int, what: str) -> str:
    """A hover text, with a line on the records that its mark stands for besides the one it opens."""
    if not others:
        return text
    texts = Texts("limits")
    return f"{text}<br>{texts('others', count=others, what=texts(what))}"
