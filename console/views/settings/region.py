"""Regio: which country's lines and numbers stand in every text (F56)."""

from __future__ import annotations

from PySide6.QtCore import Signal

from console.views.settings.form import Form
from console.views.widgets.choice import Choice
from console.views.widgets.facts import Fact, Facts
from console.views.widgets.text import Text
from contract.region import REGIONS, profile_named


class RegionPage(Form):
    """``region_requested`` carries the code of a region profile."""

    region_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "Regio",
            "De regio bepaalt de slotregel, de nummers en de vaste antwoorden. "
            "Teksten die al zijn uitgegeven, veranderen niet.",
        )
        self.choice = Choice([(code, one.name) for code, one in REGIONS.items()], "Regio")
        self.choice.setMaximumWidth(self.choice.theme.px(280))
        self.facts = Facts(label_width=170)
        self._reason = Text("", "small", "text2", wrap=True)
        self.column.addWidget(Text("Land", "body_medium"))
        self.column.addWidget(self.choice)
        self.column.addWidget(self.facts)
        self.column.addWidget(self._reason)
        self._save = self.end_with("Gebruik deze regio")
        self.choice.chosen.connect(self._show)
        self._save.clicked.connect(self._on_save)

    def set_region(self, code: str, *, why_not: str = "") -> None:
        """Show the region in force."""
        self.choice.select(code.upper())
        self.choice.setEnabled(not why_not)
        self._save.set_reason(why_not)
        self._reason.set_text(why_not)
        self._reason.setVisible(bool(why_not))
        self._show(code)

    def _show(self, code: str) -> None:
        profile = profile_named(code)
        numbers = " en ".join(filter(None, (profile.emergency_number, profile.other_number)))
        rows = [
            Fact("Slotregel", profile.closing_general),
            Fact("Slotregel bij spoed", profile.closing_urgent),
            Fact("Nummers", numbers),
        ]
        rows += [Fact(one.label, one.text) for one in profile.quick_answers.values()]
        self.facts.set_rows(rows)

    def _on_save(self) -> None:
        self.region_requested.emit(self.choice.selected())
