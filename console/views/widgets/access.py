"""What a person hears who does not see the screen: what a part is, and what changed just now.

Qt knows what its own parts are. A part that paints itself says it by ``spoken_role``, the name of a
role of ``QAccessible.Role``; without that it would be read as a panel, or not at all.
"""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_installed: list[bool] = []


def install() -> None:
    """Tell Qt once how to ask our own parts what they are."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_describe)


def announce(part: QWidget, words: str, *, urgent: bool = False) -> None:
    """Have something said that nobody asked for; ``urgent`` breaks off what is being read.

    Nothing is said of a part that is not on show.
    """
    if not words or not part.isVisible():
        return
    event = QAccessibleAnnouncementEvent(part, words)
    ways = QAccessible.AnnouncementPoliteness
    event.setPoliteness(ways.Assertive if urgent else ways.Polite)
    _send(event)


def _send(event: QAccessibleAnnouncementEvent) -> None:
    QAccessible.updateAccessibility(event)


def _describe(_key: str, part: object) -> QAccessibleInterface | None:
    role = getattr(part, "spoken_role", "")
    if not role or not isinstance(part, QWidget):
        return None
    return QAccessibleWidget(part, getattr(QAccessible.Role, role))
