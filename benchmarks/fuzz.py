"""Change the real files at random and read them: every reader may only load them or say in its own words what is wrong.

    python benchmarks/fuzz.py                         one minute for each family
    python benchmarks/fuzz.py --minutes 10 seeds csv  ten minutes each for two families
    python benchmarks/fuzz.py --seed 7                another series of changes

It prints, for each family, how many inputs were loaded, how many gave an error of ours and how many ended otherwise.
Inputs that ended otherwise, or took more than five seconds, are written to a folder that it names. Put such an input
into tests/records/corpus (seeds, csv) or tests/records/corpus/pasted.toml (pasted) once it is understood.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from securitytalks.claims.checks import read_checks  # noqa: E402 this project may not be installed
from securitytalks.lesson.coding.form import coding_sample  # noqa: E402
from securitytalks.lesson.coding.pasted import CodingError, check_codings, pooled_codings  # noqa: E402
from securitytalks.lesson.exercises import PRACTICE_FILE, change_record, check_article  # noqa: E402
from securitytalks.official.frames import load_record, load_series  # noqa: E402
from securitytalks.official.series import read_record  # noqa: E402
from securitytalks.records import frames  # noqa: E402
from securitytalks.records.faults import SeedError  # noqa: E402
from securitytalks.records.load import SEEDS, read  # noqa: E402
from securitytalks.words.numbers import in_words, printed_value  # noqa: E402

SLOW = 5.0  # seconds
PIECES = (
    *("", " ", "\n", "\t", "\0", '"', '"""', "'", "[", "]", "[[", "]]", "{", "}", "=", ",", ";", ".", "#", "-", "\\"),
    *("nan", "-inf", "-0.0", "1e308", "0xffff", "9" * 20, "9" * 5000, "0.5", "true", "2021-02-30", "9999-12-31"),
    *("07:32:00", "2021-10-08T10:00:00Z", "[facts]", "[[facts]]", "[article]", "facts = [5]", "article = 1", "x = {}"),
    *("[[]]", "a." * 40 + "b = 1", "\u200b", "\u202e", "\u0435", "\ufeff", "\U0001f600", "\u2028", "\r", "=1+1"),
    *("most", "half", "two-thirds", "$3 billion", "trillion " * 40, "javascript:x", "../..", "``````", "<b>", "&amp;"),
)


def changed(text: str, dice: random.Random) -> str:
    """Change a text at one to four places: insert, remove, repeat, swap, or put another value there."""
    for _ in range(dice.randint(1, 4)):
        lines = text.split("\n")
        at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.choice((0, 1, 1, 5, 50, 500)))
        way = dice.randrange(8)
        if way == 0:
            text = text[:start] + dice.choice(PIECES) + text[end:]
        elif way == 1:
            text = text[:start] + text[end:]
        elif way == 2:
            text = text[:end] + text[start:]
        elif way == 3 and " = " in lines[at]:
            lines[at] = f"{lines[at].split(' = ')[0]} = {dice.choice(PIECES)}"
        elif way == 4 and " = " in lines[at] and " = " in lines[other]:
            lines[at] = f"{lines[at].split(' = ')[0]} = {lines[other].split(' = ', 1)[1]}"
        elif way == 5:
            lines[at], lines[other] = lines[other], lines[at]
        elif way == 6:
            cells = lines[at].split(",")
            cells[dice.randrange(len(cells))] = dice.choice(PIECES)
            lines[at] = ",".join(cells)
        else:
            lines.insert(at, lines[other])
        if way >= 3:
            text = "\n".join(lines)
    return text


def written(path: Path, text: str, dice: random.Random) -> None:
    """Write a text, now and then with a byte that is not UTF-8."""
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    if raw and dice.random() < 0.02:
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    path.write_bytes(raw)


LOADERS = [getattr(frames, name) for name in dir(frames) if name.startswith("load_")]


class Families:
    """The readers, each with a function that reads one changed input and gives that input."""

    def __init__(self, folder: Path) -> None:
        self.seeds = Path(shutil.copytree(SEEDS, folder / "seeds"))
        self.passages, self.topics = frames.load_passages(), frames.load_topics()
        sample = coding_sample(self.passages, self.topics)
        lines = [f"{coder},{row.passage},{' '.join(row.settled)}" for coder in "AB" for row in sample.itertuples()]
        self.pasted = "\n".join(["coder,passage,topics", *lines])
        facts = frames.load_facts()
        self.printed = [text for text in facts["as_printed"] if isinstance(text, str)]
        self.ids = list(facts["fact"])

    def _one_file(self, pattern: str, readers: list[Callable[[Path], object]], dice: random.Random) -> str:
        path = dice.choice(sorted(self.seeds.rglob(pattern)))
        before = path.read_bytes()
        text = changed(before.decode("utf-8"), dice)
        try:
            written(path, text, dice)
            for reader in readers:
                reader(self.seeds)
        except Exception as error:
            error.add_note(f"{path.name}\n{text}")
            raise
        finally:
            path.write_bytes(before)
        return text

    def seeds_files(self, dice: random.Random) -> None:
        """The TOML files of the records and of the official series."""
        self._one_file("*.toml", [read, *LOADERS, read_record, load_series, read_checks], dice)

    def csv(self, dice: random.Random) -> None:
        """The CSV files of the official series."""
        readers = [lambda seeds: [load_record(name, seeds) for name in read_record(seeds)]]
        self._one_file("*.csv", readers, dice)

    def pasted_codings(self, dice: random.Random) -> None:
        """What a class pastes."""
        text = changed(self.pasted, dice)
        try:
            check_codings(text, self.passages, self.topics)
            pooled_codings(text, self.passages, self.topics)
        except Exception as error:
            error.add_note(text)
            raise

    def numbers(self, dice: random.Random) -> None:
        """Printed figures, and figures written in words."""
        text = changed(dice.choice(self.printed), dice)
        try:
            unit, precision = dice.choice(("people", "share", "rank")), dice.choice(("exact", "about", "most"))
            in_words(printed_value(text), precision, unit)
        except ValueError as error:
            if not any(sign in str(error) for sign in ("no figure", "more than one figure", "a figure of more than")):
                error.add_note(text)
                raise RuntimeError(str(error)) from error
            raise
        except Exception as error:
            error.add_note(text)
            raise

    def exercises(self, dice: random.Random) -> None:
        """What a student changes, and the article that a student writes."""
        path = self.seeds / "articles"
        before = {file: file.read_bytes() for file in path.iterdir()}
        value = dice.choice((*PIECES, 5, -1, 10**400, 0.5, True, None, [], ["arms"], ["\ud800"], {}, float("nan")))
        form = changed((path / "2022-10-14-al-arabiya.toml").read_text(encoding="utf-8").split("[[facts]]", 1)[1], dice)
        try:
            check_article(self.seeds, f"[[facts]]{form}")
            (path / PRACTICE_FILE).unlink(missing_ok=True)
            change_record(self.seeds, dice.choice(self.ids), **{dice.choice(("value", "note", "topics", "x")): value})
            read(self.seeds)
        except Exception as error:
            error.add_note(f"{value!r}\n{form}")
            raise
        finally:
            assert not (path / PRACTICE_FILE).exists(), "check_article left a faulty file behind"
            for file, raw in before.items():
                file.write_bytes(raw)

    def all(self) -> dict[str, Callable[[random.Random], None]]:
        """The families by name."""
        return {
            "seeds": self.seeds_files,
            "csv": self.csv,
            "pasted": self.pasted_codings,
            "numbers": self.numbers,
            "exercises": self.exercises,
        }


def run(name: str, one: Callable[[random.Random], None], minutes: float, seed: int, folder: Path) -> Counter[str]:
    """Read changed inputs for some minutes and count how they end; keep those that end badly."""
    counts: Counter[str] = Counter()
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        number = counts.total()
        outcome, notes, start = "loaded", "", time.monotonic()
        try:
            one(random.Random(f"{name} {seed} {number}"))
        except (SeedError, CodingError):
            outcome = "our error"
        except ValueError as error:
            outcome = "our error" if name in ("numbers", "exercises") and str(error).isprintable() else "other"
            notes = traceback.format_exc()
        except Exception:  # what is looked for
            outcome, notes = "other", traceback.format_exc()
        if time.monotonic() - start > SLOW:
            outcome = "slow"
        counts[outcome] += 1
        if outcome in ("other", "slow"):
            kept = folder / f"{name}-{number}.txt"
            kept.write_text(notes, encoding="utf-8", errors="backslashreplace")
    return counts


def main() -> int:
    """Run the families that were asked for; 1 where anything ended otherwise than it should."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family", nargs="*", help="seeds, csv, pasted, numbers, exercises; all if none is named")
    parser.add_argument("--minutes", type=float, default=1.0, help="for each family")
    parser.add_argument("--seed", type=int, default=0, help="another number gives other changes")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    families = Families(folder).all()
    unknown = sorted(set(asked.family) - set(families))
    if unknown:
        parser.error(f"no family {', '.join(unknown)}; there are {', '.join(families)}")
    bad = 0
    for name in asked.family or families:
        counts = run(name, families[name], asked.minutes, asked.seed, folder)
        bad += counts["other"] + counts["slow"]
        columns = (f"{counts[outcome]:>6} {outcome}" for outcome in ("loaded", "our error", "other", "slow"))
        print(f"{name:10}", *columns, flush=True)
    if bad:
        print(f"{bad} inputs are kept in {folder}")
    else:
        shutil.rmtree(folder)
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main())
