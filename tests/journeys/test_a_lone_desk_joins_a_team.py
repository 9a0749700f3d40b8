"""A desk that worked alone joins a team through its own window; nothing is typed twice (§8a)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from PySide6.QtCore import Qt

from console.domain.report import NewReport
from console.views.dialogs.join import JoinDialog
from console.views.gates.first_run import FirstRunPage
from console.views.gates.join_team import JoinTeamPage
from console.views.gates.sign_in import SignInPage
from tests.helpers.central_process import CentralProcess
from tests.helpers.program import NAME, PASSPHRASE, Running, Start

PASSWORD = "paarse fietsen bij het water"
TEAM = "Basisteam Noorderland"

pytestmark = pytest.mark.journey


@pytest.fixture
def team_central(tmp_path: Path) -> Iterator[CentralProcess]:
    with CentralProcess(tmp_path / "team.db") as made:
        yield made


def test_from_alone_to_a_team_and_on(
    start_program: Start,
    team_central: CentralProcess,
) -> None:
    run = start_program()
    run.begin()
    _report(run, "Voor het aansluiten")
    page = _central_page(run)
    page.fields.address.set_text(team_central.url)
    page.fields.way.select("first")
    page.fields.code.set_text(team_central.code)
    page.fields.team.set_text(TEAM)
    page.fields.person.set_text(NAME)
    page.fields.name.set_text("sanne")
    page.fields.password.set_text(PASSWORD)
    page.primary.click()
    dialog = _dialog(run)
    run.until(dialog.digits.isVisible, "the question for six digits")
    dialog.digits.set_text(pyotp.TOTP(dialog.secret.text().replace(" ", "")).now())
    run.ctrl(Qt.Key.Key_Return)
    run.until(dialog.rows, "what is found")
    assert [row.pair.mine.body["name"] for row in dialog.rows()] == [NAME]
    assert page.fields.password.text() == "", "no password stays behind"
    run.ctrl(Qt.Key.Key_Return)
    run.until(lambda: "Ga over" in _labels(dialog), "everything brought along")
    run.ctrl(Qt.Key.Key_Return)
    run.until(lambda: run.program.settings.central_url == team_central.url, "the new central")
    run.until_open()
    assert run.program.opened is not None
    assert run.program.opened.team == TEAM
    assert [one.body["title"] for one in _at_central(run)] == ["Voor het aansluiten"]
    _report(run, "Na het aansluiten")
    run.exchanged()
    assert {one.body["title"] for one in _at_central(run)} == {
        "Voor het aansluiten",
        "Na het aansluiten",
    }
    run.close()

    again = start_program()
    gate = again.gate(SignInPage)
    gate.passphrase.set_text(PASSPHRASE)
    gate.primary.click()
    again.until_open()
    assert again.person.name == NAME
    assert again.program.settings.central_url == team_central.url


def test_a_new_desk_comes_in_and_signs_in_again_after_a_while(
    start_program: Start,
    team_central: CentralProcess,
) -> None:
    run = start_program()
    run.gate(FirstRunPage).team_way.click()
    gate = run.gate(JoinTeamPage)
    gate.fields.address.set_text(team_central.url)
    gate.fields.way.select("first")
    gate.fields.code.set_text(team_central.code)
    gate.fields.team.set_text(TEAM)
    gate.fields.person.set_text(NAME)
    gate.fields.name.set_text("sanne")
    gate.fields.password.set_text(PASSWORD)
    gate.passphrase.set_text(PASSPHRASE)
    gate.primary.click()
    run.until_open()
    opened = run.program.opened
    assert opened is not None
    run.settled(opened.thread.submit(opened.engine.sign_out()))
    _report(run, "Zonder aanmelding")
    page = _central_page(run)
    page.fields.name.set_text("sanne")
    page.fields.password.set_text("een heel ander wachtwoord")
    page.primary.click()
    run.until(lambda: "horen niet bij elkaar" in page.said(), "a refusal in words")
    page.fields.password.set_text(PASSWORD)
    page.primary.click()
    run.until(lambda: "U bent aangemeld" in page.said(), "the sign-in")
    run.exchanged()
    assert [one.body["title"] for one in _at_central(run)] == ["Zonder aanmelding"]


def _central_page(run: Running):  # type: ignore[no-untyped-def]
    run.program.shell.open("settings", page="central")
    screen = run.until_open("settings")
    return screen.central


def _dialog(run: Running) -> JoinDialog:
    run.until(lambda: isinstance(run.popup(), JoinDialog), "the popup of joining")
    dialog = run.popup()
    assert isinstance(dialog, JoinDialog)
    return dialog


def _labels(dialog: JoinDialog) -> str:
    assert dialog.primary is not None
    return dialog.primary.accessibleName()


def _report(run: Running, title: str) -> None:
    new = NewReport(
        category="person",
        title=title,
        text="Man kijkt in auto's",
        place="Molenweg",
        heard_at="2026-03-14T12:55:00.000Z",
    )
    run.settled(run.services.reports.add(new))


def _at_central(run: Running):  # type: ignore[no-untyped-def]
    opened = run.program.opened
    assert opened is not None
    gateway = opened.engine.gateway
    assert gateway.session is not None
    page = run.settled(opened.thread.submit(gateway.changes(gateway.session.team.id)))
    return [one for one in page.records if one.kind == "report"]
