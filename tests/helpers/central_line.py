"""A line to a real central for tests: plain calls, answers as they come, time moved by hand."""

from __future__ import annotations

import asyncio
import json
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Self

import httpx
from uuid_utils import uuid7

from central.app import build_app, close_app
from central.database import Database
from central.office import Office
from central.settings import Settings
from contract import routes

KEY = bytes(range(32))
SECRET = "a secret of this start"
START = datetime(2026, 3, 14, 13, 0, tzinfo=UTC)


@cache
def _empty() -> bytes:
    """Return an empty file of central under ``KEY``, as it makes it: once a run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "central.db"
        Database.open(path, KEY).close()
        return path.read_bytes()


def new_id() -> str:
    """Make an id as a desk makes it."""
    return str(uuid7())


class Watch:
    """Tells the time that the test wants it to be."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Return the present moment."""
        return self.at

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.at += timedelta(**by)


class CentralLine:
    """A central on its own file or on a database, spoken to over HTTP inside the process.

    ``place``: a path, or ``postgresql://...``. ``settings``: others than central's own.
    """

    def __init__(self, place: Path | str, *, key: bytes = KEY, **settings: Any) -> None:
        self.watch = Watch()
        if isinstance(place, Path):
            if key == KEY and not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                place.touch(mode=0o600)
                place.write_bytes(_empty())
            self.settings = Settings(place, key, SECRET, **settings)
        else:
            self.settings = Settings(secret=SECRET, database=place, **settings)
        self.path = self.settings.path
        self.app = build_app(self.settings, tell=self.watch)
        self.office: Office = self.app.state.office
        self.team = ""
        self.person = ""
        self.token = ""
        self.renewal = ""
        self._closed = False
        self._runner = asyncio.Runner()
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url="http://central"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the line and central; once is enough."""
        if self._closed:
            return
        self._closed = True
        self._runner.run(self._http.aclose())
        self._runner.close()
        close_app(self.app)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Make one request; the token of the signed-in person goes along."""
        sent = dict(headers or {})
        mark = self.token if token is None else token
        if mark:
            sent["Authorization"] = f"Bearer {mark}"
        content = body if isinstance(body, bytes) else None
        given = None if content is not None or body is None else body
        return self._runner.run(
            self._http.request(method, path, json=given, content=content, headers=sent)
        )

    def pass_on(self, request: httpx.Request) -> httpx.Response:
        """Send a request that was made elsewhere, as it stands."""
        return self._runner.run(self._http.send(request))

    def set_up(self, person: str = "", name: str = "Sanne de Wit") -> None:
        """Make the team and sign its first person in."""
        person = person or new_id()
        answer = self.call(
            "POST",
            routes.SETUP,
            {
                "team_name": "Kennemer Kust",
                "person": {"id": person, "name": name},
                "secret": SECRET,
            },
        )
        assert answer.status_code == 201, answer.text
        self.team = answer.json()["id"]
        self.sign_in(person)

    def sign_in(self, person: str, device: str = "desk-1") -> dict[str, Any]:
        """Sign somebody in; later calls are theirs."""
        answer = self.call(
            "POST",
            routes.SESSIONS,
            {
                "grant": "embedded",
                "person": person,
                "secret": SECRET,
                "device": {"id": device, "name": "Desk 1"},
            },
        )
        assert answer.status_code == 201, answer.text
        session: dict[str, Any] = answer.json()
        self.person, self.token = person, session["access_token"]
        self.renewal = session["refresh_token"]
        return session

    def add_person(self, *roles: str, name: str = "Joris Bakker") -> str:
        """Add a person with these roles, as the person now signed in; returns the id."""
        person = new_id()
        body = {"name": name, "roles": list(roles), "active": True}
        assert self.push(op("create", "person", person, set=body))[0]["status"] == "applied"
        return person

    def send(
        self, *ops: dict[str, Any], witness: str = "", token: str | None = None
    ) -> httpx.Response:
        """Push ops and return the whole answer."""
        headers = {routes.WITNESS_HEADER: witness} if witness else {}
        return self.call(
            "POST", routes.ops(self.team), {"ops": list(ops)}, headers=headers, token=token
        )

    def push(self, *ops: dict[str, Any]) -> list[dict[str, Any]]:
        """Push ops and return their results."""
        answer = self.send(*ops)
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def page(
        self, after: str = "", limit: int = routes.PAGE_MAX
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Return the records of one page and its closing line."""
        answer = self.call("GET", f"{routes.changes(self.team)}?after={after}&limit={limit}")
        assert answer.status_code == 200, answer.text
        lines = [json.loads(line) for line in answer.text.splitlines()]
        return lines[:-1], lines[-1]

    def records(self, kind: str = "") -> dict[str, dict[str, Any]]:
        """Return every record of a kind as the feed gives it, by id."""
        rows, end = self.page()
        assert not end["more"]
        return {row["id"]: row for row in rows if kind in ("", row["kind"])}


def op(verb: str, kind: str, record_id: str, **parts: Any) -> dict[str, Any]:
    """Write an op as a desk sends it; ``op_id`` is new unless given."""
    return {"op_id": new_id(), "verb": verb, "kind": kind, "id": record_id, **parts}


def report(record_id: str = "", **fields: Any) -> dict[str, Any]:
    """Write the op that makes a report."""
    body = {
        "category": "person",
        "text": "Man kijkt in auto's",
        "place": "Kerkplein",
        "heard_at": "2026-03-14T12:55:00.000Z",
        **fields,
    }
    return op("create", "report", record_id or new_id(), set=body)


def command(kind: str, record_id: str, name: str, **args: Any) -> dict[str, Any]:
    """Write a command."""
    return op("command", kind, record_id, command=name, set=args)
