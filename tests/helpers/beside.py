"""Two areas that adjoin, an officer of one, and a message a colleague placed in the other (F21)."""

from __future__ import annotations

from console.domain.person import Person
from console.services.desk import Desk, Unit
from console.services.posts import Posts
from tests.helpers import broadcasts, town

OWN_AREA = "area-oostwiel"
OWN_GROUP = "group-oostwiel"
FAR_AREA = "area-ver"
OFFICER = Person("person-wijk", "Wil Voorbeeld", ("officer",), area_id=OWN_AREA)
WORDS = "in Lagebrug staan vreemden aan de deur"


def build(desk: Desk) -> None:
    """Put the village, its neighbour and an area farther off in the file."""
    town.build(desk)
    add(desk)


def add(desk: Desk) -> None:
    """Put the neighbour and the area farther off beside the village."""

    def work(unit: Unit) -> None:
        unit.create(
            "person",
            {"name": OFFICER.name, "roles": list(OFFICER.roles), "area_id": OWN_AREA},
            OFFICER.id,
        )
        for area_id, name in ((OWN_AREA, "Oostwiel"), (FAR_AREA, "Verweg")):
            unit.create("area", {"name": name, "level": "village"}, area_id)
        # Noted from the other side: adjoining holds both ways.
        unit.create("area_neighbour", {"area_id": "area-lagebrug", "neighbour_id": OWN_AREA})
        unit.create(
            "group",
            {
                "name": "Beheerders Oostwiel",
                "kind": "administrators",
                "area_id": OWN_AREA,
                "members": 30,
                "wish": "informative",
            },
            OWN_GROUP,
        )

    desk.act(work).result()


def placed(desk: Desk, area_id: str = "area-lagebrug", kind: str = "general") -> str:
    """Place a message of a colleague about an area; the signed-in person stays who it was."""
    me, desk.person = desk.person, town.COLLEAGUE
    draft = (
        Posts(desk)
        .new_draft(
            kind,
            area_id=area_id,
            values={"onderwerp": "vreemden aan de deur", "bericht": WORDS},
            group_ids=town.GROUPS[:1],
        )
        .result()
    )
    broadcasts.place(desk, draft)
    desk.person = me
    return draft
