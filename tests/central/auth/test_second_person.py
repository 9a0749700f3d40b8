"""A text with a citizen's number goes out only when two people of the team let it pass.

That the second one looked is shown by their own key, which they registered in their own session.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contract import routes
from contract.audited import NO_PROOF
from contract.looking import UNPROVEN, public_of
from contract.region import NETHERLANDS
from tests.helpers.accounts_line import AccountsLine
from tests.helpers.central_line import CentralLine, command, new_id, op
from tests.helpers.looking import decision_of, look, register, seed_of

NUMBER = "123456782"
TEXT = f"Nummer {NUMBER} is gevonden.\n\n{NETHERLANDS.closing_general}"
SEED = seed_of("the second one")


class Released:
    """A post that is released with one decision; what of it differs is the test's."""

    def __init__(self, line: CentralLine, first: str, second: str) -> None:
        self.line = line
        self.post, self.placement = new_id(), new_id()
        self.look = look(line.team, self.post, TEXT, NUMBER, first, second)
        self.decision = decision_of(self.look, SEED)

    def ops(self, text: str = TEXT) -> list[dict[str, Any]]:
        """Return the ops that write and release it."""
        body = {
            "type": "broadcast",
            "kind": "general",
            "title": "Gevonden",
            "body": text,
            "decisions": [self.decision],
        }
        placed = {"post_id": self.post, "group_id": new_id(), "text": f"*POLITIE Duin*\n{text}"}
        return [
            op("create", "post", self.post, set=body),
            op("create", "placement", self.placement, set=placed),
            command("post", self.post, "release"),
        ]

    def answer(self, text: str = TEXT) -> str:
        """Push it; return code or status of the release."""
        said = self.line.push(*self.ops(text))[2]
        assert said["status"] == ("denied" if said.get("code") == UNPROVEN else said["status"])
        return str(said.get("code") or said["status"])


def second(line: CentralLine, role: str = "officer", device: str = "desk-1") -> str:
    """Add a colleague who registers their key in their own session; the first one goes on."""
    person, mine, token = line.add_person(role), line.person, line.token
    line.sign_in(person, device)
    assert register(line, SEED, device).status_code == 204
    line.person, line.token = mine, token
    return person


def acts(line: CentralLine, about: str, kind: str = "post") -> list[str]:
    """Return what the audit rows say of a record."""
    asked = {"record": about, "kind": kind}
    found = line.call("POST", routes.team(line.team, "audit-entries", "_search"), asked)
    assert found.status_code == 200, found.text
    return [one["act"] for one in found.json()["items"]]


def test_two_people_who_work_here_may_let_a_number_pass(line: CentralLine) -> None:
    made = Released(line, line.person, second(line))
    assert made.answer() == "applied"
    assert NO_PROOF not in acts(line, made.post)


def test_a_desk_cannot_invent_the_second_person(line: CentralLine) -> None:
    reader = second(line, "reader")
    left = second(line, "operator")
    line.push(op("update", "person", left, set={"active": False}, was={"active": True}))
    for other in ("", line.person, new_id(), reader, left):
        assert Released(line, line.person, other).answer() == "guard"


def test_nobody_decides_for_another(line: CentralLine) -> None:
    register(line, SEED)
    made = Released(line, line.add_person("operator"), line.person)
    assert made.answer() == "guard", "who looked cannot name somebody who asked"
    body = line.records("post")[made.post]["body"]
    assert body["decisions"][0]["person"] == line.person


def test_without_proof_of_this_very_look_it_is_denied(line: CentralLine) -> None:
    other = line.add_person("operator")
    person = second(line)

    def told(**changes: Any) -> str:
        made = Released(line, line.person, person)
        if "look" in changes:
            made.look = replace(made.look, **changes["look"])
            made.decision["proof"] = decision_of(made.look, SEED)["proof"]
        made.decision |= changes.get("decision", {})
        return made.answer(changes.get("text", TEXT))

    assert told() == "applied"
    assert told(decision={"proof": None}) == UNPROVEN
    assert told(decision={"proof": {"signature": "x", "text": "x", "key": "x"}}) == UNPROVEN
    assert told(look={"team": "another"}) == UNPROVEN
    assert told(look={"post": new_id()}) == UNPROVEN
    assert told(look={"text": "0" * 64}) == UNPROVEN
    assert told(look={"rule": "iban"}) == UNPROVEN
    assert told(look={"found": "0" * 64}) == UNPROVEN
    assert told(look={"asked": other}) == UNPROVEN
    assert told(look={"looked": other}) == UNPROVEN
    assert told(decision={"second": other}) == UNPROVEN
    assert told(decision={"reason": "Iets anders"}) == UNPROVEN
    assert told(decision={"at": "2026-03-14T14:00:00Z"}) == UNPROVEN
    assert told(text=TEXT.replace("gevonden", "gezocht")) == UNPROVEN
    forged = Released(line, line.person, person)
    forged.decision = decision_of(forged.look, seed_of("the desk itself"))
    assert forged.answer() == UNPROVEN


def test_a_proof_is_good_at_its_own_post_only(line: CentralLine) -> None:
    first = Released(line, line.person, second(line))
    assert first.answer() == "applied"
    again = Released(line, first.look.asked, first.look.looked)
    again.decision = first.decision
    assert again.answer() == UNPROVEN


def test_what_stands_in_a_group_is_taken_in_and_the_row_says_that_proof_is_missing(
    line: CentralLine,
) -> None:
    made = Released(line, line.person, line.add_person("operator"))
    answers = line.push(*made.ops(), command("placement", made.placement, "copied"))
    assert [one["status"] for one in answers] == ["applied"] * 4
    assert line.records("post")[made.post]["body"]["guard_differs"] is True
    assert acts(line, made.post)[:2] == [NO_PROOF, "release"]


def test_a_key_is_of_the_one_who_registers_it_at_their_own_desk(line: CentralLine) -> None:
    assert register(line, SEED, "desk-2").status_code == 404
    for seed in (SEED, SEED, seed_of("a new passphrase")):
        assert register(line, seed).status_code == 204
    assert acts(line, line.person, "looking_key") == ["looking_key_set"] * 2
    found = line.call("GET", routes.team(line.team, "looking-keys")).json()["keys"]
    good = {one["public"]: one["ended_at"] == "" for one in found}
    assert good == {
        public_of(SEED).hex(): False,
        public_of(seed_of("a new passphrase")).hex(): True,
    }
    told = line.call("PUT", routes.looking_key(line.team, "desk-1"), {"public": "zz"})
    assert told.status_code == 400


@pytest.mark.parametrize("ends", ["desk", "account", "removed"])
def test_a_revoked_desk_or_an_account_begun_anew_ends_the_key(place: Path | str, ends: str) -> None:
    with AccountsLine(place) as line:
        line.begin()
        keeper, token = line.person, line.token
        person = line.add_account("joris", "operator")
        line.enter("joris", device="desk-2")
        assert register(line, SEED, "desk-2").status_code == 204
        line.person, line.token = keeper, token
        assert Released(line, keeper, person).answer() == "applied"
        if ends == "desk":
            line.call("DELETE", routes.team(line.team, "devices", "desk-2"))
            line.call("PUT", routes.team(line.team, "devices", "desk-2"))
        elif ends == "account":
            assert line.give(person, "joris").status_code == 201
        else:
            line.call("DELETE", f"{routes.accounts(line.team)}/{person}")
        assert Released(line, keeper, person).answer() == UNPROVEN
        if ends == "desk":
            line.enter("joris", device="desk-2")
            register(line, SEED, "desk-2")
            line.person, line.token = keeper, token
            assert Released(line, keeper, person).answer() == "applied"
