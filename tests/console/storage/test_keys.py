"""The key and its slots: every way a keyring can fail, wrong phrases, damaged slots."""

from __future__ import annotations

import base64
from pathlib import Path

import keyring
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend as RealBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, NoKeyringError

from console.storage.key_slot import Cost
from console.storage.key_troubles import KeyTrouble
from console.storage.keys import SERVICE, KeyRing, find_keyring
from contract.looking import public_of

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PHRASE = "vier losse woorden hier"


class TestKeyring(RealBackend):
    """A keyring of the operating system as the keyring package offers one, in memory."""

    __test__ = False
    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.failure: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        if self.failure:
            raise self.failure
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.failure:
            raise self.failure
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def system() -> TestKeyring:
    return TestKeyring()


def ring(path: Path, system: TestKeyring | None = None) -> KeyRing:
    return KeyRing(path, system, cost=CHEAP)


def code(caught: pytest.ExceptionInfo[KeyTrouble]) -> str:
    assert caught.value.problem.next_step
    return caught.value.problem.code


def test_the_key_comes_back_by_passphrase_and_by_keyring(path: Path, system: TestKeyring) -> None:
    key = ring(path, system).create("ruben", PHRASE)
    assert len(key) == 32
    assert ring(path, system).unlock("ruben", PHRASE) == key
    assert ring(path, system).unlock_with_keyring() == key
    assert ring(path, system).persons() == {"ruben"}


def test_the_key_itself_stands_in_no_file(path: Path, system: TestKeyring) -> None:
    key = ring(path, system).create("ruben", PHRASE)
    for file in path.parent.iterdir():
        content = file.read_bytes()
        assert key not in content
        assert key.hex().encode() not in content
        assert system.kept[next(iter(system.kept))].encode() not in content
        assert PHRASE.encode() not in content
    assert key.hex() not in repr(ring(path, system))


def test_a_wrong_phrase_is_said_to_be_wrong(path: Path) -> None:
    ring(path).create("ruben", PHRASE)
    with pytest.raises(KeyTrouble) as caught:
        ring(path).unlock("ruben", PHRASE + " ")
    assert code(caught) == "wrong-passphrase"
    assert not ring(path).verify("ruben", "anders")
    assert ring(path).verify("ruben", PHRASE)


def test_the_slot_of_one_person_does_not_open_for_another(path: Path) -> None:
    ring(path).create("ruben", PHRASE)
    slots = orjson.loads(path.read_bytes())
    slots["slots"][0]["person"] = "samira"
    path.write_bytes(orjson.dumps(slots))
    with pytest.raises(KeyTrouble) as caught:
        ring(path).unlock("samira", PHRASE)
    assert code(caught) == "wrong-passphrase"
    with pytest.raises(KeyTrouble) as caught:
        ring(path).unlock("ruben", PHRASE)
    assert code(caught) == "no-slot"


def test_the_same_words_typed_on_another_keyboard_open_too(path: Path) -> None:
    key = ring(path).create("ruben", "café op de hoek")
    assert ring(path).unlock("ruben", "cafe\u0301 op de hoek") == key


@pytest.mark.parametrize(
    ("failure", "wanted"),
    [
        (KeyringLocked("locked"), "keyring-locked"),
        (NoKeyringError("gone"), "keyring-missing"),
        (RuntimeError("D-Bus is not there"), "keyring-missing"),
    ],
)
def test_a_keyring_that_fails_asks_the_passphrase_and_loses_nothing(
    path: Path, system: TestKeyring, failure: Exception, wanted: str
) -> None:
    key = ring(path, system).create("ruben", PHRASE)
    system.failure = failure
    with pytest.raises(KeyTrouble) as caught:
        ring(path, system).unlock_with_keyring()
    assert code(caught) == wanted
    assert ring(path, system).unlock("ruben", PHRASE) == key


@pytest.mark.parametrize(
    ("now", "wanted"),
    [(None, "keyring-empty"), ("", "keyring-empty"), ("x", "keyring-changed"),
     ("A" * 43 + "=", "keyring-changed"), ("é" * 40, "keyring-changed")],
)  # fmt: skip
def test_an_emptied_or_changed_keyring_is_mended_by_the_passphrase(
    path: Path, system: TestKeyring, now: str | None, wanted: str
) -> None:
    key = ring(path, system).create("ruben", PHRASE)
    place = next(iter(system.kept))
    assert place[0] == SERVICE
    if now is None:
        system.kept.clear()
    else:
        system.kept[place] = now
    with pytest.raises(KeyTrouble) as caught:
        ring(path, system).unlock_with_keyring()
    assert code(caught) == wanted
    ring(path, system).unlock("ruben", PHRASE)
    assert ring(path, system).unlock_with_keyring() == key


def test_a_machine_that_lost_its_keyring_opens_by_passphrase(
    path: Path, system: TestKeyring
) -> None:
    key = ring(path, system).create("ruben", PHRASE)
    with pytest.raises(KeyTrouble) as caught:
        ring(path).unlock_with_keyring()
    assert code(caught) == "keyring-missing"
    assert ring(path).unlock("ruben", PHRASE) == key


def test_a_keyring_found_later_is_taken_into_use(path: Path, system: TestKeyring) -> None:
    key = ring(path).create("ruben", PHRASE)
    ring(path, system).unlock("ruben", PHRASE)
    assert ring(path, system).unlock_with_keyring() == key


def test_without_keyring_and_without_passphrase_there_is_no_key(
    path: Path, system: TestKeyring
) -> None:
    system.failure = KeyringLocked("locked")
    for keys in (ring(path), ring(path, system)):
        with pytest.raises(KeyTrouble) as caught:
            keys.create()
        assert code(caught) == "passphrase-needed"
    assert not path.exists()


def test_an_existing_key_is_never_replaced(path: Path) -> None:
    ring(path).create("ruben", PHRASE)
    before = path.read_bytes()
    with pytest.raises(KeyTrouble) as caught:
        ring(path).create("ruben", PHRASE)
    assert code(caught) == "keys-exist"
    assert path.read_bytes() == before


def test_persons_come_change_their_phrase_and_go(path: Path) -> None:
    keys = ring(path)
    key = keys.create("ruben", PHRASE)
    keys.add_slot(key, "samira", "een heel andere zin")
    assert keys.unlock("samira", "een heel andere zin") == key
    keys.change("samira", "een heel andere zin", "weer een nieuwe zin")
    assert not keys.verify("samira", "een heel andere zin")
    assert keys.verify("samira", "weer een nieuwe zin")
    keys.remove_slot("ruben")
    assert keys.persons() == {"samira"}
    keys.remove_slot("nobody")
    with pytest.raises(KeyTrouble) as caught:
        keys.remove_slot("samira")
    assert code(caught) == "last-slot"
    with pytest.raises(KeyTrouble):
        keys.add_slot(b"y" * 32, "vreemd", "zin")


def test_a_damaged_slots_file_falls_back_on_the_one_before(path: Path) -> None:
    keys = ring(path)
    key = keys.create("ruben", PHRASE)
    keys.add_slot(key, "samira", "een heel andere zin")
    for damage in (b"", b"{", b"[]", b'{"version": 2}', b"\xff" * 100):
        path.write_bytes(damage)
        assert keys.unlock("ruben", PHRASE) == key
    path.unlink()
    assert keys.exists
    assert keys.unlock("ruben", PHRASE) == key
    path.with_suffix(".bak").write_bytes(b"{}")
    with pytest.raises(KeyTrouble) as caught:
        keys.unlock("ruben", PHRASE)
    assert code(caught) == "keys-damaged"


def test_a_slot_that_asks_for_all_memory_is_refused(path: Path) -> None:
    ring(path).create("ruben", PHRASE)
    slots = orjson.loads(path.read_bytes())
    slots["slots"][0]["cost"]["memory_kib"] = 2**40
    path.write_bytes(orjson.dumps(slots))
    with pytest.raises(KeyTrouble) as caught:
        ring(path).unlock("ruben", PHRASE)
    assert code(caught) == "keys-damaged"


@given(place=st.integers(0, 10_000), value=st.integers(0, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_one_changed_byte_never_gives_another_key(path: Path, place: int, value: int) -> None:
    keys = ring(path)
    if not path.exists():
        keys.create("ruben", PHRASE)
        path.with_suffix(".whole").write_bytes(path.read_bytes())
    whole = path.with_suffix(".whole").read_bytes()
    path.write_bytes(whole)
    path.with_suffix(".bak").unlink(missing_ok=True)
    key = keys.unlock("ruben", PHRASE)
    at = place % len(whole)
    path.write_bytes(whole[:at] + bytes([value]) + whole[at + 1 :])
    try:
        found = keys.unlock("ruben", PHRASE)
    except KeyTrouble:
        return
    assert found == key


def test_a_slots_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KeyTrouble) as caught:
        ring(tmp_path / "file" / "keys.json").create("ruben", PHRASE)
    assert code(caught) == "keys-not-written"


def test_the_full_cost_of_a_guess_is_the_default() -> None:
    cost = Cost()
    assert (cost.memory_kib, cost.passes, cost.lanes) == (65_536, 3, 4)


def test_only_a_real_keyring_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    backends: list[type[RealBackend]] = [fail.Keyring, null.Keyring, TestKeyring]
    for backend in backends:
        unfit = backend()
        monkeypatch.setattr(keyring, "get_keyring", lambda unfit=unfit: unfit)
        assert find_keyring() is None


def test_a_person_who_got_another_id_keeps_their_phrase(path: Path) -> None:
    key = ring(path).create("alone", PHRASE)
    ring(path).add_slot(key, "second", "nog vier andere woorden")
    ring(path).rename(key, {"alone": "of-the-team", "nobody": "somebody"})
    assert ring(path).persons() == {"of-the-team", "second"}
    assert ring(path).unlock("of-the-team", PHRASE) == key
    ring(path).rename(key, {"of-the-team": "second"})
    assert ring(path).unlock("second", "nog vier andere woorden") == key
    assert ring(path).unlock("of-the-team", PHRASE) == key


def test_a_name_changed_by_hand_after_a_rename_opens_nothing(path: Path) -> None:
    key = ring(path).create("ruben", PHRASE)
    slots = orjson.loads(path.read_bytes())
    assert "sealed_for" not in slots["slots"][0]
    ring(path).rename(key, {"ruben": "sanne"})
    slots = orjson.loads(path.read_bytes())
    slots["slots"][0]["person"] = "samira"
    path.write_bytes(orjson.dumps(slots))
    with pytest.raises(KeyTrouble) as caught:
        ring(path).unlock("samira", PHRASE)
    assert code(caught) == "wrong-passphrase"


def test_what_a_person_signs_with_opens_by_their_passphrase_alone(path: Path) -> None:
    made = ring(path)
    key = made.create("ruben", PHRASE)
    seed = made.sign_with("ruben", PHRASE)
    assert seed is not None
    assert public_of(seed) == made.looks_with(key, "ruben")
    assert made.sign_with("ruben", "anders") is None
    assert made.sign_with("samira", PHRASE) is None
    for file in path.parent.iterdir():
        for written in (seed, seed.hex().encode(), base64.b64encode(seed)):
            assert written not in file.read_bytes()


def test_another_passphrase_keeps_what_a_person_signs_with_and_leaving_loses_it(
    path: Path,
) -> None:
    made = ring(path)
    key = made.create("ruben", PHRASE)
    made.add_slot(key, "samira", "eigen woorden van samira")
    before = made.sign_with("samira", "eigen woorden van samira")
    made.change("samira", "eigen woorden van samira", "heel andere woorden samen")
    assert made.sign_with("samira", "heel andere woorden samen") == before
    assert made.sign_with("samira", "eigen woorden van samira") is None
    made.rename(key, {"samira": "samira-at-the-team"})
    assert made.sign_with("samira-at-the-team", "heel andere woorden samen") == before
    assert made.looks_with(key, "samira-at-the-team") == public_of(before or b"")
    made.remove_slot("samira-at-the-team")
    assert made.looks_with(key, "samira-at-the-team") == b""
    made.add_slot(key, "samira", "eigen woorden van samira")
    assert made.sign_with("samira", "eigen woorden van samira") not in (None, before)


@pytest.mark.parametrize("damage", ["gone", "public", "sealed", "text"])
def test_who_had_a_passphrase_before_gets_a_key_when_it_is_typed(path: Path, damage: str) -> None:
    key = ring(path).create("ruben", PHRASE)
    slots = orjson.loads(path.read_bytes())
    looking = slots["slots"][0].pop("looking")
    if damage == "text":
        slots["slots"][0]["looking"] = "nothing"
    elif damage != "gone":
        other = base64.b64encode(bytes(48 if damage == "sealed" else 32)).decode()
        slots["slots"][0]["looking"] = {**looking, damage: other}
    path.write_bytes(orjson.dumps(slots))
    made = ring(path)
    if damage != "sealed":
        assert made.looks_with(key, "ruben") == b"", "nobody vouches for it"
    assert made.unlock("ruben", PHRASE) == key
    seed = made.sign_with("ruben", PHRASE)
    assert made.looks_with(key, "ruben") == public_of(seed or b"")
    assert made.looks_with(key, "ruben") != base64.b64decode(looking["public"])
    assert made.sign_with("ruben", PHRASE) == seed
