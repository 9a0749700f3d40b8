"""How the desk looks on this computer: theme, text size, place of the window; kept beside it.

These few facts stand in a plain file because they are needed before anything is unlocked.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from PySide6 import QtCore
from PySide6.QtGui import QGuiApplication

from console.views.theme.theme import SCALES, Mode, Theme

if TYPE_CHECKING:
    from console.paths import Profile
    from console.views.main_window import MainWindow

LONGEST = 20_000


class Look:
    """Theme, text size and window place; a file that cannot be read is as if there were none."""

    def __init__(
        self, theme: Theme, profile: Profile, wanted: str, dark: bool | None = None
    ) -> None:
        """``dark``: whether the system's own colours are, where they were seen already."""
        self._theme = theme
        self._dark = dark
        self._path = profile.root / "look.json"
        self._wanted = wanted
        self._kept = self._read()
        theme.set_mode(self._mode())
        scale = self._kept.get("scale")
        theme.set_scale(scale if scale in SCALES else 100)

    def restore(self, window: MainWindow) -> None:
        """Put the window where it was, if it still fits a screen."""
        place = self._kept.get("place")
        if isinstance(place, str):
            window.restore_place(place)

    def keep(self, window: MainWindow) -> None:
        """Remember the look; a disk that refuses costs only the memory of it."""
        self._kept.update(place=window.keep_place(), scale=self._theme.scale)
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(self._kept), encoding="utf-8")

    @property
    def mode(self) -> str:
        """What was chosen: system, light or dark."""
        return str(self._kept.get("mode") or self._wanted)

    @property
    def scale(self) -> int:
        """Size of the text in per cent."""
        return self._theme.scale

    def set_scale(self, scale: int) -> None:
        """Show text at one of ``SCALES``; another size changes nothing."""
        if scale in SCALES:
            self._theme.set_scale(scale)

    def set_mode(self, mode: str) -> None:
        """Choose system, light or dark, and remember it."""
        self._kept["mode"] = mode
        self._dark = None
        self._theme.set_mode(self._mode())

    def do(self, command: str, window: MainWindow) -> bool:
        """Do a command that only changes the look."""
        at = SCALES.index(self._theme.scale)
        if command == "text_larger":
            self._theme.set_scale(SCALES[min(at + 1, len(SCALES) - 1)])
        elif command == "text_smaller":
            self._theme.set_scale(SCALES[max(at - 1, 0)])
        elif command == "text_normal":
            self._theme.set_scale(100)
        elif command == "full_screen":
            window.setWindowState(window.windowState() ^ QtCore.Qt.WindowState.WindowFullScreen)
        else:
            return False
        return True

    def _mode(self) -> Mode:
        wanted = self._kept.get("mode") or self._wanted
        if wanted == "system":
            if self._dark is not None:
                return "dark" if self._dark else "light"
            scheme = QGuiApplication.styleHints().colorScheme()
            return "dark" if scheme == QtCore.Qt.ColorScheme.Dark else "light"
        return "dark" if wanted == "dark" else "light"

    def _read(self) -> dict[str, Any]:
        try:
            with self._path.open(encoding="utf-8") as file:
                found = json.loads(file.read(LONGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}
