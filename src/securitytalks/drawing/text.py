"""Text on a chart: wrapped and escaped."""

from __future__ import annotations

import textwrap
from html import escape


def _lines(text: str, width: int) -> list[str]:
    # Records are text, never markup: Plotly reads a few HTML tags in titles, so they are escaped here.
    return [escape(line, quote=False) for line in textwrap.wrap(text, width)]


def hover(*parts: str, width: int = 60) -> str:
    """One hover text from parts: each wrapped, the first in bold, none of them markup.

    >>> hover("More than 5", "A <b> c")
    '<b>More than 5</b><br>A &lt;b&gt; c'
    """
    wrapped = ["<br>".join(_lines(part, width)) for part in parts if part]
    return "<br>".join([f"<b>{wrapped[0]}</b>", *wrapped[1:]])


def label(text: str, width: int = 28) -> str:
    """Text for a mark or an axis: wrapped and escaped.

    >>> label("Arms & money", 6)
    'Arms &amp;<br>money'
    """
    return "<br>".join(_lines(text, width))
