"""What a link to a published file shows where it is shared: title, description and picture, as tags in its head.

They are added only where the address of the published folder is known (`--site`): services want whole addresses.
"""

from __future__ import annotations

from urllib.parse import quote

from notebook_decks.html.text import text


def described(html: str, address: str, *, title: str, description: str, picture: str = "", alt: str = "") -> str:
    """Add the tags to the head of a file; `address` and `picture` are whole addresses.

    >>> described("<title>A</title>", "https://example.org/a.html", title="A & b", description="").splitlines()[0]
    '<meta property="og:type" content="article">'
    """
    tags = {"og:type": "article", "og:title": title, "og:url": address}
    tags |= {"og:description": description} if description else {}
    tags |= {"og:image": picture, "og:image:alt": alt} if picture else {}
    lines = [f'<meta property="{name}" content="{text(said)}">' for name, said in tags.items()]
    lines += [f'<meta name="description" content="{text(description)}">'] if description else []
    lines += ['<meta name="twitter:card" content="summary_large_image">'] if picture else []
    return html.replace("<title>", "\n".join([*lines, "<title>"]), 1)


def whole(site: str, path: str) -> str:
    """Give the address of a published file.

    >>> whole("https://example.org/", "read/a b.html")
    'https://example.org/read/a%20b.html'
    """
    return site + quote(path)
