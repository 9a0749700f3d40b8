"""What a screen may ask of the computer it runs on; the composition root stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from console.domain.access import SecondFactorKey
from console.domain.account import Account
from console.domain.joining import Key
from console.settings import Settings

if TYPE_CHECKING:
    from console.presenters.access import TeamAccess


class TeamCentral(Protocol):
    """The central of a team on another computer (sync.md §8a, §9). All raise Refused."""

    @property
    def address(self) -> str:
        """Where it is; empty while central runs on this computer."""
        ...

    @property
    def access(self) -> TeamAccess:
        """Accounts, desks and keys of the team."""
        ...

    async def sign_in(self, account: Account) -> None:
        """Sign the person at work in; their unsent work follows."""
        ...

    async def admit(self, account: Account, passphrase: str) -> str:
        """Let somebody else of the team in on this computer; returns their name."""
        ...

    async def join_sign_in(self, address: str, account: Account) -> bool:
        """Sign in at a team's central; nothing is changed. False: a second factor comes first."""
        ...

    async def look(self) -> Any:
        """Compare the team with this desk; nothing is changed.

        Returns ``team_name``, ``person``, ``person_name``, ``preview``
        (``console.domain.joining.Preview``), and what was decided in a joining that broke off:
        ``same`` and ``copies``.
        """
        ...

    async def bring(
        self,
        same: Mapping[Key, str],
        copies: Collection[Key],
        told: Callable[[int, int], None],
    ) -> Any:
        """Send what the team lacks; returns counts ``added`` and ``same``, and ``left``."""
        ...

    async def go_over(self) -> None:
        """Let this desk belong to the team from now on; all screens are built anew."""
        ...

    async def stop(self) -> None:
        """End a joining that was begun; what was decided is remembered."""
        ...

    async def offers_organisation(self, address: str) -> bool:
        """Say whether the central at this address lets people in through their organisation."""
        ...

    async def second_factor_key(self) -> SecondFactorKey:
        """Ask for a key for the app with codes; it counts once ``prove_second_factor`` did."""
        ...

    async def prove_second_factor(self, digits: str) -> None:
        """Show that the app holds the key: six digits."""
        ...


class Station(Protocol):
    """Settings, look and training of this computer."""

    @property
    def team_central(self) -> TeamCentral:
        """The central of a team on another computer."""
        ...

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
