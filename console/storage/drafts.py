"""One post with everything that writing it asks: template, values, groups, alert, names (F22-F26)."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from console.domain.post import TWIN, Draft, Template, Twin
from console.domain.writing import OUTCOME, RESERVED, UNDECIDED, Writing
from console.storage import alerts, neighbours, posts, templates
from console.storage.decided import decided_of
from console.storage.feeds import alert_seen
from console.storage.history import names
from console.storage.projection import shown
from console.storage.typing import restore
from contract.vocabulary import PostType


def writing(conn: Connection, post_id: str, *, training: bool, team: str) -> Writing | None:
    """Return a post with all that composing and the guard ask; None where it is not there.

    ``team`` is the name of the team as the desk knows it; empty: look in the file.

    A post without a template, such as one recorded afterwards, is checked by its own text.
    """
    record = shown(conn, "post", post_id)
    if record is None:
        return None
    body = dict(record.body)
    alert = shown(conn, "alert", body.get("alert_id") or "")
    template = template_of(conn, body)
    if template and body.get("type") == PostType.FEEDBACK and OUTCOME not in values_of(body):
        template = replace(template, layout=UNDECIDED)
    return Writing(
        post_id,
        str(body.get("type") or ""),
        str(body.get("kind") or ""),
        template,
        values_of(body),
        team or posts.team_name(conn),
        posts.targets(conn, post_id),
        training,
        alert_id=str(body.get("alert_id") or ""),
        alert_state=str(alert.body.get("state") or "unknown") if alert else "",
        alert_state_at=alert_seen(conn, alert.body) if alert else "",
        consent=str(body.get("consent") or ""),
        consent_ground=str(body.get("consent_ground") or ""),
        unseen_reason=str(body.get("unseen_reason") or ""),
        decisions=tuple(one for one in body.get("decisions") or () if isinstance(one, dict)),
        names=posts.guard_names(conn),
        allowed_terms=posts.allowed_terms(conn),
        text="" if template else str(body.get("body") or ""),
        urgent=bool(body["urgent"]) if "urgent" in body else None,
    )


def draft(conn: Connection, post_id: str, *, me: str) -> Draft | None:
    """Return a post as the writing screen shows it; what this person still types goes over it."""
    record = shown(conn, "post", post_id)
    if record is None:
        return None
    body = dict(record.body)
    template = template_of(conn, body)
    values = values_of(body)
    people = names(conn, [body.get("author")])
    alert = shown(conn, "alert", body.get("alert_id") or "")
    source, source_name, over = neighbours.source_of(conn, body)
    theirs = neighbours.shared_message(conn, str(body.get("forwards") or ""))
    original = str(alert.body.get("text") or "") if alert else theirs.text if theirs else ""
    return Draft(
        post_id,
        str(body.get("type") or ""),
        str(body.get("kind") or ""),
        str(body.get("title") or ""),
        template,
        templates.newer_version(conn, template) if template else 0,
        plain_values({**values, **restore(conn, post_id, me)}),
        bool(body.get("urgent")),
        bool(body.get("training")),
        str(body.get("area_id") or ""),
        posts.area_name(conn, str(body.get("area_id") or "")),
        str(body.get("alert_id") or ""),
        str(body.get("report_id") or ""),
        str(body.get("answers") or ""),
        str(body.get("corrects") or ""),
        str(body.get("status") or "draft"),
        str(body.get("author") or ""),
        people.get(str(body.get("author") or ""), ""),
        str(body.get("author_until") or ""),
        body.get("author") in (me, None, ""),
        str(body.get("consent") or ""),
        str(body.get("consent_ground") or ""),
        decided_of(conn, body),
        tuple(one for one in body.get("decisions") or () if isinstance(one, dict)),
        str(body.get("unseen_reason") or ""),
        original=original,
        original_facts=(("Van", theirs.team), ("Gebied", theirs.area)) if theirs else (),
        alert_state=str(alert.body.get("state") or "unknown") if alert else "",
        alert_state_at=alert_seen(conn, alert.body) if alert else "",
        outcome=values.get(OUTCOME, ""),
        twin=open_twin(conn, post_id, body, me),
        source_id=source,
        source_name=source_name,
        source_ended=over,
    )


def open_twin(conn: Connection, post_id: str, body: dict[str, Any], me: str) -> Twin | None:
    """Return the message that a post would double, unless somebody said that both are meant."""
    if body.get("type") == PostType.FORWARD:
        found = neighbours.twin(conn, post_id, body, me)
    elif body.get("type") == PostType.BROADCAST:
        found = alerts.twin(conn, post_id, str(body.get("alert_id") or ""), me)
    else:
        return None
    decided = {one.get("text_sha") for one in body.get("decisions") or () if _of_twins(one)}
    return None if found is None or found.id in decided else found


def _of_twins(decision: object) -> bool:
    return isinstance(decision, dict) and decision.get("rule") == TWIN


def template_of(conn: Connection, body: dict[str, Any]) -> Template | None:
    """Return the template a post was begun with; its version never changes under the hand."""
    template_id = body.get("template_id")
    return templates.one(conn, str(template_id)) if template_id else None


def values_of(body: dict[str, Any]) -> dict[str, str]:
    """Return the values of a post per field, reserved ones included."""
    fields = body.get("fields") or {}
    return {str(name): str(value) for name, value in fields.items() if isinstance(value, str)}


def plain_values(values: dict[str, str]) -> dict[str, str]:
    """Return the values that are fields of a template."""
    return {name: value for name, value in values.items() if name not in RESERVED}
