"""Formulas: LaTeX as MathML, which browsers draw themselves.

While the text around them is cleaned, formulas are kept aside and only a mark with their number stands in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from latex2mathml.commands import MATRICES
from latex2mathml.converter import convert
from latex2mathml.symbols_parser import convert_symbol

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
    r"CD|[A-Za-z]*(?:matrix|align(?:at|ed|edat)?|array|cases|equations?|gather(?:ed)?|lines|math|multlined?|split)\*?)"
    r"\}.{0,5000}?\\end\{(?P=name)\})"
)
TAG = re.compile("(<[^<>]*>)")
NO_MATHS = re.compile(r"<(/?)(?:annotation|code|kbd|math|pre|samp|style|tt)\b")  # elements without formulas
NAME = r"\\(?P<name>[A-Za-z]+|[^A-Za-z\s\\{}])"  # of a macro, behind its backslash
DEFINITION = re.compile(
    rf"\\(?:(?:re)?new|provide)command\*?\s*(?:\{{\s*{NAME}\s*\}}|{NAME.replace('name', 'bare')})\s*"
    r"(?:\[(?P<count>\d)\]\s*)?(?:\[(?P<usual>[^\[\]]*)\]\s*)?(?=\{)"
    rf"|\\[gex]?def\s*{NAME.replace('name', 'defined')}\s*(?P<parameters>(?:\#\d\s*)*)(?=\{{)"
    rf"|\\DeclareMathOperator(?P<star>\*?)\s*\{{\s*{NAME.replace('name', 'operator')}\s*\}}\s*(?=\{{)"
    rf"|\\let\s*{NAME.replace('name', 'alias')}\s*=?\s*(?P<meaning>\\[A-Za-z]+|[^\s\\{{}}])"
)
ENVIRONMENTS = {  # what the converter does not know, and what it writes instead; without a star it numbers every line
    "align|aligned|alignat|alignedat|eqnarray|flalign|xalignat|xxalignat": (r"\begin{align*}", r"\end{align*}"),
    "gather|gathered|multline|multlined": (r"\begin{matrix}", r"\end{matrix}"),
    "lgathered": (r"\begin{matrix*}[l]", r"\end{matrix*}"),
    "rgathered": (r"\begin{matrix*}[r]", r"\end{matrix*}"),
    "dcases": (r"\begin{cases}", r"\end{cases}"),
    "d?rcases": (r"\left.\begin{matrix*}[l]", r"\end{matrix*}\right\}"),
    "subarray": (r"\substack{", "}"),
    "darray": (r"\begin{array}", r"\end{array}"),
    "equation|displaymath|math|subequations": ("", ""),
}
# What the converter would read as something else.
WRITTEN_OTHERWISE: dict[str, str | Callable[[re.Match[str]], str]] = {
    r"\\cr(?![A-Za-z])": r"\\\\",
    r"\\\\(?:\*|\s*\[\s*-?[\d.]+\s*\\?[A-Za-z]+\s*\])+": r"\\\\ ",  # a line's end with the space below it
    r"\\arg(?![A-Za-z])": r"\\operatorname{arg}",
    r"\\unicode\{(\d+)\}": lambda found: rf"\unicode{{x{int(found[1][:7]):x}}}",
    r"\\mathstrut(?![A-Za-z])": r"\\vphantom{(}",
    r"\\operatorname\*\s*(\{(?:[^{}]|\{[^{}]*\})*\})(?=\s*[_^])": r"\\mathop{\\mathrm\1}\\limits",
    r"\\operatorname\*": r"\\operatorname",
}
WITH_FORMULAS = re.compile(r"\\(text\w*|[mh]box)\s*\{((?:[^{}$]|\{[^{}]*\})*\$(?:[^{}]|\{[^{}]*\})*)\}")  # words
KNOWN = {name.removeprefix("\\") for name in MATRICES}
COLUMNS = re.compile(r"\\begin\{array\}\s*(?=\{)")
BESIDE_COLUMNS = re.compile(r"[@!<>]\s*\{(?:[^{}]|\{[^{}]*\})*\}")  # what an array has before, after and between them
ITSELF = "\ue003"  # stands in a command that means what it meant before a macro took its name
COMMAND = re.compile(rf"\\{ITSELF}?[A-Za-z]+")
PAIRS = (r"\begin", r"\end"), (r"\left", r"\right")
FENCES = {"p": "()", "b": "[]", "B": (r"\{", r"\}"), "v": "||", "V": (r"\|", r"\|")}  # around a matrix, by its letter
ENVIRONMENTS |= {
    rf"{letter}{kind}": (rf"\left{begin}\begin{{{known}}}", rf"\end{{{known}}}\right{end}")
    for letter, (begin, end) in FENCES.items()
    for kind, known in ((r"matrix\*", "matrix*"), ("smallmatrix", "smallmatrix"))
}
# An address to which no reader must be led.
ADDRESS = re.compile(rf' href="(?!({"|".join(sorted(SCHEMES))}):|#)[^"]*"', re.IGNORECASE)
UNKNOWN = re.compile(r">(\\[A-Za-z]+)<")  # a command that the converter does not know
NEW = re.compile(r"\\newenvironment\s*\{([^{}]*)\}")
SYMBOL = re.compile(r">(\\(?:[{}|]|[A-Za-z]+))<")  # a fence in a large size, which the converter writes as its command
UNREAD = re.compile(r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let)(?![A-Za-z])")
MOST_EXPANSIONS = 200
LONGEST = 10_000  # letters of a formula; the converter takes seconds for longer ones


class Macro(NamedTuple):
    """What a command stands for."""

    body: str
    parameters: int = 0
    usual: str | None = None  # the value of the first one where it is not given; None where it has to be


class Formulas:
    """The formulas of a document, with the macros that it has defined so far."""

    def __init__(self) -> None:
        self.macros: dict[str, Macro] = {}
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
        body = _in_lines(self._referred(self._expanded(self._defined(latex))).strip())
        if not body:
            return ""
        if len(body) > LONGEST:
            report(f"{self.where}: a formula of {len(body):,} letters is shown as LaTeX; at most {LONGEST:,} are read")
            return f"<code>{text(latex)}</code>"
        environments = set(re.findall(r"\\begin\s*\{([^{}]*)\}", body)) - KNOWN - set(NEW.findall(body))
        if unread := sorted({found[0] for found in UNREAD.finditer(body)} | environments):
            report(f"{self.where}: a formula is shown as LaTeX, since it has {', '.join(unread)}")
            return f"<code>{text(latex)}</code>"
        try:
            done = convert(body, display="block" if block else "inline")
        except Exception as error:  # the converter raises its own and Python's errors for what it does not know
            reason = str(error) or type(error).__name__
            report(f"{self.where}: the formula {latex!r} is shown as LaTeX: {reason}")
            return f"<code>{text(latex)}</code>"
        done = SYMBOL.sub(lambda found: f">{_symbol(found[1])}<", done)
        if unknown := sorted(set(UNKNOWN.findall(done))):
            report(f"{self.where}: a formula has commands that are shown as they are written: {', '.join(unknown)}")
        return ADDRESS.sub("", done)

    def _defined(self, latex: str) -> str:
        """Take definitions of macros out of a formula, and remember them."""
        while found := DEFINITION.search(latex):
            end = _closing(latex, found.end())
            body = latex[found.end() + 1 : end - 1]
            if found["alias"]:
                end, meaning = found.end(), found["meaning"]
                same = Macro(meaning.replace("\\", f"\\{ITSELF}"))
                self.macros[found["alias"]] = self.macros.get(meaning.removeprefix("\\"), same)
            elif found["operator"]:
                self.macros[found["operator"]] = Macro(rf"\operatorname{found['star']}{{{body}}}")
            else:
                count = int(found["count"] or (found["parameters"] or "").count("#"))
                name = found["name"] or found["bare"] or found["defined"]
                self.macros[name] = Macro(body, count, found["usual"])
            latex = latex[: found.start()] + latex[end:]
        return latex

    def _expanded(self, latex: str) -> str:
        if not self.macros:
            return latex
        names = "|".join(re.escape(name) + ("(?![A-Za-z])" if name.isalpha() else "") for name in self.macros)
        command = re.compile(rf"(?<!\\)(?:\\\\)*(\\(?P<name>{names}))")
        for _ in range(MOST_EXPANSIONS):
            found = command.search(latex)
            if not found or len(latex) > LONGEST:
                break
            macro = self.macros[found["name"]]
            at, values = found.end(), []
            if macro.usual is not None:
                given = re.compile(r"\s*\[([^\[\]]*)\]").match(latex, at)
                values.append(given[1] if given else macro.usual)
                at = given.end() if given else at
            while len(values) < macro.parameters:
                at = len(latex) - len(latex[at:].lstrip())
                end = _closing(latex, at)
                one = "".join(re.findall(r"\\[A-Za-z]+|\\?.?", latex[at:])[:1])
                values.append(latex[at + 1 : end - 1] if end > at else one)
                at = max(end, at + len(one))
            body = macro.body
            for number, value in enumerate(values, 1):
                body = body.replace(f"#{number}", value)
            if COMMAND.fullmatch(body):  # it may take what follows as its own parameter
                body += " "
            elif all(body.count(begin) == body.count(end) for begin, end in PAIRS):
                body = f"{{{body}}}"
            latex = f"{latex[: found.start(1)]}{body}{latex[at:]}"
        return latex.replace(ITSELF, "")

    def _referred(self, latex: str) -> str:
        """Number what has a label, and write the number where it is referred to."""
        for name in re.findall(r"\\label\{([^{}]*)\}", latex):
            self.labels.setdefault(name, len(self.labels) + 1)
        latex = re.sub(r"\\label\{([^{}]*)\}", lambda m: rf"\qquad({self.labels[m[1]]})", latex)
        latex = re.sub(r"\\tag\*?\{([^{}]*)\}", r"\\qquad(\1)", latex)
        latex = re.sub(r"\\eqref\{([^{}]*)\}", lambda m: rf"\text{{({self.labels.get(m[1], m[1])})}}", latex)
        latex = re.sub(r"\\ref\{([^{}]*)\}", lambda m: rf"\text{{{self.labels.get(m[1], m[1])}}}", latex)
        latex = re.sub(r"(\\begin\{[A-Za-z]+\})\s*\[[tbc]\]", r"\1", latex)  # which line stands on that of the text
        for names, (begin, end) in ENVIRONMENTS.items():
            name = rf"\{{(?:{names})(?:(?<!cases)\*)?\}}"  # the second column of cases* is words
            latex = re.sub(rf"\\begin{name}(?:\{{(?:\d+|[lcr])\}})?", begin.replace("\\", r"\\"), latex)
            latex = re.sub(rf"\\end{name}", end.replace("\\", r"\\"), latex)
        latex = _with_simple_columns(latex)
        for written, meant in WRITTEN_OTHERWISE.items():
            latex = re.sub(written, meant, latex)
        latex = re.sub(r"\\require\{\w*\}|\\(notag|nonumber)(?![A-Za-z])", "", latex)
        return WITH_FORMULAS.sub(_words_apart, latex)


def _symbol(command: str) -> str:
    code = convert_symbol(r"\Vert" if command == r"\|" else command)
    return chr(int(code, 16)) if code else command if command[1:].isalpha() else command[1:]


def _words_apart(found: re.Match) -> str:
    r"""Write words with formulas in them, one after the other.

    >>> _words_apart(WITH_FORMULAS.match(r"\text{for $x > 0$ only}"))
    '\\text{for }{x > 0}\\text{ only}'
    """
    parts = enumerate(found[2].split("$"))
    return "".join(f"{{{part}}}" if number % 2 else rf"\{found[1]}{{{part}}}" for number, part in parts if part)


def _in_lines(latex: str) -> str:
    r"""Put a formula whose lines are ended outside of any environment into one.

    >>> _in_lines(r"a = \frac{1}{2} \\ b")
    '\\begin{matrix}a = \\frac{1}{2} \\\\ b\\end{matrix}'
    """
    depth = 0
    for part in re.finditer(r"\\begin(?=\{)|\\end(?=\{)|\\\\|\\.|[{}]", latex):
        depth += (part[0] in {"{", r"\begin"}) - (part[0] in {"}", r"\end"})
        if part[0] == r"\\" and depth == 0:
            return rf"\begin{{matrix}}{latex}\end{{matrix}}"
    return latex


def _with_simple_columns(latex: str) -> str:
    r"""Write the columns of an array by their alignments alone, which are what the converter reads.

    >>> _with_simple_columns(r"\begin{array}{@{}r*{2}{c}p{3cm}@{}} a")
    '\\begin{array}{rccl} a'
    """
    pieces, at = [], 0
    for found in COLUMNS.finditer(latex):
        end = _closing(latex, found.end())
        columns = BESIDE_COLUMNS.sub("", latex[found.end() + 1 : end - 1])
        columns = re.sub(r"\*\s*\{(\d{1,2})\}\s*\{([^{}]*)\}", lambda m: int(m[1]) * m[2], columns)
        columns = re.sub(r"[pmb]\s*\{[^{}]*\}", "l", columns)
        if end > found.end():
            pieces += [latex[at : found.end()], f"{{{re.sub('[^lcr|]', '', columns)}}}"]
            at = end
    return "".join([*pieces, latex[at:]])


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
