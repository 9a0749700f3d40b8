"""The photo of a post: said what it is, seen beside the text, copied per group, taken away (F27).

The bytes go out through ``gate.passes_photo`` only. What stands in a group is a person's word; that a
photo must go there is a task per group, from the moment it is copied.
"""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date, datetime, timedelta
from functools import partial

from console.domain import refusals
from console.domain.clock import LOCAL, stamp
from console.domain.failures import Problem, Refused
from console.domain.photo import Pixels
from console.domain.post_photo import CopyablePhoto, DuePhoto, PostPhoto, Said, check_day
from console.intake import decoding
from console.intake.pictures import Picture
from console.services import drafts, gate
from console.services.aside import aside
from console.services.desk import Desk, Unit
from console.services.drafts import WORK_ROLES
from console.services.photos import keep
from console.services.release import check_source
from console.storage import blobs
from console.storage import post_photos as stored
from console.storage.projection import shown
from contract.rules.photo import fits_post
from contract.vocabulary import PlacementState, PostStatus, TaskKind, TaskState

DUE_HOUR = 8
"""At what hour of the day after the last one a photo is to be taken away."""

ONE = Problem(
    "photo-one",
    "Bij dit bericht staat al een foto. Er is niets toegevoegd.",
    "Haal de andere eerst weg.",
)
NOT_RELEASED = Problem(
    "not-released", "Dit bericht is nog niet uitgegeven.", "Geef het eerst uit (Ctrl+Enter)."
)
NO_PHOTO = Problem("photo-gone", "Bij dit bericht staat geen foto meer.", "U hoeft niets te doen.")
NOT_HERE = Problem(
    "photo-not-here",
    "De foto is nog niet op deze computer. Hij is opgevraagd bij de centrale.",
    "Wacht tot u hem ziet en kopieer hem dan.",
)
TEXT_FIRST = Problem(
    "photo-text-first",
    "De tekst voor deze groep is nog niet gekopieerd.",
    "Kopieer en plak eerst de tekst, daarna de foto.",
)
NOT_YET = Problem(
    "photo-not-due", "Deze taak bestaat niet meer.", "Kijk bij de foto van het bericht."
)


class PostPhotos:
    """The photo of a post; every answer is a snapshot of one moment."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _me(self) -> str:
        return self._desk.person.id if self._desk.person else ""

    def of_post(self, post_id: str) -> Future[PostPhoto | None]:
        """Return a post with its photo and where that is still to be taken away."""
        return self._desk.look(
            lambda conn: stored.of_post(conn, post_id, self._me, self._desk.now())
        )

    def due(self) -> Future[list[DuePhoto]]:
        """Return the posts whose photo must be taken away by now."""
        return self._desk.look(partial(stored.due, now=self._desk.now()))

    def add(
        self, post_id: str, name: str, pixels: Pixels, media_type: str, said: Said
    ) -> Future[str]:
        """Add the photo of a draft from the pixels that may go out; returns its id.

        Refused: without source, permission and for what, reason and last day; at a kind of message
        that takes none; once the message went out; where it has one already.
        """

        def work(unit: Unit, picture: Picture) -> str:
            unit.require(*WORK_ROLES)
            drafts.take_pen(unit, post_id, drafts.body_of(unit, post_id))
            _check_post(unit, post_id)
            if stored.id_of(unit.conn, post_id):
                raise Refused(ONE)
            extra = {"parent_kind": "post", "parent_id": post_id, **_checked(unit, said)}
            with unit.group():
                photo_id = keep(unit, picture, name, extra)
                unit.log("post", post_id, "photo_added", name[:120], reason=said.reason[:400])
            return photo_id

        def written() -> str:
            if said.missing():
                raise Refused(refusals.problem("photo-unstated"))
            picture = decoding.fresh(pixels, media_type)
            return self._desk.act(lambda unit: work(unit, picture)).result()

        return aside(written)

    def remove(self, post_id: str) -> Future[None]:
        """Take the photo of a draft away."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            photo_id = stored.id_of(unit.conn, post_id)
            if not photo_id:
                raise Refused(NO_PHOTO)
            _check_post(unit, post_id)
            with unit.group():
                unit.delete("photo", photo_id)
                unit.log("post", post_id, "photo_removed")

        return self._desk.act(work)

    def previewed(self, post_id: str) -> Future[None]:
        """Note that this person has the photo on the screen beside its text; once per photo."""

        def work(unit: Unit) -> None:
            photo_id = stored.id_of(unit.conn, post_id)
            if photo_id and not stored.was_previewed(unit.conn, photo_id, unit.person.id):
                unit.log("photo", photo_id, stored.PREVIEWED)

        return self._desk.act(work)

    def copy(self, placement_id: str) -> Future[CopyablePhoto]:
        """Return the photo for one group, log it, and have it taken away after its last day.

        Refused by the gate, and where the text of that group was not copied yet.
        """

        def work(unit: Unit) -> CopyablePhoto:
            unit.require(*WORK_ROLES)
            record = shown(unit.conn, "placement", placement_id)
            if record is None:
                raise Refused(Problem("gone", "Deze groep staat niet meer bij dit bericht."))
            row, post_id = record.body, str(record.body["post_id"])
            body = drafts.body_of(unit, post_id)
            if body.get("status") not in (PostStatus.RELEASED, PostStatus.CLOSED):
                raise Refused(NOT_RELEASED)
            if row.get("state") not in (PlacementState.COPIED, PlacementState.PLACED):
                raise Refused(TEXT_FIRST)
            check_source(unit, post_id)
            found = stored.of_post(unit.conn, post_id, unit.person.id, unit.now)
            if found is None or not found.id:
                raise Refused(NO_PHOTO)
            kept = shown(unit.conn, "photo", found.id)
            data = blobs.content(unit.conn, str(kept.body["sha256"])) if kept else None
            passed = gate.passes_photo(
                found,
                data or b"",
                drafts.frozen(
                    drafts.writing_of(unit, post_id, self._desk), str(row.get("text") or "")
                ),
                str(row.get("group_id") or ""),
                region=self._desk.region,
                now=drafts.now_of(unit),
            )
            if data is None:
                raise Refused(NOT_HERE)
            group = drafts.group_name(unit, row.get("group_id") or "")
            why = f"toestemming: {found.said.permission_by}, voor {found.said.permission_for}"
            with unit.group():
                unit.log("post", post_id, "photo_copied", group, reason=why[:400], recipient=group)
                self._have_removed(unit, placement_id, group, found.said.expires_on, body)
            return passed

        return self._desk.act(work)

    def removed(self, task_id: str, *, done: bool = True) -> Future[None]:
        """Say that the photo was taken away in a group; ``done`` False takes that back."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            record = shown(unit.conn, "task", task_id)
            if record is None or record.body.get("what") != TaskKind.PHOTO_REMOVAL:
                raise Refused(NOT_YET)
            placed = shown(unit.conn, "placement", str(record.body.get("subject_id") or ""))
            post_id = str(placed.body["post_id"]) if placed else ""
            with unit.group():
                if done:
                    unit.update(
                        "task",
                        task_id,
                        state=TaskState.DONE,
                        done_at=unit.now,
                        done_by=unit.person.id,
                    )
                else:
                    unit.update("task", task_id, state=TaskState.OPEN, done_at="", done_by="")
                if post_id:
                    what = "photo_taken_down" if done else "photo_not_taken_down"
                    unit.log("post", post_id, what, str(record.body.get("title") or ""))

        return self._desk.act(work)

    @staticmethod
    def _have_removed(
        unit: Unit, placement_id: str, group: str, last: str, post: dict[str, object]
    ) -> None:
        """Make the task to take the photo away in this group; one that was ticked opens again."""
        task_id, state = stored.removal_of(unit.conn, placement_id)
        if task_id:
            if state != TaskState.OPEN:
                unit.update("task", task_id, state=TaskState.OPEN, done_at="", done_by="")
            return
        unit.create(
            "task",
            {
                "what": TaskKind.PHOTO_REMOVAL,
                "subject_kind": "placement",
                "subject_id": placement_id,
                "title": f"Verwijder de foto in WhatsApp bij {group}"[:160],
                "area_id": post.get("area_id"),
                "state": TaskState.OPEN,
                "made_at": unit.now,
                "due_at": due_at(last),
            },
        )


def due_at(last_day: str) -> str:
    """Return when a photo is to be taken away: the morning after its last day."""
    after = date.fromisoformat(last_day) + timedelta(days=1)
    return stamp(datetime(after.year, after.month, after.day, DUE_HOUR, tzinfo=LOCAL))


def _check_post(unit: Unit, post_id: str) -> None:
    refused = fits_post(drafts.body_of(unit, post_id))
    if refused is not None:
        raise Refused(refusals.problem(refused.code))


def _checked(unit: Unit, said: Said) -> dict[str, str]:
    day = check_day(said.expires_on, drafts.now_of(unit).astimezone(LOCAL).date())
    if day is None:
        raise Refused(refusals.problem("photo-expiry"))
    return {**said.fields(), "expires_on": day}
