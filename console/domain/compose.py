"""How a template and its values become the text one group will see (F22-F25, F28, F57).

Pure. The header with team and area, the bold title and the closing line of the region are made
here and are never part of a template. Every stretch of the text remembers which field it came
from, so a finding of the guard can be shown in the field and in the preview at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.domain.layout import LayoutNode, Literal, Place, When, parse
from console.domain.post import Template
from contract.region import RegionProfile

ORIGIN = "_origin"
"""The reserved value that says where a forwarded text came from (F21)."""

_CONTROLS = {code: " " for code in (*range(32), 127) if code != 10}
_BOLD_BREAKERS = {**_CONTROLS, 10: " ", ord("*"): " "}
_ENDS = (".", "!", "?", "…", ":", ";")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text, in code points, and the field it shows.

    ``field_start`` is where the stretch begins in the value as typed. ``gap``: the field is empty
    and the stretch is the mark that says so.
    """

    start: int
    end: int
    field: str
    field_start: int
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """The whole text for one group. Spans are start and end in code points."""

    text: str
    parts: tuple[Part, ...]
    header: tuple[int, int]
    title: tuple[int, int]
    closing: tuple[int, int]

    def locate(self, start: int, end: int) -> tuple[str, int, int]:
        """Return the field a span came from, with the span inside the value as typed.

        A span over several fields belongs to the first; an empty name: no field, fixed text.
        """
        for part in self.parts:
            if part.start < max(end, start + 1) and start < part.end:
                if part.gap:
                    return part.field, 0, 0
                shift = part.field_start - part.start
                return part.field, max(start, part.start) + shift, min(end, part.end) + shift
        return "", 0, 0


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    field: str = ""
    start: int = 0
    gap: bool = False


class _Page:
    """Collects pieces into one text, with at most one empty line between two blocks."""

    def __init__(self) -> None:
        self.text = ""
        self.parts: list[Part] = []

    def add(self, piece: _Piece) -> tuple[int, int]:
        """Append a piece; returns its span."""
        words, start = piece.text, piece.start
        if not piece.field:
            words = self._without_double_blanks(words)
        at = len(self.text)
        self.text += words
        if piece.field and words:
            self.parts.append(Part(at, len(self.text), piece.field, start, piece.gap))
        return at, len(self.text)

    def _without_double_blanks(self, words: str) -> str:
        while "\n\n\n" in words:
            words = words.replace("\n\n\n", "\n\n")
        standing = len(self.text) - len(self.text.rstrip("\n"))
        leading = len(words) - len(words.lstrip("\n"))
        return words[max(0, standing + leading - 2) :] if leading else words


def render(
    template: Template,
    values: Mapping[str, str],
    *,
    team: str,
    area_name: str,
    region: RegionProfile,
    urgent: bool,
    training: bool,
) -> Composed:
    """Make the text for one group.

    ``area_name`` is the area in line one (the group's own name where it has no area). An empty
    required field leaves its label between brackets, which the guard stops (F25).

    Raises:
        BadLayout: the layout holds something outside the allow-list.
    """
    page = _Page()
    header = page.add(_Piece(header_line(team, area_name, region=region, training=training)))
    page.add(_Piece("\n"))
    labels = {field.name: field.label for field in template.fields if field.required}
    pieces = list(_pieces(parse(template.layout.strip("\n")), values, labels))
    title, rest = _split_title(pieces)
    at = len(page.text)
    if title:
        page.add(_Piece("*"))
        for piece in title:
            page.add(replace(piece, text=piece.text.translate(_BOLD_BREAKERS)))
        page.add(_Piece("*"))
    title_span = (at, len(page.text))
    origin = values.get(ORIGIN, "").strip()
    if origin:
        page.add(_Piece("\n" + origin.translate(_BOLD_BREAKERS)))
    for piece in rest:
        page.add(replace(piece, text=piece.text.translate(_CONTROLS)))
    page.add(_Piece("\n\n"))
    closing = page.add(_Piece(region.closing_line(urgent=urgent)))
    return Composed(page.text, tuple(page.parts), header, title_span, closing)


def header_line(team: str, area_name: str, *, region: RegionProfile, training: bool) -> str:
    """Return line one, bold: who speaks and to which area; in training OEFENING first (F57)."""
    who = f"{region.header_word} {team}".translate(_BOLD_BREAKERS).strip()
    line = f"{who} – {area_name.translate(_BOLD_BREAKERS).strip()}" if area_name.strip() else who
    return f"*{region.training_word}. {line}*" if training else f"*{line}*"


def fixed_text(text: str, *, region: RegionProfile, training: bool) -> str:
    """Return a fixed answer of the region, in training marked in its first line (F57)."""
    return f"{region.training_word}. {text}" if training else text


def first_words(text: str) -> str:
    """Return the words a text begins with, for the check beside the clipboard (day.md §4)."""
    return text.split("\n", 1)[0].strip().strip("*")[:120]


def _pieces(
    nodes: tuple[LayoutNode, ...], values: Mapping[str, str], labels: Mapping[str, str]
) -> list[_Piece]:
    made: list[_Piece] = []
    for node in nodes:
        if isinstance(node, Literal):
            made.append(_Piece(node.text))
        elif isinstance(node, When):
            if values.get(node.field, "").strip():
                made += _pieces(node.inner, values, labels)
        else:
            made += _value(node, values.get(node.field, ""), labels)
    return made


def _value(place: Place, value: str, labels: Mapping[str, str]) -> list[_Piece]:
    start = len(value) - len(value.lstrip())
    words = value.strip()
    if not words:
        if place.field not in labels:
            return []
        return [_Piece(f"[{labels[place.field].lower()}]", place.field, gap=True)]
    tail = ""
    for name in place.filters:
        if name in ("kaal", "kop"):
            words = words.rstrip(" .") or words
        if name in ("zin", "kop"):
            first = words[0].upper()
            # A letter that grows when it becomes a capital would shift every span after it.
            words = (first if len(first) == 1 else words[0]) + words[1:]
        if name == "zin":
            last = words.split()[-1]
            if not words.endswith(_ENDS) and "://" not in last and not last.startswith("www."):
                tail = "."
    made = [_Piece(words, place.field, start)]
    return [*made, _Piece(tail)] if tail else made


def _split_title(pieces: list[_Piece]) -> tuple[list[_Piece], list[_Piece]]:
    """Split after the first line of the layout; a line break inside a value does not count."""
    title: list[_Piece] = []
    for number, piece in enumerate(pieces):
        if not piece.field and "\n" in piece.text:
            head, _, tail = piece.text.partition("\n")
            return [*title, _Piece(head)], [_Piece("\n" + tail), *pieces[number + 1 :]]
        title.append(piece)
    return title, []
