"""What stops an export, and what an export reports."""

from __future__ import annotations

import logging
from contextvars import ContextVar

from nbconvert.utils.exceptions import ConversionException

log = logging.getLogger("traitlets")  # nbconvert's own log
strict: ContextVar[bool] = ContextVar("strict", default=False)


class ExportError(ConversionException):
    """Something in the notebook that the file could only lose; the message says where it is and what to do."""


def report(message: str) -> None:
    """Log that something is shown in a lesser form or left out; an error where the export is strict.

    Raises:
        ExportError: with this message, if the export is strict.
    """
    if strict.get():
        raise ExportError(message)
    log.warning("%s", message)
