"""The fields of a template, row by row: what is asked, in the order it is sent (F24)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.post import TemplateField
from console.views.theme.theme import current
from console.views.widgets.button import Button, IconButton
from console.views.widgets.choice import Choice
from console.views.widgets.editors import LineEditor
from console.views.widgets.field import Field
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick

TYPES = (("text", "één regel"), ("long", "meer regels"), ("time", "tijd"), ("choice", "keuze"))
MOST = 30


class _Row(QWidget):
    """One field: name, question, hint, kind, needed."""

    changed = Signal()
    remove_requested = Signal(object)
    up_requested = Signal(object)

    def __init__(self, asked: TemplateField, parent: QWidget) -> None:
        super().__init__(parent)
        px = current().px
        self._asked = asked
        self.name = Field("", name="Naam van het veld", placeholder="naam", max_length=30)
        self.label = Field("", name="Vraag", placeholder="vraag", max_length=80)
        self.hint = Field("", name="Aanwijzing", placeholder="aanwijzing", max_length=120)
        self.type = Choice(TYPES, "Soort veld")
        self.needed = Tick("nodig", name="Dit veld moet ingevuld zijn")
        self.up = IconButton("chevron-up", "Veld omhoog", size="s")
        self.remove = IconButton("trash", "Haal veld weg", size="s")
        self.name.set_text(asked.name)
        self.label.set_text(asked.label)
        self.hint.set_text(asked.hint)
        for field in (self.name, self.label, self.hint):
            if isinstance(field.editor, LineEditor):
                field.editor.setCursorPosition(0)
        self.type.select(asked.type)
        self.needed.setChecked(asked.required)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        # Narrow windows and large text take from these first, or the last button is cut off.
        for part, least, most in ((self.name, 62, 96), (self.type, 78, 112)):
            part.setMinimumWidth(px(least))
            part.setMaximumWidth(px(most))
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self.name, 0, middle)
        row.addWidget(self.label, 3, middle)
        row.addWidget(self.hint, 4, middle)
        row.addWidget(self.type, 0, middle)
        row.addWidget(self.needed, 0, middle)
        row.addWidget(self.up, 0, middle)
        row.addWidget(self.remove, 0, middle)
        for field in (self.name, self.label, self.hint):
            # What hands the keyboard on is a stop of its own for Tab, wherever it was made.
            field.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes it
            field.frame.setFocusProxy(None)  # type: ignore[arg-type]
            field.text_changed.connect(self._on_changed)
        self.type.chosen.connect(self._on_changed)
        self.needed.clicked.connect(self._on_changed)
        self.up.clicked.connect(self._on_up)
        self.remove.clicked.connect(self._on_remove)

    def asked(self) -> TemplateField:
        """Return the field as it stands now; choices and defaults are kept as they were."""
        return TemplateField(
            self.name.text().strip(),
            self.label.text().strip(),
            self.hint.text().strip(),
            self.type.selected(),
            self.needed.isChecked(),
            self._asked.default,
            self._asked.options,
        )

    def stops(self) -> tuple[QWidget, ...]:
        """Return what Tab goes along in this row, in order."""
        words = (self.name.editor, self.label.editor, self.hint.editor)
        return (*words, self.type, self.needed, self.up, self.remove)

    def set_read_only(self, read_only: bool) -> None:
        """Lock the row."""
        for field in (self.name, self.label, self.hint):
            field.set_read_only(read_only)
        for part in (self.type, self.needed):
            part.setEnabled(not read_only)
        self.up.setVisible(not read_only)
        self.remove.setVisible(not read_only)

    def _on_changed(self, _value: object = None) -> None:
        self.changed.emit()

    def _on_up(self) -> None:
        self.up_requested.emit(self)

    def _on_remove(self) -> None:
        self.remove_requested.emit(self)


class FieldRows(QWidget):
    """All fields with a button for one more."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_fields`."""
        super().__init__(parent)
        px = current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(Text("Velden, in de volgorde van het bericht", "body_medium", elide=True))
        self._column = QVBoxLayout()
        self._column.setSpacing(px(6))
        column.addLayout(self._column)
        row = QHBoxLayout()
        self._more = Button("Nog een veld", icon="plus", size="s")
        row.addWidget(self._more)
        row.addStretch(1)
        column.addLayout(row)
        self._rows: list[_Row] = []
        self._before: QWidget | None = None
        self._read_only = False
        self._more.clicked.connect(self._on_more)

    def follow(self, part: QWidget) -> None:
        """Have Tab come from this part to the first row."""
        self._before = part

    def set_fields(self, fields: tuple[TemplateField, ...]) -> None:
        """Show these fields. What already stands there stays, and so does the keyboard."""
        if self._rows and self.fields() == tuple(fields):
            return
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for asked in fields:
            self._add(asked)
        self._order()

    def fields(self) -> tuple[TemplateField, ...]:
        """Return the fields as they stand now."""
        return tuple(row.asked() for row in self._rows)

    def set_read_only(self, read_only: bool) -> None:
        """Lock all rows."""
        self._read_only = read_only
        for row in self._rows:
            row.set_read_only(read_only)
        self._more.setVisible(not read_only)

    def _add(self, asked: TemplateField) -> _Row:
        row = _Row(asked, self)
        row.set_read_only(self._read_only)
        row.changed.connect(self.changed)
        row.remove_requested.connect(self._on_remove)
        row.up_requested.connect(self._on_up)
        self._rows.append(row)
        self._column.addWidget(row)
        return row

    def _on_more(self) -> None:
        if len(self._rows) < MOST:
            row = self._add(TemplateField("", ""))
            self._order()
            row.name.editor.setFocus()
            self.changed.emit()

    def _on_remove(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.changed.emit()

    def _on_up(self, row: _Row) -> None:
        place = self._rows.index(row)
        if place > 0:
            self._rows.insert(place - 1, self._rows.pop(place))
            self._column.removeWidget(row)
            self._column.insertWidget(place - 1, row)
            self._order()
            self.changed.emit()

    def _order(self) -> None:
        """Let Tab go along the rows as they stand: Qt puts what was made last at the very end."""
        before = self._before
        for row in self._rows:
            for part in row.stops():
                if before is not None:
                    QWidget.setTabOrder(before, part)
                before = part
