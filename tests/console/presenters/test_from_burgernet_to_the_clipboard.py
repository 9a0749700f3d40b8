"""The whole way of day.md 16:30-16:33, through the real window, with the keys counted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from console.services.desk import Desk
from console.services.ledger import Handoff
from tests.helpers import town
from tests.helpers.post_window import PostWindow


def to_fields(window: PostWindow) -> None:
    QGuiApplication.clipboard().setText(town.MISSING)
    window.shell.set_locked(False)
    window.key(Qt.Key.Key_I)
    dialog = window.popup_open()
    window.until(lambda: dialog.go.isEnabled() and dialog.go.hasFocus(), "focus on Naar de velden")
    window.key(Qt.Key.Key_Return)
    window.wait_for("compose")


def test_two_keys_from_the_clipboard_to_filled_fields(posts_at: PostWindow) -> None:
    to_fields(posts_at)
    assert posts_at.keys == 2
    values = {name: entry.text() for name, entry in posts_at.compose.form.entries.items()}
    assert values["wie"] == "de heer Voorbeeld, 78 jaar"
    assert values["tijd"] == "14:10"
    assert "Stationsstraat" in values["plaats"]
    assert values["consent"] == "via_control_room"


def test_ten_keys_from_the_clipboard_to_the_first_text(posts_at: PostWindow) -> None:
    to_fields(posts_at)
    posts_at.key(Qt.Key.Key_Tab, times=6)
    posts_at.until(posts_at.compose.footer.issue.isEnabled, "nothing found by the guard")
    posts_at.confirm()
    posts_at.wait_for("issue")
    posts_at.copy()
    posts_at.until(lambda: posts_at.board().startswith("*POLITIE"), "text on the clipboard")
    assert posts_at.keys == 10
    assert "Voorbeeld, 78 jaar" in posts_at.board()


def test_every_further_group_takes_two_keys(posts_at: PostWindow, village: Desk) -> None:
    to_fields(posts_at)
    posts_at.confirm()
    posts_at.wait_for("issue")
    post_id = posts_at.issue.event_subject()[1]
    ledger = Handoff(village).ledger(post_id).result()
    assert ledger is not None
    assert len(ledger.rows) >= 2
    before = posts_at.keys
    for number in range(len(ledger.rows)):
        posts_at.copy()
        posts_at.until(lambda: posts_at.board() != "", "copied")
        posts_at.confirm()
        posts_at.until(lambda: posts_at.board() == "", "emptied after the confirmation")
        assert posts_at.keys - before == 2 * (number + 1)
    posts_at.until(lambda: posts_at.issue.card.can("feedback"), "all groups done")
    states = {row.state for row in Handoff(village).ledger(post_id).result().rows}  # type: ignore[union-attr]
    assert states == {"placed"}
