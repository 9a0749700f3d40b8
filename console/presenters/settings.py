"""Instellingen: people and roles, own passphrase, region, this computer, training."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.failures import Problem, Refused
from console.domain.person import Person
from console.presenters.accounts import AccountsPresenter, ask_holder
from console.presenters.central import CentralPresenter
from console.presenters.feed_choice import FeedChoice
from console.presenters.kit import Kit, Presenter
from console.presenters.logbook import LogbookPresenter
from console.presenters.own_account import OwnAccountPresenter
from console.presenters.retention import RetentionPresenter
from console.presenters.station import Station
from console.presenters.team_access import TeamAccessPresenter
from console.presenters.terms import TermsPresenter
from console.settings import Settings
from console.views.settings.form import Form
from console.views.settings.screen import SettingsScreen
from console.views.settings.station import StationFacts

NOT_WRITTEN = Problem(
    "settings-not-written",
    "De instelling is niet bewaard.",
    "Maak ruimte vrij op deze computer en probeer het opnieuw.",
)

ADDED_AT_TEAM = "staat in het team. Geef hieronder een account."


class SettingsPresenter(Presenter):
    """Fills the page that is open and carries out what is asked of it."""

    watches = ("person", "setting", "log_entry")

    def __init__(self, kit: Kit, screen: SettingsScreen, station: Station, window: QWidget) -> None:
        super().__init__(kit, screen)
        self._screen = screen
        self._station = station
        screen.page_changed.connect(self._on_page)
        people, own = screen.people, screen.own
        people.add_requested.connect(self._on_add)
        people.roles_requested.connect(self._on_roles)
        people.leave_requested.connect(self._on_leave)
        own.shift_requested.connect(self._on_shift)
        own.passphrase_requested.connect(self._on_passphrase)
        screen.region.region_requested.connect(self._on_region)
        screen.station.station_requested.connect(self._on_station)
        screen.station.mode_requested.connect(station.set_mode)
        screen.station.scale_requested.connect(station.set_scale)
        screen.training.training_requested.connect(station.start_training)
        central = station.team_central
        self._central = CentralPresenter(kit, screen.central, window, central, self)
        self._accounts = AccountsPresenter(kit, people, central, window, self)
        self._feeds = FeedChoice(kit, screen.feeds, self)
        self._terms = TermsPresenter(kit, screen.words, self)
        self._retention = RetentionPresenter(kit, screen.retention, self)
        self._logbook = LogbookPresenter(kit, screen.logbook, self)
        self._account = OwnAccountPresenter(kit, own, central, self)
        self._team = TeamAccessPresenter(kit, screen.central, central, window, self)
        self._central.signed_in.connect(self.refresh)
        self._account.proved.connect(self.refresh)
        people.account.needs.wanted.connect(self._on_factor_wanted)
        screen.central.needs.wanted.connect(self._on_factor_wanted)

    def open(self, page: str = "", **_params: object) -> None:
        """Show the settings, at a page where one is named."""
        super().open()
        if page:
            self._screen.show_page(page)

    def refresh(self) -> None:
        """Read everything again."""
        self.run(self._load())

    def refused(self, problem: Problem) -> None:
        """Say it on the page; what was typed stays."""
        words = f"{problem.sentence} {problem.next_step}".strip()
        self._page().say(words, "stop")

    async def _load(self) -> None:
        self._central.refresh()
        self._account.refresh()
        self._feeds.refresh()
        self._terms.refresh()
        self._retention.refresh(ask=self._screen.page() == "retention")
        self._team.refresh(ask=self._screen.page() == "central")
        people = await settled(self.kit.services.people.all())
        me = self._me
        asked = ask_holder(people, me)
        self._accounts.show(people, asked)
        why_not = self._accounts.why_not(asked)
        mine = next((one for one in people if one.id == me.id), me)
        self._screen.own.set_person(mine.shift_until, has_passphrase=mine.slot)
        settings = self._station.settings
        self._screen.region.set_region(self.kit.services.desk.region.code, why_not=why_not)
        self._screen.station.set_station(
            StationFacts(
                settings.station_name,
                self._station.mode,
                self._station.scale,
                settings.lock_minutes,
                settings.sounds,
                _central_words(settings),
            )
        )

    @property
    def _me(self) -> Person:
        person = self.kit.services.desk.person
        assert person is not None
        return person

    def _page(self) -> Form:
        screen = self._screen
        pages: dict[str, Form] = {
            "people": screen.people,
            "own": screen.own,
            "region": screen.region,
            "words": screen.words,
            "feeds": screen.feeds,
            "retention": screen.retention,
            "logbook": screen.logbook,
            "station": screen.station,
            "central": screen.central,
            "training": screen.training,
        }
        return pages[screen.page()]

    def leave(self) -> None:
        """The screen goes to the back: codes and passwords do not stay on it."""
        super().leave()
        self._forget()

    def _forget(self) -> None:
        for one in (self._account, self._accounts, self._team, self._logbook):
            one.forget()

    def _on_factor_wanted(self) -> None:
        self._screen.show_page("own")
        self._screen.own.show_factor()

    def _on_page(self, page: str) -> None:
        self._forget()
        self._team.refresh(ask=page == "central")
        self._retention.refresh(ask=page == "retention")
        if page == "logbook":
            self._logbook.refresh()
        for form in (
            self._screen.people,
            self._screen.own,
            self._screen.region,
            self._screen.words,
            self._screen.feeds,
            self._screen.retention,
        ):
            form.say("")
        self._screen.station.say("")
        self._screen.central.say("")

    def _on_add(self, name: str, roles: tuple[str, ...], passphrase: str | None) -> None:
        added = self.kit.services.people.add(name, roles, passphrase)
        words = "kan zich nu aanmelden." if passphrase is not None else ADDED_AT_TEAM
        self.then(added, partial(self._on_added, f"{name.strip()} {words}"))

    def _on_added(self, words: str, person_id: str) -> None:
        self._screen.people.kept(words, person_id)
        self.refresh()

    def _on_roles(self, person_id: str, roles: tuple[str, ...]) -> None:
        changed = self.kit.services.people.set_roles(person_id, roles)
        self.then(changed, partial(self._on_people_kept, "De rollen zijn bewaard."))

    def _on_leave(self, person_id: str) -> None:
        if person_id == self._me.id:
            self.refused(
                Problem("leave-self", "U kunt uzelf niet weghalen.", "Vraag een accounthouder.")
            )
            return
        left = self.kit.services.people.leave(person_id)
        words = "Deze persoon kan zich hier niet meer aanmelden. De naam blijft in de geschiedenis."
        self.then(left, partial(self._on_people_kept, words))

    def _on_people_kept(self, words: str, _done: None) -> None:
        self._screen.people.kept(words)
        self.refresh()

    def _on_shift(self, until: str) -> None:
        self.then(self.kit.services.people.set_shift(until), self._on_shift_kept)

    def _on_shift_kept(self, _done: None) -> None:
        self._screen.own.say("Uw dienst is bewaard.")

    def _on_passphrase(self, old: str, new: str) -> None:
        changed = self.kit.services.people.change_passphrase(old, new)
        self.then(changed, self._on_passphrase_kept)

    def _on_passphrase_kept(self, _done: None) -> None:
        self._screen.own.kept("De nieuwe wachtwoordzin geldt nu. Schrijf hem niet op de computer.")
        self.refresh()

    def _on_region(self, code: str) -> None:
        self.then(self.kit.services.team.set_region(code), self._on_region_kept)

    def _on_region_kept(self, _done: None) -> None:
        name = self.kit.services.desk.region.name
        self._screen.region.say(f"De regio is nu {name}. Nieuwe teksten krijgen deze regels.")
        self.refresh()

    def _on_station(self, facts: StationFacts) -> None:
        wanted = replace(
            self._station.settings,
            station=facts.name,
            theme=facts.mode,
            lock_minutes=facts.lock_minutes,
            sounds=facts.sounds,
        )
        if self._keep(wanted):
            self._screen.station.say("Bewaard.")

    def _keep(self, settings: Settings) -> bool:
        try:
            self._station.keep(settings)
        except OSError:
            self.refused(NOT_WRITTEN)
            return False
        return True


def make(kit: Kit, window: QWidget) -> tuple[SettingsScreen, SettingsPresenter]:
    """Build the screen. Raises Refused where the program runs without a station."""
    if kit.station is None:
        raise Refused(Problem("no-station", "Instellingen zijn hier niet te openen."))
    screen = SettingsScreen(training=kit.services.desk.training)
    return screen, SettingsPresenter(kit, screen, kit.station, window)


def _central_words(settings: Settings) -> str:
    if settings.central_url:
        return f"De centrale staat op {settings.central_url}."
    return "De centrale draait op deze computer."
