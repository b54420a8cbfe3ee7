"""Can two figures be compared? Yes, no, or only side by side, with reasons, by rules that read the records' fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

from ..records.schema import PART_OF
from ..words.dates import day, days
from ..words.language import Texts
from ..words.numbers import LOWER_BOUNDS, UPPER_BOUNDS, in_words
from .limits import SAME_FIGURE, most_reported

COMPARED_UNITS = ("people", "deaths", "deaths a year", "share", "US dollars", "doses", "rank")
MOST_COMPARED = 24  # figures of the articles; every pair of them is compared
TRIVIAL = 10  # a count below this (three sons, two maps) is named in the text and compared with nothing
YES, SIDE_BY_SIDE, NO = "yes", "only side by side", "no"
VERDICTS = (YES, SIDE_BY_SIDE, NO)  # from the mildest
Figure = dict[str, Any]


@dataclass(frozen=True)
class Reason:
    """Why two figures cannot be set against each other, or only with care."""

    code: str
    verdict: str
    text: str


def compared_figures(facts: pd.DataFrame) -> pd.DataFrame:
    """The figures that enter the comparison: those that count people, deaths, doses or dollars, shares and ranks.

    Years, months, meetings, maps and sources stay out. So do counts below ten, and ranks with no count behind them: a
    first visit, a second round.
    """
    counted = facts["unit"].isin(COMPARED_UNITS)
    few = ~facts["unit"].isin(["share", "rank"]) & (facts["value"] < TRIVIAL)
    in_a_list = facts["unit"].eq("rank") & facts["measures"].isna()
    return facts[counted & ~few & ~in_a_list].reset_index(drop=True)


def comparable(facts: pd.DataFrame, officials: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every pair of figures, with a verdict and its reasons.

    Args:
        facts: as load_facts() gives them; compared_figures() picks those that enter.
        officials: official figures in the same columns, as official_figures() gives them, if these are compared too.

    Returns: one row a pair, in the order of the frames: `a` and `b` (as in the column fact), `a_words` and `b_words`
    (label and figure), `verdict` (yes, only side by side, no), `reasons` (list of codes, in the order of the rules;
    empty for yes) and `reason` (the same as a sentence that names both). Of more than MOST_COMPARED figures of the
    articles only a part enters; `attrs["limit"]` says which, and is empty otherwise.
    """
    compared, limit = most_reported(compared_figures(facts), MOST_COMPARED, same=SAME_FIGURE, note="figures")
    frames = [compared, *([] if officials is None else [officials])]
    figures = [_with_base(figure, facts) for frame in frames for figure in _records(frame)]
    rows = []
    for a, b in combinations(figures, 2):
        found = reasons(a, b)
        verdict = max((reason.verdict for reason in found), key=VERDICTS.index, default=YES)
        row: Figure = {"a": a["fact"], "b": b["fact"], "a_words": figure_words(a), "b_words": figure_words(b)}
        row |= {"verdict": verdict, "reasons": [reason.code for reason in found]}
        rows.append(row | {"reason": _sentence(a, b, found)})
    columns = ["a", "b", "a_words", "b_words", "verdict", "reasons", "reason"]
    pairs = pd.DataFrame(rows, columns=columns)
    pairs.attrs["limit"] = limit
    return pairs


def reasons(a: Figure, b: Figure) -> list[Reason]:
    """The reasons against setting two figures against each other, in the order of the rules.

    A share of the other figure, or another unit, is reason enough alone; where something forbids the comparison, what
    would only ask for care is left out.
    """
    for rule in (share_of_it, different_unit):
        if reason := rule(a, b):
            return [reason]
    found = [reason for rule in RULES if (reason := rule(a, b))]
    return [reason for reason in found if reason.verdict == NO] or found


def figure_words(figure: Figure) -> str:
    """A figure in words: its label and its value with precision and unit."""
    return f"{figure['label']} ({in_words(figure['value'], figure['precision'], figure['unit'])})"


def base_unit(unit: str) -> str:
    """What is counted one by one: people, deaths, deaths a year and homicides are all counts of people.

    >>> base_unit("deaths a year"), base_unit("US dollars")
    ('people', 'US dollars')
    """
    return "people" if unit in ("people", "deaths", "deaths a year", "homicides") else unit


def _reason(code: str, verdict: str, entry: str, **values: str) -> Reason:
    return Reason(code, verdict, Texts("compare")(entry, **values))


def share_of_it(a: Figure, b: Figure) -> Reason | None:
    """A share and the very figure that it is a share of: they belong together, and neither is more or less."""
    for share, whole, entry in ((a, b, "first_is_share"), (b, a, "second_is_share")):
        if share["share_of"] == whole["fact"]:
            return _reason("share of it", SIDE_BY_SIDE, entry)
    return None


def different_unit(a: Figure, b: Figure) -> Reason | None:
    """People, dollars, doses, shares and ranks cannot be set against each other."""
    one, two = base_unit(a["unit"]), base_unit(b["unit"])
    if one == two:
        return None
    names = Texts("compare").table("units")
    return _reason("unit", NO, "different", one=names[one], two=names[two])


def no_common_whole(a: Figure, b: Figure) -> Reason | None:
    """Two shares of different wholes, or of a whole nobody counts, say nothing about each other; nor do two ranks."""
    if a["unit"] not in ("share", "rank"):
        return None
    if a["unit"] == "share" and a["base"] and a["base"] == b["base"]:
        return None
    entry = f"no_common_whole.{a['unit']}"
    return _reason("share or rank without a common whole", NO, entry, one=a["counts"], two=b["counts"])


def different_money(a: Figure, b: Figure) -> Reason | None:
    """Money paid, spent, voted, asked for and claimed in court are different things, for whatever programme."""
    if a["unit"] != "US dollars":
        return None
    if a["money_status"] != b["money_status"]:
        names = Texts("codes").table("states_of_money")
        one, two = names[a["money_status"]], names[b["money_status"]]
        return _reason("status of money", NO, "money_status", one=one, two=two)
    if a["programme"] and b["programme"] and a["programme"] != b["programme"]:
        return _reason("status of money", NO, "programmes")
    return None


def stock_against_flow(a: Figure, b: Figure) -> Reason | None:
    """A running total only grows; a yearly count does not."""
    one, two = a["stock_or_flow"], b["stock_or_flow"]
    if one == two:
        return None
    names = Texts("compare").table("stock_or_flow")
    return _reason("stock or flow", NO, "different", one=names[one], two=names[two])


def different_definition(a: Figure, b: Figure) -> Reason | None:
    """What is counted must be the same; where one is counted within the other, they can stand side by side."""
    if base_unit(a["unit"]) in ("share", "rank", "US dollars"):
        return None  # other rules are for these
    one, two = a["measures"], b["measures"]
    if one and one == two:
        return None
    counts = {"one": a["counts"], "two": b["counts"]}
    for part, whole, entry in ((one, two, "first_is_part"), (two, one, "second_is_part")):
        if part in PART_OF and PART_OF[part] == whole:
            return _reason("definition", SIDE_BY_SIDE, entry, **counts)
    return _reason("definition", NO, "definition", **counts)


def different_place(a: Figure, b: Figure) -> Reason | None:
    """A count in one country says nothing about another."""
    if not a["place"] or not b["place"] or a["place"] == b["place"]:
        return None
    names = Texts("compare").table("places")
    one, two = (names.get(figure["place"], figure["place"]) for figure in (a, b))
    return _reason("place", NO, "place", one=one, two=two)


def different_window(a: Figure, b: Figure) -> Reason | None:
    """Counts over different spans of time, or over a span that the article does not name, can stand side by side."""
    known = not (a.get("window_inferred") or b.get("window_inferred"))
    if known and (a["start"], a["end"]) == (b["start"], b["end"]):
        return None
    return _reason("window", SIDE_BY_SIDE, "different", one=_window(a), two=_window(b))


def bound_minus_bound(a: Figure, b: Figure) -> Reason | None:
    """Two lower bounds, or two upper ones, have no difference: either can be any size beyond its bound."""
    for bounds in (LOWER_BOUNDS, UPPER_BOUNDS):
        if a["precision"] in bounds and b["precision"] in bounds:
            return _reason("bound minus bound", SIDE_BY_SIDE, "bounds")
    return None


# The order in which reasons are given; each rule may assume that the units agree.
RULES: tuple[Callable[[Figure, Figure], Reason | None], ...] = (
    no_common_whole,
    different_money,
    stock_against_flow,
    different_definition,
    different_place,
    different_window,
    bound_minus_bound,
)


def _sentence(a: Figure, b: Figure, found: list[Reason]) -> str:
    """Both figures by name, then the reasons."""
    texts = Texts("compare")
    why = "; ".join(reason.text for reason in found) or texts("same")
    return texts("sentence", one=figure_words(a), two=figure_words(b), why=why)


def _window(figure: Figure) -> str:
    texts = Texts("compare")
    if figure.get("window_inferred"):  # a window that is our reading may not be a reason
        return texts("no_dates")
    if not figure["window_start"]:
        return texts("until", day=day(figure["window_end"]))
    return texts("span", days=days(figure["window_start"], figure["window_end"]))


def _records(frame: pd.DataFrame) -> Iterator[Figure]:
    """The rows as dictionaries, with None for what is missing."""
    for row in frame.to_dict("records"):
        yield {name: None if _missing(value) else value for name, value in row.items()}


def _missing(value: object) -> bool:
    return not isinstance(value, (list, date)) and pd.isna(value)


def _with_base(figure: Figure, facts: pd.DataFrame) -> Figure:
    """Add what a share is a share of: the measure of its whole, so that shares of one whole are known as such."""
    if "base" in figure:
        return figure
    whole: Iterable[Any] = facts.loc[facts["fact"] == figure["share_of"], "measures"]
    return figure | {"base": next((measure for measure in whole if pd.notna(measure)), figure["share_of"])}
