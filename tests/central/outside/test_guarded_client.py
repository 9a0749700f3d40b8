"""Threats 6 and 7 of security.md §7, on doubles of this machine: the client is harmed by nothing."""

from __future__ import annotations

import gzip
import json
import logging
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.outside import Answer, Asked, Doubles, OutsideClient
from central.outside.addresses import Place, host_name, may_connect, place_of
from central.settings import Settings
from console.app.options import central_of, read_options
from console.settings import Settings as DeskSettings
from contract.vocabulary import OutsideTrouble as T
from tests.architecture.source import ROOT, modules
from tests.helpers.outside import Reply, Source, answering, sources

HOST = "bron.voorbeeld.nl"
URL = f"https://{HOST}/alerts"
TOTAL_S = 1.5


@pytest.fixture(scope="module")
def stand() -> Iterator[tuple[dict[str, Source], Doubles]]:
    """One source, kept up for all tests of this module."""
    with sources(HOST) as made:
        yield made


@pytest.fixture
def source(stand: tuple[dict[str, Source], Doubles]) -> Source:
    """The source, which answers an empty list until told otherwise."""
    found = stand[0][HOST]
    found.requests.clear()
    found.says("[]")
    return found


@pytest.fixture
def client(stand: tuple[dict[str, Source], Doubles]) -> OutsideClient:
    """A client that may ask the source, on a short clock and with a small limit."""
    return OutsideClient([HOST], doubles=stand[1], total_s=TOTAL_S, most_bytes=50_000)


def test_a_good_answer_comes_whole_and_the_source_is_asked_by_name(
    source: Source, client: OutsideClient
) -> None:
    source.says('[{"AlertId": "1"}]', "application/json; charset=utf-8")
    answer = client.fetch_now(Asked(URL + "?a=1"))
    assert (answer.ok, answer.text, answer.status) == (True, '[{"AlertId": "1"}]', 200)
    asked = source.requests[0].decode()
    assert asked.startswith("GET /alerts?a=1 HTTP/1.1\r\n")
    assert f"Host: {HOST}\r\n" in asked
    assert "cookie" not in asked.lower()


def test_what_is_looked_for_travels_in_the_body(source: Source, client: OutsideClient) -> None:
    source.says("{}")
    assert client.fetch_now(Asked(URL, body=b'{"kenteken": "XX"}')).ok
    assert source.requests[0].startswith(b"POST /alerts HTTP/1.1\r\n")
    assert source.requests[0].endswith(b'{"kenteken": "XX"}')


def test_a_line_that_is_never_secured_is_hung_up(stand: tuple[dict[str, Source], Doubles]) -> None:
    heard: list[bytes] = []

    def serve(door: socket.socket) -> None:
        line, _ = door.accept()
        with line:
            line.settimeout(20)
            while piece := line.recv(65_536):
                heard.append(piece)
            heard.append(b"")

    with socket.create_server(("127.0.0.1", 0)) as door:
        at = threading.Thread(target=serve, args=(door,))
        at.start()
        doubles = Doubles({HOST: door.getsockname()[1]}, stand[1].context)
        answer = OutsideClient([HOST], doubles=doubles, total_s=0.3).fetch_now(Asked(URL))
        at.join(30)
    assert answer.why is T.SLOW
    assert heard[0].startswith(b"\x16\x03"), "it began to secure the line"
    assert heard[-1] == b""


def _drip(head: bytes, body: bytes) -> Reply:
    def reply(line: ssl.SSLSocket, _: bytes) -> None:
        line.sendall(head)
        ends = time.monotonic() + 4 * TOTAL_S
        line.settimeout(0.05)
        while time.monotonic() < ends:
            line.sendall(body)
            try:
                if not line.recv(1):
                    return
            except TimeoutError:
                continue

    return reply  # type: ignore[return-value]


_BOMB = gzip.compress(b"0" * 30_000_000)
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_HOSTILE: dict[str, tuple[Reply, T]] = {
    "a web page": (answering(b"<html>Site Unavailable</html>", "text/html"), T.ODD_TYPE),
    "a web page that says json": (answering(b"", "text/html", 204), T.FAILED),
    "nothing": (answering(b""), T.EMPTY),
    "blanks": (answering(b" \r\n "), T.EMPTY),
    "no type": (lambda line, _: line.sendall(b"HTTP/1.1 200 OK\r\n\r\n[]"), T.ODD_TYPE),
    "too much": (answering(b"[" + b"1," * 60_000 + b"1]"), T.TOO_LARGE),
    "a packed bomb": (answering(_BOMB, more="Content-Encoding: gzip\r\n"), T.TOO_LARGE),
    "a cut pack": (
        answering(gzip.compress(b"[1]" * 99)[:-9], more="Content-Encoding: gzip\r\n"),
        T.BROKEN,
    ),
    "no pack": (answering(b"[]", more="Content-Encoding: gzip\r\n"), T.BROKEN),
    "an odd pack": (answering(b"[]", more="Content-Encoding: br\r\n"), T.ODD_TYPE),
    "wrong letters": (answering(b'["\xff\xfe"]'), T.ODD_TEXT),
    "an odd charset": (answering(b"[]", "application/json; charset=utf-7"), T.ODD_TEXT),
    "a redirect": (answering(b"", status=302, more="Location: https://127.0.0.1/\r\n"), T.REDIRECT),
    "a redirect to itself": (answering(b"", status=301, more=f"Location: {URL}\r\n"), T.REDIRECT),
    "too busy": (answering(b"", status=429, more="Retry-After: 120\r\n"), T.BUSY),
    "refused": (answering(b"Access Denied", "text/html", 403), T.REFUSED),
    "failed": (answering(b"{}", status=500), T.FAILED),
    "cut short": (
        lambda line, _: line.sendall(_HEAD + b"Content-Length: 90\r\n\r\n["),
        T.BROKEN,
    ),
    "no http": (lambda line, _: line.sendall(b"SSH-2.0-OpenSSH\r\n\r\n"), T.BROKEN),
    "hung up": (lambda _line, _: None, T.BROKEN),
    "a dripping body": (_drip(_HEAD + b"Content-Length: 900\r\n\r\n", b"["), T.SLOW),
    "dripping headers": (_drip(_HEAD, b"X-A: b\r\n"), T.SLOW),
    "endless pieces": (_drip(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n[\r\n"), T.SLOW),
    "silence": (_drip(b"", b""), T.SLOW),
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_a_hostile_answer_is_a_reason_within_the_time_and_never_content(
    source: Source, client: OutsideClient, name: str
) -> None:
    source.reply, why = _HOSTILE[name]
    answer = client.fetch_now(Asked(URL))
    assert (answer.why, answer.text, answer.body) == (why, "", b"")


def test_the_source_may_ask_to_wait(source: Source, client: OutsideClient) -> None:
    source.reply = answering(b"", status=503, more="Retry-After: 90\r\n")
    assert client.fetch_now(Asked(URL)).retry_after_s == 90


def test_an_answer_without_a_body_is_good_only_where_the_source_has_such(
    source: Source, client: OutsideClient
) -> None:
    source.reply = lambda line, _: line.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
    assert client.fetch_now(Asked(URL, nothing_fits=True)) == Answer(status=204)
    assert not client.fetch_now(Asked(URL)).ok


def test_a_packed_answer_of_ordinary_size_is_read(source: Source, client: OutsideClient) -> None:
    packed = gzip.compress(json.dumps(["é"] * 100).encode())
    source.reply = answering(packed, more="Content-Encoding: gzip\r\n")
    assert json.loads(client.fetch_now(Asked(URL)).text) == ["é"] * 100


def test_the_certificate_must_name_the_host() -> None:
    with sources(HOST, sure_of="andere.voorbeeld.nl") as (_, doubles):
        client = OutsideClient([HOST], doubles=doubles, total_s=5)
        assert client.fetch_now(Asked(URL)).why is T.UNTRUSTED


@pytest.mark.parametrize(
    "url",
    [
        f"http://{HOST}/",
        f"https://{HOST}:8443/",
        f"https://iemand@{HOST}/",
        f"https://{HOST}@127.0.0.1/",
        f"https://{HOST}.voorbeeld.com/",
        "https://127.0.0.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        f"https://{HOST}\\@127.0.0.1/",
        f"https://{HOST}/\r\nX: y",
        f"https://{HOST}./",
        "file:///etc/passwd",
        "https://brоn.voorbeeld.nl/",
        "",
    ],
)
def test_only_named_hosts_over_https_are_asked(source: Source, url: str) -> None:
    client = OutsideClient([HOST, "127.0.0.1", "0x7f000001", "[::1]", "localhost"])
    assert client.fetch_now(Asked(url)).why is T.NOT_ALLOWED
    assert source.requests == []


_INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.216.34",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::1",
    "2001:0:7f00:1::1",
    "2001:db8::1",
    "0x7f000001",
    "2130706433",
    "",
]


@pytest.mark.parametrize("address", _INSIDE)
def test_a_name_that_leads_inside_is_not_followed(address: str) -> None:
    async def resolve(_: str) -> list[str]:
        return ["93.184.216.34", address]

    client = OutsideClient([HOST], resolve=resolve, proxies={}, total_s=2)
    assert client.fetch_now(Asked(URL)).why is T.BAD_ADDRESS


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_an_address_of_the_public_internet_may_be_used(address: str) -> None:
    assert may_connect(address)


class Watched(OutsideClient):
    """Notes where a connection would go, and makes none."""

    def __init__(self, *answers: str) -> None:
        self.asked: list[str] = []
        self.went: list[str] = []
        self.answers = list(answers)
        super().__init__([HOST], resolve=self._next, proxies={})

    async def _next(self, host: str) -> list[str]:
        self.asked.append(host)
        return [self.answers.pop(0)]

    async def _over(self, place: Place, asked: Asked, origin: str, proxy: str = "") -> Answer:
        self.went.append(origin)
        return Answer(T.UNREACHABLE)


def test_a_name_is_looked_up_once_so_a_second_answer_cannot_lead_inside() -> None:
    """A rebinding double: public when it is checked, this machine ever after."""
    client = Watched("93.184.216.34", "127.0.0.1")
    client.fetch_now(Asked(URL))
    assert (client.asked, client.went) == ([HOST], ["https://93.184.216.34"])
    assert client.fetch_now(Asked(URL)).why is T.BAD_ADDRESS
    assert client.went == ["https://93.184.216.34"]


def test_behind_a_proxy_the_name_goes_to_the_proxy_and_nothing_is_looked_up() -> None:
    import socket
    import threading

    asked: list[bytes] = []

    async def resolve(_: str) -> list[str]:
        raise AssertionError("a desk behind a proxy may have no names of its own")

    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            line, _ = door.accept()
            with line:
                asked.append(line.recv(4096))
                line.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        proxies = {"https": f"http://127.0.0.1:{door.getsockname()[1]}"}
        client = OutsideClient([HOST], resolve=resolve, proxies=proxies, total_s=5)
        answer = client.fetch_now(Asked(URL))
        thread.join(5)
    assert asked[0].startswith(f"CONNECT {HOST}:443 HTTP/1.1\r\n".encode())
    assert not answer.ok


def test_nothing_of_a_request_or_an_answer_stands_in_a_log(
    source: Source, client: OutsideClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    source.says('["geheimantwoord"]')
    answer = client.fetch_now(Asked(URL + "?q=geheimvraag", body=b'"geheimvraag"'))
    source.says("geheimantwoord", "text/html")
    client.fetch_now(Asked(URL + "?q=geheimvraag"))
    assert "geheim" not in caplog.text + repr(answer) + repr(Asked(URL + "?q=geheimvraag"))


def test_no_setting_reaches_the_switch_for_doubles() -> None:
    names = [*Settings.__slots__, *DeskSettings.__slots__]
    assert not any("double" in name or "loopback" in name for name in names)
    reached = {
        path.relative_to(ROOT).as_posix()
        for path in modules("main.py", "run.py", "console", "contract", "central", "tools")
        if re.search(r"\bDoubles\b|\bstandins\b", path.read_text(encoding="utf-8"))
    }
    inside = ("central/outside/", "central/standins/")
    assert {one for one in reached if not one.startswith(inside)} == {"main.py"}


@pytest.mark.parametrize(("words", "makes"), [([], 1), (["--training"], 1), (["--demo"], 2)])
def test_only_the_demo_gets_a_central_with_a_story_outside(words: list[str], makes: int) -> None:
    def plain(*given: Any) -> Any:
        raise AssertionError("only handed on")

    def story(*given: Any) -> Any:
        raise AssertionError("only handed on")

    options = read_options(words)
    assert central_of(options, plain, story) == ((plain, False) if makes == 1 else (story, True))
    assert central_of(options, plain, None) == (plain, False)


@given(st.text(max_size=80))
def test_whatever_is_written_as_an_address_leads_to_a_listed_name_or_nowhere(text: str) -> None:
    for url in (text, f"https://{text}", f"https://{text}/{HOST}", f"https://{HOST}{text}"):
        found = place_of(url, {HOST})
        assert found is None or found.host == HOST
    name = host_name(text)
    assert name == "" or not name.replace(".", "").isdigit()
