"""Stand-ins for RDW and PDOK: the shape of what they say, with contents that are nobody's.

The plates hold vowels, which the register has not issued in these series; town and streets are
invented. Nothing of this needs a test: ``stand_in`` is all that has to be called.
"""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from central.lookups.sources import HOSTS, URLS
from central.office import Office
from central.outside import Doubles, OutsideClient
from tests.helpers.outside import Reply, Source, answering, sources

RDW, PDOK = HOSTS["plates"], HOSTS["addresses"]

VEHICLES: dict[str, dict[str, str]] = {
    "12AEIO": {"merk": "OPEL", "handelsbenaming": "CORSA", "eerste_kleur": "BLAUW"},
    "EU10OA": {"merk": "FORD", "handelsbenaming": "TRANSIT", "eerste_kleur": "WIT"},
    "9AIO90": {"merk": "SKODA", "handelsbenaming": "CITIGO", "eerste_kleur": "GRIJS"},
    "UE98AO": {"merk": "VOLKSWAGEN", "handelsbenaming": "GOLF", "eerste_kleur": "N.v.t."},
}
"""What the stand-in has of each plate; any other is not in its register."""

STREETS: tuple[tuple[str, str, str, str, float, float], ...] = (
    ("Voorbeeldlaan", "Veldermeer", "WK990101", "BU99010101", 100_250.0, 450_250.0),
    ("Voorbeeldlaan", "Oosterveld", "WK990201", "BU99020101", 110_250.0, 450_250.0),
    ("Verzonnenpad", "Veldermeer", "WK990102", "BU99010201", 101_500.0, 450_500.0),
)
"""Street, town, codes of district and neighbourhood, and a point in RD New."""

_PLATE = re.compile(r"kenteken = '([A-Z0-9]{6})'")


def vehicle(plate: str, **more: str) -> dict[str, str]:
    """Return a row of the register, with the words it uses where it knows nothing."""
    return {
        "kenteken": plate,
        "voertuigsoort": "Personenauto",
        "tweede_kleur": "Niet geregistreerd",
        "inrichting": "hatchback",
        "export_indicator": "Nee",
        "datum_eerste_toelating": "20130104",
        **VEHICLES.get(plate, {}),
        **more,
    }


def address(
    street: str,
    town: str,
    district: str,
    neighbourhood: str,
    x: float,
    y: float,
    number: str = "",
) -> dict[str, Any]:
    """Return one place as the locatieserver gives it."""
    found: dict[str, Any] = {
        "type": "adres" if number else "weg",
        "weergavenaam": f"{street} {number}, {town}" if number else f"{street}, {town}",
        "straatnaam": street,
        "woonplaatsnaam": town,
        "gemeentenaam": town,
        "gemeentecode": "9901",
        "wijkcode": district,
        "buurtcode": neighbourhood,
        "centroide_rd": f"POINT({x:.3f} {y:.3f})",
    }
    return found | ({"huisnummer": int(number)} if number else {})


def places(*docs: dict[str, Any]) -> str:
    """Return an answer of the locatieserver with these places."""
    envelope = {"numFound": len(docs), "start": 0, "maxScore": 9.1, "numFoundExact": True}
    return json.dumps({"response": {**envelope, "docs": list(docs)}})


def rdw(line: socket.socket, request: bytes) -> None:
    """Answer as RDW: by POST only, and only to a query about one plate."""
    head, _, body = request.partition(b"\r\n\r\n")
    found = _PLATE.search(json.loads(body)["query"]) if head.startswith(b"POST ") else None
    if found is None:
        answering(b'{"message": "Bad request"}', status=400)(line, request)
        return
    rows = [vehicle(found[1])] if found[1] in VEHICLES else []
    answering(json.dumps(rows).encode())(line, request)


def pdok(line: socket.socket, request: bytes) -> None:
    """Answer as PDOK: every street that begins like the question, with the number asked for."""
    query = parse_qs(urlsplit(request.split(b" ")[1].decode()).query)
    words = query.get("q", [""])[0].split()
    number = next((one for one in words if one.isdigit()), "")
    docs = [
        address(*one, number=number)
        for one in STREETS
        if words and one[0].casefold().startswith(words[0].casefold()[:8])
    ]
    answering(places(*docs).encode())(line, request)


REPLIES: Mapping[str, Reply] = {RDW: rdw, PDOK: pdok}
"""How each host answers, to give to ``tests.helpers.outside.sources`` beside other hosts."""


class Registers:
    """The registers outside of a central. ``asked``: every request they got, as it came."""

    def __init__(self, found: dict[str, Source], doubles: Doubles) -> None:
        self._found = found
        self._doubles = doubles
        self.slow_s = 5.0
        for host, reply in REPLIES.items():
            found[host].reply = reply

    def client(self, hosts: Collection[str]) -> OutsideClient:
        """Make what central asks with: the guarded client, that knows these stand-ins."""
        return OutsideClient(hosts, doubles=self._doubles, total_s=self.slow_s)

    def replies(self, name: str, reply: Reply) -> None:
        """Let a register answer in this way from now on; ``name`` is one of ``LOOKUPS``."""
        self._found[HOSTS[name]].reply = reply

    def says(self, name: str, text: str | bytes, kind: str = "application/json") -> None:
        """Let a register answer this from now on."""
        self.replies(name, answering(text.encode() if isinstance(text, str) else text, kind))

    def asked(self, name: str) -> list[bytes]:
        """Return what a register was asked, the oldest first."""
        return self._found[HOSTS[name]].requests


@contextmanager
def stand_in(
    office: Office, also: Callable[[Registers], None] | None = None
) -> Iterator[Registers]:
    """Stand in for both registers, for one central."""
    with sources(*REPLIES) as (found, doubles):
        made = Registers(found, doubles)
        before, office.client = office.client, made.client
        if also is not None:
            also(made)
        try:
            yield made
        finally:
            office.client = before


__all__ = ["HOSTS", "PDOK", "RDW", "REPLIES", "URLS", "Registers", "places", "stand_in", "vehicle"]
