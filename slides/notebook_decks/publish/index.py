"""The first page of what is published: a picture of each notebook, and what each of its files is for."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2

from notebook_decks.fonts import face, in_picture
from notebook_decks.html.markdown import markdown
from notebook_decks.libraries import own
from notebook_decks.licences import licences
from notebook_decks.plugins import Addition
from notebook_decks.publish.job import Made
from notebook_decks.publish.plan import ZIPS, File, Plan
from notebook_decks.publish.preview import described, whole
from notebook_decks.words import html, letters, say

TEMPLATE = Path(__file__).resolve().parent / "index.html.j2"


def size(count: int) -> str:
    """Say how large a file is.

    >>> size(999), size(48_200), size(2_360_000)
    ('999 bytes', '48 kB', '2.4 MB')
    """
    if count < 1000:
        return say("index.bytes", count=count)
    return f"{count / 1000:.0f} kB" if count < 999_500 else f"{count / 1e6:.1f} MB"


ORDER = {"notebook": 0, "guide": 1, "route": 2}
ORDER_FOR_CLASS = {"route": 0, "guide": 1, "notebook": 2}  # a student needs the page of the lesson first


def index(
    plan: Plan,
    made: list[Made],
    folder: Path,
    *,
    for_class: bool = False,
    zips: Iterable[str] = ZIPS,
    added: Iterable[Addition] = (),
    site: str | None = None,
) -> str:
    """Write the first page: of everything, or of what a class may have.

    `zips` are those that it offers, `added` are files of plug-ins, which stand with the guide's; `site` is the address
    of the folder, where links to the page show a preview.
    """
    pictured = not for_class  # a class is to guess what a chart will show
    entries = []
    order = ORDER_FOR_CLASS if for_class else ORDER
    shown = sorted(made, key=lambda one: order[one.notebook.kind])
    teachers = next((one for one in shown if one.notebook.kind == "guide"), shown[0])
    for one in shown:
        more = [(f.label, f.purpose, f"teacher/{f.name}") for f in added] if one is teachers and not for_class else []
        sorted_files = sorted(one.notebook.files, key=lambda f: one.notebook.kind == "guide" and f.for_class)
        offered = [(*_said_of(f), f.path) for f in sorted_files if f.for_class or not for_class]
        shows_picture = pictured and one.notebook.kind == "notebook"
        files = [
            {
                "label": label,
                "purpose": purpose,
                "link": quote(path),
                "size": size((folder / path).stat().st_size),
            }
            for label, purpose, path in [*offered, *more]
        ]
        entries.append(
            {
                "title": say("index.paper") if for_class and one.notebook.kind == "guide" else one.notebook.title,
                "pictured": shows_picture,
                "kind": one.notebook.kind,
                "files": files,
                "picture": _picture(one) if shows_picture else "",
                "minutes": one.minutes if one.notebook.kind != "guide" and not for_class else 0,
                "finding": one.finding,
                "measure": one.measure,
                "description": one.description,
                "instead": say("index.no_picture" if one.has_chart else "index.no_chart"),
            }
        )
    start = _start(made)
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    page = template.render(
        say=html,
        language=plan.settings.language,
        title=plan.settings.title,
        theme=own("theme.css"),
        start=start,
        entries=entries,
        for_class=for_class,
        zips={audience: quote(name) for audience, name in plan.zips.items() if audience in zips},
        how=markdown(plan.settings.start, "start") if plan.settings.start else "",
        licences=licences(charts=False, deck=False),
        citations=list(dict.fromkeys(n.citation for n in plan.notebooks if n.citation)),
    )
    page = page.replace("/* the typeface */", face(page + letters()), 1)
    if not site:
        return page
    first = next((one for one in made if one.preview), None)
    return described(
        page,
        site,
        title=plan.settings.title,
        description=start["summary"],
        picture=whole(site, first.preview) if first else "",
        alt=first.description if first else "",
    )


def _said_of(file: File) -> tuple[str, str]:
    """Give what the page says of a file: what it is, and what it is for."""
    purpose = say(f"index.purpose.{file.version}")
    if file.title:
        return say("index.label.route_worksheet", title=file.title), purpose
    return say(f"index.label.{file.version}"), purpose


def _picture(one: Made) -> str:
    return base64.b64encode(in_picture(one.picture).encode("utf-8")).decode("ascii")


def _start(made: list[Made]) -> dict[str, Any]:
    """Say what this is, how long it takes, and where a reader, a teacher and a student start."""
    pages = [one for one in made if one.notebook.kind == "notebook"]
    guide = next((one for one in made if one.notebook.kind == "guide"), None)
    links = {f.version: quote(f.path) for one in [*pages[:1], *([guide] if guide else [])] for f in one.notebook.files}
    lessons = sorted({length for one in made for length in one.lessons})
    return {
        "summary": pages[0].summary if pages else "",
        "title": pages[0].notebook.title if pages else "",
        "minutes": pages[0].minutes if pages else 0,
        "all_minutes": sum(one.minutes for one in pages),
        "pages": len(pages),
        "lessons": say("index.or").join(map(str, lessons)),
        "links": links,
    }
