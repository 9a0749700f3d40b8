"""Threat 10: of every kind of record, typing, photo and old record no word is readable in any file."""

from __future__ import annotations

from pathlib import Path

from tests.central.retention.test_move_the_clock import Scene, plant_at_desk
from tests.helpers.central_line import CentralLine
from tests.helpers.joined import Joined
from tests.helpers.planted import Planted


def test_no_word_of_any_kind_photo_typing_or_archive_is_readable_on_disk(tmp_path: Path) -> None:
    """The files are read while both stand open, logs included: that is what kill -9 leaves."""
    place = tmp_path / "central" / "central.db"
    with CentralLine(place) as line:
        line.set_up()
        with Joined(line, tmp_path / "desk" / "desk.db") as desk:
            desk.sign_in(line.person)
            scene = Scene(line, place, desk, tmp_path)
            planted = Planted("aa")
            planted.plant(line)
            own = plant_at_desk(scene, planted)
            desk.step()
            words = [*planted.words, *own]
            assert scene.at_desk(*words) == set(words), "with the key all of it is found"
            logs = [one.stat().st_size for one in tmp_path.rglob("*.db-wal")]
            assert max(logs) > 0, "a log is among the files"
            assert readable(tmp_path, words) == set()
            # A year on, most of it stands in central's archive.
            scene.move(6)
            scene.move(366)
            assert scene.at_central(*planted.words)
            assert readable(tmp_path, words) == set()


def readable(folder: Path, words: list[str]) -> set[str]:
    files = [one.read_bytes() for one in folder.rglob("*") if one.is_file()]
    # What opens like a plain file, or holds a photo's first bytes, would be readable as a whole.
    assert not any(content.startswith((b"SQLite format 3", b"\xff\xd8\xff")) for content in files)
    return {word for word in words if any(word.encode() in content for content in files)}
