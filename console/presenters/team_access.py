"""Samenwerken at a team: its desks, and the keys of report forms (security.md §3, F10)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.access import TeamDesk
from console.presenters.access import AccessPresenter
from console.presenters.accounts import COPIED
from console.presenters.clipboard import clipboard_of
from console.presenters.kit import Kit
from console.presenters.station import TeamCentral
from console.views.settings.central import CentralPage
from contract.vocabulary import Role

REVOKE = (
    "{name} wordt meteen afgemeld en komt niet meer bij de centrale. Wat daar nog niet verstuurd "
    "is, blijft op die computer staan. U kunt hem later weer toelaten."
)
END_KEY = (
    "Het formulier {name} kan dan geen meldingen meer sturen. Wat al binnenkwam, blijft staan. "
    "Een ingetrokken sleutel komt niet terug: maak dan een nieuwe."
)


class TeamAccessPresenter(AccessPresenter):
    """Asks only for an account holder whose session proved a second factor."""

    def __init__(
        self, kit: Kit, page: CentralPage, central: TeamCentral, window: QWidget, parent: QObject
    ) -> None:
        super().__init__(kit, central.access, parent)
        self._page = page
        self._central = central
        self._window = window
        desks, keys = page.desks, page.form_keys
        desks.revoke_requested.connect(self._on_revoke)
        desks.restore_requested.connect(self._on_restore)
        keys.make_requested.connect(self._on_make)
        keys.end_requested.connect(self._on_end)
        keys.once.copy_wanted.connect(self._on_copy)

    def refresh(self, *, ask: bool) -> None:
        """Show what may be seen; ``ask``: the page is open, so central is asked."""
        here = self.access.signed_in()
        me = self.kit.services.desk.person
        holder = me is not None and me.may(Role.ACCOUNT_HOLDER)
        shown = bool(self._central.address) and here.person != "" and holder
        self._page.show_parts(holder=shown, proved=here.proved)
        if shown and here.proved and ask:
            self.run(self._desks(), self._page.desks.say)
            self.run(self._keys(), self._page.form_keys.say)

    def forget(self) -> None:
        """Take a key that was shown once from the page."""
        self._page.form_keys.once.forget()
        for part in (self._page.desks, self._page.form_keys):
            part.say("")

    async def _desks(self) -> None:
        desks = await self.access.desks()
        names = await self._names(desks)
        here = self.access.signed_in().device
        self._page.desks.set_desks(desks, names, here, self.kit.clock.now())

    async def _names(self, desks: tuple[TeamDesk, ...]) -> Mapping[str, str]:
        people = await settled(self.kit.services.people.all())
        wanted = {desk.person for desk in desks}
        return {one.id: one.name for one in people if one.id in wanted}

    async def _keys(self) -> None:
        keys = await self.access.form_keys()
        self._page.form_keys.set_keys(keys, self.kit.clock.now())

    def _on_revoke(self, desk: str) -> None:
        name = self._page.desks.name_of(desk)
        self.make_sure(
            self._window,
            f"{name} intrekken",
            REVOKE.format(name=name),
            "Trek in",
            partial(self._revoke_now, desk),
        )

    def _revoke_now(self, desk: str) -> None:
        self.run(self._revoke(desk), self._page.desks.say)

    async def _revoke(self, desk: str) -> None:
        name = self._page.desks.name_of(desk)
        await self.access.revoke(desk)
        await self._desks()
        self._page.desks.say(f"{name} is ingetrokken.")

    def _on_restore(self, desk: str) -> None:
        self.run(self._restore(desk), self._page.desks.say)

    async def _restore(self, desk: str) -> None:
        name = self._page.desks.name_of(desk)
        await self.access.restore(desk)
        await self._desks()
        self._page.desks.say(f"{name} mag zich weer aanmelden.")

    def _on_make(self, name: str) -> None:
        self.run(self._make(name), self._page.form_keys.say)

    async def _make(self, name: str) -> None:
        self._page.form_keys.say("")
        key = await self.access.make_form_key(name)
        self._page.form_keys.show_key(name, key)
        await self._keys()

    def _on_end(self, key_id: str) -> None:
        name = self._page.form_keys.name_of(key_id)
        self.make_sure(
            self._window,
            f"Sleutel van {name} intrekken",
            END_KEY.format(name=name),
            "Trek in",
            partial(self._end_now, key_id),
        )

    def _end_now(self, key_id: str) -> None:
        self.run(self._end(key_id), self._page.form_keys.say)

    async def _end(self, key_id: str) -> None:
        await self.access.end_form_key(key_id)
        await self._keys()
        self._page.form_keys.say("De sleutel is ingetrokken.")

    def _on_copy(self, key: str) -> None:
        clipboard_of(self.kit).copy(key)
        self._page.form_keys.say(COPIED)
