"""What keeps a photo from going out, and who is told to take it away (F27)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from console.domain.failures import Problem, Refused
from console.domain.photo import Pixels
from console.domain.post_photo import Said, check_day
from console.services.desk import Desk
from console.services.ledger import Handoff
from console.services.photos import Photos, contents
from console.services.post_photos import PostPhotos, due_at
from console.services.posts import Posts
from console.storage import blobs as kept
from console.storage.projection import shown
from contract import blobs
from contract.vocabulary import MessageKind, NotPlacedReason
from tests.helpers import town
from tests.helpers.clock import HandClock
from tests.helpers.reports import add

PIXELS = Pixels(12, 10, bytes(range(180)) * 2)
SAID = Said("De moeder", "De moeder", "zoeken in de buurt", "Zij is weg", "20-3-2026")


def missing(desk: Desk) -> str:
    posts = Posts(desk)
    post_id = posts.from_alert(town.read(desk), group_ids=town.GROUPS[:2]).result()
    shown = posts.preview(post_id, town.GROUPS[0]).result()
    assert shown is not None
    for one in shown.findings:
        if not one.answered:
            posts.decide(post_id, one, "dit mag met toestemming").result()
    return post_id


def put(desk: Desk, post_id: str, said: Said = SAID) -> Problem | None:
    asked = PostPhotos(desk).add(post_id, "meisje.jpg", PIXELS, blobs.JPEG, said)
    trouble = asked.exception()
    return trouble.problem if isinstance(trouble, Refused) else None


def why(asked: object) -> str:
    trouble = asked.exception()  # type: ignore[attr-defined]
    return trouble.problem.code if isinstance(trouble, Refused) else ""


@pytest.fixture
def village(desk: Desk) -> Desk:
    town.build(desk)
    return desk


@pytest.mark.parametrize(
    ("said", "code"),
    [
        *((Said(**{**SAID.fields(), name: " "}), "photo-unstated") for name in Said.__slots__),
        (Said(**{**SAID.fields(), "expires_on": "1-1-2020"}), "photo-expiry"),
        (Said(**{**SAID.fields(), "expires_on": "ooit"}), "photo-expiry"),
    ],
)
def test_a_photo_is_not_kept_before_everything_is_said_of_it(
    village: Desk, said: Said, code: str
) -> None:
    post_id = missing(village)
    problem = put(village, post_id, said)
    assert problem is not None
    assert problem.code == code
    assert problem.next_step
    found = PostPhotos(village).of_post(post_id).result()
    assert found is not None
    assert not found.id


def test_only_kinds_of_message_that_look_for_somebody_take_one_photo(village: Desk) -> None:
    values = {"onderwerp": "Hek in het park", "bericht": "Het hek is stuk."}
    general = Posts(village).new_draft(MessageKind.GENERAL, values=values).result()
    assert put(village, general).code == "photo-kind"  # type: ignore[union-attr]
    post_id = missing(village)
    assert put(village, post_id) is None
    assert put(village, post_id).code == "photo-one"  # type: ignore[union-attr]
    PostPhotos(village).remove(post_id).result()
    Posts(village).release(post_id).result()
    assert put(village, post_id) is not None, "what went out without a photo stays so"


def test_a_copy_needs_the_text_first_and_the_photo_seen_beside_it(
    village: Desk, clock: HandClock
) -> None:
    photos, handoff, post_id = PostPhotos(village), Handoff(village), missing(village)
    assert put(village, post_id) is None
    Posts(village).release(post_id).result()
    ledger = handoff.ledger(post_id).result()
    assert ledger is not None
    first, second = (row.id for row in ledger.rows)
    assert why(photos.copy(first)) == "photo-text-first"
    handoff.copy(first).result()
    assert why(photos.copy(first)) == "photo-unseen"
    photos.previewed(post_id).result()
    passed = photos.copy(first).result()
    assert (passed.type, blobs.type_of(passed.data[:12])) == (blobs.JPEG, blobs.JPEG)
    assert why(photos.remove(post_id)) == "released"
    # A colleague at this desk saw nothing yet.
    me, village.person = village.person, town.COLLEAGUE
    assert why(photos.copy(first)) == "photo-unseen"
    village.person = town.READER
    assert photos.copy(first).exception() is not None
    village.person = me
    # Copied twice is still one task; where the text does not stand, no photo stands either.
    photos.copy(first).result()
    found = photos.of_post(post_id).result()
    assert found is not None
    assert [one.state for one in found.removals] == ["open"]
    handoff.not_placed(first, NotPlacedReason.BY_PHONE).result()
    handoff.copy(second).result()
    photos.copy(second).result()
    handoff.placed(second).result()
    record = village.look(lambda conn: shown(conn, "photo", found.id)).result()
    assert record is not None
    sha256 = str(record.body["sha256"])
    assert Photos(village).content(found.id).result()
    assert set(contents(village, [sha256]).result()) == {sha256}
    clock.move(days=20)
    # Not given from the first moment after its last day, though no round erased it yet.
    assert Photos(village).content(found.id).result() is None
    assert contents(village, [sha256]).result() == {}
    assert village.look(lambda conn: kept.has(conn, sha256)).result()
    assert [(one.groups, one.title) for one in photos.due().result()] == [(1, found.post_title)]
    assert why(photos.copy(second)) == "photo-over"


def test_a_photo_of_a_report_needs_a_reason_and_shows_it(village: Desk) -> None:
    report_id, photos = add(village, "Fiets weg"), Photos(village)
    refused = photos.add_drawn(report_id, "fiets.png", PIXELS, blobs.PNG, "  ")
    assert why(refused) == "photo-reason"
    photos.add_drawn(report_id, "fiets.png", PIXELS, blobs.PNG, "de fiets").result()
    (one,) = photos.of_report(report_id).result()
    assert (one.name, one.reason) == ("fiets.png", "de fiets")


def test_a_last_day_is_read_as_people_write_it() -> None:
    today = date(2026, 11, 22)
    for text, day in (
        ("2026-12-06", "2026-12-06"),
        ("6-12-2026", "2026-12-06"),
        ("6/12", "2026-12-06"),
        ("3-1", "2027-01-03"),
        ("22-11-2026", "2026-11-22"),
        ("21-11-2026", None),
        ("6-12-2027", None),
        ("31-2-2027", None),
        ("", None),
        ("morgen", None),
    ):
        assert check_day(text, today) == day
    assert check_day(str(today + timedelta(days=93)), today) is None
    # The morning after, in Dutch time on both sides of the change of the clock.
    assert due_at("2026-03-28") == "2026-03-29T06:00:00.000Z"
    assert due_at("2026-12-06") == "2026-12-07T07:00:00.000Z"
