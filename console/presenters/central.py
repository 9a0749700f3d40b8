"""Samenwerken: joining a team from a desk that worked alone, signing in there again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.account import Account
from console.domain.acts import THINGS
from console.domain.failures import Problem, Refused
from console.domain.joining import Key
from console.presenters.access import squares_of
from console.presenters.kit import Kit
from console.presenters.station import TeamCentral
from console.services.logbook import LogWords
from console.views.dialogs.join import JoinDialog
from console.views.settings.central import CentralPage
from contract.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Coroutine

HOLDER = "Alleen de accounthouder zegt dat dit is nagevraagd."
DIGITS = "second-factor-required"
TRAINING = "In een oefening sluit u niet aan bij een team."


class CentralPresenter(QObject):
    """Carries out what the page asks; the joining itself goes on in a popup."""

    signed_in = Signal()
    """The person at work signed in at the team's central again."""

    def __init__(
        self, kit: Kit, page: CentralPage, window: QWidget, central: TeamCentral, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._page = page
        self._window = window
        self._central = central
        self._dialog: JoinDialog | None = None
        self._logbook = LogWords(kit.services.desk)
        page.join_requested.connect(self._on_join)
        page.sign_in_requested.connect(self._on_sign_in)
        page.admit_requested.connect(self._on_admit)
        page.witness.looked_into.connect(self._on_looked_into)
        page.address_typed.connect(self._on_address)
        self._asked = ""

    def refresh(self) -> None:
        """Show where central is now."""
        why_not = TRAINING if self._kit.services.desk.training else ""
        self._page.set_central(self._central.address, why_not=why_not)
        self._run(self._show_witness())

    async def _show_witness(self) -> None:
        me = self._kit.services.desk.person
        may = me is not None and me.may(Role.ACCOUNT_HOLDER)
        known = await settled(self._logbook.witness())
        self._page.witness.set_witness(known, why_not="" if may else HOLDER)

    def _on_looked_into(self) -> None:
        self._run(self._looked_into())

    async def _looked_into(self) -> None:
        await settled(self._logbook.looked_into())
        await self._show_witness()
        if self._central.address:
            self._on_address(self._central.address)

    def _on_address(self, address: str) -> None:
        if address == self._asked:
            return
        self._asked = address
        self._page.fields.offer_organisation(False)
        if address:
            self._kit.tasks.start(self._ways(address), "ways")

    async def _ways(self, address: str) -> None:
        offered = await self._central.offers_organisation(address)
        if address == self._asked:
            self._page.fields.offer_organisation(offered)

    def _on_sign_in(self, account: Account) -> None:
        self._run(self._sign_in(account))

    async def _sign_in(self, account: Account) -> None:
        self._page.set_busy("De centrale wordt gevraagd")
        await self._central.sign_in(account)
        self._page.set_busy("")
        self._page.done("U bent aangemeld. Wat wachtte, wordt nu verstuurd.")
        self.signed_in.emit()

    def _on_admit(self, account: Account, passphrase: str) -> None:
        self._run(self._admit(account, passphrase))

    async def _admit(self, account: Account, passphrase: str) -> None:
        self._page.set_busy("De centrale wordt gevraagd")
        name = await self._central.admit(account, passphrase)
        self._page.set_busy("")
        self._page.done(f"{name} kan zich nu op deze computer aanmelden.")

    def _on_join(self, address: str, account: Account) -> None:
        self._run(self._join(address, account))

    async def _join(self, address: str, account: Account) -> None:
        self._page.set_busy("De centrale wordt gevraagd")
        proved = await self._central.join_sign_in(address, account)
        self._page.set_busy("")
        self._page.done("")
        dialog = JoinDialog(self._window)
        self._dialog = dialog
        dialog.proved.connect(self._on_proved)
        dialog.bring_requested.connect(self._on_bring)
        dialog.go_requested.connect(self._on_go)
        dialog.finished.connect(self._on_closed)
        self._kit.navigator.add_layer(dialog)
        dialog.open()
        if proved:
            await self._look(dialog)
        else:
            key = await self._central.second_factor_key()
            dialog.ask_second_factor(key.secret, squares_of(key.address))

    async def _look(self, dialog: JoinDialog) -> None:
        dialog.set_busy("Uw desk en het team worden vergeleken")
        look = await self._central.look()
        dialog.set_busy("")
        before = list(look.same) if look.same or look.copies else None
        dialog.show_found(look.team_name, look.person_name, look.preview, before, list(look.copies))

    def _on_proved(self, digits: str) -> None:
        self._run(self._prove(digits))

    async def _prove(self, digits: str) -> None:
        assert self._dialog is not None
        await self._central.prove_second_factor(digits)
        await self._look(self._dialog)

    def _on_bring(self, same: Mapping[Key, str], copies: Collection[Key]) -> None:
        self._run(self._bring(same, copies))

    async def _bring(self, same: Mapping[Key, str], copies: Collection[Key]) -> None:
        dialog = self._dialog
        assert dialog is not None
        dialog.set_busy("Uw gegevens gaan naar het team")
        came = await self._central.bring(same, copies, dialog.show_progress)
        dialog.set_busy("")
        dialog.show_brought(came.added, came.same, [_words(one) for one in came.left])

    def _on_go(self) -> None:
        self._run(self._go())

    async def _go(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.set_busy("De desk gaat over")
            dialog.close_with(True)
        # The screens go, and this presenter with them: the program does the rest.
        await self._central.go_over()

    def _on_closed(self, went: object) -> None:
        self._dialog = None
        if not went:
            self._kit.tasks.start(self._central.stop(), "joining")

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._kit.tasks.start(self._guarded(work), "central", work)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Refused as refused:
            self._refused(refused.problem)

    def _refused(self, problem: Problem) -> None:
        words = f"{problem.sentence} {problem.next_step}".strip()
        if self._dialog is not None:
            self._dialog.show_problem(words)
            return
        self._page.set_busy("")
        if problem.code == DIGITS:
            self._page.ask_digits()
        self._page.say(words, "stop")


def _words(left: Any) -> str:
    """Return in words what the team did not take: its kind, the end of its id, and why."""
    kind = THINGS.get(left.kind, left.kind)
    why = f"niet goed: {', '.join(left.fields)}" if left.fields else "staat er anders"
    return f"{kind} {left.id[-6:]} ({why})"
