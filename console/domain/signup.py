"""A resident who wants to join a group: from address to group to administrator (F19). Pure.

Nothing here is ever stored. A sign-up lives in the fields of one dialog and in the text that goes
to the administrator; what stays is a number per group or area and month. That is why no class of
this module shows what it holds when it is printed.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from console.domain.directory_gaps import days_between
from console.domain.directory_map import DirectoryMap, GroupFact
from console.domain.reach import reach_via
from contract.signs import plain_place
from contract.vocabulary import AdministratorRole, AreaRole, Reach

LONGEST = 400
"""The most characters of an address that is pasted."""

_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([A-Z]{2})\b", re.IGNORECASE)
_LABEL = re.compile(
    r"^\s*(?:adres|straat|straatnaam|postcode|woonplaats|plaats|huisnummer)\s*:?\s+", re.IGNORECASE
)
_HOUSE = re.compile(
    r"^(?P<street>.+?)\s+(?P<number>\d{1,5})\s?(?:[A-Za-z]{1,3}|bis)?(?:[-/]\s?\w{1,6})?$"
)
_RANGE = re.compile(
    r"^(?P<street>.+?)\s+(?P<low>\d+)\s*(?:-|–|t/m|tot en met|tot)\s*(?P<high>\d+)$"
)
_FORBIDDEN = ("SA", "SD", "SS")


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """What could be read of a typed or pasted address."""

    street: str = ""
    number: int = 0
    postcode: str = ""
    town: str = ""

    def __repr__(self) -> str:
        return "Address()"

    @property
    def known(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.street or self.postcode)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a group says it is: its streets and postcodes."""

    group_id: str
    streets: tuple[str, ...]
    postcodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody the sign-up can be handed to. ``key`` says who, without a name or a number."""

    key: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class SignupGroup:
    """A group for the address. ``why`` says how it was found, ``reach`` how it is reached."""

    group_id: str
    name: str
    area_id: str
    area_name: str
    why: str
    reach: str
    note: str
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """What is there for an address. ``drafts`` are groups that are only being prepared."""

    groups: tuple[SignupGroup, ...] = ()
    area_id: str = ""
    area_name: str = ""
    drafts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Resident:
    """What the coordinator typed over; only for the text to the administrator."""

    address: str
    name: str = ""
    phone: str = ""
    checked: bool = False

    def __repr__(self) -> str:
        return "Resident()"

    @property
    def given(self) -> tuple[str, ...]:
        """What of the text is the resident's own."""
        return tuple(one for one in (_one_line(self.address), self.name, self.phone) if one)


@dataclass(frozen=True, slots=True)
class SignupCounts:
    """What remains of sign-ups: numbers of this month."""

    month: str = ""
    handed_over: int = 0
    no_group: int = 0
    by_place: Mapping[str, int] = field(default_factory=dict)


def read_address(text: str) -> Address:
    """Read a typed or pasted address; what cannot be read is left empty, nothing is guessed."""
    text = text[:LONGEST]
    code = next((one for one in _POSTCODE.finditer(text) if one[2].upper() not in _FORBIDDEN), None)
    postcode = f"{code[1]}{code[2].upper()}" if code else ""
    before = _parts(text[: code.start()] if code else text)
    after = _parts(text[code.end() :] if code else "")
    street, number = "", 0
    for part in (*before, *after):
        house = _HOUSE.match(part)
        if house:
            street, number = house["street"].strip(), int(house["number"])
            # What stands before it, such as a name, is no town.
            before, after = (
                (before[before.index(part) + 1 :], after)
                if part in before
                else ([], [one for one in after if one != part])
            )
            break
    if not street and before:
        # Without a house number: what stands first, but a town behind a postcode is no street.
        street = before.pop(0)
    town = next((one for one in (*after, *before) if not any(map(str.isdigit, one))), "")
    return Address(street, number, postcode, town)


def _parts(text: str) -> list[str]:
    found = (" ".join(_LABEL.sub("", part).split()) for part in re.split(r"[,;\n\r]+", text))
    return [part for part in found if any(map(str.isalnum, part))]


def route(
    shape: DirectoryMap,
    places: Iterable[Place],
    address: Address,
    now: str,
    codes: Collection[str] = (),
) -> Route:
    """Return the groups for an address: by street, else by postcode, else by its area.

    ``codes`` are the codes of areas that a look-up found for it. Where a town or a postcode says
    which of two streets of one name is meant, only that one is left; else a person chooses.
    """
    rows = [
        one
        for one in places
        if one.group_id in shape.groups
        and not shape.groups[one.group_id].gone
        and not shape.is_tier(one.group_id)
    ]
    areas = _areas_of(shape, codes)
    found = {one.group_id: f"straat {address.street}" for one in rows if _has_street(one, address)}
    found = _narrowed(shape, rows, found, address, areas)
    if not found and address.postcode:
        found = {
            one.group_id: f"postcode {spaced(address.postcode)}"
            for one in rows
            if address.postcode in _codes(one) or address.postcode[:4] in _codes(one)
        }
    if not found:
        found = _by_area(shape, areas)
    groups = [shape.groups[key] for key in found]
    drafts = tuple(one.name for one in groups if one.draft)
    made = [_group(shape, one, found[one.id], now) for one in groups if one.standing]
    area_id = next(iter(areas), "") or (made[0].area_id if made else "")
    area_id = area_id or _town(shape, address.town)
    name = shape.areas[area_id].name if area_id in shape.areas else ""
    made.sort(key=lambda one: one.name.casefold())
    return Route(tuple(made), area_id, name, drafts)


def handover_text(resident: Resident, group_name: str, team: str) -> str:
    """Write the text for the administrator; only lines that are filled in."""
    lines = [f"Aanmelding voor de groep {group_name}."]
    if resident.name.strip():
        lines.append(f"Naam: {_one_line(resident.name)}")
    lines.append(f"Adres: {_one_line(resident.address)}")
    if resident.phone.strip():
        lines.append(f"Telefoon: {_one_line(resident.phone)}")
    if resident.checked:
        lines.append("Nagevraagd: 18 jaar of ouder, en woont of werkt hier.")
    else:
        lines.append("Vraag nog na: 18 jaar of ouder, en woont of werkt hier?")
    lines.append("Gebruik dit alleen om de bewoner toe te voegen. Wis dit bericht daarna.")
    lines.append(team or "Het team van de buurtgroepen")
    return "\n".join(lines)


def spaced(postcode: str) -> str:
    """Write a postcode as people do: 1234 AB."""
    return f"{postcode[:4]} {postcode[4:]}".strip()


def _one_line(text: str) -> str:
    return ", ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _has_street(place: Place, address: Address) -> bool:
    wanted = plain_place(address.street)
    if not wanted:
        return False
    for street in place.streets:
        if plain_place(street) == wanted:
            return True
        part = _RANGE.match(street.strip())
        if part and plain_place(part["street"]) == wanted:
            low, high = int(part["low"]), int(part["high"])
            if not address.number or low <= address.number <= high:
                return True
    return False


def _codes(place: Place) -> set[str]:
    return {one.replace(" ", "").upper() for one in place.postcodes}


def _narrowed(
    shape: DirectoryMap,
    rows: Iterable[Place],
    found: dict[str, str],
    address: Address,
    areas: Collection[str],
) -> dict[str, str]:
    """Keep the streets that the postcode, the town or the area speak for; none: keep them all."""
    if len(found) < 2:
        return found
    by_id = {one.group_id: one for one in rows}
    half = address.postcode[:4]
    kept = {key: why for key, why in found.items() if address.postcode in _codes(by_id[key])}
    if half and not kept:
        kept = {
            key: why
            for key, why in found.items()
            if half in {one[:4] for one in _codes(by_id[key])}
        }
    if not kept:
        kept = {
            key: why
            for key, why in found.items()
            if any(above.id in areas for above in shape.chain(shape.area_of(key)))
        }
    if not kept:
        kept = {key: why for key, why in found.items() if _lies_in(shape, key, address.town)}
    return kept or found


def _lies_in(shape: DirectoryMap, group_id: str, town: str) -> bool:
    wanted = plain_place(town)
    names = {plain_place(one.name) for one in shape.chain(shape.area_of(group_id))}
    return bool(wanted) and wanted in names


def _town(shape: DirectoryMap, town: str) -> str:
    """Return the one area of this name; empty where there is none or more than one."""
    wanted = plain_place(town)
    found = [one.id for one in shape.areas.values() if wanted and plain_place(one.name) == wanted]
    return found[0] if len(found) == 1 else ""


def _areas_of(shape: DirectoryMap, codes: Collection[str]) -> dict[str, None]:
    """Return the areas with these codes, the smallest first."""
    found = [one for one in shape.areas.values() if one.code and one.code in codes]
    found.sort(key=lambda one: -len(list(shape.chain(one.id))))
    return dict.fromkeys(one.id for one in found)


def _by_area(shape: DirectoryMap, areas: Collection[str]) -> dict[str, str]:
    """Return the groups of the smallest of these areas in which any lie."""
    for area_id in areas:
        ends = {key for key in shape.ends_in(area_id) if not shape.groups[key].gone}
        drafts = {key for key in shape.lying_in.get(area_id, ()) if shape.groups[key].draft}
        if ends or drafts:
            why = f"ligt in {shape.areas[area_id].name}"
            return dict.fromkeys(sorted(ends | drafts), why)
    return {}


def _group(shape: DirectoryMap, fact: GroupFact, why: str, now: str) -> SignupGroup:
    area_id = shape.area_of(fact.id)
    via = reach_via(shape, fact.id)
    note = ""
    if fact.asleep:
        note = "Deze groep slaapt. Vraag eerst of iemand hem nog gebruikt."
    elif fact.reach == Reach.VIA_COORDINATOR:
        note = f"Loopt via {via}." if via else "Loopt via een coördinator. Er staat niet wie."
    elif fact.reach == Reach.INBOUND_ONLY:
        note = "Deze groep meldt alleen aan ons. Bel eerst."
    return SignupGroup(
        fact.id,
        fact.name,
        area_id,
        shape.areas[area_id].name if area_id else "",
        why,
        fact.reach or Reach.DIRECT,
        note,
        _recipients(shape, fact, via, now),
    )


_RANK = {
    AdministratorRole.ADMINISTRATOR.value: 0,
    AdministratorRole.COORDINATOR.value: 1,
    AdministratorRole.DEPUTY.value: 2,
}
_ROLES = {
    AdministratorRole.ADMINISTRATOR.value: "beheerder",
    AdministratorRole.COORDINATOR.value: "coördinator",
    AdministratorRole.DEPUTY.value: "plaatsvervanger",
}


def _recipients(shape: DirectoryMap, fact: GroupFact, via: str, now: str) -> tuple[Recipient, ...]:
    """Return who may get it: through the coordinator where that is the way, else who sits there.

    A group without administrators goes by the coordinator or the contact of its area.
    """
    found: list[Recipient] = []
    if fact.reach == Reach.VIA_COORDINATOR and via:
        found.append(Recipient(f"via:{fact.id}", via, "coördinator van deze groep"))
    seats = sorted(shape.seats(fact.id), key=lambda seat: _RANK.get(seat.role, 3))
    for seat in seats:
        person = shape.people[seat.administrator_id]
        days = days_between(person.confirmed_at, now)
        age = "nooit bevestigd" if days is None else f"{days} dagen geleden bevestigd"
        detail = (
            f"{_ROLES.get(seat.role, 'beheerder')}, {'vandaag bevestigd' if days == 0 else age}"
        )
        found.append(Recipient(f"administrator:{person.id}", person.name, detail))
    if not found:
        for role, words in (
            (AreaRole.COORDINATOR, "coördinator van het gebied"),
            (AreaRole.MUNICIPAL_CONTACT, "aanspreekpunt van de gemeente"),
        ):
            who = shape.who(shape.area_of(fact.id), role)
            if who is not None:
                found.append(Recipient(f"role:{who.id}", who.name, words))
    return tuple(found)
