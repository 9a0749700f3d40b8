"""Hosts that stand on this machine: real TLS, and answers as whoever started them says."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from central.standins.certificates import authority, context_of

Reply = Callable[[socket.socket, bytes], None]
"""Answers on an open line, given the whole request; may write what it likes."""

_LINE_S = 5.0
_PIECE = 65_536


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


@dataclass(frozen=True, slots=True)
class Standing:
    """Hosts that answer now, by name: where each stands, and the context that trusts them."""

    found: Mapping[str, Source]
    ports: Mapping[str, int]
    trust: ssl.SSLContext = field(repr=False)


def answering(
    body: bytes, kind: str = "application/json", status: int = 200, more: str = ""
) -> Reply:
    """Return an ordinary answer; ``more``: further header lines, each ended with CRLF."""
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        f"{more}Connection: close\r\n\r\n"
    ).encode()

    def reply(line: socket.socket, _request: bytes) -> None:
        line.sendall(head + body)

    return reply


@contextmanager
def standing(*hosts: str, sure_of: str = "") -> Iterator[Standing]:
    """Stand in for hosts by name; ``sure_of``: the one name in all certificates instead of theirs."""
    made: dict[str, Source] = {}
    ports: dict[str, int] = {}
    threads: list[threading.Thread] = []
    doors: list[socket.socket] = []
    try:
        for host in hosts:
            context = context_of(sure_of or host)
            source = Source(answering(b"[]"))
            door = socket.create_server(("127.0.0.1", 0))
            doors.append(door)
            made[host], ports[host] = source, door.getsockname()[1]
            thread = threading.Thread(target=_serve, args=(door, context, source), daemon=True)
            thread.start()
            threads.append(thread)
        yield Standing(made, ports, authority().trust())
    finally:
        for source in made.values():
            source.stopping.set()
        for port in ports.values():
            # Whoever waits for a visitor sees that it is over when one comes.
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
            plain.settimeout(_LINE_S)
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
        piece = line.recv(_PIECE)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for row in head.split(b"\r\n"):
        if row.lower().startswith(b"content-length:"):
            length = int(row.split(b":")[1])
    while len(body) < length:
        piece = line.recv(_PIECE)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body
