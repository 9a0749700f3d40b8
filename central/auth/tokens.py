"""Pure: opaque tokens and their hashes. A token is never stored."""

import base64
import hashlib
import hmac
import secrets

ATTEMPT_LEAST = 32
"""Characters of an attempt that counts; fewer could be guessed."""


def new_token() -> str:
    """Make a token of 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a token. It holds 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same_secret(given: str, expected: str) -> bool:
    """Compare in constant time; an empty secret matches nothing."""
    return bool(expected) and secrets.compare_digest(
        given.encode("utf-8", "surrogatepass"), expected.encode()
    )


def next_token(token: str, attempt: str) -> str:
    """Make the refresh token that follows one: always the same for the same attempt.

    Who asks again after a lost answer proves by the attempt that it was they who asked first.
    A short attempt counts as none.
    """
    if len(attempt) < ATTEMPT_LEAST:
        return new_token()
    made = hmac.new(
        attempt.encode("utf-8", "surrogatepass"),
        token.encode("utf-8", "surrogatepass"),
        hashlib.sha256,
    )
    return base64.urlsafe_b64encode(made.digest()).rstrip(b"=").decode()
