"""A photo before it is kept: cover what nobody may see, and say what it is (F09, F27)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.failures import Problem
from console.domain.photo import Pixels
from console.domain.photo_blocks import covered
from console.domain.post_photo import Said
from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.text import plural
from console.views.widgets.band import Band
from console.views.widgets.block_canvas import BlockCanvas
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.text import Text

PROMISE = (
    "Er is nog niets bewaard. Wat onder een blok staat, wordt gewist voor de foto wordt bewaard. "
    "Ook plaats, tijd en toestel gaan eraf."
)
KEYS = "N: blok. Pijl: schuif. Shift+pijl: groter of kleiner. Delete: weg. Ctrl+Z: terug."
_WIDTH = 960


class PhotoDrawDialog(Dialog):
    """``keep_requested``: the person presses the filled button.

    ``outward``: the photo goes with a post, so source, permission and last day are asked as well.
    """

    keep_requested = Signal()

    scopes = ("blocks",)

    def __init__(
        self, window: QWidget, pixels: Pixels, *, outward: bool, subject: str, last_day: str = ""
    ) -> None:
        """``subject`` is what the report or post is known by."""
        title = "Foto bij dit bericht" if outward else "Foto bij deze melding"
        super().__init__(window, title, width=_WIDTH)
        self._pixels = pixels
        self.outward = outward
        self.canvas = BlockCanvas(pixels)
        self.source = Field("Waar komt de foto vandaan?", max_length=200)
        self.permission_by = Field("Wie gaf toestemming?", max_length=120)
        self.permission_for = Field("Toestemming waarvoor?", max_length=200)
        self.reason = Field(
            "Waarom is deze foto nodig?" if outward else "Waarom bewaart u deze foto?",
            multi_line=True,
            lines=2,
            max_length=400,
        )
        self.expires_on = Field("Laatste dag", "daarna wordt hij gewist", max_length=10)
        self.expires_on.set_text(last_day)
        self._problem = Band("red", "", "", "octagon-alert")
        self._problem.hide()
        self._blocks = Text("", "small", "text2")
        self._new = Button("Leg een blok", keys_of("block_new"), size="s")
        self._gone = Button("Haal weg", keys_of("block_remove"), size="s")
        self._back = Button("Ongedaan", keys_of("block_undo"), size="s")
        self.keep = Button("Bewaar de foto", keys_of("confirm"), kind="filled")
        self._build(subject)
        self._new.clicked.connect(self._on_new)
        self._gone.clicked.connect(self._on_gone)
        self._back.clicked.connect(self._on_back)
        self.keep.clicked.connect(self.keep_requested)
        self.canvas.changed.connect(self._on_blocks)
        for field in self._fields():
            field.text_changed.connect(self._on_typed)
        self.first_focus = self.canvas
        self._on_blocks()
        self._on_typed()

    def said(self) -> Said:
        """Return what is said of the photo."""
        return Said(
            self.source.text().strip(),
            self.permission_by.text().strip(),
            self.permission_for.text().strip(),
            self.reason.text().strip(),
            self.expires_on.text().strip(),
        )

    def pixels(self) -> Pixels:
        """Return the pixels that may be kept: those under a block are gone."""
        return covered(self._pixels, self.canvas.sheet.blocks)

    def show_problem(self, problem: Problem) -> None:
        """Say why it could not be kept; blocks and words stay."""
        self._problem.set_content("red", problem.sentence, problem.next_step, "octagon-alert")
        self._problem.show()
        self.set_busy(False)
        self.refit()

    def problem_words(self) -> str:
        """What was refused; empty for nothing."""
        return self._problem.accessibleName() if not self._problem.isHidden() else ""

    def set_busy(self, busy: bool) -> None:
        """Say that the photo is being written; the button waits for it."""
        self.keep.set_label("Wordt bewaard…" if busy else "Bewaar de foto")
        self.keep.set_reason("De foto wordt nu bewaard." if busy else self._missing())

    def do(self, command: str) -> bool:
        """Draw blocks while the photo has the keyboard."""
        if command.startswith("block_"):
            return self.canvas.do(command)
        return super().do(command)

    def close_with(self, result: object = None) -> None:
        """Close and let go of the picture: nothing of it was kept."""
        self._pixels = Pixels(0, 0, b"")
        super().close_with(result)

    def _build(self, subject: str) -> None:
        px = self.theme.px
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addWidget(self.canvas, 1)
        acts = BreakingRow()
        acts.setSpacing(px(8))
        for one in (self._new, self._gone, self._back):
            acts.addWidget(one)
        acts.addStretch(1)
        acts.addWidget(self._blocks)
        left.addLayout(acts)
        left.addWidget(Text(KEYS, "small", "text2", wrap=True))
        right = QVBoxLayout()
        right.setSpacing(px(12))
        right.addWidget(Text(subject, "reading_strong", wrap=True))
        right.addWidget(Text(PROMISE, "small", "text2", wrap=True))
        for field in self._fields():
            right.addWidget(field)
        right.addWidget(self._problem)
        right.addStretch(1)
        columns = self.two_columns(840)
        columns.setSpacing(px(20))
        columns.addLayout(left, 6)
        columns.addLayout(right, 4)
        self.body.addLayout(columns)
        self.set_buttons(self.keep)

    def _fields(self) -> tuple[Field, ...]:
        if not self.outward:
            return (self.reason,)
        return (self.source, self.permission_by, self.permission_for, self.reason, self.expires_on)

    def _missing(self) -> str:
        said = self.said()
        names = {
            "source": "waar de foto vandaan komt",
            "permission_by": "wie toestemming gaf",
            "permission_for": "waarvoor",
            "reason": "de reden",
            "expires_on": "de laatste dag",
        }
        asked = said.missing() if self.outward else (() if said.reason else ("reason",))
        return f"Vul nog in: {', '.join(names[one] for one in asked)}." if asked else ""

    def _on_typed(self, _text: str = "") -> None:
        self.keep.set_reason(self._missing())

    def _on_blocks(self) -> None:
        sheet = self.canvas.sheet
        self._blocks.set_text(plural(len(sheet.blocks), "blok", "blokken") if sheet.blocks else "")
        self._gone.set_reason("" if sheet.current() else "Er is geen blok gekozen.")

    def _on_new(self) -> None:
        self._draw("block_new")

    def _on_gone(self) -> None:
        self._draw("block_remove")

    def _on_back(self) -> None:
        self._draw("block_undo")

    def _draw(self, command: str) -> None:
        self.canvas.do(command)
        self.canvas.setFocus()
