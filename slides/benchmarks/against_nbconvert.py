"""Measure our deck beside nbconvert's own of the same notebook, in one run, taking turns; print the table of goals.

    python slides/benchmarks/against_nbconvert.py [--npm FOLDER] [--write]

nbconvert's deck is measured at its best: its reveal template, the notebook run with PLOTLY_RENDERER=notebook (without
which no chart is in it), and every file that it fetches on this machine. For that the command installs reveal.js,
RequireJS and jQuery from npm into a temporary folder; `--npm` names a folder where they are already:

    npm install reveal.js@4.0.2 requirejs@2.1.22 jquery@2.1.4

Times are medians over rounds; the first round does not count. Let nothing else run on the machine.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from notebook_decks.browser import chromium
from notebook_decks.exporters import export
from notebook_decks.stills import stills
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("README.md")
NOTEBOOK = ROOT / "notebooks" / "02-how-many-deaths.ipynb"
PEER, OURS, PUBLISHED = "nbconvert's own", "ours", "ours, published"
PACKAGES = ("reveal.js@4.0.2", "requirejs@2.1.22", "jquery@2.1.4")
STEPS = 6  # key presses
SLOWER = 6  # times, for a weak computer
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--allow-file-access-from-files"]
FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND"]
NBCONVERT = [sys.executable, "-m", "jupyter", "nbconvert"]

FILE = "file, kB"
EXPORT = "export of a notebook that was run, ms"
REQUESTS = "requests for files elsewhere"
PAINTED = "first slide painted, ms"
STILL = "a picture of the first chart, ms"
LIVE = "live chart on its slide, ms"
ALL = "all charts in the print view, ms"
STEP = "key to the next slide's first frame, ms"
FREEZE = f"longest freeze, {SLOWER} times slower, ms"
SLOW_LIVE = f"live chart on its slide, {SLOWER} times slower, ms"
RATIOS = {FILE: 0.25, LIVE: 0.30, ALL: 0.5, PAINTED: 0.10}  # goals for the published deck, as ratios to nbconvert's
MOST = {FREEZE: 1000, SLOW_LIVE: 4000}  # goals for the published deck, in ms

Value = float | None  # None for what did not come; NaN for what is not measured
Row = dict[str, Value]  # by deck
Table = dict[str, Row]  # by measure


@dataclass
class Deck:
    """One of the decks that are compared: how it is exported, and its file."""

    name: str
    command: list[str]  # without the notebook
    source: Path
    folder: Path
    chart: str = field(default="", init=False)  # the address of the slide with the first chart

    @property
    def file(self) -> Path:
        """The deck."""
        return self.folder / "deck.slides.html"

    def export(self, stem: str = "deck") -> None:
        """Export it with its own command."""
        target = ["--output-dir", str(self.folder), "--output", stem]
        subprocess.run([*NBCONVERT, *self.command, *target, str(self.source)], check=True, capture_output=True)


def decks(notebook: Path, home: Path, npm: Path) -> list[Deck]:
    """Make the decks that are compared."""
    run = home / "run" / notebook.name
    run.parent.mkdir(parents=True)
    execute = ["--to", "notebook", "--execute", "--NotebookExporter.preprocessors=[]", "--output", str(run)]
    env = os.environ | {"PLOTLY_RENDERER": "notebook"}
    subprocess.run([*NBCONVERT, *execute, str(notebook)], env=env, cwd=notebook.parent, check=True, capture_output=True)
    parts = {
        "SlidesExporter.reveal_url_prefix": "reveal.js",
        "HTMLExporter.require_js_url": "requirejs/require.js",
        "HTMLExporter.jquery_url": "jquery/dist/jquery.min.js",
    }
    near = [f"--{setting}={(npm / 'node_modules' / place).as_uri()}" for setting, place in parts.items()]
    own = ["--to", "slides", "--SlidesExporter.template_name=reveal", "--HTMLExporter.mathjax_url="]
    made = [Deck(PEER, [*own, *near], run, home / "peer"), Deck(OURS, ["--to", "deck"], notebook, home / "ours")]
    for deck in made:
        deck.folder.mkdir()
        deck.export()
    published = Deck(PUBLISHED, [], notebook, home / "published")
    published.folder.mkdir()
    pictures = stills(export(notebook, kind="deck", audience="teacher"))
    published.file.write_text(export(notebook, kind="deck", audience="class", stills=pictures), encoding="utf-8")
    return [*made, published]


def charts_of(notebook: Path) -> int:
    """Count the charts that a deck shows."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    shown = [c for c in cells if (c["metadata"].get("slideshow") or {}).get("slide_type") not in {"skip", "notes"}]
    return sum("application/vnd.plotly.v1+json" in o.get("data", {}) for c in shown for o in c.get("outputs", []))


class Room:
    """A browser, and what can be measured in it."""

    def __init__(self, browser: Browser, patience: float) -> None:
        self.browser = browser
        self.patience = patience
        self.watch = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")

    @contextlib.contextmanager
    def page(self, deck: Deck, place: str = "", *, slower: float = 1) -> Iterator[Page]:
        """Open a deck in a fresh profile."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 720})
        context.set_default_timeout(self.patience * 1000)
        context.add_init_script(self.watch)
        page = context.new_page()
        if slower > 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        try:
            page.goto(deck.file.as_uri() + place, wait_until="commit")
            yield page
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

    def find_chart(self, deck: Deck) -> None:
        """Find the slide of the first chart."""
        with self.page(deck) as page:
            page.wait_for_load_state("load")
            deck.chart = page.evaluate("seen.placeOfChart()")

    def first_paint(self, deck: Deck) -> tuple[Value, ...]:
        """Time the first slide that is seen as a slide."""
        with self.page(deck) as page:
            return (self.until(page, "seen.painted"),)

    def chart(self, deck: Deck) -> tuple[Value, ...]:
        """Time the first chart on its slide, and a picture of it: a still one, or the chart itself."""
        with self.page(deck, deck.chart) as page:
            live = self.until(page, "seen.chart")
            return live, page.evaluate("seen.still") or live

    def all_charts(self, deck: Deck) -> tuple[Value, ...]:
        """Time the view that is printed, until it has every chart."""
        with self.page(deck, "?print-pdf") as page:
            return (self.until(page, "seen.all"),)

    def step(self, deck: Deck) -> tuple[Value, ...]:
        """Time a key until the first frame of the next slide."""
        with self.page(deck) as page:
            if self.until(page, "!!document.querySelector('.reveal .slides section.present')") is None:
                return (None,)
            page.wait_for_timeout(1500)
            for _ in range(STEPS):
                page.keyboard.press("PageDown")
                page.wait_for_timeout(300)
            taken = page.evaluate("seen.steps")
            return (statistics.median(taken) if taken else None,)

    def slow(self, deck: Deck) -> tuple[Value, ...]:
        """Time the first chart on a weak computer, and the longest time in which the page did not react."""
        with self.page(deck, deck.chart, slower=SLOWER) as page:
            live = self.until(page, "seen.chart")
            page.wait_for_timeout(3000)  # what is prepared after the chart can freeze the page too
            return page.evaluate("seen.freeze"), live

    def requests(self, deck: Deck) -> int:
        """Count what a deck asks for outside its own file, while it is opened and paged through."""
        asked: list[str] = []
        with self.page(deck) as page:
            own = (deck.file.as_uri(), "data:", "blob:")
            page.on("request", lambda r: None if r.url.startswith(own) else asked.append(r.url))
            page.goto(deck.file.as_uri(), wait_until="commit")  # a reload fails where the page is still being opened
            page.wait_for_timeout(4000)
            for _ in range(STEPS):
                page.keyboard.press("PageDown")
                page.wait_for_timeout(100)
        return len(asked)


MEASURES: dict[tuple[str, ...], Callable[[Room, Deck], tuple[Value, ...]]] = {
    (PAINTED,): Room.first_paint,
    (LIVE, STILL): Room.chart,
    (ALL,): Room.all_charts,
    (STEP,): Room.step,
    (FREEZE, SLOW_LIVE): Room.slow,
}


def in_turn(
    made: list[Deck], rounds: int, names: tuple[str, ...], measure: Callable[[Deck], tuple[Value, ...]]
) -> Table:
    """Measure each deck in each round, one after the other; give the medians. A round before does not count."""
    found: dict[str, list[tuple[Value, ...]]] = {deck.name: [] for deck in made}
    for number in range(rounds + 1):
        for deck in made:
            print(f"{names[0]}: {deck.name}, round {number}", file=sys.stderr)
            found[deck.name].append(measure(deck))
    return {
        name: {deck: _median([values[at] for values in rows[1:]]) for deck, rows in found.items()}
        for at, name in enumerate(names)
    }


def _median(values: list[Value]) -> Value:
    known = [value for value in values if value is not None]
    return statistics.median(known) if len(known) * 2 > len(values) else None


def timed_export(deck: Deck) -> tuple[Value, ...]:
    """Time the export of a notebook that was run."""
    if not deck.command:
        return (math.nan,)  # see publishing.py
    began = time.monotonic()
    deck.export(stem="again")
    return ((time.monotonic() - began) * 1000,)


def measured(playwright: Playwright, made: list[Deck], words: argparse.Namespace) -> tuple[Table, str]:
    """Measure all decks; give the table and the version of the browser."""
    table: Table = {FILE: {deck.name: deck.file.stat().st_size / 1000 for deck in made}}
    table |= in_turn(made, words.rounds, (EXPORT,), timed_export)
    browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    room = Room(browser, words.patience)
    for deck in made:
        room.find_chart(deck)
    table[REQUESTS] = {deck.name: room.requests(deck) for deck in made}
    for names, measure in MEASURES.items():
        table |= in_turn(made, words.rounds, names, lambda deck, measure=measure: measure(room, deck))
    about = browser.version
    browser.close()
    return table, about


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


def as_text(table: Table) -> str:
    """Write a table: each deck's number, its ratio to nbconvert's own, and the goals of the published deck."""
    lines = [f"| measure | {PEER} | {OURS} | ratio | {PUBLISHED} | ratio | goal | |", f"|---|{'--:|' * 6}---|"]
    for measure, row in table.items():
        cells = [_number(row[PEER])]
        for name in (OURS, PUBLISHED):
            ratio = _ratio(row, name)
            cells += [_number(row[name]), "" if ratio is None else f"{ratio:.2f}"]
        if measure in RATIOS:
            ratio = _ratio(row, PUBLISHED)
            cells += [f"ratio {RATIOS[measure]:.2f}", _reached(ratio, RATIOS[measure])]
        elif measure in MOST:
            cells += [_number(MOST[measure]), _reached(row[PUBLISHED], MOST[measure])]
        else:
            cells += ["", ""]
        lines.append(f"| {measure} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _ratio(row: Row, name: str) -> float | None:
    ours, own = row[name], row[PEER]
    return ours / own if own and ours is not None and not math.isnan(ours) else None


def _reached(value: Value, goal: float) -> str:
    return "reached" if value is not None and value <= goal else "missed"


def _number(value: Value) -> str:
    return "never" if value is None else "" if math.isnan(value) else f"{value:,.0f}"


HEAD = """# Our deck beside nbconvert's own

This file is written by

    python slides/benchmarks/against_nbconvert.py --write

from one run, in which the decks took turns, on {date}. Nothing else should run on the machine. It needs npm, or `--npm`
with a folder that has {packages}.
`python slides/benchmarks/publishing.py --write` times `publish` in the same way.

Notebook: `{notebook}`, with {charts} charts. Medians of {rounds} rounds. A ratio below 1 is in our favour. "never" is
what did not come within {patience:.0f} seconds. nbconvert's deck is measured at its best: run with
PLOTLY_RENDERER=notebook, without which it has no chart, and with every file that it fetches on this machine; without
them it never shows a slide. "Ours" is what `--to deck` gives; "published" also has a picture of each chart, seen until
the chart is drawn. All charts are timed in the view for printing, since a deck draws a chart when its slide is near.

{about}

"""


@contextlib.contextmanager
def packages(given: Path | None) -> Iterator[Path]:
    """Give a folder in which npm has installed what nbconvert's deck fetches."""
    if given:
        yield given.resolve()
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit(f"npm was not found: install it, or name a folder with {', '.join(PACKAGES)} with --npm.")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", *PACKAGES], cwd=folder, check=True, stdout=sys.stderr
        )
        yield Path(folder)


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notebook", type=Path, default=NOTEBOOK, help="a notebook that was run, with charts")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--patience", type=float, default=20, help="seconds after which a thing does not happen")
    parser.add_argument("--npm", type=Path, help="a folder with node_modules, instead of installing the packages")
    parser.add_argument("--write", action="store_true", help=f"write the results into {RESULTS.name}")
    return parser.parse_args()


def main() -> None:
    """Run the benchmark."""
    words = options()
    if chromium() is None:
        sys.exit("No Chromium was found: install one, or name one in CHROMIUM.")
    charts = charts_of(words.notebook)
    with packages(words.npm) as npm, tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        made = decks(words.notebook.resolve(), Path(home), npm)
        table, browser = measured(playwright, made, words)
    today = datetime.date.today()
    values = {"notebook": words.notebook.name, "charts": charts, "rounds": words.rounds, "patience": words.patience}
    values |= {"date": f"{today.day} {today:%B %Y}", "packages": ", ".join(PACKAGES), "about": machine(browser)}
    text = HEAD.format(**values) + as_text(table) + "\n"
    print(text)
    if words.write:
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
