"""Sjablonen: a new version for what comes, nothing changed for what was sent (F24)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from console.domain.person import Person
from console.services.desk import Desk
from console.services.posts import Posts
from console.services.templates import Templates
from console.views.posts.templates import TemplatesScreen
from contract.vocabulary import MessageKind
from tests.helpers import town
from tests.helpers.post_window import PostWindow

GENERAL = town.template_id("general")


def show(window: PostWindow) -> TemplatesScreen:
    window.shell.open("templates")
    screen = window.shell.screen()
    assert isinstance(screen, TemplatesScreen)
    window.until(lambda: screen.editor.edited() is not None, "editor")
    return screen


def choose(window: PostWindow, screen: TemplatesScreen, name: str) -> None:
    found = next(
        row
        for row in Templates(window.kit.services.desk).rows().result()
        if row.name == name and row.state == "active"
    )
    screen.list.set_current(found.id)
    window.until(lambda: (screen.editor.edited() or found).name == name, "chosen")
    window.until(lambda: screen.editor.name.text() == name, "shown")


def test_a_new_version_leaves_posts_and_old_versions_as_they_are(
    posts_at: PostWindow,
    village: Desk,
) -> None:
    values = {"onderwerp": "Hek", "bericht": "Stuk."}
    post_id = (
        Posts(village).new_draft(MessageKind.GENERAL, values=values, group_ids=town.GROUPS).result()
    )
    before = Posts(village).look(Posts(village).writing(post_id).result(), town.GROUPS[0])  # type: ignore[arg-type]
    screen = show(posts_at)
    choose(posts_at, screen, "Algemeen bericht")
    assert not screen.editor.save.isEnabled(), "nothing was changed yet"
    screen.editor.layout_field.set_text(screen.editor.layout_field.text() + "\nTot morgen.")
    assert screen.editor.save.isEnabled()
    posts_at.confirm()
    posts_at.until(lambda: any("nieuwe versie" in said[1] for said in posts_at.said), "kept")
    posts_at.until(lambda: screen.editor.version.count() == 2, "two versions")
    after = Posts(village).look(Posts(village).writing(post_id).result(), town.GROUPS[0])  # type: ignore[arg-type]
    assert after == before
    screen.editor.version.setCurrentIndex(1)
    screen.editor.version.activated.emit(1)
    posts_at.until(screen.editor.layout_field.editor.isReadOnly, "old: read only")
    assert "alleen te lezen" in screen.editor._why.text()


def test_what_may_not_stand_in_a_template_is_named_by_line(posts_at: PostWindow) -> None:
    screen = show(posts_at)
    choose(posts_at, screen, "Algemeen bericht")
    screen.editor.layout_field.set_text("Eerste regel\n{{ kleur }}\n{% for x in y %}")
    said = [part._text.text() for part in screen.editor._problem_parts]  # type: ignore[attr-defined]
    assert said[0] == "Regel 2: “kleur” is geen veld van dit sjabloon."
    assert not screen.editor.save.isEnabled()
    posts_at.confirm()
    posts_at.loop.turn(10)
    assert screen.editor.version.count() == 1


def test_the_preview_follows_the_text(posts_at: PostWindow) -> None:
    screen = show(posts_at)
    choose(posts_at, screen, "Algemeen bericht")
    screen.editor.layout_field.set_text("{{onderwerp}}\n\nNieuw: {{bericht|zin}}")
    assert "Nieuw: Bericht." in screen.editor._chat.bubble.accessibleName()


def test_a_field_can_be_added_and_used(posts_at: PostWindow) -> None:
    screen = show(posts_at)
    choose(posts_at, screen, "Algemeen bericht")
    count = len(screen.editor.fields.fields())
    screen.editor.fields._more.click()
    row = screen.editor.fields._rows[-1]
    row.name.set_text("contact")
    row.label.set_text("Met wie praten")
    screen.editor.layout_field.set_text("{{onderwerp}}\n\n{{bericht|zin}} {{contact|zin}}")
    assert len(screen.editor.fields.fields()) == count + 1
    assert screen.editor.save.isEnabled()


def test_only_the_account_holder_changes_templates(posts_at: PostWindow, village: Desk) -> None:
    village.person = Person("person-samira", "Samira Voorbeeld", ("operator",))
    screen = show(posts_at)
    posts_at.until(screen.editor.layout_field.editor.isReadOnly, "locked")
    assert "Alleen de accounthouder" in screen.editor._why.text()
    assert not screen.editor.save.isEnabled()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
def test_nothing_asks_for_more_than_the_window(posts_at: PostWindow, size: tuple[int, int]) -> None:
    posts_at.window.resize(*size)
    screen = show(posts_at)
    posts_at.loop.turn(10)
    assert (posts_at.window.width(), posts_at.window.height()) == size
    assert screen.minimumSizeHint().width() <= screen.width()
    assert screen.list.accessibleName() == "Sjablonen"
    assert screen.list.focusPolicy() != Qt.FocusPolicy.NoFocus
