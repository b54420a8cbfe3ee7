"""Text as HTML, and HTML as text: the one module that escapes, so that nothing foreign becomes markup elsewhere."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

import nh3
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

LONG_NUMBER = re.compile(r"&#[0-9]{8,};?")  # names no character; Python refuses to read very long ones
SCHEMES = {"http", "https", "ftp", "mailto", "tel"}  # of addresses to which a link may lead
MARKS = {"b", "br", "em", "i", "strong", "sub", "sup"}


def text(value: object) -> str:
    """Escape a text for HTML."""
    return html.escape(str(value), quote=True)


def unescaped(words: str) -> str:
    """Read the references to characters in HTML.

    >>> unescaped("&lt;b&gt; &#38; &#" + "9" * 5000 + ";")
    '<b> & \ufffd'
    """
    return html.unescape(LONG_NUMBER.sub("\ufffd", words))


def in_markdown(words: str) -> str:
    r"""Write words so that Markdown shows them as they are.

    >>> in_markdown("5 * <b> & $4")
    '5 \\* \\<b\\> \\& \\$4'
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)


def marks(label: str) -> str:
    """Keep the few tags that Plotly reads in a title; everything else is text.

    >>> marks("<b>Deaths</b><br>a < b <script>x</script>")
    '<b>Deaths</b><br>a &lt; b &lt;script&gt;x&lt;/script&gt;'
    """
    names = "|".join(sorted(MARKS))
    kept = re.compile(rf"(?i)<(/?)({names})\s*(/?)>")
    pieces, at = [], 0
    for found in kept.finditer(str(label)):
        pieces += [text(unescaped(str(label)[at : found.start()])), f"<{found[1]}{found[2].lower()}>"]
        at = found.end()
    return nh3.clean("".join([*pieces, text(unescaped(str(label)[at:]))]), tags=MARKS, attributes={})


def plain(label: str) -> str:
    r"""Give the words of a Plotly label.

    >>> plain("<b>Deaths</b><br>per&nbsp;year"), plain("homicides < 5 and > 3")
    ('Deaths per\xa0year', 'homicides < 5 and > 3')
    """
    return unescaped(re.sub(r"</?[A-Za-z][^<>]*>", "", re.sub(r" ?<br\s*/?>", " ", str(label)))).strip()


def code(source: str, language: str) -> str:
    """Colour source code."""
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    return highlight(source.rstrip(), lexer, HtmlFormatter(cssclass="highlight"))


def spanish(names: Iterable[str]) -> Callable[[str], str]:
    """Make a function that marks these names as Spanish in HTML, so that a screen reader pronounces them.

    >>> spanish(["Calderón"])('<p title="Calderón">Felipe Calderón</p>')
    '<p title="Calderón">Felipe <span lang="es">Calderón</span></p>'
    """
    wanted = sorted({text(name) for name in names if name}, key=len, reverse=True)
    if not wanted:
        return lambda done: done
    names_or_markup = re.compile(
        r"(?s)<(script|style|code|pre|title|noscript)\b.*?</\1>|<[^>]*>|(?<!\w)(?P<name>"
        + "|".join(map(re.escape, wanted))
        + r")(?!\w)"
    )
    return lambda done: names_or_markup.sub(
        lambda m: f'<span lang="es">{m["name"]}</span>' if m["name"] else m[0], done
    )
