"""What the remedies of a finding and the acts of the strip do (screens.md §7, F26, F37)."""

from __future__ import annotations

from collections.abc import Coroutine
from concurrent.futures import Future
from functools import partial
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.failures import Refused
from console.domain.findings import remedied
from console.domain.post import Draft, Finding, Twin
from console.presenters.kit import Kit
from console.services.drafts import WORK_ROLES
from console.services.terms import TermList
from console.views.dialogs.justify import JustifyDialog
from console.views.posts.notice_strip import DraftStrip
from contract.guard.people import without_title
from contract.guard.terms import clean, fault_of
from contract.guard.words import WORDS

NOWHERE = "Dit bericht is nergens geplaatst. Er is niets terug te koppelen."
PROPOSED = "Het woord is voorgesteld. De accounthouder besluit bij Instellingen, Woorden."
WRONG_WORDS = "De wachtwoordzin klopt niet."


class Owner(Protocol):
    """The presenter of the text being written."""

    @property
    def draft(self) -> Draft | None:
        """The draft on the screen."""

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields now."""

    @property
    def text(self) -> str:
        """The whole text on the screen, as one group would get it."""

    def set_value(self, name: str, text: str) -> None:
        """Put another text in a field."""

    def edit(self, name: str, text: str) -> None:
        """Take a text as if it was typed."""

    def keep_fields(self) -> None:
        """Keep what is not kept yet."""

    def newer_template(self) -> str:
        """Return the id of the newer version of the template, empty for none."""

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Start a coroutine."""

    def then(self, future: Future[Any], done: Any = None) -> None:
        """Wait for an act."""


class FindingView(Protocol):
    """What shows the findings, with the strip above them."""

    strip: DraftStrip

    def go_to(self, finding: Finding) -> None:
        """Put the keyboard where a finding can be mended."""


class Remedies(QObject):
    """Carries out Alt+1 and Alt+2, and what the strip offers."""

    def __init__(self, kit: Kit, view: FindingView, window: QWidget, owner: Owner) -> None:
        """``owner`` holds the values; ``window`` is what dialogs hang over."""
        super().__init__(cast(QObject, owner))
        self._kit = kit
        self._view = view
        self._window = window
        self._owner = owner

    def act_on(self, finding: Finding, number: int) -> None:
        """Do one remedy of a finding; ``number`` counts from 0."""
        remedies = WORDS[finding.rule].remedies
        if not 0 <= number < len(remedies):
            return
        act = remedies[number].act
        if act == "apply":
            self._apply(finding)
        elif act in ("reason", "second_person"):
            self._owner.run(self._ask_reason(finding))
        elif act == "answer":
            self.act("outcome" if finding.rule == "action_ended" else "see")
        else:
            self._view.go_to(finding)

    def act(self, act: str) -> None:
        """Do what the strip offers, or open what the draft came from (O)."""
        draft = self._owner.draft
        if draft is None:
            return
        if act == "outcome":
            self._owner.run(self._write_outcome(draft.alert_id))
        elif act == "see":
            self._kit.navigator.open("burgernet", alert_id=draft.alert_id)
        elif act == "go_on":
            self._ask(
                "Status onbekend",
                "Waarom kan dit bericht toch uit? U kon niet zien of de actie nog loopt.",
                self._on_go_on,
            )
        elif act == "take_over":
            self._ask(
                "Bericht overnemen",
                take_over_words(draft.author_name),
                partial(self._on_take_over, draft.id),
            )
        elif act == "twin_both" and draft.twin is not None:
            self._ask(
                "Toch allebei",
                f"{draft.twin.words} Waarom moeten er twee zijn?",
                partial(self._on_both, draft.id, draft.twin.id),
            )
        elif act == "twin_join" and draft.twin is not None:
            self._owner.run(self._join(draft.id, draft.twin))
        elif act == "newer":
            self._owner.keep_fields()
            chosen = self._owner.newer_template()
            if chosen:
                self._owner.then(self._kit.services.posts.choose_template(draft.id, chosen))
        elif act == "plate":
            words = "\n".join((*self._owner.values.values(), draft.original))
            self._kit.navigator.open("plate", text=words)
        elif act == "source" and draft.alert_id:
            self._kit.navigator.open("burgernet", alert_id=draft.alert_id)
        elif act == "source" and draft.report_id:
            self._kit.navigator.open("reports", report_id=draft.report_id)
        elif act == "source" and draft.source_id:
            self._kit.navigator.open("posts", post_id=draft.source_id)
        elif act == "drop":
            self._owner.run(self._drop(draft.id))

    def go_elsewhere(self, finding: Finding) -> None:
        """F4 came to a finding that no field holds: the strip has its way out."""
        if self._view.strip.act_ids():
            self._view.strip.buttons[0].setFocus()
        else:
            self._kit.messages.warn(f"{finding.title}. {finding.explanation}")

    def _apply(self, finding: Finding) -> None:
        desk = self._kit.services.desk
        value = self._owner.values.get(finding.field_name, "")
        new = remedied(
            value,
            finding,
            region=desk.region,
            training=desk.training,
            today=self._kit.clock.now().astimezone(LOCAL).date(),
        )
        if new is None or new == value:
            self._view.go_to(finding)
        else:
            self._owner.set_value(finding.field_name, new)

    async def _ask_reason(self, finding: Finding) -> None:
        colleagues = None
        if finding.needs_second:
            people = await settled(self._kit.services.people.all())
            me = self._kit.services.desk.person
            colleagues = [
                (one.id, one.name)
                for one in people
                if one.active and one.slot and one.may(*WORK_ROLES) and one.id != (me and me.id)
            ]
        if finding.rule == "action_unknown":
            self.act("go_on")
            return
        dialog = JustifyDialog(
            self._window,
            "Toch gebruiken",
            f"{finding.title}. Het gaat om “{finding.text[:80]}”.",
            label="Waarom mag dit",
            colleagues=colleagues,
            propose=_proposable(finding),
        )
        dialog.given.connect(partial(self._on_decided, dialog, finding))
        self._open(dialog)

    def _on_decided(
        self, dialog: JustifyDialog, finding: Finding, reason: str, second: str, words: str
    ) -> None:
        self._owner.run(self._decide(dialog, finding, reason, second, words))

    async def _decide(
        self, dialog: JustifyDialog, finding: Finding, reason: str, second: str, words: str
    ) -> None:
        draft = self._owner.draft
        if draft is None:
            return
        services = self._kit.services
        eye = None
        if second:
            eye = await settled(services.people.look_along(second, words, self._owner.text))
            if eye is None:
                dialog.show_problem(WRONG_WORDS)
                return
            unknown = await self._kit.introduced(second) if self._kit.introduced else None
            if unknown is not None:
                dialog.show_problem(f"{unknown.sentence} {unknown.next_step}")
                return
        try:
            await settled(services.posts.decide(draft.id, finding, reason, eye))
        except Refused as refused:
            dialog.show_problem(refused.problem.sentence)
            return
        dialog.accept()
        if dialog.propose.isChecked():
            await settled(TermList(services.desk).propose(_proposable(finding), reason))
            self._kit.messages.info(PROPOSED)

    async def _write_outcome(self, alert_id: str) -> None:
        waiting = await settled(self._kit.services.alerts.waiting_for_outcome(alert_id))
        if waiting:
            self._kit.navigator.open("feedback", post_id=waiting[0])
        else:
            self._kit.messages.info(NOWHERE)

    def _ask(self, title: str, question: str, done: object) -> None:
        dialog = JustifyDialog(self._window, title, question)
        dialog.given.connect(partial(_hand_over, done, dialog))
        self._open(dialog)

    def _open(self, dialog: JustifyDialog) -> None:
        dialog.open()
        self._kit.navigator.add_layer(dialog)

    def _on_go_on(self, dialog: JustifyDialog, reason: str) -> None:
        dialog.accept()
        self._owner.edit("unseen_reason", reason)
        self._owner.keep_fields()

    def _on_both(self, post_id: str, twin_id: str, dialog: JustifyDialog, reason: str) -> None:
        dialog.accept()
        self._owner.then(self._kit.services.posts.keep_both(post_id, twin_id, reason))

    async def _join(self, post_id: str, twin: Twin) -> None:
        """Put this draft away, and go on with the message of the colleague."""
        # The other one first: a draft that is put away leads its screen somewhere else.
        self._kit.navigator.open("issue" if twin.released else "compose", post_id=twin.id)
        await settled(self._kit.services.posts.drop(post_id))
        self._kit.messages.info("Uw bericht is weggelegd. Het staat nog bij Berichten.")

    async def _drop(self, post_id: str) -> None:
        """Put this draft away; it stays in the log."""
        self._kit.navigator.open("posts")
        await settled(self._kit.services.posts.drop(post_id))
        self._kit.messages.info("Het concept is weggelegd. Het staat nog in het logboek.")

    def _on_take_over(self, post_id: str, dialog: JustifyDialog, reason: str) -> None:
        dialog.accept()
        self._owner.then(self._kit.services.posts.take_over(post_id, reason))


def _proposable(finding: Finding) -> str:
    """Return the word of a finding that may be proposed as no name, empty for none."""
    if finding.rule != "name":
        return ""
    word = clean(without_title(finding.text))
    return "" if fault_of(word) else word


def take_over_words(author: str) -> str:
    """Return what taking a draft over does, for the one who takes it and the one who wrote."""
    who = author or "Een collega"
    first = who.split(" ")[0] if author else "de ander"
    return (
        f"{who} schrijft hieraan en ziet meteen dat u het overneemt. De tekst blijft staan. "
        f"Wat {first} nog niet bewaard had, blijft daar als kopie. {first.capitalize()} kan "
        "daarna alleen meelezen."
    )


def _hand_over(done: object, dialog: JustifyDialog, reason: str, _second: str, _words: str) -> None:
    assert callable(done)
    done(dialog, reason)
