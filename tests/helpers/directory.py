"""Builds directories through the service, as a person would enter them."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.domain.directory import TreeNode
from console.domain.directory_forms import AdministratorForm, AreaForm, GroupForm, WhoForm
from console.services.directory import Directory


@dataclass
class Builder:
    """Enters areas, groups and people by name and remembers their ids."""

    directory: Directory
    ids: dict[str, str] = field(default_factory=dict)

    def area(self, name: str, level: str, inside: str = "", **more: object) -> str:
        """Enter an area; ``officer`` and ``coordinator`` name who has that role."""
        who = tuple(
            WhoForm(role, str(more.pop(role)))
            for role in ("officer", "coordinator", "municipal_contact", "municipal_director")
            if role in more
        )
        beside = tuple(self.ids[one] for one in more.pop("beside", ()))  # type: ignore[attr-defined]
        form = AreaForm(
            name,
            level,
            parent_id=self.ids[inside] if inside else "",
            who=who,
            neighbours=beside,
            **more,  # type: ignore[arg-type]
        )
        self.ids[name] = self.directory.save_area(form).result(10)
        return self.ids[name]

    def group(self, name: str, kind: str, *under: str, **more: object) -> str:
        """Enter a group under areas and groups, named as they were entered."""
        parents = tuple(("area" if self._is_area(one) else "group", self.ids[one]) for one in under)
        lies_in = str(more.pop("lies_in", ""))
        form = GroupForm(
            name,
            kind,
            area_id=self.ids[lies_in] if lies_in else "",
            parents=parents,
            **more,  # type: ignore[arg-type]
        )
        self.ids[name] = self.directory.save_group(form).result(10)
        return self.ids[name]

    def administrator(self, name: str, *groups: str, **more: object) -> str:
        """Enter an administrator with a seat in these groups."""
        form = AdministratorForm(name, **more)  # type: ignore[arg-type]
        first, *rest = groups
        key = self.directory.save_administrator(form, group_id=self.ids[first]).result(10)
        for group in rest:
            self.directory.seat(key, self.ids[group], form.role).result(10)
        self.ids[name] = key
        return key

    def tree(self, segment: str = "all", typed: str = "", *, open_all: bool = True) -> list[str]:
        """Return the tree as text: two spaces per level, then the name."""
        return [f"{'  ' * one.depth}{one.name}" for one in self.nodes(segment, typed, open_all)]

    def nodes(self, segment: str = "all", typed: str = "", open_all: bool = True) -> list[TreeNode]:
        """Return the lines of the tree, with every group opened where asked."""
        toggled: frozenset[str] = frozenset()
        while True:
            made = self.directory.tree(segment, typed, toggled).result(10).lines
            closed = {one.key for one in made if one.children and not one.open}
            if not open_all or not closed:
                return made
            toggled |= closed

    def _is_area(self, name: str) -> bool:
        return self.ids[name] in self.directory.shape().result(10).areas


def veldermeer(build: Builder) -> None:
    """Enter an invented municipality with gaps of every kind, as on the Groepen screen."""
    build.area("Veldermeer", "municipality", code="GM0199", municipal_director="Noor Verzonnen")
    build.area("Kern Veldermeer", "village", "Veldermeer", officer="Joris Verzonnen")
    build.area(
        "Lagebrug", "district", "Veldermeer", code="WK019904", officer="Joris Verzonnen",
        beside=("Kern Veldermeer",),
    )  # fmt: skip
    build.area("Elzenkade", "district", "Veldermeer", officer="Ina Verzonnen")
    build.area("Nieuw-Wiel", "neighbourhood", "Veldermeer", officer="Ina Verzonnen")
    build.area("De Rietkamp", "village")
    build.group("Beheerders Veldermeer", "administrators", "Kern Veldermeer", wish="informative")
    build.group("Havenkade", "neighbourhood", "Beheerders Veldermeer", members="60",
                streets=("Havenkade", "Kadesteeg"))  # fmt: skip
    build.administrator("Bas Verzonnen", "Havenkade")
    build.group("Winkeliers Havenkade", "business", "Kern Veldermeer", members="48",
                wish="informative")  # fmt: skip
    build.administrator("Mia Verzonnen", "Winkeliers Havenkade")
    build.group("Beheerders Lagebrug", "administrators", "Lagebrug", quiet_from="22:00",
                quiet_until="07:00", invite_link="https://chat.whatsapp.com/VoorbeeldLink00000001")  # fmt: skip
    for name, members, person in (
        ("Lagebrug-Oost", "88", "Anja Verzonnen"),
        ("Lagebrug-West", "104", "Wim Verzonnen"),
        ("Stationsbuurt", "76", "Fatiha Verzonnen"),
        ("Waterkant", "83", "Koen Verzonnen"),
    ):
        build.group(name, "neighbourhood", "Beheerders Lagebrug", members=members,
                    streets=(f"{name}straat", "Stationsstraat"))  # fmt: skip
        build.administrator(
            person, name, phone="06-12345678", on_burgernet=person[0] != "W",
            wish="informative" if person[0] == "W" else "acute_only",
        )  # fmt: skip
    build.group("Vlierpad", "neighbourhood", "Beheerders Lagebrug", members="61",
                streets=("Vlierpad", "Vlierhof"))  # fmt: skip
    build.administrator("Sem Verzonnen", "Lagebrug-Oost", role="deputy", phone="06-12345678")
    build.group("Regiegroep Elzenkade", "regie", "Elzenkade", reach="via_coordinator",
                reach_via="Ria Verzonnen")  # fmt: skip
    build.group("Elzenkade Noord", "neighbourhood", "Regiegroep Elzenkade", members="90")
    build.administrator("Ria Verzonnen", "Elzenkade Noord", "Regiegroep Elzenkade",
                        role="coordinator")  # fmt: skip
    build.group("Beheerders Rietkamp", "administrators", "De Rietkamp")
    build.group("Rietkamp", "neighbourhood", "Beheerders Rietkamp", members="70")
    build.administrator("Henk Verzonnen", "Rietkamp")
