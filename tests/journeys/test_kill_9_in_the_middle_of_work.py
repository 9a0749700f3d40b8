"""The program is killed while somebody works; the next start knows no less, and nothing better (D12)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from console.domain.report import ReportFilter
from console.presenters.report_dialogs import NEW
from console.services.memory import Memory
from console.views.gates.sign_in import SignInPage
from tests.helpers.journey import KEY, Person, Seat
from tests.helpers.program import PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]
LAST_SECOND = 1.0
pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(180),
    pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9"),
]


def killed(work: str, lines: int) -> tuple[list[list[str]], float]:
    """Let somebody work until so many lines were said, kill them; return the lines and when."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.typist", work],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    said: list[list[str]] = []
    for line in child.stdout:
        said.append(line.split())
        if said[0] == ["ready"] and len(said) > lines:
            break
    at = time.monotonic()
    os.kill(child.pid, signal.SIGKILL)
    said += [line.split() for line in child.stdout.read().splitlines()]
    child.wait()
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL
    return said, at


def back_at_the_desk(seat: Seat) -> Person:
    """Start again and sign in."""
    person = seat(clock=None)
    page = person.run.gate(SignInPage)
    person.until(page.passphrase.editor.hasFocus, "the passphrase")
    person.type(PASSPHRASE)
    person.confirm()
    person.run.until_open()
    return person


def texts(person: Person) -> list[str]:
    """Return the words of every report on the desk."""
    listing = person.ask(lambda: person.services.reports.listing(ReportFilter()))
    numbers = [n for section in listing.sections for n in section.numbers]
    rows = person.ask(lambda: person.services.reports.page(numbers))
    card = person.services.reports.card
    cards = [person.ask(partial(card, row.id)) for row in rows]
    return [card.text for card in cards]


def at_central(person: Person, kind: str) -> int:
    """Return how many records of a kind central sent back, each counted once."""
    look = person.services.desk.look
    return int(
        person.ask(
            lambda: look(
                lambda conn: conn.exec_driver_sql(
                    "SELECT count(*) FROM journal WHERE kind = ? AND op LIKE '%\"create\"%'",
                    (kind,),
                ).scalar_one()
            )
        )
    )


def test_at_most_the_last_second_of_typing_is_gone_and_nothing_is_there_twice(
    seat: Seat,
) -> None:
    for lines in (60, 200):
        said, at = killed("report", lines)
        kept = {f"M{int(one[1]):04d}" for one in said if one[0] == "kept"}
        typed = [one for one in said if one[0] == "typed"]
        number = typed[-1][1]
        sure = max(
            (int(one[2]) for one in typed if one[1] == number and float(one[3]) < at - LAST_SECOND),
            default=0,
        )
        person = back_at_the_desk(seat)
        found = [text[:5] for text in texts(person)]
        assert kept <= set(found), "what was said to be kept is there"
        assert len(found) == len(set(found)), "and once only"
        waiting = person.settled(Memory(person.services.desk).typed(NEW)).get("text", "")
        here = f"M{int(number):04d}"
        if here not in found:
            assert len(waiting) >= sure, f"{sure} letters were older than a second"
        person.run.exchanged()
        assert at_central(person, "report") == len(found)
        person.run.close()


def states(person: Person, post_id: str) -> list[str]:
    """Return how the groups of a post stand."""
    ledger = person.ask(lambda: person.services.ledger.ledger(post_id))
    return [row.state for row in ledger.rows]


def recovered(person: Person, post_id: str) -> None:
    """What was copied when the desk fell over becomes unknown, soon after the start."""
    person.until(lambda: "copied" not in states(person, post_id), "unknown, not copied")


def answer_unknown(person: Person, post_id: str, place: int) -> None:
    """The desk asks before anything else may be copied; somebody looks and answers with a key."""
    person.run.program.shell.open("issue", post_id=post_id)
    screen = person.until_here("issue")
    person.until(lambda: screen.card.step() is not None, "the card")
    assert screen.card.step().title.startswith("Staat de tekst in")
    person.look("99-unknown")
    person.press(KEY.Key_1)
    person.until(lambda: states(person, post_id)[place] == "placed", "answered")


def test_no_group_is_better_off_than_somebody_said(seat: Seat) -> None:
    for lines in (3, 13):
        said, _ = killed("post", lines)
        person = back_at_the_desk(seat)
        words = {name: verb for verb, name in (one for one in said if len(one) == 2)}
        posts = {name.split(":")[0] for name in words}
        for post_id in posts:
            recovered(person, post_id)
        person.run.exchanged()
        for post_id in posts:
            for place, state in enumerate(states(person, post_id)):
                word = words.get(f"{post_id}:{place}", "")
                allowed = {
                    "": {"pending"},
                    "copying": {"pending", "unknown"},
                    "copied": {"unknown"},
                    "confirming": {"unknown", "placed"},
                    "confirmed": {"placed"},
                }[word]
                assert state in allowed, f"{word}: {state}"
                if state == "unknown":
                    answer_unknown(person, post_id, place)
        person.run.close()
