"""The one place where foreign text becomes HTML: text of a record, a paste, a file name or a notebook."""

from __future__ import annotations

import html
import re

# Control characters and lone surrogates break JSON messages and files; direction marks can reorder a line on screen.
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def escaped(value: object, *, quotes: bool = True) -> str:
    """Write a value as HTML that shows it as it is: no markup, no script, no character that cannot be seen.

    The result may stand in an element or, with `quotes`, in a quoted attribute. It is not Markdown: output it as HTML.

    >>> escaped('<img src=x onerror="a()">'), escaped("a" + chr(0))
    ('&lt;img src=x onerror=&quot;a()&quot;&gt;', 'a\ufffd')
    """
    return html.escape(UNSAFE.sub("\ufffd", str(value)), quote=quotes)
