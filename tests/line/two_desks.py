"""Two desks of one team at one central, all on clocks that a test moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from central.models.journal import audit
from console.domain.person import Person
from console.domain.tray import TrayItem
from console.models.local import journal, outbox, tray
from console.services.desk import Unit
from console.services.tray import Tray
from console.sync.status import SyncState
from tests.helpers.accounts_line import KEEPER, PASSWORD, AccountsLine
from tests.helpers.away import Away

AREA = "area-lagebrug"
GROUPS = ("group-lagebrug", "group-elzenkade", "group-havenkade")


class TwoDesks:
    """``lotte`` and ``yara`` are operators, each at a desk of their own."""

    def __init__(self, central: AccountsLine, lotte: Away, yara: Away) -> None:
        self.central = central
        self.lotte = lotte
        self.yara = yara

    @property
    def both(self) -> tuple[Away, Away]:
        """Both desks."""
        return self.lotte, self.yara

    def pass_time(self, **span: float) -> None:
        """Let time pass everywhere."""
        self.central.watch.move(**span)
        for desk in self.both:
            desk.clock.move(**span)

    def central_off(self, off: bool = True) -> None:
        """Take central away from both, or give it back."""
        for desk in self.both:
            desk.line.down = off

    def exchange(self, rounds: int = 4) -> None:
        """Exchange until nothing is to be sent and both have heard of it."""
        for _ in range(rounds):
            for desk in self.both:
                desk.step()
        for desk in self.both:
            assert desk.engine.status.now.state is SyncState.LIVE, desk.engine.status.now

    def records(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return the records of a kind at central, whatever the time is by now."""
        self.central.enter(KEEPER, code=self.central.digits())
        return self.central.records(kind)

    def same_everywhere(self) -> None:
        """Check that both desks hold what central holds (I3)."""
        for desk in self.both:
            assert desk.run(desk.engine.check()) == ()

    def each_once(self, kept: Iterable[str]) -> None:
        """Check that every kept op stands in one place and counts once at most (I1, I2)."""
        came: Counter[str] = Counter()
        for desk in self.both:
            for table in (outbox, journal, tray):
                came.update(ids(desk, table))
        missing = set(kept) - set(came)
        assert not missing
        assert max(came.values()) == 1
        rows = self.central.office.database.read_now(
            lambda conn: conn.execute(select(audit.c.op_id, audit.c.kind, audit.c.record)).all()
        )
        effects = Counter((row.op_id, row.kind, row.record) for row in rows if row.op_id)
        assert max(effects.values()) == 1


def ids(desk: Away, table: Any) -> list[str]:
    """Return the ops in the outbox, the journal or the tray of a desk."""
    return list(
        desk.store.read(lambda conn: conn.execute(select(table.c.op_id)).scalars().all()).result()
    )


def waiting(desk: Away) -> list[str]:
    """Return the ops that wait for central."""
    return ids(desk, outbox)


def states(desk: Away) -> list[str]:
    """Return how the ops in the outbox of a desk stand."""
    return list(
        desk.store.read(lambda conn: conn.execute(select(outbox.c.state)).scalars().all()).result()
    )


def trays(desk: Away) -> list[TrayItem]:
    """Return what waits for a decision at a desk."""
    return list(Tray(desk.desk).items().result())


def enter(desk: Away, account: str) -> None:
    """Sign in and fetch everything."""
    session = desk.run(desk.engine.sign_in_with(account, PASSWORD))
    desk.desk.person = Person(session.person.id, session.person.name, session.person.roles)


def ground(desk: Away) -> None:
    """Put an area and three groups in the file."""

    def work(unit: Unit) -> None:
        unit.create("area", {"name": "Lagebrug", "level": "village"}, AREA)
        for group_id in GROUPS:
            body = {"name": group_id, "kind": "administrators", "area_id": AREA, "members": 40}
            unit.create("group", body, group_id)

    desk.desk.act(work).result()


@contextmanager
def two_desks(home: Path, place: Path | str) -> Iterator[TwoDesks]:
    """Make the team, its two operators and their desks; both know everything there is."""
    with ExitStack() as stack:
        central = stack.enter_context(AccountsLine(place))
        central.begin()
        central.add_account("lotte", "operator", name="Lotte Voorbeeld")
        central.add_account("yara", "operator", name="Yara Voorbeeld")
        desks = [
            stack.enter_context(Away(central, home / f"{name}.db", name))
            for name in ("lotte", "yara")
        ]
        for desk, name in zip(desks, ("lotte", "yara"), strict=True):
            desk.device = name
            desk.line.tell = central.watch
            enter(desk, name)
        made = TwoDesks(central, *desks)
        ground(made.lotte)
        made.exchange()
        yield made
