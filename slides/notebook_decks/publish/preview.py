"""What a link to a published file shows where it is shared: title, description and picture, as tags in its head.

They are added only where the address of the published folder is known (`--site`): services want whole addresses.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlsplit


def address(text: str) -> str:
    """Read the address of the published folder.

    Raises:
        ValueError: for anything but an address on the web.

    >>> address("https://example.org/talks")
    'https://example.org/talks/'
    """
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(text)
    return text.rstrip("/") + "/"


def described(html: str, address: str, *, title: str, description: str, picture: str = "", alt: str = "") -> str:
    """Add the tags to the head of a file; `address` and `picture` are whole addresses.

    >>> described("<title>A</title>", "https://example.org/a.html", title="A & b", description="").splitlines()[0]
    '<meta property="og:type" content="article">'
    """
    tags = {"og:type": "article", "og:title": title, "og:url": address}
    tags |= {"og:description": description} if description else {}
    tags |= {"og:image": picture, "og:image:alt": alt} if picture else {}
    lines = [f'<meta property="{name}" content="{escape(said)}">' for name, said in tags.items()]
    lines += [f'<meta name="description" content="{escape(description)}">'] if description else []
    lines += ['<meta name="twitter:card" content="summary_large_image">'] if picture else []
    return html.replace("<title>", "\n".join([*lines, "<title>"]), 1)


def whole(site: str, path: str) -> str:
    """Give the address of a published file.

    >>> whole("https://example.org/", "read/a b.html")
    'https://example.org/read/a%20b.html'
    """
    return site + quote(path)
