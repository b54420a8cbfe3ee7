"""Plotly's menus and sliders, taken out of the drawing so that the file can show native controls for them."""

from __future__ import annotations

from typing import Any

from notebook_decks.figure.chart import Control
from notebook_decks.html.text import plain
from notebook_decks.words import say

LISTS = {
    "updatemenus": "buttons",
    "sliders": "steps",
}  # where a layout has controls, and their choices


def take(layout: dict[str, Any]) -> list[Control]:
    """Read the menus and sliders of a layout and hide them there; hidden ones still serve their own commands.

    A menu named "steps" belongs to JupyterLab, where it explains the chart in steps; a file has its own way to do that.

    >>> layout = {"sliders": [{"steps": [{"label": "1990", "method": "skip"}], "currentvalue": {"prefix": "Year: "}}]}
    >>> take(layout)[0].name, layout["sliders"][0]["visible"]
    ('Year', False)
    """
    taken = []
    for place, choices in LISTS.items():
        for control in layout.get(place) or []:
            steps = [s for s in control.get(choices) or [] if s.get("visible", True)]
            if control.get("visible", True) and steps and control.get("name") != "steps":
                taken.append(_read(control, steps, place))
            control["visible"] = False
    return taken


def _read(control: dict, steps: list[dict], place: str) -> Control:
    is_slider = place == "sliders"
    prefix = plain((control.get("currentvalue") or {}).get("prefix") or "").rstrip(" :=")
    return Control(
        name=plain(control.get("name") or "") or prefix or say("chart.slider" if is_slider else "chart.choice"),
        look="slider" if is_slider else control.get("type", "dropdown"),
        labels=[plain(s.get("label") or s.get("value") or f"{i + 1}") for i, s in enumerate(steps)],
        steps=[{k: s[k] for k in ("method", "args", "args2", "execute") if k in s} for s in steps],
        active=control.get("active", 0),
    )
