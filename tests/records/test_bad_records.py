"""Every kind of bad record gives its plain message, all messages come at once, and nothing else ever comes."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from kit.seeds import SEEDS, SIXTH, add_sixth, copy_seeds, edit, sixth_article

from securitytalks.records.faults import Fault, SeedError
from securitytalks.records.load import read

FILE = f"seeds/articles/{SIXTH}"


def _names(file: str, table: str) -> str:
    with (SEEDS / file).open("rb") as handle:
        return ", ".join(row["id"] for row in tomllib.load(handle)[table])


TOPICS = _names("codebook.toml", "topics")
QUESTIONS = _names("codebook.toml", "questions")
MEETINGS = _names("meetings.toml", "meetings")
KINDS = "figure, commitment, position, event"
UNITS = (
    "people, deaths, deaths a year, share, US dollars, doses, years, months, countries, meetings, "
    "documents, cartels, sources, rank"
)
PRECISIONS = "exact, about, more than, up to, at least, less than, most, unspecified"
MONEY = "paid, appropriated, requested, claimed in court"
SLIPS = "wrong title, altered quotation, garbled, punctuation, unsupported, left out"
STATUSES = "stated, vague, absent"
ID = "lower-case letters and digits, joined by hyphens"
PARTIAL = 'a day such as 2021-10-08, or a month or year in quotation marks such as "2022-03" or "2006"'
DAY = "a day such as 2021-10-08"
NUMBER = "a number, not below 0"
LINE = "text in one line, in quotation marks, with no space at its ends"
LABEL = "text of at most 40 characters"
FACT_KEYS = (
    "id, paragraph, kind, label, statement, says, via, topics, topics_reason, value, as_printed, precision, "
    "unit, counts, stock_or_flow, share_of, measures, programme, place, window_start, window_end, window_inferred, "
    "as_of, money_status, note"
)
PASSAGE_KEYS = "paragraph, words, boilerplate, gist, first, second, settled, reason"
TABLES = "article, facts, passages, slips, answers, checks"
FACTS = "killed, killed-young, new-fund, talks, promise"
IN_FORM = "write it in the allowed form"
MEND_DATE = "correct whichever date is wrong"

CASES = (
    ('kind = "event"', 'kind = "evnt"', ("facts[talks]", "kind", '"evnt"', KINDS, 'write "event"')),
    ('unit = "people"', 'unit = "persons"', ("facts[killed]", "unit", '"persons"', UNITS, "choose one of these")),
    (
        'precision = "more than"',
        'precision = "over"',
        ("facts[killed]", "precision", '"over"', PRECISIONS, "choose one of these"),
    ),
    (
        'precision = "more than"',
        'precision = "More than"',
        ("facts[killed]", "precision", '"More than"', PRECISIONS, 'write "more than"'),
    ),
    ("value = 450_000", 'value = "450,000"', ("facts[killed]", "value", '"450,000"', NUMBER, "write 450000")),
    ("value = 450_000", "value = -5", ("facts[killed]", "value", "-5", NUMBER, IN_FORM)),
    ("value = 450_000", "value = nan", ("facts[killed]", "value", "nan", NUMBER, IN_FORM)),
    ("value = 450_000", "value = true", ("facts[killed]", "value", "true", NUMBER, IN_FORM)),
    ("value = 450_000", "value = 2021-01-01", ("facts[killed]", "value", "2021-01-01", NUMBER, IN_FORM)),
    ("value = 0.25", "value = 25", ("facts[killed-young]", "value", "25", "0 to 1, for a share", "divide by 100")),
    (
        "published = 2024-01-15",
        'published = "2024-01-15"',
        ("article", "published", '"2024-01-15"', DAY, "write 2024-01-15"),
    ),
    (
        "published = 2024-01-15",
        "published = 2024-01-15T10:00:00Z",
        ("article", "published", "2024-01-15T10:00:00+00:00", DAY, "write 2024-01-15"),
    ),
    (
        "published = 2024-01-15",
        "published = 2024-01-15T00:00:00Z",
        ("article", "published", "2024-01-15T00:00:00+00:00", DAY, "write 2024-01-15"),
    ),
    ("published = 2024-01-15", "published = 1024-01-15", ("article", "published", "1024-01-15", DAY, IN_FORM)),
    (
        'window_start = "2006"',
        "window_start = 2006",
        ("facts[killed]", "window_start", "2006", PARTIAL, 'write "2006"'),
    ),
    (
        'window_start = "2006"',
        'window_start = "2006-13"',
        ("facts[killed]", "window_start", '"2006-13"', PARTIAL, IN_FORM),
    ),
    (
        'window_start = "2006"',
        'window_start = "since 2006"',
        ("facts[killed]", "window_start", '"since 2006"', PARTIAL, IN_FORM),
    ),
    (
        'window_start = "2006"',
        'window_start = "2024"',
        ("facts[killed]", "window_end", '"2023-12"', "the day of window_start, 2024, or later", MEND_DATE),
    ),
    (
        'window_start = "2006"',
        'window_start = "2025"',
        ("facts[killed]", "window_end", '"2023-12"', "the day of window_start, 2025, or later", MEND_DATE),
        ("facts[killed]", "as_of", "2024-01-15", "the day of window_start, 2025, or later", MEND_DATE),
    ),
    (
        "as_of = 2024-01-15",
        "as_of = 2024-02-15",
        ("facts[killed]", "as_of", "2024-02-15", "the day of publication, 2024-01-15, or earlier", MEND_DATE),
    ),
    (
        "as_of = 2024-01-15\n",
        "",
        ("facts[killed]", "as_of", "nothing", f"{PARTIAL}, in every figure", "add as_of = ..."),
    ),
    (
        'id = "killed"',
        'id = "Killed Since 2006"',
        ("facts[Killed Since 2006]", "id", '"Killed Since 2006"', ID, 'write "killed-since-2006"'),
        (
            "facts[killed-young]",
            "share_of",
            '"killed"',
            "Killed Since 2006, new-fund, talks, promise",
            "write a fact of this file",
        ),
    ),
    (
        'id = "killed-young"',
        'id = "killed"',
        ("facts[killed]", "id", '"killed", 2 times', "once in a file", "rename or remove all but one"),
    ),
    (
        'id = "killed"',
        "id = 7",
        ("facts[paragraph 2]", "id", "7", ID, 'write "7"'),
        ("facts[killed-young]", "share_of", '"killed"', "new-fund, talks, promise", "write a fact of this file"),
    ),
    (
        'id = "killed"\n',
        "",
        ("facts[paragraph 2]", "id", "nothing", ID, "add id = ..."),
        ("facts[killed-young]", "share_of", '"killed"', "new-fund, talks, promise", "write a fact of this file"),
    ),
    (
        'topics = ["violence"]',
        'topics = "violence"',
        (
            "facts[killed]",
            "topics",
            '"violence"',
            "a list in square brackets, each item lower-case letters and digits, joined by hyphens",
            'write ["violence"]',
        ),
    ),
    (
        'topics = ["violence"]',
        "topics = []",
        (
            "facts[killed]",
            "topics",
            "[]",
            "a list in square brackets, each item lower-case letters and digits, joined by hyphens",
            "write it, or leave the key out where it may be left out",
        ),
    ),
    ('topics = ["violence"]', "topics = [1]", ("facts[killed]", "topics", "1", ID, 'write "1"')),
    (
        'topics = ["violence"]',
        'topics = ["violense"]',
        ("facts[killed]", "topics", '"violense"', TOPICS, 'write "violence"'),
    ),
    (
        'topics = ["violence"]',
        'topics = ["violence", "violence"]',
        ("facts[killed]", "topics", '"violence", 2 times', "each topic once", "remove all but one"),
    ),
    (
        'topics = ["violence"]',
        'topics = ["weather"]',
        ("facts[killed]", "topics", '"weather"', TOPICS, "write a topic of codebook.toml"),
    ),
    (
        "boilerplate = false",
        'boilerplate = "false"',
        ("passages[paragraph 1]", "boilerplate", '"false"', "true or false, without quotation marks", "write false"),
    ),
    (
        "paragraph = 2",
        "paragraph = 9",
        ("facts[killed]", "paragraph", "9", "1 to 4", "correct the number of the paragraph"),
    ),
    (
        "paragraph = 2",
        "paragraph = 4",
        (
            "facts[killed]",
            "paragraph",
            "4, which is boilerplate",
            "a paragraph of the report itself",
            "correct paragraph here or boilerplate in the passage",
        ),
    ),
    ("paragraph = 2", "paragraph = 0", ("facts[killed]", "paragraph", "0", "a whole number from 1", IN_FORM)),
    ("paragraph = 2", "paragraph = 2.5", ("facts[killed]", "paragraph", "2.5", "a whole number from 1", IN_FORM)),
    ('unit = "people"\n', "", ("facts[killed]", "unit", "nothing", f"{UNITS}, in every figure", "add unit = ...")),
    (
        'window_start = "2006"\n',
        "",
        ("facts[killed]", "window_start", "nothing", f"{PARTIAL}, in every figure", "add window_start = ..."),
    ),
    (
        'label = "Killed in Mexico"\n',
        "",
        ("facts[killed]", "label", "nothing", f"{LABEL}, in every figure", "add label = ..."),
    ),
    (
        'label = "Made-up talks"\n',
        "",
        ("facts[talks]", "label", "nothing", f"{LABEL}, in every event", "add label = ..."),
    ),
    (
        'label = "Made-up talks"',
        'label = "Made-up talks that have a label far too long for a mark"',
        (
            "facts[talks]",
            "label",
            '"Made-up talks that have a label far too long for a mark", 55 characters',
            LABEL,
            "shorten it",
        ),
    ),
    (
        'window_start = "2024-01"\n',
        "",
        ("facts[talks]", "window_start", "nothing", f"{PARTIAL}, in every event", "add window_start = ..."),
    ),
    (
        'money_status = "requested"',
        'money_status = "pledged"',
        ("facts[new-fund]", "money_status", '"pledged"', MONEY, "choose one of these"),
    ),
    (
        'money_status = "requested"\n',
        "",
        ("facts[new-fund]", "money_status", "nothing", f"{MONEY}, for US dollars", "add money_status = ..."),
    ),
    (
        'place = "Mexico"',
        'place = "Mexico"\nmoney_status = "paid"',
        (
            "facts[killed]",
            "money_status",
            '"paid" for people',
            "only for US dollars",
            "remove money_status or correct unit",
        ),
    ),
    (
        'says = "An example minister"\nvia = "The Example Times"\ntopics = ["cooperation"]',
        'says = "x"\nvia = "x"\ntopics = ["cooperation"]\nvalue = 3',
        (
            "facts[promise]",
            "value",
            "3 in a record of kind commitment",
            "only in figures",
            'remove value, or write kind = "figure"',
        ),
    ),
    (
        'window_end = "2023-12"',
        'window_end = "2023-12"\nwindow_inferred = true',
        (
            "facts[killed]",
            "note",
            "nothing",
            "a note, where window_inferred is true",
            "say in note how the window was read",
        ),
    ),
    (
        'share_of = "killed"',
        'share_of = "killd"',
        ("facts[killed-young]", "share_of", '"killd"', "killed, new-fund, talks, promise", 'write "killed"'),
    ),
    (
        'share_of = "killed"',
        'share_of = "killed-young"',
        ("facts[killed-young]", "share_of", '"killed-young"', "killed, new-fund, talks, promise", 'write "killed"'),
    ),
    (
        'unit = "US dollars"',
        'unit = "US dollars"\nshare_of = "killed"',
        (
            "facts[new-fund]",
            "share_of",
            '"killed" for US dollars',
            "only for a share",
            "remove share_of or correct unit",
        ),
    ),
    (
        'as_printed = "more than 450,000 people"',
        'as_printed = "more than 450,000 people in all of the country since then"',
        (
            "facts[killed]",
            "as_printed",
            '"more than 450,000 people in all of the country since then", 11 words',
            "at most 8 words",
            "keep only the figure's own wording",
        ),
    ),
    (
        'gist = "The headline."',
        'gist = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen."',
        (
            "passages[paragraph 1]",
            "gist",
            '"One two three four five six seven eight nine ten eleven twelve thirteen four..., 16 words',
            "at most 15 words",
            "say it more briefly",
        ),
    ),
    (
        'gist = "The headline."',
        'gist = " The headline."',
        ("passages[paragraph 1]", "gist", '" The headline."', LINE, 'write "The headline."'),
    ),
    (
        'gist = "The headline."',
        'gist = ""',
        ("passages[paragraph 1]", "gist", '""', LINE, "write it, or leave the key out where it may be left out"),
    ),
    (
        'gist = "The headline."',
        'gist = """two\nlines"""',
        ("passages[paragraph 1]", "gist", '"two\\nlines"', LINE, 'write "two lines"'),
    ),
    (
        'gist = "The headline."',
        'gits = "The headline."',
        ("passages[paragraph 1]", "gits", 'an unknown key, gits = "The headline."', PASSAGE_KEYS, "rename it to gist"),
    ),
    (
        'says = "An example ministry"',
        'says = "An example ministry"\nwho = "x"',
        ("facts[killed]", "who", 'an unknown key, who = "x"', FACT_KEYS, "remove this key"),
    ),
    ("[[slips]]", "[[slip]]", ("file", "slip", "an unknown key, slip = [a table]", TABLES, "rename it to slips")),
    (
        "[article]",
        "[artikel]",
        ("file", "artikel", "an unknown key, artikel = a table", TABLES, "rename it to article"),
    ),
    (
        'reason = "No leader of a cartel is named."\n',
        "",
        (
            "passages[paragraph 2]",
            "reason",
            "nothing",
            "a reason where first, second and settled are not the same",
            "say why it was settled so",
        ),
    ),
    (
        'first = ["cooperation"]',
        "first = []",
        (
            "passages[paragraph 1]",
            "first",
            "no topic",
            "at least one topic of codebook.toml",
            "code the passage or write boilerplate = true",
        ),
    ),
    (
        'second = ["violence", "kingpins"]',
        "second = []",
        (
            "passages[paragraph 2]",
            "second",
            "no topic",
            "at least one topic of codebook.toml",
            "code the passage or write boilerplate = true",
        ),
    ),
    (
        'settled = ["violence"]',
        "settled = []",
        (
            "passages[paragraph 2]",
            "settled",
            "no topic",
            "at least one topic of codebook.toml",
            "code the passage or write boilerplate = true",
        ),
    ),
    (
        'gist = "Furniture of the page."',
        'gist = "Furniture of the page."\nfirst = ["violence"]',
        (
            "passages[paragraph 4]",
            "first",
            '["violence"]',
            "no topic in boilerplate",
            "empty the list or write boilerplate = false",
        ),
    ),
    (
        '[[passages]]\nparagraph = 4\nwords = 2\nboilerplate = true\ngist = "Furniture of the page."\n',
        "",
        (
            "passages[paragraph 4]",
            "paragraph",
            "nothing",
            "a passage for each of 1 to 4",
            "add [[passages]] with paragraph = 4, or correct paragraphs in [article]",
        ),
    ),
    (
        "paragraphs = 4",
        "paragraphs = 3",
        ("passages[paragraph 4]", "paragraph", "4", "1 to 3", "correct the number of the paragraph"),
    ),
    (
        "paragraph = 3\nwords",
        "paragraph = 2\nwords",
        (
            "passages[paragraph 2]",
            "paragraph",
            "2, 2 times",
            "one passage a paragraph",
            "renumber or remove all but one",
        ),
        (
            "passages[paragraph 3]",
            "paragraph",
            "nothing",
            "a passage for each of 1 to 4",
            "add [[passages]] with paragraph = 3, or correct paragraphs in [article]",
        ),
    ),
    (
        'meeting = "2023-10-05"',
        'meeting = "2023-10-06"',
        ("article", "meeting", '"2023-10-06"', MEETINGS, "write one of these, or add the meeting to meetings.toml"),
    ),
    (
        "published = 2024-01-15",
        "published = 2020-01-15",
        (
            "article",
            "published",
            "2020-01-15 in 2024-01-15-example-times.toml",
            "a file named <published>-<outlet>.toml",
            "rename the file or correct published",
        ),
        (
            "article",
            "published",
            "2020-01-15",
            "2023-10-05, the day of the meeting, or later",
            "correct the date or the meeting",
        ),
        ("facts[killed]", "as_of", "2024-01-15", "the day of publication, 2020-01-15, or earlier", MEND_DATE),
        ("facts[killed-young]", "as_of", "2024-01-15", "the day of publication, 2020-01-15, or earlier", MEND_DATE),
        ("facts[new-fund]", "as_of", "2024-01-15", "the day of publication, 2020-01-15, or earlier", MEND_DATE),
    ),
    (
        'published_known = "printed"',
        'published_known = "inferred"',
        (
            "article",
            "published_reason",
            "nothing",
            "a reason, where published_known is inferred",
            "say in published_reason how it is known",
        ),
    ),
    (
        'facts = ["new-fund"]',
        'facts = ["fund"]',
        ("answers[framework-dollars]", "facts", '"fund"', FACTS, 'write "new-fund"'),
    ),
    (
        'facts = ["new-fund"]',
        "facts = []",
        (
            "answers[framework-dollars]",
            "facts",
            "no fact",
            "at least one, where status is stated",
            "name the fact or correct status",
        ),
    ),
    (
        'status = "stated"',
        'status = "said"',
        ("answers[framework-dollars]", "status", '"said"', STATUSES, 'write "stated"'),
    ),
    (
        'question = "framework-dollars"',
        'question = "framework"',
        (
            "answers[framework-dollars]",
            "question",
            "nothing",
            "an answer to every question of codebook.toml",
            'add [[answers]] with question = "framework-dollars"; status "absent" is an answer',
        ),
        ("answers[framework]", "question", '"framework"', QUESTIONS, 'write "framework-dollars"'),
    ),
    (
        'question = "guns-number"',
        'question = "mexico-pays"',
        (
            "answers[mexico-pays]",
            "question",
            '"mexico-pays", 2 times',
            "once in a file",
            "rename or remove all but one",
        ),
        (
            "answers[guns-number]",
            "question",
            "nothing",
            "an answer to every question of codebook.toml",
            'add [[answers]] with question = "guns-number"; status "absent" is an answer',
        ),
    ),
    (
        'sha256 = "0123456789abcdef',
        'sha256 = "0123456789ABCDEF',
        (
            "article",
            "sha256",
            '"0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef"',
            "64 digits 0-9 and a-f",
            'write "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"',
        ),
    ),
    (
        'text_file = "sixth.txt"',
        'text_file = "000_bfeabd34cab806ed.txt"',
        (
            "article",
            "text_file",
            '"000_bfeabd34cab806ed.txt", which 2021-10-08-washington-newsday-afp.toml has too',
            "one file an article",
            "correct it or remove one file",
        ),
    ),
    (
        'id = "example-times"',
        'id = "newsday-afp"',
        (
            "article",
            "id",
            '"newsday-afp", which 2021-10-08-washington-newsday-afp.toml has too',
            "one file an article",
            "correct it or remove one file",
        ),
    ),
    ('kind = "unsupported"', 'kind = "lie"', ("slips[old-count]", "kind", '"lie"', SLIPS, "choose one of these")),
)


def faults_of(seeds: Path) -> list[Fault]:
    """All faults of a folder of seeds, which must have some."""
    with pytest.raises(SeedError) as caught:
        read(seeds)
    return caught.value.faults


def line(file: str, record: str, field: str, found: str, allowed: str, do: str) -> str:
    """A fault as readers see it."""
    return f"{file}: {record}: {field}: found {found}; allowed {allowed}; do {do}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2][0]}.{case[2][1]}")
def test_one_thing_broken_gives_its_message(tmp_path: Path, case: tuple) -> None:
    old, new, *expected = case
    seeds = copy_seeds(tmp_path)
    add_sixth(seeds, (old, new))
    assert [str(fault) for fault in faults_of(seeds)] == [line(FILE, *parts) for parts in expected]


def test_a_record_inside_a_record_is_named_with_it(tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    path = add_sixth(seeds)
    check = '\n[[checks]]\nid = "held"\nfact = "killed"\nverdicts = ["agrees"]\nwhy = "A reason."\n'
    check += 'official = {series = "a-b", column = "c", period = 2020}\n'
    check += 'beside = [{series = "a-b", columns = "c", period = "2"}]\n'
    path.write_text(sixth_article() + check, encoding="utf-8")
    places = [(fault.record, fault.field, fault.do) for fault in faults_of(seeds)]
    assert places == [
        ("checks[held].official", "period", 'write "2020"'),
        ("checks[held].beside[number 1]", "columns", "rename it to column"),
    ]


def test_a_message_in_full(tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    add_sixth(seeds, ('kind = "event"', 'kind = "evnt"'))
    with pytest.raises(SeedError) as caught:
        read(seeds)
    assert str(caught.value) == (
        "1 fault in the records:\n"
        "seeds/articles/2024-01-15-example-times.toml: facts[talks]: kind: "
        'found "evnt"; allowed figure, commitment, position, event; do write "event"'
    )


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    add_sixth(
        seeds,
        ('unit = "people"', 'unit = "persons"'),  # wrong in form ...
        ('share_of = "killed"', 'share_of = "killd"'),  # ... and in what it points to ...
        ('kind = "event"', 'kind = "evnt"'),  # ... in several records ...
        ("paragraphs = 4", "paragraphs = 5"),
        ('status = "stated"', 'status = "said"'),
    )
    edit(seeds / "meetings.toml", ('kind = "annual dialogue"', 'kind = "annual"'))  # ... and in several files
    edit(seeds / "codebook.toml", ('colour = "#0072B2"', 'colour = "blue"'))
    (seeds / "articles" / "2024-02-01-empty.toml").touch()
    found = {(fault.file, fault.record, fault.field) for fault in faults_of(seeds)}
    assert found == {
        ("seeds/codebook.toml", "families[force]", "colour"),
        ("seeds/meetings.toml", "meetings[2021-10-08]", "kind"),
        (FILE, "facts[killed]", "unit"),
        (FILE, "facts[killed-young]", "share_of"),
        (FILE, "facts[talks]", "kind"),
        (FILE, "passages[paragraph 5]", "paragraph"),
        (FILE, "answers[framework-dollars]", "status"),
        ("seeds/articles/2024-02-01-empty.toml", "file", "-"),
    }


# ------------------------------------------------------------------------------------------------------------- files

NOT_TOML = {
    b"outlet = The Example Times": ("line 1", "put text in straight quotation marks, at both ends"),
    b'id = "a"\nid = "b"': (
        "line 2",
        "write each key and each [table] once, and [[name]] with two brackets before each record",
    ),
    b'outlet = "The Example': ("line 1", "close the quotation marks on the line where they open"),
    b'a = 1\noutlet = "The Example\nid = "a"': ("line 2", "close the quotation marks on the line where they open"),
    b"published = 2024-02-30": ("line 1", "write a day that the calendar has, such as 2021-10-08"),
    b"published = 0000-01-01": ("line 1", "write a day that the calendar has, such as 2021-10-08"),
    b"[article]\n[article]": (
        "line 2",
        "write each key and each [table] once, and [[name]] with two brackets before each record",
    ),
    b"<html></html>": ("line 1", "correct this line or the one before"),
    b"paragraphs = 1,000": ("line 1", "write one key a line, and a number without commas"),
    b"a = " + b"[" * 5000: ("line 1", "write the tables of seeds/README.md, which are not inside one another"),
}


@pytest.mark.parametrize("content", NOT_TOML, ids=lambda content: repr(content[:20]))
def test_a_file_that_is_not_toml(tmp_path: Path, content: bytes) -> None:
    seeds = copy_seeds(tmp_path)
    (seeds / "articles" / SIXTH).write_bytes(content)
    place, do = NOT_TOML[content]
    (fault,) = faults_of(seeds)
    assert (fault.file, fault.record, fault.field, fault.allowed, fault.do) == (FILE, "file", place, "TOML", do)
    assert len(fault.found) < 250


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("-", "an empty file", "records", "write the records or remove the file")),
        (b" \n\n", ("-", "an empty file", "records", "write the records or remove the file")),
        (
            'x = 1\noutlet = "El País"'.encode("latin-1"),
            ("line 2", "a byte that is not UTF-8 (0xed)", "UTF-8 text", "save the file as UTF-8"),
        ),
        (
            "outlet = 1".encode("utf-16"),
            ("line 1", "a byte that is not UTF-8 (0xff)", "UTF-8 text", "save the file as UTF-8"),
        ),
    ],
    ids=["empty", "blank", "latin-1", "utf-16"],
)
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes, expected: tuple[str, ...]) -> None:
    seeds = copy_seeds(tmp_path)
    (seeds / "articles" / SIXTH).write_bytes(content)
    assert [str(fault) for fault in faults_of(seeds)] == [line(FILE, "file", *expected)]


@pytest.mark.parametrize("prefix", ["", "\N{ZERO WIDTH NO-BREAK SPACE}"], ids=["windows lines", "byte order mark"])
def test_what_windows_editors_add_is_no_fault(tmp_path: Path, prefix: str) -> None:
    seeds = copy_seeds(tmp_path)
    text = prefix + sixth_article()
    (seeds / "articles" / SIXTH).write_text(text, encoding="utf-8", newline="\r\n")
    assert len(read(seeds).articles) == len(read().articles) + 1


@pytest.mark.parametrize("name", ["meetings.toml", "codebook.toml"])
def test_a_missing_shared_file_blames_no_article(tmp_path: Path, name: str) -> None:
    seeds = copy_seeds(tmp_path)
    (seeds / name).unlink()
    expected = line(f"seeds/{name}", "file", "-", "no such file", "a text file", "write this file")
    assert [str(fault) for fault in faults_of(seeds)] == [expected]


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    (seeds / "meetings.toml").unlink()
    (seeds / "meetings.toml").mkdir()
    (fault,) = faults_of(seeds)
    assert (fault.file, fault.allowed) == ("seeds/meetings.toml", "a text file of at most 5,000,000 bytes")


def test_a_folder_without_articles(tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    for path in (seeds / "articles").iterdir():
        path.unlink()
    rest = ("one .toml file an article", "put the articles' files here")
    expected = line("seeds/articles", "file", "-", "no file named *.toml", *rest)
    assert [str(fault) for fault in faults_of(seeds)] == [expected]
    (seeds / "articles").rmdir()
    expected = line("seeds/articles", "file", "-", "no such folder", *rest)
    assert [str(fault) for fault in faults_of(seeds)] == [expected]


def test_no_seeds_at_all(tmp_path: Path) -> None:
    files = [fault.file for fault in faults_of(tmp_path / "seeds")]
    assert files == ["seeds/codebook.toml", "seeds/meetings.toml", "seeds/articles"]


def test_an_ending_that_file_lists_hide(tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    read(seeds)  # the records are known as sound, and the new file must be seen all the same
    add_sixth(seeds, name=f"{SIXTH}.txt")
    expected = line(
        f"{FILE}.txt",
        "file",
        "-",
        "a name that ends in .txt",
        "names that end in .toml",
        "rename it, or move it elsewhere",
    )
    assert [str(fault) for fault in faults_of(seeds)] == [expected]


# ------------------------------------------------------------------------------------------------------ shared files


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "codebook.toml",
            'family = "force"',
            'family = "forse"',
            ("topics[equipment]", "family", '"forse"', _names("codebook.toml", "families"), 'write "force"'),
        ),
        (
            "codebook.toml",
            'id = "kingpins"',
            'id = "equipment"',
            ("topics[equipment]", "id", '"equipment", 2 times', "once in a file", "rename or remove all but one"),
        ),
        (
            "codebook.toml",
            'colour = "#0072B2"',
            'colour = "#0072b2"',
            ("families[force]", "colour", '"#0072b2"', "# and six digits 0-9 and A-F", 'write "#0072B2"'),
        ),
        (
            "codebook.toml",
            '[[topics]]\nid = "equipment"',
            '[[families]]\nid = "new"\nname = "New"\ncolour = "#000000"\n\n[[topics]]\nid = "equipment"',
            ("families[new]", "id", "no topic of this family", "at least one", "add a topic or remove the family"),
        ),
        (
            "meetings.toml",
            "date = 2021-10-08",
            'date = "8 October 2021"',
            ("meetings[2021-10-08]", "date", '"8 October 2021"', DAY, IN_FORM),
        ),
        (
            "meetings.toml",
            'city = "Mexico City"\n',
            "",
            ("meetings[2021-10-08]", "city", "nothing", LINE, "add city = ..."),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_shared_files(tmp_path: Path, file: str, old: str, new: str, expected: tuple[str, ...]) -> None:
    seeds = copy_seeds(tmp_path)
    edit(seeds / file, (old, new))
    found = [str(fault) for fault in faults_of(seeds) if fault.file == f"seeds/{file}"]
    assert found == [line(f"seeds/{file}", *expected)]


def test_a_colour_is_of_one_family(tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    edit(seeds / "codebook.toml", ('colour = "#D55E00"', 'colour = "#0072B2"'))
    places = [(fault.record, fault.field, fault.found) for fault in faults_of(seeds)]
    assert places == [(f"families[{name}]", "colour", '"#0072B2", 2 times') for name in ("force", "drugs")]


# ----------------------------------------------------------------------------------------------------- nothing else

SOMETIMES = ("7", "-1.5", '"x"', "[]", "true", "2021-01-01T10:00:00")  # right for some fields
NEVER = ("{}", "[[1]]", "[{a = 1}]", "1e400", "nan", "10:00:00")


@pytest.mark.parametrize("odd", SOMETIMES + NEVER)
def test_whatever_stands_in_a_field_nothing_but_faults_is_raised(tmp_path: Path, odd: str) -> None:
    seeds = copy_seeds(tmp_path)
    for path in (seeds / "articles").iterdir():
        path.unlink()
    lines = sixth_article().splitlines()
    for number in (n for n, text in enumerate(lines) if " = " in text):
        key = lines[number].partition(" = ")[0]
        text = "\n".join([*lines[:number], f"{key} = {odd}", *lines[number + 1 :]])
        (seeds / "articles" / SIXTH).write_text(text, encoding="utf-8")
        with pytest.raises(SeedError) if odd in NEVER else suppress(SeedError):
            read(seeds)


def test_the_error_is_plain_where_readers_meet_it(tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    add_sixth(seeds, ('kind = "event"', 'kind = "evnt"'))
    with pytest.raises(SeedError) as caught:
        read(seeds)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__
    assert error._render_traceback_() == [str(error)], "a notebook shows the message alone"
    assert "pydantic" not in str(error)


@pytest.mark.parametrize("written", ['"06"', '"01012023"', '"0"'])
def test_digits_in_quotation_marks_are_a_fault_and_no_crash(tmp_path: Path, written: str) -> None:
    seeds = copy_seeds(tmp_path)
    add_sixth(seeds, ("value = 450_000", f"value = {written}"))
    with pytest.raises(SeedError, match=r"facts\[killed\]: value: found"):
        read(seeds)
