"""What `publish` makes: the notebooks, the files that come from each, and for whom each file is."""

from __future__ import annotations

import errno
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notebook_decks.publish.settings import PublishError, Settings, read

PROJECT_SIGNS = ("src", "pyproject.toml", "requirements.txt", ".git")
MOST_MINUTES = 600  # of a part
ZIPS = ("class", "teacher")
FOR_CLASS = ("class/", "phone/", "student/")
FOLDERS = ("read", "phone", "class", "teacher")  # of pages and decks that may link to one another
FIRST_PAGE = "../index.html"  # as seen from a file in one of the folders


# Controls, marks that turn the direction of the text, and bytes that are not UTF-8.
UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
DISK_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def disk_fault(error: OSError) -> str:
    """Say in one line what could not be read or written, and name the disk where it is full.

    >>> disk_fault(OSError(errno.EFBIG, "File too large"))
    'a file is larger than this account may write: raise its limit, such as with ulimit -f'
    """
    about = f" ({error.filename})" if error.filename else ""
    if error.errno in DISK_FULL:
        return f"the disk is full{about}: free some space, or name a place on another disk with --to"
    if error.errno == errno.EFBIG:
        return f"a file is larger than this account may write{about}: raise its limit, such as with ulimit -f"
    return f"{error.strerror or error}{about}"


@dataclass(frozen=True)
class File:
    """One of the files that come from a notebook."""

    path: str  # in the published folder, with forward slashes
    version: str  # the key of its maker in job.py
    route: str = ""  # the route whose questions a worksheet has; all questions where there is none
    title: str = ""  # of that route

    @property
    def for_class(self) -> bool:
        """Return whether it may be handed to a class."""
        return self.path.startswith(FOR_CLASS)


@dataclass(frozen=True)
class Notebook:
    """A notebook to publish."""

    path: Path
    title: str
    kind: str  # notebook, guide or route
    routes: dict[str, Any] = field(default_factory=dict, compare=False)  # of a guide: see routes.py
    citation: str = ""  # how to cite it, where its metadata says so

    @property
    def files(self) -> tuple[File, ...]:
        """The files that come from it, in the order in which they are offered."""
        stem = self.path.stem
        if self.kind == "guide":
            asked = {n: r["title"] for n, r in self.routes.items() if any(p.get("worksheet") for p in r["parts"])}
            return (
                *(
                    File(f"class/{stem}-worksheet{name and f'-{name}'}.html", "worksheet", name, title)
                    for name, title in (asked or {"": ""}).items()
                ),
                File(f"teacher/{stem}-guide.html", "guide"),
                File(f"teacher/{stem}-key.html", "key"),
            )
        for_class = (
            File(f"phone/{stem}.html", "phone"),
            File(f"class/{stem}-class.html", "class"),
            File(f"teacher/{stem}-teacher.html", "teacher"),
        )
        if self.kind == "route":
            return for_class
        return (
            File(f"read/{stem}.html", "read"),
            *for_class,
            File(f"student/notebooks/{stem}.ipynb", "student"),
        )

    @property
    def run(self) -> str:
        """Where the notebook as it was run is kept, answers and all; a route is made again from others."""
        return f"teacher/notebooks/{self.path.name}"


@dataclass(frozen=True)
class Plan:
    """Everything that one call of `publish` makes."""

    notebooks: tuple[Notebook, ...]
    project: Path
    settings: Settings

    @property
    def paths(self) -> list[str]:
        """Every file that comes from a notebook."""
        notebooks = [path for n in self.notebooks for path in (n.run, *(f.path for f in n.files))]
        return notebooks + [f.path for n in self.routes for f in n.files]

    @property
    def plans(self) -> dict[str, Any]:
        """The plans of the routes whose notebooks are all published, by their names."""
        stems = {n.path.stem for n in self.notebooks}
        plans = {name: route for n in self.notebooks for name, route in n.routes.items()}
        return {name: route for name, route in plans.items() if _stems(route) <= stems}

    @property
    def routes(self) -> tuple[Notebook, ...]:
        """A notebook for each route; its file is made when the others were run."""
        folder = self.notebooks[0].path.parent
        return tuple(Notebook(folder / f"00-route-{name}.ipynb", r["title"], "route") for name, r in self.plans.items())

    @property
    def zips(self) -> dict[str, str]:
        """The names of the zips by their audience."""
        return {audience: f"{self.settings.name}-{audience}.zip" for audience in ZIPS}

    def beside(self, notebook: Notebook) -> dict[str, dict[str, str]]:
        """Give the reading pages before and after a notebook's own, and the first page, to which a route leads too."""
        pages = [n for n in self.notebooks if n.kind == "notebook"]
        index = {"index": {"title": self.settings.title, "link": FIRST_PAGE}}
        if notebook not in pages:
            return index if notebook.kind == "route" else {}
        at = pages.index(notebook)
        others = {"previous": pages[at - 1 : at], "next": pages[at + 1 : at + 2]}
        found = {place: {"title": n.title, "link": n.path.name} for place, ns in others.items() for n in ns}
        return found | index

    def neighbours(self, folder: str) -> dict[str, str]:
        """Give, for each notebook that has one, the name of its page or deck in a folder: where a link to it leads.

        A link to the guide leads to the teacher's guide, from where that is: never to a worksheet or the key.
        """
        found = {}
        for n in self.notebooks:
            for file in n.files:
                if file.version == "guide" and folder in {"read", "teacher"}:
                    found[n.path.name] = f"../{file.path}"
                elif n.kind == "notebook" and file.path.startswith(f"{folder}/"):
                    found[n.path.name] = file.path.split("/", 1)[1]
        return found


def plan(given: Iterable[str | Path]) -> Plan:
    """Find the notebooks and say what will come from them.

    Args:
        given: Notebooks, or folders of notebooks; none for those that the project of the working directory sets.

    Raises:
        PublishError: where there is no notebook, one cannot be read, two would have the same files, or the project's
            settings are wrong.
    """
    entries, project, settings = list(given), None, None
    if not entries:
        here = Path.cwd()
        project = next((folder for folder in (here, *here.parents) if (folder / "pyproject.toml").is_file()), here)
        settings = read(project)
        entries = [project / name for name in settings.notebooks]
    paths = [path for entry in entries for path in _notebooks_in(Path(entry))]
    for path in paths:
        refuse_unseen(path)
    notebooks = tuple(_notebook(path) for path in paths)
    named = {"notebooks": [n.path.stem for n in notebooks], "routes": [name for n in notebooks for name in n.routes]}
    for what, names in named.items():
        counts = Counter(unicodedata.normalize("NFC", name).casefold() for name in names)
        if twice := sorted(name for name, count in counts.items() if count > 1):
            raise PublishError(f"two {what} are named {twice[0]}: their files would have one name; rename one")
    project = project or _project_of(paths[0].parent)
    return Plan(notebooks, project, settings or read(project))


def refuse_unseen(path: Path) -> None:
    """Stop for a name that zips and pages cannot show as it is. Raises PublishError."""
    if UNSEEN.search(path.name):
        raise PublishError(f"{str(path)!r} has a name with a character that cannot be seen; rename it")


def resolved(path: Path) -> Path:
    """Follow links; where they lead in a circle, or no file can have the name, give the path as it is."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def _notebooks_in(entry: Path) -> list[Path]:
    if entry.is_file():
        return [resolved(entry)]
    if not entry.is_dir():
        raise PublishError(f"{entry} was not found; name notebooks, or a folder of notebooks")
    there = [p for p in entry.glob("*") if p.suffix.lower() == ".ipynb" and not p.name.startswith(".")]
    if odd := sorted(p for p in there if p.suffix != ".ipynb"):
        raise PublishError(f"{odd[0]} has an ending that is not read; write it in small letters, .ipynb")
    found = sorted(map(resolved, there))
    if not found:
        raise PublishError(f"{entry} has no notebook (a file whose name ends in .ipynb)")
    return found


def _notebook(path: Path) -> Notebook:
    # These bring in nbconvert, which takes seconds: what is not there is answered at once.
    from notebook_decks.errors import ExportError
    from notebook_decks.given import notebook_in, text_of

    try:
        read = notebook_in(text_of(path), path)
    except ExportError as error:
        raise PublishError(str(error)) from error
    metadata, cells = read["metadata"], read["cells"]
    kind = metadata.get("explainer", {}).get("kind") or "notebook"
    sources = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
    marked = {tag for cell in cells for tag in cell["metadata"].get("tags", [])}
    if kind not in ("notebook", "guide"):
        raise PublishError(f"{path}: metadata.explainer.kind is {kind!r}; allowed are 'notebook' and 'guide'")
    if kind == "guide" and "question" not in marked:
        raise PublishError(f"{path}: a guide needs cells tagged 'question': the worksheet is made of them")
    heading = next((m[1] for text in sources if (m := re.search(r"(?m)^# +(.+?)\s*#*$", text))), None)
    own = metadata.get("notebook_decks", {})
    routes = own.get("routes") or {}
    _check_routes(path, routes)
    title = metadata.get("title") or words(heading or "") or path.stem
    return Notebook(path, title, kind, routes, str(own.get("citation") or ""))


def _stems(route: dict[str, Any]) -> set[str]:
    return {slide["slide"].partition("#")[0] for part in route["parts"] for slide in part["slides"]}


def _check_routes(path: Path, routes: Any) -> None:  # noqa: ANN401 any JSON
    """Check the form of a plan, and that it means something.

    Raises:
        PublishError: naming the first place where a route has another form than routes.py describes.
    """
    fault = next(_faults_of(routes), None)
    if fault:
        where, found, allowed = fault
        raise PublishError(
            f"{path}: metadata.notebook_decks.routes{where} is {found!r:.80}; allowed is {allowed}; the form is "
            '{"NAME": {"title": "...", "parts": [{"part": "...", "minutes": 8, '
            '"slides": [{"slide": "NOTEBOOK#CELL"}]}]}}'
        )


def _faults_of(routes: Any) -> Iterator[tuple[str, object, str]]:  # noqa: ANN401 any JSON
    """Give a fault of a plan: its place, what was found, and what is allowed.

    Only the first one may be asked for: each line relies on the form that the lines before it have checked.
    """
    if not isinstance(routes, dict):
        yield "", routes, "a table of routes"
        return
    for name, route in routes.items():
        if not re.fullmatch(r"[\w-]{1,40}", name):
            yield "", name, "a name of letters, digits and hyphens"
        yield from _faults_of_texts(f": {name}", route, ("title",), (), ("parts",))
        yield from _faults_of_list(f": {name}: parts", route.get("parts"))
        for number, part in enumerate(route["parts"], 1):
            where = f": {name}: part {number}"
            yield from _faults_of_texts(where, part, ("part",), ("class",), ("minutes", "worksheet", "slides"))
            minutes = part.get("minutes")
            if type(minutes) is not int or not 1 <= minutes <= MOST_MINUTES:
                yield f"{where}: minutes", minutes, f"a whole number from 1 to {MOST_MINUTES}"
            questions = part.get("worksheet", [])
            if not isinstance(questions, list) or any(type(number) is not int or number < 1 for number in questions):
                yield f"{where}: worksheet", questions, "a list of numbers of questions, such as [1, 2]"
            yield from _faults_of_list(f"{where}: slides", part.get("slides"))
            for slide in part["slides"]:
                yield from _faults_of_texts(f"{where}: slides", slide, ("slide",), ("title", "note"))


def _faults_of_list(where: str, given: object) -> Iterator[tuple[str, object, str]]:
    if not isinstance(given, list) or not given:
        yield where, given, "a list with at least one entry"


def _faults_of_texts(
    where: str, given: object, needed: tuple[str, ...], others: tuple[str, ...], no_texts: tuple[str, ...] = ()
) -> Iterator[tuple[str, object, str]]:
    if not isinstance(given, dict):
        yield where, given, "a table of names and values"
        return
    known = (*needed, *others, *no_texts)
    for key in (key for key in given if key not in known):
        yield where, key, f"one of {', '.join(known)}"
    for key in (*needed, *others):
        value = given.get(key, "" if key in others else None)
        if not isinstance(value, str) or (key in needed and not value.strip()):
            yield f"{where}: {key}", value, "a text"


def words(markdown: str) -> str:
    """Give the words of a line of Markdown.

    >>> words("How *many* `deaths`, in [Mexico](a.ipynb)?")
    'How many deaths, in Mexico?'
    """
    return re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)).strip()


def _project_of(folder: Path) -> Path:
    """Find the folder that holds what the notebooks need: theirs, or the one above."""
    above = [f for f in (folder, folder.parent) if any((f / sign).exists() for sign in PROJECT_SIGNS)]
    return above[0] if above else folder
