"""Messages of adjoining areas: listed, passed on once, ticked off, and over when over (F21)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.district import NeighbourPost
from console.domain.failures import NotAllowed, Refused
from console.domain.neighbours import SharedMessage, from_kept, kept_form, values_of
from console.services.desk import Desk
from console.services.district import Districts
from console.services.feedback import Feedback
from console.services.followups import FollowUps
from console.services.ledger import Handoff
from console.services.posts import Posts
from console.services.team import Team
from console.storage.projection import shown
from contract.region import NETHERLANDS
from contract.vocabulary import WaiverReason
from tests.helpers import beside, town
from tests.helpers.profile import PERSON


@pytest.fixture
def officer(desk: Desk) -> Desk:
    """A desk where the officer of Oostwiel is at work."""
    beside.build(desk)
    desk.person = beside.OFFICER
    return desk


def listed(desk: Desk) -> dict[str, NeighbourPost]:
    return {one.id: one for one in Districts(desk).look().result().neighbours}


def end(desk: Desk, post_id: str) -> None:
    me, desk.person = desk.person, town.COLLEAGUE
    Feedback(desk).waive(post_id, WaiverReason.PRIVACY, "").result()
    desk.person = me


def test_only_what_was_placed_in_an_adjoining_area_is_listed(officer: Desk) -> None:
    near = beside.placed(officer)
    beside.placed(officer, beside.FAR_AREA)
    beside.placed(officer, beside.OWN_AREA)
    found = listed(officer)
    assert set(found) == {near}
    assert beside.WORDS[1:] in found[near].text
    assert (found[near].area_name, found[near].done) == ("Lagebrug", False)


def test_a_copy_keeps_where_it_came_from_and_colleagues_see_it(officer: Desk) -> None:
    source = beside.placed(officer)
    copy = FollowUps(officer).forward(source, (beside.OWN_GROUP,)).result()
    assert FollowUps(officer).forward(source, (beside.OWN_GROUP,)).result() == copy
    body = officer.look(lambda conn: shown(conn, "post", copy)).result()
    assert body is not None
    assert (body.body["forwards"], body.body["forwards_from"]) == (source, "Lagebrug")
    draft = Posts(officer).draft(copy).result()
    assert draft is not None
    assert (draft.source_id, draft.source_name, draft.source_ended) == (source, "Lagebrug", False)
    Posts(officer).release(copy).result()
    passed = listed(officer)[source].passed
    assert [(one.by_name, one.released, one.mine) for one in passed] == [
        (beside.OFFICER.name, True, True)
    ]


def test_a_colleague_passes_on_to_other_groups_but_not_to_the_same(officer: Desk) -> None:
    source = beside.placed(officer)
    first = FollowUps(officer).forward(source, (beside.OWN_GROUP,)).result()
    Posts(officer).release(first).result()
    officer.person = town.COLLEAGUE
    second = FollowUps(officer).forward(source, (beside.OWN_GROUP, town.GROUPS[1])).result()
    with pytest.raises(Refused) as caught:
        Posts(officer).release(second).result()
    assert caught.value.problem.code == "twin"
    assert caught.value.problem.sentence.startswith(f"{beside.OFFICER.name} heeft dit al doorgezet")
    Posts(officer).tick_group(second, beside.OWN_GROUP, on=False).result()
    Posts(officer).release(second).result()


def test_a_source_that_is_over_stops_the_copy_at_every_step(officer: Desk) -> None:
    source, later = beside.placed(officer), beside.placed(officer)
    draft = FollowUps(officer).forward(source, (beside.OWN_GROUP,)).result()
    out = FollowUps(officer).forward(later, (beside.OWN_GROUP,)).result()
    Posts(officer).release(out).result()
    ledger = Handoff(officer).ledger(out).result()
    assert ledger is not None
    for one in (source, later):
        end(officer, one)
    acts = (
        lambda: FollowUps(officer).forward(source, (beside.OWN_GROUP,)),
        lambda: Posts(officer).release(draft),
        lambda: Handoff(officer).copy(ledger.rows[0].id),
    )
    for act in acts:
        with pytest.raises(Refused) as caught:
            act().result()
        assert caught.value.problem.code == "source-ended"
    assert all(one.ended for one in listed(officer).values())


def test_ticked_off_says_who_and_can_be_taken_back(officer: Desk) -> None:
    source = beside.placed(officer)
    districts = Districts(officer)
    districts.tick_off(source, on=True).result()
    districts.tick_off(source, on=True).result()
    found = listed(officer)[source]
    assert (found.shared_by, found.done) == (beside.OFFICER.name, True)
    districts.tick_off(source, on=False).result()
    assert not listed(officer)[source].done
    officer.person = town.READER
    with pytest.raises(Refused):
        districts.tick_off(source, on=True).result()


THEIRS = SharedMessage(
    "p-van-buren",
    "Team Duinrand",
    "Duinrand",
    "missing_person",
    f"*POLITIE Duinrand – Duinrand*\n*Vermist: de heer Voorbeeld, 78 jaar*\n\nTe voet.\n\n"
    f"{NETHERLANDS.closing_urgent}",
    "2026-03-10T13:30:00.000Z",
)


def test_a_message_of_another_team_is_copied_without_its_consent(officer: Desk) -> None:
    Districts(officer).keep_shared([THEIRS]).result()
    found = listed(officer)[THEIRS.id]
    assert (found.team, found.area_name, found.title) == (
        "Team Duinrand",
        "Duinrand",
        "Vermiste persoon",
    )
    copy = FollowUps(officer).forward(THEIRS.id, (beside.OWN_GROUP,)).result()
    draft = Posts(officer).draft(copy).result()
    assert draft is not None
    assert (draft.kind, draft.consent, draft.title) == ("missing_person", "", "Vermiste persoon")
    assert (draft.original, draft.source_name) == (THEIRS.text, "Duinrand, Team Duinrand")
    with pytest.raises(Refused) as caught:
        Posts(officer).release(copy).result()
    assert caught.value.problem.code == "guard-consent_missing"
    Posts(officer).keep_field(copy, "consent", "family").result()
    again = Posts(officer).draft(copy).result()
    assert again is not None
    assert "Voorbeeld" not in again.title
    Posts(officer).release(copy).result()
    ledger = Handoff(officer).ledger(copy).result()
    assert ledger is not None
    assert ledger.rows[0].text.count(NETHERLANDS.closing_urgent) == 1
    assert ledger.rows[0].text.splitlines()[0] == "*POLITIE Voorbeeldland – Oostwiel*"
    assert "Eerder geplaatst in Duinrand, door Team Duinrand." in ledger.rows[0].text
    Districts(officer).keep_shared([replace(THEIRS, ended=True)]).result()
    with pytest.raises(Refused) as caught:
        Handoff(officer).copy(ledger.rows[0].id).result()
    assert caught.value.problem.code == "source-ended"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=6),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
        max_leaves=12,
    ),
    st.lists(st.builds(SharedMessage, *[st.text(max_size=30)] * 6, st.booleans()), max_size=3),
)
@settings(max_examples=40)
def test_what_is_remembered_of_other_teams_comes_back_or_counts_as_none(
    odd: object, messages: list[SharedMessage]
) -> None:
    assert from_kept(kept_form(messages, "nu")) == ("nu", tuple(messages))
    assert from_kept({"messages": odd, "at": "x"})[1] == () or isinstance(odd, list)
    for one in messages:
        copied = values_of(one, (NETHERLANDS.closing_general,))
        assert NETHERLANDS.closing_general not in copied["bericht"]


def test_only_the_account_holder_shares_and_it_is_off_at_first(officer: Desk) -> None:
    team = Team(officer)
    assert team.shares().result() is False
    with pytest.raises(NotAllowed):
        team.set_shares(on=True).result()
    officer.person = PERSON
    team.set_shares(on=True).result()
    assert team.shares().result() is True
