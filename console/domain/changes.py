"""What a write touched: the one feed that every presenter refreshes from (house.md §3.2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """The records a unit of work touched, as ids per kind. Local and remote look alike."""

    ids: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Changes":
        """Collect (kind, id) pairs."""
        found: dict[str, set[str]] = {}
        for kind, record_id in pairs:
            found.setdefault(kind, set()).add(record_id)
        return cls({kind: frozenset(ids) for kind, ids in found.items()})

    def touches(self, *kinds: str) -> bool:
        """Say whether any record of these kinds was touched."""
        return any(kind in self.ids for kind in kinds)

    def has(self, kind: str, record_id: str) -> bool:
        """Say whether this very record was touched."""
        return record_id in self.ids.get(kind, frozenset())

    def __or__(self, other: "Changes") -> "Changes":
        ids = dict(self.ids)
        for kind, more in other.ids.items():
            ids[kind] = ids.get(kind, frozenset()) | more
        return Changes(ids)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for kind, ids in self.ids.items():
            for record_id in ids:
                yield kind, record_id

    def __bool__(self) -> bool:
        return any(self.ids.values())
