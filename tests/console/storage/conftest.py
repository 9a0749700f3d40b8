"""The fixtures of a real encrypted file with a desk on it, for every test in this folder."""

from tests.helpers.profile import clock, desk, store

__all__ = ["clock", "desk", "store"]
