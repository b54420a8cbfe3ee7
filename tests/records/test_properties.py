"""Whatever a file or a paste holds, a reader gives records or an error of ours. The longer run: benchmarks/fuzz.py."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.seeds import ROOT, copy_seeds

from securitytalks.lesson.coding.pasted import CodingError, check_codings, pooled_codings
from securitytalks.official.series import read_record
from securitytalks.records.faults import Faults, SeedError
from securitytalks.records.files import read_toml
from securitytalks.records.frames import load_passages, load_topics
from securitytalks.records.load import read
from securitytalks.words.numbers import in_words, printed_value

SPEC = importlib.util.spec_from_file_location("fuzz", ROOT / "benchmarks" / "fuzz.py")
assert SPEC is not None
assert SPEC.loader is not None
FUZZ = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(FUZZ)

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
few = settings(max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=SLOW)
many = settings(max_examples=40, derandomize=True, deadline=None, database=None, suppress_health_check=SLOW)
CHANGES = st.integers(0, 10**6)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the seeds, which each example changes and puts back."""
    return copy_seeds(tmp_path_factory.mktemp("properties"))


def error_of(kind: type[Exception], function: Callable[[Any], object], given: object) -> str | None:
    """What a function says where it raises this kind of exception; None where it raises none."""
    try:
        function(given)
    except kind as error:
        return str(error)
    return None


@many
@given(raw=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_read_as_toml_or_are_a_fault(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    seeds = tmp_path_factory.getbasetemp() / "seeds"
    seeds.mkdir(exist_ok=True)
    path, faults = seeds / "x.toml", Faults(seeds)
    path.write_bytes(raw)
    assert (read_toml(path, faults) is not None) or faults.all


def read_with_a_change(
    number: int, seeds: Path, files: str, reader: Callable[[Path], object]
) -> tuple[Path, str | None]:
    """Read the seeds while one file of a pattern is changed; give the file and the text of our error, or None."""
    dice = random.Random(number)
    path = dice.choice(sorted(seeds.glob(files)))
    before = path.read_bytes()
    try:
        FUZZ.written(path, FUZZ.changed(before.decode("utf-8"), dice), dice)
        return path, error_of(SeedError, reader, seeds)
    finally:
        path.write_bytes(before)


@few
@given(number=CHANGES)
def test_changed_records_are_read_or_are_faults(number: int, seeds: Path) -> None:
    path, said = read_with_a_change(number, seeds, "articles/*.toml", read)
    assert said is None or path.name in said


@few
@given(number=CHANGES)
def test_changed_series_are_read_or_are_faults(number: int, seeds: Path) -> None:
    path, said = read_with_a_change(number, seeds, "record/*.csv", read_record)
    assert said is None or path.stem in said


@few
@given(lines=st.lists(st.lists(st.text(max_size=12), max_size=4).map(",".join), max_size=4))
def test_any_paste_is_read_or_is_a_fault(lines: list[str]) -> None:
    passages, topics = load_passages(), load_topics()
    text = "\n".join(["coder,passage,topics", *lines])
    with suppress(CodingError):
        pooled_codings(text, passages, topics)
    assert check_codings(text, passages, topics).data


WORDS = st.one_of(st.sampled_from([*FUZZ.PIECES, "tens", "of", "dozen", "a", "70,000"]), st.text(max_size=5))


@many
@given(words=st.lists(WORDS))
def test_any_words_give_one_figure_or_say_why_not(words: list[str]) -> None:
    text = " ".join(words)
    said = error_of(ValueError, printed_value, text)
    if said is None:
        assert 0 <= printed_value(text) <= 10**15
        assert in_words(printed_value(text), "exact", "people")
    else:
        assert "figure" in said
        assert said.isprintable()


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "corpus").iterdir()), ids=lambda path: path.name)
def test_what_once_ended_in_another_exception_is_a_fault_now(path: Path, tmp_path: Path) -> None:
    seeds = copy_seeds(tmp_path)
    name = path.name.partition("--")[2]
    folder = "record" if name.endswith(".csv") else "articles"
    (seeds / folder / name).write_bytes(path.read_bytes())
    with pytest.raises(SeedError) as raised:
        (read_record if folder == "record" else read)(seeds)
    assert name in str(raised.value)
    assert len(str(raised.value)) < 100_000
