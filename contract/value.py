"""Values: classes like frozen dataclasses, made five times as fast.

A batch of 500 ops makes thousands of records, ops and answers. At run time a frozen dataclass sets
every field through a detour, to keep assignments out; here that is left to the type checker, for
which ``value`` is a frozen dataclass with slots. Never assign to a field: ``replace`` copies.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen: bool, slots: bool) -> object:
        """Return what makes a class a value; both words are for the type checker."""
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["value"]
