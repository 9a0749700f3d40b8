"""Pure: opaque tokens and their hashes. A token is never stored."""

import hashlib
import secrets


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
