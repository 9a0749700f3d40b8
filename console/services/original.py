"""The original beside a draft: its text, which stretches were used, and what is known of it (F35)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from console.domain.clock import local, moment
from console.domain.post import Draft
from contract.dutch import word
from contract.op import Record
from contract.reading.burgernet_text import propose
from contract.vocabulary import AlertSource, AlertState


def with_original(
    draft: Draft | None, record_of: Callable[[str, str], Record | None], now: datetime
) -> Draft | None:
    """Add to a draft what stands in the left column: spans that fill the fields, and facts.

    The text is read again, so nothing of the reading has to be kept.
    """
    if draft is None or not draft.alert_id:
        return draft
    record = record_of("alert", draft.alert_id)
    if record is None:
        return draft
    body = record.body
    spans: tuple[tuple[int, int], ...] = ()
    if body.get("source") == AlertSource.BURGERNET_TEXT:
        found = propose(draft.original, moment(str(body.get("received_at") or "")) or now)
        spans = _merged(
            (span.start, span.end)
            for fact in found.facts
            for span in fact.spans
            if fact.field not in ("phone_line", "ended", "reference")
        )
    received = _clock(body.get("received_at"))
    source = word(str(body.get("source") or ""), AlertSource)
    facts = [("Bron", f"{source} om {received}" if received else source)]
    facts.append(("Stand", _standing(draft.alert_state, body)))
    area = draft.area_name or str(body.get("municipality") or "")
    facts.append(("Gebied", area or "niet gevonden"))
    told = draft.decided.control_room
    room = {"yes": "Op de hoogte", "no": "Niet op de hoogte"}.get(told, "Niet bekend")
    if draft.decided.incident_ref:
        room += f", nummer {draft.decided.incident_ref}"
    facts.append(("Meldkamer", room))
    return replace(draft, original_spans=spans, original_facts=tuple(facts))


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans in order, those that touch made one."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


def _standing(state: str, body: Mapping[str, Any]) -> str:
    words = word(state, AlertState).capitalize()
    if state == AlertState.ENDED:
        return f"{words} om {_clock(body.get('ended_at'))}".removesuffix(" om ")
    return f"{words} sinds {_clock(body.get('started_at'))}".removesuffix(" sinds ")


def _clock(stamp: str | None) -> str:
    when = local(stamp)
    return when.strftime("%H:%M") if when else ""
