"""Which characters a text may hold: those that readers see, and that they cannot take for others."""

from __future__ import annotations

import re
import unicodedata

# Latin letters as European languages and Vietnamese write them. Letters of other scripts often look the same.
# What counts as a letter or a symbol and is seen by nobody: a Braille cell without dots, fillers of Korean syllables;
# and the mark in the place of a letter that was lost.
BLANKS = "\u034f\u115f\u1160\u2800\u3164\uffa0\ufffd"
LETTERS = ((0x00, 0x17F), (0x218, 0x21B), (0x1EA0, 0x1EF9))


def strange_character(text: str) -> str | None:
    r"""Name the first character of a text that cannot be seen or looks like another one, if there is one.

    >>> strange_character("Andr\u00e9s, \u201cabout\u201d 5\u00bd")
    >>> strange_character("M\u0435xico"), strange_character("ti\u200bps")
    ('U+0435 (CYRILLIC SMALL LETTER IE)', 'U+200B (ZERO WIDTH SPACE)')
    """
    if text.isascii() and text.isprintable():
        return None
    return next((named(character) for character in text if _is_strange(character)), None)


def _is_strange(character: str) -> bool:
    kind = unicodedata.category(character)
    if kind.startswith("L"):
        return not any(first <= ord(character) <= last for first, last in LETTERS)
    if kind == "Nd":
        return not character.isascii()
    return (
        not character.isprintable()
        or character in BLANKS
        or kind.startswith("M")
        or unicodedata.east_asian_width(character) == "F"
    )  # marks are stacked on the letter before; a wide comma or bracket looks like the plain one


def named(character: str) -> str:
    """Give the code of a character, and its name where it has one."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def can_be_seen(text: str) -> bool:
    r"""Return whether every character of a name, in any script, can be seen: else two names could look the same.

    >>> can_be_seen("\u0410\u043d\u043d\u0430"), can_be_seen("Ana\u200b"), can_be_seen("\u3164")
    (True, False, False)
    """
    return text.isprintable() and not set(text) & set(BLANKS)


def visible(text: str) -> str:
    r"""Write out the characters that cannot be seen, for messages.

    >>> visible("a\u200b\n\ud800")
    'a\\u200b\\n\\ud800'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def plain(word: str) -> str:
    """Take accents, capital letters and marks off a word.

    >>> plain(" Migración "), plain("Addiction and overdose")
    ('migracion', 'addiction-and-overdose')
    """
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "-".join(re.findall(r"[a-z0-9]+", "".join(one for one in letters if not unicodedata.combining(one))))


def quoted_parts(text: str) -> list[str]:
    """The words of a quotation without those in square brackets, which are ours.

    >>> quoted_parts("[The aim:] reduce the capacity of and disrupt [criminal groups]")
    ['reduce the capacity of and disrupt']
    """
    return [part.strip() for part in re.split(r"\[[^\]]*\]", text) if part.strip()]
