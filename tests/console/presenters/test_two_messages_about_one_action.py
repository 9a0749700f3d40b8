"""A colleague writes about the same action already: it is said, and one of the two gives way."""

from __future__ import annotations

import pytest

from console.domain.failures import Refused
from console.domain.post import Draft, Twin
from console.presenters.compose import ComposePresenter
from console.services.desk import Desk
from console.services.posts import Posts
from console.storage import drafts
from console.storage.projection import shown
from contract.vocabulary import MessageKind, PostStatus
from tests.helpers import town
from tests.helpers.post_window import PostWindow


@pytest.fixture
def doubled(village: Desk) -> tuple[str, str]:
    """Return a colleague's message from a read text, and one of mine about the same action."""
    me, village.person = village.person, town.COLLEAGUE
    theirs = Posts(village).from_alert(town.read(village), group_ids=town.GROUPS).result()
    record = village.look(lambda conn: shown(conn, "post", theirs)).result()
    assert record is not None
    village.person = me
    values = {"onderwerp": "Vermist", "bericht": "Er wordt iemand vermist."}
    alert_id = record.body["alert_id"]
    mine = Posts(village).new_draft(
        MessageKind.GENERAL, values=values, alert_id=alert_id, group_ids=town.GROUPS
    )
    return theirs, mine.result()


def draft_of(desk: Desk, post_id: str) -> Draft:
    # Off the lane of the screen: a look of the test must not take the place of the screen's own.
    me = desk.person.id if desk.person else ""
    found = desk.look(lambda conn: drafts.draft(conn, post_id, me=me)).result()
    assert found is not None
    return found


def test_the_second_message_goes_out_only_when_somebody_says_why(
    village: Desk, doubled: tuple[str, str]
) -> None:
    theirs, mine = doubled
    posts = Posts(village)
    assert draft_of(village, mine).twin == Twin(theirs, town.COLLEAGUE.name, False)
    with pytest.raises(Refused) as refused:
        posts.release(mine).result()
    assert refused.value.problem.code == "twin"
    with pytest.raises(Refused):
        posts.keep_both(mine, theirs, " ").result()
    posts.keep_both(mine, theirs, "Voor een ander gebied.").result()
    assert draft_of(village, mine).twin is None
    posts.release(mine).result()
    village.person = town.COLLEAGUE
    twin = draft_of(village, theirs).twin
    assert twin is not None
    assert twin.released, "given out first: now theirs is the second"


def test_who_began_first_writes_on(village: Desk, doubled: tuple[str, str]) -> None:
    theirs, _mine = doubled
    village.person = town.COLLEAGUE
    assert draft_of(village, theirs).twin is None


def test_joining_puts_mine_away_and_opens_theirs(
    posts_at: PostWindow, village: Desk, doubled: tuple[str, str]
) -> None:
    theirs, mine = doubled
    posts_at.shell.open("compose", post_id=mine)
    wanted = ("twin_join", "twin_both")
    posts_at.until(lambda: posts_at.compose.strip.act_ids() == wanted, "the strip")
    words = f"{town.COLLEAGUE.name} schrijft al een bericht over deze actie."
    assert posts_at.compose.strip.accessibleName().startswith(words)
    posts_at.compose.strip.buttons[0].click()
    posts_at.until(lambda: draft_of(village, mine).status == PostStatus.CLOSED, "put away")
    presenter = posts_at.shell.presenter("compose")
    assert isinstance(presenter, ComposePresenter)
    posts_at.until(lambda: presenter.draft and presenter.draft.id == theirs, "theirs in front")
    posts_at.loop.turn(20)
    assert posts_at.shell.here == "compose"


def test_that_both_are_meant_is_said_with_a_reason(
    posts_at: PostWindow, village: Desk, doubled: tuple[str, str]
) -> None:
    _theirs, mine = doubled
    posts_at.shell.open("compose", post_id=mine)
    posts_at.until(lambda: len(posts_at.compose.strip.act_ids()) == 2, "the strip")
    posts_at.compose.strip.buttons[1].click()
    posts_at.until(lambda: posts_at.popup_open() is not None, "asks why")
    posts_at.type("Voor een ander gebied.")
    posts_at.confirm()
    posts_at.until(lambda: draft_of(village, mine).twin is None, "decided")
    posts_at.until(lambda: posts_at.compose.strip.act_ids() == (), "no strip")
    assert draft_of(village, mine).status == PostStatus.DRAFT, "both go on"
