"""Pure: asking PDOK's locatieserver about an address, and reading its answer (formats.md §6).

It takes a question in its address only. Street, number and town go out and nothing else, over an
encrypted line; they are never written in a log here.
"""

import json
import re
import unicodedata
from typing import Any
from urllib.parse import urlencode

from central.outside.answer import Asked
from contract.lookups import PLACES_MOST, AddressAsked, AddressPlace
from contract.reading.feed import OddAnswer

_FIELDS = (
    "type",
    "weergavenaam",
    "straatnaam",
    "huisnummer",
    "woonplaatsnaam",
    "gemeentenaam",
    "wijkcode",
    "buurtcode",
    "centroide_rd",
)
_ROWS = 50
_POINT = re.compile(r"POINT ?\((-?[0-9]{1,7}(?:\.[0-9]{1,20})?) (-?[0-9]{1,7}(?:\.[0-9]{1,20})?)\)")
_AREA = {"wijkcode": re.compile(r"WK[0-9A-Z]{6}"), "buurtcode": re.compile(r"BU[0-9A-Z]{8}")}
_WEST, _EAST, _SOUTH, _NORTH = -50_000.0, 400_000.0, 200_000.0, 750_000.0
"""Where the Netherlands lie in RD New, with a wide edge."""

_TEXT_MOST = 160
_NUMBER = re.compile(r"[0-9]+")


def asked(url: str, address: AddressAsked) -> Asked:
    """Return the request for an address."""
    words = " ".join(filter(None, (address.street, address.number, address.town)))
    sort = "adres" if address.number else "weg"
    query = {"q": words, "fq": f"type:{sort}", "rows": _ROWS, "fl": ",".join(_FIELDS)}
    return Asked(f"{url}?{urlencode(query)}")


def read(text: str, address: AddressAsked) -> list[AddressPlace]:
    """Return the places an address may mean: only itself where it is there, else what is alike.

    Raises ``OddAnswer``. Numbers with letters of one house are one place.
    """
    try:
        docs = json.loads(text)["response"]["docs"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise OddAnswer("no answer of this service") from None
    if not isinstance(docs, list) or not all(isinstance(one, dict) for one in docs):
        raise OddAnswer("no list")
    read_docs = [(_place(one, address), _key(one)) for one in docs[:_ROWS]]
    found = [(place, key) for place, key in read_docs if place is not None]
    if docs and not found:
        raise OddAnswer("no place")
    exact = [(place, key) for place, key in found if place.exact]
    places = {key: place for place, key in reversed(exact or found)}
    return list(reversed(places.values()))[:PLACES_MOST]


def _place(doc: dict[str, Any], address: AddressAsked) -> AddressPlace | None:
    point = _POINT.fullmatch(_text(doc, "centroide_rd"))
    label = _text(doc, "weergavenaam")
    if point is None or not label:
        return None
    x, y = float(point[1]), float(point[2])
    if not (_WEST <= x <= _EAST and _SOUTH <= y <= _NORTH):
        return None
    towns = {_folded(_text(doc, "woonplaatsnaam")), _folded(_text(doc, "gemeentenaam"))}
    wanted = _NUMBER.match(address.number)
    exact = (
        _folded(_text(doc, "straatnaam")) == _folded(address.street)
        and (not address.town or _folded(address.town) in towns)
        and (wanted is None or _text(doc, "huisnummer") == wanted[0])
    )
    return AddressPlace(
        label=label,
        municipality=_text(doc, "gemeentenaam"),
        district=_code(doc, "wijkcode"),
        neighbourhood=_code(doc, "buurtcode"),
        x=x,
        y=y,
        exact=exact,
    )


def _key(doc: dict[str, Any]) -> tuple[str, ...]:
    """Return what makes two answers the same place to somebody who looks for an area."""
    names = ("straatnaam", "huisnummer", "woonplaatsnaam", "buurtcode")
    return tuple(_folded(_text(doc, name)) for name in names)


def _code(doc: dict[str, Any], name: str) -> str:
    code = _text(doc, name)
    return code if _AREA[name].fullmatch(code) else ""


def _text(doc: dict[str, Any], name: str) -> str:
    value = doc.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**9 else ""
    if not isinstance(value, str):
        return ""
    plain = "".join(one if one.isprintable() else " " for one in value[: 4 * _TEXT_MOST])
    return " ".join(plain.split())[:_TEXT_MOST]


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(one for one in plain if one.isalnum())
