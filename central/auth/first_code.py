"""One-time codes: for the first account of a central, of a team, and for every next person.

A code is shown once and stored as a hash. It holds 100 random bits, so nobody guesses it.
"""

import base64
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection

from central.accounts import repository
from central.auth.tokens import token_hash
from central.clock import stamp

FIRST = "first"
TEAM = "team"
ACTIVATE = "activate"

FIRST_DAYS = 7
ACTIVATE_HOURS = 72

_LETTERS = 20
_PART = 5


def make() -> str:
    """Make a code of four times five letters and digits."""
    letters = base64.b32encode(secrets.token_bytes(13)).decode()[:_LETTERS]
    return "-".join(letters[i : i + _PART] for i in range(0, _LETTERS, _PART))


def hash_of(code: str) -> str:
    """Return what is stored of a code; spaces, lines and capitals make no difference."""
    return token_hash("".join(sign for sign in code.upper() if sign.isalnum()))


def new_first_code(conn: Connection, team_name: str | None, moment: datetime) -> str | None:
    """Make the code for the first account of central, or of a further team.

    None where there is an account already: of anybody without ``team_name``, of that team with it.
    A new code makes an older one for the same purpose useless. Good for seven days.
    """
    if repository.any_account(conn, team_name):
        return None
    purpose = FIRST if team_name is None else TEAM
    code = make()
    repository.drop_codes(conn, purpose, team_name=team_name or "", account="")
    repository.add_code(
        conn,
        code_hash=hash_of(code),
        purpose=purpose,
        team_name=team_name or "",
        account="",
        created_at=stamp(moment),
        until=stamp(moment + timedelta(days=FIRST_DAYS)),
    )
    return code


def new_activation(conn: Connection, account: str, moment: datetime) -> tuple[str, str]:
    """Make the code with which a person chooses a password; returns it and until when."""
    code, until = make(), stamp(moment + timedelta(hours=ACTIVATE_HOURS))
    repository.drop_codes(conn, ACTIVATE, team_name="", account=account)
    repository.add_code(
        conn,
        code_hash=hash_of(code),
        purpose=ACTIVATE,
        team_name="",
        account=account,
        created_at=stamp(moment),
        until=until,
    )
    return code, until
