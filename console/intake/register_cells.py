"""What one cell of somebody else's list says, and what had to be guessed to read it (F64)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

MAX_MEMBERS = 100_000
"""More members than this is a phone number or a mistake (WhatsApp allows 1,024)."""

UNKNOWN_KIND = "unknown"
"""The kind of a group whose list does not say it, or says it in words we do not know."""

_NOTHING = frozenset(
    {"", "-", "--", "?", "geen", "nvt", "n.v.t.", "n.v.t", "onbekend", "none", "x"}
)
_KINDS = (
    ("regie", re.compile(r"regie", re.I)),
    ("administrators", re.compile(r"\b(?:beheerder|administrator|admin)", re.I)),
    (
        "business",
        re.compile(r"business|ondernem|bedrij|winkel|horeca|\bkvo\b|keurmerk|middenstand", re.I),
    ),
    (
        "neighbourhood",
        re.compile(
            r"neighbou?rhood|buurt|wijk|straat|bewoner|\bwabp\b|dorp|flat|preventie|resident", re.I
        ),
    ),
)
_SPLIT_LIST = re.compile(r"[;,/|\n]")
_SPLIT_PEOPLE = re.compile(r"[;/|\n]|\s&\s|\sen\s(?=[A-ZÀ-Þ0-9+])")
_SPLIT_PHONES = re.compile(r"[;/|,\n]|\s&\s|\s(?:en|of)\s")
_POSTCODE = re.compile(r"(?<![0-9A-Za-z])([1-9][0-9]{3})\s?([A-Za-z]{2})(?![0-9A-Za-z])")
_AREA_CODE = re.compile(r"GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4}")
_AREA_PREFIX = {4: "GM", 6: "WK", 8: "BU"}
_INVITE = re.compile(
    r"(?:https?://)?(?:www\.)?chat\.whatsapp\.com/(?:invite/)?(?P<code>[0-9A-Za-z]{16,32})"
    r"(?:/|\?[\w=&.%-]{0,80})?",
    re.I,
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_MEMBERS = re.compile(r"[0-9]{1,6}|[0-9]{1,3}\.[0-9]{3}")
_ABOUT = re.compile(
    r"(?:(?:±|\+/-|ca\.?|circa|ongeveer|plm\.?|~|>|<|meer dan|ruim|bijna)\s?)?"
    r"(?P<number>[0-9]{1,3}\.[0-9]{3}|[0-9]{1,6})(?:[.,]0{1,2})?"
    r"\s?(?:\+|leden|deelnemers|personen|mensen|members|huishoudens|adressen)?",
    re.I,
)
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ][0-9:.]{5,15}Z?)?")
_DUTCH_DAY = re.compile(
    r"(?:([0-9]{1,2})[-/. ])?([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})(?: [0-9:]{4,8})?"
)
_PLAIN_DUTCH = re.compile(r"0([1-9](?:[ -]?[0-9]){8})")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]{1,15})?[eE]\+?[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value read from a cell; `guess` is what it became where that was a guess, else None.

    An empty `guess` says that something stood there and was not taken over.
    """

    value: str | None
    guess: str | None = None


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: empty, "-", "geen", "n.v.t."."""
    return text.strip().casefold() in _NOTHING


def read_phone(text: str) -> Cell:
    """Give a phone number in E.164.

    A Dutch number that lost its leading zero or its plus sign in a spreadsheet is restored and
    said to be a guess; what cannot be a number is not taken over.
    """
    if is_nothing(text):
        return Cell(None)
    plain_dutch = _PLAIN_DUTCH.fullmatch(text)
    if plain_dutch:
        # The common notation, ten times as fast; a test lays it beside the whole way.
        return Cell("+31" + re.sub(r"[ -]", "", plain_dutch[1]))
    raw = text.strip().removesuffix(".0").lstrip("'=").replace("(0)", "")
    if _SCIENTIFIC.fullmatch(raw):
        return _from_scientific(raw)
    digits = re.sub(r"[^0-9]", "", raw)
    plain = re.fullmatch(r"[0-9 .\-]+", raw) is not None
    if plain and len(digits) == 9 and digits[0] != "0":
        return Cell("+31" + digits, "+31" + digits)
    if plain and len(digits) in (10, 11) and digits.startswith(("31", "32")):
        return _guessed("+" + digits)
    number = _e164(raw)
    return Cell(number) if number else Cell(None, "")


def _from_scientific(raw: str) -> Cell:
    """6,12345678E+08 still holds the whole number; 6,12E+08 has lost it for good."""
    mantissa, _, exponent = raw.upper().replace(",", ".").partition("E")
    digits = mantissa.replace(".", "")
    if len(digits) != int(exponent) + 1 or len(digits) not in (9, 11):
        return Cell(None, "")
    return read_phone(digits)


def _guessed(number: str) -> Cell:
    whole = _e164(number)
    return Cell(whole, whole) if whole else Cell(None, "")


def _e164(raw: str) -> str | None:
    try:
        number = phonenumbers.parse(raw[:40], "NL")
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    national = phonenumbers.national_significant_number(number)
    if number.country_code == 31 and not (len(national) == 9 or national.startswith(("800", "90"))):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def read_email(text: str) -> Cell:
    """Give an e-mail address as written, or nothing where it cannot be one."""
    if is_nothing(text):
        return Cell(None)
    raw = text.strip().removeprefix("mailto:").strip("<>; ")
    return Cell(raw) if _EMAIL.fullmatch(raw) else Cell(None, "")


def read_members(text: str) -> Cell:
    """Give a number of members; "± 80" and "80 leden" are guesses, "60-80" is not taken over."""
    if is_nothing(text):
        return Cell(None)
    raw = text.strip().lstrip("=")
    match = _ABOUT.fullmatch(raw)
    if match is None:
        return Cell(None, "")
    number = int(match["number"].replace(".", ""))
    if number > MAX_MEMBERS:
        return Cell(None, "")
    return Cell(str(number), None if raw == str(number) or raw == f"{number}.0" else str(number))


def read_kind(text: str) -> str:
    """Give the kind of group by its Dutch or English words, "unknown" where they say nothing."""
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), UNKNOWN_KIND)


def read_area_code(text: str) -> Cell:
    """Give a CBS code; digits that lost their letters get them back by their number, as a guess."""
    if is_nothing(text):
        return Cell(None)
    raw = re.sub(r"[\s.-]", "", text).upper()
    if _AREA_CODE.fullmatch(raw):
        return Cell(raw)
    raw = raw.removesuffix("0") if re.fullmatch(r"[0-9]+\.0", text.strip()) else raw
    if raw.isascii() and raw.isdigit() and len(raw) in _AREA_PREFIX:
        code = _AREA_PREFIX[len(raw)] + raw
        return Cell(code, code)
    return Cell(None, "")


def read_date(text: str) -> Cell:
    """Give a day as YYYY-MM-DD; a year of two digits is a guess, another notation is not taken.

    A month without a day counts as its first day, as a guess.
    """
    if is_nothing(text):
        return Cell(None)
    raw = text.strip()
    iso = _ISO_DAY.fullmatch(raw)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    dutch = _DUTCH_DAY.fullmatch(raw)
    if dutch is None:
        return Cell(None, "")
    year = int(dutch[3])
    found = _day(year + 2000 if year < 100 else year, int(dutch[2]), int(dutch[1] or 1))
    guess = year < 100 or not dutch[1]
    return Cell(found.value, found.value) if found.value and guess else found


def _day(year: int, month: int, day: int) -> Cell:
    try:
        found = date(year, month, day)
    except ValueError:
        return Cell(None, "")
    return Cell(found.isoformat()) if 2000 <= year <= 2100 else Cell(None, "")


def read_postcodes(text: str) -> tuple[list[str], str]:
    """Give the postcodes as 1234AB, and what stood there besides and was not taken over."""
    if is_nothing(text):
        return [], ""
    codes = [f"{digits}{letters.upper()}" for digits, letters in _POSTCODE.findall(text)]
    rest = _POSTCODE.sub(" ", text)
    left = " ".join(part for part in re.split(r"[\s;,/|-]+|t/m|tot|en", rest) if part)
    return list(dict.fromkeys(codes)), left


def read_streets(text: str) -> list[str]:
    """Give the streets of a cell, split at comma, semicolon, slash and line end."""
    parts = (" ".join(part.split()) for part in _SPLIT_LIST.split(text))
    return list(dict.fromkeys(part for part in parts if not is_nothing(part)))


def read_invite(text: str) -> Cell:
    """Give an invite link of WhatsApp in its plain form; any other address is not taken over."""
    if is_nothing(text):
        return Cell(None)
    match = _INVITE.fullmatch(text.strip().strip("<>"))
    return Cell(f"https://chat.whatsapp.com/{match['code']}") if match else Cell(None, "")


def split_people(text: str) -> list[str]:
    """Give the names in a cell; a comma stays, for it may stand between surname and first name."""
    parts = [" ".join(part.split()) for part in _SPLIT_PEOPLE.split(text)]
    return [part for part in parts if not is_nothing(part)]


def split_phones(text: str) -> list[str]:
    """Give the numbers in a cell, as written."""
    if _SCIENTIFIC.fullmatch(text.strip()):
        return [text.strip()]  # its comma stands in the number
    parts = [part.strip() for part in _SPLIT_PHONES.split(text)]
    return [part for part in parts if not is_nothing(part)]
