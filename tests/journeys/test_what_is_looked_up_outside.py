"""A plate and an address are looked up outside, by keys, and nothing but the answer stays (F60)."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from shapely import box

from console.services.desk import Unit
from console.views.dialogs.amend_report import AmendReportDialog
from console.views.dialogs.new_report import NewReportDialog
from console.views.dialogs.plate import PlateDialog
from contract.outline import box_of, encoded
from contract.vocabulary import LOOKUPS
from tests.helpers.journey import CTRL, KEY, SHIFT, Person, Seat
from tests.helpers.lookups import STREETS, Registers, pdok, rdw, stand_in
from tests.helpers.outside import Reply

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

PLATE = "12-AE-IO"
TEXT = f"Rode Ford rijdt stapvoets, kenteken {PLATE}"
WRONG = ("Omschrijving zegt Ford, RDW zegt Opel.", "Omschrijving zegt rood, RDW zegt blauw.")


def areas(unit: Unit) -> None:
    """Two municipalities with an outline around the invented streets of each, and one without."""
    for town in ("Veldermeer", "Oosterveld"):
        area = unit.create("area", {"name": town, "level": "municipality"})
        spots = [street for street in STREETS if street[1] == town]
        for name, _town, _district, neighbourhood, x, y in spots:
            body = {"name": f"{name}buurt {town}", "level": "neighbourhood", "parent_id": area}
            inner = unit.create("area", {**body, "code": neighbourhood})
            outline = box(x - 200, y - 200, x + 200, y + 200)
            unit.create(
                "area_shape",
                {"area_id": inner, "shape": encoded(outline), "box": box_of(outline)},
            )


class Holding:
    """Holds an answer back until the test lets it go."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self.go = threading.Event()
        self.asked = threading.Event()

    def __call__(self, line: socket.socket, request: bytes) -> None:
        """Answer, later."""
        self.asked.set()
        self.go.wait(20)
        self._reply(line, request)


@pytest.fixture
def at(seat: Seat) -> Iterator[tuple[Person, Registers]]:
    """Somebody at a lone desk, of which the central asks stand-ins."""
    person = seat(begin=True)
    person.bulk(areas)
    person.settled(person.services.team.set_lookups(LOOKUPS))
    person.run.exchanged()
    office = person.run.central.switch.central._app.state.office
    with stand_in(office) as outside:
        yield person, outside


def new_report(person: Person) -> NewReportDialog:
    person.press(KEY.Key_N)
    dialog: NewReportDialog = person.until_dialog(NewReportDialog)
    return dialog


def check_plate(person: Person) -> PlateDialog:
    person.press(KEY.Key_K, CTRL | SHIFT)
    dialog: PlateDialog = person.until_dialog(PlateDialog)
    return dialog


def idle(person: Person, presenter: str) -> bool:
    return presenter not in person.run.program.tasks.names()


def says(dialog: PlateDialog, words: str) -> bool:
    return words in dialog.said()


def hint(dialog: NewReportDialog) -> str:
    return " ".join(
        part.accessibleName()
        for part in dialog.where.field.findChildren(QWidget)
        if part.isVisible()
    )


def test_a_plate_that_does_not_fit_is_seen_and_only_the_answer_is_kept(
    at: tuple[Person, Registers], caplog: pytest.LogCaptureFixture
) -> None:
    person, outside = at
    form = new_report(person)
    form.category.select("vehicle")
    form.text.editor.setFocus()
    person.type(TEXT)
    person.count()
    plate = check_plate(person)
    person.until(lambda: "Klopt niet" in plate.said(), "the mismatch")
    assert person.keys == 1
    assert all(one in plate.said() for one in WRONG)
    person.look("plate-mismatch")
    person.press(KEY.Key_Escape)
    person.until(lambda: person.run.popup() is form, "back in the form")
    assert form.text.text() == TEXT, "the check changed the report"

    form.place.setFocus()
    person.type("Voorbeeldlaan 12, Oosterveld")
    person.press(KEY.Key_G, CTRL)
    person.until(form.where.area_id, "the area of the address")
    assert "Voorbeeldlaanbuurt Oosterveld" in hint(form)
    assert form.place.text() == "Voorbeeldlaan 12, Oosterveld"
    person.look("area-found")
    person.confirm()
    person.until(lambda: person.run.popup() is None, "the report is kept")
    person.until(lambda: person.screen.detail.card() is not None, "the report in hand")
    card = person.screen.detail.card()
    assert card.row.area_name == "Voorbeeldlaanbuurt Oosterveld"

    plate = check_plate(person)
    person.until(lambda: "Klopt niet" in plate.said(), "the answer beside the report")
    person.press(KEY.Key_Return, CTRL | SHIFT)
    person.until(lambda: person.run.popup() is None, "kept with the report")
    person.run.exchanged()
    kept = person.settled(person.services.reports.card(card.row.id))
    said = " ".join(line.text for line in kept.history)
    assert "Personenauto, Opel Corsa, blauw" in said
    assert "Gevraagd bij RDW" in said

    person.screen.act_requested.emit("amend")
    amend: AmendReportDialog = person.until_dialog(AmendReportDialog)
    amend.place.setFocus()
    amend.place.set_text("Verzonnenpad 3, Veldermeer")
    person.press(KEY.Key_G, CTRL)
    person.until(amend.where.is_taken, "the area of the better address")
    person.confirm()
    person.until(lambda: person.run.popup() is None, "the correction is kept")
    kept = person.settled(person.services.reports.card(card.row.id))
    assert kept.row.area_name == "Verzonnenpadbuurt Veldermeer"

    asked = outside.asked("plates")
    assert len(asked) == 2
    assert all(b"12AEIO" not in one.split(b"\r\n\r\n")[0] for one in asked)
    for term in (PLATE, "12AEIO"):
        assert term not in said
        assert term not in caplog.text


def test_an_answer_that_comes_late_changes_nothing_and_esc_takes_the_question_back(
    at: tuple[Person, Registers],
) -> None:
    person, outside = at
    form = new_report(person)
    late = Holding(pdok)
    outside.replies("addresses", late)
    form.place.setFocus()
    person.type("Voorbeeldlaan 12, Oosterveld")
    person.press(KEY.Key_G, CTRL)
    person.until(late.asked.is_set, "the question is under way")
    person.type(" achter de kerk")
    late.go.set()
    person.until(partial(idle, person, "AreaFinder"), "nobody waits for the answer")
    assert not form.where.area_id(), "an answer about what was typed before was taken"
    outside.replies("addresses", pdok)
    person.press(KEY.Key_G, CTRL)
    person.until(lambda: "Schrijf straat" in hint(form), "no sentence goes out")
    assert not form.where.area_id()

    form.place.set_text("Voorbeeldlaan 12")
    person.press(KEY.Key_G, CTRL)
    person.until(lambda: "Schrijf straat" in hint(form), "two towns, so the town is asked")
    form.place.set_text("Verzonnenweg 3, Veldermeer")
    person.press(KEY.Key_G, CTRL)
    person.until(form.offers_shown, "what is alike is a choice")
    assert not form.where.area_id()

    slow = Holding(rdw)
    outside.replies("plates", slow)
    form.text.editor.setFocus()
    person.type(TEXT)
    plate = check_plate(person)
    person.until(slow.asked.is_set, "RDW was asked")
    assert "hooguit 10 seconden" in plate.said()
    person.press(KEY.Key_Escape)
    person.until(lambda: person.run.popup() is form, "the form again")
    # By itself it would end after ten seconds: it has to be gone in a few turns of the loop.
    person.run.loop.turn(20)
    assert idle(person, "PlatePresenter"), "Esc left the question under way"
    slow.go.set()


def test_not_found_unknown_switched_off_and_offline_are_said_in_words(
    at: tuple[Person, Registers],
) -> None:
    person, outside = at
    post = person.settled(person.services.posts.new_draft("lookout"))
    person.settled(person.services.posts.keep_field(post, "gezocht", TEXT))
    person.run.program.shell.open("compose", post_id=post)
    person.until(lambda: person.screen.form.entries, "the fields")
    plate = check_plate(person)
    person.until(partial(says, plate, WRONG[1]), "the mismatch beside the draft")
    plate.field.editor.setFocus()
    for typed, words in (
        ("straat", "Dit is geen Nederlands kenteken"),
        ("12-OU-EI", "Niet gevonden bij RDW. Dat zegt niet dat het kenteken vals is"),
    ):
        plate.field.set_text(typed)
        person.confirm()
        person.until(partial(says, plate, words), words)
    outside.says("plates", "<html>storing</html>", "text/html")
    person.confirm()
    person.until(lambda: plate.said().startswith("Onbekend. RDW gaf geen goed antwoord"), "unknown")
    person.look("plate-unknown")
    before = len(outside.asked("plates"))
    person.settled(person.services.team.set_lookups(()))
    person.run.exchanged()
    person.confirm()
    person.until(lambda: "staat uit voor uw team" in plate.said(), "switched off")
    opened = person.run.program.opened
    assert opened is not None
    opened.engine.gateway.step_aside()
    person.confirm()
    person.until(lambda: "geen contact met de centrale" in plate.said(), "offline")
    assert len(outside.asked("plates")) == before
