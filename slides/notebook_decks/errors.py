"""What stops an export."""

from nbconvert.utils.exceptions import ConversionException


class ExportError(ConversionException):
    """Something in the notebook that the file could only lose; the message says where it is and what to do."""
