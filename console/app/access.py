"""Accounts, desks and keys of the team, asked of its central by the running desk."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from console.app.central_words import words_of
from console.bridge import settled
from console.domain.access import (
    FormKey,
    OneTimeCode,
    SecondFactorKey,
    SignedIn,
    TeamAccount,
    TeamDesk,
)
from console.domain.failures import Problem, Refused

if TYPE_CHECKING:
    from console.app.program import Program
    from console.sync.accounts import Accounts
    from console.sync.failures import Answered

NOT_SIGNED_IN = Problem(
    "not-signed-in",
    "U bent nu niet aangemeld bij de centrale.",
    "Meld u aan op de pagina Samenwerken.",
)
OLD_WRONG = Problem(
    "old-password-wrong",
    "Het wachtwoord van nu klopt niet.",
    "Let op hoofdletters. Het oude wachtwoord geldt nog.",
)
DIGITS_WRONG = Problem(
    "digits-wrong",
    "Deze zes cijfers kloppen niet.",
    "Wacht op de volgende cijfers in de app en typ die.",
)
NOT_THERE_YET = Problem(
    "person-not-there",
    "De centrale kent deze persoon nog niet.",
    "Wacht tot alles is verstuurd en probeer het dan opnieuw.",
)
TAKEN = Problem(
    "account-taken",
    "Deze naam van een account is al van iemand anders.",
    "Kies een andere naam.",
)
NOT_A_NAME = Problem(
    "account-shape",
    "Dit kan geen naam van een account zijn.",
    "Neem 3 tot en met 60 kleine letters, cijfers, punten of streepjes.",
)
SOMEBODY_ELSE = Problem(
    "not-yourself",
    "Dit mag niet bij uzelf of bij de desk waar u werkt.",
    "Vraag een andere accounthouder.",
)
HOLDER_ONLY = Problem(
    "not-allowed", "Dit mag alleen de accounthouder.", "Vraag de accounthouder van uw team."
)
DESK_GONE = Problem(
    "desk-gone", "Deze desk staat niet meer in de lijst.", "Open de pagina opnieuw."
)
KEY_GONE = Problem("key-gone", "Deze sleutel is al weg.", "Open de pagina opnieuw.")
NO_NAME = Problem("key-name", "De naam past niet.", "Neem 1 tot en met 60 tekens.")


class Access:
    """Implements ``console.presenters.access.TeamAccess`` on the running program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def signed_in(self) -> SignedIn:
        """Return how this desk stands with central now."""
        opened = self._program.opened
        if opened is None or opened.engine is None:
            return SignedIn()
        gateway = opened.engine.gateway
        session = gateway.session
        if session is None:
            return SignedIn(device=gateway.device)
        return SignedIn(session.person.id, session.second_factor, gateway.device)

    async def change_password(self, old: str, new: str) -> None:
        """Choose another password; other sessions of the account end."""
        words = {"unauthenticated": OLD_WRONG, "password-refused/old": OLD_WRONG}
        await _heard(self._ask().change_password(old, new), words)

    async def second_factor_key(self) -> SecondFactorKey:
        """Ask for a key for the app with codes; it counts once ``prove`` was told its digits."""
        offer = await _heard(self._ask().offer_second_factor())
        return SecondFactorKey(offer.secret, offer.uri)

    async def prove(self, digits: str) -> None:
        """Show that the app holds the key; this session may administer then."""
        words = {"code-refused": DIGITS_WRONG, "batch-invalid": DIGITS_WRONG}
        await _heard(self._ask().confirm_second_factor(digits), words)

    async def accounts(self) -> tuple[TeamAccount, ...]:
        """Return the accounts of the team."""
        found = await _heard(self._ask().accounts(), {"forbidden": HOLDER_ONLY})
        return tuple(
            TeamAccount(one.person, one.account, one.active, one.second_factor) for one in found
        )

    async def give(self, person: str, account: str) -> OneTimeCode:
        """Give somebody an account, or start theirs anew; returns the code for them."""
        words = {
            "not-found": NOT_THERE_YET,
            "account-taken": TAKEN,
            "batch-invalid": NOT_A_NAME,
            "forbidden": SOMEBODY_ELSE,
        }
        given = await _heard(self._ask().give(person, account), words)
        return OneTimeCode(given.code, given.until)

    async def desks(self) -> tuple[TeamDesk, ...]:
        """Return the desks that ever signed in, the one seen last first."""
        found = await _heard(self._ask().devices(), {"forbidden": HOLDER_ONLY})
        return tuple(
            TeamDesk(one.id, one.name, one.seen_at, one.revoked_at, one.person) for one in found
        )

    async def revoke(self, desk: str) -> None:
        """End the sessions of a desk at once and let it in no more."""
        words = {"forbidden": SOMEBODY_ELSE, "not-found": DESK_GONE}
        await _heard(self._ask().revoke(desk), words)

    async def restore(self, desk: str) -> None:
        """Let a desk sign in again."""
        await _heard(self._ask().restore(desk), {"not-found": DESK_GONE})

    async def form_keys(self) -> tuple[FormKey, ...]:
        """Return the keys of outside report forms, the newest first."""
        found = await _heard(self._ask().form_keys(), {"forbidden": HOLDER_ONLY})
        return tuple(
            FormKey(one.id, one.name, one.made_at, one.used_at or "", one.revoked_at or "")
            for one in found
        )

    async def make_form_key(self, name: str) -> str:
        """Make a key for one form; this is the only time it can be read."""
        made = await _heard(self._ask().make_form_key(name), {"batch-invalid": NO_NAME})
        return str(made.key)

    async def end_form_key(self, key_id: str) -> None:
        """End a key at once; what came in with it stays."""
        await _heard(self._ask().end_form_key(key_id), {"not-found": KEY_GONE})

    def _ask(self) -> Accounts:
        from console.sync.accounts import Accounts

        opened = self._program.opened
        if opened is None or opened.thread is None or not self.signed_in().person:
            raise Refused(NOT_SIGNED_IN)
        return Accounts(opened.engine.gateway, opened.thread.submit)


async def _heard(asked: Future[Any], words: Mapping[str, Problem] | None = None) -> Any:
    """Wait for central's answer; ``words`` says what a refusal means here.

    By its code, or by its code and the place in the request that was wrong.
    """
    from console.sync.failures import Answered, LineDown

    try:
        return await settled(asked)
    except Answered as trouble:
        raise Refused(_meant(trouble, words or {})) from trouble
    except LineDown as trouble:
        raise Refused(words_of(trouble)) from trouble


def _meant(trouble: Answered, words: Mapping[str, Problem]) -> Problem:
    for place in (*trouble.pointers, ""):
        found = words.get(f"{trouble.code}{place}")
        if found is not None:
            return found
    return words_of(trouble)
