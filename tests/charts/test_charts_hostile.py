"""Hostile texts in the records: a chart escapes them in every label, and keeps them whole in its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit.charts import every_chart, frames_of
from kit.hostile import HOSTILE, hostile_frames

ROOT = Path(__file__).resolve().parents[2]
CHARTS = every_chart(hostile_frames(frames_of(ROOT / "seeds")))
OWN_TAGS = re.compile(r"</?(?:b|br|i|em|sub|sup)>|</?span(?: style=(?:\"[^\"<>]*\"|'[^'<>]*'))?>")


def labels(value: Any) -> Iterator[str]:  # noqa: ANN401 any JSON
    """Give every text of a figure that Plotly reads for tags."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"meta", "customdata"}:
                yield from labels(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from labels(inner)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_escapes_what_records_hold(name: str) -> None:
    figure = CHARTS[name]().to_dict()
    found = list(labels(figure))
    acting = [text for text in found if re.search(r"<[a-zA-Z!/]", OWN_TAGS.sub("", text))]
    assert acting == []
    meta = figure["layout"]["meta"]
    whole = [cell for row in meta["rows"] for cell in row if isinstance(cell, str)]
    shown = {text for text in HOSTILE for cell in whole if cell.startswith(text)}
    assert shown or not any(text in str(meta) for text in HOSTILE), "rows hold the texts as they are"
