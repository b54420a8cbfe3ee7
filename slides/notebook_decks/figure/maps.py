"""Which outlines of continents and countries the maps of a figure ask for."""

from __future__ import annotations

import json
import re
from typing import Any

ON_A_GLOBE = {"choropleth", "scattergeo"}
SCOPES = {"africa", "antarctica", "asia", "europe", "north america", "oceania", "south america", "usa", "world"}


def by_name(trace: dict) -> bool:
    """Whether a trace names its places ("FRA", "Texas"), and plotly.js looks for them in its own outlines."""
    named = trace.get("type") == "choropleth" or (trace.get("type") == "scattergeo" and "locations" in trace)
    return named and not isinstance(trace.get("geojson"), dict)


def outlines(figure: dict, changes: Any = ()) -> set[str]:  # noqa: ANN401 any JSON
    """Give the names that plotly.js has for the outlines of a figure's maps: "world_110m" for scope and resolution.

    >>> outlines({"data": [{"type": "scattergeo"}], "layout": {"geo": {"scope": "north america", "resolution": 50}}})
    {'north-america_50m'}

    `changes` may name further scopes, as a menu does that leads from one continent to another.
    """
    layout, asked = figure["layout"], set()
    common = (((layout.get("template") or {}).get("layout") or {}).get("geo")) or {}
    traces = [trace for trace in figure["data"] if trace.get("type") in ON_A_GLOBE]
    elsewhere = re.findall(r'"(?:geo\d*\.)?scope"[:,] "([a-z ]+)"', json.dumps(changes, default=str)) if traces else []
    for trace in traces:
        geo = common | (layout.get(trace.get("geo") or "geo") or {})
        seen = geo.get("visible", True) or any(value is True for name, value in geo.items() if name.startswith("show"))
        if seen or by_name(trace):
            albers = (geo.get("projection") or {}).get("type") == "albers usa"
            fine = 50 if str(geo.get("resolution")) == "50" else 110
            for scope in ["usa" if albers else geo.get("scope"), *elsewhere]:
                asked.add(f"{scope if scope in SCOPES else 'world'}_{fine}m".replace(" ", "-"))
    return asked


def without_outlines(figure: dict, codes: set[str]) -> list[str]:
    """Give the places that a figure names by their codes and that are not among those that have outlines.

    >>> without_outlines({"data": [{"type": "choropleth", "locations": ["FRA", "SGP"]}]}, {"FRA"})
    ['SGP']
    """
    named = [t for t in figure["data"] if by_name(t) and t.get("locationmode", "ISO-3") == "ISO-3"]
    places = [trace["locations"] for trace in named if isinstance(trace.get("locations"), list)]
    return [str(one) for one in dict.fromkeys(place for some in places for place in some if place) if one not in codes]
