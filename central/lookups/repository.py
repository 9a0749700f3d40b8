"""What the team chose of look-ups; nothing else of a look-up stands anywhere."""

from sqlalchemy import Connection

from central.feeds import repository as settings
from central.lookups.sources import Choice, choice_of
from contract.lookups import CHOICE


def choice(conn: Connection, team: str) -> Choice:
    """Return what a team chose; nothing is on where it chose nothing."""
    found = settings.setting(conn, team, CHOICE)
    return choice_of(found.body.get("value") if found else None)
