"""Slides and pages from any notebook with Plotly charts: one file each, nothing fetched, usable by keyboard and ear.

This is an extension of nbconvert: `jupyter nbconvert --to deck talks.ipynb`, or `--to page`.
"""

import re

LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # such as es or pt-BR
