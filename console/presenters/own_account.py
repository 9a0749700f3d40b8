"""Van uzelf at a team: one's own password at central, and the app with codes (security.md §3)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from console.presenters.access import AccessPresenter, squares_of
from console.presenters.kit import Kit
from console.presenters.station import TeamCentral
from console.views.settings.own import OwnPage

NOT_SIGNED_IN = "U bent nu niet aangemeld bij de centrale. Dat kan op de pagina Samenwerken."
KEPT = "De app met codes staat aan. Voortaan vraagt de centrale ook de zes cijfers."


class OwnAccountPresenter(AccessPresenter):
    """Shows these parts on a desk of a team only."""

    proved = Signal()
    """The app with codes was set up: this session may administer now."""

    def __init__(self, kit: Kit, page: OwnPage, central: TeamCentral, parent: QObject) -> None:
        super().__init__(kit, central.access, parent)
        self._page = page
        self._central = central
        page.factor.key_requested.connect(self._on_key)
        page.factor.proved.connect(self._on_proved)
        page.password.password_requested.connect(self._on_password)

    def refresh(self) -> None:
        """Show how the account of the person at work stands."""
        here = self.access.signed_in()
        me = self.kit.services.desk.person
        why_not = "" if me is not None and here.person == me.id else NOT_SIGNED_IN
        team = bool(self._central.address)
        self._page.set_account(team=team, proved=here.proved, why_not=why_not)

    def forget(self) -> None:
        """Take from the page what nobody should find there later."""
        for part in (self._page.factor, self._page.password):
            part.say("")
        self._page.factor.stop()
        self._page.password.forget()

    def _on_key(self) -> None:
        self.run(self._key(), self._page.factor.say)

    async def _key(self) -> None:
        key = await self.access.second_factor_key()
        self._page.factor.show_key(key.secret, squares_of(key.address))

    def _on_proved(self, digits: str) -> None:
        self.run(self._prove(digits), self._page.factor.say)

    async def _prove(self, digits: str) -> None:
        await self.access.prove(digits)
        self._page.factor.stop()
        self.refresh()
        self._page.factor.stop()
        self._page.factor.say(KEPT)
        self.proved.emit()

    def _on_password(self, old: str, new: str) -> None:
        self.run(self._password(old, new), self._page.password.say)

    async def _password(self, old: str, new: str) -> None:
        self._page.password.set_reason("De centrale wordt gevraagd")
        try:
            await self.access.change_password(old, new)
        finally:
            self._page.password.set_reason("")
        self._page.password.changed()
