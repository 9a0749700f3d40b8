"""Settling what central refused, as the desk does it: reasons, words in the history, undo."""

from __future__ import annotations

from functools import partial

import pytest

from console.domain.failures import Refused
from console.domain.report import NewReport
from console.domain.tray import DROP, MERGE, TrayItem
from console.services.desk import Desk
from console.services.reports import Reports
from console.services.tray import Tray
from console.storage import outbox as box
from contract.op import Op, OpResult, Record
from contract.vocabulary import ACCEPTED, CloseReason, Contribution, OpStatus

LATER = "2099-01-01T00:00:00.000Z"


def _report(desk: Desk) -> str:
    new = NewReport("surroundings", "Rode fiets.", "Dorpsstraat", desk.now())
    return Reports(desk).add(new).result()


def _answer(desk: Desk, status: OpStatus, record: Record | None, code: str = "") -> None:
    """Have central accept what makes the report and refuse what came after."""
    assert desk.person is not None
    person = desk.person.id
    for _ in range(4):
        ops = desk.store.write(lambda conn: box.next_batch(conn, person=person, now=LATER)).result()
        if not ops:
            return
        results = [_result(op, status, record, code) for op in ops]
        desk.store.write(partial(box.settle, results=results, now=LATER)).result()


def _result(op: Op, status: OpStatus, record: Record | None, code: str) -> OpResult:
    if op.kind == "report" and op.verb != "create":
        fields = tuple(op.set) if op.verb == "update" else ()
        return OpResult(op.op_id, status, 2, record, fields, code)
    if op.kind == "log_entry" and op.set.get("what") in ("amended", "closed"):
        return OpResult(op.op_id, OpStatus.BLOCKED)
    return OpResult(op.op_id, next(iter(ACCEPTED - {OpStatus.NOOP, OpStatus.MERGED})), 1)


def _item(desk: Desk) -> TrayItem:
    (item,) = Tray(desk).items().result()
    return item


def _lines(desk: Desk, report_id: str) -> list[tuple[str, str]]:
    card = Reports(desk).card(report_id).result()
    assert card is not None
    return [(line.what, line.text) for line in card.history]


def test_letting_go_of_what_somebody_said_asks_why_and_keeps_the_reason(desk: Desk) -> None:
    report_id = _report(desk)
    Reports(desk).close(report_id, CloseReason.HANDLED, Contribution.NO).result()
    _answer(desk, OpStatus.DENIED, None)
    item = _item(desk)
    assert item.asks_reason
    with pytest.raises(Refused) as refused:
        Tray(desk).settle(item, DROP).result()
    assert refused.value.problem.code == "reason-missing"
    assert _item(desk) == item
    Tray(desk).settle(item, DROP, reason="Joris doet dit morgen.").result()
    assert Tray(desk).items().result() == []
    assert _lines(desk, report_id)[-1][0] == "let_go"


def test_my_words_stand_in_the_history_when_theirs_are_taken(desk: Desk) -> None:
    report_id = _report(desk)
    Reports(desk).amend(report_id, text="Rode fiets met bel.").result()
    body = {"category": "surroundings", "text": "Blauwe fiets.", "place": "Dorpsstraat"}
    theirs = Record("report", report_id, 2, {**body, "heard_at": desk.now()}, seq=9)
    _answer(desk, OpStatus.CONFLICT, theirs, "changed-meanwhile")
    item = _item(desk)
    assert not item.asks_reason
    Tray(desk).settle(item, DROP).result()
    assert _lines(desk, report_id)[-1] == ("let_go", "Tekst: Rode fiets met bel.")
    Tray(desk).take_back(item).result()
    assert _item(desk) == item
    assert _lines(desk, report_id)[-1][0] == "let_go_undone"


@pytest.mark.parametrize("values", [None, {}, {"text": "   "}])
def test_a_merge_without_words_changes_nothing(desk: Desk, values: dict[str, str] | None) -> None:
    report_id = _report(desk)
    Reports(desk).amend(report_id, text="Rode fiets met bel.").result()
    body = {"category": "surroundings", "text": "Blauwe fiets.", "place": "Dorpsstraat"}
    theirs = Record("report", report_id, 2, {**body, "heard_at": desk.now()}, seq=9)
    _answer(desk, OpStatus.CONFLICT, theirs, "changed-meanwhile")
    item = _item(desk)
    with pytest.raises(Refused):
        Tray(desk).settle(item, MERGE, values=values).result()
    assert _item(desk) == item


def test_nobody_settles_for_somebody_else(desk: Desk) -> None:
    report_id = _report(desk)
    Reports(desk).amend(report_id, text="Rode fiets met bel.").result()
    _answer(desk, OpStatus.DENIED, None)
    item = _item(desk)
    assert desk.person is not None
    mine, desk.person = desk.person, type(desk.person)("ander", "Ander Voorbeeld", ("operator",))
    with pytest.raises(Refused):
        Tray(desk).settle(item, DROP).result()
    assert Tray(desk).items().result() == []
    desk.person = mine
    assert _item(desk) == item
