"""Controls that live in a figure, so that they work in JupyterLab with no extension; an export makes HTML of them."""

from __future__ import annotations

from .door import INK


def menu_buttons(name: str, buttons: list[dict], *, active: int = 0) -> dict:
    """A row of buttons over the plot, at the left; `name` is the label that an export gives the control."""
    return {
        "name": name,
        "type": "buttons",
        "direction": "right",
        "buttons": buttons,
        "active": active,
        "showactive": True,
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "pad": {"b": 26},
        "bgcolor": "#FFFFFF",
        "bordercolor": INK,
        "font": {"size": 12, "color": INK},
    }
