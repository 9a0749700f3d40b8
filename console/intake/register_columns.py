"""Which column of somebody else's list is which of our fields (F64, formats.md §7)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache


class Field(StrEnum):
    """Our fields of a list of groups (issue: read-register)."""

    NAME = "name"
    KIND = "kind"
    MUNICIPALITY = "municipality"
    AREA_CODE = "area_code"
    STREET = "street"
    POSTCODE = "postcode"
    MEMBERS = "members"
    INVITE_LINK = "invite_link"
    ADMINISTRATOR_NAME = "administrator_name"
    ADMINISTRATOR_PHONE = "administrator_phone"
    ADMINISTRATOR_EMAIL = "administrator_email"


class More(StrEnum):
    """Fields that only the desk reads (F16); `read-register` proposes none of them."""

    OWN_ID = "own_id"
    AREA_NAME = "area_name"
    CONFIRMED = "confirmed"
    NOTE = "note"


AnyField = Field | More
"""What a column can be at the desk."""

ONCE: frozenset[AnyField] = frozenset(
    {
        Field.NAME,
        Field.KIND,
        Field.MUNICIPALITY,
        Field.MEMBERS,
        Field.INVITE_LINK,
        More.OWN_ID,
        More.AREA_NAME,
        More.CONFIRMED,
    }
)
"""Fields that one column gives; a second column for them is left alone."""

_WORDS: Mapping[Field, str] = {
    Field.NAME: "groepsnaam;naam groep;groep;naam van de groep;naam buurtgroep;naam buurtapp;"
    "appgroep;whatsappgroep;whatsapp groep;naam whatsappgroep;buurtgroep;buurtapp;group name;"
    "name of group;group;groupname;wabp groep;naam wabp;naam appgroep;buurtpreventiegroep",
    Field.KIND: "soort;type;soort groep;type groep;groepstype;groepssoort;kind;type of group;"
    "group type;categorie;category",
    Field.MUNICIPALITY: "gemeente;gemeentenaam;naam gemeente;municipality",
    Field.AREA_CODE: "wijkcode;buurtcode;gebiedscode;cbs code;cbscode;cbs;cbs wijkcode;"
    "cbs buurtcode;wijk buurtcode;gemeentecode;area code;area",
    Field.STREET: "straat;straten;straatnaam;straatnamen;street;streets;adres;straten in groep",
    Field.POSTCODE: "postcode;postcodes;pc;pc6;postcodegebied;postal code;postal codes;zip;zip code",
    Field.MEMBERS: "leden;aantal leden;ledenaantal;aantal deelnemers;deelnemers;members;"
    "number of members;participants;omvang;groepsgrootte;aantal",
    Field.INVITE_LINK: "uitnodigingslink;uitnodiging;invite link;invite;link;groepslink;"
    "whatsapp link;whatsapplink;link naar groep;aanmeldlink;invitelink",
    Field.ADMINISTRATOR_NAME: "beheerder;beheerders;naam beheerder;groepsbeheerder;beheerder naam;"
    "contactpersoon;naam contactpersoon;contact;administrator;admin;administrator name;"
    "admin name;coordinator;naam coordinator;moderator;aanspreekpunt;naam beheerder groep",
    Field.ADMINISTRATOR_PHONE: "telefoon;telefoonnummer;tel;tel nr;telnr;mobiel;mobiele nummer;"
    "mobiel nummer;mobielnummer;gsm;phone;phone number;mobile;06;06 nummer;telefoon beheerder;"
    "telefoonnummer beheerder;beheerder telefoon;administrator phone;nummer beheerder;"
    "tel beheerder;whatsappnummer",
    Field.ADMINISTRATOR_EMAIL: "e mail;email;mail;e mailadres;emailadres;mailadres;e mail adres;"
    "email address;e mail address;e mail beheerder;email beheerder;beheerder email;"
    "administrator email;beheerder e mail",
}
_LONGEST = 30  # a longer text is a sentence or a value, not a header with a typing mistake
_EXACT = {word: field for field, words in _WORDS.items() for word in words.split(";")}
# What looks like one of ours and is of somebody else, or of another kind.
_OTHERS = re.compile(
    r"\b(?:wijkagent|agent|politie\w*|boa|handhav\w*|wijkregisseur|regisseur|gemeentelijk\w*|"
    r"id|opmerking\w*|notitie\w*|status|datum|laatst\w*|gecontroleerd|platform|akkoord|"
    r"toestemming|huisnummer|hnr|nr|volgnummer|woningen|huishoudens|straatambassadeur)\b"
)
_RULES: tuple[tuple[re.Pattern[str], Field], ...] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"link|uitnodig|invite|\burl\b|chat whatsapp", Field.INVITE_LINK),
        (r"\be ?mail|mailadres|\bmail\b", Field.ADMINISTRATOR_EMAIL),
        (r"telefoon|\btel\b|mobiel|\bgsm\b|phone|\bmobile\b|\b06\b", Field.ADMINISTRATOR_PHONE),
        (r"\bleden|deelnemers|\bmembers\b|participants", Field.MEMBERS),
        (r"postcode|postal|\bzip\b|\bpc[46]\b", Field.POSTCODE),
        (r"(?:wijk|buurt|gebieds?|cbs|area|gemeente) ?code|\bcbs\b", Field.AREA_CODE),
        (r"straa?t|\bstreets?\b", Field.STREET),
        (r"gemeente|municipality", Field.MUNICIPALITY),
        (r"\bbeheerdersgroep|\bregiegroep", Field.NAME),
        (
            r"beheer|administrator|\badmins?\b|contactpers|coordinator|moderator|aanspreekp",
            Field.ADMINISTRATOR_NAME,
        ),
        (r"^(?:soort|type|kind|categorie)\b|\b(?:soort|type)$", Field.KIND),
        (r"\bgroep|groep\b|\bgroup|buurtapp|appgroep|buurtpreventie", Field.NAME),
    )
)
_MORE_RULES: tuple[tuple[re.Pattern[str], More], ...] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (
            (
                r"^(?:id|nr|nummer|volgnummer|kenmerk|registratienummer|(?:groeps?|group) ?"
                r"(?:id|nr|nummer|code))$"
            ),
            More.OWN_ID,
        ),
        (
            (
                r"^(?:laatst\w*|datum)?\s?(?:gecontroleerd|bevestigd|geactualiseerd|bijgewerkt|"
                r"controle|actualisatie)(?: op)?$|^datum laatste (?:controle|contact|update)$"
            ),
            More.CONFIRMED,
        ),
        (
            r"^(?:opmerking(?:en)?|notitie(?:s)?|toelichting|bijzonderheden|remarks?|notes?)$",
            More.NOTE,
        ),
        (
            (
                r"^(?:naam )?(?:wijk|buurt|dorp|kern|woonplaats|plaats|gebied|deelgebied|stadsdeel|"
                r"village|district|neighbou?rhood)(?: ?naam)?$"
            ),
            More.AREA_NAME,
        ),
    )
)
_PARTS = {
    "voornaam": 0,
    "first name": 0,
    "voorletters": 0,
    "tussenvoegsel": 1,
    "tussenvoegsels": 1,
    "achternaam": 2,
    "last name": 2,
    "surname": 2,
    "familienaam": 2,
}
_NUMBERED = re.compile(r"\b([1-9])e?\b|(?<=[a-z])([1-9])\b")
_BARE_NAMES = frozenset({"naam", "name", "namen", "names"})


def header_key(header: str) -> str:
    """Give a header without accents, capitals and signs: "E-mail (beheerder)" is "e mail beheerder"."""
    plain = unicodedata.normalize("NFKD", header[:200].casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


@lru_cache(maxsize=4096)
def field_of(header: str) -> Field | None:
    """Give our field for one header by itself, or None.

    An exact known word first, then what the words contain, then a known word with a typing
    mistake. A bare "naam" is the name of the group; `guess_mapping` looks at its neighbours.
    """
    key = header_key(header)
    bare = " ".join(_NUMBERED.sub(" ", key).split()) if key != "06" else key
    if key in _PARTS or bare in _PARTS:
        return Field.ADMINISTRATOR_NAME
    for candidate in (key, bare):
        if candidate in _EXACT:
            return _EXACT[candidate]
    if bare in _BARE_NAMES:
        return Field.NAME
    if not bare or _OTHERS.search(bare):
        return None
    for pattern, field in _RULES:
        if pattern.search(bare):
            return field
    if not 4 < len(bare) <= _LONGEST or any(sign.isdigit() for sign in bare):
        return None
    close = get_close_matches(bare, _EXACT, n=1, cutoff=0.86)
    return _EXACT[close[0]] if close else None


def guess_mapping(headers: Sequence[str]) -> tuple[Field | None, ...]:
    """Give our field for every header, in their order.

    A bare "naam" beside a column for the group is the name of the administrator. Of the fields
    that one column gives the first column wins.
    """
    fields = [field_of(header) for header in headers]
    bare = [index for index, header in enumerate(headers) if header_key(header) in _BARE_NAMES]
    named = [i for i, field in enumerate(fields) if field is Field.NAME and i not in bare]
    if named and Field.ADMINISTRATOR_NAME not in fields:
        for index in bare:
            fields[index] = Field.ADMINISTRATOR_NAME
    elif bare:
        # "Naam" beside "Groep" and "Beheerder": the column for the group is the clearer one.
        for index in bare[0 if named else 1 :]:
            fields[index] = None
    taken: set[Field] = set()
    for index, field in enumerate(fields):
        if field in ONCE and field in taken:
            fields[index] = None
        elif field is not None:
            taken.add(field)
    return tuple(fields)


def guess_more(headers: Sequence[str]) -> tuple[AnyField | None, ...]:
    """Give our field for every header, those of `More` included: "Groepsnummer" is no name."""
    more = [_more_of(header) for header in headers]
    plain = ["" if found else header for header, found in zip(headers, more, strict=True)]
    fields: list[AnyField | None] = list(guess_mapping(plain))
    for index, found in enumerate(more):
        if fields[index] is None and found and not (found in ONCE and found in fields):
            fields[index] = found
    return tuple(fields)


def _more_of(header: str) -> More | None:
    key = header_key(header)
    return next((field for rule, field in _MORE_RULES if rule.search(key)), None)


def header_mark(headers: Sequence[str]) -> str:
    """Give a mark of a header line: the same columns in any order have the same one."""
    words = "\n".join(sorted(header_key(one) for one in headers))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def name_part(header: str) -> int | None:
    """Give the place of a part of a name: 0 first name, 1 what stands between, 2 surname."""
    key = header_key(header)
    return _PARTS.get(key, _PARTS.get(" ".join(_NUMBERED.sub(" ", key).split())))


def number_of_header(header: str) -> int:
    """Give the number in a header such as "Telefoon 2" or "2e beheerder"; 1 where it has none."""
    match = _NUMBERED.search(header_key(header))
    return int(match.group(1) or match.group(2)) if match else 1


def unique_headers(headers: Sequence[str]) -> tuple[str, ...]:
    """Give every column a name of its own: a repeated one gets a number, an empty one its place."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for place, header in enumerate(headers, start=1):
        name = " ".join(header.split()) or f"(kolom {place})"
        seen[name] = seen.get(name, 0) + 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in seen:
            seen[name] += 1
        unique = name if seen[name] == 1 else f"{name} ({seen[name]})"
        seen.setdefault(unique, 1)
        names.append(unique)
    return tuple(names)
