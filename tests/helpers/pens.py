"""What a person does and sees where messages are written; acts for ``tests.helpers.windows``."""

from __future__ import annotations

from typing import Any

from tests.helpers.journey import CTRL, KEY, SHIFT, Person


def new_draft(at: Person, /, groups: tuple[str, ...], **values: str) -> str:
    """Begin a general message and open it; returns its id."""
    given = {"onderwerp": "Hek in het park", "bericht": "Het hek in het park is stuk.", **values}
    post = at.services.posts.new_draft("general", values=given, group_ids=groups)
    post_id = str(at.settled(post))
    open_draft(at, post_id)
    return post_id


def open_draft(at: Person, post_id: str) -> None:
    """Open a draft in Opstellen and wait for its fields."""
    at.run.program.shell.open("compose", post_id=post_id)

    def stands() -> bool:
        draft = getattr(at.run.program.shell.presenter("compose"), "draft", None)
        return at.here == "compose" and draft is not None and draft.id == post_id

    at.until(stands, "the draft")


def strip(at: Person) -> tuple[str, tuple[str, ...], bool]:
    """Return what the strip over a draft says, its ways out, and whether the fields are locked."""
    entries = list(at.screen.form.entries.values())
    locked = bool(entries and entries[0].keyboard().property("readOnly"))
    return at.screen.strip.accessibleName(), at.screen.strip.act_ids(), locked


def until_strip(at: Person, *acts: str) -> str:
    """Wait until the strip offers these ways out; returns its words."""
    at.until(lambda: at.here == "compose" and strip(at)[1] == acts, f"the strip with {acts}")
    return strip(at)[0]


def until_mine(at: Person) -> None:
    """Wait until the fields of the draft are open."""
    at.until(lambda: at.here == "compose" and not strip(at)[2], "the pen")


def take_over(at: Person, reason: str) -> None:
    """Take a draft over with a reason, by the strip and the keyboard."""
    at.screen.strip.buttons[0].click()
    at.until(lambda: at.run.popup() is not None, "the popup that asks why")
    at.type(reason)
    at.confirm()
    until_mine(at)


def write_on(at: Person, words: str) -> None:
    """Stand at the end of the text of the draft and type; the field is not left."""
    at.screen.form.entries["bericht"].keyboard().setFocus()
    at.press(KEY.Key_End, CTRL)
    at.type(words)


def leave_field(at: Person) -> None:
    """Go to the field before: what was typed becomes part of the draft."""
    at.press(KEY.Key_Tab, SHIFT)


def texts(at: Person) -> list[tuple[str, str]]:
    """Return title and text of every draft at this desk."""
    found = []
    for row in at.settled(at.services.posts.rows()):
        draft = at.settled(at.services.posts.draft(row.id))
        if draft is not None and draft.status in ("draft", "ready"):
            found.append((row.title, draft.values.get("bericht", "")))
    return found


def issue_post(at: Person) -> None:
    """Give the draft in front out with Ctrl+Enter."""
    at.until(at.screen.footer.issue.isEnabled, "the button to give out")
    at.confirm()
    at.until(lambda: at.here == "issue", "the screen to hand out")


def import_alert(at: Person, text: str) -> str:
    """Take in a text of Burgernet through its box; returns the message that is opened for it."""
    from console.views.dialogs.import_alert import ImportDialog

    at.run.program.shell.open("import", text=text)
    dialog = at.until_dialog(ImportDialog)
    at.until(lambda: dialog.primary is not None and dialog.primary.isEnabled(), "the reading")
    at.confirm()
    at.until(lambda: at.here == "compose" and at.run.popup() is None, "the message")
    return in_writing(at)


def in_writing(at: Person) -> str:
    """Return the id of the draft in front."""

    def draft() -> Any:
        return getattr(at.run.program.shell.presenter("compose"), "draft", None)

    at.until(lambda: at.here == "compose" and draft() is not None, "a draft")
    return str(draft().id)


def alerts(at: Person) -> list[str]:
    """Return the ids of the actions at this desk."""
    return [row.id for row in at.settled(at.services.alerts.rows("all"))]


def refused_issue(at: Person, post_id: str) -> str:
    """Try to give a post out; returns the code of the refusal."""
    from console.domain.failures import Refused

    try:
        at.settled(at.services.posts.release(post_id))
    except Refused as refused:
        return str(refused.problem.code)
    return ""


def press_strip(at: Person, act: str) -> None:
    """Press what the strip over the draft offers."""
    place = at.screen.strip.act_ids().index(act)
    at.screen.strip.buttons[place].click()
    at.run.loop.turn()


def until_writing(at: Person, post_id: str) -> None:
    """Wait until this draft is the one in front."""
    at.until(lambda: at.here == "compose" and in_writing(at) == post_id, "the other message")
