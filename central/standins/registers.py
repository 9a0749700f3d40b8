"""Stand-ins for RDW and PDOK: the shape of what they say, with contents that are nobody's.

The plates hold vowels, which the register has not issued in these series; town and streets are
invented.
"""

import json
import re
import socket
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from central.standins.hosts import Reply, answering

VEHICLES: dict[str, dict[str, str]] = {
    "12AEIO": {"merk": "OPEL", "handelsbenaming": "CORSA", "eerste_kleur": "BLAUW"},
    "EU10OA": {"merk": "FORD", "handelsbenaming": "TRANSIT", "eerste_kleur": "WIT"},
    "9AIO90": {"merk": "SKODA", "handelsbenaming": "CITIGO", "eerste_kleur": "GRIJS"},
    "UE98AO": {"merk": "VOLKSWAGEN", "handelsbenaming": "GOLF", "eerste_kleur": "N.v.t."},
}
"""What the stand-in has of each plate; any other is not in its register."""

Street = tuple[str, str, str, str, float, float]
"""Street, town, codes of district and neighbourhood, and a point in RD New."""

STREETS: tuple[Street, ...] = (
    ("Voorbeeldlaan", "Veldermeer", "WK990101", "BU99010101", 100_250.0, 450_250.0),
    ("Voorbeeldlaan", "Oosterveld", "WK990201", "BU99020101", 110_250.0, 450_250.0),
    ("Verzonnenpad", "Veldermeer", "WK990102", "BU99010201", 101_500.0, 450_500.0),
)
"""The streets of the stand-in, where nobody gives others."""

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


def pdok_of(streets: Sequence[Street]) -> Reply:
    """Return who answers as PDOK: every street that begins like the question, with its number."""

    def reply(line: socket.socket, request: bytes) -> None:
        query = parse_qs(urlsplit(request.split(b" ")[1].decode()).query)
        words = query.get("q", [""])[0].split()
        number = next((one for one in words if one.isdigit()), "")
        docs = [
            address(*one, number=number)
            for one in streets
            if words and one[0].casefold().startswith(words[0].casefold()[:8])
        ]
        answering(places(*docs).encode())(line, request)

    return reply


pdok = pdok_of(STREETS)
"""Answers as PDOK with ``STREETS``."""
