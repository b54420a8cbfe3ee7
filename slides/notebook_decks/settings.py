"""Settings of nbconvert's exporters: which have an effect on these files, and what serves instead of the others."""

from __future__ import annotations

import logging
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from traitlets import Bool
from traitlets.config import Application

LOOK = (
    "the look of these files is fixed; a plug-in can add a style sheet (see the README), and nbconvert's own templates "
    "have themes: --to html, or --to slides --SlidesExporter.template_name=reveal"
)
OFFLINE = "nothing is fetched while the file is read, so it needs no address"
STAGE = "a slide is always 1280 x 720 px, and is scaled to the screen"
CODE = "code is coloured without the template's filters"
BEST_FORM = "of an output's forms, the one that shows most without a network is in the file"
FIXED: dict[str, tuple[object, str]] = {  # the value that these files always have, and what serves instead of others
    "anchor_link_text": ("", "headings have no anchor links; the contents of a page and the slides' addresses link"),
    "embed_images": (True, "pictures are always part of the file"),
    "enable_async": (False, CODE),
    "exclude_anchor_links": (True, "headings have no anchor links"),
    "filters": ({}, CODE),
    "font_awesome_url": ("", OFFLINE),
    "html_manager_semver_range": ("", OFFLINE),
    "jquery_url": ("", OFFLINE),
    "jupyter_widgets_base_url": ("", OFFLINE),
    "lexer_options": ({}, CODE),
    "mathjax_url": ("", "formulas are MathML, which needs no script"),
    "mermaid_js_url": ("", OFFLINE),
    "mermaid_layout_elk_js_url": ("", OFFLINE),
    "raw_mimetypes": ([], "raw cells of HTML, Markdown and no type are shown; remove others by a tag (remove-cell)"),
    "require_js_url": ("", OFFLINE),
    "reveal_height": ("720", STAGE),
    "reveal_scroll": (True, "a slide with more than fits scrolls by itself"),
    "reveal_theme": ("", LOOK),
    "reveal_url_prefix": ("", "reveal.js is part of the file"),
    "reveal_width": ("1280", STAGE),
    "sanitize_html": (True, "HTML of a notebook is always cleaned"),
    "skip_svg_encoding": (False, "drawings are always pictures, so that they cannot run a script"),
    "theme": ("light", LOOK),
    "widget_renderer_url": ("", OFFLINE),
}


class Switch(Bool):
    """A setting that is on or off. nbconvert gives a preprocessor the words of the command line as they are."""

    def validate(self, obj: object, value: object) -> bool:
        """Read True and False also as words."""
        return super().validate(obj, self.from_string(value) if isinstance(value, str) else value)


def given(exporter: TemplateExporter) -> dict[str, Any]:
    """Give the settings of an exporter that somebody made: in a configuration, on the command line or in Python."""
    classes = [kind.__name__ for kind in reversed(type(exporter).mro())]
    configured = {name for kind in classes for name in exporter.config.get(kind, {}) if exporter.has_trait(name)}
    changed = {n for n in FIXED if exporter.has_trait(n) and getattr(exporter, n) != exporter.trait_defaults(n)}
    return {name: getattr(exporter, name) for name in configured | changed}


def warn_of_settings(exporter: TemplateExporter, made: dict[str, Any], log: logging.Logger) -> None:
    """Name the settings without an effect on these files, and what to use instead; `made` is what `given` gives."""
    for name, value in sorted(made.items()):
        if name in FIXED and value != FIXED[name][0]:
            log.warning("%s.%s has no effect on this file: %s", type(exporter).__name__, name, FIXED[name][1])
    for setting in sorted(exporter.config.get("CSSHTMLHeaderPreprocessor", {}).keys() & {"highlight_class", "style"}):
        log.warning("CSSHTMLHeaderPreprocessor.%s has no effect on this file: %s", setting, LOOK)
    order = exporter.config.get("NbConvertBase", {}).get("display_data_priority")
    if order and order != exporter.default_config.get("NbConvertBase", {}).get("display_data_priority"):
        log.warning("NbConvertBase.display_data_priority has no effect on this file: %s", BEST_FORM)
    app = Application.instance() if Application.initialized() else None
    asked = app.cli_config.get("TemplateExporter", {}).get("template_name") if app else None
    if asked and asked != exporter.template_name:
        name = type(exporter).__name__
        why = f"since a configuration file sets the template of {name}: use --{name}.template_name={asked}"
        log.warning("--template %s has no effect, %s", asked, why)


def tags_without_outputs(exporter: TemplateExporter) -> set[str]:
    """Give the tags whose cells lose their outputs to nbconvert's TagRemovePreprocessor."""
    removers = [one for one in exporter._preprocessors if isinstance(one, TagRemovePreprocessor)]
    return set().union(*(one.remove_all_outputs_tags for one in removers))
