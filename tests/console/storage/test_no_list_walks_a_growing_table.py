"""Every list and card of the desk reads growing tables through an index (house.md §3.15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from console.domain.report import ReportFilter
from console.models import RECORDS
from console.services.desk import Desk
from console.storage import (
    alerts,
    blobs,
    coverage,
    decided,
    directory,
    directory_tree,
    district,
    drafts,
    feedback,
    finds,
    handover_facts,
    handovers,
    history,
    lamps,
    ledger,
    neighbours,
    outbox,
    photos,
    posts,
    report_card,
    report_order,
    reports,
    search,
    tray,
    whereabouts,
)
from console.storage.database import Store
from tests.helpers.plans import asked_by, walks_of
from tests.helpers.profile import PERSON
from tests.helpers.reports import people_and_areas

ME = PERSON.id
NOW = "2026-03-10T14:00:00.000Z"
EARLIER = "2026-03-01T00:00:00.000Z"
LATER = "2026-04-01T00:00:00.000Z"

Read = Callable[[Connection], object]

RECORDS_OF_A_SHIFT: dict[str, dict[str, Any]] = {
    "report": {"status": "claimed", "holder": ME, "lease_until": LATER, "heard_at": NOW},
    "post": {
        "status": "released",
        "kind": "witness_appeal",
        "alert_id": "alert-1",
        "report_id": "report-1",
        "released_at": NOW,
        "feedback_due_at": LATER,
        "feedback_holder": ME,
        "holder": ME,
    },
    "placement": {"post_id": "post-1", "group_id": "group-1", "state": "placed", "placed_at": NOW},
    "alert": {"state": "active", "kind": "vehicle", "started_at": NOW, "sha256": "a"},
    "handover": {"status": "open", "made_at": NOW, "giver": ME},
    "handover_line": {"handover_id": "handover-1", "subject_kind": "report"},
    "log_entry": {"subject_kind": "report", "subject_id": "report-1", "by": ME, "made_at": NOW},
    "group": {"name": "Groep Voorbeeld", "area_id": "area-noord", "state": "active"},
}

READS: dict[str, Read] = {
    "reports, first page": lambda c: reports.first_page(c, ReportFilter(), me=ME, now=NOW),
    "reports, order": lambda c: report_order.sections(c, ReportFilter(), me=ME, now=NOW),
    "reports, closed": lambda c: report_order.sections(c, ReportFilter("closed"), me=ME, now=NOW),
    "reports, last closed": reports.last_closed,
    "report, card": lambda c: report_card.card(c, "report-1", me=ME, now=NOW),
    "photos": lambda c: photos.of_report(c, "report-1"),
    "photos, same": lambda c: photos.is_at(c, "report-1", "a" * 64),
    "photos, content": lambda c: blobs.part(c, "a" * 64, 0, 1024),
    "history": lambda c: history.history(c, "report", "report-1"),
    "posts": lambda c: posts.rows(c, me=ME),
    "posts, by id": lambda c: posts.rows_of(c, ["post-1"], me=ME),
    "post, targets": lambda c: posts.targets(c, "post-1"),
    "post, placed in": lambda c: posts.placed_in(c, "post-1"),
    "post, standing in": lambda c: posts.standing_in(c, "post-1", "alert-1", ["group-1"]),
    "post, next place": lambda c: posts.next_position(c, "post-1"),
    "post, draft": lambda c: drafts.draft(c, "post-1", me=ME),
    "ledger": lambda c: ledger.ledger(c, "post-1", me=ME),
    "ledger, lines": lambda c: ledger.placement_rows(c, "post-1"),
    "ledger, states": lambda c: ledger.states(c, "post-1"),
    "ledger, unconfirmed": ledger.unconfirmed,
    "ledger, first unconfirmed": ledger.first_unconfirmed,
    "feedback, due": lambda c: feedback.due(c, me=ME, now=NOW),
    "feedback, due in an area": lambda c: feedback.due(c, me=ME, now=NOW, area_ids=["area-noord"]),
    "feedback, done": lambda c: feedback.done(c, me=ME, now=NOW),
    "feedback, card": lambda c: feedback.card(c, "post-1", me=ME, now=NOW),
    "feedback, open answer": lambda c: feedback.open_answer(c, "post-1"),
    "feedback, clock": lambda c: feedback.clock(c, me=ME, now=NOW),
    "feedback, month": lambda c: feedback.figures(c, EARLIER, LATER),
    "alerts": lambda c: alerts.rows(c, now=NOW),
    "alerts, since": lambda c: alerts.rows(c, now=NOW, since=EARLIER),
    "alert, card": lambda c: alerts.card(c, "alert-1", now=NOW),
    "alert, by original": lambda c: alerts.by_original(c, "a"),
    "alert, draft": lambda c: alerts.open_draft(c, "alert-1"),
    "alert, broadcasts": lambda c: alerts.broadcasts(c, "alert-1"),
    "handovers, open": handovers.open_sheet,
    "handover": lambda c: handovers.sheet(c, "handover-1"),
    "handover, lines": lambda c: handovers.sheet_lines(c, "handover-1"),
    "handovers, earlier": handovers.earlier,
    "handovers, held by": lambda c: handovers.held_by(c, ME),
    "handovers, nobody's": handovers.without_holder,
    "handovers, urgent": lambda c: handovers.urgent(c, ME, NOW),
    "handovers, relief": lambda c: handovers.relief_out(c, ME),
    "handovers, last seen": lambda c: handovers.last_seen(c, ME),
    "handovers, last giver": lambda c: handovers.last_giver(c, ME),
    "handover, facts": lambda c: handover_facts.facts(c, me=ME, now=NOW, central_since=EARLIER),
    "directory, tree": directory_tree.shape,
    "directory, search": lambda c: directory_tree.found(c, "voor"),
    "directory, recent": lambda c: directory.recent(c, "group-1"),
    "directory, agreements": lambda c: directory.agreements(c, "group-1"),
    "directory, group": lambda c: directory.group_card(c, directory_tree.shape(c), "group-1", NOW),
    "directory, area": lambda c: directory.area_card(c, directory_tree.shape(c), "area-noord"),
    "coverage, inhabitants": coverage.inhabitants,
    "coverage, outlines": lambda c: coverage.shapes(c, "municipality"),
    "district, reports": lambda c: district.reports(c, ["area-noord"], EARLIER),
    "district, posts": lambda c: district.neighbour_posts(
        c, ["area-zuid"], ["area-noord"], EARLIER, ME
    ),
    "neighbours, passed on": lambda c: neighbours.passed_on(c, ["post-1"], ME),
    "neighbours, ticked off": lambda c: neighbours.ticked_off(c, ["post-1"]),
    "neighbours, ended": lambda c: neighbours.ended(c, "post-1"),
    "decided": lambda c: decided.decided_by_post(c, ["post-1"]),
    "lamps": lambda c: lamps.last_check(c, "burgernet"),
    "rail": lamps.rail_counts,
    "palette, reports": lambda c: finds.find_reports(c, "voor", 10),
    "palette, posts": lambda c: finds.find_posts(c, "voor", 10),
    "palette, directory": lambda c: search.search_directory(c, "voor"),
    "tray": lambda c: tray.list_open(c, ME),
    "whereabouts, report": lambda c: whereabouts.whereabouts(c, "report", "report-1", me=ME),
    "whereabouts, post": lambda c: whereabouts.whereabouts(c, "post", "post-1", me=ME),
    "outbox, counts": lambda c: outbox.counts(c, ME),
    "outbox, journal": lambda c: outbox.journal_after(c, ME),
}


@pytest.fixture
def shift(desk: Desk, store: Store) -> Store:
    """One record of every kind, so that what hangs on a record is asked for too."""
    people_and_areas(desk)

    def work(conn: Connection) -> None:
        for kind, fields in RECORDS_OF_A_SHIFT.items():
            table = RECORDS[kind]
            known = {name: value for name, value in fields.items() if name in table.c}
            conn.execute(insert(table).values(id=f"{kind}-1", ver=1, seq=1, pending=0, **known))

    store.write(work).result()
    return store


@pytest.mark.parametrize("name", READS)
def test_no_list_or_card_walks_a_growing_table(shift: Store, name: str) -> None:
    asked = asked_by(shift, READS[name])
    assert asked
    assert walks_of(shift, asked) == []
