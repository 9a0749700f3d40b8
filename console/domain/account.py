"""What somebody types to come in at a team's central (security.md §3)."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """A name and password; ``code``: the six digits of the second factor, or empty.

    ``one_time``: a code with which this password is chosen first. With ``team`` and ``person``
    it is the code that a new central printed, and makes its first account. ``organisation``: the
    browser proves who it is, at the organisation's provider; name and password are empty then.
    """

    name: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    one_time: str = field(default="", repr=False)
    team: str = ""
    person: str = ""
    organisation: bool = False
