"""Own line icons: read once, coloured and rendered once per size, colour and device ratio."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "icons"

_pixmaps: dict[tuple[str, float, int, float], QPixmap] = {}


@cache
def names() -> tuple[str, ...]:
    """Names of all icons, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


@cache
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def _stroke(size: float) -> str:
    """Thin lines disappear when small: 1.75 on the grid, 2.0 at 16 px, 2.15 at 14 px."""
    if size <= 14:
        return "2.15"
    return "2" if size <= 16 else "1.75"


def icon(name: str, size: float, color: QColor | str, dpr: float | None = None) -> QPixmap:
    """Pixmap of an icon, `size` logical pixels square, in one colour.

    `dpr` is the device ratio of the surface it is painted on; without it the application's
    highest. KeyError when there is no such icon.
    """
    if dpr is None:
        app = QGuiApplication.instance()
        dpr = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    wanted = QColor(color)
    key = (name, size, wanted.rgba(), dpr)
    pixmap = _pixmaps.get(key)
    if pixmap is None:
        pixmap = _render(name, size, wanted, dpr)
        _pixmaps[key] = pixmap
    return pixmap


def _render(name: str, size: float, color: QColor, dpr: float) -> QPixmap:
    # The first window is painted before the first icon (D01).
    from PySide6.QtSvg import QSvgRenderer

    try:
        text = _source(name)
    except FileNotFoundError as error:
        raise KeyError(f"there is no icon {name!r}") from error
    # The tick inside the filled disc is cut out: dark on a light disc, white on a dark one.
    inside = "#1B1E25" if color.lightnessF() > 0.62 else "#FFFFFF"
    text = (
        text.replace("#FFFFFF", inside)
        .replace("currentColor", color.name())
        .replace('stroke-width="1.75"', f'stroke-width="{_stroke(size)}"')
    )
    renderer = QSvgRenderer(QByteArray(text.encode()))
    side = max(1, round(size * dpr))
    pixmap = QPixmap(side, side)
    pixmap.fill(QtCore.Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


def qicon(name: str, size: float, color: QColor | str) -> QtGui.QIcon:
    """The same as a QIcon, for the few places where Qt asks for one (menus, the window)."""
    return QtGui.QIcon(icon(name, size, color))


def draw_icon(
    painter: QPainter, x: float, y: float, name: str, size: float, color: QColor | str
) -> None:
    """Paint an icon with its top left corner at (x, y), sharp on the painter's own device."""
    device = painter.device()
    dpr = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(QPointF(round(x), round(y)), icon(name, size, color, dpr))


def clear_cache() -> None:
    """Forget every rendered icon: after a change of theme, text size or screen."""
    _pixmaps.clear()
