"""What the pictures of keeping, looking up and photos need: words, a search, an invented street."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from console.domain.photo import Pixels
from console.domain.photo_blocks import Block, covered
from console.domain.post_photo import Said
from console.presenters.photo_draw import open_draw
from console.presenters.photos import open_photos
from console.services.post_photos import PostPhotos
from console.services.terms import TermList
from console.views.widgets.scroll_area import ScrollArea
from contract.vocabulary import MessageKind, PostType

if TYPE_CHECKING:
    from tools.pictures.studio import Studio

REPORT = "report:Verdachte bestelbus"
REASON = "om de bus te herkennen"
ASKED = "Verzoek om inzage, brief van 3 november"
SIDES = (960, 600)
NUMBER = QRect(466, 452, 118, 34)
"""Where the plate of the van stands in the picture."""

FACE = QRect(198, 328, 44, 50)


def street() -> Pixels:
    """Paint a street with a van and somebody beside it, as pixels."""
    image = QImage(*SIDES, QImage.Format.Format_RGB888)
    image.fill(QColor("#b9cbd8"))
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(0, 430, SIDES[0], 170, QColor("#70757a"))
    painter.fillRect(0, 410, SIDES[0], 26, QColor("#a8a49c"))
    walls = ("#8d5b4c", "#a06a55", "#7d5547", "#946050", "#a87561")
    for at, wall in enumerate(walls):
        left = at * 196
        painter.fillRect(left, 150, 190, 262, QColor(wall))
        painter.setBrush(QColor("#5b4038"))
        painter.drawPolygon(
            QPolygonF([QPointF(left, 150), QPointF(left + 95, 78), QPointF(left + 190, 150)])
        )
        for x in (24, 112):
            painter.fillRect(left + x, 186, 54, 66, QColor("#dbe4ea"))
        painter.fillRect(left + 68, 310, 54, 102, QColor("#34454f"))
    painter.setBrush(QColor("#e9e7e1"))
    painter.drawRoundedRect(QRectF(330, 300, 400, 190), 26, 26)
    painter.fillRect(600, 326, 108, 72, QColor("#3f5463"))
    painter.setBrush(QColor("#26292c"))
    for x in (408, 654):
        painter.drawEllipse(QPointF(x, 494), 42, 42)
    painter.fillRect(NUMBER, QColor("#f2c230"))
    painter.setBrush(QColor("#d9b08c"))
    painter.drawEllipse(FACE)
    painter.fillRect(184, 376, 74, 116, QColor("#2f4a63"))
    painter.end()
    rows = image.constBits()
    line, step = SIDES[0] * 3, image.bytesPerLine()
    data = b"".join(bytes(rows[y * step : y * step + line]) for y in range(SIDES[1]))
    return Pixels(*SIDES, data)


def show_blocks(studio: Studio) -> None:
    """Open the popup in which parts of a photo are covered, with two blocks laid."""

    def keep(*_: Any) -> Any:
        raise AssertionError("nothing is kept for a picture")

    studio.open("reports")
    dialog = open_draw(
        studio.kit,
        studio.window,
        street(),
        subject="Foto bij Verdachte bestelbus",
        keep=keep,
        done=lambda _: None,
    )
    for area in (NUMBER, FACE):
        block = Block(area.left(), area.top(), area.width(), area.height())
        dialog.canvas.sheet.add(block)
    dialog.canvas.changed.emit()
    dialog.canvas.update()
    dialog.reason.set_text(REASON)
    studio.settle()


def show_photos(studio: Studio) -> None:
    """Open the photos of a report; the first time one is laid there."""
    report_id = studio.id_of(REPORT)
    photos = studio.kit.services.photos
    if not photos.of_report(report_id).result(20):
        photos.add_drawn(report_id, "bestelbus.jpg", _covered(), "image/jpeg", REASON).result(60)
    studio.open("reports")
    dialog = open_photos(studio.kit, studio.window, report_id, "Verdachte bestelbus")
    studio.kit.navigator.add_layer(dialog)
    studio.settle()


def show_post_photo(studio: Studio) -> None:
    """Open the photo of a post beside its text; the first time a draft with one is made."""
    try:
        post_id = studio.id_of("post:Wie zag deze bestelbus?")
    except AssertionError:
        services = studio.kit.services
        values = {"wat": "Wie zag deze bestelbus?", "plaats": "Havenkade, Lagebrug"}
        post_id = services.posts.new_draft(
            str(MessageKind.WITNESS_APPEAL),
            template_id=_template(studio),
            area_id=studio.id_of("area:Lagebrug"),
            values=values,
        ).result(20)
        said = Said("Camera van een winkel", "De winkelier", "zoeken in de buurtgroepen",
                    "zonder foto herkent niemand de bus", "2026-11-26")  # fmt: skip
        PostPhotos(services.desk).add(
            post_id, "bestelbus.jpg", _covered(), "image/jpeg", said
        ).result(60)
    studio.open("compose", post_id=post_id)
    studio.command("photo")
    studio.settle()


def show_words(studio: Studio) -> None:
    """Open Woorden with words that are no name, and one that was proposed."""
    terms = TermList(studio.kit.services.desk)
    if not terms.all().result(20).allowed:
        for one in ("Van Goghstraat", "De Wit Bouw", "Juliana"):
            terms.allow(one).result(20)
        terms.propose("Testmanplein", "een plein in Lagebrug").result(20)
    _page(studio, "words")


def show_logbook(studio: Studio) -> None:
    """Open Logboek with its first page found."""
    _page(studio, "logbook")
    page: Any = studio.kit.navigator.screen()
    page.logbook._find.click()
    studio.settle()


def show_retention(studio: Studio) -> None:
    """Open Bewaren at its top."""
    _page(studio, "retention")


def show_figures(studio: Studio) -> None:
    """Open Cijfers over a period of one's own."""
    _popup(studio, "figures").period.select("own")
    studio.settle()


def show_team_phone(studio: Studio) -> None:
    """Open the numbers of the team phone, with the reason given."""
    dialog = _popup(studio, "team_phone")
    dialog.fields["reason"].set_text("Nieuwe telefoon van het team")
    dialog.show_requested.emit()
    studio.settle()


def show_subject(studio: Studio) -> None:
    """Open Inzage with what is held of one administrator."""
    dialog = _popup(studio, "subject")
    dialog.fields["phone"].set_text("06-00000014")
    dialog.fields["reason"].set_text(ASKED)
    dialog.show_requested.emit()
    studio.settle()


def _page(studio: Studio, page: str) -> None:
    studio.open("settings", page=page)
    for one in studio.window.findChildren(ScrollArea):
        one.verticalScrollBar().setValue(0)
    studio.settle()


def _popup(studio: Studio, name: str) -> Any:
    studio.open("reports")
    studio.open(name)
    return studio.kit.navigator.top_layer()


def _template(studio: Studio) -> str:
    kind = str(MessageKind.WITNESS_APPEAL)
    found = studio.kit.services.templates.active(str(PostType.BROADCAST), kind).result(20)
    return str(found[0].id)


def _covered() -> Pixels:
    blocks = [Block(one.left(), one.top(), one.width(), one.height()) for one in (NUMBER, FACE)]
    return covered(street(), blocks)
