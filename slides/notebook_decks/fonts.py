"""The typeface of pages, decks and charts: measured at export, and embedded with just the characters of the file.

It is Source Sans 3 from an installed package, in two weights. Its licence is in every file (see licences.py). The
licence reserves the name "Source" for the unchanged font, so our changed copy has a name of its own.
"""

from __future__ import annotations

import base64
import io
import re
from functools import cache, lru_cache
from importlib.metadata import version

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from notebook_decks.cache import kept
from notebook_decks.html.text import unescaped
from notebook_decks.libraries import package_file

FAMILY = "Deck Sans"
NAME_OF_FAMILY, NAME_OF_STYLE = 1, 2  # numbers that the font format gives to its names
REGULAR, SEMIBOLD = 400, 600
WEIGHTS = {REGULAR: "400 500", SEMIBOLD: "600 900"}  # and the weights of CSS that each of them draws
# The font's own height of a line is 1.42 sizes, room for stacked accents that would push labels apart; most fonts that
# charts are drawn with have about 1.17.
ASCENT, DESCENT = 0.93, 0.24
LINE_HEIGHT = 1.3  # Plotly's, in sizes of the font
# What a script or Plotly may write although the file does not hold it: numbers, signs, sort arrows.
ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\xa0−–—…×’‘“”•→←↑↓↕µ")
USUAL = ALWAYS | frozenset(map(chr, range(0xA1, 0x180)))  # Latin letters with their accents
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum"]


def _variable() -> TTFont:
    path = package_file("fontpkg_source_sans_3", "files/SourceSans3[wght].ttf")
    return TTFont(path, recalcTimestamp=False, lazy=True)


@cache
def _widths(weight: int) -> dict[str, float]:
    """Give the advance of every character, in sizes of the font."""
    font = _variable()
    glyphs = font.getGlyphSet(location={"wght": weight})
    em = font["head"].unitsPerEm
    return {chr(code): glyphs[name].width / em for code, name in font.getBestCmap().items()}


def measure(label: str, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Measure a label as Plotly writes it, with its tags `<br>` and `<b>`, in px.

    Kerning is left out, which makes nearly every width a little too large. A character that the typeface lacks counts
    as wide as the font is high.

    Args:
        label: The text.
        size: The font's size in px.
        bold: Whether all of it is semibold.

    Returns:
        The width of the longest line, and the height of all lines.

    >>> measure("Killed in Mexico", 12) < measure("<b>Killed in Mexico</b>", 12) < measure("Killed in Mexico", 14)
    True
    >>> measure("a<br>b", 10)[1]
    26.0
    """
    lines = re.split(r"<br\s*/?>", label)
    widest, heavy = 0.0, bold
    for line in lines:
        width = 0.0
        for part in re.split(r"(<[^<>]*>)", line):
            if re.fullmatch(r"<[^<>]*>", part):
                heavy = (heavy or part == "<b>") and (bold or part != "</b>")
                continue
            widths = _widths(SEMIBOLD if heavy else REGULAR)
            width += sum(widths.get(character, 1.0) for character in unescaped(part))
        widest = max(widest, width)
    return widest * size, len(lines) * LINE_HEIGHT * size


def face(text: str) -> str:
    """Write the style rules that embed the typeface with the characters of a text."""
    wanted = (set(unescaped(text)) | ALWAYS) & _widths(REGULAR).keys()
    return "\n".join(_rule(weight, "".join(sorted(wanted))) for weight in WEIGHTS)


def in_picture(svg: str) -> str:
    """Embed the typeface in an SVG picture: a picture sees no font of the page around it."""
    written = set(unescaped(re.sub(r"<[^<>]*>", "", svg))) & _widths(REGULAR).keys()
    if not written:
        return svg
    weights = [w for w in WEIGHTS if w == REGULAR or re.search(r"font-weight:\s*(?:bold|[6-9]00)", svg)]
    rules = "".join(_rule(weight, "".join(sorted(written))) for weight in weights)
    return re.sub(r"<svg\b[^>]*>", lambda start: f"{start[0]}<style>{rules}</style>", svg, count=1)


@lru_cache(maxsize=64)
def _rule(weight: int, characters: str) -> str:
    data = base64.b64encode(_woff2(weight, characters)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{WEIGHTS[weight]};'
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )


def _woff2(weight: int, characters: str) -> bytes:
    rare = "".join(sorted(set(characters) - USUAL))
    font = TTFont(io.BytesIO(_static(weight, rare)), recalcTimestamp=False)
    _reduce(font, characters)
    font.flavor = "woff2"
    return _saved(font)


@lru_cache(maxsize=8)
def _static(weight: int, rare: str) -> bytes:
    """Take one weight out of the variable font, for the usual characters and these."""

    def make() -> bytes:
        font = _variable()
        _reduce(font, "".join(sorted(USUAL)) + rare)
        _set_height(font)
        _rename(font)
        return _saved(instancer.instantiateVariableFont(font, {"wght": weight}))

    versions = [version("fontpkg-source-sans-3"), version("fonttools")]
    return kept("font.ttf", versions, FAMILY, weight, sorted(USUAL), rare, FEATURES, ASCENT, DESCENT, make=make)


def _set_height(font: TTFont) -> None:
    em = font["head"].unitsPerEm
    above, below = round(ASCENT * em), round(DESCENT * em)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = above, -below, 0
    metrics = font["OS/2"]
    metrics.sTypoAscender, metrics.sTypoDescender, metrics.sTypoLineGap = above, -below, 0
    metrics.usWinAscent, metrics.usWinDescent = above, below
    if "MVAR" in font:  # it would vary these with the weight
        del font["MVAR"]


def _rename(font: TTFont) -> None:
    for entry in font["name"].names:
        if entry.nameID == NAME_OF_FAMILY:
            entry.string = FAMILY


def _reduce(font: TTFont, characters: str) -> None:
    names = [NAME_OF_FAMILY, NAME_OF_STYLE]
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=names)
    reducer = subset.Subsetter(options)
    reducer.populate(text=characters)
    reducer.subset(font)


def _saved(font: TTFont) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
