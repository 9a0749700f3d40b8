"""Made-up shifts over a bad line: after healing, desk and central hold the same (I1-I5, I8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.failures import Refused
from console.services.desk import Unit
from console.storage import outbox
from console.storage.projection import shown
from tests.console.sync.test_engine import BODY, same_everywhere
from tests.helpers.breakable import Fault
from tests.helpers.central_line import CentralLine, op
from tests.helpers.joined import Joined

FAULTS = st.sampled_from(list(Fault))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.integers(0, 3)),
        st.tuples(st.just("edit"), st.integers(0, 3)),
        st.tuples(st.just("claim"), st.integers(0, 3)),
        st.tuples(st.just("colleague"), st.integers(0, 3)),
        st.tuples(st.just("exchange"), FAULTS),
        st.tuples(st.just("restart"), FAULTS),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Joined]:
    """Return one desk and one central for all shifts; each shift has records of its own."""
    home = tmp_path_factory.mktemp("faults")
    with CentralLine(home / "central.db") as central:
        central.set_up()
        with Joined(central, home / "desk.db") as joined:
            joined.sign_in(central.person)
            yield joined


@settings(max_examples=25)
@given(steps=STEPS)
def test_a_shift_over_a_bad_line_ends_with_the_same_records_everywhere(
    shift: Joined, steps: list[tuple[str, Any]]
) -> None:
    shift.central.sign_in(shift.central.person)
    made: list[str] = []
    typed: dict[str, str] = {}
    for number, (what, with_) in enumerate(steps):
        if what == "create":
            made.append(shift.desk.act(lambda unit: unit.create("report", BODY)).result())
        elif what == "exchange":
            shift.line.faults.append(with_)
            shift.step()
            shift.line.faults.clear()
        elif what == "restart":
            shift.line.faults.append(with_)
            shift.step()
            shift.shut()
            shift.open()
            shift.sign_in(shift.central.person)
        elif made:
            record_id = made[with_ % len(made)]
            if what == "edit":
                typed[record_id] = f"woord {number}"
                _act(shift, partial(_edit, record_id, typed[record_id]))
            elif what == "claim":
                _act(shift, partial(_claim, record_id))
            else:
                note = {"description": f"collega {number}"}
                shift.central.push(op("update", "report", record_id, set=note, was={}))
    for record_id, title in typed.items():
        mine = shift.store.read(partial(shown, kind="report", record_id=record_id)).result()
        assert mine is not None
        assert mine.body["title"] == title  # I5: what was typed shows, sent or not
    for _ in range(3):
        shift.step()
        shift.move(seconds=120)
    person = shift.central.person
    counts = shift.store.read(lambda conn: outbox.counts(conn, person)).result()
    assert (counts.queue, counts.tray) == (0, 0)
    same_everywhere(shift)
    records = shift.central.records("report")
    assert set(made) <= set(records)
    for record_id, title in typed.items():
        assert records[record_id]["body"]["title"] == title


def _edit(record_id: str, title: str, unit: Unit) -> None:
    unit.update("report", record_id, title=title)


def _claim(record_id: str, unit: Unit) -> None:
    unit.command("report", record_id, "claim")


def _act(shift: Joined, work: Callable[[Unit], None]) -> None:
    try:
        shift.desk.act(work).result()
    except Refused as refused:
        raise AssertionError(refused.problem) from refused
