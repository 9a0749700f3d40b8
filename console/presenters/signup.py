"""A resident's sign-up: asks the way, hands the text over, and forgets (F19).

What is typed stays in the fields of the popup. It goes to no memory of this desk, no typing
buffer, no notice and no act; only the clipboard has it, for sixty seconds.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.failures import Problem, Refused
from console.domain.lookup import Address
from console.domain.signup import Route, read_address
from console.presenters.clipboard import clipboard_of
from console.presenters.kit import Kit, Presenter
from console.services.signups import Signups
from console.views.dialogs.signup import SignupDialog

FORGOTTEN_AFTER_S = 600
"""A popup that nobody touched for so long closes itself: nobody stands behind the desk."""

DONE = "Doorgegeven. Van de bewoner is hier niets bewaard."
LEFT = "De aanmelding stond tien minuten open en is weg. Er is niets van bewaard."
SEVERAL = "Dit adres kan op meer plekken liggen. Typ de plaats erbij en zoek opnieuw."
COUNTED = "Geteld als gat. Van de bewoner is hier niets bewaard."


class SignupPresenter(Presenter):
    """One sign-up. It is counted and logged once, however often the text is copied again."""

    def __init__(self, kit: Kit, dialog: SignupDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._service = Signups(kit.services.desk)
        self._board = clipboard_of(kit)
        self._counted = ("", "")
        self._ours = False
        self._touched = kit.clock.monotonic()
        dialog.route_requested.connect(self._on_route)
        dialog.hand_over_requested.connect(self._on_hand_over)
        dialog.gap_requested.connect(self._on_gap)
        dialog.signs_requested.connect(self._on_signs)
        dialog.done_requested.connect(self._on_done)
        dialog.edited.connect(self._on_edited)
        self._board.seconds_changed.connect(self._on_seconds)
        self._board.taken.connect(self._on_taken)
        self.then(self._service.counts(), dialog.set_counts)

    def tick(self) -> None:
        """Close what stands open with nobody behind it."""
        late = self.kit.clock.monotonic() - self._touched > FORGOTTEN_AFTER_S
        if late and self._dialog.is_open():
            self._clear()
            self._dialog.close_with(None)
            self.kit.messages.info(LEFT)

    def refused(self, problem: Problem) -> None:
        """Say it in the popup; what was typed stays there."""
        self._dialog.show_problem(problem)

    def _on_route(self, address: str) -> None:
        self._on_edited()
        self.run(self._find(address))

    async def _find(self, address: str) -> None:
        found, said = await settled(self._service.route(address)), ""
        if not found.groups:
            found, said = await self._look_outside(address, found)
        if self._dialog.is_open() and self._dialog.address.text() == address:
            self._dialog.set_route(found, said)

    async def _look_outside(self, address: str, here: Route) -> tuple[Route, str]:
        """Ask central for the area of an address whose street the desk does not know.

        Only where the team switched that on. Street, number and town go out, the name never; what
        comes back is codes of areas. Two places that could both be meant are not guessed between.
        """
        read = read_address(address)
        if self.kit.look_up is None or not read.street:
            return here, ""
        asked = Address(read.street, str(read.number or ""), read.town)
        try:
            seen = await self.kit.look_up.address(asked)
        except Refused as failure:
            off = failure.problem.code == "lookup-off"
            return here, "" if off else failure.problem.sentence
        exact = {(one.neighbourhood, one.district) for one in seen.places if one.exact}
        if len(exact) > 1:
            return here, SEVERAL
        codes = [code for one in exact for code in one if code]
        if not codes:
            return here, ""
        return await settled(self._service.route(address, codes)), ""

    def _on_hand_over(self) -> None:
        self._on_edited()
        self.run(self._hand_over())

    async def _hand_over(self) -> None:
        group, recipient = self._dialog.chosen_group(), self._dialog.chosen_recipient()
        if group is None or recipient is None:
            return
        handed = self._service.text(self._dialog.resident(), group, recipient)
        to = (group.group_id, recipient.key)
        if self._counted != to:
            # On disk before the text leaves: who got it cannot be forgotten.
            await settled(self._service.hand_over(group.group_id, recipient))
            self._counted = to
        if self._dialog.is_open():
            self._board.copy(handed.copyable.text)
            self._ours = True
            self._dialog.set_copied(self._board.seconds_left())

    def _on_gap(self, area_id: str) -> None:
        self.then(self._service.count_gap(area_id), self._on_counted)

    def _on_counted(self, _done: None) -> None:
        self._dialog.close_with(True)
        self.kit.messages.good(COUNTED)

    def _on_signs(self, area_id: str) -> None:
        # The area goes along and nothing of the resident: not even the street.
        self._dialog.close_with(True)
        self.kit.navigator.open("signs", new=True, area_id=area_id)

    def _on_done(self) -> None:
        self._clear()
        self._dialog.close_with(True)
        self.kit.messages.good(DONE)

    def _on_edited(self) -> None:
        self._touched = self.kit.clock.monotonic()

    def _on_seconds(self, seconds: int) -> None:
        if self._ours and self._dialog.is_open():
            self._dialog.set_copied(seconds)
            self._ours = seconds > 0

    def _on_taken(self) -> None:
        if self._ours and self._dialog.is_open():
            self._ours = False
            self._dialog.set_copied(0)

    def _clear(self) -> None:
        if self._ours:
            self._ours = False
            self._board.clear()


def open_signup(kit: Kit, window: QWidget, **_: Any) -> SignupDialog:
    """Open an empty sign-up; nothing of an earlier one is there."""
    dialog = SignupDialog(window)
    SignupPresenter(kit, dialog)
    dialog.open()
    return dialog
