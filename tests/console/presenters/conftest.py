"""Fixtures for what screens do: a desk on a real file, a real window, the whole program."""

from tests.helpers.feedback_shift import shift
from tests.helpers.loop import loop
from tests.helpers.post_window import posts_at, village
from tests.helpers.profile import clock, desk, store
from tests.helpers.program import desk_program, start_program

__all__ = [
    "clock",
    "desk",
    "desk_program",
    "loop",
    "posts_at",
    "shift",
    "start_program",
    "store",
    "village",
]
