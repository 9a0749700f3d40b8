"""What a list of groups would change: new, changed field by field, missing (F16). Pure.

An empty cell takes nothing away, and what the list does not have stays as it is. A field that the
list says the same of as last time was changed here since, and stays too. Comparing again after
every line was taken over gives nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from console.domain.register import (
    Comparison,
    Difference,
    FieldChange,
    FileLine,
    Known,
    KnownGroup,
    KnownLink,
    KnownPerson,
    RegisterLine,
    Step,
)
from console.domain.register_fields import (
    IN_LIST,
    GroupValue,
    group_values,
    kind_words,
    shown_person,
)
from console.domain.register_match import Matching
from console.domain.register_people import Claim, People
from console.domain.register_places import Places
from console.domain.register_words import listed, mark, masked_number
from contract.vocabulary import AdministratorRole, GroupKind

_OF_RESIDENTS = frozenset({GroupKind.NEIGHBOURHOOD, GroupKind.BUSINESS})


class Differences:
    """Compares one list with the directory. ``new_id`` makes ids of records."""

    def __init__(
        self,
        known: Known,
        lines: Sequence[FileLine],
        matching: Matching,
        people: People,
        places: Places,
        *,
        source_id: str,
        source_name: str,
        now: str,
        new_id: Callable[[], str],
    ) -> None:
        self._known = known
        self._lines = lines
        self._matching = matching
        self._places = places
        self._source_id, self._source_name = source_id, source_name
        self._now = now
        self._new_id = new_id
        self._people = people
        self._links = {one.group_id: one for one in known.links}

    def compare(self, going: Callable[[int], None] | None = None) -> Comparison:
        """Return every difference: new ones first, what is missing last.

        ``going`` is told how many lines are done, and may raise to break off.
        """
        new: list[RegisterLine] = []
        changed: list[RegisterLine] = []
        notes: list[Step] = []
        same = kept = 0
        for place, line in enumerate(self._lines):
            if going is not None and place % 200 == 0:
                going(place)
            group = self._known.groups.get(self._matching.groups.get(line.ref, ""))
            if group is None:
                new.append(self._new(line))
                continue
            found, note, own = self._changed(line, group)
            kept += own
            if found is not None:
                changed.append(found)
            else:
                same += 1
                notes += [note] if note is not None else []
        missing = self._missing()
        return Comparison((*new, *changed, *missing), tuple(notes), same, kept)

    def _new(self, line: FileLine) -> RegisterLine:
        group_id = self._new_id()
        values = group_values(line, None, self._places, self._source_name)
        fields: dict[str, Any] = {"kind": str(GroupKind.NEIGHBOURHOOD)}
        fields.update({one.key: one.value for one in values})
        steps = [Step("group", group_id, fields)]
        if line.area_id:
            hung = {"group_id": group_id, "parent_kind": "area", "parent_id": line.area_id}
            steps.append(Step("group_parent", self._new_id(), hung))
        changes = [_shown(one, group_id) for one in values if one.key != "name"]
        for claim in self._people.of_line[line.ref]:
            if claim.known is not None and not claim.known.active:
                continue
            steps += self._seated(claim, group_id, line.name)
            words = shown_person(claim, line.name)
            changes.append(FieldChange("Beheerder", "", words, (claim.id, "")))
        said = self._said(line, [*values, IN_LIST])
        steps.append(self._linked(None, group_id, line.ref, said))
        return RegisterLine(
            Difference.NEW,
            group_id,
            line.name,
            line.number,
            line.ref,
            _summary(line, self._places),
            "" if line.kind else "Soort staat niet in de lijst: buurtgroep",
            tuple(changes),
            tuple(steps),
        )

    def _changed(
        self, line: FileLine, group: KnownGroup
    ) -> tuple[RegisterLine | None, Step | None, bool]:
        link = self._links.get(group.id)
        # Marks of another ref have another salt; they say nothing of this line.
        before: Mapping[str, str] = link.said if link and link.ref == line.ref else {}
        values = group_values(line, group, self._places, self._source_name)
        said = self._said(line, [*values, IN_LIST])
        fields: dict[str, Any] = {}
        was: dict[str, Any] = {}
        changes: list[FieldChange] = []
        own = False
        for one in values:
            if one.same:
                continue
            if before.get(one.key) == said[one.key]:
                own = True
                continue
            fields[one.key], was[one.key] = one.value, one.was
            changes.append(_shown(one, group.id))
        if group.gone:
            if before.get(IN_LIST.key) == said[IN_LIST.key] and not (link and link.missing_at):
                own = True
            else:
                fields["state"], was["state"] = "active", "gone"
                changes.append(FieldChange("Stand", "bestaat niet meer", "staat in de lijst"))
        steps = [Step("group", group.id, fields, was)] if fields else []
        more, told = self._people_changes(line, group)
        if more and before.get("people") == said.get("people"):
            own = True
        else:
            steps += more
            changes += told
        if link is not None and link.missing_at:
            changes.append(FieldChange("Lijst", "niet meer in de lijst", "staat er weer in"))
        note = self._linked(link, group.id, line.ref, said)
        if not changes:
            return None, note if note.makes or note.fields else None, own
        how = self._matching.how.get(line.ref, "")
        steps.append(note)
        made = RegisterLine(
            Difference.CHANGED,
            group.id,
            group.name,
            line.number,
            line.ref,
            _summary(line, self._places),
            how,
            tuple(changes),
            tuple(one for one in steps if one.makes or one.fields),
        )
        return made, None, own

    def _people_changes(
        self, line: FileLine, group: KnownGroup
    ) -> tuple[list[Step], list[FieldChange]]:
        steps: list[Step] = []
        changes: list[FieldChange] = []
        for claim in self._people.of_line[line.ref]:
            one = claim.known
            if one is not None and not one.active:
                continue
            if claim.id not in group.people:
                steps += self._seated(claim, group.id, line.name)
                words = shown_person(claim, line.name)
                changes.append(FieldChange("Beheerder erbij", "", words, (claim.id, "")))
            made = claim.changes()
            if one is None or not made:
                continue
            was = {field: getattr(one, field) for field in made}
            steps.append(Step("administrator", one.id, made, was))
            changes += _person_words(one, made, was)
        return steps, changes

    def _seated(self, claim: Claim, group_id: str, name: str) -> list[Step]:
        """Make somebody new once, wherever the list names them, and give them a seat."""
        made = []
        if claim.known is None:
            made.append(Step("administrator", claim.id, {**claim.body(name), "active": True}))
        seat = {
            "group_id": group_id,
            "administrator_id": claim.id,
            "role": str(AdministratorRole.ADMINISTRATOR),
        }
        return [*made, Step("group_administrator", self._new_id(), seat)]

    def _said(self, line: FileLine, values: Iterable[GroupValue]) -> dict[str, str]:
        said = {one.key: mark(line.ref, one.key, one.said) for one in values}
        people = sorted((one.name, one.phone, one.email) for one in line.people)
        if people:
            said["people"] = mark(line.ref, "people", people)
        return said

    def _linked(
        self, link: KnownLink | None, group_id: str, ref: str, said: Mapping[str, str]
    ) -> Step:
        body = {"ref": ref, "said": dict(said), "missing_at": ""}
        if link is None:
            whole = {**body, "source_id": self._source_id, "group_id": group_id}
            return Step("register_link", self._new_id(), whole)
        old = {"ref": link.ref, "said": dict(link.said), "missing_at": link.missing_at}
        new = {name: value for name, value in body.items() if value != old[name]}
        return Step("register_link", link.id, new, {name: old[name] for name in new})

    def _missing(self) -> list[RegisterLine]:
        """Groups of this list that it has no longer, and groups of its towns it never had."""
        there = set(self._matching.groups.values())
        towns = {line.town_id for line in self._lines if line.town_id}
        found = []
        for group in self._known.groups.values():
            link = self._links.get(group.id)
            if group.id in there or group.gone or (link is not None and link.missing_at):
                continue
            if link is None and (
                group.id in self._known.elsewhere
                or group.kind not in _OF_RESIDENTS
                or self._places.town_of(group.area_id) not in towns
            ):
                continue
            found.append(self._gone(group, link))
        return sorted(found, key=lambda one: one.name.casefold())

    def _gone(self, group: KnownGroup, link: KnownLink | None) -> RegisterLine:
        if link is None:
            body = {
                "source_id": self._source_id,
                "group_id": group.id,
                "ref": f"g:{group.id}",
                "missing_at": self._now,
            }
            step = Step("register_link", self._new_id(), body)
        else:
            step = Step("register_link", link.id, {"missing_at": self._now}, {"missing_at": ""})
        old = "stond er de vorige keer in" if link is not None else "stond er nog nooit in"
        return RegisterLine(
            Difference.MISSING,
            group.id,
            group.name,
            summary=self._places.short(group.area_id),
            changes=(FieldChange("Lijst", old, "krijgt de aantekening: niet in deze lijst"),),
            steps=(step,),
        )


def _summary(line: FileLine, places: Places) -> str:
    said = [kind_words(line.kind), places.short(line.area_id)]
    if line.members:
        said.append(f"{line.members} leden")
    names = [one.name or "een beheerder zonder naam" for one in line.people]
    return ", ".join([one for one in (*said, listed(names, 3)) if one])


def _shown(one: GroupValue, group_id: str) -> FieldChange:
    hides = (group_id, one.key) if one.key == "invite_link" else ("", "")
    return FieldChange(one.label, one.shown_was, one.shown, hides)


def _person_words(
    one: KnownPerson, made: Mapping[str, Any], was: Mapping[str, Any]
) -> list[FieldChange]:
    found = []
    if "name" in made:
        found.append(FieldChange("Naam beheerder", str(was["name"]), str(made["name"])))
    if "phone" in made:
        old, new = (masked_number(body["phone"]) or "geen nummer" for body in (was, made))
        label = f"Telefoon van {one.name}"
        found.append(FieldChange(label, old, f"{new}, een ander nummer", (one.id, "phone")))
    if "email" in made:
        old = "bekend adres" if was["email"] else "geen adres"
        label = f"E-mail van {one.name}"
        found.append(FieldChange(label, old, "een ander adres", (one.id, "email")))
    return found
