"""A figure that was read from a notebook and can be written into a file."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any

from notebook_decks.cut import CALENDARS
from notebook_decks.fonts import measure


@dataclass
class Control:
    """A menu or a slider of the figure, which the file shows as a native control."""

    name: str
    look: str  # dropdown, buttons or slider
    labels: list[str]
    steps: list[dict[str, Any]]  # Plotly's method and arguments for each label
    active: int

    @property
    def longest(self) -> float:
        """The width of its longest label, in sizes of the font; a slider keeps that room, so that nothing moves."""
        return math.ceil(20 * max(measure(label, 1, bold=True)[0] for label in self.labels)) / 20


@dataclass
class Chart:
    """One figure, ready to be written into a page or a deck."""

    id: str
    figure: dict[str, Any]  # data, layout, frames and config, as Plotly wants them
    words: dict[str, str]  # finding, measure, hint, tap, unit, source, note, description, table: HTML
    columns: list[str]
    lines: list[list[str]]
    left_out: int = 0  # rows that the table does not show
    controls: list[Control] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)  # {"text": sentence, "changes": {path: value}}
    builds_up: bool = False  # a deck opens it at its first step
    wide: dict[str, Any] = field(
        default_factory=dict
    )  # what a page changes where it has a slide's width: {path: value}
    outlines: set[str] = field(default_factory=set)  # of continents and countries, by plotly.js's names
    page: str = ""  # where marks and rows lead; the `customdata` of a mark names the place on it
    places: list[str] = field(default_factory=list)  # on that page, for each of the lines; empty for none

    @property
    def rows(self) -> list[tuple[list[str], str]]:
        """The lines of the table that are not empty, each with the place that it leads to."""
        places = self.places or [""] * len(self.lines)
        return [(line, place) for line, place in zip(self.lines, places, strict=True) if line]

    @property
    def kinds(self) -> set[str]:
        """What plotly.js needs to draw it: the kinds of trace, in frames too, and calendars where one is named."""
        frames = [t for f in self.figure.get("frames", []) for t in f.get("data", [])]
        kinds = {t.get("type", "scatter") for t in [*self.figure["data"], *frames]}
        changes = [[control.steps for control in self.controls], self.steps, self.wide]
        return kinds | ({CALENDARS} if "calendar" in json.dumps([self.figure, changes]) else set())
