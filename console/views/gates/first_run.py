"""First run: a name, a team, and a passphrase where the machine has no key ring (09a)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.failures import Problem
from console.views.gates.gate import Gate, Mark
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.finding_line import FindingLine, IconMark
from console.views.widgets.painted import Painted
from console.views.widgets.text import Text

_WIDTH = 880
_EXPLAINED_FROM = 720

_HOW = (
    (
        "inbox",
        "U ziet wat de buurt ziet",
        "Meldingen uit de groepen staan in één lijst. U pakt ze op met één toets.",
    ),
    (
        "message",
        "U schrijft, de desk kijkt mee",
        "Namen, nummers en adressen die niet mogen, ziet u meteen in de tekst.",
    ),
    (
        "clipboard",
        "U plaatst zelf",
        "De desk zet de tekst klaar. U plakt hem in WhatsApp en zegt hoe het ging.",
    ),
    (
        "reply",
        "Niemand blijft zonder antwoord",
        "Voor elk bericht loopt een klok tot de terugkoppeling.",
    ),
)

_NEEDED = (
    "Deze computer heeft geen sleutelbos. Zonder deze zin gaat de desk niet open. "
    "Schrijf hem niet op de computer."
)
_WISE = (
    "Mag leeg blijven: de sleutelbos van deze computer opent uw gegevens. "
    "Met een zin kunt u er ook in als de sleutelbos weg is."
)


class _Explained(Painted):
    """The right half of the card: how it works, in four lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(40), px(44), px(40), px(36))
        column.setSpacing(0)
        column.addWidget(Text("Zo werkt het", "reading_strong", "text2"))
        column.addSpacing(px(18))
        for icon, title, words in _HOW:
            row = QHBoxLayout()
            row.setSpacing(px(15))
            row.addWidget(IconMark(icon, "accent", 18), 0, Qt.AlignmentFlag.AlignTop)
            lines = QVBoxLayout()
            lines.setSpacing(px(1))
            lines.addWidget(Text(title, "body_strong", wrap=True))
            lines.addWidget(Text(words, "second", "text2", wrap=True))
            row.addLayout(lines, 1)
            column.addLayout(row)
            column.addSpacing(px(26))
        column.addStretch(1)
        safe = QHBoxLayout()
        safe.setSpacing(px(9))
        safe.addWidget(IconMark("lock", "text2", 16))
        words = "Uw gegevens staan op deze computer en zijn versleuteld."
        safe.addWidget(Text(words, "small", "text2", wrap=True), 1)
        column.addLayout(safe)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        box = QRectF(self.rect()).adjusted(-16, 1, -1, -1)
        outline.addRoundedRect(box, 11, 11)
        half = QPainterPath()
        half.addRect(QRectF(self.rect()))
        painter.fillPath(outline.intersected(half), self.theme.color("sunken"))
        painter.fillRect(0, 1, 1, self.height() - 2, self.theme.color("line"))
        painter.end()


class FirstRunPage(Gate):
    """Asks what the desk cannot know. `begin_requested` carries name, team and passphrase."""

    begin_requested = Signal(str, str, str)
    training_requested = Signal()
    team_requested = Signal()

    def __init__(self, *, has_keyring: bool, training: bool = False) -> None:
        """`has_keyring`: the passphrase may stay empty. `training`: no way to training from here."""
        super().__init__(
            "Welkom bij Buurtdesk",
            width=_WIDTH,
            footer="Buurtdesk stuurt zelf niets naar WhatsApp.",
        )
        self._has_keyring = has_keyring
        px = self.theme.px
        self.name = Field("Uw naam", max_length=120, height=38)
        self.team = Field("Uw team", "u kunt dit later veranderen", max_length=120, height=38)
        self.passphrase = Field(
            "Wachtwoordzin",
            "mag leeg blijven" if has_keyring else "opent uw gegevens",
            placeholder="Minstens vier woorden",
            secret=True,
            max_length=400,
            height=38,
        )
        self.note = Text(_WISE if has_keyring else _NEEDED, "small", "text2", wrap=True)
        self._problem = FindingLine("stop")
        self._problem.hide()
        self.primary = Button("Begin", "Ctrl+Enter", kind="filled", size="l")
        self.second = Button("Eerst oefenen", icon="training", size="l")
        self.team_way = Button("Sluit aan bij een team", icon="link", size="l")
        left = QVBoxLayout()
        left.setContentsMargins(px(44), px(40), px(44), px(40))
        left.setSpacing(0)
        left.addWidget(Mark())
        left.addSpacing(px(18))
        left.addWidget(Text("Welkom bij Buurtdesk", "welcome", wrap=True))
        left.addSpacing(px(2))
        lead = (
            "U gaat oefenen. Vul dit in. Niets van hier wordt echt."
            if training
            else "Vul dit in. Daarna kunt u meteen beginnen."
        )
        left.addWidget(Text(lead, "reading", "text2", wrap=True))
        left.addSpacing(px(20))
        left.addWidget(self.name)
        left.addSpacing(px(14))
        left.addWidget(self.team)
        left.addSpacing(px(14))
        left.addWidget(self.passphrase)
        left.addSpacing(px(6))
        left.addWidget(self.note)
        left.addSpacing(px(12))
        left.addWidget(self._problem)
        left.addSpacing(px(12))
        buttons = QHBoxLayout()
        buttons.setSpacing(px(10))
        buttons.addWidget(self.primary)
        buttons.addWidget(self.second)
        buttons.addStretch(1)
        left.addLayout(buttons)
        left.addSpacing(px(10))
        # A row of its own: three buttons beside each other do not fit at 150 %.
        left.addWidget(self.team_way, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        self._explained = _Explained()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 507)
        row.addWidget(self._explained, 373)
        self.card.column.addLayout(row)
        # Only now: shown before it has a parent, a button is a window of its own for a moment,
        # and takes the keyboard with it.
        self.second.setVisible(not training)
        self.team_way.setVisible(not training)
        self.card.setMinimumHeight(px(570))
        self.primary.clicked.connect(self._on_begin)
        self.second.clicked.connect(self.training_requested)
        self.team_way.clicked.connect(self.team_requested)
        for field in (self.name, self.team, self.passphrase):
            field.text_changed.connect(self._on_typed)

    def take_focus(self) -> None:
        """Start at the name."""
        self.name.setFocus()

    def set_problem(self, problem: Problem) -> None:
        """Say it under the fields; nothing that was typed is lost."""
        self.set_busy("")
        self._problem.set_finding("stop", f"{problem.sentence} {problem.next_step}".strip())
        self._problem.show()

    def set_busy(self, words: str) -> None:
        """Hold the buttons while the desk is being made, and say so."""
        super().set_busy(words)
        if words:
            self._problem.set_finding("plain", f"{words}. Dit duurt enkele seconden.")
            self._problem.show()
        for field in (self.name, self.team, self.passphrase):
            field.set_read_only(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explained.setVisible(self.width() >= self.theme.px(_EXPLAINED_FROM))

    def _on_typed(self, _text: str) -> None:
        for field in (self.name, self.team, self.passphrase):
            field.set_finding("")
        if not self.busy:
            self._problem.hide()

    def _on_begin(self) -> None:
        for field, words in ((self.name, "Vul uw naam in."), (self.team, "Vul uw team in.")):
            if not field.text().strip():
                field.set_finding("stop", words)
                field.setFocus()
                return
        words = self.passphrase.text()
        too_short = len(words.split()) < 4 or len(words.strip()) < 12
        if too_short and (words or not self._has_keyring):
            self.passphrase.set_finding("stop", "Neem minstens vier woorden en twaalf tekens.")
            self.passphrase.setFocus()
            return
        self.begin_requested.emit(self.name.text().strip(), self.team.text().strip(), words)
