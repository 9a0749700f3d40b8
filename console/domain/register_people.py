"""Who the administrators of a list are in the directory (F14, F16). Pure.

A number is one person, wherever a list names it. Without a known number an address with the same
name counts, then the name inside the group. Where a list contradicts itself about somebody, what is
known stays. Somebody who left is not brought back by a list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from console.domain.register import FileLine, FilePerson, Known, KnownPerson, Remark
from console.domain.register_words import key_of, listed


@dataclass(slots=True)
class Claim:
    """What the list says of one person, from all lines that name them. ``known`` None: new."""

    id: str
    known: KnownPerson | None
    names: dict[str, str] = field(default_factory=dict)
    phones: dict[str, None] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)

    def add(self, person: FilePerson, number: int) -> None:
        """Take in what one line says."""
        if person.name:
            self.names.setdefault(key_of(person.name), person.name)
        if person.phone:
            self.phones.setdefault(person.phone)
        if person.email:
            self.emails.setdefault(person.email.casefold(), person.email)
        self.lines.append(number)

    def body(self, group_name: str) -> dict[str, str]:
        """Return the fields of somebody new; a name is needed, so a group can lend it."""
        name = next(iter(self.names.values()), "") or f"Beheerder van {group_name}"[:120]
        made = {
            "name": name,
            "phone": next(iter(self.phones), ""),
            "email": next(iter(self.emails.values()), ""),
        }
        return {key: value for key, value in made.items() if value}

    def changes(self) -> dict[str, str]:
        """Return what would change of somebody known; nothing where the list contradicts itself."""
        one = self.known
        if one is None or not one.active:
            return {}
        made: dict[str, str] = {}
        if len(self.names) == 1 and key_of(one.name) not in self.names:
            made["name"] = next(iter(self.names.values()))
        if len(self.phones) == 1 and one.phone not in self.phones:
            made["phone"] = next(iter(self.phones))
        if len(self.emails) == 1 and one.email.casefold() not in self.emails:
            made["email"] = next(iter(self.emails.values()))
        return made

    def remark(self) -> Remark | None:
        """Say that the list contradicts itself; the sentence holds names and no number."""
        number = self.lines[0]
        if len(self.names) > 1:
            names = listed(sorted(self.names.values()))
            kept = self.known.name if self.known else next(iter(self.names.values()))
            return Remark(
                number, f"Eén nummer met namen {names}", f"Het wordt één beheerder: {kept}."
            )
        if len(self.phones) > 1:
            name = next(iter(self.names.values()), "een beheerder")
            return Remark(
                number, f"Meer dan één nummer van {name}", "Het nummer dat er al staat, blijft."
            )
        return None


class People:
    """The claims of a whole list: which person each name of each line is."""

    def __init__(
        self,
        known: Known,
        lines: Sequence[FileLine],
        groups: Mapping[str, str],
        new_id: Callable[[], str],
    ) -> None:
        """``groups`` says by ref which group a line is."""
        self.claims: dict[str, Claim] = {}
        self.of_line: dict[str, list[Claim]] = {}
        self._known = known
        self._new_id = new_id
        self._phones: dict[str, list[KnownPerson]] = {}
        self._emails: dict[str, list[KnownPerson]] = {}
        for one in known.people.values():
            if one.phone:
                self._phones.setdefault(one.phone, []).append(one)
            if one.email:
                self._emails.setdefault(one.email.casefold(), []).append(one)
        self._new_phones: dict[str, Claim] = {}
        self._new_emails: dict[tuple[str, str], Claim] = {}
        for line in lines:
            group = known.groups.get(groups.get(line.ref, ""))
            seated = list(group.people) if group is not None else []
            self.of_line[line.ref] = self._of(line, seated)

    def remarks(self) -> list[Remark]:
        """Return what the list contradicts itself in."""
        found = (one.remark() for one in self.claims.values())
        return [one for one in found if one is not None]

    def _of(self, line: FileLine, seated: Sequence[str]) -> list[Claim]:
        by_phone = [self._by_phone(one, seated) for one in line.people]
        spoken_for = {one.id for one in by_phone if one is not None}
        found: dict[str, Claim] = {}
        for person, sure in zip(line.people, by_phone, strict=True):
            one = (
                sure or self._by_email(person, seated) or self._by_name(person, seated, spoken_for)
            )
            claim = self._claim(one) if one is not None else self._new(person)
            spoken_for.add(claim.id)
            claim.add(person, line.number)
            found[claim.id] = claim
        return list(found.values())

    def _by_phone(self, person: FilePerson, seated: Sequence[str]) -> KnownPerson | None:
        return _best(self._phones.get(person.phone, []), seated) if person.phone else None

    def _by_email(self, person: FilePerson, seated: Sequence[str]) -> KnownPerson | None:
        if not person.email:
            return None
        fits = [
            one
            for one in self._emails.get(person.email.casefold(), [])
            if not person.name or key_of(one.name) == key_of(person.name)
        ]
        fits = [one for one in fits if not (one.phone and person.phone and len(fits) > 1)]
        return _best(fits, seated)

    def _by_name(
        self, person: FilePerson, seated: Sequence[str], spoken_for: set[str]
    ) -> KnownPerson | None:
        name = key_of(person.name)
        for key in seated if name else ():
            one = self._known.people.get(key)
            if one is not None and key not in spoken_for and key_of(one.name) == name:
                return one
        return None

    def _claim(self, one: KnownPerson) -> Claim:
        return self.claims.setdefault(one.id, Claim(one.id, one))

    def _new(self, person: FilePerson) -> Claim:
        email = (person.email.casefold(), key_of(person.name))
        claim = self._new_phones.get(person.phone) if person.phone else None
        if claim is None and person.email:
            same = self._new_emails.get(email)
            if same is not None and not (same.phones and person.phone):
                claim = same
        if claim is None:
            key = self._new_id()
            claim = self.claims[key] = Claim(key, None)
        if person.phone:
            self._new_phones.setdefault(person.phone, claim)
        if person.email:
            self._new_emails.setdefault(email, claim)
        return claim


def _best(found: Sequence[KnownPerson], seated: Sequence[str]) -> KnownPerson | None:
    """Somebody who sits in the group already, else who is still there; always the same one."""
    ordered = sorted(found, key=lambda one: (one.id not in seated, not one.active, one.id))
    return ordered[0] if ordered else None
