"""A resident signs up: the administrator gets the text, the files get a number, and that is all (F19)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from console.domain.signup import SignupCounts
from console.paths import home
from console.services.signups import WHY, Signups
from console.storage.connection import open_keyed
from console.storage.history import history
from console.views.dialogs.signup import SignupDialog
from tests.helpers.clock import HandClock
from tests.helpers.journey import KEY, Person, Seat
from tests.helpers.pages import holding

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]

STREET = "Kwetterlaan"
NAME = "Xaverius Wendelmoed"
PHONE = "06-12345678"
TOWN = "Sprokkelhoven"
ADDRESS = f"{STREET} 7041, 9999 ZX {TOWN}"
# Four digits alone stand in many an id by chance.
OWN = (
    " 7041", '"7041', "9999ZX", "9999 ZX", TOWN, "Xaverius", "Wendelmoed", "12345678",
    "Kwikstaartpad",
)  # fmt: skip
"""What is the resident's and stands nowhere else. The street is the group's own."""


def town(person: Person) -> None:
    """Put a group with the street and its administrator in the directory."""

    def work(unit: Any) -> None:
        area = unit.create("area", {"name": "Proefwijk", "level": "district"}, "area-proef")
        body = {"name": "Buurtgroep Proef", "kind": "neighbourhood", "area_id": area}
        unit.create("group", {**body, "streets": [STREET, "Anderelaan"]}, "group-proef")
        unit.create("administrator", {"name": "Truus Verzonnen"}, "admin-proef")
        link = {"group_id": "group-proef", "administrator_id": "admin-proef"}
        unit.create("group_administrator", {**link, "role": "administrator"})

    person.bulk(work)


def sign_up(person: Person, address: str, name: str = "", phone: str = "") -> SignupDialog:
    """Type a sign-up by keys and ask for its group."""
    person.press(KEY.Key_G)
    person.until_here("groups")
    person.press(KEY.Key_A)
    dialog: SignupDialog = person.until_dialog(SignupDialog)
    person.type(address)
    person.tab()
    person.type(name)
    person.tab()
    person.type(phone)
    person.confirm()
    return dialog


def probe(folder: Path, key: bytes) -> None:
    """Show that the search finds what was erased in a file without secure delete."""
    path = folder / "probe.db"
    connection = open_keyed(path, key)
    connection.execute("PRAGMA secure_delete=OFF")
    connection.execute("CREATE TABLE t (a TEXT)")
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO t VALUES (?)", [(f"Zoekproefwoord {n}",) for n in range(400)]
    )
    connection.execute("COMMIT")
    connection.execute("DELETE FROM t")
    connection.close()
    assert holding(folder, key, "zoekproefwoord") == {"zoekproefwoord": ["probe.db"]}
    path.unlink()


def test_after_the_hand_over_no_name_address_or_number_is_left_in_any_file(
    seat: Seat, hand_clock: HandClock, tmp_path: Path
) -> None:
    person = seat(begin=True)
    town(person)
    opened = person.run.program.opened
    assert opened is not None
    profile, key = person.run.program.profile, opened.key
    person.run.exchanged()

    # The way to the administrator, by keys alone.
    dialog = sign_up(person, ADDRESS, NAME, PHONE)
    person.until(dialog.chosen_recipient, "the administrator")
    group = dialog.chosen_group()
    assert group is not None
    assert group.name == "Buurtgroep Proef"
    fields = (dialog.address, dialog.name, dialog.phone)
    left: list[str] = []

    def on_finished(_result: object) -> None:
        left.extend(field.text() for field in fields)

    dialog.finished.connect(on_finished)
    person.confirm()
    person.until(lambda: STREET in person.board(), "the text on the clipboard")
    for part in (NAME, ADDRESS, PHONE, "Buurtgroep Proef"):
        assert part in person.board()
    person.look("signup-copied")
    # Once more is the same hand-over: counted once.
    person.press(
        KEY.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    person.confirm()
    person.until(lambda: person.run.popup() is None, "the popup gone")
    assert person.board() == ""
    assert left == ["", "", ""], "what stood in the fields when the popup closed"

    # One whose text stays on the clipboard: the minute goes by.
    dialog = sign_up(person, f"{STREET} 7041 9999ZX", NAME)
    person.until(dialog.chosen_recipient, "the administrator")
    person.confirm()
    person.until(lambda: NAME in person.board(), "the text on the clipboard")
    person.press(KEY.Key_Escape)
    person.until(lambda: person.run.popup() is None, "the popup gone")
    hand_clock.move(seconds=61)
    person.until(lambda: person.board() == "", "the clipboard empty after a minute")

    # One without a group, and one that somebody left standing.
    dialog = sign_up(person, f"Kwikstaartpad 7041, {TOWN}", NAME)
    person.until(dialog.says_none, "no group for this address")
    person.confirm()
    person.until(lambda: person.run.popup() is None, "the popup gone")
    dialog = sign_up(person, ADDRESS, NAME, PHONE)
    hand_clock.move(seconds=601)
    person.run.program.feed.ticked.emit()
    person.until(lambda: person.run.popup() is None, "the popup closed by itself")

    # What is left: who, why and to whom, and numbers.
    counts: SignupCounts = person.ask(Signups(person.services.desk).counts)
    assert (counts.handed_over, counts.no_group) == (2, 1)
    lines = person.ask(
        lambda: person.services.desk.look(lambda conn: history(conn, "group", "group-proef"))
    )
    assert [line.text for line in lines if line.what == "signup_passed_on"] == [WHY, WHY]
    person.run.exchanged()
    there = holding(profile.root, key, WHY, *OWN)
    assert there == {WHY: ["central.db", "desk.db"]}, "while the desk is open, journal and all"
    assert not [said for said in person.run.said if any(one in said[1] for one in OWN)]

    person.run.close()
    there = holding(home(), key, STREET, *OWN)
    assert list(there) == [STREET], "after the desk closed; the street is the group's own"
    probe(tmp_path, key)
