"""security.md §2: a damaged file is noticed, counted in a copy, and put aside; never deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from console.domain.failures import StorageTrouble
from console.storage import damage
from console.storage.damage import Left
from console.storage.database import Store
from tests.helpers.clock import HandClock
from tests.helpers.profile import KEY
from tests.helpers.units import new_report, record

PAGE = 4096
MANY = 60


def filled(folder: Path) -> Path:
    path = folder / "desk.db"
    with Store.open(path, KEY, clock=HandClock()) as store:
        for number in range(MANY):
            store.write(record(new_report(f"r{number}", text="Bewaar mij " * 40)))
    return path


def _refused(trouble: StorageTrouble) -> bool:
    assert trouble.problem.code == "key-or-damaged"
    return False


def opens(path: Path) -> bool:
    """Open the file as the desk does, and read all reports."""
    try:
        damage.check(path, KEY)
        with Store.open(path, KEY, clock=HandClock()) as store:
            found = store.read(
                lambda conn: conn.execute(text("SELECT id, text FROM rec_report")).fetchall()
            ).result()
    except StorageTrouble as trouble:
        return _refused(trouble)
    assert len(found) == MANY
    return True


def test_a_flipped_page_is_met_late_noted_and_found_at_the_next_start(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with Store.open(path, KEY, clock=HandClock()) as store:
        root = store.read(
            lambda conn: conn.execute(
                text("SELECT rootpage FROM sqlite_master WHERE name='rec_report'")
            ).scalar_one()
        ).result()
    content = bytearray(path.read_bytes())
    content[(root - 1) * PAGE + 900] ^= 0xFF
    path.write_bytes(content)
    damage.check(path, KEY)
    assert not opens(path)
    assert path.with_suffix(".damaged").exists()
    with pytest.raises(StorageTrouble):
        damage.check(path, KEY)
    before = path.read_bytes()
    assert damage.left_in(path, KEY) == Left(unsent=MANY, undecided=0)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*-look*"))


def test_a_note_about_a_whole_file_is_taken_back(tmp_path: Path) -> None:
    path = filled(tmp_path)
    damage.note(path)
    assert opens(path)
    assert not path.with_suffix(".damaged").exists()


@pytest.mark.parametrize("size", [0, 1, 5000, 10 * PAGE])
def test_a_file_that_was_emptied_or_cut_short_never_opens_as_a_new_one(
    tmp_path: Path, size: int
) -> None:
    path = filled(tmp_path)
    path.write_bytes(path.read_bytes()[:size])
    assert not opens(path)
    assert damage.left_in(path, KEY) == Left()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), length=st.integers(1, 200))
def test_a_damaged_log_gives_an_earlier_moment_or_a_refusal_never_something_else(
    tmp_path: Path, where: float, length: int
) -> None:
    """What was committed before the damage stays; nothing is made up."""
    whole = tmp_path / "whole"
    if not whole.exists():
        whole.mkdir()
        with Store.open(whole / "desk.db", KEY, clock=HandClock()) as store:
            for number in range(12):
                store.write(record(new_report(f"r{number}", text=f"woord {number}"))).result()
            for end in ("", "-wal"):
                (whole / f"kept{end}").write_bytes((whole / f"desk.db{end}").read_bytes())
    path = tmp_path / "desk.db"
    for end in ("-shm", "-wal", ""):
        path.with_name(path.name + end).unlink(missing_ok=True)
    path.write_bytes((whole / "kept").read_bytes())
    log = bytearray((whole / "kept-wal").read_bytes())
    at = int(where * len(log))
    log[at : at + length] = bytes(byte ^ 0x5A for byte in log[at : at + length])
    path.with_name("desk.db-wal").write_bytes(log)
    try:
        with Store.open(path, KEY, clock=HandClock()) as store:
            found = store.read(
                lambda conn: [
                    row[0] for row in conn.execute(text("SELECT text FROM rec_report ORDER BY n"))
                ]
            ).result()
    except StorageTrouble as trouble:
        _refused(trouble)
        return
    assert found == [f"woord {number}" for number in range(len(found))]


def test_the_damaged_file_keeps_every_byte_under_another_name(tmp_path: Path) -> None:
    path = filled(tmp_path)
    log = path.with_name("desk.db-wal")
    path.write_bytes(b"damaged")
    log.write_bytes(b"log")
    damage.note(path)
    aside = damage.put_aside(path, "2026-03-14")
    assert aside.read_bytes() == b"damaged"
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"log"
    assert not path.exists()
    assert not log.exists()
    assert not path.with_suffix(".damaged").exists()
    path.write_bytes(b"again")
    assert damage.put_aside(path, "2026-03-14") != aside
    assert aside.read_bytes() == b"damaged"
