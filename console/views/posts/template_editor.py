"""The editor of one template: fields, layout with its problems by line, preview (F24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.layout import LayoutProblem
from console.domain.post import Preview, Template
from console.views.posts.preview import marks_of
from console.views.posts.template_fields import FieldRows
from console.views.theme.theme import current
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.bubble import ChatGround
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.chip import Chip
from console.views.widgets.choice import Choice
from console.views.widgets.field import Field
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

CLASSES = (("acute", "acuut"), ("informative", "informatief"))
HELP = (
    "Schrijf {{veld}} waar een veld komt. {% if veld %} … {% endif %} staat er alleen als het veld "
    "is ingevuld. Kop en slotregel zet de desk er zelf bij."
)


class TemplateEditor(Pane):
    """One version. Old versions and other people's rights make it read only."""

    changed = Signal()
    save_requested = Signal()
    retire_requested = Signal()
    version_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_template`."""
        super().__init__("surface", "l", parent)
        px = current().px
        self._template: Template | None = None
        self._quiet = False
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(24), px(18), px(20), px(20))
        column.setSpacing(px(14))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        self._title = Text("", "subject", elide=True)
        self._chip = Chip("in gebruik", "green", "ring-check")
        self.version = Choice((), "Versie")
        self.version.setFixedWidth(px(150))
        head.addWidget(self._title)
        head.addWidget(self._chip)
        head.addStretch(1)
        head.addWidget(self.version)
        column.addLayout(head)
        self._why = Text("", "body", "text2", wrap=True)
        column.addWidget(self._why)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.name = Field("Naam", max_length=120)
        self.until = Field("Geldig tot", "jjjj-mm-dd", max_length=10)
        self.until.setFixedWidth(px(170))
        kind = QVBoxLayout()
        kind.setSpacing(px(5))
        kind.addWidget(Text("Voor", "body_medium"))
        self.message_class = Choice(CLASSES, "Voor welke groepen")
        self.message_class.setFixedWidth(px(130))
        kind.addWidget(self.message_class)
        row.addWidget(self.name, 1)
        row.addWidget(self.until)
        row.addLayout(kind)
        column.addLayout(row)
        self.fields = FieldRows()
        self.fields.follow(self.message_class)
        column.addWidget(self.fields)
        self.layout_field = Field("Tekst", multi_line=True, lines=11, max_length=8000)
        column.addWidget(self.layout_field)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(px(3))
        column.addLayout(self._problems)
        self._problem_parts: list[QWidget] = []
        column.addWidget(Text(HELP, "small", "text2", wrap=True))
        column.addWidget(Text("Zo ziet de groep het", "body_medium"))
        self._chat = ChatGround(rounded_corners=True)
        self._chat.show_note(True)
        column.addWidget(self._chat)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(ScrollArea(inner), 1)
        outer.addWidget(self._make_foot())
        self._wire()

    def _make_foot(self) -> QWidget:
        px = current().px
        foot = Pane("surface", "t")
        row = BreakingRow(foot, height=56)
        row.setContentsMargins(px(24), 1, px(16), 0)
        row.setSpacing(px(8))
        self._reason = Text("", "body", "text2", elide=True)
        self.retire = Button("Neem uit gebruik", kind="quiet")
        self.save = Button("Bewaar als nieuwe versie", "Ctrl+Enter", kind="filled")
        row.addWidget(self._reason, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.retire)
        row.addWidget(self.save)
        return foot

    def _wire(self) -> None:
        for field in (self.name, self.until, self.layout_field):
            field.text_changed.connect(self._on_changed)
        self.message_class.chosen.connect(self._on_changed)
        self.fields.changed.connect(self._on_changed)
        self.save.clicked.connect(self.save_requested)
        self.retire.clicked.connect(self.retire_requested)
        self.version.activated.connect(self._on_version)

    def set_template(
        self, template: Template, versions: Sequence[Template], *, locked: str
    ) -> None:
        """Show one version; `locked` says why it cannot be changed, empty for can."""
        self._template = template
        self._quiet = True
        self._title.set_text(template.name)
        looks = {
            "active": ("in gebruik", "green", "ring-check"),
            "draft": ("concept", "amber", "pencil"),
        }
        self._chip.set_state(*looks.get(template.state, ("oude versie", "grey", "history")))
        self.version.set_items(
            [(one.id, f"versie {one.version}") for one in (versions or (template,))]
        )
        self.version.select(template.id)
        owner = f"Van {template.owner}." if template.owner else ""
        self._why.set_text(f"{locked} {owner}".strip())
        self._why.setVisible(bool(locked or owner))
        self.name.set_text(template.name)
        self.until.set_text(template.valid_until)
        self.message_class.select(template.message_class)
        self.fields.set_read_only(bool(locked))
        self.fields.set_fields(template.fields)
        self.layout_field.set_text(template.layout)
        for field in (self.name, self.until, self.layout_field):
            field.set_read_only(bool(locked))
        self.message_class.setEnabled(not locked)
        self.retire.setVisible(not locked and template.state == "active")
        self._quiet = False

    def edited(self) -> Template | None:
        """Return the template as it stands in the editor."""
        if self._template is None:
            return None
        return replace(
            self._template,
            name=self.name.text().strip(),
            valid_until=self.until.text().strip(),
            message_class=self.message_class.selected(),
            fields=self.fields.fields(),
            layout=self.layout_field.text(),
        )

    def set_problems(self, problems: Sequence[LayoutProblem], reason: str) -> None:
        """Show what is wrong, by line; `reason` says why it cannot be kept."""
        for part in self._problem_parts:
            self._problems.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._problem_parts = []
        for problem in problems:
            line = FindingLine("stop", f"Regel {problem.line}: {problem.sentence}")
            self._problems.addWidget(line)
            self._problem_parts.append(line)
        self.layout_field.set_finding("stop" if problems else "")
        self._reason.set_text(reason)
        self.save.set_reason(reason)

    def set_preview(self, preview: Preview | None) -> None:
        """Show the text with the questions for values; None where it cannot be made."""
        self._chat.setVisible(preview is not None)
        if preview is not None:
            self._chat.bubble.set_message(preview.text, "voorbeeld", marks_of(preview.spans))

    def _on_changed(self, _value: object = None) -> None:
        if not self._quiet:
            self.changed.emit()

    def _on_version(self, _place: int) -> None:
        self.version_chosen.emit(self.version.selected())
