"""Counts, the contacts of the team phone and the bundle of one person, as they leave the desk."""

from __future__ import annotations

import io
import json
import zipfile
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from console.domain.directory_forms import AdministratorForm, GroupForm
from console.domain.failures import NotAllowed, Refused
from console.domain.period import THIS_YEAR, Period, chosen
from console.domain.subject import SubjectRecord, bundle, ordered
from console.models.handover import log_entry
from console.services.desk import Desk, Unit
from console.services.directory import Directory
from console.services.figures import FiguresService, save
from console.services.team_phone import TeamPhone
from tests.helpers.profile import OTHER

WHY = "Nieuwe telefoon van het team"


def logged(desk: Desk) -> list[tuple[str, str, str]]:
    """Return what the history says, as (what, subject, reason)."""
    c = log_entry.c
    query = select(c.what, c.subject_id, c.reason).order_by(c.n)
    return [tuple(row) for row in desk.look(lambda conn: conn.execute(query).all()).result()]


def test_the_phone_holds_active_administrators_only_and_the_reason_comes_first(
    desk: Desk,
) -> None:
    directory, phone = Directory(desk), TeamPhone(desk)
    group = directory.save_group(GroupForm(name="Duin", kind="neighbourhood")).result()
    ids = {}
    for name, number in (("Anna", "0612345678"), ("Bert", "0687654321"), ("Cor", "")):
        form = AdministratorForm(name=name, phone=number or None)
        ids[name] = directory.save_administrator(form, "", group).result()
    before = logged(desk)
    with pytest.raises(Refused, match="no-reason"):
        phone.show("zo").result()
    assert logged(desk) == before

    lines = phone.show(WHY).result()
    assert [(one.name, one.act) for one in lines] == [("Anna", "add"), ("Bert", "add")]
    assert ("numbers_shown", "team-phone", WHY) in logged(desk)
    assert ("card_shown", ids["Anna"], WHY) in logged(desk)
    phone.done(lines).result()

    directory.leave(ids["Anna"]).result()
    form = AdministratorForm(name="Bert", phone="0611111111")
    directory.save_administrator(form, ids["Bert"], group).result()
    form = AdministratorForm(name="Dirk", phone="0622222222")
    directory.save_administrator(form, "", group).result()
    lines = phone.show(WHY).result()
    assert [(one.name, one.act) for one in lines] == [
        ("Anna", "remove"),
        ("Bert", "replace"),
        ("Dirk", "add"),
    ]
    phone.done(lines).result()
    lines = phone.show(WHY).result()
    assert [(one.name, one.act) for one in lines] == [("Bert", "keep"), ("Dirk", "keep")]


def _heard(body: dict[str, object], unit: Unit) -> str:
    return unit.create("report", body)


def test_counts_show_small_numbers_here_and_never_in_the_file(desk: Desk, tmp_path: Path) -> None:
    service = FiguresService(desk)
    now = desk.now()
    body = {"text": "x", "place": "y", "heard_at": now, "acute": False}
    for kind, count in (("vehicle", 3), ("person", 9)):
        for _ in range(count):
            desk.act(partial(_heard, {**body, "category": kind})).result()
    period = chosen(THIS_YEAR, service.today)
    figures = service.look("kind", period).result().figures
    assert figures.total == 12
    assert sorted(row[-1] for row in figures.counted()) == ["12", "3", "9"]
    service.note("kind", period).result()
    assert logged(desk)[-1][:2] == ("exported", "figures")
    made = save(str(tmp_path / "cijfers.xlsx"), figures, "kind")
    page = load_workbook(made).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][0] == "Soort"
    cells = [cell for row in rows[1:] for cell in row[1:]]
    assert 9 not in cells, "beside the total of its month it would tell the small number"
    assert 12 in cells
    assert rows[0][-1] != "Totaal"
    assert {one for one in cells if not isinstance(one, int)} <= {"<5", "x"}
    # A part of a month leaves in no file: the one beside it would tell what this one hides.
    part = Period(period.first, period.last.replace(day=period.last.day - 1))
    before = logged(desk)
    with pytest.raises(Refused, match="figures-part"):
        service.note("kind", part).result()
    assert logged(desk) == before
    assert service.look("kind", part).result().since is None
    long_ago = Period(period.first.replace(year=period.first.year - 3), period.last)
    assert service.look("kind", long_ago).result().since is not None
    desk.person = OTHER
    with pytest.raises(NotAllowed):
        service.note("kind", period).result()


def test_a_bundle_is_plain_counts_what_was_left_out_and_runs_nothing() -> None:
    hostile = "<script>alert(1)</script><img src=x>"
    sure = SubjectRecord("administrator", "a", "2026-01-01", False, True, ("name",), {"name": "J"})
    maybe = SubjectRecord("report", "b", "2026-02-01", True, False, ("text",), {"text": hostile})
    assert ordered([sure, maybe]) == [maybe, sure]
    made = zipfile.ZipFile(io.BytesIO(bundle([sure, maybe], 3, {"h": b"jpeg"}, "vandaag", 1)))
    assert made.namelist() == ["overzicht.html", "gegevens.json", "fotos/foto-1.jpg"]
    page = made.read("overzicht.html").decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "3 zijn weggelaten" in page
    data = json.loads(made.read("gegevens.json"))
    assert data["left_out"] == 3
    assert [one["body"] for one in data["records"]] == [{"name": "J"}, {"text": hostile}]
