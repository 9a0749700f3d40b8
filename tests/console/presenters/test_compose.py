"""Opstellen by keys: nothing typed is lost, every finding has a way out, no second door."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from console.domain.person import Person
from console.presenters.compose import ComposePresenter
from console.services.alerts import Alerts
from console.services.desk import Desk
from console.services.posts import Posts
from console.storage import typing
from console.views.dialogs.justify import JustifyDialog
from contract.vocabulary import MessageKind
from tests.helpers import town
from tests.helpers.clock import HandClock
from tests.helpers.post_window import (
    ALT,
    CTRL,
    PostWindow,
)

KEY = Qt.Key
VALUES = {
    "onderwerp": "Hek in het park",
    "bericht": "Het hek in het park is stuk. De gemeente maakt het morgen.",
}


def begin(window: PostWindow, desk: Desk, **values: str) -> str:
    """Open a general message with these values, for all groups."""
    post_id = (
        Posts(desk)
        .new_draft(MessageKind.GENERAL, values={**VALUES, **values}, group_ids=town.GROUPS)
        .result()
    )
    window.shell.open("compose", post_id=post_id)
    window.wait_for("compose")
    return post_id


def field(window: PostWindow, name: str) -> str:
    return window.compose.form.entries[name].text()


def rules(window: PostWindow) -> list[str]:
    return [one.rule for one in window.compose._findings if not one.answered]


def test_typing_shows_in_the_preview_and_is_kept_within_half_a_second(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    post_id = begin(posts_at, village)
    posts_at.key(KEY.Key_Tab)
    posts_at.type(" Dank u.")
    assert "Dank u." in posts_at.compose.preview.ground.bubble.accessibleName()
    assert village.person is not None
    me = village.person.id

    def kept() -> bool:
        typed = village.look(lambda conn: typing.restore(conn, post_id, me)).result()
        return "Dank u." in typed.get("bericht", "")

    posts_at.until(kept, "typing buffer")


def test_leaving_a_field_makes_it_part_of_the_draft(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    post_id = begin(posts_at, village)
    posts_at.type(", bij de vijver")
    posts_at.key(KEY.Key_Tab)

    def kept() -> bool:
        draft = Posts(village).draft(post_id).result()
        writing = Posts(village).writing(post_id).result()
        assert draft is not None
        assert writing is not None
        return writing.values.get("onderwerp", "").endswith("bij de vijver")

    posts_at.until(kept, "op made on leaving the field")
    posts_at.until(lambda: "Bewaard om" in posts_at.compose.header._saved.text(), "saved time")


def test_escape_keeps_every_word_and_leaves(posts_at: PostWindow, village: Desk) -> None:
    posts_at.shell.open("posts")
    post_id = begin(posts_at, village)
    posts_at.type(" nu")
    posts_at.key(KEY.Key_Escape)
    posts_at.until(lambda: posts_at.shell.here == "posts", "back")

    def kept() -> bool:
        writing = Posts(village).writing(post_id).result()
        return writing is not None and writing.values["onderwerp"].endswith(" nu")

    posts_at.until(kept, "kept on Esc")


def test_one_remedy_key_takes_a_finding_out_of_field_and_preview(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    begin(posts_at, village, bericht="Bel 06-12345678 als u het hek ziet.")
    assert rules(posts_at) == ["phone_number"]
    assert not posts_at.compose.footer.issue.isEnabled()
    assert "geef een reden" in posts_at.compose.footer.issue.reason()
    posts_at.key(KEY.Key_F4)
    posts_at.until(lambda: posts_at.compose.form.current() == "bericht", "F4 goes to the field")
    assert posts_at.compose.form.entries["bericht"].finding() is not None
    posts_at.key(KEY.Key_1, ALT)
    assert "06-12345678" not in field(posts_at, "bericht")
    assert rules(posts_at) == []
    assert posts_at.compose.footer.issue.isEnabled()


def test_the_filled_button_never_issues_while_a_stop_is_open(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    begin(posts_at, village, bericht="Ziet u hem? Houd hem vast tot wij er zijn.")
    posts_at.confirm()
    posts_at.loop.turn(20)
    assert posts_at.shell.here == "compose"
    assert posts_at.compose.form.current() == "bericht"


def test_a_reason_lets_a_warning_through_and_is_kept(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    post_id = begin(posts_at, village, bericht="Het gaat om Dorpsstraat 12 in Lagebrug.")
    assert rules(posts_at) == ["address"]
    posts_at.key(KEY.Key_2, ALT)
    posts_at.until(lambda: isinstance(posts_at.popup_open(), JustifyDialog), "asks a reason")
    posts_at.confirm()
    assert posts_at.popup_open() is not None, "an empty reason is no reason"
    posts_at.type("Het gebouw is een buurthuis.")
    posts_at.confirm()
    posts_at.until(lambda: rules(posts_at) == [], "answered")
    assert posts_at.compose.footer.issue.isEnabled()
    draft = Posts(village).draft(post_id).result()
    assert draft is not None
    assert draft.decisions[0]["reason"] == "Het gebouw is een buurthuis."


def test_a_citizen_number_needs_a_colleague_and_not_oneself(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    begin(posts_at, village, bericht="Zijn nummer is 111222333.")
    assert rules(posts_at) == ["bsn"]
    posts_at.key(KEY.Key_2, ALT)
    posts_at.until(lambda: isinstance(posts_at.popup_open(), JustifyDialog), "asks a colleague")
    dialog = posts_at.popup_open()
    names = [dialog.second.itemText(n) for n in range(dialog.second.count())]
    assert village.person is not None
    assert village.person.name not in names
    dialog.reason.set_text("Op verzoek van de familie")
    posts_at.confirm()
    assert posts_at.popup_open() is dialog, "no colleague was chosen"


def test_space_ticks_a_group_by_hand_and_the_totals_follow(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    post_id = begin(posts_at, village)
    posts_at.key(KEY.Key_G, CTRL)
    assert posts_at.compose.pick.list.hasFocus()
    posts_at.key(KEY.Key_Space)
    posts_at.until(lambda: posts_at.compose._groups == 2, "one group less")

    def stored() -> bool:
        writing = Posts(village).writing(post_id).result()
        return writing is not None and len(writing.targets) == 2

    posts_at.until(stored, "on disk")
    assert "2 groepen" in posts_at.compose.footer.issue.label()


def test_without_a_group_the_guard_stops_and_says_where_to_go(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    begin(posts_at, village)
    posts_at.key(KEY.Key_G, CTRL)
    for _ in town.GROUPS:
        posts_at.key(KEY.Key_Space)
        posts_at.key(KEY.Key_Down)
    posts_at.until(lambda: rules(posts_at) == ["no_groups"], "no groups")
    posts_at.compose.form.focus_first()
    posts_at.key(KEY.Key_F4)
    assert posts_at.compose.pick.list.hasFocus()


def test_letters_and_digits_in_a_field_do_nothing_but_write(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    begin(posts_at, village)
    before = posts_at.shell.here
    posts_at.key(KEY.Key_Tab)
    posts_at.type("abcdefghijklmnopqrstuvwxyz1234567890/?")
    assert posts_at.shell.here == before
    assert posts_at.popup_open() is None
    assert "xyz1234567890/?" in field(posts_at, "bericht")


def test_a_draft_of_a_colleague_is_read_only_until_taken_over(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    me, village.person = village.person, town.COLLEAGUE
    post_id = (
        Posts(village).new_draft(MessageKind.GENERAL, values=VALUES, group_ids=town.GROUPS).result()
    )
    village.person = me
    posts_at.shell.open("compose", post_id=post_id)
    posts_at.until(lambda: posts_at.compose.form.entries, "form")
    assert "Samira Voorbeeld schrijft sinds" in posts_at.compose.strip.accessibleName()
    assert posts_at.compose.form.entries["bericht"].keyboard().property("readOnly")
    assert not posts_at.compose.footer.issue.isEnabled()
    posts_at.compose.strip.buttons[0].click()
    posts_at.until(lambda: posts_at.popup_open() is not None, "asks why")
    posts_at.type("Zij is naar huis.")
    posts_at.confirm()
    posts_at.until(
        lambda: not posts_at.compose.form.entries["bericht"].keyboard().property("readOnly"),
        "mine now",
    )


def test_an_ended_action_locks_the_fields_and_offers_the_outcome(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    read = town.read(village)
    post_id = Posts(village).from_alert(read, group_ids=town.GROUPS).result()
    posts_at.shell.open("compose", post_id=post_id)
    posts_at.wait_for("compose")
    draft = Posts(village).draft(post_id).result()
    assert draft is not None
    Alerts(village).say_state(draft.alert_id, "ended").result()
    posts_at.until(lambda: posts_at.compose.strip.act_ids() == ("outcome",), "red strip")
    assert "Beëindigd is niet hetzelfde als gevonden" in posts_at.compose.strip.accessibleName()
    assert not posts_at.compose.footer.issue.isEnabled()


def test_an_action_nobody_saw_for_an_hour_asks_a_reason(
    posts_at: PostWindow,
    village: Desk,
    clock: HandClock,
) -> None:
    post_id = Posts(village).from_alert(town.read(village), group_ids=town.GROUPS).result()
    clock.move(minutes=61)
    posts_at.shell.open("compose", post_id=post_id)
    posts_at.wait_for("compose")
    assert posts_at.compose.strip.act_ids() == ("see", "go_on")
    assert not posts_at.compose.footer.issue.isEnabled()
    posts_at.compose.strip.buttons[1].click()
    posts_at.until(lambda: posts_at.popup_open() is not None, "asks why")
    posts_at.type("De meldkamer zegt dat het loopt.")
    posts_at.confirm()
    posts_at.until(posts_at.compose.footer.issue.isEnabled, "reason given")


def test_consent_is_asked_and_empty_stops(posts_at: PostWindow, village: Desk) -> None:
    values = {
        "wie": "mevrouw Voorbeeld, 81 jaar",
        "tijd": "14:10",
        "plaats": "Dorpsstraat",
        "toestand": "te voet",
        "uiterlijk": "rode jas",
    }
    post_id = (
        Posts(village)
        .new_draft(MessageKind.MISSING_PERSON, values=values, group_ids=town.GROUPS)
        .result()
    )
    posts_at.shell.open("compose", post_id=post_id)
    posts_at.wait_for("compose")
    assert "consent_missing" in rules(posts_at)
    posts_at.compose.form.entries["consent"].keyboard().setFocus()
    posts_at.key(KEY.Key_Down)
    posts_at.until(lambda: "consent_missing" not in rules(posts_at), "consent chosen")

    def kept() -> bool:
        draft = Posts(village).draft(post_id).result()
        return draft is not None and draft.consent == "via_control_room"

    posts_at.until(kept, "kept")


def test_the_guard_answers_each_key_from_memory(posts_at: PostWindow, village: Desk) -> None:
    """No read of the file stands between a key and the preview (D07)."""
    begin(posts_at, village, bericht="Het hek is stuk. " * 40)
    looks: list[object] = []
    looked = village.store.read
    village.store.read = lambda *given, **more: looks.append(given) or looked(*given, **more)  # type: ignore[method-assign,func-returns-value]
    posts_at.key(KEY.Key_Tab)
    looks.clear()
    started = time.perf_counter()
    posts_at.type("x")
    assert time.perf_counter() > started
    assert looks == []


def test_the_original_and_the_bubble_cannot_be_selected_or_copied(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    post_id = Posts(village).from_alert(town.read(village), group_ids=town.GROUPS).result()
    posts_at.shell.open("compose", post_id=post_id)
    posts_at.wait_for("compose")
    QGuiApplication.clipboard().clear()
    for part in (posts_at.compose.original, posts_at.compose.preview):
        part.setFocus()
        posts_at.key(KEY.Key_A, CTRL)
        posts_at.key(KEY.Key_C, CTRL)
    assert posts_at.board() == ""


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
def test_nothing_asks_for_more_than_the_window(
    posts_at: PostWindow,
    village: Desk,
    size: tuple[int, int],
) -> None:
    post_id = Posts(village).from_alert(town.read(village), group_ids=town.GROUPS).result()
    posts_at.window.resize(*size)
    posts_at.shell.open("compose", post_id=post_id)
    posts_at.wait_for("compose")
    posts_at.loop.turn(10)
    assert (posts_at.window.width(), posts_at.window.height()) == size
    hint = posts_at.compose.minimumSizeHint()
    assert hint.width() <= posts_at.compose.width()
    assert hint.height() <= posts_at.compose.height()
    folded = posts_at.compose.tab.isVisible()
    assert folded == (size[0] < 1200)


def test_every_control_has_a_name(posts_at: PostWindow, village: Desk) -> None:
    from PySide6.QtWidgets import QWidget

    begin(posts_at, village)
    for part in posts_at.compose.findChildren(QWidget):
        takes = part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.isVisible()
        if takes and part.focusProxy() is None:
            assert part.accessibleName(), part


def test_a_newer_version_of_the_template_is_said_and_not_forced(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    from dataclasses import replace

    from console.services.templates import Templates

    begin(posts_at, village)
    presenter = posts_at.shell.presenter("compose")
    assert isinstance(presenter, ComposePresenter)
    assert presenter.draft is not None
    assert presenter.draft.template is not None
    used = presenter.draft.template
    Templates(village).save(replace(used, layout=used.layout + "\nTot morgen.")).result()
    posts_at.until(lambda: posts_at.compose.strip.act_ids() == ("newer",), "line about version")
    assert "Dit bericht blijft bij versie 1" in posts_at.compose.strip.accessibleName()


def test_a_reader_is_refused_with_a_sentence(posts_at: PostWindow, village: Desk) -> None:
    begin(posts_at, village)
    village.person = Person("person-lezer", "Lex Voorbeeld", ("reader",))
    posts_at.type("x")
    posts_at.key(KEY.Key_Tab)
    posts_at.until(lambda: any("rol" in said[1] for said in posts_at.said), "refused in words")
