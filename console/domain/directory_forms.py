"""What a person fills in to make or change a part of the directory (F11-F14). As typed.

``None`` in a field that is kept out of sight (phone, e-mail, invite link) leaves it as it is.
"""

from dataclasses import dataclass

from contract.vocabulary import AdministratorRole, GroupKind, GroupState, Reach, Wish


@dataclass(frozen=True, slots=True)
class WhoForm:
    """One role in an area as filled in; an empty name takes the person off it."""

    role: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AreaForm:
    """An area as filled in; ``neighbours`` are ids of areas."""

    name: str
    level: str
    code: str = ""
    parent_id: str = ""
    inhabitants: str = ""
    inhabitants_year: str = ""
    inhabitants_source: str = ""
    note: str = ""
    neighbours: tuple[str, ...] = ()
    who: tuple[WhoForm, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupForm:
    """A group as filled in; ``parents`` are (area or group, id)."""

    name: str
    kind: str = GroupKind.NEIGHBOURHOOD
    area_id: str = ""
    parents: tuple[tuple[str, str], ...] = ()
    streets: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    members: str = ""
    member_limit: str = ""
    state: str = GroupState.ACTIVE
    wish: str = Wish.ACUTE_ONLY
    quiet_from: str = ""
    quiet_until: str = ""
    reach: str = Reach.DIRECT
    reach_via: str = ""
    invite_link: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AdministratorForm:
    """An administrator's card as filled in."""

    name: str
    phone: str | None = None
    email: str | None = None
    role: str = AdministratorRole.ADMINISTRATOR
    wish: str = Wish.ACUTE_ONLY
    quiet_from: str = ""
    quiet_until: str = ""
    reach: str = Reach.DIRECT
    on_burgernet: bool = False
    note: str | None = None
