"""D13: two desks work eight hours while central is away; nothing is lost, doubled or unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.report import NewReport
from console.domain.tray import DROP, REDO
from console.services.handovers import Handovers
from console.services.ledger import Handoff
from console.services.posts import Posts
from console.services.reports import Reports
from console.services.tray import Tray
from console.sync.status import SyncState
from contract.vocabulary import LineAnswer, NotPlacedReason
from tests.helpers.away import Away
from tests.line.two_desks import AREA, GROUPS, TwoDesks, states, trays, two_desks, waiting

LOTTE, YARA = "Lotte Voorbeeld", "Yara Voorbeeld"
WORDS = {"onderwerp": "fietsendiefstal", "bericht": "Zet uw fiets op slot bij het station."}


@pytest.fixture
def team(tmp_path: Path, place: Path | str) -> Iterator[TwoDesks]:
    with two_desks(tmp_path, place) as made:
        yield made


def person_of(desk: Away) -> str:
    assert desk.desk.person is not None
    return desk.desk.person.id


def add(desk: Away, words: str) -> str:
    new = NewReport("vehicle", words, "Havenweg", desk.desk.now(), area_id=AREA)
    return str(Reports(desk.desk).add(new).result())


def release(desk: Away) -> list[str]:
    """Release a message for three groups; returns its placements."""
    posts = Posts(desk.desk)
    draft = posts.new_draft("general", area_id=AREA, values=WORDS, group_ids=GROUPS).result()
    posts.release(draft).result()
    ledger = Handoff(desk.desk).ledger(draft).result()
    assert ledger is not None
    return [row.id for row in ledger.rows]


def claim_and_edit(desk: Away, report_id: str, title: str) -> None:
    reports = Reports(desk.desk)
    reports.claim(report_id).result()
    reports.amend(report_id, title=title).result()


def settle_all(team: TwoDesks) -> list[tuple[str, str, str]]:
    """Let both settle their trays; returns who decided what about which kind."""
    said = []
    for desk in team.both:
        for item in trays(desk):
            how = REDO if REDO in item.choices and item.kind == "report" else DROP
            assert how in item.choices
            Tray(desk.desk).settle(item, how, reason="zo afgesproken").result()
            said.append((desk.device, item.kind, how))
    return said


def test_eight_hours_without_central_lose_nothing_and_double_nothing(team: TwoDesks) -> None:
    lotte, yara = team.both
    shared = add(lotte, "Man kijkt in auto's")
    late = add(lotte, "Bus met open deur")
    first, second, _ = release(lotte)
    team.exchange()
    started = lotte.clock.now()

    team.central_off()
    for desk, title in ((lotte, "auto's bij de kerk"), (yara, "auto's in de wijk")):
        claim_and_edit(desk, shared, title)
    added: list[str] = []
    kept: set[str] = set()
    hand = {desk.device: Handoff(desk.desk) for desk in team.both}
    for turn in range(47):
        team.pass_time(minutes=10)
        for desk in team.both:
            added.append(add(desk, f"Waarneming {turn} van {desk.device}"))
            Reports(desk.desk).note(shared, f"Notitie {turn} van {desk.device}").result()
            if turn % 12 == 5:
                draft = Posts(desk.desk).new_draft(
                    "general", area_id=AREA, values=WORDS, group_ids=GROUPS[:1]
                )
                assert draft.result()
            if turn % 6 == 0:
                desk.step()
                assert desk.engine.status.now.state is SyncState.OFFLINE
        if turn == 10:
            hand["lotte"].copy(first).result()
            hand["lotte"].placed(first).result()
            hand["yara"].copy(first).result()
            hand["yara"].not_placed(first, NotPlacedReason.GROUP_GONE).result()
            hand["lotte"].copy(second).result()
            hand["lotte"].placed(second).result()
    sheet = Handovers(lotte.desk).current(giving=True).result()
    Handovers(lotte.desk).make(sheet, "Rustige dag").result()
    # Two claims that are young when central is back: one wins, the other is told so.
    Reports(lotte.desk).claim(late).result()
    Reports(yara.desk).claim(late).result()
    team.pass_time(minutes=9)
    assert lotte.clock.now() - started >= timedelta(hours=7, minutes=59)
    for desk in team.both:
        kept |= set(waiting(desk))
    assert len(kept) > 300

    team.central_off(False)
    team.exchange()
    team.each_once(kept)
    # All that waits hangs on something in the tray: it is decided together with it.
    for desk in team.both:
        assert set(states(desk)) == {"blocked"}
    team.same_everywhere()
    records = team.records("report")
    assert set(added) <= set(records)
    assert len(records) == len(added) + 2
    notes = [
        row["body"]["text"]
        for row in team.records("log_entry").values()
        if row["body"].get("what") == "note" and row["body"].get("subject_id") == shared
    ]
    assert len(notes) == len(set(notes)) == 2 * 47

    # What clashed is listed with who was first; a claim of eight hours ago is asked again.
    conflicts = {(item.kind, item.their_name) for item in trays(yara) if item.has_theirs}
    assert ("report", LOTTE) in conflicts
    assert ("placement", LOTTE) in conflicts
    for desk in team.both:
        assert any(item.kind == "report" and REDO in item.choices for item in trays(desk))
    assert records[late]["body"]["holder"] == person_of(lotte)

    assert settle_all(team)
    team.exchange()
    for _ in range(3):
        if any(trays(desk) for desk in team.both):
            settle_all(team)
            team.exchange()
    team.same_everywhere()

    # The sheet that was made without central is accepted by name with it.
    handovers = Handovers(yara.desk)
    sheet = handovers.current().result()
    for place in range(len(sheet.lines)):
        handovers.answer(sheet, place, LineAnswer.UNDERSTOOD).result()
    handovers.accept(handovers.current().result(), talked=True).result()
    team.exchange()
    taken = [row["body"] for row in team.records("handover").values()]
    assert [body.get("accepted_by") for body in taken] == [person_of(yara)]
    for desk in team.both:
        assert not waiting(desk)
    team.same_everywhere()
