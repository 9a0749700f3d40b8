"""The one function that opens a database file of the desk, and what its failures mean.

Source: security.md §2. The key is set by the first statement that touches the file; it never
stands in an address, a log line or a repr.
"""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from console.domain.failures import Problem, StorageTrouble

KEY_BYTES = 32
SCHEMA = 1
"""The number of the present schema, kept in the file as ``PRAGMA user_version``."""

BUSY_MS = 5_000
CACHE_KIB = 16_384

KEY_OR_DAMAGE = Problem(
    "key-or-damaged",
    "De sleutel past niet bij dit bestand, of het bestand is beschadigd. Er is niets gewijzigd.",
    "Sluit de desk en open hem opnieuw. De desk kijkt het bestand na en kan alles opnieuw ophalen.",
)
DISK_FULL = Problem(
    "disk-full",
    "De schijf is vol. Wat u net deed, is niet bewaard. Alles van daarvoor staat er nog.",
    "Maak ruimte vrij op deze computer en doe het daarna opnieuw.",
)
NOT_WRITABLE = Problem(
    "not-writable",
    "De desk kan niet schrijven in zijn eigen map. Wat u net deed, is niet bewaard.",
    "Vraag de beheerder van deze computer om de map weer vrij te geven.",
)
IN_USE = Problem(
    "in-use",
    "Een ander programma houdt het bestand van de desk vast.",
    "Sluit een tweede desk of een programma dat kopieën maakt en probeer het opnieuw.",
)
CLOSED = Problem("closed", "De desk wordt afgesloten. Dit is niet meer bewaard.")

_MEANINGS = (
    ("disk is full", DISK_FULL),
    ("readonly database", NOT_WRITABLE),
    ("unable to open", NOT_WRITABLE),
    ("disk i/o error", NOT_WRITABLE),
    ("is locked", IN_USE),
    ("not a database", KEY_OR_DAMAGE),
    ("malformed", KEY_OR_DAMAGE),
    ("hmac check failed", KEY_OR_DAMAGE),
)


def open_connection(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """Open the encrypted file at ``path`` with its 32-byte key; make it where it is absent.

    Transactions are begun by the caller (no implicit BEGIN). WAL, foreign keys on,
    ``synchronous=FULL``: a commit is on disk when it returns. Raises StorageTrouble.
    """
    connection = open_keyed(path, key)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        # What is deleted is overwritten, in free pages too (security.md §4).
        connection.execute("PRAGMA secure_delete=ON")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
    except driver.Error as error:
        connection.close()
        raise StorageTrouble(trouble_of(error) or KEY_OR_DAMAGE) from None
    return connection


def open_keyed(path: Path, key: bytes) -> Any:
    """Open and prove that the key fits, changing nothing in the file. Raises StorageTrouble."""
    if len(key) != KEY_BYTES:
        raise StorageTrouble(KEY_OR_DAMAGE)
    try:
        connection = driver.connect(
            str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
        )
    except driver.Error as error:
        raise StorageTrouble(trouble_of(error) or NOT_WRITABLE) from None
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        # Sorting and temporary tables stay in memory: nothing readable may reach the disk.
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.Error as error:
        connection.close()
        raise StorageTrouble(trouble_of(error) or KEY_OR_DAMAGE) from None
    return connection


def trouble_of(error: BaseException) -> Problem | None:
    """Say what a failure of the database means to the person; None where it is a bug of ours."""
    # SQLAlchemy wraps the driver's own error; it is not imported for that alone.
    cause = getattr(error, "orig", None) or error
    if not isinstance(cause, driver.DatabaseError):
        return None
    words = str(cause).lower()
    for part, problem in _MEANINGS:
        if part in words:
            return problem
    return None
