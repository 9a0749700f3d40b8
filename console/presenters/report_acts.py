"""What a person does with the report in hand: one key, one act (D02, F04-F08)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from console.bridge import settled
from console.domain.settled import LostClaim
from console.presenters.clipboard import clipboard_of
from console.views.keys.router import in_text_field
from console.views.reports.screen import PICTURES
from contract.vocabulary import Called112

if TYPE_CHECKING:
    from console.presenters.reports import ReportsPresenter

_ANSWERS = {
    "answer_1": Called112.YES,
    "answer_2": Called112.NO,
    "answer_3": Called112.UNKNOWN,
}


class ReportActs(QObject):
    """The acts of Meldingen, by command id."""

    def __init__(self, presenter: ReportsPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._kit = presenter.kit
        self._reports = presenter.kit.services.reports
        self._window = presenter.window
        self._last_link = ""
        self._doers: dict[str, Callable[[str], None]] = {
            "claim": self._claim,
            "release": self._release,
            "break_lease": self._break_lease,
            "pass_on": self._pass_on,
            "close_report": self._close,
            "reopen": self._reopen,
            "amend": self._amend,
            "mark_acute": self._mark_acute,
            "not_acute": self._not_acute,
            "copy": self._copy,
            "compose": self._compose,
            "photos": self._photos,
            "check_plate": partial(check_plate, presenter),
        }

    def do(self, command: str) -> None:
        """Do a command; on nothing chosen only the ones that need nothing."""
        if command == "new":
            wanted = self._presenter.list.wanted
            self._kit.navigator.open("new_report", area_id=wanted.area_id)
        elif command == "paste":
            self._kit.navigator.open("paste")
        elif command == "clear_filter":
            self._presenter.filter.narrow(area_id="", category="", text="")
            self._presenter.screen.take_focus()
        elif command == "undo":
            self._undo()
        elif command in _ANSWERS:
            self._answer(command)
        elif command in self._doers and self._presenter.chosen:
            self._doers[command](self._presenter.chosen)

    def open_file(self, path: str) -> None:
        """A chat file was dropped on the window, or a photo for the report in hand."""
        if path.lower().endswith(PICTURES):
            self._photos(self._presenter.chosen, path)
            return
        self._kit.navigator.open("paste", path=path)

    def keep_note(self, text: str) -> None:
        """Put the note in the history."""
        report_id = self._presenter.chosen
        if report_id:
            self._presenter.run(self._keep_note(report_id, text))

    def link(self, other_id: str, link_id: str) -> None:
        """Lay a link with a report that looks alike, or undo it (F06)."""
        if link_id:
            self._presenter.then(self._reports.unlink(link_id))
            return
        self._presenter.run(self._link(self._presenter.chosen, other_id))

    def on_claims_lost(self, lost: object) -> None:
        """Central gave a report to somebody else: say who, and have the next one ready."""
        found: Iterable[Any] = lost if isinstance(lost, list | tuple) else (lost,)
        me = self._kit.services.desk.person
        for one in found:
            if isinstance(one, LostClaim) and me is not None and one.person == me.id:
                self._presenter.run(self._lost(one))

    async def _lost(self, lost: LostClaim) -> None:
        card = await settled(self._reports.card(lost.report_id))
        name = card.row.holder_name if card is not None else ""
        here = self._presenter.chosen == lost.report_id
        busy = here and in_text_field(QApplication.focusWidget())
        follow = "De volgende staat klaar." if here else "Uw claim gaat niet door."
        if busy:
            # Nothing moves under the hand of who is writing.
            follow = "Uw notitie staat er nog."
        which = "" if here or card is None else f" bij “{card.row.title}”"
        self._kit.messages.warn(f"{name or 'Een ander'} was eerst{which}. {follow}")
        if here and not busy:
            self._presenter.choose_next()

    def _claim(self, report_id: str) -> None:
        self._presenter.then(self._reports.claim(report_id))

    def _release(self, report_id: str) -> None:
        card = self._presenter.card()
        if card is not None and card.row.claim in ("mine", "provisional"):
            self._presenter.then(self._reports.release(report_id))

    def _break_lease(self, report_id: str) -> None:
        def done(words: str) -> None:
            self._presenter.then(self._reports.break_lease(report_id, words))

        self._ask(
            "Neem over",
            "Waarom neemt u deze melding over?",
            "De ander ziet uw naam en uw reden.",
            "Neem over",
            done,
        )

    def _pass_on(self, report_id: str) -> None:
        def done(words: str) -> None:
            self._presenter.then(self._reports.wait_for(report_id, words))

        self._ask(
            "Doorzetten",
            "Op wie of wat wacht deze melding?",
            "Bijvoorbeeld: wijkagent, meldkamer, gemeente.",
            "Zet door",
            done,
            200,
        )

    def _reopen(self, report_id: str) -> None:
        def done(words: str) -> None:
            self._presenter.then(self._reports.reopen(report_id, words))

        self._ask(
            "Open weer",
            "Waarom moet deze melding weer open?",
            "De reden komt in de geschiedenis.",
            "Open weer",
            done,
        )

    def _close(self, _report_id: str) -> None:
        # At once, from the card in hand: the digits that follow belong to the popup.
        from console.presenters.report_dialogs import open_close

        card = self._presenter.card()
        if card is not None:
            self._kit.navigator.add_layer(open_close(self._kit, self._window, card))

    def _amend(self, _report_id: str) -> None:
        from console.presenters.report_dialogs import open_amend

        card = self._presenter.card()
        if card is not None:
            self._kit.navigator.add_layer(open_amend(self._kit, self._window, card))

    def _photos(self, report_id: str, path: str = "") -> None:
        from console.presenters.photos import open_photos

        card = self._presenter.card()
        if card is None or not report_id:
            self._kit.messages.info("Kies eerst de melding waar deze foto bij hoort.")
            return
        title = card.row.title
        self._kit.navigator.add_layer(open_photos(self._kit, self._window, report_id, title, path))

    def _compose(self, report_id: str) -> None:
        self._kit.navigator.open("compose", report_id=report_id)

    def _mark_acute(self, report_id: str) -> None:
        self._presenter.then(self._reports.mark_acute(report_id, True))

    def _not_acute(self, report_id: str) -> None:
        self._presenter.then(self._reports.mark_acute(report_id, False))

    def _copy(self, report_id: str) -> None:
        card = self._presenter.card()
        if card is not None and self._presenter.screen.detail.band.isVisibleTo(
            self._presenter.screen.detail
        ):
            self._presenter.run(self._copy_answer(report_id))

    async def _copy_answer(self, report_id: str) -> None:
        answer = await settled(self._kit.services.followups.quick_answer(report_id))
        clipboard_of(self._kit).copy(answer.text)
        self._kit.messages.info(
            "Het antwoord staat 60 seconden op het klembord. Plak het bij de beheerder."
        )

    def _answer(self, command: str) -> None:
        card = self._presenter.card()
        if card is not None and card.row.acute and card.row.status != "closed":
            self._presenter.then(self._reports.answer_112(card.row.id, _ANSWERS[command]))

    def _undo(self) -> None:
        if self._last_link:
            link, self._last_link = self._last_link, ""
            self._presenter.then(self._reports.unlink(link))

    async def _link(self, report_id: str, other_id: str) -> None:
        self._last_link = await settled(self._reports.link(report_id, other_id))
        self._kit.messages.info("Verband gelegd. Beide meldingen houden hun eigen tekst.", "Ctrl+Z")

    async def _keep_note(self, report_id: str, text: str) -> None:
        await settled(self._reports.note(report_id, text))
        self._presenter.hand.forget_note(report_id)
        if self._presenter.chosen == report_id:
            self._presenter.screen.take_focus()

    def _ask(
        self,
        title: str,
        label: str,
        hint: str,
        button: str,
        done: Callable[[str], None],
        most: int = 400,
    ) -> None:
        # Popups are imported at their first opening: the list stands sooner without them.
        from console.presenters.report_dialogs import open_ask_words

        self._kit.navigator.add_layer(
            open_ask_words(
                self._window,
                title=title,
                label=label,
                hint=hint,
                button=button,
                done=done,
                most=most,
            )
        )


def check_plate(presenter: ReportsPresenter, report_id: str) -> None:
    """Have the plate of the report in hand looked up beside its description (F60)."""
    card = presenter.card()
    if card is not None:
        text = f"{card.text}\n{card.description}"
        presenter.kit.navigator.open("plate", text=text, report_id=report_id)
