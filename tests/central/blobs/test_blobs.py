"""Photos by the hash of their content: parts, resume, types, ranges, and what is thrown away."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from central.blobs import service
from central.models.blob import blob, blob_piece
from contract import blobs, routes
from tests.helpers.central_line import CentralLine, new_id, op, report
from tests.helpers.photos import jpeg, laden_copies, png, webp

FILLING = bytes(range(1, 251)) * 4
JPEG = jpeg(scan=FILLING)
PNG, WEBP = png(), webp()


def mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def part(
    line: CentralLine, sha256: str, offset: int, data: bytes, length: int, **more: Any
) -> httpx.Response:
    headers = {routes.OFFSET_HEADER: str(offset), routes.LENGTH_HEADER: str(length)}
    return line.call("PATCH", routes.blob(line.team, sha256), data, headers=headers, **more)


def upload(line: CentralLine, data: bytes, sha256: str = "") -> httpx.Response:
    return part(line, sha256 or mark(data), 0, data, len(data))


def look(line: CentralLine, sha256: str) -> tuple[int, str | None]:
    answer = line.call("HEAD", routes.blob(line.team, sha256))
    assert answer.content == b""
    return answer.status_code, answer.headers.get(routes.OFFSET_HEADER)


def get(line: CentralLine, sha256: str, **headers: str) -> httpx.Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return line.call("GET", routes.blob(line.team, sha256), headers=sent)


def kind(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).removeprefix("/problems/")


def photo(data: bytes, parent: str, **fields: Any) -> dict[str, Any]:
    body = {
        "parent_kind": "report",
        "parent_id": parent,
        "name": "fiets.jpg",
        "sha256": mark(data),
        "size": len(data),
        "type": "image/jpeg",
        "made_at": "2026-03-14T12:58:00.000Z",
        **fields,
    }
    return op("create", "photo", new_id(), set=body)


@pytest.mark.parametrize(
    ("data", "media_type"), [(JPEG, blobs.JPEG), (PNG, blobs.PNG), (WEBP, blobs.WEBP)]
)
def test_a_photo_is_there_once_its_last_byte_fits_its_hash(
    line: CentralLine, data: bytes, media_type: str
) -> None:
    assert look(line, mark(data)) == (404, "0")
    done = upload(line, data)
    assert (done.status_code, done.headers[routes.OFFSET_HEADER]) == (204, str(len(data)))
    assert look(line, mark(data)) == (200, None)
    answer = get(line, mark(data))
    assert (answer.status_code, answer.content) == (200, data)
    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-disposition"] == "attachment"
    again = upload(line, data)
    assert (again.status_code, again.headers[routes.OFFSET_HEADER]) == (204, str(len(data)))


@given(cuts=st.lists(st.integers(1, len(JPEG) - 1), max_size=5), lost=st.sets(st.integers(0, 6)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_upload_goes_on_from_any_cut_also_when_an_answer_was_lost(
    line: CentralLine, cuts: list[int], lost: set[int]
) -> None:
    data = jpeg(scan=FILLING + new_id().encode())
    ends = [*sorted(set(cuts)), len(data)]
    at, turn = 0, 0
    while at < len(data):
        end = next(one for one in ends if one > at)
        assert get(line, mark(data)).status_code == 404
        answer = part(line, mark(data), at, data[at:end], len(data))
        assert answer.status_code == 204
        if turn in lost and end < len(data):
            # The answer never arrived: the part is sent again and central says where it stands.
            again = part(line, mark(data), at, data[at:end], len(data))
            assert (again.status_code, kind(again)) == (409, "offset-mismatch")
            assert look(line, mark(data)) == (404, again.headers[routes.OFFSET_HEADER])
            end = int(again.headers[routes.OFFSET_HEADER])
        at, turn = end, turn + 1
    assert get(line, mark(data)).content == data


def test_a_wrong_last_byte_throws_the_whole_upload_away(line: CentralLine) -> None:
    sha256 = mark(JPEG)
    assert part(line, sha256, 0, JPEG[:100], len(JPEG)).status_code == 204
    spoiled = JPEG[100:-1] + b"?"
    answer = part(line, sha256, 100, spoiled, len(JPEG))
    assert (answer.status_code, kind(answer)) == (400, "checksum")
    assert answer.headers[routes.OFFSET_HEADER] == "0"
    assert look(line, sha256) == (404, "0")
    assert upload(line, JPEG).status_code == 204


@pytest.mark.parametrize("data", [b"%PDF-1.7 " + b"x" * 90, b"GIF89a" + b"x" * 90, b"<svg/>", b"x"])
def test_only_pictures_by_their_first_bytes_are_kept(line: CentralLine, data: bytes) -> None:
    answer = upload(line, data)
    assert (answer.status_code, kind(answer)) == (400, "blob-type")
    assert look(line, mark(data)) == (404, "0")


def test_parts_that_do_not_fit_change_nothing(line: CentralLine) -> None:
    sha256, size = mark(JPEG), len(JPEG)
    part(line, sha256, 0, JPEG[:50], size)
    most = blobs.MAX_BYTES
    for answer, status, code in (
        (part(line, sha256, 10, JPEG[10:60], size), 409, "offset-mismatch"),
        (part(line, sha256, 80, JPEG[80:], size), 409, "offset-mismatch"),
        (part(line, sha256, 50, JPEG[50:], size + 1), 400, "batch-invalid"),
        (part(line, sha256, 50, JPEG[50:] + b"more", size), 400, "batch-invalid"),
        (part(line, sha256, 50, b"", size), 400, "batch-invalid"),
        (part(line, sha256, -1, b"x", size), 400, "batch-invalid"),
        (part(line, sha256, 50, b"x", 0), 400, "batch-invalid"),
        (part(line, "nohash", 0, b"x", 1), 400, "batch-invalid"),
        (part(line, sha256.upper(), 0, b"x", 1), 400, "batch-invalid"),
        (part(line, mark(b"a"), 7, b"x", 100), 409, "offset-mismatch"),
        (part(line, mark(b"a"), 0, b"x", most + 1), 413, "too-large"),
        (part(line, mark(b"a"), 0, b"x" * (blobs.CHUNK + 1), most), 413, "too-large"),
        (part(line, sha256, 50, JPEG[50:], size, token="guess"), 401, "unauthenticated"),
    ):
        assert (answer.status_code, kind(answer)) == (status, code)
    bare = line.call("PATCH", routes.blob(line.team, sha256), b"x")
    assert (bare.status_code, kind(bare)) == (400, "batch-invalid")
    assert look(line, sha256) == (404, "50")
    assert part(line, sha256, 50, JPEG[50:], size).status_code == 204


def test_photos_belong_to_a_team_and_readers_send_none(line: CentralLine) -> None:
    upload(line, JPEG)
    for method in ("GET", "HEAD", "PATCH"):
        headers = {routes.OFFSET_HEADER: "0", routes.LENGTH_HEADER: "1"}
        answer = line.call(method, routes.blob("other", mark(JPEG)), b"x", headers=headers)
        assert answer.status_code == 403
    line.sign_in(line.add_person("reader"))
    assert get(line, mark(JPEG)).status_code == 200
    assert upload(line, PNG).status_code == 403
    assert look(line, mark(PNG)) == (404, "0")


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=10-19", (10, 20)),
        ("bytes=2000-", (2000, len(JPEG))),
        ("bytes=-5", (len(JPEG) - 5, len(JPEG))),
        ("bytes=-99999", (0, len(JPEG))),
        ("bytes=5-99999", (5, len(JPEG))),
    ],
)
def test_some_bytes_of_a_photo_may_be_asked_for(
    line: CentralLine, asked: str, span: tuple[int, int]
) -> None:
    sha256 = mark(JPEG)
    part(line, sha256, 0, JPEG[:15], len(JPEG))
    part(line, sha256, 15, JPEG[15:], len(JPEG))
    answer = get(line, sha256, range=asked)
    first, end = span
    assert (answer.status_code, answer.content) == (206, JPEG[first:end])
    assert answer.headers["content-range"] == f"bytes {first}-{end - 1}/{len(JPEG)}"
    assert answer.headers["content-length"] == str(end - first)
    same = get(line, sha256, range=asked, if_range=answer.headers["etag"])
    assert same.status_code == 206
    other = get(line, sha256, range=asked, if_range='"another"')
    assert (other.status_code, other.content) == (200, JPEG)


def test_bytes_that_are_not_there_and_ranges_that_cannot_be_read(line: CentralLine) -> None:
    upload(line, JPEG)
    for asked in (f"bytes={len(JPEG)}-", "bytes=-0"):
        answer = get(line, mark(JPEG), range=asked)
        assert (answer.status_code, kind(answer)) == (416, "range-not-satisfiable")
        assert answer.headers["content-range"] == f"bytes */{len(JPEG)}"
    for asked in ("bytes=9-3", "bytes=1-2,4-5", "lines=1-2", "bytes=-", "rubbish"):
        assert get(line, mark(JPEG), range=asked).content == JPEG


def test_the_record_of_a_photo_waits_for_its_content(line: CentralLine) -> None:
    about = report()
    line.push(about)
    early = line.push(photo(JPEG, about["id"]))[0]
    assert (early["status"], early["code"]) == ("invalid", "blob-missing")
    part(line, mark(JPEG), 0, JPEG[:99], len(JPEG))
    assert line.push(photo(JPEG, about["id"]))[0]["code"] == "blob-missing"
    part(line, mark(JPEG), 99, JPEG[99:], len(JPEG))
    asked = photo(JPEG, about["id"], size=1, type="image/png", made_by="somebody")
    done = line.push(asked)[0]
    assert done["status"] == "applied"
    body = line.records("photo")[asked["id"]]["body"]
    assert (body["size"], body["type"], body["made_by"]) == (len(JPEG), blobs.JPEG, line.person)


def test_a_photo_is_added_or_taken_away_and_never_changed(line: CentralLine) -> None:
    upload(line, JPEG)
    made = photo(JPEG, new_id())
    line.push(made)
    for name in ("name", "sha256", "parent_id", "x_unknown"):
        changed = op(
            "update", "photo", made["id"], set={name: "a"}, was={name: made["set"].get(name)}
        )
        assert line.push(changed)[0]["status"] == "invalid"
    assert line.push(op("delete", "photo", made["id"], base_ver=1))[0]["status"] == "applied"
    assert get(line, mark(JPEG)).status_code == 200


def sweep(line: CentralLine) -> int:
    moment = line.office.moment()
    return line.office.database.write_now(lambda conn: service.sweep(conn, moment))


def test_what_nobody_finishes_or_names_is_thrown_away_in_time(line: CentralLine) -> None:
    for data in (JPEG, PNG):
        upload(line, data)
    part(line, mark(WEBP), 0, WEBP[:20], len(WEBP))
    made = photo(JPEG, new_id())
    line.push(made)
    assert sweep(line) == 0
    line.watch.move(days=6, hours=23)
    assert sweep(line) == 0
    line.watch.move(hours=2)
    assert sweep(line) == 1
    line.sign_in(line.person)
    assert look(line, mark(WEBP)) == (404, "0")
    line.watch.at += timedelta(days=24)
    assert sweep(line) == 1
    line.sign_in(line.person)
    assert look(line, mark(PNG)) == (404, "0")
    assert get(line, mark(JPEG)).content == JPEG
    line.push(op("delete", "photo", made["id"], base_ver=1))
    assert sweep(line) == 0
    line.watch.at += timedelta(days=31)
    assert sweep(line) == 1
    line.sign_in(line.person)
    assert look(line, mark(JPEG)) == (404, "0")
    left = line.office.database.read_now(
        lambda conn: [
            conn.execute(select(func.count()).select_from(table)).scalar()
            for table in (blob, blob_piece)
        ]
    )
    assert left == [0, 0]


def test_content_that_is_named_again_stays(line: CentralLine) -> None:
    upload(line, JPEG)
    assert sweep(line) == 0
    line.watch.at += timedelta(days=29)
    line.sign_in(line.person)
    line.push(photo(JPEG, new_id()))
    assert sweep(line) == 0
    line.watch.at += timedelta(days=60)
    assert sweep(line) == 0
    line.sign_in(line.person)
    assert get(line, mark(JPEG)).status_code == 200


@pytest.mark.parametrize("made", ["JPG", "PNG", "WEBP"])
def test_only_a_bare_picture_is_kept_whoever_sends_it(line: CentralLine, made: str) -> None:
    for data in laden_copies(made)[::4]:
        answer = upload(line, data)
        assert (answer.status_code, kind(answer)) == (400, "blob-not-bare")
        assert look(line, mark(data)) == (404, "0")


SAID = {
    "source": "De moeder",
    "permission_by": "De moeder",
    "permission_for": "zoeken in de buurt",
    "reason": "Zij is weg",
    "expires_on": "2026-03-20",
}


def post_of(line: CentralLine, kind: str) -> str:
    made = op("create", "post", new_id(), set={"type": "broadcast", "kind": kind, "title": "Weg"})
    assert line.push(made)[0]["status"] == "applied"
    return str(made["id"])


def test_a_photo_of_a_post_says_what_it_is_and_fits_the_kind_of_message(line: CentralLine) -> None:
    upload(line, JPEG)
    post_id = post_of(line, "missing_person")
    at = {"parent_kind": "post"}
    for missing in SAID:
        left = {name: text for name, text in SAID.items() if name != missing}
        (refused,) = line.push(photo(JPEG, post_id, **at, **left))
        assert (refused["status"], refused["code"]) == ("invalid", "photo-unstated")
    for day in ("2026-03-01", "2027-03-20", "morgen"):
        (refused,) = line.push(photo(JPEG, post_id, **at, **{**SAID, "expires_on": day}))
        assert refused["code"] == "photo-expiry"
    for parent, code in ((new_id(), "photo-post"), (post_of(line, "prevention"), "photo-kind")):
        (refused,) = line.push(photo(JPEG, parent, **at, **SAID))
        assert refused["code"] == code
    made = photo(JPEG, post_id, **at, **SAID)
    assert line.push(made)[0]["status"] == "applied"
    assert line.push(op("command", "post", post_id, command="drop"))[0]["status"] == "applied"
    assert line.push(op("delete", "photo", made["id"], base_ver=1))[0]["code"] == "released"


def test_after_its_last_day_the_bytes_of_a_photo_go_and_its_record_stays(line: CentralLine) -> None:
    for data in (JPEG, PNG):
        upload(line, data)
    post_id, at = post_of(line, "missing_person"), {"parent_kind": "post"}
    over = photo(JPEG, post_id, **at, **{**SAID, "expires_on": "2026-03-16"})
    shared = photo(PNG, post_id, **at, **{**SAID, "expires_on": "2026-03-16"})
    assert [one["status"] for one in line.push(over, shared, photo(PNG, new_id()))] == [
        "applied"
    ] * 3
    line.watch.move(days=2)
    assert sweep(line) == 0
    line.sign_in(line.person)
    assert get(line, mark(JPEG)).status_code == 200
    line.watch.move(hours=23)
    # Refused from the first moment after it, before any round erased the bytes.
    line.sign_in(line.person)
    assert (get(line, mark(JPEG)).status_code, look(line, mark(JPEG))) == (404, (404, "0"))
    assert get(line, mark(PNG)).content == PNG
    assert sweep(line) == 1
    line.sign_in(line.person)
    assert look(line, mark(JPEG)) == (404, "0")
    assert line.records("photo")[over["id"]]["body"]["sha256"] == mark(JPEG)
    # A report shows the other one too, and a report's photo has no last day.
    assert get(line, mark(PNG)).content == PNG
