"""An altered quotation beside its original: a table in JupyterLab, two columns of large type on slides and pages.

application/vnd.securitytalks.quotation+json  {"effect", "before": {"who", "text", "changed", "where"}, "after": ...}
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import display

from ...records.faults import one_of
from ...words.escape import escaped
from ..forms import texts

QUOTATION = "application/vnd.securitytalks.quotation+json"
STYLE = Path(__file__).with_name("quotation.css")


def quotation_versions(slips: pd.DataFrame, slip: str) -> dict[str, Any]:
    """Give both versions of an altered quotation.

    Args:
        slips: `load_slips()`.
        slip: "<article>/<id>" of a slip that has an original.

    Raises:
        ValueError: if there is no such slip, naming those that there are.
    """
    known = slips[slips["original"].notna()]
    known = known.set_index(known["article"] + "/" + known["id"])
    if slip not in known.index:
        raise ValueError(f"no altered quotation is named {slip!r}; there are: {one_of(known.index)}")
    row, says = known.loc[slip], texts("quotation")
    changed = row["original_changed"] if isinstance(row["original_changed"], str) else ""
    before = {"who": row["speaker"], "text": row["original"], "changed": changed}
    after = {"who": says["printed_in"].format(outlet=row["outlet"]), "text": row["printed"]}
    return {
        "effect": row["effect"],
        "before": before | {"where": says["read_in"].format(place=row["read_in"])},
        "after": after | {"changed": row["printed_changed"], "where": row["cite"]},
    }


def show_quotation(slips: pd.DataFrame, slip: str) -> None:
    """Show both versions of an altered quotation; arguments and errors as for `quotation_versions`."""
    versions = quotation_versions(slips, slip)
    plain = f"{versions['before']['text']} / {versions['after']['text']}. {versions['effect']}"
    display({QUOTATION: versions, "text/html": as_table(versions), "text/plain": plain}, raw=True)


def as_table(versions: dict[str, Any]) -> str:
    """Write both versions as a table, with the simple markup that JupyterLab shows without trust."""
    sides = [versions["before"], versions["after"]]
    heads = "".join(f'<th scope="col" style="text-align:left">{escaped(side["who"])}</th>' for side in sides)
    words = "".join(f'<td style="text-align:left"><big>{marked(side)}</big></td>' for side in sides)
    places = "".join(f'<td style="text-align:left"><small>{escaped(side["where"])}</small></td>' for side in sides)
    return (
        f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{words}</tr><tr>{places}</tr></tbody></table>"
        f"<p>{escaped(versions['effect'])}</p>"
    )


def as_columns(versions: dict[str, Any]) -> str:
    """Write both versions for a slide or a page."""
    columns = "".join(
        f'<div class="version {name}"><p class="who">{escaped(side["who"])}</p>'
        f'<p class="words">{marked(side)}</p><p class="where">{escaped(side["where"])}</p></div>'
        for name, side in (("before", versions["before"]), ("after", versions["after"]))
    )
    return f'<div class="quotation">{columns}<p class="effect">{escaped(versions["effect"])}</p></div>'


def marked(side: dict[str, str]) -> str:
    """Mark the changed words of a version, and set our own words, in square brackets, apart.

    >>> marked({"text": "[It is] a huge success", "changed": "huge"})
    '<small>[It is]</small> a <mark>huge</mark> success'
    """
    words = re.sub(r"(\[[^\]]*\])", r"<small>\1</small>", escaped(side["text"]))
    changed = escaped(side["changed"])
    return words.replace(changed, f"<mark>{changed}</mark>", 1) if changed else words
