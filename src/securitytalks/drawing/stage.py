"""What differs between a chart on a page and the same chart on a slide."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go


def on_a_slide(fig: go.Figure, changes: Mapping[str, object]) -> None:
    """Say what is other where the chart stands on a slide, wide and low: a new value for each name of Plotly's.

    Names are those of the layout, such as "margin.l" or "annotations[0].text", or of the marks, such as "data[0].y".
    """
    said = fig.layout.meta or {}
    fig.update_layout(meta={**said, "slide": {**said.get("slide", {}), **changes}})
