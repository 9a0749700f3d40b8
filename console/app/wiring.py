"""Which services, screens and popups there are; the only list of them all."""

from __future__ import annotations

import importlib
from functools import partial
from typing import TYPE_CHECKING, Any

from console.app.opening import Opened
from console.app.station import Station
from console.domain.person import Person
from console.presenters.kit import Kit, Presenter, Services
from console.views.screen import Screen
from contract.vocabulary import Role

if TYPE_CHECKING:
    from console.app.program import Program

SCREENS = {
    "reports": "reports",
    "posts": "posts",
    "compose": "compose",
    "issue": "issue",
    "feedback": "feedback",
    "groups": "groups",
    "coverage": "coverage",
    "signs": "signs",
    "burgernet": "burgernet",
    "handover": "handover",
    "process": "process",
    "templates": "templates",
    "settings": "settings",
}
"""Screen name: the module of ``console.presenters`` whose ``make`` builds it."""

POPUPS = {
    "new_report": ("report_dialogs", "open_new_report"),
    "paste": ("report_dialogs", "open_paste"),
    "import": ("import_alert", "open_import"),
    "new_post": ("posts", "open_new_post"),
    "record": ("posts", "open_record"),
    "feedback_now": ("feedback", "open_most_urgent"),
    "relief": ("handover", "open_relief"),
    "process_panel": ("process", "open_panel"),
    "palette": ("palette", "open_palette"),
    "key_sheet": ("key_sheet", "open_key_sheet"),
    "menu": ("menu", "open_menu"),
    "tray": ("tray", "open_tray"),
    "whereabouts": ("whereabouts", "open_whereabouts"),
    "whatsapp": ("whatsapp", "open_whatsapp"),
    "signup": ("signup", "open_signup"),
    "plate": ("plate", "open_plate"),
    "figures": ("figures", "open_figures"),
    "team_phone": ("team_phone", "open_team_phone"),
    "subject": ("subject", "open_subject"),
    "old_report": ("old_report", "open_old_report"),
}
"""Popup name: module of ``console.presenters`` and the function that opens it."""


FOR_AUDITORS = frozenset({"settings", "key_sheet", "lock"})
"""What somebody opens who has the role of auditor and no other (F41)."""


def build_kit(program: Program, opened: Opened, person: Person) -> Kit:
    """Build every service once for the person who is signed in."""
    from console.app.logbook import LogbookAtCentral
    from console.app.looking import introduced
    from console.app.looks import LooksAtCentral
    from console.app.lookups import LookUps
    from console.app.neighbours import NeighboursAtCentral
    from console.app.retention import KeepingAtCentral
    from console.app.subject import SubjectAtCentral
    from console.services.desk import Desk

    desk = Desk(
        opened.store,
        program.clock,
        station=program.settings.station_name,
        training=program.options.training,
    )
    desk.person = person
    desk.team = opened.team
    desk.standing = program.beat.standing
    services = Services(desk, opened.keyring, opened.key)
    return Kit(
        services=services,
        tasks=program.tasks,
        feed=program.feed,
        messages=program.messages,
        navigator=program.shell,
        clock=program.clock,
        status=partial(_status, program),
        station=Station(program),
        ask_central=partial(_ask_central, program),
        look_up=LookUps(program),
        look_now=LooksAtCentral(program),
        neighbour_teams=NeighboursAtCentral(program),
        keeping=KeepingAtCentral(program),
        logbook=LogbookAtCentral(program),
        subject=SubjectAtCentral(program),
        introduced=partial(introduced, program),
    )


def wire(program: Program, kit: Kit) -> None:
    """Register every screen and popup."""
    for name, module in SCREENS.items():
        program.shell.register(name, partial(_make, program, kit, module))
    for name, (module, function) in POPUPS.items():
        program.shell.register_popup(name, partial(_open, program, kit, module, function))
    person = kit.services.desk.person
    if person is not None and set(person.roles) == {Role.AUDITOR}:
        program.shell.route = partial(_to_the_logbook, kit)


def _to_the_logbook(kit: Kit, name: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Lead who only audits to the log: reports, posts and people are not theirs to read."""
    if name in FOR_AUDITORS:
        return name, params
    if name != "reports":
        kit.messages.info("U bent auditor: u ziet het logboek.")
    return "settings", {"page": "logbook"}


def _make(program: Program, kit: Kit, module: str) -> tuple[Screen, Presenter]:
    made = importlib.import_module(f"console.presenters.{module}").make(kit, program.window)
    assert isinstance(made, tuple)
    return made[0], made[1]


def _open(program: Program, kit: Kit, module: str, function: str, **params: Any) -> Any:
    opener = getattr(importlib.import_module(f"console.presenters.{module}"), function)
    return opener(kit, program.window, **params)


def _status(program: Program) -> Any:
    return program.beat.status


def _ask_central(program: Program, op_id: str) -> Any:
    from concurrent.futures import Future

    from console.domain.whereabouts import CentralAnswer
    from console.sync.asking import answer_of

    opened = program.opened
    if opened is None or opened.thread is None:
        gone: Future[CentralAnswer] = Future()
        gone.set_result(CentralAnswer(known=False, reached=False))
        return gone
    return opened.thread.submit(answer_of(opened.engine.gateway, op_id))
