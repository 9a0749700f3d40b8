"""Asking again for a session whose answer was lost (sync.md §9)."""

import secrets

ATTEMPT_BYTES = 32


class Attempts:
    """Remembers with what a refresh token was first sent, so that asking again is known as such."""

    def __init__(self) -> None:
        self._last = {"refresh_token": "", "attempt": ""}

    def body(self, refresh_token: str) -> dict[str, str]:
        """Return what to send; the same again while no other token came."""
        if self._last["refresh_token"] != refresh_token:
            attempt = secrets.token_urlsafe(ATTEMPT_BYTES)
            self._last = {"refresh_token": refresh_token, "attempt": attempt}
        return self._last
