"""Paint every part of the desk on one sheet: `python -m tools.gallery OUT.png [--dark]`.

The sheet is what a designer compares with design/screens: colours, letters, buttons, fields,
chips, lamps, rows, findings, icons.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.theme.icons import draw_icon
from console.views.theme.theme import Theme, current
from console.views.theme.tokens import Tokens
from console.views.widgets.band import FindingBand
from console.views.widgets.bubble import ChatGround
from console.views.widgets.button import Button
from console.views.widgets.chip import Chip
from console.views.widgets.choice import Choice
from console.views.widgets.editors import Mark, MarkKind
from console.views.widgets.field import Field
from console.views.widgets.flow_steps import FlowSteps
from console.views.widgets.frame import Frame
from console.views.widgets.lamp import Lamp
from console.views.widgets.lease_ring import paint_lease_ring
from console.views.widgets.painted import rounded
from console.views.widgets.span_text import SpanText
from console.views.widgets.text import Text
from console.views.widgets.tick import Radio, Tick

SIZE = (1440, 900)

ICONS = (
    "inbox message reply people antenna swap book search plus check close chevron-down "
    "chevron-right chevron-up chevron-left arrow-right octagon-alert triangle-alert clock ring "
    "dashed-ring half-ring disc-check ring-check ring-cross ring-question ring-pause lock copy "
    "clipboard phone person car tree pin camera link pencil eye moon printer refresh offline "
    "shield info flag keyboard home send paste undo history menu dots filter list shop star panel "
    "training sun person-via"
).split()

TYPE = (
    ("Plak en verstuur in deze groep", "next_step", "text", "20 / 600", 612),
    ("Vermiste man, Lagebrug", "subject", "text", "18 / 600", 642),
    ("Meldingen", "screen", "text", "16 / 600", 669),
    ("Leestekst van een melding of bericht", "reading", "text", "14 / 400", 694),
    ("Verdachte bestelbus, nog niet gezien", "body_strong", "text", "13 / 600", 719),
    ("Verdachte bestelbus, al gezien", "body_medium", "text", "13 / 500", 742),
    ("Gewone tekst, waarden, knoppen", "body", "text", "13 / 400", 765),
    ("direct · alleen acuut · bevestigd 34 dagen geleden", "small", "text2", "12 / 400", 788),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A made-up report row."""

    id: str
    title: str
    place: str
    state: str
    kind: str
    words: str
    right: str
    below: str = ""
    holder: str = ""
    lease: float = 0.0
    fresh: bool = False


ROWS = (
    Sample("1", "Verdachte bestelbus", "Havenkade, Veldermeer", "ring", "car",
           "Witte bus rijdt al drie kwartier stapvoets langs de huizen", "3 min", fresh=True),
    Sample("2", "Scooter zonder licht", "Langs de Wiel, Veldermeer", "ring", "car",
           "Rijdt steeds over de stoep bij de basisschool", "24 min"),
    Sample("3", "Persoon voelt aan autodeuren", "Molenweg, Veldermeer", "disc-check", "person",
           "Donkere jas, capuchon. Liep richting de brug.", "15:20", "nog 8 min", "Ik", 0.8),
    Sample("4", "Ruzie op het plein", "Brink, Klaverzand", "half-ring", "people",
           "Zes of zeven mensen, er wordt geduwd", "38 min", "nog 6 min", "R. Oostinga", 0.6),
    Sample("5", "Auto rijdt rondjes", "Achterduin, Klaverzand", "dashed-ring", "car",
           "Grijze stationwagen, twee inzittenden", "15:31", "", "Ik, voorlopig"),
    Sample("6", "Fiets gestolen bij station", "Lagebrug, Veldermeer", "ring-pause", "person",
           "Wacht op beelden van de beheerder", "15:08", "", "tot 18:00"),
)  # fmt: skip


class SampleDelegate(RowDelegate):
    """Paints a sample row as the reports list does."""

    height = 58

    def paint_row(self, painter: QPainter, rect: QRect, row: Sample, state: RowState) -> None:
        """Paint a sample row."""
        px = self.theme.px
        left, top = rect.left() + px(self.text_edge), rect.top()
        if row.fresh:
            dot = QRectF(rect.left() + px(8), top + px(17), 6, 6)
            rounded(painter, dot, 3, self.theme.color("accent"))
        tones = {"disc-check": "accent", "dashed-ring": "amber"}
        tone = tones.get(row.state, "text2")
        self.icon(painter, rect.left() + px(20), top + px(19), row.state, 16, tone)
        right = rect.right() - px(16)
        used = self.text_right(painter, right, top + px(11), px(18), row.right, "small", "text2")
        role = "body_strong" if row.fresh or state.chosen else "body_medium"
        if row.id in "3456":
            role = "body_medium"
        room = right - used - px(14) - left
        x = left + self.text(painter, left, top + px(10), px(18), row.title, role, "text", room)
        x += px(10)
        self.text(
            painter, x, top + px(10), px(18), row.place, "body", "text2", right - used - px(14) - x
        )
        self._second(painter, rect, row, left, right)

    def _second(self, painter: QPainter, rect: QRect, row: Sample, left: int, right: int) -> None:
        px = self.theme.px
        y, edge = rect.top() + px(34), right
        if row.below:
            edge -= self.text_right(painter, edge, y, px(17), row.below, "small", "text2") + px(8)
        if row.holder:
            mine = row.holder == "Ik"
            tone = "accent" if mine else "amber" if row.state == "dashed-ring" else "text2"
            edge -= self.text_right(painter, edge, y, px(17), row.holder, "small_medium", tone)
            edge -= px(8)
            if row.lease:
                edge -= px(12)
                paint_lease_ring(painter, edge, y + px(17) / 2, row.lease, mine=mine)
                edge -= px(6)
        self.icon(painter, left, y + px(17) / 2, row.kind, 14, "text2")
        x = left + px(20)
        self.text(painter, x, y, px(17), row.words, "second", "text2", edge - px(6) - x)


class _Swatches(QWidget):
    """The colours and the icons, painted straight on the sheet."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        names = [field.name for field in fields(Tokens) if field.name != "name"][:36]
        names = [n for n in names if n not in ("accenthover", "trainstripe", "traintint")]
        for number, name in enumerate(names[:32]):
            x, y = 28 + (number % 4) * 107, 46 + (number // 4) * 66
            box = QRectF(x, y, 93, 22)
            rounded(painter, box, 5, theme.color(name), theme.color("line2"))
            painter.setFont(theme.font("small_medium"))
            painter.setPen(theme.color("text"))
            painter.drawText(x, y + 37, name)
            painter.setFont(theme.font("key"))
            painter.setPen(theme.color("text3"))
            painter.drawText(x, y + 52, str(getattr(theme.tokens, name)))
        for number, name in enumerate(ICONS):
            x, y = 504 + (number % 14) * 34, 608 + (number // 14) * 26
            draw_icon(painter, x, y, name, 20, theme.color("text2"))
        painter.end()


def build(sheet: QWidget) -> None:
    """Put every part on the sheet, at the place it has in the target."""
    theme = current()

    def put(widget: QWidget, x: int, y: int, w: int = 0, h: int = 0) -> QWidget:
        widget.setParent(sheet)
        hint = widget.sizeHint()
        high = h or (widget.heightForWidth(w) if w and widget.hasHeightForWidth() else 0)
        widget.setGeometry(x, y, w or hint.width(), high or hint.height())
        return widget

    def head(text: str, x: int, y: int) -> None:
        put(Text(text, "small_strong", "text3"), x, y)

    def tagged(widget: QWidget) -> QWidget:
        widget.setObjectName("focus-sample")
        return widget

    for text, x, y in (
        ("Kleur", 28, 22), ("Letters: Inter", 28, 584), ("Knoppen en vinkjes", 490, 22),
        ("Velden", 490, 211), ("Labels en lampen", 490, 371), ("Bevindingen in tekst", 490, 516),
        ("Iconen: 24 raster, lijn 1,75", 490, 578), ("Rijen in de meldingenlijst", 1020, 22),
        ("Bevinding bij een veld", 1020, 419), ("Zo ziet de groep het", 1020, 553),
        ("Stappen", 1020, 687),
    ):  # fmt: skip
        head(text, x, y)
    for text, role, tone, note, y in TYPE:
        label = Text(text, role, tone)
        put(label, 28, y + 9 - label.sizeHint().height() // 2)
        put(Text(note, "small", "text3", align=Qt.AlignmentFlag.AlignRight), 330, y, 120)
    put(Text("E-000-OA  DESK-104  16:38", "body", code=True), 28, 810)
    put(
        Text("codes: zero, ss02", "small", "text3", align=Qt.AlignmentFlag.AlignRight),
        330,
        811,
        120,
    )

    put(Button("Geplaatst", "Ctrl+Enter", "check", "filled"), 490, 46)
    put(tagged(Button("Pak op", "C", kind="filled")), 678, 46)
    off = Button("Neem over")
    off.setEnabled(False)
    put(off, 774, 46)
    put(Button("Bericht maken", "B"), 490, 87)
    put(tagged(Button("Sluiten…", "S")), 633, 87)
    off = Button("Sluiten…", "S")
    off.setEnabled(False)
    put(off, 740, 87)
    put(Button("Kopieer opnieuw", "Ctrl+Shift+C", "copy", "quiet"), 491, 128)
    put(Button("12 nieuwe meldingen", "Home", "chevron-up", "tinted", "s"), 736, 130)
    for text, on, x in (("Aan", True, 490), ("Uit", False, 556), ("Met focus", True, 615)):
        tick = Tick(text)
        tick.setChecked(on)
        put(tagged(tick) if x == 615 else tick, x, 169)
    radio = Radio("Keuze")
    radio.setChecked(True)
    put(radio, 718, 169)

    for text, level, x, y in (
        ("Gewoon veld", "", 490, 235), ("Met focus", "focus", 739, 235),
        ("Let op", "warn", 490, 277), ("Stop", "stop", 739, 277), ("Alleen lezen", "lock", 490, 319),
    ):  # fmt: skip
        field = Field("", name=text)
        field.set_text(text)
        if level == "focus":
            tagged(field.editor)
        elif level == "lock":
            field.set_read_only(True)
        elif level == "warn":
            field.set_finding("warn")
        elif level == "stop":
            field.set_finding("stop")
        put(field, x, y, 241, 34)
    put(Choice([("a", "Keuzelijst")], "Keuzelijst"), 739, 319, 241, 34)

    put(Chip("Acuut", "red", "octagon-alert"), 490, 395)
    put(Chip("212 dagen niet bevestigd", "amber", "triangle-alert"), 564, 395)
    put(Chip("geplaatst", "green", "ring-check"), 751, 395)
    put(Chip("Groep mensen", "outline", "people"), 490, 426)
    put(Chip("4 wachten", "grey", "ring-pause"), 614, 426)
    put(Lamp("Goed", "good", "4 s geleden"), 490, 455)
    put(Lamp("Oud", "old", "6 min geleden"), 632, 455)
    put(Lamp("Weg", "gone", "geen contact, 3 min"), 490, 480)
    put(Lamp("Onbekend", "unknown", "sinds 16:29"), 673, 480)
    put(Lamp("Niet gezet", "unset"), 845, 480)

    text = "Bel 06-0000 1234 of Houd hem vast. Vaste slotregel. Uit het origineel."
    kinds: tuple[tuple[str, MarkKind], ...] = (
        ("06-0000 1234", "warn"),
        ("Houd hem vast.", "stop"),
        ("Vaste slotregel.", "closing"),
        ("Uit het origineel.", "source"),
    )
    marks = [Mark(text.index(p), text.index(p) + len(p), kind) for p, kind in kinds]
    put(SpanText(text, marks), 490, 539, 460)

    model = RowModel()
    view = ListView(model, SampleDelegate(), "Voorbeeldrijen")
    model.set_rows(ROWS)
    put(Frame(view), 1020, 46, 392, 354)
    view.set_current("2")
    view.setObjectName("list-sample")

    band = FindingBand(
        "stop", "Stop: u vraagt mensen om zelf op te treden", "Vraag om te kijken en te bellen.",
        [("Haal zin weg", "Alt+1"), ("Schrijf zelf", "Alt+2")],
    )  # fmt: skip
    put(band, 1020, 443, 392)
    chat = ChatGround(rounded_corners=True)
    chat.bubble.set_message(
        "*POLITIE Wielderland – Lagebrug*\n*Vermist: de heer Aalders, 78 jaar*", "16:33"
    )
    put(chat, 1020, 577, 392)
    put(FlowSteps(["Opstellen", "Uitgeven", "Terugkoppelen"], 2), 1020, 713)
    sheet.setPalette(theme.palette())


def render(path: Path, *, dark: bool, scale: int = 100) -> None:
    """Paint the sheet and save it as a picture."""
    theme = current()
    theme.set_mode("dark" if dark else "light")
    theme.set_scale(scale)
    sheet = _Swatches()
    sheet.resize(*SIZE)
    build(sheet)
    sheet.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    sheet.setFocus()
    sheet.show()
    sheet.activateWindow()
    QTest.qWaitForWindowActive(sheet)
    picture = sheet.grab()
    # Only one widget has the focus at a time; each sample is painted once while it has it.
    painter = QPainter(picture)
    samples = sheet.findChildren(QWidget, "focus-sample") + sheet.findChildren(ListView)
    for sample in samples:
        sample.setFocus()
        shown = sample.parentWidget() if sample.parentWidget() is not sheet else sample
        if shown is not None:
            painter.drawPixmap(shown.mapTo(sheet, shown.rect().topLeft()), shown.grab())
    painter.end()
    picture.save(str(path))
    sheet.deleteLater()


def main() -> None:
    """Read the arguments and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--scale", type=int, default=100)
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    Theme(app)
    render(arguments.out, dark=arguments.dark, scale=arguments.scale)


if __name__ == "__main__":
    main()
