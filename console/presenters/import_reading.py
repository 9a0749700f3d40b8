"""Makes one reading out of what was pasted, dropped or opened: a text or a feed answer (F35)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from console.bridge import settled
from console.domain.alert import ReadAlert, ReadFact
from console.domain.directory_map import DirectoryMap
from console.domain.failures import Problem, Refused
from console.domain.reading import LABELS
from console.intake.files import Unreadable, read_bounded
from console.presenters.kit import Kit
from console.services.alerts import MAX_PASTE
from contract.dutch import word
from contract.reading.alert import read_alert_bytes
from contract.reading.burgernet_text import is_burgernet
from contract.reading.kind import template_for
from contract.reading.model import MAX_ALERT_BYTES, MAX_LIST, Alert, AlertReading
from contract.vocabulary import AlertKind, AlertSource, AlertState, AreaLevel

_FEED = frozenset(AlertSource) - {AlertSource.BURGERNET_TEXT, AlertSource.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Opened:
    """The bytes as they came, with every alert in them; a plain text gives one."""

    data: bytes
    source: str
    alerts: tuple[Alert, ...]

    @property
    def is_feed(self) -> bool:
        """Whether it is an answer of a source and not a text."""
        return self.source in _FEED

    def titles(self) -> list[str]:
        """Return what the alerts are called in a choice."""
        return [one.title or one.text.split("\n", 1)[0][:60] or one.kind for one in self.alerts]


def worth_reading(text: str) -> bool:
    """Say whether a clipboard looks like Burgernet: then it is read at once."""
    if not text.strip() or len(text) > MAX_ALERT_BYTES:
        return False
    return is_burgernet(text) or text.lstrip().startswith(("{", "[{"))


def open_bytes(data: bytes, now: datetime) -> Opened:
    """Read bytes as text or feed answer.

    Raises:
        Refused: nothing in it, too large, or an answer of a source the desk does not know.
    """
    try:
        reading: AlertReading = read_alert_bytes(data, now)
    except Unreadable as unreadable:
        raise Refused(Problem(unreadable.code, unreadable.message_nl)) from unreadable
    if not reading.alerts:
        raise Refused(Problem("empty", "Er loopt niets volgens dit antwoord van de bron."))
    return Opened(data, reading.source, reading.alerts)


def open_file(path: str, now: datetime) -> Opened:
    """Read a file of at most 1 MB."""
    try:
        data = read_bounded(path, max_bytes=MAX_ALERT_BYTES)
    except Unreadable as unreadable:
        raise Refused(Problem(unreadable.code, unreadable.message_nl)) from unreadable
    return open_bytes(data, now)


async def reading_of(kit: Kit, opened: Opened, number: int = 0) -> ReadAlert:
    """Return one alert as proposals for the fields, with its areas looked up."""
    if not opened.is_feed:
        plain = await settled(kit.services.alerts.read(opened.data))
        return replace(plain, area_choices=await _told_apart(kit, plain.area_choices))
    alert = opened.alerts[number]
    # A single alert keeps the answer as it came; of several, each keeps its own text.
    alone = len(opened.alerts) == 1 and len(opened.data) <= MAX_PASTE
    data = opened.data if alone else alert.text.encode("utf-8", "surrogatepass")
    read = await settled(kit.services.alerts.read(alert.text))
    known = (await settled(kit.services.alerts.read(data))).known_alert_id
    facts = read.facts if read.recognised else _facts(alert)
    areas, choices = read.area_ids, read.area_choices
    if not areas and not choices:
        areas, choices = await _areas(kit, alert)
    return replace(
        read,
        original=data,
        text=alert.text,
        recognised=True,
        source=opened.source,
        kind=alert.kind,
        state=alert.state,
        title=alert.title or "",
        test=alert.test,
        facts=facts,
        template_kind=template_for(alert.kind, alert.state, alert.text),
        area_ids=areas,
        area_choices=await _told_apart(kit, choices),
        known_alert_id=known,
        circle=alert.area.document() if alert.area is not None else None,
        polygons=alert.polygons[:MAX_LIST],
    )


def _facts(alert: Alert) -> tuple[ReadFact, ...]:
    made = [("kind", word(alert.kind, AlertKind).capitalize()), ("description", alert.title or "")]
    made += [("last_seen_place", place) for place in alert.places[:1]]
    made += [("municipality", alert.municipality or "")]
    made += [("plate", plate) for plate in alert.plates]
    made += [("phone_line", line) for line in alert.phone_lines]
    if alert.state == AlertState.ENDED:
        made.append(("ended", "ja"))
    return tuple(ReadFact(name, LABELS[name], value) for name, value in made if value)


async def _areas(kit: Kit, alert: Alert) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    for name in (*alert.places[:5], alert.municipality or ""):
        found = await settled(kit.services.directory.areas_named(name)) if name else []
        if len(found) == 1:
            return (found[0].area_id,), ()
        if found:
            return (), tuple((one.area_id, one.text) for one in found)
    return (), ()


async def _told_apart(
    kit: Kit, choices: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Name areas of one name so that a person can choose between them (F36)."""
    if not choices:
        return ()
    shape = await settled(kit.services.directory.shape())
    return tuple((area_id, area_words(shape, area_id) or name) for area_id, name in choices)


def area_words(shape: DirectoryMap, area_id: str) -> str:
    """Return an area with what tells it from others: what it lies in, else its code or level."""
    own, *around = shape.chain(area_id) if area_id in shape.areas else (None,)
    if own is None:
        return ""
    apart = around[0].name if around else own.code or word(own.level, AreaLevel).lower()
    return f"{own.name}, {apart}"
