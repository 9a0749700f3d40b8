"""Search as you type, over reports and the directory."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from console.storage import replica
from console.storage.database import Store
from console.storage.search import search_directory, search_reports
from console.storage.typed_words import fts_query
from contract.op import Op, Record
from tests.helpers.plans import assert_uses_index, plan_of
from tests.helpers.units import edit, new_report, next_op_id, record


def found(store: Store, typed: str) -> list[str]:
    return store.read(lambda conn: search_reports(conn, typed)).result()


def directory(store: Store, typed: str) -> list[tuple[str, str, str]]:
    hits = store.read(lambda conn: search_directory(conn, typed)).result()
    return [(hit.kind, hit.title, hit.detail) for hit in hits]


def make(kind: str, record_id: str, /, **body: Any) -> Op:
    return Op(next_op_id(), "create", kind, record_id, body)


@pytest.fixture
def town(store: Store) -> Store:
    ops = [
        make("area", "a1", name="Wilgenhoek", level="neighbourhood", code="BU00010203"),
        make(
            "group", "g1", name="Buurtpreventie Wilgenhoek", kind="neighbourhood", area_id="a1",
            streets=["Wilgenlaan", "Café-pad", "Wilgenlaan"], postcodes=["0000 AA"],
        ),
        make("group", "g2", name="Winkels Centrum", kind="business", streets=["Markt"]),
        make("administrator", "b1", name="Wim Voorbeeld", phone="+31612345678"),
        make("group_administrator", "l1", group_id="g1", administrator_id="b1", role="deputy"),
    ]  # fmt: skip
    store.write(record(*ops)).result()
    return store


def test_the_newest_report_comes_first_and_every_word_must_fit(store: Store) -> None:
    store.write(
        record(
            new_report("r1", text="Man met rode jas", place="Dorpsstraat"),
            new_report("r2", text="Rode auto", description="oude Café-bus"),
            new_report("r3", title="Blauwe fiets", text="weg"),
        )
    ).result()
    assert found(store, "ro") == ["r2", "r1"]
    assert found(store, "rode JAS") == ["r1"]
    assert found(store, "cafe") == ["r2"]
    assert found(store, "dorps") == ["r3", "r2", "r1"]
    assert found(store, "jas fiets") == []
    assert found(store, "  ") == found(store, '"*(') == []


def test_a_changed_or_deleted_report_is_found_by_its_new_words_only(store: Store) -> None:
    store.write(
        record(new_report("r1", title="Oud"), edit("r1", was="Oud", title="Nieuw"))
    ).result()
    assert (found(store, "oud"), found(store, "nieuw")) == ([], ["r1"])
    store.write(record(Op(next_op_id(), "delete", "report", "r1"))).result()
    assert found(store, "nieuw") == []


def test_what_comes_from_central_is_found_and_a_grave_is_not(store: Store) -> None:
    body = {
        "category": "person",
        "text": "Zeldzaam",
        "place": "Kade",
        "heard_at": "",
        "number": "26-7",
    }
    page = [Record("report", "r1", 1, body, seq=1)]
    store.write(
        lambda c: replica.apply_page(c, "t", page, asked_with="", cursor="1", now="")
    ).result()
    assert found(store, "zeld") == found(store, "26-7") == ["r1"]
    grave = [Record("report", "r1", 2, {}, deleted=True, seq=2)]
    store.write(
        lambda c: replica.apply_page(c, "t", grave, asked_with="1", cursor="2", now="")
    ).result()
    assert found(store, "zeld") == []
    left = store.read(
        lambda c: c.execute(text("SELECT count(*) FROM report_fts WHERE report_fts MATCH 'zeldzaam'"))
        .scalar_one()
    ).result()  # fmt: skip
    assert left == 0


def test_the_directory_finds_groups_streets_areas_and_people(town: Store) -> None:
    assert directory(town, "wilg") == [
        ("area", "Wilgenhoek", ""),
        ("street", "Wilgenlaan", "Buurtpreventie Wilgenhoek · Wilgenhoek"),
        ("group", "Buurtpreventie Wilgenhoek", "Wilgenhoek"),
    ]
    assert directory(town, "wim") == [
        ("administrator", "Wim Voorbeeld", "Buurtpreventie Wilgenhoek")
    ]
    assert directory(town, "cafe pad")[0][1] == "Café-pad"
    assert directory(town, "0000")[0][1] == "Buurtpreventie Wilgenhoek"
    assert directory(town, "group") == directory(town, "612345678") == []


def test_the_directory_follows_a_change_of_streets_and_a_deletion(town: Store) -> None:
    town.write(record(edit("g2", was=["Markt"], kind="group", streets=["Plein"]))).result()
    assert directory(town, "markt") == []
    assert directory(town, "plein") == [("street", "Plein", "Winkels Centrum")]
    town.write(record(Op(next_op_id(), "delete", "group", "g2"))).result()
    assert directory(town, "plein") == directory(town, "winkels") == []


def test_search_never_walks_the_reports(store: Store) -> None:
    def look(conn: Any) -> list[str]:
        asked = (
            "SELECT r.id FROM report_fts f JOIN rec_report r ON r.n = f.rowid "
            "WHERE report_fts MATCH :words ORDER BY f.rowid DESC LIMIT 200"
        )
        assert_uses_index(conn, asked, values={"words": '"a"*'})
        with pytest.raises(AssertionError, match="walks all of rec_report"):
            assert_uses_index(
                conn, "SELECT id FROM rec_report WHERE note LIKE 'a%'".replace("note", "text")
            )
        return plan_of(conn, asked, {"words": '"a"*'})

    assert any("VIRTUAL TABLE" in line for line in store.read(look).result())


def test_every_letter_that_can_be_typed_belongs_to_one_word_of_the_index() -> None:
    """The index knows words by row only; one typed word that were two there would be an error."""
    letters = [chr(n) for n in (*range(0x20, 0xD800), *range(0xE000, 0x110000))]
    typed = [letter for letter in letters if fts_query(letter)]
    assert len(typed) > 100_000
    with closing(driver.connect(":memory:")) as conn:
        conn.execute(
            "CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')"
        )
        conn.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
        conn.executemany("INSERT INTO t(x) VALUES (?)", [(f"qa{letter}bz",) for letter in typed])
        words = conn.execute("SELECT count(*), max(offset) FROM v").fetchone()
    assert words == (len(typed), 0)


@given(typed=st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_whatever_is_typed_gives_an_answer(store: Store, typed: str) -> None:
    query = fts_query(typed)
    assert query is None or query.count('"') <= 16
    assert found(store, typed) == []
    assert directory(store, typed) == []
