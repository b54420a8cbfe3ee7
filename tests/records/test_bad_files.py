"""Files and folders that cannot be read are faults, all faults come at once, and nothing else is raised."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from kit.seeds import SIXTH, add_sixth, edit, sixth_article

from securitytalks.records.faults import Fault, SeedError
from securitytalks.records.load import read

FILE = f"seeds/articles/{SIXTH}"


def faults_of(seeds: Path) -> list[Fault]:
    """All faults of a folder of seeds, which must have some."""
    with pytest.raises(SeedError) as caught:
        read(seeds)
    return caught.value.faults


def line(file: str, record: str, field: str, found: str, allowed: str, do: str) -> str:
    """A fault as readers see it."""
    return f"{file}: {record}: {field}: found {found}; allowed {allowed}; do {do}"


def test_a_record_inside_a_record_is_named_with_it(seeds: Path) -> None:
    check = '\n[[checks]]\nid = "held"\nfact = "killed"\nverdicts = ["agrees"]\nwhy = "A reason."\n'
    check += 'official = {series = "a-b", column = "c", period = 2020}\n'
    check += 'beside = [{series = "a-b", columns = "c", period = "2"}]\n'
    add_sixth(seeds, more=check)
    places = [(fault.record, fault.field, fault.do) for fault in faults_of(seeds)]
    assert places == [
        ("checks[held].official", "period", 'write "2020"'),
        ("checks[held].beside[number 1]", "columns", "rename it to column"),
    ]


def test_a_message_in_full(seeds: Path) -> None:
    add_sixth(seeds, ('kind = "event"', 'kind = "evnt"'))
    with pytest.raises(SeedError) as caught:
        read(seeds)
    assert str(caught.value) == (
        "1 fault in the records:\n"
        "seeds/articles/2024-01-15-example-times.toml: facts[talks]: kind: "
        'found "evnt"; allowed figure, commitment, position, event; do write "event"'
    )


def test_all_faults_of_all_files_come_at_once(seeds: Path) -> None:
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
    b"id = 'a\x00'": ("line 1", "remove the characters that cannot be seen"),
    b"id = 1\rb = 2": ("line 1", "save the file with the line ends of Windows or of Unix"),
    b'id = "a\\q"': ("line 1", "write each backslash twice"),
    b"paragraphs = 1,000": ("line 1", "write one key a line, and a number without commas"),
    b"a = " + b"[" * 5000: ("line 1", "write the tables of seeds/README.md, which are not inside one another"),
}


@pytest.mark.parametrize("content", NOT_TOML, ids=lambda content: repr(content[:20]))
def test_a_file_that_is_not_toml(seeds: Path, content: bytes) -> None:
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
def test_a_file_that_is_no_text(seeds: Path, content: bytes, expected: tuple[str, ...]) -> None:
    (seeds / "articles" / SIXTH).write_bytes(content)
    assert [str(fault) for fault in faults_of(seeds)] == [line(FILE, "file", *expected)]


@pytest.mark.parametrize("prefix", ["", "\N{ZERO WIDTH NO-BREAK SPACE}"], ids=["windows lines", "byte order mark"])
def test_what_windows_editors_add_is_no_fault(seeds: Path, prefix: str) -> None:
    text = prefix + sixth_article()
    (seeds / "articles" / SIXTH).write_text(text, encoding="utf-8", newline="\r\n")
    assert len(read(seeds).articles) == len(read().articles) + 1


@pytest.mark.parametrize("name", ["meetings.toml", "codebook.toml"])
def test_a_missing_shared_file_blames_no_article(seeds: Path, name: str) -> None:
    (seeds / name).unlink()
    expected = line(f"seeds/{name}", "file", "-", "no such file", "a text file", "write this file")
    assert [str(fault) for fault in faults_of(seeds)] == [expected]


def test_a_folder_in_place_of_a_file(seeds: Path) -> None:
    (seeds / "meetings.toml").unlink()
    (seeds / "meetings.toml").mkdir()
    (fault,) = faults_of(seeds)
    assert (fault.file, fault.allowed) == ("seeds/meetings.toml", "a text file of at most 5,000,000 bytes")


def test_a_folder_without_articles(seeds: Path) -> None:
    for path in (seeds / "articles").iterdir():
        path.unlink()
    rest = ("one .toml file an article", "put the files here, in a folder of this name")
    expected = line("seeds/articles", "file", "-", "no file named *.toml", *rest)
    assert [str(fault) for fault in faults_of(seeds)] == [expected]
    (seeds / "articles").rmdir()
    expected = line("seeds/articles", "file", "-", "no such folder", *rest)
    assert [str(fault) for fault in faults_of(seeds)] == [expected]


def test_no_seeds_at_all(tmp_path: Path) -> None:
    files = [fault.file for fault in faults_of(tmp_path / "seeds")]
    assert files == ["seeds/codebook.toml", "seeds/meetings.toml", "seeds/articles"]


def test_an_ending_that_file_lists_hide(seeds: Path) -> None:
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


# ----------------------------------------------------------------------------------------------------- nothing else

SOMETIMES = ("7", "-1.5", '"x"', "[]", "true", "2021-01-01T10:00:00")  # right for some fields
NEVER = ("{}", "[[1]]", "[{a = 1}]", "1e400", "nan", "10:00:00")


@pytest.mark.parametrize("odd", SOMETIMES + NEVER)
def test_whatever_stands_in_a_field_nothing_but_faults_is_raised(seeds: Path, odd: str) -> None:
    for path in (seeds / "articles").iterdir():
        path.unlink()
    lines = sixth_article().splitlines()
    for number in (n for n, text in enumerate(lines) if " = " in text):
        key = lines[number].partition(" = ")[0]
        text = "\n".join([*lines[:number], f"{key} = {odd}", *lines[number + 1 :]])
        (seeds / "articles" / SIXTH).write_text(text, encoding="utf-8")
        with pytest.raises(SeedError) if odd in NEVER else suppress(SeedError):
            read(seeds)


def test_the_error_is_plain_where_readers_meet_it(seeds: Path) -> None:
    add_sixth(seeds, ('kind = "event"', 'kind = "evnt"'))
    with pytest.raises(SeedError) as caught:
        read(seeds)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__
    assert error._render_traceback_() == [str(error)], "a notebook shows the message alone"
    assert "pydantic" not in str(error)


@pytest.mark.parametrize("written", ['"06"', '"01012023"', '"0"'])
def test_digits_in_quotation_marks_are_a_fault_and_no_crash(seeds: Path, written: str) -> None:
    add_sixth(seeds, ("value = 450_000", f"value = {written}"))
    with pytest.raises(SeedError, match=r"facts\[killed\]: value: found"):
        read(seeds)
