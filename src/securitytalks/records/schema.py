"""The shape of every record in `seeds/`: one class a table, one field a key of the TOML files.

`seeds/README.md` is the dictionary for people; a test holds it and these classes together. Codes are closed lists:
a word that is not listed here is a fault, not a new category.
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
        pattern=r"^https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w.~:/?#@!$&'()*+,;=%-]*)?$",
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

Day = Annotated[date, Field(ge=date(1800, 1, 1), le=date(2099, 12, 31), description="a day such as 2021-10-08")]

YearOrMonth = Annotated[str, Field(pattern=r"^(18|19|20)\d\d(-(0[1-9]|1[0-2]))?$")]

# A day is a TOML date; a month or a year alone is text, so nothing pretends to a day nobody gave.
PartialDate = Annotated[
    Day | YearOrMonth,
    Field(description='a day such as 2021-10-08, or a month or year in quotation marks such as "2022-03" or "2006"'),
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

# How a claim compares with the official record. The last four are for words: quotations, titles, things left out.
Verdict = Literal[
    "agrees",
    "agrees with a different thing",
    "out of date",
    "label too narrow",
    "does not agree",
    "cannot be checked",
    "wording altered",
    "wrong title",
    "said by one side",
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


class Record(BaseModel):
    """A table of a seed file: no key beyond those named, no silent conversion, never changed after reading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Article(Record):
    """The bibliographic part of an article."""

    id: Id
    outlet: Prose
    agency: Prose | None = None  # the news agency it names or rewrites; left out where none is known
    agency_reason: Prose | None = None  # how the agency is known, where the article does not print it
    headline: Text | None = None  # left out where the text has none
    byline: Prose | None = None
    published: Day
    published_known: Known
    published_reason: Prose | None = None
    address: Address | None = None
    meeting: Id
    text_file: TextFile
    paragraphs: Count
    sha256: Sha256


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
    paragraph: Count
    kind: Kind
    label: Label | None = None  # a few words for a mark in a chart; figures and events need it
    statement: Prose
    says: Prose  # who asserts it
    via: Prose  # who carried it: the outlet, or the agency it names
    topics: Annotated[list[Id], Field(min_length=1)]
    topics_reason: Prose | None = None  # why it has a topic that its passage lacks
    value: Value | None = None
    as_printed: Text | None = None
    precision: Precision | None = None
    unit: Unit | None = None
    counts: Prose | None = None  # what one unit is
    stock_or_flow: StockOrFlow | None = None
    share_of: Id | None = None  # for a share: the fact of the same article that it is a share of
    measures: Measure | None = None  # left out where no other figure could measure the same
    programme: Programme | None = None
    place: Prose | None = None
    window_start: PartialDate | None = None
    window_end: PartialDate | None = None
    window_inferred: bool = False  # true where the window is our reading; the note says why
    as_of: PartialDate | None = None
    money_status: MoneyStatus | None = None
    note: Prose | None = None  # what it is not


class Passage(Record):
    """One paragraph of an article: its size, its gist in our words, and its topics as two coders saw them."""

    paragraph: Count
    words: Count
    boilerplate: bool
    gist: Prose
    first: list[Id] = []
    second: list[Id] = []
    settled: list[Id] = []
    reason: Prose | None = None  # why it was settled so, where the two differ


class Slip(Record):
    """Something an article gets wrong or garbles: kept, named, and never repeated as fact."""

    id: Id
    paragraph: Count
    kind: SlipKind
    what: Prose
    how_known: Prose
    # An altered quotation can be shown beside its original, at most eight words of each: all of these fields, or none.
    speaker: Prose | None = None
    original: Text | None = None
    original_changed: Text | None = None  # the part of `original` that was changed
    printed: Text | None = None
    printed_changed: Text | None = None  # what the change made of it
    read_in: Prose | None = None  # where the original was read
    effect: Prose | None = None  # what the change does to the meaning, in our own words


class Answer(Record):
    """What an article says to one of the questions of the codebook."""

    question: Id
    status: AnswerStatus
    facts: list[Id] = []
    note: Prose


class Reference(Record):
    """A place in an official series, and how it is read there."""

    series: Id
    column: ColumnId
    period: Text
    part: list[Text] = []  # where several rows have this period: what the other columns that name a row hold
    reading: Reading = "value"
    since: Text | None = None  # the first period of a running total or of a fall


class Check(Record):
    """A claim of the article, compared with the official record: a series, a document, or nothing that we have."""

    id: Id
    fact: Id | None = None  # what is checked: a fact or a slip of this file
    slip: Id | None = None
    claim: Prose | None = None  # the claim in our own words, where the fact's figure does not say it
    official: Reference | None = None
    beside: list[Reference] = []  # shown beside it, not judged by
    document: Prose | None = None
    document_says: Prose | None = None  # a paraphrase
    document_value: Value | None = None  # in the fact's unit
    grade: Grade | None = None  # of the document; a series has its own grades
    relation: Relation | None = None  # what the claim counts, against what the official figure counts
    verdicts: Annotated[list[Verdict], Field(min_length=1)]
    why: Prose


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
    date: Day
    city: Prose
    venue: Prose
    kind: MeetingKind
    name: Prose
    us_lead: Prose
    mexico_lead: Prose
    outcome: Prose
    evidence: Prose


class MeetingsFile(Record):
    """`seeds/meetings.toml`."""

    meetings: Annotated[list[Meeting], Field(min_length=1)]


class Topic(Record):
    """A topic of the codebook."""

    id: Id
    name: Label
    family: Id
    definition: Prose
    includes: Prose
    excludes: Prose
    example: Prose


class Family(Record):
    """A group of topics that share a colour."""

    id: Id
    name: Label
    colour: Colour


class Question(Record):
    """A question a reader would put to every article."""

    id: Id
    label: Label
    question: Prose


class Correction(Record):
    """Something that we had wrong ourselves, and what stands there now."""

    date: Day
    before: Prose
    after: Prose
    reason: Prose
    charts: Annotated[list[Prose], Field(min_length=1)]  # the functions of helpers whose output changed


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
    name: Prose
    text: Prose


class GlossaryFile(Record):
    """`seeds/glossary.toml`."""

    entries: list[GlossaryEntry] = []
