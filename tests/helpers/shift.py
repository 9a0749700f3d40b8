"""A late shift as it stands at 22:41: what is open, who holds it, and the one who comes (day.md §3)."""

from __future__ import annotations

from datetime import UTC, datetime

from console.domain.person import Person
from console.domain.report import NewReport
from console.services.desk import Desk, Unit
from console.services.ledger import Handoff
from console.services.posts import Posts
from console.services.reports import Reports
from tests.helpers import broadcasts, town
from tests.helpers.clock import HandClock

EVENING = datetime(2026, 11, 12, 19, 0, tzinfo=UTC)
LOTTE = Person("person-lotte", "Lotte Voorbeeld", ("operator",))
YARA = Person("person-yara", "Yara Voorbeeld", ("operator",))


def report(desk: Desk, title: str, place: str = "Oostwiel", **fields: object) -> str:
    """Add a report; returns its id."""
    new = NewReport(
        category="vehicle",
        text=title,
        place=place,
        heard_at=desk.now(),
        area_id="area-lagebrug",
        **fields,  # type: ignore[arg-type]
    )
    return Reports(desk).add(new).result()


def people(desk: Desk) -> None:
    """Add both who hand over tonight."""

    def work(unit: Unit) -> None:
        for person in (LOTTE, YARA):
            body = {"name": person.name, "roles": list(person.roles), "active": True}
            unit.create("person", body, person.id)

    desk.act(work).result()


def evening(desk: Desk, clock: HandClock) -> None:
    """Let Lotte work an evening: seven lines stand on her sheet, one of them red, one amber."""
    town.build(desk)
    people(desk)
    desk.person = LOTTE
    broadcasts.broadcast(desk, "nepagent aan de deur", groups=3)
    clock.move(minutes=20)
    unknown(desk)
    report(desk, "Bestelbus met vreemd kenteken", claim=True)
    clock.move(minutes=12)
    report(desk, "Handel bij het tunneltje", "Stationspad", claim=True)
    clock.move(minutes=70)
    desk.act(
        lambda unit: unit.create(
            "check",
            {"lamp": "whatsapp", "state": "logged_out", "by": LOTTE.id, "at": unit.now},
        )
    ).result()
    broadcasts.missing(desk)
    clock.move(minutes=119)


def unknown(desk: Desk) -> str:
    """Copy a text for one group and never say what became of it; returns the post."""
    draft = (
        Posts(desk)
        .new_draft(
            "general",
            area_id="area-lagebrug",
            values={"onderwerp": "inbraak in schuren", "bericht": "Doe uw schuur goed op slot."},
            group_ids=town.GROUPS[2:],
        )
        .result()
    )
    Posts(desk).release(draft).result()
    handoff = Handoff(desk)
    ledger = handoff.ledger(draft).result()
    assert ledger is not None
    handoff.copy(ledger.rows[0].id).result()
    return draft
