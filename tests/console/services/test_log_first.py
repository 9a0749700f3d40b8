"""Every way in which contact data or old data come to somebody's eyes: the line first, or nothing.

``SHOWS`` names the ways that give something for a reason, ``SILENT`` those that never do. A new way
belongs on one of the two lists (security.md §1.2, §6).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from central.journal import repository as journal
from central.retention import rounds
from console.domain.directory_forms import AdministratorForm, GroupForm
from console.domain.photo import Pixels
from console.domain.post_photo import Said
from console.domain.register import RegisterLine, Source
from console.models.handover import log_entry
from console.services import coverage
from console.services.coverage import Coverages
from console.services.desk import Desk
from console.services.directory import Directory
from console.services.handovers import Handovers
from console.services.ledger import Handoff
from console.services.post_photos import PostPhotos
from console.services.posts import Posts
from console.services.register import Register
from console.services.reports import Reports
from console.services.team_phone import TeamPhone
from console.services.tray import Tray
from console.services.whereabouts import WhereaboutsOf
from console.storage import outbox as box
from console.storage.history import history
from contract import archive, audit, blobs, routes, subject
from contract.op import OpResult, Record
from contract.vocabulary import OpStatus
from tests.helpers import town
from tests.helpers.central_line import CentralLine, new_id, op, report
from tests.helpers.register_files import write_list

PHONE, OTHERS, MAIL = "+31612345678", "+31687654321", "tv77@voorbeeld.nl"
LINK = "https://chat.whatsapp.com/Voorbeeld1234567890ab"
SECRETS = ("12345678", "87654321", "tv77@voorbeeld", "Voorbeeld1234567890ab")
OLD = "Iets van lang geleden"
WHY = "Terugbellen over de melding van vanavond"
LATER = "2099-01-01T00:00:00.000Z"
PIXELS = Pixels(12, 10, bytes(range(180)) * 2)
SAID = Said("De moeder", "De moeder", "zoeken in de buurt", "Zij is weg", "20-3-2026")


@dataclass
class Ground:
    """A village with an administrator at a desk; its central is made when a way asks for it."""

    desk: Desk
    folder: Path
    lines: list[CentralLine] = field(default_factory=list)
    group: str = ""

    @cached_property
    def central(self) -> CentralLine:
        """A central with the same administrator, and a report that left the desks."""
        line = CentralLine(self.folder / "central.db")
        self.lines.append(line)
        line.set_up()
        self.person = new_id()
        made = report(text=OLD, place="Kerkplein 12")
        one = {"name": "Truus Verzonnen", "phone": PHONE, "email": MAIL}
        line.push(op("create", "administrator", self.person, set=one), made)
        self.number = str(line.records("report")[made["id"]]["body"]["number"])
        line.watch.move(days=372)
        rounds.keep_all(line.office.database, line.watch(), at_once=True)
        line.sign_in(line.person)
        return line

    @cached_property
    def list_line(self) -> tuple[Source, RegisterLine]:
        """A line of a list of groups as it is compared."""
        register = Register(self.desk)
        opened = register.open(str(write_list(self.folder / "lijst.csv")))
        meanings = {one.name: one.meaning for one in opened.columns}
        source = register.save_source(opened, "Gemeente Testdam", meanings, None).result()
        known = register.known(source).result()
        ready = register.prepare(register.read(opened, meanings), known, source.choices)
        self.preview = (opened.columns, ready.questions, ready.remarks)
        return source, next(iter(register.compare(ready, known, source).lines))

    @cached_property
    def placement(self) -> str:
        """A group of a released message of which text and photo were seen."""
        posts, photos = Posts(self.desk), PostPhotos(self.desk)
        read = town.read(self.desk)
        post_id = posts.from_alert(read, group_ids=town.GROUPS[:1]).result()
        shown = posts.preview(post_id, town.GROUPS[0]).result()
        assert shown is not None
        for one in shown.findings:
            if not one.answered:
                posts.decide(post_id, one, "dit mag met toestemming").result()
        photos.add(post_id, "man.jpg", PIXELS, blobs.JPEG, SAID).result()
        posts.release(post_id).result()
        handoff = Handoff(self.desk)
        ledger = handoff.ledger(post_id).result()
        assert ledger is not None
        handoff.copy(ledger.rows[0].id).result()
        photos.previewed(post_id).result()
        return ledger.rows[0].id

    def refused_number(self) -> None:
        """Have central refuse a number of ours for one of a colleague."""
        me = self.desk.person
        assert me is not None
        self.desk.act(
            lambda unit: unit.update("administrator", "admin-1", phone="+31600000001")
        ).result()
        theirs = Record("administrator", "admin-1", 5, {"name": "Truus", "phone": OTHERS}, seq=9)

        def answer(conn: Connection) -> None:
            while ops := box.next_batch(conn, person=me.id, now=LATER):
                box.settle(conn, [self._answer(one, theirs) for one in ops], now=LATER)

        self.desk.store.write(answer).result()

    @staticmethod
    def _answer(one: Any, theirs: Record) -> OpResult:
        if one.verb == "update" and one.id == theirs.id and "+31600000001" in one.set.values():
            return OpResult(one.op_id, OpStatus.CONFLICT, 5, theirs, ("phone",), "fields")
        return OpResult(one.op_id, OpStatus.APPLIED, 1)

    def said(self) -> list[tuple[str, str]]:
        """Return what the history at this desk and the log at central say, with the reason."""
        c = log_entry.c
        query = select(c.what, c.reason).order_by(c.n)
        found = [
            (str(one.what), str(one.reason or ""))
            for one in self.desk.look(lambda conn: conn.execute(query).all()).result()
        ]
        for line in self.lines:
            rows = line.office.database.read_now(partial(journal.rows_of, team=line.team))
            found += [(str(row["act"]), "") for row in rows]
        return found

    def break_log(self) -> None:
        """Let no line be written any more, here and at central."""
        no = "BEGIN SELECT RAISE(ABORT, 'no line'); END"
        self._in_logs(f"CREATE TRIGGER no_{{0}} BEFORE INSERT ON {{0}} {no}")

    def mend_log(self) -> None:
        """Let lines be written again."""
        self._in_logs("DROP TRIGGER no_{0}")

    def _in_logs(self, statement: str) -> None:
        def do(conn: Connection, *tables: str) -> None:
            for table in tables:
                conn.exec_driver_sql(statement.format(table))

        self.desk.store.write(lambda conn: do(conn, "rec_log_entry")).result()
        for line in self.lines:
            line.office.database.write_now(lambda conn: do(conn, "audit", "archive_look"))


@pytest.fixture
def ground(desk: Desk, tmp_path: Path) -> Iterator[Ground]:
    town.build(desk)
    made = Ground(desk, tmp_path)
    directory = Directory(desk)
    group = GroupForm(name="Duinrand", kind="neighbourhood", invite_link=LINK)
    made.group = directory.save_group(group).result()
    person = AdministratorForm(name="Truus Verzonnen", phone=PHONE, email=MAIL)
    directory.save_administrator(person, "admin-1", made.group).result()
    directory.seat("admin-1", made.group, "administrator").result()
    yield made
    for line in made.lines:
        line.close()


def _answered(line: CentralLine, method: str, path: str, body: object = None, **more: Any) -> str:
    answer = line.call(method, path, body, **more)
    if answer.status_code >= 400:
        raise RuntimeError(answer.text)
    return answer.text


def card(ground: Ground) -> str:
    found = Directory(ground.desk).show_numbers(ground.group, WHY).result()
    return f"{found.phones} {found.invite_link}"


def team_phone(ground: Ground) -> str:
    return " ".join(one.number for one in TeamPhone(ground.desk).show(WHY).result())


def list_numbers(ground: Ground) -> str:
    source, line = ground.list_line
    return str(Register(ground.desk).show_numbers(source, line, WHY).result())


def photo_copied(ground: Ground) -> str:
    return str(len(PostPhotos(ground.desk).copy(ground.placement).result().data))


def card_over_rest(ground: Ground) -> str:
    line = ground.central
    place = routes.collection(line.team, "administrator", ground.person)
    return _answered(line, "GET", place, headers={"Access-Reason": "Terugbellen"})


def old_report(ground: Ground) -> str:
    line = ground.central
    asked = {"use": "work", "reason": WHY, "number": ground.number}
    return _answered(line, "POST", archive.search_path(line.team), asked)


def subject_access(ground: Ground) -> str:
    line = ground.central
    terms = {"phone": PHONE, "name": ""}
    noted = _answered(line, "POST", subject.path(line.team), {**terms, "reason": WHY})
    where = subject.path(line.team, json.loads(noted)["id"], "_search")
    return _answered(line, "POST", where, {**terms, "after": ""})


def logbook(ground: Ground) -> str:
    return _answered(ground.central, "POST", audit.search_path(ground.central.team), {"limit": 5})


def log_taken(ground: Ground) -> str:
    return _answered(ground.central, "GET", audit.export_path(ground.central.team))


Ask = Callable[[Ground], str]

SHOWS: dict[str, tuple[Ask, Callable[[Ground], object], str, tuple[str, ...]]] = {
    "a card (V)": (card, lambda g: g.group, PHONE, ("numbers_shown", "card_shown", "invite_shown")),
    "the list for the team phone": (
        team_phone, lambda g: g.group, PHONE, ("numbers_shown", "card_shown"),
    ),
    "a line of a list that is read in": (
        list_numbers, lambda g: g.list_line, "+31687654321", ("numbers_shown",),
    ),
    "a photo that is copied": (photo_copied, lambda g: g.placement, "", ("photo_copied",)),
    "a card over REST": (card_over_rest, lambda g: g.central, PHONE, ("log.card_shown",)),
    "an old report": (old_report, lambda g: g.central, OLD, ("archive_asked",)),
    "subject access": (subject_access, lambda g: g.central, PHONE, ("subject_asked",)),
    "a look in the log": (logbook, lambda g: g.central, "items", ("audit_searched",)),
    "the log as a file": (log_taken, lambda g: g.central, '"end"', ("audit_exported",)),
}  # fmt: skip


@pytest.mark.parametrize("way", SHOWS)
def test_the_line_stands_before_anything_shows_and_without_it_nothing_does(
    ground: Ground, way: str
) -> None:
    ask, prepare, secret, lines = SHOWS[way]
    prepare(ground)
    before = ground.said()
    files = {one.name for one in ground.folder.iterdir()}
    ground.break_log()
    shown = ""
    with pytest.raises(Exception) as refused:  # of each program its own
        shown = ask(ground)
    assert not shown
    assert secret == "" or secret not in str(refused.value)
    assert ground.said() == before
    assert {one.name for one in ground.folder.iterdir()} <= {*files, "central.db-journal"}
    ground.mend_log()
    shown = ask(ground)
    assert shown
    assert secret in shown
    new = ground.said()[len(before) :]
    assert set(lines) <= {what for what, _ in new}, new


def directory_words(ground: Ground) -> object:
    directory = Directory(ground.desk)
    return [
        directory.group(ground.group).result(),
        directory.area("area-lagebrug").result(),
        directory.tree().result(),
    ]


def searches(ground: Ground) -> object:
    """Ctrl+K, the tree, places and who passed it on: typed by a number they find nobody."""
    directory = Directory(ground.desk)
    found: list[object] = []
    for typed in ("0612345678", "06-12345678", PHONE, "12345678", MAIL, "tv77@", LINK):
        asked = (directory.search, directory.places, directory.relays)
        found += [one for ask in asked for one in ask(typed).result()]
        found += directory.tree(typed=typed).result().lines
    assert found == []
    return directory.search("Truus").result(), directory.relays("Truus").result()


def tray(ground: Ground) -> object:
    ground.refused_number()
    (item,) = Tray(ground.desk).items().result()
    assert item.fields[0].theirs
    return item


def let_go(ground: Ground) -> object:
    ground.refused_number()
    (item,) = Tray(ground.desk).items().result()
    Tray(ground.desk).settle(item, "drop", reason="Zij weet het beter").result()
    return histories(ground)


def histories(ground: Ground) -> object:
    acts = WhereaboutsOf(ground.desk).acts("administrator", "admin-1").result()
    lines = ground.desk.look(
        lambda conn: [
            *history(conn, "administrator", "admin-1"),
            *history(conn, "group", ground.group),
        ]
    ).result()
    assert lines
    return acts, lines


def pasted_chat(ground: Ground) -> object:
    """Who pastes a number has it already; what comes back is whose it is."""
    found = Reports(ground.desk).senders(["06-12345678"]).result()
    assert found
    return [*found.values()]


def list_preview(ground: Ground) -> object:
    return ground.list_line, ground.preview


def coverage_file(ground: Ground) -> object:
    found = Coverages(ground.desk).look("municipality").result()
    path = ground.folder / "dekking.csv"
    coverage.save_table(str(path), found.table.rows)
    return found, path.read_text()


def handover_paper(ground: Ground) -> object:
    return Handovers(ground.desk).current(giving=True).result()


def over_rest(ground: Ground) -> object:
    line = ground.central
    whole = routes.collection(line.team, "administrator")
    found = _answered(line, "POST", f"{whole}/_search", {"text": PHONE})
    assert json.loads(found)["items"] == []
    return _answered(line, "GET", whole)


SILENT: dict[str, Callable[[Ground], object]] = {
    "cards and tree": directory_words,
    "searches by number, address and link": searches,
    "the tray": tray,
    "what was let go": let_go,
    "histories, and what became of an act": histories,
    "senders of a pasted chat": pasted_chat,
    "the preview of a list": list_preview,
    "coverage as a file": coverage_file,
    "the handover": handover_paper,
    "lists and searches over REST": over_rest,
}


@pytest.mark.parametrize("way", SILENT)
def test_what_asks_no_reason_shows_no_number_address_or_link(ground: Ground, way: str) -> None:
    shown = str(SILENT[way](ground))
    assert shown
    assert [one for one in SECRETS if one in shown] == []


def test_every_fresh_reader_of_these_fields_is_one_of_the_ways() -> None:
    """Whoever reads the columns in a new place finds this test, and adds the way to a list."""
    root = Path(__file__).parents[3] / "console"
    found = set()
    for place in ("storage", "services"):
        for path in (root / place).glob("*.py"):
            said = path.read_text()
            if re.search(r"\b[a-z_]+\.(phone|email|invite_link)\b", said):
                found.add(f"{place}/{path.name}")
    assert found == {
        "services/directory_changes.py",
        "services/directory_checks.py",
        "services/register_reading.py",
        "storage/directory.py",
        "storage/figures.py",
        "storage/register.py",
        "storage/relays.py",
    }
