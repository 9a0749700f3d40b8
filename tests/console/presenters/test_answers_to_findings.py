"""What lets a finding stay, at Opstellen: a colleague who looks along, a word that is no name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from console.presenters.compose_remedies import WRONG_WORDS
from console.services.desk import Desk
from console.services.posts import Posts
from console.services.terms import TermList
from console.storage.key_slot import Cost
from console.storage.keys import KeyRing
from console.views.dialogs.justify import JustifyDialog
from contract.looking import holds
from tests.console.presenters.test_compose import begin, field, rules
from tests.helpers import town
from tests.helpers.post_window import ALT, PostWindow

KEY = Qt.Key


def test_a_word_that_is_no_name_is_proposed_with_its_reason_and_passes_once_allowed(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    begin(posts_at, village, bericht="Vraag bij mevrouw Havenfeest naar de route.")
    assert rules(posts_at) == ["name"]
    posts_at.key(KEY.Key_2, ALT)
    posts_at.until(lambda: isinstance(posts_at.popup_open(), JustifyDialog), "asks a reason")
    posts_at.type("Het is een feest, geen mens.")
    posts_at.popup_open().propose.setFocus()
    posts_at.key(KEY.Key_Space)
    posts_at.confirm()
    posts_at.until(lambda: rules(posts_at) == [], "answered")
    words = TermList(village)
    posts_at.until(lambda: bool(words.all().result().proposed), "proposed")
    assert [(one.text, one.reason) for one in words.all().result().proposed] == [
        ("Havenfeest", "Het is een feest, geen mens.")
    ]
    words.allow("Havenfeest").result()
    begin(posts_at, village, bericht="Vraag bij mevrouw Havenfeest naar de tijd.")
    posts_at.until(lambda: "naar de tijd" in field(posts_at, "bericht"), "the next message")
    assert rules(posts_at) == []
    begin(posts_at, village, bericht="Bel 06-12345678.")
    posts_at.until(lambda: rules(posts_at) == ["phone_number"], "the third message")
    posts_at.key(KEY.Key_2, ALT)
    posts_at.until(lambda: isinstance(posts_at.popup_open(), JustifyDialog), "asks a reason")
    assert posts_at.popup_open().propose.isHidden(), "a number is no word"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("bsn", "Zijn nummer is 111222333."),
        ("iban", "Maak niets over naar NL91 ABNA 0417 1643 00."),
        ("initials_with_age", "De verdachte J.K. (34) zit vast."),
    ],
)
def test_a_colleague_looks_along_with_their_own_passphrase_and_the_message_goes_out(
    posts_at: PostWindow, village: Desk, tmp_path: Path, rule: str, words: str
) -> None:
    assert village.person is not None
    ring = KeyRing(tmp_path / "keys.json", cost=Cost(64, 1, 1))
    key = ring.create(village.person.id, "mijn eigen lange woorden")
    ring.add_slot(key, town.COLLEAGUE.id, "haar eigen lange woorden")
    posts_at.kit.services._keyring, posts_at.kit.services._key = ring, key
    post_id = begin(posts_at, village, bericht=words)
    assert rules(posts_at) == [rule]
    posts_at.key(KEY.Key_2, ALT)
    posts_at.until(lambda: isinstance(posts_at.popup_open(), JustifyDialog), "asks a colleague")
    dialog = posts_at.popup_open()
    asked = [dialog.second.itemData(n) for n in range(dialog.second.count())]
    assert asked == ["", town.COLLEAGUE.id], "no reader, and not oneself"
    dialog.second.select(town.COLLEAGUE.id)
    dialog.passphrase.set_text("mijn eigen lange woorden")
    posts_at.confirm()
    posts_at.loop.turn(10)
    assert posts_at.popup_open() is dialog, "no reason yet"
    dialog.reason.set_text("De familie vroeg erom")
    posts_at.confirm()
    posts_at.until(lambda: dialog.said() == WRONG_WORDS, "the words of another open nothing")
    assert rules(posts_at) == [rule]
    dialog.passphrase.set_text("haar eigen lange woorden")
    posts_at.confirm()
    posts_at.until(lambda: rules(posts_at) == [], "let through by two")
    draft = Posts(village).draft(post_id).result()
    assert draft is not None
    taken = draft.decisions[0]
    assert (taken["person"], taken["second"]) == (village.person.id, town.COLLEAGUE.id)
    assert "111222333" not in str(taken)
    assert holds(taken, ring.looks_with(key, town.COLLEAGUE.id), team="", post=post_id)
    Posts(village).release(post_id).result()
