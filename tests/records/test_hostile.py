"""Whatever is in the folder of the seeds, reading it ends soon: with the records, or with faults that name the file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from kit.seeds import copy_seeds

from securitytalks.official.frames import load_record
from securitytalks.official.series import read_record
from securitytalks.records.faults import SeedError
from securitytalks.records.load import read

NAME = "2020-01-01-x.toml"
LONGEST_MESSAGE = 60_000  # characters
TEXTS = {
    "a list in place of tables": "facts = [5, 6]",
    "a number in place of a table": "article = 1",
    "a decimal number of 5,000 digits": f"[article]\nparagraphs = {'9' * 5000}",
    "a hexadecimal number of 5,000 digits": f"[article]\nparagraphs = 0x{'f' * 5000}",
    "a number of 18 digits": f"[article]\nparagraphs = {'9' * 18}",
    "a key of 15,000 parts": f"{'a.' * 15_000}b = 1",
    "brackets in brackets": f"a = {'[' * 3000}{']' * 3000}",
    "tables in tables": f"a = {'{b = ' * 60}1{'}' * 60}",
    "2,000 unknown keys": "\n".join(f"key{number} = {number}" for number in range(2000)),
    "a text that is no TOML": "facts: [one, two]",
    "100,000 broken records": "[[facts]]\nid = 1\n" * 100_000,
    "a million entries": f"facts = [{'1,' * 10**6}]",
    "carriage returns alone": "[article]\rid = 1",
    "lone control characters": "\x00\x01\x02",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_hostile_file_is_a_fault_that_names_it(text: str, seeds: Path) -> None:
    (seeds / "articles" / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(SeedError, match=NAME) as raised:
        read(seeds)
    assert len(str(raised.value)) < LONGEST_MESSAGE
    assert "could not be checked" not in str(raised.value), "a fault that nobody has foreseen"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names, and links need a privilege")
@pytest.mark.parametrize("name", ["2020-01-01-\u202egnp.toml", "2020-01-01-a\n.toml", "2020-01-01-\udcff.toml"])
def test_a_name_that_cannot_be_seen_is_a_fault(name: str, seeds: Path) -> None:
    (seeds / "articles" / name).write_text("a = 1", encoding="utf-8")
    with pytest.raises(SeedError, match=r"a name that has U\+") as raised:
        read(seeds)
    assert str(raised.value).replace("\n", "").isprintable()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
@pytest.mark.parametrize(("folder", "reader"), [("articles", read), ("record", read_record)])
@pytest.mark.parametrize("circle", [False, True], ids=["elsewhere", "in a circle"])
def test_a_folder_that_is_a_link_is_not_listed(folder: str, reader: Callable, *, circle: bool, tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    (seeds / folder).rename(tmp_path / "elsewhere")
    (seeds / folder).symlink_to(seeds / folder if circle else tmp_path / "elsewhere")
    with pytest.raises(SeedError, match=f"seeds/{folder}: file: -: found a link to another place"):
        reader(seeds)


def test_a_million_paragraphs_are_one_fault(seeds: Path) -> None:
    path = next((seeds / "articles").glob("*-ap.toml"))
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = ["paragraphs = 1_000_000" if line.startswith("paragraphs = ") else line for line in lines]
    path.write_text("\n".join(changed), encoding="utf-8")
    with pytest.raises(SeedError, match="1,000,000") as raised:
        read(seeds)
    assert len(str(raised.value)) < LONGEST_MESSAGE


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders, and links need a privilege")
@pytest.mark.parametrize("make", ["pipe", "link out", "link to itself", "folder", "endless device"])
def test_what_is_no_regular_file_here_is_a_fault(make: str, tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    path = seeds / "articles" / NAME
    if make == "pipe":
        os.mkfifo(path)
    elif make == "folder":
        path.mkdir()
    else:
        outside = tmp_path.parent / f"{tmp_path.name}-outside.toml"
        outside.write_text("secret = 1", encoding="utf-8")
        path.symlink_to({"link out": outside, "link to itself": path, "endless device": Path("/dev/zero")}[make])
    with pytest.raises(SeedError, match=NAME) as raised:
        read(seeds)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("cell", ["9" * 20, "9" * 5000, "-1", "1e5", "１２"])
def test_a_number_that_a_table_cannot_keep_is_a_fault(cell: str, seeds: Path) -> None:
    path = seeds / "record" / "mexico-homicides.csv"
    first, second, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = second.split(",")
    number = next(at for at, value in enumerate(cells) if at and value.isdigit())
    cells[number] = cell
    path.write_text("\n".join([first, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"mexico-homicides\.csv"):
        load_record("mexico-homicides", seeds)
