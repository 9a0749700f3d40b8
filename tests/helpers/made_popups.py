"""Popups and strips built from snapshots, where the way to them leads over another desk."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.clock import stamp
from console.domain.joining import Pair, Preview, Why
from console.domain.photo import Pixels
from console.domain.standing import standing
from console.domain.status import Lamp, Status
from console.domain.tray import COPY, DROP, MERGE, REDO, TEXT, TrayField, TrayItem
from console.presenters.photo_draw import open_draw
from console.views.dialogs.choose_area import ChooseAreaDialog
from console.views.dialogs.join import JoinDialog
from console.views.dialogs.justify import JustifyDialog
from console.views.dialogs.sure import SureDialog
from console.views.dialogs.tray import TrayDialog
from console.views.dialogs.waiver import WaiverDialog
from contract.op import Record
from tests.helpers.journey import KEY, Person
from tests.helpers.reach import Subject, over, shown

TALE = (
    "Een man met een blauwe jas loopt al een uur langs de huizen en voelt aan de deuren van de "
    "auto's. Hij kijkt steeds om en belt met iemand. Een buurman heeft hem aangesproken."
)


def _kept(_pixels: Any, _said: Any) -> Future[str]:
    return Future()


def drawing(outward: bool) -> Subject:
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


def which_area(person: Person, _: Any) -> QWidget:
    shown(person, "burgernet")
    choices = [
        (str(number), f"Bergen, gemeente {town}, provincie Verzonnenland")
        for number, town in enumerate(("Noorderbergen", "Bergen aan de Wiel", "Overbergen"))
    ]
    title = "Vermist: jongen van 9 jaar, Bergen"
    return over(person, ChooseAreaDialog(person.run.window, title, choices))


def second(person: Person, _: Any) -> QWidget:
    shown(person, "posts")
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


def reason(person: Person, _: Any) -> QWidget:
    shown(person, "posts")
    question = "Let op: een naam mag alleen bij vermissing. Het gaat om “Havenfeest”."
    return over(
        person, JustifyDialog(person.run.window, "Toch gebruiken", question, propose="Havenfeest")
    )


def waiver(person: Person, _: Any) -> QWidget:
    shown(person, "feedback")
    return over(person, WaiverDialog(person.run.window, "Fietsendieven rond het station"))


def sure(person: Person, _: Any) -> QWidget:
    shown(person, "settings", page="people")
    words = (
        "Joris van den Voorbeeld komt er aan deze desk niet meer in. Wat hij vastlegde, blijft "
        "staan. Wat van hem nog niet verstuurd was, gaat mee zodra een accounthouder dat zegt."
    )
    return over(person, SureDialog(person.run.window, "Haal de toegang weg", words, "Haal weg"))


def three_way(person: Person, _: Any) -> QWidget:
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


def joining(person: Person, _: Any) -> QWidget:
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


def strip(**changes: Any) -> Subject:
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
