"""Colours, fonts and axes that every chart shares."""

from __future__ import annotations

import plotly.graph_objects as go

BLUE, ORANGE, PINK, GREEN = "#0072B2", "#D55E00", "#B0568C", "#00805C"


COLOURS = {
    "killed-in-mexico": BLUE,
    "us-overdose-deaths": ORANGE,
    "us-fentanyl-deaths": PINK,
    "migrants-dead-or-missing": GREEN,
}


INK = "#1A1A1A"


MUTED = "#595959"  # 7:1 on white: notes, axes


RULE = "#D9D9D9"


UNKNOWN = "#767676"


FONT = "Arial, 'Liberation Sans', 'Helvetica Neue', sans-serif"


AXIS = {
    "gridcolor": "#EBEBEB",
    "linecolor": UNKNOWN,
    "zeroline": False,
    "ticks": "",
    "title": {"standoff": 8, "font": {"size": 13}},
}


TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "colorway": [BLUE, ORANGE, GREEN, PINK, INK],
        "xaxis": AXIS,
        "yaxis": AXIS,
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": INK, "align": "left", "font": {"color": INK, "size": 13}},
        "hovermode": "closest",
        "showlegend": False,
    }
)
