"""What the teams beside a team share with it, each look written down at both (F21)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from central.auth.service import Caller
from central.clock import stamp
from central.journal import repository as journal
from central.journal.chain import Entry, body_hash
from central.neighbours import repository, rules
from central.problems import Refusal
from contract.neighbours import HOURS, MOST, NeighbourMessage, NeighbourMessages
from contract.problems import ProblemCode
from contract.rights import may_pass_on

READ, GIVEN = "neighbours_read", "neighbours_given"
"""The acts in the audit of who asked and of who gave."""


def messages(conn: Connection, caller: Caller, moment: datetime) -> NeighbourMessages:
    """Return what teams beside the caller's share, the newest first; writes the look down.

    Raises ``forbidden`` for who may not pass anything on.
    """
    if not may_pass_on(caller.roles):
        raise Refusal(ProblemCode.FORBIDDEN)
    since = stamp(moment - timedelta(hours=HOURS))
    own_codes: frozenset[str] | None = None
    found: list[tuple[str, NeighbourMessage]] = []
    for team, name in repository.sharing_teams(conn, caller.team):
        posts = repository.posts_changed_since(conn, team, since)
        shared = {key: body for key, body in posts if rules.may_be_shared(body, since)}
        if not shared:
            continue
        if own_codes is None:
            own_codes = _codes(body for _, body in repository.bodies(conn, caller.team, "area"))
        places = _places(conn, team, {str(one["area_id"]) for one in shared.values()})
        outlines = (one for _, one in repository.bodies(conn, caller.team, "area_shape"))
        near = rules.adjoining(tuple(places.values()), own_codes, outlines)
        beside = {key: body for key, body in shared.items() if str(body["area_id"]) in near}
        alerts = repository.bodies_of(conn, team, "alert", _linked(beside, "alert_id"))
        corrected = {str(body.get("corrects") or "") for _, body in posts if _out(body)}
        for key, body in beside.items():
            alert = alerts.get(str(body.get("alert_id") or ""))
            message = NeighbourMessage(
                id=key,
                team=name,
                area=places[str(body["area_id"])].name,
                kind=str(body.get("kind") or ""),
                text=str(body["body"]),
                at=str(body["released_at"]),
                state=rules.state_of(body, alert, corrected=key in corrected),
            )
            found.append((team, message))
    found = sorted(found, key=lambda one: (one[1].at, one[1].id), reverse=True)[:MOST]
    _write_down(conn, caller, found, stamp(moment))
    return NeighbourMessages(messages=tuple(message for _, message in found))


def _places(conn: Connection, team: str, wanted: set[str]) -> dict[str, rules.Place]:
    """Return the areas that messages are about, with the codes of what lies beside them."""
    beside: dict[str, set[str]] = {one: {one} for one in wanted}
    for _, pair in repository.bodies(conn, team, "area_neighbour"):
        one, other = str(pair.get("area_id") or ""), str(pair.get("neighbour_id") or "")
        for here, there in ((one, other), (other, one)):
            if here in beside:
                beside[here].add(there)
    ids = set().union(*beside.values())
    areas = repository.bodies_of(conn, team, "area", ids)
    shapes = repository.bodies_of(conn, team, "area_shape", wanted)
    return {
        one: rules.Place(
            one,
            str(areas[one].get("name") or ""),
            _codes(areas[key] for key in beside[one] if key in areas),
            str(shapes.get(one, {}).get("shape") or ""),
            rules.box_of(shapes.get(one, {}).get("box")),
        )
        for one in wanted
        if one in areas
    }


def _codes(areas: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the codes of areas that still exist."""
    return frozenset(
        str(one["code"]) for one in areas if one.get("code") and not one.get("ended_year")
    )


def _linked(posts: Mapping[str, Mapping[str, Any]], name: str) -> set[str]:
    return {str(body[name]) for body in posts.values() if body.get(name)}


def _out(body: Mapping[str, Any]) -> bool:
    return bool(body.get("corrects")) and bool(body.get("released_at"))


def _write_down(
    conn: Connection, caller: Caller, found: list[tuple[str, NeighbourMessage]], at: str
) -> None:
    """Write one row at each team: which messages went, as a hash, and between whom.

    Teams in order, so that two that ask each other at once never wait crosswise.
    """
    given: dict[str, list[str]] = {}
    for team, message in found:
        given.setdefault(team, []).append(message.id)
    if not given:
        return
    seen = [message.id for _, message in found]
    rows = {caller.team: (READ, caller.person, caller.device, seen)}
    rows.update({team: (GIVEN, "", "", ids) for team, ids in given.items()})
    for team, (act, person, device, ids) in sorted(rows.items()):
        about = caller.team if act == GIVEN else ""
        entry = Entry("", act, "team", about, len(ids), "", body_hash({"messages": sorted(ids)}))
        journal.note(conn, team, at=at, person=person, device=device, entries=[entry])
