"""Claims held against the official record: what each side counts, and a verdict that the numbers must bear out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from .checks import Desk
from .compare import LOWER_BOUNDS, UPPER_BOUNDS, base_unit
from .faults import Faults, as_written, one_of, suggest
from .load import SEEDS, read
from .printed import day, in_words
from .references import Found, NotThere, as_figure, figure_words, look_up, told, window_words
from .schema import PART_OF, ArticleFile, Check, Fact, Reference, Slip
from .series import Series, read_record

FactOrSlip = TypeVar("FactOrSlip", Fact, Slip)

ABOUT = 0.05  # a figure given as "about", or with no word on its precision, may be off by this part of itself
OF_SLIP = {
    "altered quotation": ("wording altered",),
    "wrong title": ("wrong title",),
    "left out": ("left out",),
    "unsupported": ("said by one side", "cannot be checked"),
}
COLUMNS = [
    *(
        "check",
        "article",
        "outlet",
        "agency",
        "meeting",
        "published",
        "paragraph",
        "cite",
        "topics",
        "fact",
        "slip",
        "kind",
    ),
    *("claim", "claim_value", "unit", "claim_counts", "claim_window"),
    *("official", "official_value", "official_counts", "official_window", "series", "column", "period"),
    *("source", "read_from", "grade", "derived", "beside", "verdicts", "why"),
]
OF_WORDS = ("agrees", "does not agree", "said by one side")  # a fact without a figure, against a document


@dataclass(frozen=True)
class Held:
    """A check with what it points to."""

    file: ArticleFile
    check: Check
    fact: Fact | None
    slip: Slip | None
    found: Found | None
    beside: tuple[Found, ...]

    @property
    def paragraph(self) -> int:
        """The paragraph of the claim."""
        return (self.fact or self.slip).paragraph


def load_checks(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a claim held against the official record, by meeting, publication, article and paragraph.

    Columns: `check` ("<article>/<id>"), `article`, `outlet`, `agency`, `meeting`, `published` (Timestamp), `paragraph`,
    `cite`, `topics` (list), `fact` and `slip` ("<article>/<id>" or missing), `kind` (figure, words, not checked).
    The claim: `claim` (in our words), `claim_value` (in `unit`), `unit`, `claim_counts`, `claim_window`.
    The record: `official` (the figure, or a paraphrase of the document), `official_value` (in `unit`),
    `official_counts`, `official_window`, `series`, `column`, `period`, `source` (publisher and title, or the document),
    `read_from`, `grade` (A, B; the weakest of the values used), `derived` (computed, not read as printed), `beside`
    (list of further figures). Then `verdicts` (list) and `why`.
    Raises SeedError where a check points nowhere or a verdict contradicts the numbers.
    """
    frame = pd.DataFrame([_row(held) for held in read_checks(seeds)], columns=COLUMNS)
    return frame.assign(published=pd.to_datetime(frame["published"]).astype("datetime64[s]"))


def official_figures(seeds: Path = SEEDS) -> pd.DataFrame:
    """The official figures that claims are held against, one row each, in the columns that compare.comparable reads.

    `fact` is "record/<series>/<column>/<period>" and `base` is what a share is a share of.
    """
    found = {}
    for held in read_checks(seeds):
        if held.found is not None and held.found.reference.reading in ("value", "running total"):
            figure = as_figure(held.found)
            found.setdefault(figure["fact"], figure)
    return pd.DataFrame(list(found.values()))


def read_checks(seeds: Path = SEEDS) -> list[Held]:
    """Every check with what it points to, each held to its rule. Raises SeedError with a line for every fault."""
    records, known = read(seeds), read_record(seeds)
    faults = Faults(records.folder)
    found = []
    for path, file in zip(records.paths, records.articles, strict=True):
        desk = Desk(path, faults)
        names = [check.id for check in file.checks]
        for name in sorted({name for name in names if names.count(name) > 1}):
            desk.fault(
                f"checks[{name}]", "id", found=f'"{name}" {names.count(name)} times', allowed="once", do="rename it"
            )
        held = [_hold(check, file, known, records.folder, desk) for check in file.checks]
        found += sorted(filter(None, held), key=lambda held: held.paragraph)
    faults.stop()
    return found


# -------------------------------------------------------------------------------------------------- what it points to


def _hold(check: Check, file: ArticleFile, known: dict[str, Series], seeds: Path, desk: Desk) -> Held | None:
    """Follow the check's pointers and hold its verdicts to the rule; None where something is wrong."""
    before, record = len(desk.faults.all), f"checks[{check.id}]"
    fact = _pointed(record, "fact", check.fact, file.facts, desk)
    slip = _pointed(record, "slip", check.slip, file.slips, desk)
    if (check.fact is None) == (check.slip is None):
        desk.fault(record, "fact", found="both or neither", allowed="either fact or slip", do="name one of them")
    references = ([check.official] if check.official else []) + check.beside
    found = [_found(record, reference, known, seeds, desk) for reference in references]
    _check_document(check, record, desk)
    if len(desk.faults.all) > before:
        return None
    official, beside = (found[0], found[1:]) if check.official else (None, found)
    held = Held(file, check, fact, slip, official, tuple(beside))
    _check_relation(held, record, desk)
    _check_verdicts(held, record, desk)
    return held if len(desk.faults.all) == before else None


def _pointed(record: str, field: str, name: str | None, rows: list[FactOrSlip], desk: Desk) -> FactOrSlip | None:
    """The record of the article that is named."""
    names = [row.id for row in rows]
    if name is not None and name not in names:
        do = suggest(name, names, otherwise=f"write a {field} of this file")
        desk.fault(record, field, found=as_written(name), allowed=one_of(names), do=do)
    return next((row for row in rows if row.id == name), None)


def _found(record: str, reference: Reference, known: dict[str, Series], seeds: Path, desk: Desk) -> Found | None:
    try:
        return look_up(reference, known, seeds)
    except NotThere as missing:
        field, found, allowed = missing.args
        desk.fault(record, field, found=found, allowed=allowed, do=f"mend {field}")
        return None


def _check_document(check: Check, record: str, desk: Desk) -> None:
    """A document comes with what it says and its grade, and not beside a series."""
    fields = {"document_says": check.document_says, "grade": check.grade}
    for field, value in fields.items():
        if (value is None) != (check.document is None):
            found = "nothing" if value is None else as_written(value)
            desk.fault(
                record, field, found=found, allowed="only and always with document", do=f"mend {field} or document"
            )
    if check.document_value is not None and check.document is None:
        desk.fault(
            record,
            "document_value",
            found=as_written(check.document_value),
            allowed="only with document",
            do="name the document",
        )
    if check.document is not None and check.official is not None:
        desk.fault(record, "document", found="both", allowed="official or document", do="remove one of them")


# ------------------------------------------------------------------------------------------------------------- the rule


def _check_relation(held: Held, record: str, desk: Desk) -> None:
    """Where numbers are compared the relation is stated, and the measures that are coded do not contradict it."""
    check, fact, found = held.check, held.fact, held.found
    compared = found is not None or check.document_value is not None
    if compared != (check.relation is not None):
        said = as_written(check.relation) if check.relation else "nothing"
        desk.fault(
            record, "relation", found=said, allowed="only and always with a number to compare", do="mend relation"
        )
    if found is None or fact is None or check.relation is None:
        return
    if fact.unit and base_unit(fact.unit) != base_unit(found.unit):
        desk.fault(record, "column", found=found.unit, allowed=fact.unit, do="choose a column in the fact's unit")
    if fact.measures and found.column.measures:
        expected = relation_of(fact.measures, found.column.measures)
        if check.relation != expected:
            desk.fault(record, "relation", found=as_written(check.relation), allowed=expected, do=f'write "{expected}"')


def relation_of(claim: str, official: str) -> str:
    """What a claim counts against what the official figure counts, by their codes.

    >>> relation_of("killed-in-mexico", "homicides-in-mexico")
    'a narrower thing'
    """
    if claim == official:
        return "the same thing"
    return "a narrower thing" if PART_OF.get(claim) == official else "a different thing"


def _check_verdicts(held: Held, record: str, desk: Desk) -> None:
    """The verdicts are those that follow from the records."""
    allowed = allowed_verdicts(held)
    if held.check.verdicts not in allowed:
        shown = " or ".join(as_written(list(verdicts)) for verdicts in allowed) or "no check of this kind of slip"
        desk.fault(
            record,
            "verdicts",
            found=as_written(held.check.verdicts),
            allowed=shown,
            do="write the verdict that follows from the records, or mend what it is held against",
        )


def allowed_verdicts(held: Held) -> list[list[str]]:
    """The verdicts that a check may bear: one list where the numbers decide, several where words are judged."""
    check = held.check
    if held.slip is not None:
        return [[verdict] for verdict in OF_SLIP.get(held.slip.kind, ())]
    if held.found is None and check.document is None:
        return [["cannot be checked"]]
    if held.found is None and check.document_value is None:
        return [[verdict] for verdict in OF_WORDS]
    return [computed_verdicts(held)]


def computed_verdicts(held: Held) -> list[str]:
    """The verdicts that the numbers and the relation give.

    A bound that the running total had passed at least one row before the one named, or a record that a later row beat
    before the article appeared, is out of date. A figure that fits agrees, with the same thing or with another.
    """
    verdict = _numbers(held)
    if verdict == "agrees" and held.check.relation != "the same thing":
        verdict = "agrees with a different thing"
    return [verdict, *(["label too narrow"] if held.check.relation == "a narrower thing" else [])]


def _numbers(held: Held) -> str:
    fact, found = held.fact, held.found
    if found is None:
        return "agrees" if fits(fact.value, fact.precision, held.check.document_value) else "does not agree"
    values = found.rows["reading"].tolist()
    if found.reference.reading == "fall":
        return "agrees" if all(two < one for one, two in pairwise(values)) else "does not agree"
    if found.reference.reading == "largest so far":
        if max(values) > values[-1]:
            return "does not agree"
        known = found.later[found.later["end"] < pd.Timestamp(held.file.article.published)]
        return "out of date" if (known["reading"] > values[-1]).any() else "agrees"
    if not fits(fact.value, fact.precision, values[-1]):
        return "does not agree"
    passed = fact.precision in LOWER_BOUNDS and len(values) > 1 and fits(fact.value, fact.precision, values[-2])
    return "out of date" if passed else "agrees"


def fits(claim: float, precision: str, official: float) -> bool:
    """Whether an official figure bears a claim out: beyond a bound, equal, or within a twentieth of the claim.

    >>> fits(110_000, "about", 111_606), fits(3e9, "about", 3.3e9), fits(300_000, "more than", 352_208)
    (True, False, True)
    """
    if precision in LOWER_BOUNDS:
        return official >= claim if precision == "at least" else official > claim
    if precision in UPPER_BOUNDS:
        return official < claim if precision == "less than" else official <= claim
    return official == claim if precision == "exact" else abs(official - claim) <= ABOUT * claim


# ------------------------------------------------------------------------------------------------------------ in words


def _row(held: Held) -> dict[str, Any]:
    """A check as a row of the frame."""
    article, check = held.file.article, held.check
    row = {"check": f"{article.id}/{check.id}", "article": article.id}
    row |= {name: getattr(article, name) for name in ("outlet", "agency", "meeting", "published")}
    agency = f" ({article.agency})" if article.agency else ""
    cite = f"{article.outlet}{agency}, {day(article.published)}, ¶{held.paragraph}"
    row |= {"paragraph": held.paragraph, "cite": cite, "topics": _topics(held)}
    row |= {name: f"{article.id}/{found}" if (found := getattr(check, name)) else None for name in ("fact", "slip")}
    row |= {"kind": _kind(held), "claim": _claim(held)} | _claim_side(held.fact) | _official_side(held)
    beside = [told(found) for found in held.beside]
    return row | {"beside": beside, "verdicts": list(check.verdicts), "why": check.why}


def _topics(held: Held) -> list[str]:
    if held.fact is not None:
        return list(held.fact.topics)
    return next(list(passage.settled) for passage in held.file.passages if passage.paragraph == held.slip.paragraph)


def _kind(held: Held) -> str:
    if held.check.verdicts == ["cannot be checked"]:
        return "not checked"
    return "words" if held.slip is not None else "figure"


def _claim(held: Held) -> str:
    fact, slip = held.fact, held.slip
    if held.check.claim or slip is not None:
        return held.check.claim or slip.what
    return fact.statement if fact.value is None else f"{fact.label}: {in_words(fact.value, fact.precision, fact.unit)}"


def _claim_side(fact: Fact | None) -> dict[str, Any]:
    if fact is None or fact.window_start is None:
        return dict.fromkeys(("claim_value", "unit", "claim_counts", "claim_window"))
    start, end = day(fact.window_start), day(fact.window_end)
    row = {"claim_value": fact.value, "unit": fact.unit, "claim_counts": fact.counts}
    return row | {"claim_window": start if start == end else f"{start} to {end}"}


def _official_side(held: Held) -> dict[str, Any]:
    check, found = held.check, held.found
    if found is None:
        row: dict[str, Any] = dict.fromkeys(("series", "column", "period", "official_counts", "official_window"))
        row |= {"official_value": check.document_value}
        row |= {"official": check.document_says, "source": check.document, "read_from": check.document}
        return row | {"grade": check.grade, "derived": False}
    reference, series, column = found.reference, found.series, found.column
    row = {"series": series.id, "column": column.id, "period": reference.period, "official_value": found.value}
    row |= {"official_counts": column.counts, "official_window": window_words(found), "official": figure_words(found)}
    row |= {"source": f"{series.file.publisher}: {series.file.title}, {column.title}", "read_from": found.row["source"]}
    computed = reference.reading == "running total" or found.rows[f"{column.id}_derived"].any()
    return row | {"grade": found.rows[f"{column.id}_grade"].max(), "derived": bool(computed)}
