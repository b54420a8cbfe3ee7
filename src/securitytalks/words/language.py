"""What charts say: the texts of `en.toml`, or of another language's file, filled strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

import pandas as pd

from .files import file_name, named, table_of
from .missing import NoData
from .sentences import StrictFormatter, refuse_unused
from .unbroken import unbroken

OF_EVERY_CHART = ("finding", "measure", "unit", "source", "description")
OF_SOME_CHARTS = ("hint", "tap", "note")


class Texts:
    """The texts of one chart, or those that several charts share, in the chosen language.

    >>> Texts("limits")("bundles", size=3, what="facts")
    'A mark stands for up to 3 facts of one place in the matrix; it opens the first of them.'
    >>> Texts("limits")("bundles", size=3, what="facts", other=1)
    Traceback (most recent call last):
    ValueError: limits.bundles does not use: other
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._texts = table_of(name)

    def __call__(self, entry: str, **values: object) -> str:
        """Fill one text, `entry` or `entry.variant`. Raises ValueError for a missing value and for one not used."""
        template = self._template(entry)
        formatter = StrictFormatter()
        try:
            text = formatter.vformat(template, (), values)
        except ValueError as error:
            raise ValueError(f"{self.name}.{entry}: {error}") from error
        refuse_unused(f"{self.name}.{entry}", values, formatter.used)
        return unbroken(text)

    def each(self, entry: str, rows: Iterable[Mapping[str, Any]], *, between: str = "; ") -> str:
        """Fill one text for every row, and join the results."""
        return between.join(self(entry, **row) for row in rows)

    def table(self, entry: str) -> dict[str, str]:
        """Give the texts of a sub-table, such as the names of statuses."""
        return dict(self._texts[entry])

    def of_chart(self, *, finding: str = "", **values: object) -> dict[str, str]:
        """Fill what a chart says, ready for `finish`; `finding` is the variant of the finding, if it has some.

        A value must be used by at least one of the texts or by a variant.
        """
        if lacking := [entry for entry in OF_EVERY_CHART if entry not in self._texts]:
            raise ValueError(f"words/{file_name()}: [{self.name}] lacks {', '.join(lacking)}")
        chosen = {entry: entry for entry in OF_EVERY_CHART + OF_SOME_CHARTS if entry in self._texts}
        chosen |= {"finding": f"finding.{finding}"} if finding else {}
        used = {name for entry in chosen for text in _variants(self._texts[entry]) for name in _names(text)}
        refuse_unused(self.name, values, used)
        filled = {}
        for entry, place in chosen.items():
            needed = _names(self._template(place))
            words = self(place, **{name: values[name] for name in needed if name in values})
            filled[entry] = re.sub(r"[^\S\u00a0]+", " ", words).strip()
        return filled

    def _template(self, entry: str) -> str:
        found: Any = self._texts
        for part in entry.split("."):
            found = named(found, part, f" in [{self.name}]")
        if not isinstance(found, str):
            raise ValueError(f"{self.name}.{entry} has variants: {', '.join(found)}; choose one")
        return found


def titled(table: pd.DataFrame, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Give the columns of a table the titles that readers see.

    `names` has the name of a title by the name of each column, where the two differ.
    """
    titles = table_of("columns")
    wanted = {column: (names or {}).get(column, column) for column in table.columns}
    return table.rename(columns={column: named(titles, name, " in [columns]") for column, name in wanted.items()})


def shown_at() -> dict[str, tuple[str, str]]:
    """Where readers find a chart or table: the page and the heading over it, by the function of `helpers`."""
    return {name: (page, heading) for name, (page, heading) in table_of("shown_at").items()}


def missing(name: str, **values: object) -> NoData:
    """Say that the records have nothing for a chart: what is missing, and what a record needs."""
    texts = Texts("missing")
    what = {key: value for key, value in values.items() if key in _names(texts._template(f"{name}.what"))}
    needs = {key: value for key, value in values.items() if key not in what}
    return NoData(texts(f"{name}.what", **what), texts(f"{name}.needs", **needs))


def _names(template: str) -> set[str]:
    """The values that a text needs.

    >>> sorted(_names("{peak.period}: {peak.value:,.0f} of {total}"))
    ['peak', 'total']
    """
    fields = (field for _, field, _, _ in Formatter().parse(template) if field)
    return {field.partition(".")[0] for field in fields}


def _variants(text: str | dict[str, str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())
