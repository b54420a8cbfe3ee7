"""No file is left out without a word, whatever its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from securitytalks.official.series import read_record
from securitytalks.records.faults import Fault, SeedError
from securitytalks.records.frames import load_corrections
from securitytalks.records.load import read


def faults_of(seeds: Path) -> list[Fault]:
    """The faults that all readers of a folder of seeds find."""
    found = []
    for reader in (read, read_record, load_corrections):
        try:
            reader(seeds)
        except SeedError as error:
            found += error.faults
    return found


@pytest.mark.parametrize(
    ("name", "do"),
    [
        ("articles/2024-01-15-example-times.TOML", "small letters"),
        ("articles/2024-01-15-example-times.toml.bak", "rename it"),
        ("articles/._2024-01-15-example-times.toml", "without the dot"),
        ("articles/notes", "rename it"),
        ("record/mexico-homicides-2.CSV", "small letters"),
        ("record/.mexico.toml", "without the dot"),
        ("codebok.toml", "rename it to"),
        ("meetings.TOML", "rename it to"),
    ],
)
def test_no_file_is_left_out_unseen(name: str, do: str, seeds: Path) -> None:
    (seeds / name).write_text("a = 1\n", encoding="utf-8")
    found = faults_of(seeds)
    assert [fault.file for fault in found] == [f"seeds/{name}"]
    assert do in found[0].do


def test_a_folder_under_another_name_is_not_left_out_and_a_language_may_wait(seeds: Path) -> None:
    for name in ("artcles", "pt-BR"):
        (seeds / name).mkdir()
    (found,) = faults_of(seeds)
    assert (found.file, found.found, found.do) == (
        "seeds/artcles",
        "a folder that is not read",
        'rename it to "articles"',
    )


def test_a_file_of_macos_gives_a_warning_and_stops_nothing(seeds: Path) -> None:
    (seeds / "articles" / "._2024.toml").write_bytes(b"\x00\x05\x16\x07\x00\x02")
    (seeds / "articles" / ".DS_Store").write_bytes(b"\x00\x00\x00\x01Bud1")
    with pytest.warns(UserWarning, match=r"\._2024\.toml is not read"):
        read(seeds)


@pytest.mark.parametrize("name", ["a\0b", "x" * 300], ids=["a zero byte", "300 letters"])
def test_a_folder_that_cannot_be_is_a_fault(name: str) -> None:
    assert faults_of(Path(name))
