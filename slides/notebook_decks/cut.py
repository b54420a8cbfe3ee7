"""Cut plotly.js down to the kinds of trace that a file draws.

plotly.js is one script of 4.8 MB that registers every kind of trace. Most files draw two or three of them. The script
is the output of a bundler: a list of top-level declarations, most of them lazy module wrappers, and one call that
registers all traces, and the calendars other than ours. `cut` shortens that call and then leaves out every declaration
that nothing reachable names. It also leaves out the style sheet of maps on tiles, since it never cuts for these.

The cut is conservative. A name counts as used wherever it stands as an identifier, also where a function has a variable
of the same name. A declaration whose evaluation could have an effect stays. Anything that does not look as expected
raises `CutError`, and the caller then uses the whole script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser, Query, QueryCursor

from notebook_decks.cache import kept

NO_IDENTIFIERS = "[(string_fragment) (property_identifier) (regex_pattern) (comment)] @text"
NAME = re.compile(rb"[A-Za-z_$][\w$]*")
# What the object of a trace module says about itself; the order of the two entries differs between modules.
TRACE = re.compile(rb'moduleType:"trace",name:"([^"]+)"|name:"([^"]+)"[^{}]*,moduleType:"trace"')
CALENDARS = "calendars"  # a part that is registered like a kind of trace
PART = re.compile(rb'moduleType:"component",name:"(calendars)"')
TILES_STYLE = re.compile(
    rb"""\(function\(\)\{if\(!document\.getElementById\([^{}]*\)\)\{"""
    rb"""var \w+=document\.createElement\("style"\);[^']*textContent='\.maplibregl"""
)
CALLED = re.compile(rb"=([\w$]+)\(\)")
PASSES_ON = 300  # a module shorter than this many bytes only passes on, or completes, what another one exports
UNPROVEN = {"choroplethmap", "densitymap", "scattermap"}  # tiles and a WebGL map: no test compares their drawings
FEWEST_TRACES = 30  # the whole script registers more than forty; a shorter list is another call
HARMLESS = {  # evaluating these has no effect that another declaration could depend on
    "arrow_function",
    "class",
    "false",
    "function_expression",
    "generator_function",
    "null",
    "number",
    "regex",
    "string",
    "true",
}


class CutError(Exception):
    """The script is not built as expected, or does not contain a kind of trace; the message says what was missed."""


@dataclass(frozen=True)
class Declaration:
    """A top-level name of the bundle: where its text stands, and what replaces it if nothing needs it."""

    start: int
    end: int
    replacement: bytes | None  # None: it has to stay
    exports: list[tuple[int, int]] = field(default_factory=list)  # statements that only add getters to this object

    @property
    def places(self) -> list[tuple[int, int]]:
        """Everything that has to run, or to stay, for this name."""
        return [(self.start, self.end), *self.exports]


class Bundle:
    """plotly.js, parsed once, from which any number of smaller scripts can be cut.

    Raises:
        CutError: if the script has an unknown structure.
    """

    def __init__(self, script: str) -> None:
        self._source = source = script.encode("utf-8")
        language = Language(tree_sitter_javascript.language())
        root = Parser(language).parse(source).root_node
        body = _body(root, source)
        self._declarations, self._always_run = _declarations(body, source)
        self._list_start, self._list_end, modules = _registered(body, source)
        self._entry = _entry_point(body, source)
        self._kind_of = {module: _kind(module, self._declarations, source) for module in modules}
        self._identifiers = _identifiers_only(root, source, language)

    @property
    def kinds(self) -> list[str]:
        """The kinds of trace that the whole script registers, beside those that are part of its core."""
        return [kind for kind in self._kind_of.values() if kind not in (None, CALENDARS)]

    def cut(self, kinds: set[str] | frozenset[str]) -> str:
        """Return plotly.js with only these kinds of trace, such as "bar" and "scatter", and calendars where asked for.

        Raises:
            CutError: if plotly.js has no trace of one of these kinds.
        """
        modules = [module for module, kind in self._kind_of.items() if kind is None or kind in kinds]
        reachable = self._reachable(without=set(self._kind_of) - set(modules))
        present = {kind for name in reachable for kind in _kinds_in(self._declarations[name], self._source)}
        if missing := sorted(set(kinds) - present):
            raise CutError(f"plotly.js has no trace of the kinds {', '.join(missing)}")
        unused = [place for name, place in self._declarations.items() if name not in reachable]
        edits = [(place.start, place.end, place.replacement) for place in unused if place.replacement is not None]
        edits += [(start, end, b"") for place in unused for start, end in place.exports]
        edits += [
            (place.start, place.end, b"()=>{}") for place in self._declarations.values() if self._styles_tiles(place)
        ]
        edits.append((self._list_start, self._list_end, b",".join(module + b"()" for module in modules)))
        return _edited(self._source, edits).decode("utf-8")

    def _reachable(self, without: set[bytes]) -> set[bytes]:
        """List the names that run or that anything running names, when the list of traces lacks some."""
        reachable: set[bytes] = set()
        waiting = [self._entry, *(name for place in self._always_run for name in self._names_in(*place))]
        while waiting:
            name = waiting.pop()
            if name in reachable:
                continue
            reachable.add(name)
            place = self._declarations[name]
            uses = {used for start, end in place.places for used in self._names_in(start, end)}
            waiting += uses - without if place.start <= self._list_start < place.end else uses
        return reachable

    def _styles_tiles(self, place: Declaration) -> bool:
        return TILES_STYLE.search(self._source, place.start, place.end) is not None

    def _names_in(self, start: int, end: int) -> Iterator[bytes]:
        for found in NAME.finditer(self._identifiers, start, end):
            if found[0] in self._declarations:
                yield found[0]


@lru_cache(maxsize=2)
def _parsed(script: str) -> Bundle:
    return Bundle(script)


def cut(script: str, kinds: set[str] | frozenset[str]) -> str:
    """Return plotly.js with only these kinds of trace; a result is kept in the user's cache folder.

    Args:
        script: the text of plotly.min.js, as the plotly package contains it.
        kinds: names of traces, such as "bar" and "scatter", and "calendars" where a figure names a calendar.

    Raises:
        CutError: if the script has an unknown structure, or a kind is unknown or not proven to draw the same.
    """
    if unproven := sorted(UNPROVEN & set(kinds)):
        raise CutError(f"no test compares the drawings of {', '.join(unproven)}")
    own = Path(__file__).read_text(encoding="utf-8")

    def make() -> bytes:
        return _parsed(script).cut(kinds).encode("utf-8")

    return kept("plotly.js", script, own, sorted(kinds), make=make).decode("utf-8")


def _body(root: Node, source: bytes) -> Node:
    """Find the body of the function that is plotly.js: the statement block that holds nearly the whole script."""
    if root.has_error:
        raise CutError("plotly.js could not be parsed")
    node, block = root, None
    while (inner := _largest_child(node)) is not None and inner.end_byte - inner.start_byte > 0.9 * len(source):
        if inner.type == "statement_block":
            block = inner
        node = inner
    if block is None:
        raise CutError("plotly.js is not one function")
    return block


def _identifiers_only(root: Node, source: bytes, language: Language) -> bytes:
    """Give the script with blanks in place of the words that are no identifiers, at the same length."""
    blanked = bytearray(source)
    for node in QueryCursor(Query(language, NO_IDENTIFIERS)).captures(root).get("text", []):
        blanked[node.start_byte : node.end_byte] = b" " * (node.end_byte - node.start_byte)
    return bytes(blanked)


def _largest_child(node: Node) -> Node | None:
    return max(node.named_children, key=lambda child: child.end_byte - child.start_byte, default=None)


def _declarations(bundle: Node, source: bytes) -> tuple[dict[bytes, Declaration], list[tuple[int, int]]]:
    """List the top-level declarations by name, and the places of all other statements, which always run."""
    found: dict[bytes, Declaration] = {}
    always_run: list[tuple[int, int]] = []
    wrappers: set[bytes] = set()
    for statement in bundle.named_children:
        if statement.type in {"function_declaration", "class_declaration", "generator_function_declaration"}:
            name = statement.child_by_field_name("name")
            found[_text(name, source)] = Declaration(statement.start_byte, statement.end_byte, b"")
        elif statement.type in {"variable_declaration", "lexical_declaration"}:
            for declarator in statement.named_children:
                if declarator.type == "variable_declarator":
                    _add_declarator(declarator, source, found, always_run, wrappers)
        elif (target := _exports_to(statement, source)) in found:
            found[target].exports.append((statement.start_byte, statement.end_byte))
        elif statement.type != "comment":
            always_run.append((statement.start_byte, statement.end_byte))
    return found, always_run


def _exports_to(statement: Node, source: bytes) -> bytes:
    """Name the object to which a statement `helper(object, {name: () => value, ...})` adds getters, else nothing."""
    call = statement.named_children[0] if statement.type == "expression_statement" else None
    listed = call.child_by_field_name("arguments") if call is not None and call.type == "call_expression" else None
    arguments = listed.named_children if listed is not None else []
    if [argument.type for argument in arguments] != ["identifier", "object"]:
        return b""
    values = [pair.child_by_field_name("value") for pair in arguments[1].named_children]
    if any(value is None or value.type != "arrow_function" for value in values):
        return b""
    return _text(arguments[0], source)


def _add_declarator(
    declarator: Node,
    source: bytes,
    found: dict[bytes, Declaration],
    always_run: list[tuple[int, int]],
    wrappers: set[bytes],
) -> None:
    target, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
    if target is None or target.type != "identifier":  # a pattern such as {a, b}: kept as a whole
        always_run.append((declarator.start_byte, declarator.end_byte))
        return
    name = _text(target, source)
    if value is None:
        found[name] = Declaration(declarator.end_byte, declarator.end_byte, None)
    elif _is_harmless(value, source, wrappers):
        if _is_wrapper(value):
            wrappers.add(name)
        found[name] = Declaration(value.start_byte, value.end_byte, b"0")
    else:
        found[name] = Declaration(value.start_byte, value.end_byte, None)
        always_run.append((value.start_byte, value.end_byte))


def _is_harmless(value: Node, source: bytes, wrappers: set[bytes]) -> bool:
    if value.type in HARMLESS:
        return True
    if value.type in {"array", "object", "parenthesized_expression", "unary_expression", "pair"}:
        return all(_is_harmless(child, source, wrappers) for child in value.named_children if child.type != "comment")
    if value.type in {"property_identifier", "computed_property_name", "method_definition"}:
        return value.type != "computed_property_name"
    if value.type == "call_expression":  # the bundler's wrapper of a module: it returns a function and runs nothing
        callee = value.child_by_field_name("function")
        return callee is not None and callee.type == "identifier" and _text(callee, source) in wrappers
    return False


def _is_wrapper(value: Node) -> bool:
    """Return whether a function does nothing but return a function without parameters."""
    body = value.child_by_field_name("body") if value.type == "arrow_function" else None
    if body is None or body.type != "arrow_function":
        return False
    parameters = body.child_by_field_name("parameters")
    return parameters is not None and not parameters.named_children


def _registered(bundle: Node, source: bytes) -> tuple[int, int, list[bytes]]:
    """Find the list of modules that the bundle registers: its place, and their names."""
    for found in re.finditer(rb"\.register\(\[((?:[\w$]+\(\),?)+)\]\)", source[bundle.start_byte : bundle.end_byte]):
        modules = found[1].replace(b"()", b"").split(b",")
        if len(modules) >= FEWEST_TRACES:
            return bundle.start_byte + found.start(1), bundle.start_byte + found.end(1), modules
    raise CutError("the list of traces was not found in plotly.js")


def _entry_point(bundle: Node, source: bytes) -> bytes:
    last = bundle.named_children[-1]
    found = re.fullmatch(rb"return ([\w$]+)\(\);?", _text(last, source)) if last.type == "return_statement" else None
    if not found:
        raise CutError("plotly.js does not end by returning one call")
    return found[1]


def _kinds_in(place: Declaration, source: bytes) -> list[str]:
    traces = [found[1] or found[2] for found in TRACE.finditer(source, place.start, place.end)]
    parts = [found[1] for found in PART.finditer(source, place.start, place.end)]
    return [name.decode("ascii") for name in traces + parts]


def _kind(module: bytes, declarations: dict[bytes, Declaration], source: bytes, depth: int = 3) -> str | None:
    """Give the kind of trace that a module defines, or None for a module that defines none."""
    place = declarations.get(module)
    if place is None:
        return None
    if kinds := _kinds_in(place, source):
        return kinds[0]
    if not depth or place.end - place.start > PASSES_ON:
        return None
    others = (found[1] for found in CALLED.finditer(source, place.start, place.end))
    return next((kind for other in others if (kind := _kind(other, declarations, source, depth - 1))), None)


def _text(node: Node | None, source: bytes) -> bytes:
    return source[node.start_byte : node.end_byte] if node is not None else b""


def _edited(source: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    pieces, at = [], 0
    for start, end, replacement in sorted(edits):
        if start < at:  # an unused declaration inside another one that is already replaced
            continue
        pieces += [source[at:start], replacement]
        at = end
    return b"".join([*pieces, source[at:]])
