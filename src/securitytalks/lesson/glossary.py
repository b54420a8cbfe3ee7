"""The glossary: words, people or places in a list that opens where it stands, without a script."""

from __future__ import annotations

import pandas as pd
from IPython.display import display

from ..words.escape import escaped
from ..words.language import Texts


def show_glossary(glossary: pd.DataFrame, kind: str) -> None:
    """Show the entries of one kind in a list that is closed at first.

    Args:
        glossary: `load_glossary()`.
        kind: person, place or term.

    Raises:
        ValueError: if the glossary has no entry of that kind, naming the kinds that it has.
    """
    found = glossary[glossary["kind"].eq(kind)]
    if found.empty:
        raise ValueError(f"no entry of kind {kind!r}; there are: {', '.join(sorted(set(glossary['kind'])))}")
    items = "".join(
        f"<dt><b>{escaped(name)}</b></dt><dd>{escaped(text)}</dd>"
        for name, text in zip(found["name"], found["text"], strict=True)
    )
    title = Texts("glossary")(kind)
    html = f"<details><summary>{escaped(title)}</summary><dl>{items}</dl></details>"
    plain = "\n".join(f"{name}: {text}" for name, text in zip(found["name"], found["text"], strict=True))
    display({"text/html": html, "text/plain": plain}, raw=True)
