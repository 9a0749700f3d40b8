"""A resident's sign-up: address in, group and administrator out, and nothing stays (F19)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.failures import Problem
from console.domain.signup import Recipient, Resident, Route, SignupCounts, SignupGroup
from console.views.dialogs.dialog import Dialog
from console.views.text import plural
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.choice import Choice
from console.views.widgets.field import Field
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick

PROMISE = (
    "Van de bewoner wordt niets bewaard. De tekst voor de beheerder staat 60 seconden op het "
    "klembord. Daarna blijft alleen een telling."
)
NO_GROUP = "Voor dit adres is geen groep bekend."
NO_ONE = "Van deze groep is geen beheerder of coördinator bekend. Kies een andere, of tel als gat."
_PRIVATE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


class SignupDialog(Dialog):
    """Three steps in one popup: address, administrator, done. The filled button does the next one."""

    route_requested = Signal(str)
    hand_over_requested = Signal()
    gap_requested = Signal(str)
    signs_requested = Signal(str)
    done_requested = Signal()
    edited = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Aanmelding van een bewoner", width=640)
        self._route: Route | None = None
        self._said = ""
        self._copied = False
        self.address = Field(
            "Adres",
            "typ of plak",
            multi_line=True,
            lines=2,
            max_length=400,
            placeholder="Havenkade 12, 1234 AB Dorp",
        )
        self.name = Field("Naam", "niet verplicht", max_length=120)
        self.phone = Field("Telefoon", "niet verplicht", max_length=40)
        self.checked = Tick("Nagevraagd: 18 jaar of ouder, en woont of werkt hier")
        self.group = Choice([("", "Kies…")], "Groep")
        self.recipient = Choice([("", "Kies…")], "Naar wie")
        self._problem = Band("red", "", "", "octagon-alert")
        self._note = Band("plain", "", "", "info")
        self._found = Text("", "small", "text2", wrap=True)
        self._counts = Text("", "small", "text2", elide=True)
        self._main = Button("Zoek de groep", "Ctrl+Enter", kind="filled")
        self._other = Button("Kopieer opnieuw", "Ctrl+Shift+Enter")
        self._build()
        for field in (self.address, self.name, self.phone):
            field.editor.setInputMethodHints(_PRIVATE)
            field.text_changed.connect(self._on_edited)
        self.checked.toggled.connect(self._on_edited)
        self.address.text_changed.connect(self._on_address)
        self.group.chosen.connect(self._on_group)
        self.recipient.chosen.connect(self._on_recipient)
        self._main.clicked.connect(self._on_main)
        self._other.clicked.connect(self._on_other)
        self._refresh()

    def resident(self) -> Resident:
        """Return what is typed; it lives in this popup only."""
        return Resident(
            self.address.text().strip(),
            self.name.text().strip(),
            self.phone.text().strip(),
            self.checked.isChecked(),
        )

    def chosen_group(self) -> SignupGroup | None:
        """The group that was found, or chosen out of several."""
        groups = self._route.groups if self._route else ()
        wanted = self.group.selected()
        return next((one for one in groups if one.group_id == wanted), None)

    def chosen_recipient(self) -> Recipient | None:
        """Who gets it."""
        group = self.chosen_group()
        wanted = self.recipient.selected()
        return next((one for one in (group.recipients if group else ()) if one.key == wanted), None)

    def set_route(self, found: Route, said: str = "") -> None:
        """Show which groups there are for the address, or that there is none.

        ``said`` is what to know of a look-up that gave nothing.
        """
        self._route, self._said = found, said
        self._problem.hide()
        groups = found.groups
        items = [(one.group_id, _group_words(one, groups)) for one in groups]
        # One group needs no choosing.
        self.group.set_items(items if len(items) == 1 else [("", "Kies…"), *items])
        self.group.select(items[0][0] if len(items) == 1 else "")
        self._on_group(self.group.selected())
        if len(groups) > 1:
            self.group.setFocus()
        elif groups:
            self.recipient.setFocus()

    def says_none(self) -> bool:
        """Whether there is no group for the address."""
        return self._route is not None and not self._route.groups

    def set_counts(self, counts: SignupCounts) -> None:
        """Show what remains of sign-ups: the numbers of this month."""
        passed = plural(counts.handed_over, "aanmelding", "aanmeldingen")
        self._counts.set_text(
            f"Deze maand: {passed} doorgegeven, {counts.no_group} zonder groep."
            if counts.handed_over or counts.no_group
            else ""
        )

    def set_copied(self, seconds: int) -> None:
        """The text was copied; ``seconds`` is how long it is still on the clipboard."""
        self._copied = True
        recipient = self.chosen_recipient()
        name = recipient.name if recipient else "de beheerder"
        if seconds:
            title = f"Gekopieerd, nog {seconds} seconden"
            text = f"Plak de tekst in het gesprek met {name}. Kies daarna Klaar."
            self._note.set_content("green", title, text, "ring-check")
        else:
            text = f"Nog niet geplakt bij {name}? Kopieer opnieuw. Anders: kies Klaar."
            self._note.set_content("plain", "Het klembord is leeg", text, "clock")
        self._note.show()
        first = not self._main.hasFocus() and seconds
        self._refresh()
        if first:
            self._main.setFocus()

    def is_copied(self) -> bool:
        """Whether the text went to the clipboard."""
        return self._copied

    def show_problem(self, problem: Problem) -> None:
        """Show why it could not be done; what was typed stays in this popup."""
        self._problem.set_content("red", problem.sentence, problem.next_step, "octagon-alert")
        self._problem.show()
        self.address.setFocus()
        self.refit()

    def problem_words(self) -> str:
        """What is refused now; empty for nothing."""
        return self._problem.accessibleName() if not self._problem.isHidden() else ""

    def forget(self) -> None:
        """Empty every field, and what the fields remember of it."""
        self._route = None
        for field in (self.address, self.name, self.phone):
            blocked = field.blockSignals(True)
            field.set_text("")
            field.blockSignals(blocked)
        self.checked.setChecked(False)

    def close_with(self, result: object = None) -> None:
        """Close and forget."""
        self.forget()
        super().close_with(result)

    def _build(self) -> None:
        px = current().px
        self.body.addWidget(Text(PROMISE, "body", "text2", wrap=True))
        self.body.addWidget(self.address)
        people = QHBoxLayout()
        people.setSpacing(px(12))
        people.addWidget(self.name, 3)
        people.addWidget(self.phone, 2)
        self.body.addLayout(people)
        self.body.addWidget(self.checked)
        self._choices = QWidget()
        column = QVBoxLayout(self._choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(5))
        for label, choice in (("Groep", self.group), ("Naar wie", self.recipient)):
            column.addWidget(Text(label, "body_medium"))
            column.addWidget(choice)
        column.addWidget(self._found)
        self.body.addWidget(self._choices)
        self.body.addWidget(self._problem)
        self.body.addWidget(self._note)
        self._problem.hide()
        self._note.hide()
        self.add_footer_left(self._counts)
        self.set_buttons(self._main, self._other)
        self.first_focus = self.address.editor

    def _refresh(self) -> None:
        found, group, to = self._route, self.chosen_group(), self.chosen_recipient()
        self._choices.setVisible(bool(found and found.groups))
        none = self.says_none()
        self._other.setVisible(self._copied or none)
        self._counts.setVisible(not self._other.isVisibleTo(self))
        self._other.set_label("Kopieer opnieuw" if self._copied else "Vraag borden aan")
        reason = ""
        if self._copied:
            self._main.set_label("Klaar")
        elif none:
            self._main.set_label("Tel als gat")
        elif found is None:
            self._main.set_label("Zoek de groep")
        else:
            self._main.set_label(f"Kopieer voor {to.name}" if to else "Kopieer")
            reason = "Kies eerst een groep." if group is None else "" if to else NO_ONE
        self._main.set_reason(reason)
        for widget in (self.address, self.name, self.phone):
            widget.set_read_only(self._copied)
        self.group.setEnabled(not self._copied)
        self.recipient.setEnabled(not self._copied)
        self.refit()

    def _show_note(self) -> None:
        """Say what to know of the route, unless a copy is under way."""
        found, group = self._route, self.chosen_group()
        self._note.hide()
        self._found.set_text(f"Gevonden op {group.why}." if group else "")
        if found is None:
            return
        if not found.groups:
            text = "Tel het als gat, of vraag borden aan voor een nieuwe groep."
            text = f"{self._said} {text}".strip()
            if found.drafts:
                text = f"In voorbereiding: {', '.join(found.drafts)}. {text}"
            self._note.set_content("amber", NO_GROUP, text, "triangle-alert")
            self._note.show()
        elif group is not None and not group.recipients:
            self._note.set_content("amber", NO_ONE, "", "triangle-alert")
            self._note.show()
        elif group is not None and group.note:
            self._note.set_content("amber", group.note, "", "person-via")
            self._note.show()
        elif group is None:
            title = f"{len(found.groups)} groepen passen bij dit adres"
            self._note.set_content("plain", title, "Kies bij welke de bewoner hoort.", "info")
            self._note.show()

    def _on_group(self, _group_id: str) -> None:
        group = self.chosen_group()
        people: Sequence[Recipient] = group.recipients if group else ()
        items = [(one.key, f"{one.name}, {one.detail}") for one in people]
        self.recipient.set_items(items or [("", "Niemand bekend" if group else "Kies eerst…")])
        if items:
            self.recipient.select(items[0][0])
        self._show_note()
        self._refresh()

    def _on_recipient(self, _key: str) -> None:
        self._refresh()

    def _on_edited(self, _value: object = None) -> None:
        self.edited.emit()

    def _on_address(self, _text: str) -> None:
        # Another address: what was found does not belong to it any more.
        if self._route is not None:
            self._route = None
            self._note.hide()
        self._problem.hide()
        self._refresh()

    def _on_main(self) -> None:
        if self._copied:
            self.done_requested.emit()
        elif self._route is None:
            self.route_requested.emit(self.address.text())
        elif not self._route.groups:
            self.gap_requested.emit(self._route.area_id)
        elif self.chosen_recipient() is not None:
            self.hand_over_requested.emit()

    def _on_other(self) -> None:
        if self._copied:
            self.hand_over_requested.emit()
        elif self._route is not None and not self._route.groups:
            self.signs_requested.emit(self._route.area_id)


def _group_words(one: SignupGroup, groups: Sequence[SignupGroup]) -> str:
    """Return a group as the list names it; with its area where there is more than one."""
    if len(groups) > 1 or one.area_name:
        return ", ".join(part for part in (one.name, one.area_name) if part)
    return one.name
