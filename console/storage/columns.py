"""Which column holds which value of a body: one body at a time, or many alike at once.

What has no column here, or does not fit the one it has, goes to ``extra`` (I15).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from console.storage.frozen import from_json, to_json
from contract.kinds import KINDS

_STORED = {"number": int, "items": list, "object": Mapping}
_NOTHING = type(None)

Column = Iterable[Any]


def filled_row(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a body into the columns that hold something, ``extra`` among them."""
    row: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    types, words = _types(kind), _words(kind)
    for name, value in body.items():
        # Nearly every value is plain words in a column of words: a page holds many thousands.
        if name in words and type(value) is str and value.isascii():
            row[name] = value
        elif value is not None:
            fitted = _fitted(types.get(name), value)
            if fitted is None:
                extra[name] = value
            else:
                row[name] = fitted
    if extra:
        row["extra"] = extra
    return row


def written(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """Turn what is kept as JSON into text, in place; returns the row."""
    for name in _texts(kind) & row.keys():
        if row[name] is not None:
            row[name] = to_json(row[name])
    return row


def read_back(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """Turn text of JSON back into what it says, in place; returns the row."""
    for name in _texts(kind):
        if row[name] is not None:
            row[name] = from_json(row[name])
    return row


def columns_of(
    kind: str, fields: Sequence[str], bodies: Iterable[Mapping[str, Any]]
) -> list[Column] | None:
    """Turn bodies of the same fields, in the same order, into columns as the database takes them.

    None: some value does not fit its column, so each body has to be looked at by itself. Much
    quicker than that: whole columns are looked at by functions that never enter the interpreter.
    """
    types = _types(kind)
    found: list[Column] = []
    for name, values in zip(
        fields, zip(*[body.values() for body in bodies], strict=True), strict=True
    ):
        column = _column(types.get(name), values)
        if column is None:
            return None
        found.append(column)
    return found


def _column(type_: str | None, values: tuple[Any, ...]) -> Column | None:
    types = {*map(type, values)}
    empty = _NOTHING in types
    types.discard(_NOTHING)
    if type_ is None:
        return None
    if type_ == "flag":
        return [v if v is None else int(v) for v in values] if types <= {bool} else None
    if type_ == "number":
        there = [v for v in values if v is not None] if empty else values
        small = types <= {int} and all(map(_small, (min(there), max(there)) if there else ()))
        return values if small else None
    if type_ in _STORED:
        fits = types <= ({list} if type_ == "items" else {dict})
        return [v if v is None else to_json(v) for v in values] if fits else None
    if not types <= {str}:
        return None
    return values if _storable("".join(filter(None, values) if empty else values)) else None


@cache
def _types(kind: str) -> dict[str, str]:
    return {name: field.type for name, field in KINDS[kind].fields.items()}


@cache
def _texts(kind: str) -> frozenset[str]:
    """Return the columns that hold JSON."""
    own = {name for name, type_ in _types(kind).items() if type_ in ("items", "object")}
    return frozenset(own | {"extra", "confirmed"})


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(
        name for name, type_ in _types(kind).items() if type_ not in _STORED and type_ != "flag"
    )


def _fitted(type_: str | None, value: Any) -> Any:
    """Return the value as its column holds it; None where it does not fit."""
    if type_ is None:
        return None
    if type_ == "flag":
        return int(value) if isinstance(value, bool) else None
    if type_ in _STORED:
        fits = isinstance(value, _STORED[type_]) and not isinstance(value, bool)
        return value if fits and _small(value) else None
    return value if isinstance(value, str) and _storable(value) else None


def _storable(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _small(value: Any) -> bool:
    return not isinstance(value, int) or -(2**63) <= value < 2**63
