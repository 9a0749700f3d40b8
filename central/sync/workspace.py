"""The records of one batch while it is being decided; nothing here is written yet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from central.journal.chain import Entry, canonical, text_hash
from central.sequence import Staged
from contract.audited import LOGGED
from contract.op import Record, with_body
from contract.value import value

Key = tuple[str, str]
LINE = "log_entry"
Fetch = Callable[[Iterable[Key]], Mapping[Key, Record]]


@value(frozen=True, slots=True)
class _Note:
    op_id: str
    act: str
    before: Record | None
    after: Record


@value(frozen=True, slots=True)
class Written:
    """A record as the commit will leave it but for its number, and its body as it is stored."""

    first: Record
    record: Record
    text: bytes


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
        self._written: dict[int, Written] = {}
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

    def note(self, record: Record, *, op_id: str, act: str) -> None:
        """Add an audit row about a record as it stands by now; nothing else changes."""
        self._new.notes.append(_Note(op_id, act, record, record))

    def new(self, kind: str) -> list[Record]:
        """Return the live records of a kind that this batch makes, in their order."""
        return [one for one in self.made(kind) if not one.deleted and self._is_new(one)]

    def complete(self, kind: str, record_id: str, extra: Mapping[str, Any]) -> None:
        """Add fields to a new record that could not be known while the batch was decided."""
        self._extra[kind, record_id] = extra

    def written(self, record: Record) -> Written:
        """Return how a record will be written; call it when every field is known.

        Asked for the answer, the audit row and the row itself: mostly the very same record.
        """
        known = self._written.get(id(record))
        if known is None:
            extra = self._extra.get((record.kind, record.id))
            whole = record
            if extra is not None and not record.deleted:
                whole = with_body(record, {**record.body, **extra})
            # The first record stays in it, so that its id is not given to another.
            known = Written(record, whole, canonical(whole.body))
            self._written[id(record)] = known
        return known

    def _is_new(self, record: Record) -> bool:
        return self._base.get((record.kind, record.id)) is None

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
        entries = []
        for one in self._new.notes:
            before, after = one.before, one.after
            act, kind, about = one.act, after.kind, after.id
            if kind == LINE and before is None:
                # A line of the history says who did what to which record: that is looked for.
                body = after.body
                act, kind = f"{LOGGED}{body.get('what')}", str(body.get("subject_kind"))
                about = str(body.get("subject_id"))
            entries.append(
                Entry(
                    one.op_id,
                    act,
                    kind,
                    about,
                    after.ver,
                    text_hash(self.written(before).text) if before is not None else "",
                    "" if after.deleted else text_hash(self.written(after).text),
                )
            )
        return entries

    def staged(self) -> list[Staged]:
        """Return what has to be written, in the order in which it was first touched."""
        out = []
        for key, record in self._new.records.items():
            base = self._base[key]
            written = self.written(record)
            out.append(Staged(written.record, base.ver if base else 0, written.text))
        return out
