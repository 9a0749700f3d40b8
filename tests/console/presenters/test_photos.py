"""Photos of the report in hand, in a real window, by keys (sync.md §8)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter

from console.services.desk import Desk
from console.services.photos import Photos
from console.views.dialogs.photo_draw import PhotoDrawDialog
from console.views.dialogs.photos import PhotosDialog
from console.views.reports.facts import photo_words
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.loop import DeskLoop
from tests.helpers.photos import jpeg, lay
from tests.helpers.reports import add
from tests.helpers.reports_bench import Bench

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def drawn(name: str = "PNG", color: str = "#3366aa") -> bytes:
    """Write a real picture."""
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(name.encode())).write(image)
    return bytes(buffer.data().data())


@pytest.fixture
def bench(theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop) -> Iterator[Bench]:
    made = Bench(desk, clock, loop)
    yield made
    made.window.close()


def opened(bench: Bench) -> PhotosDialog:
    bench.window.key(Key.Key_F, SHIFT)
    dialog: Any = bench.window.popup_open()
    assert isinstance(dialog, PhotosDialog)
    return dialog


def keep(bench: Bench, reason: str = "de fiets die weg is") -> None:
    """Say why in the popup over the photos, and keep it."""
    bench.window.until(lambda: isinstance(bench.window.popup_open(), PhotoDrawDialog))
    drawing: Any = bench.window.popup_open()
    assert isinstance(drawing, PhotoDrawDialog)
    assert not drawing.keep.isEnabled()
    drawing.reason.set_text(reason)
    bench.window.key(Key.Key_Return, CTRL)
    bench.window.until(lambda: isinstance(bench.window.popup_open(), PhotosDialog))


def test_a_photo_is_added_seen_taken_away_and_put_back_by_key(bench: Bench, tmp_path: Path) -> None:
    report_id = add(bench.desk, "Fiets weg")
    path = tmp_path / "fiets.jpeg"
    path.write_bytes(drawn("JPEG"))
    bench.start()
    dialog = opened(bench)
    assert "Hier komt de foto" in dialog.viewer.words()
    # A report without photos shows no empty frame, and the keyboard stands on the way to a first.
    assert not dialog.list.isVisible()
    assert dialog.add.hasFocus()
    dialog.file_chosen.emit(str(path))
    keep(bench)
    bench.window.until(lambda: dialog.current() and not dialog.viewer.words())
    assert dialog.viewer.accessibleName() == "Foto fiets.jpg"
    bench.window.key(Key.Key_Return, CTRL | SHIFT)
    bench.window.until(lambda: not Photos(bench.desk).of_report(report_id).result())
    bench.window.until(lambda: dialog.put_back.isVisible() and not dialog.current())
    dialog.put_back.click()
    bench.window.until(lambda: dialog.current() and not dialog.viewer.words())
    bench.window.key(Key.Key_Escape)
    bench.window.until(lambda: bench.presenter.card() and bench.presenter.card().photos)  # type: ignore[union-attr]
    card = bench.presenter.card()
    assert card is not None
    assert photo_words(card.photos) == "1: fiets.jpg (wacht op verzending)"


def test_a_photo_that_is_dropped_goes_to_the_report_in_hand(bench: Bench, tmp_path: Path) -> None:
    report_id = add(bench.desk, "Fiets weg")
    path = tmp_path / "fiets.png"
    path.write_bytes(drawn())
    bench.start()
    bench.screen.file_dropped.emit(str(path))
    keep(bench)
    bench.window.until(lambda: Photos(bench.desk).of_report(report_id).result())
    assert isinstance(bench.window.popup_open(), PhotosDialog)


def test_a_file_that_is_no_photo_is_refused_in_words_and_nothing_changes(
    bench: Bench, tmp_path: Path
) -> None:
    report_id = add(bench.desk, "Fiets weg")
    path = tmp_path / "brief.png"
    path.write_bytes(b"%PDF-1.7 geen foto")
    bench.start()
    dialog = opened(bench)
    dialog.file_chosen.emit(str(path))
    bench.window.until(lambda: "geen foto" in dialog.viewer.words())
    dialog.file_chosen.emit(str(tmp_path / "weg.png"))
    bench.window.until(lambda: "geen foto" not in dialog.viewer.words())
    assert not Photos(bench.desk).of_report(report_id).result()


def test_a_photo_that_cannot_be_drawn_says_so(bench: Bench) -> None:
    report_id = add(bench.desk, "Fiets weg")
    lay(bench.desk, report_id, "half.jpg", jpeg()).result()
    bench.start()
    dialog = opened(bench)
    bench.window.until(lambda: "kan hier niet worden getoond" in dialog.viewer.words())
    assert len(Photos(bench.desk).of_report(report_id).result()) == 1, "and it is still there"
