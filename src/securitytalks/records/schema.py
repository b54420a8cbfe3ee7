"""The shape of every record in `seeds/`: one class a table, one field a key of the TOML files.

The text under a field is its row in `seeds/README.md`, the dictionary for people: meaning, unit, what leaving it out
means. `python start.py share` writes the tables there. Codes are closed lists: a word that is not listed here is a
fault, not a new category.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

# A description says what is allowed; error messages print it.
Id = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=60,
        description="lower-case letters and digits, joined by hyphens",
    ),
]

Text = Annotated[
    str,
    Field(
        pattern=r"^\S(.*\S)?$",
        max_length=1_000,
        description="text in one line, in quotation marks, with no space at its ends",
    ),
]

Prose = Annotated[
    str,
    Field(
        pattern=r"^(\S.*)?\p{L}(.*\S)?$",
        max_length=1_000,
        description="text in one line with letters, in quotation marks, with no space at its ends",
    ),
]

Label = Annotated[Prose, Field(max_length=40, description="text of at most 40 characters")]

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="64 digits 0-9 and a-f")]

Address = Annotated[
    str,
    Field(
        pattern=r"^https?://([a-z0-9-]+\.)+[a-z][a-z0-9-]*(/[\w.~:/?#@!$&'()*+,;=%-]*)?$",
        max_length=1_000,
        description="a web address that starts with https:// or http://",
    ),
]

TextFile = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]*\.txt$",
        max_length=100,
        description="the name of a text file without its folder, such as 000_report.txt",
    ),
]

Colour = Annotated[str, Field(pattern=r"^#[0-9A-F]{6}$", description="# and six digits 0-9 and A-F")]

Count = Annotated[int, Field(gt=0, le=1_000_000, description="a whole number from 1")]

Value = Annotated[int | float, Field(ge=0, le=1e15, allow_inf_nan=False, description="a number, not below 0")]

Day = Annotated[
    date, Field(ge=date(1800, 1, 1), le=date(2099, 12, 31), description="a day such as 2021-10-08, from 1800 to 2099")
]

YearOrMonth = Annotated[str, Field(pattern=r"^(18|19|20)\d\d(-(0[1-9]|1[0-2]))?$")]

# A day is a TOML date; a month or a year alone is text, so nothing pretends to a day nobody gave.
PartialDate = Annotated[
    Day | YearOrMonth,
    Field(
        description="a day such as 2021-10-08, or a month or year in quotation marks "
        'such as "2022-03" or "2006", from 1800 to 2099'
    ),
]

Known = Literal["printed", "dateline", "address", "inferred"]

Kind = Literal["figure", "commitment", "position", "event"]

Precision = Literal["exact", "about", "more than", "up to", "at least", "less than", "most", "unspecified"]

StockOrFlow = Literal["stock", "flow", "neither"]

MoneyStatus = Literal["paid", "appropriated", "requested", "claimed in court"]

Unit = Literal[
    "people",
    "deaths",
    "deaths a year",
    "share",
    "US dollars",
    "doses",
    "years",
    "months",
    "countries",
    "meetings",
    "documents",
    "cartels",
    "sources",
    "rank",
]

SlipKind = Literal["wrong title", "altered quotation", "garbled", "punctuation", "unsupported", "left out"]

# What a figure measures, where two figures of different articles, or an official series, may measure the same thing.
# "killed-in-mexico" is for figures that tie the killings to cartels; "homicides-in-mexico" is every homicide.
Measure = Literal[
    "killed-in-mexico",
    "homicides-in-mexico",
    "us-overdose-deaths",
    "us-fentanyl-deaths",
    "migrants-dead-or-missing",
]

# Each of these is counted within another: a figure of the first kind can only be part of one of the second.
PART_OF: dict[str, str] = {"killed-in-mexico": "homicides-in-mexico", "us-fentanyl-deaths": "us-overdose-deaths"}

# The programme or suit that a fact is about: what money is paid, asked or claimed for.
Programme = Literal["merida", "framework", "root-causes-plan", "gun-makers-suit"]

Grade = Literal["A", "B"]  # A: the publisher's own page or file, or a copy of it; B: second-hand, naming the publisher

ColumnId = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", description="lower-case letters and digits, joined by _")
]

# How a claim compares with the official record. The last five are for words: quotations, titles, things left out.
Verdict = Literal[
    "agrees",
    "matches its named source",
    "agrees with a different thing",
    "close to a wider count",
    "out of date",
    "does not agree",
    "cannot be checked",
    "wording altered",
    "wrong title",
    "said by one side",
    "no source named",
    "left out",
]

Relation = Literal["the same thing", "a different thing", "a narrower thing"]

Reading = Literal["value", "running total", "largest so far", "fall"]

MeetingKind = Literal["annual dialogue", "working meeting"]

GlossaryKind = Literal["person", "place", "term"]

AnswerStatus = Literal["stated", "vague", "absent"]

# Units of which there is no half.
WHOLE_UNITS = ("people", "deaths", "doses", "countries", "meetings", "documents", "cartels", "sources", "rank")
# What a fact with `measures` may be a number of: what is measured is people and deaths.
MEASURED_IN = ("people", "deaths", "deaths a year", "share", "rank")
MOST_PEOPLE = 10**10  # more than there are on Earth
# The largest value of a unit.
LARGEST = dict.fromkeys(MEASURED_IN, MOST_PEOPLE) | {"countries": 250, "years": 1_000, "months": 12_000}


class Record(BaseModel):
    """A table of a seed file: no key beyond those named, no silent conversion, never changed after reading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Article(Record):
    """The bibliographic part of an article."""

    id: Id
    """short name of the article, used once in all files"""
    outlet: Prose
    """who published it"""
    agency: Prose | None = None
    """the news agency that it names or rewrites: AP, AFP, Reuters | none is known"""
    agency_reason: Prose | None = None
    """how the agency is known | the article prints it"""
    headline: Text | None = None
    """the headline, letter for letter | the text has none"""
    byline: Prose | None = None
    """the author or dateline as printed | none is printed"""
    published: Day
    """day of publication"""
    published_known: Known
    """how that day is known, see the codes"""
    published_reason: Prose | None = None
    """the reason, where the day is inferred | the day needs no reason"""
    address: Address | None = None
    """the web address, with `https://` or `http://` | not known"""
    meeting: Id
    """id of the meeting in `meetings.toml`"""
    text_file: TextFile
    """name of the text file that was coded, without a folder; not in the repository"""
    paragraphs: Count
    """number of non-empty lines of that file"""
    sha256: Sha256
    """hash of that file, so that you know whether you have the same text"""


FIGURE_NEEDS = (
    "label",
    "value",
    "as_printed",
    "precision",
    "unit",
    "counts",
    "stock_or_flow",
    "place",
    "window_start",
    "window_end",
    "as_of",
)

EVENT_NEEDS = ("label", "window_start", "window_end")

FIGURE_ONLY = (
    "value",
    "as_printed",
    "precision",
    "unit",
    "counts",
    "stock_or_flow",
    "share_of",
    "measures",
    "money_status",
)


class Fact(Record):
    """One thing that an article reports, in our own words, with the paragraph that reports it."""

    id: Id
    """short name, used once in the file"""
    paragraph: Count
    """the paragraph that reports it; non-empty lines count from 1"""
    kind: Kind
    """what kind of thing it is, see the codes"""
    label: Label | None = None
    """a few words for a mark in a chart, at most 40 characters | needed in figures and events"""
    statement: Prose
    """what is reported, in our own words"""
    says: Prose
    """who asserts it"""
    via: Prose
    """who passed it on: the outlet, or the agency through the outlet"""
    topics: Annotated[list[Id], Field(min_length=1)]
    """the topics of the codebook that it belongs to; they are topics of its passage"""
    topics_reason: Prose | None = None
    """why the fact has a topic that its passage lacks | it has no such topic"""
    value: Value | None = None
    """the number; a bound is written as the bound: 300_000 for "more than 300,000"; whole for people, deaths, ranks
    and things | unit: that of `unit` | needed in figures, not allowed elsewhere"""
    as_printed: Text | None = None
    """the figure's own wording in the article, at most eight words | needed in figures, not allowed elsewhere"""
    precision: Precision | None = None
    """how exact the number is, see the codes | needed in figures, not allowed elsewhere"""
    unit: Unit | None = None
    """what the number is a number of, see the codes | needed in figures, not allowed elsewhere"""
    counts: Prose | None = None
    """what one unit is, in words: a person killed, a dollar asked for | needed in figures, not allowed elsewhere"""
    stock_or_flow: StockOrFlow | None = None
    """whether it is a running total, see the codes | needed in figures, not allowed elsewhere"""
    share_of: Id | None = None
    """for a share: the id of the fact that it is a share of | no such fact in the file"""
    measures: Measure | None = None
    """the thing measured, where several figures may measure the same, see the codes | no other figure could measure
    the same"""
    programme: Programme | None = None
    """the programme or suit that it is about, see the codes | none"""
    place: Prose | None = None
    """where | needed in figures; elsewhere no one place"""
    window_start: PartialDate | None = None
    """first day, month or year that is counted, or in which the event took place | needed in figures and events"""
    window_end: PartialDate | None = None
    """last day, month or year; for a figure not after `as_of`, unless money is requested or appropriated | needed in
    figures and events"""
    window_inferred: bool = False
    """`true` where the window is our reading: neither the article nor a document named in `note` gives it; `note` says
    why | the window is given"""
    as_of: PartialDate | None = None
    """the day, month or year when the number was true or was said | needed in figures"""
    money_status: MoneyStatus | None = None
    """what happened to the money, see the codes | needed for US dollars, not allowed elsewhere"""
    note: Prose | None = None
    """what the fact is **not**, and how we read it | nothing to add"""


class Passage(Record):
    """One paragraph of an article: its size, its gist in our words, and its topics in two codings."""

    paragraph: Count
    """its number; non-empty lines count from 1"""
    words: Count
    """its length, counted between spaces | unit: words"""
    boilerplate: bool
    """`true` for parts of the page that report nothing, such as a font size or an offer to subscribe, and for headings
    inside the article; it counts nowhere"""
    gist: Prose
    """what it says, in our own words, at most 15 | unit: words"""
    first: list[Id] = []
    """its topics in the first coding | boilerplate"""
    second: list[Id] = []
    """its topics in the second coding, which was blind to the first | boilerplate"""
    settled: list[Id] = []
    """topics that count | boilerplate"""
    reason: Prose | None = None
    """why it was settled so | all three are the same"""


class Slip(Record):
    """Something that an article gets wrong or words unclearly: kept, named, and never repeated as fact."""

    id: Id
    """short name, used once in the file"""
    paragraph: Count
    """where it stands"""
    kind: SlipKind
    """what kind of slip it is, see the codes"""
    what: Prose
    """what is wrong, in our own words"""
    how_known: Prose
    """how we know"""
    # An altered quotation can be shown beside its original, at most eight words of each: all of these fields, or none.
    speaker: Prose | None = None
    """who said the words that were altered, with a word on who that is | not shown beside its original"""
    original: Text | None = None
    """the words as they were said, at most eight; words of ours in square brackets | not shown beside its original"""
    original_changed: Text | None = None
    """the part of them that was changed | not shown beside its original, or words were only added to it"""
    printed: Text | None = None
    """the words as the article prints them, as in original | not shown beside its original"""
    printed_changed: Text | None = None
    """what the change made of them | not shown beside its original"""
    read_in: Prose | None = None
    """where the original was read | not shown beside its original"""
    effect: Prose | None = None
    """what the change does to the meaning, in our own words | not shown beside its original"""


class Answer(Record):
    """What an article says to one of the questions of the codebook."""

    question: Id
    """id of the question in `codebook.toml`"""
    status: AnswerStatus
    """whether the article answers it, see the codes"""
    facts: list[Id] = []
    """ids of the facts of this file that answer it or come near | none comes near; allowed only where the status is
    absent"""
    note: Prose
    """what is said, or what is missing"""


class Reference(Record):
    """A place in an official series, and how it is read there."""

    series: Id
    """name of the series in `record/`"""
    column: ColumnId
    """the column of its CSV file"""
    period: Text
    """the period as the CSV file writes it"""
    part: list[Text] = []
    """the values of the other columns that name a row | a period has one row"""
    reading: Reading = "value"
    """how the values are read, see the codes | the value as it stands"""
    since: Text | None = None
    """first period of a running total or of a fall | neither of the two"""


class Check(Record):
    """A claim of the article, compared with the official record: a series, a document, or nothing that we have."""

    id: Id
    """short name, used once in the file"""
    fact: Id | None = None
    """id of the fact that is checked | a slip is checked"""
    slip: Id | None = None
    """id of the slip that is checked | a fact is checked"""
    claim: Prose | None = None
    """the claim in our own words | the figure of the fact says it"""
    official: Reference | None = None
    """the place in an official series, see the fields below | a document, or nothing, is compared with it"""
    beside: list[Reference] = []
    """a list of such places, shown beside the claim; no verdict follows from them | none"""
    document: Prose | None = None
    """the document | a series, or nothing, is compared with it"""
    document_says: Prose | None = None
    """what it says, as a paraphrase | no document"""
    document_value: Value | None = None
    """its number | unit: that of the fact | it has none"""
    grade: Grade | None = None
    """how sure the document is, see the codes | no document"""
    relation: Relation | None = None
    """what the claim counts, against what the official figure counts, see the codes | no numbers are compared"""
    same_source: bool = False
    """`true` where the source that the article names is the office that published the official figure, or the head of
    that office: the office cannot confirm its own figure | the article names another source, or none"""
    verdicts: Annotated[list[Verdict], Field(min_length=1)]
    """the outcome, see the codes; the numbers must support it"""
    why: Prose
    """the outcome in words"""


class ArticleFile(Record):
    """A file of `seeds/articles/`."""

    article: Article
    facts: Annotated[list[Fact], Field(min_length=1)]
    passages: Annotated[list[Passage], Field(min_length=1)]
    slips: list[Slip] = []
    answers: list[Answer] = []
    checks: list[Check] = []


class Meeting(Record):
    """One of the meetings."""

    id: Id
    """the day as text, then a word where two meetings were on one day; articles point to it"""
    date: Day
    """the day"""
    city: Prose
    """where"""
    venue: Prose
    """the building or office"""
    kind: MeetingKind
    """what kind of meeting, see the codes"""
    name: Prose
    """its name"""
    us_lead: Prose
    """who led the US side, with office"""
    mexico_lead: Prose
    """who led the Mexican side, with office"""
    outcome: Prose
    """its outcome, in our own words"""
    evidence: Prose
    """the document that shows all this"""


class MeetingsFile(Record):
    """`seeds/meetings.toml`."""

    meetings: Annotated[list[Meeting], Field(min_length=1)]


class Topic(Record):
    """A topic of the codebook."""

    id: Id
    """short name, used once; facts and passages point to it"""
    name: Label
    """name for readers, at most 40 characters"""
    family: Id
    """id of its family"""
    definition: Prose
    """what the topic is"""
    includes: Prose
    """what belongs to it"""
    excludes: Prose
    """what does not, and where that goes"""
    example: Prose
    """an example, made up"""


class Family(Record):
    """A group of topics that share a colour."""

    id: Id
    """short name, used once"""
    name: Label
    """name for readers, at most 40 characters"""
    colour: Colour
    """colour of its topics in other programs: `#` and six digits; at least 3 to 1 of contrast on white"""


class Question(Record):
    """A question a reader would put to every article."""

    id: Id
    """short name, used once; answers point to it"""
    label: Label
    """a few words for a chart, at most 40 characters"""
    question: Prose
    """the question in full"""


class Correction(Record):
    """Something that we had wrong ourselves, and what stands there now."""

    date: Day
    """the day of the correction"""
    before: Prose
    """what we said"""
    after: Prose
    """what we said after this correction"""
    reason: Prose
    """why the first was wrong"""
    charts: Annotated[list[ColumnId], Field(min_length=1)]
    """the functions of `helpers` whose output changed"""


class CorrectionsFile(Record):
    """`seeds/corrections.toml`."""

    corrections: list[Correction] = []


class CodebookFile(Record):
    """`seeds/codebook.toml`."""

    families: Annotated[list[Family], Field(min_length=1)]
    topics: Annotated[list[Topic], Field(min_length=1)]
    questions: list[Question] = []


class GlossaryEntry(Record):
    """A word, a person or a place, explained in a line."""

    kind: GlossaryKind
    """what kind of entry it is, see the codes"""
    name: Prose
    """the word or name"""
    text: Prose
    """the explanation, in one or two short sentences"""


class GlossaryFile(Record):
    """`seeds/glossary.toml`."""

    entries: list[GlossaryEntry] = []
