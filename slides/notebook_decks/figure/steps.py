"""The steps in which a figure is explained: `layout.meta["steps"]`, checked.

Each step is {"text": a sentence, "changes": {"data[2].visible": False, "annotations[0].text": "here"}}. The figure
itself is complete, and a step is drawn as the complete figure with the changes of that step alone. A deck goes through
the steps with the key for the next slide, a page has buttons, and paper has all sentences with the complete figure.

Where `layout.meta["builds_up"]` is true and the last step has no changes, a deck opens at the first step, and the last
is the complete figure: a class that first sees all of it would see it twice.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from notebook_decks.errors import report
from notebook_decks.figure.layout import put

MOST = 5  # steps of a chart
NOT_DRAWN = {"title", "meta", "updatemenus", "sliders"}  # parts of a layout that the file shows outside the drawing


def read(given: Any, figure: dict, where: str) -> list[dict[str, Any]]:  # noqa: ANN401
    """Read the steps of a figure, and report all that is wrong with them; a wrong change is left out.

    Args:
        given: What `layout.meta` holds as steps.
        figure: The figure that they explain, with `data` and `layout`; it is not changed.
        where: Its place for messages, such as "Cell 7".

    Raises:
        ExportError: If the export is strict and something is wrong.

    Example:
        >>> figure = {"data": [{"y": [1, 2]}], "layout": {}}
        >>> read([{"text": "Only the axes.", "changes": {"data[0].visible": False}}], figure, "Cell 1")
        [{'text': 'Only the axes.', 'changes': {'data[0].visible': False}}]
    """
    if not given:
        return []
    if not isinstance(given, list | tuple) or not all(_is_step(step) for step in given):
        report(
            f'{where}: the steps of a chart are a list of {{"text": sentence, "changes": {{path: value}}}}; left out'
        )
        return []
    if len(given) > MOST:
        report(f"{where}: a chart has {len(given)} steps; {MOST} are shown")
    steps = []
    for number, step in enumerate(given[:MOST], 1):
        faults = {path: _fault(path, value, figure) for path, value in step.get("changes", {}).items()}
        for path, fault in faults.items():
            if fault:
                report(f"{where}: step {number} of a chart changes {path!r}, {fault}; the change is left out")
        changes = {path: value for path, value in step.get("changes", {}).items() if not faults[path]}
        steps.append({"text": step["text"], "changes": changes})
    return steps


def _is_step(step: object) -> bool:
    if not isinstance(step, dict) or not isinstance(step.get("text"), str) or not step["text"].strip():
        return False
    return isinstance(step.get("changes", {}), dict)


def _fault(path: object, value: Any, figure: dict) -> str:  # noqa: ANN401
    if not isinstance(path, str) or not re.fullmatch(r"[A-Za-z]\w*(\[\d+\]|\.\w+)*", path):
        return 'which is no path such as "data[0].visible" or "xaxis.range"'
    if re.split(r"[.\[]", path)[0] in NOT_DRAWN:
        return "which the file shows outside the drawing"
    try:
        put(copy.deepcopy(figure if path.startswith("data[") else figure["layout"]), path, value)
    except (AttributeError, IndexError, KeyError, TypeError):
        return "which the figure does not have"
    return ""
