"""A chart as HTML: caption, controls, the place of the drawing, the table behind it, and the data for the scripts."""

from __future__ import annotations

import json
import math
from typing import Any

from notebook_decks.figure.chart import Chart
from notebook_decks.figure.layout import longest_hover, smallest_text
from notebook_decks.html.text import plain
from notebook_decks.templating import environment

LEAST_HEIGHT, USUAL_HEIGHT = 280, 420  # px, on a page
WIDE_PART, WIDE_HEIGHTS = 0.62, (340, 540)  # of the height, where a page is wide and rows have their names beside them
LARGEST_TEXT = SLIDE_TEXT = 18  # px; a deck enlarges no drawing whose smallest text has this size


def written(chart: Chart, kind: str, still: str = "", picture: str = "") -> str:
    """Write a chart for a page or a deck.

    `still` is an SVG picture of it, seen until it is drawn and where no script may run; `picture` the address (data:)
    of one, seen where no script may run.
    """
    given = chart.figure["layout"].get("height")
    height = given if isinstance(given, int | float) and math.isfinite(given) else USUAL_HEIGHT
    height = max(LEAST_HEIGHT, round(height))
    low, high = WIDE_HEIGHTS
    return (
        environment()
        .get_template("figure.html.j2")
        .render(
            chart=chart,
            kind=kind,
            name=plain(chart.words["finding"]),
            height=height,
            wide_height=min(max(low, round(WIDE_PART * height)), high) if chart.wide else height,
            lines=longest_hover(chart.figure, SLIDE_TEXT),
            still=still.replace("<svg", '<svg class="wait still" aria-hidden="true" preserveAspectRatio="none"', 1),
            picture=picture,
            data=script_json(data_of(chart)),
        )
    )


def data_of(chart: Chart) -> dict[str, Any]:
    """Give what the scripts need to draw the chart; its words and rows are in the HTML already."""
    figure = {k: chart.figure[k] for k in ("data", "layout", "frames", "config") if chart.figure.get(k) or k == "data"}
    controls = [{"look": c.look, "active": c.active, "steps": c.steps} for c in chart.controls]
    more = {"controls": controls, "text": min(smallest_text(chart.figure), LARGEST_TEXT)}
    further = {"steps": chart.steps, "wide": chart.wide}
    return figure | more | {name: value for name, value in further.items() if value}


def script_json(value: object) -> str:
    r"""Write JSON that can stand in a script element; NaN and the infinities, which JSON has not, become null.

    >>> script_json({"y": [1.5, float("nan")], "name": "</script>"})
    '{"y":[1.5,null],"name":"\\u003c/script>"}'
    """
    done = json.dumps(_finite(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return done.replace("<", "\\u003c")


def _finite(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    return [_finite(v) for v in value] if isinstance(value, list | tuple) else value
