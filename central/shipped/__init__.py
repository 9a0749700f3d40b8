"""What every new team starts with: templates, the draft work process and settings (F22, F23, F40).

Records are made once, by central's migration, with ids that are the same everywhere (UUIDv5 of the
key), so two desks that join do not double them (sync.md §1).
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

_HERE = Path(__file__).parent
_NAMESPACE = UUID("6f2a7c1e-3b0d-5c4e-9d51-0b7a6e8f4c21")


@dataclass(frozen=True, slots=True)
class ShippedRecord:
    """One record as it is first made. ``body`` holds the fields of ``contract.kinds``."""

    kind: str
    id: str
    body: dict[str, Any]


def shipped_id(kind: str, key: str) -> str:
    """Return the id of a shipped record; the same on every desk and central."""
    return str(uuid5(_NAMESPACE, f"{kind}:{key}"))


def records() -> tuple[ShippedRecord, ...]:
    """Return all shipped records: templates, the work process with its steps, settings."""
    return (*templates(), *workbook(), *settings())


def templates() -> tuple[ShippedRecord, ...]:
    """Return the message templates; feedback templates share their fields (F24)."""
    book = _read("templates.toml")
    shared: dict[str, list[dict[str, Any]]] = book["shared_fields"]
    made = []
    for entry in book["template"]:
        body = {name: value for name, value in entry.items() if name != "key"}
        body["layout"] = body["layout"].strip("\n")
        body.setdefault("fields", shared.get(body["purpose"], []))
        made.append(ShippedRecord("template", shipped_id("template", entry["key"]), body))
    return tuple(made)


def workbook() -> tuple[ShippedRecord, ...]:
    """Return the draft work process: the book first, then its steps in order."""
    book = _read("workbook.toml")
    head = dict(book["workbook"])
    book_id = shipped_id("workbook", head.pop("key"))
    made = [ShippedRecord("workbook", book_id, head)]
    for position, entry in enumerate(book["step"], start=1):
        body = {
            "workbook_id": book_id,
            "scope": entry["scope"],
            "position": position,
            "title": entry["title"],
            "text": entry["text"].strip(),
            "way_out": entry["way_out"].strip(),
        }
        made.append(ShippedRecord("step", shipped_id("step", entry["key"]), body))
    return tuple(made)


def settings() -> tuple[ShippedRecord, ...]:
    """Return the settings a team starts with; the id of a setting is its name."""
    book = _read("region.toml")
    return tuple(
        ShippedRecord("setting", name, {"value": dict(value)})
        for name, value in book["setting"].items()
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
