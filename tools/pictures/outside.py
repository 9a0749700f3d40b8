"""What the pictures of the world outside need: files to read in, a request for signs, a district."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.app.demo.read import read
from console.app.demo.town import SOUTH, WEST
from console.domain.signs import SignForm, SpotForm
from console.presenters.import_areas import open_import_areas
from console.presenters.import_register import open_import_register
from console.services.desk import Unit
from console.services.signs import Signs
from console.views.feedback.bars import FeedbackHeader
from console.views.widgets.scroll_area import ScrollArea

if TYPE_CHECKING:
    from tools.pictures.studio import Studio

LIST = """\
Naam buurtapp;Soort;Gemeente;Wijk;Straten;Leden;Beheerder;Telefoon;Laatst gecontroleerd
Havenkade;Buurtapp;Veldermeer;Lagebrug;Havenkade, Kadesteeg;± 60;Anja Verzonnen;0600000071;1-2-2026
Brugwacht;WBT;Gemeente Veldermeer;Lagebrug;Brugstraat;41;Wim Verzonnen;06-00000072;
Winkels aan de Wiel;Ondernemers;Veldermeer;Nergenshuizen;;12;Fatiha Verzonnen;0600000073;
"""
"""A municipal list of groups, invented like the town."""


def areas_file() -> str:
    """Write the areas of the invented town as CBS would give them a year later; returns the path."""
    features = [
        _feature(area, at)
        for at, area in enumerate(read("town.toml")["area"])
        if area["level"] in _LEVELS
    ]
    document = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}},
        "features": features,
    }
    return _kept("gebieden_2026.geojson", json.dumps(document))


def show_areas(studio: Studio) -> None:
    """Open the import of areas on that file, at its municipalities."""
    _show(studio, open_import_areas(studio.kit, studio.window, areas_file()))


def show_list(studio: Studio) -> None:
    """Open the import of a municipal list, at its columns."""
    _show(studio, open_import_register(studio.kit, studio.window, _kept("groepen.csv", LIST)))


def show_sources(studio: Studio) -> None:
    """Open Bronnen at its top."""
    _scrolled(studio, down=False)


def show_addresses(studio: Studio) -> None:
    """Open Bronnen where the addresses of the sources stand."""
    _scrolled(studio, down=True)


def _scrolled(studio: Studio, *, down: bool) -> None:
    studio.open("settings", page="feeds")
    for one in studio.window.findChildren(ScrollArea):
        bar = one.verticalScrollBar()
        bar.setValue(bar.maximum() if down else 0)
    studio.settle()


def show_signs(studio: Studio) -> None:
    """Open Borden with one request; the same request again is the same record."""
    spots = (
        SpotForm("Hoek Stationsstraat en Perronweg", f"{WEST + 2000} {SOUTH + 1500}"),
        SpotForm("Waterkant bij de brug", f"{WEST + 1200} {SOUTH + 1900}"),
        SpotForm("Ingang van het park"),
    )
    form = SignForm("Buurtapp Waterkant", studio.id_of("area:Lagebrug"), spots=spots)
    Signs(studio.kit.services.desk).ask(form).result(10)
    studio.open("signs")


def show_district(studio: Studio) -> None:
    """Open Mijn wijk of somebody who works in Lagebrug."""
    area = studio.id_of("area:Lagebrug")
    desk = studio.kit.services.desk

    def work(unit: Unit) -> None:
        unit.update("person", unit.person.id, area_id=area)

    assert desk.person is not None
    desk.act(work).result(10)
    desk.person = replace(desk.person, area_id=area)
    studio.open("feedback")
    for one in studio.window.findChildren(FeedbackHeader):
        one.segments.select("mine")
        one.segments.selected_changed.emit("mine")
    studio.settle()


def _show(studio: Studio, dialog: Any) -> None:
    studio.kit.navigator.add_layer(dialog)
    studio.settle()


_LEVELS = {"municipality": "gemeente", "district": "wijk", "neighbourhood": "buurt"}


def _feature(area: dict[str, Any], at: int) -> dict[str, Any]:
    ring = [[WEST + x, SOUTH + y] for x, y in (*area["outline"], area["outline"][0])]
    kind, code = _LEVELS[area["level"]], area["code"]
    town = {"gemeentecode": f"GM{code[2:6]}", "gemeentenaam": _town(code)}
    own = {f"{kind}code": code, f"{kind}naam": area["name"]}
    people = {"aantal_inwoners": area["inhabitants"] + 10 * at, "jaar": "2026", "water": "NEE"}
    return {
        "type": "Feature",
        "properties": {**town, **own, **people},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _town(code: str) -> str:
    return next(
        str(one["name"]) for one in read("town.toml")["area"] if one["code"] == f"GM{code[2:6]}"
    )


def _kept(name: str, text: str) -> str:
    path = Path(os.environ["BUURTDESK_HOME"]) / name
    path.write_text(text, encoding="utf-8")
    return str(path)
