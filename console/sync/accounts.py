"""What a desk asks of a team's central about accounts, second factors, desks and keys of forms.

Source: security.md §3, docs/api.md §4.
"""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from pydantic import BaseModel

from console.sync.gateway import Gateway
from contract import routes
from contract.access import (
    AccountSeen,
    AccountsSeen,
    CodeGiven,
    DeviceSeen,
    DevicesSeen,
    SecondFactorOffer,
)
from contract.intake import IntakeKeyMade, IntakeKeys, IntakeKeySeen
from contract.messages import TeamSeen

M = TypeVar("M", bound=BaseModel)
Submit = Callable[[Any], Future[Any]]


class Accounts:
    """Every method returns a Future; it fails with ``LineDown`` or ``Answered``.

    ``submit`` runs a coroutine on the thread of the line. Administration needs a session of an
    account holder that proved a second factor; central decides that.
    """

    def __init__(self, gateway: Gateway, submit: Submit) -> None:
        self._gateway = gateway
        self._submit = submit

    def activate(self, code: str, password: str) -> Future[None]:
        """Choose a password with a code that an account holder gave."""
        body = {"code": code, "password": password}
        return self._do("POST", routes.ACTIVATE, body, signed=False)

    def first(
        self, code: str, account: str, password: str, team_name: str, person: tuple[str, str]
    ) -> Future[TeamSeen]:
        """Make the first account with the code that central printed; ``person``: id and name."""
        body = {
            "code": code,
            "account": account,
            "password": password,
            "team_name": team_name,
            "person": {"id": person[0], "name": person[1]},
        }
        asked = self._gateway.ask(TeamSeen, "POST", routes.FIRST_ACCOUNT, body, signed=False)
        return self._submit(asked)

    def change_password(self, old: str, new: str) -> Future[None]:
        """Choose another password; other sessions of the account end."""
        return self._do("POST", routes.PASSWORD, {"old": old, "new": new})

    def offer_second_factor(self) -> Future[SecondFactorOffer]:
        """Ask for a secret for the app with codes; it counts once it was confirmed."""
        return self._ask(SecondFactorOffer, "POST", routes.SECOND_FACTOR)

    def confirm_second_factor(self, code: str) -> Future[None]:
        """Show that the app holds the secret; this session has proved it too then."""
        return self._submit(self._confirm(code))

    def accounts(self) -> Future[tuple[AccountSeen, ...]]:
        """Return the accounts of the team."""
        return self._submit(self._list(AccountsSeen, "accounts", routes.accounts))

    def give(self, person: str, account: str) -> Future[CodeGiven]:
        """Give somebody an account, or start theirs anew; returns the code for them."""
        body = {"person": person, "account": account}
        return self._submit(self._of_team(CodeGiven, "POST", routes.accounts, body))

    def devices(self) -> Future[tuple[DeviceSeen, ...]]:
        """Return the desks of the team."""
        return self._submit(self._list(DevicesSeen, "devices", routes.devices))

    def revoke(self, device: str) -> Future[None]:
        """End what a desk may do, at once."""
        return self._submit(self._on_device("DELETE", device))

    def restore(self, device: str) -> Future[None]:
        """Let a desk in again."""
        return self._submit(self._on_device("PUT", device))

    def form_keys(self) -> Future[tuple[IntakeKeySeen, ...]]:
        """Return the keys of outside report forms, without their secrets."""
        return self._submit(self._list(IntakeKeys, "items", routes.intake_keys))

    def make_form_key(self, name: str) -> Future[IntakeKeyMade]:
        """Make a key for one form; the answer is the only place it can be read."""
        body = {"name": name}
        return self._submit(self._of_team(IntakeKeyMade, "POST", routes.intake_keys, body))

    def end_form_key(self, key_id: str) -> Future[None]:
        """End a key at once; what came in with it stays."""
        return self._submit(self._end_key(key_id))

    def _do(self, method: str, path: str, body: object, *, signed: bool = True) -> Future[None]:
        return self._submit(self._done(method, path, body, signed))

    def _ask(self, model: type[M], method: str, path: str) -> Future[M]:
        return self._submit(self._gateway.ask(model, method, path))

    async def _done(self, method: str, path: str, body: object, signed: bool = True) -> None:
        await self._gateway.tell(method, path, body, signed=signed)

    async def _confirm(self, code: str) -> None:
        await self._done("PUT", routes.SECOND_FACTOR, {"code": code})
        # The tokens at hand are of before: those that follow say that a second factor was proved.
        await self._gateway.renew_ahead()

    async def _of_team(
        self, model: type[M], method: str, path: Callable[[str], str], body: object = None
    ) -> M:
        answer: M = await self._gateway.ask(model, method, path(self._team()), body)
        return answer

    async def _list(self, model: type[M], name: str, path: Callable[[str], str]) -> Any:
        return getattr(await self._of_team(model, "GET", path), name)

    async def _on_device(self, method: str, device: str) -> None:
        await self._done(method, routes.devices(self._team(), device), None)

    async def _end_key(self, key_id: str) -> None:
        await self._done("DELETE", routes.intake_keys(self._team(), key_id), None)

    def _team(self) -> str:
        session = self._gateway.session
        return session.team.id if session is not None else "-"
