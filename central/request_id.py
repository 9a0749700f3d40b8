"""The mark of the request under way; it stands in problem documents and in the log."""

import secrets
from contextvars import ContextVar

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""Empty where nobody gave one: a central inside a desk writes no log of requests."""


def new_request_id() -> str:
    """Make a mark of 16 characters that says nothing about the request."""
    return secrets.token_hex(8)
