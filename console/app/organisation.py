"""Signing in at the organisation's provider: the browser is away, the desk waits and may stop it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from PySide6.QtCore import QObject

from console.app.account import heard
from console.bridge import settled
from console.domain.failures import Problem, Refused

if TYPE_CHECKING:
    from console.app.program import Program

WITHIN_S = 300.0
"""How long the desk waits for the browser."""

NOT_OFFERED = Problem(
    "organisation-not-offered",
    "Deze centrale kent geen aanmelding via uw organisatie.",
    "Meld u aan met uw account en wachtwoord.",
)
SILENT = Problem(
    "organisation-silent",
    "De aanmeldpagina van uw organisatie antwoordt niet. Er is niets veranderd.",
    "Probeer het over een minuut opnieuw, of meld u aan met uw wachtwoord.",
)
STOPPED = Problem(
    "organisation-stopped",
    "U bent niet aangemeld: het aanmelden in de browser is gestopt.",
    "Er is niets veranderd. U kunt het opnieuw doen.",
)
TOO_LATE = Problem(
    "organisation-too-late",
    "Er kwam na vijf minuten nog geen antwoord uit de browser.",
    "Er is niets veranderd. Doe het opnieuw en maak het af in de browser.",
)
TURNED_AWAY = Problem(
    "organisation-turned-away",
    "Uw organisatie liet u niet binnen, of u stopte daar.",
    "Er is niets veranderd. Doe het opnieuw, of vraag de beheerder van uw organisatie.",
)


class _Wait(QObject):
    """One popup over the window while the browser is away; ``stopped`` once somebody stops it."""

    def __init__(self, program: Program, address: str, open_address: Callable[[str], bool]) -> None:
        from console.views.dialogs.browser import BrowserDialog

        super().__init__(program)
        self._address = address
        self._open_address = open_address
        self._proof: Future[Any] | None = None
        self.stopped = False
        self.dialog = BrowserDialog(program.window, urlsplit(address).netloc)
        self.dialog.again_requested.connect(self._on_again)
        self.dialog.finished.connect(self._on_finished)
        program.shell.add_layer(self.dialog)
        self.dialog.open()

    def show_browser(self, proof: Future[Any]) -> None:
        """Open the browser; stopping gives up waiting for ``proof``."""
        self._proof = proof
        self._on_again()

    def _on_again(self) -> None:
        if not self._open_address(self._address):
            self.dialog.say_no_browser()

    def _on_finished(self, done: object) -> None:
        self.stopped = not done
        if self.stopped and self._proof is not None:
            self._proof.cancel()


class Organisation:
    """Sends the browser of the system to the provider and hears what it brings back."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.open_address: Callable[[str], bool] = _open
        self.within_s = WITHIN_S

    async def prove(self, gateway: Any, submit: Callable[[Any], Future[Any]]) -> Mapping[str, str]:
        """Return what central trades for a session. Raises Refused, also where somebody stops."""
        from console.sync.organisation import NotOffered, ProviderSilent, TurnedAway, Visit

        visit = Visit(gateway)
        wait: _Wait | None = None
        try:
            address = await heard(submit(visit.begin()))
            wait = _Wait(self._program, address, self.open_address)
            proof = submit(visit.proof(self.within_s))
            wait.show_browser(proof)
            found: Mapping[str, str] = await settled(proof)
            return found
        except NotOffered:
            raise Refused(NOT_OFFERED) from None
        except ProviderSilent:
            raise Refused(SILENT) from None
        except TurnedAway:
            raise Refused(TURNED_AWAY) from None
        except TimeoutError:
            raise Refused(TOO_LATE) from None
        except asyncio.CancelledError:
            if wait is None or not wait.stopped:
                raise
            raise Refused(STOPPED) from None
        finally:
            if wait is not None:
                wait.dialog.close_with(True)
                wait.deleteLater()
            await settled(submit(visit.close()))

    async def offered(self, address: str) -> bool:
        """Say whether the central at this address offers it; False where it does not answer."""
        from console.sync.failures import Answered, LineDown
        from console.sync.organisation import ways_at

        try:
            return await asyncio.to_thread(ways_at, address.strip()) is not None
        except (Answered, LineDown, Refused):
            return False


def _open(address: str) -> bool:
    from console.views.open_safely import open_safely

    return open_safely(address)
