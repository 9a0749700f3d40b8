"""T8: the program is updated while acts wait: the file is migrated, and they are sent afterwards.

There is one schema of the local file and one of the bodies so far, so the next step is made up
here, and there are no requests of an older desk to play back yet.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.storage import connection, schema
from console.storage.database import Store
from console.sync.status import SyncState
from tests.helpers.profile import KEY
from tests.line.test_eight_hours_without_central import add
from tests.line.two_desks import TwoDesks, two_desks, waiting

NEXT = schema.HEAD + 1
STEP = f'''"""A made-up step."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT:04d}"
down_revision = "{schema.HEAD:04d}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the outbox and make a table."""
    op.add_column("outbox", sa.Column("made_up", sa.Text))
    op.create_table("made_up", sa.Column("id", sa.Text, primary_key=True))


def downgrade() -> None:
    """Nothing goes back."""
'''


@pytest.fixture
def team(tmp_path: Path) -> Iterator[TwoDesks]:
    with two_desks(tmp_path, tmp_path / "central.db") as made:
        yield made


def test_acts_that_wait_survive_an_update_and_are_sent_once(
    team: TwoDesks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lotte = team.lotte
    person = lotte.desk.person
    assert person is not None
    team.central_off()
    made = [add(lotte, f"Wacht op de update {number}") for number in range(250)]
    kept = waiting(lotte)
    lotte.step()
    lotte.shut()

    steps = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, steps)
    (steps / "versions" / f"{NEXT:04d}_made_up.py").write_text(STEP, encoding="utf-8")
    with monkeypatch.context() as newer:
        for room, name in ((schema, "HEAD"), (connection, "SCHEMA")):
            newer.setattr(room, name, NEXT)
        newer.setattr(schema, "MIGRATIONS", steps)
        lotte.open()
    copies = list(lotte.path.parent.glob(f"{lotte.path.stem}-before-*"))
    assert len(copies) == 1
    with Store(copies[0], KEY, lotte.clock) as copy:
        count = "SELECT count(*) FROM outbox"
        old = copy.read(lambda conn: conn.exec_driver_sql(count).scalar_one()).result()
    assert old == len(kept)
    assert waiting(lotte) == kept

    assert lotte.run(lotte.engine.resume(person.id)) is not None
    lotte.desk.person = person
    lotte.line.tell = team.central.watch
    team.central_off(False)
    team.exchange()
    assert lotte.engine.status.now.state is SyncState.LIVE
    assert set(made) <= set(team.records("report"))
    team.each_once(kept)
    team.same_everywhere()
