"""Aansluiten bij een team: what goes along, what is the same, and then going over (sync.md §8a)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.joining import Key, Preview
from console.views.dialogs.dialog import Dialog
from console.views.dialogs.join_rows import JoinDelegate, JoinRow, counted, rows_of, with_sections
from console.views.keys.table import keys_of
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_model import RowModel
from console.views.text import plural
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.frame import Frame
from console.views.widgets.progress_line import ProgressLine
from console.views.widgets.square_code import SquareCode
from console.views.widgets.text import Text

_FOOT = "Uw gegevens op deze computer blijven staan, versleuteld, ook na het overgaan."
_MOST_ROWS = 6
_LIST = frozenset({"tick", "down", "up", "page_down", "page_up", "first", "last"})


class JoinDialog(Dialog):
    """First, where needed, the app with codes; then what is found; then what came of it.

    ``bring_requested``: what is the same (our key -> the team's id) and which texts go along as
    copies. ``proved`` carries six digits. ``go_requested``: the desk may go over now.
    """

    scopes = ("lists",)

    proved = Signal(str)
    bring_requested = Signal(object, object)
    go_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Aansluiten bij een team", width=760)
        self._rows: list[JoinRow] = []
        self._step = ""
        self._words = Text("", "body", "text2", wrap=True)
        self._band = Band("plain", "", "", "people")
        self.squares = SquareCode("Vierkante code voor de app op uw telefoon")
        self.secret = Field("Of typ deze sleutel in de app", max_length=80)
        self.secret.set_read_only(True)
        self.digits = Field("Zes cijfers", "die de app nu toont", max_length=6)
        self._delegate = JoinDelegate()
        self.model = RowModel(self._delegate.describe)
        self.list = ListView(self.model, self._delegate, "Wat misschien hetzelfde is")
        self._frame = Frame(self.list)
        self._progress = ProgressLine("Meenemen")
        self._finding = FindingLine("stop")
        for part in (
            self._words,
            self._band,
            self.squares,
            self.secret,
            self.digits,
            self._frame,
            self._progress,
            self._finding,
        ):
            self.body.addWidget(part)
            part.hide()
        self._words.show()
        self.add_footer_left(Text(_FOOT, "small", "text2", elide=True))
        self._next = Button("Verder", keys_of("confirm"), kind="filled")
        self.set_buttons(self._next)
        self._next.clicked.connect(self._on_next)
        self.list.ticked.connect(self._on_ticked)
        self.list.activated.connect(self._on_ticked)
        self.digits.text_changed.connect(self._on_typed)

    def ask_second_factor(self, secret: str, squares: Sequence[Sequence[bool]]) -> None:
        """Ask to put this key in the app with codes, read or typed, and to type what it shows."""
        self._step = "factor"
        self._words.set_text(
            "Een accounthouder heeft een tweede slot: zes cijfers die elke halve minuut anders "
            "zijn. Open de app met codes op uw telefoon, laat hem dit vierkant lezen en typ "
            "de cijfers die u dan ziet."
        )
        self.secret.set_text(" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)))
        self.squares.set_squares(squares)
        self.squares.show()
        self.secret.show()
        self.digits.show()
        self._next.set_label("Controleer")
        self._next.set_reason("")
        self.digits.setFocus()
        self.refit()

    def show_found(
        self,
        team: str,
        person: str,
        found: Preview,
        same: Sequence[Key] | None,
        copies: Sequence[Key],
    ) -> None:
        """Show what would happen. ``same`` and ``copies``: what was decided before, if anything."""
        self._step = "decide"
        self.squares.hide()
        self.squares.set_squares(())
        self.secret.hide()
        self.secret.set_text("")
        self.digits.hide()
        self._finding.hide()
        self._words.set_text(
            f"{counted(found)} {plural(found.already, 'ding is', 'dingen zijn')} daar al. "
            "Vink uit wat niet hetzelfde is: dat gaat dan apart mee."
        )
        self._band.set_content("plain", team, f"U bent daar {person}", "people")
        self._band.show()
        self._rows = rows_of(found, same, copies)
        self._fill()
        self._frame.setVisible(bool(self._rows))
        self._next.set_label("Neem mee")
        self._next.set_reason("")
        if self._rows:
            self.list.choose_first()
            self.list.setFocus()
        self.refit()

    def show_progress(self, done: int, of: int) -> None:
        """Show how much is taken in."""
        self._progress.show()
        self._progress.set_share(done / of if of else 1.0)
        self._next.set_reason(f"{done} van {of} meegenomen")

    def show_brought(self, added: int, same: int, left: Sequence[str]) -> None:
        """Everything is there but what is named in ``left``: the desk may go over."""
        self._step = "go"
        self._progress.hide()
        self._frame.hide()
        words = f"Meegenomen: {added}. Was er al: {same}."
        if left:
            words += " Niet meegenomen: " + "; ".join(left[:5]) + "."
            if len(left) > 5:
                words += f" En nog {len(left) - 5}."
            words += " Dat blijft in het oude bestand op deze computer staan."
        self._words.set_text(words)
        self._band.set_content(
            "amber" if left else "green",
            "Ga nu over naar het team",
            "De desk sluit zijn schermen en haalt alles van het team op.",
            "triangle-alert" if left else "ring-check",
        )
        self._next.set_label("Ga over")
        self._next.set_reason("")
        self._next.setFocus()
        self.refit()

    def set_busy(self, words: str) -> None:
        """Hold the button and say what is being done."""
        self._next.set_reason(words)
        self._finding.set_finding("plain", words)
        self._finding.setVisible(bool(words))
        self.refit()

    def show_problem(self, words: str) -> None:
        """Say what went wrong; what was decided stays, and it can be tried again."""
        self._progress.hide()
        self._next.set_reason("")
        self._finding.set_finding("stop", words)
        self._finding.show()
        self.refit()

    def rows(self) -> list[JoinRow]:
        """Return the pairs as they stand."""
        return list(self._rows)

    def do(self, command: str) -> bool:
        """Space ticks and the list keys move while something is to be decided."""
        if self._step == "decide" and command in _LIST and self.list.hasFocus():
            if command == "tick":
                self._on_ticked(self.list.current_id())
                return True
            return move(self.list, command)
        return super().do(command)

    def _fill(self) -> None:
        rows = with_sections(self._rows)
        self.model.set_rows(rows)
        shown = min(len(rows), _MOST_ROWS)
        self.list.setFixedHeight(self.theme.px(56) * shown + 1)

    def _on_ticked(self, row_id: str) -> None:
        for at, row in enumerate(self._rows):
            if row.id == row_id:
                self._rows[at] = row.with_tick(not row.ticked)
                self.model.set_rows(with_sections(self._rows))
                self.list.set_current(row_id)

    def _on_typed(self, _text: str) -> None:
        self.digits.set_finding("")

    def _on_next(self) -> None:
        if self._step == "factor":
            digits = self.digits.text().strip()
            if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
                self.digits.set_finding("stop", "Typ de zes cijfers.")
                self.digits.setFocus()
                return
            self.proved.emit(digits)
        elif self._step == "decide":
            pairs = [row for row in self._rows if row.ticked]
            same = {row.pair.key: row.pair.theirs.id for row in pairs if not row.text}
            copies = [row.pair.key for row in pairs if row.text]
            self.bring_requested.emit(same, copies)
        elif self._step == "go":
            self.go_requested.emit()
