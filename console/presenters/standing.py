"""What goes on round the screens: the strip, the lamps and the rail lead to where they point."""

from __future__ import annotations

from datetime import datetime

from console.domain.clock import LOCAL
from console.domain.report import ReportCard
from console.domain.settled import LostClaim
from console.domain.standing import (
    AUDIT,
    LEDGER,
    NOTHING,
    SIGN_IN,
    TRAY,
    Standing,
    back_online,
    standing,
)
from console.domain.status import Status
from console.presenters.alert_news import AlertNews
from console.presenters.kit import Kit, Presenter
from console.views.main_window import MainWindow
from console.views.shell.status_bar import colleague_words

ONLINE = ("good", "here")


class StandingPresenter(Presenter):
    """Lives as long as somebody is signed in; one strip at a time."""

    watches = ("placement",)

    def __init__(self, kit: Kit, window: MainWindow) -> None:
        super().__init__(kit, window)
        self._window = window
        self._restarted_at: datetime | None = None
        self._unknown = 0
        self._post_id = ""
        self._before: Status | None = None
        self._shown_now: Standing | None = None
        self._shown = True
        self._lost: list[str] = []
        kit.feed.status_changed.connect(self._on_status)
        self._news = AlertNews(kit, self)
        kit.feed.claims_lost.connect(self._on_claims_lost)
        bar, rail = window.status_bar, window.rail
        bar.central_requested.connect(self._on_tray)
        bar.tray_requested.connect(self._on_tray)
        bar.burgernet_requested.connect(self._on_burgernet)
        bar.whatsapp_requested.connect(self._on_whatsapp)
        bar.unconfirmed_requested.connect(self._on_unconfirmed)
        bar.feedback_requested.connect(self._on_feedback)
        bar.colleagues_requested.connect(self._on_colleagues)
        rail.palette_requested.connect(self._on_palette)
        rail.menu_requested.connect(self._on_menu)
        rail.person_requested.connect(self._on_person)
        window.strip.pressed.connect(self._on_strip)

    def recovered(self, count: int) -> None:
        """So many rows became unknown because the desk fell over (F28)."""
        if count:
            self._restarted_at = self.kit.clock.now()
            self.refresh()

    def refresh(self) -> None:
        """Count again what nobody has looked up."""
        self.then(self.kit.services.ledger.unanswered(), self._on_unanswered)

    def tick(self) -> None:
        """Ages in the strip go on."""
        self._show()

    def end(self) -> None:
        """Nobody is signed in any more: take the strip away."""
        self._window.strip.hide()
        self._shown = False
        self.deleteLater()

    def _on_unanswered(self, found: tuple[int, str]) -> None:
        self._unknown, self._post_id = found
        self._show()

    def _on_status(self, status: Status) -> None:
        shown = self._shown_now
        self._show()
        before, self._before = self._before, status
        away = shown is not None and shown.action in (TRAY, SIGN_IN)
        if away and before is not None and status.central.state in ONLINE:
            lost, self._lost = self._lost, []
            self.kit.messages.good(" ".join([back_online(before, status), *lost]))

    def _on_claims_lost(self, lost: object) -> None:
        """Remember who was first while the line was away: contact and loss are told together."""
        me = self.kit.services.desk.person
        away = self._shown_now is not None and self._shown_now.action in (TRAY, SIGN_IN)
        for one in lost if isinstance(lost, list | tuple) else ():
            if away and isinstance(one, LostClaim) and me is not None and one.person == me.id:
                self.then(self.kit.services.reports.card(one.report_id), self._on_lost_card)

    def _on_lost_card(self, card: ReportCard | None) -> None:
        if card is not None:
            who = card.row.holder_name or "Een ander"
            self._lost.append(f"{who} was eerst bij “{card.row.title}”.")

    def _show(self) -> None:
        now = self.kit.clock.now()
        wanted = standing(
            self.kit.status(), now, restarted_at=self._restarted_at, unknown=self._unknown
        )
        strip = self._window.strip
        if wanted == self._shown_now:
            return
        self._shown_now = wanted
        if wanted is None:
            strip.hide()
            return
        strip.set_content(wanted.tone, wanted.icon, wanted.title, wanted.text)
        strip.set_aside(wanted.aside, wanted.button, wanted.key)
        strip.show()

    def _on_strip(self) -> None:
        action = self._shown_now.action if self._shown_now is not None else NOTHING
        if action == LEDGER:
            self._on_unconfirmed()
        elif action in (SIGN_IN, AUDIT):
            self.kit.navigator.open("settings", page="central")
        elif action == TRAY:
            self._on_tray()

    def _on_unconfirmed(self) -> None:
        self.then(self.kit.services.ledger.unanswered(), self._open_ledger)

    def _open_ledger(self, found: tuple[int, str]) -> None:
        if found[1]:
            self.kit.navigator.open("issue", post_id=found[1])
        else:
            self.kit.navigator.open("posts")

    def _on_tray(self) -> None:
        self.kit.navigator.do("tray")

    def _on_burgernet(self) -> None:
        self.kit.navigator.open("burgernet")

    def _on_whatsapp(self) -> None:
        self.kit.navigator.do("whatsapp_checked")

    def _on_feedback(self) -> None:
        self.kit.navigator.do("urgent_feedback")

    def _on_colleagues(self) -> None:
        now = self.kit.clock.now().astimezone(LOCAL)
        self.kit.messages.info(colleague_words(self.kit.status().colleagues, now))

    def _on_palette(self) -> None:
        self.kit.navigator.do("palette")

    def _on_menu(self) -> None:
        self.kit.navigator.do("menu")

    def _on_person(self) -> None:
        self.kit.navigator.open("settings", page="own")
