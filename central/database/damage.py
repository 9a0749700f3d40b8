"""A file of central that is damaged: how it is noticed, and looked through at the next opening (§2)."""

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

PAGE_BYTES = 4096

_SAID = ("malformed", "not a database", "hmac check failed")

DAMAGED = (
    "Een deel van het bestand van de centrale is niet leesbaar. Uw werk wordt op de desk bewaard. "
    "Werkt u alleen op deze computer? Sluit de desk en open hem opnieuw."
)


def is_damage(trouble: BaseException) -> bool:
    """Say whether an error of the file means that a part of it cannot be read."""
    cause = getattr(trouble, "orig", None) or trouble
    words = str(cause).lower()
    return isinstance(cause, dbapi2.DatabaseError) and any(one in words for one in _SAID)


def note(path: Path) -> None:
    """Write down beside the file that a part of it could not be read."""
    path.with_suffix(".damaged").touch(mode=0o600)


def forget_note(path: Path) -> None:
    """Take that back: the file is whole, or another one stands here."""
    path.with_suffix(".damaged").unlink(missing_ok=True)


def is_whole(path: Path, key: bytes) -> bool:
    """Say whether a file that must be there opens with its key; one with a note is read as a whole.

    What is shorter than a page would be begun over in silence.
    """
    if not path.exists() or path.stat().st_size < PAGE_BYTES:
        return False
    try:
        with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not path.with_suffix(".damaged").exists():
                return True
            bad = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            whole = not bad and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except dbapi2.OperationalError as trouble:
        # Somebody else holds it, or the disk is full: that says nothing of the file.
        return not is_damage(trouble)
    except dbapi2.DatabaseError:
        return False
    if whole:
        forget_note(path)
    return bool(whole)
