"""Requests for signs: what the screen shows, what a person fills in, and the guide's advice (F20).

Pure. Places stand in RD New (EPSG:28992) in whole metres, as outlines do.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.domain.report import HistoryLine
from contract.vocabulary import SignState

DUE_DAYS = 14
"""So many days after the request the advice is due."""

SPOTS_PER = 2
STREETS_PER = 6
"""The guide asks for two signs per six streets (seed 002)."""

X_MOST, Y_MOST = 400_000, 750_000
_Y_LEAST = 200_000
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")

OPEN_STATES = (SignState.ASKED, SignState.ADVICE_ASKED, SignState.ADVISED, SignState.ORDERED)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place for a sign: in words, and in metres of RD New where somebody gave them."""

    text: str
    x: int = 0
    y: int = 0

    @property
    def located(self) -> bool:
        """Whether it can stand on a map."""
        return bool(self.x and self.y)


@dataclass(frozen=True, slots=True)
class SignRow:
    """One request in the list. ``due_at``: when the advice is due, empty where it is given."""

    id: str
    title: str
    area_name: str
    state: str
    asked_on: str
    spots: int
    due_at: str
    advice_by: str


@dataclass(frozen=True, slots=True)
class SignPlan:
    """What a plan is painted from: rings of points, metres east and north; empty: no outline."""

    rings: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SignCard:
    """Everything the screen shows of one request. ``untouched``: it can be taken back whole."""

    row: SignRow
    area_id: str
    group_id: str
    group_name: str
    group_state: str
    spots: tuple[Spot, ...]
    streets: int
    state_at: str
    state_by_name: str
    why: str
    advice: str
    advice_on: str
    note: str
    task_state: str
    untouched: bool
    history: tuple[HistoryLine, ...] = ()
    plan: SignPlan = SignPlan()


@dataclass(frozen=True, slots=True)
class SpotForm:
    """One place as filled in; ``point`` is degrees or metres, as typed, or empty."""

    text: str
    point: str = ""


@dataclass(frozen=True, slots=True)
class SignForm:
    """A request as filled in. With ``group_id`` it is for a group that is there already."""

    title: str
    area_id: str = ""
    group_id: str = ""
    spots: tuple[SpotForm, ...] = ()
    streets: str = ""
    note: str = ""


def advised_spots(streets: int) -> int:
    """Return how many places the guide asks for this many streets; never fewer than two."""
    return max(SPOTS_PER, -(-streets * SPOTS_PER // STREETS_PER))


def guidance(spots: int, streets: int) -> str:
    """Return what the guide says of this request; empty where it is as asked."""
    wanted = advised_spots(streets)
    if spots >= wanted:
        return ""
    why = f"{STREETS_PER} straten krijgen er liever {SPOTS_PER}"
    if not streets:
        why = "Een aanvraag krijgt liever twee plekken"
    return f"{why}. Hier {'staat er' if spots == 1 else 'staan er'} {spots}, liever {wanted}."


def spots_of(kept: object) -> tuple[Spot, ...]:
    """Return the places of a record; what cannot be read is left out."""
    found = []
    for one in kept if isinstance(kept, Sequence) and not isinstance(kept, str) else ():
        if not isinstance(one, dict) or not str(one.get("text") or "").strip():
            continue
        x, y = one.get("x"), one.get("y")
        if not (isinstance(x, int) and isinstance(y, int) and on_map(x, y)):
            x, y = 0, 0
        found.append(Spot(str(one["text"])[:200], x, y))
    return tuple(found)


def kept_spots(spots: Iterable[Spot]) -> list[dict[str, str | int]]:
    """Return places as a record keeps them."""
    made: list[dict[str, str | int]] = []
    for one in spots:
        body: dict[str, str | int] = {"text": one.text}
        if one.located:
            body |= {"x": one.x, "y": one.y}
        made.append(body)
    return made


def on_map(x: int, y: int) -> bool:
    """Say whether metres of RD New lie in or near the Netherlands."""
    return 0 < x < X_MOST and _Y_LEAST < y < Y_MOST


def point_of(typed: str) -> tuple[int, int] | None:
    """Return metres of RD New of what was typed: "52.27, 4.55" or "99000 478000"; None: empty.

    Raises:
        ValueError: not two numbers, or not in the Netherlands.
    """
    if not typed.strip():
        return None
    # A comma between digits is the Dutch decimal mark, unless it parts the two numbers.
    text = typed.replace(";", " ")
    if text.count(",") > 1 or re.search(r"\d,\d+\s+\d", text):
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    numbers = [float(one) for one in _NUMBERS.findall(text.replace(",", " "))]
    if len(numbers) != 2:
        raise ValueError("not two numbers")
    first, second = numbers
    if abs(first) <= 90 and abs(second) <= 180:
        # The library of maps is only loaded where somebody gives degrees.
        from console.domain.rijksdriehoek import to_rd

        x, y = to_rd(first, second)
        first, second = x, y
    if not on_map(round(first), round(second)):
        raise ValueError("not in the Netherlands")
    return round(first), round(second)
