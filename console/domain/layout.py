"""What may stand in a message template, and its parse into four kinds of node (F24).

A template is content that people edit, so it is read as data and never run: jinja2's reader tells
the parts, and everything outside a short allow-list is refused with its line (security.md §7,
threat 8). Allowed: text, ``{{field}}``, ``{{field|filter}}`` and ``{% if field %} … {% endif %}``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Node as JinjaNode

MAX_LAYOUT = 8000
"""The most characters of a layout, as in the record kind."""

MAX_DEPTH = 3
"""How deep an ``if`` may stand inside another."""

FILTERS = frozenset({"zin", "kaal", "kop"})
"""zin: capital first, full stop last. kaal: no full stop at the end. kop: both, for a title."""

_WORDS = frozenset({"if", "endif"})
_ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that stands as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one field, with the filters that tidy its value, in order."""

    field: str
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """A part that stands only where the field has a value."""

    field: str
    inner: "tuple[LayoutNode, ...]"


LayoutNode = Literal | Place | When


@dataclass(frozen=True, slots=True)
class LayoutProblem:
    """Why a layout is refused: the line, from 1, and a Dutch sentence."""

    line: int
    sentence: str


class BadLayout(Exception):
    """A layout holds something outside the allow-list; nothing was rendered."""

    def __init__(self, problems: tuple[LayoutProblem, ...]) -> None:
        super().__init__("; ".join(f"{one.line}: {one.sentence}" for one in problems))
        self.problems = problems


def check_layout(layout: str, field_names: Iterable[str]) -> list[LayoutProblem]:
    """Return what is wrong with a layout, by line; an empty list where it may be used."""
    if not layout.strip():
        return [LayoutProblem(1, "Het sjabloon is leeg.")]
    if len(layout) > MAX_LAYOUT:
        return [LayoutProblem(1, f"Het sjabloon is langer dan {MAX_LAYOUT} tekens.")]
    known = frozenset(field_names)
    found = _check_tokens(layout, known)
    if found:
        return found
    try:
        used = fields_of(parse(layout))
    except BadLayout as bad:
        return list(bad.problems)
    return [LayoutProblem(1, _unknown(name)) for name in sorted(used - known)]


@lru_cache(maxsize=64)
def parse(layout: str) -> tuple[LayoutNode, ...]:
    """Read a layout into nodes.

    Raises:
        BadLayout: it holds anything outside the allow-list, or is longer than ``MAX_LAYOUT``.
    """
    if len(layout) > MAX_LAYOUT:
        raise BadLayout((LayoutProblem(1, f"Het sjabloon is langer dan {MAX_LAYOUT} tekens."),))
    problems = _check_tokens(layout, None)
    if problems:
        raise BadLayout(tuple(problems))
    from jinja2 import TemplateSyntaxError

    try:
        tree = _environment().parse(layout)
        return tuple(_nodes(tree.body))
    except TemplateSyntaxError as wrong:
        problem = LayoutProblem(wrong.lineno, "Hier mist een begin of een eind van een blok.")
        raise BadLayout((problem,)) from None


def fields_of(nodes: Iterable[LayoutNode]) -> frozenset[str]:
    """Return the names of all fields in a layout, those of an ``if`` included."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Place):
            found.add(node.field)
        elif isinstance(node, When):
            found |= {node.field} | fields_of(node.inner)
    return frozenset(found)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, StrictUndefined

    # Only its reader is used: nothing is ever compiled or run.
    return Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # nosec B701 # read, never rendered


def _check_tokens(layout: str, known: frozenset[str] | None) -> list[LayoutProblem]:
    """Refuse by token first: then no expression is left for the parser but names and bars."""
    from jinja2 import TemplateSyntaxError

    depth = 0
    problems: list[LayoutProblem] = []
    try:
        for line, kind, value in _environment().lex(layout):
            sentence = _token_problem(kind, value, known)
            if kind == "name" and value in _WORDS:
                depth += 1 if value == "if" else -1
                if depth > MAX_DEPTH:
                    sentence = "Er staan te veel blokken in elkaar."
            if sentence:
                problem = LayoutProblem(line, sentence)
                if problem not in problems:
                    problems.append(problem)
                if len(problems) == _ENOUGH:
                    break
    except TemplateSyntaxError as wrong:
        problems.append(LayoutProblem(wrong.lineno, "Dit deel is niet te lezen."))
    return problems


def _token_problem(kind: str, value: str, known: frozenset[str] | None) -> str:
    if kind in ("data", "whitespace"):
        return ""
    if kind in ("variable_begin", "variable_end", "block_begin", "block_end"):
        plain = value in ("{{", "}}", "{%", "%}")
        return "" if plain else "Gebruik geen streepje of plusje bij de haken."
    if kind == "operator" and value == "|":
        return ""
    if kind == "name":
        if value in _WORDS or value in FILTERS or known is None or value in known:
            return ""
        return _unknown(value)
    return "Hier mag alleen een veld staan."


def _unknown(name: str) -> str:
    return f"“{name[:40]}” is geen veld van dit sjabloon."


def _nodes(nodes: "Iterable[JinjaNode]") -> Iterator[LayoutNode]:
    from jinja2 import nodes as j

    for node in nodes:
        if isinstance(node, j.Output):
            for part in node.nodes:
                yield Literal(part.data) if isinstance(part, j.TemplateData) else _place(part)
        elif isinstance(node, j.If) and not node.elif_ and not node.else_:
            if not isinstance(node.test, j.Name):
                raise _refused(node, "Achter “if” mag alleen een veld staan.")
            yield When(node.test.name, tuple(_nodes(node.body)))
        else:
            raise _refused(node, "Hier mag alleen een veld staan.")


def _place(node: "JinjaNode") -> Place:
    from jinja2 import nodes as j

    filters: list[str] = []
    while isinstance(node, j.Filter):
        if node.name not in FILTERS or node.args or node.kwargs or node.node is None:
            raise _refused(node, f"“{node.name[:40]}” is geen bewerking die mag.")
        filters.append(node.name)
        node = node.node
    if not isinstance(node, j.Name):
        raise _refused(node, "Hier mag alleen een veld staan.")
    return Place(node.name, tuple(reversed(filters)))


def _refused(node: "JinjaNode", sentence: str) -> BadLayout:
    return BadLayout((LayoutProblem(node.lineno, sentence),))
