"""F40: written steps, ticked per event, changed by the account holder only, with a version."""

from __future__ import annotations

import pytest

from console.domain.failures import Refused
from console.domain.workbook import Workbook
from console.services.desk import Desk
from console.services.workbooks import Workbooks
from tests.helpers.profile import OTHER, PERSON


@pytest.fixture
def book(desk: Desk) -> Workbook:
    def work(unit):  # type: ignore[no-untyped-def]
        workbook = unit.create(
            "workbook", {"title": "Werken met groepen", "version": "3", "state": "approved"}
        )
        for place, title in enumerate(("Lees de tekst", "Kies de groepen", "Plaats"), start=1):
            unit.create(
                "step",
                {"workbook_id": workbook, "scope": "issue", "position": place, "title": title},
            )

    desk.act(work).result()
    found = Workbooks(desk).current().result()
    assert found is not None
    return found


def titles(desk: Desk) -> list[str]:
    found = Workbooks(desk).current().result()
    assert found is not None
    return [step.title for step in found.steps]


def test_a_tick_belongs_to_one_event_and_can_be_taken_away(desk: Desk, book: Workbook) -> None:
    service = Workbooks(desk)
    service.tick(book.steps[0], "post", "post-1").result()
    ticked = service.current("post-1").result()
    other = service.current("post-2").result()
    assert ticked is not None
    assert other is not None
    assert ticked.steps[0].ticked_at
    assert not other.steps[0].ticked_at
    service.tick(ticked.steps[0], "post", "post-1").result()
    again = service.current("post-1").result()
    assert again is not None
    assert not again.steps[0].ticked_at


def test_a_change_makes_a_new_version_that_is_a_draft_until_approved(
    desk: Desk,
    book: Workbook,
) -> None:
    service = Workbooks(desk)
    service.write_step(
        book, book.steps[1], scope="issue", title="Kies met zorg", text="", way_out=""
    ).result()
    changed = service.current().result()
    assert changed is not None
    assert (changed.version, changed.state) == ("4", "draft")
    service.approve(changed).result()
    approved = service.current().result()
    assert approved is not None
    assert (approved.state, approved.approved_by) == ("approved", PERSON.name)


def test_steps_can_be_added_moved_and_removed(desk: Desk, book: Workbook) -> None:
    service = Workbooks(desk)
    service.write_step(book, None, scope="issue", title="Bel", text="", way_out="").result()
    service.move_step(_book(desk), _book(desk).steps[3], -3).result()
    assert titles(desk) == ["Bel", "Lees de tekst", "Kies de groepen", "Plaats"]
    service.remove_step(_book(desk), _book(desk).steps[0]).result()
    assert titles(desk) == ["Lees de tekst", "Kies de groepen", "Plaats"]


def test_only_the_account_holder_writes(desk: Desk, book: Workbook) -> None:
    desk.person = OTHER
    service = Workbooks(desk)
    with pytest.raises(Refused) as refused:
        service.approve(book).result()
    assert refused.value.problem.code == "not-allowed"
    service.tick(book.steps[0], "report", "r1").result()


def _book(desk: Desk) -> Workbook:
    found = Workbooks(desk).current().result()
    assert found is not None
    return found


def test_a_step_moves_among_the_steps_of_its_own_screen(desk: Desk, book: Workbook) -> None:
    service = Workbooks(desk)
    service.write_step(book, None, scope="handover", title="Draag over", text="", way_out="")
    service.write_step(book, None, scope="issue", title="Controleer", text="", way_out="").result()
    service.move_step(_book(desk), _book(desk).steps[4], -1).result()
    assert titles(desk) == [
        "Lees de tekst",
        "Kies de groepen",
        "Controleer",
        "Draag over",
        "Plaats",
    ]


def test_others_are_told_by_name_whom_to_ask(desk: Desk, book: Workbook) -> None:
    desk.act(
        lambda unit: unit.create(
            "person", {"name": PERSON.name, "roles": list(PERSON.roles)}, PERSON.id
        )
    ).result()
    assert Workbooks(desk).who_writes().result() is None
    desk.person = OTHER
    problem = Workbooks(desk).who_writes().result()
    assert problem is not None
    assert f"{problem.sentence} {problem.next_step}" == (
        f"Dit mag alleen de accounthouder. Vraag {PERSON.name}."
    )
