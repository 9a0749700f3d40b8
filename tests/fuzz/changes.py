"""Valid material made wrong: pieces, bytes and trees changed by a small plan of numbers. Pure.

Hypothesis makes the plans, so a failing one shrinks to the few changes that matter.
"""

from __future__ import annotations

import copy
import json
import re
import struct
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

TERM = "Zwaluwkruid7731"
"""An entered word that occurs nowhere else: it may stand in no log line and in no error."""

MOST = 200_000
"""Bytes that changes let an example grow to."""

Plan = list[tuple[int, int, int, int]]
Split = Callable[[bytes], list[bytes]]

PLANS: st.SearchStrategy[Plan] = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 255)),
    max_size=8,
)

_EXTREMES = (
    b"\x00", b"\xff", b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\x7f", b"\xff" * 8, b"\x00\x00\x00\x01", struct.pack("<d", float("nan")),
    struct.pack("<d", float("inf")), b"\x80", b"\xed\xa0\x80",
)  # fmt: skip

WORDS = tuple(
    one.encode("utf-8", "surrogatepass")
    for one in (
        "", "\0", "\n", "\r", "\r\n", "\t", " ", "\u200e", "\u202e", "\ufeff", "\u2028", "\x85",
        "\ud800", "\u0662\u0661", "年", "💥", "'", '"', "\\", "/", "../", "<", ">", "&", "%", "%s",
        "{", "}", "{{", "}}", "{%", "%}", "[", "]", "(", ")", ",", ";", ":", "=", "=1+1", "@", "-",
        "0", "-1", "1e400", "9" * 30, "9" * 5000, "1.7e308", "NaN", "Infinity", "null", "true",
        "06-12345678", "+31612345678", "NL91ABNA0417164300", "111222333", "AB-12-CD", "2011 AB",
        "31-02-2026", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59.999+14:00", "99:99", "24:00",
        "<img src=x>", "javascript:alert(1)", "file:///etc/hosts", TERM, f"{TERM} " * 40,
    )
)  # fmt: skip
"""Pieces that readers of text stumble over."""

ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**53 + 1, 2**63, 2**64, 10**400, 0.5, -0.0, 1e308,
    "@@1e400@@", "@@-1e400@@", "@@NaN@@", "@@Infinity@@", "", " ", "\0", "\ud800", "\u202e", "0",
    "null", TERM, TERM * 300, "x" * 70_000, "9" * 400, "2026-02-31T25:00:00Z", "9999-12-31T23:59Z",
    "0001-01-01T00:00:00+14:00", "52.1,4.5 1e999", "52,4 52,5", "../../etc/passwd", "a" * 65, [],
    {}, [[]], [{}], {"": ""}, [None] * 300, {"a": {"a": {"a": {}}}}, ["x"] * 3000,
)  # fmt: skip
"""Values of JSON that a reader did not ask for; ``@@…@@`` stands bare in the text."""

_BARE = re.compile(r'"@@([^"@]+)@@"')
_LINES = re.compile(rb"[^\n]*\n?")
_CELLS = re.compile(rb"[^;,\n\"]+|[;,\n\"]")
_TAGS = re.compile(rb"<[^<>]{0,400}>|[^<]+|<")
_WORDS = re.compile(rb"[A-Za-z0-9]+|\s+|[^A-Za-z0-9\s]")


def lines(data: bytes) -> list[bytes]:
    """Cut into lines."""
    return [one for one in _LINES.findall(data) if one]


def cells(data: bytes) -> list[bytes]:
    """Cut into cells of a CSV file and what stands between them."""
    return _CELLS.findall(data)


def tags(data: bytes) -> list[bytes]:
    """Cut into elements and text of XML."""
    return _TAGS.findall(data)


def words(data: bytes) -> list[bytes]:
    """Cut into words and marks."""
    return _WORDS.findall(data)


def changed(
    seeds: Sequence[bytes], which: int, plan: Plan, split: Split, odd: Sequence[bytes] = WORDS
) -> bytes:
    """Return a seed after the changes of a plan, one after the other."""
    parts = split(seeds[which % len(seeds)])
    for what, a, b, c in plan:
        at = a % (len(parts) + 1)
        more = 1 + b % 4
        if what == 0 and parts:
            parts[at % len(parts)] = odd[b % len(odd)]
        elif what == 1:
            del parts[at : at + more]
        elif what == 2:
            parts[at:at] = parts[at : at + more]
        elif what == 3 and parts:
            one = parts[at % len(parts)]
            parts[at:at] = [one] * min(2 + 8 * c, MOST // (len(one) + 1))
        elif what == 4 and parts:
            first, second = at % len(parts), b % len(parts)
            parts[first], parts[second] = parts[second], parts[first]
        elif what == 5:
            parts.insert(at, odd[b % len(odd)])
        elif what == 6:
            other = split(seeds[c % len(seeds)])
            start = b % (len(other) + 1)
            parts[at:at] = other[start : start + 8]
        elif what > 6:
            parts = [of_bytes(b"".join(parts), what, a, b, c)]
        if sum(map(len, parts)) > MOST:
            parts = [b"".join(parts)[:MOST]]
    return b"".join(parts)


def of_bytes(data: bytes, what: int, a: int, b: int, c: int) -> bytes:
    """Return bytes with one change that knows nothing of their form."""
    place = (a * 10_000 + b) % (len(data) + 1)
    if what == 7:
        return data[:place]
    if what == 8:
        return data[place:]
    if what == 9:
        return data[:place] + bytes([c]) + data[place + 1 :]
    if what == 10:
        extreme = _EXTREMES[c % len(_EXTREMES)]
        return data[:place] + extreme + data[place + len(extreme) :]
    return data[:place] + data[place : place + 1 + c] * 2 + data[place + 1 + c :]


def mutated(
    seeds: Sequence[bytes], split: Split = words, odd: Sequence[bytes] = WORDS
) -> st.SearchStrategy[bytes]:
    """Return a strategy of changed seeds, with now and then bytes of no form at all."""
    made = st.builds(
        lambda which, plan: changed(seeds, which, plan, split, odd),
        st.integers(0, len(seeds) - 1),
        PLANS,
    )
    return st.one_of(made, made, made, made, st.binary(max_size=300))


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [way]
    if isinstance(value, dict):
        for name, one in value.items():
            found += _places(one, (*way, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            found += _places(one, (*way, number))
    return found


def _at(value: Any, way: Sequence[Any]) -> Any:
    for step in way:
        value = value[step]
    return value


def tree(seeds: Sequence[Any], which: int, plan: Plan, odd: Sequence[Any] = ODD_VALUES) -> Any:
    """Return a value of JSON after the changes of a plan."""
    root = {"": copy.deepcopy(seeds[which % len(seeds)])}
    for what, a, b, c in plan:
        ways = _places(root)[1:]
        if not ways:
            break
        way = ways[a % len(ways)]
        owner, name = _at(root, way[:-1]), way[-1]
        if what in (0, 1, 2, 3):
            owner[name] = copy.deepcopy(odd[b % len(odd)])
        elif what == 4 and name != "":
            del owner[name]
        elif what == 5 and isinstance(owner[name], dict):
            owner[name][str(odd[c % len(odd)])[:80]] = copy.deepcopy(odd[b % len(odd)])
        elif what == 6:
            owner[name] = [owner[name]]
        elif what == 7:
            owner[name] = {"a": owner[name]}
        elif what == 8 and isinstance(owner, list):
            owner += copy.deepcopy(owner)[: 1 + c]
        elif what == 9:
            owner[name] = copy.deepcopy(_at(root, ways[b % len(ways)]))
        elif what == 10 and isinstance(owner[name], str):
            owner[name] += str(odd[b % len(odd)])[:5000]
        elif what == 11 and isinstance(owner[name], str):
            owner[name] = owner[name][: b % (len(owner[name]) + 1)]
        if len(_places(root)) > 20_000:
            break
    return root[""]


def written(value: Any) -> bytes:
    """Write a value as JSON, numbers that JSON does not know included."""
    return _BARE.sub(r"\1", json.dumps(value)).encode("utf-8", "surrogatepass")


def mutated_json(seeds: Sequence[Any], odd: Sequence[Any] = ODD_VALUES) -> st.SearchStrategy[bytes]:
    """Return a strategy of JSON whose tree was changed; sometimes its text, too."""
    whole = [written(seed) for seed in seeds]
    made = st.builds(
        lambda which, plan: written(tree(seeds, which, plan, odd)),
        st.integers(0, len(seeds) - 1),
        PLANS,
    )
    return st.one_of(made, made, made, mutated(whole))
