"""The middle column of Opstellen: the fields of the template, in the order they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.decided import LABELS, LIMITS, TOLD, TOLD_WORDS
from console.domain.post import Finding, Template, TemplateField
from console.views.posts.entries import ChoiceEntry, Entry, Halves, Spread, TextEntry
from console.views.theme.theme import current
from console.views.widgets.choice import Choice
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text
from contract.dutch import WORDS
from contract.vocabulary import Consent, MessageKind, PostType

CONSENT = "consent"
GROUND = "consent_ground"


class ComposeForm(ScrollArea):
    """Fields with what was found in them. It asks for nothing itself and keeps no state."""

    edited = Signal(str, str)
    left = Signal(str)
    entered = Signal(str)
    remedy_chosen = Signal(object, int)
    template_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_template`."""
        self._inner = QWidget()
        super().__init__(self._inner, "surface", parent)
        px = current().px
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(px(20), px(8), px(18), px(20))
        self._column.setSpacing(px(14))
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addWidget(Text("Sjabloon", "body_medium"))
        self.template = Choice((), "Sjabloon")
        row.addWidget(self.template, 1)
        self._column.addLayout(row)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(px(13))
        self._column.addLayout(self._fields)
        self._column.addStretch(1)
        self._entries: dict[str, Entry] = {}
        self._parts: list[QWidget] = []
        self._shape: tuple[object, ...] = ()
        self._read_only = False
        self.template.activated.connect(self._on_template)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The fields by name, in order."""
        return self._entries

    def set_templates(self, offers: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer templates as (id, words)."""
        self.template.set_items(offers)
        self.template.select(chosen)

    def set_template(self, template: Template | None, kind: str = "") -> None:
        """Build the fields of a template; the same template keeps what is typed.

        ``kind``: what the message is checked as, where that is not the kind of its template.
        """
        fields = template.fields if template else ()
        kind = kind or (template.kind if template else "")
        consent = template is not None and kind == MessageKind.MISSING_PERSON
        decided = template is not None and template.purpose == PostType.BROADCAST
        shape = (template.id if template else "", fields, consent, decided)
        if shape == self._shape:
            return
        self._shape = shape
        self._clear()
        waiting: TextEntry | None = None
        for asked in fields:
            entry = self._entry(asked)
            if waiting is not None:
                self._put(Spread(waiting, entry))
                waiting = None
            elif asked.type == "time" and asked is not fields[-1]:
                waiting = entry if isinstance(entry, TextEntry) else None
                if waiting is None:
                    self._put(entry)
            else:
                self._put(entry)
        if consent:
            self._add_consent()
        if decided:
            self._add_decided()
        self._order_tabs()
        self.set_read_only(self._read_only)

    def set_values(self, values: Mapping[str, str], *, but: str = "") -> None:
        """Fill in the fields; the one called `but` is left alone (somebody types in it)."""
        for name, entry in self._entries.items():
            if name != but:
                entry.set_text(values.get(name, ""))
        self._show_ground()

    def set_given(self, name: str, words: str) -> None:
        """Say at an answer who gave it and when; it stands where its hint stood."""
        entry = self._entries.get(name)
        if isinstance(entry, ChoiceEntry):
            entry.set_hint(words)

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show each finding in its field."""
        for name, entry in self._entries.items():
            entry.set_findings([one for one in findings if one.field_name == name])

    def set_good(self, name: str, words: str) -> None:
        """Say something good at a field: "naam mag: toestemming bekend"."""
        entry = self._entries.get(name)
        if isinstance(entry, TextEntry):
            entry.set_good(words)

    def set_read_only(self, read_only: bool) -> None:
        """Lock everything: a colleague writes, or the action has ended."""
        self._read_only = read_only
        for entry in self._entries.values():
            entry.set_read_only(read_only)
        self.template.setEnabled(not read_only)

    def current(self) -> str:
        """Return the name of the field that has the keyboard, or an empty text."""
        for name, entry in self._entries.items():
            if entry.keyboard().hasFocus():
                return name
        return ""

    def focus_first(self) -> bool:
        """Give the first field the keyboard; False when there is none."""
        for entry in self._entries.values():
            entry.keyboard().setFocus()
            return True
        return False

    def go_to(self, finding: Finding) -> bool:
        """Give a finding's field the keyboard and choose its span; False: it has no field."""
        entry = self._entries.get(finding.field_name)
        if entry is None:
            return False
        entry.keyboard().setFocus()
        entry.choose_finding(finding)
        if finding.field_end > finding.field_start:
            entry.select(finding.field_start, finding.field_end)
        self.ensureWidgetVisible(entry, 0, current().px(24))
        return True

    def _entry(self, asked: TemplateField) -> Entry:
        entry: Entry
        if asked.type == "choice":
            entry = ChoiceEntry(asked.name, asked.label, asked.options, hint=asked.hint)
        else:
            entry = TextEntry(asked)
        self._tie(entry)
        return entry

    def _tie(self, entry: Entry) -> None:
        self._entries[entry.name] = entry
        entry.edited.connect(self._on_edited)
        entry.left.connect(self.left)
        entry.entered.connect(self._on_entered)
        entry.remedy_chosen.connect(self.remedy_chosen)

    def _add_consent(self) -> None:
        options = list(WORDS[Consent].items())
        consent = ChoiceEntry(CONSENT, "Toestemming van de familie", options, hint="verplicht")
        self._tie(consent)
        self._put(consent)
        ground = TextEntry(
            TemplateField(GROUND, "Reden zonder toestemming", "wie besloot dit"),
            most=LIMITS[GROUND],
        )
        self._tie(ground)
        self._put(ground)
        ground.hide()

    def _add_decided(self) -> None:
        """Ask who decided (F38): answers of the post, which never come into its text."""
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, current().px(4), 0, 0)
        row.setSpacing(current().px(8))
        row.addWidget(Text("Wie besloot dit", "body_strong"))
        row.addWidget(Text("komt niet in de tekst", "small", "text3"))
        row.addStretch(1)
        self._put(head)
        told = ChoiceEntry(TOLD, LABELS[TOLD], TOLD_WORDS)
        incident, asked = (
            TextEntry(
                TemplateField(name, LABELS[name], "mag leeg", required=False),
                most=LIMITS[name],
            )
            for name in ("incident_ref", "asked_by")
        )
        for entry in (told, incident, asked):
            self._tie(entry)
        self._put(Halves(told, incident))
        self._put(asked)

    def _show_ground(self) -> None:
        ground = self._entries.get(GROUND)
        if ground is not None:
            ground.setVisible(self._entries[CONSENT].text() == Consent.REASON)

    def _put(self, part: QWidget) -> None:
        self._fields.addWidget(part)
        # Shown now and not at the next layout, so that it can take the keyboard at once.
        part.show()
        self._parts.append(part)

    def _clear(self) -> None:
        self._entries = {}
        for part in self._parts:
            self._fields.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []

    def _order_tabs(self) -> None:
        chain = [self.template, *(entry.keyboard() for entry in self._entries.values())]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _on_edited(self, name: str, text: str) -> None:
        if name == CONSENT:
            self._show_ground()
        self.edited.emit(name, text)

    def _on_entered(self, name: str) -> None:
        entry = self._entries.get(name)
        # A field of the template before may get the keyboard for a moment while it goes.
        if entry is not None:
            self.ensureWidgetVisible(entry, 0, current().px(24))
            self.entered.emit(name)

    def _on_template(self, _place: int) -> None:
        self.template_chosen.emit(self.template.selected())
