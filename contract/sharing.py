"""Whether a team shares its messages with the teams beside it: one setting, off until it says yes."""

from collections.abc import Mapping
from typing import Any

CHOICE = "neighbours"
"""The setting in which the account holder says so."""

SHARE = "share"
"""The key of that setting; nothing is shared where it is absent."""


def shares(value: object) -> bool:
    """Say whether a team shares its messages; only a plain yes counts."""
    return isinstance(value, Mapping) and value.get(SHARE) is True


def sharing(value: object, *, on: bool) -> dict[str, Any]:
    """Return the setting with the choice made; what else stands in it stays."""
    return {**(value if isinstance(value, Mapping) else {}), SHARE: on}
