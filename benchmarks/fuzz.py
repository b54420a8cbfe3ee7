"""Change the real files at random and read them: every reader may only load them or say in its own words what is wrong.

    python benchmarks/fuzz.py                         one minute for each family
    python benchmarks/fuzz.py --minutes 10 seeds csv  ten minutes each for two families
    python benchmarks/fuzz.py --seed 7                another series of changes

It prints, for each family, how many inputs were loaded, how many gave an error of ours and how many ended otherwise. An
error counts as ours by its class alone: any other ValueError is a find. Inputs that ended otherwise, or took more than
five seconds, are written to a folder that it names. Once such an input is understood, put it into tests/records/corpus
(seeds, csv), slides/tests/damaged.json (notebooks, plan), or the tests of the reader.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "slides")]

import nbformat  # noqa: E402 these projects may not be installed
from notebook_decks.errors import ExportError  # noqa: E402
from notebook_decks.exporters import export  # noqa: E402
from notebook_decks.publish.plan import plan  # noqa: E402
from notebook_decks.publish.routes import assembled  # noqa: E402
from notebook_decks.publish.settings import PublishError  # noqa: E402

from securitytalks.claims.checks import read_checks  # noqa: E402
from securitytalks.lesson.coding.form import coding_sample  # noqa: E402
from securitytalks.lesson.coding.pasted import CodingError, check_codings, pooled_codings  # noqa: E402
from securitytalks.lesson.exercises import PRACTICE_FILE, change_record, check_article  # noqa: E402
from securitytalks.lesson.messages import NotYetError  # noqa: E402
from securitytalks.lesson.results.results import AnswerError, check_answers, class_answers  # noqa: E402
from securitytalks.official.frames import load_record, load_series  # noqa: E402
from securitytalks.official.series import read_record  # noqa: E402
from securitytalks.records import frames  # noqa: E402
from securitytalks.records.faults import SeedError  # noqa: E402
from securitytalks.records.load import SEEDS, read  # noqa: E402
from securitytalks.words.numbers import FigureError, in_words, printed_value  # noqa: E402

OURS = (AnswerError, CodingError, ExportError, FigureError, NotYetError, PublishError, SeedError)
OUTCOMES = ("loaded", "our error", "other", "slow")
SLOW = 5.0  # seconds of processor time
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


# What a part of a notebook is replaced by: another type, or text that a reader of HTML, Markdown or JSON may trip over.
NODES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, float("nan"), 10**40, "", "x", [], {}, [None], [[]], {"x": None}, [1, "a", {}], {"": {}}),
    *("\ud800", "\0", "&#" + "9" * 4400 + ";", "\ue0020\ue003", "&#xE002;7&#xE003;", "\ue0000\ue001", "a" * 90_000),
    *(
        "`" * 3000,
        "<" * 3000,
        "[" * 3000,
        "](" * 2000,
        "$" * 2001,
        "*_" * 2000,
        "<div>" * 2000,
        "<svg>" * 900,
        "> " * 900,
    ),
    *(
        "<table><tr><th colspan=x>a",
        "<b",
        "<!--",
        "<style>#a{b:c",
        "<script>Plotly.newPlot('a',[",
        "\\begin{a}",
        "&#0;",
    ),
    *(
        "{" * 3000,
        "\x1b[31m",
        "data:image/png;base64,%",
        "attachment:a.png",
        "![a](attachment:a.png)",
        "# a\n# a",
        "%s",
    ),
    *(
        {"bdata": "AAAA", "dtype": "f8"},
        {"bdata": "AAAA", "dtype": "u1", "shape": "200000000, 0"},
        {"bdata": 5, "dtype": 5},
    ),
    *([[[[[[[[[]]]]]]]]], {"a": {"b": {"c": {"d": {"e": {"f": {}}}}}}}, {"data": 5, "layout": 5}, {"steps": [5]}),
)


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 any JSON
    """Give the way to each part of a JSON value, and of a long list to a few parts."""
    if way:
        yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value[:40]) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*way, key))


def damaged(notebook: dict[str, Any], dice: random.Random) -> None:
    """Change one to three parts of a notebook: replace, remove, repeat or rename one, or change a text."""
    for _ in range(dice.randint(1, 3)):
        *way, last = dice.choice(list(places(notebook)))
        holder = notebook
        for key in way:
            holder = holder[key]
        how = dice.randrange(6)
        if how == 0:
            del holder[last]
        elif how == 1 and isinstance(holder, list):
            holder.insert(last, json.loads(json.dumps(holder[last])))
        elif how == 2 and isinstance(holder, dict):
            holder[dice.choice(("", "x", "data", "layout", "type", "text/html", "\ud800"))] = holder.pop(last)
        elif how == 3 and isinstance(holder[last], str):
            text, piece = holder[last], dice.choice([one for one in NODES if isinstance(one, str)])
            at = dice.randrange(len(text) + 1)
            holder[last] = text[:at] + piece + text[at:]
        else:
            holder[last] = json.loads(json.dumps(dice.choice(NODES)))


LOADERS = [getattr(frames, name) for name in dir(frames) if name.startswith("load_")]


class Families:
    """The readers, each with a function that reads one changed input and gives that input."""

    def __init__(self, folder: Path) -> None:
        self.last = ""  # the input that was read last
        self.seeds = Path(shutil.copytree(SEEDS, folder / "seeds"))
        self.passages, self.topics = frames.load_passages(), frames.load_topics()
        sample = coding_sample(self.passages, self.topics)
        lines = [f"{coder},{row.passage},{' '.join(row.settled)}" for coder in "AB" for row in sample.itertuples()]
        self.pasted = "\n".join(["coder,passage,topics", *lines])
        facts = frames.load_facts()
        self.printed = [text for text in facts["as_printed"] if isinstance(text, str)]
        self.ids = list(facts["fact"])
        paths = [*sorted((ROOT / "notebooks").glob("*.ipynb")), *(ROOT / "slides/tests/stranger").glob("*.ipynb")]
        self.notebooks = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        self.guide = next(nb for nb in self.notebooks if (nb["metadata"].get("notebook_decks") or {}).get("routes"))
        self.given = {path.stem: nbformat.read(path, as_version=4) for path in paths}
        self.place = folder / "notebooks"
        self.place.mkdir()
        (folder / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")

    def _one_file(self, pattern: str, readers: list[Callable[[Path], object]], dice: random.Random) -> None:
        path = dice.choice(sorted(self.seeds.rglob(pattern)))
        before = path.read_bytes()
        text = changed(before.decode("utf-8"), dice)
        self.last = f"{path.name}\n{text}"
        try:
            written(path, text, dice)
            for reader in readers:
                reader(self.seeds)
        finally:
            path.write_bytes(before)

    def seeds_files(self, dice: random.Random) -> None:
        """The TOML files of the records and of the official series."""
        self._one_file("*.toml", [read, *LOADERS, read_record, load_series, read_checks], dice)

    def csv(self, dice: random.Random) -> None:
        """The CSV files of the official series."""
        readers = [lambda seeds: [load_record(name, seeds) for name in read_record(seeds)]]
        self._one_file("*.csv", readers, dice)

    def pasted_codings(self, dice: random.Random) -> None:
        """What a class pastes."""
        self.last = changed(self.pasted, dice)
        check_codings(self.last, self.passages, self.topics)
        pooled_codings(self.last, self.passages, self.topics)

    def answers(self, dice: random.Random) -> None:
        """The lines that a class hands in."""
        lines = "\n".join(f"{name}; guess-killed=150,000 people; check-bounds=B" for name in ("Ana", "Ben", "Cleo"))
        self.last = changed(lines, dice)
        check_answers(self.last)
        class_answers(self.last)

    def numbers(self, dice: random.Random) -> None:
        """Printed figures, and figures written in words."""
        self.last = changed(dice.choice(self.printed), dice)
        unit, precision = dice.choice(("people", "share", "rank")), dice.choice(("exact", "about", "most"))
        in_words(printed_value(self.last), precision, unit)

    def exercises(self, dice: random.Random) -> None:
        """What a student changes, and the article that a student writes."""
        path = self.seeds / "articles"
        before = {file: file.read_bytes() for file in path.iterdir()}
        value = dice.choice((*PIECES, 5, -1, 10**400, 0.5, True, None, [], ["arms"], ["\ud800"], {}, float("nan")))
        form = changed((path / "2022-10-14-al-arabiya.toml").read_text(encoding="utf-8").split("[[facts]]", 1)[1], dice)
        self.last = f"{value!r}\n{form}"
        try:
            check_article(self.seeds, f"[[facts]]{form}")
            (path / PRACTICE_FILE).unlink(missing_ok=True)
            change_record(self.seeds, dice.choice(self.ids), **{dice.choice(("value", "note", "topics", "x")): value})
            read(self.seeds)
        finally:
            assert not (path / PRACTICE_FILE).exists(), "check_article left a faulty file behind"
            for file, raw in before.items():
                file.write_bytes(raw)

    def notebook(self, dice: random.Random) -> None:
        """Notebooks handed to the exporter."""
        whole = dice.choice(self.notebooks)
        start = dice.randrange(len(whole["cells"]))
        some = {**whole, "cells": whole["cells"][start : start + dice.randint(1, 3)]}
        self.last = self._damaged_text(some, dice)
        path = self.place / "damaged.ipynb"
        written(path, self.last, dice)
        try:
            done = export(path, kind=dice.choice(("page", "deck")), strict=dice.random() < 0.3)
        except ExportError as error:
            if not (str(error).startswith(str(path)) and str(error).isprintable()):
                raise RuntimeError("an error of ours that does not name the file in one line") from error
            raise
        assert done.rstrip().endswith("</html>"), "half a file"
        done.encode("utf-8")

    def plan(self, dice: random.Random) -> None:
        """The notebooks and the metadata from which publish makes its plan, and the routes that it assembles."""
        path, about = self.place / "damaged.ipynb", self.place.parent / "pyproject.toml"
        some = {**self.guide, "cells": self.guide["cells"][:4]} if dice.random() < 0.5 else self.guide
        text = self._damaged_text({"metadata": self.guide["metadata"], **some}, dice)
        settings = '[project]\nname = "x"\ndescription = "y"\n'
        settings = changed(settings, dice) if dice.random() < 0.2 else settings
        self.last = f"{settings}\n{text}"
        written(path, text, dice)
        written(about, settings, dice)
        found = plan([path])
        assert found.paths
        assert found.zips
        for one in found.notebooks:
            for name, route in one.routes.items():
                assembled(name, route, self.given)

    def _damaged_text(self, notebook: dict[str, Any], dice: random.Random) -> str:
        copy = json.loads(json.dumps(notebook))
        damaged(copy, dice)
        text = json.dumps(copy)
        return changed(text, dice) if dice.random() < 0.1 else text

    def all(self) -> dict[str, Callable[[random.Random], None]]:
        """The families by name."""
        return {
            "seeds": self.seeds_files,
            "csv": self.csv,
            "pasted": self.pasted_codings,
            "numbers": self.numbers,
            "exercises": self.exercises,
            "answers": self.answers,
            "notebooks": self.notebook,
            "plan": self.plan,
        }


def run(name: str, families: Families, minutes: float, seed: int, folder: Path) -> Counter[str]:
    """Read changed inputs for some minutes and count how they end; keep those that end badly."""
    counts: Counter[str] = Counter()
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end or not counts:
        number = counts.total()
        outcome, notes, start = "loaded", "", time.process_time()
        try:
            families.all()[name](random.Random(f"{name} {seed} {number}"))
        except OURS:
            outcome = "our error"
        except Exception:  # what is looked for
            outcome, notes = "other", traceback.format_exc()
        if time.process_time() - start > SLOW:
            outcome = "slow"
        counts[outcome] += 1
        if outcome in ("other", "slow"):
            kept = folder / f"{name}-{number}.txt"
            kept.write_text(f"{notes}\n{families.last}", encoding="utf-8", errors="backslashreplace")
    return counts


def runs(names: list[str], minutes: float, seed: int) -> tuple[dict[str, Counter[str]], str]:
    """Run families by name, all where none is named, and print the counts of each as it ends.

    Gives the counts by family, and a sentence on the inputs that ended badly, or nothing. Logging is off meanwhile: the
    exporter names each thing that it shows in a lesser form. Ends the program for a name that no family has.
    """
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    families = Families(folder)
    known = list(families.all())
    if unknown := sorted(set(names) - set(known)):
        shutil.rmtree(folder)
        raise SystemExit(f"There is no family {', '.join(unknown)}; allowed are {', '.join(known)}.")
    found = {}
    for name in names or known:
        found[name] = run(name, families, minutes, seed, folder)
        print(f"{name:10}", *(f"{found[name][outcome]:>6} {outcome}" for outcome in OUTCOMES), flush=True)
    if bad := sum(counts[outcome] for counts in found.values() for outcome in ("other", "slow")):
        return found, f"{bad} inputs that ended badly are in {folder}."
    shutil.rmtree(folder)
    return found, ""


def main() -> str:
    """Run the families that were asked for; a sentence where anything ended otherwise than it should."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "family",
        nargs="*",
        help="seeds, csv, pasted, answers, numbers, exercises, notebooks, plan; all if none is named",
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="for each family")
    parser.add_argument("--seed", type=int, default=0, help="another number gives other changes")
    asked = parser.parse_args()
    return runs(asked.family, asked.minutes, asked.seed)[1]


if __name__ == "__main__":
    sys.exit(main() or 0)
