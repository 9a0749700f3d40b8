"""The log as the desk shows it and takes it along: with names, reasons and its own checkpoints."""

from __future__ import annotations

import json
from pathlib import Path

from central.__main__ import main
from console.domain.logbook import Entry
from console.services.directory import Directory
from console.services.logbook import LogWords
from console.storage import witness
from console.sync.logbook import export
from contract.audit import AuditPage, AuditSearch, search_path
from tests.console.sync.test_audit_witness import refreshed, signed
from tests.helpers.central_line import CentralLine, new_id, op, report
from tests.helpers.joined import Joined


def test_who_saw_the_number_of_an_administrator_stands_in_the_log_with_the_reason(
    central: CentralLine, joined: Joined
) -> None:
    group, who = new_id(), new_id()
    central.push(
        op("create", "group", group, set={"name": "Kerkplein", "kind": "neighbourhood"}),
        op("create", "administrator", who, set={"name": "Beheerder Een", "phone": "06-12345678"}),
        op(
            "create",
            "group_administrator",
            new_id(),
            set={"group_id": group, "administrator_id": who, "role": "administrator"},
        ),
    )
    joined.step()
    shown = Directory(joined.desk).show_numbers(group, "Terugbellen over de actie").result()
    assert list(shown.phones.values()) == ["06-12345678"]
    joined.step()
    body = AuditSearch(kind="administrator", record=who).model_dump(mode="json")
    page = joined.run(joined.gateway.ask(AuditPage, "POST", search_path(central.team), body))
    entries = [
        Entry(one.n, one.at, one.person, one.device, one.act, one.kind, one.record)
        for one in page.items
    ]
    rows = LogWords(joined.desk).rows(entries).result()
    assert [(one.what, one.why, one.group) for one in rows] == [
        ("Kaart getoond", "Terugbellen over de actie", "seen"),
        ("Nieuw opgeslagen", "", "changed"),
    ]
    assert rows[0].about == "de beheerder Beheerder Een"
    assert rows[0].who == "Sanne de Wit"
    assert "06-12345678" not in str(rows)


def test_the_export_of_a_desk_is_checked_against_what_that_desk_saw(
    central: CentralLine, joined: Joined, tmp_path: Path
) -> None:
    central.push(report(), report())
    signed(central)
    seen = [one.note for one in refreshed(joined).seen]
    assert seen
    path = tmp_path / "logboek.ndjson"
    joined.run(export(joined.gateway, central.team, path, seen))
    assert path.stat().st_mode & 0o077 == 0
    assert main(["verify", str(path)]) == 0
    lines = path.read_bytes().splitlines()
    assert json.loads(lines[1])["seen"] == seen[0]
    assert joined.store.read(witness.witness).result().trouble == ""
