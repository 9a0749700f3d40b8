"""From an address to the right groups; what is not sure is a choice, what is not there is said (F19)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.directory_map import (
    AreaFact,
    DirectoryMap,
    GroupFact,
    PersonFact,
    RoleFact,
    SeatFact,
)
from console.domain.signs import advised_spots, guidance, kept_spots, point_of, spots_of
from console.domain.signup import (
    Address,
    Place,
    Resident,
    handover_text,
    read_address,
    route,
)

NOW = "2026-11-22T10:00:00.000Z"

ADDRESSES = [
    ("Havenkade 12, 1234 AB Dorp", ("Havenkade", 12, "1234AB", "Dorp")),
    ("havenkade 12a 1234ab", ("havenkade", 12, "1234AB", "")),
    (
        "Adres: Plein 1945 12-a\nPostcode: 2161 kl\nWoonplaats: Lisse",
        ("Plein 1945", 12, "2161KL", "Lisse"),
    ),
    ("Dorpsstraat", ("Dorpsstraat", 0, "", "")),
    ("1234 AB", ("", 0, "1234AB", "")),
    ("1234 AB Dorp", ("", 0, "1234AB", "Dorp")),
    ("Jan Voorbeeld, Havenkade 12, Dorp", ("Havenkade", 12, "", "Dorp")),
    ("1e Dorpsstraat 5", ("1e Dorpsstraat", 5, "", "")),
    ("Laan 3-5; 1234 SS", ("Laan", 3, "", "")),
    (" , ; ", ("", 0, "", "")),
]


@pytest.mark.parametrize(("typed", "read"), ADDRESSES)
def test_an_address_is_read_as_people_write_it(typed: str, read: tuple[Any, ...]) -> None:
    found = read_address(typed)
    assert (found.street, found.number, found.postcode, found.town) == read


@settings(max_examples=60)
@given(st.text(max_size=500))
def test_whatever_is_pasted_an_address_comes_out_and_shows_nothing(typed: str) -> None:
    found = read_address(typed)
    assert repr(found) == "Address()"
    assert found.number >= 0
    assert len(found.postcode) in (0, 6)


def shape(*groups: GroupFact, roles: tuple[RoleFact, ...] = ()) -> DirectoryMap:
    """Two towns with a wijk each."""
    return DirectoryMap(
        [
            AreaFact("oost", "Oostdorp", "municipality"),
            AreaFact("west", "Westdorp", "municipality"),
            AreaFact("kern", "Kern", "district", "WK0001", "oost"),
        ],
        groups,
        [PersonFact("p1", "Truus Verzonnen"), PersonFact("p2", "Wim Verzonnen")],
        [SeatFact("s1", "g1", "p1", "deputy"), SeatFact("s2", "g1", "p2", "administrator")],
        roles,
    )


def group(key: str, area: str = "kern", **more: Any) -> GroupFact:
    """A group of residents."""
    return GroupFact(key, f"Groep {key}", more.pop("kind", "neighbourhood"), area, **more)


def names(found: Any) -> list[str]:
    """Ids of the groups that were found."""
    return [one.group_id for one in found.groups]


BOTH = (
    Place("g1", ("Havenkade", "Dorpsstraat 1-40"), ("1234AB",)),
    Place("g2", ("havenkade",), ("5678",)),
)


@pytest.mark.parametrize(
    ("address", "codes", "expected"),
    [
        (Address("Havenkade"), (), ["g1", "g2"]),
        (Address("Havenkade", postcode="1234AB"), (), ["g1"]),
        (Address("Havenkade", postcode="1234ZZ"), (), ["g1"]),
        (Address("Havenkade", postcode="5678XY"), (), ["g2"]),
        (Address("Havenkade", town="Westdorp"), (), ["g2"]),
        (Address("Havenkade"), ("WK0001",), ["g1"]),
        (Address("Havenkade", town="Nergens"), (), ["g1", "g2"]),
        (Address("Dorpsstraat", 12), (), ["g1"]),
        (Address("Dorpsstraat", 41), (), []),
        (Address("Onbekend", postcode="5678XY"), (), ["g2"]),
        (Address("Onbekend"), ("WK0001",), ["g1"]),
        (Address("Onbekend", 3, "9999ZZ"), (), []),
    ],
)
def test_street_then_postcode_then_area_and_a_choice_where_it_is_not_sure(
    address: Address, codes: tuple[str, ...], expected: list[str]
) -> None:
    found = route(shape(group("g1"), group("g2", "west")), BOTH, address, NOW, codes)
    assert names(found) == expected


def test_nobody_is_sent_to_a_group_that_is_gone_a_draft_or_above_others() -> None:
    made = shape(
        group("g1", state="gone"),
        group("g2", state="draft"),
        group("g3", kind="administrators"),
    )
    places = [Place(key, ("Havenkade",), ()) for key in ("g1", "g2", "g3")]
    found = route(made, places, Address("Havenkade"), NOW)
    assert names(found) == []
    assert found.drafts == ("Groep g2",)


def test_who_gets_it_follows_the_way_the_group_is_reached() -> None:
    place = [Place("g1", ("Havenkade",), ())]
    (direct,) = route(shape(group("g1")), place, Address("Havenkade"), NOW).groups
    assert [one.name for one in direct.recipients] == ["Wim Verzonnen", "Truus Verzonnen"]
    via = group("g1", reach="via_coordinator", reach_via="Cor Verzonnen")
    (reached,) = route(shape(via), place, Address("Havenkade"), NOW).groups
    assert reached.recipients[0].name == "Cor Verzonnen"
    assert "Cor Verzonnen" in reached.note
    roles = (RoleFact("r1", "oost", "coordinator", "Cees Verzonnen"),)
    alone = [Place("g2", ("Havenkade",), ())]
    (lonely,) = route(shape(group("g2"), roles=roles), alone, Address("Havenkade"), NOW).groups
    assert [(one.key, one.name) for one in lonely.recipients] == [("role:r1", "Cees Verzonnen")]
    (nobody,) = route(shape(group("g2")), alone, Address("Havenkade"), NOW).groups
    assert nobody.recipients == ()


def test_the_text_says_what_is_known_and_what_to_ask() -> None:
    whole = handover_text(
        Resident("Havenkade 12\n1234 AB Dorp", "Bewoner", "06-12345678", checked=True), "Kade", "T"
    )
    assert "Adres: Havenkade 12, 1234 AB Dorp" in whole
    assert "Nagevraagd: 18 jaar of ouder" in whole
    bare = handover_text(Resident("Havenkade 12"), "Kade", "")
    assert "Naam" not in bare
    assert "Telefoon" not in bare
    assert "Vraag nog na: 18 jaar of ouder" in bare


@pytest.mark.parametrize(
    ("typed", "metres"),
    [
        ("", None),
        ("136000 455000", (136000, 455000)),
        ("136000, 455000", (136000, 455000)),
        ("52.0907, 5.1214", (136784, 455860)),
        ("52,0907 5,1214", (136784, 455860)),
        ("52,0907, 5,1214", (136784, 455860)),
    ],
)
def test_a_point_is_degrees_or_metres(typed: str, metres: tuple[int, int] | None) -> None:
    assert point_of(typed) == metres


@pytest.mark.parametrize("typed", ["1", "abc", "0 0", "48.85, 2.35", "1 2 3", "nan inf"])
def test_what_is_no_point_in_the_netherlands_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not"):
        point_of(typed)


@pytest.mark.parametrize(("streets", "wanted"), [(0, 2), (1, 2), (6, 2), (7, 3), (12, 4), (48, 16)])
def test_two_places_per_six_streets(streets: int, wanted: int) -> None:
    assert advised_spots(streets) == wanted
    assert guidance(wanted, streets) == ""
    assert str(wanted) in guidance(wanted - 1, streets)


def test_places_of_another_desk_that_cannot_be_read_are_left_out() -> None:
    kept = [{"text": "Brug", "x": 99000, "y": 478000}, {"text": "Plein", "x": "99000", "y": 1},
            {"x": 1}, "Brug", None, {"text": "  "}]  # fmt: skip
    found = spots_of(kept)
    assert [(one.text, one.located) for one in found] == [("Brug", True), ("Plein", False)]
    assert spots_of(kept_spots(found)) == found
    assert spots_of("Brug") == spots_of(None) == ()
