"""The dialogs of Berichten: a new post by kind and area, and one recorded afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.failures import Problem
from console.domain.post import RecordedPost
from console.presenters.kit import Kit, Presenter
from console.views.dialogs.dialog import Dialog
from console.views.dialogs.new_post import NewPostDialog
from console.views.dialogs.place_field import PlaceField
from console.views.dialogs.record_post import RecordDialog
from contract.vocabulary import MessageKind


class _Places:
    """Fills a place field with offers while one types."""

    def __init__(self, presenter: Presenter, field: PlaceField, owner: Dialog) -> None:
        self._presenter = presenter
        self._owner = owner
        self._field = field
        field.typed.connect(self.look)

    def look(self, typed: str) -> None:
        """Ask for places; an answer for other letters than stand there now is left."""
        self._presenter.run(self._look(typed))

    async def _look(self, typed: str) -> None:
        found = await settled(self._presenter.kit.services.directory.places(typed, 8))
        # The dialog may be closed by now.
        if self._owner.is_open() and self._field.field.text() == typed:
            self._field.set_places([one for one in found if one.area_id])


class NewPostPresenter(Presenter):
    """Kind, then area, then Opstellen."""

    def __init__(self, kit: Kit, view: NewPostDialog, params: dict[str, Any]) -> None:
        """``params`` say what it starts from and go along to Opstellen."""
        super().__init__(kit, view)
        self._view = view
        self._params = params
        self._places = _Places(self, view.place, view)
        view.begin_requested.connect(self._on_begin)
        if params.get("report_id") or params.get("group_ids"):
            view.hide_place()
        else:
            self.run(self._own_area())

    async def _own_area(self) -> None:
        person = self.kit.services.desk.person
        if person is not None and person.area_id:
            card = await settled(self.kit.services.directory.area(person.area_id))
            empty = self._view.is_open() and not self._view.place.field.text()
            if card is not None and empty:
                self._view.place.set_area(card.id, card.name)

    def _on_begin(self, kind: str, area_id: str) -> None:
        params = dict(self._params)
        if area_id:
            params["area_id"] = area_id
        self._view.close_with(kind)
        self.kit.navigator.open("compose", kind=kind, **params)


class RecordPresenter(Presenter):
    """The guard reports afterwards and refuses nothing."""

    def __init__(self, kit: Kit, view: RecordDialog) -> None:
        """Tie the form to the service."""
        super().__init__(kit, view)
        self._view = view
        self._post_id = ""
        self._places = _Places(self, view.place, view)
        view.place.chosen.connect(self._on_area)
        view.record_requested.connect(self._on_record)
        view.follow_up_requested.connect(self._on_follow_up)

    def refused(self, problem: Problem) -> None:
        """Say it in the dialog; what was typed stays."""
        self._view.show_problem(f"{problem.sentence} {problem.next_step}".strip())

    def _on_area(self, area_id: str) -> None:
        if area_id:
            self.run(self._find_groups(area_id))

    async def _find_groups(self, area_id: str) -> None:
        found = await settled(
            self.kit.services.directory.candidates([area_id], MessageKind.GENERAL, "acute")
        )
        if self._view.is_open():
            self._view.set_groups(found)

    def _on_record(self, post: RecordedPost) -> None:
        self.then(self.kit.services.followups.record_afterwards(post), self._on_recorded)

    def _on_recorded(self, answer: tuple[str, Sequence[Any]]) -> None:
        self._post_id, findings = answer
        self._view.show_report(findings)

    def _on_follow_up(self) -> None:
        self.then(self.kit.services.followups.follow_up(self._post_id), self._on_begun)

    def _on_begun(self, post_id: str) -> None:
        self._view.close_with("follow_up")
        self.kit.navigator.open("compose", post_id=post_id)


def open_new_post(kit: Kit, window: QWidget, **params: Any) -> Dialog:
    """Ask what it says; ``report_id``, ``alert_id`` or ``group_ids`` say what it starts from."""
    about = ""
    if params.get("report_id"):
        about = "Over deze melding. Plaats en tijd staan straks al in de velden."
    elif params.get("group_ids"):
        about = "Voor de gekozen groep."
    dialog = NewPostDialog(window, about)
    NewPostPresenter(kit, dialog, {name: value for name, value in params.items() if value})
    dialog.open()
    return dialog


def open_record(kit: Kit, window: QWidget, **_params: Any) -> Dialog:
    """Record a post that was made from the phone."""
    dialog = RecordDialog(window, kit.clock.now().astimezone(LOCAL))
    RecordPresenter(kit, dialog)
    dialog.open()
    return dialog
