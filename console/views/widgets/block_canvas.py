"""A photo with blocks over it, drawn by mouse or by key (F27). What it shows is what is kept."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen

from console.domain.photo import Pixels
from console.domain.photo_blocks import LEAST, SHADE, Block, BlockSheet, between
from console.views.text import plural
from console.views.widgets.painted import Painted, rounded
from console.views.widgets.picture import image_of


class BlockCanvas(Painted):
    """``changed``: a block was laid, moved, made larger or smaller, or taken away."""

    spoken_role = "Canvas"

    changed = Signal()

    def __init__(self, pixels: Pixels) -> None:
        super().__init__()
        self.sheet = BlockSheet(pixels.width, pixels.height)
        self._image: QImage = image_of(pixels)
        self._from: tuple[int, int] | None = None
        self._grip: tuple[int, int] | None = None
        self._draft: Block | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(self.theme.px(420), self.theme.px(340))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._rename()

    def do(self, command: str) -> bool:
        """Do a command of the scope "blocks"; False for any other."""
        sheet = self.sheet
        # A step is an eightieth of the photo: a face is covered in a few keys.
        step = max(1, max(sheet.width, sheet.height) // 80)
        moves = {"left": (-step, 0), "right": (step, 0), "up": (0, -step), "down": (0, step)}
        way = command.removeprefix("block_").removeprefix("size_")
        if command == "block_new":
            sheet.add()
        elif command == "block_remove":
            sheet.remove()
        elif command == "block_undo":
            sheet.undo()
        elif command in ("block_next", "block_previous"):
            sheet.choose(1 if command == "block_next" else -1)
        elif command.startswith("block_size_") and way in moves:
            sheet.resize(*moves[way])
        elif command.startswith("block_") and way in moves:
            sheet.move(*moves[way])
        else:
            return False
        self._touched()
        return True

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._pixel(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or at is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        block = self.sheet.current() if self.sheet.choose_at(*at) else None
        if block is not None:
            self._grip = (at[0] - block.left, at[1] - block.top)
        self._from = at
        self._touched()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._pixel(event.position().toPoint(), inside=False)
        if self._from is None or at is None:
            return
        if self._grip is None:
            self._draft = between(*self._from, *at)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._pixel(event.position().toPoint(), inside=False)
        start, grip, self._from, self._grip, self._draft = (
            self._from, self._grip, None, None, None,
        )  # fmt: skip
        if start is None or at is None:
            return
        block = self.sheet.current()
        if grip is not None and block is not None:
            self.sheet.move(at[0] - grip[0] - block.left, at[1] - grip[1] - block.top)
        elif max(abs(at[0] - start[0]), abs(at[1] - start[1])) >= LEAST:
            self.sheet.add(between(*start, *at))
        self._touched()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        focused = self.hasFocus()
        edge = color("accent") if focused else color("line")
        rounded(painter, self.rect(), 8, color("sunken"), edge, 2.0 if focused else 1.0)
        place = self._place()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        for number, block in enumerate(self.sheet.blocks):
            self._paint_block(painter, place, block, chosen=number == self.sheet.chosen)
        if self._draft is not None:
            self._paint_block(painter, place, self._draft, chosen=True)
        painter.end()

    def _paint_block(self, painter: QPainter, place: QRect, block: Block, *, chosen: bool) -> None:
        scale = place.width() / self.sheet.width
        rect = QRectF(
            place.left() + block.left * scale,
            place.top() + block.top * scale,
            block.width * scale,
            block.height * scale,
        )
        painter.fillRect(rect, QColor(SHADE, SHADE, SHADE))
        # Two lines, light in dark: the chosen block stands out on any photo.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen:
            painter.setPen(QPen(QColor("white"), 3))
            painter.drawRect(rect)
            painter.setPen(QPen(self.theme.color("accent"), 1))
            painter.drawRect(rect)

    def _place(self) -> QRect:
        room = self.rect().adjusted(8, 8, -8, -8)
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(room.topLeft(), size)
        place.moveCenter(room.center())
        return place

    def _pixel(self, at: QPoint, *, inside: bool = True) -> tuple[int, int] | None:
        place = self._place()
        if place.width() < 1 or (inside and not place.contains(at)):
            return None
        x = (at.x() - place.left()) * self.sheet.width // place.width()
        y = (at.y() - place.top()) * self.sheet.height // place.height()
        return max(0, min(x, self.sheet.width - 1)), max(0, min(y, self.sheet.height - 1))

    def _touched(self) -> None:
        self._rename()
        self.update()
        self.changed.emit()

    def _rename(self) -> None:
        count = len(self.sheet.blocks)
        said = plural(count, "blok", "blokken") if count else "nog geen blok"
        chosen = f", blok {self.sheet.chosen + 1} gekozen" if self.sheet.chosen >= 0 else ""
        self.setAccessibleName(f"Foto, {said}{chosen}")
