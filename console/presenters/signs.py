"""Borden: the list, one request, and what a person does with it (F20)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.failures import Problem
from console.domain.signs import SignCard, SignRow
from console.presenters.group_forms import options_of
from console.presenters.kit import Kit, Presenter
from console.presenters.typing_buffer import TypingBuffer
from console.services.memory import Memory
from console.services.signs import Signs
from console.views.dialogs.directory import Ask
from console.views.screen import Screen
from console.views.signs.forms import AdviceEditor, RequestEditor
from console.views.signs.screen import SignsScreen
from console.views.widgets.field import Field
from contract.vocabulary import SignState

REMEMBERED = "signs-screen"
NEW = "signs:new"

MADE = "Bewaard: de aanvraag, een groep in voorbereiding en een taak voor het advies."
MADE_FOR = "Bewaard: de aanvraag en een taak voor het advies."
KNOWN = "Deze aanvraag staat er vandaag al. Er is niets dubbel gemaakt."
TAKEN_BACK = "Ongedaan gemaakt. Aanvraag, taak en groep in voorbereiding zijn weg."
NO_UNDO = "Met deze aanvraag is al iets gedaan. Wijs hem af als hij niet doorgaat."


class SignsPresenter(Presenter):
    """Fills the screen and does what it asks."""

    watches = ("sign_request", "task", "group", "area", "area_shape", "log_entry")

    def __init__(self, kit: Kit, screen: SignsScreen) -> None:
        super().__init__(kit, screen)
        self._screen = screen
        self._service = Signs(kit.services.desk)
        self._memory = Memory(kit.services.desk)
        self._forms = SignForms(self, screen)
        self._segment = "open"
        self._chosen = ""
        self._turn = 0
        self._asking: Ask | None = None
        self._asked_about: SignCard | None = None
        screen.segment_chosen.connect(self._on_segment)
        screen.row_chosen.connect(self._on_row)
        screen.act_requested.connect(self._on_act)
        screen.width_chosen.connect(self._on_width)
        self.then(self._memory.recall(REMEMBERED), self._put_back)

    def open(
        self, request_id: str = "", new: bool = False, area_id: str = "", **params: Any
    ) -> None:
        """Show the list; with an id that request, with ``new`` an empty form in an area."""
        if request_id:
            self._chosen = request_id
            self.run(self.find(request_id))
        super().open(**params)
        if new:
            self._forms.new(area_id)

    def leave(self) -> None:
        """Keep what is being typed."""
        super().leave()
        self._forms.flush()

    def refresh(self) -> None:
        """Read again."""
        self.run(self._load())

    def tick(self) -> None:
        """A term may have gone by."""
        if self._shown:
            self._screen.list.view.viewport().update()

    def refused(self, problem: Problem) -> None:
        """Show a refusal in the question or form it belongs to, else as a notice."""
        editor = self._screen.detail.editor()
        if self._asking is not None and self._asking.is_open():
            self._asking.show_problem(problem)
        elif editor is not None:
            editor.show_problem(problem)
        else:
            super().refused(problem)

    async def _load(self) -> None:
        self._turn += 1
        turn, segment = self._turn, self._segment
        counts = await settled(self._service.counts())
        rows = await settled(self._service.rows(segment))
        if turn != self._turn:
            return
        self._screen.set_counts(counts)
        self._screen.set_rows(rows, segment)
        self._choose(rows)
        card = await settled(self._service.card(self._chosen)) if self._chosen else None
        if turn == self._turn:
            self._screen.set_card(card)

    def _choose(self, rows: list[SignRow]) -> None:
        view = self._screen.list.view
        blocked = view.blockSignals(True)
        if not any(row.id == self._chosen for row in rows):
            self._chosen = rows[0].id if rows else ""
        if self._chosen:
            view.set_current(self._chosen)
        view.blockSignals(blocked)
        if not rows and view.hasFocus():
            self._screen.take_focus()

    async def find(self, request_id: str) -> None:
        """Go to the segment a request stands in now."""
        card = await settled(self._service.card(request_id))
        if card is None:
            return
        done = (SignState.REFUSED, SignState.REMOVED)
        segment = "placed" if card.row.state == SignState.PLACED else "open"
        self._segment = "done" if card.row.state in done else segment
        self._screen.header.segments.select(self._segment)
        self._chosen = request_id
        self.refresh()

    def _on_segment(self, segment: str) -> None:
        if segment != self._segment:
            self._segment, self._chosen = segment, ""
            self.refresh()

    def _on_row(self, request_id: str) -> None:
        if request_id and request_id != self._chosen:
            self._chosen = request_id
            self.refresh()

    def _on_act(self, act: str) -> None:
        card = self._screen.detail.card()
        if act == "new":
            self._forms.new(card.area_id if card else "")
        elif card is None or self._screen.detail.editor() is not None:
            return
        elif act == "advise":
            self._forms.advice(card)
        elif act == "open_source":
            if card.group_name:
                self.kit.navigator.open("groups", group_id=card.group_id)
        elif act == "undo":
            self._take_back(card)
        elif act.startswith("answer_"):
            self._step(card, int(act.removeprefix("answer_")))

    def _step(self, card: SignCard, number: int) -> None:
        to = self._screen.detail.step_of(number)
        if to == SignState.REFUSED:
            ask = Ask(
                self._screen.window(),
                f"{card.row.title} afwijzen",
                "De reden komt bij de aanvraag. De taak vervalt en de groep in voorbereiding ook.",
                Field("Waarom gaat het niet door", max_length=400),
                "Wijs af",
            )
            ask.answered.connect(self._on_reason)
            # The list may choose another request meanwhile; the reason is for this one.
            self._asking, self._asked_about = ask, card
            ask.open()
            self.kit.navigator.add_layer(ask)
        elif to:
            moved = partial(self._moved, card.row.id)
            self.then(self._service.move(card.row.id, to, seen=card.row.state), moved)

    def _on_reason(self, why: str) -> None:
        card = self._asked_about
        if card is not None:
            to, state = SignState.REFUSED, card.row.state
            refused = partial(self._refused_it, card.row.id)
            self.then(self._service.move(card.row.id, to, seen=state, why=why), refused)

    def _refused_it(self, request_id: str, _done: None) -> None:
        if self._asking is not None:
            self._asking.close_with(True)
        self._moved(request_id, None)

    def _moved(self, request_id: str, _done: None) -> None:
        # Follow the request to where it stands now, so that the next step is under the hand.
        self.run(self.find(request_id))

    def _take_back(self, card: SignCard) -> None:
        if card.untouched:
            self.then(self._service.take_back(card.row.id), self._taken_back)
        else:
            self.kit.messages.info(NO_UNDO)

    def _taken_back(self, _done: None) -> None:
        self.kit.messages.good(TAKEN_BACK)
        self.refresh()

    def _put_back(self, kept: object) -> None:
        for window, width in dict(kept if isinstance(kept, dict) else {}).items():
            self._screen.splitter.set_width(int(window), int(width))

    def _on_width(self, window: int, width: int) -> None:
        self.run(self._keep_width(window, width))

    async def _keep_width(self, window: int, width: int) -> None:
        kept = await settled(self._memory.recall(REMEMBERED))
        widths = dict(kept) if isinstance(kept, dict) else {}
        await settled(self._memory.remember(REMEMBERED, {**widths, str(window): width}))

    def now(self) -> datetime:
        """Return the local time of the desk."""
        return self.kit.clock.now().astimezone(LOCAL)


class SignForms(QObject):
    """The forms: opened in the place of the card, kept while typed, saved as one act."""

    def __init__(self, owner: SignsPresenter, screen: SignsScreen) -> None:
        super().__init__(owner)
        self._owner = owner
        self._kit = owner.kit
        self._service = Signs(owner.kit.services.desk)
        self._screen = screen
        self._memory = Memory(owner.kit.services.desk)
        self._buffer = TypingBuffer(owner)
        self._subject = ""
        self._advised: SignCard | None = None

    def flush(self) -> None:
        """Keep what is being typed, now."""
        self._buffer.flush()

    def new(self, area_id: str) -> None:
        """Open an empty request, in an area where one is known."""
        self._owner.run(self._open_new(area_id))

    async def _open_new(self, area_id: str) -> None:
        options = options_of(await settled(self._kit.services.directory.shape()))
        await self._show(RequestEditor(options.areas, options.groups, area_id), NEW)

    def advice(self, card: SignCard) -> None:
        """Open the form for the advice of a request."""
        # The list may choose another request while somebody types; the advice is for this one.
        self._advised = card
        person = self._kit.services.desk.person
        today = f"{self._owner.now():%d-%m-%Y}"
        editor = AdviceEditor(
            card.row.title,
            card.row.advice_by or (person.name if person else ""),
            today,
            card.advice,
        )
        self._owner.run(self._show(editor, f"signs:{card.row.id}"))

    async def _show(self, editor: RequestEditor | AdviceEditor, subject: str) -> None:
        self._subject = subject
        typed = await settled(self._memory.typed(subject))
        editor.put_texts(typed)
        editor.edited.connect(self._on_edited)
        editor.save_requested.connect(self._on_save)
        editor.cancel_requested.connect(self._on_cancel)
        self._screen.detail.show_editor(editor)

    def _on_edited(self) -> None:
        editor = self._screen.detail.editor()
        if editor is not None:
            self._buffer.keep(self._subject, editor.texts())

    def _on_cancel(self) -> None:
        self._buffer.forget(self._subject)
        self._close()

    def _on_save(self) -> None:
        editor = self._screen.detail.editor()
        if editor is None:
            return
        editor.clear_problem()
        if isinstance(editor, RequestEditor):
            self._owner.run(self._save_request(editor))
        elif isinstance(editor, AdviceEditor):
            self._owner.run(self._save_advice(editor))

    async def _save_request(self, editor: RequestEditor) -> None:
        form = editor.values()
        request_id, made = await settled(self._service.ask(form))
        self._buffer.forget(self._subject)
        self._close()
        if made:
            self._kit.messages.info(MADE_FOR if form.group_id else MADE, "Ctrl+Z")
        else:
            self._kit.messages.info(KNOWN)
        await self._owner.find(request_id)

    async def _save_advice(self, editor: AdviceEditor) -> None:
        card = self._advised
        if card is None:
            return
        text, by, on = editor.values()
        await settled(self._service.advise(card.row.id, text, by, on, seen=card.advice))
        self._buffer.forget(self._subject)
        self._close()
        self._kit.messages.good("Bewaard. De taak is gedaan.")

    def _close(self) -> None:
        self._screen.detail.close_editor()
        self._screen.take_focus()


def make(kit: Kit, window: QWidget) -> tuple[Screen, Presenter]:
    """Make the screen and its presenter."""

    def now() -> datetime:
        return kit.clock.now().astimezone(LOCAL)

    screen = SignsScreen(now)
    return screen, SignsPresenter(kit, screen)
