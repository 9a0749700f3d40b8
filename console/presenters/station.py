"""What a screen may ask of the computer it runs on; the composition root stands behind it."""

from __future__ import annotations

from typing import Protocol

from console.settings import Settings


class Station(Protocol):
    """Settings, look and training of this computer."""

    @property
    def settings(self) -> Settings:
        """What holds now."""
        ...

    @property
    def mode(self) -> str:
        """Light, dark, or as the system."""
        ...

    @property
    def scale(self) -> int:
        """Size of the text in per cent."""
        ...

    def keep(self, settings: Settings) -> None:
        """Write other settings and go by them. Raises OSError where they cannot be written."""
        ...

    def set_mode(self, mode: str) -> None:
        """Show the desk light, dark, or as the system."""
        ...

    def set_scale(self, scale: int) -> None:
        """Show text larger or smaller."""
        ...

    def start_training(self) -> None:
        """Start the training desk beside this one (F57)."""
        ...
