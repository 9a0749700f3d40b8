"""What a person does with photos of a report: add, look, take away (sync.md §8).

A report never waits for its photos: the photo's own op is held back until central has the content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from console.domain.changes import Changes
from console.domain.failures import Problem, Refused
from console.domain.photo import Photo, Pixels
from console.intake import decoding, pictures
from console.intake.files import Unreadable, read_bounded
from console.intake.pictures import Picture
from console.services.aside import aside
from console.services.desk import Desk, Unit
from console.storage import blobs, photos
from console.storage.database import Connection
from console.storage.projection import shown
from contract.blobs import MAX_BYTES
from contract.rules.photo import is_over

THERE = Problem("photo-there", "Deze foto staat al bij deze melding.", "U hoeft niets te doen.")
MANY = Problem(
    "photo-many",
    f"Bij een melding passen {photos.MOST} foto's. Er is niets toegevoegd.",
    "Haal eerst een foto weg.",
)
NO_REPORT = Problem(
    "photo-no-report", "Deze melding is er niet meer. Er is niets toegevoegd.", "Kies een melding."
)
NO_REASON = Problem(
    "photo-reason",
    "Er staat nog niet waarom deze foto wordt bewaard. Er is niets toegevoegd.",
    "Schrijf de reden op.",
)
NO_PHOTO = Problem("photo-gone", "Deze foto is er niet meer.", "U hoeft niets te doen.")


class Photos:
    """The photos of reports; every answer is a snapshot of one moment."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_report(self, report_id: str) -> Future[tuple[Photo, ...]]:
        """Return the photos of a report, with how far each is."""
        return self._desk.look(lambda conn: photos.of_report(conn, report_id), "photos")

    def read(self, path: str) -> Future[bytes]:
        """Return the bytes of a file, not on the screen's thread; refused where it cannot be read."""
        return self._desk.look(lambda _: _read(path))

    def open(self, data: bytes) -> Future[tuple[Pixels, str]]:
        """Return the pixels of a file, opened in a process of its own, and its kind when kept.

        Nothing is kept. Refused with a sentence: what is no JPEG, PNG or WebP, is over 10 MiB, has
        too many pixels, is broken, moves, or is too heavy to open.
        """
        return aside(lambda: decoding.opened(data))

    def pixels(self, data: bytes, media_type: str) -> Future[Pixels]:
        """Return the pixels of a kept photo; whoever sent it, the desk itself never decodes it."""
        return aside(lambda: decoding.decode(data, media_type))

    def add(self, report_id: str, name: str, data: bytes, reason: str) -> Future[str]:
        """Add a photo to a report from the bytes of a file, as it is; returns its id."""

        def work() -> str:
            pixels, media_type = decoding.opened(data)
            return self.add_drawn(report_id, name, pixels, media_type, reason).result()

        return aside(work)

    def add_drawn(
        self, report_id: str, name: str, pixels: Pixels, media_type: str, reason: str
    ) -> Future[str]:
        """Add a photo to a report from the pixels that may be kept; returns its id.

        A file is written anew from them, so nothing that stood beside the picture comes along.
        Refused: without a reason (F09), or where this very photo stands there already.
        """

        def work(unit: Unit, picture: Picture) -> str:
            sha256 = hashlib.sha256(picture.data).hexdigest()
            self._check(unit.conn, report_id, sha256)
            extra = {"parent_kind": "report", "parent_id": report_id, "reason": reason.strip()}
            return keep(unit, picture, name, extra)

        def written() -> str:
            if not reason.strip():
                raise Refused(NO_REASON)
            picture = decoding.fresh(pixels, media_type)
            return self._desk.act(lambda unit: work(unit, picture)).result()

        return aside(written)

    def content(self, photo_id: str) -> Future[bytes | None]:
        """Return the bytes of a photo; None: not here yet, and asked for from central.

        When it came, a change of this photo is published.
        """
        asked: list[bool] = []

        def work(conn: Connection) -> bytes | None:
            record = shown(conn, "photo", photo_id)
            now = self._desk.now()
            if record is None or is_over(record.body, now):
                return None
            sha256 = str(record.body.get("sha256") or "")
            size = int(record.body.get("size") or 0)
            asked.append(blobs.want(conn, sha256, size=size, now=now))
            return blobs.content(conn, sha256)

        future = self._desk.store.write(work)
        future.add_done_callback(lambda _: self._wake(photo_id) if any(asked) else None)
        return future

    def remove(self, report_id: str, photo_id: str) -> Future[None]:
        """Take a photo away; one that was not sent yet is never sent."""

        def work(unit: Unit) -> None:
            record = shown(unit.conn, "photo", photo_id)
            if record is None:
                raise Refused(NO_PHOTO)
            person = unit.person.id
            taken = photos.withdraw(unit.conn, photo_id, person=person, now=unit.now)
            if taken is not None:
                unit.changes |= taken
                return
            with unit.group():
                unit.delete("photo", photo_id)
                name = str(record.body.get("name") or "")
                unit.log("report", report_id, "photo_removed", name)

        return self._desk.act(work)

    def put_back(self, report_id: str, gone: Photo) -> Future[str]:
        """Undo taking a photo away: it comes back as a new one of the same content."""

        def work(unit: Unit) -> str:
            self._check(unit.conn, report_id, gone.sha256)
            person = unit.person.id
            blobs.send(unit.conn, gone.sha256, size=gone.size, person=person, now=unit.now)
            body = {
                "parent_kind": "report",
                "parent_id": report_id,
                "name": gone.name,
                "sha256": gone.sha256,
                "size": gone.size,
                "type": gone.type,
                "made_by": person,
                "made_at": unit.now,
                "reason": gone.reason,
            }
            return unit.create("photo", body)

        return self._desk.act(work)

    def _check(self, conn: Connection, report_id: str, sha256: str) -> None:
        if shown(conn, "report", report_id) is None:
            raise Refused(NO_REPORT)
        if photos.is_at(conn, report_id, sha256):
            raise Refused(THERE)
        if len(photos.of_report(conn, report_id)) >= photos.MOST:
            raise Refused(MANY)

    def _wake(self, photo_id: str) -> None:
        """Let the line look for what is asked, and screens show that it is coming."""
        self._desk.store.publish(Changes.of([("photo", photo_id)]))


def keep(unit: Unit, picture: Picture, name: str, said: Mapping[str, Any]) -> str:
    """Keep a photo with what was said of it, have its content sent; returns its id."""
    sha256, size = hashlib.sha256(picture.data).hexdigest(), len(picture.data)
    blobs.keep(unit.conn, sha256, picture.data, unit.now)
    blobs.send(unit.conn, sha256, size=size, person=unit.person.id, now=unit.now)
    return unit.create(
        "photo",
        {
            **said,
            "name": pictures.name_of(name, picture.type),
            "sha256": sha256,
            "size": size,
            "type": picture.type,
            "made_by": unit.person.id,
            "made_at": unit.now,
        },
    )


def _read(path: str) -> bytes:
    try:
        return read_bounded(path, max_bytes=MAX_BYTES)
    except Unreadable as unreadable:
        if unreadable.code == "too_large":
            raise Refused(pictures.TOO_LARGE) from unreadable
        raise Refused(Problem(unreadable.code, unreadable.message_nl)) from unreadable


def contents(desk: Desk, hashes: Sequence[str]) -> Future[dict[str, bytes]]:
    """Return the photos of these hashes that are on this desk, for a bundle of one person.

    One whose last day went by is none, whether it was erased already or not.
    """
    now = desk.now()

    def work(conn: Connection) -> dict[str, bytes]:
        wanted = [one for one in dict.fromkeys(hashes) if one and not blobs.is_past(conn, one, now)]
        found = {one: blobs.content(conn, one) for one in wanted}
        return {one: content for one, content in found.items() if content}

    return desk.look(work)
