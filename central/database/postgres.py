"""PostgreSQL through psycopg: several writers at once, readers that see one moment (sync.md §2)."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.pool import QueuePool

from central.database.backend import Meaning
from central.problems import Refusal, Unusable
from contract.problems import ProblemCode

CONNECT_S = 5
WAIT_FOR_A_LINE_S = 5
SILENCE_MS = 20_000
"""How long something sent may stay unanswered before the line to the server is given up."""

STREAM_IDLE_S = 60
"""A desk on a slow line may take this long over one piece of a snapshot."""

WRITER = {
    "default_transaction_isolation": "read committed",
    "synchronous_commit": "on",
    "lock_timeout": "3s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "5s",
}
READER = {
    "default_transaction_isolation": "repeatable read",
    "default_transaction_read_only": "on",
    "lock_timeout": "3s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "5s",
    # A feed is walked in the order of its index. Right after many records came in the server does
    # not know of them yet, and would else sort all that is left for every page.
    "enable_bitmapscan": "off",
}
STREAMER = READER | {"idle_in_transaction_session_timeout": f"{STREAM_IDLE_S}s"}

WIPED = ("sync_record", "sync_op", "archive", "blob", "blob_piece", "archive_look")
"""The tables that words of records are deleted from."""

WRITTEN_ANEW = 256 * 2**20
"""Up to how many bytes a table is written anew after a round; nobody reads it meanwhile."""

_SIZE = text("SELECT pg_total_relation_size(CAST(:name AS regclass))")

MIGRATION_LOCK = 4_202_611_210
"""Any number will do; two programs that start at once must know the same one."""

NO_ADDRESS = (
    "bad-address",
    "Het adres van de database is niet te lezen. Schrijf het als postgresql://naam@machine/database.",
)
UNREACHABLE = (
    "database-unreachable",
    (
        "De database van de centrale geeft geen gehoor of laat ons niet binnen. Kijk of PostgreSQL "
        "draait en of adres, naam en wachtwoord kloppen. Er is niets veranderd."
    ),
)
ENCODING = (
    "database-encoding",
    "De database van de centrale is niet met UTF8 gemaakt. Maak een nieuwe met ENCODING 'UTF8'.",
)
NEWER = (
    "newer-file",
    "De database van de centrale is van een nieuwere versie. Start die versie van Buurtdesk.",
)

_FULL = {"53100", "53200"}
_AGAIN = {"40001", "40P01"}
_BUSY = {"55P03", "57014", "25006", "25P03", "25P04", "53300", "57P01", "57P02", "57P03", "57P05"}
_LOST = {"25P03", "25P04", "57P01", "57P02", "57P03", "57P05"}
_UNREADABLE = {"22021", "22P05"}


def url_of(address: str) -> URL:
    """Read an address as ``postgresql://...``; raises ``Unusable`` for any other text."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise Unusable(*NO_ADDRESS) from None
    if url.drivername.partition("+")[0] not in ("postgresql", "postgres"):
        raise Unusable(*NO_ADDRESS)
    return url.set(drivername="postgresql+psycopg")


class PostgresBackend:
    """A database of its own on a PostgreSQL server. Its files are as safe as that server's disk."""

    newer = Unusable(*NEWER)

    def __init__(self, address: str, *, writers: int, readers: int, streams: int) -> None:
        url = url_of(address)
        self.writers = writers
        self.readers = readers
        self.streams = streams
        self.writer = _engine(url, WRITER, size=writers, more=writers)
        self.reader = _engine(url, READER, size=readers, more=readers)
        self.streamer = _engine(url, STREAMER, size=1, more=streams)

    def begin_migration(self, connection: Connection) -> None:
        """Wait for others that change the tables; a step may take its time."""
        encoding = connection.execute(text("SHOW server_encoding")).scalar()
        if encoding != "UTF8":
            raise Unusable(*ENCODING)
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK}
        )

    def keep_copy(self, revision: str) -> None:
        """Nothing: every step is one transaction, and a backup is the keeper's (operations.md)."""

    def wipe(self) -> None:
        """Have the server give up the dead rows of the tables that records go from.

        Plain VACUUM leaves their bytes in the gap of a page until it is filled again, so a table
        is written anew where that takes a moment; a large one is for its keeper (operations.md).
        """
        autocommit = self.writer.execution_options(isolation_level="AUTOCOMMIT")
        with autocommit.connect() as connection:
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(text("SET lock_timeout = '60s'"))
            for table in WIPED:
                size = connection.execute(_SIZE, {"name": table}).scalar_one()
                way = "VACUUM (FULL)" if size <= WRITTEN_ANEW else "VACUUM"
                connection.execute(text(f"{way} {table}"))
            connection.execute(text("RESET ALL"))

    def unusable(self, trouble: DBAPIError) -> Unusable | None:
        """Return that nobody answers, or that we are not let in."""
        state = sqlstate(trouble)
        refused = state is None or state[:2] in ("08", "28", "3D", "57", "53")
        return Unusable(*UNREACHABLE) if refused else None

    def meaning(self, trouble: DBAPIError) -> Meaning:
        """Say what an error of the server or of the line to it stands for."""
        state = sqlstate(trouble)
        if isinstance(trouble, IntegrityError):
            return Meaning(again=True)
        if state in _FULL:
            return Meaning(Refusal(ProblemCode.STORAGE_FULL))
        if state in _AGAIN:
            return Meaning(_busy(), again=True)
        if state in _BUSY or (state or "").startswith("08") or trouble.connection_invalidated:
            return Meaning(_busy())
        if state is None and not isinstance(trouble, DataError):
            # No answer of the server at all: the line to it is gone or could not be made.
            return Meaning(_busy() if type(trouble).__name__ == "OperationalError" else None)
        if state in _UNREADABLE or (state is None and isinstance(trouble, DataError)):
            # PostgreSQL keeps no NUL in a text; only a made-up request holds one.
            return Meaning(Refusal(ProblemCode.BATCH_INVALID))
        return Meaning()


def sqlstate(trouble: DBAPIError) -> str | None:
    """Return the five characters by which PostgreSQL names an error."""
    found = getattr(trouble.orig, "sqlstate", None)
    return str(found) if found else None


def _busy() -> Refusal:
    return Refusal(ProblemCode.OVERLOADED, retry_after_s=1)


def _engine(url: URL, session: dict[str, str], *, size: int, more: int) -> Engine:
    words = " ".join(
        f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in session.items()
    )
    engine = create_engine(
        url,
        connect_args={
            "options": words,
            "connect_timeout": CONNECT_S,
            "application_name": "buurtdesk-central",
            "keepalives_idle": 15,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": SILENCE_MS,
        },
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=more,
        pool_timeout=WAIT_FOR_A_LINE_S,
        hide_parameters=True,
    )

    @event.listens_for(engine, "handle_error")
    def _lost(context: Any) -> None:
        if getattr(context.original_exception, "sqlstate", None) in _LOST:
            context.is_disconnect = True

    return engine
