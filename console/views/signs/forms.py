"""The forms of Borden: a request with its places, and the advice of the police (F20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.signs import SignForm, SpotForm, guidance
from console.views.groups.editor import Editor
from console.views.groups.picker import Option, Picker
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.text import Text
from contract.kinds.sign import SPOTS_MOST

FIRST_ROWS = 2
POINT_HINT = "niet verplicht"


class RequestEditor(Editor):
    """For which group, how many streets, and where: two places per six streets by preference."""

    def __init__(
        self,
        areas: Sequence[Option],
        groups: Sequence[Option],
        area_id: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``area_id`` is filled in where it is known already."""
        super().__init__("Nieuwe aanvraag voor borden", parent)
        px = current().px
        self._rows: list[tuple[Field, Field]] = []
        self.title = Field(
            "Buurt of groep", "wordt een groep in voorbereiding", max_length=120,
            placeholder="Bijvoorbeeld: Havenkade en omgeving",
        )  # fmt: skip
        self.group = Picker(
            "Of een groep die er al is", groups, hint="dan komt er geen nieuwe", many=False
        )
        chosen = [f"area:{area_id}"] if area_id else []
        self.area = Picker("Ligt in", areas, chosen, many=False)
        self.streets = Field("Aantal straten", "niet verplicht", max_length=5)
        self.note = Field("Notitie", "geen namen van bewoners", multi_line=True, lines=3,
                          max_length=2000)  # fmt: skip
        self.add("title", self.title)
        self.add("group_id", self.group)
        self.add("area_id", self.area)
        self.add("streets", self.streets)
        self.form.addWidget(Text("Plekken", "body_strong"))
        self.form.addWidget(
            Text(
                "Schrijf waar het bord komt. Wie de plek op de kaart weet, zet er twee getallen "
                "bij: 52.0907, 5.1214 of 136000 455000.",
                "small",
                "text2",
                wrap=True,
            )
        )
        holder = QWidget()
        self._places = QVBoxLayout(holder)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setSpacing(px(8))
        self.form.addWidget(holder)
        self.more = Button("Nog een plek", "", "plus")
        self._advice = Text("", "small", "text2", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.more)
        row.addWidget(self._advice, 1)
        self.form.addLayout(row)
        self.add("note", self.note)
        self.more.clicked.connect(self._on_more)
        self.streets.text_changed.connect(self._on_count)
        for _ in range(FIRST_ROWS):
            self._add_row()
        self._on_count("")

    def values(self) -> SignForm:
        """Return what is filled in."""
        return SignForm(
            title=self.title.text(),
            area_id=self.area.first_id(),
            group_id=self.group.first_id(),
            spots=tuple(SpotForm(text.text(), point.text()) for text, point in self._rows),
            streets=self.streets.text(),
            note=self.note.text(),
        )

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Put back what was typed before, with as many places as there were."""
        numbers = [int(n) for n in (name.rpartition("_")[2] for name in texts) if n.isdigit()]
        while len(self._rows) < min(max(numbers, default=-1) + 1, SPOTS_MOST):
            self._add_row()
        super().put_texts(texts)

    def _add_row(self) -> None:
        number = len(self._rows)
        label = f"Plek {number + 1}"
        text = Field(label, max_length=200, placeholder="Bijvoorbeeld: Havenkade bij de brug")
        point = Field("Op de kaart", POINT_HINT, name=f"{label} op de kaart", max_length=60)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(text, 3, top)
        row.addWidget(point, 2, top)
        self._places.addLayout(row)
        self._rows.append((text, point))
        for name, field in ((f"spot_{number}", text), (f"point_{number}", point)):
            self._keep(name, field)
        text.text_changed.connect(self._on_count)
        self.more.setVisible(len(self._rows) < SPOTS_MOST)

    def _on_more(self) -> None:
        self._add_row()
        self._rows[-1][0].setFocus()

    def _on_count(self, _text: str) -> None:
        typed = self.streets.text().strip()
        streets = int(typed) if typed.isascii() and typed.isdigit() else 0
        self._advice.set_text(guidance(sum(1 for t, _ in self._rows if t.text().strip()), streets))


class AdviceEditor(Editor):
    """What the police advises about these places, by whom and when."""

    def __init__(
        self, title: str, by: str, today: str, text: str = "", parent: QWidget | None = None
    ) -> None:
        """``by`` and ``today`` are filled in; ``text`` is the advice that stands there now."""
        super().__init__(f"Advies over borden: {title}", parent)
        self.text = Field("Advies", multi_line=True, lines=6, max_length=4000)
        self.by = Field("Van wie", "naam en functie", max_length=120)
        self.on = Field("Datum", "dd-mm-jjjj", max_length=10)
        self.add("advice", self.text)
        self.add_row(("by", self.by, 3), ("on", self.on, 2))
        self.text.set_text(text)
        self.by.set_text(by)
        self.on.set_text(today)

    def values(self) -> tuple[str, str, str]:
        """Return advice, author and day as typed."""
        return self.text.text(), self.by.text(), self.on.text()
