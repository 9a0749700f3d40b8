"""What a screen reader gets of a page: asks Qt's own tree, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from console.views.tables.list_view import ListView
from console.views.tables.rows import Section

ROLE, TEXT = QAccessible.Role, QAccessible.Text
MUTE = {ROLE.NoRole, ROLE.Client, ROLE.Pane, ROLE.Window, ROLE.Whitespace}
"""Roles that say nothing of what a part is."""

FITTING: dict[type[QWidget], set[QAccessible.Role]] = {
    QCheckBox: {ROLE.CheckBox},
    QRadioButton: {ROLE.RadioButton},
    QComboBox: {ROLE.ComboBox},
    QAbstractButton: {ROLE.Button, ROLE.ButtonMenu, ROLE.ButtonDropDown},
    QLineEdit: {ROLE.EditableText},
    QPlainTextEdit: {ROLE.EditableText},
    ListView: {ROLE.Table, ROLE.List, ROLE.Tree},
}
"""What a part must be, by the first kind it is."""


def unheard(top: QWidget) -> list[str]:
    """Return what of a screen or popup a person who does not see it would miss, in words."""
    found = []
    for part in top.findChildren(QWidget):
        if part.isVisible() and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
            name = part.accessibleName()
            found += [f"{type(part).__name__} “{name[:50]}” {why}" for why in _faults(part)]
    return list(dict.fromkeys(found))


def _faults(part: Any) -> Iterator[str]:
    heard: Any = QAccessible.queryAccessibleInterface(part)
    if heard is None:
        yield "is not in the tree"
        return
    role, state = heard.role(), heard.state()
    if not (heard.text(TEXT.Name).strip() and part.accessibleName().strip()):
        yield "has no name"
    fitting = next((roles for kind, roles in FITTING.items() if isinstance(part, kind)), None)
    if role in MUTE or (fitting is not None and role not in fitting):
        yield f"is a {role.name}"
    if bool(state.disabled) == part.isEnabled():
        yield "does not say whether it can be used"
    if isinstance(part, QAbstractButton) and part.isCheckable():
        if not state.checkable or bool(state.checked) != part.isChecked():
            yield "does not say whether it is chosen"
    if isinstance(part, QLineEdit | QPlainTextEdit) and part.isEnabled():
        if bool(state.readOnly) != part.isReadOnly():
            yield "does not say whether it can be written in"
    if isinstance(part, QLineEdit) and part.echoMode() == QLineEdit.EchoMode.Password:
        if not state.passwordEdit:
            yield "reads a passphrase aloud"
    if isinstance(part, ListView):
        yield from _rows(part, heard)


def _rows(view: ListView, heard: Any) -> Iterator[str]:
    """Say which rows are not heard as their sentence; headers of a table count as children."""
    across = view.model().columnCount() + 1
    for place in range(min(view._rows.rowCount(), 40)):
        cell = heard.child((place + 1) * across + 1)
        row = view._rows.row_at(place)
        words = cell.text(TEXT.Name) if cell is not None else ""
        if isinstance(row, Section):
            continue
        # A snapshot that nobody put into words is heard as Python writes it.
        if row is not None and (not words.strip() or "id='" in words):
            yield f"row {place} is heard as “{words[:40]}”"
