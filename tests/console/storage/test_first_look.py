"""What stands on the screen before the desk is open: the same rows, or nothing (D01)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from console.domain.report import ReportFilter
from console.domain.report_list import REMEMBERED
from console.services.desk import Desk
from console.services.memory import Memory
from console.services.reports import Reports
from console.storage import schema
from console.storage.first_look import FirstLook, first_look
from tests.helpers.profile import KEY, PERSON
from tests.helpers.reports import add, people_and_areas

ROOT = Path(__file__).parents[3]


def look(desk: Desk, key: bytes = KEY) -> FirstLook | None:
    """Look at the file of a desk."""
    return first_look(desk.store.path, key, now=desk.now())


def alone(desk: Desk) -> None:
    """Leave one person who works here."""
    desk.store.write(
        lambda conn: conn.exec_driver_sql(
            "UPDATE rec_person SET active = 0 WHERE id != ?", (PERSON.id,)
        )
    ).result()


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk with one person, rows in every section and an acute report."""
    people_and_areas(desk)
    alone(desk)
    add(desk, "Open", 3)
    add(desk, "Acuut", 2, acute=True)
    Reports(desk).claim(add(desk, "Van mij", 1)).result()
    return desk


def test_the_first_look_shows_what_the_open_desk_shows(filled: Desk) -> None:
    found = look(filled)
    assert found is not None
    assert found.wanted == ReportFilter()
    assert found.page == Reports(filled).first_page(ReportFilter()).result()
    assert [row.title for row in found.page.rows] == ["Open", "Van mij"]


def test_the_first_look_keeps_the_filter_the_list_was_left_with(filled: Desk) -> None:
    Memory(filled).remember(REMEMBERED, {"segment": "mine"}).result()
    found = look(filled)
    assert found is not None
    assert found.wanted == ReportFilter("mine")
    assert [row.title for row in found.page.rows] == ["Van mij"]


def _two_people(desk: Desk) -> None:
    desk.act(lambda unit: unit.create("person", {"name": "Nog iemand"})).result()


def _short_list(desk: Desk) -> None:
    Memory(desk).remember(REMEMBERED, {"compact": True}).result()


def _newer(desk: Desk) -> None:
    desk.store.write(
        lambda conn: conn.exec_driver_sql(f"PRAGMA user_version={schema.HEAD + 1}")
    ).result()


def _broken(desk: Desk) -> None:
    desk.store.write(lambda conn: conn.exec_driver_sql("DROP TABLE memory")).result()


@pytest.mark.parametrize("change", [_two_people, _short_list, _newer, _broken])
def test_there_is_no_first_look_where_anything_is_otherwise(filled: Desk, change: Any) -> None:
    change(filled)
    assert look(filled) is None


def test_there_is_no_first_look_with_another_key_or_without_a_file(filled: Desk) -> None:
    assert look(filled, bytes(32)) is None
    assert first_look(filled.store.path / "none", KEY, now=filled.now()) is None


def test_the_first_look_imports_no_more_than_the_driver() -> None:
    heavy = "{'sqlalchemy', 'asyncio', 'pydantic', 'alembic'}"
    child = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, console.storage.first_look; print(sorted({heavy} & set(sys.modules)))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert child.stdout.strip() == "[]"
