"""The computer the desk runs on, as the settings screen sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console import settings as stored
from console.app.elsewhere import Elsewhere
from console.settings import Settings

if TYPE_CHECKING:
    from console.app.program import Program


class Station:
    """Implements ``console.presenters.station.Station`` on the running program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._central = Elsewhere(program)

    @property
    def team_central(self) -> Elsewhere:
        """The central of a team on another computer."""
        return self._central

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self._program.settings

    @property
    def mode(self) -> str:
        """Light, dark, or as the system."""
        return self._program.look.mode

    @property
    def scale(self) -> int:
        """Size of the text in per cent."""
        return self._program.look.scale

    def keep(self, settings: Settings) -> None:
        """Write other settings and go by them. Raises OSError where they cannot be written."""
        program = self._program
        stored.save(program.profile.settings, settings)
        program.settings = settings
        if program.kit is not None:
            desk = program.kit.services.desk
            desk.station = settings.station_name

    def set_mode(self, mode: str) -> None:
        """Show the desk light, dark, or as the system."""
        self._program.look.set_mode(mode)

    def set_scale(self, scale: int) -> None:
        """Show text larger or smaller."""
        self._program.look.set_scale(scale)

    def start_training(self) -> None:
        """Start the training desk beside this one (F57)."""
        self._program.start_training()
