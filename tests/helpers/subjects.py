"""Opens every screen and popup that is about something: a post, a report, a group, a refused act.

The invented town of the demo is behind them. A subject is a name and how a window comes there; a
popup is built from snapshots where the way to it leads over another desk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from console.domain.clock import stamp
from console.domain.joining import Pair, Preview, Why
from console.domain.photo import Pixels
from console.domain.signs import SignForm, SpotForm
from console.domain.standing import standing
from console.domain.status import Lamp, Status
from console.domain.tray import COPY, DROP, MERGE, REDO, TEXT, TrayField, TrayItem
from console.models.directory import area, group
from console.models.post import post
from console.models.report import report
from console.presenters.import_areas import open_import_areas
from console.presenters.import_register import open_import_register
from console.presenters.photo_draw import open_draw
from console.presenters.photos import open_photos
from console.presenters.post_photo import open_post_photo
from console.presenters.report_dialogs import open_amend, open_close
from console.services.signs import Signs
from console.views.dialogs.choose_area import ChooseAreaDialog
from console.views.dialogs.join import JoinDialog
from console.views.dialogs.justify import JustifyDialog
from console.views.dialogs.sure import SureDialog
from console.views.dialogs.tray import TrayDialog
from console.views.dialogs.waiver import WaiverDialog
from contract.op import Record
from contract.vocabulary import MessageKind
from tests.helpers.area_files import geopackage, towns
from tests.helpers.journey import ALT, CTRL, KEY, MISSING, Person

Subject = Callable[[Person, Any], QWidget]
"""Brings a person there, with a folder for files; returns what is on show."""

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

TALE = (
    "Een man met een blauwe jas loopt al een uur langs de huizen en voelt aan de deuren van de "
    "auto's. Hij kijkt steeds om en belt met iemand. Een buurman heeft hem aangesproken."
)


def id_of(person: Person, table: Any, title: str) -> str:
    """Return the id of the record of the town that is called so."""
    column = table.c.name if "name" in table.c else table.c.title
    statement = select(table.c.id).where(column == title).order_by(table.c.n)
    look = person.services.desk.look
    found = person.ask(lambda: look(lambda conn: conn.execute(statement).scalars().first()))
    assert found, f"the town has no {title}"
    return str(found)


def shown(person: Person, name: str, **params: Any) -> QWidget:
    """Open a screen the way its key does, and let it fill itself."""
    person.run.program.shell.open(name, **params)
    person.run.loop.turn(30)
    screen: QWidget = person.screen
    return screen


def over(person: Person, dialog: Any) -> QWidget:
    """Put a popup over the screen, and let it fill itself."""
    if not dialog.is_open():
        dialog.open()
    if person.run.popup() is not dialog:
        person.run.kit.navigator.add_layer(dialog)
    person.run.loop.turn(20)
    top: QWidget = dialog
    return top


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
    screen = _issue(person, None)
    person.copy()
    person.run.loop.turn(20)
    return screen


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


def _kept(_pixels: Any, _said: Any) -> Future[str]:
    return Future()


def _drawing(outward: bool) -> Subject:
    def open_drawing(person: Person, _: Any) -> QWidget:
        shown(person, "reports")
        pixels = Pixels(640, 480, bytes((90, 110, 150)) * (640 * 480))
        dialog: Any = open_draw(
            person.run.kit,
            person.run.window,
            pixels,
            subject="Fiets weg bij het station in Lagebrug",
            keep=_kept,
            done=lambda _: None,
            outward=outward,
        )
        person.run.loop.turn(10)
        person.press(KEY.Key_N)
        person.run.loop.turn(10)
        top: QWidget = dialog
        return top

    return open_drawing


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


def _which_area(person: Person, _: Any) -> QWidget:
    shown(person, "burgernet")
    choices = [
        (str(number), f"Bergen, gemeente {town}, provincie Verzonnenland")
        for number, town in enumerate(("Noorderbergen", "Bergen aan de Wiel", "Overbergen"))
    ]
    title = "Vermist: jongen van 9 jaar, Bergen"
    return over(person, ChooseAreaDialog(person.run.window, title, choices))


def _second(person: Person, _: Any) -> QWidget:
    _foul_draft(person, None)
    people = [("a", "Ruben Oostinga"), ("b", "Joris van den Voorbeeld")]
    dialog = JustifyDialog(
        person.run.window,
        "Toch gebruiken",
        "Dit lijkt een burgerservicenummer. Het gaat om “111222333”.",
        label="Waarom mag dit",
        colleagues=people,
    )
    top = over(person, dialog)
    dialog.show_problem("Deze wachtwoordzin is niet van Ruben Oostinga. Er is niets vastgelegd.")
    person.run.loop.turn(5)
    return top


def _reason(person: Person, _: Any) -> QWidget:
    _foul_draft(person, None)
    question = "Let op: een naam mag alleen bij vermissing. Het gaat om “Havenfeest”."
    return over(
        person, JustifyDialog(person.run.window, "Toch gebruiken", question, propose="Havenfeest")
    )


def _waiver(person: Person, _: Any) -> QWidget:
    shown(person, "feedback")
    return over(person, WaiverDialog(person.run.window, "Fietsendieven rond het station"))


def _sure(person: Person, _: Any) -> QWidget:
    shown(person, "settings", page="people")
    words = (
        "Joris van den Voorbeeld komt er aan deze desk niet meer in. Wat hij vastlegde, blijft "
        "staan. Wat van hem nog niet verstuurd was, gaat mee zodra een accounthouder dat zegt."
    )
    return over(person, SureDialog(person.run.window, "Haal de toegang weg", words, "Haal weg"))


def _three_way(person: Person, _: Any) -> QWidget:
    shown(person, "reports")
    text = TrayField(
        "text", "Tekst", TALE + " Zijn fiets staat er nog.", TALE, TALE.replace("uur", "half uur"),
        TEXT,
    )  # fmt: skip
    place = TrayField("place", "Waar", "Perronweg, Lagebrug", "Stationsstraat, Lagebrug", "")
    item = TrayItem(
        ("op-1",), "report", "r1", "Man voelt aan deuren van auto's",
        "Twee teksten voor dezelfde melding",
        "Een ander heeft dit intussen veranderd. Kies wat blijft; er is niets weg.",
        "2026-03-10T14:00:00.000Z", "balie 1", (text, place), (MERGE, REDO, COPY, DROP),
        has_theirs=True, their_name="Ruben Oostinga", their_at="2026-03-10T14:02:00.000Z", follows=2,
    )  # fmt: skip
    dialog = TrayDialog(person.run.window)
    top = over(person, dialog)
    waiting = "3 dingen wachten op verzending, de oudste 12 minuten. De desk verstuurt ze vanzelf."
    dialog.set_items([item, item], waiting, [("16:14, balie 1", "16:12")] * 2)
    person.run.loop.turn(10)
    return top


def _joining(person: Person, _: Any) -> QWidget:
    shown(person, "settings", page="central")

    def pair(kind: str, name: str, why: Why) -> Pair:
        mine, theirs = (Record(kind, f"{kind}-{side}", 1, {"name": name}) for side in "ab")
        return Pair(mine, theirs, why)

    pairs = (
        pair("group", "Buurtpreventie Lagebrug", Why.NAME),
        pair("area", "Lagebrug", Why.CODE),
        pair("person", "Lotte Brakel", Why.NAME),
    )
    dialog = JoinDialog(person.run.window)
    top = over(person, dialog)
    found = Preview(pairs, {"report": 14, "post": 6, "group": 2}, 37, ())
    dialog.show_found("Basisteam Wielderland", "Lotte Brakel", found, None, ())
    person.run.loop.turn(10)
    return top


def _strip(**changes: Any) -> Subject:
    def show_strip(person: Person, _: Any) -> QWidget:
        shown(person, "reports")
        now = person.run.program.clock.now()
        ago = stamp(now - timedelta(minutes=62))
        state = "off" if changes.get("off") else "good"
        calm = Status(
            Lamp("Centrale", state, ago),
            Lamp("Burgernet", "good", ago),
            Lamp("WhatsApp Web", "good", ago),
            queue=14,
            queue_oldest_at=ago,
        )
        said = {key: value for key, value in changes.items() if key not in ("off", "restarted")}
        at = now if changes.get("restarted") else None
        what = standing(replace(calm, **said), now, restarted_at=at, unknown=3 if at else 0)
        assert what is not None
        strip = person.run.window.strip
        strip.set_content(what.tone, what.icon, what.title, what.text)
        strip.set_aside(what.aside, what.button, what.key)
        strip.show()
        person.run.loop.turn(6)
        window: QWidget = person.run.window
        return window

    return show_strip


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
    "photo-blocks": _drawing(outward=False),
    "photo-blocks-outward": _drawing(outward=True),
    "post-photo": _post_photo,
    "plate": _plate,
    "whereabouts": _whereabouts,
    "register-columns": _register,
    "register-differences": _differences,
    "areas-read": _areas,
    "which-area": _which_area,
    "second-person": _second,
    "reason": _reason,
    "waiver": _waiver,
    "sure": _sure,
    "three-way": _three_way,
    "joining": _joining,
    "step": _form("process", "edit"),
    "relief": _form("handover", "relief"),
    "process-beside": _form("compose", "process", post_id=(post, "Fietsen op slot bij de camping")),
    "strip-signed-out": _strip(line="signed_out", trouble="unauthenticated"),
    "strip-too-old": _strip(line="upgrade_needed"),
    "strip-resync": _strip(line="resyncing"),
    "strip-offline": _strip(off=True, trouble="certificate-expired"),
    "strip-restarted": _strip(restarted=True),
    "strip-read-only": _strip(read_only=True),
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
