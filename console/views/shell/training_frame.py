"""The unmistakable frame of training mode: a hatched plum band and a border (F57, 09f)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.views.main_window import BAND
from console.views.theme.icons import draw_icon
from console.views.widgets.painted import Painted, draw_text


class TrainingFrame(Painted):
    """Painted behind everything; screenshots of training can never pass for live."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Oefening. Niets van dit scherm is echt.")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        painter.fillRect(self.rect(), color("trainfill"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("trainstripe"), px(10)))
        step = px(28)
        tall = self.height()
        for x in range(-tall, self.width(), step):
            painter.drawLine(x, tall, x + tall, 0)
        painter.restore()
        word, words = (
            "OEFENING",
            "Niets wat u hier doet gaat naar buiten. Elke tekst begint met OEFENING.",
        )
        strong = self.theme.metrics("body_strong")
        body = self.theme.metrics("body_medium")
        wide = px(24) + round(strong.horizontalAdvance(word)) + px(14)
        wide += round(body.horizontalAdvance(words))
        left = (self.width() - wide) // 2
        # A calm ground under the words: white on stripes would be hard to read.
        painter.fillRect(left - px(16), 0, wide + px(32), px(BAND), color("trainfill"))
        painter.setPen(color("white"))
        draw_icon(painter, left, (px(BAND) - px(16)) / 2, "training", px(16), color("white"))
        left += px(24)
        painter.setFont(self.theme.font("body_strong"))
        draw_text(painter, left, 0, px(BAND), word)
        left += round(strong.horizontalAdvance(word)) + px(14)
        painter.setFont(self.theme.font("body_medium"))
        draw_text(painter, left, 0, px(BAND), words)
        painter.end()
