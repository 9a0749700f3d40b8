"""How a test comes to a screen or popup that is about something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from tests.helpers.journey import Person

Subject = Callable[[Person, Any], QWidget]
"""Brings a person there, with a folder for files; returns what is on show."""


def id_of(person: Person, table: Any, title: str) -> str:
    """Return the id of the record of the town that is called so."""
    column = table.c.name if "name" in table.c else table.c.title
    statement = select(table.c.id).where(column == title).order_by(table.c.n)
    look = person.services.desk.look
    found = person.ask(lambda: look(lambda conn: conn.execute(statement).scalars().first()))
    assert found, f"the town has no {title}"
    return str(found)


def shown(person: Person, name: str, **params: Any) -> QWidget:
    """Open a screen the way its key does, and let it fill itself."""
    person.run.program.shell.open(name, **params)
    person.run.loop.turn(30)
    screen: QWidget = person.screen
    return screen


def over(person: Person, dialog: Any) -> QWidget:
    """Put a popup over the screen, and let it fill itself."""
    if not dialog.is_open():
        dialog.open()
    if person.run.popup() is not dialog:
        person.run.kit.navigator.add_layer(dialog)
    person.run.loop.turn(20)
    top: QWidget = dialog
    return top
