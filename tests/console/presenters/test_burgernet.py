"""Burgernet by keyboard, in a real window on a real encrypted file (F35-F37)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from console.domain.clock import stamp
from console.domain.status import Lamp
from console.presenters import burgernet as burgernet_presenter
from console.presenters import feedback as feedback_presenter
from console.presenters.kit import Presenter
from console.services.alerts import Alerts
from console.services.desk import Desk, Unit
from console.services.posts import Posts
from console.storage import alerts as stored
from console.views.burgernet.words import CANNOT_LOOK, NO_SOURCE
from console.views.dialogs.choose_area import ChooseAreaDialog
from console.views.screen import Screen
from console.views.theme.theme import Theme
from tests.helpers import broadcasts, town
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.feedback_shift import Elsewhere, OtherScreen
from tests.helpers.loop import DeskLoop
from tests.helpers.profile import OTHER, PERSON

KEY = Qt.Key


@pytest.fixture
def watch(
    theme: Theme,
    desk: Desk,
    clock: HandClock,
    loop: DeskLoop,
) -> Iterator[DeskWindow]:
    """A window with Burgernet and Terugkoppeling, and doors to the other screens."""
    town.build(desk)
    made = DeskWindow(desk, clock, loop, (1440, 900))
    made.status = replace(made.status, burgernet=Lamp("Burgernet", "unset", words="niet ingesteld"))

    def elsewhere() -> tuple[Screen, Presenter]:
        screen = OtherScreen(made.window)
        return screen, Elsewhere(made.kit, screen)

    def feedback() -> tuple[Screen, Presenter]:
        return feedback_presenter.make(made.kit, made.window)

    def burgernet() -> tuple[Screen, Presenter]:
        return burgernet_presenter.make(made.kit, made.window)

    for name in ("issue", "compose", "posts"):
        made.shell.register(name, elsewhere)
    made.shell.register("feedback", feedback)
    made.shell.register("burgernet", burgernet)
    made.popup("feedback_now", feedback_presenter.open_most_urgent)
    yield made
    made.close()


def opened(watch: DeskWindow, **params: Any) -> Any:
    """Open Burgernet and wait until an alert stands there; returns the view."""
    watch.shell.open("burgernet", **params)
    view: Any = watch.shell.screen()
    watch.until(lambda: view._card is not None, "an alert")
    return view


def kept(desk: Desk, text: str = broadcasts.RUNNING) -> str:
    """An alert that was pasted and not passed on."""
    return Alerts(desk).keep(town.read(desk, text)).result()


def state(desk: Desk, alert_id: str) -> str:
    # Read apart from the screen: a newer read on its lane would end the one of the screen.
    now = stamp(desk.clock.now())
    card = desk.look(lambda conn: stored.card(conn, alert_id, now=now)).result()
    assert card is not None
    return card.row.section


def test_alerts_stand_in_three_sections_with_what_we_did(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    _, ended = broadcasts.missing(desk)
    clock.move(minutes=10)
    broadcasts.end(desk, ended)
    kept(desk)
    clock.move(minutes=70)
    kept(desk, "Burgernet Vermist kind\n\nIn Lagebrug wordt een meisje van 9 jaar vermist.")
    view = opened(watch)
    model = view.pane._model
    spoken = [str(model.index(n, 0).data()) for n in range(model.rowCount())]
    assert spoken[0] == "Loopt, 1"
    assert spoken[2] == "Onbekend, 1"
    assert "onbekend sinds" in spoken[3]
    assert spoken[4] == "Beëindigd vandaag, 1"
    assert "terugkoppeling moet nog" in spoken[5]


def test_an_unknown_alert_asks_and_a_digit_answers(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    alert_id = kept(desk)
    clock.move(minutes=70)
    view = opened(watch)
    assert "Status onbekend sinds" in view.detail.band.accessibleName()
    watch.key(KEY.Key_1)
    watch.until(lambda: state(desk, alert_id) == "running", "the answer")
    watch.until(lambda: view._card.row.section == "running", "the other band")
    watch.key(KEY.Key_3)
    watch.until(lambda: state(desk, alert_id) == "unknown", "cannot see")
    watch.key(KEY.Key_2)
    watch.until(lambda: state(desk, alert_id) == "ended", "ended")
    watch.until(lambda: view._card.row.section == "ended", "the grey band")
    watch.key(KEY.Key_1)
    watch.loop.turn(10)
    assert state(desk, alert_id) == "ended", "an end is not undone by a stray digit"


def test_a_sighting_grows_old_while_the_screen_is_open(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    kept(desk)
    view = opened(watch)
    assert view._card.row.section == "running"
    clock.move(minutes=61)
    watch.feed.ticked.emit()
    watch.until(lambda: view._card.row.section == "unknown", "unknown by the clock alone")


def test_an_ended_alert_is_grey_and_its_first_act_writes_the_outcome(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    post_id, alert_id = broadcasts.missing(desk)
    clock.move(minutes=20)
    broadcasts.end(desk, alert_id)
    view = opened(watch, alert_id=alert_id)
    words = view.detail._end.accessibleName()
    assert "beëindigd" in words
    assert "Beëindigd is niet hetzelfde als gevonden." in words
    assert view.detail._end._tone == "plain"
    assert view.detail.outcome.kind() == "filled"
    assert not view.detail.outcome.isHidden()
    assert not view.detail.new.isEnabled()
    watch.key(KEY.Key_F)
    watch.until(lambda: watch.shell.here == "feedback", "the outcome")
    feedback: Any = watch.shell.screen()
    watch.until(lambda: feedback.answer.card is not None, "the broadcast")
    assert feedback.answer.card.row.post_id == post_id
    watch.key(KEY.Key_1)
    watch.until(lambda: "beëindigd" in feedback.answer.form.sentence.text(), "the closing text")


def test_o_opens_the_draft_and_b_begins_one_from_the_kept_text(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    alert_id = kept(desk)
    opened(watch, alert_id=alert_id)
    watch.key(KEY.Key_B)
    watch.until(lambda: watch.shell.here == "compose", "the draft")
    draft_id = watch.shell.presenter("compose").opened["post_id"]  # type: ignore[attr-defined]
    draft = Posts(desk).draft(draft_id).result()
    assert draft is not None
    assert draft.alert_id == alert_id
    watch.shell.back()
    view: Any = watch.shell.screen()
    watch.until(lambda: view._card is not None and view._card.row.draft_id == draft_id, "known")
    watch.key(KEY.Key_O)
    watch.until(lambda: watch.shell.here == "compose", "the same draft")
    assert watch.shell.presenter("compose").opened["post_id"] == draft_id  # type: ignore[attr-defined]


def test_our_draft_waits_for_the_answer_while_the_state_is_unknown(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    desk.person = OTHER
    Posts(desk).from_alert(town.read(desk, broadcasts.RUNNING)).result()
    desk.person = PERSON
    clock.move(minutes=61)
    view = opened(watch)
    assert view.detail._author.text() == "concept van Samira Voorbeeld"
    assert "Uitgeven kan pas na uw antwoord hierboven." in view.detail._said.text()


def test_the_original_stands_there_to_the_letter_and_cannot_be_selected(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    kept(desk, broadcasts.RUNNING)
    view = opened(watch)
    assert view.detail.original._text.text() == broadcasts.RUNNING
    for kind in (QTextEdit, QPlainTextEdit, QLineEdit):
        assert not view.detail.findChildren(kind)


def test_f5_says_that_no_source_is_set(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    watch.shell.open("burgernet")
    view: Any = watch.shell.screen()
    watch.until(view.pane._empty.text, "the empty list")
    assert view.pane._empty.text() == NO_SOURCE
    assert view.pane.sources._ages[0].text() == "niet ingesteld"
    watch.key(KEY.Key_F5)
    assert ("info", CANNOT_LOOK, "") in watch.said


@pytest.mark.parametrize(
    ("lamp", "words"),
    [
        ("good", "Er loopt niets. Gekeken: 38 s geleden."),
        ("old", "Onbekend sinds 14:59."),
        ("off", "Onbekend sinds 14:59."),
    ],
)
def test_an_empty_list_says_how_fresh_it_is_and_never_nothing_when_stale(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
    lamp: str,
    words: str,
) -> None:
    seen = stamp(clock.now() - timedelta(seconds=38))
    watch.status = replace(watch.status, burgernet=Lamp("Burgernet-acties", lamp, seen))
    watch.shell.open("burgernet")
    view: Any = watch.shell.screen()
    watch.until(view.pane._empty.text, "the empty list")
    assert view.pane._empty.text() == words


def test_segments_go_from_now_to_earlier(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    old = kept(desk, "Burgernet Vermist persoon\n\nIn Lagebrug wordt een man van 80 jaar vermist.")
    broadcasts.end(desk, old)
    clock.move(hours=30)
    new = kept(desk)
    view = opened(watch)
    assert view._card.row.id == new
    watch.key(KEY.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    watch.until(lambda: view._card is not None and view._card.row.id == old, "earlier")


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
@pytest.mark.parametrize("scale", [100, 130])
def test_no_part_asks_for_more_than_the_window_and_all_have_names(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
    theme: Theme,
    size: tuple[int, int],
    scale: int,
) -> None:
    _, alert_id = broadcasts.missing(desk)
    clock.move(minutes=20)
    broadcasts.end(desk, alert_id)
    theme.set_scale(scale)
    watch.window.resize(*size)
    view = opened(watch)
    assert (watch.window.width(), watch.window.height()) == size
    for part in view.findChildren(QWidget):
        if not part.isVisible():
            continue
        corner = part.mapTo(view, part.rect().topRight())
        assert corner.x() <= view.width(), part.accessibleName() or type(part)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert part.accessibleName(), type(part)


def test_enter_goes_to_the_question_and_escape_back_to_the_list(
    watch: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    kept(desk)
    clock.move(minutes=61)
    view = opened(watch)
    watch.until(lambda: QApplication.focusWidget() is view.pane.list, "the list")
    watch.key(KEY.Key_Return)
    assert QApplication.focusWidget() is view.detail.answers[0]
    watch.key(KEY.Key_Escape)
    assert QApplication.focusWidget() is view.pane.list


def test_a_feed_alert_whose_name_fits_two_areas_asks_which_and_esc_makes_nothing(
    watch: DeskWindow,
    desk: Desk,
) -> None:
    def areas(unit: Unit) -> None:
        for around in ("Noordland", "Zuidland"):
            above = unit.create("area", {"name": around, "level": "municipality"}, around)
            body = {"name": "Oosterveld", "level": "village", "parent_id": above}
            unit.create("area", body, f"in-{around}")
        now = stamp(desk.clock.now())
        unit.create(
            "alert",
            {
                "source": "burgernet_actions",
                "state": "active",
                "state_at": now,
                "started_at": now,
                "title": "Uitkijken naar",
                "text": "Burgernet. Wij zoeken een man na een inbraak. Ziet u hem? Bel 112.",
                "municipality": "Oosterveld",
                "original": "e30=",
                "original_sha256": "0" * 64,
            },
            "from-a-feed",
        )

    desk.act(areas).result()
    view = opened(watch, alert_id="from-a-feed")
    watch.until(lambda: view._card.row.id == "from-a-feed", "the alert")
    watch.key(KEY.Key_B)
    watch.until(lambda: isinstance(watch.shell.top_layer(), ChooseAreaDialog), "the question")
    dialog: Any = watch.shell.top_layer()
    assert not dialog.primary.isEnabled(), "the desk chose by itself"
    assert "Noordland" in dialog.areas.focusProxy().accessibleName()
    watch.key(KEY.Key_Escape)
    watch.until(lambda: watch.shell.top_layer() is None, "back in the list")
    assert Posts(desk).rows().result() == []

    watch.key(KEY.Key_B)
    watch.until(lambda: isinstance(watch.shell.top_layer(), ChooseAreaDialog), "the question again")
    watch.key(KEY.Key_2)
    watch.key(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    watch.until(lambda: watch.shell.here == "compose", "the writing screen")
    (row,) = Posts(desk).rows().result()
    made = Posts(desk).draft(row.id).result()
    assert made is not None
    assert (made.area_id, made.alert_id) == ("in-Zuidland", "from-a-feed")
