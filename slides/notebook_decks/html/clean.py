"""HTML of a notebook made harmless: nothing runs, nothing is fetched, and everything else stays."""

from __future__ import annotations

import base64
import mimetypes
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import nh3
import tinycss2
from bs4 import BeautifulSoup, Tag

from notebook_decks.errors import report
from notebook_decks.files import bytes_in
from notebook_decks.html.text import SCHEMES, text, unescaped
from notebook_decks.words import say

ALLOWED = tomllib.loads(Path(__file__).with_name("allowed.toml").read_text(encoding="utf-8"))
TAGS = set(ALLOWED["tags"])
ATTRIBUTES = {
    "*": {"align", "aria-label", "class", "dir", "height", "hidden", "id", "lang", "style", "title", "valign", "width"},
    "a": {"href", "name"},
    "audio": {"controls", "loop", "src"},
    "col": {"span"},
    "details": {"open"},
    "font": {"color", "face", "size"},
    "img": {"alt", "src"},
    "input": {"checked", "disabled", "type"},
    "label": {"for"},
    "li": {"type", "value"},
    "math": {"display"},
    "meter": {"high", "low", "max", "min", "optimum", "value"},
    "mi": {"mathvariant"},
    "ol": {"reversed", "start", "type"},
    "progress": {"max", "value"},
    "source": {"src", "type"},
    "table": {"bgcolor", "border", "data-filters", "data-search"},
    "td": {"bgcolor", "colspan", "rowspan"},
    "th": {"bgcolor", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "tr": {"bgcolor"},
    "track": {"kind", "label", "src", "srclang"},
    "ul": {"type"},
    "video": {"controls", "loop", "muted", "poster", "src"},
}
STYLES = set(ALLOWED["styles"])
HIDDEN = {  # what shows nothing by itself
    "annotation",
    "applet",
    "base",
    "link",
    "meta",
    "noscript",
    "script",
    "style",
    "template",
    "title",
}
# Classes with a meaning on a slide: a notebook must not hide or move its own text with them by chance.
OURS = {"aside", "asks", "fragment", "future", "notes", "past", "present", "reveal", "slides", "stack"}
SAFE_LINK = re.compile(rf"({'|'.join(sorted(SCHEMES))}):|[^:#?/]*([#?/]|$)", re.IGNORECASE)
SVG = re.compile(r"(?is)<(/?)svg\b[^>]*?(/?)>")
INSIDE_SVG = re.compile(r"""(?i)(<image\b[^<>]*?\bhref\s*=\s*["'])([^"'<>#][^"'<>]*)""")
WITH_ADDRESS = re.compile(r"""(?i)[\w-]+\s*:[^:;"']*url\((?:"[^"]*"|'[^']*'|[^()"'])*\)[^;]*;?""")
LARGEST_PICTURE = 30_000_000  # bytes


def clean(raw: str, where: str, *, folder: str = "", attachments: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Make HTML of a notebook harmless; pictures and sound beside the notebook become part of it.

    Args:
        raw: The HTML.
        where: Its place for messages, such as "Cell 7".
        folder: The notebook's folder.
        attachments: The cell's attachments: names, and for each its data by type.

    Raises:
        ExportError: If the export is strict and something can only be shown in a lesser form.
    """
    # Behind the last ">" no tag can end: the parser would look for the end of each one through all of the text.
    whole, end, rest = raw.rpartition(">")
    soup = BeautifulSoup(_svg_as_pictures(whole + end + rest.replace("<", "&lt;"), where, folder), "html.parser")
    styles = [_safe_rules(tag.get_text()) for tag in soup.find_all("style")]
    for tag in soup.find_all(["form", "fieldset", "legend", "hgroup"]):
        tag.name = "div"  # its content may be readable; its buttons need a script and go below
        tag.attrs = {}
    for tag in soup.find_all(["object", "embed"]):
        address = str(tag.get("data") or tag.get("src") or "")
        if (mimetypes.guess_type(address)[0] or str(tag.get("type"))).startswith("image/"):
            words = tag.get_text(" ", strip=True) or tag.get("title") or say("cell.unnamed_picture")
            tag.replace_with(soup.new_tag("img", src=address, alt=words, **_sizes(tag)))
            continue
        if address:
            tag.insert_before(_link(soup, address, str(tag.get("title") or say("cell.embedded_file")), where))
        tag.unwrap()  # what it shows where it cannot be loaded
    for tag in soup.find_all(style=re.compile(r"(?i)url\(")):
        report(f"{where}: a picture in the background of a <{tag.name}> element is left out")
        tag["style"] = WITH_ADDRESS.sub("", str(tag["style"]))
    for tag in soup.find_all(HIDDEN):
        tag.decompose()
    for tag in soup.find_all("input", type="checkbox"):
        if not tag.get("id"):  # with one, a label may use it to fold something, by style rules alone
            tag["disabled"] = ""
    controls = soup.find_all(_is_control)
    if controls:
        names = ", ".join(sorted({tag.name for tag in controls}))
        report(f"{where}: controls that do nothing without their program are left out: {names}")
    for tag in controls:
        tag.decompose()
    for frame in soup.find_all("iframe"):
        label = str(frame.get("title") or say("cell.embedded_page"))
        frame.replace_with(_link(soup, str(frame.get("src", "")), label, where))
    for tag in soup.find_all("canvas"):
        report(f"{where}: a <{tag.name}> element needs a script, and is left out")
        tag.decompose()
    for tag in soup.find_all(["img", "audio", "video", "source", "track"]):
        _contain(soup, tag, where, folder, attachments or {})
    done = nh3.clean(
        str(soup),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        filter_style_properties=STYLES,
        url_schemes=SCHEMES | {"data"},
        link_rel=None,
        strip_comments=True,
    )
    rules = "\n".join(filter(None, styles))
    return f"<style>{rules}</style>{done}" if rules else done


def _is_control(tag: Tag) -> bool:
    if tag.name == "input":
        return tag.get("type") != "checkbox"
    return tag.name in {"button", "select", "textarea"}


def is_empty(html: str) -> bool:
    """Return whether HTML shows nothing.

    >>> is_empty("<div><p> </p></div>"), is_empty("<p>a</p>"), is_empty('<img src="data:,">')
    (True, False, False)
    """
    return not re.sub(r"(?is)<style>.*?</style>|<(?!img|hr|audio|video|input)[^>]*>|\s|&nbsp;", "", html)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in {"id", "name", "for"}:
        return value.replace(":", "-")  # an id with a colon is one of ours
    if name == "class":
        return " ".join(word for word in value.split() if word not in OURS)
    if name == "href":
        value = value.strip()
        if value.startswith("#"):
            return value.replace(":", "-")
        return value if SAFE_LINK.match(value) else None
    if name in {"src", "poster"}:
        kind = "image" if tag == "img" or name == "poster" else "(audio|video|text)"
        return value if re.match(rf"data:{kind}/", value) else None
    if name == "style" and "url(" in value.lower():
        return None
    return value


def _svg_as_pictures(raw: str, where: str, folder: str) -> str:
    """Turn inline drawings into pictures: as a picture a drawing keeps its look, and cannot run or fetch anything."""
    pieces, at, depth, start = [], 0, 0, 0
    for tag in SVG.finditer(raw):
        opening = not tag[1] and not tag[2]
        if opening and depth == 0:
            start = tag.start()
        depth = max(0, depth + (1 if opening else -1 if tag[1] else 0))
        if tag[1] and depth == 0 and start >= at:
            pieces += [raw[at:start], svg_picture(raw[start : tag.end()], where, folder)]
            at = tag.end()
    return "".join([*pieces, raw[at:]])


def svg_picture(svg: str, where: str, folder: str, alt: str = "") -> str:
    """Write a drawing as a picture, with the pictures inside of it, named by its title or its label."""

    def inside(found: re.Match) -> str:
        source = unescaped(found[2])
        data = source if source.startswith("data:") else _contained(source, folder, {})
        if not data:
            report(f"{where}: a picture inside of a drawing, {source!r}, is left out: the file cannot contain it")
        return found[1] + text(data)

    svg = INSIDE_SVG.sub(inside, svg)
    opening = svg[: svg.find(">")]
    title = re.search(r"(?is)<title[^>]*>(.*?)</title>", svg) or re.search(r'aria-label="([^"]*)"', opening)
    if "xmlns=" not in opening:
        spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        svg = svg.replace("<svg", f"<svg {spaces}", 1)
    sizes = "".join(f' {key}="{found[1]}"' for key in ("width", "height") if (found := _size(opening, key)))
    packed = base64.b64encode(svg.encode("utf-8", "replace")).decode("ascii")
    name = alt or (re.sub(r"<[^<>]*>", "", title[1]).strip() if title else say("cell.drawing"))
    return f'<img src="data:image/svg+xml;base64,{packed}" alt="{text(name)}"{sizes}>'


def _sizes(tag: Tag) -> dict[str, str]:
    return {key: str(tag[key]) for key in ("width", "height") if tag.get(key)}


def _size(opening: str, key: str) -> re.Match | None:
    return re.search(rf'\b{key}="(\d+(?:\.\d+)?)(?:px)?"', opening)


def _safe_rules(css: str) -> str:
    """Keep the harmless rules of a style sheet; those that name no element by its id are for this cell alone."""
    kept: list[str] = []
    of_cell: list[str] = []
    for rule in tinycss2.parse_stylesheet(css[:500_000], skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selector = tinycss2.serialize(rule.prelude).strip()
        if re.search(r"[<{}\\]", selector):
            continue
        declarations = [
            f"{one.lower_name}: {tinycss2.serialize(one.value).strip()}{' !important' if one.important else ''}"
            for one in tinycss2.parse_blocks_contents(rule.content)
            if one.type == "declaration" and one.lower_name in STYLES
        ]
        safe = [one for one in declarations if not re.search(r"(?i)url\(|expression|[<>\\]", one)]
        if safe:
            (kept if "#" in selector else of_cell).append(f"{selector} {{ {'; '.join(safe)} }}")
    if of_cell:  # without a prelude, @scope is for what surrounds the style element
        kept += ["@scope {", *of_cell, "}"]
    return "\n".join(kept)


def _contain(soup: BeautifulSoup, tag: Tag, where: str, folder: str, attachments: Mapping) -> None:
    """Put what an element shows into the file, or say in its place that it cannot be."""
    source = str(tag.get("src", "")).strip()
    if tag.name == "img" and not source:
        source = _from_set(tag)
    if tag.name == "img" and not tag.has_attr("alt"):
        tag["alt"] = say("cell.unnamed_picture")
    if not source:
        if tag.name == "img":
            report(f"{where}: a picture that a script was to show is left out")
            tag.decompose()
        return
    if source.lower().startswith("data:"):
        head, _, body = source.partition(",")
        tag["src"] = re.sub(r"\s", "", head) + "," + (re.sub(r"\s", "", body) if "base64" in head else body)
        return
    data = _contained(source, folder, attachments)
    if data:
        tag["src"] = data
        return
    name = tag.get("alt") or tag.get("title") or say("cell.picture" if tag.name == "img" else "cell.recording")
    if re.match(r"(?i)(https?:)?//", source):
        _put_instead(tag, _link(soup, source, str(name), where))
        return
    kind = "picture" if tag.name == "img" else "file"
    report(f"{where}: the {kind} {source!r} was not found beside the notebook; the file says so in its place")
    missing = soup.new_tag("span", attrs={"class": "missing"})
    missing.string = say("cell.not_found", name=name, source=source)
    _put_instead(tag, missing)


def _from_set(picture: Tag) -> str:
    """Give the widest picture of those that an element without an address of its own offers, else the first."""
    around = picture.find_parent("picture")
    sets = [picture.get("srcset"), *(one.get("srcset") for one in (around.find_all("source") if around else []))]
    offered = next((str(one) for one in sets if one), "")
    found = re.findall(r"[\s,]*(\S+)(?:(?<!,)\s+(?:(\d{1,6})w)?[^,]*)?", offered)
    return max(found, key=lambda one: int(one[1] or 0), default=("", ""))[0].rstrip(",")


def _put_instead(tag: Tag, note: Tag) -> None:
    """Put a note in the place of what cannot be shown; for a part of a player behind it, where it can be seen."""
    player = tag.find_parent(["audio", "video"])
    if player is None:
        tag.replace_with(note)
        return
    player.insert_after(note)
    tag.decompose()
    if not player.get("src") and not player.find("source"):
        player.decompose()


def _contained(source: str, folder: str, attachments: Mapping) -> str:
    """Give the data of an attachment or of a file beside the notebook as an address, or nothing."""
    if source.lower().startswith("attachment:"):
        name = source.partition(":")[2]
        bundle = attachments.get(name) or attachments.get(unquote(name)) or {}
        mime, data = next(iter(bundle.items()), ("", ""))
        data = "".join(data) if isinstance(data, list) else str(data)
        if mime == "image/svg+xml" and "<" in data:
            data = base64.b64encode(data.encode("utf-8")).decode("ascii")
        return f"data:{mime};base64,{''.join(data.split())}" if mime else ""
    if re.match(r"(?i)[a-z][a-z0-9+.-]+:|//", source):
        return ""
    for name in (source, unquote(source.partition("?")[0].partition("#")[0])):
        try:
            path = Path(folder or ".") / name
            if path.is_file() and path.stat().st_size <= LARGEST_PICTURE:
                mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                return f"data:{mime};base64,{base64.b64encode(bytes_in(path)).decode('ascii')}"
        except (OSError, ValueError):  # a name that no file can have
            continue
    return ""


def _link(soup: BeautifulSoup, address: str, label: str, where: str) -> Tag:
    on_network = bool(re.match(r"(?i)(https?:)?//", address))
    place = "on the network" if on_network else "another file"
    report(f"{where}: {address or 'an embedded page'} is {place}; the file has a link to it instead")
    link = soup.new_tag("a", href=address if SAFE_LINK.match(address) else "#")
    link.string = say("cell.on_network" if on_network else "cell.another_file", name=label)
    return link
