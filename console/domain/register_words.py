"""How names are laid beside each other, and what of a list may be shown. Pure (security.md §4)."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

MASK = "••••"
_CODE = re.compile(r"(?:chat\.whatsapp\.com/|@)", re.I)
_DIGITS = re.compile(r"(?:\+|00)?[0-9](?:[ .\-()/]{0,3}[0-9]){7,}")
_SCIENTIFIC = re.compile(r"[0-9][.,][0-9]{2,}[eE]\+?[0-9]{1,2}")
_WORDS = re.compile(r"\w+")
_TOWN = re.compile(r"^(?:gemeente|gem\.?)\s+")


def key_of(text: str) -> str:
    """Return a name without accents, capitals, signs and double blanks."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = " ".join(_WORDS.findall(plain))
    # A name of signs alone is a name still, and has to be found back.
    return words or " ".join(text.casefold().split())


def town_key(text: str) -> str:
    """Return the name of a municipality likewise, without "gemeente" before it."""
    return _TOWN.sub("", key_of(text))


def masked_number(phone: str) -> str:
    """Return a phone number as its kind, no digit of it."""
    if not phone:
        return ""
    return f"06-{MASK} {MASK}" if phone.startswith("+316") else f"{MASK} {MASK}"


def masked_cell(text: str) -> str:
    """Return a cell of a list as an example: numbers, addresses and links are hidden.

    Text that only might be a number is hidden too: a column is shown before a person said what it
    means.
    """
    one = " ".join(text.split())
    if _CODE.search(one):
        return "link" if "whatsapp" in one.casefold() else f"{MASK}@{MASK}"
    if _SCIENTIFIC.fullmatch(one):
        return MASK
    return _DIGITS.sub(MASK, one)[:60]


def mark(salt: str, field: str, value: object) -> str:
    """Return six hexadecimal digits that tell whether a list says the same as before.

    Too short to find a number back with: some names fit each mark of it.
    """
    words = f"{salt}\x1f{field}\x1f{value!r}"
    return hashlib.blake2s(words.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()


def refs_of(own_id: str, name: str, town: str, area: str) -> tuple[str, ...]:
    """Return what tells a line of a list from the others, the surest first.

    The list's own number where it has one, then name with place.
    """
    words = "\x1f".join((key_of(name), town_key(town), key_of(area)))
    digest = hashlib.blake2s(words.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    named = f"n:{digest}"
    number = " ".join(own_id.split()).casefold()
    return (f"i:{number[:100]}", named) if number else (named,)


def listed(words: Sequence[str], most: int = 6) -> str:
    """Return some words with commas, and how many more there are."""
    shown = ", ".join(words[:most])
    return f"{shown} en {len(words) - most} meer" if len(words) > most else shown
