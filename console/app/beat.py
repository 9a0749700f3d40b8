"""The one clock of the screens, the lamps, and the lock after idle minutes (F51, §3)."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from console.app.opening import AWAY
from console.bridge import ThreadRelay, settled
from console.domain.changes import Changes
from console.domain.clock import LOCAL, stamp
from console.domain.offline import AwayClock, OfflineRule, Standing
from console.domain.status import Lamp, Line, Status
from console.sync.status import SyncStatus

if TYPE_CHECKING:
    from console.app.opening import Opened
    from console.app.program import Program
    from console.presenters.kit import Kit

BEAT_MS = 5_000
KEEP_EVERY = 12
"""After how many beats is written down how long the desk is without central: a minute."""

_TOUCHES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.MouseMove,
)
_AWAY = ("offline", "signed_out", "upgrade_needed")
_STATUS_KINDS = ("placement", "check", "post", "report", "alert", "handover")


class Beat(QObject):
    """Ticks every five seconds, carries changes to the screen thread, gathers the status."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self._relay = ThreadRelay(self)
        self._relay.arrived.connect(self._on_arrived)
        self._touched = time.monotonic()
        self._kit: Kit | None = None
        self._asking = False
        self._again = False
        self._confirmed_at = ""
        self._lateness = AwayClock()
        self._counts_for: Opened | None = None
        self._beats = 0
        self._store: Any = None
        self._engine: Any = None
        off = Lamp("", "unset")
        self.status = Status(off, off, off)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def start(self, kit: Kit, opened: Opened) -> None:
        """Begin for the person who is signed in."""
        self._kit = kit
        if self._store is not opened.store:
            self._store = opened.store
            opened.store.subscribe(self._relay.send)
        if opened.engine is not None and self._engine is not opened.engine:
            self._engine = opened.engine
            opened.engine.status.subscribe(self._relay.send)
            opened.engine.on_settled(self._relay.send)
        self._touched = time.monotonic()
        self._timer.start()
        self.ask()

    def stop(self) -> None:
        """Stop ticking."""
        self._timer.stop()
        self._kit = None

    def confirm(self) -> None:
        """Somebody gave their passphrase just now."""
        self._confirmed_at = self._present()

    def standing(self) -> Standing:
        """Say what the desk may do after its time without central (security.md §3)."""
        settings = self._program.settings
        rule = OfflineRule(
            settings.passphrase_hours, settings.read_only_days, not settings.central_url
        )
        contact = self._contact()
        now = self._present()
        set_back = self._lateness.set_back
        return rule.standing(contact, now, self._confirmed_at, set_back=set_back)

    @property
    def set_back(self) -> bool:
        """Whether the clock of this computer was put back since the last contact with central."""
        return self._lateness.set_back

    def _contact(self) -> str:
        opened = self._program.opened
        if opened is None:
            return ""
        return (opened.engine.contact if opened.engine else "") or opened.contact

    def _present(self) -> str:
        """Return the present that the time without central is counted with."""
        opened = self._program.opened
        if opened is not None and self._counts_for is not opened:
            self._counts_for = opened
            self._lateness.resume(opened.away, opened.contact)
        return self._lateness.present(self._contact(), stamp(self._program.clock.now()))

    def _keep_away(self, opened: Opened) -> None:
        """Write down once a minute how late it is, so that a restart with another clock knows."""
        self._beats += 1
        if self._program.settings.central_url and self._beats % KEEP_EVERY == 1:
            kept = self._lateness.to_keep()
            opened.store.write(partial(_keep, kept))

    def ask(self) -> None:
        """Gather the status anew."""
        kit = self._kit
        if kit is None:
            return
        if self._asking:
            self._again = True
            return
        self._asking = True
        self._program.tasks.start(self._gather(kit), "status")

    def quiet(self) -> float:
        """Return the seconds since somebody touched keys or mouse."""
        return time.monotonic() - self._touched

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is here."""
        if event.type() in _TOUCHES:
            self._touched = time.monotonic()
        return False

    async def _gather(self, kit: Kit) -> None:
        program = self._program
        try:
            opened = program.opened
            if opened is None:
                return
            line = opened.engine.status.now if opened.engine is not None else SyncStatus()
            self.status = await settled(
                kit.services.lamps.status(
                    Line(
                        embedded=not program.settings.central_url,
                        live=not self._is_away(line.state.value),
                        # Who changes places has no line for a moment; that is no outage.
                        at="" if line.state.value == "signed_out" and not line.trouble else line.at,
                        queue=line.queue,
                        oldest_at=line.oldest_at,
                        tray=line.tray,
                        others=line.others,
                        state=line.state.value,
                        trouble=line.trouble,
                        sentence=line.sentence,
                        skew_s=line.skew_s,
                        colleagues=tuple(line.colleagues),
                    )
                )
            )
            read_only = self.standing() is Standing.READ_ONLY
            self.status = replace(self.status, read_only=read_only)
            clock = await settled(kit.services.feedback.clock())
            counts = await settled(kit.services.reports.counts())
            now = program.clock.now().astimezone(LOCAL)
            window = program.window
            window.status_bar.set_status(self.status, now)
            window.status_bar.set_feedback(clock, now)
            window.rail.set_count("reports", counts.open)
            rail = await settled(kit.services.lamps.rail())
            window.rail.set_count("posts", rail.posts)
            window.rail.set_count("burgernet", rail.alerts)
            window.rail.set_count("feedback", rail.feedback, clock.late)
            program.feed.status_changed.emit(self.status)
        finally:
            self._asking = False
            if self._again:
                self._again = False
                self.ask()

    def _is_away(self, state: str) -> bool:
        """Say whether central is away. While a new try is under way that stays as it was."""
        if state in _AWAY:
            self._away = True
        elif state == "live":
            self._away = False
        return self._away

    def _on_beat(self) -> None:
        program = self._program
        now = program.clock.now().astimezone(LOCAL)
        program.window.status_bar.tick(now)
        program.feed.ticked.emit()
        idle = self.quiet()
        asks = self.standing() is Standing.ASK
        if program.opened is not None:
            self._keep_away(program.opened)
        idles = idle > program.settings.lock_minutes * 60 and not program.options.demo
        if idles or asks:
            program.tasks.start(program.gates.lock(), "lock")
            self._timer.stop()
            return
        self.ask()

    def _on_arrived(self, value: object) -> None:
        program = self._program
        if isinstance(value, Changes):
            program.feed.changed.emit(value)
            if value.touches("setting") and self._kit is not None:
                self._kit.services.team.learn_region()
            if value.touches(*_STATUS_KINDS):
                self.ask()
            return
        lost = getattr(value, "lost", ())
        if lost:
            program.feed.claims_lost.emit(lost)
        self.ask()


def _keep(kept: dict[str, str], conn: Any) -> None:
    from console.storage.memory import remember

    remember(conn, AWAY, kept)
