"""All a team holds of one person, to be judged and given as one bundle (F52, security.md §4). Pure."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Protocol

from console.domain.acts import thing


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
) -> bytes:
    """Return the bundle as a ZIP: to read, to reuse, and the photos. Nothing in it runs.

    ``photos``: bytes by the hash of their content; ``missing``: photos that are not on this desk.
    """
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("overzicht.html", _page(records, left_out, made_at, missing))
        data = {
            "made_at": made_at,
            "left_out": left_out,
            "photos_missing": missing,
            "records": [
                {"kind": one.kind, "id": one.id, "at": one.at, "old": one.old, "body": one.body}
                for one in records
            ],
        }
        made.writestr("gegevens.json", json.dumps(data, ensure_ascii=False, indent=1, default=str))
        for number, content in enumerate(photos.values(), start=1):
            made.writestr(f"fotos/foto-{number}.jpg", content)
    return kept.getvalue()


def _page(records: Sequence[SubjectRecord], left_out: int, made_at: str, missing: int) -> str:
    parts = [
        (
            '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            "<title>Inzage</title><style>body{font:12pt sans-serif;max-width:48em;margin:2em}"
            "table{border-collapse:collapse;width:100%;margin-bottom:1.5em}"
            "td{border:1px solid #999;padding:.3em;vertical-align:top;overflow-wrap:anywhere}"
            "td:first-child{width:10em}</style></head><body><h1>Inzage</h1>"
        ),
        (
            f"<p>Gemaakt op {escape(made_at)}. {len(records)} gegevens staan hieronder. "
            f"{left_out} zijn weggelaten omdat ze over anderen gaan of niet over deze persoon."
        ),
        f" {missing} foto's staan niet op deze computer." if missing else "",
        "</p>",
    ]
    for kind in sorted({one.kind for one in records}):
        parts.append(f"<h2>{escape(thing(kind).capitalize())}</h2>")
        for one in records:
            if one.kind == kind:
                parts.append(_table(one))
    return "".join((*parts, "</body></html>"))


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
