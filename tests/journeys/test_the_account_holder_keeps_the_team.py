"""security.md §3: accounts, the app with codes, desks and keys of forms, through the window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.views.dialogs.sure import SureDialog
from console.views.gates.first_run import FirstRunPage
from console.views.gates.join_team import JoinTeamPage
from contract import routes
from tests.helpers.central_process import CentralProcess
from tests.helpers.program import NAME, PASSPHRASE, Running, Start

PASSWORD = "paarse fietsen bij het water"
OTHER = "twaalf dikke boeken in de kast"
TEAM = "Basisteam Noorderland"
COLLEAGUE = "Joris van den Voorbeeld"

pytestmark = pytest.mark.journey


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralProcess]:
    with CentralProcess(tmp_path / "team.db") as made:
        yield made


@pytest.fixture
def run(start_program: Start, central: CentralProcess) -> Running:
    """Give the first desk of a new team; nobody has a second factor yet."""
    made = start_program()
    made.gate(FirstRunPage).team_way.click()
    gate = made.gate(JoinTeamPage)
    gate.fields.address.set_text(central.url)
    gate.fields.way.select("first")
    gate.fields.code.set_text(central.code)
    gate.fields.team.set_text(TEAM)
    gate.fields.person.set_text(NAME)
    gate.fields.name.set_text("sanne")
    gate.fields.password.set_text(PASSWORD)
    gate.passphrase.set_text(PASSPHRASE)
    gate.primary.click()
    made.until_open()
    return made


def test_without_a_second_factor_nothing_is_managed_and_the_way_to_it_is_shown(
    run: Running,
) -> None:
    screen = _settings(run, "people")
    run.until(screen.people.account.needs.isVisible, "what is needed")
    assert "app met codes" in screen.people.new.reason()
    assert not screen.people.account.name.isVisible()
    screen.people.account.needs.button.click()
    assert screen.page() == "own"
    assert screen.own.factor.isAncestorOf(QApplication.focusWidget())
    screen.show_page("central")
    assert screen.central.needs.isVisible()
    assert not screen.central.desks.isVisible()


def test_the_app_with_codes_is_set_up_by_keys_and_opens_what_needs_it(run: Running) -> None:
    screen = _settings(run, "own")
    factor = screen.own.factor
    factor.take_focus()
    run.ctrl(Qt.Key.Key_Return)
    run.until(factor.digits.isVisible, "the key for the app")
    assert re.fullmatch(r"([A-Z2-7]{4} )+[A-Z2-7]{1,4}", factor.secret.text())
    run.type("000")
    run.ctrl(Qt.Key.Key_Return)
    assert "zes cijfers" in factor.digits.editor.accessibleName()
    secret = factor.secret.text()
    factor.digits.set_text(pyotp.TOTP(secret.replace(" ", "")).now())
    run.ctrl(Qt.Key.Key_Return)
    run.until(lambda: "staat aan" in factor.said(), "the second factor")
    assert factor.secret.text() == "", "the key does not stay on the screen"
    screen.show_page("people")
    run.until(screen.people.new.isEnabled, "adding somebody")


def test_a_colleague_gets_an_account_on_a_code_that_is_shown_once(
    run: Running, central: CentralProcess
) -> None:
    _with_factor(run)
    screen = _settings(run, "people")
    page = screen.people
    run.until(page.new.isEnabled, "adding somebody")
    page.begin_new()
    assert not page.passphrase.isVisible(), "they choose one on their own desk"
    page.name.set_text(COLLEAGUE)
    page.primary.click()
    run.until(lambda: "staat in het team" in page.said(), "the person")
    run.exchanged()
    part = page.account
    run.until(part.name.isVisible, "the account to give")
    assert part.name.text() == "joris.voorbeeld"
    part.name.setFocus()
    run.ctrl(Qt.Key.Key_Return)
    run.until(part.once.isVisible, "the code")
    code = part.once.code.text()
    assert "Geldig tot" in part.once.accessibleName()
    part.once.copy.click()
    run.until(lambda: QApplication.clipboard().text() == code, "the copy")
    part.once.done.click()
    assert part.once.code.text() == ""
    assert "nog geen wachtwoord" in part.state.text()
    body = {"code": code, "password": OTHER}
    assert httpx.post(central.url + routes.ACTIVATE, json=body).status_code == 204
    assert _enter(central, "joris.voorbeeld", OTHER).status_code == 201

    part._give.click()
    _yes(run)
    run.until(part.once.isVisible, "another code")
    assert part.once.code.text() != code
    assert _enter(central, "joris.voorbeeld", OTHER).status_code == 401, "started anew"


def test_a_desk_is_ended_after_a_question_and_let_in_again(
    run: Running, central: CentralProcess
) -> None:
    _with_factor(run)
    colleague = _colleague(run, central)
    assert _enter(central, colleague, OTHER, "Balie 2").status_code == 201
    part = _settings(run, "central").central.desks
    run.until(lambda: len(part._desks) == 2, "both desks")
    here = run.kit.station.team_central.access.signed_in().device
    part.list.set_current(here)
    assert "waar u nu werkt" in part._revoke.reason()
    part.list.set_current("desk-2")
    part._revoke.click()
    run.until(lambda: isinstance(run.popup(), SureDialog), "the question")
    run.key(Qt.Key.Key_Escape)
    run.until(lambda: run.popup() is None, "the answer")
    assert _enter(central, colleague, OTHER, "Balie 2").status_code == 201, "not without a yes"
    part._revoke.click()
    _yes(run)
    run.until(lambda: "ingetrokken" in part.said(), "the end of the desk")
    assert _enter(central, colleague, OTHER, "Balie 2").status_code == 403
    part._restore.click()
    run.until(lambda: "weer aanmelden" in part.said(), "the way in")
    assert _enter(central, colleague, OTHER, "Balie 2").status_code == 201


def test_a_form_gets_a_key_once_and_loses_it(run: Running, central: CentralProcess) -> None:
    _with_factor(run)
    part = _settings(run, "central").central.form_keys
    run.until(part.isVisible, "the keys")
    part.name.set_text("Formulier Noordwijk")
    part.name.setFocus()
    run.ctrl(Qt.Key.Key_Return)
    run.until(part.once.isVisible, "the key")
    key = part.once.code.text()
    assert _send(run, central, key) == 201
    run.until(part._end.isVisible, "the key in the list")
    part._end.click()
    _yes(run)
    run.until(lambda: "ingetrokken" in part.said(), "the end of the key")
    assert _send(run, central, key) == 401
    run.program.shell.open("reports")
    assert part.once.code.text() == "", "nothing that is shown once stays behind"


def test_a_password_is_changed_and_a_wrong_one_is_said_in_words(
    run: Running, central: CentralProcess
) -> None:
    part = _settings(run, "own").own.password
    for field, words in ((part.old, "niet dit wachtwoord"), (part.new, OTHER), (part.again, OTHER)):
        field.set_text(words)
    part.again.setFocus()
    run.ctrl(Qt.Key.Key_Return)
    run.until(lambda: "klopt niet" in part.said(), "a refusal in words")
    part.old.set_text(PASSWORD)
    run.ctrl(Qt.Key.Key_Return)
    run.until(lambda: "geldt nu" in part.said(), "the new password")
    assert part.new.text() == ""
    assert _enter(central, "sanne", PASSWORD).status_code == 401
    assert _enter(central, "sanne", OTHER).status_code == 201


def test_a_desk_that_works_alone_shows_nothing_of_a_team(start_program: Start) -> None:
    run = start_program()
    run.begin()
    screen = _settings(run, "people")
    run.until(screen.people.list.current_id, "who works here")
    assert not screen.people.account.isVisible()
    screen.people.begin_new()
    assert screen.people.passphrase.isVisible()
    screen.show_page("own")
    assert not screen.own.factor.isVisible()
    assert not screen.own.password.isVisible()
    screen.show_page("central")
    for part in (screen.central.needs, screen.central.desks, screen.central.form_keys):
        assert not part.isVisible()


def _settings(run: Running, page: str) -> Any:
    run.program.shell.open("settings", page=page)
    return run.until_open("settings")


def _with_factor(run: Running) -> None:
    factor = _settings(run, "own").own.factor
    factor._begin.click()
    run.until(factor.digits.isVisible, "the key for the app")
    factor.digits.set_text(pyotp.TOTP(factor.secret.text().replace(" ", "")).now())
    factor._begin.click()
    run.until(lambda: "staat aan" in factor.said(), "the second factor")


def _colleague(run: Running, central: CentralProcess) -> str:
    person = run.settled(run.services.people.add(COLLEAGUE, ("operator",), None))
    run.exchanged()
    access = run.kit.station.team_central.access
    given = run.loop.run(access.give(person, "joris"))
    body = {"code": given.code, "password": OTHER}
    assert httpx.post(central.url + routes.ACTIVATE, json=body).status_code == 204
    return "joris"


def _enter(
    central: CentralProcess, account: str, password: str, name: str = "Balie 2"
) -> httpx.Response:
    body = {
        "grant": "password",
        "account": account,
        "password": password,
        "device": {"id": "desk-2", "name": name},
    }
    return httpx.post(central.url + routes.SESSIONS, json=body)


def _send(run: Running, central: CentralProcess, key: str) -> int:
    opened = run.program.opened
    assert opened is not None
    team = opened.engine.gateway.session.team.id
    body = {"reference": "2026-1", "text": "Bus rijdt stapvoets", "place": "Dorpsstraat"}
    answer = httpx.post(
        central.url + routes.intake(team), json=body, headers={routes.INTAKE_HEADER: key}
    )
    return answer.status_code


def _yes(run: Running) -> None:
    run.until(lambda: isinstance(run.popup(), SureDialog), "the question")
    run.ctrl(Qt.Key.Key_Return)
    run.until(lambda: run.popup() is None, "the answer")
