"""Berichten: sections, a new post by kind and area, recording what was made from the phone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from console.services.desk import Desk
from console.services.ledger import Handoff
from console.services.posts import Posts
from console.views.posts.posts import PostsScreen
from console.views.tables.rows import ROW_ROLE, Section
from contract.vocabulary import MessageKind
from tests.helpers import broadcasts, town
from tests.helpers.post_window import PostWindow

KEY = Qt.Key
VALUES = {"onderwerp": "Hek in het park", "bericht": "Het hek is stuk."}


def draft(desk: Desk) -> str:
    return Posts(desk).new_draft(MessageKind.GENERAL, values=VALUES, group_ids=town.GROUPS).result()


def show(window: PostWindow) -> PostsScreen:
    window.shell.open("posts")
    screen = window.shell.screen()
    assert isinstance(screen, PostsScreen)
    window.loop.turn(20)
    return screen


def sections(screen: PostsScreen) -> list[str]:
    model = screen.list.model()
    rows = (model.index(n, 0).data(ROW_ROLE) for n in range(model.rowCount()))
    return [row.title for row in rows if isinstance(row, Section)]


def test_posts_stand_in_four_sections(posts_at: PostWindow, village: Desk) -> None:
    draft(village)
    Posts(village).make_ready(draft(village)).result()
    Posts(village).release(draft(village)).result()
    broadcasts.place(village, draft(village))
    screen = show(posts_at)
    posts_at.until(lambda: len(sections(screen)) == 4, "four sections")
    assert sections(screen) == [
        "Mee bezig",
        "Klaar voor uitgeven",
        "Niet bevestigd",
        "Geplaatst",
    ]
    QAbstractItemModelTester(
        screen.list.model(), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    said = screen.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Mee bezig. Hek in het park. Algemeen bericht, 3 groepen")


def test_nothing_yet_says_what_to_do(posts_at: PostWindow) -> None:
    screen = show(posts_at)
    assert screen._empty.text().startswith("Er is nog geen bericht.")


def test_enter_goes_on_where_the_post_stands(posts_at: PostWindow, village: Desk) -> None:
    draft(village)
    screen = show(posts_at)
    posts_at.until(screen.list.current_id, "chosen")
    posts_at.key(KEY.Key_Return)
    posts_at.wait_for("compose")
    posts_at.key(KEY.Key_Escape)
    posts_at.until(lambda: posts_at.shell.here == "posts", "back")
    Posts(village).release(posts_at.shell.screen().list.current_id()).result()  # type: ignore[union-attr]
    posts_at.until(lambda: "Niet bevestigd" in sections(screen), "released")
    posts_at.until(lambda: "open" in screen.card.acts(), "card")
    posts_at.key(KEY.Key_Return)
    posts_at.wait_for("issue")


def test_a_new_post_is_a_digit_some_letters_and_one_confirmation(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    show(posts_at)
    posts_at.key(KEY.Key_N)
    dialog = posts_at.popup_open()
    posts_at.confirm()
    assert posts_at.popup_open() is dialog, "a kind is needed first"
    posts_at.key(KEY.Key_3)
    posts_at.type("lage")
    posts_at.until(dialog.place._list.isVisible, "places offered")
    posts_at.key(KEY.Key_Tab)
    assert dialog.place.area_id() == "area-lagebrug"
    posts_at.confirm()
    posts_at.wait_for("compose")
    writing = Posts(village).writing(posts_at.compose.event_subject()[1]).result()
    assert writing is not None
    assert writing.kind == MessageKind.WITNESS_APPEAL
    grey = [row.why_not for row in posts_at.shell.presenter("compose")._candidates]  # type: ignore[attr-defined]
    assert all(grey), "groups that want acute posts only are left grey, with the reason"
    assert writing.targets == ()


def test_a_new_post_of_an_acute_kind_proposes_the_groups(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    posts_at.shell.open("compose", kind=MessageKind.WARNING, area_id="area-lagebrug")
    posts_at.wait_for("compose")
    posts_at.until(lambda: posts_at.compose._groups == 3, "proposed")


def test_a_post_from_the_phone_is_recorded_and_the_guard_reports(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    show(posts_at)
    posts_at.key(KEY.Key_R)
    dialog = posts_at.popup_open()
    posts_at.type("Pas op voor babbeltrucs. Bel 06-12345678.")
    posts_at.confirm()
    assert "Kies wat voor bericht" in dialog._problem._text.text()
    dialog.kind.select(MessageKind.WARNING)
    dialog.place.set_area("area-lagebrug", "Lagebrug")
    dialog.place.chosen.emit("area-lagebrug")
    posts_at.until(lambda: dialog._groups, "groups")
    dialog.pick.list.setFocus()
    posts_at.key(KEY.Key_Space)
    posts_at.confirm()
    posts_at.until(lambda: dialog._done, "recorded")
    report = dialog._report.accessibleName()
    assert "slotregel" in report
    assert "telefoonnummer" in report
    rows = Posts(village).rows().result()
    assert rows[0].type == "recorded"
    ledger = Handoff(village).ledger(rows[0].id).result()
    assert ledger is not None
    assert ledger.rows[0].state == "placed"
    assert dialog._follow.isVisibleTo(dialog), "a line that was missing can be added"


def test_a_draft_can_be_put_away(posts_at: PostWindow, village: Desk) -> None:
    draft(village)
    screen = show(posts_at)
    posts_at.until(lambda: "drop" in screen.card.acts(), "card")
    screen.card.act_requested.emit("drop")
    posts_at.until(lambda: "Mee bezig" not in sections(screen), "put away")


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
def test_nothing_asks_for_more_than_the_window(
    posts_at: PostWindow,
    village: Desk,
    size: tuple[int, int],
) -> None:
    broadcasts.place(village, draft(village))
    posts_at.window.resize(*size)
    screen = show(posts_at)
    assert (posts_at.window.width(), posts_at.window.height()) == size
    assert screen.minimumSizeHint().width() <= screen.width()
    assert screen.minimumSizeHint().height() <= screen.height()
