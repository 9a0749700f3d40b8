"""The content of photos between a desk and a real central (sync.md §8): nothing lost at any cut."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, select, update

from central.models import blob as central_blob
from console.domain.photo import ABSENT, COMING, HERE, SENT, WAITING, Photo
from console.models.blob import blob, blob_piece, blob_task
from console.services.photos import Photos
from console.services.tray import Tray
from console.storage import blobs, joining, outbox
from contract import routes
from tests.console.sync.test_engine import queue, same_everywhere, write_report
from tests.helpers.breakable import Fault
from tests.helpers.central_line import CentralLine
from tests.helpers.joined import Joined
from tests.helpers.photos import jpeg, lay, png

SCAN = bytes(range(1, 251)) * 10_000
BIG = jpeg(scan=SCAN)
"""Three parts on the line."""

LOSSES = [Fault.REFUSE, Fault.OVERLOADED, Fault.LOSE_REPLY, Fault.CUT_REPLY]


def mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def add(joined: Joined, report_id: str, data: bytes, name: str = "busje.jpg") -> str:
    return lay(joined.desk, report_id, name, data).result()


def seen(joined: Joined, report_id: str) -> list[Photo]:
    return list(Photos(joined.desk).of_report(report_id).result())


def carry(joined: Joined) -> None:
    """Carry content until there is nothing more to do just now."""

    async def work() -> None:
        while await joined.engine.photos.step():
            pass

    joined.run(work())


def exchange(joined: Joined) -> None:
    """Exchange, carry content, and exchange again, as the running engine does."""
    joined.step()
    carry(joined)
    joined.step()


def at_central(joined: Joined, data: bytes) -> bytes | None:
    central = joined.central
    answer = central.call("GET", routes.blob(central.team, mark(data)))
    return answer.content if answer.status_code == 200 else None


@pytest.fixture
def second(central: CentralLine, joined: Joined, tmp_path: Path) -> Iterator[Joined]:
    """Return another desk of the same team."""
    with Joined(central, tmp_path / "second.db", "desk-b") as made:
        made.sign_in(central.person)
        yield made


def test_the_report_goes_first_and_the_photo_follows_its_content(joined: Joined) -> None:
    report_id = write_report(joined)
    photo_id = add(joined, report_id, BIG)
    joined.step()
    assert report_id in joined.central.records("report")
    assert not joined.central.records("photo")
    assert (queue(joined), [one.state for one in seen(joined, report_id)]) == (1, [WAITING])
    carry(joined)
    joined.step()
    row = joined.central.records("photo")[photo_id]["body"]
    assert (row["sha256"], row["size"], row["name"]) == (mark(BIG), len(BIG), "busje.jpg")
    assert (queue(joined), [one.state for one in seen(joined, report_id)]) == (0, [SENT])
    assert at_central(joined, BIG) == BIG
    same_everywhere(joined)


@pytest.mark.parametrize("fault", LOSSES)
@pytest.mark.parametrize("nth", range(4))
def test_a_cut_at_any_request_loses_nothing_and_goes_on_from_there(
    joined: Joined, fault: Fault, nth: int
) -> None:
    report_id = write_report(joined)
    add(joined, report_id, BIG)
    joined.step()
    joined.line.only = mark(BIG)
    joined.line.faults.extend([Fault.NONE] * nth + [fault])
    carry(joined)
    joined.move(seconds=61)
    before = len(joined.line.asked)
    exchange(joined)
    sent = [one for one in joined.line.asked[before:] if one.startswith("PATCH")]
    # What central took is not sent again: after the cut at most the rest of three parts goes.
    took = max(0, nth - 1) + (nth > 0 and fault in (Fault.LOSE_REPLY, Fault.CUT_REPLY))
    if joined.line.asked.count(f"PATCH {routes.blob(joined.central.team, mark(BIG))}") > 3:
        assert len(sent) == 3 - took
    assert at_central(joined, BIG) == BIG
    assert (queue(joined), [one.state for one in seen(joined, report_id)]) == (0, [SENT])


@pytest.mark.parametrize("parts", range(4))
def test_a_desk_that_dies_half_way_goes_on_where_central_stands(
    joined: Joined, central: CentralLine, parts: int
) -> None:
    report_id = write_report(joined)
    add(joined, report_id, BIG)
    joined.step()
    joined.line.only = mark(BIG)
    joined.line.faults.extend([Fault.NONE] * parts + [Fault.LOSE_REPLY])
    carry(joined)
    joined.shut()
    joined.open()
    joined.sign_in(central.person)
    joined.move(seconds=61)
    exchange(joined)
    assert at_central(joined, BIG) == BIG
    assert (queue(joined), [one.state for one in seen(joined, report_id)]) == (0, [SENT])


def test_while_a_photo_waits_everything_else_goes_on(joined: Joined) -> None:
    report_id = write_report(joined)
    add(joined, report_id, png())
    other = write_report(joined, text="Iets anders")
    joined.step()
    assert {report_id, other} <= set(joined.central.records("report"))
    assert queue(joined) == 1
    joined.desk.act(lambda unit: unit.command("report", other, "claim")).result()
    joined.step()
    assert joined.central.records("report")[other]["body"]["holder"] == joined.central.person
    assert queue(joined) == 1


def test_the_same_photo_at_two_reports_travels_once_and_at_one_report_is_refused(
    joined: Joined,
) -> None:
    first, second = write_report(joined), write_report(joined)
    asked = Photos(joined.desk).add(first, "eerste.png", png(), "wat er lag")
    asked.result()
    data = Photos(joined.desk).content(asked.result()).result() or b""
    add(joined, second, data)
    again = Photos(joined.desk).add(first, "zelfde.png", png(), "nog eens").exception()
    assert again is not None
    assert "al bij deze melding" in again.problem.sentence  # type: ignore[attr-defined]
    exchange(joined)
    assert len(joined.central.records("photo")) == 2
    patches = [one for one in joined.line.asked if one.startswith("PATCH")]
    assert len(patches) == 1
    add(joined, write_report(joined), data)
    exchange(joined)
    assert len(joined.central.records("photo")) == 3
    assert len([one for one in joined.line.asked if one.startswith("PATCH")]) == 1


def test_a_colleague_sees_the_photo_when_they_look_and_only_whole(
    joined: Joined, second: Joined
) -> None:
    report_id = write_report(joined)
    photo_id = add(joined, report_id, BIG)
    exchange(joined)
    second.step()
    assert [one.content for one in seen(second, report_id)] == [ABSENT]
    assert Photos(second.desk).content(photo_id).result() is None
    assert [one.content for one in seen(second, report_id)] == [COMING]
    second.line.only = mark(BIG)
    for fault in LOSSES:
        second.line.faults.extend([Fault.NONE, fault])
        carry(second)
        second.line.faults.clear()
        assert second.store.read(lambda conn: blobs.content(conn, mark(BIG))).result() is None or (
            Photos(second.desk).content(photo_id).result() == BIG
        )
        second.move(seconds=61)
    second.shut()
    second.open()
    second.sign_in(second.central.person)
    exchange(second)
    assert Photos(second.desk).content(photo_id).result() == BIG
    assert [one.content for one in seen(second, report_id)] == [HERE]


def test_a_download_goes_on_with_the_bytes_that_are_missing(joined: Joined, second: Joined) -> None:
    report_id = write_report(joined)
    photo_id = add(joined, report_id, BIG)
    exchange(joined)
    second.step()
    Photos(second.desk).content(photo_id).result()
    second.line.only = mark(BIG)
    second.line.faults.extend([Fault.NONE, Fault.REFUSE])
    carry(second)
    had = second.store.read(lambda conn: blobs.fetched(conn, mark(BIG))).result()
    assert 0 < had < len(BIG)
    second.move(seconds=61)
    carry(second)
    assert Photos(second.desk).content(photo_id).result() == BIG
    gets = [one for one in second.line.asked if one.startswith("GET") and mark(BIG) in one]
    assert len(gets) == 1 + 1 + 2


def test_content_that_came_with_another_sum_is_thrown_away(joined: Joined, second: Joined) -> None:
    report_id = write_report(joined)
    photo_id = add(joined, report_id, BIG)
    exchange(joined)
    second.step()
    Photos(second.desk).content(photo_id).result()
    second.line.only = mark(BIG)
    second.line.faults.extend([Fault.NONE, Fault.REFUSE])
    carry(second)
    spoil = update(blob_piece).values(data=bytes(1024 * 1024))
    second.store.write(lambda conn: conn.execute(spoil) and None).result()
    second.move(seconds=61)
    carry(second)
    assert Photos(second.desk).content(photo_id).result() is None
    second.move(seconds=61)
    carry(second)
    assert Photos(second.desk).content(photo_id).result() == BIG


def test_content_that_central_never_takes_goes_to_the_tray_and_the_rest_goes_on(
    joined: Joined,
) -> None:
    report_id = write_report(joined)
    photo_id = add(joined, report_id, png())
    spoil = update(blob_piece).values(data=b"GIF89a" + bytes(60))
    joined.store.write(lambda conn: conn.execute(spoil) and None).result()
    exchange(joined)
    assert report_id in joined.central.records("report")
    items = Tray(joined.desk).items().result()
    assert [(one.kind, one.record_id) for one in items] == [("photo", photo_id)]
    assert "neemt deze foto niet aan" in items[0].why
    assert [one.state for one in seen(joined, report_id)] == ["refused"]
    assert queue(joined) == 0


def test_content_that_was_damaged_here_is_not_sent_for_ever(joined: Joined) -> None:
    report_id = write_report(joined)
    add(joined, report_id, png())
    spoiled = png()[:-1] + b"\x00"
    spoil = update(blob_piece).values(data=spoiled)
    joined.store.write(lambda conn: conn.execute(spoil) and None).result()
    exchange(joined)
    assert [one.state for one in seen(joined, report_id)] == ["refused"]
    assert "kwam niet heel aan" in Tray(joined.desk).items().result()[0].why
    assert queue(joined) == 0


def test_a_full_disk_at_central_lets_the_photo_wait(joined: Joined) -> None:
    report_id = write_report(joined)
    add(joined, report_id, png())
    joined.step()
    joined.line.only = mark(png())
    joined.line.faults.extend([Fault.NONE, Fault.OVERLOADED])
    carry(joined)
    assert [one.state for one in seen(joined, report_id)] == [WAITING]
    joined.move(seconds=61)
    exchange(joined)
    assert [one.state for one in seen(joined, report_id)] == [SENT]


def test_a_photo_taken_away_before_it_was_sent_never_leaves_the_desk(joined: Joined) -> None:
    report_id = write_report(joined)
    photo_id = add(joined, report_id, png())
    Photos(joined.desk).remove(report_id, photo_id).result()
    exchange(joined)
    assert not any(mark(png()) in one for one in joined.line.asked)
    assert (seen(joined, report_id), queue(joined)) == ([], 0)
    assert not Tray(joined.desk).items().result()


def test_a_photo_that_was_sent_is_taken_away_everywhere_and_can_come_back(
    joined: Joined, second: Joined
) -> None:
    report_id = write_report(joined)
    photo_id = add(joined, report_id, png())
    exchange(joined)
    second.step()
    gone = seen(second, report_id)[0]
    Photos(second.desk).remove(report_id, photo_id).result()
    exchange(second)
    joined.step()
    assert seen(joined, report_id) == []
    # The other desk never had the content; central still has it.
    Photos(second.desk).put_back(report_id, gone).result()
    exchange(second)
    joined.step()
    assert [one.name for one in seen(joined, report_id)] == ["busje.png"]
    assert at_central(joined, png()) == png()


def test_a_photo_of_somebody_else_at_this_desk_waits_for_them(joined: Joined) -> None:
    report_id = write_report(joined)
    add(joined, report_id, png())
    colleague = joined.central.add_person("operator")
    me = joined.central.person
    joined.sign_in(colleague)
    carry(joined)
    assert at_central(joined, png()) is None
    joined.sign_in(me)
    exchange(joined)
    assert at_central(joined, png()) == png()


def test_content_that_central_lost_is_sent_again_by_itself(joined: Joined) -> None:
    report_id = write_report(joined)
    add(joined, report_id, png())
    # The desk thinks that central has it, as after a restore of central.
    drop = blob_task.delete()
    joined.store.write(lambda conn: conn.execute(drop) and None).result()
    joined.step()
    assert not Tray(joined.desk).items().result()
    carry(joined)
    joined.move(seconds=61)
    joined.step()
    assert [one.state for one in seen(joined, report_id)] == [SENT]
    assert at_central(joined, png()) == png()


def test_content_is_kept_while_needed_and_let_go_after(joined: Joined) -> None:
    report_id = write_report(joined)
    photo_id = add(joined, report_id, png())
    joined.move(days=40)

    def tidy() -> int:
        now = joined.desk.now()
        return joined.store.write(lambda conn: blobs.tidy(conn, now)).result()

    assert tidy() == 0
    joined.sign_in(joined.central.person)
    exchange(joined)
    assert tidy() == 1
    assert joined.store.read(lambda conn: conn.execute(select(blob)).all()).result() == []
    assert Photos(joined.desk).content(photo_id).result() is None
    carry(joined)
    assert Photos(joined.desk).content(photo_id).result() == png()


def test_the_photos_of_a_desk_that_goes_over_to_a_team_go_along(joined: Joined) -> None:
    report_id = write_report(joined)
    add(joined, report_id, png())
    exchange(joined)
    joined.move(days=40)

    def tidy(alone: bool) -> int:
        now = joined.desk.now()
        return joined.store.write(lambda conn: blobs.tidy(conn, now, alone=alone)).result()

    assert tidy(alone=True) == 0
    joined.store.write(lambda conn: joining.go_over(conn, joined.central.team)).result()
    database = joined.central.office.database
    for table in (central_blob.blob_piece, central_blob.blob):
        database.write_now(partial(_empty, table=table))
    joined.central.sign_in(joined.central.person)
    assert at_central(joined, png()) is None
    joined.sign_in(joined.central.person)
    carry(joined)
    assert at_central(joined, png()) == png()


def _empty(conn: Connection, table: Table) -> None:
    conn.execute(table.delete())


def test_held_ops_never_stop_the_ones_behind_them(joined: Joined) -> None:
    report_id = write_report(joined)
    for n in range(6):
        add(joined, report_id, png(shade=n), f"foto {n}.png")
    later = write_report(joined, text="Later gemaakt")
    me, now = joined.central.person, joined.desk.now()
    batch = joined.store.write(
        lambda conn: outbox.next_batch(conn, person=me, now=now, limit=1)
    ).result()
    assert [op.id for op in batch] == [report_id]
    batch = joined.store.write(
        lambda conn: outbox.next_batch(conn, person=me, now=now, limit=1)
    ).result()
    assert [op.id for op in batch] == [later]
