"""security.md §2-§3: persons, roles, passphrases of their own; the last account holder stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.failures import Refused
from console.services.desk import Desk
from console.services.people import People
from console.storage.key_slot import Cost
from console.storage.keys import KeyRing
from tests.helpers.profile import OTHER, PERSON

WORDS = "vier losse woorden samen"
NEW = "vijf andere losse woorden hier"


@pytest.fixture
def people(desk: Desk, tmp_path: Path) -> People:
    ring = KeyRing(tmp_path / "keys.json", cost=Cost(64, 1, 1))
    key = ring.create(PERSON.id, WORDS)
    desk.act(
        lambda unit: unit.create(
            "person", {"name": PERSON.name, "roles": list(PERSON.roles), "active": True}, PERSON.id
        )
    ).result()
    return People(desk, ring, key)


def test_somebody_added_opens_the_desk_with_a_passphrase_of_their_own(people: People) -> None:
    person_id = people.add("Yara Voorbeeld", ["operator"], NEW).result()
    assert people.confirm(person_id, NEW).result()
    assert not people.confirm(person_id, WORDS).result()
    listed = people.all().result()
    assert {one.name for one in listed if one.slot} == {PERSON.name, "Yara Voorbeeld"}


@pytest.mark.parametrize("words", ["kort", "drie korte woorden", "a b c d"])
def test_a_short_passphrase_is_refused_and_nobody_is_added(people: People, words: str) -> None:
    with pytest.raises(Refused) as refused:
        people.add("Yara Voorbeeld", ["operator"], words).result()
    assert refused.value.problem.code == "passphrase-short"
    assert len(people.all().result()) == 1


def test_on_a_desk_of_a_team_people_choose_a_passphrase_on_their_own_desk(people: People) -> None:
    person_id = people.add("Yara Voorbeeld", ["operator"], None).result()
    found = people.find(person_id).result()
    assert found is not None
    assert (found.active, found.slot) == (True, False)
    assert not people.confirm(person_id, "").result()


def test_only_the_account_holder_adds_people(people: People, desk: Desk) -> None:
    desk.person = OTHER
    with pytest.raises(Refused) as refused:
        people.add("Yara Voorbeeld", ["operator"], NEW).result()
    assert refused.value.problem.code == "not-allowed"


def test_the_last_account_holder_stays_one(people: People) -> None:
    with pytest.raises(Refused):
        people.set_roles(PERSON.id, ["operator"]).result()
    with pytest.raises(Refused):
        people.leave(PERSON.id).result()
    other = people.add("Marit Voorbeeld", ["account_holder"], NEW).result()
    people.set_roles(PERSON.id, ["operator"]).result()
    found = people.find(other).result()
    assert found is not None
    assert found.may("account_holder")


def test_who_leaves_keeps_a_name_in_the_history_and_no_way_in(people: People) -> None:
    person_id = people.add("Yara Voorbeeld", ["operator"], NEW).result()
    people.leave(person_id).result()
    found = people.find(person_id).result()
    assert found is not None
    assert (found.name, found.active, found.slot) == ("Yara Voorbeeld", False, False)


def test_a_changed_passphrase_replaces_the_old_one(people: People) -> None:
    people.change_passphrase(WORDS, NEW).result()
    assert people.confirm(PERSON.id, NEW).result()
    assert not people.confirm(PERSON.id, WORDS).result()
