"""From an area or a typed place to the groups to reach (F18, F02, F03)."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.directory_forms import GroupForm
from console.services.desk import Desk
from console.services.directory import Directory
from contract.vocabulary import MessageClass, MessageKind
from tests.helpers.directory import Builder, veldermeer


@pytest.fixture
def build(desk: Desk) -> Builder:
    """An invented municipality with gaps."""
    made = Builder(Directory(desk))
    veldermeer(made)
    return made


def test_choosing_an_area_lists_its_groups_and_offers_the_adjoining_ones_unticked(
    build: Builder,
) -> None:
    found = build.directory.candidates([build.ids["Lagebrug"]], MessageKind.WARNING).result(10)
    assert [(one.section, one.name, one.ticked) for one in found] == [
        ("here", "Beheerders Lagebrug", True),
        ("adjoining", "Beheerders Veldermeer", False),
        ("adjoining", "Winkeliers Havenkade", False),
    ]
    lage = found[0]
    assert (lage.groups, lage.administrators, lage.members, lage.days_since) == (5, 5, 412, 0)


def test_a_municipality_stands_for_everything_in_it(build: Builder) -> None:
    found = build.directory.candidates([build.ids["Veldermeer"]], MessageKind.WARNING).result(10)
    assert {one.name for one in found if one.section == "here"} == {
        "Beheerders Lagebrug",
        "Beheerders Veldermeer",
        "Winkeliers Havenkade",
        "Regiegroep Elzenkade",
    }
    regie = next(one for one in found if one.name == "Regiegroep Elzenkade")
    assert (regie.reach, regie.reach_via) == ("via_coordinator", "Ria Verzonnen")


@pytest.mark.parametrize(
    ("more", "kind", "message_class", "ticked", "why_not"),
    [
        ({}, "witness_appeal", "", False, "Wil alleen acute berichten."),
        ({}, "warning", "", True, ""),
        ({}, "warning", MessageClass.INFORMATIVE, False, "Wil alleen acute berichten."),
        ({"wish": "informative"}, "witness_appeal", "", True, ""),
        (
            {"wish": "informative", "quiet_from": "14:00", "quiet_until": "16:00"},
            "prevention",
            "",
            False,
            "Stil van 14:00 tot 16:00.",
        ),
        ({"quiet_from": "14:00", "quiet_until": "16:00"}, "missing_person", "", True, ""),
        ({"state": "asleep"}, "missing_person", "", False, "Deze groep slaapt."),
        ({"reach": "inbound_only"}, "missing_person", "", False, "Alleen van hen naar ons."),
    ],
)
def test_a_group_is_left_unticked_with_the_reason(
    desk: Desk, more: dict[str, Any], kind: str, message_class: str, ticked: bool, why_not: str
) -> None:
    build = Builder(Directory(desk))
    build.area("Wiel", "village")
    build.group("Beheerders Wiel", "administrators", "Wiel", **more)
    (one,) = build.directory.candidates([build.ids["Wiel"]], kind, message_class).result(10)
    assert (one.ticked, one.why_not) == (ticked, why_not)


def test_a_group_that_is_gone_is_no_candidate_and_stands_only_in_a_search(
    build: Builder,
) -> None:
    gone = GroupForm("Winkeliers Havenkade", "business", state="gone",
                     parents=(("area", build.ids["Kern Veldermeer"]),))  # fmt: skip
    build.directory.save_group(gone, build.ids["Winkeliers Havenkade"]).result(10)
    found = build.directory.candidates([build.ids["Veldermeer"]], MessageKind.WARNING).result(10)
    assert "Winkeliers Havenkade" not in {one.name for one in found}
    assert not any("Winkeliers" in line for line in build.tree())
    assert build.tree(typed="winkel")[-1].strip() == "Winkeliers Havenkade"


def test_a_name_that_two_areas_have_must_be_chosen(build: Builder) -> None:
    build.area("Lagebrug ", "neighbourhood", "De Rietkamp")
    found = build.directory.areas_named("lagebrug").result(10)
    assert [(one.text, one.area_name) for one in found] == [
        ("Lagebrug", "De Rietkamp"),
        ("Lagebrug", "Veldermeer"),
    ]
    assert [one.text for one in build.directory.areas_named("gemeente Veldermeer").result(10)] == [
        "Veldermeer"
    ]
    assert build.directory.areas_named("Nergens").result(10) == []
    assert build.directory.areas_named(" ").result(10) == []


def test_a_place_completes_to_its_area_and_officer_without_the_house_number(
    build: Builder,
) -> None:
    for typed in ("hav", "Havenkade 12"):
        first = build.directory.places(typed).result(10)[0]
        assert (first.text, first.kind, first.area_name) == (
            "Havenkade",
            "street",
            "Kern Veldermeer",
        )
        assert first.officer_name == "Joris Verzonnen"
    assert build.directory.places("!!").result(10) == []


def test_a_relay_is_somebody_or_a_group_and_never_a_number(build: Builder) -> None:
    found = build.directory.relays("wa").result(10)
    assert [(one.kind, one.title) for one in found] == [("group", "Waterkant")]
    (wim,) = build.directory.relays("wim").result(10)
    assert (wim.title, wim.detail) == ("Wim Verzonnen", "Lagebrug-West")
    assert build.directory.relays("06").result(10) == []
