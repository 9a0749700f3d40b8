"""The queries behind Meldingen: order, search, counts, look-alikes, and their indexes (F01)."""

from __future__ import annotations

from array import array
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from console.domain.clock import stamp
from console.domain.report import ReportFilter
from console.services.desk import Desk
from console.services.reports import Reports
from console.storage import relays, report_card, report_order
from console.storage import reports as stored
from console.storage.database import Store
from console.storage.report_rows import headline
from tests.helpers.clock import HandClock
from tests.helpers.plans import asked_by, plan_of, walks_of
from tests.helpers.profile import PERSON
from tests.helpers.reports import SAMIRA, add, people_and_areas, signed_in

ME = PERSON.id


def listed(desk: Desk, **wanted: Any) -> dict[str, list[str]]:
    """Return the words of each section as the list would show them."""
    found = Reports(desk).listing(ReportFilter(**wanted)).result()
    by_name = {}
    for section in found.sections:
        rows = Reports(desk).page(list(section.numbers)).result()
        by_name[section.name] = [row.title for row in rows]
    return by_name


def test_open_reports_stand_before_claimed_and_waiting_ones_newest_first(desk: Desk) -> None:
    people_and_areas(desk)
    reports = Reports(desk)
    add(desk, "Oud", 30)
    add(desk, "Nieuw", 2)
    with signed_in(desk, SAMIRA):
        reports.claim(add(desk, "Van Samira", 1)).result()
    reports.claim(add(desk, "Van mij", 50)).result()
    reports.wait_for(add(desk, "Wacht", 9), "gemeente").result()
    assert listed(desk) == {
        "open": ["Nieuw", "Oud"],
        "claimed": ["Van mij", "Van Samira"],
        "waiting": ["Wacht"],
    }
    assert listed(desk, segment="mine") == {"claimed": ["Van mij"], "waiting": ["Wacht"]}
    assert listed(desk, segment="waiting") == {"waiting": ["Wacht"]}


def test_a_claim_that_ran_out_stands_among_the_open_ones_by_its_age(
    desk: Desk, clock: HandClock
) -> None:
    people_and_areas(desk)
    for minutes in (2, 20):
        add(desk, f"Open {minutes}", minutes)
    Reports(desk).claim(add(desk, "Losgelaten", 10)).result()
    since = desk.now()
    assert listed(desk)["claimed"] == ["Losgelaten"]
    clock.move(minutes=11)
    assert listed(desk)["open"] == ["Open 2", "Losgelaten", "Open 20"]
    assert listed(desk)["claimed"] == []
    assert [row.title for row in Reports(desk).first_page(ReportFilter()).result().rows] == [
        "Open 2",
        "Losgelaten",
        "Open 20",
    ]
    assert Reports(desk).leases(since).result()[0]
    counts = Reports(desk).counts().result()
    assert (counts.open, counts.mine) == (3, 0)


def test_acute_reports_stand_above_the_list_and_not_in_it(desk: Desk) -> None:
    people_and_areas(desk)
    add(desk, "Gewoon")
    add(desk, "Acuut", acute=True)
    found = Reports(desk).listing(ReportFilter()).result()
    assert [row.title for row in found.acute] == ["Acuut"]
    assert listed(desk)["open"] == ["Gewoon"]
    assert found.counts.acute_open == 1


def test_a_municipality_means_every_area_in_it(desk: Desk) -> None:
    people_and_areas(desk)
    add(desk, "In het dorp", area_id="area-lagebrug")
    add(desk, "Elders", area_id="area-zuid")
    assert listed(desk, area_id="area-noord")["open"] == ["In het dorp"]
    assert listed(desk, category="vehicle")["open"] == []


def test_search_finds_the_beginning_of_words_in_the_segment_it_is_typed_in(desk: Desk) -> None:
    people_and_areas(desk)
    add(desk, "Bestelbus rijdt langzaam")
    closed = add(desk, "Bestelbus is weg")
    from contract.vocabulary import CloseReason

    Reports(desk).close(closed, CloseReason.HANDLED, "no").result()
    assert listed(desk, text="best") == {"found": ["Bestelbus rijdt langzaam"]}
    assert listed(desk, text="best", segment="closed") == {"found": ["Bestelbus is weg"]}
    assert listed(desk, text="zzz") == {"found": []}


def test_look_alikes_need_place_and_kind_and_half_an_hour(desk: Desk) -> None:
    people_and_areas(desk)
    wanted = add(desk, "Eerste", 40)
    near = add(desk, "Zelfde buurt", 15)
    add(desk, "Te lang geleden", 75)
    add(desk, "Andere soort", 41, category="vehicle")
    add(desk, "Ander gebied", 42, area_id="area-zuid", place="Kade")
    card = Reports(desk).card(wanted).result()
    assert card is not None
    assert [one.id for one in card.look_alikes] == [near]
    assert card.municipality == "Noordwijkerdam"
    assert card.officer_name == "Joris Verzonnen"


def test_a_title_is_the_first_sentence_and_the_preview_goes_on() -> None:
    assert headline("", "Bus staat stil. Er zit niemand in.") == (
        "Bus staat stil",
        "Er zit niemand in.",
    )
    title, preview = headline("", "woord " * 40)
    assert len(title) <= 60
    assert preview.startswith("woord")
    assert headline("Kop", "Tekst") == ("Kop", "Tekst")


def test_senders_are_known_by_number_or_by_a_name_only_one_has(desk: Desk) -> None:
    def work(unit: Any) -> None:
        for name, phone in (
            ("Truus Verzonnen", "+31612345678"),
            ("Jan Dubbel", "+31687654321"),
            ("Jan Dubbel", "+31611112222"),
        ):
            unit.create("administrator", {"name": name, "phone": phone})

    desk.act(work).result()
    names = ["06 12 34 56 78", "truus verzonnen", "Jan Dubbel", "Onbekend"]
    found = Reports(desk).senders(names).result()
    assert {name: choice.name for name, choice in found.items()} == {
        "06 12 34 56 78": "Truus Verzonnen",
        "truus verzonnen": "Truus Verzonnen",
    }


def test_the_areas_of_the_filter_stand_as_a_tree(desk: Desk) -> None:
    people_and_areas(desk)
    assert [(one.name, one.depth) for one in Reports(desk).areas().result()] == [
        ("Noordwijkerdam", 0),
        ("Lagebrug", 1),
        ("Zuiderdam", 0),
    ]
    assert desk.look(relays.groups).result() == []


@pytest.mark.parametrize("segment", ["open", "mine", "waiting", "closed"])
@pytest.mark.parametrize("text", ["", "bus"])
@pytest.mark.parametrize("area", ["", "area-noord"])
def test_no_list_query_walks_a_growing_table(
    desk: Desk, store: Store, segment: str, text: str, area: str
) -> None:
    people_and_areas(desk)
    report_id = add(desk, "Bus")
    Reports(desk).claim(report_id).result()
    now = desk.now()
    wanted = ReportFilter(segment, area, "person", text)

    def everything(conn: Connection) -> None:
        stored.first_rows(conn, wanted, me=ME, now=now)
        report_order.sections(conn, wanted, me=ME, now=now)
        stored.acute_rows(conn, wanted, me=ME, now=now)
        stored.counts(conn, me=ME, now=now)
        stored.last_closed(conn)
        stored.heard_since(conn, now)
        stored.rows_by_number(conn, array("q", [1]), me=ME, now=now)
        stored.ending_leases(conn, me=ME, now=now, until=now)
        stored.lapsed_since(conn, since=now, now=now)
        stored.number_of(conn, report_id)
        report_card.card(conn, report_id, me=ME, now=now)

    asked = asked_by(store, everything)
    assert len(asked) > 10
    assert walks_of(store, asked) == []


def test_the_plan_helper_sees_a_walk(desk: Desk, store: Store) -> None:
    walk = "SELECT r.text FROM rec_report r"
    assert len(walks_of(store, [walk])) == 1
    lines = store.read(lambda conn: plan_of(conn, "SELECT text FROM rec_report")).result()
    assert any(line.startswith("SCAN rec_report") for line in lines)


def test_the_busy_list_counts_the_last_hour(desk: Desk) -> None:
    people_and_areas(desk)
    add(desk, "Net", 10)
    add(desk, "Lang geleden", 90)
    since = stamp(desk.clock.now() - timedelta(hours=1))
    assert desk.look(lambda conn: stored.heard_since(conn, since)).result() == 1
