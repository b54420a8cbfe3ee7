"""Slides and pages from any notebook with Plotly charts: one file each, nothing fetched, usable by keyboard and ear.

This is an extension of nbconvert: `jupyter nbconvert --to deck talks.ipynb`, or `--to page`.
"""
