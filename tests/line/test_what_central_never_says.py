"""Answers that are not central's: the desk says offline in plain words and keeps everything."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from console.app.central_words import words_of
from console.domain.clock import SystemClock
from console.domain.standing import standing
from console.domain.status import Lamp, Status
from console.storage import replica
from console.sync.failures import CERTIFICATE, CERTIFICATE_EXPIRED, FOREIGN, LineDown
from console.sync.status import SyncState
from contract import routes
from tests.helpers.accounts_line import PASSWORD
from tests.helpers.fault_proxy import FaultProxy
from tests.line.desk import LineDesk, version_at
from tests.line.impostor import Impostor, answer
from tests.line.served import Served, lay

HTML = b"<html><title>Welkom op het gastnetwerk</title>Klik hier om aan te melden</html>"
PAGE = b'{"cursor":"x","more":false,"head":9}\n'
MANY = 10 * 1024 * 1024

ANSWERS = {
    "a page of a captive portal": (answer("200 OK", "text/html; charset=utf-8", HTML), FOREIGN),
    "the same without a type": (answer("200 OK", "", HTML), ""),
    "a page of the right shape and the wrong type": (
        answer("200 OK", "text/plain", PAGE),
        FOREIGN,
    ),
    "a truncated gzip": (
        answer("200 OK", routes.NDJSON, gzip.compress(PAGE * 50)[:60], "Content-Encoding: gzip"),
        "",
    ),
    "something that is no gzip": (
        answer("200 OK", "application/json", HTML, "Content-Encoding: gzip"),
        "",
    ),
    "an error page of ten megabytes": (answer("502 Bad Gateway", "text/html", b"x" * MANY), ""),
    "a refusal with a page": (answer("403 Forbidden", "text/html", HTML), FOREIGN),
    "a sign-in page with 401": (answer("401 Unauthorized", "text/html", HTML), FOREIGN),
    "nonsense with 400": (answer("400 Bad Request", "text/html", HTML), FOREIGN),
    "a demand to stay away for a year": (
        answer("503 Busy", "text/html", HTML, "Retry-After: 31536000"),
        "",
    ),
    "a redirect": (answer("302 Found", "text/html", b"", "Location: http://127.0.0.1:1/"), FOREIGN),
    "a redirect for good": (answer("308 Moved", "", b"", "Location: https://x.invalid/"), FOREIGN),
    "no HTTP at all": (b"SSH-2.0-OpenSSH_9.6\r\n", ""),
    "an endless header": (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000, ""),
}


def said(desk: LineDesk) -> str:
    """Return the line the strip shows."""
    now = desk.engine.status.now
    lamp = Lamp("Centrale", "off", now.at)
    shown = standing(
        Status(lamp, lamp, lamp, queue=now.queue, line=now.state.value, trouble=now.trouble),
        SystemClock().now(),
    )
    assert shown is not None
    return f"{shown.title} {shown.text} {shown.aside}"


async def keeps_everything(desk: LineDesk, made: str, served: Served) -> None:
    """Step a few times while something else answers."""
    session = desk.gateway.session
    assert session is not None
    before = await desk.look(lambda conn: replica.position(conn, session.team.id))
    for _ in range(8):
        assert await desk.engine.step() <= 600
        assert desk.engine.status.now.state is SyncState.OFFLINE
    assert await desk.look(lambda conn: replica.position(conn, session.team.id)) == before
    assert desk.engine.status.now.queue == 1
    assert not await desk.refused()
    assert version_at(served, made) == 0


async def over_all(served: Served, home: Path) -> int:
    async with (
        FaultProxy(served.port) as proxy,
        LineDesk(home / "a.db", proxy.url, "lotte") as desk,
    ):
        await desk.sign_in()
        for name, (bytes_, trouble) in ANSWERS.items():
            made = await desk.report(f"Gemaakt tijdens {name}")
            async with Impostor(bytes_) as impostor:
                proxy.to = impostor.port
                proxy.sever()
                await keeps_everything(desk, made, served)
                assert impostor.asked, name
                assert not trouble or desk.engine.status.now.trouble == trouble, name
                words = said(desk)
                assert "Geen contact met de centrale" in words
                assert "hier bewaard" in words
                assert "1 wacht" in words
            proxy.to = served.port
            proxy.sever()
            await desk.heals()
            assert version_at(served, made) == 1, name
        await desk.nothing_lost_nothing_doubled(served)
        return len(desk.kept)


def test_whatever_answers_in_centrals_place_changes_nothing(tmp_path: Path) -> None:
    place = tmp_path / "central.db"
    lay(place, "lotte")
    with Served(place) as served, asyncio.Runner() as runner:
        assert runner.run(over_all(served, tmp_path)) == len(ANSWERS)


async def told(home: Path) -> bool:
    async with (
        Impostor(answer("200 OK", "text/html", HTML)) as impostor,
        LineDesk(home / "a.db", f"http://127.0.0.1:{impostor.port}", "lotte") as desk,
    ):
        with pytest.raises(LineDown) as trouble:
            await desk.engine.sign_in_with("lotte", PASSWORD)
        assert "aanmeldpagina" in words_of(trouble.value).sentence
        # Nor is anything taken for done that somebody else says was done.
        with pytest.raises(LineDown):
            await desk.gateway.tell("POST", routes.ACTIVATE, {}, signed=False)
        impostor.answer = answer("302 Found", "", b"", "Location: /welkom")
        with pytest.raises(LineDown):
            await desk.gateway.tell("POST", routes.ACTIVATE, {}, signed=False)
        return desk.gateway.session is not None


def test_a_sign_in_page_is_no_sign_in_and_no_answer(tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        assert not runner.run(told(tmp_path))


class Papers:
    """A certificate of a central at this computer, and the keys of who does not deserve trust."""

    def __init__(self, folder: Path) -> None:
        own, other = trustme.CA(), trustme.CA()
        self.trust = ssl.create_default_context()
        own.configure_trust(self.trust)
        good = own.issue_cert("127.0.0.1")
        self.cert, self.key = folder / "cert.pem", folder / "key.pem"
        self.key.write_bytes(good.private_key_pem.bytes())
        self.cert.write_bytes(b"".join(part.bytes() for part in good.cert_chain_pems))
        past = datetime.now(UTC) - timedelta(days=1)
        self.wrong = {
            "another authority": (other.issue_cert("127.0.0.1"), CERTIFICATE),
            "another name": (own.issue_cert("centrale.voorbeeld.nl"), CERTIFICATE),
            "run out": (own.issue_cert("127.0.0.1", not_after=past), CERTIFICATE_EXPIRED),
        }


async def over_tls(served: Served, home: Path, papers: Papers) -> int:
    async with FaultProxy(served.port) as proxy:
        url = f"https://127.0.0.1:{proxy.port}"
        async with LineDesk(home / "a.db", url, "lotte", trust=papers.trust) as desk:
            await desk.sign_in()
            for name, (paper, trouble) in papers.wrong.items():
                made = await desk.report(f"Gemaakt tijdens {name}")
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                paper.configure_cert(context)
                async with Impostor(answer("200 OK", "", b"{}"), context) as impostor:
                    proxy.to = impostor.port
                    proxy.sever()
                    await keeps_everything(desk, made, served)
                    assert impostor.asked == 0, name
                    assert desk.engine.status.now.trouble == trouble, name
                    assert "ertificaat" in said(desk)
                    assert "ertificaat" in words_of(LineDown(trouble)).sentence
                proxy.to = served.port
                proxy.sever()
                await desk.heals()
                assert version_at(served, made) == 1
            await desk.nothing_lost_nothing_doubled(served)
            return len(desk.kept)


def test_no_word_goes_to_a_central_whose_certificate_is_wrong(tmp_path: Path) -> None:
    place, papers = tmp_path / "central.db", Papers(tmp_path)
    lay(place, "lotte")
    with (
        Served(place, cert=papers.cert, key=papers.key) as served,
        asyncio.Runner() as runner,
    ):
        assert runner.run(over_tls(served, tmp_path, papers)) == len(papers.wrong)
