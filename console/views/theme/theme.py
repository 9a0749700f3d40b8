"""The theme in force: tokens, palette, text size and fonts, for every widget of one application."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from console.views.theme import icons
from console.views.theme.fonts import ROLES, load_inter, make_font
from console.views.theme.lengths import rescale
from console.views.theme.tokens import DARK, LIGHT, Tokens

SCALES = (100, 115, 130, 150, 200)
"""Text sizes a person can choose, in percent."""

Mode = Literal["light", "dark"]

_in_force: list[Theme] = []


class Theme(QObject):
    """Look of one application. Build it before the first widget; widgets ask it while painting.

    `changed` fires after the mode or the text size changed and palette and caches are right.
    """

    changed = Signal()

    def __init__(self, app: QApplication, *, letters: bool = True) -> None:
        """Take over style, palette and font of `app`, in light mode at 100 %.

        Without `letters` the font comes later, by `load_letters`: before the first text.
        """
        super().__init__(app)
        self._app = app
        self._tokens = LIGHT
        self._scale = 100
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._metrics: dict[tuple[str, bool], QFontMetricsF] = {}
        self._colors: dict[str, QColor] = {}
        self.inter_loaded = False
        self._letters = False
        style = QStyleFactory.create("Fusion") if app.style().name() != "fusion" else None
        if style is not None:
            app.setStyle(style)
        _in_force[:] = [self]
        self._apply()
        if letters:
            self.load_letters()

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    @property
    def mode(self) -> Mode:
        """ "light" or "dark"."""
        return "dark" if self._tokens is DARK else "light"

    @property
    def scale(self) -> int:
        """Text size in percent."""
        return self._scale

    def load_letters(self) -> None:
        """Have Inter ready and make it the font of everything."""
        self.inter_loaded = load_inter()
        self._letters = True
        self._fonts.clear()
        self._metrics.clear()
        self._apply()

    def set_mode(self, mode: Mode) -> None:
        """Switch between light and dark. Widgets stay; they only paint anew."""
        wanted = DARK if mode == "dark" else LIGHT
        if wanted is not self._tokens:
            self._tokens = wanted
            self._refresh()

    def set_scale(self, percent: int) -> None:
        """Set the text size to 100 … 200 percent; another value is brought to the nearest end."""
        wanted = max(SCALES[0], min(SCALES[-1], percent))
        if wanted != self._scale:
            factor, self._scale = wanted / self._scale, wanted
            for window in self._app.topLevelWidgets():
                if window.isVisible():
                    rescale(window.findChildren(QWidget), factor)
            self._refresh()

    def px(self, n: float) -> int:
        """A length of the design, in logical pixels at the text size in force."""
        return round(n * self._scale / 100)

    def font(self, role: str, *, code: bool = False) -> QFont:
        """Font of a role of the type table; KeyError for an unknown role. Do not change it."""
        key = (role, code)
        font = self._fonts.get(key)
        if font is None:
            font = make_font(ROLES[role], self._scale / 100, code=code)
            self._fonts[key] = font
        return font

    def metrics(self, role: str, *, code: bool = False) -> QFontMetricsF:
        """Cached metrics of `font(role)`."""
        key = (role, code)
        metrics = self._metrics.get(key)
        if metrics is None:
            metrics = QFontMetricsF(self.font(role, code=code))
            self._metrics[key] = metrics
        return metrics

    def line(self, role: str) -> float:
        """Line height of a role in logical pixels at the text size in force."""
        return ROLES[role].line * self._scale / 100

    def color(self, token: str) -> QColor:
        """Colour of a token; AttributeError for an unknown token. Do not change it."""
        color = self._colors.get(token)
        if color is None:
            color = QColor(getattr(self._tokens, token))
            self._colors[token] = color
        return color

    def palette(self) -> QPalette:
        """Palette built from the tokens, for the parts that Fusion paints itself."""
        palette = QPalette()
        role = QPalette.ColorRole
        for part, token in (
            (role.Window, "surface"),
            (role.WindowText, "text"),
            (role.Base, "surface"),
            (role.AlternateBase, "sunken"),
            (role.Text, "text"),
            (role.PlaceholderText, "text3"),
            (role.Button, "raised"),
            (role.ButtonText, "text"),
            (role.BrightText, "white"),
            (role.ToolTipBase, "raised"),
            (role.ToolTipText, "text"),
            (role.Highlight, "accentfill"),
            (role.HighlightedText, "white"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.Accent, "accent"),
            (role.Light, "surface"),
            (role.Midlight, "hover"),
            (role.Mid, "line2"),
            (role.Dark, "edge"),
            (role.Shadow, "line2"),
        ):
            palette.setColor(part, self.color(token))
        disabled = QPalette.ColorGroup.Disabled
        for part in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(disabled, part, self.color("off"))
        palette.setColor(disabled, role.Base, self.color("sunken"))
        palette.setColor(disabled, role.Button, self.color("press"))
        return palette

    def _apply(self) -> None:
        self._app.setPalette(self.palette())
        if self._letters:
            self._app.setFont(self.font("body"))

    def _refresh(self) -> None:
        self._fonts.clear()
        self._metrics.clear()
        self._colors.clear()
        icons.clear_cache()
        self._apply()
        self.changed.emit()
        for widget in self._app.allWidgets():
            widget.updateGeometry()
            widget.update()


def current() -> Theme:
    """The theme last built, for painting code. RuntimeError before there is one."""
    if not _in_force:
        raise RuntimeError("build Theme(app) before the first widget")
    return _in_force[0]
