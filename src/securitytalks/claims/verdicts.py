"""The rules that derive a verdict from a claim and the values it is checked against."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from ..official.references import OfficialValue
from ..records.faults import FileReport, as_written
from ..records.schema import PART_OF, ArticleFile, Check, Fact, Slip
from ..words.numbers import LOWER_BOUNDS, UPPER_BOUNDS
from .compare import base_unit

ABOUT = 0.05  # a figure given as "about", or with no word on its precision, may be off by this part of itself


OF_SLIP = {
    "altered quotation": ("wording altered",),
    "wrong title": ("wrong title",),
    "left out": ("left out",),
    "unsupported": ("said by one side", "cannot be checked"),
}


OF_WORDS = ("agrees", "does not agree", "said by one side")  # a fact without a figure, against a document


@dataclass(frozen=True)
class ResolvedCheck:
    """A check with what it points to."""

    file: ArticleFile
    check: Check
    fact: Fact | None
    slip: Slip | None
    official: OfficialValue | None
    beside: tuple[OfficialValue, ...]

    @property
    def paragraph(self) -> int:
        """The paragraph of the claim."""
        return (self.fact or self.slip).paragraph


def check_relation(resolved: ResolvedCheck, record: str, report: FileReport) -> None:
    """Where numbers are compared the relation is stated, and the measures that are coded do not contradict it."""
    check, fact, found = resolved.check, resolved.fact, resolved.official
    compared = found is not None or check.document_value is not None
    if compared != (check.relation is not None):
        written = as_written(check.relation) if check.relation else "nothing"
        report.fault(
            record, "relation", found=written, allowed="only and always with a number to compare", do="correct relation"
        )
    if found is None or fact is None or check.relation is None:
        return
    if fact.unit and base_unit(fact.unit) != base_unit(found.unit):
        report.fault(record, "column", found=found.unit, allowed=fact.unit, do="choose a column in the fact's unit")
    if fact.measures and found.column.measures:
        expected = relation_of(fact.measures, found.column.measures)
        if check.relation != expected:
            report.fault(
                record, "relation", found=as_written(check.relation), allowed=expected, do=f'write "{expected}"'
            )


def relation_of(claim: str, official: str) -> str:
    """What a claim counts against what the official figure counts, by their codes.

    >>> relation_of("killed-in-mexico", "homicides-in-mexico")
    'a narrower thing'
    """
    if claim == official:
        return "the same thing"
    return "a narrower thing" if PART_OF.get(claim) == official else "a different thing"


def check_verdicts(resolved: ResolvedCheck, record: str, report: FileReport) -> None:
    """The verdicts are those that follow from the records."""
    allowed = allowed_verdicts(resolved)
    if resolved.check.verdicts not in allowed:
        shown = " or ".join(as_written(list(verdicts)) for verdicts in allowed) or "no check of this kind of slip"
        report.fault(
            record,
            "verdicts",
            found=as_written(resolved.check.verdicts),
            allowed=shown,
            do="write the verdict that follows from the records, or correct what it is compared with",
        )


def allowed_verdicts(resolved: ResolvedCheck) -> list[list[str]]:
    """The verdicts that a check may bear: one list where the numbers decide, several where words are judged."""
    check = resolved.check
    if resolved.slip is not None:
        return [[verdict] for verdict in OF_SLIP.get(resolved.slip.kind, ())]
    if resolved.official is None and check.document is None:
        return [["cannot be checked"]]
    if resolved.official is None and check.document_value is None:
        return [[verdict] for verdict in OF_WORDS]
    return [computed_verdicts(resolved)]


def computed_verdicts(resolved: ResolvedCheck) -> list[str]:
    """The verdicts that the numbers and the relation give.

    A record that a later row beat before the article appeared is out of date. A bound that holds stays true, however
    far the official figure has passed it: a wider count neither dates nor proves a narrower claim. A figure that fits
    agrees, with the same thing or with another.
    """
    verdict = _numbers(resolved)
    if verdict == "agrees" and resolved.check.relation != "the same thing":
        verdict = "agrees with a different thing"
    return [verdict, *(["label too narrow"] if resolved.check.relation == "a narrower thing" else [])]


def _numbers(resolved: ResolvedCheck) -> str:
    fact, found = resolved.fact, resolved.official
    if found is None:
        return "agrees" if fits(fact.value, fact.precision, resolved.check.document_value) else "does not agree"
    values = found.rows["reading"].tolist()
    if found.reference.reading == "fall":
        return "agrees" if all(two < one for one, two in pairwise(values)) else "does not agree"
    if found.reference.reading == "largest so far":
        if max(values) > values[-1]:
            return "does not agree"
        known = found.later[found.later["end"] < pd.Timestamp(resolved.file.article.published)]
        return "out of date" if (known["reading"] > values[-1]).any() else "agrees"
    return "agrees" if fits(fact.value, fact.precision, values[-1]) else "does not agree"


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
