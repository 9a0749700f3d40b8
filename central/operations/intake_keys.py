"""Keys of outside report forms on the command line (F10, docs/api.md §4)."""

from argparse import Namespace

from sqlalchemy import Connection

from central.clock import system_time
from central.intake import service
from central.operations.failures import Failed
from central.operations.serve import say
from central.operations.store import store_of
from central.problems import Refusal
from central.sync import repository as records

BY = "central"
"""Who made or ended a key from the command line."""

NAME_LONGEST = 60


def intake_key(asked: Namespace) -> int:
    """Make, list or end a key; returns 0. Raises ``Failed`` with a Dutch sentence."""
    with store_of(asked).open() as database:
        if asked.what == "list":
            for line in database.read_now(lambda conn: _list(conn, asked.team)):
                say(line)
        elif asked.what == "new":
            say(database.write_now(lambda conn: _make(conn, asked.team, asked.which)))
        else:
            database.write_now(lambda conn: _end(conn, asked.team, asked.which))
            say("Deze sleutel werkt niet meer. Wat ermee binnenkwam, blijft staan.")
    return 0


def _list(conn: Connection, team: str | None) -> list[str]:
    found = service.keys(conn, _team(conn, team))
    return [
        f"{one.id}  {one.name}  {'beëindigd' if one.revoked_at else 'in gebruik'}" for one in found
    ] or ["Er zijn geen sleutels."]


def _make(conn: Connection, team: str | None, name: str | None) -> str:
    clean = " ".join((name or "").split())
    if not 1 <= len(clean) <= NAME_LONGEST:
        raise Failed(f"Geef de sleutel een naam van 1 tot {NAME_LONGEST} tekens.")
    made = service.make_key(conn, _team(conn, team), clean, BY, system_time())
    return f"Sleutel van {made.name} (nu één keer te zien): {made.key}"


def _end(conn: Connection, team: str | None, key_id: str | None) -> None:
    try:
        service.revoke(conn, _team(conn, team), key_id or "", BY, system_time())
    except Refusal:
        raise Failed(
            "Dit team heeft geen sleutel met dat nummer. Er is niets gewijzigd. "
            "`intake-key list` toont de nummers."
        ) from None


def _team(conn: Connection, asked: str | None) -> str:
    """Return the team that is meant: by id or name, or the only one there is."""
    teams = records.teams(conn)
    fits = [one for one, name in teams if asked is None or asked in (one, name)]
    if len(fits) != 1:
        names = ", ".join(name for _, name in teams) or "geen"
        raise Failed(f"Zeg met --team welk team u bedoelt. Er is: {names}.")
    return fits[0]
