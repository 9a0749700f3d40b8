"""Sessions that outlive a restart: per person the refresh token, in the encrypted file only.

Source: security.md §3. Also when central last answered this desk, for the offline rule.
"""

from typing import Any

from sqlalchemy import Connection

from console.storage.memory import recall, recall_all, remember
from contract.messages import Session

PREFIX = "session/"
CONTACT = "central.contact"


def to_keep(session: Session) -> dict[str, Any]:
    """Return what of a session outlives a restart: not the access token."""
    return session.model_dump(mode="json", exclude={"access_token", "expires_in_s", "audit"})


def keep(conn: Connection, person: str, session: dict[str, Any]) -> None:
    """Keep what a person's session needs to go on; in the place of the one before."""
    remember(conn, PREFIX + person, session)


def kept(conn: Connection, person: str) -> dict[str, Any] | None:
    """Return what was kept for this person; None where nothing is."""
    found = recall(conn, PREFIX + person)
    return found if isinstance(found, dict) else None


def persons(conn: Connection) -> tuple[str, ...]:
    """Return the ids of everybody whose session is kept here."""
    return tuple(sorted(name[len(PREFIX) :] for name in recall_all(conn, PREFIX)))


def forget(conn: Connection, person: str) -> None:
    """Forget a person's session: they signed out, or central takes it no longer."""
    remember(conn, PREFIX + person, None)


def contact(conn: Connection) -> str:
    """Return the stamp of the last whole exchange with central; empty before the first."""
    found = recall(conn, CONTACT)
    return found if isinstance(found, str) else ""


def had_contact(conn: Connection, now: str) -> None:
    """Keep that central answered at this moment."""
    remember(conn, CONTACT, now)
