"""The photo of a message from file to removal, in a real window, by keys and mouse (F09, F27)."""

from __future__ import annotations

import struct
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from console.domain.photo_blocks import SHADE
from console.intake import decoding
from console.presenters import feedback
from console.presenters.clipboard import HINTS, SECONDS
from console.services.desk import Desk
from console.services.ledger import Handoff
from console.services.post_photos import PostPhotos
from console.services.posts import Posts
from console.storage import blobs, handovers, signs
from console.views.dialogs.photo_draw import PhotoDrawDialog
from console.views.dialogs.post_photo import PostPhotoDialog
from contract.bare import is_bare
from tests.helpers import town
from tests.helpers.clock import HandClock
from tests.helpers.photos import real, segment
from tests.helpers.post_window import ALT, CTRL, SHIFT, PostWindow

Key = Qt.Key
PLACE = b"52.3874 N 4.6462 E Telefoon van Testpersoon"


def with_place() -> bytes:
    """A real JPEG as a telephone writes it, with where it was taken."""
    head = struct.pack(">IHHHII", 8, 1, 0x8825, 4, 1, 26)
    whole = real("JPG", (320, 240))
    return whole[:2] + segment(0xE1, b"Exif\x00\x00MM\x00*" + head + PLACE) + whole[2:]


def missing(desk: Desk) -> str:
    """Write the draft of a missing person, with nothing open."""
    posts = Posts(desk)
    post_id = posts.from_alert(
        town.read(desk), group_ids=town.GROUPS[:2], area_id="area-lagebrug"
    ).result()
    shown = posts.preview(post_id, town.GROUPS[0]).result()
    assert shown is not None
    for one in shown.findings:
        if not one.answered:
            posts.decide(post_id, one, "dit mag met toestemming").result()
    return post_id


def top(window: PostWindow, kind: type) -> Any:
    window.until(lambda: isinstance(window.popup_open(), kind), kind.__name__)
    return window.popup_open()


def test_a_photo_from_a_telephone_to_its_removal(
    posts_at: PostWindow, village: Desk, clock: HandClock, tmp_path: Path
) -> None:
    window, photos = posts_at, PostPhotos(village)
    path = tmp_path / "meisje.jpg"
    path.write_bytes(with_place())
    post_id = missing(village)
    window.shell.open("compose", post_id=post_id)
    window.wait_for("compose")
    window.until(lambda: window.compose.header.photo_words() == "Foto erbij")

    # Choose a file, cover a face with the mouse and a plate by keys, say what it is.
    window.key(Key.Key_F, ALT)
    dialog = top(window, PostPhotoDialog)
    window.until(lambda: "nog geen foto" in dialog.viewer.words())
    dialog.file_chosen.emit(str(path))
    drawing = top(window, PhotoDrawDialog)
    canvas = drawing.canvas
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(60, 50))
    QTest.mouseMove(canvas, middle)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(20, 30))
    for key, modifiers, times in (
        (Key.Key_N, Qt.KeyboardModifier.NoModifier, 1),
        (Key.Key_Left, Qt.KeyboardModifier.NoModifier, 20),
        (Key.Key_Right, SHIFT, 3),
        (Key.Key_N, Qt.KeyboardModifier.NoModifier, 1),
        (Key.Key_Delete, Qt.KeyboardModifier.NoModifier, 1),
    ):
        window.key(key, modifiers, times)
    blocks = canvas.sheet.blocks
    assert len(blocks) == 2
    window.key(Key.Key_Return, CTRL)
    assert not drawing.keep.isEnabled(), "source and permission are not said yet"
    drawing.source.set_text("De moeder, per e-mail")
    drawing.permission_by.set_text("De moeder")
    drawing.permission_for.set_text("zoeken in de buurtgroepen")
    drawing.reason.set_text("Zonder foto herkent niemand haar")
    window.key(Key.Key_Return, CTRL)
    dialog = top(window, PostPhotoDialog)
    window.until(lambda: dialog.viewer.accessibleName() == "Foto meisje.jpg")

    # What is kept holds no place, and no pixel of what lies under a block.
    found = photos.of_post(post_id).result()
    assert found is not None
    assert found.id
    record = village.look(lambda conn: blobs_of(conn, found.id)).result()
    kept = village.look(lambda conn: blobs.content(conn, record)).result()
    assert kept is not None
    assert is_bare(kept)
    assert PLACE not in kept
    pixels = decoding.decode(kept, found.type)
    for block in blocks:
        for x, y in (
            (block.left + 3, block.top + 3),
            (block.left + block.width - 4, block.top + block.height - 4),
        ):
            at = 3 * (y * pixels.width + x)
            assert all(abs(shade - SHADE) <= 6 for shade in pixels.data[at : at + 3])
    assert dialog.heading.text().startswith("Vermiste persoon: ")
    window.until(lambda: bool(seen(photos, post_id)))
    window.key(Key.Key_Return, CTRL)

    # Release; the photo goes after the text, by the same clipboard.
    window.until(lambda: window.popup_open() is None)
    Posts(village).release(post_id).result()
    window.shell.open("issue", post_id=post_id)
    window.wait_for("issue")
    window.until(lambda: window.issue.header.photo_words() == "Foto")
    window.key(Key.Key_F, SHIFT)
    dialog = top(window, PostPhotoDialog)
    window.until(lambda: "Kopieer de foto voor" in dialog.main.label())
    assert not dialog.main.isEnabled(), "the text of this group comes first"
    window.key(Key.Key_Escape)
    window.copy()
    window.until(lambda: bool(window.board()))
    window.key(Key.Key_F, SHIFT)
    dialog = top(window, PostPhotoDialog)
    window.until(dialog.main.isEnabled)
    window.confirm()
    board = QGuiApplication.clipboard()
    window.until(lambda: not board.image().isNull(), "photo on the clipboard")
    assert board.image().width() == pixels.width
    assert all(board.mimeData().hasFormat(form) for form in HINTS)
    assert not board.text()
    window.until(lambda: window.popup_open() is None)
    clock.move(seconds=SECONDS + 1)
    window.until(lambda: board.image().isNull(), "clipboard emptied")
    window.confirm()
    ledger = Handoff(village).ledger(post_id).result()
    assert ledger is not None
    window.until(lambda: states(village, post_id)[0] == "placed")

    # After its last day: bytes gone, the card says so, a task per group that a person ticks.
    clock.move(days=15)
    village.store.write(lambda conn: blobs.tidy(conn, village.now())).result()
    assert village.look(lambda conn: blobs.content(conn, record)).result() is None
    (due,) = photos.due().result()
    assert (due.post_id, due.groups) == (post_id, 1)
    sheet = village.look(lambda conn: signs.open_tasks(conn, village.now(), village.now())).result()
    assert [one.title for one in sheet] == [
        f"Verwijder de foto in WhatsApp bij {ledger.rows[0].group_name}"
    ]
    target = village.look(lambda conn: handovers.target(conn, "task", sheet[0].id)).result()
    assert (target.kind, target.id) == ("post", post_id)
    window.shell.register("feedback", partial(feedback.make, window.kit, window.window))
    window.shell.open("feedback")
    window.until(lambda: window.shell.here == "feedback")
    screen: Any = window.shell.screen()
    window.until(lambda: screen.due.list.set_current(f"photo:{post_id}"), "row to take it away")
    screen.due.list.setFocus()
    window.key(Key.Key_Return)
    assert isinstance(top(window, PostPhotoDialog), PostPhotoDialog)
    window.key(Key.Key_Escape)
    window.until(lambda: window.popup_open() is None)
    window.shell.open("posts", post_id=post_id)
    window.until(lambda: window.shell.here == "posts")
    window.until(lambda: "photo" in window.shell.screen().card.acts())  # type: ignore[union-attr]
    window.key(Key.Key_F, SHIFT)
    dialog = top(window, PostPhotoDialog)
    window.until(lambda: "verlopen" in dialog.viewer.words())
    window.key(Key.Key_Space)
    window.until(lambda: not photos.due().result())
    window.until(dialog.band.isHidden)
    window.key(Key.Key_Space)
    window.until(lambda: bool(photos.due().result()), "a tick can be taken back")
    assert photos.copy(ledger.rows[0].id).exception() is not None


def blobs_of(conn: Any, photo_id: str) -> str:
    from console.storage.projection import shown

    record = shown(conn, "photo", photo_id)
    assert record is not None
    return str(record.body["sha256"])


def seen(photos: PostPhotos, post_id: str) -> bool:
    found = photos.of_post(post_id).result()
    return found is not None and found.previewed


def states(desk: Desk, post_id: str) -> list[str]:
    ledger = Handoff(desk).ledger(post_id).result()
    assert ledger is not None
    return [row.state for row in ledger.rows]
