"""An invented village with three administrators' groups, the shipped templates, and read texts."""

from __future__ import annotations

from central.shipped import shipped_id, templates
from console.domain.alert import ReadAlert
from console.domain.person import Person
from console.services.alerts import Alerts
from console.services.desk import Desk, Unit

COLLEAGUE = Person("person-samira", "Samira Voorbeeld", ("operator",))
READER = Person("person-lezer", "Lex Voorbeeld", ("reader",))

GROUPS = ("group-lagebrug", "group-elzenkade", "group-havenkade")

MISSING = (
    "Burgernet Vermist persoon\n\n"
    "Sinds vanmiddag 14:10 uur wordt de heer Voorbeeld (78) vermist. Hij is verward en te voet. "
    "Laatst gezien bij de Stationsstraat in Lagebrug, richting het water.\n\n"
    "Signalement: lengte 1.75 meter, mager postuur, grijs haar, bril. Hij draagt een donkerblauwe "
    "jas, een beige broek en bruine schoenen.\n\n"
    "Ziet u deze man? Bel direct 112."
)


def build(desk: Desk) -> None:
    """Put the people, the area, the groups and the shipped templates in the file."""

    def work(unit: Unit) -> None:
        for person in (desk.person, COLLEAGUE, READER):
            assert person is not None
            unit.create("person", {"name": person.name, "roles": list(person.roles)}, person.id)
        unit.create("setting", {"value": {"name": "Basisteam Voorbeeldland"}}, "team")
        unit.create("area", {"name": "Lagebrug", "level": "village"}, "area-lagebrug")
        for group_id, name in zip(
            GROUPS, ("Beheerders Lagebrug", "Regiegroep Elzenkade", "Winkeliers"), strict=True
        ):
            unit.create(
                "group",
                {
                    "name": name,
                    "kind": "administrators",
                    "area_id": "area-lagebrug",
                    "members": 40,
                },
                group_id,
            )
        unit.create("administrator", {"name": "Truus Verzonnen", "phone": "0612345678"}, "admin-1")
        unit.create(
            "group_administrator",
            {
                "group_id": GROUPS[0],
                "administrator_id": "admin-1",
                "role": "administrator",
            },
            "link-1",
        )
        for record in templates():
            unit.create("template", dict(record.body), record.id)

    desk.act(work).result()


def template_id(key: str) -> str:
    """Return the id of a shipped template."""
    return shipped_id("template", key)


def read(desk: Desk, text: str = MISSING) -> ReadAlert:
    """Read a text as the box for pasting does."""
    return Alerts(desk).read(text).result()
