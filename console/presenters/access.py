"""What the settings ask of the team's central about accounts, desks and keys (security.md §3)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import segno
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.domain.access import (
    FormKey,
    OneTimeCode,
    SecondFactorKey,
    SignedIn,
    TeamAccount,
    TeamDesk,
)
from console.domain.failures import Refused
from console.presenters.kit import Kit
from console.views.dialogs.sure import SureDialog

Said = Callable[[str, str], None]


class TeamAccess(Protocol):
    """Accounts, desks and keys of a team elsewhere. All that is awaited raises Refused."""

    def signed_in(self) -> SignedIn:
        """Return how this desk stands with central now."""
        ...

    async def change_password(self, old: str, new: str) -> None:
        """Choose another password; other sessions of the account end."""
        ...

    async def second_factor_key(self) -> SecondFactorKey:
        """Ask for a key for the app with codes; it counts once ``prove`` was told its digits."""
        ...

    async def prove(self, digits: str) -> None:
        """Show that the app holds the key; this session may administer then."""
        ...

    async def accounts(self) -> tuple[TeamAccount, ...]:
        """Return the accounts of the team."""
        ...

    async def give(self, person: str, account: str) -> OneTimeCode:
        """Give somebody an account, or start theirs anew; returns the code for them."""
        ...

    async def desks(self) -> tuple[TeamDesk, ...]:
        """Return the desks that ever signed in, the one seen last first."""
        ...

    async def revoke(self, desk: str) -> None:
        """End the sessions of a desk at once and let it in no more."""
        ...

    async def restore(self, desk: str) -> None:
        """Let a desk sign in again."""
        ...

    async def form_keys(self) -> tuple[FormKey, ...]:
        """Return the keys of outside report forms, the newest first."""
        ...

    async def make_form_key(self, name: str) -> str:
        """Make a key for one form; this is the only time it can be read."""
        ...

    async def end_form_key(self, key_id: str) -> None:
        """End a key at once; what came in with it stays."""
        ...


class AccessPresenter(QObject):
    """Base of the presenters of these parts: every refusal is said at its own place."""

    def __init__(self, kit: Kit, access: TeamAccess, parent: QObject) -> None:
        super().__init__(parent)
        self.kit = kit
        self.access = access
        self._act: Callable[[], None] | None = None

    def run(self, work: Coroutine[Any, Any, None], say: Said) -> None:
        """Start asking; ``say`` is told words and level where it is refused."""
        self.kit.tasks.start(self._guarded(work, say), "access", work)

    def make_sure(
        self, window: QWidget, title: str, words: str, button: str, act: Callable[[], None]
    ) -> None:
        """Ask before something that cannot simply be undone; ``act`` runs on yes."""
        dialog = SureDialog(window, title, words, button)
        self._act = act
        dialog.finished.connect(self._on_sure)
        self.kit.navigator.add_layer(dialog)
        dialog.open()

    def _on_sure(self, yes: object) -> None:
        act, self._act = self._act, None
        if yes and act is not None:
            act()

    async def _guarded(self, work: Coroutine[Any, Any, None], say: Said) -> None:
        try:
            await work
        except Refused as refused:
            problem = refused.problem
            say(f"{problem.sentence} {problem.next_step}".strip(), "stop")


def squares_of(address: str) -> tuple[tuple[bool, ...], ...]:
    """Return a text as a square code: rows of dark (True) and light squares, without a margin.

    Error correction M, as authenticator apps expect of a code on a screen.
    """
    code = segno.make_qr(address, error="m")
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
