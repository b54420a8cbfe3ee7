"""What all forms of the lesson share: their texts, which stand in a TOML file beside each, and their templates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ..words.files import texts_in
from ..words.numbers import number

HERE = Path(__file__).resolve().parent


def texts(form: str) -> dict[str, Any]:
    """Read what a form says in the chosen language, such as `<form>/en.toml`."""
    return texts_in(HERE / form)


def written(form: str, **values: object) -> str:
    """Fill the template of a form, `<form>/<form>.html.j2`; every value is escaped there."""
    return _templates().get_template(f"{form}/{form}.html.j2").render(texts=texts(form), **values)


def script(form: str) -> Path:
    """Give the script of a form, a module that imports what forms share."""
    return HERE / form / f"{form}.js"


def styles(form: str) -> Sequence[Path]:
    """Give the styles of a form."""
    return HERE / "results" / "results.css", HERE / form / f"{form}.css"


@cache
def _templates() -> Any:  # noqa: ANN401 Jinja's environment; imported here, since only exports need it
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["marked"] = number
    return environment
