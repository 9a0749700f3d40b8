"""The clock is moved: what is past its term stands nowhere any more, page by page (F52)."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from central.clock import stamp
from central.models.journal import audit
from central.models.retention import archive_look, purge_run, tombstone
from central.retention import rounds
from console.domain.neighbours import SharedMessage
from console.storage import damage, neighbours, typing
from contract import archive, routes
from contract.kinds import KINDS
from contract.retention import HOLD_PREFIX
from tests.helpers.central_line import CentralLine, op, report
from tests.helpers.joined import Joined
from tests.helpers.photos import jpeg, lay
from tests.helpers.planted import GOES, Planted, in_dump, in_file, on_server

WHY = "Vraag van de officier over deze zaak"


class Scene:
    """A central, a desk that follows it, and what was planted in both."""

    def __init__(self, line: CentralLine, place: Path | str, desk: Joined, folder: Path) -> None:
        self.line, self.place, self.desk, self.folder = line, place, desk, folder
        self.person = line.person

    def at_desk(self, *words: str) -> set[str]:
        """Return which words the files of the desk hold."""
        return in_file(self.desk.path.parent, *words)

    def at_central(self, *words: str) -> set[str]:
        """Return which words the records of central hold, wherever they are kept."""
        if isinstance(self.place, Path):
            found = in_file(self.place.parent, *words)
        else:
            found = on_server(self.place, *words)
        return found | in_dump(self.line, self.folder / "dump", *words)

    def move(self, days: int) -> None:
        """Let days pass; a person says that the clock is right; the round runs; the desk hears."""
        self.desk.move(days=days)
        self.line.sign_in(self.person)
        self.desk.sign_in(self.person)
        database, moment = self.line.office.database, self.line.watch()
        if days > 7:
            assert rounds.keep_all(database, moment) == 0
            assert self.seen()["paused_at"] == stamp(moment)
            answer = self.line.call("POST", archive.resume_path(self.line.team))
            assert answer.json()["paused_at"] == ""
        rounds.keep_all(database, moment)
        self.desk.step()
        self.desk.run(self.desk.engine._local.tidy(alone=True))

    def seen(self) -> dict[str, Any]:
        """Return what central says of its rounds."""
        found: dict[str, Any] = self.line.call("GET", archive.path(self.line.team)).json()
        return found

    def ask(self, token: str | None = None, **asked: Any) -> Any:
        """Ask for an old record."""
        path = archive.search_path(self.line.team)
        return self.line.call("POST", path, {"use": "work", "reason": WHY, **asked}, token=token)

    def count(self, table: Any, *where: Any) -> int:
        """Return how many rows a table of central holds."""
        query = select(func.count()).select_from(table).where(*where)
        return int(self.line.office.database.read_now(lambda c: c.execute(query).scalar_one()))


@pytest.fixture(params=["sqlite", "postgresql"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    place: Path | str = tmp_path / "central" / "central.db"
    if request.param == "postgresql":
        place = request.getfixturevalue("postgres_url")
    with CentralLine(place) as line:
        line.set_up()
        with Joined(line, tmp_path / "desk" / "desk.db") as desk:
            desk.sign_in(line.person)
            yield Scene(line, place, desk, tmp_path)


def test_what_is_past_its_term_is_nowhere_and_a_hold_keeps_one(scene: Scene) -> None:
    line, desk = scene.line, scene.desk
    plain, kept = Planted("aa"), Planted("bb")
    plain.plant(line)
    kept.plant(line)
    fields = {name for kind in GOES for name, f in KINDS[kind].fields.items() if f.type == "text"}
    assert len(plain.words) >= len(fields)
    own = plant_at_desk(scene, plain)
    desk.step()

    # The search works: everything planted is found, at the desk and at central.
    gone = [*plain.words, *own]
    assert scene.at_desk(*gone, *kept.words) == {*gone, *kept.words}
    assert scene.at_central(*plain.words, *kept.words) == {*plain.words, *kept.words}

    hold(scene, kept.report)
    aside = put_aside(scene)
    scene.move(6)
    assert scene.at_desk(*gone) == set(gone)
    assert all(file.exists() for file in aside.values())

    # What was put aside: a copy from before a migration for 30 days, a damaged file for 90; nothing
    # of a part of the file that could not be read, for then it may be the last.
    damage.note(scene.desk.path)
    scene.move(31)
    assert {name for name, file in aside.items() if not file.exists()} == {"central"} & set(aside)
    damage.forget_note(scene.desk.path)
    scene.move(1)
    assert {name for name, file in aside.items() if file.exists()} == {"damaged", "inside"}
    scene.move(60)
    assert not any(file.exists() for file in aside.values())
    assert scene.at_desk(neighbour_word(scene)) == set()

    # After a year: nowhere at the desk; at central on an exact question only.
    scene.move(274)
    later = {*plain.later, *kept.later}
    assert scene.at_desk(*gone, *kept.words) <= later
    assert line.records("report").keys() <= {
        one for one, row in line.records().items() if row["del"]
    }
    looks = scene.count(archive_look)
    found = scene.ask(number=plain.report).json()["records"]
    assert [one["id"] for one in found] == [plain.report]
    assert {part["kind"] for part in found[0]["parts"]} >= {"log_entry", "photo", "step_tick"}
    assert scene.count(archive_look) == looks + 1
    assert scene.count(audit, audit.c.act == "archive_asked", audit.c.record == plain.report) == 1

    # After two: what has no archive is gone as well, and nothing at all is left at the desk.
    scene.move(366)
    assert scene.at_desk(*gone, *kept.words) == set()
    assert scene.at_central(*later) == set()

    # After five years: only for a complaint or accountability.
    scene.move(1150)
    assert scene.ask(number=plain.report).json() == {"records": [], "closed": 1}
    opened = scene.ask(number=plain.report, use="complaint").json()["records"]
    assert [one["stage"] for one in opened] == ["accountability"]

    # After ten years: nowhere, but for what is held; an id and a date stay.
    scene.move(1800)
    assert scene.at_central(*plain.words) == set()
    assert scene.count(tombstone, tombstone.c.id == plain.report) == 1
    assert scene.ask(number=plain.report, use="complaint").json() == {"records": [], "closed": 0}
    held = scene.ask(number=kept.report, use="complaint").json()["records"]
    assert [one["id"] for one in held] == [kept.report]
    assert scene.count(purge_run, purge_run.c.act == "destroyed") > 0
    scene.move(366)
    assert scene.at_central(*kept.words) == set()


def put_aside(scene: Scene) -> dict[str, Path]:
    """Put a damaged file, copies from before a migration and a neighbour's message beside all."""
    own, made = scene.desk.path, scene.line.watch().timestamp()
    files = {
        "damaged": own.with_name("desk-damaged-20260310T120000-1.db"),
        "before": own.with_name("desk-before-017.db"),
        "inside": own.with_name("central-damaged-20260310T120000-1.db"),
        "joined": own.with_name("central-before-abcd1234.db"),
    }
    if isinstance(scene.place, Path):
        files["central"] = scene.place.with_name("central.db.before-0010")
    for name, file in files.items():
        shutil.copyfile(scene.place if name == "central" else own, file)
        os.utime(file, (made, made))
    message = SharedMessage("m1", "Team Zuid", "Zuid", "general", neighbour_word(scene), "")
    shared = [replace(message, at=scene.desk.desk.now())]
    kept = scene.desk.store.write(lambda conn: neighbours.keep_shared(conn, shared, shared[0].at))
    kept.result()
    assert scene.at_desk(neighbour_word(scene))
    return files


def neighbour_word(scene: Scene) -> str:
    """Return the word that a team beside this one said."""
    return f"zqbuur{scene.person[:4]}x"


def plant_at_desk(scene: Scene, planted: Planted) -> list[str]:
    """Make a report at the desk, change it, type into it, lay a photo, have an edit refused."""
    desk = scene.desk.desk
    words = [f"zqdesk{number}x" for number in range(6)]
    made = report(text=words[0])["set"]
    number = desk.act(lambda unit: unit.create("report", made)).result()
    scene.desk.step()
    desk.act(lambda unit: unit.update("report", number, text=words[1])).result()
    scene.desk.step()
    shown = {"text": words[1]}
    scene.line.push(op("update", "report", number, set={"text": words[2]}, was=shown))
    desk.act(lambda unit: unit.update("report", number, text=words[3])).result()
    scene.desk.step()
    now = desk.now()
    work = lambda conn: typing.keep(conn, number, "text", scene.person, words[4], now)  # noqa: E731
    desk.store.write(work).result()
    lay(desk, number, "spoor.jpg", jpeg(scan=words[5].encode())).result()

    async def carry() -> None:
        while await scene.desk.engine.photos.step():
            pass

    scene.desk.run(carry())
    scene.desk.step()
    planted.words += [words[1], words[2], words[5]]
    return [words[0], words[3], words[4]]


def hold(scene: Scene, record: str) -> None:
    """Suspend the destruction of a record for eleven years from now."""
    until = stamp(scene.line.watch() + timedelta(days=365 * 10 + 100))
    value = {"kind": "report", "id": record, "reason": "Lopende klacht", "until": until}
    made = op("create", "setting", HOLD_PREFIX + record, set={"value": value})
    assert scene.line.push(made)[0]["status"] == "applied"
    assert routes.SCHEMA
