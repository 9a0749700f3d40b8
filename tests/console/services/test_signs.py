"""One request makes one draft group and one task, and both follow it (F20)."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from sqlalchemy import select

from console.domain.failures import Refused
from console.domain.signs import SignForm, SpotForm
from console.models import RECORDS
from console.models.local import outbox
from console.services.desk import Desk, Unit
from console.services.directory import Directory
from console.services.handovers import Handovers
from console.services.signs import Signs
from console.storage.projection import shown
from contract.outline import encoded
from tests.helpers import town
from tests.helpers.clock import HandClock

FORM = SignForm(
    "Havenkade en omgeving",
    "area-kern",
    spots=(SpotForm("Havenkade bij de brug", "99120 479300"), SpotForm("Dorpsplein")),
    streets="6",
)


@pytest.fixture
def signs(desk: Desk) -> Signs:
    """A desk with an area in it."""

    def work(unit: Unit) -> None:
        unit.create("area", {"name": "Kern", "level": "district"}, "area-kern")
        body = {"name": "Groep Kade", "kind": "neighbourhood", "area_id": "area-kern"}
        unit.create("group", body, "group-kade")

    desk.act(work).result(10)
    return Signs(desk)


def records(desk: Desk, kind: str) -> list[dict[str, Any]]:
    """Every record of a kind as it is shown."""
    table = RECORDS[kind]
    ids = desk.look(lambda conn: list(conn.execute(select(table.c.id)).scalars())).result(10)
    found = desk.look(lambda conn: [shown(conn, kind, one) for one in ids]).result(10)
    return [dict(one.body) for one in found if one is not None and not one.deleted]


def test_a_request_makes_one_draft_group_and_one_task_in_one_step(desk: Desk, signs: Signs) -> None:
    request_id, made = signs.ask(FORM).result(10)
    assert made
    drafts = [one for one in records(desk, "group") if one.get("state") == "draft"]
    assert [one["name"] for one in drafts] == ["Havenkade en omgeving"]
    (task,) = records(desk, "task")
    assert (task["what"], task["subject_id"], task["state"]) == ("sign_advice", request_id, "open")
    # All of it stands or falls together at central.
    groups = desk.look(
        lambda conn: [
            (row.kind, row.op_group)
            for row in conn.execute(select(outbox.c.kind, outbox.c.op_group).order_by(outbox.c.n))
        ][-4:]
    ).result(10)
    assert [kind for kind, _ in groups] == ["group", "sign_request", "task", "log_entry"]
    assert len({one for _, one in groups}) == 1
    assert groups[0][1]


def test_the_same_request_again_that_day_makes_nothing(desk: Desk, signs: Signs) -> None:
    first, _ = signs.ask(FORM).result(10)
    other_order = SignForm("Anders genoemd", "area-kern", spots=FORM.spots[::-1])
    assert signs.ask(other_order).result(10) == (first, False)
    assert len(records(desk, "sign_request")) == len(records(desk, "task")) == 1
    assert len(records(desk, "group")) == 2


def test_a_day_later_it_is_another_request(desk: Desk, signs: Signs, clock: HandClock) -> None:
    signs.ask(FORM).result(10)
    clock.move(days=1)
    assert signs.ask(FORM).result(10)[1]
    assert len(records(desk, "sign_request")) == 2


def test_a_group_that_is_there_gets_no_draft_beside_it(desk: Desk, signs: Signs) -> None:
    form = SignForm("", group_id="group-kade", spots=(SpotForm("Brug"),))
    request_id, _ = signs.ask(form).result(10)
    card = signs.card(request_id).result(10)
    assert card is not None
    assert (card.row.title, card.group_id, card.area_id) == (
        "Groep Kade",
        "group-kade",
        "area-kern",
    )
    assert len(records(desk, "group")) == 1


def test_taking_back_leaves_nothing_and_may_be_asked_again(desk: Desk, signs: Signs) -> None:
    request_id, _ = signs.ask(FORM).result(10)
    signs.take_back(request_id).result(10)
    assert records(desk, "sign_request") == records(desk, "task") == []
    assert [one["name"] for one in records(desk, "group")] == ["Groep Kade"]
    again, made = signs.ask(FORM).result(10)
    assert made
    assert again != request_id


def test_what_somebody_worked_on_is_not_taken_back(desk: Desk, signs: Signs) -> None:
    request_id, _ = signs.ask(FORM).result(10)
    signs.move(request_id, "advice_asked", seen="asked").result(10)
    with pytest.raises(Refused) as caught:
        signs.take_back(request_id).result(10)
    assert caught.value.problem.code == "sign-touched"
    assert len(records(desk, "sign_request")) == 1


def test_a_draft_is_reached_by_nobody_and_counted_nowhere(desk: Desk, signs: Signs) -> None:
    directory = Directory(desk)
    before = directory.tree().result(10)
    signs.ask(FORM).result(10)
    after = directory.tree().result(10)
    assert after.counts.groups == before.counts.groups
    assert after.counts.gaps == before.counts.gaps
    assert "Havenkade en omgeving" in [one.name for one in after.lines]
    offered = directory.candidates(["area-kern"], "general").result(10)
    assert [one.name for one in offered] == ["Groep Kade"]


def test_the_advice_ends_the_task_and_the_sheet_names_it_until_then(
    desk: Desk, signs: Signs, clock: HandClock
) -> None:
    request_id, _ = signs.ask(FORM).result(10)

    def lines() -> list[tuple[str, str]]:
        sheet = Handovers(desk).current().result(10)
        return [(one.title, one.severity) for one in sheet.lines if one.subject_kind == "task"]

    title = "Politieadvies over borden: Havenkade en omgeving"
    assert lines() == [(title, "plain")], "made this shift"
    clock.move(days=1)
    assert lines() == [], "the list of requests has it; the sheet is for now"
    clock.move(days=12)
    assert lines() == [(title, "plain")], "due within two days"
    clock.move(days=2)
    assert lines() == [(title, "amber")], "late"
    sheet = Handovers(desk).current().result(10)
    (line,) = [one for one in sheet.lines if one.subject_kind == "task"]
    target = Handovers(desk).target(line).result(10)
    assert (target.kind, target.id) == ("sign_request", request_id)
    signs.advise(request_id, "Bij de brug.", "Wijkagent Voorbeeld", "").result(10)
    assert lines() == []
    card = signs.card(request_id).result(10)
    assert card is not None
    assert (card.row.state, card.task_state) == ("advised", "done")
    assert card.row.advice_by == "Wijkagent Voorbeeld"
    assert card.advice_on == f"{clock.now():%Y-%m-%d}"


def test_refusing_drops_task_and_draft_and_a_step_back_brings_them_back(
    desk: Desk, signs: Signs
) -> None:
    request_id, _ = signs.ask(FORM).result(10)
    with pytest.raises(Refused) as caught:
        signs.move(request_id, "refused", seen="asked").result(10)
    assert caught.value.problem.code == "reason-missing"
    signs.move(request_id, "refused", seen="asked", why="Te dicht bij elkaar").result(10)
    card = signs.card(request_id).result(10)
    assert card is not None
    assert (card.task_state, card.group_state, card.why) == (
        "dropped",
        "gone",
        "Te dicht bij elkaar",
    )
    assert [one.id for one in signs.rows("done").result(10)] == [request_id]
    signs.move(request_id, "asked", seen="refused").result(10)
    card = signs.card(request_id).result(10)
    assert card is not None
    assert (card.task_state, card.group_state) == ("open", "draft")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (SignForm("", spots=(SpotForm("Brug"),)), "bad-title"),
        (SignForm("Kade"), "bad-spot_0"),
        (SignForm("Kade", spots=(SpotForm(""), SpotForm("", "1 2"))), "bad-point_1"),
        (SignForm("Kade", spots=(SpotForm("", "136000 455000"),)), "bad-spot_0"),
        (SignForm("Kade", spots=(SpotForm("Brug", "Dorpsplein"),)), "bad-point_0"),
        (SignForm("Kade", spots=(SpotForm("Brug"),), streets="veel"), "bad-streets"),
        (SignForm("Kade", spots=(SpotForm("Brug"),) * 25), "bad-spots"),
        (SignForm("Kade", group_id="group-weg", spots=(SpotForm("Brug"),)), "gone"),
    ],
)
def test_what_is_filled_in_wrong_is_said_at_its_field_and_nothing_is_kept(
    desk: Desk, signs: Signs, form: SignForm, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        signs.ask(form).result(10)
    assert caught.value.problem.code == code
    assert records(desk, "sign_request") == records(desk, "task") == []


@pytest.mark.parametrize("day", ["31-2-2026", "morgen", "2026-11-22", "22-11-2099"])
def test_an_advice_has_a_day_that_has_been(signs: Signs, day: str) -> None:
    request_id, _ = signs.ask(FORM).result(10)
    with pytest.raises(Refused) as caught:
        signs.advise(request_id, "Bij de brug.", "Wijkagent Voorbeeld", day).result(10)
    assert caught.value.problem.code == "bad-on"


def test_the_plan_shows_the_outline_of_the_area_around_the_places(desk: Desk, signs: Signs) -> None:
    request_id, _ = signs.ask(FORM).result(10)
    card = signs.card(request_id).result(10)
    assert card is not None
    assert card.plan.rings == ()

    def work(unit: Unit) -> None:
        outline = encoded(shapely.box(98_000, 478_000, 101_000, 481_000))
        unit.create("area", {"name": "Stad", "level": "municipality"}, "area-stad")
        unit.update("area", "area-kern", parent_id="area-stad")
        unit.create("area_shape", {"area_id": "area-stad", "shape": outline}, "area-stad")

    desk.act(work).result(10)
    card = signs.card(request_id).result(10)
    assert card is not None
    (ring,) = card.plan.rings
    assert (min(x for x, _ in ring), max(y for _, y in ring)) == (98_000, 481_000)


def test_a_reader_asks_and_steps_nothing(desk: Desk, signs: Signs) -> None:
    request_id, _ = signs.ask(FORM).result(10)
    desk.person = town.READER
    for act in (
        lambda: signs.ask(SignForm("Kade", spots=(SpotForm("Plein"),))),
        lambda: signs.move(request_id, "advice_asked", seen="asked"),
        lambda: signs.advise(request_id, "a", "b", ""),
        lambda: signs.take_back(request_id),
    ):
        with pytest.raises(Refused) as caught:
            act().result(10)
        assert caught.value.problem.code == "not-allowed"
