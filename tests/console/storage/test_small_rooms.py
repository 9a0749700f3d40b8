"""The draft buffer, what the desk remembers, and the people."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from console.storage import memory, persons, typing
from console.storage.database import Store
from contract.op import Op
from tests.helpers.units import NOW, next_op_id, record


def _typed(subject: str, field: str, words: str) -> Callable[[Connection], None]:
    def work(conn: Connection) -> None:
        typing.keep(conn, subject, field, "ik", words, NOW)

    return work


def test_typing_comes_back_for_who_typed_it_and_for_nobody_else(store: Store) -> None:
    for field, text in (("text", "Man m"), ("text", "Man met"), ("place", "Kade \ud83d")):
        store.write(_typed("new-report", field, text)).result()
    kept = store.read(lambda conn: typing.restore(conn, "new-report", "ik")).result()
    assert kept == {"text": "Man met", "place": "Kade ?"}
    assert store.read(lambda conn: typing.restore(conn, "new-report", "ander")).result() == {}
    assert store.read(lambda conn: typing.subjects(conn, "ik")).result() == [("new-report", NOW)]


def test_typing_is_forgotten_by_field_by_subject_and_by_person(store: Store) -> None:
    def fill(subject: str) -> None:
        for field in ("a", "b"):
            store.write(_typed(subject, field, "tekst")).result()

    def left(subject: str) -> set[str]:
        return set(store.read(lambda conn: typing.restore(conn, subject, "ik")).result())

    fill("one")
    store.write(lambda conn: typing.keep(conn, "one", "a", "ik", "", NOW)).result()
    assert left("one") == {"b"}
    store.write(lambda conn: typing.forget(conn, "one", "ik")).result()
    assert left("one") == set()
    fill("two")
    store.write(lambda conn: typing.forget_person(conn, "ik")).result()
    assert left("two") == set()


def test_typing_has_an_end(store: Store) -> None:
    store.write(lambda conn: typing.keep(conn, "s", "f", "ik", "x" * 300_000, NOW)).result()
    kept = store.read(lambda conn: typing.restore(conn, "s", "ik")).result()
    assert len(kept["f"]) == typing.LONGEST


def test_the_desk_remembers_any_value_by_name(store: Store) -> None:
    store.write(lambda conn: memory.remember(conn, "window.size", [1280, 800])).result()
    store.write(lambda conn: memory.remember(conn, "window.size", [1440, 900])).result()
    store.write(lambda conn: memory.remember(conn, "window.full", False)).result()
    assert store.read(lambda conn: memory.recall(conn, "window.size")).result() == [1440, 900]
    assert store.read(lambda conn: memory.recall(conn, "nothing", "dit")).result() == "dit"
    assert store.read(lambda conn: memory.recall_all(conn, "window.")).result() == {
        "window.size": [1440, 900],
        "window.full": False,
    }
    store.write(lambda conn: memory.remember(conn, "window.full", None)).result()
    assert store.read(lambda conn: memory.recall(conn, "window.full", 1)).result() == 1


def test_people_are_listed_by_name_with_who_has_a_passphrase_here(store: Store) -> None:
    def person(record_id: str, name: str, **more: object) -> Op:
        body = {"name": name, "roles": ["operator"], **more}
        return Op(next_op_id(), "create", "person", record_id, body)

    store.write(
        record(person("p2", "Samira Voorbeeld"), person("p1", "Ruben Voorbeeld", active=False))
    ).result()
    found = store.read(lambda conn: persons.list_persons(conn, {"p2"})).result()
    assert [(p.id, p.name, p.roles, p.active, p.slot) for p in found] == [
        ("p1", "Ruben Voorbeeld", ("operator",), False, False),
        ("p2", "Samira Voorbeeld", ("operator",), True, True),
    ]
    assert store.read(lambda conn: persons.find_person(conn, "p2")).result() is not None
    assert store.read(lambda conn: persons.find_person(conn, "p3")).result() is None
    names = store.read(persons.names_of).result()
    assert names == {"p1": "Ruben Voorbeeld", "p2": "Samira Voorbeeld"}
