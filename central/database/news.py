"""Remembers on a connection which teams its transaction changes, to be told after the commit."""

from sqlalchemy import Connection

_MARK = "changed_teams"


def note_change(connection: Connection, team: str) -> None:
    """Note that the open transaction changes records of this team."""
    connection.info.setdefault(_MARK, set()).add(team)


def taken_changes(connection: Connection) -> frozenset[str]:
    """Return the teams noted, and forget them."""
    return frozenset(connection.info.pop(_MARK, ()))
