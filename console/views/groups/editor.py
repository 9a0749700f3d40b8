"""What the forms of the directory share: title, fields, two buttons, the place of a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.failures import Problem
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.choice import Choice
from console.views.widgets.field import Field
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

WIDEST = 680

OUT_OF_SIGHT = frozenset({"phone", "email", "invite_link"})
"""Fields whose text is never put aside: a number is stored in one place only."""


class Labelled(QWidget):
    """A choice with its label above, as fields have it."""

    def __init__(self, label: str, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(5))
        column.addWidget(Text(label, "body_medium"))
        column.addWidget(choice)
        self.setFocusProxy(choice)


class Editor(Pane):
    """A form in the place of the card. Ctrl+Enter keeps, Esc leaves.

    ``fields`` maps the name of a field to its widget, so that a refusal is shown at its place.
    """

    save_requested = Signal()
    cancel_requested = Signal()
    edited = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        px = self.theme.px
        self.fields: dict[str, QWidget] = {}
        self._title = Text(title, "subject", wrap=True)
        self.band = Band("red", "", "", "octagon-alert")
        self.band.hide()
        self.save = Button("Bewaar", "Ctrl+Enter", kind="filled")
        self.cancel = Button("Annuleer", "Esc")
        content = QWidget()
        self.form = QVBoxLayout()
        self.form.setSpacing(px(12))
        inner = QVBoxLayout()
        inner.setSpacing(px(12))
        inner.addWidget(self._title)
        inner.addWidget(self.band)
        inner.addLayout(self.form)
        inner.addStretch(1)
        holder = QWidget()
        holder.setLayout(inner)
        holder.setMaximumWidth(px(WIDEST))
        inner.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(content)
        row.setContentsMargins(px(24), px(20), px(24), px(20))
        row.addWidget(holder, 1)
        row.addStretch(0)
        self.pane = ScrollArea(content)
        foot = Pane(edges="t")
        foot.setFixedHeight(px(60))
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(px(24), 1, px(16), 0)
        buttons.setSpacing(px(8))
        self.foot = buttons
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pane, 1)
        column.addWidget(foot)
        self.save.clicked.connect(self.save_requested)
        self.cancel.clicked.connect(self.cancel_requested)

    def add(self, name: str, widget: QWidget) -> QWidget:
        """Put a field under the ones before it."""
        self._keep(name, widget)
        self.form.addWidget(widget)
        return widget

    def add_row(self, *parts: tuple[str, QWidget, int]) -> None:
        """Put fields beside each other: name, widget, share of the width."""
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        for name, widget, share in parts:
            self._keep(name, widget)
            row.addWidget(widget, share)
        self.form.addLayout(row)

    def texts(self) -> dict[str, str]:
        """Return what is typed, by field; what is kept out of sight is not among it."""
        return {
            name: widget.text()
            for name, widget in self.fields.items()
            if isinstance(widget, Field) and name not in OUT_OF_SIGHT
        }

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Put back what was typed before and not saved."""
        for name, text in texts.items():
            widget = self.fields.get(name)
            if isinstance(widget, Field) and name not in OUT_OF_SIGHT:
                widget.set_text(text)

    def show_problem(self, problem: Problem) -> None:
        """Show a refusal at its field, else above the form; what was typed stays."""
        self.clear_problem()
        words = f"{problem.sentence} {problem.next_step}".strip()
        widget = self.fields.get(problem.code.removeprefix("bad-"))
        field = getattr(widget, "field", widget)
        if isinstance(field, Field):
            field.set_finding("stop", words)
            field.setFocus()
        else:
            self.band.set_content("red", problem.sentence, problem.next_step, "octagon-alert")
            self.band.show()
            self.pane.verticalScrollBar().setValue(0)
            if widget is not None:
                widget.setFocus()

    def clear_problem(self) -> None:
        """Take findings and band away."""
        self.band.hide()
        for widget in self.fields.values():
            field = getattr(widget, "field", widget)
            if isinstance(field, Field):
                field.set_finding("")

    def problem_words(self) -> str:
        """What is refused now, in words; empty for nothing."""
        return self.band.accessibleName() if not self.band.isHidden() else ""

    def take_focus(self) -> None:
        """Put the keyboard on the first field."""
        for widget in self.fields.values():
            widget.setFocus()
            return

    def _keep(self, name: str, widget: QWidget) -> None:
        self.fields[name] = widget
        if isinstance(widget, Field):
            widget.text_changed.connect(self._on_edited)

    def _on_edited(self, _text: str) -> None:
        self.edited.emit()


def lines_of(text: str) -> tuple[str, ...]:
    """Return what stands between commas and line ends, without empty parts."""
    parts: Sequence[str] = text.replace("\n", ",").replace(";", ",").split(",")
    return tuple(part.strip() for part in parts if part.strip())
