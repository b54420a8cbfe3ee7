"""How to cite the project, as a CITATION.cff file and as a sentence."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from ..records.load import SEEDS

AUTHORS = "The security talks explainer contributors"  # as in LICENSE


def project(seeds: Path = SEEDS) -> dict[str, Any]:
    """Read the project's name, version, description and licence from pyproject.toml."""
    return tomllib.loads((seeds.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def citation_file(seeds: Path = SEEDS) -> str:
    """Write CITATION.cff, which the usual forges and reference managers read."""
    about = project(seeds)
    lines = {
        "cff-version": "1.2.0",
        "message": "If you use this explainer or its records, please cite it as below, and name the original source "
        "of each official series (datapackage.json lists them).",
        "type": "dataset",
        "title": about["description"],
        "version": about["version"],
        "license": about["license"],
    }
    text = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())
    return text + f"authors:\n  - name: {json.dumps(AUTHORS)}\n"


def citation(seeds: Path = SEEDS) -> str:
    """Give the citation as one sentence, the same as in CITATION.cff.

    >>> citation().startswith("The security talks explainer contributors: The security talks between")
    True
    """
    about = project(seeds)
    return f"{AUTHORS}: {about['description']}. Version {about['version']}. {about['license']} licence."
