"""A list of groups beside the directory: matched, compared, taken over, and then nothing (F16)."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.directory_map import AreaFact
from console.domain.register import (
    Comparison,
    Difference,
    FileLine,
    FilePerson,
    Known,
    KnownGroup,
    KnownLink,
    KnownPerson,
    RegisterLine,
    Remark,
)
from console.domain.register_diff import Differences
from console.domain.register_match import match
from console.domain.register_people import People
from console.domain.register_places import NONE, Places
from console.domain.register_words import key_of, masked_cell, refs_of

AREAS = (
    AreaFact("gm", "Testdam", "municipality", "GM9001"),
    AreaFact("wk", "Oost", "district", "WK900101", "gm"),
    AreaFact("bu", "Kadebuurt", "neighbourhood", "BU90010101", "wk"),
    AreaFact("gm2", "Proefrecht", "municipality", "GM9002"),
    AreaFact("wk2", "Oost", "district", "WK900201", "gm2"),
)
NOW = "2026-03-14T12:00:00.000Z"
PHONE = "+31612345678"
OTHER = "+31687654321"


class Directory:
    """A directory in memory that takes over lines as the desk does."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, dict[str, Any]]] = {}
        self.ids = count(1)
        self.remarks: list[Remark] = []

    def new_id(self) -> str:
        return f"id-{next(self.ids)}"

    def known(self, source: str = "s") -> Known:
        people = {
            key: KnownPerson(key, one["name"], one.get("phone", ""), one.get("email", ""),
                             one.get("active", True))
            for key, one in self.of("administrator").items()
        }  # fmt: skip
        seats: dict[str, dict[str, None]] = {}
        for one in self.of("group_administrator").values():
            seats.setdefault(one["group_id"], {})[one["administrator_id"]] = None
        hung = {one["group_id"]: one["parent_id"] for one in self.of("group_parent").values()}
        groups = {
            key: KnownGroup(
                key,
                one["name"],
                one.get("kind", ""),
                one.get("state") == "gone",
                one.get("area_id") or hung.get(key, ""),
                one.get("area_id", ""),
                tuple(one.get("streets", ())),
                tuple(one.get("postcodes", ())),
                one.get("members", 0),
                one.get("invite_link", ""),
                one.get("confirmed_at", ""),
                one.get("note", ""),
                tuple(seats.get(key, ())),
            )
            for key, one in self.of("group").items()
        }
        links = self.of("register_link")
        own = tuple(
            KnownLink(key, one["group_id"], one["ref"], one.get("said", {}),
                      one.get("missing_at", ""))
            for key, one in links.items()
            if one["source_id"] == source
        )  # fmt: skip
        elsewhere = {one["group_id"] for one in links.values() if one["source_id"] != source}
        return Known(groups, people, {one.id: one for one in AREAS}, own, frozenset(elsewhere))

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        return self.rows.setdefault(kind, {})

    def compare(self, *lines: FileLine, source: str = "s") -> Comparison:
        known = self.known(source)
        places = Places(AREAS, {})
        found = match(known, lines, places, {})
        people = People(known, lines, found.groups, self.new_id)
        self.remarks = people.remarks()
        return Differences(
            known, lines, found, people, places, source_id=source, source_name="Gemeente Testdam",
            now=NOW, new_id=self.new_id,
        ).compare()  # fmt: skip

    def take(self, found: Comparison, lines: list[RegisterLine] | None = None) -> None:
        steps = [step for line in (found.lines if lines is None else lines) for step in line.steps]
        for step in (*steps, *found.notes):
            there = self.of(step.kind).setdefault(step.id, {})
            if step.was is not None or not there:
                there.update(step.fields)

    def group(self, name: str, **more: Any) -> str:
        key = self.new_id()
        self.of("group")[key] = {"name": name, "kind": "neighbourhood", **more}
        return key

    def person(self, name: str, *groups: str, **more: Any) -> str:
        key = self.new_id()
        self.of("administrator")[key] = {"name": name, **more}
        for one in groups:
            seat = {"group_id": one, "administrator_id": key, "role": "administrator"}
            self.of("group_administrator")[self.new_id()] = seat
        return key


def line(name: str, number: int = 2, own_id: str = "", **more: Any) -> FileLine:
    more.setdefault("town_id", "gm")
    return FileLine(number, name, refs_of(own_id, name, "Testdam", ""), **more)


def labels(found: RegisterLine) -> list[str]:
    return [one.label for one in found.changes]


def test_a_merge_keeps_local_notes_and_what_the_list_does_not_have() -> None:
    here = Directory()
    key = here.group("Kade", members=40, streets=["Kade", "Steeg"], area_id="bu", quiet_from="22:00",
                     note="Belt liever\n\nnooit na acht uur")  # fmt: skip
    here.person("Anja Verzonnen", key, phone=PHONE, note="kent de schipper")
    there = line("Kade", area_id="gm", members=52, note="app is vol",
                 people=(FilePerson("Anja Verzonnen", OTHER), FilePerson("Wim Verzonnen")))  # fmt: skip
    found = here.compare(there)
    (one,) = found.lines
    assert one.difference is Difference.CHANGED
    assert labels(one) == ["Leden", "Notitie", "Telefoon van Anja Verzonnen", "Beheerder erbij"]
    assert OTHER[-8:] not in repr(found)
    assert PHONE[-8:] not in repr(found)
    here.take(found)
    group = here.of("group")[key]
    assert group["note"] == "Belt liever\n\nnooit na acht uur\nUit Gemeente Testdam: app is vol"
    assert (group["members"], group["area_id"], group["quiet_from"]) == (52, "bu", "22:00")
    assert group["streets"] == ["Kade", "Steeg"]
    anja = next(p for p in here.of("administrator").values() if p["name"] == "Anja Verzonnen")
    assert (anja["phone"], anja["note"]) == (OTHER, "kent de schipper")
    assert here.compare(there).lines == ()


def test_what_was_changed_here_after_the_list_said_it_stays_until_the_list_says_something_else() -> (
    None
):
    here = Directory()
    there = line("Kade", members=40, people=(FilePerson("Anja Verzonnen", PHONE),))
    here.take(here.compare(there))
    (group,) = here.of("group").values()
    (anja,) = here.of("administrator").values()
    group["members"], anja["phone"], group["state"] = 44, OTHER, "gone"
    again = here.compare(there)
    assert (again.lines, again.kept) == ((), 1)
    (newer,) = here.compare(replace(there, members=50)).lines
    assert labels(newer) == ["Leden"]


def test_missing_is_a_note_once_and_never_more() -> None:
    here = Directory()
    two = (line("Kade", 2), line("Steeg", 3))
    here.take(here.compare(*two))
    other = here.group("Uit een andere lijst", area_id="bu")
    here.of("register_link")["x"] = {"source_id": "t", "group_id": other, "ref": "n:1"}
    own = here.group("Van onszelf", area_id="bu")
    here.group("Over de grens", area_id="wk2")
    here.group("Beheerders", kind="administrators", area_id="bu")
    before = {key: dict(one) for key, one in here.of("group").items()}
    found = here.compare(two[0])
    assert [(one.difference, one.name) for one in found.lines] == [
        (Difference.MISSING, "Steeg"),
        (Difference.MISSING, "Van onszelf"),
    ]
    assert {step.kind for one in found.lines for step in one.steps} == {"register_link"}
    here.take(found)
    assert here.of("group") == before
    assert here.compare(two[0]).lines == ()
    assert own in {one["group_id"] for one in here.of("register_link").values()}
    (back,) = here.compare(*two).lines
    assert labels(back) == ["Lijst"]
    here.take(here.compare(*two))
    assert here.compare(*two).lines == ()


def test_lines_are_recognised_by_number_then_name_with_place_then_a_phone_number() -> None:
    here = Directory()
    numbered = line("Kade", own_id="17", area_id="bu")
    here.take(here.compare(numbered))
    (renamed,) = here.compare(replace(numbered, name="Kade en Steeg")).lines
    assert renamed.difference is Difference.CHANGED
    assert labels(renamed) == ["Naam"]
    here.of("group")[renamed.group_id]["name"] = "Hier anders genoemd"
    assert here.compare(numbered).lines == ()
    # The same name over the border is another group.
    far = here.group("Dijk", area_id="wk2")
    (new,) = list(here.compare(numbered, line("Dijk", 3, area_id="bu")).lines)
    assert new.difference is Difference.NEW
    assert new.group_id != far
    mill = here.group("Molen", area_id="bu")
    here.person("Wim Verzonnen", mill, phone=PHONE)
    moved = line("Molenwijk", 4, area_id="bu", people=(FilePerson("Wim Verzonnen", PHONE),))
    (found,) = here.compare(numbered, moved).lines
    assert (found.group_id, labels(found)) == (mill, ["Naam"])
    assert found.how == "Herkend aan het nummer van een beheerder"


def test_two_groups_of_one_name_are_a_question() -> None:
    here = Directory()
    ids = [here.group("Kade", area_id="bu"), here.group("Kade", area_id="wk")]
    there = line("Kade")
    places = Places(AREAS, {})
    found = match(here.known(), [there], places, {})
    (question,) = found.questions
    assert [key for key, _ in question.options] == [*ids, "-"]
    assert question.chosen == "-"
    assert found.groups == {}
    chosen = match(here.known(), [there], places, {question.key: ids[1]})
    assert chosen.groups == {there.ref: ids[1]}


def test_an_area_of_two_municipalities_is_a_question_and_its_answer_counts() -> None:
    places = Places(AREAS, {})
    assert places.find("", "Gemeente Proefrecht", "oost").area_id == "wk2"
    assert places.find("BU90010101", "", "").town_id == "gm"
    lost = places.find("", "Testdam", "Nergenshuizen")
    assert (lost.area_id, lost.lost) == ("gm", "Nergenshuizen")
    asked = places.find("", "", "Oost")
    question = places.questions[asked.key]
    assert asked.area_id == ""
    assert question.chosen == NONE
    assert [words for _, words in question.options[:2]] == ["Oost, Testdam", "Oost, Proefrecht"]
    again = Places(AREAS, {asked.key: "wk"})
    assert again.find("", "", "OOST").area_id == "wk"


def test_somebody_who_left_is_not_brought_back_and_one_number_is_one_person() -> None:
    here = Directory()
    here.person("Anja Verzonnen", phone=PHONE, active=False)
    there = (
        line("Kade", 2, people=(FilePerson("Anja Verzonnen", PHONE), FilePerson("Wim", OTHER))),
        line("Steeg", 3, people=(FilePerson("Wim Verzonnen", OTHER),)),
    )
    here.take(here.compare(*there))
    assert len(here.of("administrator")) == 2
    assert len(here.of("group_administrator")) == 2
    assert here.compare(*there).lines == ()


def test_a_list_that_contradicts_itself_about_somebody_changes_nothing_of_them() -> None:
    here = Directory()
    anja = here.person("Anja Verzonnen", here.group("Kade"), here.group("Steeg"))
    there = (
        line("Kade", 2, people=(FilePerson("Anja Verzonnen", PHONE),)),
        line("Steeg", 3, people=(FilePerson("Anja Verzonnen", OTHER),)),
    )
    assert here.compare(*there).lines == ()
    (said,) = here.remarks
    assert (said.number, said.title) == (2, "Meer dan één nummer van Anja Verzonnen")
    here.take(here.compare(there[0]))
    assert here.of("administrator")[anja]["phone"] == PHONE


def test_examples_hide_numbers_addresses_and_links() -> None:
    for cell in ("06-12345678", "bel 0612345678 of 0687654321", "+31 6 1234 5678", "6,12345678E+08",
                 "naam@voorbeeld.nl", "https://chat.whatsapp.com/VoorbeeldLink00000001"):  # fmt: skip
        shown = masked_cell(cell)
        assert "345" not in shown
        assert "voorbeeld" not in shown.casefold()
    assert masked_cell("Kade 12, 1234 AB") == "Kade 12, 1234 AB"


NAMES = st.sampled_from(["Kade", "kade", "Steeg", "Dijk", "***"])
PHONES = st.sampled_from(["", "", PHONE, OTHER, "+31611111111"])
PEOPLE = st.builds(
    FilePerson,
    st.sampled_from(["Anja", "Wim", "Fatiha", ""]),
    PHONES,
    st.sampled_from(["", "", "a@voorbeeld.nl", "b@voorbeeld.nl"]),
).filter(lambda one: bool(one.name or one.phone or one.email))
LINES = st.builds(
    lambda name, area, members, note, people, streets: line(
        name, area_id=area, town_id="gm2" if area in ("wk2", "gm2") else "gm", members=members,
        note=note, people=tuple(people), streets=tuple(streets),
    ),
    NAMES, st.sampled_from(["", "gm", "wk", "bu", "wk2"]), st.integers(0, 3),
    st.sampled_from(["", "", "vol", "belt niet"]), st.lists(PEOPLE, max_size=3),
    st.lists(st.sampled_from(["Kade", "Steeg"]), max_size=2, unique=True),
)  # fmt: skip


def told_apart(lines: list[FileLine]) -> list[FileLine]:
    """As a file gives them: every line has a mark of its own."""
    made: dict[str, FileLine] = {}
    for place, one in enumerate(lines):
        made.setdefault(one.ref, replace(one, number=place + 2))
    return list(made.values())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(LINES, max_size=5).map(told_apart),
    st.lists(LINES, max_size=5).map(told_apart),
    st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_after_any_choice_taking_everything_over_leaves_nothing_to_do(
    first: list[FileLine], second: list[FileLine], ticks: list[bool]
) -> None:
    here = Directory()
    found = here.compare(*first)
    here.take(found, [one for one, tick in zip(found.lines, ticks, strict=False) if tick])
    for lines in (first, second, first):
        if not lines:
            continue
        groups = set(here.of("group"))
        here.take(here.compare(*lines))
        assert groups <= set(here.of("group"))
        rest = here.compare(*lines)
        assert [(one.difference, one.name, one.changes) for one in rest.lines] == []
        assert rest.notes == ()
        named = {key_of(one.name) for one in lines}
        assert named <= {key_of(one["name"]) for one in here.of("group").values()}
