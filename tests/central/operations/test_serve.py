"""A central in a process of its own: its address, its end, and what survives kill -9."""

from __future__ import annotations

import json
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import trustme

from contract import routes
from tests.helpers.central_line import new_id, report
from tests.helpers.central_process import CentralProcess

PASSWORD = "vier woorden voor de proef"
PATIENCE_S = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Linux")


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Return an encrypted file that does not stand there yet."""
    return tmp_path / "central.db"


class Remote:
    """A desk of tests that signed in with an account over a real connection."""

    def __init__(self, url: str, team: str = "", token: str = "") -> None:
        self.http = httpx.Client(base_url=url, timeout=PATIENCE_S)
        self.team = team
        self.token = token

    def make_account(self, code: str) -> None:
        """Make the first account with the code that central printed, and sign in."""
        person = {"id": new_id(), "name": "Sanne de Wit"}
        made = self.http.post(
            routes.FIRST_ACCOUNT,
            json={
                "code": code,
                "account": "sanne",
                "password": PASSWORD,
                "team_name": "Kennemer Kust",
                "person": person,
            },
        )
        assert made.status_code == 201, made.text
        self.team = made.json()["id"]
        self.sign_in()

    def sign_in(self) -> None:
        """Sign in with the password."""
        device = {"id": "desk-1", "name": "Desk 1"}
        asked = {"grant": "password", "account": "sanne", "password": PASSWORD, "device": device}
        answer = self.http.post(routes.SESSIONS, json={**asked, "code": ""})
        assert answer.status_code == 201, answer.text
        self.token = answer.json()["access_token"]

    @property
    def headers(self) -> dict[str, str]:
        """Return what every request carries."""
        return {"Authorization": f"Bearer {self.token}"}

    def push(self, *ops: dict[str, Any]) -> list[dict[str, Any]]:
        """Push ops and return their results."""
        answer = self.http.post(
            routes.ops(self.team), json={"ops": list(ops)}, headers=self.headers
        )
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def page(self, after: str = "", wait: int = 0) -> list[dict[str, Any]]:
        """Return the lines of a page, the closing one last."""
        words = {"after": after, "wait": str(wait), "limit": "5000"}
        answer = self.http.get(routes.changes(self.team), params=words, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.text.splitlines()]


@pytest.fixture
def central(place: Path | str) -> Iterator[CentralProcess]:
    """Run central on an empty file."""
    with CentralProcess(place) as made:
        yield made


@pytest.fixture
def remote(central: CentralProcess) -> Iterator[Remote]:
    """Return a desk that made the first account."""
    made = Remote(central.url)
    made.make_account(central.code)
    yield made
    made.http.close()


def test_the_first_start_prints_a_code_and_the_next_one_none(
    central: CentralProcess, remote: Remote, place: Path
) -> None:
    assert central.code
    assert central.url.startswith("http://127.0.0.1:")
    assert central.stop() == 0
    with CentralProcess(place) as second:
        assert second.code == ""
        assert second.stop(signal.SIGINT) == 0


def test_the_end_answers_who_waits_and_finishes_a_push_that_was_under_way(
    central: CentralProcess, remote: Remote, place: Path
) -> None:
    cursor = remote.page()[-1]["cursor"]
    pages: list[Any] = []
    events: list[str] = []
    listening = threading.Event()

    def wait() -> None:
        with httpx.Client(base_url=central.url, timeout=PATIENCE_S) as own:
            answer = own.get(
                routes.changes(remote.team),
                params={"after": cursor, "wait": "25"},
                headers=remote.headers,
            )
            pages.append((answer.status_code, answer.text))

    def listen() -> None:
        with (
            httpx.Client(base_url=central.url, timeout=PATIENCE_S) as own,
            own.stream("GET", routes.team(remote.team, "events"), headers=remote.headers) as stream,
        ):
            for line in stream.iter_lines():
                events.append(line)
                if line.startswith("event: head"):
                    listening.set()

    threads = [threading.Thread(target=work, daemon=True) for work in (wait, listen)]
    for thread in threads:
        thread.start()
    assert listening.wait(PATIENCE_S)
    one = report()
    body = json.dumps({"ops": [one]}).encode()
    address = urlsplit(central.url)
    with socket.create_connection((address.hostname, address.port), PATIENCE_S) as line:
        head = (
            f"POST {routes.ops(remote.team)} HTTP/1.1\r\nHost: central\r\n"
            f"Authorization: Bearer {remote.token}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        line.sendall(head.encode() + body[:20])
        # Central has taken the request in once it says that one is under way.
        while "buurtdesk_requests_under_way 4.0" not in remote.http.get(routes.METRICS).text:
            assert central.process.poll() is None
        central.process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join(PATIENCE_S)
        line.sendall(body[20:])
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 200")
    assert b'"applied"' in answer
    assert central.ended() == 0
    assert [status for status, _ in pages] == [200]
    assert json.loads(pages[0][1])["more"] is False
    assert "event: maintenance" in events
    with CentralProcess(place) as second:
        after = Remote(second.url, remote.team)
        after.sign_in()
        assert one["id"] in {row.get("id") for row in after.page()}
        after.http.close()


def test_what_was_answered_survives_kill_9(
    central: CentralProcess, remote: Remote, place: Path
) -> None:
    answered: list[str] = []

    def push() -> None:
        try:
            while True:
                one = report()
                remote.push(one)
                answered.append(one["id"])
        except httpx.HTTPError:
            return

    thread = threading.Thread(target=push, daemon=True)
    thread.start()
    while len(answered) < 10:
        assert thread.is_alive()
    central.stop(signal.SIGKILL)
    thread.join(PATIENCE_S)
    with CentralProcess(place) as second:
        after = Remote(second.url, remote.team)
        after.sign_in()
        rows = [row["id"] for row in after.page() if row.get("kind") == "report"]
        assert set(answered) <= set(rows)
        assert len(rows) == len(set(rows)) <= len(answered) + 1
        after.http.close()


def test_two_centrals_never_share_a_file(
    central: CentralProcess, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AssertionError, match="Er draait een centrale op deze gegevens"):
        CentralProcess(place)


def test_a_port_that_is_taken_is_said_in_one_sentence(
    central: CentralProcess, tmp_path: Path
) -> None:
    port = str(urlsplit(central.url).port)
    with pytest.raises(AssertionError, match="niet luisteren"):
        CentralProcess(tmp_path / "other.db", "--port", port)


def test_another_address_is_answered_over_tls_only(tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("localhost", "127.0.0.1")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    key.write_bytes(issued.private_key_pem.bytes())
    cert.write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
    context = ssl.create_default_context()
    authority.configure_trust(context)
    words = ("--host", "0.0.0.0", "--cert", str(cert), "--key", str(key))
    with CentralProcess(tmp_path / "central.db", *words) as central:
        port = urlsplit(central.url).port
        assert central.url.startswith("https://")
        with httpx.Client(verify=context, trust_env=False) as client:
            answer = client.get(f"https://localhost:{port}{routes.HEALTH}")
        assert answer.json() == {"status": "ok"}
        with pytest.raises(httpx.HTTPError), httpx.Client(trust_env=False) as client:
            client.get(f"http://localhost:{port}{routes.HEALTH}")
        assert central.stop() == 0


def test_headers_that_are_too_long_and_half_requests_do_no_harm(central: CentralProcess) -> None:
    address = urlsplit(central.url)
    for junk in (
        b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000,
        b"\x16\x03\x01" * 50,
        b"\r\n" * 9,
        b"GE",
    ):
        with socket.create_connection((address.hostname, address.port), PATIENCE_S) as line:
            line.sendall(junk)
            line.shutdown(socket.SHUT_WR)
            while line.recv(65536):
                pass
    with httpx.Client(base_url=central.url, trust_env=False) as client:
        assert client.get(routes.READINESS).json() == {"status": "ready"}
    assert central.stop() == 0
