"""What differs between a chart on a page and the same chart on a slide, and the steps in which a chart is explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

MOST_STEPS = 5
FAINT = 0.15  # opacity of marks that a step is not about


def on_a_slide(fig: go.Figure, changes: Mapping[str, object]) -> None:
    """Say what is other where the chart stands on a slide, wide and low: a new value for each name of Plotly's.

    Names are those of the layout, such as "margin.l" or "annotations[0].text", or of the marks, such as "data[0].y".
    """
    said = fig.layout.meta or {}
    fig.update_layout(meta={**said, "slide": {**said.get("slide", {}), **changes}})


def in_steps(fig: go.Figure, steps: Sequence[tuple[str, Mapping[str, object]]]) -> None:
    """Explain a chart in steps: a sentence for each, and what is different there from the complete chart.

    Of more than five steps the last five are kept. Names of changes are those of `on_a_slide`.
    """
    kept = [{"text": text, "changes": dict(changes)} for text, changes in steps[-MOST_STEPS:]]
    fig.update_layout(meta={**(fig.layout.meta or {}), "steps": kept})


def only_column(fig: go.Figure, at: int) -> dict[str, list[float]]:
    """The changes that leave the marks of one column of a grid as they are, and make all others faint."""
    marks = {i: trace for i, trace in enumerate(fig.data) if trace.type == "scatter" and trace.mode == "markers"}
    return {f"data[{i}].marker.opacity": [1 if int(x) == at else FAINT for x in t.x] for i, t in marks.items()}
