"""Pure: the hash of a body and the link from one audit row to the next (security.md §6)."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from contract.value import value

START = "0" * 64
"""What the first row of a team links to."""


@value(frozen=True, slots=True)
class Entry:
    """One change to write down. Ids and hashes only, never a value of the record."""

    op_id: str
    act: str
    kind: str
    record: str
    ver: int
    before_hash: str
    after_hash: str


def canonical(body: Mapping[str, Any]) -> bytes:
    """Return a body as the one JSON text that is stored and hashed: names in order."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def body_hash(body: Mapping[str, Any] | None) -> str:
    """Return the hash of a body; empty where there is none."""
    return "" if body is None else text_hash(canonical(body))


def text_hash(text: bytes) -> str:
    """Return the hash of a body that was written by ``canonical``."""
    return hashlib.sha256(text).hexdigest()


def link(before: str, row: Mapping[str, Any]) -> str:
    """Return the link of a row: SHA-256 over 0x00, the previous link and the row itself."""
    text = orjson.dumps({k: v for k, v in row.items() if k != "chain"}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(b"\x00" + bytes.fromhex(before) + text).hexdigest()


def halves(
    team: str, at: str, person: str, device: str, entries: Iterable[Entry]
) -> Iterator[tuple[str, str]]:
    """Walk what stands before and after the number of each row in the text that ``link`` hashes.

    So a database can link rows whose number only it knows yet.
    """
    at, device, person, team = (orjson.dumps(one).decode() for one in (at, device, person, team))
    seen: dict[tuple[str, str, str], tuple[str, str]] = {}
    for one in entries:
        # The rows of a batch mostly say the same but for their ids and one hash.
        said = one.act, one.kind, one.before_hash
        edges = seen.get(said)
        if edges is None:
            act, kind, before = (orjson.dumps(word).decode() for word in said)
            edges = seen[said] = (
                f'{{"act":{act},"after_hash":"',
                f'","at":{at},"before_hash":{before},"device":{device},"kind":{kind},"n":',
            )
        op_id, record = orjson.dumps(one.op_id).decode(), orjson.dumps(one.record).decode()
        yield (
            f"{edges[0]}{one.after_hash}{edges[1]}",
            f',"op_id":{op_id},"person":{person},"record":{record},"team":{team},"ver":{one.ver}}}',
        )


def links(before: str, first: int, halves: Iterable[tuple[str, str]]) -> list[str]:
    """Return the links of rows ``first``, ``first + 1``, ... after the link ``before``."""
    found = []
    last = bytes.fromhex(before)
    sha256 = hashlib.sha256
    for number, (front, back) in enumerate(halves, first):
        digest = sha256(b"\x00" + last + f"{front}{number}{back}".encode())
        last = digest.digest()
        found.append(digest.hexdigest())
    return found


def first_broken(
    rows: Iterable[Mapping[str, Any]], before: str = START, number: int = 0
) -> int | None:
    """Return the number of the first row that does not fit what stands before it, or None.

    ``before`` and ``number``: of the row that the first one follows; by default there is none.
    Where rows are missing, the first that is not there is named.
    """
    for row in rows:
        if row["n"] != number + 1:
            return number + 1
        if link(before, row) != row["chain"]:
            return int(row["n"])
        before, number = row["chain"], int(row["n"])
    return None
