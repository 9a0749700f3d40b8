"""What came of a batch of ops that central answered (sync.md §5)."""

from dataclasses import dataclass, field

from console.domain.changes import Changes


@dataclass(frozen=True, slots=True)
class LostClaim:
    """A claim that somebody else won; the screen says who was first (F05).

    ``holder`` is a person id, empty where central did not say.
    """

    op_id: str
    report_id: str
    person: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """Records touched, claims lost, and how many ops went to the tray for a person to decide."""

    changes: Changes = field(default_factory=Changes)
    lost: tuple[LostClaim, ...] = ()
    trayed: int = 0


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """What waits for central: the person's own ops, and how many wait for other persons.

    ``oldest_at`` is the stamp of the oldest own op, empty where none waits.
    """

    queue: int = 0
    oldest_at: str = ""
    tray: int = 0
    others: int = 0
