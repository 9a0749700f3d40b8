"""Steps that writing a post is made of; each runs inside one act (F22-F26). No class, no state."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from console.domain import decided
from console.domain.clock import LOCAL, local, moment
from console.domain.failures import Problem, Refused
from console.domain.post import Template
from console.domain.writing import MAX_VALUE, RESERVED, Writing, list_title
from console.services.desk import Desk, Unit
from console.storage import drafts, posts, templates, typing
from console.storage.history import names
from console.storage.projection import shown
from contract.rules.common import later
from contract.vocabulary import PostStatus, PostType

WORK_ROLES = ("operator", "officer", "account_holder")
"""Who may write and place; a reader never reaches a text that can be copied (F41)."""

POST_FIELDS = frozenset(
    {"consent", "consent_ground", "incident_ref", "asked_by", "unseen_reason", decided.TOLD}
)
"""Fields of the post itself that the writing screen shows among the fields."""

RENEW_MINUTES = 5
PURPOSES = {
    PostType.FORWARD: PostType.BROADCAST,
    PostType.RECORDED: PostType.BROADCAST,
}

GONE = Problem("gone", "Dit bericht staat er niet meer.", "Kijk in de lijst met berichten.")
NO_TEMPLATE = Problem(
    "no-template",
    "Er is geen sjabloon voor dit soort bericht.",
    "Vraag de accounthouder er een klaar te zetten.",
)


def body_of(unit: Unit, post_id: str) -> dict[str, Any]:
    """Return a post as it is shown, or refuse with "gone"."""
    record = shown(unit.conn, "post", post_id)
    if record is None:
        raise Refused(GONE)
    return dict(record.body)


def writing_of(unit: Unit, post_id: str, desk: Desk) -> Writing:
    """Return what composing and the guard need, or refuse with "gone"."""
    found = drafts.writing(unit.conn, post_id, training=desk.training, team=desk.team)
    if found is None:
        raise Refused(GONE)
    return found


def make(
    unit: Unit,
    post_type: str,
    template: Template,
    *,
    values: Mapping[str, str],
    group_ids: Sequence[str] = (),
    training: bool,
    title: str = "",
    **fields: Any,
) -> str:
    """Make a draft with its values and ticked groups; returns its id."""
    defaults = {field.name: field.default for field in template.fields if field.default}
    kept = {**defaults, **clean(template, values)}
    area = posts.area_name(unit.conn, str(fields.get("area_id") or ""))
    post_id = unit.create(
        "post",
        {
            "type": post_type,
            "kind": template.kind,
            "title": title or title_of(template, kept, area, str(fields.get("kind") or "")),
            "template_id": template.id,
            "template_version": template.version,
            "fields": kept,
            "training": training,
            **fields,
        },
    )
    tick(unit, post_id, group_ids)
    unit.log("post", post_id, "created", post_type)
    return post_id


def template_for(unit: Unit, post_type: str, kind: str, outcome: str = "") -> Template:
    """Return the active template for a kind, the shipped or oldest one first; or refuse."""
    found = templates.active(unit.conn, PURPOSES.get(PostType(post_type), post_type), kind, outcome)
    if not found:
        raise Refused(NO_TEMPLATE)
    return found[0]


def clean(template: Template, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values of known fields; refuses one that is too long, cuts nothing."""
    known = {field.name for field in template.fields} | RESERVED
    for name, value in values.items():
        if len(value) > MAX_VALUE or "\x00" in value:
            label = next((one.label for one in template.fields if one.name == name), name)
            raise Refused(
                Problem(
                    "too-long",
                    f"“{label}” is te lang: hooguit {MAX_VALUE} tekens. Uw tekst staat er nog.",
                    "Maak de tekst korter.",
                )
            )
    return {name: value for name, value in values.items() if name in known and value}


def title_of(template: Template, values: Mapping[str, str], area_name: str, kind: str = "") -> str:
    """Return the title a post has in lists; ``kind``: where it is not that of its template."""
    first = template.fields[0].name if template.fields else ""
    return list_title(
        kind or template.kind,
        values,
        first_field=first,
        template_name=template.name,
        area_name=area_name,
    )


def take_pen(unit: Unit, post_id: str, body: Mapping[str, Any], reason: str = "") -> None:
    """Make sure that this person holds the pen; refuses while somebody else is writing."""
    if body.get("status") not in (PostStatus.DRAFT, PostStatus.READY):
        raise Refused(
            Problem(
                "released",
                "Dit bericht is al uitgegeven. De tekst ligt vast.",
                "Maak een herstelbericht (X) als er iets niet klopt.",
            )
        )
    author, until = body.get("author"), str(body.get("author_until") or "")
    if author == unit.person.id and until > later(unit.now, minutes=RENEW_MINUTES):
        return
    if author not in (None, "", unit.person.id) and until > unit.now and not reason.strip():
        who = names(unit.conn, [str(author)]).get(str(author), "Een collega")
        raise Refused(
            Problem("held", f"{who} schrijft dit bericht nu.", "Neem het over met een reden.")
        )
    unit.command("post", post_id, "hold", reason=reason.strip())


def store_values(unit: Unit, post_id: str, new: Mapping[str, str]) -> None:
    """Keep values of fields, and the title that follows from them; what was typed is forgotten."""
    body = body_of(unit, post_id)
    template = drafts.template_of(unit.conn, body)
    if template is None:
        raise Refused(NO_TEMPLATE)
    post_fields = {name: value.strip() for name, value in new.items() if name in POST_FIELDS}
    _check_reference(post_fields)
    values = drafts.values_of(body)
    values.update({name: value for name, value in new.items() if name not in POST_FIELDS})
    kept = clean(template, values)
    area = posts.area_name(unit.conn, str(body.get("area_id") or ""))
    title = title_of(template, kept, area, str(body.get("kind") or ""))
    unit.update("post", post_id, fields=kept, title=title, **post_fields)
    _log_answers(unit, post_id, body, post_fields)
    for name in new:
        typing.forget(unit.conn, post_id, unit.person.id, name)


def _check_reference(values: Mapping[str, str]) -> None:
    """Refuse a reference that is too long; nothing is cut and nothing of it gets into a text."""
    for name, most in decided.LIMITS.items():
        value = values.get(name, "")
        if len(value) > most or any(ord(letter) < 32 for letter in value):
            raise Refused(
                Problem(
                    "too-long",
                    f"“{decided.LABELS[name]}” past niet: hooguit {most} tekens op één regel. "
                    "Wat u typte, staat er nog.",
                    "Maak het korter.",
                )
            )


def _log_answers(unit: Unit, post_id: str, body: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Write down each answer of who decided, as it is given (F38)."""
    for name, what in (("consent", "consent_recorded"), (decided.TOLD, "control_room_told")):
        if name in new and new[name] != (body.get(name) or ""):
            unit.log("post", post_id, what, decided.answer_words(name, new[name]))


def keep_what_is_typed(unit: Unit, post_id: str) -> None:
    """Turn typing that never left its field into values, so that a release misses nothing."""
    typed = typing.restore(unit.conn, post_id, unit.person.id)
    if typed:
        store_values(unit, post_id, typed)


COPY_MARK = " (kopie)"
_ALONG = (
    "area_id alert_id report_id answers corrects consent consent_ground control_room incident_ref "
    "asked_by forwards forwards_from"
).split()


def copy_of_mine(unit: Unit, post_id: str, unsaved: Mapping[str, str]) -> str:
    """Keep what this person typed into a draft that a colleague took, as a draft beside it.

    ``unsaved`` is what stands in the fields and is nowhere yet. Returns the id of the copy,
    empty where nothing was typed that the draft does not hold. The typing is forgotten.
    """
    body = body_of(unit, post_id)
    typed = {**typing.restore(unit.conn, post_id, unit.person.id), **unsaved}
    template = drafts.template_of(unit.conn, body)
    values = drafts.values_of(body)
    own = {name: text for name, text in typed.items() if name in POST_FIELDS}
    new = {name: text for name, text in typed.items() if name not in POST_FIELDS}
    typing.forget(unit.conn, post_id, unit.person.id)
    changed = any(values.get(name, "") != text for name, text in new.items())
    changed = changed or any(str(body.get(name) or "") != text for name, text in own.items())
    if template is None or not changed:
        return ""
    along = {name: body[name] for name in _ALONG if body.get(name)} | own
    along["title"] = f"{str(body.get('title') or '')[: 160 - len(COPY_MARK)]}{COPY_MARK}"
    groups = [one.group_id for one in posts.targets(unit.conn, post_id)]
    return make(
        unit,
        str(body.get("type") or PostType.BROADCAST),
        template,
        values={**values, **new},
        group_ids=groups,
        training=bool(body.get("training")),
        **along,
    )


def tick(unit: Unit, post_id: str, group_ids: Sequence[str], *, by_hand: bool = False) -> None:
    """Tick groups of a draft, each once, in order behind those already ticked."""
    standing = {one.group_id for one in posts.targets(unit.conn, post_id)}
    position = posts.next_position(unit.conn, post_id)
    for group_id in dict.fromkeys(group_ids):
        if group_id in standing:
            continue
        if shown(unit.conn, "group", group_id) is None:
            raise Refused(Problem("no-group", "Deze groep staat niet meer in de lijst."))
        unit.create(
            "placement",
            {
                "post_id": post_id,
                "group_id": group_id,
                "position": position,
                "chosen_by_hand": by_hand,
            },
        )
        position += 1


def untick(unit: Unit, post_id: str, group_ids: Sequence[str]) -> None:
    """Take ticked groups off a draft."""
    for one in posts.targets(unit.conn, post_id):
        if one.group_id in group_ids:
            unit.delete("placement", one.placement_id)


def group_name(unit: Unit, group_id: object) -> str:
    """Return the name of a group as it is now, for a line in the log."""
    record = shown(unit.conn, "group", str(group_id or ""))
    return str(record.body.get("name") or "")[:200] if record else ""


def frozen(writing: Writing, text: str) -> Writing:
    """Return a post with the text that was frozen for one group: it is checked as it stands."""
    return replace(writing, text=text)


def spoken_time(stamp: str, now: str) -> str:
    """Return a time as it is said in a text: "16:32", "gisteren 15:09" or "9 november 21:12"."""
    when, today = local(stamp), local(now)
    if when is None or today is None:
        return ""
    days = (today.date() - when.date()).days
    clock = when.strftime("%H:%M")
    if days == 0:
        return clock
    return f"gisteren {clock}" if days == 1 else f"{when.day} {_MONTHS[when.month - 1]} {clock}"


def now_of(unit: Unit) -> datetime:
    """Return the moment of this act, with its zone."""
    return moment(unit.now) or datetime.now(LOCAL)


_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
