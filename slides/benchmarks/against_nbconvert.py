"""Measure our deck against nbconvert's own of the same notebook, in one run, taking turns; print the ratios.

    python benchmarks/against_nbconvert.py [--npm node_modules] [--bundles node_modules] [--write]

nbconvert's own is what a teacher gets who knows all its settings: its reveal template, and the notebook run with
PLOTLY_RENDERER=notebook, without which no chart is in it. `--npm` is needed to measure it as with a network (see
stand_in.py); `--bundles` names a folder with npm's smaller builds of plotly.js (plotly.js-cartesian-dist-min), with
which our deck is measured a second time. Times are medians over rounds; the first round does not count.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path

from notebook_decks.browser import chromium
from notebook_decks.exporters import export
from notebook_decks.stills import stills
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from stand_in import missing, network

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results.md")
NOTEBOOK = ROOT / "notebooks" / "02-how-many-deaths.ipynb"
PEER, OURS, PUBLISHED, SMALLER = "nbconvert's own", "ours", "ours, published", "ours, published, smaller plotly.js"
NETWORKS = {"none": "no network", "at once": "a network that answers at once", "never": "a network that never answers"}
STEPS = 6  # key presses
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--ignore-certificate-errors"]
NBCONVERT = [sys.executable, "-m", "jupyter", "nbconvert"]


@dataclass
class Deck:
    """One of the decks that are compared: how it is exported, and its files."""

    name: str
    command: list[str]  # without the notebook
    source: Path
    folder: Path
    env: dict[str, str]
    places: dict[str, str] = field(default_factory=dict)  # of the first chart, of the first notes

    def export(self, *more: str, stem: str = "deck") -> Path:
        """Export it with its own command."""
        target = ["--output-dir", str(self.folder), "--output", stem]
        command = [*NBCONVERT, *self.command, *more, *target, str(self.source)]
        subprocess.run(command, cwd=self.folder, env=os.environ | self.env, check=True, capture_output=True)
        return self.folder / f"{stem}.slides.html"

    @property
    def file(self) -> Path:
        """The deck."""
        return self.folder / "deck.slides.html"

    @property
    def with_notes(self) -> Path:
        """The deck with the speaker's notes; nbconvert's own has them in the same file."""
        return self.folder / ("deck.slides.html" if self.name == PEER else "teacher.slides.html")


@dataclass
class Facts:
    """What is known of the notebook."""

    charts: int
    notes: str  # the first words of the first notes


def facts(notebook: Path) -> Facts:
    """Count the charts that a deck shows, and find the first notes."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    kinds = [(cell["metadata"].get("slideshow") or {}).get("slide_type") for cell in cells]
    shown = [cell for cell, kind in zip(cells, kinds, strict=True) if kind not in {"skip", "notes"}]
    charts = sum("application/vnd.plotly.v1+json" in o.get("data", {}) for c in shown for o in c.get("outputs", []))
    notes = next("".join(cell["source"]) for cell, kind in zip(cells, kinds, strict=True) if kind == "notes")
    return Facts(charts, " ".join(re.sub(r"[*_`#]", "", notes).split()[:4]))


def decks(notebook: Path, home: Path, bundles: Path | None) -> list[Deck]:
    """Make the decks that are compared."""
    run = home / "run" / notebook.name
    run.parent.mkdir(parents=True)
    execute = ["--to", "notebook", "--execute", "--output", str(run), str(notebook)]
    env = os.environ | {"PLOTLY_RENDERER": "notebook"}
    subprocess.run([*NBCONVERT, *execute], env=env, cwd=notebook.parent, check=True, capture_output=True)
    made = [Deck(PEER, ["--to", "slides", "--template", "reveal"], run, home / "peer", {})]
    made += [Deck(OURS, ["--to", "deck"], notebook, home / "ours", {"PLOTLY_BUNDLES": ""})]
    for deck in made:
        deck.folder.mkdir()
        deck.export()
    made[1].export("--Audience.audience=teacher", stem="teacher")
    made += [published(PUBLISHED, notebook, home / "published", "")]
    return made + ([published(SMALLER, notebook, home / "smaller", str(bundles.resolve()))] if bundles else [])


def published(name: str, notebook: Path, folder: Path, bundles: str) -> Deck:
    """Make a deck as `publish` does: with a picture of each chart, seen until the chart is drawn."""
    deck = Deck(name, [], notebook, folder, {})
    folder.mkdir()
    pictures = stills(export(notebook, kind="deck", audience="teacher", bundles=bundles))
    for path, audience in ((deck.file, "class"), (deck.with_notes, "teacher")):
        text = export(notebook, kind="deck", audience=audience, bundles=bundles, stills=pictures)
        path.write_text(text, encoding="utf-8")
    return deck


class Room:
    """A browser on one of the networks."""

    def __init__(self, browser: Browser, known: Facts, patience: float) -> None:
        self.browser = browser
        self.patience = patience
        watch = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
        self.watch = watch.replace("WANTED", str(known.charts))
        self.known = known

    @contextlib.contextmanager
    def page(self) -> Iterator[Page]:
        """Give a page in a fresh profile."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 720}, ignore_https_errors=True)
        context.set_default_timeout(self.patience * 1000)
        context.add_init_script(self.watch)
        try:
            yield context.new_page()
        finally:
            context.close()

    def until(self, page: Page, expression: str) -> float | None:
        """Wait for a value in the page; None where it does not come."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:  # Playwright's own waiting compiles code in the page, which ours forbids
            with contextlib.suppress(PlaywrightError):  # a page that is just being opened
                found = page.evaluate(expression)
                if found:
                    return found
            page.wait_for_timeout(20)
        return None

    def find_places(self, deck: Deck) -> None:
        """Find the slides of the first chart and of the first notes."""
        for file, name, ask in (
            (deck.file, "chart", "told.placeOfChart()"),
            (deck.with_notes, "notes", f"told.placeOfNotes({json.dumps(self.known.notes)})"),
        ):
            with self.page() as page:
                page.goto(file.as_uri())
                deck.places[name] = page.evaluate(ask)

    def first_paint(self, deck: Deck) -> float | None:
        """Milliseconds until the first slide is seen as a slide."""
        with self.page() as page:
            page.goto(deck.file.as_uri(), wait_until="commit")
            return self.until(page, "told.painted")

    def chart(self, deck: Deck) -> tuple[float | None, float | None]:
        """Milliseconds until the first chart is on its slide, and until a picture of it is: a still one, or itself."""
        with self.page() as page:
            page.goto(deck.file.as_uri() + deck.places["chart"], wait_until="commit")
            live = self.until(page, "told.chart")
            return live, page.evaluate("told.still") or live

    def all_charts(self, deck: Deck) -> float | None:
        """Milliseconds until the view that is printed has every chart."""
        with self.page() as page:
            page.goto(deck.file.as_uri() + "?print-pdf", wait_until="commit")
            return self.until(page, "told.all")

    def step(self, deck: Deck) -> float | None:
        """Milliseconds from a key to the first frame of the next slide."""
        with self.page() as page:
            page.goto(deck.file.as_uri(), wait_until="commit")
            if self.until(page, "!!document.querySelector('.reveal .slides section.present')") is None:
                return None
            page.wait_for_timeout(1500)
            for _ in range(STEPS):
                page.keyboard.press("PageDown")
                page.wait_for_timeout(300)
            taken = page.evaluate("told.steps")
            return statistics.median(taken) if taken else None

    def notes(self, deck: Deck) -> float | None:
        """Milliseconds from the key S to the first words in the speaker's view."""
        with self.page() as page:
            page.goto(deck.with_notes.as_uri() + deck.places["notes"], wait_until="commit")
            if self.until(page, "!!document.querySelector('.reveal .slides section.present')") is None:
                return None
            page.wait_for_timeout(1500)
            began = time.monotonic()
            try:
                with page.expect_popup(timeout=4000) as opened:
                    page.keyboard.press("s")
            except PlaywrightError:
                return None
            words = json.dumps(self.known.notes)
            seen = f"document.body && document.body.innerText.replace(/\\s+/g, ' ').includes({words})"
            return (time.monotonic() - began) * 1000 if self.until(opened.value, seen) else None

    def requests(self, deck: Deck) -> int:
        """Count what a deck asks for outside its own file, while it is opened and paged through."""
        asked = []
        with self.page() as page:
            page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else asked.append(r.url))
            page.goto(deck.file.as_uri(), wait_until="commit")
            page.wait_for_timeout(4000)
            for _ in range(STEPS):
                page.keyboard.press("PageDown")
                page.wait_for_timeout(100)
        return len(asked)


MEASURES = {
    ("first slide painted, ms",): Room.first_paint,
    ("first chart on its slide, ms", "a picture of it, still or live, ms"): Room.chart,
    ("all charts in the printed view, ms",): Room.all_charts,
    ("key to the next slide's first frame, ms",): Room.step,
    ("speaker view, first note, ms",): Room.notes,
}
ON_A_BAD_NETWORK = (Room.first_paint, Room.chart)
Value = float | None
Row = dict[str, Value]  # by deck
Table = dict[str, Row]  # by measure


def in_turn(
    made: list[Deck], rounds: int, names: tuple[str, ...], measure: Callable[[Deck], Value | tuple[Value, ...]]
) -> Table:
    """Measure each deck in each round, one after the other; give the medians. A round before does not count."""
    found: dict[str, list[tuple[Value, ...]]] = {deck.name: [] for deck in made}
    for number in range(rounds + 1):
        for deck in made:
            print(f"{names[0]}: {deck.name}, round {number}", file=sys.stderr)
            before = found[deck.name]
            # What never came in the round that does not count is not waited for again.
            told = before[0] if before and before[0][0] is None else measure(deck)
            before.append(told if isinstance(told, tuple) else (told,))
    return {
        name: {deck: _median([values[at] for values in rows[1:]]) for deck, rows in found.items()}
        for at, name in enumerate(names)
    }


def _median(values: list[Value]) -> Value:
    held = [value for value in values if value is not None]
    return statistics.median(held) if len(held) * 2 > len(values) else None


def on_network(playwright: Playwright, kind: str, made: list[Deck], known: Facts, words: argparse.Namespace) -> Table:
    """Measure all decks on one network."""
    with network(kind, words.npm) as rule:
        flags = [*FLAGS, f"--host-resolver-rules={rule}"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        room = Room(browser, known, words.patience)
        if kind == "none":
            for deck in made:
                room.find_places(deck)
        table: Table = {}
        if kind != "never":
            table["requests"] = {deck.name: room.requests(deck) for deck in made}
        for names, measure in MEASURES.items():
            if kind != "never" or measure in ON_A_BAD_NETWORK:
                table |= in_turn(made, words.rounds, names, partial(measure, room))
        browser.close()
    return table


def of_files(made: list[Deck], rounds: int) -> Table:
    """Weigh the files, and time the export of a notebook that was run."""

    def timed(deck: Deck) -> float:
        if not deck.command:
            return math.nan  # see publishing.py
        began = time.monotonic()
        deck.export(stem="again")
        return (time.monotonic() - began) * 1000

    return {
        "file, kB": {deck.name: deck.file.stat().st_size / 1000 for deck in made},
        "file, packed with gzip, kB": {d.name: len(gzip.compress(d.file.read_bytes(), 9)) / 1000 for d in made},
        **in_turn(made, rounds, ("export of a notebook that was run, ms",), timed),
    }


def machine(browser: str) -> str:
    """Describe the machine, without its name."""
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    packages = ", ".join(f"{name} {version(name)}" for name in ("nbconvert", "plotly", "sphinx-revealjs"))
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors{memory}, no graphics card; "
        f"Chromium {browser}, headless, 1280x720; Python {platform.python_version()}, {packages}."
    )


def as_text(table: Table, names: list[str]) -> str:
    """Write a table: each deck's number, and its ratio to nbconvert's own."""
    head = [PEER, *(column for name in names[1:] for column in (name, "ratio"))]
    lines = [f"| measure | {' | '.join(head)} |", f"|---|{'--:|' * len(head)}"]
    for measure, row in table.items():
        if all(row[name] is None for name in names):
            continue
        cells = [_number(row[PEER])]
        for name in names[1:]:
            both = row[PEER] and row[name] is not None and not math.isnan(row[name])
            cells += [_number(row[name]), f"{row[name] / row[PEER]:.2f}" if both else ""]
        lines.append(f"| {measure} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _number(value: Value) -> str:
    return "never" if value is None else "" if math.isnan(value) else f"{value:,.0f}"


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--notebook", type=Path, default=NOTEBOOK, help="a notebook that was run, with charts and notes"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--patience", type=float, default=15, help="seconds after which a thing counts as not happening"
    )
    parser.add_argument("--npm", type=Path, help="folder of npm packages that stand in for the network")
    parser.add_argument("--bundles", type=Path, help="folder of npm's smaller builds of plotly.js")
    parser.add_argument("--write", action="store_true", help=f"write the results into {RESULTS.name}")
    return parser.parse_args()


def report(words: argparse.Namespace, home: Path) -> str:
    """Measure everything and tell it."""
    known = facts(words.notebook)
    made = decks(words.notebook.resolve(), home, words.bundles)
    names = [deck.name for deck in made]
    parts = [f"## Files\n\n{as_text(of_files(made, words.rounds), names)}"]
    lacking = missing(words.npm)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        about = machine(browser.version)
        browser.close()
        for kind, name in NETWORKS.items():
            if kind == "at once" and lacking:
                parts.append(f"## On {name}\n\nNot measured: {', '.join(lacking)} is missing.")
                continue
            parts.append(f"## On {name}\n\n{as_text(on_network(playwright, kind, made, known, words), names)}")
    head = HEAD.format(
        notebook=words.notebook.name, charts=known.charts, rounds=words.rounds, about=about, patience=words.patience
    )
    return head + "\n\n".join(parts) + "\n"


HEAD = """# Our deck against nbconvert's own

Written by `benchmarks/against_nbconvert.py` from one run, in which the decks took turns.
Notebook: `{notebook}`, with {charts} charts. Medians of {rounds} rounds. A ratio below 1 is in our favour.
"never" is what did not come within {patience:.0f} seconds. nbconvert's own deck is made with PLOTLY_RENDERER=notebook:
without it no chart is in the deck. "A network that answers at once" has every file it asks for on the same machine, so
real ones are slower. Our deck draws a chart when its slide, or the one before, is shown, so all charts are timed in the
view for printing. "Ours" is what `jupyter nbconvert --to slides` gives here; "published" has a picture of each chart
besides.

{about}

"""


def main() -> None:
    """Run the benchmark."""
    words = options()
    if chromium() is None:
        sys.exit("No Chromium was found: install one, or name one in CHROMIUM.")
    home = Path(tempfile.mkdtemp())
    try:
        told = report(words, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(told)
    if words.write:
        RESULTS.write_text(told, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
