"""What waits in the tray: edits of one record together, three texts, two answers, undo (09e)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from console.domain.failures import Refused
from console.domain.tray import TrayItem
from console.models.local import outbox
from console.storage import outbox as box
from console.storage import replica
from console.storage import tray as basket
from console.storage.database import Store
from console.storage.tray_items import joined, my_value, open_refusal
from contract.op import Op, OpResult, Record
from contract.vocabulary import OpStatus
from tests.console.storage.test_settle import BODY, LATER, central_has, ids, items, settle, shown
from tests.helpers.units import ME, NOW, command, edit, new_report, record

RUBEN = {"name": "Ruben Voorbeeld", "roles": ["operator"], "active": True}
POST = {"type": "broadcast", "kind": "general", "title": "Fietsen", "status": "draft"}


def _refused(store: Store, *ops: Op, body: Mapping[str, Any], fields: tuple[str, ...]) -> TrayItem:
    """Have central refuse these edits of one record for what Ruben made of it."""
    kind, record_id = ops[0].kind, ops[0].id
    central_has(store, Record("person", "ruben", 1, RUBEN, seq=90))
    theirs = Record(kind, record_id, 2, body, seq=91, at=NOW, by="ruben")
    for op in ops:
        store.write(record(op)).result()
    for op in ops:
        settle(store, OpResult(op.op_id, OpStatus.CONFLICT, 2, theirs, fields, "changed-meanwhile"))
    return items(store)[0]


def _sent(store: Store) -> list[Op]:
    return store.write(lambda conn: box.next_batch(conn, person="ik", now=LATER)).result()


def test_edits_of_one_record_are_one_item_from_the_first_text_to_the_last(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    first = Op("one", "update", "report", "r1", {"text": "groen"}, {"text": "rood"}, group="g1")
    second = Op("two", "update", "report", "r1", {"text": "blauw"}, {"text": "groen"}, group="g2")
    item = _refused(store, first, second, body={**BODY, "text": "wit"}, fields=("text",))
    assert item.op_ids == ("one", "two")
    (field,) = item.fields
    assert (field.was, field.mine, field.theirs) == ("rood", "blauw", "wit")
    assert field.is_text
    assert (item.their_name, item.their_at) == ("Ruben Voorbeeld", NOW)
    assert item.heading == "Twee teksten voor dezelfde melding"
    store.write(lambda conn: basket.redo(conn, item.op_ids, actor=ME, now=LATER)).result()
    (again,) = _sent(store)
    assert (dict(again.set), dict(again.was)) == ({"text": "blauw"}, {"text": "wit"})
    assert items(store) == []


def test_the_texts_are_put_together_by_the_person(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = edit("r1", was="rood", text="groen")
    item = _refused(store, op, body={**BODY, "text": "wit"}, fields=("text",))
    assert item.choices == (basket.REDO, basket.DROP, basket.MERGE)
    values = {"text": "groen en wit", "place": "geen veld van deze handeling"}
    store.write(lambda conn: basket.merged(conn, item.op_ids, values, actor=ME, now=LATER)).result()
    (again,) = _sent(store)
    assert dict(again.set) == {"text": "groen en wit"}


def test_a_choice_is_shown_in_words_and_has_nothing_to_put_together(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = edit("r1", was="person", category="vehicle")
    item = _refused(store, op, body={**BODY, "category": "surroundings"}, fields=("category",))
    (field,) = item.fields
    assert (field.word, field.mine, field.theirs) == ("Soort", "Voertuig", "Omgeving")
    assert item.choices == (basket.REDO, basket.DROP)
    assert item.heading == "Deze melding is op twee plekken veranderd"


def test_of_a_message_only_the_fields_that_i_changed_are_mine(store: Store) -> None:
    was = {"wat": "Fiets weg", "waar": "Dorp"}
    central_has(store, Record("post", "p1", 1, {**POST, "fields": was}, seq=1))
    op = Op("mine", "update", "post", "p1", {"fields": {**was, "wat": "Brommer"}}, {"fields": was})
    theirs = {**POST, "fields": {"wat": "Fiets gestolen", "waar": "Haven"}}
    item = _refused(store, op, body=theirs, fields=("fields",))
    (field,) = item.fields
    assert (field.path, field.mine, field.theirs) == ("fields.wat", "Brommer", "Fiets gestolen")
    store.write(lambda conn: basket.redo(conn, item.op_ids, actor=ME, now=LATER)).result()
    (again,) = _sent(store)
    assert again.set["fields"] == {"wat": "Brommer", "waar": "Haven"}


def test_two_answers_for_one_group_stand_with_names_and_times(store: Store) -> None:
    body = {"post_id": "p1", "group_id": "g1", "state": "copied", "state_at": NOW, "by": "ik"}
    central_has(
        store,
        Record("post", "p1", 1, {**POST, "status": "released", "body": "x"}, seq=1),
        Record("group", "g1", 1, {"name": "Vlierpad", "kind": "neighbourhood"}, seq=2),
        Record("placement", "pl", 1, body, seq=3),
    )
    op = command("pl", "not_placed", "placement", seen="copied", reason="group_gone")
    store.write(record(op)).result()
    placed = {**body, "state": "unknown", "by": "ruben", "state_at": LATER}
    central_has(store, Record("person", "ruben", 1, RUBEN, seq=90))
    theirs = Record("placement", "pl", 2, placed, seq=91)
    settle(
        store,
        OpResult(op.op_id, OpStatus.CONFLICT, 2, theirs, ("state",), "answered-otherwise"),
    )
    (item,) = items(store)
    assert item.title == "Vlierpad, Fietsen"
    assert item.heading == "Twee antwoorden voor dezelfde groep"
    assert (item.their_name, item.their_at) == ("Ruben Voorbeeld", LATER)
    assert (item.fields[0].mine, item.fields[0].theirs) == ("Niet geplaatst", "Onbekend")
    assert item.choices == (basket.REDO, basket.DROP)


def test_what_a_colleague_placed_cannot_be_denied(store: Store) -> None:
    body = {"post_id": "p1", "group_id": "g1", "state": "copied", "state_at": NOW, "by": "ik"}
    central_has(store, Record("placement", "pl", 1, body, seq=3))
    op = command("pl", "not_placed", "placement", seen="copied", reason="group_gone")
    store.write(record(op)).result()
    theirs = Record("placement", "pl", 2, {**body, "state": "placed", "by": "ruben"}, seq=91)
    settle(
        store,
        OpResult(op.op_id, OpStatus.CONFLICT, 2, theirs, ("state",), "answered-otherwise"),
    )
    assert items(store)[0].choices == (basket.DROP,)


def test_letting_go_of_a_fact_asks_why(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, {**BODY, "status": "open"}, seq=1))
    op = command("r1", "close", reason="handled", contribution="no")
    store.write(record(op)).result()
    settle(store, OpResult(op.op_id, OpStatus.DENIED))
    (item,) = items(store)
    assert item.asks_reason
    assert item.heading == "Melding gesloten: mocht niet meer"


def test_letting_go_can_be_undone_with_what_went_along(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    first = Op("first", "update", "report", "r1", {"title": "a"}, {"title": None}, group="g")
    second = new_report("r2", group="g")
    store.write(record(first, second)).result()
    theirs = Record("report", "r1", 2, {**BODY, "title": "b"}, seq=2)
    settle(
        store,
        OpResult("first", OpStatus.CONFLICT, 2, theirs, ("title",)),
        OpResult(second.op_id, OpStatus.BLOCKED),
    )
    (before,) = items(store)
    assert before.follows == 1
    store.write(lambda conn: basket.drop(conn, "first", actor=ME, now=LATER)).result()
    assert shown(store, "r2") is None
    store.write(lambda conn: basket.take_back(conn, "first", actor=ME)).result()
    assert items(store) == [before]
    assert ids(store, outbox) == [second.op_id]
    assert shown(store, "r2") is not None
    with pytest.raises(Refused):
        store.write(lambda conn: basket.take_back(conn, "first", actor=ME)).result()


def test_words_behind_a_refused_pen_are_kept_as_a_draft_of_their_own(store: Store) -> None:
    was = {"wat": "Fiets weg"}
    body = {**POST, "fields": was, "author": "ik", "author_until": NOW}
    central_has(store, Record("post", "p1", 1, body, seq=1))
    hold = Op("hold", "command", "post", "p1", {}, command="hold", group="g")
    write = Op(
        "write", "update", "post", "p1", {"fields": {"wat": "X"}}, {"fields": was}, group="g"
    )
    store.write(record(hold, write)).result()
    taken = {**body, "author": "ruben", "author_until": LATER, "fields": {"wat": "Van Ruben"}}
    theirs = Record("post", "p1", 2, taken, seq=91, at=NOW, by="ruben")
    settle(
        store,
        OpResult("hold", OpStatus.CONFLICT, 2, theirs, ("author",), "held"),
        OpResult("write", OpStatus.BLOCKED),
    )
    (item,) = items(store)
    assert item.choices == (basket.COPY, basket.DROP)
    assert item.fields[0].mine == "X"
    store.write(lambda conn: basket.keep_as_copy(conn, item.op_ids, actor=ME, now=LATER)).result()
    (copy,) = _sent(store)
    assert (copy.verb, copy.set["title"]) == ("create", "Fietsen (kopie)")
    assert copy.set["fields"] == {"wat": "X"}
    assert (shown(store, "p1", "post") or {})["fields"] == {"wat": "Van Ruben"}


def test_part_of_an_item_that_is_settled_already_settles_nothing(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    item = _refused(store, edit("r1", title="a"), body={**BODY, "title": "b"}, fields=("title",))
    with pytest.raises(Refused):
        store.write(
            lambda conn: basket.redo(conn, [*item.op_ids, "other"], actor=ME, now=LATER)
        ).result()
    assert len(items(store)) == 1


def test_a_value_that_is_no_mapping_is_mine_as_a_whole(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = edit("r1", title="a")
    _refused(store, op, body={**BODY, "title": "b"}, fields=("title",))
    found = store.read(lambda conn: open_refusal(conn, [op.op_id], "ik")).result()
    assert my_value(found, "title", "b") == "a"
    assert joined([found]).op.set == {"title": "a"}


def test_the_copy_of_the_feed_leaves_the_tray_alone(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    _refused(store, edit("r1", title="a"), body={**BODY, "title": "b"}, fields=("title",))
    newer = Record("report", "r1", 3, {**BODY, "title": "c"}, seq=99)
    store.write(
        lambda conn: replica.apply_page(conn, "noord", [newer], asked_with="", cursor="", now=NOW)
    ).result()
    assert items(store)[0].theirs == (("Titel", "b"),)
