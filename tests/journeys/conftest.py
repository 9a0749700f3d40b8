"""The fixtures of the journeys: the real program, a person at it, and a window of one screen."""

from tests.helpers.journey import hand_clock, seat
from tests.helpers.loop import loop
from tests.helpers.post_window import posts_at, village
from tests.helpers.profile import clock, desk, store
from tests.helpers.program import demo_program, desk_program, start_program

__all__ = [
    "clock", "demo_program", "desk", "desk_program", "hand_clock", "loop", "posts_at", "seat",
    "start_program", "store", "village",
]  # fmt: skip
