"""No number of an administrator goes out to who may never see one, on any feed (security.md §6)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contract import routes
from contract.contact import FIELDS, HELD_BACK
from contract.kinds import KINDS
from contract.messages import hash64
from contract.vocabulary import Role
from tests.helpers.accounts_line import KEEPER, AccountsLine, problem
from tests.helpers.central_line import CentralLine, new_id, op, report

PHONE, MAIL, LINK = (
    "+31612345678",
    "een@voorbeeld.nl",
    "https://chat.whatsapp.com/Voorbeeld1234567890ab",
)
SECRETS = (PHONE, MAIL, LINK, "12345678")


def contact(person: str = "", group: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """Make an administrator and a group with everything that asks a reason."""
    one = {"name": "Beheerder Een", "phone": PHONE, "email": MAIL}
    two = {"name": "Duinrand", "kind": "whatsapp", "invite_link": LINK}
    return (
        op("create", "administrator", person or new_id(), set=one),
        op("create", "group", group or new_id(), set=two),
    )


def feeds(line: CentralLine, *op_ids: str) -> dict[str, str]:
    """Return every feed that gives bodies, as it comes over the line."""
    answers = {
        "snapshot": line.call("GET", routes.snapshot(line.team)),
        "changes": line.call("GET", routes.changes(line.team)),
        "held line": line.call("GET", f"{routes.changes(line.team)}?wait=1"),
    }
    for op_id in op_ids:
        answers[f"answer {op_id}"] = line.call("GET", f"{routes.ops(line.team)}/{op_id}")
    assert {one.status_code for one in answers.values()} == {200}
    return {name: one.text for name, one in answers.items()}


@pytest.mark.parametrize(
    ("roles", "sees"),
    [
        ((Role.READER,), False),
        ((Role.AUDITOR,), False),
        ((Role.READER, Role.AUDITOR), False),
        ((Role.READER, Role.OFFICER), True),
    ],
)
def test_no_feed_carries_what_this_person_may_never_see(
    place: Path | str, roles: tuple[Role, ...], sees: bool
) -> None:
    with AccountsLine(place) as line:
        line.begin()
        line.add_account("joris.bakker", *roles)
        made, group = contact()
        line.push(made, group, report())
        # Answers of the keeper's own ops, with the record beside them.
        late = op("update", "administrator", made["id"], set={"phone": PHONE}, was={"phone": ""})
        other = op(
            "update", "administrator", made["id"], set={"phone": "+31687654321"}, was={"phone": ""}
        )
        answered = line.push(late, other)
        assert [one["status"] for one in answered] == ["noop", "conflict"]
        whole = feeds(line, other["op_id"])
        assert all(PHONE in text for text in whole.values())
        kept = line.page()[1]["cursor"]
        digest = line.call("GET", routes.digest(line.team)).json()
        line.enter("joris.bakker")
        narrow = feeds(line, other["op_id"])
        for name, text in narrow.items():
            assert any(one in text for one in SECRETS) is sees, name
        if sees:
            return
        # The same records at the same versions: what proves that nothing was lost keeps working.
        rows = [json.loads(one) for one in narrow["snapshot"].splitlines()]
        end = rows.pop()
        versions = [(row["kind"], row["id"], row["ver"], row["seq"]) for row in rows]
        theirs = [json.loads(one) for one in whole["snapshot"].splitlines()][:-1]
        assert versions == [(row["kind"], row["id"], row["ver"], row["seq"]) for row in theirs]
        assert int(end["digest"], 16) == sum(hash64(r["id"], r["ver"]) for r in rows) % 2**64
        body = next(row["body"] for row in rows if row["id"] == made["id"])
        assert body == {"name": "Beheerder Een", HELD_BACK: ["email", "phone"]}
        said = line.call("GET", routes.digest(line.team)).json()
        assert said == digest
        assert end["cursor"] == said["narrow_cursor"] != said["cursor"]
        # A cursor of the whole feed goes on; one that something was left out on goes on here only.
        assert line.page(kept)[1]["cursor"] == kept
        witness = {routes.WITNESS_HEADER: end["cursor"]}
        asked = f"{routes.changes(line.team)}?after={end['cursor']}"
        assert line.call("GET", asked, headers=witness).status_code == 200
        # The very op, sent again: it is answered as it was, without the record.
        replayed = line.send(other).json()["results"][0]
        assert replayed["status"] == "conflict"
        assert "record" not in replayed
        line.enter(KEEPER, code=line.digits())
        assert problem(line.call("GET", asked, headers=witness)) == (410, "resync-required")


def test_a_role_that_changed_counts_for_the_very_next_page(place: Path | str) -> None:
    """Who is raised is sent back to the snapshot; who is lowered gets the page without."""
    with AccountsLine(place) as line:
        line.begin()
        person = line.add_account("joris.bakker", Role.READER)
        made, _ = contact()
        line.push(made)
        keeper, held = line.token, line.person
        line.enter("joris.bakker")
        theirs = line.token
        narrow = line.page()[1]["cursor"]
        line.token, line.person = keeper, held
        line.push(
            op("update", "person", person, set={"roles": ["operator"]}, was={"roles": ["reader"]})
        )
        line.token = theirs
        asked = f"{routes.changes(line.team)}?after={narrow}"
        assert problem(line.call("GET", asked)) == (410, "resync-required")
        whole = line.page()[1]["cursor"]
        line.token = keeper
        line.push(
            op("update", "person", person, set={"roles": ["reader"]}, was={"roles": ["operator"]}),
            op(
                "update",
                "administrator",
                made["id"],
                set={"note": "belt graag"},
                was={"note": None},
            ),
        )
        line.token = theirs
        rows, end = line.page(whole)
        (row,) = [one for one in rows if one["kind"] == "administrator"]
        assert row["body"] == {
            "name": "Beheerder Een",
            "note": "belt graag",
            HELD_BACK: ["email", "phone"],
        }
        assert end["cursor"] != whole


def test_the_fields_named_are_fields_of_their_kind() -> None:
    assert all(names <= KINDS[kind].fields.keys() for kind, names in FIELDS.items())
    assert not any(HELD_BACK in kind.fields for kind in KINDS.values())
