"""Somebody at work in a process of their own, until it is killed: says on its output what it did.

``python -m tests.helpers.typist report`` types one report after the other; ``post`` copies and
confirms the groups of one post. Lines: ``typed N LENGTH SECONDS``, ``kept N``, ``copying N``,
``copied N``, ``confirming N``, ``confirmed N``, ``ready``.
"""

from __future__ import annotations

import sys
import time
from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication

from console.app.options import Options
from console.paths import DESK
from console.views.dialogs.new_report import NewReportDialog
from console.views.gates.first_run import FirstRunPage
from console.views.gates.sign_in import SignInPage
from console.views.theme.theme import Theme
from tests.helpers import town
from tests.helpers.journey import KEY, Person, first_run
from tests.helpers.program import PASSPHRASE, Running

WORDS = "Er staat al een half uur een witte bus met draaiende motor bij de brug"


def say(*words: object) -> None:
    """Write a line that the one who kills can read at once."""
    print(*words, flush=True)


def make_groups(unit: Any) -> None:
    """Put one area with its groups in the file."""
    unit.create("area", {"name": "Lagebrug", "level": "village"}, "area-lagebrug")
    for group_id in town.GROUPS:
        body = {"name": f"Groep {group_id}", "kind": "administrators", "members": 40}
        unit.create("group", {**body, "area_id": "area-lagebrug"}, group_id)


def sit_down() -> Person:
    """Start the program and sign in, or go through the first run."""
    import keyring
    from keyring.backends import fail

    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    app = QApplication(sys.argv[:1])
    person = Person(Running(app, Theme(app), Options(DESK)))
    window = person.run.window
    person.until(lambda: isinstance(window.gate, FirstRunPage | SignInPage), "a gate")
    if isinstance(window.gate, FirstRunPage):
        first_run(person)
        person.bulk(make_groups)
    else:
        person.until(window.gate.passphrase.editor.hasFocus, "the passphrase")
        person.type(PASSPHRASE)
        person.confirm()
        person.run.until_open()
    return person


def _closed(dialog: Any) -> bool:
    return not dialog.is_open()


def type_reports(person: Person) -> None:
    """Write reports by quick entry, without end."""
    start = person.ask(person.services.reports.counts).open
    for number in range(start, start + 10_000):
        person.press(KEY.Key_N)
        dialog = person.until_dialog(NewReportDialog)
        person.run.loop.turn(5)
        person.press(KEY.Key_Right)
        person.tab()
        text = f"M{number:04d} {WORDS}"
        dialog.text.set_text("")
        for length, letter in enumerate(text, start=1):
            person.type(letter)
            say("typed", number, length, time.monotonic())
        for words in ("", "", "", "Havenkade"):
            person.tab()
            if words:
                person.type(words)
        person.confirm()
        person.until(partial(_closed, dialog), "kept")
        say("kept", number)


def place_posts(person: Person) -> None:
    """Release a post and place it in its groups, without end."""
    services = person.services
    for number in range(10_000):
        values = {"onderwerp": f"Bericht {number}", "bericht": "De politie kijkt extra rond."}
        post_id = person.settled(
            services.posts.new_draft("general", values=values, group_ids=town.GROUPS)
        )
        person.settled(services.posts.release(post_id))
        person.run.program.shell.open("issue", post_id=post_id)
        person.until(lambda: person.here == "issue" and person.screen.card.step(), "the card")
        for group in range(len(town.GROUPS)):
            name = f"{post_id}:{group}"
            say("copying", name)
            person.copy()
            person.until(person.board, "copied")
            say("copied", name)
            say("confirming", name)
            person.confirm()
            person.until(lambda: not person.board(), "confirmed")
            say("confirmed", name)


if __name__ == "__main__":
    who = sit_down()
    say("ready")
    {"report": type_reports, "post": place_posts}[sys.argv[1]](who)
