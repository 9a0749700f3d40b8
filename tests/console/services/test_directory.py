"""The directory through its service: gaps, search, cards, numbers, refusals (F11-F14, F18)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from console.domain.directory import GroupCard
from console.domain.directory_forms import AdministratorForm, AreaForm, GroupForm
from console.domain.failures import NotAllowed, Refused
from console.domain.person import Person
from console.models.handover import log_entry
from console.models.local import outbox
from console.models.post import placement, post
from console.services.desk import Desk, Unit
from console.services.directory import Directory
from console.storage.database import Connection
from console.views.groups.words import people_words
from tests.helpers.clock import HandClock
from tests.helpers.directory import Builder, veldermeer


@pytest.fixture
def build(desk: Desk) -> Builder:
    """An invented municipality with gaps."""
    made = Builder(Directory(desk))
    veldermeer(made)
    return made


def card(build: Builder, name: str) -> GroupCard:
    """Return the card of a group by its name."""
    found = build.directory.group(build.ids[name]).result(10)
    assert found is not None
    return found


def log_of(desk: Desk, record_id: str) -> list[tuple[str, str, str]]:
    """Return what, reason and text of every log line of a record."""

    def work(conn: Connection) -> list[tuple[str, str, str]]:
        c = log_entry.c
        rows = conn.execute(
            select(c.what, c.reason, c.text).where(c.subject_id == record_id).order_by(c.n)
        )
        return [(row.what, row.reason or "", row.text or "") for row in rows]

    return desk.look(work).result(10)


def refusal(future: Any) -> str:
    """Return the code of a refusal."""
    with pytest.raises(Refused) as caught:
        future.result(10)
    assert caught.value.problem.sentence
    return caught.value.problem.code


def test_gaps_are_said_in_words_and_counted_in_the_segment(
    build: Builder, clock: HandClock
) -> None:
    clock.move(days=191)
    for name in ("Anja", "Wim", "Koen", "Sem", "Bas", "Henk", "Mia", "Ria"):
        build.directory.confirm("administrator", build.ids[f"{name} Verzonnen"]).result(10)
    words = {one.name: one.gap for one in build.nodes() if one.gap}
    assert words == {
        "De Rietkamp": "geen wijkagent",
        "Beheerders Lagebrug": "2 gaten",
        "Stationsbuurt": "191 dagen",
        "Vlierpad": "geen beheerder",
        "Nieuw-Wiel": "geen groep",
    }
    view = build.directory.tree("gaps").result(10)
    assert view.counts.gaps == 4
    assert [one.name for one in view.lines] == [
        "De Rietkamp",
        "Veldermeer",
        "Lagebrug",
        "Beheerders Lagebrug",
        "Stationsbuurt",
        "Vlierpad",
        "Nieuw-Wiel",
    ]
    assert card(build, "Beheerders Lagebrug").gaps == (
        "Stationsbuurt is 191 dagen niet bevestigd.",
        "Vlierpad heeft geen beheerder.",
    )


def test_a_card_is_old_from_the_hundred_and_eightieth_day(build: Builder, clock: HandClock) -> None:
    clock.move(days=179)
    assert card(build, "Waterkant").gaps == ()
    clock.move(days=1)
    assert card(build, "Waterkant").gaps == ("Waterkant is 180 dagen niet bevestigd.",)
    build.directory.confirm("group", build.ids["Waterkant"]).result(10)
    assert card(build, "Waterkant").days_since == 0


def test_three_letters_of_a_street_keep_the_group_and_what_stands_above_it(build: Builder) -> None:
    assert build.tree(typed="kad", open_all=False) == [
        "Veldermeer",
        "  Kern Veldermeer",
        "    Beheerders Veldermeer",
        "      Havenkade",
    ]
    assert build.tree(typed="vli", open_all=False)[-1] == "      Vlierpad"
    found = build.directory.tree("all", "vli").result(10)
    assert found.first_found.endswith(f"group:{build.ids['Vlierpad']}")


def test_an_administrator_is_found_by_name_at_the_group(build: Builder) -> None:
    assert build.tree(typed="fatiha", open_all=False)[-1] == "      Stationsbuurt"


def test_a_search_without_a_hit_says_which_name_looks_like_it(build: Builder) -> None:
    view = build.directory.tree("all", "vlierr").result(10)
    assert view.lines == []
    assert view.suggestion == "Vlierpad"
    assert build.directory.tree("all", "qqqq").result(10).suggestion == ""


def test_three_letters_narrow_right_among_two_thousand_groups(desk: Desk) -> None:
    def fill(unit: Unit) -> None:
        from sqlalchemy import insert

        from console.models.directory import area, group
        from console.storage.search import index

        unit.conn.execute(insert(area), {"id": "area", "name": "Grootstad", "level": "village"})
        rows = [
            {
                "id": f"g{n}",
                "name": f"Buurt {n}",
                "kind": "neighbourhood",
                "area_id": "area",
                "streets": [f"Straat {n}", "Zwanebloem" if n == 1234 else f"Laan {n}"],
            }
            for n in range(2000)
        ]
        unit.conn.execute(insert(group), rows)
        index(unit.conn, "group", [str(row["id"]) for row in rows])
        index(unit.conn, "area", ["area"])

    desk.act(fill).result(30)
    directory = Directory(desk)
    found = directory.tree("all", "zwa").result(30).lines
    assert [one.name for one in found] == ["Grootstad", "Buurt 1234"]
    assert directory.tree("all").result(30).counts.groups == 2000


def test_my_district_shows_what_lies_in_the_area_of_the_person(build: Builder, desk: Desk) -> None:
    desk.person = Person("w", "Wijk Agent", ("officer",), area_id=build.ids["Lagebrug"])
    view = build.directory.tree("mine").result(10)
    assert view.counts.mine == 5
    assert [one.name for one in view.lines][:2] == ["Lagebrug", "Beheerders Lagebrug"]
    desk.person = Person("x", "Zonder Wijk", ("officer",))
    assert build.directory.tree("mine").result(10).lines == []


def test_numbers_are_masked_until_a_reason_is_in_the_log(build: Builder, desk: Desk) -> None:
    before = card(build, "Beheerders Lagebrug")
    assert {one.masked_phone for one in before.administrators} == {"06-•••• ••••"}
    assert "12345678" not in repr(before)
    assert "VoorbeeldLink" not in repr(before)
    group_id = build.ids["Beheerders Lagebrug"]
    assert refusal(build.directory.show_numbers(group_id, "  ")) == "reason-missing"
    assert not [line for line in log_of(desk, group_id) if line[0] == "numbers_shown"]
    shown = build.directory.show_numbers(group_id, "beheerder belt terug").result(10)
    assert set(shown.phones.values()) == {"+31612345678"}
    assert shown.invite_link == "https://chat.whatsapp.com/VoorbeeldLink00000001"
    assert ("numbers_shown", "beheerder belt terug", "") in log_of(desk, group_id)
    assert ("invite_shown", "beheerder belt terug", "") in log_of(desk, group_id)
    anja = log_of(desk, build.ids["Anja Verzonnen"])
    assert ("card_shown", "beheerder belt terug", "") in anja
    assert "12345678" not in repr(shown)


def test_no_number_is_shown_when_the_line_cannot_be_written(build: Builder, desk: Desk) -> None:
    desk.person = Person("l", "Lex Lezer", ("reader",))
    with pytest.raises(NotAllowed):
        build.directory.show_numbers(build.ids["Beheerders Lagebrug"], "nieuwsgierig").result(10)


def test_who_is_who_comes_from_the_area_or_the_one_around_it(build: Builder) -> None:
    who = {one.role: (one.name, one.from_area) for one in card(build, "Lagebrug-Oost").who}
    assert who == {
        "officer": ("Joris Verzonnen", ""),
        "municipal_director": ("Noor Verzonnen", "Veldermeer"),
        "enforcement": ("", ""),
    }


def test_an_agreement_stands_on_the_card_with_name_and_date(
    build: Builder, desk: Desk, clock: HandClock
) -> None:
    desk.act(
        lambda unit: unit.create("person", {"name": "Ruben Voorbeeld"}, "person-ruben")
    ).result(10)
    group_id = build.ids["Beheerders Lagebrug"]
    build.directory.agree(group_id, "Geen overzichten in de vakantie.").result(10)
    one = card(build, "Beheerders Lagebrug").agreements[0]
    assert (one.text, one.by_name) == ("Geen overzichten in de vakantie.", "Ruben Voorbeeld")
    assert one.made_at.startswith("2026-03-10")
    assert refusal(build.directory.agree(group_id, " ")) == "bad-text"


def test_the_last_five_posts_stand_on_the_card_newest_first(build: Builder, desk: Desk) -> None:
    group_id = build.ids["Beheerders Lagebrug"]

    def put(unit: Unit) -> None:
        from sqlalchemy import insert

        for n in range(7):
            kind = "feedback" if n == 6 else "broadcast"
            body = {"id": f"p{n}", "type": kind, "kind": "warning", "title": f"Bericht {n}"}
            unit.conn.execute(insert(post), body)
            at = f"2026-03-0{n + 1}T10:00:00.000Z"
            unit.conn.execute(
                insert(placement),
                {"id": f"l{n}", "post_id": f"p{n}", "group_id": group_id, "state": "placed",
                 "state_at": at},
            )  # fmt: skip

    desk.act(put).result(10)
    titles = [one.title for one in card(build, "Beheerders Lagebrug").recent]
    assert titles == [f"Bericht {n}" for n in (5, 4, 3, 2, 1)]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (GroupForm(""), "bad-name"),
        (GroupForm("A" * 121), "bad-name"),
        (GroupForm("A", kind="club"), "bad-kind"),
        (GroupForm("A", members="veel"), "bad-members"),
        (GroupForm("A", quiet_from="25:00", quiet_until="07:00"), "bad-quiet_from"),
        (GroupForm("A", quiet_from="22:00"), "bad-quiet_until"),
        (GroupForm("A", postcodes=("12 AB",)), "bad-postcodes"),
        (GroupForm("A", invite_link="https://chat.whatsapp.com.kwaad.voorbeeld/x"), "bad-invite_link"),
        (GroupForm("A", invite_link="http://voorbeeld.nl"), "bad-invite_link"),
        (GroupForm("A", parents=(("group", "weg"),)), "gone"),
    ],
)  # fmt: skip
def test_a_group_that_is_filled_in_wrong_is_refused_at_the_field(
    desk: Desk, form: GroupForm, code: str
) -> None:
    assert refusal(Directory(desk).save_group(form)) == code


@pytest.mark.parametrize("code", ["GM199", "WK1", "BU0199", "0199", "gemeente"])
def test_a_code_that_is_no_cbs_code_is_refused(desk: Desk, code: str) -> None:
    form = AreaForm("Ergens", "district", code)
    assert refusal(Directory(desk).save_area(form)) == "bad-code"


@pytest.mark.parametrize(
    ("level", "typed", "kept"),
    [
        ("municipality", "gm 0199", "GM0199"),
        ("district", "WK0199-04", "WK019904"),
        ("neighbourhood", "BU0363MD01", "BU0363MD01"),
    ],
)
def test_a_cbs_code_is_kept_in_one_form(desk: Desk, level: str, typed: str, kept: str) -> None:
    directory = Directory(desk)
    area_id = directory.save_area(AreaForm("Ergens", level, typed)).result(10)
    found = directory.area(area_id).result(10)
    assert found is not None
    assert found.code == kept


@pytest.mark.parametrize("typed", ["12", "geen nummer?", "612345678", "06-1234567890123"])
def test_what_is_no_phone_number_is_refused(build: Builder, typed: str) -> None:
    form = AdministratorForm("Truus Verzonnen", typed)
    assert refusal(build.directory.save_administrator(form)) == "bad-phone"


def test_nothing_hangs_under_itself_nor_under_residents(build: Builder) -> None:
    ids = build.ids
    regie, elzenkade = ids["Regiegroep Elzenkade"], ids["Elzenkade Noord"]
    loop = GroupForm("Regiegroep Elzenkade", "regie", parents=(("group", regie),))
    assert refusal(build.directory.save_group(loop, regie)) == "bad-parents"
    under = GroupForm("X", "neighbourhood", parents=(("group", elzenkade),))
    assert refusal(build.directory.save_group(under)) == "bad-parents"
    circle = AreaForm("Veldermeer", "municipality", parent_id=ids["Lagebrug"])
    assert refusal(build.directory.save_area(circle, ids["Veldermeer"])) == "bad-parents"


def test_parents_are_added_and_taken_away(build: Builder) -> None:
    vlierpad, lage = build.ids["Vlierpad"], build.ids["Beheerders Lagebrug"]
    regie = build.ids["Regiegroep Elzenkade"]
    both = GroupForm("Vlierpad", parents=(("group", lage), ("group", regie)))
    build.directory.save_group(both, vlierpad).result(10)
    assert [name for _, _, name in card(build, "Vlierpad").parents] == [
        "Beheerders Lagebrug",
        "Regiegroep Elzenkade",
    ]
    one = GroupForm("Vlierpad", parents=(("group", regie),))
    build.directory.save_group(one, vlierpad).result(10)
    assert [name for _, _, name in card(build, "Vlierpad").parents] == ["Regiegroep Elzenkade"]


def test_saving_the_same_form_again_queues_only_the_log_line(build: Builder, desk: Desk) -> None:
    form = GroupForm("Nieuw", "regie", parents=(("area", build.ids["Lagebrug"]),), members="12")
    group_id = build.directory.save_group(form).result(10)
    kinds = desk.look(lambda conn: list(conn.execute(select(outbox.c.kind)).scalars())).result(10)
    build.directory.save_group(form, group_id).result(10)
    after = desk.look(lambda conn: list(conn.execute(select(outbox.c.kind)).scalars())).result(10)
    assert after[len(kinds) :] == ["log_entry"]


def test_too_many_members_is_a_gap_by_the_setting_of_the_team(build: Builder) -> None:
    build.group("Vol", "neighbourhood", "Beheerders Lagebrug", members="257")
    build.administrator("Vera Verzonnen", "Vol")
    assert card(build, "Vol").gaps == ()
    assert card(build, "Vol").member_limit == 1024
    build.directory.set_member_limit(256).result(10)
    assert card(build, "Vol").gaps == ("Vol heeft meer leden dan de grens.",)
    build.directory.set_member_limit(1000).result(10)
    assert card(build, "Vol").gaps == ()
    assert refusal(build.directory.set_member_limit(1)) == "bad-member_limit"


def test_only_the_account_holder_sets_the_limit(build: Builder, desk: Desk) -> None:
    desk.person = Person("o", "Op Coördinator", ("operator",))
    with pytest.raises(NotAllowed):
        build.directory.set_member_limit(256).result(10)


def test_leaving_the_last_group_closes_the_card(build: Builder) -> None:
    koen = build.ids["Koen Verzonnen"]
    build.directory.leave(koen, build.ids["Waterkant"]).result(10)
    assert "Waterkant" in card(build, "Beheerders Lagebrug").without_administrator
    assert build.directory.relays("koen").result(10) == []


def test_an_empty_number_on_the_form_keeps_the_number(build: Builder) -> None:
    anja = build.ids["Anja Verzonnen"]
    build.directory.save_administrator(AdministratorForm("Anja Ander"), anja).result(10)
    shown = build.directory.show_numbers(build.ids["Lagebrug-Oost"], "nagekeken").result(10)
    assert shown.phones[anja] == "+31612345678"
    build.directory.save_administrator(AdministratorForm("Anja Ander", ""), anja).result(10)
    shown = build.directory.show_numbers(build.ids["Lagebrug-Oost"], "nagekeken").result(10)
    assert anja not in shown.phones


def test_an_area_goes_away_only_when_nothing_lies_in_it(build: Builder) -> None:
    assert refusal(build.directory.remove_area(build.ids["Lagebrug"])) == "area-not-empty"
    build.directory.remove_area(build.ids["Nieuw-Wiel"]).result(10)
    assert "Nieuw-Wiel" not in {line.strip() for line in build.tree()}


def test_inhabitants_are_typed_with_their_year_and_where_it_stands_and_empty_is_unknown(
    desk: Desk,
) -> None:
    directory = Directory(desk)
    given = AreaForm("Testdam", "municipality", inhabitants="12.400")
    area_id = directory.save_area(
        replace(given, inhabitants_year="2024", inhabitants_source="gemeentegids")
    ).result(10)
    there = directory.area(area_id).result(10)
    assert there is not None
    assert people_words(there) == "12.400 (2024, gemeentegids)"
    bad = replace(given, inhabitants_year="24")
    assert refusal(directory.save_area(bad, area_id)) == "bad-inhabitants_year"
    directory.save_area(replace(given, inhabitants=""), area_id).result(10)
    there = directory.area(area_id).result(10)
    assert there is not None
    assert (there.inhabitants, people_words(there)) == (None, "onbekend")
