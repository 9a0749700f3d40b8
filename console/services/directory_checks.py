"""Reads what was filled in for the directory; refuses with the field and a sentence (F11-F14).

The code of a refusal is ``bad-`` and the name of the field, so a form can mark it.
"""

import re
from collections.abc import Iterable
from typing import Any

from console.domain.directory_forms import AdministratorForm, AreaForm, GroupForm
from console.domain.failures import Problem, Refused
from console.intake import register_cells as cells
from contract.vocabulary import (
    AdministratorRole,
    AreaLevel,
    GroupKind,
    GroupState,
    Reach,
    Wish,
)

NAME_LONGEST = 120
NOTE_LONGEST = 2000
SOURCE_LONGEST = 80
FIRST_YEAR, LAST_YEAR = 1900, 2100
NUMBER_MOST = 100_000
ITEMS_MOST = 500
REASON_SHORTEST = 3

_TIME = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)")
_CODE = re.compile(r"GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4}")
_LEVEL_OF_CODE = {
    "GM": AreaLevel.MUNICIPALITY,
    "WK": AreaLevel.DISTRICT,
    "BU": AreaLevel.NEIGHBOURHOOD,
}


def group_fields(form: GroupForm) -> dict[str, Any]:
    """Return the fields of a group record; raises Refused at the first field that is not good."""
    fields: dict[str, Any] = {
        "name": _name(form.name),
        "kind": _choice("kind", form.kind, GroupKind),
        "area_id": form.area_id,
        "streets": _list("streets", form.streets),
        "postcodes": _postcodes(form.postcodes),
        "members": _number("members", form.members),
        "member_limit": _number("member_limit", form.member_limit),
        "state": _choice("state", form.state, GroupState),
        "wish": _choice("wish", form.wish, Wish),
        "reach": _choice("reach", form.reach, Reach),
        "reach_via": _text("reach_via", form.reach_via, NAME_LONGEST),
        "note": _text("note", form.note, NOTE_LONGEST),
        **_quiet(form.quiet_from, form.quiet_until),
    }
    if form.invite_link is not None:
        fields["invite_link"] = invite_link(form.invite_link)
    return fields


def area_fields(form: AreaForm) -> dict[str, Any]:
    """Return the fields of an area record; raises Refused at the first field that is not good."""
    level = _choice("level", form.level, AreaLevel)
    code = area_code(form.code)
    fits = _LEVEL_OF_CODE.get(code[:2], "")
    if fits in (AreaLevel.MUNICIPALITY,) and level != AreaLevel.MUNICIPALITY:
        raise _bad(
            "code",
            "Een code met GM is van een gemeente.",
            "Kies het niveau gemeente, of gebruik de code van de wijk (WK) of buurt (BU).",
        )
    if level == AreaLevel.MUNICIPALITY and fits not in ("", AreaLevel.MUNICIPALITY):
        raise _bad("code", "De code van een gemeente begint met GM.", "Bijvoorbeeld GM0546.")
    return {
        "name": _name(form.name),
        "level": level,
        "code": code,
        "parent_id": form.parent_id,
        "inhabitants": _number("inhabitants", form.inhabitants, 100_000_000),
        "inhabitants_year": _year("inhabitants_year", form.inhabitants_year),
        "inhabitants_source": _text("inhabitants_source", form.inhabitants_source, SOURCE_LONGEST),
        "note": _text("note", form.note, NOTE_LONGEST),
    }


def administrator_fields(form: AdministratorForm) -> dict[str, Any]:
    """Return the fields of an administrator; raises Refused at the first that is not good."""
    fields: dict[str, Any] = {
        "name": _name(form.name),
        "wish": _choice("wish", form.wish, Wish),
        "reach": _choice("reach", form.reach, Reach),
        "on_burgernet": form.on_burgernet,
        **_quiet(form.quiet_from, form.quiet_until),
    }
    if form.note is not None:
        fields["note"] = _text("note", form.note, NOTE_LONGEST)
    if form.phone is not None:
        fields["phone"] = phone(form.phone)
    if form.email is not None:
        fields["email"] = email(form.email)
    return fields


def role(value: str) -> str:
    """Return the role of an administrator in a group; raises Refused for another word."""
    return _choice("role", value, AdministratorRole)


def phone(typed: str) -> str:
    """Return a phone number in E.164, empty for none; raises Refused where it is no number."""
    found = cells.read_phone(typed) if typed.strip() else None
    if found is None:
        return ""
    if not found.value or found.guess is not None:
        raise _bad(
            "phone",
            "Dit is geen telefoonnummer.",
            "Schrijf het voluit, bijvoorbeeld 06-12345678.",
        )
    return found.value


def email(typed: str) -> str:
    """Return an e-mail address, empty for none; raises Refused where it cannot be one."""
    if not typed.strip():
        return ""
    found = cells.read_email(typed)
    if not found.value:
        raise _bad("email", "Dit is geen e-mailadres.", "Bijvoorbeeld naam@voorbeeld.nl.")
    return found.value


def invite_link(typed: str) -> str:
    """Return an invite link in its one plain form; any other address is refused (threat 5)."""
    if not typed.strip():
        return ""
    found = cells.read_invite(typed)
    if not found.value:
        raise _bad(
            "invite_link",
            "Dit is geen uitnodigingslink van WhatsApp.",
            "Een link begint met https://chat.whatsapp.com/.",
        )
    return found.value


def area_code(typed: str) -> str:
    """Return a CBS code as GM, WK or BU with its digits (formats.md §6), empty for none."""
    code = re.sub(r"[\s.-]", "", typed).upper()
    if not code:
        return ""
    if _CODE.fullmatch(code) is None:
        guess = cells.read_area_code(typed).value
        raise _bad(
            "code",
            "Dit is geen CBS-code.",
            f"Bedoelt u {guess}?" if guess else "Bijvoorbeeld GM0546, WK054600 of BU05460000.",
        )
    return code


def reason(typed: str) -> str:
    """Return why somebody looks; raises Refused where nothing is said (security.md §4)."""
    words = " ".join(typed.split())
    if len(words) < REASON_SHORTEST:
        raise Refused(
            Problem(
                "reason-missing",
                "Zeg waarom u de nummers wilt zien.",
                "Uw reden komt in het logboek.",
            )
        )
    return words[:400]


def agreement(typed: str) -> str:
    """Return the text of an agreement; raises Refused where it is empty or too long."""
    words = typed.strip()
    if not words:
        raise _bad("text", "Er staat nog geen afspraak.", "Schrijf op wat u afsprak.")
    return _text("text", words, NOTE_LONGEST)


def limit(number: int) -> int:
    """Return the most members of a group; raises Refused outside 2 to 100,000."""
    if not 2 <= number <= NUMBER_MOST:
        raise _bad("member_limit", "Dit aantal kan niet.", "Kies een getal vanaf 2.")
    return number


def _name(typed: str) -> str:
    words = " ".join(typed.split())
    if not words:
        raise _bad("name", "Er is nog geen naam.", "Vul een naam in.")
    return _text("name", words, NAME_LONGEST)


def _text(field: str, typed: str, longest: int) -> str:
    words = typed.replace("\x00", "").strip()
    if len(words) > longest:
        raise _bad(
            field,
            f"Deze tekst is te lang. Er passen {longest} tekens.",
            "Maak de tekst korter. Wat u typte, staat er nog.",
        )
    return words


def _choice(field: str, value: str, words: Any) -> str:
    if value not in tuple(words):
        raise _bad(field, "Er is nog geen keuze gemaakt.", "Kies een van de woorden.")
    return str(value)


def _number(field: str, typed: str, most: int = NUMBER_MOST) -> int | None:
    digits = typed.strip().replace(".", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9 or int(digits) > most:
        raise _bad(field, "Dit is geen aantal.", "Schrijf alleen cijfers.")
    return int(digits)


def _year(field: str, typed: str) -> int | None:
    digits = typed.strip()
    if not digits:
        return None
    year = int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _bad(field, "Dit is geen jaar.", "Schrijf het als 2025.")
    return year


def _list(field: str, items: Iterable[str]) -> list[str] | None:
    found = list(dict.fromkeys(" ".join(one.split()) for one in items if one.strip()))
    if len(found) > ITEMS_MOST or any(len(one) > NAME_LONGEST for one in found):
        raise _bad(field, "Deze lijst is te lang.", f"Er passen {ITEMS_MOST} regels.")
    return found or None


def _postcodes(items: Iterable[str]) -> list[str] | None:
    found: dict[str, None] = {}
    for typed in items:
        codes, left = cells.read_postcodes(typed) if typed.strip() else ([], "")
        if left:
            raise _bad("postcodes", f"{left[:20]} is geen postcode.", "Bijvoorbeeld 1234 AB.")
        found.update(dict.fromkeys(codes))
    return _list("postcodes", found)


def _quiet(start: str, end: str) -> dict[str, str]:
    values = {"quiet_from": _time("quiet_from", start), "quiet_until": _time("quiet_until", end)}
    for missing, other in (("quiet_from", "quiet_until"), ("quiet_until", "quiet_from")):
        if values[other] and not values[missing]:
            raise _bad(missing, "Een van de twee tijden ontbreekt.", "Vul beide in, of geen.")
    return values


def _time(field: str, typed: str) -> str:
    words = typed.strip()
    if not words:
        return ""
    match = _TIME.fullmatch(words)
    if match is None:
        raise _bad(field, "Dit is geen tijd.", "Schrijf een tijd als 22:00.")
    return f"{int(match[1]):02d}:{match[2]}"


def _bad(field: str, sentence: str, next_step: str) -> Refused:
    return Refused(Problem(f"bad-{field}", sentence, next_step))
