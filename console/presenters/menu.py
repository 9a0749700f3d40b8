"""F10: every command of the key table, and what has no key of its own."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from console.presenters.kit import Kit, Presenter
from console.presenters.palette import doings
from console.views.dialogs.menu import MenuDialog, MenuRow
from console.views.keys.sheet import KeyLine, key_groups

EVERYWHERE = ("everywhere", "outside")
NO_KEY = "Zonder toets"


class MenuPresenter(Presenter):
    """Shows what works on the screen behind it, and hands the choice to the shell."""

    def __init__(self, kit: Kit, dialog: MenuDialog, scopes: tuple[str, ...]) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._scopes = (*scopes, *EVERYWHERE)
        dialog.typed.connect(self._on_typed)
        dialog.chosen.connect(self._on_chosen)
        self._on_typed("")

    def _on_typed(self, typed: str) -> None:
        groups = [
            (title, [self._row(line, title) for line in lines if line.command != "menu"])
            for title, lines in key_groups(typed)
        ]
        wanted = typed.casefold().split()
        others = [
            MenuRow(f"open:{doing.command}", doing.words, "")
            for doing in doings()
            if not doing.key and all(word in doing.words.casefold() for word in wanted)
        ]
        self._dialog.set_rows([*groups, (NO_KEY, others)])

    def _row(self, line: KeyLine, group: str) -> MenuRow:
        why_not = "" if line.scope in self._scopes else f"bij {group}"
        if "–" in line.key:
            # A row of answers is a question of its own screen; there is nothing to choose here.
            why_not = f"bij {group}"
        return MenuRow(f"{line.scope}:{line.command}", line.words, line.key, why_not)

    def _on_chosen(self, row_id: str) -> None:
        kind, _, what = row_id.partition(":")
        self._dialog.close_with(row_id)
        if kind == "open":
            doing = next(one for one in doings() if one.command == what and not one.key)
            self.kit.navigator.open(doing.target, **doing.params)
        else:
            self.kit.navigator.do(what)


def open_menu(kit: Kit, window: QWidget, **_: Any) -> MenuDialog:
    """Open the menu for the screen in front."""
    screen = kit.navigator.screen()
    dialog = MenuDialog(window)
    MenuPresenter(kit, dialog, screen.scopes if screen is not None else ())
    dialog.open()
    return dialog
