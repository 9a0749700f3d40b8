"""The readers of outside text: chats, messages, feeds, lists, answers, templates, settings."""

from __future__ import annotations

import io
import json
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from central.lookups import pdok, rdw
from central.standins import registers, shapes
from console import settings
from console.domain import lookup
from console.domain.compose import render
from console.domain.failures import Refused
from console.domain.layout import BadLayout, check_layout
from console.domain.post import Template, TemplateField
from console.domain.signup import read_address
from console.intake.area_geojson import collection_of, lines, outline_of
from console.intake.chat import read_chat_bytes
from console.intake.register import read_register
from contract.guard import check
from contract.guard.cases import BadCases, read_cases
from contract.lookups import AddressAsked
from contract.outline import BadOutline
from contract.reading import burgernet_text, phone_lines, plates
from contract.reading.alert import read_alert_bytes
from contract.reading.decoding import Unreadable
from contract.reading.feed import OddAnswer, read_feed
from contract.region import NETHERLANDS
from contract.vocabulary import AlertSource
from tests.fuzz import changes
from tests.fuzz.changes import TERM, mutated, mutated_json
from tests.fuzz.target import Target, Wrong
from tests.helpers.register_files import HEADER, ROWS

FIELDS = ("wie", "plaats", "tijd")
AT = datetime(2026, 11, 12, 16, 31, tzinfo=UTC)

CHATS = tuple(
    one.encode()
    for one in (
        (
            f"[23-03-2022, 13:31:05] Anja: hallo {TERM}\n[23-03-2022, 13:32:05] ~ Bo: dag\nnog een\n"
            "\u200e[23-03-2022, 13:33:05] Bo: \u200e<bijgevoegd: 00000012-PHOTO.jpg>\n"
        ),
        (
            f"23-03-2022 13:31 - Bo: {TERM}\n24-03-2022 13:32 - Bo is toegevoegd\n"
            "25-03-2022 13:33 - +31 6 12345678: <Media weggelaten>\n"
        ),
        "3/23/22, 1:31 PM - Bo: yes\n3/24/22, 1:32 PM - Anja: POLL:\nWaar?\nOPTION: Hier (1 vote)\n",
        f"[13:31, 23-03-2022] Bo: ja {TERM} <Dit bericht is bewerkt>\n[13:32, 23-03-2022] An: null\n",
        "\ufeff2022/03/23, 13:31 - Bo: locatie: https://maps.google.com/?q=52.1,4.5\n",
    )
)

MESSAGES = tuple(
    one.encode()
    for one in (
        (
            f"Burgernet: Gezocht in Lagebrug, Vlierpad. Man, ca. 30 jaar, rode jas, {TERM}, grijze Ford "
            "Transit 12-AE-IO. Gezien om 14.30 uur. Ziet u hem? Bel 112. Actie 4711."
        ),
        (
            "Vermist: Kees (81), grijze jas, in de richting van het station op 14-11-2026 om 09:05 uur "
            "aan de Voorbeeldlaan 12, 2011 AB Veldermeer. Bel 0900-8844."
        ),
        "Actie beëindigd. De persoon is terecht. Dank voor het uitkijken.",
        f"[12:31, 12-11-2026] Buur {TERM}: Burgernet gestopt: jongen, 7 jaar, blauwe trui",
    )
)

CAPS = tuple(
    f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>cap-1</identifier><sender>{TERM}</sender><sent>2026-11-12T15:00:00+01:00</sent>
<status>Actual</status><msgType>{kind}</msgType><scope>Public</scope>
<references>test,cap-0,2026-11-12T14:00:00+01:00</references>
<info><language>en-US</language><headline>Smoke</headline></info>
<info><language>nl-NL</language><event>Brand</event><headline>Rook {TERM}</headline>
<effective>2026-11-12T15:05:00+01:00</effective><expires>2026-11-12T18:00:00+01:00</expires>
<description>Veel rook.</description><instruction>Sluit ramen.</instruction>
<area><areaDesc>Lagebrug</areaDesc><polygon>52,4 52,5 53,5 52,4</polygon>
<circle>52.1,4.5 1.5</circle></area></info></alert>""".encode()
    for kind in ("Alert", "Update", "Cancel")
)
_XML_ODD = (
    *changes.WORDS, b'<!DOCTYPE a [<!ENTITY b "bb">]>', b"<?xml version='1.0' encoding='utf-7'?>",
    b"<![CDATA[x]]>", b"<!--", b"<a>" * 3000, b"&b;", b"&#0;", b"&#xD800;", b"<area>", b"</info>",
)  # fmt: skip


@cache
def feeds() -> dict[AlertSource, tuple[Any, ...]]:
    """Return what each feed says, as values of JSON."""
    actions = json.loads(shapes.actions(shapes.action(AT), shapes.action(AT)))
    child = [shapes.child_alert(AT), shapes.child_alert(AT, kind="Cancel")]
    item = shapes.missing(omschrijving=f"<p>{TERM}</p>")
    return {
        AlertSource.BURGERNET_ACTIONS: (actions, json.loads('{"actions": []}')),
        AlertSource.BURGERNET_ALERTS: (child, child[:1], []),
        AlertSource.NL_ALERT: ({"data": [shapes.warning(AT, message=f"NL-Alert {TERM}")]},),
        AlertSource.POLICE_NEWS: (json.loads(shapes.police("nieuwsberichten", item, item)),),
        AlertSource.POLICE_MISSING: (json.loads(shapes.police("vermisten", item)),),
    }


def _feed(source: AlertSource) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        # Central decodes before it reads; what is no text never comes here.
        answer = read_feed(source, data.decode("utf-8", "replace"))
        return [(item.alert(AT).document(), item.original) for item in answer.items]

    return read


def _chat(data: bytes) -> object:
    chat = read_chat_bytes(data, "WhatsApp Chat - Noord.txt")
    for message in chat.messages:
        message.text.encode()
    return chat


def _alert(data: bytes) -> object:
    return json.dumps(read_alert_bytes(data, AT).document())


def _burgernet(data: bytes) -> object:
    text = data.decode("utf-8", "replace")
    return burgernet_text.propose(text, AT), burgernet_text.is_burgernet(text)


def _words(data: bytes) -> object:
    """Everything that looks for numbers, plates, phones and places in somebody's words."""
    text = data.decode("utf-8", "replace")
    report = check(text, kind="lookout", today=AT.date())
    for finding in report.findings:
        if finding.text != text[finding.start : finding.end]:
            raise Wrong("a finding that is not in its text")
    found = (plates.find_plates(text), phone_lines.find_phone_lines(text), read_address(text))
    line = text[:500]
    return (
        found,
        lookup.plates_in(text, NETHERLANDS),
        lookup.one_plate(line),
        lookup.address_in(line),
    )


def _register(data: bytes) -> object:
    return read_register(data).document()


def _workbook(data: bytes) -> object:
    """Read a workbook whose parts are given as one text: names and contents by turns."""
    return _register(packed(data))


def packed(data: bytes) -> bytes:
    """Pack parts into a zip; each begins with a line ``@@part name``."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        warnings.simplefilter("ignore")  # two parts of one name are what is wanted here
        for part in data.split(b"@@part ")[1:200]:
            name, _, content = part.partition(b"\n")
            plain = name.decode("utf-8", "replace").replace("\0", "")[:200] or "x"
            made.writestr(zipfile.ZipInfo(plain), content)
    return target.getvalue()


@cache
def workbooks() -> tuple[bytes, ...]:
    """Return the parts of small workbooks with a list of groups in them."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (HEADER, *ROWS):
        sheet.append(line.replace("Opmerking", TERM).split(";"))
    sheet["G2"], sheet["G3"], sheet["K2"] = 60, "=1+1", AT.replace(tzinfo=None)
    book.create_sheet("Tweede").append(["Naam", TERM])
    target = io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(target) as made:
        parts = [(name, made.read(name)) for name in made.namelist()]
    return (b"".join(b"@@part " + name.encode() + b"\n" + content for name, content in parts),)


def _geojson(data: bytes) -> object:
    found = collection_of(data, "wijken.json")
    made = []
    for properties, geometry in lines(found):
        try:
            made.append((dict(properties), outline_of(geometry)))
        except BadOutline:
            continue
    return made


def _rdw(data: bytes) -> object:
    return rdw.read(data.decode("utf-8", "replace"), "12AEIO")


def _pdok(data: bytes) -> object:
    asked = AddressAsked(street="Voorbeeldlaan", number="12", town="Veldermeer")
    return pdok.read(data.decode("utf-8", "replace"), asked)


def _layout(data: bytes) -> object:
    text = data.decode("utf-8", "replace").replace("\r", "")
    if check_layout(text, FIELDS):
        return None
    fields = tuple(TemplateField(name, name) for name in FIELDS)
    template = Template(
        "t", "post", "lookout", "", "naam", 1, "", "", "active", "", False, fields, text
    )
    values = {"wie": "{{ plaats }}", "plaats": "{% if wie %}", "tijd": "<img src=x>"}
    made = render(
        template, values, team="Noord", area_name="Kust", region=NETHERLANDS, urgent=False,
        training=False,
    )  # fmt: skip
    if "__" in made.text and "__" not in text:
        raise Wrong("a template did work")
    return made


def _settings(data: bytes) -> object:
    with tempfile.TemporaryDirectory(prefix="bd-fuzz-") as folder:
        path = Path(folder) / "settings.json"
        path.write_bytes(data)
        found, problems = settings.load(
            path, {"BUURTDESK_LOCK_MINUTES": data[:40].decode("latin1")}
        )
        assert all(isinstance(one, str) for one in problems)
        settings.save(path, found)
        again, _ = settings.load(path, {})
        if again != found:
            raise Wrong("settings are not what was kept")
    return found


def _cases(data: bytes) -> object:
    return read_cases(data.decode("utf-8", "replace"))


_CASES = tuple(
    one.encode()
    for one in (
        (
            f'[phone_number]\nkind = "lookout"\nfound = [["Bel 06-12345678 {TERM}", "06-12345678"]]\n'
            'fine = ["Bel 0900-8844"]\n'
        ),
        (
            '[[case]]\ntext = "Bel 06-12345678"\nkind = "general"\nfound = [["phone_number", '
            '"06-12345678"]]\n'
        ),
    )
)
_LAYOUTS = tuple(
    one.encode()
    for one in (
        "{{ wie|zin }} gezien bij {{ plaats }}{% if tijd %} om {{ tijd|kaal }}{% endif %}.",
        "Let op\n{% if wie %}{% if plaats %}{{ wie }}{% endif %}{% endif %}",
        "{{ wie }} {# niets #} {{- plaats -}} {{ tijd|kop }}",
    )
)
_LAYOUT_ODD = (
    *changes.WORDS, b"{{ wie.__class__ }}", b"{% for a in wie %}", b"{% endif %}", b"{{", b"{% if",
    b"|zin", b"{% if wie %}", b"{{ 9**9**9 }}", b"{%- raw -%}", b"{#", b"#}", b"{{ wie ",
)  # fmt: skip

_SETTINGS = (
    {"station": TERM, "team": "noord", "central_url": "https://voorbeeld.nl", "theme": "dark"},
    {"lock_minutes": 5, "passphrase_hours": 24, "read_only_days": 7, "sounds": True, TERM: 1},
)
_GEOJSON = (
    {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
        "features": [
            {
                "type": "Feature",
                "properties": {"gemeentecode": "GM9001", "gemeentenaam": TERM, "aantal": 4},
                "geometry": {"type": kind, "coordinates": coordinates},
            }
            for kind, coordinates in (
                ("Polygon", [[[0, 0], [1, 0], [1, 1], [0, 0]]]),
                ("MultiPolygon", [[[[0.5, 52], [5, 52], [5, 53], [0.5, 52]]]]),
            )
        ],
    },
)


def targets() -> list[Target]:
    """List the readers of text."""
    unreadable = (Unreadable,)
    made = [
        Target("chat", lambda: mutated(CHATS, changes.lines), _chat, unreadable),
        Target("chat-words", lambda: mutated(CHATS), _chat, unreadable),
        Target("burgernet", lambda: mutated(MESSAGES), _burgernet, ()),
        Target("alert", lambda: mutated(MESSAGES + CAPS), _alert, unreadable),
        Target("cap", lambda: mutated(CAPS, changes.tags, _XML_ODD), _alert, unreadable),
        Target("words", lambda: mutated(MESSAGES + CHATS[:2]), _words, (Refused,)),
        Target("register", _lists, _register, unreadable),
        Target(
            "workbook",
            lambda: mutated(workbooks(), changes.tags, _XML_ODD),
            _workbook,
            unreadable,
        ),
        Target("geojson", lambda: mutated_json(_GEOJSON), _geojson, unreadable),
        Target(
            "rdw", lambda: mutated_json(([registers.vehicle("12AEIO")], [])), _rdw, (OddAnswer,)
        ),
        Target("pdok", lambda: mutated_json((json.loads(_places()),)), _pdok, (OddAnswer,)),
        # What is wrong in a template or a list of cases is shown to who typed it.
        Target("layout", lambda: mutated(_LAYOUTS, odd=_LAYOUT_ODD), _layout, (BadLayout,), True),
        Target("settings", lambda: mutated_json(_SETTINGS), _settings, ()),
        Target("cases", lambda: mutated(_CASES), _cases, (BadCases,), True),
    ]
    for source in feeds():
        made.append(
            Target(
                f"feed-{source.value.replace('_', '-')}",
                lambda source=source: mutated_json(feeds()[source]),  # type: ignore[misc]
                _feed(source),
                (OddAnswer,),
            )
        )
        made.append(
            Target(
                f"pasted-{source.value.replace('_', '-')}",
                lambda source=source: mutated_json(feeds()[source]),  # type: ignore[misc]
                _alert,
                unreadable,
            )
        )
    return made


def _lists() -> st.SearchStrategy[bytes]:
    text = "\r\n".join((HEADER, *ROWS)).replace("belt liever", TERM)
    seeds = [text.encode("cp1252"), text.replace(";", ",").encode(), text.encode("utf-16")]
    return mutated(seeds, changes.cells)


def _places() -> str:
    return registers.places(
        registers.address(*registers.STREETS[0], number="12"),
        registers.address(*registers.STREETS[1]),
    )
