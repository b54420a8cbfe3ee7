"""Settings that `jupyter nbconvert` finds because it is started in this folder: --to html and --to slides give ours.

For nbconvert's own: --HTMLExporter.template_name=lab, --SlidesExporter.template_name=reveal.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from slides import settings

settings(get_config())  # noqa: F821 - Jupyter gives it to its configuration files
