"""The look of all charts: colours, sizes and axes, each defined here and nowhere else."""

from __future__ import annotations

import plotly.graph_objects as go

# Every colour of a mark reaches 3:1 on white, and all differ for people who are colour-blind.
BLUE, ORANGE, PINK, GREEN = "#0072B2", "#D55E00", "#B0568C", "#00805C"
PALE_ORANGE, PALE_PINK = "#EEAE7F", "#DDB3CC"  # a part of the whole that stands beside it in the full colour
WHITE = "#FFFFFF"
INK = "#1A1A1A"
MUTED = "#595959"  # 7:1 on white: notes, axes
UNKNOWN = "#767676"
SPREAD = "#BDBDBD"
RULE = "#D9D9D9"
SHADE = "#EBEBEB"  # grid lines, and the ground of what is set apart

# The same subject has the same colour in every chart.
COLOURS = {
    "killed-in-mexico": BLUE,
    "us-overdose-deaths": ORANGE,
    "us-fentanyl-deaths": PINK,
    "migrants-dead-or-missing": GREEN,
}

FONT = "Arial, 'Liberation Sans', 'Helvetica Neue', sans-serif"
SMALL, TEXT, TITLE = 12, 13, 17  # px of letters

SMALL_FONT = {"size": SMALL, "color": INK}
TEXT_FONT = {"size": TEXT, "color": INK}
MUTED_FONT = {"size": SMALL, "color": MUTED}

AXIS = {
    "gridcolor": SHADE,
    "linecolor": UNKNOWN,
    "zeroline": False,
    "ticks": "",
    "title": {"standoff": 8, "font": {"size": TEXT}},
}

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
    }
)


def faded(colour: str, opacity: float) -> str:
    """A colour that lets what is under it show through, for places that have no opacity of their own.

    >>> faded("#0072B2", 0.35)
    'rgba(0, 114, 178, 0.35)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
