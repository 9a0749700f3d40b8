"""One picture, whole and as large as there is room, or a sentence instead."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent

from console.domain.photo import Pixels
from console.views.widgets.painted import Painted, rounded


def image_of(pixels: Pixels) -> QImage:
    """Return pixels as an image that holds its own copy of them."""
    step = 3 * pixels.width
    made = QImage(pixels.data, pixels.width, pixels.height, step, QImage.Format.Format_RGB888)
    return made.copy()


class Viewer(Painted):
    """Shows one photo whole, or a sentence instead."""

    spoken_role = "Graphic"

    def __init__(self, width: int = 380, height: int = 330) -> None:
        """``width`` and ``height`` are the least, in design pixels."""
        super().__init__()
        self._image: QImage | None = None
        self._words = ""
        self.setMinimumSize(self.theme.px(width), self.theme.px(height))

    def show_image(self, image: QImage, name: str) -> None:
        """Show a photo; ``name`` is read aloud."""
        self._image, self._words = image, ""
        self.setAccessibleName(f"Foto {name}")
        self.update()

    def say(self, words: str) -> None:
        """Say one thing instead of a photo."""
        self._image, self._words = None, words
        self.setAccessibleName(words)
        self.update()

    def words(self) -> str:
        """Return the sentence that stands there; empty while a photo is shown."""
        return self._words

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        rounded(painter, self.rect(), 8, color("sunken"), color("line"))
        edge = 8 if self._image is not None else self.theme.px(32)
        room = self.rect().adjusted(edge, 8, -edge, -8)
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._image.size()
            if size.width() > room.width() or size.height() > room.height():
                size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(room.topLeft(), size)
            place.moveCenter(room.center())
            painter.drawImage(place, self._image)
        else:
            painter.setFont(self.theme.font("body"))
            painter.setPen(color("text2"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, int(flags), self._words)
        painter.end()
