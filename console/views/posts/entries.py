"""One field of the form of Opstellen, of several kinds with one way to talk to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.post import Finding, TemplateField
from console.domain.writing import MAX_VALUE
from console.views.theme.theme import current
from console.views.widgets.choice import Choice
from console.views.widgets.editors import Mark, PlainEditor
from console.views.widgets.field import Field
from console.views.widgets.finding_band import FindingBand
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text

NOTHING_CHOSEN = ("", "Kies…")
UNFILLED = frozenset({"unfilled_field", "consent_missing"})


class Entry(QWidget):
    """A question with its answer, and what the guard found in it."""

    edited = Signal(str, str)
    left = Signal(str)
    entered = Signal(str)
    remedy_chosen = Signal(object, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is the field's name in the template."""
        super().__init__(parent)
        self.name = name
        self.optional = False
        self._findings: tuple[Finding, ...] = ()
        self._answered = False
        self._chosen = 0
        self._visited = False
        self._all: tuple[Finding, ...] = ()
        self._band_key: tuple[object, ...] = ()

    def text(self) -> str:
        """What stands in the field."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Fill it in."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Lock it."""
        raise NotImplementedError

    def keyboard(self) -> QWidget:
        """Return what takes the keyboard."""
        raise NotImplementedError

    def select(self, start: int, end: int) -> None:
        """Choose a stretch of the text, in code points."""

    def finding(self) -> Finding | None:
        """Return the finding its band is about, if any."""
        return self._findings[self._chosen] if self._findings else None

    def choose_finding(self, finding: Finding) -> None:
        """Make the band be about this finding."""
        self._visited = True
        self.set_findings(self._all)
        for number, one in enumerate(self._findings):
            if (one.rule, one.field_start) == (finding.rule, finding.field_start):
                self._chosen = number
                self._refresh()

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was found here: open ones as frame, marks, line or band.

        A field nobody was in yet is not called empty: the preview and the footer say so.
        """
        self._all = tuple(findings)
        wanted = tuple(
            one
            for one in findings
            if not one.answered and (self._visited or one.rule not in UNFILLED)
        )
        answered = any(one.answered for one in findings)
        if wanted == self._findings and answered == self._answered:
            return
        self._findings, self._answered = wanted, answered
        self._chosen = min(self._chosen, max(0, len(wanted) - 1))
        self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._refresh()
            self.entered.emit(self.name)
        elif event.type() == QEvent.Type.FocusOut:
            self._visited = True
            self.set_findings(self._all)
            self._refresh()
            self.left.emit(self.name)
        return super().eventFilter(watched, event)

    def _make_band(self) -> tuple[bool, FindingBand | None]:
        """Return whether the band changed, and the new one (None: no band)."""
        finding = self.finding()
        if finding is None or not self.keyboard().hasFocus():
            key: tuple[object, ...] = ()
        else:
            key = (finding.rule, finding.title, finding.remedies)
        if key == self._band_key:
            return False, None
        self._band_key = key
        if finding is None or not key:
            return True, None
        actions = [(word, f"Alt+{number}") for number, word in enumerate(finding.remedies, 1)]
        band = FindingBand(finding.outcome, finding.title, finding.explanation, actions)
        for button in band.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        band.action_chosen.connect(self._on_action)
        return True, band

    def _line(self) -> tuple[str, str]:
        """Return level and words for the line under the field."""
        if not self._findings:
            return "", ""
        first = self._findings[0]
        more = len(self._findings) - 1
        words = f"{first.title}. {first.explanation}" if not more else f"{first.title}."
        if more:
            words += f" En nog {more}."
        return first.outcome, words

    def _refresh(self) -> None:
        raise NotImplementedError

    def _on_action(self, number: int) -> None:
        finding = self.finding()
        if finding is not None:
            self.remedy_chosen.emit(finding, number)


class TextEntry(Entry):
    """Words: one line, or several."""

    def __init__(
        self,
        asked: TemplateField,
        parent: QWidget | None = None,
        *,
        most: int = MAX_VALUE,
        lines: int = 2,
    ) -> None:
        """`asked` is the field of the template; `most` the characters it may hold."""
        super().__init__(asked.name, parent)
        self.optional = not asked.required
        self._own_hint = asked.hint or ("" if asked.required else "niet verplicht")
        self._quiet = False
        self.field = Field(
            asked.label,
            self._own_hint,
            multi_line=asked.type == "long",
            lines=lines,
            placeholder="uu:mm" if asked.type == "time" else "",
            max_length=5 if asked.type == "time" else most,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.text_changed.connect(self._on_edited)
        self.field.editor.installEventFilter(self)

    def text(self) -> str:
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Fill in what stands there."""
        self._quiet = True
        self.field.set_text(text)
        self._quiet = False

    def set_read_only(self, read_only: bool) -> None:
        """Lock the field, or free it."""
        self.field.set_read_only(read_only)

    def keyboard(self) -> QWidget:
        """Return what takes the keyboard."""
        return self.field.editor

    def select(self, start: int, end: int) -> None:
        """Choose the words between two places."""
        text = self.text()
        first, last = utf16(text, start), utf16(text, end)
        editor = self.field.editor
        if isinstance(editor, PlainEditor):
            cursor = editor.textCursor()
            cursor.setPosition(first)
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            editor.setTextCursor(cursor)
        else:
            editor.setSelection(first, last - first)

    def set_good(self, words: str) -> None:
        """Say something good at the right of the label; empty takes it away."""
        if words:
            note = FindingLine("good", words, strong=False)
            self.field.set_hint("")
            self.field.set_hint_widget(note)
        else:
            self.field.set_hint_widget(QWidget())
            self.field.set_hint(self._own_hint)

    def _refresh(self) -> None:
        level, words = self._line()
        self.field.set_finding("stop" if level == "stop" else "warn" if level else "", words)
        text = self.text()
        self.field.set_marks(
            [
                Mark(
                    utf16(text, one.field_start),
                    utf16(text, one.field_end),
                    "stop" if one.outcome == "stop" else "warn",
                )
                for one in self._findings
                if one.field_end > one.field_start
            ]
        )
        changed, band = self._make_band()
        if changed:
            self.field.set_band(band)
        if self._answered and not self._findings:
            self.field.set_hint("reden gegeven")
        elif not self._findings:
            self.field.set_hint(self._own_hint)

    def _on_edited(self, text: str) -> None:
        if not self._quiet:
            self.edited.emit(self.name, text)


class ChoiceEntry(Entry):
    """A choice that folds open; nothing is chosen beforehand."""

    def __init__(
        self,
        name: str,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`options` are (id, label)."""
        super().__init__(name, parent)
        px = current().px
        self._label = label
        self.choice = Choice([NOTHING_CHOSEN, *options], label)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(5))
        head = QHBoxLayout()
        head.addWidget(Text(label, "body_medium", elide=True), 1)
        self._own_hint = hint
        self._hint = Text(hint, "small", "text3", elide=True)
        head.addWidget(self._hint)
        self._column.addLayout(head)
        self._column.addWidget(self.choice)
        self._words = FindingLine("warn", "")
        self._words.hide()
        self._column.addWidget(self._words)
        self._band: FindingBand | None = None
        self.setFocusProxy(self.choice)
        self.choice.activated.connect(self._on_activated)
        self.choice.chosen.connect(self._on_chosen)
        self.choice.installEventFilter(self)
        self._quiet = False

    def text(self) -> str:
        return self.choice.selected()

    def set_text(self, text: str) -> None:
        """Fill in what stands there."""
        self._quiet = True
        self.choice.select(text)
        self._quiet = False

    def set_hint(self, words: str) -> None:
        """Say something else right of the label; empty brings its own hint back."""
        self._hint.set_text(words or self._own_hint)

    def set_read_only(self, read_only: bool) -> None:
        """Lock the field, or free it."""
        self.choice.setEnabled(not read_only)

    def keyboard(self) -> QWidget:
        """Return what takes the keyboard."""
        return self.choice

    def _refresh(self) -> None:
        level, words = self._line()
        self.choice.set_level(level)
        changed, band = self._make_band()
        if changed:
            if self._band is not None:
                self._column.removeWidget(self._band)
                self._band.hide()
                self._band.deleteLater()
            self._band = band
            if band is not None:
                self._column.addWidget(band)
        self._words.set_finding(level or "warn", words)
        self._words.setVisible(bool(words) and self._band is None)
        told = f"{self._label}, {words[:1].lower()}{words[1:]}" if words else self._label
        self.choice.setAccessibleName(told)

    def _on_activated(self, _place: int) -> None:
        self.left.emit(self.name)

    def _on_chosen(self, chosen: str) -> None:
        if not self._quiet:
            self.edited.emit(self.name, chosen)


class Spread(QWidget):
    """A short field and the one that belongs to it on one row: a time and a place."""

    def __init__(self, short: Entry, rest: Entry, parent: QWidget | None = None) -> None:
        """`short` keeps the width its label asks for."""
        super().__init__(parent)
        px = current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(short, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(rest, 1, Qt.AlignmentFlag.AlignTop)
        hint = short.minimumSizeHint().width()
        short.setFixedWidth(max(px(84), min(hint, px(150))))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(240), super().minimumSizeHint().height())


class Halves(QWidget):
    """Two fields that belong together on one row, as wide as each other."""

    def __init__(self, first: Entry, second: Entry, parent: QWidget | None = None) -> None:
        """Each takes half of the room."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().px(12))
        for one in (first, second):
            row.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(240), super().minimumSizeHint().height())


def utf16(text: str, place: int) -> int:
    """Return a place in code points as Qt counts it."""
    before = text[:place]
    return place + sum(1 for letter in before if ord(letter) > 0xFFFF)
