"""What the classes of the schema cannot say: rules between the fields of a record, between records, between files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

from ..words.dates import first_day, last_day
from .faults import Desk, Faults, as_written, one_of, record_name, suggest
from .schema import (
    EVENT_NEEDS,
    FIGURE_NEEDS,
    FIGURE_ONLY,
    Answer,
    Article,
    ArticleFile,
    CodebookFile,
    Fact,
    Passage,
    Slip,
)
from .shape import allowed_for

FACT_TYPES = get_type_hints(Fact, include_extras=True)


AS_PRINTED_WORDS = 8
MOST_PARAGRAPHS = 1_000


GIST_WORDS = 15
# The fields of a slip that show an altered quotation beside its original.
VERSIONS = ("speaker", "original", "original_changed", "printed", "printed_changed", "read_in", "effect")


@dataclass(frozen=True)
class Known:
    """The ids that records may point to; None where their own file could not be read, so that nothing false is said."""

    topics: tuple[str, ...] | None
    questions: tuple[str, ...] | None
    meetings: dict[str, date] | None


def rows(raw: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """The records of a table as they were written, also those that have faults."""
    written = raw.get(table)
    return [row for row in written if isinstance(row, dict)] if isinstance(written, list) else []


def ids(raw: dict[str, Any], table: str, key: str = "id") -> list[str]:
    """The ids of a table as they were written, also those of records that have other faults."""
    return [row[key] for row in rows(raw, table) if isinstance(row.get(key), str)]


def check_article_file(file: ArticleFile, raw: dict[str, Any], known: Known, desk: Desk) -> None:
    """Hold every record of an article's file against the file's others and against the shared files."""
    for table, key in (("facts", "id"), ("slips", "id"), ("answers", "question")):
        _used_twice(table, ids(raw, table, key), key, desk)
    if file.article is not None:
        _check_article(file.article, known, desk)
    fact_ids = ids(raw, "facts")
    for index, fact in enumerate(file.facts):
        _check_fact(fact, record_name("facts", fact, index), known, fact_ids, file.article, desk)
    last = file.article.paragraphs if file.article is not None else None
    _check_paragraphs(rows(raw, "passages"), last, desk)
    if last is not None:
        _check_places(file, last, desk)
    for passage in file.passages:
        _check_passage(passage, known, desk)
    for slip in file.slips:
        _check_versions(slip, desk)
    _check_answers(file.answers, raw, known, fact_ids, desk)


def _check_versions(slip: Slip, desk: Desk) -> None:
    """Check the versions of an altered quotation: complete, short enough to be quoted, marked in their own words."""
    record = f"slips[{slip.id}]"
    values = {field: getattr(slip, field) for field in VERSIONS}
    if all(value is None for value in values.values()):
        return
    for field, value in values.items():
        if value is None:
            do = f"write {field}, or remove {', '.join(f for f in VERSIONS if values[f] is not None)}"
            desk.fault(
                record, field, found="nothing", allowed="a text, since other fields of the versions stand", do=do
            )
    for field in ("original", "printed"):
        text, changed = values[field], values[f"{field}_changed"]
        if text is not None and len(text.split()) > AS_PRINTED_WORDS:
            allowed = f"at most {AS_PRINTED_WORDS} words"
            desk.fault(record, field, found=f"{len(text.split())} words", allowed=allowed, do="quote fewer words")
        if text is not None and changed is not None and changed not in text:
            do = f"copy the changed words from {field}"
            desk.fault(record, f"{field}_changed", found=as_written(changed), allowed=f"words of {field}", do=do)


def _used_twice(table: str, names: list[str], key: str, desk: Desk) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        found = f'"{name}", {names.count(name)} times'
        desk.fault(f"{table}[{name}]", key, found=found, allowed="once in a file", do="rename or remove all but one")


def _check_article(article: Article, known: Known, desk: Desk) -> None:
    day = article.published.isoformat()
    if not desk.path.name.startswith(f"{day}-"):
        found, allowed = f"{day} in {desk.path.name}", "a file named <published>-<outlet>.toml"
        desk.fault("article", "published", found=found, allowed=allowed, do="rename the file or mend published")
    if article.published_known == "inferred" and not article.published_reason:
        allowed, do = "a reason, where published_known is inferred", "say in published_reason how it is known"
        desk.fault("article", "published_reason", found="nothing", allowed=allowed, do=do)
    if known.meetings is None:
        return
    if article.meeting not in known.meetings:
        do = "write one of these, or add the meeting to meetings.toml"
        desk.fault("article", "meeting", found=as_written(article.meeting), allowed=one_of(known.meetings), do=do)
    elif article.published < known.meetings[article.meeting]:
        allowed = f"{known.meetings[article.meeting]}, the day of the meeting, or later"
        desk.fault("article", "published", found=day, allowed=allowed, do="mend the date or the meeting")


def _unknown(record: str, field: str, name: str, allowed: Iterable[str], what: str, desk: Desk) -> None:
    codes = list(allowed)
    do = suggest(name, codes, otherwise=f"write a {what}")
    desk.fault(record, field, found=as_written(name), allowed=one_of(codes) or f"a {what}", do=do)


def _check_topics(topics: list[str], record: str, field: str, known: Known, desk: Desk) -> None:
    for topic in sorted(set(topics)):
        if topics.count(topic) > 1:
            found = f'"{topic}", {topics.count(topic)} times'
            desk.fault(record, field, found=found, allowed="each topic once", do="remove all but one")
        if known.topics is not None and topic not in known.topics:
            _unknown(record, field, topic, known.topics, "topic of codebook.toml", desk)


def _check_fact(
    fact: Fact, record: str, known: Known, fact_ids: list[str], article: Article | None, desk: Desk
) -> None:
    _check_topics(fact.topics, record, "topics", known, desk)
    _check_fields_of_kind(fact, record, desk)
    _check_measure(fact, record, fact_ids, desk)
    _check_dates(fact, record, article, desk)
    if fact.as_printed is not None:
        do = "keep only the figure's own wording"
        _check_words(fact.as_printed, AS_PRINTED_WORDS, record, "as_printed", do, desk)


def _check_fields_of_kind(fact: Fact, record: str, desk: Desk) -> None:
    """A figure and an event need certain fields; other kinds may not have those of a figure."""
    needs = {"figure": FIGURE_NEEDS, "event": EVENT_NEEDS}.get(fact.kind, ())
    for field in needs:
        if getattr(fact, field) is None:
            allowed = f"{allowed_for(FACT_TYPES[field])}, in every {fact.kind}"
            desk.fault(record, field, found="nothing", allowed=allowed, do=f"add {field} = ...")
    for field in FIGURE_ONLY if fact.kind != "figure" else ():
        if getattr(fact, field) is not None:
            found = f"{as_written(getattr(fact, field))} in a record of kind {fact.kind}"
            do = f'remove {field}, or write kind = "figure"'
            desk.fault(record, field, found=found, allowed="only in figures", do=do)


def _check_measure(fact: Fact, record: str, fact_ids: list[str], desk: Desk) -> None:
    """Money has a status and nothing else has one; a share lies between 0 and 1; only a share is a share of a fact."""
    if fact.unit == "US dollars" and fact.money_status is None:
        allowed = f"{allowed_for(FACT_TYPES['money_status'])}, for US dollars"
        desk.fault(record, "money_status", found="nothing", allowed=allowed, do="add money_status = ...")
    if fact.kind == "figure" and fact.unit != "US dollars" and fact.money_status is not None:
        found, do = f'"{fact.money_status}" for {fact.unit or "no unit"}', "remove money_status or mend unit"
        desk.fault(record, "money_status", found=found, allowed="only for US dollars", do=do)
    if fact.unit == "share" and fact.value is not None and fact.value > 1:
        desk.fault(record, "value", found=as_written(fact.value), allowed="0 to 1, for a share", do="divide by 100")
    if fact.share_of is not None and fact.unit != "share":
        found, do = f'"{fact.share_of}" for {fact.unit or "no unit"}', "remove share_of or mend unit"
        desk.fault(record, "share_of", found=found, allowed="only for a share", do=do)
    others = [*fact_ids]
    others.remove(fact.id)
    if fact.share_of is not None and fact.share_of not in others:
        _unknown(record, "share_of", fact.share_of, others, "fact of this file", desk)


def _check_dates(fact: Fact, record: str, article: Article | None, desk: Desk) -> None:
    """Dates run forward: window_start, window_end, as_of, publication; a window that is ours has a note."""
    start, end, as_of = fact.window_start, fact.window_end, fact.as_of
    if start is not None and end is not None and first_day(start) > last_day(end):
        _backwards(record, "window_end", end, f"the day of window_start, {start}, or later", desk)
    if start is not None and as_of is not None and first_day(start) > last_day(as_of):
        _backwards(record, "as_of", as_of, f"the day of window_start, {start}, or later", desk)
    if article is not None and as_of is not None and first_day(as_of) > article.published:
        _backwards(record, "as_of", as_of, f"the day of publication, {article.published}, or earlier", desk)
    if fact.window_inferred and fact.note is None:
        allowed, do = "a note, where window_inferred is true", "say in note how the window was read"
        desk.fault(record, "note", found="nothing", allowed=allowed, do=do)


def _backwards(record: str, field: str, found: date | str, allowed: str, desk: Desk) -> None:
    desk.fault(record, field, found=as_written(found), allowed=allowed, do="mend whichever date is wrong")


def _check_words(text: str, most: int, record: str, field: str, do: str, desk: Desk) -> None:
    count = len(text.split())
    if count > most:
        desk.fault(record, field, found=f"{as_written(text)}, {count} words", allowed=f"at most {most} words", do=do)


def _check_paragraphs(passages: list[dict[str, Any]], last: int | None, desk: Desk) -> None:
    """Every paragraph has one passage; `last` is the number of the last one, or None where it is not known."""
    numbers = [row.get("paragraph") for row in passages]
    for number in sorted({n for n in numbers if isinstance(n, int) and numbers.count(n) > 1}):
        record, found = f"passages[paragraph {number}]", f"{number}, {numbers.count(number)} times"
        do = "renumber or remove all but one"
        desk.fault(record, "paragraph", found=found, allowed="one passage a paragraph", do=do)
    missing = sorted(set(range(1, min(last or 0, MOST_PARAGRAPHS) + 1)) - {n for n in numbers if isinstance(n, int)})
    if (last or 0) > MOST_PARAGRAPHS:
        do = "write the number of the article's paragraphs"
        desk.fault("article", "paragraphs", found=f"{last:,}", allowed=f"at most {MOST_PARAGRAPHS}", do=do)
        return
    for number in missing:
        record, allowed = f"passages[paragraph {number}]", f"a passage for each of 1 to {last}"
        do = f"add [[passages]] with paragraph = {number}, or mend paragraphs in [article]"
        desk.fault(record, "paragraph", found="nothing", allowed=allowed, do=do)


def _check_places(file: ArticleFile, last: int, desk: Desk) -> None:
    """Every record stands in a paragraph that exists, and a fact in one that is not boilerplate."""
    furniture = {passage.paragraph for passage in file.passages if passage.boilerplate}
    for table in ("facts", "passages", "slips"):
        for index, record in enumerate(getattr(file, table)):
            name, number = record_name(table, record, index), record.paragraph
            if number > last:
                do = "mend the number of the paragraph"
                desk.fault(name, "paragraph", found=str(number), allowed=f"1 to {last}", do=do)
            if table == "facts" and number in furniture:
                found, allowed = f"{number}, which is boilerplate", "a paragraph of the report itself"
                do = "mend paragraph here or boilerplate in the passage"
                desk.fault(name, "paragraph", found=found, allowed=allowed, do=do)


def _check_passage(passage: Passage, known: Known, desk: Desk) -> None:
    record = f"passages[paragraph {passage.paragraph}]"
    _check_words(passage.gist, GIST_WORDS, record, "gist", "say it more briefly", desk)
    codings = {name: getattr(passage, name) for name in ("first", "second", "settled")}
    for name, topics in codings.items():
        _check_topics(topics, record, name, known, desk)
        if passage.boilerplate and topics:
            do = "empty the list or write boilerplate = false"
            desk.fault(record, name, found=as_written(topics), allowed="no topic in boilerplate", do=do)
        if not passage.boilerplate and not topics:
            do = "code the passage or write boilerplate = true"
            desk.fault(record, name, found="no topic", allowed="at least one topic of codebook.toml", do=do)
    if all(codings.values()) and len(set(map(frozenset, codings.values()))) > 1 and not passage.reason:
        allowed = "a reason where first, second and settled are not the same"
        desk.fault(record, "reason", found="nothing", allowed=allowed, do="say why it was settled so")


def _check_answers(answers: list[Answer], raw: dict[str, Any], known: Known, fact_ids: list[str], desk: Desk) -> None:
    """Every question of the codebook is put to every article, and what is stated is shown by a fact."""
    asked = ids(raw, "answers", "question")
    for question in (q for q in known.questions or () if q not in asked):
        allowed = "an answer to every question of codebook.toml"
        do = f'add [[answers]] with question = "{question}"; status "absent" is an answer'
        desk.fault(f"answers[{question}]", "question", found="nothing", allowed=allowed, do=do)
    for answer in answers:
        record = f"answers[{answer.question}]"
        if known.questions is not None and answer.question not in known.questions:
            _unknown(record, "question", answer.question, known.questions, "question of codebook.toml", desk)
        for name in (name for name in answer.facts if name not in fact_ids):
            _unknown(record, "facts", name, fact_ids, "fact of this file", desk)
        if answer.status != "absent" and not answer.facts:
            allowed, do = f"at least one, where status is {answer.status}", "name the fact or mend status"
            desk.fault(record, "facts", found="no fact", allowed=allowed, do=do)


def check_codebook(codebook: CodebookFile, raw: dict[str, Any], desk: Desk) -> None:
    """Ids stand once, each topic belongs to a family, each family has a topic and a colour of its own."""
    for table in ("families", "topics", "questions"):
        _used_twice(table, ids(raw, table), "id", desk)
    families = ids(raw, "families")
    for topic in codebook.topics:
        if topic.family not in families:
            _unknown(f"topics[{topic.id}]", "family", topic.family, families, "family of this file", desk)
    used = set(ids(raw, "topics", "family"))
    colours = [family.colour for family in codebook.families]
    for family in codebook.families:
        record = f"families[{family.id}]"
        if family.id not in used:
            do = "add a topic or remove the family"
            desk.fault(record, "id", found="no topic of this family", allowed="at least one", do=do)
        if colours.count(family.colour) > 1:
            found = f'"{family.colour}", {colours.count(family.colour)} times'
            desk.fault(record, "colour", found=found, allowed="one colour a family", do="choose another colour")


def check_meetings(raw: dict[str, Any], desk: Desk) -> None:
    """Ids stand once."""
    _used_twice("meetings", ids(raw, "meetings"), "id", desk)


def check_across(files: dict[Path, dict[str, Any]], faults: Faults) -> None:
    """An article stands in one file only: its id, its text and its hash are not those of another."""
    for field in ("id", "text_file", "sha256"):
        seen: dict[str, Path] = {}
        for path, raw in files.items():
            article = raw.get("article")
            value = article.get(field) if isinstance(article, dict) else None
            if not isinstance(value, str):
                continue
            if value in seen:
                found, do = f'"{value}", which {seen[value].name} has too', "mend it or remove one file"
                faults.add(path, "article", field, found=found, allowed="one file an article", do=do)
            seen.setdefault(value, path)
