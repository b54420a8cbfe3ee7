"""Make every file that people are given: pages, decks, students' notebooks, a first page, and a zip for each audience.

    python -m notebook_decks.publish [...]

All or nothing: the files are made in a folder beside the published one, and replace it when all are done. A notebook
that fails, a full disk or Ctrl-C leaves the files published before unchanged. The notebooks themselves are only read.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import time
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notebook_decks.publish.exchange import STOP_SIGNALS, Workspace, workspace
from notebook_decks.publish.plan import FOLDERS, FOR_CLASS, Notebook, Plan, disk_fault, plan, resolved
from notebook_decks.publish.settings import PublishError, address, seconds

if TYPE_CHECKING:  # these bring in nbconvert, which takes seconds: a wrong command line is answered at once
    from notebook_decks.plugins import Addition
    from notebook_decks.publish.job import Job, Made

log = logging.getLogger(__name__)
MOST_AT_ONCE = 4  # each notebook that runs has a Python process of its own, which takes some hundred megabytes
UNCHANGED = "Nothing was published; the files published before are unchanged."


def at_once(text: str) -> int:
    """Read how many notebooks are worked on at once. Raises ValueError for anything but a whole number from 1."""
    if int(text) < 1:
        raise ValueError
    return int(text)


def options(words: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="publish", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "notebooks", nargs="*", help="notebooks, or folders of notebooks (default: those that the project sets)"
    )
    parser.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to (default: published, in the project's folder)"
    )
    parser.add_argument("--open", action="store_true", help="show the first page when all is done")
    parser.add_argument(
        "--jobs", type=at_once, metavar="N", help="how many notebooks at once (default: one a processor)"
    )
    parser.add_argument(
        "--run",
        choices=("stale", "all", "never"),
        default="stale",
        help="which notebooks to run: those of which anything changed since the last time (default), all, or none: "
        "then their stored outputs are published as they are",
    )
    parser.add_argument("--timeout", type=seconds, metavar="SECONDS", help="for one cell (default: 600)")
    parser.add_argument(
        "--site",
        type=address,
        metavar="ADDRESS",
        help="where the published folder will be on the web: links to its files then show a description and a picture",
    )
    return parser.parse_args(words)


def publish(given: argparse.Namespace, what: Plan, work: Workspace) -> list[Made]:
    """Make all files in the workspace, and replace the published folder with them.

    Raises:
        PublishError: where this cannot be done; nothing was changed then.
    """
    from notebook_decks.publish.folder import refuse_to_lose

    refuse_to_lose(work.target)
    made, digests = make_all(what, given, work)
    log.debug("made")
    finish(what, made, digests, work.new, given.site)
    refuse_to_lose(work.target)
    work.replace()
    return made


def make_all(what: Plan, given: argparse.Namespace, work: Workspace) -> tuple[list[Made], dict[str, str]]:
    """Make the files of every notebook, several notebooks at once.

    Raises:
        PublishError: naming every notebook that failed.
    """
    from notebook_decks.errors import ExportError
    from notebook_decks.publish.folder import manifest
    from notebook_decks.publish.job import Job
    from notebook_decks.publish.pool import run_jobs
    from notebook_decks.publish.progress import Progress
    from notebook_decks.publish.run import digest
    from notebook_decks.words import choose

    digests = {n.path.name: digest(n, what) for n in what.notebooks}
    before = manifest(work.target)["notebooks"] if given.run == "stale" else {}
    neighbours = {folder: what.neighbours(folder) for folder in FOLDERS}
    settings = what.settings
    words = str(what.project / settings.words) if settings.words else ""
    try:  # the first page is in this language; a fault in its file stops before a notebook runs
        choose(settings.language, words)
    except ExportError as error:
        raise PublishError(str(error)) from error

    def job_for(n: Notebook, done: str | None, **more: Any) -> Job:  # noqa: ANN401
        more |= {"beside": what.beside(n), "site": given.site, "language": settings.language, "words": words}
        return Job(n, settings.title, work.new, done, neighbours, given.timeout, **more)

    jobs = []
    for n in what.notebooks:
        known = before.get(n.path.name) == digests[n.path.name]
        done = str(n.path) if given.run == "never" else str(work.target / n.run) if known else None
        jobs.append(job_for(n, done, routes=what.plans))
    count = given.jobs or min(os.cpu_count() or 1, MOST_AT_ONCE)
    progress = Progress(what.paths, work.new)

    def done_by(jobs: list[Job]) -> list[Made]:
        made = run_jobs(jobs, max(1, min(count, len(jobs))), progress, work.temporary)
        refuse_faults(made)
        return made

    made = done_by(jobs)
    if what.routes:
        assemble(what, work)
        made += done_by([job_for(n, str(work.temporary / n.path.name)) for n in what.routes])
    # Stored outputs are no proof that the notebooks run.
    return made, digests if given.run != "never" else {}


def refuse_faults(made: list[Made]) -> None:
    """Stop where a notebook failed.

    Raises:
        PublishError: naming every notebook that failed.
    """
    faults = [one.fault for one in made if one.fault]
    if faults:
        raise PublishError("\n".join(faults))


def assemble(what: Plan, work: Workspace) -> None:
    """Write the notebook of each route, from the notebooks that were run, among the temporary files."""
    import nbformat

    from notebook_decks.publish.routes import assembled

    run = {n.path.stem: nbformat.read(work.new / n.run, as_version=4) for n in what.notebooks}
    for notebook, (name, route) in zip(what.routes, what.plans.items(), strict=True):
        nbformat.write(assembled(name, route, run), work.temporary / notebook.path.name)


def finish(what: Plan, made: list[Made], digests: dict[str, str], new: Path, site: str | None) -> None:
    """Add what surrounds the notebooks' files: the first page with its pictures, what they need to run, zips."""
    from notebook_decks.publish.folder import copy_beside, files_below, pack, write_manifest
    from notebook_decks.publish.index import index

    for folder in ("student", "teacher"):
        copy_beside(what, new / folder)
    added = add_files(what, new)
    files = [(p.relative_to(new).as_posix(), p.read_bytes()) for p in files_below(new)]
    for_class = index(what, made, new, for_class=True).encode("utf-8")
    safe = [(name, content) for name, content in files if name.startswith(FOR_CLASS)]
    zip_for_class = new / what.zips["class"]
    pack(zip_for_class, [("index.html", for_class), *safe])
    in_zip = index(what, made, new, zips=("class",), added=added).encode("utf-8")
    with_zip = [("index.html", in_zip), (zip_for_class.name, zip_for_class.read_bytes()), *files]
    pack(new / what.zips["teacher"], with_zip)
    first_page = index(what, made, new, added=added, site=site)
    (new / "index.html").write_text(first_page, encoding="utf-8", newline="\n")
    write_manifest(new, digests)


def add_files(what: Plan, new: Path) -> list[Addition]:
    """Write the files that plug-ins add to the teacher's, and give those that have been written."""
    from notebook_decks.plugins import additions

    asked = additions()
    notebooks = {n.path.stem: json.loads((new / n.run).read_text(encoding="utf-8")) for n in what.notebooks if asked}
    added = []
    for one in asked:
        if content := one.make(notebooks):
            (new / "teacher" / one.name).write_bytes(content)
            added.append(one)
    return added


def report(what: Plan, made: list[Made], target: Path, seconds: float) -> None:
    """Print what was written, and how large it is."""
    from notebook_decks.publish.index import size

    for warning in [w for one in made for w in one.warnings]:
        print(f"Note: {warning}", file=sys.stderr)
    shown: list[str] = [f.path for n in (*what.routes, *what.notebooks) for f in n.files]
    for name in [*sorted(shown), "index.html", *what.zips.values()]:
        print(f"{size((target / name).stat().st_size):>10}  {name}")
    ran = sum(one.ran for one in made)
    total = sum(p.stat().st_size for p in target.rglob("*") if p.is_file())
    print(f"{len(what.notebooks)} notebooks ({ran} run now), {size(total)} in {target}, {seconds:.0f} s")


def main(words: list[str] | None = None) -> int:
    """Publish; the exit status is 0, 1 for what could not be published, and 130 when stopped."""
    began, given = time.monotonic(), options(words)
    for number in STOP_SIGNALS:
        if signal.getsignal(number) == signal.SIG_DFL:  # not where the caller has it ignored, as nohup does
            signal.signal(number, _stop)
    work = None
    try:
        what = plan(given.notebooks)
        given.timeout = given.timeout or what.settings.timeout
        given.site = given.site or what.settings.site
        target = resolved(given.to or what.project / what.settings.to)
        if target in [resolved(what.project / name) for name in what.settings.beside]:
            raise PublishError(f"{target} is what the notebooks need to run; name another place with --to")
        with workspace(target) as work:
            made = publish(given, what, work)
        report(what, made, work.target, time.monotonic() - began)
        if given.open:
            webbrowser.open((work.target / "index.html").as_uri())
    except PublishError as error:
        print(f"{UNCHANGED}\n{error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{_outcome(work)}\n{disk_fault(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"Stopped. {_outcome(work)}", file=sys.stderr)
        return 130
    return 0


def _outcome(work: Workspace | None) -> str:
    return f"The new files are in {work.target}, all of them." if work and work.replaced else UNCHANGED


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
