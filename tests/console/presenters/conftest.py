"""Tests of presenters run the loop of the desk (tests.helpers.loop)."""

from tests.helpers.loop import loop

__all__ = ["loop"]
