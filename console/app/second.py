"""A second start of the same profile raises the first window and ends (house.md §1).

The two meet in a local socket whose name comes from the profile's folder; only the word to come
forward goes through it, never content.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WORD = b"raise"
WAIT_MS = 1_000


def _name(root: Path) -> str:
    return "buurtdesk-" + hashlib.sha256(str(root).encode()).hexdigest()[:24]


def raise_first(root: Path) -> bool:
    """Ask the desk that has this profile open to come forward; False where nobody answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name(root))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(WORD)
    sent = socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return bool(sent)


class Doorbell(QObject):
    """Listens for second starts while the desk is open. A name that is taken is no trouble."""

    rung = Signal()

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        # The profile's lock is ours by now, so a name left behind belongs to a desk that died.
        QLocalServer.removeServer(_name(root))
        self._server.listen(_name(root))

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.rung.emit()
