"""Wakes the thread that waits for sockets, from any other thread."""

import selectors
import socket
import threading
from typing import Protocol


class HasFileno(Protocol):
    """Something that can be waited on."""

    def fileno(self) -> int:
        """Return its file descriptor."""
        ...


class Waker:
    """A pair of sockets: a byte in one ends the wait at the other."""

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)
        self._lock = threading.Lock()
        self._woken = False
        self.stopping = False

    def wake(self) -> None:
        """End the present wait, or the next."""
        with self._lock:
            if self._woken:
                return
            self._woken = True
            self._near.send(b"x")

    def stop(self) -> None:
        """End the wait for good."""
        self.stopping = True
        self.wake()

    def wait(self, seconds: float | None, other: HasFileno | None = None) -> None:
        """Wait until somebody wakes, the other one has something to read, or time is up."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._far, selectors.EVENT_READ)
            if other is not None:
                selector.register(other, selectors.EVENT_READ)
            selector.select(seconds)
        with self._lock:
            if self._woken:
                self._woken = False
                self._far.recv(1)

    def close(self) -> None:
        """Let both sockets go."""
        self._near.close()
        self._far.close()
