"""Claims compared with the official record: what each side counts, and a verdict that the numbers must bear out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from ..official.references import (
    OfficialValue,
    ReferenceNotFound,
    as_figure,
    figure_words,
    look_up,
    official_in_words,
    window_words,
)
from ..official.series import Series, read_record
from ..records.faults import Faults, FileReport, as_written, guarded, repeated
from ..records.frames import cite_of, cites_in
from ..records.load import SEEDS, read
from ..records.rules import check_number
from ..records.schema import ArticleFile, Check, Fact, Reference, Slip
from ..words.dates import days
from ..words.numbers import in_words
from .verdicts import ResolvedCheck, check_relation, check_source, check_verdicts

OF_A_VALUE = ("value", "running total")  # the readings that give one figure
COLUMNS = [
    *("check", "article", "outlet", "agency", "meeting", "published", "paragraph", "cite", "topics", "fact", "slip"),
    "kind",
    *("claim", "claim_value", "unit", "claim_counts", "claim_window"),
    *("official", "official_value", "official_counts", "official_window", "series", "column", "period"),
    *("source", "read_from", "grade", "derived", "beside", "verdicts", "why"),
]


def load_checks(seeds: Path = SEEDS) -> pd.DataFrame:
    """One row a claim compared with the official record, by meeting, publication, article and paragraph.

    Columns: `check` ("<article>/<id>"), `article`, `outlet`, `agency`, `meeting`, `published` (Timestamp), `paragraph`,
    `cite`, `topics` (list), `fact` and `slip` ("<article>/<id>" or missing), `kind` (figure, words, not checked).
    The claim: `claim` (in our words), `claim_value` (in `unit`), `unit`, `claim_counts`, `claim_window`.
    The record: `official` (the figure, or a paraphrase of the document), `official_value` (in `unit`),
    `official_counts`, `official_window`, `series`, `column`, `period`, `source` (publisher and title, or the document),
    `read_from`, `grade` (A, B; the weakest of the values used), `derived` (computed, not read as printed), `beside`
    (list of further figures). Then `verdicts` (list) and `why`.
    Raises SeedError where a check points nowhere or a verdict contradicts the numbers.
    """
    frame = pd.DataFrame([_row(resolved) for resolved in read_checks(seeds)], columns=COLUMNS)
    return frame.assign(published=pd.to_datetime(frame["published"]).astype("datetime64[s]"))


def official_figures(seeds: Path = SEEDS) -> pd.DataFrame:
    """The official figures that claims are compared with, one row each, in the columns that compare.comparable reads.

    `fact` is "record/<series>/<column>/<period>" and `base` is what a share is a share of.
    """
    found: dict[str, dict[str, Any]] = {}
    for resolved in read_checks(seeds):
        if resolved.official is not None and resolved.official.reference.reading in OF_A_VALUE:
            figure = as_figure(resolved.official)
            found.setdefault(figure["fact"], figure)
    return pd.DataFrame(list(found.values()))


def read_checks(seeds: Path = SEEDS) -> list[ResolvedCheck]:
    """Every check with what it points to, checked. Raises SeedError with a line for every fault."""
    records, known = read(seeds), read_record(seeds)
    faults = Faults(records.folder)
    found, places = [], _Places(known)
    for path, file in zip(records.paths, records.articles, strict=True):
        report = FileReport(path, faults)
        report.used_once("checks", [check.id for check in file.checks])
        facts, slips = {fact.id: fact for fact in file.facts}, {slip.id: slip for slip in file.slips}
        with guarded(path, faults):
            resolved = [_resolve(check, file, facts, slips, places, report) for check in file.checks]
            found += sorted(filter(None, resolved), key=lambda resolved: resolved.paragraph)
    faults.raise_all()
    return found


class _Places:
    """The places of the official series that checks point to; each is looked up once, however many checks name it."""

    def __init__(self, known: dict[str, Series]) -> None:
        self.known = known
        self.seen: dict[str, OfficialValue] = {}

    def find(self, reference: Reference) -> OfficialValue:
        """The place that is named. Raises ReferenceNotFound."""
        name = repr(reference)
        if name not in self.seen:
            self.seen[name] = look_up(reference, self.known)
        return self.seen[name]


def _resolve(
    check: Check,
    file: ArticleFile,
    facts: dict[str, Fact],
    slips: dict[str, Slip],
    places: _Places,
    report: FileReport,
) -> ResolvedCheck | None:
    """Follow the check's pointers and compare its verdicts with the numbers; None where something is wrong."""
    before, record = len(report.faults.all), f"checks[{check.id}]"
    for field, name, known in (("fact", check.fact, facts), ("slip", check.slip, slips)):
        if name is not None and name not in known:
            report.unknown(record, field, name, known, f"a {field} of this file")
    if (check.fact is None) == (check.slip is None):
        report.fault(record, "fact", found="both or neither", allowed="either fact or slip", do="name one of them")
    references = ([check.official] if check.official else []) + check.beside
    found = [_found(record, reference, places, report) for reference in references]
    _check_document(check, record, report)
    for found_twice in repeated(map(repr, check.beside)).values():
        report.fault(record, "beside", found=found_twice, allowed="each place once", do="remove all but one")
    fact, slip = facts.get(check.fact or ""), slips.get(check.slip or "")
    _check_compared(check, fact, record, report)
    if len(report.faults.all) > before:
        return None
    official, beside = (found[0], found[1:]) if check.official else (None, found)
    resolved = ResolvedCheck(file, check, fact, slip, official, tuple(beside))
    check_relation(resolved, record, report)
    check_source(resolved, record, report)
    check_verdicts(resolved, record, report)
    return resolved if len(report.faults.all) == before else None


def _found(record: str, reference: Reference, places: _Places, report: FileReport) -> OfficialValue | None:
    try:
        return places.find(reference)
    except ReferenceNotFound as missing:
        field, found, allowed = missing.args
        report.fault(record, field, found=found, allowed=allowed, do=f"correct {field}")
        return None


def _check_compared(check: Check, fact: Fact | None, record: str, report: FileReport) -> None:
    """Only a fact with a value is compared with a number, which suits the unit of the fact."""
    number = check.document_value is not None or (check.official and check.official.reading in OF_A_VALUE)
    if number and fact is not None and fact.value is None:
        allowed, do = "a fact with a value, where a number is compared", "name a figure, or compare no number with it"
        report.fault(record, "fact", found=f"{as_written(fact.id)}, without a value", allowed=allowed, do=do)
    if check.document_value is not None and fact is not None:
        check_number(check.document_value, fact.unit, record, "document_value", report)


def _check_document(check: Check, record: str, report: FileReport) -> None:
    """A document comes with what it says and its grade, and not beside a series."""
    fields = {"document_says": check.document_says, "grade": check.grade}
    for field, value in fields.items():
        if (value is None) != (check.document is None):
            found = "nothing" if value is None else as_written(value)
            report.fault(
                record, field, found=found, allowed="only and always with document", do=f"correct {field} or document"
            )
    if check.document_value is not None and check.document is None:
        report.fault(
            record,
            "document_value",
            found=as_written(check.document_value),
            allowed="only with document",
            do="name the document",
        )
    if check.document is not None and check.official is not None:
        report.fault(record, "document", found="both", allowed="official or document", do="remove one of them")


def _row(resolved: ResolvedCheck) -> dict[str, Any]:
    """A check as a row of the frame."""
    article, check = resolved.file.article, resolved.check
    row: dict[str, Any] = {"check": f"{article.id}/{check.id}", "article": article.id}
    row |= {name: getattr(article, name) for name in ("outlet", "agency", "meeting", "published")}
    fact, paragraph = resolved.fact, resolved.paragraph
    cited = cite_of(article, paragraph, fact.via) if fact else cites_in(resolved.file)(paragraph)
    row |= {"paragraph": paragraph, "cite": cited, "topics": _topics(resolved)}
    row |= {name: f"{article.id}/{found}" if (found := getattr(check, name)) else None for name in ("fact", "slip")}
    row |= {"kind": _kind(resolved), "claim": _claim(resolved)} | _claim_side(resolved.fact) | _official_side(resolved)
    beside = [official_in_words(found) for found in resolved.beside]
    return row | {"beside": beside, "verdicts": list(check.verdicts), "why": check.why}


def _topics(resolved: ResolvedCheck) -> list[str]:
    if resolved.fact is not None:
        return list(resolved.fact.topics)
    return next(
        list(passage.settled) for passage in resolved.file.passages if passage.paragraph == resolved.slip.paragraph
    )


def _kind(resolved: ResolvedCheck) -> str:
    if resolved.official is None and resolved.check.document is None:
        return "not checked"
    return "words" if resolved.slip is not None else "figure"


def _claim(resolved: ResolvedCheck) -> str:
    fact, slip = resolved.fact, resolved.slip
    if resolved.check.claim or slip is not None:
        return resolved.check.claim or slip.what
    if fact.value is None or fact.unit == "rank":
        return fact.statement
    return f"{fact.label}: {in_words(fact.value, fact.precision, fact.unit)}"


def _claim_side(fact: Fact | None) -> dict[str, Any]:
    if fact is None or fact.window_start is None:
        return dict.fromkeys(("claim_value", "unit", "claim_counts", "claim_window"))
    row = {"claim_value": fact.value, "unit": fact.unit, "claim_counts": fact.counts}
    return row | {"claim_window": days(fact.window_start, fact.window_end)}


def _official_side(resolved: ResolvedCheck) -> dict[str, Any]:
    check, found = resolved.check, resolved.official
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
