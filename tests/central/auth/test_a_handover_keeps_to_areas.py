"""What an officer receives at a handover (security.md §3)."""

from __future__ import annotations

from tests.helpers.area_town import Town
from tests.helpers.central_line import CentralLine, command, new_id, op


def test_a_handover_gives_an_officer_nothing_outside_their_own_area(line: CentralLine) -> None:
    town = Town(line)
    giver = line.person
    mine, theirs = town.records["report", "own"], town.records["report", "other"]
    for report_id in (mine, theirs):
        assert line.push(command("report", report_id, "claim"))[0]["status"] == "applied"
    officer = new_id()
    body = {"name": "Joris", "roles": ["officer"], "area_id": town.areas["own"]}
    line.push(op("create", "person", officer, set=body))
    line.sign_in(officer)
    values = {"from_person": giver, "made_at": "2026-03-14T13:00:00.000Z"}
    sheet = op("create", "handover", new_id(), set=values)
    accept = command("handover", sheet["id"], "accept", talked=True)
    found = line.push(sheet, accept)
    assert [one["status"] for one in found] == ["applied", "applied"]
    held = {key: one["body"].get("holder") for key, one in line.records("report").items()}
    assert (held[mine], held[theirs]) == (officer, giver)
    kept = line.records("handover")[sheet["id"]]["body"]["kept"]
    assert {"kind": "report", "id": theirs, "holder": giver} in kept
    assert mine not in {one["id"] for one in kept}
