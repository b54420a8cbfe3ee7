"""The exporters `deck` and `page`, which nbconvert finds through entry points.

from notebook_decks.exporters import export
html = export("talks.ipynb", kind="deck", audience="teacher")
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from nbconvert.exporters import HTMLExporter, SlidesExporter
from nbconvert.exporters.exporter import Exporter
from nbconvert.preprocessors import CellExecutionError
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Application, Config

from notebook_decks.errors import ExportError, one_line
from notebook_decks.given import parsed, sound, text_of

# In a source checkout these are used instead of the copies that an installation made in share/jupyter.
CHECKOUT_TEMPLATES = Path(__file__).resolve().parents[1] / "share" / "templates"


def _template_folders(usual: list[str]) -> list[str]:
    return [str(CHECKOUT_TEMPLATES), *usual] if CHECKOUT_TEMPLATES.is_dir() else usual


def _in_one_line(error: Exception) -> str:
    """Say what went wrong in one line; of a cell's traceback, only its last line."""
    if isinstance(error, CellExecutionError):
        return one_line(f"a cell raised {error.ename}: {error.evalue}")
    return str(error) if isinstance(error, ExportError) else one_line(f"{type(error).__name__}: {error}")


class _OneByOne(Exporter):
    """Lets `jupyter nbconvert` go on with the other notebooks after one that failed.

    The command itself stops at the first failure and prints a traceback. With these exporters a failure is one line,
    the traceback appears with `--debug`, and the exit status is 1 after the last notebook.
    """

    stock: str  # the name of nbconvert's own exporter of this kind

    def from_filename(self, filename: str, resources: dict | None = None, **more: Any) -> tuple[str, dict]:  # noqa: ANN401
        """Convert a notebook from a file."""
        with self._failure_in_one_line(filename):
            text_of(Path(filename))  # what is no regular file would be opened, and read for ever
            return super().from_filename(filename, resources, **more)

    def from_file(self, file_stream: TextIO, resources: dict | None = None, **more: Any) -> tuple[str, dict]:  # noqa: ANN401
        """Convert a notebook from a stream, such as the standard input."""
        name = getattr(file_stream, "name", "the notebook")
        with self._failure_in_one_line(name):
            return self.from_notebook_node(parsed(file_stream.read(), name), resources, **more)

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **more: Any) -> tuple[str, dict]:  # noqa: ANN401
        """Convert a notebook that was read."""
        name = ((resources or {}).get("metadata") or {}).get("name") or "Notebook"
        try:
            done, resources = super().from_notebook_node(sound(nb, name), resources, **more)
        except (ExportError, CellExecutionError):
            raise
        except Exception as error:  # a notebook can be damaged in any way
            raise ExportError(f"{name} could not be exported: {type(error).__name__}: {error!s:.300}") from error
        if not resources.get("document", {}).get("written"):
            self.log.warning(
                "%s was written with the template %r: its charts may be missing, and it may fetch scripts while it is "
                "read. Leave this template out for one file that fetches nothing, or use --to %s for nbconvert's own.",
                name,
                self.template_file if "document" in resources else self.template_name,
                self.stock,
            )
        return done, resources

    def _validate_preprocessor(self, nbc: NotebookNode, preprocessor: object) -> None:
        """Leave out nbconvert's check against the schema, which refuses what can be shown; ours is `given.sound`."""

    @contextmanager
    def _failure_in_one_line(self, filename: str) -> Iterator[None]:
        app = Application.instance() if Application.initialized() else None
        if app is None or getattr(app, "exporter", None) is not self:  # used as a library
            yield
            return
        try:
            yield
        except Exception as error:
            app.log.error("%s was not exported: %s", filename, _in_one_line(error))
            app.log.debug("The traceback:", exc_info=True)
            names = [] if app.from_stdin else app.notebooks
            for rest in names[names.index(filename) + 1 :] if filename in names else []:
                app.convert_single_notebook(rest)  # where it fails, it converts its own rest and exits
            app.exit(1)


class PageExporter(_OneByOne, HTMLExporter):
    """Exports one HTML file that reads from top to bottom and fetches nothing."""

    export_from_notebook = "Reading page, one file"
    stock = "html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "page"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return _template_folders(super()._default_extra_template_basedirs())


class DeckExporter(_OneByOne, SlidesExporter):
    """Exports one HTML file with reveal.js slides that fetches nothing."""

    export_from_notebook = "Slides, one file"
    stock = "slides"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "deck"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return _template_folders(super()._default_extra_template_basedirs())


EXPORTERS = {"page": PageExporter, "deck": DeckExporter}


def export(
    notebook: str | Path | NotebookNode,
    *,
    kind: str,
    audience: str = "",
    folder: str = "",
    bundles: str = "",
    stills: dict[str, str] | None = None,
    beside: dict[str, dict[str, str]] | None = None,
    words: str = "",
    strict: bool = False,
) -> str:
    """Give the page or the deck of a notebook that was run, as the text of one HTML file.

    Args:
        notebook: A file, or a notebook that was read.
        kind: "page" or "deck".
        audience: "reader", "class" or "teacher"; "" stands for a page's readers, or a deck's class.
        folder: Where a notebook that is not a file has its pictures.
        bundles: A folder with smaller builds of plotly.js from npm.
        beside: The pages before and after this one in a set: "previous" and "next", each with "title" and "link".
        words: A folder with what files say themselves in further languages; the notebook names its language.
        strict: Whether to fail where something could only be shown in a lesser form, or not at all.
        stills: Pictures of the charts by their ids, as `notebook_decks.stills.stills` makes them from a deck.

    Raises:
        ExportError: For a file that is no notebook and, if the export is strict, for anything that could only be shown
            in a lesser form; the message names the cell and what to do.
    """
    config = Config()
    config.Audience.audience = audience
    config.Document.plotly_bundles = bundles
    config.Document.stills = stills or {}
    config.Document.beside = beside or {}
    config.Document.words = words
    config.Document.strict = strict
    metadata = {"path": folder, "name": "Notebook"}
    path = Path(notebook) if isinstance(notebook, str | Path) else None
    if path:
        metadata = {"path": str(path.parent), "name": path.stem}
    exporter = EXPORTERS[kind](config=config)
    try:
        if path:
            done, _ = exporter.from_notebook_node(parsed(text_of(path), path), {"metadata": metadata})
        else:
            done, _ = exporter.from_notebook_node(notebook, {"metadata": metadata})
    except ExportError as error:
        if path is None or str(error).startswith(one_line(str(path))):
            raise
        raise ExportError(f"{path}: {str(error).removeprefix(f'{path.stem}: ')}") from error
    return done
