"""Messages that teams beside this one share, as the desk keeps and takes over them (F21). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from console.domain.compose import ORIGIN
from contract.dutch import word
from contract.vocabulary import MessageKind

MAX_SUBJECT = 160


@dataclass(frozen=True, slots=True)
class SharedMessage:
    """One message of a team beside this one. ``at``: when it was released; ``ended``: it is over."""

    id: str
    team: str
    area: str
    kind: str
    text: str
    at: str
    ended: bool = False


class NeighbourTeams(Protocol):
    """Asks central what the teams beside share.

    Raises ``Refused`` with a sentence where central was not reached or does not want to.
    """

    async def fetch(self) -> tuple[SharedMessage, ...]:
        """Return what is shared now, the newest first."""
        ...


def kept_form(messages: Sequence[SharedMessage], at: str) -> dict[str, Any]:
    """Return messages as this desk remembers them, and when it asked."""
    return {"at": at, "messages": [asdict(one) for one in messages]}


def from_kept(kept: object) -> tuple[str, tuple[SharedMessage, ...]]:
    """Read what was remembered: when, and the messages; what cannot be read counts as none."""
    if not isinstance(kept, Mapping) or not isinstance(kept.get("messages"), list):
        return "", ()
    found = []
    for one in kept["messages"]:
        if not isinstance(one, Mapping):
            continue
        words = [one.get(name) for name in ("id", "team", "area", "kind", "text", "at")]
        texts = [value for value in words if isinstance(value, str)]
        if len(texts) == len(words):
            key, team, area, kind, text, at = texts
            found.append(SharedMessage(key, team, area, kind, text, at, one.get("ended") is True))
    return str(kept.get("at") or ""), tuple(found)


def title_of(message: SharedMessage) -> str:
    """Return what a message is called in lists: its kind, for what stands in it may be a name."""
    return word(message.kind, MessageKind)


def kind_of(message: SharedMessage) -> str:
    """Return the kind its copy is checked as; one this desk does not know is a general message."""
    return message.kind if message.kind in set(MessageKind) else MessageKind.GENERAL


def values_of(message: SharedMessage, closing_lines: Sequence[str]) -> dict[str, str]:
    """Return the values of a copy: subject and words, without header and closing line.

    The copy gets its own header, area and closing line, and says where it stood.
    """
    text = message.text
    for line in closing_lines:
        text = text.replace(line, "")
    lines = [line.strip() for line in text.strip().splitlines()]
    heads: list[str] = []
    while lines and len(heads) < 2 and lines[0].startswith("*") and lines[0].endswith("*"):
        heads.append(lines.pop(0).strip("* "))
    subject = heads[1] if len(heads) > 1 else title_of(message)
    words = "\n".join(lines).strip()
    return {
        "onderwerp": subject[:MAX_SUBJECT],
        "bericht": words,
        ORIGIN: f"Eerder geplaatst in {message.area}, door {message.team}.",
    }
