"""What a person does with reports, on a real encrypted file (F01-F08, F44, F59)."""

from __future__ import annotations

import pytest

from console.domain.failures import Refused
from console.domain.report import NewReport, ReportCard
from console.services.desk import Desk
from console.services.memory import Memory
from console.services.reports import Reports
from contract.vocabulary import Called112, CloseReason, Relay
from tests.helpers.clock import HandClock
from tests.helpers.profile import PERSON
from tests.helpers.reports import SAMIRA, add, people_and_areas, signed_in


def card(desk: Desk, report_id: str) -> ReportCard:
    found = Reports(desk).card(report_id).result()
    assert found is not None
    return found


def what(desk: Desk, report_id: str) -> list[str]:
    return [line.what for line in card(desk, report_id).history]


def test_a_claim_is_held_for_ten_minutes_and_a_second_one_keeps_it(
    desk: Desk, clock: HandClock
) -> None:
    people_and_areas(desk)
    report_id = add(desk)
    Reports(desk).claim(report_id).result()
    clock.move(minutes=8)
    Reports(desk).claim(report_id).result()
    clock.move(minutes=8)
    assert card(desk, report_id).row.claim == "provisional"
    assert what(desk, report_id) == ["created", "claimed"]
    clock.move(minutes=3)
    assert card(desk, report_id).row.claim == "none"


def test_a_report_held_by_another_is_refused_with_a_sentence(desk: Desk) -> None:
    people_and_areas(desk)
    report_id = add(desk)
    with signed_in(desk, SAMIRA):
        Reports(desk).claim(report_id).result()
    with pytest.raises(Refused) as refused:
        Reports(desk).claim(report_id).result()
    assert refused.value.problem.sentence == "Iemand anders heeft dit al opgepakt."
    Reports(desk).break_lease(report_id, "Samira is weg").result()
    assert card(desk, report_id).row.holder_name == PERSON.name
    assert "lease_broken" in what(desk, report_id)


def test_an_acute_report_cannot_be_closed_before_112_is_answered(desk: Desk) -> None:
    people_and_areas(desk)
    report_id = add(desk, acute=True)
    reports = Reports(desk)
    for answer in (None, Called112.UNKNOWN):
        if answer:
            reports.answer_112(report_id, answer).result()
        with pytest.raises(Refused) as refused:
            reports.close(report_id, CloseReason.HANDLED, "no").result()
        assert refused.value.problem.code == "called-112-unanswered"
    reports.answer_112(report_id, Called112.NO).result()
    with pytest.raises(Refused) as refused:
        reports.close(report_id, CloseReason.HANDLED, "no").result()
    assert refused.value.problem.code == "no-call-reason-missing"
    reports.close(report_id, CloseReason.HANDLED, "no", no_call_reason="Was al voorbij").result()
    shown = card(desk, report_id)
    assert (shown.row.status, shown.no_call_reason) == ("closed", "Was al voorbij")
    assert shown.contribution == "no"


def test_a_closed_report_opens_again_with_a_reason_and_keeps_its_history(desk: Desk) -> None:
    people_and_areas(desk)
    report_id = add(desk)
    reports = Reports(desk)
    reports.close(report_id, CloseReason.DUPLICATE, "unknown", note="Zie 3").result()
    reports.reopen(report_id, "Toch niet dubbel").result()
    assert card(desk, report_id).row.status == "open"
    assert what(desk, report_id) == ["created", "closed", "reopened"]


def test_a_link_is_undone_without_loss_in_either_report(desk: Desk) -> None:
    people_and_areas(desk)
    one, other = add(desk, "Eerste tekst"), add(desk, "Tweede tekst")
    reports = Reports(desk)
    link = reports.link(one, other).result()
    assert card(desk, one).look_alikes[0].link_id == link
    assert card(desk, other).look_alikes[0].link_id == link
    reports.unlink(link).result()
    assert card(desk, one).look_alikes[0].link_id == ""
    assert (card(desk, one).text, card(desk, other).text) == ("Eerste tekst", "Tweede tekst")
    assert what(desk, other) == ["created", "linked", "unlinked"]
    with pytest.raises(Refused):
        reports.link(one, one).result()


def test_a_correction_is_an_event_and_an_empty_note_is_refused(desk: Desk) -> None:
    people_and_areas(desk)
    report_id = add(desk)
    reports = Reports(desk)
    reports.amend(report_id, place="Dijkstraat").result()
    reports.note(report_id, "  Gebeld met de melder  ").result()
    with pytest.raises(Refused):
        reports.note(report_id, "   ").result()
    assert card(desk, report_id).row.place == "Dijkstraat"
    assert [(line.what, line.text) for line in card(desk, report_id).history][1:] == [
        ("amended", "place"),
        ("note", "Gebeld met de melder"),
    ]


def test_pasted_messages_are_known_the_second_time_and_others_leave_no_trace(desk: Desk) -> None:
    people_and_areas(desk)
    new = NewReport(
        category="person",
        text="Uit de groep",
        place="Lagebrug",
        heard_at=desk.now(),
        relay=Relay.GROUP,
        relay_name="Beheerders",
        source="paste",
        origin_hash="a" * 64,
    )
    (report_id,) = Reports(desk).add_many([new]).result()
    assert Reports(desk).known(["a" * 64, "b" * 64]).result() == {"a" * 64}
    assert card(desk, report_id).relay_name == "Beheerders"


def test_what_somebody_saw_is_theirs_alone(desk: Desk) -> None:
    people_and_areas(desk)
    report_id = add(desk)
    assert card(desk, report_id).row.seen
    with signed_in(desk, SAMIRA):
        assert not card(desk, report_id).row.seen
        Reports(desk).looked_at([report_id]).result()
        assert card(desk, report_id).row.seen


def test_the_desk_remembers_and_keeps_typing_apart_per_person(desk: Desk) -> None:
    memory = Memory(desk)
    memory.remember("breedte", 612).result()
    assert memory.recall("breedte").result() == 612
    assert memory.secret("sleutel").result() == memory.secret("sleutel").result()
    assert len(memory.secret("sleutel").result()) == 32
    memory.keep_typing("new-report", {"text": "half", "place": ""}).result()
    assert memory.typed("new-report").result() == {"text": "half"}
    with signed_in(desk, SAMIRA):
        assert memory.typed("new-report").result() == {}
    memory.forget_typing("new-report").result()
    assert memory.typed("new-report").result() == {}
