"""What this desk itself holds of one person, beside what its central has (F52, security.md §4)."""

from __future__ import annotations

from concurrent.futures import Future

from console.domain.failures import NotAllowed, Problem
from console.domain.subject import SubjectRecord
from console.services.desk import Desk
from contract.vocabulary import Role

NOT_YOU = Problem(
    "subject-role", "Dit mag alleen de accounthouder.", "Vraag de accounthouder van uw team."
)


class SubjectAtDesk:
    """Looks in the tables of this desk; only after central wrote down who asks and why."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def held(self, phone: str, name: str) -> Future[list[SubjectRecord]]:
        """Return what waits, was refused, was sent or typed here and holds this person.

        Raises NotAllowed for who is no account holder.
        """
        from console.storage import subject
        from contract.sought import Sought

        if self._desk.person is None or not self._desk.person.may(Role.ACCOUNT_HOLDER.value):
            raise NotAllowed(NOT_YOU)
        sought = Sought(phone, name)
        return self._desk.look(lambda conn: subject.held(conn, sought))

    def names(self) -> Future[frozenset[str]]:
        """Return the names that the guard looks for, to leave those of others out."""
        from console.storage import posts

        return self._desk.look(posts.guard_names)
