"""Who sent a line, and which lines the app wrote itself (formats.md §4a)."""

from __future__ import annotations

import re

from console.intake.chat_marks import without_marks

MAX_SENDER_CHARS = 150
"""A longer text before a colon is no name."""

# In a line without sender a colon can stand in what a person typed: a subject, a group name,
# a number. Only these acts carry such text, so only these are told from a sender.
_ACT_WITH_OWN_WORDS = re.compile(
    r"""
      \bhe(?:eft|bt)\ (?:de|deze)\ (?:groep|community)\b
    | \bhe(?:eft|bt)\ het\ (?:groeps)?onderwerp\b
    | \bhe(?:eft|bt)\ de\ groeps(?:omschrijving|beschrijving|naam|instellingen|afbeelding)
    | \bhe(?:eft|bt)\ de\ (?:omschrijving|beschrijving|naam)\ van\ de\ groep
    | \bhe(?:eft|bt)\ (?:een\ nieuw|je|uw)\ (?:telefoon)?nummer\b
    | \bhe(?:eft|bt)\ [^:]*\ (?:toegevoegd\ aan|verwijderd\ uit)\b
    | \bis\ toegevoegd\ aan\b | \baan\ een\ community\b | \buitnodigingslink\b
    | \bend-to-end\b
    | \bcreated\ (?:this\ )?(?:group|community)\b
    | \bchanged\ (?:the|this)\ (?:subject|group|community)\b
    | \bchanged\ (?:the\ group\ name|the\ group\ description|their\ phone\ number)\b
    | \badded\ [^:]*\ to\ the\ (?:group|community)\b
    | \bhat\ (?:die\ Gruppe|den\ Betreff|den\ Gruppennamen|die\ Gruppenbeschreibung)\b
    | \ba\ (?:créé\ le\ groupe|changé\ (?:le\ sujet|l['’]objet|le\ nom\ du\ groupe))\b
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Sentences of the app itself. Never used on text that lacks the app's own mark U+200E: a
# neighbour can type every one of them.
_APP_SENTENCE = re.compile(
    r"""
      \bend-to-end\b
    | \b(?:heeft|hebt|is|bent|zijn)\ .*\b(?:toegevoegd|verwijderd|gewijzigd|gemaakt|aangemaakt
        |verlaten|geworden|beheerder|vastgezet|ingeschakeld|uitgeschakeld|ingesteld|deelgenomen)\b
    | \bheeft\ een\ nieuw\ nummer\b | \bbeveiligingscode\b | \bvervaldatum\b
    | \bgemiste?\ (?:spraak|video|groeps)\w* | \bcommunity\b | \buitnodigingslink\b
    | \b(?:created|added|removed|changed|left|joined|pinned)\b
    | \bwas\ added\b | \bsecurity\ code\b | \bdisappearing\ messages\b | \bnow\ an\ admin\b
    | \bno\ longer\ an\ admin\b | \bturned\ (?:on|off)\b
    | ^missed\ (?:voice|video|group)\b
    | \bhat\ .*\b(?:erstellt|hinzugefügt|entfernt|geändert|verlassen)\b
    | \bEnde-zu-Ende\b | \bSicherheitsnummer\b
    | \bchiffré(?:s|es)?\ de\ bout\ en\ bout\b | \ba\ (?:créé|ajouté|quitté|changé|retiré)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MISSED_CALL = re.compile(r"\b(?:gemiste?|missed)\b", re.IGNORECASE)
_OWN_COLON = re.compile(r":(?=[\u00a0\u202f\u200e\u200f\u2066-\u2069\u202a-\u202e\ufeff])|: ")
_PHONE = re.compile(r"\+?[\d\s().\-\u2010-\u2015]{7,30}")
_FEWEST_PHONE_DIGITS = 7


def split_sender(line: str) -> tuple[str | None, str]:
    """Give the raw sender and the text of a line after its stamp; the sender None where none is.

    WhatsApp writes a colon and a space; a colon with anything else behind it counts only when
    no other is there, and not in an address or a time.
    """
    found = _OWN_COLON.search(line)
    if found is not None:
        cut, after = found.start(), found.end()
    elif line.endswith(":"):
        cut = after = len(line) - 1
        after += 1
    else:
        cut = line.find(":")
        after = cut + 1
        if cut > 0 and (line.startswith("//", after) or line[cut - 1].isdigit()):
            return None, line
    if not 0 < cut <= MAX_SENDER_CHARS:
        return None, line
    return line[:cut], line[after:].removeprefix("\u00a0").removeprefix("\u202f")


def clean_sender(raw: str) -> str | None:
    """Give a sender as shown on screen, or None when the app wrote the line itself.

    Loses invisible marks, the `~` of a name that is not among the contacts, and the hard
    spaces in a phone number.
    """
    name = without_marks(raw).replace("\u00a0", " ").replace("\u202f", " ").strip()
    if _ACT_WITH_OWN_WORDS.search(name):
        return None
    return name[1:].lstrip() if name.startswith("~") else name


def is_app_sentence(text: str) -> bool:
    """Whether a text that carries the app's mark is one of its own notices."""
    return _APP_SENTENCE.search(text[:1000]) is not None


def names_the_chat(text: str) -> bool:
    """Whether the sender of this notice is the chat itself; a missed call has its caller."""
    return _MISSED_CALL.search(text[:200]) is None


def is_phone_number(sender: str | None) -> bool:
    """Whether a sender is a phone number, so that the screen can mark it (screens.md, 09j)."""
    if sender is None or _PHONE.fullmatch(sender) is None:
        return False
    return sum(character.isdigit() for character in sender) >= _FEWEST_PHONE_DIGITS
