"""`check-text --kind KIND [--training] FILE`: the guard on the command line.

Prints one JSON document in UTF-8 to standard output and nothing else. Exit 0 for every
outcome; unreadable input prints `{"error": {"code", "message"}}` and exits 2.

`check-text --cases [FILE…]` runs lists of cases, without a file the shipped one, and says in
Dutch lines what the guard does otherwise. Exit 0: all as it should be; 1: not all; 2: a list
cannot be read.
"""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from contract.guard.cases import BadCases, Case, Miss, load_cases, misses, read_cases
from contract.guard.check import check
from contract.guard.report import KINDS

MAX_BYTES: Final = 2 * 1024 * 1024
"""Largest file that is read; an outgoing text is under 1 kB."""

VERB: Final = "check-text"
CASES: Final = "--cases"

MESSAGES: Final = {
    "usage": "Zo werkt het: check-text --kind SOORT [--training] BESTAND, of check-text --cases LIJST.",
    "unknown_kind": "Dit soort bericht is er niet. Kies uit: " + ", ".join(KINDS) + ".",
    "not_found": "Dit bestand is er niet of gaat niet open. Er is niets gelezen.",
    "empty": "Dit bestand is leeg. Er is niets om na te kijken.",
    "too_large": "Dit bestand is te groot voor een bericht. Er is niets gelezen.",
    "damaged": "Dit bestand is beschadigd of is geen tekst. Er is niets gelezen.",
    "wrong_encoding": "De letters van dit bestand zijn niet te lezen. Bewaar het als UTF-8.",
}
"""The Dutch sentence of every refusal."""

_TEXT_CONTROLS: Final = frozenset("\t\n\r\f\v\x1b\x85")
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


class Refused(Exception):
    """The input cannot be checked; `code` is one of the codes of the issue."""

    def __init__(self, code: str, sentence: str | None = None) -> None:
        """Keep the code and its sentence."""
        super().__init__(code)
        self.code = code
        self.sentence = sentence or MESSAGES[code]


def main(argv: list[str]) -> int:
    """Run `check-text`; returns the exit code. `argv` may start with the verb itself."""
    rest = argv[1:] if argv[:1] == [VERB] else list(argv)
    if rest[:1] == [CASES]:
        return run_cases(rest[1:])
    try:
        kind, training, path = _arguments(argv)
        report = check(read_text(path), kind, training=training)
    except Refused as refusal:
        _print({"error": {"code": refusal.code, "message": refusal.sentence}})
        return 2
    _print(report.as_json())
    return 0


def run_cases(paths: list[str]) -> int:
    """Run the guard over lists of cases and print every difference with its file and line."""
    code = 0
    for path in paths or [""]:
        name = Path(path).name if path else "meegeleverde lijst"
        try:
            cases = read_cases(read_text(Path(path))) if path else load_cases()
        except (BadCases, Refused) as problem:
            words = problem.sentence if isinstance(problem, Refused) else str(problem)
            _say(f"{name}: {words}")
            code = 2
            continue
        wrong = [miss for case in cases if (miss := misses(case))]
        for miss in wrong:
            where = f", regel {miss.case.line}" if miss.case.line else ""
            _say(f"{name}{where}: {miss.words()}")
        _say(f"{name}: {tally(cases, wrong)}")
        code = max(code, 1 if wrong else 0)
    return code


def tally(cases: Sequence[Case], wrong: Sequence[Miss]) -> str:
    """Say how many places were found of all that should be, and how many fine texts were not."""
    places = sum(len(case.expected) for case in cases)
    found = places - sum(len(miss.missing) for miss in wrong)
    fine = sum(not case.expected for case in cases)
    false_hits = sum(1 for miss in wrong if not miss.case.expected)
    return (
        f"{len(cases)} gevallen, {len(cases) - len(wrong)} goed. Gevonden: {found} van {places} "
        f"plekken. Ten onrechte iets gevonden: {false_hits} van {fine} goede teksten."
    )


def _say(line: str) -> None:
    """Write one line as UTF-8, whatever the terminal speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def _arguments(argv: list[str]) -> tuple[str, bool, Path]:
    """Kind, training and file; Refused with `not_found` when one is missing or unknown."""
    rest = argv[1:] if argv[:1] == [VERB] else list(argv)
    kind: str | None = None
    training = False
    paths: list[str] = []
    only_paths = False
    while rest:
        word = rest.pop(0)
        if only_paths or not word.startswith("--"):
            paths.append(word)
        elif word == "--":
            only_paths = True
        elif word == "--training":
            training = True
        elif word == "--kind":
            kind = rest.pop(0) if rest else _wrong("usage")
        elif word.startswith("--kind="):
            kind = word.removeprefix("--kind=")
        else:
            _wrong("usage")
    if kind is None or len(paths) != 1:
        _wrong("usage")
    if kind not in KINDS:
        _wrong("unknown_kind")
    return kind, training, Path(paths[0])


def _wrong(message: str) -> NoReturn:
    raise Refused("not_found", MESSAGES[message])


def read_text(path: Path) -> str:
    """The text of a file as UTF-8, a byte order mark left out; Refused when it is no text."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Refused("not_found")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        raise Refused("not_found") from problem
    return decode(data)


def decode(data: bytes) -> str:
    """The bytes as text; Refused with empty, too_large, damaged or wrong_encoding."""
    if len(data) > MAX_BYTES:
        raise Refused("too_large")
    if data.startswith(_UTF16_MARKS):
        raise Refused("wrong_encoding")
    if b"\0" in data:
        raise Refused("damaged")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        cut_off = problem.end == len(data) and problem.reason == "unexpected end of data"
        raise Refused("damaged" if cut_off or _is_binary(data) else "wrong_encoding") from problem
    if not text.strip():
        raise Refused("empty")
    if any(sign < " " and sign not in _TEXT_CONTROLS for sign in set(text)):
        raise Refused("damaged")
    return text


def _is_binary(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 hold control codes that no 8-bit text has."""
    controls = bytes(code for code in range(32) if chr(code) not in _TEXT_CONTROLS)
    return len(data) != len(data.translate(None, controls))


def _print(document: dict[str, object]) -> None:
    """Write one JSON document as UTF-8 bytes, whatever the terminal speaks."""
    _say(json.dumps(document, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
