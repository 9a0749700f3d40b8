"""Snapshots of the people at this desk (security.md §2-§3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here; ``slot``: has a passphrase of their own on this desk."""

    id: str
    name: str
    roles: tuple[str, ...]
    active: bool = True
    shift_until: str = ""
    area_id: str = ""
    slot: bool = True

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        words = [word for word in self.name.split() if word[:1].isalpha()]
        if not words:
            return "?"
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    def may(self, *roles: str) -> bool:
        """Say whether the person has any of these roles."""
        return any(role in self.roles for role in roles)
