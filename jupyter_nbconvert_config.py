"""Settings of `jupyter nbconvert` here: --to html and --to slides give our page and deck.

The environment that start.py makes loads this file. Elsewhere: jupyter nbconvert --config jupyter_nbconvert_config.py
For nbconvert's own: --HTMLExporter.template_name=lab, --SlidesExporter.template_name=reveal.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "slides"))
from notebook_decks import settings

c = get_config()  # noqa: F821 - Jupyter gives it to its configuration files
settings(c)
c.ExecutePreprocessor.record_timing = False  # committed notebooks hold no time of a run
