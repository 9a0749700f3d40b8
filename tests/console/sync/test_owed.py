"""What a set-back central lost stays owed to it until it was offered again (sync.md §7)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.console.sync.test_engine import same_everywhere, write_report
from tests.helpers.breakable import Fault
from tests.helpers.central_line import CentralLine
from tests.helpers.joined import Joined


@pytest.mark.parametrize("killed", [False, True])
def test_an_offer_that_broke_off_goes_on_later_also_after_a_death_of_the_desk(
    central: CentralLine, joined: Joined, tmp_path: Path, killed: bool
) -> None:
    copy = tmp_path / "backup.db"
    kept = write_report(joined)
    joined.step()
    database: Any = central.office.database
    database.copy_to(copy)
    lost = write_report(joined)
    joined.step()
    joined.shut()
    person = central.person
    central.close()
    copy.replace(central.path)
    with CentralLine(central.path) as restored:
        restored.watch = central.watch
        restored.team = central.team
        restored.sign_in(person)
        joined.central = restored
        joined.open()
        joined.line.only = "ops"
        joined.line.faults.append(Fault.REFUSE)
        joined.sign_in(person)
        assert not joined.line.faults, "the offer was refused by the line"
        assert lost not in restored.records("report")
        if killed:
            joined.shut()
            joined.open()
            joined.sign_in(person)
        joined.step()
        joined.step()
        assert {kept, lost} <= set(restored.records("report"))
        same_everywhere(joined)
