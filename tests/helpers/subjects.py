"""Opens every screen and popup that is about something: a post, a report, a group, a refused act.

The invented town of the demo is behind them. A subject is a name and how a window comes there; a
popup is built from snapshots where the way to it leads over another desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from console.domain.signs import SignForm, SpotForm
from console.models.directory import area, group
from console.models.post import post
from console.models.report import report
from console.presenters.import_areas import open_import_areas
from console.presenters.import_register import open_import_register
from console.presenters.photos import open_photos
from console.presenters.post_photo import open_post_photo
from console.presenters.report_dialogs import open_amend, open_close
from console.services.signs import Signs
from contract.vocabulary import MessageKind
from tests.helpers.area_files import geopackage, towns
from tests.helpers.journey import ALT, CTRL, KEY, MISSING, Person
from tests.helpers.made_popups import (
    drawing,
    joining,
    reason,
    second,
    strip,
    sure,
    three_way,
    waiver,
    which_area,
)  # fmt: skip
from tests.helpers.reach import Subject, id_of, over, shown

LIST = """\
Naam buurtapp;Soort;Gemeente;Wijk;Straten;Leden;Beheerder;Telefoon;Laatst gecontroleerd
Havenkade;Buurtapp;Veldermeer;Lagebrug;Havenkade, Kadesteeg;± 60;Anja Verzonnen;0600000071;1-2-2026
Brugwacht;WBT;Gemeente Veldermeer;Lagebrug;Brugstraat;41;Wim Verzonnen;06-00000072;
Winkels aan de Wiel;Ondernemers;Veldermeer;Nergenshuizen;;12;Fatiha Verzonnen;0600000073;
"""
FOUL = (
    "Vraag bij mevrouw Havenfeest, Dorpsstraat 12, naar de route. Haar nummer is 111222333 en bel "
    "06-12345678 of mail naar iemand@voorbeeld.nl. Houd de man zelf tegen."
)
"""A text with stops and warnings of many kinds."""


def _foul_draft(person: Person, _: Any) -> QWidget:
    directory = person.services.desk.look
    statement = select(group.c.id).where(group.c.state != "ended").limit(40)
    groups = person.ask(lambda: directory(lambda conn: conn.execute(statement).scalars().all()))
    post_id = person.settled(
        person.services.posts.new_draft(
            MessageKind.GENERAL,
            area_id=id_of(person, area, "Lagebrug"),
            values={"onderwerp": "Avondvierdaagse door de hele wijk", "bericht": FOUL},
            group_ids=groups,
        )
    )
    screen: Any = shown(person, "compose", post_id=post_id)
    person.until(lambda: screen._findings, "the guard")
    person.press(KEY.Key_F4)
    person.run.loop.turn(10)
    return screen  # type: ignore[no-any-return]


def _from_burgernet(person: Person, _: Any) -> QWidget:
    shown(person, "reports")
    person.run.program.shell.open("import", text=MISSING)
    person.run.loop.turn(20)
    top: QWidget = person.run.popup()
    return top


def _missing_draft(person: Person, _: Any) -> QWidget:
    dialog: Any = _from_burgernet(person, None)
    person.until(dialog.primary.isEnabled, "the text was read")
    person.confirm()
    person.until_here("compose")
    person.run.loop.turn(30)
    screen: QWidget = person.screen
    return screen


def _theirs(person: Person, _: Any) -> QWidget:
    return shown(
        person, "compose", post_id=id_of(person, post, "Man zegt van het waterbedrijf te zijn")
    )


def _issue(person: Person, _: Any) -> QWidget:
    return shown(person, "issue", post_id=id_of(person, post, "Vermiste man, Lagebrug"))


def _copied(person: Person, _: Any) -> QWidget:
    screen: Any = _issue(person, None)
    person.copy()
    person.run.loop.turn(20)
    title = screen.card._title
    assert not title.visibleRegion().isEmpty(), "what is to be done now lies out of sight"
    return screen  # type: ignore[no-any-return]


def _feedback(person: Person, _: Any) -> QWidget:
    screen: Any = shown(person, "feedback", urgent=True)
    person.press(KEY.Key_3)
    person.type("Twee verdachten zijn aangehouden na een tip van mevrouw Havenfeest.")
    person.run.loop.turn(20)
    return screen  # type: ignore[no-any-return]


def _handover(person: Person, _: Any) -> QWidget:
    return shown(person, "handover")


def _form(name: str, command: str, **of: tuple[Any, str]) -> Subject:
    def open_form(person: Person, _: Any) -> QWidget:
        screen = shown(person, name, **{key: id_of(person, *one) for key, one in of.items()})
        person.run.program.shell.do(command)
        person.run.loop.turn(20)
        return person.run.popup() or screen

    return open_form


def _signs(person: Person, _: Any) -> QWidget:
    spots = (SpotForm("Hoek Stationsstraat en Perronweg"), SpotForm("Ingang van het park"))
    form = SignForm("Buurtapp Waterkant", id_of(person, area, "Lagebrug"), spots=spots)
    request, _made = person.settled(Signs(person.services.desk).ask(form))
    return shown(person, "signs", request_id=request)


def _advice(person: Person, _: Any) -> QWidget:
    screen = _signs(person, None)
    person.run.program.shell.do("advise")
    person.run.loop.turn(20)
    return person.run.popup() or screen


def _report(person: Person, _: Any) -> QWidget:
    return shown(person, "reports")


def _card(person: Person) -> Any:
    shown(person, "reports")
    report_id = id_of(person, report, "Hek van bouwplaats open")
    card = person.ask(lambda: person.services.reports.card(report_id))
    return card


def _closing(person: Person, _: Any) -> QWidget:
    card = _card(person)
    acute = replace(card, row=card.row._replace(acute=True, called_112="no"))
    return over(person, open_close(person.run.kit, person.run.window, acute))


def _amending(person: Person, _: Any) -> QWidget:
    return over(person, open_amend(person.run.kit, person.run.window, _card(person)))


def _photos(person: Person, _: Any) -> QWidget:
    card = _card(person)
    kit, window = person.run.kit, person.run.window
    return over(person, open_photos(kit, window, card.row.id, card.row.title))


def _post_photo(person: Person, _: Any) -> QWidget:
    _issue(person, None)
    post_id = id_of(person, post, "Vermiste man, Lagebrug")
    return over(person, open_post_photo(person.run.kit, person.run.window, post_id))


def _plate(person: Person, _: Any) -> QWidget:
    shown(person, "reports")
    person.run.program.shell.open("plate", text="Rode Ford met kenteken 12-AE-IO")
    person.run.loop.turn(20)
    top: QWidget = person.run.popup()
    return top


def _whereabouts(person: Person, _: Any) -> QWidget:
    shown(person, "reports")
    report_id = id_of(person, report, "Hek van bouwplaats open")
    person.run.program.shell.open("whereabouts", kind="report", record_id=report_id)
    person.run.loop.turn(20)
    top: QWidget = person.run.popup()
    return top


def _register(person: Person, folder: Any) -> QWidget:
    shown(person, "groups")
    path = folder / "groepen.csv"
    path.write_text(LIST, encoding="utf-8")
    dialog: Any = open_import_register(person.run.kit, person.run.window, str(path))
    over(person, dialog)
    person.until(lambda: dialog.step == "columns", "the columns")
    return dialog  # type: ignore[no-any-return]


def _differences(person: Person, folder: Any) -> QWidget:
    dialog: Any = _register(person, folder)
    person.confirm()
    person.until(lambda: dialog.step != "columns", "what differs")
    person.run.loop.turn(20)
    return dialog  # type: ignore[no-any-return]


def _areas(person: Person, folder: Any) -> QWidget:
    shown(person, "groups")
    path = geopackage(folder / "wijkenbuurten_2024.gpkg", towns())
    dialog: Any = open_import_areas(person.run.kit, person.run.window, str(path))
    over(person, dialog)
    person.until(lambda: dialog.step == "towns", "the municipalities")
    return dialog  # type: ignore[no-any-return]


def _settings(page: str) -> Subject:
    def open_page(person: Person, _: Any) -> QWidget:
        return shown(person, "settings", page=page)

    return open_page


def _to_groups(person: Person, _: Any) -> QWidget:
    screen = _foul_draft(person, None)
    person.press(KEY.Key_G, CTRL)
    person.press(KEY.Key_PageDown, ALT)
    person.run.loop.turn(10)
    return screen


GROUP = {"group_id": (group, "Beheerders Lagebrug")}
AREA = {"area_id": (area, "Lagebrug")}

SUBJECTS: Mapping[str, Subject] = {
    "draft-with-stops": _foul_draft,
    "draft-at-its-groups": _to_groups,
    "read-from-burgernet": _from_burgernet,
    "draft-from-burgernet": _missing_draft,
    "draft-of-another": _theirs,
    "issue": _issue,
    "issue-copied": _copied,
    "feedback-written": _feedback,
    "handover-with-lines": _handover,
    "group": _form("groups", "no_such_command", **GROUP),
    "group-edited": _form("groups", "edit", **GROUP),
    "group-numbers": _form("groups", "show_numbers", **GROUP),
    "group-agreement": _form("groups", "agreement", **GROUP),
    "area": _form("groups", "no_such_command", **AREA),
    "area-edited": _form("groups", "edit", **AREA),
    "signs-of-a-request": _signs,
    "signs-advice": _advice,
    "signs-new": _form("signs", "new"),
    "closing": _closing,
    "amending": _amending,
    "photos": _photos,
    "photo-blocks": drawing(outward=False),
    "photo-blocks-outward": drawing(outward=True),
    "post-photo": _post_photo,
    "plate": _plate,
    "whereabouts": _whereabouts,
    "register-columns": _register,
    "register-differences": _differences,
    "areas-read": _areas,
    "which-area": which_area,
    "second-person": second,
    "reason": reason,
    "waiver": waiver,
    "sure": sure,
    "three-way": three_way,
    "joining": joining,
    "step": _form("process", "edit"),
    "relief": _form("handover", "relief"),
    "process-beside": _form("compose", "process", post_id=(post, "Fietsen op slot bij de camping")),
    "strip-signed-out": strip(line="signed_out", trouble="unauthenticated"),
    "strip-too-old": strip(line="upgrade_needed"),
    "strip-resync": strip(line="resyncing"),
    "strip-offline": strip(off=True, trouble="certificate-expired"),
    "strip-restarted": strip(restarted=True),
    "strip-read-only": strip(read_only=True),
    "settings-people": _settings("people"),
    "settings-own": _settings("own"),
    "settings-region": _settings("region"),
    "settings-feeds": _settings("feeds"),
    "settings-station": _settings("station"),
    "settings-central": _settings("central"),
    "settings-retention": _settings("retention"),
    "settings-logbook": _settings("logbook"),
}
"""Everything that is walked with a subject, by name."""
