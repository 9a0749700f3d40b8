"""A CAP 1.1 or 1.2 alert in XML (formats.md §2b)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError  # nosec B405 # types only; defusedxml reads

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from contract.reading.decoding import Unreadable
from contract.reading.facts import lines_in, plates_in
from contract.reading.model import MAX_LIST, Alert, Circle, safe_id, text_of, title_of
from contract.reading.values import circle_text, iso_of, polygons_of
from contract.vocabulary import AlertKind, AlertState

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # nosec B405 # types only; defusedxml reads

_TESTS = frozenset({"test", "exercise"})
_REQUIRED = ("identifier", "msgType")
_METRES_PER_KM = 1000


def read_cap(data: bytes | str, at: datetime) -> Alert:
    """Give the alert in a CAP document; `at` decides whether it has expired.

    Any namespace is accepted, the names of the elements are what counts. Raises `Unreadable`
    not_an_answer for XML that is broken or not CAP, and for a document type or entity: CAP has
    none, and they are how an XML bomb works (security.md §7, threat 6).
    """
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("not_an_answer") from error
    if _name(root) != "alert" or not any(_text(root, name) for name in _REQUIRED):
        raise Unreadable("not_an_answer")
    return _alert(root, at)


def _alert(root: Element, at: datetime) -> Alert:
    info = _chosen_info(root)
    status = _text(root, "status").lower()
    kind_of_message = _text(root, "msgType").lower()
    sent = iso_of(_text(root, "sent"))
    expires = None if info is None else iso_of(_text(info, "expires"))
    state = _state(status, kind_of_message, expires, at)
    ended = None
    if state is AlertState.ENDED:
        ended = sent if kind_of_message == "cancel" else expires
    texts = [] if info is None else [_text(info, "description"), _text(info, "instruction")]
    text = "\n\n".join(part for part in texts if part) or _text(root, "note")
    areas = [] if info is None else list(_children(info, "area"))
    return Alert(
        AlertKind.PUBLIC_ALERT,
        state,
        text,
        id=safe_id(_text(root, "identifier")),
        test=status in _TESTS,
        title=None if info is None else _title(info),
        places=_places(areas),
        started_at=_started(root, info, kind_of_message, sent),
        ended_at=ended,
        area=_circle(areas),
        polygons=polygons_of([_own(part) for area in areas for part in _children(area, "polygon")]),
        plates=plates_in(text),
        phone_lines=lines_in(text),
    )


def _state(status: str, message: str, expires: datetime | None, at: datetime) -> AlertState:
    """A draft, a message between systems, a receipt or an error says nothing of what runs."""
    if message == "cancel" or (expires is not None and expires <= at):
        return AlertState.ENDED
    if status in {"draft", "system"} or message not in {"alert", "update"}:
        return AlertState.UNKNOWN
    return AlertState.ACTIVE


def _started(
    root: Element, info: Element | None, message: str, sent: datetime | None
) -> datetime | None:
    """When it took effect; of an update or a cancel, when the first message was sent."""
    effective = None if info is None else iso_of(_text(info, "effective"))
    if message in {"update", "cancel"}:
        triples = [part.rsplit(",", 1)[-1] for part in _text(root, "references").split()]
        earlier = [moment for moment in map(iso_of, triples) if moment is not None]
        if earlier:
            return min(earlier)
        return effective if message == "cancel" else effective or sent
    return effective or sent


def _chosen_info(root: Element) -> Element | None:
    """The Dutch block where there are several languages, else the first."""
    blocks = list(_children(root, "info"))
    dutch = [block for block in blocks if _text(block, "language").lower().startswith("nl")]
    return next(iter(dutch + blocks), None)


def _title(info: Element) -> str | None:
    return title_of(_text(info, "headline")) or title_of(_text(info, "event"))


def _places(areas: list[Element]) -> tuple[str, ...]:
    names = (title_of(_text(area, "areaDesc")) for area in areas)
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_LIST]


def _circle(areas: list[Element]) -> Circle | None:
    circles = (
        circle_text(_own(part), _METRES_PER_KM)
        for area in areas
        for part in _children(area, "circle")
    )
    return next((circle for circle in circles if circle is not None), None)


def _children(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in parent if _name(child) == name)


def _name(element: Element) -> str:
    """The name without its namespace; a comment or instruction has none."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _own(element: Element) -> str:
    return text_of((element.text or "").strip())


def _text(parent: Element, name: str) -> str:
    child = next(_children(parent, name), None)
    return "" if child is None else _own(child)
