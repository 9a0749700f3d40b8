"""All a team holds of one person, to be judged and given as one bundle (F52, security.md §4). Pure."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Protocol

from console.domain.acts import HISTORY, history_words, thing

PROVISION_YEARS = 4
"""How many years of provisions a bundle tells of (security.md §4)."""

PROVISIONS = frozenset(
    "provided photo_copied exported subject_export card_shown numbers_shown signup_passed_on".split()
)
"""What a line of history says where personal data were given or shown to somebody."""

_BESIDE: Mapping[str, str] = {
    "account": "account om mee aan te melden",
    "archive_look": "vraag naar een oude melding",
    "device": "naam van een desk",
    "intake_key": "sleutel van een meldformulier",
    "sync_op": "bewaard antwoord van de centrale",
    "outbox": "op deze desk: wacht op verzenden",
    "tray": "op deze desk: niet aangenomen",
    "journal": "op deze desk: verzonden",
    "typing": "op deze desk: getypt, nog niet opgeslagen",
    "withheld": "op deze desk: wacht op verwijderen",
    "memory": "op deze desk: onthouden",
}
"""Where something stands that is no record, in words."""


def place(kind: str) -> str:
    """Return what a record is, or in which place beside the records something stands."""
    return _BESIDE.get(kind) or thing(kind)


@dataclass(frozen=True, slots=True)
class SubjectRecord:
    """One record. ``sure``: it is about this person; else somebody judges. ``where``: fields."""

    kind: str
    id: str
    at: str
    old: bool
    sure: bool
    where: tuple[str, ...]
    body: Mapping[str, Any] = field(repr=False)

    @property
    def key(self) -> str:
        """Kind and id as one text."""
        return f"{self.kind}:{self.id}"

    def excerpt(self, most: int = 120) -> str:
        """Return what shows a person what the record says."""
        places = [name for name in self.where if not name.endswith("_id")]
        if self.kind == "log_entry" and all(one.startswith("(") for one in places):
            return history_words(str(self.body.get("what") or ""))
        told = [self.body.get(name) for name in (*places, "text", "title", "name", "what")]
        words = next((" ".join(one.split()) for one in told if isinstance(one, str) and one), "")
        return words if len(words) <= most else f"{words[: most - 1]}…"


Progress = Callable[[int, int], None]
"""Told how many records were looked through, of how many."""


class SubjectAccess(Protocol):
    """What central is asked about one person. Raises Refused."""

    async def collect(
        self, phone: str, name: str, reason: str, progress: Progress
    ) -> tuple[str, list[SubjectRecord]]:
        """Have the question written down, then fetch every record; returns its id and those."""
        ...

    async def note_given(self, look: str, given: int, left_out: int) -> None:
        """Have central write down that a bundle is made, before it is."""
        ...


def not_twice(here: Sequence[SubjectRecord], found: Sequence[SubjectRecord]) -> list[SubjectRecord]:
    """Return what stands on this desk and says something that the records of central do not."""
    bodies = {(one.kind, one.id): one.body for one in found}
    kept = []
    for one in here:
        record = bodies.get((str(one.body.get("of")), str(one.body.get("of_id"))), {})
        if not record or any(record.get(name) != one.body.get(name) for name in one.where):
            kept.append(one)
    return kept


def provisions(records: Sequence[SubjectRecord], since: str) -> list[SubjectRecord]:
    """Return the lines that say that data went to somebody, newest first. ``since``: a stamp."""
    lines = [
        one
        for one in records
        if one.kind == "log_entry"
        and one.body.get("what") in PROVISIONS
        and moment_of(one) >= since
    ]
    return sorted(lines, key=moment_of, reverse=True)


def moment_of(one: SubjectRecord) -> str:
    """Return when the thing happened that a record tells of; else when it last changed."""
    return str(one.body.get("at") or one.body.get("made_at") or one.at)


def ordered(records: Sequence[SubjectRecord]) -> list[SubjectRecord]:
    """Return them as a person judges them: first what is not sure, then by kind, newest first."""
    newest = sorted(records, key=lambda one: one.at, reverse=True)
    return sorted(newest, key=lambda one: (one.sure, one.kind))


def bundle(
    records: Sequence[SubjectRecord],
    left_out: int,
    photos: Mapping[str, bytes],
    made_at: str,
    missing: int = 0,
    *,
    since: str = "",
    masked: int = 0,
) -> bytes:
    """Return the bundle as a ZIP: to read, to reuse, and the photos. Nothing in it runs.

    ``photos``: bytes by the hash of their content; ``missing``: photos that are not on this desk.
    ``since``: from when provisions are told; ``masked``: places where another's data went out.
    """
    kept = io.BytesIO()
    counts = _Counts(left_out, missing, masked)
    given = provisions(records, since)
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("overzicht.html", _page(records, given, made_at, counts))
        data = {
            "made_at": made_at,
            "left_out": left_out,
            "photos_missing": missing,
            "of_others_left_out": masked,
            "provisions": [_provision(one) for one in given],
            "records": [
                {"kind": one.kind, "id": one.id, "at": one.at, "old": one.old, "body": one.body}
                for one in records
            ],
        }
        made.writestr("gegevens.json", json.dumps(data, ensure_ascii=False, indent=1, default=str))
        for number, content in enumerate(photos.values(), start=1):
            made.writestr(f"fotos/foto-{number}.jpg", content)
    return kept.getvalue()


@dataclass(frozen=True, slots=True)
class _Counts:
    """What is not in the bundle."""

    left_out: int
    missing: int
    masked: int


def _provision(one: SubjectRecord) -> dict[str, str]:
    what = str(one.body.get("what") or "")
    return {
        "at": moment_of(one),
        "what": HISTORY.get(what, what),
        "recipient": str(one.body.get("recipient") or ""),
        "reason": str(one.body.get("reason") or ""),
    }


def _page(
    records: Sequence[SubjectRecord],
    given: Sequence[SubjectRecord],
    made_at: str,
    counts: _Counts,
) -> str:
    parts = [
        (
            '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            "<title>Inzage</title><style>body{font:12pt sans-serif;max-width:48em;margin:2em}"
            "table{border-collapse:collapse;width:100%;margin-bottom:1.5em}"
            "td,th{border:1px solid #999;padding:.3em;vertical-align:top;overflow-wrap:anywhere;"
            "text-align:left}"
            "td:first-child{width:10em}</style></head><body><h1>Inzage</h1>"
        ),
        (
            f"<p>Gemaakt op {escape(made_at)}. {len(records)} gegevens staan hieronder. "
            f"{counts.left_out} zijn weggelaten omdat ze over anderen gaan of niet over deze "
            "persoon."
        ),
        f" {counts.missing} foto's staan niet op deze computer." if counts.missing else "",
        f" Op {counts.masked} plaatsen is iets van een ander weggelaten." if counts.masked else "",
        "</p>",
        f"<h2>Verstrekkingen van de laatste {PROVISION_YEARS} jaar</h2>",
        _given(given),
    ]
    for kind in sorted({one.kind for one in records}):
        parts.append(f"<h2>{escape(place(kind).capitalize())}</h2>")
        for one in records:
            if one.kind == kind:
                parts.append(_table(one))
    return "".join((*parts, "</body></html>"))


def _given(given: Sequence[SubjectRecord]) -> str:
    if not given:
        return "<p>Er is in die tijd niets verstrekt.</p>"
    head = "".join(f"<th>{one}</th>" for one in ("wanneer", "wat", "aan wie", "waarom"))
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in _provision(one).values()) + "</tr>"
        for one in given
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _table(one: SubjectRecord) -> str:
    rows = [("laatst veranderd", one.at), *sorted(one.body.items())]
    cells = "".join(
        f"<tr><td>{escape(str(name))}</td><td>{escape(_text(value))}</td></tr>"
        for name, value in rows
        if value not in (None, "", [], {})
    )
    return f"<table>{cells}</table>"


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
