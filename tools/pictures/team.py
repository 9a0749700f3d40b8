"""The pictures of a desk of a team: shown from made-up snapshots, so that no clock or code differs.

What a central answers (codes, keys, when a desk was seen) is never twice the same; these pages are
filled by hand and look as they do with a real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from console.domain.access import FormKey, OneTimeCode, TeamAccount, TeamDesk
from console.domain.clock import LOCAL, stamp
from console.domain.joining import Pair, Preview, Why
from console.domain.person import Person
from console.domain.post import FeedbackClock
from console.domain.status import Lamp, Status
from console.presenters.access import squares_of
from console.views.dialogs.join import JoinDialog
from console.views.gates.join_team import JoinTeamPage
from console.views.main_window import MainWindow
from console.views.settings.person_account import short_state
from console.views.settings.screen import SettingsScreen
from contract.op import Record

ADDRESS = "https://centrale.voorbeeld.nl"
TEAM = "Basisteam Wielderland"
ME, OTHER = "person-1", "person-2"
PEOPLE = (
    Person(ME, "Lotte Brakel", ("account_holder", "operator"), slot=True),
    Person(OTHER, "Joris van den Voorbeeld", ("operator",)),
)
ACCOUNTS = (
    TeamAccount(ME, "lotte.brakel", True, True),
    TeamAccount(OTHER, "joris.voorbeeld", False, False),
)
SECRET = "VOOR" * 8


def pages(moment: datetime) -> Iterator[tuple[str, MainWindow]]:
    """Build one window after the other; whoever asks shows, pictures and closes it."""
    yield "aansluiten-nieuw", _gate()
    for name, fill in (
        ("instellingen-team", _central),
        ("instellingen-team-mensen", _people),
        ("instellingen-team-uzelf", _own),
    ):
        window, screen = _settings(moment)
        fill(screen, moment)
        yield name, window
    window, screen = _settings(moment)
    screen.show_page("central")
    _join(window)
    yield "aansluiten", window


def _gate() -> MainWindow:
    window = MainWindow()
    page = JoinTeamPage(has_keyring=False, address=ADDRESS)
    window.show_gate(page)
    return window


def _settings(moment: datetime) -> tuple[MainWindow, SettingsScreen]:
    window, screen = MainWindow(), SettingsScreen()
    window.set_title(TEAM)
    window.rail.set_team(TEAM)
    window.rail.set_person(PEOPLE[0].name, PEOPLE[0].initials, "Accounthouder")
    now = moment.astimezone(LOCAL)
    status = Status(
        Lamp("Centrale", "good", stamp(moment)),
        Lamp("Burgernet", "unset", words="niet ingesteld"),
        Lamp("WhatsApp Web", "unset", words="nog niet nagekeken"),
    )
    window.status_bar.set_status(status, now)
    window.status_bar.set_feedback(FeedbackClock(), now)
    window.add_screen(screen)
    window.show_screen(screen)
    screen.take_focus()
    return window, screen


def _central(screen: SettingsScreen, moment: datetime) -> None:
    page = screen.central
    screen.show_page("central")
    page.set_central(ADDRESS)
    page.show_parts(holder=True, proved=True)
    desks = (
        TeamDesk("desk-1", "balie 1", _ago(moment, 0), "", ME),
        TeamDesk("desk-2", "balie 2", _ago(moment, 12), "", OTHER),
        TeamDesk("desk-3", "laptop wijk", _ago(moment, 3000), _ago(moment, 2000), OTHER),
    )
    page.desks.set_desks(desks, {one.id: one.name for one in PEOPLE}, "desk-1", moment)
    page.desks.list.set_current("desk-2")
    key = FormKey("key-1", "Formulier Lagebrug", _ago(moment, 9000), _ago(moment, 31), "")
    page.form_keys.set_keys((key,), moment)


def _people(screen: SettingsScreen, moment: datetime) -> None:
    page = screen.people
    screen.show_page("people")
    accounts = {one.person: one for one in ACCOUNTS}
    page.account.set_accounts(accounts, ME)
    notes = {one.id: short_state(accounts[one.id]) for one in PEOPLE}
    page.set_people(PEOPLE, team=True, notes=notes)
    page.list.set_current(OTHER)
    until = stamp(moment + timedelta(days=3))
    page.account.show_code(OneTimeCode("VOOR7-BEELD-CODE2-VAN3X", until), moment)


def _own(screen: SettingsScreen, _moment: datetime) -> None:
    page = screen.own
    screen.show_page("own")
    page.set_person("23:00", has_passphrase=True)
    page.set_account(team=True)
    page.factor.show_key(SECRET, squares_of(f"otpauth://totp/Buurtdesk?secret={SECRET}"))


def _join(window: MainWindow) -> None:
    pairs = (
        _pair("group", "Buurtpreventie Lagebrug", Why.NAME),
        _pair("area", "Lagebrug", Why.CODE),
        _pair("person", "Lotte Brakel", Why.NAME),
    )
    dialog = JoinDialog(window)
    dialog.open()
    found = Preview(pairs, {"report": 14, "post": 6, "group": 2}, 37, ())
    dialog.show_found(TEAM, PEOPLE[0].name, found, None, ())


def _pair(kind: str, name: str, why: Why) -> Pair:
    mine, theirs = (Record(kind, f"{kind}-{side}", 1, {"name": name}) for side in ("a", "b"))
    return Pair(mine, theirs, why)


def _ago(moment: datetime, minutes: int) -> str:
    return stamp(moment - timedelta(minutes=minutes))
