"""Which area a list means: by code, else by name inside its municipality (F12, F64). Pure.

A name that fits more than one area is a question for a person; one that fits none gives the
municipality, and that is said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.domain.directory_map import AreaFact
from console.domain.register import Question
from console.domain.register_words import key_of, town_key
from contract.vocabulary import AreaLevel

NONE = "-"
"""The answer that says: no area."""

_UP = 12


@dataclass(frozen=True, slots=True)
class Found:
    """Where a line lies. ``key`` names the question about it, ``lost`` what was not found."""

    area_id: str = ""
    town_id: str = ""
    key: str = ""
    lost: str = ""


class Places:
    """Finds areas by what a list calls them; asks each thing once. ``questions`` grows with it."""

    def __init__(self, areas: Iterable[AreaFact], choices: Mapping[str, str]) -> None:
        every = list(areas)
        self.areas = {one.id: one for one in every}
        self.questions: dict[str, Question] = {}
        self.lines_of: dict[str, int] = {}
        self._choices = choices
        self._made: dict[tuple[str, str, str], Found] = {}
        self._by_code: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        self._towns: dict[str, list[str]] = {}
        for one in every:
            if one.ended_year:
                continue
            if one.code:
                self._by_code.setdefault(one.code, one.id)
            if one.level == AreaLevel.MUNICIPALITY:
                self._towns.setdefault(town_key(one.name), []).append(one.id)
            elif one.level != AreaLevel.TEAM:
                self._by_name.setdefault(key_of(one.name), []).append(one.id)

    def find(self, code: str, town: str, name: str) -> Found:
        """Return where a line lies; the same words always give the same."""
        asked = (code, town_key(town), key_of(name))
        found = self._made.get(asked)
        if found is None:
            found = self._made[asked] = self._find(code, town, name)
        if found.key:
            self.lines_of[found.key] = self.lines_of.get(found.key, 0) + 1
        return found

    def town_of(self, area_id: str) -> str:
        """Return the municipality an area lies in, or is; empty for none."""
        step = area_id
        for _ in range(_UP):
            one = self.areas.get(step)
            if one is None:
                return ""
            if one.level == AreaLevel.MUNICIPALITY:
                return one.id
            step = one.parent_id
        return ""

    def is_inside(self, area_id: str, around: str) -> bool:
        """Say whether an area is another one or lies in it."""
        step = area_id
        for _ in range(_UP):
            if step == around:
                return True
            one = self.areas.get(step)
            if one is None:
                return False
            step = one.parent_id
        return False

    def words(self, area_id: str) -> str:
        """Return an area with what it lies in."""
        one = self.areas.get(area_id)
        if one is None:
            return ""
        around = self.areas.get(one.parent_id)
        beside = around.name if around else one.code
        return f"{one.name}, {beside}" if beside else one.name

    def short(self, area_id: str) -> str:
        """Return an area with what it lies in, without its code."""
        one = self.areas.get(area_id)
        around = self.areas.get(one.parent_id) if one is not None else None
        name = one.name if one is not None else ""
        return f"{name}, {around.name}" if around else name

    def _find(self, code: str, town: str, name: str) -> Found:
        if code in self._by_code:
            area_id = self._by_code[code]
            return Found(area_id, self.town_of(area_id))
        lost = code
        towns = self._towns.get(town_key(town), []) if town else []
        if not name:
            if len(towns) > 1:
                return self._ask("town", town, "", towns)
            # A list that calls a village its municipality names a place all the same.
            return self._named(town, towns, town, lost) if town else Found(lost=lost)
        return self._named(name, towns, town, lost)

    def _named(self, name: str, towns: list[str], town: str, lost: str) -> Found:
        key = key_of(name)
        if towns and key == town_key(town):
            return Found(towns[0], towns[0], lost=lost) if len(towns) == 1 else Found(lost=name)
        named = self._by_name.get(key, [])
        if not named and key in self._towns and not town:
            named = self._towns[key]
        inside = [one for one in named if any(self.is_inside(one, t) for t in towns)]
        named = inside if towns else named
        if len(named) == 1:
            return Found(named[0], self.town_of(named[0]), lost=lost)
        if named:
            return self._ask("area", name, town, named)
        place = towns[0] if len(towns) == 1 else ""
        return Found(place, place, lost=name or town)

    def _ask(self, kind: str, name: str, town: str, ids: list[str]) -> Found:
        key = f"{kind}:{town_key(town)}:{key_of(name)}"
        options = tuple((one, self.words(one)) for one in ids)
        known = {one for one, _ in options} | {NONE}
        chosen = self._choices.get(key, "")
        chosen = chosen if chosen in known else NONE
        self.questions[key] = Question(
            key,
            f"Welk gebied is “{name}”?",
            "",
            (*options, (NONE, "Geen gebied invullen")),
            chosen,
        )
        area_id = "" if chosen == NONE else chosen
        return Found(area_id, self.town_of(area_id), key)
