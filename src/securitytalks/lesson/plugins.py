"""All forms of the lesson as one plug-in of the exporter: the module `plugin` of each folder."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

for path in sorted(Path(__file__).parent.glob("*/plugin.py")):
    import_module(f".{path.parent.name}.plugin", __package__)
