"""What a person does on a card: look at numbers, confirm, agree, edit, write a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.directory import AdministratorRow, GroupCard
from console.domain.failures import Problem
from console.views.dialogs.directory import Ask, ask_agreement, ask_reason
from console.views.groups.screen import GroupsScreen
from console.views.groups.words import why_no_numbers

if TYPE_CHECKING:
    from console.presenters.groups import GroupsPresenter


class GroupActs(QObject):
    """Does the commands of the card that is on show."""

    def __init__(self, owner: GroupsPresenter, screen: GroupsScreen, window: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._kit = owner.kit
        self._screen = screen
        self._window = window
        self._directory = owner.kit.services.directory
        self._asking: Ask | None = None

    def do(self, command: str) -> None:
        """Do a command of the screen; unknown ones do nothing."""
        forms = self._owner.forms
        acts = {
            "new": forms.new_group,
            "new_person": forms.new_person,
            "edit": self._edit,
            "edit_card": forms.edit_card,
            "show_numbers": self._ask_numbers,
            "confirm_card": self._confirm,
            "agreement": self._ask_agreement,
            "new_post": self._new_post,
            "import_areas": self._import_areas,
            "signup": self._signup,
            "signs": self._signs,
            "import_list": self._import_list,
        }
        act = acts.get(command)
        if act is not None:
            act()

    def refused(self, problem: Problem) -> bool:
        """Show a refusal in the question that is open; False where none is."""
        if self._asking is None or not self._asking.is_open():
            return False
        self._asking.show_problem(problem)
        return True

    def _edit(self) -> None:
        row = self._chosen_person()
        if row is not None:
            self._owner.forms.edit_person(row)
        else:
            self._owner.forms.edit_card()

    def _chosen_person(self) -> AdministratorRow | None:
        card = self._card()
        chosen = self._screen.detail.group.people.chosen_id()
        if card is None:
            return None
        return next((row for row in card.administrators if row.id == chosen), None)

    def _confirm(self) -> None:
        kind, record_id = self._screen.detail.shown()
        row = self._chosen_person()
        if row is not None:
            self._owner.then(self._directory.confirm("administrator", row.id), self._confirmed)
        elif kind == "group":
            self._owner.then(self._directory.confirm("group", record_id), self._confirmed)

    def _confirmed(self, _done: None) -> None:
        self._kit.messages.good("Vandaag bevestigd.")

    def _ask_numbers(self) -> None:
        card = self._card()
        if card is None or self._screen.detail.group.people.shown_numbers():
            return
        if not any(row.has_phone for row in card.administrators) and not card.invite_link:
            unseen = next((row.unseen for row in card.administrators if row.unseen), "")
            self._kit.messages.info(why_no_numbers(unseen or card.link_unseen))
            return
        ask = ask_reason(self._window, card.name)
        ask.answered.connect(self._on_reason)
        self._open(ask)

    def _on_reason(self, reason: str) -> None:
        card = self._card()
        if card is not None:
            self._owner.run(self._show_numbers(card, reason))

    async def _show_numbers(self, card: GroupCard, reason: str) -> None:
        numbers = await settled(self._directory.show_numbers(card.id, reason))
        if self._asking is not None:
            self._asking.close_with(True)
        now_on_show = self._card()
        if now_on_show is not None and now_on_show.id == card.id:
            self._screen.detail.group.people.set_phones(numbers.phones)
            self._screen.detail.group.set_invite(numbers.invite_link)

    def _ask_agreement(self) -> None:
        card = self._card()
        if card is not None:
            ask = ask_agreement(self._window, card.name)
            ask.answered.connect(self._on_agreement)
            self._open(ask)

    def _on_agreement(self, text: str) -> None:
        card = self._card()
        if card is not None:
            self._owner.then(self._directory.agree(card.id, text), self._agreed)

    def _agreed(self, _id: str) -> None:
        if self._asking is not None:
            self._asking.close_with(True)
        self._kit.messages.good("De afspraak is bewaard.")

    def _new_post(self) -> None:
        kind, record_id = self._screen.detail.shown()
        if kind == "group":
            self._kit.navigator.open("new_post", group_ids=[record_id])
        elif kind == "area":
            self._kit.navigator.open("new_post", area_id=record_id)
        else:
            self._kit.navigator.open("new_post")

    def _import_areas(self) -> None:
        # Brings the geometry library along, which the tree and its cards do not need.
        from console.presenters.import_areas import open_import_areas

        dialog = open_import_areas(self._kit, self._window)
        if dialog is not None:
            self._kit.navigator.add_layer(dialog)

    def _import_list(self) -> None:
        # Imported at its first opening: reading lists takes more than the tree needs.
        from console.presenters.import_register import open_import_register

        dialog = open_import_register(self._kit, self._window)
        if dialog is not None:
            self._kit.navigator.add_layer(dialog)

    def _signup(self) -> None:
        self._kit.navigator.open("signup")

    def _signs(self) -> None:
        self._kit.navigator.open("signs")

    def _card(self) -> GroupCard | None:
        if self._screen.detail.shown()[0] != "group":
            return None
        return self._screen.detail.group.card()

    def _open(self, ask: Ask) -> None:
        self._asking = ask
        ask.finished.connect(self._on_asked)
        ask.open()
        self._kit.navigator.add_layer(ask)

    def _on_asked(self, _result: object) -> None:
        self._asking = None
