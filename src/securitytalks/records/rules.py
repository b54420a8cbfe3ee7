"""What the classes of the schema cannot say: rules between the fields of a record, between records, between files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import copysign, isclose
from pathlib import Path
from re import IGNORECASE, search, sub
from typing import Any, get_type_hints

from ..words.characters import quoted_parts
from ..words.dates import first_day, last_day
from ..words.files import ENGLISH, language
from ..words.language import shown_at
from ..words.numbers import HEDGE, LOWER_BOUNDS, UPPER_BOUNDS, FigureError, printed_value
from .faults import Faults, FileReport, as_written, one_of, record_name, repeated
from .schema import (
    EVENT_NEEDS,
    FIGURE_NEEDS,
    FIGURE_ONLY,
    LARGEST,
    MEASURED_IN,
    WHOLE_UNITS,
    Answer,
    Article,
    ArticleFile,
    CodebookFile,
    CorrectionsFile,
    Fact,
    GlossaryFile,
    Meeting,
    Passage,
    Slip,
)
from .shape import allowed_for

FACT_TYPES = get_type_hints(Fact, include_extras=True)
AS_PRINTED_WORDS = 8
MOST_PARAGRAPHS = 1_000
MOST_WORDS = 5_000  # of a paragraph
SHARE_TOLERANCE = 0.005  # "two-thirds" may be written 0.67 in a record
GIST_WORDS = 15
LATEST_REPORT = 5  # years after a meeting that an article may still report it
LATEST_PLAN = 20  # years after publication that a plan or a request may look forward
RED = 0x90  # a colour with more of it than this, and little else, is a red
CONTRAST = 3.0  # of a colour on white, as WCAG asks of marks in charts
# Printed words, and the units and precisions that they rule out.
OTHER_MONEY = r"[€£¥]|\b(pesos?|euros?|yen|yuan)\b"
US_MONEY = r"\$|\bdollars?\b"
PERCENT = r"%|\bper ?cent\b"
LOWER, UPPER = r"^(more than|over|at least)\b", r"^(less than|fewer than|up to|at most)\b"
BREAKS_A_CITATION = r"[;¶<>]"  # citations part articles with semicolons, and paragraphs with ¶
# The fields of a slip that show an altered quotation beside its original.
VERSIONS = ("speaker", "original", "original_changed", "printed", "printed_changed", "read_in", "effect")


@dataclass(frozen=True)
class Known:
    """The ids that records may point to; None where their own file could not be read: no record is blamed."""

    topics: dict[str, None] | None
    questions: dict[str, None] | None
    meetings: dict[str, date] | None


def rows(raw: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """The records of a table as they were written, also those that have faults."""
    written = raw.get(table)
    return [row for row in written if isinstance(row, dict)] if isinstance(written, list) else []


def ids(raw: dict[str, Any], table: str, key: str = "id") -> list[str]:
    """The ids of a table as they were written, also those of records that have other faults."""
    return [row[key] for row in rows(raw, table) if isinstance(row.get(key), str)]


def check_article_file(file: ArticleFile, raw: dict[str, Any], known: Known, report: FileReport) -> None:
    """Check every record of an article's file against the other records of the file and the shared files."""
    for table, key in (("facts", "id"), ("slips", "id"), ("answers", "question")):
        report.used_once(table, ids(raw, table, key), key)
    report.said_once("facts", _same_facts(file.facts), "statement")
    report.said_once("slips", {slip.id: (slip.paragraph, slip.kind, _folded(slip.what)) for slip in file.slips}, "what")
    if file.article is not None:
        _check_article(file.article, known, report)
    fact_ids = Counter(ids(raw, "facts"))
    for index, fact in enumerate(file.facts):
        _check_fact(fact, record_name("facts", fact, index), known, fact_ids, file.article, report)
    last = file.article.paragraphs if file.article is not None else None
    _check_paragraphs(rows(raw, "passages"), last, report)
    if last is not None:
        _check_places(file, last, report)
    for passage in file.passages:
        _check_passage(passage, known, report)
    for slip in file.slips:
        _check_versions(slip, report)
    _check_shares(file.facts, report)
    kinds = {fact.id: fact.kind for fact in file.facts}
    for fact in file.facts:
        if fact.share_of is not None and kinds.get(fact.share_of, "figure") != "figure":
            found = f"{as_written(fact.share_of)}, of kind {kinds[fact.share_of]}"
            do = "name the figure that it is a share of"
            report.fault(f"facts[{fact.id}]", "share_of", found=found, allowed="a figure of this file", do=do)
    _check_answers(file.answers, raw, known, fact_ids, report)


def _check_shares(facts: Iterable[Fact], report: FileReport) -> None:
    """No share is a share of itself by way of other facts."""
    wholes = {fact.id: fact.share_of for fact in facts}
    for name, whole in wholes.items():
        way = [name]
        while whole is not None and whole not in way:
            way.append(whole)
            whole = wholes.get(whole)
        if whole == name and len(way) > 1:
            found, do = f"a circle: {', '.join([*way, name])}", "name the figure that it is a share of"
            report.fault(f"facts[{name}]", "share_of", found=found, allowed="a share of another figure", do=do)


def _check_versions(slip: Slip, report: FileReport) -> None:
    """Check the versions of an altered quotation: complete, short enough to be quoted, marked in their own words."""
    record = f"slips[{slip.id}]"
    values = {field: getattr(slip, field) for field in VERSIONS}
    if all(value is None for value in values.values()):
        return
    for field, value in values.items():
        if value is None and field != "original_changed":  # where words were only added, the original has none
            do = f"write {field}, or remove {', '.join(f for f in VERSIONS if values[f] is not None)}"
            report.fault(
                record, field, found="nothing", allowed="a text, since other fields of the versions are there", do=do
            )
    if values["original"] is not None and values["original"] == values["printed"]:
        allowed, do = "other words than in original", "copy what the article prints"
        report.fault(record, "printed", found=as_written(values["printed"]), allowed=allowed, do=do)
    for field in ("original", "printed"):
        text, changed = values[field], values[f"{field}_changed"]
        words = len(" ".join(quoted_parts(text or "")).split())
        if text is not None and (search(r"[][]", sub(r"\[[^][]*\]", "", text)) or not words):
            allowed, do = "quoted words, and ours in pairs of brackets", "close each bracket, and quote some words"
            report.fault(record, field, found=as_written(text), allowed=allowed, do=do)
        if words > AS_PRINTED_WORDS:
            allowed = f"at most {AS_PRINTED_WORDS} words, besides ours in brackets"
            report.fault(record, field, found=f"{words} words", allowed=allowed, do="quote fewer words")
        if text is not None and changed is not None and changed not in text:
            do = f"copy the changed words from {field}"
            report.fault(record, f"{field}_changed", found=as_written(changed), allowed=f"words of {field}", do=do)


def _same_facts(facts: Iterable[Fact]) -> dict[str, Hashable]:
    """What tells a fact from others: its figure, or else its statement, and its paragraph."""
    figure = ("as_printed", "value", "unit", "counts", "share_of", "window_start", "window_end")
    return {
        fact.id: (fact.paragraph, fact.kind, *(_folded(getattr(fact, field)) for field in figure))
        if fact.kind == "figure"
        else (fact.paragraph, fact.kind, _folded(fact.statement))
        for fact in facts
    }


def _folded(value: object) -> object:
    return value.casefold().rstrip(".") if isinstance(value, str) else value


def _check_article(article: Article, known: Known, report: FileReport) -> None:
    day = article.published.isoformat()
    if not report.path.name.startswith(f"{day}-"):
        found, allowed = f"{day} in {report.path.name}", "a file named <published>-<outlet>.toml"
        report.fault("article", "published", found=found, allowed=allowed, do="rename the file or correct published")
    if article.agency_reason is not None and article.agency is None:
        found, allowed = as_written(article.agency_reason), "only with agency"
        report.fault(
            "article", "agency_reason", found=found, allowed=allowed, do="write agency, or remove agency_reason"
        )
    for field in ("outlet", "agency"):
        if search(BREAKS_A_CITATION, name := getattr(article, field) or ""):
            allowed, do = "a name without ; ¶ < and >", "leave the mark out"
            report.fault("article", field, found=as_written(name), allowed=allowed, do=do)
    if article.published_known == "inferred" and not article.published_reason:
        allowed, do = "a reason, where published_known is inferred", "say in published_reason how it is known"
        report.fault("article", "published_reason", found="nothing", allowed=allowed, do=do)
    if known.meetings is None:
        return
    if article.meeting not in known.meetings:
        do = "write one of these, or add the meeting to meetings.toml"
        report.fault("article", "meeting", found=as_written(article.meeting), allowed=one_of(known.meetings), do=do)
        return
    meeting = known.meetings[article.meeting]
    if meeting != date.min and article.published.year > meeting.year + LATEST_REPORT:
        allowed = f"{meeting.year + LATEST_REPORT} or earlier, {LATEST_REPORT} years after the meeting"
        report.fault("article", "published", found=day, allowed=allowed, do="correct the date or the meeting")
    if article.published < meeting:
        allowed = f"{known.meetings[article.meeting]}, the day of the meeting, or later"
        report.fault("article", "published", found=day, allowed=allowed, do="correct the date or the meeting")


def _check_topics(topics: list[str], record: str, field: str, known: Known, report: FileReport) -> None:
    for found in repeated(topics).values():
        report.fault(record, field, found=found, allowed="each topic once", do="remove all but one")
    if known.topics is not None:
        for topic in dict.fromkeys(topic for topic in topics if topic not in known.topics):
            report.unknown(record, field, topic, known.topics, "a topic of codebook.toml")


def _check_fact(
    fact: Fact, record: str, known: Known, fact_ids: Counter[str], article: Article | None, report: FileReport
) -> None:
    _check_topics(fact.topics, record, "topics", known, report)
    _check_fields_of_kind(fact, record, report)
    before = len(report.faults.all)
    _check_measure(fact, record, fact_ids, report)
    _check_value(fact, record, report)
    if fact.value is not None and fact.as_printed is not None and len(report.faults.all) == before:
        _check_printed(fact, fact.value, fact.as_printed, record, report)
    _check_dates(fact, record, article, report)
    if fact.as_printed is not None:
        do = "keep only the figure's own wording"
        _check_words(fact.as_printed, AS_PRINTED_WORDS, record, "as_printed", do, report)


def _check_fields_of_kind(fact: Fact, record: str, report: FileReport) -> None:
    """A figure and an event need certain fields; other kinds may not have those of a figure."""
    needs = {"figure": FIGURE_NEEDS, "event": EVENT_NEEDS}.get(fact.kind, ())
    for field in needs:
        if getattr(fact, field) is None:
            allowed = f"{allowed_for(FACT_TYPES[field])}, in every {fact.kind}"
            report.fault(record, field, found="nothing", allowed=allowed, do=f"add {field} = ...")
    for field in FIGURE_ONLY if fact.kind != "figure" else ():
        if getattr(fact, field) is not None:
            found = f"{as_written(getattr(fact, field))} in a record of kind {fact.kind}"
            do = f'remove {field}, or write kind = "figure"'
            report.fault(record, field, found=found, allowed="only in figures", do=do)


def _check_measure(fact: Fact, record: str, fact_ids: Counter[str], report: FileReport) -> None:
    """Money has a status and nothing else has one; only a share is a share of a fact."""
    if fact.unit == "US dollars" and fact.money_status is None:
        allowed = f"{allowed_for(FACT_TYPES['money_status'])}, for US dollars"
        report.fault(record, "money_status", found="nothing", allowed=allowed, do="add money_status = ...")
    if fact.kind == "figure" and fact.unit != "US dollars" and fact.money_status is not None:
        found, do = f'"{fact.money_status}" for {fact.unit or "no unit"}', "remove money_status or correct unit"
        report.fault(record, "money_status", found=found, allowed="only for US dollars", do=do)
    if fact.share_of is not None and fact.unit != "share":
        found, do = f'"{fact.share_of}" for {fact.unit or "no unit"}', "remove share_of or correct unit"
        report.fault(record, "share_of", found=found, allowed="only for a share", do=do)
    if fact.share_of is not None and fact_ids[fact.share_of] == (fact.share_of == fact.id):
        others = [name for name in fact_ids if name != fact.id]
        report.unknown(record, "share_of", fact.share_of, others, "a fact of this file")
    if fact.unit == "deaths a year" and fact.stock_or_flow == "stock":
        do = "write flow, or correct unit"
        report.fault(record, "stock_or_flow", found='"stock"', allowed="flow, for deaths a year", do=do)
    if fact.unit is not None and fact.measures is not None and fact.unit not in MEASURED_IN:
        found, do = f'"{fact.measures}" in {fact.unit}', "remove measures, or correct unit"
        report.fault(record, "measures", found=found, allowed=f"only for {one_of(MEASURED_IN)}", do=do)
    words = fact.counts if language() == ENGLISH else None  # a translation has another word for dollars
    if fact.unit is not None and words is not None and (fact.unit == "US dollars") != ("dollar" in words):
        allowed = "a dollar and what became of it, for US dollars; no dollar for other units"
        report.fault(record, "counts", found=as_written(fact.counts), allowed=allowed, do="correct counts or unit")


def check_number(value: float, unit: str | None, record: str, field: str, report: FileReport) -> None:
    """People, deaths and ranks are whole; a rank starts at 1; a share lies between 0 and 1."""
    found = as_written(value)
    if value == 0 and copysign(1, value) < 0:
        report.fault(record, field, found="-0.0", allowed="a number, not below 0", do="write 0")
    if unit == "share" and value > 1:
        report.fault(record, field, found=found, allowed="0 to 1, for a share", do="divide by 100")
    if unit in WHOLE_UNITS and not float(value).is_integer():
        do = "write the number as printed, or correct unit"
        report.fault(record, field, found=found, allowed=f"a whole number, for {unit}", do=do)
    elif unit == "rank" and value < 1:
        report.fault(record, field, found=found, allowed="1 or more, for a rank", do="write 1 for the first")
    if unit in LARGEST and value > LARGEST[unit]:
        found, allowed = f"{value:,.0f} {unit}", f"at most {LARGEST[unit]:,} {unit}"
        report.fault(record, field, found=found, allowed=allowed, do=f"correct {field} or unit")


def _check_value(fact: Fact, record: str, report: FileReport) -> None:
    """The value suits its unit and its precision; "most" is more than half of a whole."""
    value = fact.value
    if value is None:
        return
    check_number(value, fact.unit, record, "value", report)
    if fact.precision == "less than" and value == 0:
        found, allowed = "less than 0", "a number above 0, where precision is less than"
        report.fault(record, "value", found=found, allowed=allowed, do="correct value or precision")
    if fact.precision == "most" and (fact.unit, value) != ("share", 0.5):
        found, allowed = f"{as_written(value)}, {fact.unit}", "0.5 with the unit share, where precision is most"
        report.fault(record, "value", found=found, allowed=allowed, do="write 0.5, or correct precision or unit")


def _check_printed(fact: Fact, value: float, as_printed: str, record: str, report: FileReport) -> None:
    """The printed words give the value, and are about its unit; a bound is printed on the side that precision says."""
    money = fact.unit == "US dollars"
    for words, wrong, allowed in (
        (OTHER_MONEY, money, "words about US dollars, as in unit"),
        (US_MONEY, not money, f"words about {fact.unit}, as in unit"),
        (PERCENT, fact.unit != "share", f"words about {fact.unit}, as in unit"),
        (LOWER, fact.precision not in LOWER_BOUNDS, f'words for "{fact.precision}", as in precision'),
        (UPPER, fact.precision not in UPPER_BOUNDS, f'words for "{fact.precision}", as in precision'),
        (HEDGE, fact.precision == "exact", f'words for "{fact.precision}", as in precision'),
    ):
        if wrong and search(words, as_printed, IGNORECASE):
            do = f"correct as_printed or {allowed.rpartition(' ')[2]}"
            report.fault(record, "as_printed", found=as_written(as_printed), allowed=allowed, do=do)
    try:
        printed = printed_value(as_printed)
    except FigureError:  # words such as "one in three"
        return
    if not isclose(value, printed, rel_tol=1e-9, abs_tol=SHARE_TOLERANCE if fact.unit == "share" else 0):
        allowed, do = f"{printed:,.15g}, as printed", "correct value or as_printed"
        report.fault(record, "value", found=as_written(value), allowed=allowed, do=do)


def _check_dates(fact: Fact, record: str, article: Article | None, report: FileReport) -> None:
    """Dates run forward: window_start, window_end, as_of, publication; a window that is ours has a note."""
    start, end, as_of = fact.window_start, fact.window_end, fact.as_of
    if start is not None and end is not None and first_day(start) > last_day(end):
        _wrong_order(record, "window_end", end, f"the day of window_start, {start}, or later", report)
    if start is not None and as_of is not None and first_day(start) > last_day(as_of):
        _wrong_order(record, "as_of", as_of, f"the day of window_start, {start}, or later", report)
    if article is not None and as_of is not None and first_day(as_of) > article.published:
        _wrong_order(record, "as_of", as_of, f"the day of publication, {article.published}, or earlier", report)
    _check_window_end(fact, record, article, report)
    if fact.window_inferred and fact.note is None:
        allowed, do = "a note, where window_inferred is true", "say in note how the window was read"
        report.fault(record, "note", found="nothing", allowed=allowed, do=do)


def _check_window_end(fact: Fact, record: str, article: Article | None, report: FileReport) -> None:
    """A window has ended when its number is given and printed; only plans and sums asked for look forward."""
    end, as_of = fact.window_end, fact.as_of
    if end is None:
        return
    if fact.kind != "figure" or fact.money_status in ("requested", "appropriated"):
        latest = article.published.year + LATEST_PLAN if article is not None else None
        if latest is not None and first_day(end).year > latest:
            _wrong_order(record, "window_end", end, f"{latest} or earlier, for what lies ahead", report)
    elif as_of is not None:
        if first_day(end) > last_day(as_of):
            _wrong_order(record, "window_end", end, f"the day of as_of, {as_of}, or earlier", report)
    elif article is not None and first_day(end) > article.published:
        _wrong_order(record, "window_end", end, f"the day of publication, {article.published}, or earlier", report)


def _wrong_order(record: str, field: str, found: date | str, allowed: str, report: FileReport) -> None:
    report.fault(record, field, found=as_written(found), allowed=allowed, do="correct whichever date is wrong")


def _check_words(text: str, most: int, record: str, field: str, do: str, report: FileReport) -> None:
    count = len(text.split())
    if count > most:
        report.fault(record, field, found=f"{as_written(text)}, {count} words", allowed=f"at most {most} words", do=do)


def _check_paragraphs(passages: list[dict[str, Any]], last: int | None, report: FileReport) -> None:
    """Every paragraph has one passage; `last` is the number of the last one, or None where it is not known."""
    numbers = [number for row in passages if isinstance(number := row.get("paragraph"), int)]
    for number, found in repeated(numbers).items():
        record, do = f"passages[paragraph {number}]", "renumber or remove all but one"
        report.fault(record, "paragraph", found=found, allowed="one passage a paragraph", do=do)
    missing = sorted(set(range(1, min(last or 0, MOST_PARAGRAPHS) + 1)) - set(numbers))
    if (last or 0) > MOST_PARAGRAPHS:
        do = "write the number of the article's paragraphs"
        report.fault("article", "paragraphs", found=f"{last:,}", allowed=f"at most {MOST_PARAGRAPHS}", do=do)
        return
    for number in missing:
        record, allowed = f"passages[paragraph {number}]", f"a passage for each of 1 to {last}"
        do = f"add [[passages]] with paragraph = {number}, or correct paragraphs in [article]"
        report.fault(record, "paragraph", found="nothing", allowed=allowed, do=do)


def _check_places(file: ArticleFile, last: int, report: FileReport) -> None:
    """Every record names a paragraph that exists, and a fact one that is not boilerplate."""
    boilerplate = {passage.paragraph for passage in file.passages if passage.boilerplate}
    for table in ("facts", "passages", "slips"):
        for index, record in enumerate(getattr(file, table)):
            name, number = record_name(table, record, index), record.paragraph
            if number > last:
                do = "correct the number of the paragraph"
                report.fault(name, "paragraph", found=str(number), allowed=f"1 to {last}", do=do)
            if table == "facts" and number in boilerplate:
                found, allowed = f"{number}, which is boilerplate", "a paragraph of the report itself"
                do = "correct paragraph here or boilerplate in the passage"
                report.fault(name, "paragraph", found=found, allowed=allowed, do=do)


def _check_passage(passage: Passage, known: Known, report: FileReport) -> None:
    record = f"passages[paragraph {passage.paragraph}]"
    if passage.words > MOST_WORDS:
        found, do = f"{passage.words:,}", "count the words of the paragraph"
        report.fault(record, "words", found=found, allowed=f"at most {MOST_WORDS:,}", do=do)
    _check_words(passage.gist, GIST_WORDS, record, "gist", "say it more briefly", report)
    codings = {name: getattr(passage, name) for name in ("first", "second", "settled")}
    for name, topics in codings.items():
        _check_topics(topics, record, name, known, report)
        if passage.boilerplate and topics:
            do = "empty the list or write boilerplate = false"
            report.fault(record, name, found=as_written(topics), allowed="no topic in boilerplate", do=do)
        if not passage.boilerplate and not topics:
            do = "code the passage or write boilerplate = true"
            report.fault(record, name, found="no topic", allowed="at least one topic of codebook.toml", do=do)
    if all(codings.values()) and len(set(map(frozenset, codings.values()))) > 1 and not passage.reason:
        allowed = "a reason where first, second and settled are not the same"
        report.fault(record, "reason", found="nothing", allowed=allowed, do="say why it was settled so")


def _check_answers(
    answers: list[Answer], raw: dict[str, Any], known: Known, fact_ids: Counter[str], report: FileReport
) -> None:
    """Every question of the codebook is put to every article, and what is stated is shown by a fact."""
    asked = set(ids(raw, "answers", "question"))
    for question in (q for q in known.questions or () if q not in asked):
        allowed = "an answer to every question of codebook.toml"
        do = f'add [[answers]] with question = "{question}"; status "absent" is an answer'
        report.fault(f"answers[{question}]", "question", found="nothing", allowed=allowed, do=do)
    for answer in answers:
        record = f"answers[{answer.question}]"
        if known.questions is not None and answer.question not in known.questions:
            report.unknown(record, "question", answer.question, known.questions, "a question of codebook.toml")
        for name in (name for name in answer.facts if name not in fact_ids):
            report.unknown(record, "facts", name, fact_ids, "a fact of this file")
        for found in repeated(answer.facts).values():
            report.fault(record, "facts", found=found, allowed="each fact once", do="remove all but one")
        if answer.status != "absent" and not answer.facts:
            allowed, do = f"at least one, where status is {answer.status}", "name the fact or correct status"
            report.fault(record, "facts", found="no fact", allowed=allowed, do=do)


def check_codebook(codebook: CodebookFile, raw: dict[str, Any], report: FileReport) -> None:
    """Each id is used once, each topic belongs to a family, each family has a topic and a colour of its own."""
    for table in ("families", "topics", "questions"):
        report.used_once(table, ids(raw, table))
    names = {family.id: _folded(family.name) for family in codebook.families}
    report.said_once("families", names, "name")
    report.said_once("topics", {topic.id: _folded(topic.name) for topic in codebook.topics}, "name")
    for field in ("question", "label"):
        report.said_once("questions", {asked.id: _folded(getattr(asked, field)) for asked in codebook.questions}, field)
    families = dict.fromkeys(ids(raw, "families"))
    for topic in codebook.topics:
        if topic.family not in families:
            report.unknown(f"topics[{topic.id}]", "family", topic.family, families, "a family of this file")
    used = set(ids(raw, "topics", "family"))
    shared = repeated(family.colour for family in codebook.families)
    for family in codebook.families:
        record = f"families[{family.id}]"
        if family.id not in used:
            do = "add a topic or remove the family"
            report.fault(record, "id", found="no topic of this family", allowed="at least one", do=do)
        contrast = _contrast_on_white(family.colour)
        if contrast < CONTRAST:
            found = f'"{family.colour}", a contrast of {contrast:.1f} to 1 on white'
            allowed, do = f"at least {CONTRAST:.0f} to 1", "choose a darker colour"
            report.fault(record, "colour", found=found, allowed=allowed, do=do)
        red, green, blue = (int(family.colour[at : at + 2], 16) for at in (1, 3, 5))
        if red > RED and max(green, blue) < red / 3:
            found, do = f'"{family.colour}", a red', "choose another colour"
            report.fault(record, "colour", found=found, allowed="no red: it stands for blood beside deaths", do=do)
        if family.colour in shared:
            found, do = shared[family.colour], "choose another colour"
            report.fault(record, "colour", found=found, allowed="one colour a family", do=do)


def _contrast_on_white(colour: str) -> float:
    """The contrast ratio of WCAG 2 between a colour and white.

    >>> round(_contrast_on_white("#000000")), round(_contrast_on_white("#FFFFFF"))
    (21, 1)
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def check_meetings(meetings: list[Meeting], raw: dict[str, Any], report: FileReport) -> None:
    """Each id is used once and starts with the day of the meeting; no meeting is recorded twice."""
    report.used_once("meetings", ids(raw, "meetings"))
    same = {meeting.id: (meeting.date, _folded(meeting.name), _folded(meeting.city)) for meeting in meetings}
    report.said_once("meetings", same, "name")
    for meeting in meetings:
        day = meeting.date.isoformat()
        if meeting.id != day and not meeting.id.startswith(f"{day}-"):
            allowed, do = f'"{day}", or "{day}-" and a word', "correct id or date"
            report.fault(f"meetings[{meeting.id}]", "id", found=as_written(meeting.id), allowed=allowed, do=do)


def check_glossary(file: GlossaryFile, report: FileReport) -> None:
    """A word is explained once."""
    report.said_once("entries", {f"number {n}": _folded(one.name) for n, one in enumerate(file.entries, 1)}, "name")


def check_corrections(file: CorrectionsFile, report: FileReport) -> None:
    """A correction changes something, and is recorded once."""
    corrections = file.corrections
    same = {f"number {n}": (_folded(one.before), _folded(one.after)) for n, one in enumerate(corrections, 1)}
    report.said_once("corrections", same, "before")
    known = shown_at()
    for number, one in enumerate(corrections, 1):
        record = f"corrections[number {number}]"
        for found in repeated(one.charts).values():
            report.fault(record, "charts", found=found, allowed="each function once", do="remove all but one")
        for name in sorted(set(one.charts) - set(known)):
            allowed, do = "a name in [shown_at] of words/en.toml", "correct the name, or say there what readers call it"
            report.fault(record, "charts", found=as_written(name), allowed=allowed, do=do)
        if one.date > (today := datetime.now().astimezone().date()):
            do = "correct the date"
            report.fault(record, "date", found=str(one.date), allowed=f"{today}, today, or earlier", do=do)
        if _folded(one.before) == _folded(one.after):
            allowed, do = "another text than in before", "write what we say now"
            report.fault(record, "after", found=as_written(one.after), allowed=allowed, do=do)


def check_across(articles: dict[Path, Any], faults: Faults) -> None:
    """An article is in one file only: its id, address, text and hash are not those of another.

    `articles` is [article] of each file, as it was written.
    """
    for field in ("id", "address", "text_file", "sha256"):
        seen: dict[str, Path] = {}
        for path, article in articles.items():
            value = article.get(field) if isinstance(article, dict) else None
            if not isinstance(value, str):
                continue
            key = value.casefold().rstrip("/")  # names of files and addresses that lead to the same
            if key in seen:
                found, do = f"{as_written(value)}, which {seen[key].name} has too", "correct it or remove one file"
                faults.add(path, "article", field, found=found, allowed="one file an article", do=do)
            seen.setdefault(key, path)
