"""What the account holder does with templates: see, write a new version, take out of use (F24)."""

import re
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial

from console.domain.failures import Problem, Refused
from console.domain.layout import LayoutProblem, check_layout
from console.domain.post import Template, TemplateField
from console.services.desk import Desk, Unit
from console.storage import templates as stored
from contract.vocabulary import MessageKind, PostType

FIELD_TYPES = frozenset({"text", "long", "time", "choice"})
MOST_FIELDS = 30
_NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")


class Templates:
    """Everything the Sjablonen screen asks for and does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, *, old: bool = False) -> Future[list[Template]]:
        """Return templates in use and drafts of them; with ``old`` the retired ones too."""
        states = ("active", "draft", "retired") if old else ("active", "draft")
        return self._desk.look(partial(stored.all_of, states=states), "templates.rows")

    def active(self, purpose: str, kind: str = "", outcome: str = "") -> Future[list[Template]]:
        """Return the templates in use for a purpose, of one kind or outcome where given."""
        return self._desk.look(
            lambda conn: stored.active(conn, purpose, kind, outcome), "templates.active"
        )

    def versions(self, template: Template) -> Future[list[Template]]:
        """Return every version of a template, newest first; old ones are read only."""
        return self._desk.look(partial(stored.versions, like=template), "templates.versions")

    def check(self, layout: str, fields: Sequence[TemplateField]) -> list[LayoutProblem]:
        """Return what is wrong with a layout, by line, while it is typed."""
        return check_layout(layout, [field.name for field in fields])

    def save(self, template: Template) -> Future[str]:
        """Keep a template as a new version; returns its id.

        The version before it stays as it is, and every post keeps the version it was begun with.
        An active version takes the older one out of use.
        """

        def work(unit: Unit) -> str:
            unit.require("account_holder")
            _check(template)
            older = stored.versions(unit.conn, template)
            with unit.group():
                new_id = unit.create(
                    "template",
                    {
                        "purpose": template.purpose,
                        "kind": template.kind,
                        "outcome": template.outcome,
                        "name": template.name.strip(),
                        "version": max((one.version for one in older), default=0) + 1,
                        "owner": unit.person.name,
                        "valid_until": template.valid_until,
                        "state": template.state,
                        "class": template.message_class,
                        "urgent": template.urgent,
                        "fields": [_as_body(field) for field in template.fields],
                        "layout": template.layout.strip("\n"),
                    },
                )
                if template.state == "active":
                    for one in older:
                        if one.state == "active":
                            unit.update("template", one.id, state="retired")
                unit.log("template", new_id, "created", template.name.strip())
            return new_id

        return self._desk.act(work)

    def retire(self, template_id: str) -> Future[None]:
        """Take a template out of use; it stays to be read."""

        def work(unit: Unit) -> None:
            unit.require("account_holder")
            with unit.group():
                unit.update("template", template_id, state="retired")
                unit.log("template", template_id, "retired")

        return self._desk.act(work)


def _check(template: Template) -> None:
    names = [field.name for field in template.fields]
    bad = next((name for name in names if not _NAME.fullmatch(name)), None)
    problems = check_layout(template.layout, names)
    if not template.name.strip():
        raise Refused(Problem("name-missing", "Geef het sjabloon een naam."))
    if template.purpose not in set(PostType) or template.kind not in set(MessageKind):
        raise Refused(Problem("no-kind", "Kies wat voor bericht dit sjabloon maakt."))
    if template.state not in ("draft", "active"):
        raise Refused(Problem("no-state", "Kies of het sjabloon in gebruik gaat."))
    if len(names) > MOST_FIELDS:
        raise Refused(Problem("too-many", f"Een sjabloon heeft hooguit {MOST_FIELDS} velden."))
    if bad is not None or len(set(names)) < len(names):
        raise Refused(
            Problem(
                "bad-field",
                "De naam van een veld heeft alleen kleine letters en cijfers, en staat er één keer.",
            )
        )
    if any(field.type not in FIELD_TYPES or not field.label.strip() for field in template.fields):
        raise Refused(Problem("bad-field", "Elk veld heeft een vraag en een soort."))
    if problems:
        first = problems[0]
        raise Refused(Problem("bad-layout", f"Regel {first.line}: {first.sentence}"))


def _as_body(field: TemplateField) -> dict[str, object]:
    return {
        "name": field.name,
        "label": field.label,
        "hint": field.hint,
        "type": field.type,
        "required": field.required,
        "default": field.default,
        "options": [list(pair) for pair in field.options],
    }
