"""A day of invented reports on a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from console.domain.clock import stamp
from console.domain.person import Person
from console.domain.report import NewReport
from console.services.desk import Desk, Unit
from console.services.reports import Reports

SAMIRA = Person("person-samira", "Samira Voorbeeld", ("operator",))


def people_and_areas(desk: Desk) -> None:
    """Put two persons, three areas and an officer in the file."""

    def work(unit: Unit) -> None:
        for person in (desk.person, SAMIRA):
            assert person is not None
            unit.create("person", {"name": person.name, "roles": list(person.roles)}, person.id)
        for area_id, name, level, parent in (
            ("area-noord", "Noordwijkerdam", "municipality", ""),
            ("area-lagebrug", "Lagebrug", "village", "area-noord"),
            ("area-zuid", "Zuiderdam", "municipality", ""),
        ):
            unit.create("area", {"name": name, "level": level, "parent_id": parent}, area_id)
        unit.create(
            "area_role", {"area_id": "area-noord", "role": "officer", "name": "Joris Verzonnen"}
        )

    desk.act(work).result()


def add(desk: Desk, text: str = "Man kijkt in auto's", minutes: int = 5, **fields: Any) -> str:
    """Keep a report that was heard some minutes ago; returns its id."""
    given = {"category": "person", "place": "Molenweg", "area_id": "area-lagebrug", **fields}
    heard = stamp(desk.clock.now() - timedelta(minutes=minutes))
    return Reports(desk).add(NewReport(text=text, heard_at=heard, **given)).result()


@contextmanager
def signed_in(desk: Desk, person: Person) -> Iterator[None]:
    """Let somebody else work for a moment."""
    before, desk.person = desk.person, person
    yield
    desk.person = before
