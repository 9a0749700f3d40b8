"""Every test of the desk may ask for a clock, an encrypted store and a desk (tests.helpers.profile)."""

from tests.helpers.profile import clock, desk, store

__all__ = ["clock", "desk", "store"]
