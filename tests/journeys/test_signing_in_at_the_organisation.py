"""security.md §3: a new desk comes in through the organisation's provider, in the browser (F41)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt

from console.paths import DESK, profile
from console.views.dialogs.browser import BrowserDialog
from console.views.gates.first_run import FirstRunPage
from console.views.gates.join_team import JoinTeamPage
from console.views.gates.sign_in import SignInPage
from console.views.widgets.text import Text
from tests.helpers.program import PASSPHRASE, Running, Start
from tests.helpers.provider import HOST, SmallProvider, small_provider
from tests.line.served import Served, lay

pytestmark = pytest.mark.journey


class Browser:
    """The browser of the system: it notes where it is sent, and goes there when it is told to."""

    def __init__(self, provider: SmallProvider) -> None:
        self.addresses: list[str] = []
        self._provider = provider

    def open(self, address: str) -> bool:
        """Take an address, as the system does, and return at once."""
        self.addresses.append(address)
        return True

    def finish(self) -> httpx.Response:
        """Sign in at the provider and come back to the desk."""
        back = self._provider.browse(self.addresses[-1])
        return httpx.get(back, trust_env=False)


@pytest.fixture
def provider() -> Iterator[SmallProvider]:
    with small_provider(lambda: datetime.now(UTC)) as made:
        made.person = {"sub": "7", "preferred_username": "ruben"}
        yield made


@pytest.fixture
def central(tmp_path: Path, provider: SmallProvider) -> Iterator[Served]:
    place = tmp_path / "team.db"
    lay(place, "ruben")
    with Served(place, provider=provider.settings()) as made:
        made.office.client = provider.client
        yield made


def test_a_desk_comes_in_through_the_browser_and_there_is_always_a_way_back(
    start_program: Start,
    central: Served,
    provider: SmallProvider,
) -> None:
    run = start_program()
    browser = Browser(provider)
    run.program.organisation.open_address = browser.open
    run.gate(FirstRunPage).team_way.click()
    page = run.gate(JoinTeamPage)
    assert not page.fields.organisation.isVisible()
    page.fields.address.setFocus()
    run.type(f"http://127.0.0.1:{central.port}")
    run.key(Qt.Key.Key_Tab)
    run.until(page.fields.organisation.isVisible, "the way through the organisation")
    page.passphrase.set_text(PASSPHRASE)

    page.fields.organisation.click()
    dialog = _browser(run, browser, 1)
    assert HOST in " ".join(text.text() for text in dialog.findChildren(Text))
    run.ctrl(Qt.Key.Key_Return)  # opens it once more
    assert len(browser.addresses) == 2
    run.key(Qt.Key.Key_Escape)
    run.until(lambda: "gestopt" in page.said(), "that it was stopped")
    assert run.window.gate is page
    assert not profile(DESK).keys.exists(), "nothing stays behind of who did not come in"
    with pytest.raises(httpx.HTTPError):
        browser.finish()

    provider.person = {"sub": "8", "preferred_username": "vreemde"}
    page.fields.organisation.click()
    _browser(run, browser, 3)
    assert browser.finish().status_code == 200
    run.until(lambda: "geen account" in page.said(), "that they have no account")
    assert not page.busy

    provider.person = {"sub": "7", "preferred_username": "ruben"}
    page.fields.organisation.click()
    _browser(run, browser, 4)
    assert "ga terug naar buurtdesk" in browser.finish().text.lower()
    run.until_open()
    assert run.person.name == "Ruben"
    assert run.popup() is None
    addresses = {one.split("redirect_uri=")[1].split("&")[0] for one in browser.addresses}
    assert len(addresses) == 3, "the path and the port are of one attempt only"
    run.close()

    # The passphrase of this computer stays what it was: no provider is asked for it.
    again = start_program()
    provider.away = True
    gate = again.gate(SignInPage)
    gate.passphrase.set_text(PASSPHRASE)
    gate.primary.click()
    again.until_open()
    assert again.person.name == "Ruben"


def _browser(run: Running, browser: Browser, times: int) -> BrowserDialog:
    run.until(lambda: isinstance(run.popup(), BrowserDialog), "the page that waits")
    run.until(lambda: len(browser.addresses) == times, "the browser")
    dialog = run.popup()
    assert isinstance(dialog, BrowserDialog)
    return dialog
