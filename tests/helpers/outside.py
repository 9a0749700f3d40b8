"""Loopback doubles of sources outside: real TLS, answers as a test gives them, hostile ones too."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache

import trustme

from central.outside import Doubles

Reply = Callable[[socket.socket, bytes], None]
"""Answers on an open line, given the whole request; may write what it likes."""


@dataclass
class Source:
    """A host on this machine. ``reply``: how it answers now. ``requests``: what it was asked."""

    reply: Reply
    requests: list[bytes] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def says(self, body: bytes | str, kind: str = "application/json", status: int = 200) -> None:
        """Answer like this from now on."""
        data = body.encode() if isinstance(body, str) else body
        self.reply = answering(data, kind, status)


def answering(
    body: bytes,
    kind: str = "application/json",
    status: int = 200,
    more: str = "",
) -> Reply:
    """Return an ordinary answer; ``more``: further header lines, each ended with CRLF."""
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        f"{more}Connection: close\r\n\r\n"
    ).encode()

    def reply(line: socket.socket, _request: bytes) -> None:
        line.sendall(head + body)

    return reply


@cache
def _authority() -> trustme.CA:
    """Return who signs for the doubles of this run."""
    return trustme.CA()


@cache
def _certificate(name: str) -> trustme.LeafCert:
    return _authority().issue_cert(name)


@contextmanager
def sources(*hosts: str, sure_of: str = "") -> Iterator[tuple[dict[str, Source], Doubles]]:
    """Stand in for hosts by name; ``sure_of``: the one name in all certificates instead of theirs."""
    authority = _authority()
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(trust)
    made: dict[str, Source] = {}
    ports: dict[str, int] = {}
    threads: list[threading.Thread] = []
    doors: list[socket.socket] = []
    for host in hosts:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        _certificate(sure_of or host).configure_cert(context)
        source = Source(answering(b"[]"))
        door = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=_serve, args=(door, context, source), daemon=True)
        thread.start()
        made[host], ports[host] = source, door.getsockname()[1]
        threads.append(thread)
        doors.append(door)
    try:
        yield made, Doubles(ports, trust)
    finally:
        for source in made.values():
            source.stopping.set()
        for port in ports.values():
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                pass
        for thread in threads:
            thread.join(10)
        for door in doors:
            door.close()


def _serve(door: socket.socket, context: ssl.SSLContext, source: Source) -> None:
    while not source.stopping.is_set():
        plain, _ = door.accept()
        with suppress(OSError, ssl.SSLError), plain:
            plain.settimeout(5)
            if source.stopping.is_set():
                return
            with context.wrap_socket(plain, server_side=True) as line:
                request = _request(line)
                if not request:
                    continue  # hung up before asking
                source.requests.append(request)
                source.reply(line, request)


def _request(line: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65_536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for row in head.split(b"\r\n"):
        if row.lower().startswith(b"content-length:"):
            length = int(row.split(b":")[1])
    while len(body) < length:
        body += line.recv(65_536)
    return head + b"\r\n\r\n" + body
