"""Slides and pages from any notebook with Plotly charts: one file each, nothing fetched, usable by keyboard and ear.

The files here are an nbconvert extension: two templates (`deck`, `page`), and beside them their preprocessors, scripts
and styles.
"""

from pathlib import Path
from typing import Any

PDF_EXPORTERS = ("WebPDFExporter", "QtPDFExporter", "QtPNGExporter")  # html's heirs, which keep their own templates


def settings(c: Any) -> None:  # noqa: ANN401
    """Make nbconvert's own html and slides exporters give the page and the deck; `c` is a traitlets configuration."""
    c.TemplateExporter.extra_template_basedirs = [str(Path(__file__).resolve().parents[1] / "share" / "templates")]
    c.HTMLExporter.template_name = "page"
    c.SlidesExporter.template_name = "deck"
    for name in PDF_EXPORTERS:
        c[name].template_name = "webpdf"
