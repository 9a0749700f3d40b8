"""Templates: a new version beside the old, and every post keeps the version it was begun with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.failures import Refused
from console.domain.post import Template, TemplateField
from console.services.desk import Desk
from console.services.posts import Posts
from console.services.templates import Templates
from tests.helpers import town


@pytest.fixture
def book(desk: Desk) -> Templates:
    """Templates of a desk with the shipped ones in its file."""
    town.build(desk)
    return Templates(desk)


def warning(book: Templates) -> Template:
    return book.active("broadcast", "warning").result()[0]


def test_the_shipped_templates_are_there_with_their_fields(book: Templates) -> None:
    found = warning(book)
    assert (found.name, found.version, found.message_class) == ("Waarschuwing", 1, "acute")
    assert [field.name for field in found.fields][:2] == ["wat", "hoe"]
    assert len(book.active("feedback").result()) == 7


def test_a_choice_field_brings_its_options(book: Templates) -> None:
    late = book.active("feedback", outcome="arrested").result()[0].fields[-1]
    assert late.options[0] == ("", "Niet noemen")


def test_a_new_version_takes_the_place_and_old_posts_keep_theirs(book: Templates) -> None:
    desk = book._desk
    posts = Posts(desk)
    draft_id = posts.new_draft("warning", values={"wat": "inbrekers"}).result()
    old = warning(book)
    book.save(replace(old, layout=old.layout + "\n\nBlijf binnen.")).result()
    assert warning(book).version == 2
    assert [one.version for one in book.versions(old).result()] == [2, 1]
    draft = posts.draft(draft_id).result()
    assert draft is not None
    assert draft.template is not None
    assert (draft.template.version, draft.newer_version) == (1, 2)
    page = posts.preview(draft_id, town.GROUPS[0]).result()
    assert page is not None
    assert "Blijf binnen" not in page.text


def test_a_draft_of_a_template_leaves_the_active_one_in_use(book: Templates) -> None:
    book.save(replace(warning(book), state="draft")).result()
    assert warning(book).version == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "name-missing"),
        ({"kind": "onzin"}, "no-kind"),
        ({"state": "retired"}, "no-state"),
        ({"layout": "{{ wat.naam }}"}, "bad-layout"),
        ({"layout": "{{ elders }}"}, "bad-layout"),
        ({"fields": (TemplateField("Wat!", "Wat"),)}, "bad-field"),
        ({"fields": (TemplateField("wat", "Wat"),) * 2}, "bad-field"),
        ({"fields": (TemplateField("wat", ""),)}, "bad-field"),
        ({"fields": tuple(TemplateField(f"v{n}", "V") for n in range(31))}, "too-many"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_its_line(
    book: Templates, change: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        book.save(replace(warning(book), **change)).result()  # type: ignore[arg-type]
    assert caught.value.problem.code == code


def test_only_the_account_holder_changes_templates(book: Templates) -> None:
    found = warning(book)
    book._desk.person = town.COLLEAGUE
    for act in (lambda: book.save(found), lambda: book.retire(found.id)):
        with pytest.raises(Refused) as caught:
            act().result()
        assert caught.value.problem.code == "not-allowed"
