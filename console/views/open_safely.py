"""The one door to the browser of the system (security.md §7, 5): https only, to a named host."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

LONGEST = 4_000


def is_safe(address: str) -> bool:
    """Say whether an address may be opened: https, a host by name, nobody's name in front of it."""
    if len(address) > LONGEST or not address.isascii() or not address.isprintable():
        return False
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    host = url.host()
    return (
        url.isValid()
        and url.scheme() == "https"
        and bool(host)
        and "." in host
        and not url.userInfo()
        and "\\" not in address
    )


def open_safely(address: str) -> bool:
    """Open an address in the browser; False where it may not be, or where there is no browser."""
    return is_safe(address) and QDesktopServices.openUrl(QUrl(address))
