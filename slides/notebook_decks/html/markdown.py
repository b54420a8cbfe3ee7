"""Markdown as nbconvert renders it, cleaned, with formulas as MathML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from notebook_decks.errors import report
from notebook_decks.html.clean import clean
from notebook_decks.html.formulas import DOLLAR, OF_OURS, Formulas, without_formulas
from notebook_decks.html.tables import tables
from notebook_decks.html.text import text as escaped
from notebook_decks.html.text import unescaped

# Code, formulas (no space inside the dollar signs, no digit behind them); references to equations; sums of money.
MONEY = re.compile(
    r"(?sm)(?P<kept>\\begin\{[^{}]*\}.{0,5000}?\\end\{|^(?: {4}|\t)[^\n]*|```.*?(?:```|\Z)"
    r"|(?<!`)`[^`\n]{0,5000}`(?!`)|\$\$.{0,5000}?\$\$|\$(?=\S)(?:(?!\n\s*\n|</)[^$`]){0,2000}?(?<=\S)\$(?!\d)|`+)"
    r"|(?P<reference>\\(?:eq)?ref\{[^{}\n]*\})|\\?\$"
)


class _Renderer(IPythonRenderer):
    """nbconvert's Markdown, with formulas kept aside until the text around them is clean."""

    def __init__(self, formulas: Formulas) -> None:
        super().__init__(escape=False, embed_images=False, exclude_anchor_links=True)
        self.formulas = formulas

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Write a picture as it stands; cleaning puts its data into the file."""
        name = f' title="{escaped(title)}"' if title else ""
        return f'<img src="{escaped(url)}" alt="{escaped(unescaped(text))}"{name}>'

    def block_code(self, code: str, info: str | None = None) -> str:
        """Write code; a diagram that a script would draw stays code."""
        if (info or "").strip() == "mermaid":
            report(f"{self.formulas.where}: a diagram (mermaid) is shown as its code, since drawing it needs a script")
        return super().block_code(code, info)

    def heading(self, text: str, level: int, **attrs: dict[str, Any]) -> str:
        """Give a heading the id that links in notebooks use: its words with hyphens between them."""
        words = without_formulas(re.sub(r"<[^<>]*>", "", text)).strip()
        name = re.sub(r"\s+", "-", unescaped(words)).replace(":", "-").replace('"', "")
        return f'<h{level} id="{escaped(name)}">{text}</h{level}>\n'

    def block_math(self, body: str) -> str:
        """Keep $$...$$ aside."""
        return self.formulas.aside(body, block=True)

    def inline_math(self, body: str) -> str:
        """Keep $...$ aside."""
        return self.formulas.aside(body, block=False)

    def latex_environment(self, name: str, body: str) -> str:
        """Keep a LaTeX environment aside."""
        return self.formulas.aside(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True)


def markdown(
    source: str,
    where: str,
    *,
    attachments: Mapping | None = None,
    folder: str = "",
    formulas: Formulas | None = None,
) -> str:
    """Render Markdown as nbconvert does, with pictures contained.

    Raises:
        ExportError: If the export is strict and a picture is not there.
    """
    formulas = formulas or Formulas()
    raw = MarkdownWithMath(renderer=_Renderer(formulas)).render(money(OF_OURS.sub("", source)))
    done = formulas.in_html(clean(raw, where, folder=folder, attachments=attachments))
    return formulas.placed(tables(done, where))


def money(source: str) -> str:
    r"""Put marks for the dollar signs that begin no formula, so that two sums in a line do not become one.

    References to equations become formulas, which know the numbers.

    >>> money("about $3 billion, then $4 billion; slope $m$, `$x`, see \\ref{a}").replace(DOLLAR, "(dollar)")
    'about (dollar)3 billion, then (dollar)4 billion; slope $m$, `$x`, see $\\ref{a}$'
    """
    return MONEY.sub(
        lambda found: found["kept"] or (f"${found['reference']}$" if found["reference"] else DOLLAR), source
    )
