"""Desks in processes of their own: a real window each, at one central in a third process.

A test hands a window a function and its arguments; the function runs there, on the ``Person`` at
that window, and its answer comes back. Between two of them the window goes on by itself, as a desk
does that nobody touches: what central tells is shown then.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import httpx
import pyotp

from contract import routes
from tests.helpers.cable import Cable
from tests.helpers.central_process import CentralProcess

P = ParamSpec("P")
T = TypeVar("T")

TEAM = "Basisteam Noorderland"
PASSWORD = "paarse fietsen bij het water"
WORDS = "vier rode fietsen buiten"
PATIENCE_S = 90.0
TURN_S = 0.02


class Broken(AssertionError):
    """What went wrong in the other process, with its own traceback as text."""


@dataclass(frozen=True)
class Seat:
    """Who sits where: folder of the desk, name of the station, and how they come in."""

    home: Path
    station: str
    address: str
    account: str
    code: str


class Window:
    """One desk in its own process, with the first person of a seat signed in."""

    def __init__(self, seat: Seat, cable: Cable) -> None:
        self.cable = cable
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_sit, args=(theirs, seat), daemon=True)
        self._process.start()
        theirs.close()
        self.name = seat.station

    def opened(self) -> Self:
        """Wait until the list stands."""
        self._answer()
        return self

    def do(self, act: Callable[Concatenate[Any, P], T], *args: P.args, **more: P.kwargs) -> T:
        """Have an act done at this window; returns its answer. ``act`` stands in a module."""
        self.begin(act, *args, **more)
        answer: T = self.answer()
        return answer

    def begin(
        self, act: Callable[Concatenate[Any, P], Any], *args: P.args, **more: P.kwargs
    ) -> None:
        """Have an act begun without waiting for it; ``answer`` waits."""
        self._pipe.send((act, args, more))

    def answer(self) -> Any:
        """Wait for the answer of what was begun."""
        return self._answer()

    def close(self) -> None:
        """Close the window as a person does; end the process whatever it does."""
        try:
            self._pipe.send(None)
            self._process.join(PATIENCE_S)
            assert self._process.exitcode == 0, f"{self.name} ended with {self._process.exitcode}"
        except OSError as gone:
            raise Broken(f"{self.name} was gone already") from gone
        finally:
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process.close()
            self._pipe.close()

    def _answer(self) -> Any:
        if not self._pipe.poll(PATIENCE_S):
            raise Broken(f"{self.name} does not answer")
        try:
            good, value = self._pipe.recv()
        except EOFError as gone:
            raise Broken(f"{self.name} died") from gone
        if not good:
            raise Broken(f"at {self.name}:\n{value}")
        return value


def _sit(pipe: Connection, seat: Seat) -> None:
    """Run one desk until the test lets go: the whole life of the process."""
    os.environ["BUURTDESK_HOME"] = str(seat.home)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import keyring
    from keyring.backends import fail
    from PySide6.QtWidgets import QApplication

    from console import settings as station
    from console.app.options import Options
    from console.paths import DESK, profile
    from console.views.theme.theme import Theme
    from tests.helpers.journey import Person
    from tests.helpers.program import Running

    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]  # it has no types
    station.save(profile(DESK).settings, station.Settings(station=seat.station, lock_minutes=60))
    app = QApplication(sys.argv[:1])
    run = Running(app, Theme(app), Options(DESK))
    person = Person(run)
    try:
        pipe.send(_tried(partial(come_in, person, seat)))
        while True:
            while not pipe.poll():
                run.loop.turn(1)
            asked = pipe.recv()
            if asked is None:
                break
            act, args, more = asked
            pipe.send(_tried(partial(act, person, *args, **more)))
    except EOFError:
        # The test is gone: so is this desk.
        sys.exit(1)
    finally:
        run.close()


def _tried(work: Callable[[], Any]) -> tuple[bool, Any]:
    try:
        return True, work()
    except (Exception, asyncio.CancelledError):
        return False, traceback.format_exc()


def come_in(person: Any, seat: Seat) -> None:
    """Come in at the team's central from the first page of a new desk, with a code."""
    from console.views.gates.first_run import FirstRunPage
    from console.views.gates.join_team import JoinTeamPage

    run = person.run
    run.gate(FirstRunPage).team_way.click()
    gate = run.gate(JoinTeamPage)
    gate.fields.address.set_text(seat.address)
    gate.fields.way.select("code")
    gate.fields.code.set_text(seat.code)
    gate.fields.name.set_text(seat.account)
    gate.fields.password.set_text(PASSWORD)
    gate.passphrase.set_text(WORDS)
    gate.primary.click()
    run.until_open()
    person.until(lambda: run.program.opened.engine.status.now.live, "live news")


class Office:
    """The account holder of the team's central, over plain requests: gives codes to the others."""

    def __init__(self, central: CentralProcess) -> None:
        self.url = central.url
        self._line = httpx.Client(base_url=central.url, timeout=60.0)
        first = {
            "code": central.code,
            "account": "chef",
            "password": PASSWORD,
            "team_name": TEAM,
            "person": {"id": "person-chef", "name": "Chris Verzonnen"},
        }
        self.team = self._ask("POST", routes.FIRST_ACCOUNT, first)["id"]
        device = {"id": "desk-chef", "name": "kantoor"}
        grant = {"grant": "password", "account": "chef", "password": PASSWORD, "device": device}
        session = self._ask("POST", routes.SESSIONS, grant)
        self._line.headers["Authorization"] = f"Bearer {session['access_token']}"
        secret = self._ask("POST", routes.SECOND_FACTOR)["secret"]
        self._ask("PUT", routes.SECOND_FACTOR, {"code": pyotp.TOTP(secret).now()})

    def code_for(self, person: str, name: str, account: str) -> str:
        """Add an operator to the team; returns the code with which they choose a password."""
        made = {"name": name, "roles": ["operator"], "active": True}
        self.push({"verb": "create", "kind": "person", "id": person, "set": made})
        path = routes.accounts(self.team)
        return str(self._ask("POST", path, {"person": person, "account": account})["code"])

    def push(self, *ops: dict[str, Any]) -> None:
        """Send ops of the account holder; all of them must be taken."""
        from console.services.desk import new_id

        sent = [{"op_id": new_id(), **op} for op in ops]
        client = {"device": "desk-chef", "app": "", "schema": routes.SCHEMA}
        answer = self._ask("POST", routes.ops(self.team), {"client": client, "ops": sent})
        assert all(one["status"] == "applied" for one in answer["results"]), answer

    def records(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return the bodies central holds of a kind, by id."""
        import orjson

        answer = self._line.get(routes.snapshot(self.team))
        assert answer.status_code == 200, answer.text
        rows = [orjson.loads(line) for line in answer.content.splitlines()]
        return {one["id"]: one["body"] for one in rows if one.get("kind") == kind}

    def close(self) -> None:
        """Close the line."""
        self._line.close()

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        answer = self._line.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None


@dataclass
class TwoWindows:
    """Sanne at the front, Ruben at the back, and the office of their central."""

    front: Window
    back: Window
    office: Office
    central: CentralProcess

    @property
    def desks(self) -> tuple[Window, Window]:
        """Both windows."""
        return self.front, self.back


GROUPS = ("group-lagebrug", "group-havenkade")
_GROUND: tuple[dict[str, Any], ...] = (
    {
        "verb": "create",
        "kind": "area",
        "id": "area-lagebrug",
        "set": {"name": "Lagebrug", "level": "village"},
    },
    *(
        {
            "verb": "create",
            "kind": "group",
            "id": group_id,
            "set": {
                "name": f"Beheerders {group_id.removeprefix('group-').capitalize()}",
                "kind": "administrators",
                "area_id": "area-lagebrug",
                "members": 40,
            },
        }
        for group_id in GROUPS
    ),
)

SANNE, RUBEN = "Sanne Voorbeeld", "Ruben Verzonnen"


@contextmanager
def two_windows(folder: Path) -> Iterator[TwoWindows]:
    """Start central and two desks of one team; everything is closed at the end."""
    with ExitStack() as stack:
        central = stack.enter_context(CentralProcess(folder / "team.db"))
        office = Office(central)
        stack.callback(office.close)
        made = []
        office.push(*_GROUND)
        for station, name, account in (("balie 1", SANNE, "sanne"), ("balie 2", RUBEN, "ruben")):
            code = office.code_for(f"person-{account}", name, account)
            cable = stack.enter_context(Cable(central.url))
            window = Window(Seat(folder / account, station, cable.url, account, code), cable)
            stack.callback(window.close)
            made.append(window)
        front, back = (window.opened() for window in made)
        yield TwoWindows(front, back, office, central)
