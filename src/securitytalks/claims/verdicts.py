"""The rules that derive a verdict from a claim and the values it is checked against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from ..official.references import OfficialValue
from ..records.faults import FileReport, as_written
from ..records.schema import PART_OF, ArticleFile, Check, Fact, Slip
from ..words.numbers import LOWER_BOUNDS, UPPER_BOUNDS
from .compare import base_unit

ABOUT = 0.05  # a figure given as "about", or with no word on its precision, may be off by this part of itself
SPANS = ("years", "months")  # a span of time without a word on its precision is rounded to whole years or months

OF_SLIP = {
    "altered quotation": ("wording altered",),
    "wrong title": ("wrong title",),
    "left out": ("left out",),
    "unsupported": ("said by one side", "no source named", "cannot be checked"),
}


# A fact is compared with a document that gives no number for it.
OF_WORDS = ("agrees", "does not agree", "said by one side", "cannot be checked")


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
    def known(self) -> pd.DataFrame:
        """The later rows of the official series whose periods were over when the article appeared."""
        return self.official.later[self.official.later["end"] < pd.Timestamp(self.file.article.published)]

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
    if check.relation == "a narrower thing" and len(resolved.known):
        last = resolved.known["period"].iloc[-1]
        do = "compare with the last period that was over, whatever it shows"
        report.fault(record, "period", found=as_written(found.reference.period), allowed=as_written(last), do=do)
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


def check_source(resolved: ResolvedCheck, record: str, report: FileReport) -> None:
    """A claim whose named source is the office behind the official figure says so: it can only match that source."""
    check, fact, found = resolved.check, resolved.fact, resolved.official
    if fact is None or check.same_source:
        return
    office = f"{found.series.file.publisher if found else ''} {check.document or ''}"
    names = [fact.says.partition(",")[0], *(set(re.findall(r"\b[A-Z]{2,}\b", fact.says)) - {"US"})]
    if named := next((name for name in names if name in office), None):
        report.fault(
            record,
            "same_source",
            found="false",
            allowed=f"true, since {named} is the claim's source and gives the official figure",
            do="write same_source = true",
        )


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

    A wider count neither proves nor refutes a narrower claim; at most the printed number is close to it. A record that
    a later row beat before the article appeared is out of date. A figure that fits agrees: with a different thing,
    with the very source that the article names, or with an independent count.
    """
    if resolved.check.relation == "a narrower thing":
        value = resolved.official.value if resolved.official else resolved.check.document_value
        return ["close to a wider count" if fits(resolved.fact.value, "about", value) else "cannot be checked"]
    verdict = _numbers(resolved)
    if verdict != "agrees":
        return [verdict]
    if resolved.check.relation == "a different thing":
        return ["agrees with a different thing"]
    return ["matches its named source" if resolved.check.same_source else "agrees"]


def _numbers(resolved: ResolvedCheck) -> str:
    fact, found = resolved.fact, resolved.official
    if found is None:
        return _fit(fact, resolved.check.document_value)
    values = found.rows["reading"].tolist()
    if found.reference.reading == "fall":
        return "agrees" if all(two < one for one, two in pairwise(values)) else "does not agree"
    if found.reference.reading == "largest so far":
        if max(values) > values[-1]:
            return "does not agree"
        return "out of date" if (resolved.known["reading"] > values[-1]).any() else "agrees"
    return _fit(fact, values[-1])


def _fit(fact: Fact, official: float) -> str:
    if fact.value is not None and fact.unit in SPANS and fact.precision == "unspecified":
        holds = abs(official - fact.value) <= 1 / 2
    else:
        holds = fits(fact.value, fact.precision, official)
    return "agrees" if holds else "does not agree"


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
