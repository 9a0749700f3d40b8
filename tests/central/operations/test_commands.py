"""Words of the command line on real records: steps, copies, codes, checks."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, column, delete, table, update

from central import migrations
from central.__main__ import main
from central.database import Database
from central.models.sync import team_head
from central.operations.keys import KEY_VARIABLE
from central.operations.store import Store
from central.operations.taken import taken
from contract import routes
from tests.helpers.accounts_line import KEEPER, AccountsLine
from tests.helpers.central_line import KEY, CentralLine, report


@pytest.fixture(autouse=True)
def key_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the key where the command line looks for it."""
    monkeypatch.setenv(KEY_VARIABLE, KEY.hex())


def at(place: Path | str) -> list[str]:
    """Return the words that name these records."""
    return ["--file" if isinstance(place, Path) else "--database", str(place)]


def revision(place: Path | str) -> str | None:
    """Return the step the records stand at."""
    with closing(Database(place, KEY if isinstance(place, Path) else b"")) as database:
        return database.revision()


def _do(conn: Connection, statement: Any) -> None:
    conn.execute(statement)


def test_status_tells_steps_and_sizes_and_no_name_of_a_person(
    line: CentralLine, place: Path | str, capsys: pytest.CaptureFixture[str]
) -> None:
    line.push(report())
    assert main(["status", *at(place)]) == 0
    said = capsys.readouterr().out
    assert f"Stap: {migrations.HEAD}" in said
    assert "Kennemer Kust: " in said
    assert "buurtdesk_teams: 1" in said
    assert "Sanne" not in said


def test_backup_and_restore_by_words(
    line: CentralLine, place: Path | str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line.push(report())
    before = line.records()
    copy = str(tmp_path / "copy")
    assert main(["backup", copy, *at(place)]) == 0
    assert "1 teams" in capsys.readouterr().out
    assert main(["backup", copy, *at(place)]) == 2
    line.push(report())
    line.close()
    assert main(["restore", copy, *at(place)]) == 2
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", copy, "--replace", *at(place)]) == 0
    assert "meldt zich opnieuw aan" in capsys.readouterr().out
    with CentralLine(place) as restored:
        restored.watch, restored.team = line.watch, line.team
        restored.sign_in(line.person)
        assert restored.records() == before


def test_what_a_copy_undoes_with_accounts_and_desks_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, copy = tmp_path / "central.db", str(tmp_path / "copy")
    with AccountsLine(place) as line:
        line.begin()
        line.add_account("joris", "operator")
        line.enter("joris", device="desk-2")
        line.enter(KEEPER, code=line.digits())
        assert main(["backup", copy, *at(place)]) == 0
        assert line.call("DELETE", routes.devices(line.team, "desk-2")).status_code == 204
        gone = line.add_account("wim", "operator")
        assert line.call("DELETE", routes.accounts(line.team, gone)).status_code == 204
    capsys.readouterr()
    assert main(["restore", copy, "--replace", *at(place)]) == 0
    told = capsys.readouterr().out
    for words in ("desk ingetrokken: 1", "account gewist: 1", "account gegeven: 1"):
        assert words in told
    assert "wachtwoord veranderd" not in told
    # Put back once more, nothing of that kind is undone.
    assert main(["restore", copy, "--replace", *at(place)]) == 0
    assert "geldt weer niet" not in capsys.readouterr().out


def test_a_copy_is_not_put_back_under_a_central_that_answers(
    line: CentralLine, place: Path | str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "copy"), *at(place)]) == 0
    before = line.records()
    store = Store(place, "") if isinstance(place, Path) else Store(None, place)
    with taken(store):
        assert main(["restore", str(tmp_path / "copy"), "--replace", *at(place)]) == 2
        assert "Er draait een centrale" in capsys.readouterr().err
        assert main(["migrate", "down", *at(place)]) == 2
        assert main(["backup", str(tmp_path / "second"), *at(place)]) == 0
    assert line.records() == before


def test_a_copy_for_an_empty_place_asks_for_the_key_of_the_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(KEY_VARIABLE)
    words = ["restore", str(tmp_path / "copy"), "--file", str(tmp_path / "new.db")]
    assert main(words) == 2
    assert KEY_VARIABLE in capsys.readouterr().err
    assert main(["backup", str(tmp_path / "copy"), "--database", "postgresql://x/y"]) == 2
    assert KEY_VARIABLE in capsys.readouterr().err
    assert list(tmp_path.glob("new*")) == []


def test_steps_go_down_and_up_and_no_further_than_they_are_known(
    line: CentralLine, place: Path | str, capsys: pytest.CaptureFixture[str]
) -> None:
    line.push(report())
    before = line.records()
    line.close()
    *_, earlier, head = migrations.KNOWN
    assert main(["migrate", "down", *at(place)]) == 0
    assert revision(place) == earlier
    assert main(["migrate", "down", head, *at(place)]) == 2
    assert main(["migrate", "down", "9999", *at(place)]) == 2
    assert main(["migrate", "up", earlier, *at(place)]) == 2
    assert revision(place) == earlier
    capsys.readouterr()
    assert main(["migrate", "up", *at(place)]) == 0
    assert f"staan nu op stap {head}" in capsys.readouterr().out
    assert main(["migrate", "down", migrations.KNOWN[0], *at(place)]) == 0
    assert main(["migrate", "down", *at(place)]) == 2
    assert main(["migrate", "up", *at(place)]) == 0
    with CentralLine(place) as again:
        again.watch, again.team = line.watch, line.team
        again.sign_in(line.person)
        assert again.records() == before


def test_verify_names_the_first_line_that_was_altered_or_taken_away(
    line: CentralLine, place: Path | str, capsys: pytest.CaptureFixture[str]
) -> None:
    line.push(report(), report())
    assert main(["verify", *at(place)]) == 0
    assert "de keten klopt" in capsys.readouterr().out
    # Somebody who cuts rows off at the end leaves a whole chain; the counter tells.
    database = line.office.database
    more = update(team_head).values(audit_n=team_head.c.audit_n + 1)
    database.write_now(partial(_do, statement=more))
    assert main(["verify", *at(place)]) == 2
    assert "ontbreken regels" in capsys.readouterr().out


def test_codes_are_made_until_somebody_has_an_account(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "central.db"
    with CentralLine(place):
        pass
    assert main(["new-code", *at(place)]) == 0
    first = capsys.readouterr().out.split()[-1]
    assert main(["add-team", "  Zuid   Kennemerland ", *at(place)]) == 0
    second = capsys.readouterr().out.split()[-1]
    assert first != second
    assert main(["add-team", "  ", *at(place)]) == 2
    assert main(["add-team", "x" * 121, *at(place)]) == 2
    assert "1 tot 120" in capsys.readouterr().err


def test_collecting_by_hand_says_what_was_done(
    line: CentralLine, place: Path | str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["collect", *at(place)]) == 0
    assert "Opgeruimd" in capsys.readouterr().out


def test_records_without_tables_are_no_reason_for_a_trace(
    bare_postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["migrate", "up", *at(bare_postgres_url)]) == 2
    assert main(["status", *at(bare_postgres_url)]) == 0
    assert "Stap: geen" in capsys.readouterr().out
    gone = bare_postgres_url.replace("/t", "/absent_t", 1)
    assert main(["verify", *at(gone)]) == 2
    assert main(["serve", *at(gone)]) == 2
    assert "geeft geen gehoor" in capsys.readouterr().err


def test_the_key_can_be_shown_for_safe_keeping(
    line: CentralLine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "some.db").touch()
    assert main(["key", "show", "--file", str(tmp_path / "some.db")]) == 0
    assert capsys.readouterr().out.strip() == KEY.hex()


def test_readiness_refuses_records_of_another_shape(line: CentralLine) -> None:
    assert line.call("GET", "/v1/readiness", token="").status_code == 200
    statement = delete(table("alembic_version", column("version_num")))
    line.office.database.write_now(partial(_do, statement=statement))
    answer = line.call("GET", "/v1/readiness", token="")
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/storage-unusable"
    assert line.call("GET", "/v1/health", token="").status_code == 200
