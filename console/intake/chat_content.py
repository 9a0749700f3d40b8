"""What one message holds: words, an attachment, a deletion, an edit (formats.md §4a)."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from console.intake.chat_marks import LEFT_TO_RIGHT, MARKS, without_marks

MessageKind = Literal["message", "system", "media", "deleted"]
"""What a line of a chat is. A place or a poll is a message."""

_OMITTED_THINGS = (
    "media afbeelding foto video audio sticker gif document visitekaartje productafbeelding "
    "videobericht spraakbericht contactkaart image photo bild dokument kontaktkarte"
)
_OMITTED_WORDS = r"weggelaten|omitted|weggelassen|ausgelassen|ausgeschlossen"
_OMITTED_PHRASES = (
    "contact card omitted",
    "product image omitted",
    "video note omitted",
    "voice message omitted",
    "image absente",
    "vidéo absente",
    "audio omis",
    "imagen omitida",
    "immagine omessa",
    "imagem ocultada",
)
_ANDROID_OMITTED = (
    "<media weggelaten>",
    "<media omitted>",
    "<medien ausgeschlossen>",
    "<medien weggelassen>",
    "<médias omis>",
    "<multimedia omitido>",
    "<archivo omitido>",
    "<media omessi>",
    "<mídia oculta>",
    "<view once voice message omitted>",
    "<video note omitted>",
)
_DELETED = (
    "dit bericht is verwijderd",
    "u hebt dit bericht verwijderd",
    "u heeft dit bericht verwijderd",
    "je hebt dit bericht verwijderd",
    "jij hebt dit bericht verwijderd",
    "this message was deleted",
    "you deleted this message",
    "you deleted this message as admin",
    "diese nachricht wurde gelöscht",
    "du hast diese nachricht gelöscht",
    "ce message a été supprimé",
    "vous avez supprimé ce message",
    "se eliminó este mensaje",
    "eliminaste este mensaje",
    "questo messaggio è stato eliminato",
)
_DELETED_BY_ADMIN = re.compile(
    r"(?:dit bericht is verwijderd door (?:de )?beheerder|this message was deleted by admin)\b"
    r"[^\n]{0,200}",
    re.IGNORECASE,
)
_IOS_OMITTED = re.compile(
    rf"(?:(?:{'|'.join(_OMITTED_THINGS.split())}) (?:{_OMITTED_WORDS})"
    rf"|{'|'.join(_OMITTED_PHRASES)})",
    re.IGNORECASE,
)
_IOS_ATTACHED = re.compile(
    r"<(?:bijgevoegd|attached|Anhang|pi[eè]ce jointe|adjunto|allegato|anexado)\s?:\s?"
    r"([^<>\n]{1,255})>",
    re.IGNORECASE,
)
_ATTACHED_AT_THE_END = re.compile(LEFT_TO_RIGHT + _IOS_ATTACHED.pattern + "$", re.IGNORECASE)
_LONGEST_NAME = 300
_ATTACHED_SUFFIX = re.compile(
    r" \((?:bestand bijgevoegd|file attached|Datei angehängt|fichier joint|archivo adjunto"
    r"|file allegato|arquivo anexado)\)$",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"[^\n/\\<>]{1,250}\.\w{1,8}\.?|(?:IMG|VID|PTT|AUD|STK|DOC)-\d{8}-WA\d+\.?")
_DOCUMENT_LABEL = re.compile(
    r"[^\n]{1,255} [•·] ?\d{1,6} ?(?:pagina['’]?s?|pages?|Seiten?|p[aá]ginas?|pagine)?"
)
_EDITED = re.compile(
    rf"[{MARKS} ]{{0,4}}<(?:Dit bericht is bewerkt|This message was edited"
    r"|Diese Nachricht wurde bearbeitet|Ce message a été modifié|Se editó este mensaje"
    r"|Questo messaggio è stato modificato)\.?>$",
    re.IGNORECASE,
)
_EDITED_TAIL = 60
_LONGEST_DELETION = 250
_VIEW_ONCE = "null"

SPECIAL_ENDS = frozenset("\n>)")
"""Last characters of a line or text that may be more than words."""

SUSPECT_CHARS = 9
"""How many first characters of a line are held against `SUSPECTS`."""

SUSPECTS = frozenset(
    form[:SUSPECT_CHARS]
    for phrase in (
        *_DELETED,
        *_OMITTED_PHRASES,
        *_ANDROID_OMITTED,
        _VIEW_ONCE,
        *(
            f"{thing} {word}"
            for thing in _OMITTED_THINGS.split()
            for word in _OMITTED_WORDS.split("|")
        ),
    )
    for form in (
        phrase,
        phrase.capitalize(),
        phrase[:1] + phrase[1:].capitalize(),
        phrase.replace("gif", "GIF"),
    )
)
"""Beginnings of first lines that may be more than words: a quick test before `read_content`."""


_PLACE_OR_POLL = re.compile(
    r"(?:(?:live )?(?:locatie|location|standort|localisation|ubicaci[oó]n)|poll|peiling|umfrage)\b",
    re.IGNORECASE,
)


class Content(NamedTuple):
    """Text without marks and suffix, its kind, the name of the attached file, and the edit."""

    text: str
    kind: MessageKind
    attachment: str | None
    edited: bool


def read_content(text: str, *, view_once: bool) -> Content:
    """Give what a message holds, from its raw text with marks.

    `view_once`: whether the lone word `null` is a photo to be seen once (Android only).
    """
    edited = False
    tail = text.rstrip(" \n")
    suffix = _EDITED.search(tail, max(0, len(tail) - _EDITED_TAIL))
    if suffix is not None:
        text, edited = tail[: suffix.start()], True
    media = _read_media(text, view_once=view_once)
    if media is not None:
        caption, attachment = media
        return Content(caption, "media", attachment, edited)
    text = without_marks(text)
    if len(text) <= _LONGEST_DELETION and _is_deletion(text.strip()):
        return Content(text.strip(), "deleted", None, edited)
    return Content(text, "message", None, edited)


def is_place_or_poll(text: str) -> bool:
    """Whether a text with the app's mark is a place or poll that somebody sent: a message."""
    return _PLACE_OR_POLL.match(text) is not None


def _is_deletion(text: str) -> bool:
    return text.casefold().rstrip(".") in _DELETED or bool(_DELETED_BY_ADMIN.fullmatch(text))


def _read_media(raw: str, *, view_once: bool) -> tuple[str, str | None] | None:
    """Give caption and file name when the first line stands for an attachment."""
    marked_line, _, rest = raw.partition("\n")
    line = without_marks(marked_line).strip()
    rest = without_marks(rest)
    folded = line.casefold()
    if folded in _ANDROID_OMITTED or _IOS_OMITTED.fullmatch(line.rstrip(".")):
        return rest, None
    if view_once and line == _VIEW_ONCE and not rest:
        return "", None
    suffix = _ATTACHED_SUFFIX.search(line[-30:])
    if suffix is not None:
        name = line[: len(line) - len(suffix.group())].strip()
        return (rest, name) if _FILE_NAME.fullmatch(name) else None
    attached = _IOS_ATTACHED.search(line)
    if attached is not None and (attached.end() == len(line) or attached.start() == 0):
        before, after = line[: attached.start()].strip(), line[attached.end() :].strip()
        return _caption(before, after, rest), attached[1].strip()
    last = _ATTACHED_AT_THE_END.search(raw, max(0, len(raw) - _LONGEST_NAME))
    if last is not None:
        return without_marks(raw[: last.start()]).rstrip(), without_marks(last[1]).strip()
    for omitted in _ANDROID_OMITTED[:2]:
        if folded.startswith(f"{omitted} "):
            return _caption("", line[len(omitted) :].strip(), rest), None
    return _after_app_mark(marked_line, rest)


def _after_app_mark(marked_line: str, rest: str) -> tuple[str, str | None] | None:
    """An iOS line `words U+200E document omitted`: the words are a caption or a file's label."""
    before, mark, after = marked_line.rpartition(LEFT_TO_RIGHT)
    if not mark or not _IOS_OMITTED.fullmatch(without_marks(after).strip().rstrip(".")):
        return None
    words = without_marks(before).strip()
    if _DOCUMENT_LABEL.fullmatch(words):
        return rest, re.split(r" [•·] ?", words)[0]
    return _caption(words, "", rest), None


def _caption(before: str, after: str, rest: str) -> str:
    """Join what people wrote round an attachment; a file's own label is no caption."""
    if _DOCUMENT_LABEL.fullmatch(before):
        before = ""
    return "\n".join(part for part in (before, after, rest) if part)
