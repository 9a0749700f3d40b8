"""A full disk at the desk, act by act: said in Dutch, nothing half kept, and it works again after.

The desk's files lie on a disk that refuses to grow (``tests.faults.disk``); a file that is taken out
goes to a real small file system where this machine lets us mount one.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from io import RawIOBase
from pathlib import Path

import pytest

from console.domain.directory_forms import AdministratorForm, GroupForm
from console.domain.failures import Refused, StorageTrouble
from console.domain.photo import Pixels
from console.domain.report import NewReport
from console.domain.subject import SubjectRecord, bundle
from console.services import coverage, exports
from console.services.desk import Desk
from console.services.directory import Directory
from console.services.memory import Memory
from console.services.photos import Photos
from console.services.posts import Posts
from console.services.register import Register, Taken
from console.services.reports import Reports
from console.storage.database import Store
from contract import blobs
from contract.vocabulary import MessageKind
from tests.faults.disk import Disk, watched
from tests.faults.test_full_disk import may_mount, mounted
from tests.helpers import town
from tests.helpers.clock import HandClock
from tests.helpers.profile import KEY, PERSON, STATION, lay_empty
from tests.helpers.register_files import write_list

PHONE = "0612345678"
WHY = "Terugbellen over de melding van vanavond"
PIXELS = Pixels(40, 40, bytes(range(240)) * 20)
LONG = "Man kijkt in auto's en loopt door naar de volgende straat. " * 20


@dataclass
class Ground:
    """A desk on a disk that can be full, and what each act needs to begin with."""

    desk: Desk
    disk: Disk
    folder: Path
    at: int = 0

    def full(self) -> None:
        """Fill the disk: nothing may grow any more, and what a log has room for is used up."""
        self.disk.room = sum(one.stat().st_size for one in self.disk.folder.iterdir())
        for _ in range(400):
            done = self.desk.store.write(
                lambda conn: conn.exec_driver_sql(
                    "INSERT OR REPLACE INTO memory VALUES ('filler', ?)", (f'"{LONG * 20}"',)
                )
            )
            if done.exception() is not None:
                return
        raise AssertionError("there was room")

    def count(self, table: str, where: str = "true") -> int:
        """Return how many rows there are."""
        query = f"SELECT count(*) FROM {table} WHERE {where}"
        look = self.desk.look(lambda conn: conn.exec_driver_sql(query).scalar())
        return int(look.result() or 0)

    @cached_property
    def report(self) -> str:
        """A report to hang something on."""
        return _report(self)

    @cached_property
    def post(self) -> str:
        """A draft."""
        values = {"onderwerp": "Hek in het park", "bericht": "Het hek is stuk."}
        return Posts(self.desk).new_draft(MessageKind.GENERAL, values=values).result()

    @cached_property
    def taken(self) -> tuple[Register, Taken, list[object]]:
        """A list of groups, ready to be taken over."""
        register = Register(self.desk)
        opened = register.open(str(write_list(self.folder / "lijst.csv")))
        meanings = {one.name: one.meaning for one in opened.columns}
        source = register.save_source(opened, "Gemeente Testdam", meanings, None).result()
        known = register.known(source).result()
        ready = register.prepare(register.read(opened, meanings), known, source.choices)
        lines = register.compare(ready, known, source).lines
        return register, Taken(source.id, source.name), list(register.turns(lines, ()))

    @cached_property
    def group(self) -> str:
        """A group with an administrator who has a number."""
        directory = Directory(self.desk)
        made = directory.save_group(GroupForm(name="Duinrand", kind="neighbourhood")).result()
        form = AdministratorForm(name="Anja Verzonnen", phone=PHONE)
        directory.save_administrator(form, "", made).result()
        return made


def _report(ground: Ground) -> str:
    new = NewReport("person", LONG, "Dorpsstraat", ground.desk.now())
    return Reports(ground.desk).add(new).result()


def _typing(ground: Ground) -> None:
    ground.at += 1
    fields = {"text": LONG, "place": "Dorpsstraat"}
    Memory(ground.desk).keep_typing(f"new-report-{ground.at}", fields).result()


def _field(ground: Ground) -> None:
    ground.at += 1
    text = f"{ground.at} {LONG}"
    Posts(ground.desk).keep_field(ground.post, "bericht", text).result()


def _import(ground: Ground) -> None:
    register, taken, turns = ground.taken
    register.accept(taken, turns[0]).result()  # type: ignore[arg-type]


def _photo(ground: Ground) -> None:
    Photos(ground.desk).add_drawn(
        ground.report, "auto.jpg", PIXELS, blobs.JPEG, "voor de wijkagent"
    ).result()


def _number(ground: Ground) -> None:
    found = Directory(ground.desk).show_numbers(ground.group, WHY).result()
    assert PHONE[1:] in str(found.phones)


Act = Callable[[Ground], object]

ACTS: dict[str, tuple[Act, Callable[[Ground], object], tuple[tuple[str, str], ...]]] = {
    "a report": (_report, lambda g: None, (("rec_report", "true"), ("outbox", "true"))),
    "what is being typed": (_typing, lambda g: None, (("typing", "true"),)),
    "a field of a draft": (_field, lambda g: g.post, (("outbox", "kind = 'post'"),)),
    "a list that is read in": (
        _import,
        lambda g: g.taken,
        (("rec_group", "true"), ("rec_administrator", "true"), ("rec_register_link", "true")),
    ),
    "a photo": (
        _photo,
        lambda g: g.report,
        (("rec_photo", "true"), ("blob", "true"), ("blob_piece", "true"), ("blob_task", "true")),
    ),
    "the line of a number that is shown": (
        _number,
        lambda g: g.group,
        (("rec_log_entry", "what = 'numbers_shown'"), ("outbox", "true")),
    ),
}


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    folder = tmp_path / "small"
    folder.mkdir()
    clock = HandClock()
    with watched(folder) as disk:
        lay_empty(folder / "desk.db")
        with Store.open(folder / "desk.db", KEY, clock=clock) as store:
            desk = Desk(store, clock, station=STATION)
            desk.person = PERSON
            town.build(desk)
            yield Ground(desk, disk, tmp_path)


@pytest.mark.parametrize("name", ACTS)
def test_a_daily_act_on_a_full_disk_is_said_keeps_nothing_half_and_works_after(
    ground: Ground, name: str
) -> None:
    act, prepare, tables = ACTS[name]
    prepare(ground)
    before = [ground.count(*one) for one in tables]
    ground.full()
    for _ in range(2):
        with pytest.raises(StorageTrouble) as trouble:
            act(ground)
        problem = trouble.value.problem
        assert problem.code == "disk-full"
        assert problem.sentence.startswith("De schijf is vol. Wat u net deed, is niet bewaard.")
        assert problem.next_step
        assert [ground.count(*one) for one in tables] == before
    ground.disk.room = None
    act(ground)
    after = [ground.count(*one) for one in tables]
    assert all(new > old for new, old in zip(after, before, strict=True)), (before, after)


@contextmanager
def no_room(folder: Path) -> Iterator[Callable[[bool], None]]:
    """A folder without room for a file: a real one that is full, else a limit on files."""
    if sys.platform == "linux" and may_mount(folder):
        with mounted(folder) as room:

            def fill(there: bool) -> None:
                room(there)
                if not there:
                    # What is left when it gets tight goes too.
                    with (folder / "filler").open("ab", buffering=0) as filler:
                        _write_until_full(filler)

            yield fill
        return
    import resource

    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(there: bool) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft if there else 16, hard))

    try:
        yield limit
    finally:
        limit(True)
        signal.signal(signal.SIGXFSZ, ignored)


def _write_until_full(file: RawIOBase) -> None:
    with suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_file_for_a_full_folder_is_said_leaves_nothing_half_and_the_one_before_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    whole = bundle([SubjectRecord("report", "b", "2026", False, True, ("text",), {"text": LONG})],
                   0, {}, "vandaag", 0)  # fmt: skip
    rows = [(LONG, "naam", 3)] * 200
    with no_room(folder) as room:
        table = folder / "dekking.xlsx"
        exports.write(str(table), ("Tekst", "Naam", "Aantal"), rows[:1])
        kept = table.read_bytes()
        there = {one.name for one in folder.iterdir()} | {"filler"}
        ways = (
            lambda: exports.write(str(table), ("Tekst", "Naam", "Aantal"), rows),
            lambda: exports.keep(folder / "inzage.zip", whole * 40),
            lambda: coverage.save_table(str(folder / "dekking.csv"), []),
        )
        room(False)
        for way in ways:
            with pytest.raises(Refused) as refused:
                way()
            assert refused.value.problem.sentence.startswith("De schijf is vol.")
            assert refused.value.problem.next_step
        assert {one.name for one in folder.iterdir()} <= there
        assert table.read_bytes() == kept
        room(True)
        for way in ways:
            way()
        assert table.read_bytes() != kept
