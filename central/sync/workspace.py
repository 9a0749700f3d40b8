"""The records of one batch while it is being decided; nothing here is written yet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from central.journal.chain import Entry, body_hash
from central.sequence import Staged
from contract.op import Record, with_body

Key = tuple[str, str]
Fetch = Callable[[Iterable[Key]], Mapping[Key, Record]]


@dataclass(frozen=True, slots=True)
class _Note:
    op_id: str
    act: str
    before: Record | None
    after: Record


@dataclass
class _State:
    records: dict[Key, Record] = field(default_factory=dict)
    notes: list[_Note] = field(default_factory=list)


class Workspace:
    """Records as the batch has made them so far, over records as they stand in the database."""

    def __init__(self, fetch: Fetch, keys: Iterable[Key]) -> None:
        self._fetch = fetch
        self._base: dict[Key, Record | None] = {}
        self._new = _State()
        self._extra: dict[Key, Mapping[str, Any]] = {}
        self._whole: dict[Key, tuple[Record, Record]] = {}
        self.load(keys)

    def load(self, keys: Iterable[Key]) -> None:
        """Fetch and lock records that are not here yet."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._base]
        if missing:
            found = self._fetch(missing)
            self._base.update((key, found.get(key)) for key in missing)

    def get(self, kind: str, record_id: str) -> Record | None:
        """Return the record as it would stand if the batch were committed now."""
        key = (kind, record_id)
        if key in self._new.records:
            return self._new.records[key]
        if key not in self._base:
            self.load([key])
        return self._base[key]

    def here(self, records: Iterable[Record]) -> list[Record]:
        """Take in records that a query found; returns them as the batch has made them."""
        current = []
        for record in records:
            self._base.setdefault((record.kind, record.id), record)
            current.append(self.get(record.kind, record.id) or record)
        return current

    def made(self, kind: str) -> list[Record]:
        """Return the records of a kind that this batch changed."""
        return [record for (of, _), record in self._new.records.items() if of == kind]

    def put(self, record: Record, *, op_id: str, act: str) -> None:
        """Let a record stand as it must after the commit, and note who asked for it."""
        before = self.get(record.kind, record.id)
        self._new.records[record.kind, record.id] = record
        self._new.notes.append(_Note(op_id, act, before, record))

    def complete(self, kind: str, record_id: str, extra: Mapping[str, Any]) -> None:
        """Add fields to a new record that could not be known while the batch was decided."""
        self._extra[kind, record_id] = extra
        self._whole.pop((kind, record_id), None)

    def completed(self, record: Record) -> Record:
        """Return a record of this batch with the fields that were added to it."""
        key = (record.kind, record.id)
        extra = self._extra.get(key)
        if extra is None or record.deleted:
            return record
        # Asked for the answer, the audit row and the row itself: mostly the very same record.
        known = self._whole.get(key)
        if known is None or known[0] is not record:
            known = record, with_body(record, {**record.body, **extra})
            self._whole[key] = known
        return known[1]

    def mark(self) -> tuple[dict[Key, Record], int]:
        """Return a mark to come back to when a group of ops fails."""
        return dict(self._new.records), len(self._new.notes)

    def back_to(self, mark: tuple[dict[Key, Record], int]) -> None:
        """Undo everything put since the mark."""
        self._new.records = mark[0]
        del self._new.notes[mark[1] :]

    @property
    def entries(self) -> list[Entry]:
        """Return the audit entries of the batch."""
        return [
            Entry(
                one.op_id,
                one.act,
                one.after.kind,
                one.after.id,
                one.after.ver,
                body_hash(self.completed(one.before).body if one.before else None),
                body_hash(None if one.after.deleted else self.completed(one.after).body),
            )
            for one in self._new.notes
        ]

    def staged(self) -> list[Staged]:
        """Return what has to be written, in the order in which it was first touched."""
        out = []
        for key, record in self._new.records.items():
            base = self._base[key]
            out.append(Staged(self.completed(record), base.ver if base else 0))
        return out
