"""Terugkoppeling by keyboard: outcomes, one sentence, findings, budgets (D08, D09, F23, F30)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QRadioButton

from console.presenters import issue as issue_presenter
from console.presenters.kit import Presenter
from console.services.desk import Desk
from console.services.feedback import Feedback
from console.services.ledger import Handoff
from console.services.posts import Posts
from console.storage import feedback as stored
from console.storage.typing import restore
from console.views.dialogs.waiver import WaiverDialog
from console.views.feedback.words import NO_MORE_TIME
from console.views.screen import Screen
from tests.helpers import broadcasts, town
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.feedback_shift import ALT, CTRL, SHIFT, body, focus_is, late_one, opened
from tests.helpers.profile import OTHER, PERSON

KEY = Qt.Key


def test_from_a_due_row_to_the_clipboard_costs_four_keys_and_the_text(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    def hand_off() -> tuple[Screen, Presenter]:
        return issue_presenter.make(shift.kit, shift.window)

    shift.shell.register("issue", hand_off)
    post_id = late_one(desk, clock)
    view = opened(shift)
    keys = 0
    shift.key(KEY.Key_F)
    keys += 1
    shift.key(KEY.Key_3)
    keys += 1
    shift.type("Dank voor het meekijken.")
    shift.until(view.answer.footer.issue.isEnabled, "nothing left open")
    shift.key(KEY.Key_Return, CTRL)
    keys += 1
    shift.until(lambda: shift.shell.here == "issue", "the hand-off")
    hand: Any = shift.shell.presenter("issue")
    shift.until(lambda: hand._ledger is not None, "the first group")
    shift.key(KEY.Key_C, CTRL | SHIFT)
    keys += 1
    board = QGuiApplication.clipboard()
    shift.until(lambda: "Dank voor het meekijken." in board.text(), "the text")
    assert keys == 4
    draft = Posts(desk).draft(hand._post_id).result()
    ledger = Handoff(desk).ledger(hand._post_id).result()
    assert draft is not None
    assert ledger is not None
    assert (draft.status, draft.answers, draft.outcome) == ("released", post_id, "arrested")
    assert [row.group_id for row in ledger.rows] == list(town.GROUPS[:2])


def test_f_from_another_screen_opens_the_most_urgent_with_the_keyboard_on_the_outcomes(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    broadcasts.broadcast(desk, "inbraak in een schuur")
    urgent, _ = broadcasts.missing(desk)
    clock.move(minutes=30)
    shift.shell.open("reports")
    shift.key(KEY.Key_F)
    shift.until(lambda: shift.shell.here == "feedback", "the screen")
    view: Any = shift.shell.screen()
    shift.until(lambda: view.answer.card is not None, "the broadcast")
    assert view.answer.card.row.post_id == urgent
    assert focus_is(QRadioButton)


def test_f_and_a_digit_in_one_breath_answer_what_was_most_urgent(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    late_one(desk, clock)
    shift.shell.open("reports")
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_5)
    view: Any = shift.shell.screen()
    shift.until(view.answer.footer.issue.isEnabled, "the outcome")
    assert view.answer.form.outcomes.selected() == "nothing_found"


def test_a_finding_stands_in_field_and_preview_and_its_remedy_mends_both(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    late_one(desk, clock)
    view = opened(shift)
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_3)
    shift.type("J.B. (17) zit vast.")
    shift.until(lambda: view.answer.form.sentence.finding() is not None, "the finding")
    shift.until(view.answer.footer.issue.reason, "the disabled button")
    assert view.answer.form.sentence.field.band() is not None
    shift.key(KEY.Key_1, ALT)
    shift.until(view.answer.footer.issue.isEnabled, "the remedy")
    assert view.answer.form.sentence.text() == "Een verdachte zit vast."
    shift.until(
        lambda: "Een verdachte zit vast" in view.answer.side.preview.ground.bubble.accessibleName()
    )


def test_typing_a_reason_is_asked_where_the_finding_may_stay(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    late_one(desk, clock)
    view = opened(shift)
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_2)
    shift.type("De fiets stond bij Dorpsstraat 12.")
    shift.until(lambda: view.answer.form.sentence.finding() is not None, "the finding")
    shift.key(KEY.Key_2, ALT)
    shift.until(lambda: shift.popup_open() is not None, "the question")
    shift.type("de bewoner vroeg dit")
    shift.key(KEY.Key_Return, CTRL)
    shift.until(lambda: shift.popup_open() is None, "the answer")
    shift.until(view.answer.footer.issue.isEnabled, "nothing left open")
    assert view.answer.form.sentence.finding() is None


def test_letters_and_digits_in_the_sentence_are_only_letters_and_digits(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    late_one(desk, clock)
    view = opened(shift)
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_1)
    shift.type("fW3o/?hgbqi")
    shift.key(KEY.Key_Return)
    shift.loop.turn(10)
    assert view.answer.form.sentence.text() == "fW3o/?hgbqi\n"
    assert view.answer.form.outcomes.selected() == "found_well"
    assert shift.popup_open() is None
    assert shift.shell.here == "feedback"


def test_the_sentence_holds_two_hundred_characters_and_says_how_many(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    late_one(desk, clock)
    view = opened(shift)
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_1)
    view.answer.form.sentence.field.editor.insertPlainText("a" * 260)
    assert len(view.answer.form.sentence.text()) == 200
    assert view.answer.form.sentence.field._hint.text() == "200 van 200 tekens"


def test_another_outcome_keeps_the_sentence(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    late_one(desk, clock)
    view = opened(shift)
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_1)
    shift.type("De fiets is terug.")
    shift.key(KEY.Key_Escape)
    assert focus_is(QRadioButton)
    shift.key(KEY.Key_3)
    shift.until(view.answer.footer.issue.isEnabled, "the outcome")
    bubble = view.answer.side.preview.ground.bubble
    shift.until(lambda: "aangehouden" in bubble.accessibleName(), "the other text")
    assert "De fiets is terug." in bubble.accessibleName()
    assert view.answer.form.sentence.text() == "De fiets is terug."


def test_what_was_typed_is_there_again_after_a_restart(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    post_id = late_one(desk, clock)
    view = opened(shift)
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_1)
    shift.type("De fiets is")

    def kept() -> bool:
        card = desk.look(
            lambda conn: stored.card(conn, post_id, me=PERSON.id, now=desk.now())
        ).result()
        if card is None or not card.row.draft_id:
            return False
        typed = desk.look(lambda conn: restore(conn, card.row.draft_id, PERSON.id)).result()
        return typed.get("zin") == "De fiets is"

    shift.until(kept, "the words on disk, without a save")
    assert view.answer.form.sentence.text() == "De fiets is"


def test_still_running_is_refused_after_three_times_and_says_why(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    post_id = late_one(desk, clock)
    before = body(desk, post_id)["feedback_due_at"]
    for _ in range(3):
        draft_id = Feedback(desk).start(post_id).result()
        Feedback(desk).choose(draft_id, "still_running").result()
        broadcasts.place(desk, draft_id)
    assert body(desk, post_id)["extensions"] == 3
    assert body(desk, post_id)["feedback_due_at"] > before
    view = opened(shift)
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_6)
    shift.loop.turn(10)
    assert view.answer.form.outcomes.selected() == ""
    option = view.answer.form.outcomes.findChildren(QRadioButton)[5]
    assert not option.isEnabled()
    assert option.accessibleDescription() == NO_MORE_TIME


def test_no_feedback_at_all_costs_three_keys_with_a_reason(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    post_id = late_one(desk, clock)
    opened(shift)
    keys = 0
    shift.key(KEY.Key_W)
    keys += 1
    shift.until(lambda: isinstance(shift.popup_open(), WaiverDialog), "the question")
    shift.key(KEY.Key_1)
    keys += 1
    shift.key(KEY.Key_Return, CTRL)
    keys += 1
    shift.until(lambda: body(desk, post_id).get("waiver_reason") == "investigation", "the waiver")
    assert keys == 3
    assert body(desk, post_id)["settled_at"]


def test_another_reason_needs_words(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    post_id = late_one(desk, clock)
    opened(shift)
    shift.key(KEY.Key_W)
    shift.until(lambda: isinstance(shift.popup_open(), WaiverDialog), "the question")
    dialog = shift.popup_open()
    shift.key(KEY.Key_4)
    shift.key(KEY.Key_Return, CTRL)
    assert dialog.is_open()
    assert not dialog.primary.isEnabled()
    shift.type("de groep is opgeheven")
    shift.key(KEY.Key_Return, CTRL)
    shift.until(lambda: body(desk, post_id).get("waiver_note") == "de groep is opgeheven")


def test_a_colleagues_draft_is_read_only_until_it_is_taken_over_with_a_reason(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    post_id = late_one(desk, clock)
    desk.person = OTHER
    draft_id = Feedback(desk).start(post_id).result()
    Feedback(desk).choose(draft_id, "arrested").result()
    Posts(desk).keep_field(draft_id, "zin", "Er zijn twee mensen aangehouden.").result()
    desk.person = PERSON
    view = opened(shift)
    shift.until(lambda: not view.answer.strip.isHidden(), "who writes")
    assert "Samira Voorbeeld schrijft sinds" in view.answer.strip.accessibleName()
    assert view.answer.form.sentence.text() == "Er zijn twee mensen aangehouden."
    assert view.answer.form.sentence.keyboard().isReadOnly()
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_1)
    shift.loop.turn(10)
    assert view.answer.form.outcomes.selected() == "arrested"
    shift.key(KEY.Key_Return, CTRL)
    shift.until(lambda: shift.popup_open() is not None, "the question")
    shift.type("zij is naar huis")
    shift.key(KEY.Key_Return, CTRL)
    shift.until(view.answer.strip.isHidden, "the pen")
    draft = Posts(desk).draft(draft_id).result()
    assert draft is not None
    assert draft.author_id == PERSON.id
    assert draft.values["zin"] == "Er zijn twee mensen aangehouden."
