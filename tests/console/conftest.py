"""Every test of the desk may ask for a clock, a store, a desk, and the loop of the screen."""

from tests.helpers.loop import loop
from tests.helpers.profile import clock, desk, store

__all__ = ["clock", "desk", "loop", "store"]
