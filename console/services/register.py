"""Lists of groups of another body: read, laid beside the directory, taken over line by line (F16).

Nothing is kept before a person accepts it. What is missing from a list gets a note, never more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from console.domain.failures import Problem, Refused
from console.domain.register import (
    Comparison,
    Difference,
    FieldChange,
    Known,
    RegisterLine,
    Source,
    Step,
)
from console.domain.register_diff import Differences
from console.intake.register_model import RegisterReading
from console.services import directory_checks as checks
from console.services.desk import Desk, Unit, new_id
from console.services.register_reading import (
    Going,
    OpenedList,
    ReadyList,
    kept_choices,
    make_ready,
    open_list,
    read_list,
    saved_columns,
    with_saved,
)
from console.storage import directory
from console.storage import register as stored
from console.storage.contact import require_whole
from console.storage.database import Connection
from console.storage.projection import shown
from contract.vocabulary import Role

TURN_OPS = 150
"""The most ops of one turn: a turn is all or nothing here and at central."""

NAME_SHORTEST, NAME_LONGEST = 2, 120

NO_SOURCE = Problem(
    "list-name",
    "De lijst heeft nog geen naam.",
    "Bijvoorbeeld: Gemeente Veldermeer. Daaraan wordt de lijst een volgende keer herkend.",
)


Kept = list[tuple[Step, Mapping[str, Any]]]
"""What one line did, with what stood there before."""


@dataclass(slots=True)
class Taken:
    """What one import kept, so that it can be undone as long as the popup is open."""

    source_id: str
    source_name: str
    done: list[Kept] = field(default_factory=list, repr=False)
    lines: int = 0
    stale: int = 0


Turn = tuple[tuple[RegisterLine, ...], tuple[Step, ...]]


class Register:
    """Everything Groepenlijst inlezen asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(self, path: str) -> OpenedList:
        """Open a file and propose its columns; slow, so never on the screen's thread.

        Raises:
            Refused: the file is no list, or cannot be read.
        """
        return open_list(path)

    def sources(self) -> Future[list[Source]]:
        """Return the lists that were read before."""
        return self._desk.look(stored.sources)

    def recognised(self, opened: OpenedList, sources: Sequence[Source]) -> Source | None:
        """Return the list with the same columns; None where none or more than one has them."""
        same = [one for one in sources if one.headers == opened.mark]
        return same[0] if len(same) == 1 else None

    def named(self, sources: Sequence[Source], name: str) -> Source | None:
        """Return the list of a name as typed."""
        return stored.sources_named(sources, name)

    def as_before(self, opened: OpenedList, source: Source) -> OpenedList:
        """Return a file with the columns of this list as they were understood before."""
        return with_saved(opened, source)

    def read(
        self, opened: OpenedList, meanings: Mapping[str, str], going: Going | None = None
    ) -> RegisterReading:
        """Read every row; slow, so never on the screen's thread.

        Raises:
            Refused: no column is the name of a group.
        """
        return read_list(opened, meanings, going)

    def known(self, source: Source | None) -> Future[Known]:
        """Return the directory as this list is laid beside it.

        Refused where not all numbers are on this desk: each would look new.
        """
        source_id = source.id if source is not None else ""

        def work(conn: Connection) -> Known:
            require_whole(conn)
            return stored.known(conn, source_id)

        return self._desk.look(work, "register.known")

    def prepare(
        self, reading: RegisterReading, known: Known, choices: Mapping[str, str]
    ) -> ReadyList:
        """Find areas and groups for every line; slow, so never on the screen's thread."""
        return make_ready(reading, known, choices, self._desk.now()[:10], new_id)

    def compare(
        self,
        ready: ReadyList,
        known: Known,
        source: Source,
        going: Callable[[int], None] | None = None,
    ) -> Comparison:
        """Return what the list would change; slow, so never on the screen's thread."""
        made = Differences(
            known,
            ready.lines,
            ready.matching,
            ready.people,
            ready.places,
            source_id=source.id,
            source_name=source.name,
            now=self._desk.now(),
            new_id=new_id,
        )
        return made.compare(going)

    def save_source(
        self,
        opened: OpenedList,
        name: str,
        meanings: Mapping[str, str],
        known_as: Source | None,
    ) -> Future[Source]:
        """Keep how the columns of a list were understood, for every desk; only account holders."""
        words = " ".join(name.split())
        columns = saved_columns(meanings)

        def work(unit: Unit) -> Source:
            unit.require(Role.ACCOUNT_HOLDER)
            if not NAME_SHORTEST <= len(words) <= NAME_LONGEST:
                raise Refused(NO_SOURCE)
            there = known_as or stored.sources_named(stored.sources(unit.conn), words)
            if there is None:
                body = {"name": words, "headers": opened.mark, "columns": columns}
                key = unit.create("register_source", body)
                return Source(key, words, opened.mark, columns)
            fields: dict[str, Any] = {"headers": opened.mark, "columns": columns}
            unit.update("register_source", there.id, **fields)
            return Source(there.id, there.name, opened.mark, columns, there.choices, there.read_at)

        return self._desk.act(work)

    def save_choices(self, source: Source, choices: Mapping[str, str]) -> Future[None]:
        """Keep the answers about a list, and when it was read."""

        def work(unit: Unit) -> None:
            unit.require(Role.ACCOUNT_HOLDER)
            whole = kept_choices({**source.choices, **choices})
            unit.update("register_source", source.id, choices=whole, read_at=unit.now)

        return self._desk.act(work)

    def show_numbers(
        self, source: Source, line: RegisterLine, why: str
    ) -> Future[tuple[FieldChange, ...]]:
        """Write who looks and why, then give a line with its numbers (security.md §4)."""

        def work(unit: Unit) -> tuple[FieldChange, ...]:
            unit.require(Role.ACCOUNT_HOLDER)
            words = checks.reason(why)
            with unit.group():
                row = f"rij {line.number}"
                unit.log("register_source", source.id, "numbers_shown", row, reason=words)
                if line.difference is not Difference.NEW:
                    unit.log("group", line.group_id, "numbers_shown", reason=words)
                for step in line.steps:
                    if step.kind == "administrator" and not step.makes:
                        unit.log("administrator", step.id, "card_shown", reason=words)
            return line.unmasked()

        return self._desk.act(work)

    def turns(self, lines: Sequence[RegisterLine], notes: Sequence[Step]) -> Iterator[Turn]:
        """Divide what was accepted; a line is never in two turns."""
        part: list[RegisterLine] = []
        ops = 0
        for one in lines:
            weight = 2 * len(one.steps) + 1
            if part and ops + weight > TURN_OPS:
                yield tuple(part), ()
                part, ops = [], 0
            part.append(one)
            ops += weight
        if part:
            yield tuple(part), ()
        for at in range(0, len(notes), TURN_OPS):
            yield (), tuple(notes[at : at + TURN_OPS])

    def accept(self, taken: Taken, turn: Turn) -> Future[int]:
        """Keep one turn, all or nothing; returns how many of its lines were kept.

        A line about something that a colleague changed meanwhile is left alone and counted.
        """
        lines, notes = turn

        def work(unit: Unit) -> tuple[int, list[Kept]]:
            unit.require(Role.ACCOUNT_HOLDER)
            there = stored.refs(unit.conn, taken.source_id)
            done: list[Kept] = []
            kept = 0
            with unit.group():
                for line in lines:
                    made = _keep(unit, line, taken, there)
                    if made is not None:
                        done.append(made)
                        kept += 1
                done += [made for step in notes if (made := _steps(unit, [step]))]
            return kept, done

        kept_future: Future[int] = Future()
        acted = self._desk.act(work)

        def settle(future: Future[tuple[int, list[Kept]]]) -> None:
            error = future.exception()
            if error is not None:
                kept_future.set_exception(error)
                return
            kept, done = future.result()
            taken.done += done
            taken.lines += kept
            taken.stale += len(lines) - kept
            kept_future.set_result(kept)

        acted.add_done_callback(settle)
        return kept_future

    def undo(self, taken: Taken) -> Iterator[Future[int]]:
        """Take back what an import kept, last first, in turns; each gives how many lines stayed.

        A line of which somebody changed anything since stays whole. Iterate when the turn before
        has settled.
        """
        while taken.done:
            part: list[Kept] = []
            ops = 0
            while taken.done and (not part or ops + 2 * len(taken.done[-1]) <= TURN_OPS):
                part.append(taken.done.pop())
                ops += 2 * len(part[-1])

            def work(unit: Unit, part: Sequence[Kept] = tuple(part)) -> int:
                unit.require(Role.ACCOUNT_HOLDER)
                with unit.group():
                    return sum(not _undone(unit, one, taken.source_name) for one in part)

            yield self._desk.act(work)


def _keep(unit: Unit, line: RegisterLine, taken: Taken, there: set[str]) -> Kept | None:
    if line.difference is Difference.NEW and line.ref in there:
        # A colleague read the same list at the same moment.
        return None
    made = _steps(unit, line.steps)
    if made is None:
        return None
    if line.difference is Difference.NEW:
        unit.log("group", line.group_id, "imported", taken.source_name)
    elif line.difference is Difference.MISSING:
        unit.log("group", line.group_id, "list_missing", taken.source_name)
    else:
        words = ", ".join(dict.fromkeys(one.label.lower() for one in line.changes))
        unit.log("group", line.group_id, "list_changed", f"{taken.source_name}: {words}"[:400])
    for step, _ in made:
        if step.kind == "administrator":
            unit.log("administrator", step.id, "imported" if step.makes else "list_changed",
                     taken.source_name)  # fmt: skip
    return made


def _steps(unit: Unit, steps: Sequence[Step]) -> Kept | None:
    """Do the steps of a line, or none of them where something else stands there by now."""
    todo: list[tuple[Step, dict[str, Any], dict[str, Any]]] = []
    for step in steps:
        record = shown(unit.conn, step.kind, step.id)
        if step.was is None:
            if record is None:
                todo.append((step, dict(step.fields), {}))
            continue
        if record is None:
            return None
        fields: dict[str, Any] = {}
        for name, value in step.fields.items():
            here = record.body.get(name) or None
            if here == (value or None):
                continue
            if here != (step.was.get(name) or None):
                return None
            fields[name] = value
        if fields:
            todo.append((step, fields, {name: record.body.get(name) for name in fields}))
    for step, fields, _ in todo:
        if step.makes:
            unit.create(step.kind, fields, step.id)
        else:
            unit.update(step.kind, step.id, **fields)
    return [(Step(step.kind, step.id, fields, step.was), before) for step, fields, before in todo]


def _undone(unit: Unit, made: Kept, source_name: str) -> bool:
    for step, _ in made:
        record = shown(unit.conn, step.kind, step.id)
        for name, value in step.fields.items():
            if record is None or (record.body.get(name) or None) != (value or None):
                return False
    for step, before in reversed(made):
        if not step.makes:
            unit.update(step.kind, step.id, **dict(before))
        elif step.kind != "administrator" or not directory.seats_of(unit.conn, step.id):
            # Somebody another line gave a seat too goes with the last of their seats.
            unit.delete(step.kind, step.id)
        if step.kind == "group":
            unit.log("group", step.id, "list_undone", source_name)
    return True
