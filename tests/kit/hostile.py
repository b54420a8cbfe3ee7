"""Texts that would run a script or act as markup wherever they are not escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

HOSTILE = Path(__file__).with_name("hostile.txt").read_text(encoding="utf-8").splitlines()
# The columns whose texts somebody wrote; the others hold codes, numbers and days.
WRITTEN = {"cite", "city", "claim", "claim_counts", "claim_window", "counts", "definition", "family_name", "gist"}
WRITTEN |= {"label", "mexico_lead", "name", "note", "official", "official_counts", "outcome", "outlet", "place"}
WRITTEN |= {"read_from", "reason", "says", "source", "statement", "text", "us_lead", "venue", "via", "why"}


def hostile_frames(frames: dict[str, Any]) -> dict[str, Any]:
    """Copy the frames of the charts, with a hostile text in front of every text that somebody wrote."""
    return {name: _hostile(frame) if isinstance(frame, pd.DataFrame) else frame for name, frame in frames.items()}


def _hostile(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.copy()
    for column in WRITTEN & set(frame.columns):
        known = {text: number for number, text in enumerate(frame[column].dropna().unique())}
        frame[column] = [
            f"{HOSTILE[known[text] % len(HOSTILE)]} {text}" if text in known else text for text in frame[column]
        ]
    return frame
