"""The structures of the seeds can be entered without a dummy level (F12, T01-T06)."""

from __future__ import annotations

import pytest

from console.services.desk import Desk
from console.services.directory import Directory
from contract.vocabulary import MessageKind
from tests.helpers.directory import Builder


@pytest.fixture
def build(desk: Desk) -> Builder:
    """An empty directory to enter things in."""
    return Builder(Directory(desk))


def den_helder(build: Builder) -> None:
    """Area groups and one regiegroep; every administrator sits in both (T03)."""
    build.area("Den Helder", "municipality", coordinator="Cor Voorbeeld", officer="Wil Voorbeeld")
    build.area("Stad", "district", "Den Helder")
    build.area("Huisduinen", "village", "Den Helder", beside=("Stad",))
    build.area("Julianadorp", "village", "Den Helder", beside=("Stad",))
    build.group("Regiegroep", "regie", "Den Helder", reach="via_coordinator")
    for place in ("Stad", "Huisduinen", "Julianadorp"):
        build.group(f"Beheerders {place}", "administrators", place, reach="via_coordinator")
        for letter in "AB":
            name = f"{place} {letter}"
            build.group(name, "neighbourhood", f"Beheerders {place}", "Regiegroep", members="40")
            build.administrator(f"Bea {name}", name, f"Beheerders {place}", "Regiegroep")


def test_den_helder_shows_every_group_under_both_of_its_parents(build: Builder) -> None:
    den_helder(build)
    assert build.tree() == [
        "Den Helder",
        "  Regiegroep",
        "    Huisduinen A",
        "    Huisduinen B",
        "    Julianadorp A",
        "    Julianadorp B",
        "    Stad A",
        "    Stad B",
        "  Huisduinen",
        "    Beheerders Huisduinen",
        "      Huisduinen A",
        "      Huisduinen B",
        "  Julianadorp",
        "    Beheerders Julianadorp",
        "      Julianadorp A",
        "      Julianadorp B",
        "  Stad",
        "    Beheerders Stad",
        "      Stad A",
        "      Stad B",
    ]
    nodes = build.nodes()
    assert all(one.linked for one in nodes if one.level == "neighbourhood")
    assert not any(one.linked for one in nodes if one.kind == "area" or one.level == "regie")
    assert len({one.key for one in nodes}) == len(nodes)


def test_den_helder_counts_a_group_with_two_parents_once(build: Builder) -> None:
    den_helder(build)
    view = build.directory.tree().result(10)
    assert (view.counts.groups, view.counts.administrator_groups) == (6, 4)
    assert view.counts.members == 240
    by_name = {one.name: one.count for one in view.lines}
    assert by_name["Den Helder"] == 6
    assert by_name["Regiegroep"] == 6
    assert by_name["Huisduinen"] == 2


def test_den_helder_reaches_people_once_by_the_nearest_group(build: Builder) -> None:
    den_helder(build)
    found = build.directory.candidates([build.ids["Julianadorp"]], MessageKind.WARNING).result(10)
    here = {one.name: one for one in found if one.section == "here"}
    assert here["Beheerders Julianadorp"].ticked
    assert here["Beheerders Julianadorp"].reach_via == "Cor Voorbeeld"
    assert not here["Regiegroep"].ticked
    assert here["Regiegroep"].why_not == "Dezelfde beheerders zitten in Beheerders Julianadorp."
    beside = [one for one in found if one.section == "adjoining"]
    assert [(one.name, one.ticked) for one in beside] == [("Beheerders Stad", False)]


def test_leiden_has_two_tiers_and_one_for_shops(build: Builder) -> None:
    build.area("Leiden", "municipality", officer="Lou Voorbeeld")
    build.area("Stevenshof", "district", "Leiden")
    build.group("Beheerders Stevenshof", "administrators", "Stevenshof")
    build.group("Stevenshof Noord", "neighbourhood", "Beheerders Stevenshof")
    build.group("Ondernemers Leiden", "administrators", "Leiden")
    build.group("Winkels Haarlemmerstraat", "business", "Ondernemers Leiden")
    assert build.tree() == [
        "Leiden",
        "  Ondernemers Leiden",
        "    Winkels Haarlemmerstraat",
        "  Stevenshof",
        "    Beheerders Stevenshof",
        "      Stevenshof Noord",
    ]


def test_buitenkaag_needs_no_municipality_and_no_level_in_between(build: Builder) -> None:
    build.area("Buitenkaag", "village", officer="Bo Voorbeeld")
    build.group("Dorp", "neighbourhood", "Buitenkaag")
    build.group("Buitengebied", "neighbourhood", "Buitenkaag")
    for group in ("Dorp", "Buitengebied"):
        build.administrator(f"Jo {group}", group, role="coordinator")
    assert build.tree() == ["Buitenkaag", "  Buitengebied", "  Dorp"]
    found = build.directory.candidates([build.ids["Buitenkaag"]], MessageKind.WARNING).result(10)
    assert [(one.name, one.groups, one.ticked) for one in found] == [
        ("Buitengebied", 1, True),
        ("Dorp", 1, True),
    ]


def test_buitenkaag_flags_a_fourth_coordinator_who_talks_to_the_officer(build: Builder) -> None:
    build.area("Buitenkaag", "village", officer="Bo Voorbeeld")
    build.group("Regiegroep Kaag", "regie", "Buitenkaag")
    for number in range(3):
        build.administrator(f"Jo {number}", "Regiegroep Kaag", role="coordinator")
    card = build.directory.group(build.ids["Regiegroep Kaag"]).result(10)
    assert card is not None
    assert card.gaps == ()
    build.administrator("Jo 4", "Regiegroep Kaag", role="coordinator", reach="via_coordinator")
    assert build.nodes()[1].gap == ""
    build.administrator("Jo 5", "Regiegroep Kaag", role="coordinator")
    assert build.nodes()[1].gap == "te veel coördinatoren"
    card = build.directory.group(build.ids["Regiegroep Kaag"]).result(10)
    assert card is not None
    assert card.gaps == (
        "In Regiegroep Kaag praten meer dan drie coördinatoren direct met de wijkagent.",
    )


def test_zuidplas_has_a_coordinator_per_village_and_one_contact(build: Builder) -> None:
    build.area("Zuidplas", "municipality", municipal_contact="Gem Voorbeeld")
    for village in ("Moordrecht", "Nieuwerkerk"):
        build.area(
            village, "village", "Zuidplas", coordinator=f"Co {village}", officer=f"Wa {village}"
        )
        build.group(f"{village} Oost", "neighbourhood", village, reach="via_coordinator")
    card = build.directory.group(build.ids["Moordrecht Oost"]).result(10)
    assert card is not None
    who = {one.role: (one.name, one.from_area) for one in card.who}
    assert who["coordinator"] == ("Co Moordrecht", "")
    assert who["municipal_contact"] == ("Gem Voorbeeld", "Zuidplas")
    assert who["enforcement"] == ("", "")
    found = build.directory.candidates([build.ids["Zuidplas"]], MessageKind.WARNING).result(10)
    assert {one.name: one.reach_via for one in found} == {
        "Moordrecht Oost": "Co Moordrecht",
        "Nieuwerkerk Oost": "Co Nieuwerkerk",
    }


def test_voorschoten_is_one_group_of_administrators_over_loose_groups(build: Builder) -> None:
    build.area("Voorschoten", "municipality", officer="Vo Voorbeeld")
    build.area("Vlietwijk", "neighbourhood", "Voorschoten")
    build.group("Beheerders Voorschoten", "administrators", "Voorschoten")
    build.group("Vlietwijk Zuid", "neighbourhood", "Beheerders Voorschoten", lies_in="Vlietwijk")
    found = build.directory.candidates([build.ids["Vlietwijk"]], MessageKind.WARNING).result(10)
    assert [(one.name, one.ticked) for one in found] == [("Beheerders Voorschoten", True)]


def test_a_group_with_no_place_at_all_stands_at_the_root(build: Builder) -> None:
    build.group("Zwervers", "neighbourhood")
    assert build.tree() == ["Zwervers"]
