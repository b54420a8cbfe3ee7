"""Texts that would run a script or act as markup wherever they are not escaped."""

from __future__ import annotations

from pathlib import Path

HOSTILE = Path(__file__).with_name("hostile.txt").read_text(encoding="utf-8").splitlines()
