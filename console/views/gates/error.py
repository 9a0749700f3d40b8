"""What keeps the desk closed: what happened, what was not touched, the next step (09d)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from console.domain.failures import Problem
from console.views.gates.gate import Gate, Mark
from console.views.widgets.button import Button
from console.views.widgets.divider import Divider
from console.views.widgets.text import Text

_WIDTH = 620
_FOOT = "Spoed? Werk verder met de telefoon van de balie. De stappen hangen naast het bureau."

_NOTHING_CHANGED = (
    "De desk heeft niets veranderd. Wat u deed en wat nog niet verstuurd is, staat nog op deze "
    "computer."
)
_KEPT = {
    "profile-in-use": "Er is niets mis met uw gegevens. In het andere venster staat alles er nog.",
    "disk-full": "Wat u tot nu toe deed is bewaard. Nieuw werk past er nog niet bij.",
}


class ErrorPage(Gate):
    """One failure that the person cannot work past. Never a stack trace."""

    close_requested = Signal()

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence, width=_WIDTH, footer=_FOOT)
        self._problem = problem
        px = self.theme.px
        column = QVBoxLayout()
        column.setContentsMargins(px(40), px(36), px(40), px(36))
        column.setSpacing(0)
        icon = "lock" if problem.code in ("wrong-key", "wrong-passphrase") else "octagon-alert"
        column.addWidget(Mark(icon, side=48, red=True))
        column.addSpacing(px(20))
        column.addWidget(Text(problem.sentence, "next_step", wrap=True))
        column.addSpacing(px(4))
        lead = Text(problem.next_step, "reading", "text2", wrap=True)
        lead.setVisible(bool(problem.next_step))
        column.addWidget(lead)
        column.addSpacing(px(20))
        self.primary = Button("Sluit de desk", "Ctrl+Enter", kind="filled", size="l")
        buttons = QHBoxLayout()
        buttons.addWidget(self.primary)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addSpacing(px(24))
        column.addWidget(Divider())
        column.addSpacing(px(16))
        column.addWidget(Text("Hoe het met uw gegevens staat", "body_strong", wrap=True))
        column.addSpacing(px(2))
        kept = _KEPT.get(problem.code, _NOTHING_CHANGED)
        column.addWidget(Text(kept, "second", "text2", wrap=True))
        column.addSpacing(px(20))
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        self.code = Text(f"Voor de beheerder: code {problem.code}", "small", "text2", elide=True)
        self.copy = Button("Kopieer code", kind="quiet")
        foot.addWidget(self.code)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        column.addLayout(foot)
        self.card.column.addLayout(column)
        self.primary.clicked.connect(self.close_requested)
        self.copy.clicked.connect(self._on_copy)

    def _on_copy(self) -> None:
        # A code of support holds no personal data, so it may pass the guard by.
        QGuiApplication.clipboard().setText(self._problem.code)
        self.copy.set_label("Code staat op het klembord")
