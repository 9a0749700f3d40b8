"""What a person does with alerts: read, keep, say what they see, write the outcome (F35-F37)."""

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from console.domain.alert import AlertCard, AlertRow, ReadAlert, ReadFact
from console.domain.clock import LOCAL, moment, stamp
from console.domain.failures import Problem, Refused
from console.domain.reading import ALWAYS_SHOWN, LABELS, MISSING, value_of
from console.domain.writing import list_title
from console.intake.burgernet_text import Proposal, propose
from console.services.desk import Desk, Unit
from console.storage import alerts as stored
from console.storage.projection import shown, state
from contract.alerts import alert_id as alert_id_of
from contract.dutch import WORDS
from contract.vocabulary import AlertKind, AlertSource, AlertState, MessageKind

MAX_PASTE = 20_000
"""The most characters of a pasted text, as in the record kind."""

_AGE = re.compile(r"\b(\d{1,3}) jaar\b")

STATES = (AlertState.ACTIVE, AlertState.ENDED, AlertState.UNKNOWN)
"""What the keys 1 to 3 say."""

WORK_ROLES = ("operator", "officer", "account_holder")
"""Who may write and place."""


def original_of(read: ReadAlert) -> tuple[str, str]:
    """Return the kept form of the bytes as they came, and their SHA-256 (F35)."""
    return (
        base64.b64encode(read.original).decode("ascii"),
        hashlib.sha256(read.original).hexdigest(),
    )


def keep(unit: Unit, read: ReadAlert) -> str:
    """Keep a read text as an alert; the same text twice gives the alert that was kept before.

    Its id follows from its text, so two desks without contact keep one and the same alert.
    """
    original, sha256 = original_of(read)
    known = stored.kept_before(unit.conn, sha256, read.text)
    if known:
        return known
    own_id = alert_id_of(read.text[:MAX_PASTE])
    if own_id and state(unit.conn, "alert", own_id) is not None:
        # It was deleted: a deleted id never comes back (I10).
        own_id = ""
    facts = read.facts
    now = moment(unit.now)
    began = propose(read.text, now).alert.started_at if now and read.recognised else None
    alert_id = unit.create(
        "alert",
        {
            "source": read.source,
            "external_id": value_of(facts, "reference")[:64],
            "kind": read.kind,
            "state": read.state,
            "state_at": unit.now,
            "test": read.test,
            "title": title_of(read),
            "text": read.text[:MAX_PASTE],
            "original": original,
            "original_sha256": sha256,
            "municipality": value_of(facts, "municipality")[:120],
            "places": _all(facts, "last_seen_place", "place"),
            "started_at": stamp(began) if began else unit.now,
            "ended_at": unit.now if read.state == AlertState.ENDED else "",
            "received_at": unit.now,
            "area_id": read.area_ids[0] if len(read.area_ids) == 1 else "",
            "circle": dict(read.circle) if read.circle else None,
            "polygons": [[list(point) for point in ring] for ring in read.polygons] or None,
            "plates": _all(facts, "plate"),
            "phone_lines": _all(facts, "phone_line"),
            "closing_text": read.text[:MAX_PASTE] if read.state == AlertState.ENDED else "",
        },
        own_id or None,
    )
    unit.log("alert", alert_id, "received", read.source)
    return alert_id


def title_of(read: ReadAlert) -> str:
    """Return the title of an alert in lists: what is looked for, never a name ("Vermiste man (78)")."""
    if read.kind in MISSING:
        who = value_of(read.facts, "who")
        what = list_title(
            MessageKind.MISSING_PERSON, {"wie": who}, first_field="", template_name="", area_name=""
        )
        if read.kind == AlertKind.MISSING_CHILD or read.kind == AlertKind.AMBER:
            what = WORDS[AlertKind][read.kind].capitalize()
        age = _AGE.search(who)
        return f"{what} ({age.group(1)})" if age else what
    words = value_of(read.facts, "description") or read.title
    words = words or WORDS[AlertKind].get(read.kind, "Burgernet")
    return (words[:1].upper() + words[1:])[:300]


class Alerts:
    """Everything the Burgernet screen and the box for pasting ask for and do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, segment: str = "today") -> Future[list[AlertRow]]:
        """Return alerts in sections. ``segment``: now (not ended), today or all."""
        now = self._desk.clock.now()
        since = ""
        if segment == "now":
            since = stamp(now + timedelta(days=1))
        elif segment == "today":
            midnight = now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
            since = stamp(midnight)
        return self._desk.look(partial(stored.rows, now=stamp(now), since=since), "alerts.rows")

    def card(self, alert_id: str) -> Future[AlertCard | None]:
        """Return everything about one alert."""
        now = self._desk.now()
        return self._desk.look(lambda conn: stored.card(conn, alert_id, now=now), "alerts.card")

    def read(self, original: bytes | str) -> Future[ReadAlert]:
        """Read a pasted text and look up its areas; nothing is kept (F35).

        A fact without a label is a further stretch of the fact above it, not a line of its own.

        Raises:
            Refused: too long, empty, or not text.
        """
        data = original.encode("utf-8", "surrogatepass") if isinstance(original, str) else original
        now = self._desk.clock.now()

        return self._desk.look(
            lambda conn: _looked_up(
                read_text(data, now),
                partial(stored.areas_named, conn),
                partial(stored.kept_before, conn),
            ),
            "alerts.read",
        )

    def keep(self, read: ReadAlert) -> Future[str]:
        """Keep a read text without writing a message; returns the id of the alert."""

        def work(unit: Unit) -> str:
            unit.require(*WORK_ROLES)
            with unit.group():
                return keep(unit, read)

        return self._desk.act(work)

    def say_state(self, alert_id: str, state: str, *, closing_text: str = "") -> Future[None]:
        """Record what a person saw in the Burgernet app: still runs, ended, cannot see (F37)."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            if state not in STATES:
                raise Refused(Problem("answer-missing", "Kies 1, 2 of 3."))
            with unit.group():
                unit.command(
                    "alert", alert_id, "say_state", state=str(state), closing_text=closing_text
                )
                unit.log("alert", alert_id, "seen_state", str(state))

        return self._desk.act(work)

    def close_with(self, alert_id: str, closing: ReadAlert) -> Future[list[str]]:
        """Take a pasted closing message as the end of a known alert (F37).

        Returns the posts that now wait for their outcome.
        """

        def work(unit: Unit) -> list[str]:
            unit.require(*WORK_ROLES)
            if shown(unit.conn, "alert", alert_id) is None:
                raise Refused(Problem("gone", "Deze actie staat niet meer in de lijst."))
            with unit.group():
                unit.command(
                    "alert",
                    alert_id,
                    "say_state",
                    state=str(AlertState.ENDED),
                    closing_text=closing.text[:MAX_PASTE],
                )
                unit.log("alert", alert_id, "seen_state", str(AlertState.ENDED))
            return stored.broadcasts(unit.conn, alert_id)

        return self._desk.act(work)

    def waiting_for_outcome(self, alert_id: str) -> Future[list[str]]:
        """Return the posts of an alert that still owe their groups an outcome."""
        return self._desk.look(lambda conn: stored.broadcasts(conn, alert_id))


def read_text(data: bytes, now: datetime) -> ReadAlert:
    """Read the bytes of a paste; pure. Text that is not Burgernet gives no facts at all.

    Raises:
        Refused: empty, too long, or not text.
    """
    text = data.decode("utf-8", "replace")
    if not text.strip():
        raise Refused(Problem("empty", "Er staat nog geen tekst.", "Plak de tekst van Burgernet."))
    if len(text) > MAX_PASTE:
        raise Refused(
            Problem(
                "too_large",
                f"Deze tekst is langer dan {MAX_PASTE} tekens. Er is niets bewaard.",
                "Plak alleen het bericht van Burgernet.",
            )
        )
    if "\x00" in text:
        raise Refused(Problem("damaged", "Dit is geen tekst. Er is niets bewaard."))
    found = propose(text, now)
    return ReadAlert(
        data,
        text,
        found.recognised,
        AlertSource.BURGERNET_TEXT if found.recognised else AlertSource.UNKNOWN,
        found.kind,
        found.state,
        found.alert.title or "",
        found.alert.test,
        _facts(found),
        found.template_kind,
        (),
        (),
    )


def _facts(found: Proposal) -> tuple[ReadFact, ...]:
    if not found.recognised:
        return ()
    made = [ReadFact("kind", LABELS["kind"], WORDS[AlertKind].get(found.kind, "").capitalize())]
    for name, label in LABELS.items():
        if name == "kind":
            continue
        facts = [one for one in found.facts if one.field == name]
        for fact in facts:
            made += [
                ReadFact(name, "" if at else label, fact.value, span.start, span.end, fact.certain)
                for at, span in enumerate(fact.spans)
            ]
        if not facts and name in ALWAYS_SHOWN:
            made.append(ReadFact(name, label, ""))
    return tuple(made)


def _all(facts: Sequence[ReadFact], *wanted: str) -> list[str]:
    found = [fact.value[:200] for fact in facts if fact.name in wanted and fact.value]
    return list(dict.fromkeys(found))[:100]


def _looked_up(
    read: ReadAlert,
    areas_named: Callable[[Sequence[str]], list[tuple[str, str, str]]],
    kept_before: Callable[[str, str], str],
) -> ReadAlert:
    """Add the areas the text names and the alert that was kept from the same bytes.

    Places come before the municipality, smaller areas before larger ones. More areas with one name
    on one level need a choice (F36): then none is proposed.
    """
    known = kept_before(original_of(read)[1], read.text)
    if not read.recognised:
        return replace(read, known_alert_id=known)
    places = _all(read.facts, "place", "last_seen_place")
    parts = [part.strip() for place in places for part in place.split(",")]
    for names in (parts, [value_of(read.facts, "municipality")]):
        found = areas_named(names)
        same = [one for one in found if one[2] == found[0][2]]
        if len(same) == 1:
            return replace(read, area_ids=(same[0][0],), known_alert_id=known)
        if same:
            choices = tuple((one[0], one[1]) for one in same)
            return replace(read, area_choices=choices, known_alert_id=known)
    return replace(read, known_alert_id=known)
