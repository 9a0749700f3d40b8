"""PostgreSQL under central: its settings, its errors in words, its address (sync.md §2)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError

from central import migrations
from central.database import Database
from central.database.database import STREAMS
from central.database.postgres import PostgresBackend
from central.problems import Refusal, Unusable
from contract.problems import ProblemCode
from tests.helpers.postgres import PostgresServer


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    """Central's tables on a server."""
    made = Database.open(postgres_url, writers=2, readers=2)
    yield made
    made.close()


def shown(*names: str) -> Callable[[Connection], list[str]]:
    """Return work that reads settings of the session."""
    return lambda conn: [str(conn.execute(text(f"SHOW {name}")).scalar()) for name in names]


NAMES = (
    "synchronous_commit",
    "lock_timeout",
    "statement_timeout",
    "idle_in_transaction_session_timeout",
    "transaction_isolation",
    "transaction_read_only",
)


def test_a_writer_waits_no_longer_than_agreed_and_commits_to_disk(database: Database) -> None:
    assert database.write_now(shown(*NAMES)) == ["on", "3s", "15s", "5s", "read committed", "off"]


def test_a_reader_sees_one_moment_and_cannot_write(database: Database) -> None:
    assert database.read_now(shown(*NAMES))[1:] == ["3s", "15s", "5s", "repeatable read", "on"]

    def twice(conn: Connection) -> list[int]:
        first = conn.execute(text("SELECT count(*) FROM team")).scalar_one()
        database.write_now(lambda w: w.execute(text("INSERT INTO team VALUES ('a', 'b', 'c')")))
        return [first, conn.execute(text("SELECT count(*) FROM team")).scalar_one()]

    assert database.read_now(twice) == [0, 0]


def test_a_stream_may_take_its_time_over_one_piece(database: Database) -> None:
    name = "idle_in_transaction_session_timeout"

    async def read() -> list[str]:
        return [one async for one in database.stream(lambda conn: iter(shown(name)(conn)))]

    with asyncio.Runner() as runner:
        assert runner.run(read()) == ["1min"]


def test_one_stream_too_many_is_asked_to_come_back(database: Database) -> None:
    async def read() -> ProblemCode:
        started = [database.stream(lambda conn: iter((1, 2))) for _ in range(STREAMS)]
        for one in started:
            assert await anext(one) == 1
        try:
            await anext(database.stream(lambda conn: iter((1,))))
        except Refusal as refused:
            code = refused.code
        for one in started:
            assert await anext(one) == 2
            await one.aclose()
        last = database.stream(lambda conn: iter((1,)))
        assert await anext(last) == 1
        await last.aclose()
        return code

    with asyncio.Runner() as runner:
        assert runner.run(read()) is ProblemCode.OVERLOADED


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", ProblemCode.STORAGE_FULL),
        ("53200", ProblemCode.STORAGE_FULL),
        ("40001", ProblemCode.OVERLOADED),
        ("40P01", ProblemCode.OVERLOADED),
        ("55P03", ProblemCode.OVERLOADED),
        ("57014", ProblemCode.OVERLOADED),
        ("57P01", ProblemCode.OVERLOADED),
        ("25006", ProblemCode.OVERLOADED),
        ("53300", ProblemCode.OVERLOADED),
        ("08006", ProblemCode.OVERLOADED),
        ("22021", ProblemCode.BATCH_INVALID),
    ],
)
def test_what_the_server_says_becomes_a_problem_code(
    database: Database, state: str, code: ProblemCode
) -> None:
    def raised(conn: Connection) -> None:
        conn.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$"))

    with pytest.raises(Refusal) as refused:
        database.write_now(raised)
    assert refused.value.code is code
    assert (refused.value.retry_after_s == 1) is (code is ProblemCode.OVERLOADED)
    assert database.write_now(shown("lock_timeout")) == ["3s"]


def test_a_bug_in_a_statement_stays_a_bug(database: Database) -> None:
    with pytest.raises(DBAPIError):
        database.read_now(lambda conn: conn.execute(text("SELECT no_such_column")))


def test_a_text_with_a_nul_is_a_bad_request(database: Database) -> None:
    with pytest.raises(Refusal) as refused:
        database.read_now(lambda conn: conn.execute(text("SELECT :a"), {"a": "a\0b"}).scalar())
    assert refused.value.code is ProblemCode.BATCH_INVALID


def test_two_that_wait_for_each_other_are_both_done(database: Database) -> None:
    for name in ("a", "b"):
        database.write_now(
            lambda conn, name=name: conn.execute(  # type: ignore[misc]
                text("INSERT INTO team VALUES (:id, '', '')"), {"id": name}
            )
        )
    tries: list[str] = []
    met = threading.Barrier(2)

    def crosswise(first: str, second: str) -> Callable[[Connection], None]:
        def work(conn: Connection) -> None:
            tries.append(first)
            # A busy machine may look after a second only, when patience (lock_timeout) is up too.
            conn.execute(text("SET LOCAL deadlock_timeout = '100ms'"))
            mark = text("UPDATE team SET name = name || 'x' WHERE id = :id")
            conn.execute(mark, {"id": first})
            if len(tries) <= 2:
                met.wait(30)
            conn.execute(mark, {"id": second})

        return work

    async def both() -> None:
        await asyncio.gather(
            database.write(crosswise("a", "b")), database.write(crosswise("b", "a"))
        )

    with asyncio.Runner() as runner:
        runner.run(both())
    names = database.read_now(lambda conn: conn.execute(text("SELECT name FROM team")).all())
    assert [name for (name,) in names] == ["xx", "xx"]
    assert len(tries) == 3


def test_a_line_that_was_cut_is_said_once_and_opened_again(
    database: Database, postgres_url: str
) -> None:
    def cut(conn: Connection) -> None:
        pid = conn.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(postgres_url, autocommit=True) as killer:
            killer.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
        conn.execute(text("SELECT 1"))

    for run in (database.read_now, database.write_now):
        with pytest.raises(Refusal) as refused:
            run(cut)
        assert refused.value.code is ProblemCode.OVERLOADED
        assert run(shown("lock_timeout")) == ["3s"]


@pytest.mark.parametrize("address", ["mysql://a/b", "not an address", "postgresql://[::1/x", ""])
def test_another_address_is_refused_in_words(address: str) -> None:
    with pytest.raises(Unusable) as refused:
        Database(address)
    assert refused.value.code == "bad-address"
    assert "postgresql://" in refused.value.sentence


@pytest.mark.parametrize("rest", ["/nowhere?host=/nonexistent", "/nowhere"])
def test_a_server_that_does_not_answer_is_said_in_words(
    rest: str, postgres_server: PostgresServer
) -> None:
    host = "" if "host=" in rest else f"?host={postgres_server.data}"
    with pytest.raises(Unusable) as refused:
        Database.open(f"postgresql://postgres@{rest}{host}")
    assert refused.value.code == "database-unreachable"
    assert "geen gehoor" in refused.value.sentence


def test_another_encoding_is_refused_before_anything_is_made(
    postgres_server: PostgresServer,
) -> None:
    postgres_server.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    try:
        with pytest.raises(Unusable) as refused:
            Database.open(postgres_server.url("latin"))
        assert refused.value.code == "database-encoding"
    finally:
        postgres_server.drop(postgres_server.url("latin"))


def test_a_newer_database_is_refused_and_left_alone(database: Database, postgres_url: str) -> None:
    database.write_now(
        lambda conn: conn.execute(text("UPDATE alembic_version SET version_num='9999'"))
    )
    with pytest.raises(Unusable) as refused:
        Database.open(postgres_url)
    assert refused.value.code == "newer-file"
    assert database.revision() == "9999"


def test_two_programs_that_start_at_once_make_the_tables_once(bare_postgres_url: str) -> None:
    async def both() -> None:
        await asyncio.gather(
            *(asyncio.to_thread(_open_and_close, bare_postgres_url) for _ in range(3))
        )

    with asyncio.Runner() as runner:
        runner.run(both())
    database = Database(bare_postgres_url)
    assert database.revision() == migrations.HEAD
    database.close()


def _open_and_close(url: str) -> None:
    Database.open(url).close()


def test_a_server_error_without_a_code_is_a_bug_unless_the_line_is_gone() -> None:
    backend = PostgresBackend("postgresql://x/y", writers=1, readers=1, streams=1)
    lost = OperationalError("x", None, Exception("gone"))
    meaning = backend.meaning(lost)
    assert isinstance(meaning.refusal, Refusal)
    assert meaning.refusal.code is ProblemCode.OVERLOADED
    assert backend.meaning(DBAPIError("x", None, Exception("odd"))).refusal is None
