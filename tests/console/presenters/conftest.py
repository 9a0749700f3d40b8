"""Fixtures for the screens of messages: an invented village in a real window."""

from tests.helpers.loop import loop
from tests.helpers.post_window import posts_at, village
from tests.helpers.profile import clock, desk, store

__all__ = ["clock", "desk", "loop", "posts_at", "store", "village"]
