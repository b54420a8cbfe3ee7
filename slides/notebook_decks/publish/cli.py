"""Make every file that people are given: pages, decks, students' notebooks, a first page, and a zip for each audience.

    python start.py publish            or, in an environment that has the packages: python slides/publish.py

All or nothing: the files are made beside their place and moved there when all are done. A notebook that fails, a full
disk or Ctrl-C leaves what was published before as it was. The notebooks themselves are only read.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import signal
import sys
import time
import webbrowser
from concurrent.futures import Future, ProcessPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __package__ in {None, ""}:  # started as a file: the package is the folder it lies in
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from notebook_decks.publish.plan import Plan, PublishError, plan

if TYPE_CHECKING:
    from notebook_decks.publish.job import Job, Made

MOST_AT_ONCE = 4  # each notebook that runs has a Python of its own, with some hundred megabytes


def options(words: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="publish", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebooks", nargs="*", help="notebooks, or folders of notebooks (default: notebooks)")
    parser.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to (default: published, in the project's folder)"
    )
    parser.add_argument("--open", action="store_true", help="show the first page when all is done")
    parser.add_argument("--jobs", type=int, metavar="N", help="how many notebooks at once (default: one a processor)")
    parser.add_argument(
        "--run",
        choices=("stale", "all", "never"),
        default="stale",
        help="which notebooks to run: those of which anything changed since the last time (default), all, or none: "
        "then their stored outputs are published as they are",
    )
    parser.add_argument("--timeout", type=int, default=600, metavar="SECONDS", help="for one cell (default: 600)")
    return parser.parse_args(words)


class Progress:
    """Says on stderr how far it is: one line that is written over in a terminal, else a line for each file."""

    def __init__(self, paths: list[str], folder: Path) -> None:
        self.waiting = dict.fromkeys(paths)
        self.total, self.folder = len(paths), folder
        self.rewrites = sys.stderr.isatty()
        self.last = ""

    def look(self) -> None:
        """See which files have come into being."""
        for path in [p for p in self.waiting if (self.folder / p).exists()]:
            del self.waiting[path]
            if not self.rewrites:
                print(path, file=sys.stderr, flush=True)
            self.last = path
        self.draw()

    def draw(self) -> None:
        """Draw the bar."""
        if self.rewrites:
            done = self.total - len(self.waiting)
            bar = "#" * (30 * done // self.total)
            line = f"[{bar:.<30}] {done}/{self.total} {self.last}"
            print(f"\r\033[K{line[: shutil.get_terminal_size().columns - 1]}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self.rewrites:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def publish(words: list[str] | None = None) -> None:
    """Do what the command line says.

    Raises:
        PublishError: where it cannot be done; nothing was changed then.
    """
    began, said = time.monotonic(), options(words)
    what = plan(said.notebooks)
    target = (said.to or what.project / "published").resolve()
    from notebook_decks.publish.folder import beside, move, refuse_to_lose  # brings in nbconvert, which takes seconds

    refuse_to_lose(target)
    with beside(target) as new:
        made, digests = make_all(what, said, target, new)
        finish(what, made, digests, new)
        refuse_to_lose(target)
        move(new, target)
    tell(what, made, target, time.monotonic() - began)
    if said.open:
        webbrowser.open((target / "index.html").as_uri())


def make_all(what: Plan, said: argparse.Namespace, target: Path, new: Path) -> tuple[list[Made], dict[str, str]]:
    """Make the files of every notebook, several notebooks at once.

    Raises:
        PublishError: naming every notebook that failed.
    """
    from notebook_decks.publish.folder import manifest
    from notebook_decks.publish.job import Job
    from notebook_decks.publish.run import digest

    digests = {n.path.name: digest(n, what.project) for n in what.notebooks}
    before = manifest(target)["notebooks"] if said.run == "stale" else {}
    neighbours = {folder: what.neighbours(folder) for folder in ("read", "class", "teacher")}
    jobs = []
    for n in what.notebooks:
        known = before.get(n.path.name) == digests[n.path.name]
        done = str(n.path) if said.run == "never" else str(target / n.run) if known else None
        jobs.append(Job(n, what.title, new, done, neighbours, said.timeout))
    count = said.jobs or min(os.cpu_count() or 1, MOST_AT_ONCE)
    made = run_jobs(jobs, max(1, min(count, len(jobs))), Progress(what.paths, new))
    faults = [one.fault for one in made if one.fault]
    if faults:
        raise PublishError("\n".join(faults))
    # Stored outputs prove no run of ours.
    return made, digests if said.run != "never" else {}


def run_jobs(jobs: list[Job], count: int, progress: Progress) -> list[Made]:
    """Work on several notebooks at once, each in a process."""
    from notebook_decks.publish.job import make

    # What is imported here need not be imported again in a forked process; elsewhere forking is not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(count, mp_context=context, initializer=_leave_signals_to_parent) as pool:
        try:
            futures: list[Future] = [pool.submit(make, job) for job in jobs]
            waiting: Any = futures
            while waiting:
                waiting = wait(waiting, timeout=0.2).not_done
                progress.look()
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in multiprocessing.active_children():
                child.terminate()  # kernels notice within a second that it is gone, and go too
            raise
        finally:
            progress.clear()


def _leave_signals_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def finish(what: Plan, made: list[Made], digests: dict[str, str], new: Path) -> None:
    """Add what goes round the notebooks' files: the first page with its pictures, what they need to run, zips."""
    from notebook_decks.publish.folder import copy_beside, files_below, pack, write_manifest
    from notebook_decks.publish.index import index

    for folder in ("student", "teacher"):
        copy_beside(what.project, new / folder)
    (new / "index.html").write_text(index(what, made, new), encoding="utf-8", newline="\n")
    files = [(p.relative_to(new).as_posix(), p.read_bytes()) for p in files_below(new)]
    for_class = index(what, made, new, for_class=True).encode("utf-8")
    safe = [(name, content) for name, content in files if name.startswith(("class/", "student/"))]
    pack(new / what.zips["class"], [("index.html", for_class), *safe])
    pack(new / what.zips["teacher"], files)
    write_manifest(new, digests)


def tell(what: Plan, made: list[Made], target: Path, seconds: float) -> None:
    """Say what was written, and how large."""
    from notebook_decks.publish.index import size

    for warning in [w for one in made for w in one.warnings]:
        print(f"Note: {warning}", file=sys.stderr)
    shown: list[str] = [f.path for n in what.notebooks for f in n.files]
    for name in [*sorted(shown), "index.html", *what.zips.values()]:
        print(f"{size((target / name).stat().st_size):>10}  {name}")
    ran = sum(one.ran for one in made)
    total = sum(p.stat().st_size for p in target.rglob("*") if p.is_file())
    print(f"{len(made)} notebooks ({ran} run now), {size(total)} in {target}, {seconds:.0f} s")


def main(words: list[str] | None = None) -> int:
    """Publish; the exit status is 0, 1 for what could not be published, and 130 when stopped."""
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _interrupt)
    try:
        publish(words)
    except PublishError as error:
        print(f"Not published; what was there is as it was.\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; what was there is as it was.", file=sys.stderr)
        return 130
    return 0


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
