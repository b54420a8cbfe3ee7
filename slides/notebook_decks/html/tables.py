"""Tables with scopes, captions and a box that scrolls."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from notebook_decks.html.formulas import without_formulas
from notebook_decks.words import say


def tables(clean_html: str, label: str) -> str:
    """Give tables scopes, captions and a box that scrolls, which pandas and Markdown leave out.

    >>> head, body = "<thead><tr><th></th><th>n</th></tr></thead>", "<tbody><tr><th>a</th><td>1</td></tr></tbody>"
    >>> tables(f"<table>{head}{body}</table>", "T")  # doctest: +ELLIPSIS
    '...<tr><td></td><th scope="col">n</th></tr></thead><tbody><tr><th scope="row">a</th><td>1</td></tr></tbody>...'
    """
    if "<table" not in clean_html:
        return clean_html
    soup = BeautifulSoup(clean_html, "html.parser")
    for table in soup.find_all("table"):
        if table.find_parent("table") or table.has_attr("hidden"):
            continue  # it is part of the layout of the other one, or cannot be seen
        _scopes(table)
        if not table.caption:
            caption = soup.new_tag("caption", attrs={"class": "unseen"})
            names = [without_formulas(cell.get_text(" ", strip=True)) for cell in table.find_all("th", scope="col")]
            said = {"columns": ", ".join(names)} if names else {"number": label.rpartition(" ")[2]}
            caption.string = say("cell.table_with" if names else "cell.table_of", **said)
            table.insert(0, caption)
        words = without_formulas(table.caption.get_text(" ", strip=True))
        table.wrap(
            soup.new_tag("div", attrs={"class": "table-box", "tabindex": "0", "role": "region", "aria-label": words})
        )
    return str(soup)


def _scopes(table: Tag) -> None:
    for cell in table.find_all("th"):
        if not cell.get_text(strip=True):
            cell.name = "td"
            del cell["scope"]
            continue
        across, down = (re.fullmatch(r"0*([2-9]|[1-9]\d+)", str(cell.get(name, 1))) for name in ("colspan", "rowspan"))
        if cell.find_parent("thead"):
            cell["scope"] = "colgroup" if across else "col"
        else:
            cell["scope"] = cell.get("scope") or ("rowgroup" if down else "row")
