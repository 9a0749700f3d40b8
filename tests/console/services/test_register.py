"""A municipal list into the directory: guesses shown, kept line by line, and back (F16, F64)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from console.domain.directory_forms import AdministratorForm, GroupForm
from console.domain.failures import NotAllowed, Refused
from console.domain.register import Difference, RegisterLine, Source
from console.models import RECORDS
from console.services.desk import Desk
from console.services.directory import Directory
from console.services.register import Register, Taken
from console.services.register_reading import Cancelled, ReadyList
from tests.helpers.directory import Builder
from tests.helpers.register_files import ROWS, write_list


@pytest.fixture
def register(desk: Desk) -> Register:
    """The service on a real file, with two areas."""
    build = Builder(Directory(desk))
    build.area("Testdam", "municipality", code="GM9001")
    build.area("Oost", "district", "Testdam")
    return Register(desk)


def laid_beside(
    register: Register, path: Path, name: str = "Gemeente Testdam", **answers: str
) -> tuple[Source, ReadyList, list[RegisterLine]]:
    """Read a file as it is proposed and compare it."""
    opened = register.open(str(path))
    sources = register.sources().result(10)
    known_as = register.named(sources, name)
    if known_as is not None:
        opened = register.as_before(opened, known_as)
    meanings = {one.name: one.meaning for one in opened.columns}
    source = register.save_source(opened, name, meanings, known_as).result(10)
    known = register.known(source).result(10)
    reading = register.read(opened, meanings)
    ready = register.prepare(reading, known, {**source.choices, **answers})
    compared = register.compare(ready, known, source)
    return source, ready, list(compared.lines)


def take(register: Register, source: Source, lines: list[RegisterLine]) -> Taken:
    """Keep these lines."""
    taken = Taken(source.id, source.name)
    for turn in register.turns(lines, ()):
        register.accept(taken, turn).result(30)
    return taken


def rows(desk: Desk, kind: str) -> dict[str, Mapping[str, Any]]:
    """Read every record of a kind."""
    table = RECORDS[kind]
    found = desk.look(lambda conn: conn.execute(select(table)).mappings().all()).result(10)
    return {str(row["id"]): dict(row) for row in found}


def told(found: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return records without the columns of the outbox."""
    own = ("pending", "ver", "confirmed")
    return {key: {k: v for k, v in one.items() if k not in own} for key, one in found.items()}


def test_a_windows_list_with_lost_zeros_comes_in_right_and_every_guess_is_shown(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "groepen_testdam.csv")
    opened = register.open(str(path))
    meanings = {one.name: one.meaning for one in opened.columns}
    assert meanings == {
        "Groepsnr": "own_id", "Naam buurtapp": "name", "Soort": "kind", "Gemeente": "municipality",
        "Wijk": "area_name", "Straten": "street", "Leden": "members",
        "Beheerder": "administrator_name", "Telefoon": "administrator_phone",
        "E-mail": "administrator_email", "Laatst gecontroleerd": "confirmed",
        "Opmerking": "note", "Vakje": "",
    }  # fmt: skip
    shown = " ".join(cell for one in opened.columns for cell in one.examples)
    assert "345678" not in shown
    assert "voorbeeld.nl" not in shown
    source, ready, lines = laid_beside(register, path)
    assert {one.title: one.words() for one in ready.questions} == {
        "Wat is soort “Buurtapp”?": "Buurtgroep",
        "Wat is soort “WBT”?": "Buurtgroep",
        "Wat is soort “Ondernemers”?": "Ondernemersgroep",
    }
    said = [f"{one.title}: {one.detail}" for one in ready.remarks]
    assert "345678" not in " ".join(said)
    for words in ("Rij 2, leden: “± 60” is gelezen als 60.", "Rij 2, telefoon: Hersteld",
                  "Rij 3, gebied: “Nergenshuizen”", "Rij 6: Deze rij is een telling"):  # fmt: skip
        assert any(one.startswith(words) for one in said), (words, said)
    assert [one.difference for one in lines] == [Difference.NEW] * 3
    assert take(register, source, lines).lines == 3
    groups = {str(one["name"]): one for one in rows(desk, "group").values()}
    kade = groups["Havenkade"]
    assert (kade["members"], kade["streets"]) == (60, ["Havenkade", "Kadesteeg"])
    assert kade["note"] == "Uit Gemeente Testdam: belt liever"
    assert str(kade["confirmed_at"]).startswith("2026-02-01")
    people = {str(one["name"]): one["phone"] for one in rows(desk, "administrator").values()}
    assert people == {
        "Anja Verzonnen": "+31612345678", "Wim Verzonnen": "+31687654321",
        "Fatiha Verzonnen": "+31611111111", "Koen Verzonnen": None,
    }  # fmt: skip
    tree = [one.name for one in Directory(desk).tree().result(10).lines]
    assert tree == ["Testdam", "Dijkwacht", "Oost", "Havenkade", "Winkels"]
    history = [(one["what"], one["text"]) for one in rows(desk, "log_entry").values()
               if one["subject_id"] == kade["id"]]  # fmt: skip
    assert history == [("imported", "Gemeente Testdam")]
    assert laid_beside(register, path)[2] == []


def test_the_same_list_in_other_clothes_is_recognised_and_gives_nothing(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "lijst.csv")
    source, _, lines = laid_beside(register, path, **{"kind:wbt": "regie"})
    take(register, source, lines)
    register.save_choices(source, {"kind:wbt": "regie", "group:n:1": "-"}).result(10)
    (saved,) = register.sources().result(10)
    assert saved.choices == {"kind:wbt": "regie"}
    assert saved.read_at
    for encoding in ("utf-8-sig", "utf-16"):
        again = write_list(tmp_path / "anders.csv", reversed(ROWS), encoding)
        assert register.recognised(register.open(str(again)), [saved]) == saved
        assert laid_beside(register, again)[2] == []


def test_what_was_changed_by_hand_stays_and_what_a_colleague_changed_meanwhile_is_left(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    directory = Directory(desk)
    path = write_list(tmp_path / "lijst.csv")
    source, _, lines = laid_beside(register, path)
    take(register, source, lines)
    ids = {str(one["name"]): key for key, one in rows(desk, "group").items()}
    form = GroupForm("Havenkade", members="75", note="Sleutel bij de buren", wish="informative")
    directory.save_group(form, ids["Havenkade"]).result(10)
    people = {str(one["name"]): key for key, one in rows(desk, "administrator").items()}
    card = AdministratorForm("Wim Verzonnen", phone="06-22222222")
    directory.save_administrator(card, people["Wim Verzonnen"]).result(10)
    assert laid_beside(register, path)[2] == []
    newer = [ROWS[0].replace("± 60", "80"), ROWS[1].replace(";41;", ";43;"), ROWS[2]]
    _, _, changed = laid_beside(register, write_list(tmp_path / "nieuwer.csv", newer))
    assert [(one.name, [c.label for c in one.changes]) for one in changed] == [
        ("Havenkade", ["Leden"]),
        ("Dijkwacht", ["Leden"]),
    ]
    directory.save_group(replace(form, members="77"), ids["Havenkade"]).result(10)
    taken = take(register, source, changed)
    assert (taken.lines, taken.stale) == (1, 1)
    groups = {str(one["name"]): one for one in rows(desk, "group").values()}
    assert (groups["Havenkade"]["members"], groups["Dijkwacht"]["members"]) == (77, 43)
    assert groups["Havenkade"]["note"] == "Sleutel bij de buren"
    assert groups["Havenkade"]["wish"] == "informative"


def test_an_import_is_taken_back_but_not_what_was_done_with_it_since(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "lijst.csv")
    source, _, lines = laid_beside(register, path)
    take(register, source, lines[:1])
    before = rows(desk, "group"), rows(desk, "administrator")
    newer = [ROWS[0].replace("± 60", "80").replace("belt liever", "belt nooit"), *ROWS[1:]]
    _, _, more = laid_beside(register, write_list(tmp_path / "nieuwer.csv", newer))
    taken = take(register, source, more)
    assert len(rows(desk, "group")) == 3
    stayed = sum(one.result(30) for one in register.undo(taken))
    assert stayed == 0
    assert taken.done == []
    assert told(rows(desk, "group")) == told(before[0])
    assert told(rows(desk, "administrator")) == told(before[1])
    taken = take(register, source, laid_beside(register, path)[2])
    ids = {str(one["name"]): key for key, one in rows(desk, "group").items()}
    Directory(desk).save_group(GroupForm("Winkels", kind="business", members="13"),
                               ids["Winkels"]).result(10)  # fmt: skip
    assert sum(one.result(30) for one in register.undo(taken)) == 1
    assert {one["name"] for one in rows(desk, "group").values()} == {"Havenkade", "Winkels"}
    assert len(rows(desk, "group_administrator")) == len(rows(desk, "administrator")) == 3


def test_a_group_that_is_missing_keeps_everything_and_gets_a_note(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "lijst.csv")
    source, _, lines = laid_beside(register, path)
    take(register, source, lines)
    before = rows(desk, "group")
    _, _, missing = laid_beside(register, write_list(tmp_path / "kort.csv", ROWS[:2]))
    assert [(one.difference, one.name) for one in missing] == [(Difference.MISSING, "Winkels")]
    take(register, source, missing)
    assert rows(desk, "group") == before
    card = Directory(desk).group(missing[0].group_id).result(10)
    assert card is not None
    assert "Staat niet meer in de lijst Gemeente Testdam." in card.gaps
    assert laid_beside(register, tmp_path / "kort.csv")[2] == []


def test_nothing_is_kept_without_a_name_a_column_or_the_right(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "lijst.csv")
    opened = register.open(str(path))
    meanings = {one.name: one.meaning for one in opened.columns}
    with pytest.raises(Refused, match="no-name-column"):
        register.read(opened, {**meanings, "Naam buurtapp": ""})
    with pytest.raises(Refused, match="list-name"):
        register.save_source(opened, " ", meanings, None).result(10)

    def stop(done: int, of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        register.read(opened, meanings, stop)
    (tmp_path / "geen.csv").write_bytes(b"\x00\x01\x02")
    with pytest.raises(Refused, match="wrong_encoding"):
        register.open(str(tmp_path / "geen.csv"))
    assert desk.person is not None
    desk.person = replace(desk.person, roles=("operator",))
    with pytest.raises(NotAllowed):
        register.save_source(opened, "Gemeente", meanings, None).result(10)
    assert register.sources().result(10) == []
    assert rows(desk, "register_link") == {}
