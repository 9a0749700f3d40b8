"""Keys come faster than files: a draft that is not shown yet is neither changed nor released."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from console.services.desk import Desk
from console.services.posts import Posts
from contract.vocabulary import MessageKind
from tests.helpers import town
from tests.helpers.post_window import (
    CTRL,
    PostWindow,
)

pytestmark = pytest.mark.journey
KEY = Qt.Key


def draft(desk: Desk, words: str) -> str:
    values = {"onderwerp": words, "bericht": f"{words}. De gemeente weet ervan."}
    made = Posts(desk).new_draft(MessageKind.GENERAL, values=values, group_ids=town.GROUPS)
    return made.result()


def subject(desk: Desk, post_id: str) -> str:
    writing = Posts(desk).writing(post_id).result()
    return writing.values["onderwerp"] if writing is not None else ""


def shown(window: PostWindow) -> str:
    return window.compose.form.entries["onderwerp"].text()


def test_ctrl_enter_before_the_draft_is_on_the_screen_releases_nothing(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    first, second = draft(village, "Hek in het park"), draft(village, "Lamp bij de brug")
    posts_at.shell.open("compose", post_id=first)
    posts_at.wait_for("compose")
    posts_at.shell.open("posts")
    posts_at.shell.open("compose", post_id=second)
    posts_at.key(KEY.Key_Return, CTRL)
    posts_at.until(lambda: shown(posts_at) == "Lamp bij de brug", "the second draft")
    posts_at.loop.turn(20)
    drafts = [Posts(village).draft(one).result() for one in (first, second)]
    statuses = {one.status for one in drafts if one is not None}
    assert statuses == {"draft"}
    assert posts_at.shell.here == "compose"
    posts_at.until(posts_at.compose.footer.issue.isEnabled, "now it may")
    posts_at.key(KEY.Key_Return, CTRL)
    posts_at.until(lambda: posts_at.shell.here == "issue", "released once it was seen")


def test_the_field_in_hand_does_not_keep_the_words_of_the_draft_before(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    first, second = draft(village, "Hek in het park"), draft(village, "Lamp bij de brug")
    posts_at.shell.open("compose", post_id=first)
    posts_at.wait_for("compose")
    assert posts_at.compose.form.current() == "onderwerp"
    posts_at.shell.open("compose", post_id=second)
    posts_at.until(lambda: shown(posts_at) == "Lamp bij de brug", "the words of the second draft")
    posts_at.type(" nu")
    posts_at.key(KEY.Key_Tab)
    posts_at.until(
        lambda: subject(village, second).endswith("brug nu"),
        "kept in the second draft",
    )
    assert subject(village, first) == "Hek in het park"
