"""What several tests of exports share: builders of notebooks, and checks that run in a browser."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_decks.exporters import export
from playwright.sync_api import Page

STRANGER = Path(__file__).parent / "stranger" / "fifty-years.ipynb"
FIGURE = "application/vnd.plotly.v1+json"
NASTY = "<script>alert(1)</script> \"quoted\" 'single' &amp; &lt;b&gt; </script> "
NASTY += "<img src=https://a.b/x.png onerror=alert(1)>"


def heed_ctrl_c() -> None:
    """Undo, in a child process, what a background job inherits: there Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def figure(**layout: object) -> dict:
    """Two series of three bars, with all that a chart of ours says about itself."""
    meta = {
        "finding": "Apples outsell pears",
        "measure": "Fruit sold, in tonnes",
        "unit": "t",
        "source": "The market",
        "note": "",
    }
    meta |= {"description": "Bars for three years.", "columns": ["Year", "Apples", "Pears"]}
    meta |= {"rows": [[2020, 5, 3], [2021, 6, 4], [2022, 12345, 2]]}
    years = ["2020", "2021", "2022"]
    hover = "%{x}<br>%{y} t, weighed at the gate<extra></extra>"
    bars = [
        {"type": "bar", "name": "Apples", "x": years, "y": [5, 6, 7], "hovertemplate": hover},
        {"type": "bar", "name": "Pears", "x": years, "y": [3, 4, 2], "hovertemplate": hover},
    ]
    words = {
        "title": {"text": "<b>Apples outsell pears</b>", "subtitle": {"text": "Fruit sold, in tonnes"}},
        "meta": meta,
    }
    footer = {"name": "footer", "text": "Source: The market", "x": 0, "y": 0, "xref": "paper", "yref": "paper"}
    return {"data": bars, "layout": words | {"annotations": [footer], "font": {"size": 13}, "height": 400} | layout}


def shown(data: dict, **metadata: object) -> NotebookNode:
    """A code cell that was run and put out this."""
    output = new_output("display_data", data=data, metadata={})
    return new_code_cell("show()", execution_count=1, outputs=[output], metadata=metadata)


def chart(spec: dict | None = None, **metadata: object) -> NotebookNode:
    return shown({FIGURE: spec or figure()}, **metadata)


def text(source: str, slide: str = "-", **metadata: object) -> NotebookNode:
    return new_markdown_cell(source, metadata={"slideshow": {"slide_type": slide}, **metadata})


def notebook(*cells: NotebookNode, **metadata: object) -> NotebookNode:
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"c{number}"
    return new_notebook(cells=list(cells), metadata=metadata)


HEADS = "<thead><tr><th>Name</th><th>Kind</th><th>n</th></tr></thead>"
ROWS = "<tr><th>pear</th><td>fruit</td><td>10</td></tr><tr><th>leek</th><td>root</td><td>9</td></tr>"
TABLE = f"<table>{HEADS}<tbody>{ROWS}</tbody></table>"
INCOMPLETE = """() => [...document.querySelectorAll('figure.chart')].map(f => ({
  name: document.getElementById(f.getAttribute('aria-labelledby'))?.textContent.trim(),
  about: document.getElementById(f.getAttribute('aria-details'))?.textContent.trim(),
  caption: !!f.querySelector('figcaption'), rows: f.querySelectorAll('details.rows tbody tr').length,
  heads: f.querySelectorAll('details.rows th[scope=col]').length,
  stops: f.querySelectorAll('.plot [tabindex="0"], .plot a[href]').length,
})).filter(f => !(f.name && f.about && f.caption && f.rows && f.heads >= 2 && f.stops === 1))"""


def incomplete_charts(page: Page) -> list[dict]:
    """Charts that lack a name, a description, a caption, rows with heads, or the one stop of the Tab key."""
    return page.evaluate(INCOMPLETE)


def teaching() -> NotebookNode:
    return notebook(
        text("# Fruit", "slide", lesson={"minutes": {"45": 6, "90": 12}}),
        text("SECRETNOTE: greet them", "notes"),
        text("SECRETADVICE", tags=["teachers-note"]),
        chart(slideshow={"slide_type": "slide"}),
        text("Why? SECRETANSWER", tags=["answer"]),
        text("SECRETEXERCISE", tags=["exercise"]),
        text("SECRETSOLUTION", tags=["exercise", "answer"]),
        text("SECRETCHECK", tags=["check"]),
        text("SECRETSKIP", "skip"),
        notebook_decks={"lesson": True},
    )


def nasty() -> NotebookNode:
    spec = figure()
    spec["layout"]["meta"] = dict.fromkeys(("finding", "measure", "source", "note", "description"), NASTY)
    spec["layout"]["meta"] |= {"columns": [NASTY, "n"], "rows": [[NASTY, NASTY]]}
    spec["layout"]["meta"]["links"] = {"page": "javascript:alert(1)", "rows": [NASTY]}
    spec["layout"]["updatemenus"] = [{"name": NASTY, "buttons": [{"label": NASTY, "method": "skip"}]}]
    spec["layout"]["sliders"] = [{"name": NASTY, "steps": [{"label": NASTY, "method": "skip"}]}]
    spec["data"][0]["name"] = spec["data"][0]["hovertext"] = NASTY
    page = f"<p onclick='alert(1)' style='background:url(https://a.b/c)'>{NASTY}</p><a href='javascript:alert(1)'>x</a>"
    return notebook(
        text(f"# Nasty\n\n{NASTY}\n\n[x](javascript:alert(1)) <iframe src='https://a.b'></iframe>"),
        chart(spec),
        shown({"text/html": page}),
        shown({"text/markdown": NASTY}),
        shown({"text/plain": NASTY}),
        title=NASTY,
        explainer={"spanish": ["alert"]},
    )


def controlled() -> object:
    """A deck with every kind of control and a table."""
    one = [
        {"label": n, "method": "restyle", "args": [{"visible": v}]}
        for n, v in (("Both", [True, True]), ("Pears", [False, True]))
    ]
    look = [{"label": "Stack", "method": "relayout", "args": [{"barmode": "stack", "title.text": "Stacked"}]}]
    look += [{"label": "Side by side", "method": "relayout", "args": [{"barmode": "group"}]}]
    steps = [
        {"label": str(y), "method": "update", "args": [{"opacity": o}, {"title": {"text": f"At {o}"}}]}
        for y, o in ((1, 1), (2, 0.5))
    ]
    menus = [{"name": "Fruit", "buttons": one}, {"name": "Look", "type": "buttons", "buttons": look, "active": 1}]
    spec = figure(updatemenus=menus, sliders=[{"name": "Year", "steps": steps}])
    first, last = text("# Fruit", "slide"), text("## The end", "slide")
    return notebook(
        first,
        chart(spec, slideshow={"slide_type": "slide"}),
        shown({"text/html": TABLE}, slideshow={"slide_type": "slide"}),
        last,
    )


def writer(folder: Path, kind: str) -> Callable[..., str]:
    """Give a function that writes a page or a deck and returns its address; each is made once."""
    made: dict[str, str] = {}

    def write(name: str, source: object, audience: str = "") -> str:
        if name not in made:
            path = folder / f"{name}.html"
            path.write_text(export(source, kind=kind, audience=audience), encoding="utf-8")
            made[name] = path.as_uri()
        return made[name]

    return write
