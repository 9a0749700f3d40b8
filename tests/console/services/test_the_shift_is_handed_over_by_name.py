"""F42, F43: the sheet comes from the log, is accepted by name, and nothing is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.domain.failures import Refused
from console.domain.handover import Sheet
from console.domain.person import Person
from console.domain.report import NewReport
from console.services.desk import Desk, Unit
from console.services.handovers import Handovers
from console.services.reports import Reports
from console.storage.projection import shown
from contract.vocabulary import CloseReason, LineAnswer
from tests.helpers.clock import HandClock
from tests.helpers.profile import OTHER, PERSON

RUBEN, SAMIRA = PERSON, OTHER


@pytest.fixture
def team(desk: Desk) -> Desk:
    def work(unit: Unit) -> None:
        for person in (RUBEN, SAMIRA):
            facts = {"name": person.name, "roles": list(person.roles), "active": True}
            unit.create("person", facts, person.id)

    desk.act(work).result()
    return desk


def report(desk: Desk, title: str, **fields: Any) -> str:
    new = NewReport(category="person", text=title, place="Vlierpad", heard_at=desk.now())
    return Reports(desk).add(replace(new, **fields)).result()


def as_person(desk: Desk, person: Person) -> Handovers:
    desk.person = person
    return Handovers(desk)


def answer_all(handovers: Handovers, answer: LineAnswer = LineAnswer.UNDERSTOOD) -> Sheet:
    sheet = handovers.current().result()
    for place, line in enumerate(sheet.lines):
        if not line.answer:
            handovers.answer(sheet, place, answer).result()
            sheet = handovers.current().result()
    return sheet


def holder(desk: Desk, kind: str, record_id: str) -> str:
    record = desk.look(lambda conn: shown(conn, kind, record_id)).result()
    return str(record.body.get("holder") or "") if record else ""


def broadcast(desk: Desk) -> str:
    def work(unit: Unit) -> str:
        post = unit.create(
            "post",
            {"type": "broadcast", "kind": "warning", "title": "Nepagent aan de deur", "body": "x"},
        )
        unit.command("post", post, "release")
        place = unit.create("placement", {"post_id": post, "group_id": "g1", "text": "x"})
        unit.command("placement", place, "placed")
        unit.command("post", post, "start_clock", placed_at=unit.now)
        return post

    return desk.act(work).result()


def test_an_empty_shift_gives_an_empty_sheet(team: Desk) -> None:
    assert Handovers(team).current().result().lines == ()


def test_the_sheet_lists_exactly_what_is_open(team: Desk) -> None:
    kept = report(team, "Bestelbus met vreemd kenteken", claim=True)
    closed = report(team, "Hek open")
    Reports(team).close(closed, CloseReason.HANDLED, "no").result()
    broadcast(team)
    sheet = Handovers(team).current().result()
    subjects = [(line.section, line.subject_kind) for line in sheet.lines]
    assert subjects == [("feedback", "post"), ("reports", "report")]
    assert [line.subject_id for line in sheet.lines if line.section == "reports"] == [kept]


def test_an_acute_report_without_112_stands_first_and_in_red(team: Desk) -> None:
    report(team, "Poging inbraak", acute=True)
    line = Handovers(team).current().result().lines[0]
    assert (line.section, line.severity) == ("first", "red")


def test_claims_and_clocks_move_in_one_step_to_who_accepts(team: Desk) -> None:
    claimed = report(team, "Man voelt aan deuren", claim=True)
    post = broadcast(team)
    Handovers(team).make(Handovers(team).current().result()).result()
    handovers = as_person(team, SAMIRA)
    sheet = answer_all(handovers)
    seal = handovers.accept(sheet, talked=True).result()
    assert len(seal) == 64
    assert holder(team, "report", claimed) == SAMIRA.id
    assert holder(team, "post", post) == SAMIRA.id
    sealed = handovers.sheet(sheet.id).result()
    assert sealed is not None
    assert (sealed.status, sealed.to_name, sealed.from_name) == (
        "accepted",
        SAMIRA.name,
        RUBEN.name,
    )


def test_acceptance_waits_until_every_line_has_an_answer(team: Desk) -> None:
    report(team, "Ruzie op het plein", claim=True)
    Handovers(team).make(Handovers(team).current().result()).result()
    handovers = as_person(team, SAMIRA)
    with pytest.raises(Refused) as refused:
        handovers.accept(handovers.current().result(), talked=True).result()
    assert refused.value.problem.code == "lines-open"


def test_a_question_does_not_block_and_stays_readable(team: Desk) -> None:
    report(team, "Ruzie op het plein", claim=True)
    Handovers(team).make(Handovers(team).current().result()).result()
    handovers = as_person(team, SAMIRA)
    sheet = answer_all(handovers, LineAnswer.QUESTION)
    handovers.accept(sheet, talked=True).result()
    assert handovers.earlier().result()[0].questions == 1


def test_who_did_not_talk_says_why(team: Desk) -> None:
    report(team, "Ruzie op het plein", claim=True)
    Handovers(team).make(Handovers(team).current().result()).result()
    handovers = as_person(team, SAMIRA)
    sheet = answer_all(handovers)
    with pytest.raises(Refused):
        handovers.accept(sheet, talked=False).result()
    handovers.accept(sheet, talked=False, no_talk_note="Ruben was al weg.").result()


def test_nobody_accepts_a_sheet_from_themselves(team: Desk) -> None:
    report(team, "Ruzie op het plein", claim=True)
    handovers = Handovers(team)
    handovers.make(handovers.current().result()).result()
    sheet = answer_all(handovers)
    with pytest.raises(Refused) as refused:
        handovers.accept(sheet, talked=True).result()
    assert refused.value.problem.code == "own-sheet"


def test_what_comes_after_the_sheet_stands_below_it_once(team: Desk, clock: HandClock) -> None:
    report(team, "Eerste", claim=True)
    handovers = Handovers(team)
    handovers.make(handovers.current().result()).result()
    clock.move(minutes=2)
    report(team, "Scooter tegen hek")
    late = [line for line in handovers.current().result().lines if line.late]
    assert [line.title for line in late] == ["Scooter tegen hek"]
    sheet = handovers.current().result()
    handovers.answer(sheet, len(sheet.lines) - 1, LineAnswer.UNDERSTOOD).result()
    again = [line for line in handovers.current().result().lines if line.late]
    assert [line.answer for line in again] == ["understood"]


def test_a_line_taken_by_name_moves_also_when_another_held_it(team: Desk) -> None:
    report(team, "Van Ruben", claim=True)
    Handovers(team).make(Handovers(team).current().result()).result()
    team.person = Person("person-yara", "Yara Voorbeeld", ("operator",))
    hers = report(team, "Van Yara", claim=True)
    handovers = as_person(team, SAMIRA)
    sheet = answer_all(handovers, LineAnswer.MINE)
    handovers.accept(sheet, talked=True).result()
    assert holder(team, "report", hers) == SAMIRA.id


def test_no_clock_is_left_without_a_holder(team: Desk) -> None:
    post = broadcast(team)
    team.act(lambda unit: unit.update("post", post, holder="")).result()
    report(team, "Iets", claim=True)
    Handovers(team).make(Handovers(team).current().result()).result()
    handovers = as_person(team, SAMIRA)
    handovers.accept(answer_all(handovers), talked=True).result()
    assert holder(team, "post", post) == SAMIRA.id


def test_even_weg_moves_only_what_is_urgent_and_comes_back_with_one_key(team: Desk) -> None:
    acute = report(team, "Acuut", acute=True, called_112="yes", claim=True)
    calm = report(team, "Rustig", claim=True)
    handovers = Handovers(team)
    assert handovers.relieve(SAMIRA.id).result() == 1
    assert holder(team, "report", acute) == SAMIRA.id
    assert holder(team, "report", calm) == RUBEN.id
    assert handovers.away().result() == SAMIRA.name
    assert handovers.back().result() == 1
    assert holder(team, "report", acute) == RUBEN.id
    assert handovers.away().result() == ""


def test_two_quick_answers_to_a_preview_make_one_sheet(team: Desk) -> None:
    report(team, "Eerste", claim=True)
    report(team, "Tweede", claim=True)
    handovers = as_person(team, SAMIRA)
    preview = handovers.current().result()
    answers = [handovers.answer(preview, place, LineAnswer.UNDERSTOOD) for place in (0, 1)]
    made = {answer.result() for answer in answers}
    assert len(made) == 1
    sheet = handovers.current().result()
    assert (sheet.answered, len(sheet.lines)) == (2, 2)


def test_a_sealed_sheet_takes_no_more_answers(team: Desk) -> None:
    report(team, "Ruzie op het plein", claim=True)
    Handovers(team).make(Handovers(team).current().result()).result()
    handovers = as_person(team, SAMIRA)
    sheet = answer_all(handovers)
    handovers.accept(sheet, talked=True).result()
    with pytest.raises(Refused) as refused:
        handovers.answer(sheet, 0, LineAnswer.QUESTION).result()
    assert refused.value.problem.code == "sheet-sealed"


def test_what_moves_is_what_the_giver_holds_and_not_what_lies_open(team: Desk) -> None:
    report(team, "Van Ruben", claim=True)
    report(team, "Van niemand")
    broadcast(team)
    moves = Handovers(team).current().result().moves
    assert (moves.reports, moves.clocks, moves.total) == (1, 1, 2)


def test_even_weg_is_no_handover_of_the_shift(team: Desk, clock: HandClock) -> None:
    report(team, "Acuut", acute=True, called_112="yes", claim=True)
    handovers = Handovers(team)
    handovers.make(handovers.current().result()).result()
    clock.move(minutes=5)
    handovers.relieve(SAMIRA.id).result()
    assert handovers.current().result().id, "the sheet still waits"
    handovers.back().result()
    assert handovers.earlier().result() == []


def test_a_report_whose_112_was_answered_meanwhile_is_no_later_line(team: Desk) -> None:
    acute = report(team, "Poging inbraak", acute=True)
    handovers = Handovers(team)
    handovers.make(handovers.current().result()).result()
    team.act(lambda unit: unit.command("report", acute, "answer_112", answer="yes")).result()
    assert [line.late for line in handovers.current().result().lines] == [False]


def test_who_accepted_last_gives_over_next(team: Desk) -> None:
    report(team, "Ruzie op het plein", claim=True)
    Handovers(team).make(Handovers(team).current().result()).result()
    handovers = as_person(team, SAMIRA)
    handovers.accept(answer_all(handovers), talked=True).result()
    assert handovers.current().result().from_id == SAMIRA.id
    assert as_person(team, RUBEN).current().result().from_id == SAMIRA.id


def test_a_clock_that_never_had_a_holder_gets_one(team: Desk) -> None:
    post = broadcast(team)

    def nobody(unit):  # type: ignore[no-untyped-def]
        from sqlalchemy import update

        from console.models.post import post as table

        unit.conn.execute(update(table).where(table.c.id == post).values(holder=None))

    team.act(nobody).result()
    assert holder(team, "post", post) == ""
    report(team, "Iets", claim=True)
    Handovers(team).make(Handovers(team).current().result()).result()
    handovers = as_person(team, SAMIRA)
    handovers.accept(answer_all(handovers), talked=True).result()
    assert holder(team, "post", post) == SAMIRA.id


def test_behind_a_line_stands_its_report_its_post_or_what_a_note_was_written_on(
    team: Desk,
) -> None:
    kept = report(team, "Van Ruben", claim=True)
    note = team.act(lambda unit: unit.log("report", kept, "note", "! Bel de melder")).result()
    handovers = Handovers(team)
    lines = handovers.current().result().lines
    first = next(line for line in lines if line.subject_id == note)
    target = handovers.target(first).result()
    assert (target.kind, target.id) == ("report", kept)
