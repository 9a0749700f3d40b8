"""A line to a real central of a team that signs in with accounts; passwords cost next to nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from central.auth.first_code import new_first_code
from central.auth.second_factor import STEP_S, code_at
from contract import routes
from tests.helpers.central_line import CentralLine, new_id

PASSWORD = "paarse fietsen bij het water"
OTHER = "twaalf dikke boeken in de kast"
KEEPER = "sanne.dewit"


class AccountsLine(CentralLine):
    """A central with a first account holder, who signed in and proved a second factor."""

    def __init__(self, place: Path | str, **settings: Any) -> None:
        cheap = {"hash_memory_kib": 64, "hash_passes": 1, "hash_lanes": 1, "device_rate": 0.0}
        super().__init__(place, **{**cheap, **settings})
        self.secret = ""

    def first_code(self, team_name: str | None = None) -> str:
        """Make the code that central prints at its first start, or for a further team."""
        code = self.office.database.write_now(
            lambda conn: new_first_code(conn, team_name, self.watch())
        )
        assert code is not None
        return code

    def begin(self) -> None:
        """Make the first account, sign it in, prove a second factor."""
        person = new_id()
        answer = self.first_account(self.first_code(), person=person)
        assert answer.status_code == 201, answer.text
        self.team = answer.json()["id"]
        self.enter(KEEPER)
        self.secret = self.prove()

    def first_account(self, code: str, *, person: str = "", **other: Any) -> httpx.Response:
        """Ask for the first account."""
        body = {
            "code": code,
            "account": KEEPER,
            "password": PASSWORD,
            "team_name": "Kennemer Kust",
            "person": {"id": person or new_id(), "name": "Sanne de Wit"},
            **other,
        }
        return self.call("POST", routes.FIRST_ACCOUNT, body, token="")

    def try_to_enter(
        self, account: str, password: str = PASSWORD, code: str = "", device: str = "desk-1"
    ) -> httpx.Response:
        """Ask for a session and return the whole answer."""
        body = {
            "grant": "password",
            "account": account,
            "password": password,
            "code": code,
            "device": {"id": device, "name": "Balie 1"},
        }
        return self.call("POST", routes.SESSIONS, body, token="")

    def enter(self, account: str, password: str = PASSWORD, **more: str) -> dict[str, Any]:
        """Sign in with an account; later calls are theirs."""
        answer = self.try_to_enter(account, password, **more)
        assert answer.status_code == 201, answer.text
        session: dict[str, Any] = answer.json()
        self.person, self.token = session["person"]["id"], session["access_token"]
        self.renewal = session["refresh_token"]
        return session

    def prove(self) -> str:
        """Turn a second factor on for who is signed in; returns its secret."""
        offered = self.call("POST", routes.SECOND_FACTOR).json()
        secret: str = offered["secret"]
        proof = {"code": code_at(secret, self.watch())}
        assert self.call("PUT", routes.SECOND_FACTOR, proof).status_code == 204
        return secret

    def digits(self, secret: str = "") -> str:
        """Return the digits of the app, of a step that was not used before."""
        self.watch.move(seconds=STEP_S)
        return code_at(secret or self.secret, self.watch())

    def give(self, person: str, account: str) -> httpx.Response:
        """Give a person an account."""
        path = routes.accounts(self.team)
        return self.call("POST", path, {"person": person, "account": account})

    def activate(self, code: str, password: str = PASSWORD) -> httpx.Response:
        """Choose a password with a code."""
        body = {"code": code, "password": password}
        return self.call("POST", routes.ACTIVATE, body, token="")

    def add_account(self, account: str, *roles: str, **body: Any) -> str:
        """Add a person with an active account, as the keeper; returns the person's id."""
        from tests.helpers.central_line import op

        person = new_id()
        values = {"name": "Joris Bakker", "roles": list(roles), "active": True, **body}
        assert self.push(op("create", "person", person, set=values))[0]["status"] == "applied"
        assert self.activate(self.give(person, account).json()["code"]).status_code == 204
        return person


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Return status and code of a refusal."""
    return answer.status_code, str(answer.json()["type"]).rpartition("/")[2]
