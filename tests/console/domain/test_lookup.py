"""Plates and addresses in what somebody typed, and a description beside the register (F60)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from console.domain.area_at import areas_at
from console.domain.car_words import mismatches
from console.domain.directory_map import AreaFact, DirectoryMap
from console.domain.geo import AreaIndex
from console.domain.lookup import Car, PlaceSeen, address_in, car_words, one_plate, plates_in
from console.domain.reach_by_place import Atlas
from contract.lookups import AddressAsked, PlateAsked
from contract.region import profile_named

BLUE = Car("Personenauto", "OPEL", "CORSA", "BLAUW")
GREY = Car("Personenauto", "MERCEDES-BENZ", "A 180", "GRIJS", "ZWART")


@pytest.mark.parametrize(
    ("text", "car", "wrong"),
    [
        ("Een rode Ford rijdt weg", BLUE, ("Ford, RDW zegt Opel", "rood, RDW zegt blauw")),
        ("Donkerrode auto, kenteken volgt", BLUE, ("donkerrood, RDW zegt blauw",)),
        ("kenteken 12-AE-IO, rood", BLUE, ("rood, RDW zegt blauw",)),
        ("Man met rode jas in blauwe Opel", BLUE, ()),
        ("man met zwarte muts in auto", BLUE, ()),
        ("de auto is donkerblauw, man met rode pet", BLUE, ()),
        ("Witte bus. Daarachter een blauwe Opel", BLUE, ()),
        ("Een man kijkt in auto's", BLUE, ()),
        ("Zilveren mercedes", GREY, ()),
        ("zwarte Mercedes", GREY, ()),
        ("Rode Mercedes", GREY, ("rood, RDW zegt grijs met zwart",)),
        ("Rode VW Golf", Car("", "VOLKSWAGEN", "GOLF", "N.v.t."), ()),
        ("Rode Seat Ibiza", Car("", "SEAT", "IBIZA", "DIVERSEN"), ()),
        ("", BLUE, ()),
    ],
)
def test_only_what_is_plainly_said_of_a_vehicle_can_be_a_mismatch(
    text: str, car: Car, wrong: tuple[str, ...]
) -> None:
    assert mismatches(text, car) == tuple(f"Omschrijving zegt {one}." for one in wrong)


def test_a_vehicle_is_read_out_as_people_say_it() -> None:
    assert car_words(GREY) == "Personenauto, Mercedes-Benz A 180, grijs met zwart"
    assert car_words(Car("Motorfiets", "BMW")) == "Motorfiets, BMW"
    assert car_words(Car("", "FORD", "FORD TRANSIT")) == "Ford Transit"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Voorbeeldlaan 12, Veldermeer", ("Voorbeeldlaan", "12", "Veldermeer")),
        ("Voorbeeldlaan 12 a, 1234 AB Veldermeer", ("Voorbeeldlaan", "12a", "Veldermeer")),
        ("1e Dwarsstraat 4 Alphen aan den Rijn", ("1e Dwarsstraat", "4", "Alphen aan den Rijn")),
        ("Plein '40-'45 3", ("Plein '40-'45", "3", "")),
        ("Kerkplein", ("Kerkplein", "", "")),
    ],
)
def test_an_address_is_read_in_its_parts(typed: str, parts: tuple[str, str, str]) -> None:
    found = address_in(typed)
    assert found is not None
    assert (found.street, found.number, found.town) == parts


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12",
        "Voorbeeldlaan 12, Veldermeer achter de kerk",
        "bij het huis waar de heer Verzonnen vorige week woonde",
        "Voorbeeldlaan 12; bel 06-12345678",
        "*:*",
    ],
)
def test_a_sentence_is_no_address(typed: str) -> None:
    assert address_in(typed) is None


@settings(max_examples=60)
@given(st.text(alphabet="AEe19 -,.'’éß\nх(", max_size=30))
def test_what_the_desk_reads_as_plate_or_address_is_what_central_takes(typed: str) -> None:
    found = address_in(typed)
    if found is not None:
        asked = AddressAsked(street=found.street, number=found.number, town=found.town)
        assert asked.street in " ".join(typed.split())
    if plate := one_plate(typed):
        assert PlateAsked(plate=plate.replace("-", "")).plate.isalnum()


def test_plates_are_found_each_once_with_dashes() -> None:
    region = profile_named("NL")
    text = "kenteken 12aeio, later weer 12-AE-IO en 9-AIO-90 op 12-11-26"
    assert plates_in(text, region) == ("12-AE-IO", "9-AIO-90")


def test_a_point_on_a_border_lies_in_both_areas_and_a_code_speaks_where_no_outline_does() -> None:
    facts = [
        AreaFact("town", "Veldermeer", "municipality"),
        AreaFact("west", "West", "neighbourhood", "BU99010101", "town"),
        AreaFact("east", "Oost", "neighbourhood", "BU99010102", "town"),
        AreaFact("bare", "Kaal", "neighbourhood", "BU99010103", "town"),
        AreaFact("past", "Vroeger", "neighbourhood", "BU99010104", "town", ended_year=2024),
    ]
    index = AreaIndex({"west": box(0, 0, 100, 100), "east": box(100, 0, 200, 100)})
    atlas = Atlas(DirectoryMap(facts), index)

    def at(x: float, neighbourhood: str = "") -> list[str]:
        place = PlaceSeen("", x, 50.0, exact=True, neighbourhood=neighbourhood)
        return areas_at(atlas, place)

    assert at(50) == ["west"]
    assert at(100) == ["east", "west"]
    assert at(50, "BU99010102") == ["west"], "an outline knows better than a code"
    assert at(900, "BU99010103") == ["bare"]
    assert at(900, "BU99010104") == at(900) == []
