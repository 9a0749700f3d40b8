"""What stands in a desk's file of numbers of administrators, by who works there (security.md §6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.directory import NOT_HERE, ONLY_WORKERS, GroupCard
from console.domain.failures import NotAllowed, Refused
from console.domain.person import Person
from console.services.directory import Directory
from console.services.register import Register
from console.services.team_phone import TeamPhone
from console.storage.contact import NOT_HERE as NOT_WHOLE
from console.sync.status import SyncState
from contract.vocabulary import Role
from tests.helpers.accounts_line import KEEPER, PASSWORD, AccountsLine
from tests.helpers.away import Away
from tests.helpers.central_line import new_id, op
from tests.helpers.pages import holding
from tests.helpers.profile import KEY

PHONE, OTHER, MAIL = "+31612345678", "+31687654321", "een@voorbeeld.nl"
LINK = "https://chat.whatsapp.com/Voorbeeld1234567890ab"
JORIS = "joris.bakker"
WHY = "Terugbellen over de melding van vanavond"


class Ground:
    """A desk, and a team with one administrator in one group; the keeper works at another desk."""

    def __init__(self, away: Away, central: AccountsLine) -> None:
        self.away = away
        self.central = central
        self.keeper, self.keeper_token = central.person, central.token
        self.joris = central.add_account(JORIS, Role.OPERATOR)
        self.group, self.person = new_id(), new_id()
        made = [
            op("create", "group", self.group,
               set={"name": "Duinrand", "kind": "neighbourhood", "invite_link": LINK}),
            op("create", "administrator", self.person,
               set={"name": "Beheerder Een", "phone": PHONE, "email": MAIL}),
            op("create", "group_administrator", new_id(),
               set={"group_id": self.group, "administrator_id": self.person,
                    "role": "administrator"}),
        ]  # fmt: skip
        assert [one["status"] for one in central.push(*made)] == ["applied"] * 3

    def enter(self, account: str) -> None:
        """Sign somebody in at the desk."""
        code = self.central.digits() if account == KEEPER else ""
        session = self.away.run(self.away.engine.sign_in_with(account, PASSWORD, code))
        self.away.desk.person = Person(session.person.id, session.person.name, session.person.roles)

    def roles(self, now: str, before: str) -> None:
        """Give Joris another role, and have the desk hear of it."""
        self.central.token = self.keeper_token
        change = op("update", "person", self.joris, set={"roles": [now]}, was={"roles": [before]})
        assert self.central.push(change)[0]["status"] == "applied"
        self.away.step()
        self.away.step()
        person = self.away.desk.person
        assert person is not None
        self.away.desk.person = Person(person.id, person.name, (now,))
        assert self.away.engine.status.now.state is SyncState.LIVE

    def change_number(self, now: str, before: str) -> None:
        """Let the keeper, elsewhere, change the number."""
        self.central.token = self.keeper_token
        said = op("update", "administrator", self.person, set={"phone": now}, was={"phone": before})
        assert self.central.push(said)[0]["status"] == "applied"
        self.away.step()

    def card(self) -> GroupCard:
        """Return the card of the group as the desk shows it."""
        found = Directory(self.away.desk).group(self.group).result()
        assert found is not None
        return found

    def in_file(self, *words: str) -> set[str]:
        """Return which words stand in any page of the desk's file."""
        return set(holding(self.away.path.parent, KEY, *words))

    def adds_up(self) -> None:
        """Check that desk and central hold the same records."""
        assert self.away.run(self.away.engine.check()) == ()


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with AccountsLine(tmp_path / "central.db") as central:
        central.begin()
        (tmp_path / "desk").mkdir()
        with Away(central, tmp_path / "desk" / "desk.db") as away:
            yield Ground(away, central)


def test_who_is_lowered_loses_the_numbers_and_who_is_raised_gets_them(ground: Ground) -> None:
    ground.away.users = frozenset({ground.joris})
    ground.enter(JORIS)
    ground.away.desk.act(
        lambda unit: unit.update("administrator", ground.person, phone=OTHER)
    ).result()
    ground.away.step()
    assert ground.in_file(OTHER, MAIL, LINK) == {OTHER, MAIL, LINK}
    numbers = Directory(ground.away.desk).show_numbers(ground.group, WHY).result()
    assert (numbers.phones, numbers.invite_link) == ({ground.person: OTHER}, LINK)
    ground.away.step()

    ground.roles("reader", "operator")
    assert ground.in_file(PHONE, OTHER, MAIL, LINK) == set()
    card = ground.card()
    (row,) = card.administrators
    assert (row.unseen, row.has_phone, row.masked_phone) == (ONLY_WORKERS, False, "")
    assert (card.link_unseen, card.invite_link) == (ONLY_WORKERS, "")
    ground.adds_up()

    ground.roles("operator", "reader")
    assert ground.in_file(OTHER, MAIL, LINK) == {OTHER, MAIL, LINK}
    (row,) = ground.card().administrators
    assert (row.unseen, row.has_phone) == ("", True)
    ground.adds_up()


def test_a_reader_at_a_desk_of_others_sees_none_and_the_others_have_theirs_back(
    ground: Ground,
) -> None:
    ground.away.users = frozenset({ground.joris, ground.keeper})
    ground.enter(KEEPER)
    ground.roles("reader", "operator")
    ground.away.desk.person = None
    ground.away.run(ground.away.engine.step_aside())

    ground.enter(JORIS)
    # The file keeps what the others need; who sits there is told that it is not for them.
    assert ground.in_file(PHONE, LINK) == {PHONE, LINK}
    assert ground.card().administrators[0].unseen == ONLY_WORKERS
    with pytest.raises(NotAllowed):
        Directory(ground.away.desk).show_numbers(ground.group, WHY).result()
    with pytest.raises(NotAllowed):
        TeamPhone(ground.away.desk).show(WHY).result()
    # What changes meanwhile comes without.
    ground.change_number(OTHER, PHONE)
    assert ground.in_file(OTHER) == set()
    ground.adds_up()

    # Somebody who may, without a line: the number is not there, and none is taken for missing.
    ground.away.line.down = True
    ground.away.desk.person = Person(ground.keeper, "Sanne de Wit", (Role.ACCOUNT_HOLDER,))
    (row,) = ground.card().administrators
    assert (row.unseen, row.has_phone) == (NOT_HERE, False)
    for ask in (
        lambda: TeamPhone(ground.away.desk).show(WHY),
        lambda: Register(ground.away.desk).known(None),
    ):
        with pytest.raises(Refused) as refused:
            ask().result()
        assert refused.value.problem is NOT_WHOLE
    ground.away.line.down = False
    ground.away.run(ground.away.engine.step_aside())
    ground.enter(KEEPER)
    ground.away.step()
    assert ground.in_file(OTHER) == {OTHER}
    assert ground.card().administrators[0].has_phone
    ground.adds_up()


def test_what_somebody_typed_and_did_not_send_stays_theirs(ground: Ground) -> None:
    ground.away.users = frozenset({ground.joris})
    ground.enter(JORIS)
    ground.away.line.only = "/ops"
    ground.away.line.down = True
    ground.away.desk.act(
        lambda unit: unit.update("administrator", ground.person, phone=OTHER)
    ).result()
    ground.central.token = ground.keeper_token
    change = op(
        "update", "person", ground.joris, set={"roles": ["reader"]}, was={"roles": ["operator"]}
    )
    assert ground.central.push(change)[0]["status"] == "applied"
    ground.away.line.down = False
    for _ in range(3):
        ground.away.step()
    assert ground.away.engine.status.now.tray == 1
    assert ground.in_file(PHONE, MAIL, LINK) == set()
    assert ground.in_file(OTHER) == {OTHER}
    ground.adds_up()
