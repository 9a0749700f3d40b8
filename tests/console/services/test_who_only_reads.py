"""F41: who only reads reaches no copyable text, on none of the eight paths (security.md §3)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from console.domain.failures import Refused
from console.services.desk import Desk
from console.services.feedback import Feedback
from console.services.followups import FollowUps
from console.services.gate import Copyable
from console.services.ledger import Handoff
from console.services.post_photos import PostPhotos
from console.services.posts import Posts
from tests.console.services.test_gate import PATHS, _placed
from tests.helpers import town

WORDS = "Wij kijken vanavond extra rond"
READERS = {"reader": ("reader",), "auditor": ("auditor",), "both": ("reader", "auditor"), "-": ()}


@pytest.fixture
def village(desk: Desk) -> Desk:
    """A desk with an invented village in its file."""
    town.build(desk)
    return desk


def refused(act: Callable[[], Any]) -> bool:
    """Say whether an act is not allowed to this person, and for that reason alone."""
    try:
        done = act()
        if isinstance(done, Future):
            done.result()
    except Refused as why:
        return why.problem.code == "not-allowed"
    return False


@pytest.mark.parametrize("roles", READERS.values(), ids=READERS)
def test_who_only_reads_gets_no_copyable_text_on_any_of_the_eight_paths(
    village: Desk, roles: tuple[str, ...]
) -> None:
    worker = village.person
    reader = replace(town.READER, roles=roles)
    assert len(PATHS) == 8
    through = []
    for path in PATHS:
        # From the beginning.
        village.person = reader
        if not refused(partial(path, village, WORDS)):
            through.append((path.__name__, "from the beginning"))
        # A colleague did everything up to the copy itself; only this last step is left.
        village.person = worker
        before = {row.id for row in Posts(village).rows().result()}
        made = path(village, WORDS)
        assert made is None or isinstance(made, Copyable)
        fresh = [row for row in Posts(village).rows().result() if row.id not in before]
        for post in fresh:
            found = Handoff(village).ledger(post.id).result()
            assert found is not None
            for row in found.rows:
                village.person = reader
                if not refused(partial(Handoff(village).copy, row.id)):
                    through.append((path.__name__, "the last step"))
    assert through == []


@pytest.mark.parametrize("roles", READERS.values(), ids=READERS)
def test_no_follow_up_begins_either(village: Desk, roles: tuple[str, ...]) -> None:
    post_id, row_id = _placed(village)
    worker = village.person
    acts: dict[str, Callable[[], Any]] = {
        "quick answer": lambda: FollowUps(village).quick_answer(""),
        "correction": lambda: FollowUps(village).correction(row_id),
        "forward": lambda: FollowUps(village).forward(post_id, town.GROUPS[1:2]),
        "feedback": lambda: Feedback(village).start(post_id),
        "import": lambda: Posts(village).from_alert(town.read(village), group_ids=town.GROUPS),
        "photo": lambda: PostPhotos(village).copy(row_id),
        "copy": lambda: Handoff(village).copy(row_id),
    }
    village.person = replace(town.READER, roles=roles)
    assert [name for name, act in acts.items() if not refused(act)] == []
    # The same acts are open to who does the daily work: nothing else stood in the way.
    village.person = worker
    assert [name for name, act in acts.items() if refused(act)] == []
