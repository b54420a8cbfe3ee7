"""Formulas: LaTeX as MathML, which browsers draw themselves.

While the text around them is cleaned, formulas are kept aside and only a mark with their number stands in the text.
"""

from __future__ import annotations

import re

from latex2mathml.converter import convert

from notebook_decks.errors import report
from notebook_decks.html.text import SCHEMES, text, unescaped
from notebook_decks.words import say

MARK = re.compile("\ue000(\\d{1,9})\ue001")
TAG_OR_MARK = re.compile("<[^<>]*>|\ue000\\d{1,9}\ue001")
OF_OURS = re.compile("[\ue000-\ue004]")
DOLLAR = "\ue004"  # stands for a dollar sign that begins no formula, until the formulas of the text are placed
DOLLAR_IN_ADDRESS = "%EE%80%84"
MATHS = re.compile(  # what MathJax reads, and as in pandoc no space inside of single dollar signs, no digit behind them
    r"(?s)(?<!\\)\$\$(?P<block>[^$]{1,10000})\$\$|(?<![\\$])\$(?=\S)(?P<inline>[^$]{1,10000}?)(?<=\S)\$(?![\d$])"
    r"|\\\[(?P<shown>(?:(?!\\[\[\]]).){1,5000})\\\]|\\\((?P<within>(?:(?!\\[()]).){1,5000})\\\)"
    r"|(?P<environment>\\begin\{(?P<name>"
    r"[A-Za-z]*(?:matrix|align(?:at|ed|edat)?|array|cases|equation|gather(?:ed)?|math|multline|split)\*?)"
    r"\}.{0,5000}?\\end\{(?P=name)\})"
)
TAG = re.compile("(<[^<>]*>)")
NO_MATHS = re.compile(r"<(/?)(?:annotation|code|kbd|math|pre|samp|style|tt)\b")  # elements without formulas
COMMAND = re.compile(r"\\(?:re)?newcommand\*?\s*\{?\\(\w+)\}?\s*(?:\[(\d)\])?\s*|\\def\s*\\(\w+)\s*(?=\{)")
ENVIRONMENTS = {  # what the converter does not know, and what it writes instead; without a star it numbers every line
    "align|aligned|alignat|alignedat|eqnarray|flalign": "align*",
    "gather|gathered|multline": "matrix",
    "dcases": "cases",
}
OPERATOR = re.compile(r"\\DeclareMathOperator\*?\s*\{\\(\w+)\}\s*(?=\{)")
# An address to which no reader must be led.
ADDRESS = re.compile(rf' href="(?!({"|".join(sorted(SCHEMES))}):|#)[^"]*"', re.IGNORECASE)
UNKNOWN = re.compile(r">(\\[A-Za-z]+)<")  # a command that the converter does not know
MOST_EXPANSIONS = 200
LONGEST = 10_000  # letters of a formula; the converter takes seconds for longer ones


class Formulas:
    """The formulas of a document, with the macros that it has defined so far."""

    def __init__(self) -> None:
        self.macros: dict[str, tuple[int, str]] = {}
        self.labels: dict[str, int] = {}
        self._aside: list[str] = []
        self.where = ""  # the place that is being read, for messages

    def aside(self, latex: str, *, block: bool) -> str:
        """Keep a formula, and give the mark that stands for it."""
        self._aside.append(self.written(latex, block=block))
        return f"\ue000{len(self._aside) - 1}\ue001"

    def placed(self, html: str) -> str:
        """Put the formulas in the places of their marks, and words where a mark is in an attribute."""

        def put(found: re.Match) -> str:
            if found[0].startswith("<"):
                return without_formulas(found[0])
            number = int(found[0][1:-1])
            return self._aside[number] if number < len(self._aside) else ""  # a mark that the notebook wrote itself

        return TAG_OR_MARK.sub(put, html).replace(DOLLAR, "$").replace(DOLLAR_IN_ADDRESS, "$")

    def in_html(self, html: str) -> str:
        """Keep the formulas in the texts of HTML aside, as MathJax finds them."""
        pieces, depth = [], 0
        for piece in TAG.split(html):
            if piece.startswith("<"):
                found = NO_MATHS.match(piece)
                depth += 0 if not found else -1 if found[1] else 1
            pieces.append(piece if piece.startswith("<") or depth > 0 else self._in_text(piece))
        return "".join(pieces)

    def _in_text(self, words: str) -> str:
        def kept(found: re.Match) -> str:
            block = found["block"] or found["shown"] or found["environment"]
            return self.aside(unescaped(block or found["inline"] or found["within"]), block=bool(block))

        return MATHS.sub(kept, words).replace(r"\$", "$")

    def written(self, latex: str, *, block: bool) -> str:
        """Write a formula as MathML, or as its LaTeX where it has no MathML."""
        body = self._referred(self._expanded(self._defined(latex))).strip()
        if not body:
            return ""
        if len(body) > LONGEST:
            return f"<code>{text(latex)}</code>"
        try:
            done = convert(body, display="block" if block else "inline")
        except Exception as error:  # the converter raises its own and Python's errors for what it does not know
            reason = str(error) or type(error).__name__
            report(f"{self.where}: the formula {latex!r} is shown as LaTeX: {reason}")
            return f"<code>{text(latex)}</code>"
        if unknown := sorted(set(UNKNOWN.findall(done))):
            report(f"{self.where}: a formula has commands that are shown as they are written: {', '.join(unknown)}")
        return ADDRESS.sub("", done)

    def _defined(self, latex: str) -> str:
        """Take definitions of macros out of a formula, and remember them."""
        while found := COMMAND.search(latex) or OPERATOR.search(latex):
            end = _closing(latex, found.end())
            body = latex[found.end() + 1 : end - 1] if end > found.end() else ""
            name = next(group for group in found.groups() if group and not group.isdigit())
            if found.re is OPERATOR:
                body = rf"\operatorname{{{body}}}"
            parameters = found[2] if found.re is COMMAND else None
            self.macros[name] = (int(parameters or 0), body)
            latex = latex[: found.start()] + latex[max(end, found.end()) :]
        return latex

    def _expanded(self, latex: str) -> str:
        if not self.macros:
            return latex
        names = re.compile(rf"\\({'|'.join(map(re.escape, sorted(self.macros, key=len, reverse=True)))})(?![A-Za-z])")
        for _ in range(MOST_EXPANSIONS):
            found = names.search(latex)
            if not found or len(latex) > LONGEST:
                break
            count, body = self.macros[found[1]]
            at, values = found.end(), []
            for _ in range(count):
                end = _closing(latex, at)
                values.append(latex[at + 1 : end - 1] if end > at + 1 else latex[at : at + 1])
                at = max(end, at + 1)
            for number, value in enumerate(values, 1):
                body = body.replace(f"#{number}", value)
            latex = f"{latex[: found.start()]}{{{body}}}{latex[at:]}"
        return latex

    def _referred(self, latex: str) -> str:
        """Number what has a label, and write the number where it is referred to."""
        for name in re.findall(r"\\label\{([^{}]*)\}", latex):
            self.labels.setdefault(name, len(self.labels) + 1)
        latex = re.sub(r"\\label\{([^{}]*)\}", lambda m: rf"\qquad({self.labels[m[1]]})", latex)
        latex = re.sub(r"\\tag\*?\{([^{}]*)\}", r"\\qquad(\1)", latex)
        latex = re.sub(r"\\eqref\{([^{}]*)\}", lambda m: rf"\text{{({self.labels.get(m[1], m[1])})}}", latex)
        latex = re.sub(r"\\ref\{([^{}]*)\}", lambda m: rf"\text{{{self.labels.get(m[1], m[1])}}}", latex)
        for names, known in ENVIRONMENTS.items():
            latex = re.sub(rf"\\begin\{{(?:{names})\*?\}}(?:\{{\d+\}})?", rf"\\begin{{{known}}}", latex)
            latex = re.sub(rf"\\end\{{(?:{names})\*?\}}", rf"\\end{{{known}}}", latex)
        latex = re.sub(r"\\require\{\w*\}|\\(notag|nonumber)(?![A-Za-z])", "", latex)
        latex = re.sub(r"\\cr(?![A-Za-z])", r"\\\\", latex)
        return re.sub(r"\\begin\{(equation|displaymath|math)\*?\}|\\end\{(equation|displaymath|math)\*?\}", "", latex)


def without_formulas(words: str) -> str:
    """Write the word for a formula in the places of marks."""
    return MARK.sub(say("cell.formula"), words)


def _closing(latex: str, at: int) -> int:
    """Find the end of the group in braces that starts at a place; the place itself if none starts there."""
    if latex[at : at + 1] != "{":
        return at
    depth = 0
    for place in range(at, len(latex)):
        depth += {"{": 1, "}": -1}.get(latex[place], 0) if latex[place - 1] != "\\" else 0
        if depth == 0:
            return place + 1
    return at


def words_with_formulas(source: str, formulas: Formulas) -> str:
    """Write an output of type text/latex: a formula, or words with formulas; LaTeX without any is shown as it is."""
    stripped = source.strip()
    whole = MATHS.fullmatch(stripped)
    if whole and not whole["environment"]:
        body = next(body for body in whole.groups() if body).replace(r"\displaystyle", "").strip()
        return f'<p class="formula">{formulas.written(body, block=True)}</p>'
    if not MATHS.search(stripped):
        return f'<pre class="output">{text(stripped)}</pre>'
    return f"<p>{formulas.placed(formulas.in_html(text(stripped)))}</p>"
