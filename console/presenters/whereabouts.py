"""Shift+Q: what became of each act on the record in hand (sync.md §10)."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain import refusals
from console.domain import whereabouts as w
from console.domain.clock import LOCAL, local
from console.domain.whereabouts import Act, CentralAnswer, Whereabouts
from console.presenters.kit import Kit, Presenter
from console.views.dialogs.whereabouts import ActRow, WhereaboutsDialog
from console.views.text import moment_text, plural
from contract.dutch import word
from contract.vocabulary import OpStatus

NOTHING = "Kies eerst een melding, bericht of groep."
UNSURE = (w.SENT, w.WAITING, w.LOST)
"""What central may know more of than the desk does."""


class WhereaboutsPresenter(Presenter):
    """Reads from this desk; asks central only for the act that is looked at."""

    watches = ("report", "post", "placement", "log_entry", "group", "area", "administrator")

    def __init__(self, kit: Kit, dialog: WhereaboutsDialog, kind: str, record_id: str) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._kind, self._record_id = kind, record_id
        self._found = Whereabouts("")
        self._answers: dict[str, CentralAnswer] = {}
        self._shown = True
        dialog.chosen.connect(self._on_chosen)
        self.refresh()

    def refresh(self) -> None:
        """Read the acts again."""
        if not self._record_id:
            self._dialog.say(NOTHING)
            return
        acts = self.kit.services.whereabouts.acts(self._kind, self._record_id)
        self.then(acts, self._on_acts)

    def tick(self) -> None:
        """What waits goes on waiting, or not: look again."""
        if self._dialog.is_open():
            self.refresh()

    def _on_acts(self, found: Whereabouts) -> None:
        if not self._dialog.is_open():
            return
        self._found = found
        if not found.acts:
            self._dialog.say(found.title or NOTHING, "Hiermee is op deze desk nog niets gedaan.")
            return
        self._show()

    def _show(self) -> None:
        now = self.kit.clock.now().astimezone(LOCAL)
        waiting = sum(1 for act in self._found.acts if act.state in (w.WAITING, w.SENT, w.BLOCKED))
        said = f"{plural(waiting, 'wacht', 'wachten')} nog" if waiting else "alles is verwerkt"
        if any(act.state == w.REFUSED for act in self._found.acts):
            said = "iets om te beslissen (Q)"
        elif self._found.more:
            said += ", de nieuwste 60"
        rows = [self._row(act, now) for act in self._found.acts]
        self._dialog.set_acts(self._found.title, rows, said)

    def _row(self, act: Act, now: Any) -> ActRow:
        icon, tone, state = w.STATES[act.state]
        made = local(act.made_at)
        who = ", ".join(part for part in (act.by_name, act.station) if part)
        when = moment_text(made, now) if made else ""
        return ActRow(act.id, act.what, who, when, state, icon, tone, self._facts(act, state, now))

    def _facts(self, act: Act, state: str, now: Any) -> tuple[tuple[str, str], ...]:
        made, heard, again = local(act.made_at), local(act.central_at), local(act.next_at)
        who = ", ".join(part for part in (act.by_name, act.station) if part)
        facts = [
            ("Gedaan", f"{moment_text(made, now) if made else 'onbekend'}, {who}".rstrip(", "))
        ]
        stand = state
        if act.state == w.WAITING and act.tries:
            stand += f", {plural(act.tries, 'keer', 'keer')} geprobeerd"
            stand += f", weer om {again:%H:%M:%S}" if again else ""
        facts.append(("Stand", f"{stand}. {act.why}".strip() if act.why else stand))
        if heard is not None:
            version = f", versie {act.ver}" if act.ver else ""
            facts.append(("Bij de centrale", f"{moment_text(heard, now)}{version}"))
        elif act.ver:
            facts.append(("Bij de centrale", f"versie {act.ver}"))
        if act.op_id:
            facts.append(("Nummer", act.short_id))
            facts += self._asked(act, now)
        return tuple(facts)

    def _asked(self, act: Act, now: Any) -> list[tuple[str, str]]:
        """Return what central said when it was asked just now."""
        if act.op_id not in self._answers:
            return []
        answer = self._answers[act.op_id]
        if not answer.reached:
            return [("Nagevraagd", "De centrale is nu niet te bereiken.")]
        if not answer.known:
            return [("Nagevraagd", "De centrale heeft dit niet ontvangen.")]
        words = word(answer.status, OpStatus)
        at = local(answer.at)
        if at is not None:
            words += f", {moment_text(at, now)}"
        if answer.ver:
            words += f", versie {answer.ver}"
        if answer.code:
            words += f". {refusals.problem(answer.code, answer.status).sentence}"
        return [("Nagevraagd", words[:1].upper() + words[1:])]

    def _on_chosen(self, act_id: str) -> None:
        act = next((one for one in self._found.acts if one.id == act_id), None)
        if act is None or not act.op_id or self.kit.ask_central is None:
            return
        if act.state in UNSURE and act.op_id not in self._answers:
            self.run(self._ask(act.op_id))

    async def _ask(self, op_id: str) -> None:
        assert self.kit.ask_central is not None
        self._answers[op_id] = await settled(self.kit.ask_central(op_id))
        if self._dialog.is_open() and self._found.acts:
            self._show()


def open_whereabouts(
    kit: Kit, window: QWidget, kind: str = "", record_id: str = "", **_: Any
) -> WhereaboutsDialog:
    """Open it for a record, or for what the screen in front has in hand."""
    if not record_id:
        screen = kit.navigator.screen()
        if screen is not None:
            kind, record_id = screen.event_subject()
    dialog = WhereaboutsDialog(window)
    dialog.open()
    WhereaboutsPresenter(kit, dialog, kind, record_id)
    return dialog
