"""What stops an export, and what an export reports."""

from __future__ import annotations

import logging
from contextvars import ContextVar

from nbconvert.utils.exceptions import ConversionException

log = logging.getLogger("traitlets")  # nbconvert's own log
strict: ContextVar[bool] = ContextVar("strict", default=False)


LONGEST = 2_000  # characters of a message


class ExportError(ConversionException):
    """Something in the notebook that the file could only lose; the message says where it is and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


def one_line(message: str) -> str:
    r"""Write a message in one line that any terminal can show: it may quote a file name, an output or another error.

    >>> one_line("a.ipynb:\n  \x1b[31mno" + chr(0xD800))
    'a.ipynb: �[31mno�'
    """
    words = " ".join(message.split())
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in words)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}..."


def report(message: str) -> None:
    """Log that something is shown in a lesser form or left out; an error where the export is strict.

    Raises:
        ExportError: with this message, if the export is strict.
    """
    if strict.get():
        raise ExportError(message)
    log.warning("%s", one_line(message))
