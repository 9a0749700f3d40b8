"""Uitgeven by keys: one group at a time, unknown stays unknown, a wrong post is mended (F28, F34)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from console.domain.status import Lamp
from console.presenters.clipboard import clipboard_of
from console.services.alerts import Alerts
from console.services.desk import Desk
from console.services.ledger import Handoff
from console.services.posts import Posts
from console.views.posts.step_card import Step
from contract.vocabulary import MessageKind
from tests.helpers import town
from tests.helpers.clock import HandClock
from tests.helpers.post_window import (
    CTRL,
    SHIFT,
    PostWindow,
)

KEY = Qt.Key


def released(desk: Desk, *, alert: bool = False) -> str:
    posts = Posts(desk)
    if alert:
        post_id = posts.from_alert(town.read(desk), group_ids=town.GROUPS).result()
    else:
        values = {"onderwerp": "Hek in het park", "bericht": "Het hek is stuk."}
        post_id = posts.new_draft(
            MessageKind.GENERAL, values=values, group_ids=town.GROUPS
        ).result()
    posts.release(post_id).result()
    return post_id


def show(window: PostWindow, post_id: str) -> None:
    window.shell.open("issue", post_id=post_id)
    window.wait_for("issue")


def states(desk: Desk, post_id: str) -> list[str]:
    ledger = Handoff(desk).ledger(post_id).result()
    assert ledger is not None
    return [row.state for row in ledger.rows]


def title(window: PostWindow) -> str:
    step = window.issue.card.step()
    return step.title if step else ""


def test_confirming_without_a_copy_does_nothing(posts_at: PostWindow, village: Desk) -> None:
    post_id = released(village)
    show(posts_at, post_id)
    posts_at.confirm()
    posts_at.loop.turn(20)
    assert states(village, post_id) == ["pending"] * 3


def on_clipboard(posts_at: PostWindow) -> bool:
    step = posts_at.issue.card.step()
    return step is not None and step.clip_text.startswith("nog ")


def test_the_card_names_the_group_the_words_and_the_seconds(
    posts_at: PostWindow,
    village: Desk,
    clock: HandClock,
) -> None:
    show(posts_at, released(village))
    posts_at.copy()
    posts_at.until(lambda: title(posts_at).startswith("Plak en verstuur in"), "copied")
    posts_at.until(lambda: on_clipboard(posts_at), "on the clipboard")
    step = posts_at.issue.card.step()
    assert step is not None
    assert step.now == "Nu: groep 1 van 3"
    assert step.clip_text == "nog 60 seconden, dan wordt het leeg"
    assert step.starts_with == "POLITIE Voorbeeldland – Lagebrug"
    height = posts_at.issue.card.height()
    clock.move(seconds=13)
    clipboard_of(posts_at.kit).seconds_changed.emit(47)
    step = posts_at.issue.card.step()
    assert step is not None
    assert step.clip_text.startswith("nog 47 seconden")
    assert posts_at.issue.card.height() == height, "the card stands still"


def test_after_sixty_seconds_the_clipboard_is_empty_and_the_card_says_so(
    posts_at: PostWindow,
    village: Desk,
    clock: HandClock,
) -> None:
    post_id = released(village)
    show(posts_at, post_id)
    posts_at.copy()
    posts_at.until(posts_at.board, "copied")
    clock.move(seconds=61)
    posts_at.until(lambda: posts_at.board() == "", "emptied by the second hand")
    step = posts_at.issue.card.step()
    assert step is not None
    assert step.clip_title == "Het klembord is leeg na 60 seconden."
    assert states(village, post_id)[0] == "copied", "nobody said that it was placed"


def test_something_else_on_the_clipboard_is_left_alone_and_said(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    show(posts_at, released(village))
    posts_at.copy()
    posts_at.until(posts_at.board, "copied")
    QGuiApplication.clipboard().setText("boodschappen")
    posts_at.loop.turn(10)
    step = posts_at.issue.card.step()
    assert step is not None
    assert step.clip_title == "Er staat iets anders op het klembord."
    assert posts_at.board() == "boodschappen"


def test_not_placed_asks_why_and_four_asks_words(posts_at: PostWindow, village: Desk) -> None:
    post_id = released(village)
    show(posts_at, post_id)
    posts_at.key(KEY.Key_Return, CTRL | SHIFT)
    assert title(posts_at).startswith("Waarom niet in")
    posts_at.key(KEY.Key_Escape)
    assert title(posts_at).startswith("Kopieer de tekst"), "Esc goes back to the card"
    assert posts_at.shell.here == "issue"
    posts_at.key(KEY.Key_Return, CTRL | SHIFT)
    posts_at.key(KEY.Key_2)
    posts_at.until(lambda: states(village, post_id)[0] == "not_placed", "shared already")
    posts_at.until(lambda: "groep 2" in (posts_at.issue.card.step() or _none()).now, "next group")
    posts_at.key(KEY.Key_Return, CTRL | SHIFT)
    posts_at.key(KEY.Key_4)
    posts_at.until(lambda: posts_at.popup_open() is not None, "asks words")
    posts_at.type("Henk belt zelf rond")
    posts_at.confirm()
    posts_at.until(lambda: states(village, post_id)[1] == "not_placed", "with words")
    ledger = Handoff(village).ledger(post_id).result()
    assert ledger is not None
    assert ledger.rows[1].note == "Henk belt zelf rond"


@pytest.mark.parametrize(
    ("key", "state"), [(KEY.Key_1, "placed"), (KEY.Key_2, "copied"), (KEY.Key_3, "unknown")]
)
def test_after_a_crash_a_copied_group_is_asked_before_anything_else(
    posts_at: PostWindow,
    village: Desk,
    key: Qt.Key,
    state: str,
) -> None:
    post_id = released(village)
    row = Handoff(village).ledger(post_id).result().rows[0]  # type: ignore[union-attr]
    Handoff(village).copy(row.id).result()
    assert Handoff(village).recover().result() == 1
    show(posts_at, post_id)
    assert title(posts_at).startswith("Staat de tekst in")
    posts_at.copy()
    posts_at.loop.turn(20)
    assert posts_at.board() == "", "nothing is copied before the answer"
    posts_at.key(key)
    posts_at.until(
        lambda: not title(posts_at).startswith("Staat de tekst in"), "the question is answered"
    )
    assert states(village, post_id)[0] == state
    if state == "unknown":
        assert title(posts_at).startswith("Kopieer de tekst voor")


def test_a_wrong_post_is_corrected_in_three_keys(posts_at: PostWindow, village: Desk) -> None:
    post_id = released(village)
    row = Handoff(village).ledger(post_id).result().rows[0]  # type: ignore[union-attr]
    Handoff(village).copy(row.id).result()
    Handoff(village).placed(row.id).result()
    show(posts_at, post_id)
    posts_at.issue.ledger.list.set_current(row.id)
    posts_at.issue.ledger.list.setFocus()
    posts_at.keys = 0
    posts_at.key(KEY.Key_X)
    posts_at.wait_for("compose")
    posts_at.until(posts_at.compose.footer.issue.isEnabled, "ready text")
    assert any("wissen kan nog" in said[1] for said in posts_at.said), "minutes left to delete"
    posts_at.confirm()
    posts_at.until(lambda: posts_at.shell.here == "issue", "issue")
    posts_at.copy()
    posts_at.until(lambda: "vervalt" in posts_at.board(), "correction on the clipboard")
    assert posts_at.keys <= 4


def test_an_ended_action_blocks_the_groups_that_wait(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    post_id = released(village, alert=True)
    show(posts_at, post_id)
    posts_at.copy()
    posts_at.until(posts_at.board, "copied")
    posts_at.confirm()
    posts_at.until(lambda: states(village, post_id)[0] == "placed", "first placed")
    ledger = Handoff(village).ledger(post_id).result()
    assert ledger is not None
    Alerts(village).say_state(ledger.alert_id, "ended").result()
    posts_at.until(lambda: "beëindigd" in title(posts_at), "red card")
    posts_at.copy()
    posts_at.loop.turn(20)
    assert posts_at.board() == ""
    assert states(village, post_id)[1] == "pending"


def test_without_whatsapp_web_the_phone_is_the_way(posts_at: PostWindow, village: Desk) -> None:
    posts_at.status = replace(posts_at.status, whatsapp=Lamp("whatsapp", "off"))
    post_id = released(village)
    show(posts_at, post_id)
    step = posts_at.issue.card.step()
    assert step is not None
    assert "Plaats vanaf de telefoon" in step.now
    posts_at.confirm()
    posts_at.until(lambda: states(village, post_id)[0] == "placed", "placed by phone")


def test_all_done_says_until_when_feedback_is_due(posts_at: PostWindow, village: Desk) -> None:
    post_id = released(village)
    show(posts_at, post_id)
    for number in range(3):
        posts_at.copy()
        posts_at.until(posts_at.board, "copied")
        posts_at.confirm()
        posts_at.until(lambda: posts_at.board() == "", "emptied")
        assert states(village, post_id)[number] == "placed"
    posts_at.until(lambda: title(posts_at).startswith("Klaar. Terugkoppeling uiterlijk"), "done")
    assert posts_at.issue.card.can("feedback")


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
def test_nothing_asks_for_more_than_the_window(
    posts_at: PostWindow,
    village: Desk,
    size: tuple[int, int],
) -> None:
    posts_at.window.resize(*size)
    show(posts_at, released(village, alert=True))
    posts_at.loop.turn(10)
    assert (posts_at.window.width(), posts_at.window.height()) == size
    hint = posts_at.issue.minimumSizeHint()
    assert hint.width() <= posts_at.issue.width()
    assert hint.height() <= posts_at.issue.height()


def test_the_ledger_speaks_in_sentences(posts_at: PostWindow, village: Desk) -> None:
    show(posts_at, released(village))
    model = posts_at.issue.ledger.list.model()
    said = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Groep 1, Beheerders Lagebrug, wacht."


def _none() -> Step:
    raise AssertionError("the card shows nothing")
