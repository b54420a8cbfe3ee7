"""Text on a chart: wrapped and escaped."""

from __future__ import annotations

import textwrap

from ..words.escape import escaped

LETTERS = 60  # in a line of a phone, and of a hover text
RECORD = "\x1f"  # in a hover text, on both sides of the place of its record; `finish` takes them out


def hover(*parts: str, record: str = "") -> str:
    """One hover text from parts: each wrapped, the first in bold, none of them markup.

    A line that goes on in the next one ends with a space, so that an export can tell it from the end of a part.

    `record` is the place of the record that the mark leads to (words.links.place_of), if it has one.

    >>> hover("More than 5", "A <b> c")
    '<b>More than 5</b><br>A &lt;b&gt; c'
    """
    lines = [label(part).replace("<br>", " <br>") for part in parts if part]
    return "<br>".join([f"<b>{lines[0]}</b>", *lines[1:]]) + (f"{RECORD}{record}{RECORD}" if record else "")


def label(text: str, width: int = LETTERS) -> str:
    """Text for a mark, an axis or a title: wrapped, and none of it markup, since Plotly reads a few HTML tags in texts.

    Plotly does not decode `&quot;`, so quotation marks stay as they are.

    >>> label("Arms & money", 6)
    'Arms &amp;<br>money'
    """
    return "<br>".join(escaped(line, quotes=False) for line in textwrap.wrap(text, width))


def coloured(sign: str, colour: str) -> str:
    """A bold sign in a colour, for a key: a piece of the line or mark that it names.

    >>> coloured("■", "#0072B2")
    "<span style='color:#0072B2'><b>■</b></span>"
    """
    return f"<span style='color:{colour}'><b>{sign}</b></span>"
