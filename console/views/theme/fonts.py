"""The type table: which letter, how large, how heavy, how far apart the lines stand."""

from __future__ import annotations

import importlib.util
import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

_log = logging.getLogger(__name__)

FAMILY = "Inter"

FIGURES_UP_TO = 12
"""Sizes up to this one hold times and counts that stand under each other."""


@dataclass(frozen=True, slots=True)
class TypeRole:
    """Size in logical pixels at 100 %, weight 400-700, line height in the same pixels."""

    px: float
    weight: int
    line: float


ROLES: dict[str, TypeRole] = {
    "welcome": TypeRole(22, 600, 28),
    "next_step": TypeRole(20, 600, 26),
    "subject": TypeRole(18, 600, 24),
    "screen": TypeRole(16, 600, 20),
    "search": TypeRole(16, 400, 22),
    "reading_strong": TypeRole(14, 600, 21),
    "reading": TypeRole(14, 400, 21),
    "body_strong": TypeRole(13, 600, 18),
    "body_medium": TypeRole(13, 500, 18),
    "body": TypeRole(13, 400, 18.2),
    "preview": TypeRole(13, 400, 18),
    "preview_strong": TypeRole(13, 600, 18),
    "second": TypeRole(12.5, 400, 17),
    "small": TypeRole(12, 400, 16),
    "small_medium": TypeRole(12, 500, 16),
    "small_strong": TypeRole(12, 600, 16),
    "key": TypeRole(11, 500, 14),
    "tiny": TypeRole(11, 400, 14),
}
"""Every role of the type table (design/screens §2). Nothing is smaller than 11 px."""


def load_inter() -> bool:
    """Register Inter with Qt, once, before the first widget; False when it is not there.

    The family comes as one variable font in the package `fontpkg-inter` (OFL 1.1), so no font
    file stands in this repository. Without it the platform's sans is used.
    """
    if FAMILY in QFontDatabase.families():
        return True
    spec = importlib.util.find_spec("fontpkg_inter")
    if spec is None or spec.origin is None:
        _log.warning("Inter is not installed, the platform's own letter is used")
        return False
    path = Path(spec.origin).parent / "files" / "Inter[opsz,wght].ttf"
    if QFontDatabase.addApplicationFont(str(path)) < 0:
        _log.warning("Inter could not be read, the platform's own letter is used")
        return False
    return True


def make_font(role: TypeRole, scale: float, *, code: bool = False) -> QFont:
    """Font of a role at a text size (1.0 is 100 %).

    `code` adds a slashed zero and the forms that keep I, l, O and 0 apart, for plates, codes and
    report numbers.
    """
    font = QFont(FAMILY if FAMILY in QFontDatabase.families() else QFont().defaultFamily())
    size = role.px * scale
    if abs(size - round(size)) < 0.01:
        font.setPixelSize(round(size))
    else:
        # setPixelSize takes whole pixels only; half pixels go by way of points.
        screen = QGuiApplication.primaryScreen()
        dpi = screen.logicalDotsPerInchY() if screen is not None else 96.0
        font.setPointSizeF(size * 72.0 / dpi)
    # One variable file holds all weights. setWeight alone would only relabel it, so the axis is
    # set as well. From 700 on Qt would embolden a second time on top of the axis.
    font.setWeight(QFont.Weight(min(role.weight, 600)))
    font.setVariableAxis(QFont.Tag("wght"), float(role.weight))
    font.setVariableAxis(QFont.Tag("opsz"), 14.0)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    # Not in running text: this family's tabular set also widens the hyphen ("Lagebrug -Oost").
    if code or role.px <= FIGURES_UP_TO:
        font.setFeature(QFont.Tag("tnum"), 1)
    if code:
        font.setFeature(QFont.Tag("zero"), 1)
        font.setFeature(QFont.Tag("ss02"), 1)
    return font
