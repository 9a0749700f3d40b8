"""Who is administrator no longer: contact data go from everywhere, a pseudonym stays (F52)."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.retention import rounds
from console.domain.directory_forms import AdministratorForm, GroupForm
from console.domain.failures import Refused
from console.services.directory import Directory
from console.storage import search, typing
from contract.leavers import is_pseudonym, pseudonym
from tests.helpers.central_line import CentralLine
from tests.helpers.joined import Joined
from tests.helpers.planted import in_dump, in_file, on_server

NAME, PHONE, MAIL, NOTE = "Zqnaam", "06 11223344", "zqpost@example.nl", "zqnotitie"
STORED_PHONE = "+31611223344"
WORDS = (NAME, STORED_PHONE, PHONE, MAIL, NOTE)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return tmp_path / "central" / "central.db"


def test_contact_data_of_a_leaver_go_everywhere_and_may_come_back_until_then(
    place: Path | str, tmp_path: Path
) -> None:
    with CentralLine(place) as line:
        line.set_up()
        with (
            Joined(line, tmp_path / "one" / "desk.db") as here,
            Joined(line, tmp_path / "two" / "desk.db", "desk-b") as there,
        ):
            for desk in (here, there):
                desk.sign_in(line.person)
            directory = Directory(here.desk)
            group = directory.save_group(GroupForm(name="Duinwijk", kind="neighbourhood")).result()
            form = AdministratorForm(name=NAME, phone=PHONE, email=MAIL, note=NOTE)
            person = directory.save_administrator(form, "", group).result()
            directory.leave(person).result()
            subject = f"directory:{person}"
            now = here.desk.now()
            work = lambda conn: typing.keep(conn, subject, "note", line.person, NOTE, now)  # noqa: E731
            here.desk.store.write(work).result()
            both(here, there)
            assert {NAME, STORED_PHONE, MAIL, NOTE} <= in_file(tmp_path / "one", *WORDS)

            # Within the term the way back is to choose the name.
            let_pass(line, here, there, 20)
            directory.seat(person, group, "administrator").result()
            both(here, there)
            body = line.records("administrator")[person]["body"]
            assert body["active"] is True
            assert body["phone"] == STORED_PHONE
            assert not body.get("left_at")
            let_pass(line, here, there, 20)
            assert line.records("administrator")[person]["body"]["name"] == NAME

            # Thirty days after they left for good nothing is left anywhere.
            directory.leave(person).result()
            both(here, there)
            let_pass(line, here, there, 31)
            body = line.records("administrator")[person]["body"]
            assert is_pseudonym(body["name"])
            assert set(body) & {"phone", "email", "note"} == set()
            for folder in ("one", "two"):
                assert in_file(tmp_path / folder, *WORDS) == set(), folder
            held = (
                in_file(place.parent, *WORDS)
                if isinstance(place, Path)
                else on_server(place, *WORDS)
            )
            assert held | in_dump(line, tmp_path / "dump", *WORDS) == set()
            found = here.desk.look(lambda conn: search.search_directory(conn, NAME, 5)).result()
            assert found == []

            # The way back is closed, and a second round has nothing to do.
            with pytest.raises(Refused, match="erased"):
                directory.seat(person, group, "administrator").result()
            before = line.records("administrator")[person]["ver"]
            let_pass(line, here, there, 2)
            assert line.records("administrator")[person]["ver"] == before


def test_the_same_person_has_the_same_pseudonym_and_without_the_key_nobody_can_try_names() -> None:
    one, other = bytes(32), bytes(31) + b"1"
    known = {"name": "Jan", "phone": "+31612345678", "active": False}
    assert pseudonym(known, one) == pseudonym({**known, "name": "J. Jansen"}, one)
    assert pseudonym(known, one) == pseudonym({**known, "phone": "06-12345678"}, one)
    assert pseudonym(known, one) != pseudonym({**known, "phone": "+31612345679"}, one)
    assert pseudonym(known, one) != pseudonym(known, other)
    nameless = {"name": "Jan  Jansen"}
    assert pseudonym(nameless, one) == pseudonym({"name": "jan jansen"}, one)


def both(*desks: Joined) -> None:
    """Let every desk send and fetch, and keep its own files in order."""
    for desk in (*desks, *desks):
        desk.step()
        desk.run(desk.engine._local.tidy(alone=True))


def let_pass(line: CentralLine, here: Joined, there: Joined, days: int) -> None:
    """Let days pass, the round run and both desks hear of it."""
    person = line.person
    here.move(days=days)
    there.clock.move(days=days)
    line.sign_in(person)
    for desk in (here, there):
        desk.sign_in(person)
    rounds.keep_all(line.office.database, line.watch(), at_once=True)
    both(here, there)
