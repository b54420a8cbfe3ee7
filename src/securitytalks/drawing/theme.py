"""The look of all charts: colours (from theme.css), sizes and axes, each defined once."""

from __future__ import annotations

import re
from pathlib import Path

import plotly.graph_objects as go

STYLE = Path(__file__).with_name("theme.css")
_COLOUR = dict(re.findall(r"--chart-([a-z-]+): (#[0-9A-F]{6});", STYLE.read_text(encoding="utf-8")))

BLUE, ORANGE, PINK, GREEN = (_COLOUR[name] for name in ("blue", "orange", "pink", "green"))
WHITE, INK, MUTED, UNKNOWN = (_COLOUR[name] for name in ("white", "ink", "muted", "unknown"))
SPREAD, RULE, SHADE = (_COLOUR[name] for name in ("spread", "rule", "shade"))

# What an article says, and what an official count or document says, have the same colours in every chart.
ARTICLE, OFFICIAL, ALSO_OFFICIAL = ORANGE, INK, UNKNOWN
# In a matrix of topics: what the headline names, and the rest.
NAMED, OTHER = BLUE, UNKNOWN

FONT = "Arial, 'Liberation Sans', 'Helvetica Neue', sans-serif"
SMALL, TEXT, LARGE, TITLE = 12, 13, 15, 17  # px of letters

SMALL_FONT = {"size": SMALL, "color": INK}
TEXT_FONT = {"size": TEXT, "color": INK}
MUTED_FONT = {"size": SMALL, "color": MUTED}

AXIS = {
    "gridcolor": SHADE,
    "linecolor": UNKNOWN,
    "zeroline": False,
    "ticks": "",
    "fixedrange": True,  # a scale that a tap or a click moves away from zero misleads
    "title": {"standoff": 8, "font": {"size": TEXT}},
}

EVERY_FOURTH_YEAR = {"tickformat": "%Y", "dtick": "M48", "tick0": "2006-01-01"}  # of a long axis of time

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": TEXT, "color": INK},
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "colorway": [BLUE, ORANGE, GREEN, PINK, INK],
        "xaxis": AXIS,
        "yaxis": AXIS,
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": INK, "align": "left", "font": {"color": INK, "size": TEXT}},
        "hovermode": "closest",
        "showlegend": False,
        "dragmode": False,
    }
)


def faded(colour: str, opacity: float) -> str:
    """A colour that lets what is under it show through, for places that have no opacity of their own.

    >>> faded("#0072B2", 0.35)
    'rgba(0, 114, 178, 0.35)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
