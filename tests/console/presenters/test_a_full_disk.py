"""What somebody types while the disk is full stays on the screen and is kept when there is room."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from console.domain.changes import Changes
from console.presenters import groups
from console.presenters.compose import ComposePresenter
from console.presenters.import_register import open_import_register
from console.presenters.report_dialogs import NEW, open_new_report
from console.presenters.typing_buffer import TypingBuffer
from console.services.desk import Desk
from console.services.memory import Memory
from console.services.posts import Posts
from console.views.dialogs.import_register import ImportRegisterDialog
from console.views.dialogs.new_report import NewReportDialog
from console.views.theme.theme import Theme
from contract.vocabulary import MessageKind
from tests.helpers import town
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.full import full
from tests.helpers.loop import DeskLoop
from tests.helpers.post_window import PostWindow
from tests.helpers.register_files import ROWS, write_list

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LONG = "Het hek in het park is stuk en de gemeente maakt het morgen. " * 60
SAID = "De schijf is vol. Wat u net deed, is niet bewaard."


@pytest.fixture
def window(theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop) -> Iterator[DeskWindow]:
    town.build(desk)
    made = DeskWindow(desk, clock, loop, (1280, 800))
    made.screen("groups", groups.make)
    made.popup("new_report", open_new_report)
    made.popup("import_register", open_import_register)
    yield made
    made.close()


def said(window: DeskWindow) -> bool:
    return any(words.startswith(SAID) for _, words, _ in window.said)


def test_a_draft_typed_on_a_full_disk_stays_on_the_screen_through_news_and_is_kept_later(
    posts_at: PostWindow, village: Desk
) -> None:
    values = {"onderwerp": "Hek in het park", "bericht": "Het hek is stuk."}
    posts = Posts(village)
    post_id = posts.new_draft(MessageKind.GENERAL, values=values, group_ids=town.GROUPS).result()
    posts_at.shell.open("compose", post_id=post_id)
    posts_at.wait_for("compose")
    presenter = posts_at.shell.presenter("compose")
    assert isinstance(presenter, ComposePresenter)
    entry = posts_at.compose.form.entries["bericht"]
    with full(village.store):
        entry.set_text(LONG)
        entry.edited.emit("bericht", LONG)
        presenter._keeper.keep_fields()
        posts_at.until(lambda: said(posts_at), "the sentence")
        # News of a colleague has the draft read again.
        village.store.publish(Changes.of([("post", post_id)]))
        posts_at.loop.turn(30)
        assert entry.text() == LONG
        assert presenter._keeper.unsaved == {"bericht": LONG}
    presenter._keeper._idle.start(1)

    def kept() -> bool:
        writing = posts.writing(post_id).result()
        return writing is not None and writing.values["bericht"].strip() == LONG.strip()

    posts_at.until(kept, "kept when there is room")


def test_a_report_typed_on_a_full_disk_is_kept_once_when_there_is_room(
    window: DeskWindow, desk: Desk
) -> None:
    window.shell.open("new_report")
    dialog = window.popup_open()
    assert isinstance(dialog, NewReportDialog)
    dialog.category.select("person")
    dialog.place.set_text("Dorpsstraat")
    typed = Memory(desk)
    with full(desk.store):
        # The room that the page of this table still has is used up as well.
        for n in range(40):
            if typed.keep_typing(f"other-{n}", {"text": "x" * 300}).exception() is not None:
                break
        dialog.text.set_text(LONG)
        dialog.typed.emit(dialog.typed_now())
        window.until(lambda: dialog.wrong().startswith(SAID), "typing is not kept, and says so")
        dialog.refuse("")
        dialog.do("confirm")
        window.until(lambda: dialog.wrong().startswith(SAID), "nor is the report")
        assert dialog.is_open()
        assert dialog.text.text() == LONG
        assert typed.typed(NEW).result() == {}
    buffer = _buffer()
    buffer._timer.start(1)
    window.until(lambda: LONG in typed.typed(NEW).result().values(), "what was typed")
    dialog.do("confirm")
    window.until(lambda: not dialog.is_open(), "the report")
    look = desk.look(lambda c: c.exec_driver_sql("SELECT text FROM rec_report").scalars().all())
    assert [one.strip() for one in look.result()] == [LONG.strip()]
    assert typed.typed(NEW).result() == {}


def _buffer() -> TypingBuffer:
    (found,) = [one for one in gc.get_objects() if isinstance(one, TypingBuffer) and one._turns]
    return found


def test_a_list_that_the_disk_cuts_off_says_what_was_kept_and_can_be_taken_back(
    window: DeskWindow, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.services.register.TURN_OPS", 5)
    many = [ROWS[0].replace("1;Havenkade", f"{n};Groep {n:02d}") for n in range(1, 31)]
    path = write_list(tmp_path / "veel.csv", many)
    window.shell.open("groups")
    window.shell.open("import_register", path=str(path))
    dialog = window.popup_open()
    assert isinstance(dialog, ImportRegisterDialog)
    window.until(lambda: dialog.step == "columns", "the columns")
    for step in ("check", "lines"):
        dialog.do("confirm")
        window.until(lambda step=step: dialog.step == step, step)  # type: ignore[misc]
    no = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    ends = f"CREATE TRIGGER cut BEFORE INSERT ON rec_group WHEN new.name = 'Groep 12' {no}"
    desk.store.write(lambda conn: conn.exec_driver_sql(ends)).result()
    window.key(KEY.Key_A)
    dialog.do("confirm")
    window.until(lambda: dialog.step == "done", "cut off")
    groups_here = desk.look(
        lambda c: c.exec_driver_sql(
            "SELECT count(*) FROM rec_group WHERE name LIKE 'Groep%'"
        ).scalar()
    )
    count = int(groups_here.result() or 0)
    assert 0 < count < 12
    assert f"{count} groepen overgenomen" in dialog.words()
    assert "De schijf is vol." in dialog.details()
    assert "niet bewaard" in dialog.details()
    window.key(KEY.Key_Z, CTRL)
    window.until(lambda: dialog.words() == "Het inlezen is ongedaan gemaakt.", "taken back")
