"""A colleague who looks along at a real window: typed by keys, with their own passphrase."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from console.views.dialogs.justify import JustifyDialog
from tests.helpers.journey import KEY, Person

GROUP = "group-lagebrug"
NUMBER = "111222333"
GROUND: tuple[dict[str, Any], ...] = (
    {
        "verb": "create",
        "kind": "group",
        "id": GROUP,
        "set": {"name": "Beheerders Lagebrug", "kind": "administrators", "members": 40},
    },
)
"""What a team has before: a group to write to."""


def write(at: Person) -> str:
    """Open a message with a citizen's number in it, for one group; returns its id."""
    values = {"onderwerp": "Gevonden", "bericht": f"Het nummer op de kaart is {NUMBER}."}
    made = at.services.posts.new_draft("general", values=values, group_ids=[GROUP])
    post_id = str(at.settled(made))
    show(at, post_id)
    return post_id


def show(at: Person, post_id: str) -> None:
    """Open a message that waits for somebody to look along."""
    at.run.program.shell.open("compose", post_id=post_id)
    at.until(lambda: open_rules(at) == ["bsn"], "the guard's stop")


def open_rules(at: Person) -> list[str]:
    """Return what the guard still asks about the text on the screen."""
    if at.here != "compose":
        return []
    return [one.rule for one in at.screen._findings if not one.answered]


def look_along(at: Person, colleague: str, passphrase: str) -> JustifyDialog:
    """Ask a colleague to look along; returns the popup they typed their passphrase in."""
    at.press(KEY.Key_2, Qt.KeyboardModifier.AltModifier)
    dialog = at.until_dialog(JustifyDialog)
    assert isinstance(dialog, JustifyDialog)
    dialog.reason.set_text("De eigenaar vroeg erom")
    dialog.second.select(colleague)
    dialog.passphrase.set_text(passphrase)
    at.confirm()
    at.until(lambda: dialog.said() or not open_rules(at), "an answer")
    return dialog


def bring_out(at: Person) -> None:
    """Release the message with Ctrl+Enter."""
    at.confirm()
    at.until_here("issue")
