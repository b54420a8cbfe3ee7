"""Markup that a file may hold: Markdown, cleaned HTML, tables with scopes, formulas, names in Spanish."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable, Iterable
from functools import cache

from bleach.css_sanitizer import CSSSanitizer
from bleach.sanitizer import Cleaner
from bs4 import BeautifulSoup, Tag
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from notebook_decks.errors import ExportError

log = logging.getLogger(__name__)

TAGS = frozenset(
    re.split(
        r"\s+",
        "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 "
        "h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot "
        "th thead time tr u ul var wbr",
    )
)
LOST = ["script", "style", "template", "noscript", "object", "embed", "applet", "link", "meta", "base", "title", "form"]
SEEN_ONLY_BY_SCRIPT = ["canvas", "svg", "math", "video", "audio"]
STYLES = [
    "background-color",
    "color",
    "font-style",
    "font-weight",
    "text-align",
    "text-decoration",
    "vertical-align",
    "white-space",
]
MARKS = frozenset({"b", "br", "em", "i", "strong", "sub", "sup"})
SAFE_LINK = re.compile(r"(https?:|mailto:|#|[^:]*$)", re.IGNORECASE)
DOLLARS = re.compile(  # code, formulas (as pandoc reads them: no space inside, no digit behind) - and sums of money
    r"(?sm)(?P<kept>^(?: {4}|\t)[^\n]*|(`+).*?(?<!`)\2(?!`)|\$\$.*?\$\$|\\\$|\$(?=\S)[^$]*?(?<=\S)\$(?!\d))|\$"
)
FORMULA = re.compile("\ue000(\\d+)\ue001")


def text(value: object) -> str:
    """Escape a text for HTML."""
    return html.escape(str(value), quote=True)


@cache
def _cleaner() -> Cleaner:
    attributes = {
        "*": ["class", "lang", "style", "title", "dir"],
        "a": ["href"],
        "img": ["src", "alt", "width", "height"],
        "table": ["data-filters", "data-search"],
        "td": ["colspan", "rowspan"],
        "th": ["colspan", "rowspan", "scope"],
        "ol": ["start"],
        "details": ["open"],
        "time": ["datetime"],
        **{f"h{level}": ["id"] for level in range(1, 7)},
    }
    css = CSSSanitizer(allowed_css_properties=STYLES, allowed_svg_properties=[])
    return Cleaner(TAGS, attributes, {"http", "https", "mailto", "data"}, strip=True, css_sanitizer=css)


@cache
def _mark_cleaner() -> Cleaner:
    return Cleaner(MARKS, {}, set(), strip=False)


def marks(label: str) -> str:
    """Keep the few tags that Plotly reads in a title; everything else is text.

    >>> marks("<b>Deaths</b><br>a < b <script>x</script>")
    '<b>Deaths</b><br>a &lt; b &lt;script&gt;x&lt;/script&gt;'
    """
    return _mark_cleaner().clean(str(label))


def plain(label: str) -> str:
    r"""Give the words of a Plotly label.

    >>> plain("<b>Deaths</b><br>per&nbsp;year")
    'Deaths per\xa0year'
    """
    return html.unescape(re.sub(r"<[^<>]*>", "", re.sub(r"<br\s*/?>", " ", str(label)))).strip()


def clean(raw: str, where: str) -> str:
    """Make HTML of a notebook harmless: no script, no handler, no style sheet, nothing that would be fetched.

    Raises:
        ExportError: where nothing would be left, because a script was to draw it.
    """
    soup = BeautifulSoup(raw, "html.parser")
    scripted = bool(soup.find(["script", *SEEN_ONLY_BY_SCRIPT, "iframe"]))
    for tag in soup.find_all(LOST):
        tag.decompose()
    for frame in soup.find_all("iframe"):
        frame.replace_with(_link(soup, frame.get("src", ""), frame.get("title") or "Embedded page", where))
    for image in soup.find_all("img"):
        _keep_or_name(soup, image, where)
    for link in soup.find_all("a", href=True):
        if not SAFE_LINK.match(link["href"].strip()):
            del link["href"]
    done = _cleaner().clean(str(soup))
    if scripted and not re.sub(r"<(?!img)[^>]*>|\s", "", done):
        raise ExportError(
            f"{where}: this output is drawn by a script, which a file without a network cannot run. For a Plotly chart "
            "use its own output (plotly.io.renderers.default = 'plotly_mimetype'); for others show a picture."
        )
    return done


def _keep_or_name(soup: BeautifulSoup, image: Tag, where: str) -> None:
    source = image.get("src", "").strip()
    if source.startswith("data:image/"):
        return
    if not re.match(r"(?i)(https?:)?//", source):
        raise ExportError(f"{where}: the picture {source!r} was not found beside the notebook")
    image.replace_with(_link(soup, source, image.get("alt") or "Picture", where))


def _link(soup: BeautifulSoup, address: str, label: str, where: str) -> Tag:
    log.warning("%s: %s is on the network; the file has a link to it instead", where, address)
    link = soup.new_tag("a", href=address if SAFE_LINK.match(address) else "#")
    link.string = f"{label} (on the network)"
    return link


def formula(latex: str, *, block: bool) -> str:
    """Turn LaTeX into MathML, which browsers draw themselves; show the LaTeX where it has no MathML."""
    from latex2mathml.converter import convert

    try:
        return convert(latex.strip(), display="block" if block else "inline")
    except Exception as error:  # the converter raises its own and Python's errors for what it does not know
        log.warning("formula %r is shown as LaTeX: %s", latex, error)
        return f"<code>{text(latex)}</code>"


class _Renderer(IPythonRenderer):
    """nbconvert's Markdown, with formulas kept aside until the text around them is clean."""

    def __init__(self, **options: object) -> None:
        super().__init__(escape=False, embed_images=True, exclude_anchor_links=True, **options)
        self.formulas: list[str] = []

    def _aside(self, latex: str, *, block: bool) -> str:
        self.formulas.append(formula(latex, block=block))
        return f"\ue000{len(self.formulas) - 1}\ue001"

    def block_math(self, body: str) -> str:
        """Keep $$...$$ aside."""
        return self._aside(body, block=True)

    def inline_math(self, body: str) -> str:
        """Keep $...$ aside."""
        return self._aside(body, block=False)

    def latex_environment(self, name: str, body: str) -> str:
        """Keep a LaTeX environment aside."""
        return self._aside(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True)


def markdown(source: str, where: str, *, attachments: dict | None = None, folder: str = "") -> str:
    """Render Markdown as nbconvert does, cleaned, with pictures embedded and formulas as MathML.

    Raises:
        ExportError: for a picture that is not there.
    """
    renderer = _Renderer(attachments=attachments or {}, path=folder)
    raw = MarkdownWithMath(renderer=renderer).render(_money(re.sub("[\ue000\ue001]", "", source)))
    done = _placed(tables(clean(raw, where), where))
    return FORMULA.sub(lambda found: renderer.formulas[int(found[1])], done)


def _placed(done: str) -> str:
    """Give headings the places that links lead to: "how-many" for "How many?"."""

    def named(found: re.Match) -> str:
        slug = re.sub(r"\W+", "-", plain(found[3]).lower()).strip("-")
        return f'<h{found[1]} id="{slug}"{found[2]}>{found[3]}</h{found[1]}>'

    return re.sub(r"(?s)<h([1-6])((?![^>]*\bid=)[^>]*)>(.*?)</h\1>", named, done)


def _money(source: str) -> str:
    r"""Escape the dollar signs that begin no formula, so that two sums in a line do not become one.

    >>> _money("about $3 billion, then $4 billion; slope $m$, `$x`")
    'about \\$3 billion, then \\$4 billion; slope $m$, `$x`'
    """
    return DOLLARS.sub(lambda found: found["kept"] or r"\$", source)


def latex(source: str) -> str:
    """Render an output of type text/latex."""
    body = re.sub(r"^\$+|\$+$", "", source.strip()).replace(r"\displaystyle", "").strip()
    return f'<p class="formula">{formula(body, block=True)}</p>'


def tables(clean_html: str, label: str) -> str:
    """Give tables scopes, captions and a box that scrolls: what pandas and Markdown leave out.

    >>> head, body = "<thead><tr><th></th><th>n</th></tr></thead>", "<tbody><tr><th>a</th><td>1</td></tr></tbody>"
    >>> tables(f"<table>{head}{body}</table>", "T")  # doctest: +ELLIPSIS
    '...<tr><td></td><th scope="col">n</th></tr></thead><tbody><tr><th scope="row">a</th><td>1</td></tr></tbody>...'
    """
    if "<table" not in clean_html:
        return clean_html
    soup = BeautifulSoup(clean_html, "html.parser")
    for table in soup.find_all("table"):
        _scopes(table)
        if not table.caption:
            caption = soup.new_tag("caption", attrs={"class": "unseen"})
            names = [cell.get_text(" ", strip=True) for cell in table.find_all("th", scope="col")]
            caption.string = "Table" + (f" with the columns {', '.join(names)}" if names else f" of {label}")
            table.insert(0, caption)
        words = table.caption.get_text(" ", strip=True)
        table.wrap(
            soup.new_tag("div", attrs={"class": "table-box", "tabindex": "0", "role": "region", "aria-label": words})
        )
    return str(soup)


def _scopes(table: Tag) -> None:
    for cell in table.find_all("th"):
        if not cell.get_text(strip=True):
            cell.name = "td"
            del cell["scope"]
            continue
        across = int(cell.get("colspan", 1)) > 1
        down = int(cell.get("rowspan", 1)) > 1
        if cell.find_parent("thead"):
            cell["scope"] = "colgroup" if across else "col"
        else:
            cell["scope"] = cell.get("scope") or ("rowgroup" if down else "row")


def code(source: str, language: str) -> str:
    """Colour source code."""
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    return highlight(source.rstrip(), lexer, HtmlFormatter(cssclass="highlight"))


def spanish(names: Iterable[str]) -> Callable[[str], str]:
    """Make a function that marks these names as Spanish in HTML, so that a screen reader says them right.

    >>> spanish(["Calderón"])('<p title="Calderón">Felipe Calderón</p>')
    '<p title="Calderón">Felipe <span lang="es">Calderón</span></p>'
    """
    wanted = sorted({text(name) for name in names if name}, key=len, reverse=True)
    if not wanted:
        return lambda done: done
    names_or_markup = re.compile(
        r"(?s)<(script|style|code|pre|title)\b.*?</\1>|<[^>]*>|(?<!\w)(?P<name>"
        + "|".join(map(re.escape, wanted))
        + r")(?!\w)"
    )
    return lambda done: names_or_markup.sub(
        lambda m: f'<span lang="es">{m["name"]}</span>' if m["name"] else m[0], done
    )
